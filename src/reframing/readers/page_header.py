"""What stands above a scraped article: headline and byline, told from the running text."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from reframing.credits import HEAD_PARAGRAPHS, is_byline, is_picture_credit, signs_for
from reframing.furniture import fold, is_running
from reframing.segment.terms import content_terms
from reframing.segment.tokens import tokenize

HEADLINE_WORDS = range(4, 31)
ABOUT_SHARE = 0.6
ABOUT_WORDS = 3
OPENING_PARAGRAPHS = 12

_DAY = r"(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_MONTH = r"(Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DATED = re.compile(
    rf"{_DAY}, {_MONTH}|{_MONTH} \d{{1,2}}, \d{{4}}|\d{{1,2}} {_MONTH} \d{{4}}"
    r"|\d{1,2}/\d{1,2}/\d{2,4}|\d{1,2}:\d\d\W*[ap]\.?m|\bago$",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")


class Page(NamedTuple):
    """Headline and byline where the page has them, and the paragraphs of its text."""

    title: str | None
    byline: str | None
    body: tuple[str, ...]


def split_page(
    paragraphs: Sequence[str], outlets: Sequence[str] = (), furniture: frozenset[str] = frozenset()
) -> Page:
    """Take the headline and the bylines off a scraped page.

    The headline is the first of the uppermost paragraphs that reads like one, is no `furniture` and is
    about the page: most of its content words, or one if it is printed twice there, return where the
    running text begins. A button, a label or a note to readers names nothing that the story is about.
    What stands above the headline goes, but for bylines; a line that names one of `outlets` alone is one.
    """
    paragraphs = _join_lone_by([part for part in paragraphs if _LETTER.search(part)])
    own = [part for part in paragraphs if fold(part) not in furniture]
    running = [part for part in own if is_running(part) and not is_headline(part)]
    told = _content("\n".join(running[:OPENING_PARAGRAPHS]))
    top = paragraphs[:HEAD_PARAGRAPHS]
    for place, part in enumerate(top):
        if part in own and is_headline(part) and _is_about(part, told, top.count(part) > 1):
            return _parted(paragraphs, place, outlets)
    return _parted(paragraphs, None, outlets)


def split_first(paragraphs: Sequence[str]) -> Page:
    """Take off a headline that is the first paragraph if there is one, and the bylines below it."""
    paragraphs = _join_lone_by([part for part in paragraphs if _LETTER.search(part)])
    titled = bool(paragraphs) and is_headline(paragraphs[0])
    return _parted(paragraphs, 0 if titled else None, ())


def _parted(paragraphs: Sequence[str], place: int | None, outlets: Sequence[str]) -> Page:
    """Title, bylines and body; copies of the headline near the top go too."""
    title = None if place is None else paragraphs[place]
    start = 0 if place is None else place + 1
    end = start + HEAD_PARAGRAPHS
    header = [part for part in paragraphs[start:end] if part != title]
    signed = [part for part in header if is_byline(part) or signs_for(part, outlets)]
    above = [part for part in paragraphs[:start] if is_byline(part) or signs_for(part, outlets)]
    bylines = dict.fromkeys(" ".join(part.split()) for part in (*above, *signed) if part != title)
    body = (*(part for part in header if part not in signed), *paragraphs[end:])
    return Page(title, "; ".join(bylines) or None, body)


def is_headline(paragraph: str) -> bool:
    """Whether a paragraph reads like a headline: 4 to 30 words, no full stop, date, or credit."""
    bare = paragraph.rstrip("\"'”’)")
    return (
        len(paragraph.split()) in HEADLINE_WORDS
        and not paragraph[0].islower()
        and (bare.endswith("...") or not bare.endswith((".", ":", ";", ",")))
        and not is_byline(paragraph)
        and not _DATED.search(paragraph)
        and not is_picture_credit(paragraph)
    )


def _is_about(headline: str, told: frozenset[str], printed_twice: bool) -> bool:
    words = _content(headline)
    shared = len(words & told)
    return shared >= (1 if printed_twice else max(ABOUT_WORDS, ABOUT_SHARE * len(words)))


def _content(text: str) -> frozenset[str]:
    return frozenset(term.stem for term in content_terms(tokenize(text), frozenset()))


def _join_lone_by(paragraphs: Sequence[str]) -> list[str]:
    """A "By" that stands alone belongs to the name in the next paragraph."""
    joined: list[str] = []
    for paragraph in paragraphs:
        if joined and joined[-1].lower() == "by":
            joined[-1] = f"By {paragraph}"
        else:
            joined.append(paragraph)
    return joined
