"""Sentence boundaries by rule: abbreviations, initials, decimals, quotations, lists.

A line break always ends a sentence. Within a line a full stop, question or exclamation mark, with the
closing quotation marks and brackets behind it, ends one when white space and a plausible beginning
follow. Abbreviations have four classes (`lexicons/abbreviations.tsv`): `title` never ends a sentence
(*Gen. Ortiz*), `number` does not before a digit (*Jan. 6*), `either` does only before a word that
commonly opens a sentence (*in the U.S. The …* but *the U.S. Senate*), and `time` does unless a day,
month or time zone follows (*at 4 p.m. Friday*).
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources

from reframing.records import Article, Section, Sentence, Span

_LINE_ENDS = "\n\r\x0b\x0c\x85\u2028\u2029"
_LINE = re.compile(f"[^{_LINE_ENDS}]+")
_BREAK = re.compile(
    r"""
    (?P<mark> [.!?…]+ )
    (?P<close> [\"'”’»)\]]* )
    (?P<gap> [ \t\u00a0\u2000-\u200a\u202f\u3000]+ | (?=[A-Z“"][a-z“A-Z]) )
    """,
    re.VERBOSE,
)
_BEFORE = re.compile(r"(?:[^\W_]|[.'’&-])*$")
_OPENING = re.compile(r"[\"'“‘«(\[¿¡—–-]*\s?")
_WORDLIKE = re.compile(r"[^\W_]")
_LIST_MARKER = re.compile(r"\W*(?:\d{1,3}|[^\W\d_])(?=\.)")
_WORD = re.compile(r"[^\W\d_](?:\w|['’])*")
_SPEAKER = re.compile(
    r"(?:[A-Z][\w.'’-]*|the|The|an?|of|for|and)(?:,?\s+(?:[\w.'’-]+)){0,5}?\s+"
    r"(?:said|says|asked|asks|told|wrote|writes|added|adds|tweeted|posted|shouted|yelled|replied|"
    r"wondered|exclaimed|joked|recalled|continued|concluded|demanded|insisted|declared|chanted|read|reads)\b"
)
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

_AFTER_TIME = frozenset(
    """Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June
    July August September October November December Mon Tue Wed Thu Fri Sat Sun Jan Feb Mar Apr Aug
    Sept Oct Nov Dec EST EDT ET CST CDT MST MDT PST PDT GMT BST CET UTC Eastern Pacific Central
    Mountain Greenwich""".split()
)


def sentence_spans(text: str) -> list[Span]:
    """Spans of the sentences of `text`, in order, without surrounding white space."""
    return [span for line in _LINE.finditer(text) for span in _split_line(text, *line.span())]


def split(article: Article) -> tuple[Sentence, ...]:
    """Sentences of an article with section and paragraph.

    The title is one `headline` sentence whatever its punctuation (paragraph 0); the first sentence
    of the body is the `lead`; paragraphs of the body count from 1 and end at line breaks.
    """
    text, body_start = article.text, 0
    sentences: list[Sentence] = []
    if article.title is not None:
        body_start = article.title_length + 1
        headline = _trimmed(text, 0, article.title_length)
        if headline:
            sentences.append(Sentence(*headline, "headline", 0))
    section: Section = "lead"
    paragraph = 0
    for line in _LINE.finditer(text, body_start):
        spans = list(_split_line(text, *line.span()))
        paragraph += bool(spans)
        for span in spans:
            sentences.append(Sentence(span.start, span.end, section, paragraph))
            section = "body"
    return tuple(sentences)


def _split_line(text: str, start: int, end: int) -> Iterator[Span]:
    begin = start
    for match in _BREAK.finditer(text, start, end):
        if _WORDLIKE.search(text, begin, match.start()) and _ends_sentence(text, begin, match, end):
            span = _trimmed(text, begin, match.end("close"))
            if span:
                yield span
            begin = match.end()
    if span := _trimmed(text, begin, end):
        yield span


def _trimmed(text: str, start: int, end: int) -> Span | None:
    """The span without white space and NULs at its ends; None where nothing is left."""
    while start < end and (text[start].isspace() or text[start] in "\0\ufeff"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "\0\ufeff"):
        end -= 1
    return Span(start, end) if start < end else None


def _ends_sentence(text: str, begin: int, match: re.Match[str], line_end: int) -> bool:
    following = text[match.end() : min(line_end, match.end() + 120)]
    opening = _OPENING.match(following)
    rest = following[opening.end() :] if opening else following
    if not rest or not match["gap"]:
        return bool(rest) and _glued(text, begin, match)
    if rest[0].islower() or following[0] in "—–-,;:)":
        return False
    if not (rest[0].isupper() or rest[0].isdigit() or (opening and opening.group().strip())):
        return not rest[0].isalnum() and match["mark"][0] in "!?.…" and len(rest) > 1
    if match["close"] and match["mark"] != "." and _SPEAKER.match(following):
        return False
    if match["mark"] == ".":
        return not _numbers_line(text, begin, match) and _full_stop_ends(text, begin, match, rest)
    return True


def _glued(text: str, begin: int, match: re.Match[str]) -> bool:
    """Whether a stop without white space behind it ends a sentence: *left town.The mayor*."""
    before = text[max(begin, match.start() - 4) : match.start()]
    return len(before) == 4 and before.isalpha() and before.islower() and match["mark"] in ".!?"


def _numbers_line(text: str, begin: int, match: re.Match[str]) -> bool:
    """Whether the stop belongs to the number or letter of a list: *1. Boil the water.*"""
    marker = _LIST_MARKER.match(text, begin)
    at_line_start = text[begin - 1 : begin] in _LINE_ENDS
    return at_line_start and marker is not None and marker.end() == match.start()


def _full_stop_ends(text: str, begin: int, match: re.Match[str], rest: str) -> bool:
    before = _BEFORE.search(text[max(begin, match.start() - 24) : match.start()])
    word = (before.group() if before else "").lstrip("'’.-")
    next_word = _WORD.match(rest)
    starts = next_word is not None and next_word.group().lower() in _STARTERS
    kind = _abbreviations().get(word.lower() + ".")
    if match["close"].strip("'’") and kind != "title":
        return True
    if kind == "title":
        return False
    if kind == "number":
        return not rest[0].isdigit() and (word.islower() or starts)
    if kind == "time":
        return next_word is not None and next_word.group() not in _AFTER_TIME
    if kind == "either":
        return starts and rest[0].isupper()
    if len(word) == 1 and word.isupper():
        return starts and _is_lower_word(text, begin, match.start() - 1)
    if re.fullmatch(r"(?:[^\W\d_]\.)+[^\W\d_]", word):
        return starts
    return True


def _is_lower_word(text: str, begin: int, end: int) -> bool:
    """Whether the word before `end` is in lower case: *vitamin C.* ends, *John F.* does not."""
    words = text[begin:end].split()
    return bool(words) and words[-1][0].islower()


@lru_cache
def _abbreviations() -> dict[str, str]:
    table = resources.files("reframing") / "lexicons" / "abbreviations.tsv"
    rows = (row.split("\t") for row in table.read_text(encoding="utf8").splitlines()[1:])
    return dict(rows)
