"""Sentiment: VADER's compound score in [-1, 1] (Hutto & Gilbert 2014), of the package vaderSentiment.

VADER reads a whole sentence for each of its words. A word that is not in its lexicon scores 0; one that
is depends on the three words before it and the two behind it alone, and where none of them is a booster,
a negation or part of an idiom, scores what the lexicon says. Only for the rest is the package asked, and
about those six words. The score is the package's own to the last digit.
"""

from collections.abc import Sequence
from functools import lru_cache
from string import punctuation
from typing import NamedTuple

from vaderSentiment.vaderSentiment import (
    BOOSTER_DICT,
    NEGATE,
    SPECIAL_CASES,
    SentimentIntensityAnalyzer,
    allcap_differential,
)

_BEFORE, _FROM = 3, 3  # words of the window before a word, and from it on
_SHAPING = frozenset({"no", "least", "this", "kind"}).union(
    max(phrase.split(), key=len) for phrase in (*BOOSTER_DICT, *NEGATE, *SPECIAL_CASES)
)
"""Words without which nothing changes the valence of their neighbours: of a phrase, the longest."""


class _Window(NamedTuple):
    """What the package reads of a `SentiText`."""

    words_and_emoticons: Sequence[str]
    is_cap_diff: bool


def sentiment(text: str) -> float:
    """Compound sentiment of `text` in [-1, 1]; 0 where no word of the lexicon stands in it."""
    vader = analyser()
    if not text.isascii() and not vader.emojis.keys().isdisjoint(text):
        return vader.polarity_scores(text)["compound"]  # which first spells emojis out
    words = [bare if len(bare := token.strip(punctuation)) > 2 else token for token in text.split()]
    lowered = [word.lower() for word in words]
    scored = _scored()
    valences = {i: _valence(words, lowered, i) for i, word in enumerate(lowered) if word in scored}
    if not valences:
        return 0.0
    if "but" not in lowered:
        return vader.score_valence(list(valences.values()), text)["compound"]
    turned = vader._but_check(lowered, [valences.get(i, 0) for i in range(len(lowered))])
    return vader.score_valence(turned, text)["compound"]


def _valence(words: Sequence[str], lowered: Sequence[str], i: int) -> float:
    """The package's valence of word `i` of a sentence, a word of its lexicon."""
    first = max(0, i - _BEFORE)
    around = lowered[first : i + _FROM]
    if _SHAPING.isdisjoint(around) and "n't" not in " ".join(around) and not words[i].isupper():
        return _scored()[lowered[i]]
    if lowered[i : i + 2] == ["kind", "of"]:
        return 0
    window = _Window(words[first : i + _FROM], allcap_differential(words))
    return analyser().sentiment_valence(0, window, words[i], i - first, [])[0]


@lru_cache
def _scored() -> dict[str, float]:
    """The words of the package's lexicon that score by themselves."""
    lexicon = analyser().lexicon
    return {word: valence for word, valence in lexicon.items() if word not in BOOSTER_DICT}


@lru_cache
def analyser() -> SentimentIntensityAnalyzer:
    """The package's analyser with its lexicon; built once a process."""
    return SentimentIntensityAnalyzer()
