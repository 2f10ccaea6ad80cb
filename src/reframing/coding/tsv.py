"""Tables of readers as TSV: one way to read them, strictly, and the bytes in which they are written."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from reframing.documents.errors import InputError
from reframing.documents.files import read_bytes
from reframing.reading.fields import decode


class Tsv(NamedTuple):
    """A table: the names of its columns, and its rows by line number, which have a cell for each column."""

    columns: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, str]], ...]


def read_tsv(path: Path, required: Iterable[str]) -> Tsv:
    """Read a table; raises `InputError` with line and column where it is none, or lacks a required column."""
    try:
        text = decode(read_bytes(path))
        lines = csv.reader(io.StringIO(text, newline=""), delimiter="\t", strict=True)
        columns = tuple(next(lines, ()))
        _check_columns(columns, tuple(required))
        return Tsv(columns, tuple(_rows(lines, columns)))
    except csv.Error as error:
        raise InputError(f"is no table of tabs: {error}", str(path)) from None
    except InputError as error:
        raise error.within(str(path)) from None


def _check_columns(columns: Sequence[str], required: Sequence[str]) -> None:
    for name in required:
        if name not in columns:
            raise InputError("column is missing; is it another kind of table?", field=name)
    for name in columns:
        if columns.count(name) > 1:
            raise InputError("column occurs twice", field=name)
        if not name.strip():
            raise InputError("a column has no name; give it one, or take it out")


def _rows(
    lines: Iterable[list[str]], columns: Sequence[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    for number, row in enumerate(lines, 2):
        if len(row) != len(columns):
            problem = f"has {len(row)} cells, the heading {len(columns)}"
            raise InputError(f"{problem}; give each column one", record=number)
        yield number, dict(zip(columns, row, strict=True))


def tsv_bytes(rows: Iterable[Iterable[object]]) -> bytes:
    """The rows of a table, the heading first, as it is written."""
    text = io.StringIO()
    csv.writer(text, delimiter="\t", lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


MOST = 10**9
"""The largest count that is believed."""


def count(cell: str) -> int | None:
    """A whole number in ASCII digits, at most `MOST`; None for any other text."""
    if not (cell.isascii() and cell.isdecimal() and len(cell) <= len(str(MOST))):
        return None
    return number if (number := int(cell)) <= MOST else None
