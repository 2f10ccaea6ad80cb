"""Rates of moves per 1,000 words of the repost, and survival of the original's sentences by position.

**Moves**: the rate is over the entire repost; a slug that does not occur in a pair counts as 0 there. For two
versions neither of which is known to be the original, what one drops the other adds: both count as one
difference (`MoveType.undirected`).

**Survival**: the share of the original's sentences that have a link to the repost. Headline and lead are
separate positions. The position of a body sentence is the decile of its relative rank among the n sentences of
the body, (rank + 1/2) / n with ranks from 0; articles with fewer than ten leave some deciles empty.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from reframing.documents.records import SentenceMeasures, Studied
from reframing.moves.catalogue import catalogue
from reframing.statistics.groups import linked_sentences

# Moves per 1,000 words of the repost, by slug.


def repost_kilowords(studied: Studied) -> float:
    """Length of the repost in thousands of words."""
    return sum(sentence.n_words for sentence in studied.repost_measures) / 1000


def move_ratios(
    counts: Mapping[str, int], kilowords: float, slugs: Iterable[str]
) -> dict[str, tuple[float, float]]:
    """Number of moves, and length of the repost in thousands of words, for each of `slugs`."""
    return {slug: (float(counts.get(slug, 0)), kilowords) for slug in slugs}


def undirected(counts: Mapping[str, int]) -> dict[str, int]:
    """Number of differences between two versions by name, from the number of moves by slug."""
    differences: Counter[str] = Counter()
    for slug, count in counts.items():
        differences[catalogue()[slug].undirected] += count
    return dict(differences)


# Survival of the original's sentences, by position.

DECILES = tuple(f"body {decile:02d}" for decile in range(1, 11))
EVERYWHERE = "everywhere"
PLACES = ("headline", "lead", *DECILES, EVERYWHERE)


def survival_ratios(studied: Studied) -> dict[str, tuple[float, float]]:
    """Number of sentences carried over, and number of sentences, by position in the original (`PLACES`)."""
    survivors = set(linked_sentences(studied)[0])
    ratios = dict.fromkeys(PLACES, (0.0, 0.0))
    for index, place in enumerate(places_of(studied.original_measures)):
        for counted in (place, EVERYWHERE):
            survived, present = ratios[counted]
            ratios[counted] = (survived + (index in survivors), present + 1)
    return ratios


def places_of(sentences: Sequence[SentenceMeasures]) -> list[str]:
    """Position of each sentence: *headline*, *lead*, or the decile of its rank in the body."""
    n_body = sum(sentence.section == "body" for sentence in sentences)
    places, rank = [], 0
    for sentence in sentences:
        if sentence.section == "body":
            places.append(DECILES[int(10 * (rank + 0.5) / n_body)])
            rank += 1
        else:
            places.append(sentence.section)
    return places
