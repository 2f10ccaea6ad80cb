"""Readers of a user's files: articles from JSON Lines, CSV, Parquet and text, and pairs from JSON Lines.

Records are read one at a time and validated as `reframing.reading.fields` describes; text is never changed.
"""

import csv
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import TextIOWrapper
from itertools import chain
from pathlib import Path
from typing import IO, Any

from reframing.documents.errors import InputError
from reframing.documents.files import open_bytes
from reframing.documents.records import Article
from reframing.documents.sentences import reads_as_headline
from reframing.reading.fields import (
    BOM,
    FIELDS,
    MAX_CHARACTERS,
    MAX_LINE_BYTES,
    article_of,
    check_spelling,
    chunks,
    decode,
    is_absent,
    like,
    lines,
    refuse_wide,
    strict_json,
    text_of,
)

# Records from JSON Lines, CSV and Parquet.

Record = tuple[int, Any]
"""The number of a record (from 1), and the record or, in its place, the `InputError` about it.

Errors that concern the entire file are raised instead.
"""

_WRONG_DELIMITERS = {";": "semicolons", "\t": "tabs", "|": "bars"}
_BATCH_ROWS = 8  # a file of a kilobyte can hold many texts of many megabytes


def jsonl_records(raw_lines: Iterable[bytes]) -> Iterator[Record]:
    """Yield the objects of JSON Lines, numbered by line; blank lines are skipped."""
    for number, line in lines(raw_lines):
        if isinstance(line, InputError):
            yield number, line
        elif line.strip():
            yield number, _json(line, number)


def _json(line: str, number: int) -> Any:
    try:
        return strict_json(line)
    except InputError as error:
        where = error.problem.replace(" JSON: ", f" JSON on line {number}: ", 1)
        return InputError(where, record=number)


def csv_records(
    stream: IO[bytes], check: Callable[[list[str]], None] | None = None
) -> Iterator[Record]:
    """Yield the rows of a CSV file as dicts keyed by the header; the first row after the header is 1.

    `check` is called with the header; without it, the columns must be those of articles. Raises `InputError`
    if they are not, or the file is not UTF-8 or not valid CSV.
    """
    start = stream.read(4)
    refuse_wide(start)
    stream.seek(0)
    csv.field_size_limit(max(csv.field_size_limit(), MAX_LINE_BYTES))
    rows = csv.reader(TextIOWrapper(stream, "utf-8-sig", newline=""), strict=True)
    number = 0
    try:
        header = next(rows, [])
        (check or check_columns)(header)
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
    """Yield the rows of a Parquet file as dicts; reads only the columns of an article, in batches.

    Of other columns the names are there, with None.

    Raises `InputError` if the columns are not those of articles or the file cannot be read.
    """
    import pyarrow
    from pyarrow.parquet import ParquetFile

    broken = (pyarrow.ArrowException, OSError, ValueError, OverflowError, LookupError, MemoryError)
    try:
        with ParquetFile(path) as table:
            names = table.schema_arrow.names
            check_columns(names)
            columns = [name for name in FIELDS if name in names]
            ignored = dict.fromkeys(name for name in names if name not in FIELDS)
            number = 0
            for batch in table.iter_batches(_BATCH_ROWS, columns=columns):
                for row in batch.to_pylist():
                    number += 1
                    yield number, {**ignored, **row}
    except broken as error:
        reason = str(error).partition("\n")[0] or type(error).__name__
        raise InputError(f"is not a readable Parquet file: {reason}") from error


def check_columns(names: list[str]) -> None:
    """Raise `InputError` unless a table has `id` and at least one of `body` and `text`, and no field twice."""
    if len(names) == 1:
        for delimiter, plural in _WRONG_DELIMITERS.items():
            if delimiter in names[0]:
                raise InputError(f"seems to be separated by {plural}; expected commas")
    check_spelling(names, FIELDS)
    found = f"the columns are {', '.join(names)[:200] or 'none'}"
    if "id" not in names:
        raise InputError(f"column is missing; {found}", field="id")
    if "body" not in names and "text" not in names:
        raise InputError(f"column is missing, and 'body' too; {found}", field="text")
    for name in FIELDS:
        if names.count(name) > 1:
            raise InputError("column occurs twice", field=name)


# Articles from files.

OnError = Callable[[InputError], None]

_MOST_IGNORED = 100
"""Names of fields that are kept to be told; a file may have a new one in each record."""

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
    """Yield the articles of one file in order; the path `-` means standard input (JSON Lines or one text).

    The suffix determines the format. `.jsonl`, `.csv` and `.parquet` have one record per article and are
    streamed. `.txt` is one article with the title on its first line (`split_title`) and the file's name without
    suffix as id. Line ends and blanks are kept, so that offsets refer to the text
    as given; only a UTF-8 byte order mark is not part of the text.

    Raises `InputError` with file, record (number, or id if there is one) and field at the first error. If
    `on_error` is given, it is called with each error instead, and reading continues.
    """
    yield from read_all([path], stdin, on_error)


