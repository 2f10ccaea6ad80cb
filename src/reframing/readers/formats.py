"""Records out of files, one at a time: JSON Lines, CSV, Parquet.

Each reader yields (number of the record from 1, record or the `InputError` in its place). What spoils
the whole file is raised.
"""

import csv
import json
from collections.abc import Iterable, Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Any

from reframing.errors import InputError
from reframing.readers.encoded import MAX_LINE_BYTES, lines, refuse_wide
from reframing.readers.fields import FIELDS

Record = tuple[int, Any]

_WRONG_DELIMITERS = {";": "semicolons", "\t": "tabs", "|": "bars"}
_BATCH_ROWS = 256


def jsonl_records(raw_lines: Iterable[bytes]) -> Iterator[Record]:
    """Objects of JSON Lines, numbered by line; blank lines are passed over."""
    for number, line in lines(raw_lines):
        if isinstance(line, InputError):
            yield number, line
        elif line.strip():
            yield number, _json(line, number)


def _json(line: str, number: int) -> Any:
    try:
        return json.loads(line)
    except json.JSONDecodeError as error:
        return InputError(
            f"is not JSON on line {number}: {error.msg}, column {error.colno}", record=number
        )
    except (ValueError, RecursionError) as error:
        return InputError(f"is not usable JSON on line {number}: {error}", record=number)


def csv_records(stream: IO[bytes]) -> Iterator[Record]:
    """Rows of comma-separated values with a header, as mappings; numbered without the header."""
    start = stream.read(4)
    refuse_wide(start)
    stream.seek(0)
    csv.field_size_limit(max(csv.field_size_limit(), MAX_LINE_BYTES))
    rows = csv.reader(TextIOWrapper(stream, "utf-8-sig", newline=""), strict=True)
    number = 0
    try:
        header = next(rows, [])
        check_columns(header)
        for row in rows:
            if row:
                number += 1
                yield number, _csv_record(header, row, number, rows.line_num)
    except UnicodeDecodeError as error:
        problem = f"is not UTF-8 (byte 0x{error.object[error.start]:02x})"
        cure = "if it is Windows-1252: iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW"
        raise InputError(f"{problem}; {cure}", record=number + 1) from error
    except csv.Error as error:
        problem = (
            f"is not CSV near line {rows.line_num}: {error}; quote fields and double the quotes"
        )
        raise InputError(problem, record=number + 1) from error


def _csv_record(header: list[str], row: list[str], number: int, line: int) -> Any:
    if len(row) != len(header):
        problem = f"has {len(row)} fields, the header {len(header)} (ends on line {line})"
        return InputError(f"{problem}; quote fields that hold commas", record=number)
    return dict(zip(header, row, strict=True))


def parquet_records(path: Path) -> Iterator[Record]:
    """Rows of a Parquet file; only the columns of an article are read, a batch at a time."""
    import pyarrow
    from pyarrow.parquet import ParquetFile

    try:
        with ParquetFile(path) as table:
            names = table.schema_arrow.names
            check_columns(names)
            columns = [name for name in FIELDS if name in names]
            number = 0
            for batch in table.iter_batches(_BATCH_ROWS, columns=columns):
                for row in batch.to_pylist():
                    number += 1
                    yield number, row
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        reason = str(error).partition("\n")[0]
        raise InputError(f"is not a readable Parquet file: {reason}") from error


def check_columns(names: list[str]) -> None:
    """Raise unless a table has `id` and one of `body` and `text`, each once."""
    if len(names) == 1:
        for delimiter, plural in _WRONG_DELIMITERS.items():
            if delimiter in names[0]:
                raise InputError(f"seems to be separated by {plural}; expected commas")
    found = f"the columns are {', '.join(names)[:200] or 'none'}"
    if "id" not in names:
        raise InputError(f"column is missing; {found}", field="id")
    if "body" not in names and "text" not in names:
        raise InputError(f"column is missing, and 'body' too; {found}", field="text")
    for name in FIELDS:
        if names.count(name) > 1:
            raise InputError("column stands twice", field=name)
