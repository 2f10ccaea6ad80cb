"""Validation of input: bytes are decoded strictly, and a record becomes an `Article` with all fields checked.

Input is never repaired: text that is not UTF-8, or a field of the wrong type, is an `InputError`.

The fields of a record are `id`; `body` or `text` (or both, if they agree); optional `title`, `published`,
`retrieved`, `outlet`, `byline`, `url`, `targets`; and, where the corpus provides them, `event`, `kind`,
`original` and `group`. An optional field that is null, NaN, empty or blank counts as absent (a blank `title`
is an error). Other fields are ignored.
"""

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import IO, Any

from reframing.documents.errors import InputError
from reframing.documents.records import Article, Span, Target

# Decoding: strict UTF-8, with or without a byte order mark.

MAX_CHARACTERS = 5_000_000
"""Maximum length of an article in code points, about 800,000 words."""

MAX_LINE_BYTES = 8 * MAX_CHARACTERS

BOM = b"\xef\xbb\xbf"
_WIDE_BOMS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)


def decode(raw: bytes) -> str:
    """Decode the bytes of an entire file, without its byte order mark; line ends are kept.

    Raises `InputError` if they are not UTF-8 or contain NUL bytes.
    """
    refuse_wide(raw)
    return _decoded(raw.removeprefix(BOM))


def chunks(stream: IO[bytes]) -> Iterator[bytes]:
    """The lines of a stream, split at line feeds only; lines over `MAX_LINE_BYTES` come in pieces."""
    while chunk := stream.readline(MAX_LINE_BYTES):
        yield chunk


def lines(raw_lines: Iterable[bytes]) -> Iterator[tuple[int, str | InputError]]:
    """Yield (line number from 1, decoded line), or the `InputError` in place of a line that cannot be read.

    `raw_lines` are lines as `chunks` yields them. Raises `InputError` if the first line begins with the byte
    order mark of UTF-16 or UTF-32.
    """
    number, within_long_line = 0, False
    for raw in raw_lines:
        ends = raw.endswith(b"\n")
        if within_long_line:
            within_long_line = not ends
            continue
        number += 1
        if number == 1:
            refuse_wide(raw)
        within_long_line = len(raw) >= MAX_LINE_BYTES and not ends
        yield number, _line(raw.removeprefix(BOM) if number == 1 else raw, number)


def _line(raw: bytes, number: int) -> str | InputError:
    if len(raw) >= MAX_LINE_BYTES:
        return InputError(f"is a line of more than {MAX_LINE_BYTES:,} bytes", record=number)
    try:
        return _decoded(raw)
    except InputError as error:
        return InputError(error.problem, record=number)


def refuse_wide(start: bytes) -> None:
    """Raise `InputError` if a file begins with the byte order mark of UTF-16 or UTF-32."""
    for mark, name in _WIDE_BOMS:
        if start.startswith(mark):
            raise InputError(f"is {name}; convert it: iconv -f {name} -t UTF-8 OLD > NEW")


def _decoded(raw: bytes) -> str:
    if b"\0" in raw:
        raise InputError("holds NUL bytes: binary, or UTF-16 without mark; expected UTF-8 text")
    try:
        return raw.decode("utf8")
    except UnicodeDecodeError as error:
        byte = f"byte 0x{raw[error.start]:02x} at {error.start}"
        cure = "if it is Windows-1252: iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW"
        raise InputError(f"is not UTF-8 ({byte}); {cure}") from error


# JSON that says one thing only.


