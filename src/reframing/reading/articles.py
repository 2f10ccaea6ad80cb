"""Given pairs of an original and its repost, for `compare --pairs`."""

import csv
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import TextIOWrapper
from itertools import chain
from pathlib import Path
from typing import IO, Any

from reframing.documents.errors import InputError
from reframing.documents.records import Article
from reframing.reading.fields import (
    BOM,
    FIELDS,
    MAX_CHARACTERS,
    MAX_LINE_BYTES,
    article_of,
    chunks,
    decode,
    is_absent,
    lines,
    open_bytes,
    refuse_wide,
)

# Records out of files, one at a time: JSON Lines, CSV, Parquet.
#
# Each reader yields (number of the record from 1, record or the `InputError` in its place). What spoils
# the whole file is raised.

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


# Articles out of a user's files, checked one by one; text is never changed on reading.

OnError = Callable[[InputError], None]

SUFFIXES = (".txt", ".jsonl", ".csv", ".parquet")
MAX_TEXT_BYTES = 4 * MAX_CHARACTERS
_HINTS = {
    ".html": "; extract the text first, for instance with `trafilatura`",
    ".htm": "; extract the text first, for instance with `trafilatura`",
    ".json": "; write one object a line and call it .jsonl",
    ".tsv": "; write it with commas and call it .csv",
}


def read_articles(
    path: Path | str, stdin: IO[bytes] | None = None, on_error: OnError | None = None
) -> Iterator[Article]:
    """Articles of one file, in its order; `-` reads JSON Lines or one text from standard input.

    The suffix tells the format: `.jsonl`, `.csv` and `.parquet` hold one record an article, `.txt` one
    article with the title on its first line (a file of one line has no title) and the file's name
    without suffix as id. JSON Lines, CSV and Parquet are streamed. Offsets count in the text as given:
    line ends and blanks stay as they are; only a UTF-8 byte order mark is not part of it.

    Raises `InputError` with file, record (number, or id where it has one) and field at the first
    thing wrong. With `on_error` that is called instead and the rest is read.
    """
    yield from read_all([path], stdin, on_error)


def read_all(
    paths: Iterable[Path | str], stdin: IO[bytes] | None = None, on_error: OnError | None = None
) -> Iterator[Article]:
    """Articles of several files, as `read_articles` reads them; ids are unique across all."""
    places: dict[str, str] = {}
    for path in paths:
        for number, article in checked(records(path, stdin), str(path), article_of, on_error):
            place = f"record {number} of {path}"
            if article.id in places:
                problem = (
                    f"'{article.id}' stands twice, first in {places[article.id]}; ids must differ"
                )
                report(InputError(problem, str(path), number, "id"), on_error)
                continue
            places[article.id] = place
            yield article


def read_one(path: Path | str, stdin: IO[bytes] | None = None) -> Article:
    """The only article of a file; `InputError` where there are more."""
    found = read_articles(path, stdin)
    article = next(found)
    if next(found, None) is not None:
        raise InputError("holds more than one article; expected one", str(path))
    return article


def checked(
    found: Iterator[Record],
    file: str,
    parse: Callable[[Any], Any],
    on_error: OnError | None = None,
) -> Iterator[tuple[int, Any]]:
    """Each record parsed, with its number; errors get the file's name and are raised or reported."""
    number = 0
    try:
        for number, record in found:
            try:
                if isinstance(record, InputError):
                    raise record
                parsed = parse(record)
            except InputError as error:
                report(error.within(file, number), on_error)
                continue
            yield number, parsed
        if number == 0:
            raise InputError("is empty; expected at least one record")
    except InputError as error:
        if error.file is not None:
            raise
        report(error.within(file), on_error)


def report(error: InputError, on_error: OnError | None) -> None:
    """Hand over an error, or raise it where nobody collects errors."""
    if on_error is None:
        raise error
    on_error(error)


