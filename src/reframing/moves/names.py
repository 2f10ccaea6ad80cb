"""Whether two nouns name different things, and whether two names may refer to the same entity.

Nouns are compared by `kinds.tsv`, whose entries have a kind and a thing as category; a thing after a slash is a
subtype of the one before it (*doctor/surgeon*). *Pharmacy* and *bakery* are different things of one kind.

Names of countries, regions, cities and their people are the same only where `places.tsv` says so (*Austria* is
not *Australia*). Other names may be one where both have the same initial and one is short for the other
(*Sen.*, *Senator*) or spelt much like it (*Senate*, *Senator*). An acronym matches a name of the other text
whose capitalised words have its letters as their initials, all of them and in order.
"""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz import fuzz

from reframing.documents.lexicon import inflected, load_lexicon
from reframing.documents.terms import place_of, stem
from reframing.moves.context import Side
from reframing.moves.matching import common_stem

# Nouns (kinds.tsv).

_HUMANS, _BODIES = frozenset(("person", "office")), frozenset(("institution", "building"))
_GENERIC = frozenset(
    """administration agency association authorities authority board committee company contractor council
    department developer firm government institution manufacturer office operator organisation organization
    regulator retailer supplier watchdog""".split()
)


def kind_of(noun: str) -> str:
    """The kind of thing that a lower-case noun names (*building*); empty where the lexicon lacks the noun."""
    return _kinds().get(noun, ("", ""))[0]


def is_same_thing(a: str, b: str) -> bool:
    """Whether two nouns name the same thing, or one a subtype of the other (*lawyer*, *prosecutor*).

    Nouns that the lexicon lacks are the same only where they are identical.
    """
    if a not in _kinds() or b not in _kinds():
        return a == b
    (kind, thing), (other, another) = _kinds()[a], _kinds()[b]
    shorter, longer = sorted((thing.split("/"), another.split("/")), key=len)
    return kind == other and longer[: len(shorter)] == shorter


def are_apart(a: str, b: str) -> bool:
    """Whether two nouns name different things of one kind, two persons or two bodies (*union*, *airport*).

    Generic nouns (*company*, *authority*) may refer to a body of another kind, so they differ only from nouns
    of their own kind. False where the lexicon lacks one of the nouns.
    """
    kinds = {kind_of(a), kind_of(b)}
    alike = len(kinds) == 1 and "" not in kinds
    bodies = kinds <= _BODIES and _GENERIC.isdisjoint((a, b))
    return (alike or bodies or kinds <= _HUMANS) and not is_same_thing(a, b)


def is_human(noun: str) -> bool:
    """Whether a noun names a person by role or office; false where the lexicon lacks it."""
    return kind_of(noun) in _HUMANS


@lru_cache
def _kinds() -> dict[str, tuple[str, ...]]:
    """The kind and the thing of each single-word form of the lexicon."""
    return {
        form: tuple(entry.category.split("-"))
        for entry in load_lexicon("moves/kinds").entries
        for form in inflected(entry)
        if " " not in form
    }


# Names: places, spelling, abbreviation.

_SHORTEST = 3  # letters of a word that is short for another (*Sen.*)
_ALIKE = 75  # of 100, similarity of two spellings of a name
_SMALL = frozenset("of the and for in on at to de la du & -".split())
_LONGEST_PHRASE = 8  # words


def is_known(stems: frozenset[str], here: Side, there: Side) -> bool:
    """Whether the text `there` has a name of the text `here`: a word of it in any spelling, or its acronym.

    `stems` are those of the name's words. The name may itself be an acronym (*the BFA*) that the other text
    spells out.
    """
    return (
        is_alike(stems, there.stems)
        or is_short_for(stems, here, there.stems, there)
        or any(
            short in _acronyms(there) and not phrase.isdisjoint(stems)
            for short, phrase in _spelt_out(here).items()
        )
    )


def is_short_for(short: frozenset[str], here: Side, long: frozenset[str], there: Side) -> bool:
    """Whether a word in capitals of `here` is the acronym of a name of `there`.

    `short` and `long` are the stems of the two names; the spelt-out name must have a word of `long`.
    """
    spelt_out = _spelt_out(there)
    return any(
        word in _acronyms(here) and not spelt_out.get(word, _NOTHING).isdisjoint(long)
        for word in _plain(short)
    )


