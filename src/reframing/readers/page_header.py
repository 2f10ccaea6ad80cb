"""What stands above a scraped article: headline and byline, told from the running text."""

import re
from collections.abc import Sequence
from typing import NamedTuple

HEADER_PARAGRAPHS = 10
BYLINE_WORDS = 25
KICKERS = 4
HEADLINE_WORDS = range(4, 31)

_AGENCY = r"(The )?(Associated Press|AP|Reuters|AFP|Agence France-Presse|UPI|Bloomberg|CNN)"
_DAY = r"(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_BYLINE = re.compile(
    r"(By|by|BY):?\s+(?=\W*[A-Z])(?!.*[a-z]{3}\.$)|(From|Analysis by) (CNN's )?[A-Z]"
)
_CREDIT = re.compile(rf"((Credit|Source): |/ Source: )?{_AGENCY}\W*(Published\b.*|{_DAY}\b.*)?")
_SIGNED = re.compile(
    r"[A-Z][\w.'’-]+ [^:()/|]{0,120}?\W*(The )?Associated Press\W*(Published\b.*)?"
)
_MONTH = r"(Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DATED = re.compile(
    rf"{_DAY}, {_MONTH}|{_MONTH} \d{{1,2}}, \d{{4}}|\d{{1,2}} {_MONTH} \d{{4}}"
    r"|\d{1,2}/\d{1,2}/\d{2,4}|\d{1,2}:\d\d\W*[ap]\.?m|\bago$",
    re.IGNORECASE,
)
_PICTURE = re.compile(r"\b(photos?|getty)\b|\bvia AP\b|/ ?(AP|Reuters|AFP)\b", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")


class Page(NamedTuple):
    """Headline and byline where the page has them, and the paragraphs of its text."""

    title: str | None
    byline: str | None
    body: tuple[str, ...]


def split_page(paragraphs: Sequence[str], kickers: int = KICKERS) -> Page:
    """Take the headline and the bylines off a page.

    The headline is the first paragraph that is no kicker (a section, a date, a picture credit), if
    it reads like one; up to `kickers - 1` kickers above it go. Bylines ("By …", a news agency alone
    or after names) are looked for in the next `HEADER_PARAGRAPHS`; copies of the headline there go
    too, and paragraphs without a letter everywhere.
    """
    paragraphs = [paragraph for paragraph in paragraphs if _LETTER.search(paragraph)]
    start = next((i for i, part in enumerate(paragraphs[:kickers]) if not _is_kicker(part)), 0)
    titled = bool(paragraphs) and is_headline(paragraphs[start])
    title = paragraphs[start] if titled else None
    rest = paragraphs[start + 1 :] if titled else paragraphs
    header = _join_lone_by(rest[:HEADER_PARAGRAPHS])
    bylines = dict.fromkeys(" ".join(part.split()) for part in header if is_byline(part))
    above = [part for part in header if not is_byline(part) and part != title]
    return Page(title, "; ".join(bylines) or None, (*above, *rest[HEADER_PARAGRAPHS:]))


def _is_kicker(paragraph: str) -> bool:
    short = len(paragraph.split()) < HEADLINE_WORDS.start
    return not is_byline(paragraph) and bool(
        short or _DATED.search(paragraph) or _PICTURE.search(paragraph)
    )


def is_headline(paragraph: str) -> bool:
    """Whether a paragraph reads like a headline: 4 to 30 words, no full stop, date, or credit."""
    return (
        len(paragraph.split()) in HEADLINE_WORDS
        and (paragraph.endswith("...") or not paragraph.endswith((".", ":", ";", ",")))
        and not is_byline(paragraph)
        and not _DATED.search(paragraph)
        and not _PICTURE.search(paragraph)
    )


def is_byline(paragraph: str) -> bool:
    """Whether a paragraph only says who wrote the text, or which agency it comes from."""
    if len(paragraph.split()) > BYLINE_WORDS:
        return False
    if _BYLINE.match(paragraph) or _CREDIT.fullmatch(paragraph):
        return True
    return bool(_SIGNED.fullmatch(paragraph)) and not _PICTURE.search(paragraph)


def _join_lone_by(paragraphs: Sequence[str]) -> list[str]:
    """A "By" that stands alone belongs to the name in the next paragraph."""
    joined: list[str] = []
    for paragraph in paragraphs:
        if joined and joined[-1].lower() == "by":
            joined[-1] = f"By {paragraph}"
        else:
            joined.append(paragraph)
    return joined