def read_all(
    paths: Iterable[Path | str],
    stdin: IO[bytes] | None = None,
    on_error: OnError | None = None,
    on_ignored: Callable[[str, list[str]], None] | None = None,
) -> Iterator[Article]:
    """Yield the articles of several files as `read_articles` does; an id used twice is an error.

    After a file with fields that an article does not have, `on_ignored` is called with its name and theirs.
    """
    places: dict[str, str] = {}
    for path in paths:
        ignored: dict[str, None] = {}
        found = checked(_noted(records(path, stdin), ignored), str(path), article_of, on_error)
        yield from with_own_ids(found, path, places, on_error)
        if ignored and on_ignored is not None:
            on_ignored(str(path), list(ignored))


def _noted(found: Iterator[Record], ignored: dict[str, None]) -> Iterator[Record]:
    """The records unchanged; the names of fields that no article has are entered in `ignored`."""
    for number, record in found:
        if isinstance(record, Mapping) and len(ignored) < _MOST_IGNORED:
            ignored.update((str(name), None) for name in record if name not in FIELDS)
        yield number, record


def read_one(path: Path | str, stdin: IO[bytes] | None = None) -> Article:
    """The only article of a file; raises `InputError` if the file holds more than one."""
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
    """Yield (number, parsed record) for each record that `parse` accepts.

    The `InputError` of any other record, or of a file without records, is given the file's name and passed to
    `on_error`, or raised if there is none.
    """
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
        report(error.within(file), on_error)


def with_own_ids(
    found: Iterable[tuple[int, Any]],
    path: Path | str,
    places: dict[str, str],
    on_error: OnError | None = None,
) -> Iterator[Any]:
    """Yield the (numbered) records whose `id` is not in `places`, and enter it there; others are errors."""
    for number, one in found:
        if one.id in places:
            problem = f"'{one.id}' occurs twice, first in {places[one.id]}; ids must differ"
            report(InputError(problem, str(path), number, "id"), on_error)
            continue
        places[one.id] = f"record {number} of {path}"
        yield one


def report(error: InputError, on_error: OnError | None) -> None:
    """Pass an error to `on_error`, or raise it if that is None."""
    if on_error is None:
        raise error
    on_error(error)


def records(path: Path | str, stdin: IO[bytes] | None = None) -> Iterator[Record]:
    """Yield the numbered records of a file, or of standard input if `path` is `-`.

    Raises `InputError` if the suffix is not one of `SUFFIXES` or the file is empty or cannot be read.
    """
    if str(path) == "-":
        stdin = stdin or getattr(sys.stdin, "buffer", None)
        if stdin is None:
            raise InputError("standard input is closed; give a file")
        yield from _stdin_records(stdin)
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
    """Title and body of a text: its first line and the rest.

    It has no title if nothing follows, or if the first line does not read as a headline but is the beginning
    of the report.
    """
    title, _, body = text.partition("\n")
    return (title, body) if reads_as_headline(title) and body.strip() else (None, text)


def _stdin_records(stream: IO[bytes]) -> Iterator[Record]:
    """Read JSON Lines if the input begins with an opening brace, otherwise a single text."""
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


# Pairs of an original and its repost, for `compare --pairs`.


@dataclass(frozen=True, slots=True)
class GivenPair:
    """An original and its repost, as a user pairs them, and the id of the pair."""

    id: str
    original: Article
    repost: Article


def read_pairs(
    path: Path | str, stdin: IO[bytes] | None = None, on_error: OnError | None = None
) -> Iterator[GivenPair]:
    """Yield pairs from JSON Lines: `{"id", "original": {article}, "repost": {article}}`; `-` is standard input.

    Raises `InputError` with file, record and field (such as `repost.body`). If `on_error` is given, it is
    called with each error instead, and reading continues. Each pair needs an id of its own; an article may
    occur in many pairs.
    """
    if str(path) != "-" and Path(path).suffix.lower() != ".jsonl":
        report(InputError("must be JSON Lines with the suffix .jsonl, or -", str(path)), on_error)
        return
    found = checked(records(path, stdin), str(path), pair_of, on_error)
    yield from with_own_ids(found, path, {}, on_error)


def pair_of(record: Any) -> GivenPair:
    """The pair of one record (a mapping); raises `InputError` that names the record's id and the field."""
    if not isinstance(record, Mapping):
        raise InputError('must be an object {"id", "original": {…}, "repost": {…}}')
    id = record.get("id")
    if is_absent(id):
        raise InputError(f"is missing; every pair needs one{_meant(record, 'id')}", field="id")
    id = text_of(str(id) if type(id) is int else id, "id")
    if not id.strip():
        raise InputError("is blank; every pair needs one", field="id")
    return GivenPair(id, *(_side(record, side, id) for side in ("original", "repost")))


def _meant(record: Mapping[str, Any], field: str) -> str:
    """Which key of a record is probably the misspelt field; empty if none is."""
    for key in record:
        if like(str(key), [field]):
            return f" (rename '{key}' to '{field}')"
    return ""


def _side(record: Mapping[str, Any], side: str, id: str) -> Article:
    if is_absent(record.get(side)):
        problem = f"is missing; a pair needs both articles{_meant(record, side)}"
        raise InputError(problem, None, id, side)
    try:
        return article_of(record[side])
    except InputError as error:
        field = side if error.field is None else f"{side}.{error.field}"
        raise InputError(error.problem, None, id, field) from None
