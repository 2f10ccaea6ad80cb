"""Words that deny another word by their prefix: *unsafe* and *safe*, *dishonest* and *honest*.

A prefix alone says little: *displayed* denies no *played*. What counts is that the word, or one of its stem,
stands in `denials.tsv` (antonyms of WordNet, direct and by the clusters of adjectives), or that its prefix can
deny any word of a kind: *non-* any at all, *un-* whatever ends as a participle or in *-able* (Quirk et al.
1985, appendix I.21; Horn 2001, chapter 5).
"""

from collections.abc import Iterator
from functools import lru_cache

from reframing.lexicon import load_lexicon
from reframing.moves.spelling import one_spelling
from reframing.segment.terms import stem

_SHORTEST = 4
_NON = ("non-", "non")
_PARTICIPLE = ("ed", "able", "ible")


@lru_cache(maxsize=50_000)
def denied_by(form: str) -> tuple[str, ...]:
    """The words that a lower-case word denies by its prefix, most often one or none."""
    return tuple(dict.fromkeys((*_listed(form), *_formed(form))))


def _listed(form: str) -> Iterator[str]:
    for prefix in _prefixes():
        base = form.removeprefix(prefix).removeprefix("-")
        if form.startswith(prefix) and (prefix, _stem(base)) in _denials():
            yield base


def _formed(form: str) -> Iterator[str]:
    for prefix in _NON:
        if form.startswith(prefix) and len(form) >= len(prefix) + _SHORTEST:
            yield form.removeprefix(prefix).removeprefix("-")
    base = form.removeprefix("un").removeprefix("-")
    if form.startswith("un") and len(base) >= _SHORTEST and base.endswith(_PARTICIPLE):
        yield base


def _stem(base: str) -> str:
    return stem(one_spelling(base))


@lru_cache
def _denials() -> frozenset[tuple[str, str]]:
    """The prefix of each word of the lexicon, and the stem of what it denies."""
    return frozenset(
        (entry.category, _stem(entry.lemma.removeprefix(entry.category).removeprefix("-")))
        for entry in load_lexicon("denials").entries
    )


@lru_cache
def _prefixes() -> tuple[str, ...]:
    return tuple(sorted({prefix for prefix, _ in _denials()}))
