"""Notebooks executed and rendered as pages: one HTML file each, which needs no network and no script.

The same inputs give the same outputs: no timing is recorded, and what a cell writes to stderr is passed on to
the stderr of the stage instead of the page.
"""

import asyncio
import itertools
import os
import re
import signal
import sys
from base64 import b64decode
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any, NamedTuple

from reframing.documents.errors import InputError
from reframing.documents.files import CORPUS

# Reproducible execution.

TIMEOUT_S = 600
KERNEL = "python3"
LOCAL_ONLY = "local-only"
"""Tag of cells that show text of the corpus.

Such text is published only where it was written for this project.
"""


def execute(path: Path, corpus: str, root: Path, local: bool = False) -> Any:
    """The notebook at `path` with the outputs of its cells, run for `corpus` in the folder `root`.

    Cells tagged `LOCAL_ONLY` are removed unless `local`. Raises `InputError` with notebook and cell where the
    file is not a notebook or a cell fails.
    """
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    try:
        notebook = nbformat.read(path, as_version=4)
    except (OSError, ValueError, nbformat.ValidationError) as error:
        raise InputError(f"is not a readable notebook: {error}", str(path)) from error
    if not local:
        notebook.cells = [cell for cell in notebook.cells if LOCAL_ONLY not in _tags(cell)]
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
            _execute_apart(client, environment(corpus, settings))
        except CellExecutionError as error:
            raise InputError(f"{_failed(notebook)}: {_said(error)}", str(path)) from None
        except (CellTimeoutError, DeadKernelError) as error:
            raise InputError(f"{_failed(notebook)}: {error}", str(path)) from None
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = [output for output in cell.outputs if not _is_warning(output)]
    return notebook


def _execute_apart(client: Any, variables: dict[str, str]) -> None:
    """Execute a notebook in a thread of its own; an exception of this thread, as of a signal, ends the kernel.

    In the main thread nbclient would answer signals itself, with a traceback, and later ones not at all.
    """
    failures: list[BaseException] = []

    def execute() -> None:
        try:
            asyncio.run(client.async_execute(env=variables))
        except BaseException as failure:
            failures.append(failure)

    thread = Thread(target=execute, daemon=True)
    thread.start()
    try:
        thread.join()
    except BaseException:
        for _ in range(100):
            _kill_kernel(client)
            thread.join(0.1)
            if not thread.is_alive():
                break
        raise
    for failure in failures:
        raise failure


def _kill_kernel(client: Any) -> None:
    number = getattr(getattr(client.km, "provisioner", None), "pid", None)
    if number is not None:
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)


def environment(corpus: str, settings: str) -> dict[str, str]:
    """The kernel's environment: the corpus, and a settings folder without the user's start-up files."""
    return os.environ | {
        CORPUS: corpus,
        "IPYTHONDIR": settings,
        "MPLCONFIGDIR": settings,
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }


def _is_warning(output: Any) -> bool:
    """Whether an output is text on stderr; if so, it is printed to this process's stderr."""
    if output.output_type != "stream" or output.name != "stderr":
        return False
    print(output.text, end="", file=sys.stderr)
    return True


def _tags(cell: Any) -> list[str]:
    return list(cell.metadata.get("tags", ()))


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
    """The message of a cell's exception, preceded by its type unless it is an `InputError`."""
    return error.evalue if error.ename == InputError.__name__ else f"{error.ename}: {error.evalue}"


# Rendering.


class Page(NamedTuple):
    """The header of a page (corpus, links to its other notebooks) and the footer (command, result files)."""

    notebook: Path
    title: str
    corpus: str
    corpus_title: str
    beside: Sequence[tuple[str, str]]
    command: str
    results: Sequence[str]


def title_of(notebook: Any, path: Path) -> str:
    """The question in the notebook's first heading; raises `InputError` where it has none."""
    first = notebook.cells[0].source.splitlines() if notebook.cells else []
    if not first or not first[0].startswith("# "):
        raise InputError("must begin with a heading: the question that it answers", str(path))
    return str(first[0].removeprefix("# ").strip())


def render(executed: Any, page: Page) -> str:
    """The HTML page of an executed notebook; the same outputs give the same page.

    Where pandas leaves the head of a column or row empty, there is no head; columns of numbers are aligned.
    """
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
    lines = (line.rstrip() for line in body.strip().split("\n"))
    page_text = _ENCODED_SVG.sub(_svg_as_text, "\n".join(lines)) + "\n"
    page_text = page_text.replace(UNDESCRIBED, PLOTTED).replace("<th></th>", "<td></td>")
    return _DATA_FRAME.sub(_aligned, page_text)


UNDESCRIBED = 'alt="No description has been provided for this image"'
"""What nbconvert says of a plot that a cell makes."""
PLOTTED = 'alt="Plot of the data that the code above selects; its axes and groups are named there"'

_DATA_FRAME = re.compile(r'<table border="1" class="dataframe.*?</table>', re.DOTALL)
_ROW = re.compile(r"<tr.*?</tr>", re.DOTALL)
_CELL = re.compile(r"<(t[dh])>(.*?)(</t[dh]>)", re.DOTALL)
_NUMBER = re.compile(r"[-−]?[\d,]*\.?\d+(?:e[-+]\d+)?%?|NaN|&lt;NA&gt;|inf|–")


def _aligned(table: re.Match[str]) -> str:
    """A data frame in which the cells of columns of numbers, and the heads above, have the class `number`."""
    head, body = table[0].split("<tbody>", 1)
    rows = [
        [cell[2] for cell in _CELL.finditer(row) if cell[1] == "td"] for row in _ROW.findall(body)
    ]
    n_columns = max(map(len, rows), default=0)
    numeric = [
        all(_NUMBER.fullmatch(row[column].strip()) for row in rows if len(row) == n_columns)
        for column in range(n_columns)
    ]

    def marked(row: re.Match[str]) -> str:
        """A row whose last cells are those of the columns."""
        before = len(_CELL.findall(row[0])) - n_columns
        place = itertools.count(-before)

        def cell(found: re.Match[str]) -> str:
            column = next(place)
            kind = ' class="number"' if before >= 0 <= column and numeric[column] else ""
            return f"<{found[1]}{kind}>{found[2]}{found[3]}"

        return _CELL.sub(cell, row[0])

    head = head.replace(' style="text-align: right;"', "")
    return f"{_ROW.sub(marked, head)}<tbody>{_ROW.sub(marked, body)}"


_ENCODED_SVG = re.compile(r"data:image/svg\+xml;base64,([\w+/=]*)")
_IN_URL = str.maketrans(
    {"%": "%25", "#": "%23", '"': "%22", "&": "%26", "\n": "%0A", "\r": "%0D", "\t": "%09"}
)


def _svg_as_text(encoded: re.Match[str]) -> str:
    """A data URL of an SVG image as text: of the changes from page to page Git keeps a fraction of its size."""
    return "data:image/svg+xml," + b64decode(encoded[1]).decode("utf8").translate(_IN_URL)
