"""Stage `effects-notebooks`: execute the notebooks on the corrected effects, and render them as HTML pages.

`python -m reframing.stages.run_effect_notebooks` writes results/notebooks/effects/NAME.html for each
notebooks/effects/NAME.ipynb.
"""

from reframing.stages.run_notebooks import NOTEBOOKS, write_pages
from reframing.stages.running import run_whole

NAME = "effects"
TITLE = "Effects corrected by what was read"


def main() -> None:
    """Write a page for each notebook."""
    paths = sorted((NOTEBOOKS / NAME).glob("*.ipynb"))
    write_pages(paths, NAME, TITLE, "dvc repro effects-notebooks", ["results/tables/effects"])


if __name__ == "__main__":
    run_whole(main)
