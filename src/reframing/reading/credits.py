"""Credits in an article: bylines, datelines and "first reported by", which name the origin of its text.

A credit is a line of its own or a sentence about who reported the news first; a newspaper that is merely
mentioned is not credited. Names are matched to an outlet's web address or name by their letters: *The
Washington Post* spells washingtonpost.com, and *LA Times* and *Los Angeles Times* both spell latimes.com.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from reframing.documents.records import Article
from reframing.documents.word_classes import WEEKDAYS

HEAD_PARAGRAPHS = 10
FOOT_PARAGRAPHS = 4
BYLINE_WORDS = 25

AGENCIES = {
    "ap": ("ap", "apnews", "associatedpress"),
    "afp": ("afp", "agencefrancepresse"),
    "reuters": ("reuters", "thomsonreuters"),
    "dpa": ("dpa",),
    "pa": ("pa", "pamedia", "pressassociation"),
    "upi": ("upi", "unitedpressinternational"),
    "tass": ("tass",),
    "xinhua": ("xinhua", "xinhuanet"),
    "bloomberg": ("bloomberg", "bloombergnews"),
}

_AGENCY = r"(The )?(Associated Press|AP|Reuters|AFP|Agence France-Presse|UPI|Bloomberg|CNN)"
_DAY = f"({'|'.join(map(str.capitalize, WEEKDAYS))})"
_BYLINE = re.compile(
    r"(By|by|BY):?\s+(?=\W*[A-Z])(?!.*[a-z]{3}\.$)|(From|Analysis by) (CNN's )?[A-Z]"
)
_CREDIT = re.compile(rf"((Credit|Source): |/ Source: )?{_AGENCY}\W*(Published\b.*|{_DAY}\b.*)?")
_SIGNED = re.compile(
    r"[A-Z][\w.'’-]+ [^:()/|]{0,120}?\W*(The )?Associated Press\W*(Published\b.*)?"
)
_PICTURE = re.compile(
    r"\b(photos?|getty)\b|\bvia (?-i:[A-Z])|/ ?(AP|Reuters|AFP)\b|^\(", re.IGNORECASE
)
_CLOSED = re.compile(r"[.!?][\"'”’)]*$")
_SIGNATURE = re.compile(r"[—–-]+\s*\w")
_DATELINE = re.compile(r"[A-Z][^()\n]{0,60}\(([A-Za-z][\w .-]{1,30})\)\s*[—–-]")
_CONTRIBUTED = re.compile(r"\bcontributed (to|reporting)\b")
_REPORTED = re.compile(r"\b(first|originally) (reported|published|appeared|printed|aired|ran)\b")
_SENTENCE = re.compile(r"[^.!?\n]+")
_ADDRESS = re.compile(r"\b(?:https?://)?(?:www\.)?([a-z0-9-]+)\.(?:com|org|net|co\.uk)\b\S*")
_PARTED = re.compile(
    r"[,;:|•()\n–—]|\s-|-\s|\b(?:by|from|for|and|on|of)\b|\b(?:Published|Posted|Updated|contributed)\b.*",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+")
_GLUED = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
_ROLE = re.compile(
    r"(staff|writers?|reporters?|correspondents?|editors?|wires?|service|contributors?)", re.I
)
_POSSESSIVE = re.compile(r"['’]s\b")


class Credits(NamedTuple):
    """Credits of an article, one per line: its bylines and datelines, and sentences on who reported first."""

    signed: str
    reported: str


def is_byline(paragraph: str) -> bool:
    """Whether a paragraph is only a byline: who wrote the text, or which agency it comes from."""
    if len(paragraph.split()) > BYLINE_WORDS:
        return False
    if _BYLINE.match(paragraph) or _CREDIT.fullmatch(paragraph):
        return True
    return bool(_SIGNED.fullmatch(paragraph)) and not is_picture_credit(paragraph)


def is_picture_credit(paragraph: str) -> bool:
    """Whether a paragraph looks like a picture credit."""
    return _PICTURE.search(paragraph) is not None


def is_signature(paragraph: str) -> bool:
    """Whether a paragraph names the speaker of the quoted post above it: "— Ann Poe (@annpoe)"."""
    return _SIGNATURE.match(paragraph) is not None


def signs_for(paragraph: str, outlets: Sequence[str]) -> bool:
    """Whether a line below a headline only credits one of `outlets` with the text."""
    return (
        len(paragraph.split()) <= BYLINE_WORDS
        and not _CLOSED.search(paragraph)
        and not is_picture_credit(paragraph)
        and not is_signature(paragraph)
        and any(is_signed(paragraph, outlet) for outlet in outlets)
    )


def credits_of(article: Article) -> Credits:
    """The credits of an article.

    `signed` has the article's `byline`, datelines in the first `HEAD_PARAGRAPHS` paragraphs, and lines with
    authors or contributors there and in the last `FOOT_PARAGRAPHS`. `reported` has the sentences of the body
    with phrases such as *first reported*.
    """
    paragraphs = article.body.split("\n")
    head, foot = paragraphs[:HEAD_PARAGRAPHS], paragraphs[-FOOT_PARAGRAPHS:]
    datelines = (found[1] for part in head if (found := _DATELINE.match(part)))
    bylines = (part for part in (*head, *foot) if is_byline(part) or _CONTRIBUTED.search(part))
    reported = (
        sentence.group()
        for sentence in _SENTENCE.finditer(article.body)
        if _REPORTED.search(sentence.group())
    )
    return Credits("\n".join((article.byline or "", *datelines, *bylines)), "\n".join(reported))


def is_signed(text: str, outlet: str) -> bool:
    """Whether a line credits an outlet: its name is a separate part of the line, or follows a person's name.

    >>> is_signed("By Ann Poe, The Washington Post", "washingtonpost.com")
    True
    """
    letters = label(outlet)
    return any(_names(words, letters) for words in _segments(text))


def mentions(text: str, outlet: str) -> bool:
    """Whether a text contains an outlet's name anywhere."""
    letters, words = label(outlet), _words(text)
    return any(_length(words[i:], letters) for i in range(len(words)))


