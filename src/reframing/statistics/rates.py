"""Moves per 1,000 words of the repost, by slug.

The rate is for the whole repost: a slug that does not occur in a pair counts as 0 there, with the
repost's words. Slugs that occur in no pair of a corpus have no row.
"""

from collections.abc import Iterable, Mapping

from reframing.records import Studied


def repost_kilowords(studied: Studied) -> float:
    """Thousands of words in the repost."""
    return sum(sentence.n_words for sentence in studied.repost_measures) / 1000


def move_ratios(
    counts: Mapping[str, int], kilowords: float, slugs: Iterable[str]
) -> dict[str, tuple[float, float]]:
    """Number of moves, and thousands of words of the repost, for each of `slugs`."""
    return {slug: (float(counts.get(slug, 0)), kilowords) for slug in slugs}
