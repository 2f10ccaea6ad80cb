"""Stage `trust`: executes the notebooks about the errors of measures and moves, and renders them as pages.

`python -m reframing.stages.trust` writes results/notebooks/validation/NAME.html for each
notebooks/validation/NAME.ipynb.
"""

from pathlib import Path

from reframing.notebook.execution import execute
from reframing.notebook.pages import Page, render, title_of
from reframing.stages import files
from reframing.stages.notebooks import NOTEBOOKS, PAGES

NAME = "validation"
TITLE = "gold that others annotated"


def main() -> None:
    paths = sorted((NOTEBOOKS / NAME).glob("*.ipynb"))
    executed = {path: execute(path, NAME, Path()) for path in paths}
    beside = [(path.stem, title_of(notebook, path)) for path, notebook in executed.items()]
    (PAGES / NAME).mkdir(parents=True, exist_ok=True)
    for (path, notebook), (_, title) in zip(executed.items(), beside, strict=True):
        page = render(notebook, Page(path.stem, title, NAME, TITLE, beside))
        (PAGES / NAME / f"{path.stem}.html").write_text(page, encoding="utf8")


if __name__ == "__main__":
    files.run_whole(main)
