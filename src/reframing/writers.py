"""Records out: JSON lines to standard output, JSON lines or Parquet to a file.

Output appears whole or not at all. A file is written beside its place under a hidden name and moved
there at the end, so that an error leaves what stood there before; standard output is held back,
in a temporary file where it is large, unless it is asked for record by record.
"""

import json
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from glob import escape
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from uuid import uuid4

from reframing.errors import InputError
from reframing.record_schemas import RecordKind, record_schema

Write = Callable[[Mapping[str, Any]], None]

PARQUET_ROWS = 1024
"""Records in one row group: what is held in memory while a Parquet file is written."""


HELD_BYTES = 16 * 1024 * 1024
"""Bytes for standard output that are held in memory; more are held in a temporary file."""


@contextmanager
def record_writer(out: Path | None, kind: RecordKind, at_once: bool = False) -> Iterator[Write]:
    """A function that writes one record to `out`, or to standard output where it is None.

    With `at_once` standard output gets every record as soon as it is there. Raises InputError where
    the suffix is neither `.jsonl` nor `.parquet` or the place cannot be written to, before anything
    is computed.
    """
    if out is None:
        with _standard_output(at_once) as file:
            yield _line_writer(file)
    elif out.suffix == ".jsonl":
        with replacing(out) as file:
            yield _line_writer(file)
    elif out.suffix == ".parquet":
        with replacing(out) as file, _parquet_writer(file, kind) as write:
            yield write
    else:
        raise InputError("unknown suffix for output; name it .jsonl or .parquet", file=str(out))


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A new binary file that takes the place of `path` when the block ends without an exception.

    What a killed process left half-written beside `path` is removed. A process that still writes there,
    as one orphaned by a killed run does, has lost its place: it raises InputError at its end.
    """
    target = path.resolve()
    hidden = target.with_name(f".{target.name}.{uuid4().hex}.part")
    file = _opened(path, target, hidden)
    try:
        with file:
            yield file
        _move(hidden, target, path)
    finally:
        hidden.unlink(missing_ok=True)


def json_line(record: Mapping[str, Any]) -> bytes:
    """One record as a line of UTF-8 JSON; NaN is refused (ValueError), as JSON has none."""
    return json.dumps(record, ensure_ascii=False, allow_nan=False).encode() + b"\n"


@contextmanager
def _standard_output(at_once: bool) -> Iterator[IO[bytes]]:
    if sys.stdout is None:
        raise InputError("standard output is closed; write to a file with --out")
    if at_once:
        yield sys.stdout.buffer
        return
    with SpooledTemporaryFile(HELD_BYTES) as held:
        yield held
        held.seek(0)
        shutil.copyfileobj(held, sys.stdout.buffer)


def _line_writer(file: IO[bytes]) -> Write:
    def write(record: Mapping[str, Any]) -> None:
        file.write(json_line(record))

    return write


@contextmanager
def _parquet_writer(file: IO[bytes], kind: RecordKind) -> Iterator[Write]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = record_schema(kind)
    rows: list[Mapping[str, Any]] = []

    def flush() -> None:
        parquet.write_table(pa.Table.from_pylist(rows, schema=schema))
        rows.clear()

    def write(record: Mapping[str, Any]) -> None:
        rows.append(record)
        if len(rows) == PARQUET_ROWS:
            flush()

    with pq.ParquetWriter(file, schema) as parquet:
        yield write
        flush()


def _move(hidden: Path, target: Path, path: Path) -> None:
    try:
        hidden.replace(target)
    except FileNotFoundError:
        problem = "another process has begun to write it since; run one at a time"
        raise InputError(problem, str(path)) from None


def _opened(path: Path, target: Path, hidden: Path) -> IO[bytes]:
    if target.is_dir():
        raise InputError("is a folder; name a file to write to", file=str(path))
    try:
        for left in target.parent.glob(f".{escape(target.name)}.{'?' * len(uuid4().hex)}.part"):
            left.unlink(missing_ok=True)
        return hidden.open("xb")
    except FileNotFoundError:
        raise InputError(
            "the folder to write to does not exist; make it first", str(path)
        ) from None
    except OSError as error:
        problem = f"cannot be written ({error.strerror}); choose another place"
        raise InputError(problem, str(path)) from None
