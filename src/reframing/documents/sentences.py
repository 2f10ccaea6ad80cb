"""Rule-based sentence splitting, with rules for abbreviations, initials, decimals, quotations and lists.

A line break ends a sentence, except in hard-wrapped text, such as transcripts. Within a line, a full stop,
question mark or exclamation mark, with any closing quotation marks and brackets after it, ends a sentence if
white space and a plausible beginning follow. In a line without capitals, a lower-case word is a plausible
beginning. `full_stop_ends` decides whether a full stop belongs to an abbreviation.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib import resources
from itertools import pairwise

from reframing.documents.records import Article, Section, Sentence, Span
from reframing.documents.typography import repaired
from reframing.documents.word_classes import MONTH_ABBREVIATIONS, MONTHS, WEEKDAYS

# Full stops that end a sentence or belong to an abbreviation.

CONTEXT = 60
"""Number of characters before a full stop that are sufficient to classify it."""

_BEFORE = re.compile(r"(?:[^\W_]|[.'’&-])*$")
_WORD = re.compile(r"[^\W\d_](?:\w|['’])*")
_STARTERS = frozenset(
    """a about according after all also although among an and another any are as asked at because
    before both but by can critics despite did do does during each earlier even every few for former
    from had has have he her here his how however i if in indeed instead is it its just last later
    like many meanwhile more moreover most much my nearly neither never nevertheless no nobody none
    nor not nothing now of officials on once one only or other others our over overall people perhaps
    police researchers residents she since so some such that the their then there these they this
    those though three through thus to today two under unlike until we were what whatever when where
    whether which while who whose why with within without yesterday yet you your""".split()
)

# Starters that are nouns: followed by a capital, they are part of a name (*the N.Y. Police Department*).
_NOUN_STARTERS = frozenset("critics officials people police researchers residents".split())
_NEXT_CAPITAL = re.compile(r"\w+\s+[A-Z]")

# Words that are never a name after a title: *she wrote to the Gov. They …*
_NO_NAMES = frozenset("It Its The They This These But However There".split())

_ZONES = frozenset(
    """EST EDT ET CST CDT MST MDT PST PDT GMT BST CET UTC Eastern Pacific Central Mountain
    Greenwich""".split()
)
_DAYS = [*WEEKDAYS, *(day[:3] for day in WEEKDAYS), *MONTHS, *MONTH_ABBREVIATIONS]
_AFTER_TIME = _ZONES | {day.capitalize() for day in _DAYS}


def full_stop_ends(before: str, close: str, rest: str, cased: bool) -> bool:
    """Whether a full stop ends its sentence, or belongs to an abbreviation, an initial or a time.

    `before` is the sentence so far (its last `CONTEXT` characters are enough), `close` the closing marks after
    the stop, `rest` the following text without opening marks, and `cased` whether the line has capitals.

    The abbreviations in `abbreviations.tsv` have four classes. `title` ends a sentence only before a word that
    cannot be a name (not in *Gen. Ortiz*); `number` does not before a digit (*Jan. 6*); `either` does only
    before a word that commonly opens a sentence (*in the U.S. The …*, not *the U.S. Senate*); `time` does
    unless a day, month or time zone follows (*at 4 p.m. Friday*). Initials and dotted letters are treated
    much like `either`.
    """
    word_before = _BEFORE.search(before[-24:])
    word = (word_before.group() if word_before else "").lstrip("'’.-")
    next_word = _WORD.match(rest)
    starts = next_word is not None and _starts_sentence(next_word.group(), rest)
    kind = _abbreviations().get(f"{word.rpartition('-')[2].lower()}.")
    if close.strip("'’") and kind != "title":
        return True
    if kind == "title":
        return word[:1].isupper() and next_word is not None and next_word.group() in _NO_NAMES
    if kind == "number":
        return not rest[0].isdigit() and (word.islower() or starts)
    if kind == "time":
        return next_word is not None and not _continues_time(next_word.group(), cased)
    if kind == "either":
        return starts and (rest[0].isupper() or not cased)
    if len(word) == 1 and word.isalpha() and (word.isupper() or not cased):
        return starts and not _is_capitalised(before[:-1])
    if re.fullmatch(r"(?:[^\W\d_]\.)+[^\W\d_]", word):
        return starts
    return True


def _starts_sentence(word: str, rest: str) -> bool:
    """Whether `word`, the first of `rest`, commonly opens a sentence; *It's* counts as *it*."""
    stem = re.split("['’]", word)[0].lower()
    return stem in _STARTERS and not (stem in _NOUN_STARTERS and _NEXT_CAPITAL.match(rest))


