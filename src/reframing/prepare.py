"""From raw articles to clean ones: decoding, markup, furniture, duplicates, and what was dropped.

After this step an article's `text` never changes; all offsets refer to it.
"""

import html
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

from reframing.furniture import Furniture, Page, fold, recurring
from reframing.language import other_language
from reframing.params import PrepareParams
from reframing.records import Article
from reframing.segment.tokens import tokenize

_MARKUP = re.compile(
    r"<(?:/?(?:p|div|a|br|span|html|body|img|li|ul|h[1-6]|em|strong)\b)[^>]*>", re.I
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2060\ufeff\ufffc]")
_SPACE = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u3000]+")
# How the bytes 80-BF of UTF-8 look when read as Windows-1252, and what can so have been misread.
_TAIL = "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in range(0x80, 0xC0))
_MISREAD = re.compile(f"[Â-ß][{_TAIL}]|[à-ï][{_TAIL}]{{2}}|[ð-ô][{_TAIL}]{{3}}")
_LINE_BREAK = re.compile(r"\r\n?|[\x85\u2028\u2029]")

# Furniture that stands in single articles too; each pattern must match the whole paragraph.
_FURNITURE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(advertisement|story continues below( advertisement)?|continue reading( the main story)?)\W*",
        r"(read|see|watch|related|more|also read|read more|recommended|most read)\s*:.{0,160}",
        r"((share|tweet|follow) (this|us|on)|like us on)\b.{0,80}",
        r"(share|tweet|email|print|comment(s)?|facebook|twitter|whatsapp|save|close|loading|reply)\W*",
        r"click here\b.{0,160}",
        r"(sign up|subscribe|register|download)\W*((to|for|now|here|today|free|our|the|via)\b.{0,150})?",
        r"(photo|image|picture|video|file photo|credit|photograph)s?\s*(by|:|/).{0,160}",
        r"(©|\(c\)\s*\d{4}|copyright\s*(©|\(c\)|\d{4}|[|,:–-])).{0,200}",
        r".{0,80}\ball rights reserved\b.{0,200}",
        r"this material may not be published, broadcast, rewritten.{0,120}",
        r"\(?(additional )?(reporting|editing|writing) by (?!.*\b(is|are|was|were|has|have|had)\b).{0,240}",
        r"\W*",
    )
)


@dataclass(frozen=True, slots=True)
class Dropped:
    """What was left out and why; `paragraphs` counts paragraphs, or is 0 for a whole article."""

    id: str
    reason: str
    paragraphs: int


def prepare(
    articles: Iterable[Article], params: PrepareParams
) -> tuple[list[Article], list[Dropped]]:
    """Clean `articles` and say what was dropped.

    Markup, control characters, mis-decoded punctuation and runs of blanks go; so do furniture
    paragraphs (`params.furniture_*`), articles too short, too long, not in English, or equal to an
    earlier one of the same outlet. The order of the input is kept.
    """
    cleaned = [clean(article) for article in articles]
    pages = [Page(article.outlet, tuple(article.body.split("\n"))) for article in cleaned]
    furniture = recurring(pages, params)
    kept: list[Article] = []
    dropped: list[Dropped] = []
    seen: dict[tuple[str | None, str], str] = {}
    for article in cleaned:
        stripped, removed = strip_furniture(article, furniture)
        if removed:
            dropped.append(Dropped(article.id, "furniture", removed))
        reason = _unusable(stripped, params)
        key = (stripped.outlet, fold(stripped.text))
        if reason is None and stripped.original is None and key in seen:
            reason = "duplicate within outlet"
        if reason:
            dropped.append(Dropped(article.id, reason, 0))
            continue
        seen.setdefault(key, stripped.id)
        kept.append(stripped)
    return kept, dropped


def clean(article: Article) -> Article:
    """The article without markup, control characters, mis-decoding and runs of blanks.

    Its targets' offsets count in the text as given, so an article that has targets stays as it is.
    """
    if article.targets:
        return article
    title = None if article.title is None else " ".join(_clean_text(article.title).split())
    return replace(article, title=title or None, body=_clean_text(article.body))


def _clean_text(text: str) -> str:
    """The text cleaned until nothing changes: what was escaped or misread twice is so read twice."""
    while (cleaned := _cleaned_once(text)) != text:
        text = cleaned
    return text


def _cleaned_once(text: str) -> str:
    if len(_MARKUP.findall(text)) > 2:
        text = _extracted(text)
    if "&" in text:
        text = html.unescape(text)
    text = _MISREAD.sub(_reread, text)
    text = _CONTROL.sub("", _LINE_BREAK.sub("\n", unicodedata.normalize("NFC", text)))
    paragraphs = (_SPACE.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(paragraph for paragraph in paragraphs if paragraph)


def _extracted(markup: str) -> str:
    """The running text of an HTML page (trafilatura, Barbaresi 2021), or the text without tags."""
    import trafilatura

    text = trafilatura.extract(markup, include_comments=False, include_tables=False)
    return text or _MARKUP.sub("\n", markup)


def _reread(misread: re.Match[str]) -> str:
    """A character whose UTF-8 was read as Windows-1252, read again.

    Only Latin letters, punctuation and currency count: "café’”" is not misread Chinese.
    """
    found = misread.group()
    try:
        read = b"".join(_byte(character) for character in found).decode("utf8")
    except UnicodeError:
        return found
    return read if read < "\u0180" or "\u2000" <= read < "\u2200" else found


def _byte(character: str) -> bytes:
    """The byte of a character in Windows-1252; its own number for the five that are undefined."""
    return character.encode("cp1252" if ord(character) > 0xFF else "latin1")


def strip_furniture(article: Article, recurring: Furniture) -> tuple[Article, int]:
    """The article without furniture paragraphs, and how many there were."""
    if article.targets:
        return article, 0
    lines = article.body.split("\n")
    kept = [
        line
        for line in lines
        if not recurring.holds(line, article.outlet)
        and not any(pattern.fullmatch(line) for pattern in _FURNITURE)
    ]
    return replace(article, body="\n".join(kept)), len(lines) - len(kept)


def _unusable(article: Article, params: PrepareParams) -> str | None:
    tokens = tokenize(article.body)
    if tokens.n_words < params.min_words:
        return f"fewer than {params.min_words} words"
    if tokens.n_words > params.max_words:
        return f"more than {params.max_words} words"
    language = other_language(article.body)
    return None if language is None else f"language: {language.name}"
