"""Nouns that stand for sources: people in a role, documents, and wording that names nobody."""

from functools import lru_cache

from reframing.lexicon import inflected, load_lexicon


@lru_cache
def source_nouns() -> dict[str, str]:
    """Category of each form of `lexicons/source_nouns.tsv`."""
    entries = load_lexicon("source_nouns").entries
    return {form: entry.category for entry in entries for form in inflected(entry)}
