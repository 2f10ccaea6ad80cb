"""Executed notebooks as pages: one HTML file each that needs no network and no script."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from reframing.errors import InputError


class Page(NamedTuple):
    """What a page's head says (corpus, the pages beside it) and its foot (what makes it, from where)."""

    notebook: Path
    title: str
    corpus: str
    corpus_title: str
    beside: Sequence[tuple[str, str]]
    command: str
    results: Sequence[str]


def title_of(notebook: Any, path: Path) -> str:
    """The question in the notebook's first heading; an `InputError` where it has none."""
    first = notebook.cells[0].source.splitlines() if notebook.cells else []
    if not first or not first[0].startswith("# "):
        raise InputError("must begin with a heading: the question that it answers", str(path))
    return str(first[0].removeprefix("# ").strip())


def render(executed: Any, page: Page) -> str:
    """The page of an executed notebook; the same outputs always give the same page."""
    from jinja2 import PackageLoader
    from nbconvert import HTMLExporter

    exporter = HTMLExporter(
        template_name="basic",
        template_file="notebook.html.j2",
        extra_loaders=[PackageLoader("reframing", "notebook")],
        exclude_anchor_links=True,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
    )
    body, _ = exporter.from_notebook_node(executed, {"page": page})
    return "\n".join(line.rstrip() for line in body.strip().splitlines()) + "\n"
