"""Which sentences of the original survive: the share that some link carries over, by place.

Headline and lead stand apart. A body sentence's place is the decile of its relative position among
the n sentences of the body, (rank + 1/2) / n; articles with fewer than ten leave some deciles empty.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from reframing.documents.records import SentenceMeasures, Studied
from reframing.statistics.groups import linked_sentences

# Moves per 1,000 words of the repost, by slug.
#
# The rate is for the whole repost: a slug that does not occur in a pair counts as 0 there, with the
# repost's words. Slugs that occur in no pair of a corpus have no row.
#
# Of two versions neither of which is known to be the original, what one drops the other adds: both count as
# one difference, named in `UNDIRECTED`.

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


# Which sentences of the original survive: the share that some link carries over, by place.

DECILES = tuple(f"body {decile:02d}" for decile in range(1, 11))
EVERYWHERE = "everywhere"
PLACES = ("headline", "lead", *DECILES, EVERYWHERE)


def survival_ratios(studied: Studied) -> dict[str, tuple[float, float]]:
    """Sentences carried over, and sentences, by place in the original."""
    survivors = set(linked_sentences(studied)[0])
    ratios = dict.fromkeys(PLACES, (0.0, 0.0))
    for index, place in enumerate(places_of(studied.original_measures)):
        for counted in (place, EVERYWHERE):
            survived, present = ratios[counted]
            ratios[counted] = (survived + (index in survivors), present + 1)
    return ratios


def places_of(sentences: Sequence[SentenceMeasures]) -> list[str]:
    """The place of each sentence: its section, or the decile of its position in the body."""
    n_body = sum(sentence.section == "body" for sentence in sentences)
    places, rank = [], 0
    for sentence in sentences:
        if sentence.section == "body":
            places.append(DECILES[int(10 * (rank + 0.5) / n_body)])
            rank += 1
        else:
            places.append(sentence.section)
    return places
