"""Normalisation of typography, with offsets that convert in both directions.

Texts are processed in two steps before they are measured. `repaired` restores each punctuation mark that was
mis-encoded or typed as another character: UTF-8 decoded in another encoding (*â€™*), control characters of
Windows-1252, HTML entities, accents and primes, replacement characters. It preserves every offset. `plain_text`
then gives all texts the same typography: straight quotation marks and apostrophes, one spaced long dash, three
full stops for an ellipsis, one kind of blank. Measures and moves are computed on this form, and their spans are
converted back to the text as given, so that a text and a copy in other typography get the same results.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache
from html import unescape
from typing import Any, NamedTuple, TypeVar

from reframing.documents.records import Article, Sentence, Span, Target

# Repair and normalisation of text.

UNSEEN = "\u2060"
"""Zero-width filler (word joiner) after a mark that replaces several characters; keeps offsets unchanged."""

_MARKS = "‘’‚“”„–—…′″«»"
_ENCODINGS = ("cp1252", "latin-1", "mac-roman")


def _misread(text: str, encoding: str) -> str:
    """The UTF-8 bytes of `text` decoded in another encoding; undefined bytes become control characters."""
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
    """`text` with mis-encoded, substituted and lost punctuation marks restored; its length is unchanged.

    A mark that replaces several characters is followed by `UNSEEN` for each of the others.
    """
    if not text.isascii():
        text = _WRITTEN.sub(lambda found: _filled(_BROKEN[found[0]], found[0]), text)
    if "&" in text:
        text = _ENTITY.sub(_resolved, text)
    text = _SPACED.sub(_joined, text)
    if not text.isascii() or "`" in text:
        text = _LIKE_APOSTROPHES.sub("’", text)
    text = _LOST_INSIDE.sub("’", text)
    return "".join(map(_found_again, text.splitlines(keepends=True))) if "\ufffd" in text else text


def _filled(mark: str, written: str) -> str:
    return mark + UNSEEN * (len(written) - len(mark))


def _resolved(entity: re.Match[str]) -> str:
    mark = unescape(entity[0])
    return _filled(mark, entity[0]) if mark in _MARKS + "'\"" else entity[0]


def _joined(found: re.Match[str]) -> str:
    """*don t* and *don ’t* joined to *don’t*, at the same length."""
    return found[1] + _filled("’", found[2])


def _found_again(line: str) -> str:
    """A line with its replacement characters restored.

    One between blanks is a dash. The others are quotation marks if one of them opens a word, and apostrophes
    if none does.
    """
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
    """A text in plain typography, with the offsets of each character in the text as given.

    `text[i]` corresponds to the characters from `starts[i]` to `ends[i]` (exclusive) of the text as given.
    """

    text: str
    starts: tuple[int, ...] | range
    ends: tuple[int, ...] | range

    def given(self, span: Span) -> Span:
        """Convert a span of the plain text to a span of the text as given."""
        if span.start == span.end:
            at = self.starts[span.start] if span.start < len(self.starts) else self.ends[-1]
            return Span(at, at)
        return Span(self.starts[span.start], self.ends[span.end - 1])

    def plain(self, span: Span) -> Span:
        """Convert a span of the text as given to a span of the plain text."""
        first = bisect_right(self.ends, span.start)
        return Span(first, max(first, bisect_left(self.starts, span.end)))

    @property
    def is_given(self) -> bool:
        """Whether the text as given was already in plain typography, so that offsets are the same."""
        return isinstance(self.starts, range)


def plain_text(text: str) -> PlainText:
    """`text`, repaired and in plain typography; unchanged if it is plain already.

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
        if len(form) == len(found[0]):
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
    """The plain form of a mark.

    A dash gets no blank at the start or end of a line; a short dash without blanks on both sides becomes a
    hyphen.
    """
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


# Conversion of articles and records.

Record = TypeVar("Record")
Place = Callable[[Span], Span]


def set_plain(article: Article, plain: PlainText) -> Article:
    """The article with its text in the plain form `plain` and its targets converted to match."""
    if plain.is_given:
        return article
    title, body = None, plain.text
    if article.title is not None:
        title, _, body = plain.text.partition("\n")
    targets = tuple(Target(plain.plain(target.span)) for target in article.targets)
    return replace(article, title=title, body=body, targets=targets)


def in_plain(record: Record, plain: PlainText) -> Record:
    """A record, or a tuple of records, with all spans converted from the text as given to the plain text."""
    return record if plain.is_given else _moved(record, plain.plain)


def as_given(record: Record, plain: PlainText) -> Record:
    """A record, or a tuple of records, with all spans converted from the plain text to the text as given."""
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
