"""Executed notebooks as pages: one HTML file each that needs no network and no script."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from reframing.documents.errors import InputError
from reframing.documents.files import CORPUS

# Executing a notebook so that the same inputs give the same outputs.
#
# No timing is recorded; what a cell writes to stderr goes to the stage's own and not into the page.

TIMEOUT_S = 600
KERNEL = "python3"


def execute(path: Path, corpus: str, root: Path) -> Any:
    """The notebook with the outputs of its cells, run for `corpus` in `root`.

    Raises `InputError` that names notebook and cell where the file is no notebook or a cell fails.
    """
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    try:
        notebook = nbformat.read(path, as_version=4)
    except (OSError, ValueError, nbformat.ValidationError) as error:
        raise InputError(f"is not a readable notebook: {error}", str(path)) from error
    client = NotebookClient(
        notebook,
        timeout=TIMEOUT_S,
        kernel_name=KERNEL,
        record_timing=False,
        extra_arguments=["--log-level=ERROR"],
        resources={"metadata": {"path": str(root)}},
    )
    with TemporaryDirectory() as settings:
        try:
            client.execute(env=environment(corpus, settings))
        except CellExecutionError as error:
            raise InputError(f"{_failed(notebook)}: {_said(error)}", str(path)) from None
        except (CellTimeoutError, DeadKernelError) as error:
            raise InputError(f"{_failed(notebook)}: {error}", str(path)) from None
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = [output for output in cell.outputs if not _is_warning(output)]
    return notebook


def environment(corpus: str, settings: str) -> dict[str, str]:
    """The kernel's environment: the corpus, and none of the user's own start-up files."""
    return os.environ | {
        CORPUS: corpus,
        "IPYTHONDIR": settings,
        "MPLCONFIGDIR": settings,
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }


def _is_warning(output: Any) -> bool:
    """Whether an output is text on stderr, which is passed on instead."""
    if output.output_type != "stream" or output.name != "stderr":
        return False
    print(output.text, end="", file=sys.stderr)
    return True


def _failed(notebook: Any) -> str:
    """The cell that ran last, by its number from 1 and its id."""
    started = [
        (number, cell.id)
        for number, cell in enumerate(notebook.cells, 1)
        if cell.cell_type == "code" and (cell.outputs or cell.execution_count)
    ]
    number, id = started[-1] if started else (1, notebook.cells[0].id)
    return f"cell {number} ({id})"


def _said(error: Any) -> str:
    """What the cell's exception says, its type before it where it is not bad input."""
    return error.evalue if error.ename == InputError.__name__ else f"{error.ename}: {error.evalue}"


# Executed notebooks as pages: one HTML file each that needs no network and no script.


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
        extra_loaders=[PackageLoader("reframing", "report")],
        exclude_anchor_links=True,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
    )
    body, _ = exporter.from_notebook_node(executed, {"page": page})
    return "\n".join(line.rstrip() for line in body.strip().splitlines()) + "\n"
