"""Nouns that name different things of one kind (`kinds.tsv`): *pharmacy* and *bakery*, *union* and *court*.

The category of an entry is its kind and the thing; what stands behind a slash is a thing of the one in front
(*doctor/surgeon*).
"""

from functools import lru_cache

from reframing.lexicon import inflected, load_lexicon

_HUMANS, _BODIES = frozenset(("person", "office")), frozenset(("institution", "building"))
_GENERIC = frozenset(
    """administration agency association authorities authority board committee company contractor council
    department developer firm government institution manufacturer office operator organisation organization
    regulator retailer supplier watchdog""".split()
)


def kind_of(noun: str) -> str:
    """The kind of thing that a noun in small letters names (*building*); empty where the lexicon lacks it."""
    return _kinds().get(noun, ("", ""))[0]


def is_same_thing(a: str, b: str) -> bool:
    """Whether two nouns name one thing, or one what the other is: *attorney*, *lawyer*, *prosecutor*."""
    if a not in _kinds() or b not in _kinds():
        return a == b
    (kind, thing), (other, another) = _kinds()[a], _kinds()[b]
    shorter, longer = sorted((thing.split("/"), another.split("/")), key=len)
    return kind == other and longer[: len(shorter)] == shorter


def are_apart(a: str, b: str) -> bool:
    """Whether two nouns name different things of one kind, two people, or two bodies (*union*, *airport*).

    A noun that many bodies go by (*company*, *authority*) may stand for one of another kind.
    """
    kinds = {kind_of(a), kind_of(b)}
    alike = len(kinds) == 1 and "" not in kinds
    bodies = kinds <= _BODIES and _GENERIC.isdisjoint((a, b))
    return (alike or bodies or kinds <= _HUMANS) and not is_same_thing(a, b)


def is_human(noun: str) -> bool:
    """Whether a noun names somebody by what they do."""
    return kind_of(noun) in _HUMANS


@lru_cache
def _kinds() -> dict[str, tuple[str, ...]]:
    """The kind and the thing of each form of one word in the lexicon."""
    return {
        form: tuple(entry.category.split("-"))
        for entry in load_lexicon("kinds").entries
        for form in inflected(entry)
        if " " not in form
    }
