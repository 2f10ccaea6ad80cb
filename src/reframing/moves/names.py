"""Whether two names may be one: by spelling, transcription, abbreviation, or as a place and its people."""

import unicodedata
from functools import lru_cache

from rapidfuzz import fuzz

from reframing.moves.context import Side
from reframing.moves.reports import is_initials
from reframing.segment.terms import stem

LONGEST_ACRONYM = 4
_COMMON = 4
_CUT = 3
_SPELT_ALIKE = 85  # of 100
_TRANSCRIBED_ALIKE = 50  # of 100
_VOWELS = frozenset("aeiouy")
_ONE_LETTER = str.maketrans("qczv", "kksw")
_SAME = (
    frozenset("us usa america american".split()),
    frozenset("uk britain british england".split()),
    frozenset("eu europe european brussels".split()),
    frozenset(map(stem, "isis isil daesh islamic".split())),
)


@lru_cache(maxsize=4096)
def is_alike(name: frozenset[str], others: frozenset[str]) -> bool:
    """Whether a word of a name is among others or spelt much like one, or its initials are.

    Words with the first four letters in common may be a place and its people (*Finnish*, *Finland*).
    """
    ours, theirs = _plain(name), _plain(others)
    if any(not ours.isdisjoint(same) and not theirs.isdisjoint(same) for same in _SAME):
        return True
    if ours & theirs or is_initials(theirs, ours) or is_initials(ours, theirs):
        return True
    return any(
        a[:_COMMON] == b[:_COMMON] or fuzz.ratio(a, b) >= _SPELT_ALIKE
        for a in ours
        for b in theirs
        if len(a) >= _COMMON
    ) or any(_is_cut(a, b) or _is_cut(b, a) or _sounds_alike(a, b) for a in ours for b in theirs)


def _is_cut(short: str, long: str) -> bool:
    """*Sen.* for *Senator*, *Blvd* for *Boulevard*."""
    if len(short) == _CUT and long.startswith(short):
        return True
    letters = iter(long)
    return (
        1 < len(short) < len(long)
        and (short[0], short[-1]) == (long[0], long[-1])
        and _VOWELS.isdisjoint(short)
        and all(letter in letters for letter in short)
    )


def _sounds_alike(a: str, b: str) -> bool:
    """Whether two names may be one in two transcriptions: *Quran* and *Koran*, *Machnouk* and *Mashnuq*."""
    return fuzz.ratio(a, b) >= _TRANSCRIBED_ALIKE and _consonants(a) == _consonants(b)


@lru_cache(maxsize=10_000)
def _consonants(name: str) -> str:
    """The consonants of a name, those that transcriptions mix up by one letter, none of them twice."""
    for letters, one in (
        ("ch", "sh"),
        ("ph", "f"),
        ("dj", "j"),
        ("kh", "k"),
        ("gh", "g"),
        ("ck", "k"),
    ):
        name = name.replace(letters, one)
    bare = name.translate(_ONE_LETTER)
    kept = [c for k, c in enumerate(bare) if c not in _VOWELS and bare[k - 1 : k] != c]
    return "".join(kept)


@lru_cache(maxsize=1024)
def _plain(words: frozenset[str]) -> frozenset[str]:
    """Words without accents and full stops."""
    return frozenset(
        "".join(c for c in unicodedata.normalize("NFKD", word) if c.isalnum()) for word in words
    )


def is_spelt_out(short: str, side: Side) -> bool:
    """Whether words in a row have these initials."""
    return 1 < len(short) <= LONGEST_ACRONYM and short in _initials(side)


@lru_cache(maxsize=16)
def _initials(side: Side) -> str:
    return "".join(
        form[0] for form, word in zip(side.tokens.forms, side.tokens.is_word, strict=True) if word
    )
