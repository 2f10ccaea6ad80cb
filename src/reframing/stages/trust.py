"""Stage `trust`: executes the notebooks about the errors of measures and moves, and renders them as pages.

`python -m reframing.stages.trust` writes results/notebooks/validation/NAME.html for each
notebooks/validation/NAME.ipynb.
"""

from pathlib import Path

from reframing.stages import files
from reframing.stages.notebooks import NOTEBOOKS, write_pages

NAME = "validation"
TITLE = "gold that others annotated"
RESULTS = (
    "results/validation.json",
    "results/perturbation.json",
    "results/tables/judged.csv",
    "results/tables/judged_by_score.csv",
    "models/transfer",
)


def main() -> None:
    write_pages(NOTEBOOKS / NAME, NAME, TITLE, "dvc repro trust", RESULTS, Path())


if __name__ == "__main__":
    files.run_whole(main)
