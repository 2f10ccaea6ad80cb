"""Articles out of a user's files, checked one by one; text is never changed on reading."""

import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import IO, Any

from reframing.errors import InputError
from reframing.readers.encoded import BOM, MAX_CHARACTERS, chunks, decode, open_bytes
from reframing.readers.fields import article_of
from reframing.readers.formats import Record, csv_records, jsonl_records, parquet_records
from reframing.records import Article

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
