"""Sentence boundaries by rule: abbreviations, initials, decimals, quotations, lists.

A line break ends a sentence, but in text that is wrapped at a width, as transcripts are. Within a line a full
stop, question or exclamation mark, with the closing quotation marks and brackets behind it, ends one when
white space and a plausible beginning follow; in a line without any capital letter that may be one in lower
case. Which full stops belong to an abbreviation is decided in `reframing.segment.full_stops`.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from reframing.records import Article, Section, Sentence, Span
from reframing.segment.full_stops import CONTEXT, full_stop_ends
from reframing.segment.typography import repaired

_LINE_ENDS = "\n\r\x0b\x0c\x85\u2028\u2029"
_LINE = re.compile(f"[^{_LINE_ENDS}]+")
_BREAK = re.compile(
    r"""
    (?P<mark> [.!?…]+ (?: [ \u00a0]\.(?!\w) )* )         # . . . too
    (?P<close> [\"'”’»)\]]* )
    (?P<gap> [ \t\u00a0\u2000-\u200d\u202f\u2060\u3000\ufeff]+ | (?=[“"‘(]?(?:[A-Z][a-z]|[AI][ ])) )
    """,
    re.VERBOSE,
)
_OPENING = re.compile(r"[\"'“‘«(\[¿¡—–-]*\s?")
_WORDLIKE = re.compile(r"[^\W_]")
_LIST_MARKER = re.compile(r"\W*(?:\d{1,3}|[^\W\d_]|[ivxl]{1,5}|[IVXL]{1,5})(?=\.)")
_FEWEST_SOFT, _SHARE_SOFT = 3, 0.2  # breaks inside sentences, of a text that is wrapped
_NARROWEST, _WIDEST, _RAGGED = 40, 100, 1.3  # characters of its lines, and how far they differ
_CAPITAL = re.compile(r"[A-ZÀ-ÖØ-Þ]")
_INVISIBLE = frozenset("\0\ufeff\u200b\u2060")
_SAYING = (
    "said says asked asks told wrote writes added adds tweeted posted shouted yelled replied wondered "
    "exclaimed joked recalled continued concluded demanded insisted declared chanted read reads"
).replace(" ", "|")
_SPEAKER = re.compile(
    r"(?:(?:[A-Z][\w.'’-]*|the|The|an?|of|for|and)(?:,?\s+(?:[\w.'’-]+)){0,5}?\s+"
    rf"(?:{_SAYING}|{_SAYING.upper()})|{_SAYING.upper()})\b"
)


def sentence_spans(text: str) -> list[Span]:
    """Spans of the sentences of `text`, in order, without surrounding white space."""
    text = repaired(text)
    return [span for line in _lines(text) for span in _split_line(text, *line)]


def split(article: Article) -> tuple[Sentence, ...]:
    """Sentences of an article with section and paragraph.

    The title is one `headline` sentence whatever its punctuation (paragraph 0); the first sentence
    of the body is the `lead`; paragraphs of the body count from 1 and end at line breaks.
    """
    text, body_start = repaired(article.text), 0
    sentences: list[Sentence] = []
    if article.title is not None:
        body_start = article.title_length + 1
        headline = _trimmed(text, 0, article.title_length)
        if headline:
            sentences.append(Sentence(*headline, "headline", 0))
    section: Section = "lead"
    paragraph = 0
    for line in _lines(text, body_start):
        spans = list(_split_line(text, *line))
        paragraph += bool(spans)
        for span in spans:
            sentences.append(Sentence(span.start, span.end, section, paragraph))
            section = "body"
    return tuple(sentences)


def _lines(text: str, start: int = 0) -> Iterator[Span]:
    """The lines of a text from `start` on; those that are wrapped at a width are joined."""
    lines = [Span(*line.span()) for line in _LINE.finditer(text, start)]
    width = _wrapping_width(text, lines)
    joined: Span | None = None
    for line in lines:
        if joined is not None and _runs_on(text, joined, line, width):
            joined = Span(joined.start, line.end)
            continue
        if joined is not None:
            yield joined
        joined = line
    if joined is not None:
        yield joined


def _wrapping_width(text: str, lines: Sequence[Span]) -> int:
    """The width at which a text is wrapped, in characters; 0 where it is not.

    A break is soft where the line ends without a mark and the next begins in lower case. A text is wrapped
    where a fifth of its breaks are soft and nine in ten of the lines before them are about as long.
    """
    soft = sorted(
        a.end - a.start for a, b in pairwise(lines) if b.start == a.end + 1 and _is_soft(text, a, b)
    )
    if len(soft) < max(_FEWEST_SOFT, _SHARE_SOFT * (len(lines) - 1)):
        return 0
    middle, high = soft[len(soft) // 2], soft[len(soft) * 9 // 10]
    wrapped = _NARROWEST <= middle <= _WIDEST and high <= _RAGGED * middle
    return high if wrapped else 0


def _is_soft(text: str, line: Span, following: Span) -> bool:
    ends = text[line.end - 1]
    return (ends.isalnum() or ends in ",-–—") and text[following.start].islower()


def _runs_on(text: str, before: Span, line: Span, width: int) -> bool:
    """Whether a line goes on with the one in front of it: its first word had no room there any more."""
    if not width or line.start != before.end + 1:
        return False
    last = len(text[before.start : before.end].rpartition("\n")[2])
    first_word = len(line.of(text).partition(" ")[0])
    had_no_room = last + 1 + first_word > width or text[before.end - 1] == ","
    return last <= _RAGGED * width and (had_no_room or _is_soft(text, before, line))


def _split_line(text: str, start: int, end: int) -> Iterator[Span]:
    begin, cased = start, _CAPITAL.search(text, start, end) is not None
    first_word = _first_word(text, begin, end)
    for match in _BREAK.finditer(text, start, end):
        if first_word < match.start() and _ends_sentence(text, begin, match, end, cased):
            span = _trimmed(text, begin, match.end("close"))
            if span:
                yield span
            begin = match.end()
            first_word = _first_word(text, begin, end)
    if span := _trimmed(text, begin, end):
        yield span


def _first_word(text: str, start: int, end: int) -> int:
    """Where the first letter or digit stands; `end` where there is none."""
    found = _WORDLIKE.search(text, start, end)
    return found.start() if found else end


def _trimmed(text: str, start: int, end: int) -> Span | None:
    """The span without white space and invisible characters at its ends; None where nothing is left."""
    while start < end and (text[start].isspace() or text[start] in _INVISIBLE):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in _INVISIBLE):
        end -= 1
    return Span(start, end) if start < end else None


def _ends_sentence(text: str, begin: int, match: re.Match[str], line_end: int, cased: bool) -> bool:
    """Whether a sentence ends at `match`; in a line that is `cased` none begins in lower case."""
    following = text[match.end() : min(line_end, match.end() + 120)]
    opening = _OPENING.match(following)
    rest = following[opening.end() :] if opening else following
    if not rest or not match["gap"]:
        return bool(rest) and _glued(text, begin, match)
    if following[0] in "—–-,;:)":
        return False
    if rest[0].islower() and not _begins_in_lower_case(rest, match["mark"], cased):
        return False
    if not rest[0].isalnum() and not (opening and opening.group().strip()):
        return len(rest) > 1
    if match["close"] and match["mark"] != "." and _SPEAKER.match(following):
        return False
    if match["mark"] != ".":
        return True
    if _numbers_line(text, begin, match):
        return False
    before = text[max(begin, match.start() - CONTEXT) : match.start()]
    return full_stop_ends(before, match["close"], rest, cased)


def _begins_in_lower_case(rest: str, mark: str, cased: bool) -> bool:
    """Whether a sentence may so begin: *iPhone*, or any word in a line without capitals."""
    return rest[1:2].isupper() or (not cased and mark in ".!?")


def _glued(text: str, begin: int, match: re.Match[str]) -> bool:
    """Whether a stop without white space behind it ends a sentence: *left town.The mayor*."""
    before = text[max(begin, match.start() - 4) : match.start()].rstrip()[-3:]
    return len(before) == 3 and before.isalpha() and before.islower()


def _numbers_line(text: str, begin: int, match: re.Match[str]) -> bool:
    """Whether the stop belongs to the number or letter of a list: *1. Boil the water.*"""
    marker = _LIST_MARKER.match(text, begin)
    at_line_start = text[begin - 1 : begin] in _LINE_ENDS
    return at_line_start and marker is not None and marker.end() == match.start()
