"""Quotations: where they begin and end, whether they report speech, and who their speaker is.

`find_quotes` recognises “…”, "…", ''…'', ``…'', „…“, «…», ‘…’ and '…'; `with_speakers` adds the speakers.
A quotation never crosses the end of its paragraph (a line of text):

- If a paragraph does not close its quotation and the next paragraph opens with the same mark (the newspaper
  convention for long quotations), each paragraph yields a `Quote` and all of them count as closed.
- Otherwise an unclosed quotation ends with its paragraph and has `closed` false; an unclosed single mark is
  ignored.
- If only the closing mark of a double pair is present, the quotation begins with the sentence, or after a
  colon, and has `closed` false.

Nested quotations are part of the outer one. Foot and inch marks, apostrophes, possessives and clipped words
(*'90s*, *'em*) are not quotation marks.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Literal, NamedTuple

from reframing.documents.document import Document
from reframing.documents.lexicon import inflected, load_lexicon
from reframing.documents.records import Attribution, Quote, Span
from reframing.documents.typography import UNSEEN, repaired

# Quotations in a text.

Family = Literal["double", "single", "angle"]
_Style = tuple[Family, bool, bool]

_PARAGRAPH = re.compile(r"\S(?:[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]*\S)?")
_MARK = re.compile(rf"(''|(?<!`)``(?!`)|[\"“”„‟«»‘’‛‚']){UNSEEN}*")
_FEET_AND_INCHES = re.compile(r"\d\s?['′’]\s?\d{1,2}(?:''|[\"”″])?")
_CLIPPED = re.compile(
    r"(?:\d\ds?|em|til|tis|twas|twere|cause|bout|round|neath|n|nuff|cos|coz|ere|ello|sup|un|tween)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")

_DOUBLE_OPEN, _DOUBLE_CLOSE = frozenset("“„‟") | {"``"}, frozenset("”")
_SINGLE_OPEN, _SINGLE_CLOSE = frozenset("‘‛‚"), frozenset("’")
_OPENING_CONTEXT = frozenset("([{<—–-/…,;:=*|>")
_CLOSING_PUNCTUATION = frozenset(".,!?…;:—–-)]\"”'’»")

_SHORT = 4  # most words of a quotation that may need a verb of saying nearby to be speech
_NEAR = 60  # characters searched for a verb of saying on each side
_EXCLAIMED = 4  # fewest major words of a title that ends in an exclamation or question mark
_MINOR_TITLE_WORDS = frozenset(
    "a an and as at but by for from in of on or the to v vs with".split()
)


_ENDING_SPEECH = (".", ",", "!", "?", "…")
_OPEN_MARKS = re.compile('["“”„‟«»]')
_SENTENCE_END = re.compile(r"(?:[.!?…]|:)\s+(?=\S*\w)")


class _Mark(NamedTuple):
    start: int
    end: int
    family: Family
    role: Literal["open", "close", "either"]


def quotes_of(document: Document) -> tuple[Quote, ...]:
    """The quotations of a document (see `find_quotes`), to be asked for by `Document.of`."""
    return find_quotes(document.text)


def find_quotes(text: str) -> tuple[Quote, ...]:
    """The outermost quotations of `text`, ordered by start, not overlapping, without `speaker`.

    `speech` is false for titles (*"The Long Road"*) and single words unless a verb of saying is the word before
    or among the three words after. It is also false for scare quotes (the so-called *"reform plan"*): up to
    four words that do not end like an utterance and have no verb of saying within 60 characters. Takes time
    linear in the length of the text; raises nothing.
    """
    text = repaired(text)
    paragraphs = [line.span() for line in _PARAGRAPH.finditer(text)]
    quotes: list[Quote] = []
    for number, (start, end) in enumerate(paragraphs):
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        quotes.extend(_in_paragraph(text, start, end, following))
    return tuple(quotes)


def _in_paragraph(
    text: str, start: int, end: int, following: tuple[int, int] | None
) -> Iterator[Quote]:
    marks = list(_marks(text, start, end))
    unclosed: set[_Style] = set()
    i, since = 0, start
    while i < len(marks):
        close = _closing(text, marks, i, unclosed) if _opens(marks[i]) else None
        runs_on = close is None and _reopened(text, marks[i], following)
        if close is not None:
            span, inner = Span(marks[i].start, marks[close].end), _between(marks[i], marks[close])
        elif _opens(marks[i]) and (runs_on or marks[i].family != "single"):
            span, inner, close = Span(marks[i].start, end), Span(marks[i].end, end), len(marks)
        elif _lacks_opening(text, marks[i], since):
            begin = _sentence_start(text, since, marks[i].start)
            span, inner, close = Span(begin, marks[i].end), Span(begin, marks[i].start), i
        else:
            i += 1
            continue
        if inner.of(text).strip():
            speech = _is_speech(text, span, inner, start, end)
            yield Quote(span, inner, speech, i < close < len(marks) or runs_on)
        i, since = close + 1, span.end


def _marks(text: str, start: int, end: int) -> Iterator[_Mark]:
    measures = [match.span() for match in _FEET_AND_INCHES.finditer(text, start, end)]
    measure_ends = [measure_end for _, measure_end in measures]
    for match in _MARK.finditer(text, start, end):
        i = bisect_left(measure_ends, match.end())
        if i < len(measures) and measures[i][0] <= match.start():
            continue
        before = text[match.start() - 1] if match.start() > start else " "
        after = text[match.end()] if match.end() < end else " "
        mark = _classified(text, match[1], match.start(), match.end(), before, after)
        if mark:
            yield mark


def _classified(
    text: str, sign: str, start: int, end: int, before: str, after: str
) -> _Mark | None:
    at_left = before.isspace() or before in _OPENING_CONTEXT or bool(_MARK.match(before))
    opening = at_left and not after.isspace()
    if sign in "«»":
        return _Mark(start, end, "angle", "open" if sign == "«" else "close")
    if sign in _DOUBLE_OPEN:
        closes = not before.isspace() and (after.isspace() or after in _CLOSING_PUNCTUATION)
        return _Mark(start, end, "double", "close" if closes else "open")
    if sign in _DOUBLE_CLOSE:
        return _Mark(start, end, "double", "either" if opening and after.isalnum() else "close")
    if sign in ("''", '"'):
        return _Mark(start, end, "double", _straight_role(before, after, opening))
    if sign in _SINGLE_OPEN or sign == "'":
        return _single(text, start, end, before, after, opening, sign)
    return _Mark(start, end, "single", "close") if not after.isalnum() else None


def _straight_role(before: str, after: str, opening: bool) -> Literal["open", "close", "either"]:
    if opening:
        return "open" if after.isalnum() else "either"
    if before.isspace() and after.isspace():  # " as some tokenisers write "
        return "either"
    return "close" if not after.isalnum() else "either"


def _single(
    text: str, start: int, end: int, before: str, after: str, opening: bool, sign: str
) -> _Mark | None:
    if opening and not _CLIPPED.match(text, end):
        return _Mark(start, end, "single", "open")
    if sign == "'" and not after.isalnum() and not before.isspace():
        return _Mark(start, end, "single", "close")
    return None


def _opens(mark: _Mark) -> bool:
    return mark.role != "close"


def _closing(text: str, marks: Sequence[_Mark], opening: int, unclosed: set[_Style]) -> int | None:
    """Index of the mark that closes the one at `opening`, or None if the paragraph has none.

    Marks of the other style (straight or curly) are considered only if the same style has no closing mark. A
    style without a closing mark after one opening has none after later ones; `unclosed` records it, which
    keeps the search linear.
    """
    if marks[opening].family == "single":
        return _closing_single(text, marks, opening)
    straight = _is_straight(text, marks[opening])
    family = marks[opening].family
    for same_style in (True, False):
        style = (family, straight, same_style)
        if style in unclosed:
            continue
        close = _balancing(text, marks, opening, same_style)
        if close is not None:
            return close
        unclosed.add(style)
    return None


def _balancing(text: str, marks: Sequence[_Mark], opening: int, same_style: bool) -> int | None:
    """Index of the mark at which nesting returns to zero, else of the last closing mark, else None.

    If the next quotation opens before that, an unmatched closing mark of the other style closes this one (a
    curly quotation ended by a straight mark).
    """
    straight, family = _is_straight(text, marks[opening]), marks[opening].family
    depth, last, other, nested = 1, None, None, False
    for i in range(opening + 1, len(marks)):
        mark = marks[i]
        if mark.family != family:
            continue
        if same_style and _is_straight(text, mark) != straight:
            if mark.role == "close" and not nested and not _is_inches(text, marks, i):
                other = i if other is None else other
            nested = mark.role == "open" or (mark.role == "either" and not nested)
        elif mark.role == "open":
            if other is not None and depth == 1:
                return other
            depth += not straight
        elif not _is_inches(text, marks, i):
            depth, last = depth - 1, i
            if depth == 0:
                return i
    return last


def _is_straight(text: str, mark: _Mark) -> bool:
    return text[mark.start] in "\"'"


def _is_inches(text: str, marks: Sequence[_Mark], i: int) -> bool:
    """Whether a straight mark after a digit means inches: the next mark is another closing double mark."""
    if text[marks[i].start] != '"' or not text[marks[i].start - 1].isdigit():
        return False
    following = marks[i + 1] if i + 1 < len(marks) else None
    return following is not None and following.family == "double" and following.role == "close"


def _closing_single(text: str, marks: Sequence[_Mark], opening: int) -> int | None:
    """Index of the first closing mark that is not possessive-like, else of the last one that is, else None.

    The search stops at the next opening single mark outside a nested quotation, so that a text full of
    apostrophes takes linear time.
    """
    possessive, nested = None, False
    for i in range(opening + 1, len(marks)):
        mark = marks[i]
        if mark.family != "single":
            nested = mark.role == "open" or (mark.role == "either" and not nested)
        elif mark.role == "open":
            if not nested:
                break
        elif _looks_possessive(text, mark):
            possessive = i
        else:
            return i
    return possessive


def _looks_possessive(text: str, mark: _Mark) -> bool:
    """Whether a closing single mark may be an apostrophe: *the boats’ owners*, *goin’ home*."""
    following = text[mark.end : mark.end + 2]
    clipped = text[mark.start - 1] in "sS" or text[mark.start - 2 : mark.start] in ("in", "IN")
    return clipped and following[:1] == " " and following[1:].islower()


def _lacks_opening(text: str, mark: _Mark, since: int) -> bool:
    """Whether a mark closes a quotation whose opening mark is missing.

    It must be a closing double mark after punctuation, with at least four words and no other double mark since
    `since`, the start of the paragraph or the end of its last quotation.
    """
    before = text[since : mark.start]
    closes = mark.family == "double" and mark.role == "close" and before[-1:] in _ENDING_SPEECH
    return closes and len(_WORD.findall(before)) >= _SHORT and not _OPEN_MARKS.search(before)


def _sentence_start(text: str, start: int, end: int) -> int:
    """Start of the last sentence before `end`, or of the text after its last colon."""
    begins = [match.end() for match in _SENTENCE_END.finditer(text, start, end)]
    begin = begins[-1] if begins else start
    return end - len(text[begin:end].lstrip())


def _between(opening: _Mark, closing: _Mark) -> Span:
    return Span(opening.end, closing.start)


def _reopened(text: str, mark: _Mark, following: tuple[int, int] | None) -> bool:
    """Whether the next paragraph begins with the mark that opened this quotation."""
    return following is not None and text.startswith(text[mark.start : mark.end], following[0])


def _is_speech(text: str, span: Span, inner: Span, start: int, end: int) -> bool:
    wording = inner.of(text).strip()
    words = _WORD.findall(wording)
    before = _WORD.findall(text[max(start, span.start - _NEAR) : span.start])
    after = _WORD.findall(text[span.end : min(end, span.end + _NEAR)])
    if len(words) <= 1 or _is_title(words, wording):
        return _has_verb_of_saying(before[-1:] + after[:3])
    return len(words) > _SHORT or wording[-1] in ".!?…," or _has_verb_of_saying(before + after)


def _is_title(words: Sequence[str], wording: str) -> bool:
    """Whether words look like a title: major words capitalised, no final full stop, not all upper case.

    A title has 2 to 12 words; one that ends in an exclamation or question mark (the headline *"What Now for
    the Harbour?"*) at least `_EXCLAIMED` major ones.
    """
    major = [word for word in words if word.lower() not in _MINOR_TITLE_WORDS]
    least = _EXCLAIMED if wording[-1] in "!?" else 1
    return (
        2 <= len(words) <= 12
        and len(major) >= least
        and all(not word[0].islower() for word in major)
        and wording[-1] not in ".…"
        and not wording.isupper()
    )


def _has_verb_of_saying(words: Sequence[str]) -> bool:
    return any(word.lower() in _saying_forms() for word in words)


@lru_cache
def _saying_forms() -> frozenset[str]:
    """All inflected forms of the verbs of saying in the cue lexicon; of longer entries the first word."""
    entries = load_lexicon("measures/attribution/attribution_cues").entries
    saying = (entry for entry in entries if "-speech" in entry.category)
    return frozenset(form.split(" ")[0] for entry in saying for form in inflected(entry))


# Speakers of quotations.


def with_speakers(
    quotes: Sequence[Quote], attributions: Sequence[Attribution]
) -> tuple[Quote, ...]:
    """The quotations, those of speech with `speaker` set.

    The speaker is the source of the attribution whose content shares most characters with the quotation. It is
    None if no content overlaps the quotation or that attribution has no source.
    """
    order = sorted(
        (k for k, attribution in enumerate(attributions) if attribution.content),
        key=lambda k: attributions[k].content[0],
    )
    ends = [*accumulate((attributions[k].content[-1].end for k in order), max)]

    def speaker(quote: Span) -> Span | None:
        """Source of the attribution sharing most characters with `quote`; in a tie, of the first one."""
        best: tuple[int, int] = (0, 0)
        for k in order[bisect_right(ends, quote.start) :]:
            content = attributions[k].content
            if content[0].start >= quote.end:
                break
            shared = sum(max(0, min(p.end, quote.end) - max(p.start, quote.start)) for p in content)
            if shared:
                best = max(best, (shared, -k))
        shared, place = best
        return attributions[-place].source if shared else None

    return tuple(
        quote._replace(speaker=speaker(quote.span)) if quote.speech else quote for quote in quotes
    )
