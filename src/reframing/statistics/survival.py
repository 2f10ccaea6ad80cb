"""Which sentences of the original survive: the share that some link carries over, by place.

Headline and lead stand apart. A body sentence's place is the decile of its relative position among
the n sentences of the body, (rank + 1/2) / n; articles with fewer than ten leave some deciles empty.
"""

from collections.abc import Sequence

from reframing.records import SentenceMeasures, Studied
from reframing.statistics.measures import linked_sentences

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
