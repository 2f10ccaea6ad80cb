"""Articles and records in plain typography, and back: what measures and moves read, and what they answer in."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache
from html import unescape
from typing import Any, NamedTuple, TypeVar

from reframing.documents.records import Article, Sentence, Span, Target

# Typography that says nothing: marks read as they were meant, and one form for all.
#
# Two steps stand between a text and its measures. `repaired` puts one ordinary mark in the place of each that
# was broken or typed in its stead: UTF-8 that was read as another encoding (*â€™*), control characters of
# Windows-1252, HTML entities, accents and primes, replacement characters where a mark was lost. It keeps every
# offset. `plain_text` gives all texts one typography: straight quotation marks and apostrophes, one spaced long
# dash, three full stops, one kind of blank. Every measure reads that form and answers in offsets of the text as
# it was given, so that a text and its copy in other typography get the same measures.

UNSEEN = "\u2060"
"""What fills the place behind a mark that was written in several characters: a joiner without width."""

_MARKS = "‘’‚“”„–—…′″«»"
_ENCODINGS = ("cp1252", "latin-1", "mac-roman")


def _misread(text: str, encoding: str) -> str:
    """What UTF-8 looks like when read as another encoding; a byte without a sign is a control character."""
    signs = (bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in text.encode())
    return "".join(signs)


_BROKEN = {_misread(mark, encoding): mark for mark in _MARKS for encoding in _ENCODINGS}
_BROKEN |= {_misread(broken, "cp1252"): mark for broken, mark in [*_BROKEN.items()]}
_BROKEN |= dict(zip("\x82\x84\x91\x92\x93\x94\x96\x97", "‚„‘’“”–—", strict=True))
_BROKEN |= dict(zip("❛❜❝❞〝〞＂＇‹›", "‘’“”“”\"'‘’", strict=True))
_ENTITY = re.compile(
    r"&(?:apos|quot|[lr][sd]quo|[lr]aquo|[mn]dash|hellip|#\d{2,4}|#[xX][\da-fA-F]{2,4});"
)
_ENDINGS = r"(?:s|t|re|ve|ll|d|m)\b"
_NEGATED = "do|does|did|is|are|was|were|has|have|had|ca|wo|could|would|should|must|need|might|ai"

_WRITTEN = re.compile("|".join(sorted(map(re.escape, _BROKEN), key=len, reverse=True)))
_LIKE_APOSTROPHES = re.compile(r"(?<=[^\W\d_])[`´′ʹʻʽˈ‘‛](?=[^\W\d_])")
_LOST_INSIDE = re.compile(rf"(?<=[^\W\d_])[?\ufffd](?={_ENDINGS}(?!=))", re.IGNORECASE)
_LOST_DASH = re.compile(r"(?<=\s)\ufffd(?=\s)")
_LOST_OPENING = re.compile(r"(?<![^\s(\[])\ufffd(?=\w)")
_SPACED = re.compile(rf"\b((?:{_NEGATED})n)( ['’] ?|['’] | )(?=t\b)", re.IGNORECASE)


@lru_cache(maxsize=32)
def repaired(text: str) -> str:
    """`text` with an ordinary mark for each that was broken or typed in its place; of the same length.

    A mark that took several characters is followed by `UNSEEN` for each further one.
    """
    if not text.isascii():
        text = _WRITTEN.sub(lambda found: _filled(_BROKEN[found[0]], found[0]), text)
    text = _ENTITY.sub(_resolved, text)
    text = _SPACED.sub(_joined, text)
    text = _LOST_INSIDE.sub("’", _LIKE_APOSTROPHES.sub("’", text))
    return "".join(map(_found_again, text.splitlines(keepends=True))) if "\ufffd" in text else text


def _filled(mark: str, written: str) -> str:
    return mark + UNSEEN * (len(written) - len(mark))


def _resolved(entity: re.Match[str]) -> str:
    mark = unescape(entity[0])
    return _filled(mark, entity[0]) if mark in _MARKS + "'\"" else entity[0]


def _joined(found: re.Match[str]) -> str:
    """*don t* and *don ’t* as *don’t*."""
    return found[1] + _filled("’", found[2])


def _found_again(line: str) -> str:
    """A line whose lost marks are quotation marks where one opens a word, and apostrophes elsewhere."""
    mark = '"' if _LOST_OPENING.search(line) else "’"
    return _LOST_DASH.sub("–", line).replace("\ufffd", mark)


_BLANK = "[ \u00a0\u2000-\u200a\u202f\u3000]"
_SINGLE = "['‘’‚‛ʼ´]"
_OTHER = re.compile(
    rf"(?P<double>(?:[“”„‟«»]|(?<!`)``(?!`)|(?<!{_SINGLE}){_SINGLE}{{2}}(?!{_SINGLE})){UNSEEN}*)"
    rf"|(?P<single>[‘’‚‛ʼ´]{UNSEEN}*)"
    rf"|(?P<ellipsis>…{UNSEEN}*)"
    rf"|(?P<dash>(?P<before>{_BLANK}*)(?P<run>[-‐‑‒–—―]+){UNSEEN}*(?P<after>{_BLANK}*))"
    rf"|(?P<blank>(?! ){_BLANK})"
    rf"|(?P<unseen>{UNSEEN}+)"
)
_PLAIN = {"double": '"', "single": "'", "ellipsis": "...", "blank": " ", "unseen": ""}
_RULE = re.compile("---+")


class PlainText(NamedTuple):
    """A text in plain typography.

    `text[i]` stands for the characters from `starts[i]` to `ends[i]` of the text as it was given.
    """

    text: str
    starts: tuple[int, ...] | range
    ends: tuple[int, ...] | range

    def given(self, span: Span) -> Span:
        """The place in the text as it was given of a span of the plain one."""
        if span.start == span.end:
            at = self.starts[span.start] if span.start < len(self.starts) else self.ends[-1]
            return Span(at, at)
        return Span(self.starts[span.start], self.ends[span.end - 1])

    def plain(self, span: Span) -> Span:
        """The place in the plain text of a span of the text as it was given."""
        first = bisect_right(self.ends, span.start)
        return Span(first, max(first, bisect_left(self.starts, span.end)))

    @property
    def is_given(self) -> bool:
        """Whether the text was given in plain typography."""
        return isinstance(self.starts, range)


def plain_text(text: str) -> PlainText:
    """`text`, repaired, in plain typography; a plain text is its own.

    >>> plain_text("“It’s late”—she left…").text
    '"It\\'s late" — she left...'
    """
    given, text = text, repaired(text)
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for found in _OTHER.finditer(text):
        form = _form(found)
        pieces += (text[at : found.start()], form)
        if len(form) == len(found[0]):  # each character stands for its own
            starts += range(at, found.end())
            ends += range(at + 1, found.end() + 1)
        else:
            starts += (*range(at, found.start()), *(found.start() for _ in form))
            ends += (*range(at + 1, found.start() + 1), *(found.end() for _ in form))
        at = found.end()
    plain = "".join((*pieces, text[at:]))
    if plain == given:
        return PlainText(plain, range(len(text)), range(1, len(text) + 1))
    starts += range(at, len(text))
    ends += range(at + 1, len(text) + 1)
    return PlainText(plain, tuple(starts), tuple(ends))


def _form(found: re.Match[str]) -> str:
    """What stands for a mark; a dash at the start or end of a line has no blank on that side."""
    if not found["dash"]:
        return _PLAIN[found.lastgroup or ""]
    before, run, after = found["before"], found["run"], found["after"]
    if _RULE.fullmatch(run):
        return _plain_blanks(before) + run + _plain_blanks(after)
    if len(run) == 1 and run not in "—―" and not (before and after):
        return _plain_blanks(before) + "-" + _plain_blanks(after)
    line = found.string
    opens = found.start() == 0 or line[found.start() - 1] == "\n"
    closes = found.end() == len(line) or line[found.end()] == "\n"
    return ("" if opens else " ") + "—" + ("" if closes else " ")


def _plain_blanks(blanks: str) -> str:
    return " " * len(blanks)


# Articles and records in plain typography, and back: what measures and moves read, and what they answer in.

Record = TypeVar("Record")
Place = Callable[[Span], Span]


def set_plain(article: Article, plain: PlainText) -> Article:
    """The article with the plain form of its text, its targets where they are there."""
    if plain.is_given:
        return article
    title, body = None, plain.text
    if article.title is not None:
        title, _, body = plain.text.partition("\n")
    targets = tuple(Target(plain.plain(target.span)) for target in article.targets)
    return replace(article, title=title, body=body, targets=targets)


def in_plain(record: Record, plain: PlainText) -> Record:
    """A record, or a tuple of records, of the text as it was given, with its spans in the plain text."""
    return record if plain.is_given else _moved(record, plain.plain)


def as_given(record: Record, plain: PlainText) -> Record:
    """A record, or a tuple of records, of the plain text, with its spans in the text as it was given."""
    return record if plain.is_given else _moved(record, plain.given)


def _moved(value: Any, place: Place) -> Any:
    if isinstance(value, Span):
        return place(value)
    if isinstance(value, Sentence):
        start, end = place(value.span)
        return replace(value, start=start, end=end)
    if isinstance(value, tuple):
        parts = [_moved(part, place) for part in value]
        return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)
    if is_dataclass(value) and not isinstance(value, type):
        return type(value)(**{f.name: _moved(getattr(value, f.name), place) for f in fields(value)})
    return value