def records(path: Path | str, stdin: IO[bytes] | None = None) -> Iterator[Record]:
    """The numbered records of a file, or of standard input where `path` is `-`."""
    if str(path) == "-":
        yield from _stdin_records(stdin if stdin is not None else sys.stdin.buffer)
        return
    path = Path(path)
    suffix = path.suffix.lower()
    with open_bytes(path) as stream:
        if suffix not in SUFFIXES:
            kinds = ", ".join(SUFFIXES)
            hint = _HINTS.get(suffix, "")
            raise InputError(f"has the unsupported suffix '{suffix}'; expected {kinds}{hint}")
        if not stream.read(1):
            raise InputError("is empty; expected articles")
        stream.seek(0)
        if suffix == ".parquet":
            yield from parquet_records(path)
        elif suffix == ".csv":
            yield from csv_records(stream)
        elif suffix == ".jsonl":
            yield from jsonl_records(chunks(stream))
        else:
            yield _text_record(stream.read(MAX_TEXT_BYTES + 1), path.stem)


def _text_record(raw: bytes, id: str) -> Record:
    if len(raw) > MAX_TEXT_BYTES:
        raise InputError(f"is a text of more than {MAX_CHARACTERS:,} characters; no article is")
    title, body = split_title(decode(raw))
    return 1, {"id": id, "title": title, "body": body}


def split_title(text: str) -> tuple[str | None, str]:
    """Title and body of a text: its first line and the rest, where both hold something."""
    title, _, body = text.partition("\n")
    return (title, body) if title.strip() and body.strip() else (None, text)


def _stdin_records(stream: IO[bytes]) -> Iterator[Record]:
    """JSON Lines where the first thing is an opening brace, one text otherwise."""
    begun: list[bytes] = []
    for chunk in chunks(stream):
        begun.append(chunk)
        if chunk.strip():
            break
    start = b"".join(begun)
    if not start.strip():
        raise InputError("nothing came on standard input; pipe JSON Lines or a text into it")
    if start.removeprefix(BOM).lstrip().startswith(b"{"):
        yield from jsonl_records(chain(begun, chunks(stream)))
    else:
        yield _text_record(start + stream.read(MAX_TEXT_BYTES + 1), "stdin")


# Given pairs of an original and its repost, for `compare --pairs`.


@dataclass(frozen=True, slots=True)
class GivenPair:
    """An original and its repost under one id."""

    id: str
    original: Article
    repost: Article


def read_pairs(
    path: Path | str, stdin: IO[bytes] | None = None, on_error: OnError | None = None
) -> Iterator[GivenPair]:
    """Pairs of a JSON Lines file or `-`: `{"id", "original": {article}, "repost": {article}}`.

    Raises `InputError` with file, record and field (`repost.body`); with `on_error` that is called
    instead and the rest is read. Ids are unique among the pairs; an article may stand in many pairs.
    """
    if str(path) != "-" and Path(path).suffix.lower() != ".jsonl":
        report(InputError("must be JSON Lines with the suffix .jsonl, or -", str(path)), on_error)
        return
    places: dict[str, int] = {}
    for number, pair in checked(records(path, stdin), str(path), pair_of, on_error):
        if pair.id in places:
            problem = (
                f"'{pair.id}' stands twice, first in record {places[pair.id]}; ids must differ"
            )
            report(InputError(problem, str(path), number, "id"), on_error)
            continue
        places[pair.id] = number
        yield pair


def pair_of(record: Any) -> GivenPair:
    """The pair that a record holds; `InputError` names the record by its id, and the field."""
    if not isinstance(record, Mapping):
        raise InputError('must be an object {"id", "original": {…}, "repost": {…}}')
    id = record.get("id")
    if is_absent(id):
        raise InputError("is missing; every pair needs one", field="id")
    if not isinstance(id, str | int) or isinstance(id, bool) or not str(id).strip():
        raise InputError("must be text", field="id")
    return GivenPair(str(id), *(_side(record, side, str(id)) for side in ("original", "repost")))


def _side(record: Mapping[str, Any], side: str, id: str) -> Article:
    if is_absent(record.get(side)):
        raise InputError("is missing; a pair needs both articles", None, id, side)
    try:
        return article_of(record[side])
    except InputError as error:
        field = side if error.field is None else f"{side}.{error.field}"
        raise InputError(error.problem, None, id, field) from None
