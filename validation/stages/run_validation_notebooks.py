"""Stage `trust`: execute the notebooks on errors of measures and moves, and render them as HTML pages.

`python -m validation.stages.run_validation_notebooks` writes results/notebooks/validation/NAME.html for
each notebooks/validation/NAME.ipynb.
"""

from reframing.stages.run_notebooks import NOTEBOOKS, write_pages
from reframing.stages.running import run_whole

NAME = "validation"
TITLE = "Validation of measures and moves"
RESULTS = (
    "results/tables",
    "results/validation.json",
    "results/perturbation.json",
    "models/transfer",
)


def main() -> None:
    write_pages(sorted((NOTEBOOKS / NAME).glob("*.ipynb")), NAME, TITLE, "dvc repro trust", RESULTS)


if __name__ == "__main__":
    run_whole(main)
