"""Moves per 1,000 words of the repost, by slug.

The rate is for the whole repost: a slug that does not occur in a pair counts as 0 there, with the
repost's words. Slugs that occur in no pair of a corpus have no row.

Of two versions neither of which is known to be the original, what one drops the other adds: both count as
one difference, named in `UNDIRECTED`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from reframing.records import Studied

UNDIRECTED = {
    **{
        f"{subject}-{change}": f"{subject}-in-one-only"
        for subject in ("attribution", "hedge", "booster", "evaluation", "agent")
        for change in ("added", "dropped")
    },
    **dict.fromkeys(("sentence-added", "sentence-omitted"), "sentence-in-one-only"),
    **dict.fromkeys(
        ("attribution-distanced", "attribution-endorsed"), "attribution-stance-differs"
    ),
    **dict.fromkeys(("causality-strengthened", "causality-weakened"), "causality-differs"),
    **dict.fromkeys(("lead-promoted", "lead-demoted"), "lead-differs"),
    "attribution-swapped": "attribution-source-differs",
    "attribution-vague": "attribution-unnamed-in-one",
    "evaluation-shifted": "evaluation-differs",
    "number-changed": "number-differs",
    "entity-changed": "entity-differs",
    "polarity-flipped": "polarity-differs",
    "quote-altered": "quote-differs",
    "quote-truncated": "quote-shorter-in-one",
    "quote-paraphrased": "quote-unquoted-in-one",
    "quote-unsupported": "quote-in-one-only",
}
"""Moves between two versions without a direction, by slug."""


def repost_kilowords(studied: Studied) -> float:
    """Thousands of words in the repost."""
    return sum(sentence.n_words for sentence in studied.repost_measures) / 1000


def move_ratios(
    counts: Mapping[str, int], kilowords: float, slugs: Iterable[str]
) -> dict[str, tuple[float, float]]:
    """Number of moves, and thousands of words of the repost, for each of `slugs`."""
    return {slug: (float(counts.get(slug, 0)), kilowords) for slug in slugs}


def undirected(counts: Mapping[str, int]) -> dict[str, int]:
    """Numbers of differences between two versions, from numbers of moves by slug."""
    differences: Counter[str] = Counter()
    for slug, count in counts.items():
        differences[UNDIRECTED.get(slug, slug)] += count
    return dict(differences)