def _continues_time(word: str, cased: bool) -> bool:
    return (word if cased else word.capitalize()) in _AFTER_TIME


def _is_capitalised(before: str) -> bool:
    """Whether the last word is capitalised, as in *John F.* but not in *vitamin C.* or *40° S.*"""
    words = before.split()
    return not words or words[-1][0].isupper()


@lru_cache
def _abbreviations() -> dict[str, str]:
    table = resources.files("reframing") / "documents" / "abbreviations.tsv"
    rows = (row.split("\t") for row in table.read_text(encoding="utf8").splitlines()[1:])
    return dict(rows)


# Lines that read as headlines.

LONGEST_HEADLINE = 22
"""The most words of a headline; a line with more is the beginning of a text."""

_ABBREVIATED = re.compile(r"(?:\b\w\.){2,}\W*$")


def reads_as_headline(line: str) -> bool:
    """Whether a line has the form of a headline: at most `LONGEST_HEADLINE` words, and no final full stop.

    The stop of an abbreviation at the end, such as *U.S.*, is not a full stop.
    """
    ending = line.rstrip().rstrip("\"'“”‘’„«»)")
    stops = ending.endswith(".") and not ending.endswith("..") and not _ABBREVIATED.search(ending)
    return 0 < len(line.split()) <= LONGEST_HEADLINE and not stops


# Sentence boundaries.

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
_FEWEST_SOFT, _SHARE_SOFT = 3, 0.2  # least number and share of soft breaks in wrapped text
_NARROWEST, _WIDEST, _RAGGED = 40, 100, 1.3  # widths in characters, and their largest ratio
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
    """The spans of the sentences of `text`, in order, without surrounding white space."""
    text = repaired(text)
    return [span for line in _lines(text) for span in _split_line(text, *line)]


def split(article: Article) -> tuple[Sentence, ...]:
    """The sentences of an article, with section and paragraph.

    The title is one `headline` sentence, whatever its punctuation (paragraph 0). The first sentence of the
    body is the `lead`. Paragraphs of the body are numbered from 1 and end at line breaks.
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
    """The lines of a text from offset `start`; hard-wrapped lines are joined."""
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
    """The width in characters at which a text is hard-wrapped; 0 if it is not.

    A line break is soft if it seems to be inside a sentence: no end mark before it, lower case after it. A
    text is wrapped if a fifth of its breaks are soft and nine in ten of the lines before them have similar
    lengths.
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
    """Whether a line continues the one before it, which had no room for the line's first word."""
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
    """The offset of the first letter or digit; `end` if there is none."""
    found = _WORDLIKE.search(text, start, end)
    return found.start() if found else end


def _trimmed(text: str, start: int, end: int) -> Span | None:
    """The span without white space and invisible characters at its ends; None if nothing is left."""
    while start < end and (text[start].isspace() or text[start] in _INVISIBLE):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in _INVISIBLE):
        end -= 1
    return Span(start, end) if start < end else None


def _ends_sentence(text: str, begin: int, match: re.Match[str], line_end: int, cased: bool) -> bool:
    """Whether a sentence ends at `match`; if `cased`, a lower-case word does not begin a sentence."""
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
    """Whether a sentence may begin with this lower-case letter: *iPhone*, or a line without capitals."""
    return rest[1:2].isupper() or (not cased and mark in ".!?")


def _glued(text: str, begin: int, match: re.Match[str]) -> bool:
    """Whether an end mark without following white space ends a sentence: *left town.The mayor*."""
    before = text[max(begin, match.start() - 4) : match.start()].rstrip()[-3:]
    return len(before) == 3 and before.isalpha() and before.islower()


def _numbers_line(text: str, begin: int, match: re.Match[str]) -> bool:
    """Whether the full stop belongs to a list marker: *1. Boil the water.*"""
    marker = _LIST_MARKER.match(text, begin)
    at_line_start = text[begin - 1 : begin] in _LINE_ENDS
    return at_line_start and marker is not None and marker.end() == match.start()
