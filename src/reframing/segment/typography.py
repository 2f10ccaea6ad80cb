"""One typography for all texts: what a desk's marks, dashes and blanks look like changes no measure.

Quotation marks and apostrophes become straight, dashes between words one spaced long dash, ellipses three
full stops, blanks of any width one plain blank. Every measure reads a text in this form and answers in
offsets of the text as it was given: a text and its copy in other typography get the same measures.
"""

import re
from bisect import bisect_right
from typing import NamedTuple

from reframing.records import Span

_BLANK = "[ \u00a0\u2000-\u200a\u202f\u3000]"
_SINGLE = "['‘’‚‛ʼ´]"
_OTHER = re.compile(
    rf"(?P<double>[“”„‟«»]|``|(?<!{_SINGLE}){_SINGLE}{{2}}(?!{_SINGLE}))"
    r"|(?P<single>[‘’‚‛ʼ´])"
    r"|(?P<ellipsis>…)"
    rf"|(?P<dash>(?P<before>{_BLANK}*)(?P<run>[-‐‑‒–—―]+)(?P<after>{_BLANK}*))"
    rf"|(?P<blank>(?! ){_BLANK})"
)
_PLAIN = {"double": '"', "single": "'", "ellipsis": "...", "blank": " "}
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
        """The place in the plain text of a span, not empty, of the text as it was given."""
        first = max(0, bisect_right(self.starts, span.start) - 1)
        return Span(first, max(first, bisect_right(self.starts, span.end - 1) - 1) + 1)


def plain_text(text: str) -> PlainText:
    """`text` in plain typography; a plain text is its own.

    >>> plain_text("“It’s late”—she left…").text
    '"It\\'s late" — she left...'
    """
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
    if plain == text:
        return PlainText(text, range(len(text)), range(1, len(text) + 1))
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
