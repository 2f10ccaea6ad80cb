"""Stage `trust`: executes the notebooks about the errors of measures and moves, and renders them as pages.

`python -m validation.stages.run_validation_notebooks` writes results/notebooks/validation/NAME.html for each
notebooks/validation/NAME.ipynb.
"""

from pathlib import Path

from reframing.stages.run_notebooks import NOTEBOOKS, write_pages
from reframing.stages.running import run_whole

NAME = "validation"
TITLE = "Validation of measures and moves"
RESULTS = (
    "results/validation.json",
    "results/tables/validation.csv",
    "results/perturbation.json",
    "results/tables/perturbation.csv",
    "results/tables/judged.csv",
    "results/tables/judged_by_score.csv",
    "results/tables/judged_causes.csv",
    "models/transfer",
)


def main() -> None:
    write_pages(
        sorted((NOTEBOOKS / NAME).glob("*.ipynb")), NAME, TITLE, "dvc repro trust", RESULTS, Path()
    )


if __name__ == "__main__":
    run_whole(main)
