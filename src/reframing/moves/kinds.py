"""Nouns that name different things of one kind (`kinds.tsv`): *pharmacy* and *bakery*, *union* and *court*."""

from functools import lru_cache

from reframing.lexicon import inflected, load_lexicon


def kind_of(noun: str) -> str:
    """The kind of thing that a noun in small letters names (*building*); empty where the lexicon lacks it."""
    return _kinds().get(noun, ("", ""))[0]


def are_sisters(a: str, b: str) -> bool:
    """Whether two nouns name different things of one kind."""
    kinds = _kinds().get(a), _kinds().get(b)
    return all(kinds) and kind_of(a) == kind_of(b) and kinds[0] != kinds[1]


@lru_cache
def _kinds() -> dict[str, tuple[str, ...]]:
    """The kind and the thing of each form of one word in the lexicon."""
    return {
        form: tuple(entry.category.split("-"))
        for entry in load_lexicon("kinds").entries
        for form in inflected(entry)
        if " " not in form
    }