_NOTHING: frozenset[str] = frozenset()


@lru_cache(maxsize=16)
def _acronyms(side: Side) -> frozenset[str]:
    """The words that a text writes in capitals throughout, returned in lower case without full stops."""
    tokens = side.tokens
    return frozenset(
        form.replace(".", "")
        for form, places in tokens.places.items()
        if len(form) > 1
        and any(tokens.span(k, k + 1).of(side.text).removesuffix("'s").isupper() for k in places)
    )


@lru_cache(maxsize=16)
def _spelt_out(side: Side) -> dict[str, frozenset[str]]:
    """The stems of the words of each multi-word name of a text, by the initials of the name.

    A name is a sequence of capitalised words, with small words (*of*) between them; each name is listed with
    and without the initials of its small words.
    """
    found: dict[str, set[str]] = {}
    stem_at = {term.token: term.stem for terms in side.terms for term in terms}
    for run in _capitalised_runs(side):
        for first in range(len(run)):
            for end in range(first + 2, min(len(run), first + _LONGEST_PHRASE) + 1):
                phrase = [side.tokens.forms[k] for k in run[first:end]]
                if phrase[0] in _SMALL or phrase[-1] in _SMALL:
                    continue
                stems = {stem_at[k] for k in run[first:end] if k in stem_at}
                for short in {
                    "".join(word[0] for word in phrase if word[0].isalpha()),
                    "".join(word[0] for word in phrase if word not in _SMALL),
                }:
                    found.setdefault(short, set()).update(stems)
    return {short: frozenset(stems) for short, stems in found.items() if len(short) > 1}


def _capitalised_runs(side: Side) -> Iterator[list[int]]:
    """Sequences of tokens within a sentence that are capitalised or are small words of names (*of*)."""
    tokens = side.tokens
    for i in range(len(side.sentences)):
        run: list[int] = []
        for k in side.within(i):
            if side.text[tokens.starts[k]].isupper() or tokens.forms[k] in _SMALL:
                run.append(k)
            else:
                yield run
                run = []
        yield run


@lru_cache(maxsize=4096)
def is_alike(name: frozenset[str], others: frozenset[str]) -> bool:
    """Whether a word of a name matches one of `others`: the same word or place, or a variant of it.

    Both are sets of stems. Variants are what `_may_be_one` accepts.
    """
    a_words, b_words = _spelled(_plain(name)), _spelled(_plain(others))
    if not a_words.isdisjoint(b_words):
        return True
    b_words_by_key = _by_key(b_words)
    return any(
        _may_be_one(a, b) for a in a_words for key in _keys(a) for b in b_words_by_key.get(key, ())
    )


Key = str | tuple[str, str]


def _keys(word: str) -> Iterator[Key]:
    """Initial and place of a word: words that `_may_be_one` accepts have one of these in common."""
    yield word[:1]
    if word in _places():
        yield "place", _places()[word]


def _may_be_one(a: str, b: str) -> bool:
    """Whether two words name the same place; or have one initial, and one is short for the other or like it."""
    places = _places()
    if a in places and b in places:
        return places[a] == places[b]
    short = min(len(a), len(b))
    return a[:1] == b[:1] and (
        (short >= _SHORTEST and a[:short] == b[:short]) or fuzz.ratio(a, b) >= _ALIKE
    )


@lru_cache(maxsize=64)
def _by_key(words: frozenset[str]) -> dict[Key, list[str]]:
    found: dict[Key, list[str]] = {}
    for word in words:
        for key in _keys(word):
            found.setdefault(key, []).append(word)
    return found


@lru_cache
def _places() -> dict[str, str]:
    """The place of each stem of the lexicon, with stems normalised as in `terms`."""
    return {
        word: entry.category
        for entry in load_lexicon("moves/places").entries
        for word in _spelled(_plain(frozenset((stem(entry.lemma), stem(place_of(entry.lemma))))))
    }


@lru_cache(maxsize=1024)
def _spelled(words: frozenset[str]) -> frozenset[str]:
    """The stems of words in one spelling, with abbreviated months in full."""
    return frozenset(map(common_stem, words))


@lru_cache(maxsize=1024)
def _plain(words: frozenset[str]) -> frozenset[str]:
    """The words without accents and punctuation."""
    return frozenset(
        "".join(c for c in unicodedata.normalize("NFKD", word) if c.isalnum()) for word in words
    )
