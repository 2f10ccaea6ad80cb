"""Stage `notebooks`: executes the notebooks for one corpus and renders them as pages.

`python -m reframing.stages.run_notebooks CORPUS` writes results/notebooks/CORPUS/NAME.html for each
notebooks/NAME.ipynb; for a corpus whose pairs have no direction for notebooks/01-….ipynb and
notebooks/versions/NAME.ipynb. Nothing is written unless every notebook runs to its end.
"""

from collections.abc import Sequence
from pathlib import Path

from reframing.documents.errors import InputError
from reframing.documents.writers import replacing
from reframing.figures.gallery import open_study
from reframing.report.notebook_pages import Page, execute, render, title_of
from reframing.stages.running import run

NOTEBOOKS = Path("notebooks")
VERSIONS = NOTEBOOKS / "versions"
PAGES = Path("results/notebooks")


def notebooks(corpus: str) -> None:
    """Execute and render every notebook that is for such a corpus, in the order of their names.

    Cells that show words of the corpus are executed only where it was written for this project.
    """
    study = open_study(corpus, Path())
    paths = sorted(NOTEBOOKS.glob("*.ipynb"))
    if not study.directed:
        paths = [*paths[:1], *sorted(VERSIONS.glob("*.ipynb"))]
    results = [f"results/{kind}/{corpus}" for kind in ("tables", "figures")]
    command = f"dvc repro notebooks@{corpus}"
    write_pages(paths, corpus, study.title, command, results, study.constructed)


def write_pages(
    paths: Sequence[Path],
    corpus: str,
    title: str,
    command: str,
    results: Sequence[str],
    local: bool = False,
) -> None:
    """Notebooks as pages in results/notebooks/CORPUS; `local` executes cells that show words of the corpus."""
    if not paths:
        raise InputError("holds no notebook", str(NOTEBOOKS))
    executed = {path: execute(path, corpus, Path(), local) for path in paths}
    beside = [(path.stem, title_of(notebook, path)) for path, notebook in executed.items()]
    pages = {
        path.stem: render(notebook, Page(path, own, corpus, title, beside, command, results))
        for (path, notebook), (_, own) in zip(executed.items(), beside, strict=True)
    }
    (PAGES / corpus).mkdir(parents=True, exist_ok=True)
    for name, page in pages.items():
        with replacing(PAGES / corpus / f"{name}.html") as file:
            file.write(page.encode())


if __name__ == "__main__":
    run(notebooks)
