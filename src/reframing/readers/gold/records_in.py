"""Rows out of the files of a gold corpus, each checked for the fields that its reader takes."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from reframing.errors import InputError
from reframing.readers.encoded import decode, open_bytes

Row = tuple[int, dict[str, Any]]
Types = Mapping[str, type | tuple[type, ...]]


def whole_text(path: Path) -> str:
    """All of a file; raises `InputError` that names it where it cannot be read."""
    try:
        with open_bytes(path) as stream:
            return decode(stream.read())
    except InputError as error:
        raise error.within(str(path)) from None


def json_lines(path: Path, types: Types) -> Iterator[Row]:
    """Objects of a JSON Lines file, numbered from 1, whose fields have the given types."""
    for number, line in enumerate(whole_text(path).split("\n"), 1):
        if line.strip():
            yield number, checked(_parsed(line, path, number), types, path, number)


def json_list(path: Path, types: Types) -> Iterator[Row]:
    """Objects of a file that is one JSON list."""
    rows = _parsed(whole_text(path), path, None)
    if not isinstance(rows, list):
        raise InputError("must be a list of records", str(path))
    for number, row in enumerate(rows, 1):
        yield number, checked(row, types, path, number)


def csv_rows(
    path: Path, columns: tuple[str, ...], delimiter: str = ","
) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows of a table with a header, numbered from 1 without it."""
    stream = io.StringIO(whole_text(path), newline="")
    try:
        for number, row in enumerate(csv.DictReader(stream, delimiter=delimiter, strict=True), 1):
            for column in columns:
                if row.get(column) is None:
                    raise InputError("is missing", str(path), number, column)
            yield number, row
    except csv.Error as error:
        raise InputError(f"is no table: {error}; fetch it again", str(path)) from error


def checked(row: Any, types: Types, path: Path, number: int) -> dict[str, Any]:
    """The row, if it is an object that has each field with its type."""
    if not isinstance(row, dict):
        raise InputError("must be an object", str(path), number)
    for field, kind in types.items():
        if not isinstance(row.get(field), kind):
            raise InputError("is missing or of another type", str(path), number, field)
    return row


def _parsed(text: str, path: Path, number: int | None) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise InputError(f"is not JSON: {error}; fetch it again", str(path), number) from error
