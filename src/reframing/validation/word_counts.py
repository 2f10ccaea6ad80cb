"""Counts of listed words, as NELA and its kin score a text (Horne, Khedr & Adalı 2018).

The lists are those that such tools use themselves: Hyland (2005), Recasens et al. (2013), Riloff & Wiebe
(2003), as the corpus of Pryzant et al. (2020) distributes them, and the verbs of saying of the Gender Gap
Tracker (Asr et al. 2021). A word counts by its form alone: no inflection, no
context. That is the rival which the measures must beat, not a reading of the NELA package.
"""

from collections.abc import Iterator
from pathlib import Path

from reframing.readers.gold.records_in import whole_text
from reframing.records import Span
from reframing.segment.tokens import tokenize, words
from reframing.validation.gold import Gold

_LISTS = Path("wnc/src/lexicons")
HEDGES = _LISTS / "hedges_hyland2005.txt"
BIAS = _LISTS / "npov_lexicon.txt"
SUBJECTIVE = _LISTS / "strong_subjectives_riloff2003.txt"
SAYING = Path("polnear/nlp/english/rules/quote_verb_list.txt")
_COMMENTS = ("#", ";")


def word_list(gold: Gold, path: Path) -> frozenset[str]:
    """The single words of a list; entries of several words are passed over, as by NELA."""
    lines = whole_text(gold.raw / path).splitlines()
    entries = (line.strip().lower() for line in lines if not line.startswith(_COMMENTS))
    return frozenset(entry for entry in entries if entry and " " not in entry)


def occurrences(text: str, listed: frozenset[str]) -> Iterator[Span]:
    """Spans of the listed words in a text."""
    tokens = tokenize(text)
    for start, end, form in zip(tokens.starts, tokens.ends, tokens.forms, strict=True):
        if form in listed:
            yield Span(start, end)


def share_listed(text: str, listed: frozenset[str]) -> float:
    """Listed words per word; 0 where the text has no word."""
    forms = list(words(text))
    return sum(form in listed for form in forms) / max(1, len(forms))
