"""Output of records as JSON Lines or Parquet, and the Arrow schema of each kind of record.

Output is complete or absent. A file is written under a hidden name in the same folder and renamed at the end,
so that an error leaves an existing file untouched. Standard output is buffered until the end, in a temporary
file if it is large, unless it is requested record by record.
"""

import io
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from glob import escape
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, Any, Literal
from uuid import uuid4

from reframing.documents.errors import InputError
from reframing.documents.files import check_output

# Arrow schemas.

if TYPE_CHECKING:
    import pyarrow as pa

RecordKind = Literal["agreement", "annotation", "coding", "comparison", "pair"]


@lru_cache
def record_schema(kind: RecordKind) -> "pa.Schema":
    """The Arrow schema of one kind of JSON record, with its columns in the order of the JSON keys.

    Nested objects become structs and lists. Objects whose keys are data (features by name, move counts by
    slug) become maps, which pyarrow reads back as lists of (key, value).
    """
    builders = {
        "agreement": _agreement,
        "annotation": _annotation,
        "coding": _coding,
        "comparison": _comparison,
        "pair": _pair,
    }
    return builders[kind]()


def _agreement() -> "pa.Schema":
    import pyarrow as pa

    return pa.schema(
        [
            ("move", pa.string()),
            ("marked", pa.list_(pa.int64())),
            ("sentences", pa.int64()),
            ("alpha", pa.float64()),
            ("f1", pa.float64()),
        ]
    )


def _coding() -> "pa.Schema":
    import pyarrow as pa

    place = pa.struct([("start", pa.int64()), ("end", pa.int64())])
    move = pa.struct([("move", pa.string()), ("original", place), ("repost", place)])
    return pa.schema([("id", pa.string()), ("moves", pa.list_(move))])


def _annotation() -> "pa.Schema":
    import pyarrow as pa

    span, number, index, word = _span(), pa.float64(), pa.int64(), pa.string()
    scores = [("certainty", number), ("bias", number), ("sentiment", number), ("strength", index)]
    attribution = pa.struct(
        [
            ("source", span),
            ("cue", span),
            ("content", pa.list_(span)),
            ("kind", word),
            ("stance", word),
            ("source_kind", word),
        ]
    )
    marker = pa.struct([*span, ("category", word), ("scope", span)])
    target = pa.struct([("start", index), ("end", index), ("label", word), ("score", number)])
    return pa.schema(
        [
            ("id", word),
            ("n_tokens", index),
            ("sentences", pa.list_(_sentence(*scores))),
            ("attributions", pa.list_(attribution)),
            ("quotes", pa.list_(pa.struct([*span, ("speaker", span)]))),
            ("hedges", pa.list_(marker)),
            ("approximators", pa.list_(marker)),
            ("boosters", pa.list_(marker)),
            ("evaluations", pa.list_(pa.struct([*span, ("polarity", word)]))),
            ("targets", pa.list_(target)),
            ("features", pa.map_(word, number)),
        ]
    )


def _comparison() -> "pa.Schema":
    import pyarrow as pa

    span, number, index, word = _span(), pa.float64(), pa.int64(), pa.string()
    indices, side = pa.list_(index), pa.struct([("id", word)])
    link = [("original", indices), ("repost", indices), ("relation", word), ("score", number)]
    claim = [("original", index), ("repost", index), ("strength", indices), ("change", word)]
    move = pa.struct(
        [
            ("move", word),
            ("original", span),
            ("repost", span),
            ("sentences", pa.struct([("original", indices), ("repost", indices)])),
            ("score", number),
            ("explanation", word),
        ]
    )
    sentences = pa.struct(
        [
            ("original", pa.list_(_sentence())),
            ("repost", pa.list_(_sentence(("support", number)))),
        ]
    )
    summary = [("relation", word), ("survival", number), ("moves", pa.map_(word, index))]
    return pa.schema(
        [
            ("id", word),
            ("original", side),
            ("repost", side),
            ("sentences", sentences),
            ("alignment", pa.list_(pa.struct(link))),
            ("claims", pa.list_(pa.struct(claim))),
            ("moves", pa.list_(move)),
            ("summary", pa.struct(summary)),
        ]
    )


def _pair() -> "pa.Schema":
    import pyarrow as pa

    return pa.schema(
        [
            ("a", pa.string()),
            ("b", pa.string()),
            ("relation", pa.string()),
            ("direction", pa.string()),
            ("confidence", pa.float64()),
            ("evidence", pa.list_(pa.string())),
            ("score", pa.float64()),
        ]
    )


def _span() -> "pa.StructType":
    import pyarrow as pa

    return pa.struct([("start", pa.int64()), ("end", pa.int64()), ("text", pa.string())])


def _sentence(*scores: "tuple[str, pa.DataType]") -> "pa.StructType":
    import pyarrow as pa

    place = [("start", pa.int64()), ("end", pa.int64()), ("section", pa.string())]
    return pa.struct([*place, *scores])


# Writing.

Write = Callable[[Mapping[str, Any]], None]

PARQUET_ROWS = 1024
"""Records in a row group, which is the number held in memory while a Parquet file is written."""


HELD_BYTES = 16 * 1024 * 1024
"""Bytes of standard output that are buffered in memory; more are buffered in a temporary file."""


@contextmanager
def record_writer(out: Path | None, kind: RecordKind, at_once: bool = False) -> Iterator[Write]:
    """Yield a function that writes one record to the file `out`, or to standard output if it is None.

    With `at_once`, records go to standard output immediately. Raises `InputError` on entering the block if
    the suffix is neither `.jsonl` nor `.parquet` or the file cannot be written.
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
    """Yield a new binary file that replaces `path` when the block ends without an exception.

    Unfinished files that other processes left for the same path are deleted; if such a process is still
    running, it raises `InputError` when it finishes. Raises `InputError` if the file cannot be written.
    """
    target = Path(os.path.realpath(path))
    hidden = target.with_name(f".{target.name}.{uuid4().hex}.part")
    file = _opened(path, target, hidden)
    try:
        with file:
            yield file
        _move(hidden, target, path)
    finally:
        hidden.unlink(missing_ok=True)


def json_line(record: Mapping[str, Any]) -> bytes:
    """One record as a line of UTF-8 JSON; raises ValueError for NaN, which JSON cannot represent."""
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


class _Unfinished(io.FileIO):
    """A new file under a hidden name; where it cannot be written to, as on a full disk, errors name `path`."""

    def __init__(self, hidden: Path, path: Path) -> None:
        super().__init__(hidden, "x")
        self._path = path

    def write(self, content: Any, /) -> int:
        try:
            return super().write(content)
        except OSError as error:
            error.filename = str(self._path)
            raise


def _move(hidden: Path, target: Path, path: Path) -> None:
    try:
        hidden.replace(target)
    except FileNotFoundError:
        problem = "another process has begun to write it since; run one at a time"
        raise InputError(problem, str(path)) from None


def _opened(path: Path, target: Path, hidden: Path) -> IO[bytes]:
    check_output(path)
    try:
        for left in target.parent.glob(f".{escape(target.name)}.{'?' * len(uuid4().hex)}.part"):
            left.unlink(missing_ok=True)
        return io.BufferedWriter(_Unfinished(hidden, path))
    except OSError as error:
        problem = f"cannot be written ({error.strerror}); choose another place"
        raise InputError(problem, str(path)) from None