def strict_json(text: str | bytes) -> Any:
    """The value of a JSON text; raises `InputError` where it is none, or an object has a key twice."""
    try:
        return json.loads(text, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        raise InputError(f"is not JSON: {error.msg}, column {error.colno}") from None
    except RecursionError:
        raise InputError("is not usable JSON: it is nested too deeply") from None
    except ValueError as error:
        raise InputError(f"is not usable JSON: {error}") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise InputError(f"is not usable JSON: the key '{twice}' occurs twice in one object")
    return found


# Articles from records.

FIELDS = (
    *("id", "body", "text", "title", "published", "outlet", "byline", "url", "targets"),
    *("event", "kind", "original", "retrieved", "group"),
)

_KNOWN = frozenset(FIELDS)

_DOCUMENT = re.compile(
    r"\s*<(!doctype html|html|head|body|div|p|article|section|main|table|ul|ol|h[1-6])\b[^>]*>",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"</?(a|article|b|blockquote|body|br|div|em|figure|h[1-6]|head|html|i|img|li|meta|ol|p|script"
    r"|section|span|strong|style|table|td|th|tr|ul)(\s[^<>]*)?/?>",
    re.IGNORECASE,
)
MANY_TAGS = 4
TAG_SHARE = 0.05


ALIKE = 0.8
"""From this similarity of spelling (1 − edits / length), a name is a field misspelt."""


def check_spelling(names: Iterable[Any], fields: Iterable[str]) -> None:
    """Raise `InputError` where a name is none of the `fields`, and resembles one that is not there."""
    given, known = {str(name) for name in names}, set(fields)
    for name in sorted(given - known):
        if (meant := like(name, known - given)) is not None:
            raise InputError(f"is unknown; rename it to '{meant}', or leave it out", field=name)


def like(name: str, fields: Iterable[str]) -> str | None:
    """The field that resembles a name most, in upper or lower case; None if none does."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extractOne

    longest = 2 * max(map(len, FIELDS))
    if len(name) > longest:
        return None
    close = extractOne(
        name.strip().casefold(),
        sorted(fields),
        scorer=OSA.normalized_similarity,
        score_cutoff=ALIKE,
    )
    return None if close is None else str(close[0])


def article_of(record: Any) -> Article:
    """The article of one record (a mapping); fields are checked but not changed.

    Raises `InputError` that names the field, and the record by its id if it has one.
    """
    if not isinstance(record, Mapping):
        raise InputError(f"must be an object with the article's fields, not {_kind(record)}")
    if not record.keys() <= _KNOWN:
        check_spelling(record, FIELDS)
    id = _id(record.get("id"))
    try:
        return _checked_article(id, record)
    except InputError as error:
        raise InputError(error.problem, None, id, error.field) from None


def _checked_article(id: str, record: Mapping[str, Any]) -> Article:
    title, body = _title_and_body(record, _optional(record, "title"))
    article = Article(
        id,
        body,
        title,
        published=_optional(record, "published"),
        outlet=_optional(record, "outlet"),
        byline=_optional(record, "byline"),
        url=_optional(record, "url"),
        event=_optional(record, "event"),
        kind=_optional(record, "kind"),
        original=_optional(record, "original"),
        retrieved=_optional(record, "retrieved"),
        group=_optional(record, "group"),
    )
    _check_date(article.published, "published")
    _check_date(article.retrieved, "retrieved")
    _check_text(article)
    return replace(article, targets=_targets(record.get("targets"), len(article.text)))


def is_absent(value: Any) -> bool:
    """Whether a field counts as absent: null, NaN or an empty string."""
    return value is None or value == "" or (isinstance(value, float) and math.isnan(value))


def _id(value: Any) -> str:
    if is_absent(value):
        raise InputError("is missing; every article needs one", field="id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    id = text_of(value, "id")
    if not id.strip():
        raise InputError("is blank; every article needs one", field="id")
    return id


def _optional(record: Mapping[str, Any], field: str) -> str | None:
    value = record.get(field)
    if is_absent(value):
        return None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int) and not isinstance(value, bool) and field in ("event", "original"):
        return str(value)
    text = text_of(value, field)
    if text.strip():
        return text
    if field == "title":
        raise InputError("is blank; leave it out where there is none", field=field)
    return None


def _title_and_body(record: Mapping[str, Any], title: str | None) -> tuple[str | None, str]:
    text, body = (_given(record, name) for name in ("text", "body"))
    if text is None and body is None:
        raise InputError("is missing; an article needs 'body' or 'text'", field="text")
    if text is None:
        return title, body or ""
    start = "" if title is None else f"{title}\n"
    if not text.startswith(start):
        raise InputError(
            "must begin with the title and a line break, as 'title' is given", field="text"
        )
    rest = text[len(start) :]
    if body is not None and body != rest:
        expected = "body alone" if title is None else 'title + "\\n" + body'
        raise InputError(f"differs from {expected}; give one of 'body' and 'text'", field="text")
    return title, rest


def _given(record: Mapping[str, Any], field: str) -> str | None:
    value = record.get(field)
    if value is None:
        return None
    if (isinstance(value, float) and math.isnan(value)) or str(value).strip().casefold() == "nan":
        raise InputError("is NaN; expected the article's text", field=field)
    return text_of(value, field)


def text_of(value: Any, field: str) -> str:
    """A value that must be text which every file can hold; raises `InputError` that names the field."""
    if not isinstance(value, str):
        raise InputError(f"must be text, not {_kind(value)}", field=field)
    try:
        value.encode("utf8")
    except UnicodeEncodeError as error:
        code = f"\\u{ord(value[error.start]):04x} at {error.start}"
        raise InputError(
            f"holds half of a surrogate pair ({code}): not text", field=field
        ) from None
    if "\0" in value:
        raise InputError(f"holds a NUL character at {value.index(chr(0))}: not text", field=field)
    return value


def _check_text(article: Article) -> None:
    field = "text" if article.title is None else "body"
    if not article.body.strip():
        raise InputError("is empty; expected the article's text", field=field)
    if len(article.text) > MAX_CHARACTERS:
        problem = f"has {len(article.text):,} characters; an article may have {MAX_CHARACTERS:,}"
        raise InputError(problem, field=field)
    if is_markup(article.body) or is_markup(article.text):
        problem = "is HTML; extract the text first, for instance with `trafilatura`"
        raise InputError(problem, field=field)


def is_markup(text: str) -> bool:
    """Whether text is HTML: it begins with the tag of a document or block, or has many tags.

    Many means at least `MANY_TAGS` tags that make up at least `TAG_SHARE` of the characters, so that an
    article with a stray link does not count.
    """
    if "<" not in text:
        return False
    if _DOCUMENT.match(text):
        return True
    tags = [tag.end() - tag.start() for tag in _TAG.finditer(text)]
    return len(tags) >= MANY_TAGS and sum(tags) >= TAG_SHARE * len(text)


def _check_date(time: str | None, field: str) -> None:
    try:
        given = datetime.fromisoformat(time or "2000-01-01")
        if given.tzinfo is not None:
            given.astimezone(UTC)
    except (ValueError, OverflowError):
        problem = f"must be a date of ISO 8601 like 2018-07-16T09:30:00+02:00, not '{time}'"
        raise InputError(problem, field=field) from None


def _targets(value: Any, length: int) -> tuple[Target, ...]:
    if is_absent(value):
        return ()
    if isinstance(value, str):
        try:
            value = strict_json(value)
        except InputError:
            raise InputError("must be a JSON list of {start, end}", field="targets") from None
    if not isinstance(value, list):
        raise InputError(f"must be a list of {{start, end}}, not {_kind(value)}", field="targets")
    return tuple(_target(target, number, length) for number, target in enumerate(value, 1))


def _target(target: Any, number: int, length: int) -> Target:
    span = [target.get(key) for key in ("start", "end")] if isinstance(target, Mapping) else []
    match span:
        case [int(start), int(end)] if (
            0 <= start < end <= length and type(start) is type(end) is int
        ):
            return Target(Span(start, end))
    problem = f"target {number} must have start and end with 0 <= start < end <= {length}"
    raise InputError(problem, field="targets")


def _kind(value: Any) -> str:
    """The type of a value, in JSON terms."""
    names = {bool: "true or false", int: "a number", dict: "an object", list: "a list"}
    if isinstance(value, float):
        return "NaN" if math.isnan(value) else "a number"
    return "null" if value is None else names.get(type(value), f"a {type(value).__name__}")
