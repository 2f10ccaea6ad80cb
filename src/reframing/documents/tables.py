"""Tables as CSV text, as results are committed: commas, line feeds, quotation marks where needed."""

import csv
import dataclasses
import io
import types
import typing
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from reframing.documents.errors import InputError
from reframing.documents.files import open_bytes
from reframing.documents.writers import replacing

# Typed Parquet tables of records; the schema follows from the record's own type hints.
#
# `write_records` and `read_records` are the only way in and out of the pipeline's intermediates. A file
# whose schema is not the record's is an error that names file and column.

Record = TypeVar("Record")

_SCALARS = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
_BATCH = 1000


def write_records(path: Path, kind: type[Record], records: Iterable[Record]) -> int:
    """Write `records` of the dataclass `kind` to Parquet, batch by batch; returns their number.

    The same records give the same bytes. The file appears only when it is complete.
    """
    schema = schema_of(kind)
    path.parent.mkdir(parents=True, exist_ok=True)
    written = 0
    with replacing(path) as file, pq.ParquetWriter(file, schema, compression="zstd") as writer:
        rows = (encode(record) for record in records)
        while batch := list(islice(rows, _BATCH)):
            writer.write_table(pa.Table.from_pylist(batch, schema=schema))
            written += len(batch)
    return written


def read_records(path: Path, kind: type[Record]) -> Iterator[Record]:
    """Read the records of a table, in order; raises `InputError` where it is damaged or the schema differs."""
    decode = _decoder(kind)
    for rows in _batches(path, kind):
        yield from map(decode, rows)


def _batches(path: Path, kind: type) -> Iterator[list[dict[str, Any]]]:
    try:
        with open_bytes(path) as stream, pq.ParquetFile(stream) as file:
            check_schema(file.schema_arrow, kind, str(path))
            for batch in file.iter_batches(_BATCH):
                yield batch.to_pylist()
    except InputError as error:
        raise error.within(str(path)) from None
    except (OSError, ValueError, pa.ArrowException) as error:
        raise InputError(f"is not a readable Parquet table: {error}", str(path)) from error


def check_schema(found: pa.Schema, kind: type, file: str) -> None:
    """Raise `InputError` that names the first column in which `found` is not `kind`'s schema."""
    expected = schema_of(kind)
    for column in expected:
        if column.name not in found.names:
            raise InputError("column is missing", file, field=column.name)
        if found.field(column.name).type != column.type:
            have = found.field(column.name).type
            raise InputError(f"is {have}, expected {column.type}", file, field=column.name)
    for name in found.names:
        if name not in expected.names:
            raise InputError(f"is not a column of {kind.__name__}", file, field=name)


def schema_of(kind: type) -> pa.Schema:
    """The Arrow schema of a dataclass or named tuple of records."""
    return pa.schema([pa.field(name, _arrow_type(hint)) for name, hint in _hints(kind).items()])


def encode(value: Any) -> Any:
    """A record as plain dicts and lists, as Arrow and JSON take them."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: encode(getattr(value, field.name)) for field in dataclasses.fields(value)
        }
    if hasattr(value, "_asdict"):
        return {name: encode(item) for name, item in value._asdict().items()}
    if isinstance(value, dict):
        return sorted(value.items())
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    return value


@lru_cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _is_record(hint: Any) -> bool:
    return dataclasses.is_dataclass(hint) or hasattr(hint, "_fields")


def _arrow_type(hint: Any) -> pa.DataType:
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if hint in _SCALARS:
        return _SCALARS[hint]
    if origin is typing.Literal:
        return pa.string()
    if origin in (types.UnionType, typing.Union):
        return _arrow_type(next(arg for arg in args if arg is not type(None)))
    if origin is tuple:
        return pa.list_(_arrow_type(args[0]))
    if origin is dict:
        return pa.map_(_arrow_type(args[0]), _arrow_type(args[1]))
    if _is_record(hint):
        return pa.struct(list(schema_of(hint)))
    raise TypeError(f"no column type for {hint}")


def _decoder(hint: Any) -> Callable[[Any], Any]:
    """A function from plain values back to what `hint` says."""
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        inner = _decoder(next(arg for arg in args if arg is not type(None)))
        return lambda value: None if value is None else inner(value)
    if origin is tuple:
        item = _decoder(args[0])
        return lambda value: tuple(map(item, value))
    if origin is dict:
        return dict
    if _is_record(hint):
        fields = [(name, _decoder(of)) for name, of in _hints(hint).items()]
        return lambda value: hint(**{name: decode(value[name]) for name, decode in fields})
    return lambda value: value


# Tables as CSV text, as results are committed: commas, line feeds, quotation marks where needed.


def csv_text(rows: Iterable[Iterable[object]]) -> str:
    """The rows, the heading first, as one text."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()