def credited_agencies(text: str) -> frozenset[str]:
    """The news agencies (keys of `AGENCIES`) that a text credits."""
    segments = _segments(text)
    return frozenset(
        agency
        for agency, names in AGENCIES.items()
        if any(_names(words, name) for words in segments for name in names)
    )


def own_agencies(outlet: str | None) -> frozenset[str]:
    """The agency that an outlet itself is, if any: *Reuters*, *uk.reuters.com*, *AP News*.

    >>> sorted(own_agencies("www.apnews.com"))
    ['ap']
    """
    own = label(outlet or "")
    return frozenset(agency for agency, names in AGENCIES.items() if own in names)


@lru_cache(maxsize=10_000)
def label(outlet: str) -> str:
    """The letters of an outlet's name in lower case; of a web address, the registered domain's name.

    >>> label("edition.cnn.com/world"), label("news.bbc.co.uk"), label("The Tern Post")
    ('cnn', 'bbc', 'ternpost')
    """
    host = outlet.strip().lower().rpartition("://")[2].lstrip("/").partition("/")[0].strip(".")
    if "." not in host or " " in host:
        return "".join(_WORD.findall(outlet.lower().removeprefix("the ")))
    *labels, suffix = host.split(".")
    if len(labels) > 1 and len(suffix) == 2 and len(labels[-1]) <= 3:
        labels.pop()
    return labels[-1].replace("-", "")


@lru_cache(maxsize=1000)
def _segments(text: str) -> tuple[tuple[str, ...], ...]:
    """The words of each part of a credit line; web addresses are reduced to their names."""
    parts = _PARTED.split(_ADDRESS.sub(r", \1,", text))
    return tuple(words for part in parts if part and (words := _words(part)))


def _words(text: str) -> tuple[str, ...]:
    """The words of a text; a possessive *'s* is a word of its own, joined words are split."""
    return tuple(_WORD.findall(_GLUED.sub(" ", _POSSESSIVE.sub(" 's ", text))))


def _names(words: tuple[str, ...], letters: str) -> bool:
    """Whether a part of a credit is an outlet's name: alone, possessive, with a role, or after a person's."""
    words = words[1:] if words[0].lower() == "the" else words
    if length := _length(words, letters):
        after = words[length:]
        roles = [word for word in after if _ROLE.fullmatch(word)]
        named = all(word[0].isupper() or word in roles for word in after)
        return not after or after[0] == "s" or bool(roles and named)
    person = all(word[0].isupper() for word in words)
    tails = (words[i:] for i in range(1, len(words) - 1))
    return person and any(_length(tail, letters) == len(tail) for tail in tails)


def _length(words: Sequence[str], letters: str) -> int:
    """The number of leading words that spell the letters, each in full or by its initial; 0 if none do.

    At least one word must be in full, and each must begin with a capital or digit, unless the first word is
    the entire name as in a web address.
    """
    if not letters or not words:
        return 0
    if words[0] == letters:
        return 1
    return _spelled(words, letters, False)


def _spelled(words: Sequence[str], rest: str, whole: bool, n: int = 0) -> int:
    if not rest:
        return n if whole else 0
    if n == len(words) or not (words[n][0].isupper() or words[n][0].isdigit()):
        return 0
    word = words[n].lower()
    whole_word = len(word) > 1 and rest.startswith(word)
    if whole_word and (found := _spelled(words, rest[len(word) :], True, n + 1)):
        return found
    return _spelled(words, rest[1:], whole, n + 1) if word[0] == rest[0] else 0
