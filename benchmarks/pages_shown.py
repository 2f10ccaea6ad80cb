"""The pages that `pages_in_chromium.py` opens, by group, each with its name.

Most are made with each text of `tests/hostile/payloads.py`, and with plain words to compare their elements
with: the names of these begin with `plain`.
"""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]

KINDS = 8
"""Kinds of one hostile corpus; a figure has few rows, so that it takes several corpora to name all texts."""

Pages = Iterator[tuple[str, str]]


def reports() -> Pages:
    from hostile.pages import reports as made
    from hostile.payloads import PAYLOADS

    for name, text in {"plain": "the works", **PAYLOADS}.items():
        for page, source in made(text):
            yield f"{name}, {page}", source


def tables() -> Pages:
    from hostile.pages import table
    from hostile.payloads import PAYLOADS

    for name, text in {"plain": "the works", **PAYLOADS}.items():
        yield name, table(text)


def printed() -> Pages:
    """The tables that the stage prints of the committed results."""
    from reframing.stages.print_tables import OUT, main

    with TemporaryDirectory() as folder, in_folder(Path(folder)):
        shutil.copy(ROOT / "params.yaml", "params.yaml")
        shutil.copytree(ROOT / "results/tables", "results/tables")
        main()
        yield from ((path.stem, path.read_text("utf8")) for path in sorted(OUT.glob("*.html")))


def published() -> Pages:
    """The committed pages of notebooks."""
    for path in sorted((ROOT / "results/notebooks").glob("*/*.html")):
        yield f"{path.parent.name}/{path.stem}", path.read_text("utf8")


def notebooks() -> Pages:
    """The notebooks as the stage runs them, on corpora whose every string is hostile, and on plain ones."""
    from reframing.stages.run_notebooks import PAGES
    from reframing.stages.run_notebooks import notebooks as run

    for directed in (True, False):
        for words, texts in (("plain", plain_texts()), ("hostile", hostile_texts())):
            with repository_of(texts, directed):
                run("sample")
                for path in sorted((PAGES / "sample").glob("*.html")):
                    yield f"{words}, {path.stem}", path.read_text("utf8")


def figures() -> Pages:
    """The drawings of such corpora as the stage makes them; each text is the name of a kind."""
    from reframing.stages.draw_figures import figures as drawn

    for directed in (True, False):
        for words, texts in (("plain", plain_texts()), ("hostile", hostile_texts())):
            for at in range(0, len(texts), KINDS):
                with repository_of([*texts[at:], *texts[:at]], directed):
                    drawn("sample")
                    for path in sorted(Path("results/figures/sample").glob("*.svg")):
                        yield f"{words}, {path.name}", path.read_text("utf8")
                if words == "plain":
                    break


def hostile_texts() -> list[str]:
    from hostile.payloads import PAYLOADS

    return list(PAYLOADS.values())


def plain_texts() -> list[str]:
    return [f"text {number}" for number in range(len(hostile_texts()))]


@contextmanager
def repository_of(texts: Sequence[str], directed: bool = True) -> Iterator[Path]:
    """A folder as the repository, with notebooks and one corpus of these strings; it is the current one."""
    from figures.test_notebook_pages import lay_out
    from hostile.pages import declared

    with TemporaryDirectory() as folder, in_folder(Path(folder)):
        lay_out(declared(texts, kinds=KINDS, directed=directed), directed=directed, texts=texts)
        shutil.copytree(ROOT / "notebooks", "notebooks", ignore=shutil.ignore_patterns(".*"))
        yield Path(folder)


@contextmanager
def in_folder(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


GROUPS: dict[str, Callable[[], Pages]] = {
    "reports": reports,
    "tables": tables,
    "printed": printed,
    "notebooks": notebooks,
    "figures": figures,
    "published": published,
}
