"""How much of a change is composition, and how much is rewording.

With m() a rate per 1,000 words or a word-weighted mean score over sentences: O all of the original, Os
its sentences that some link carries over, Ra the repost's linked sentences, R all of the repost.

    omission    = m(Os) - m(O)      what leaving sentences out does
    rewording   = m(Ra) - m(Os)     what changes inside the sentences that survive
    addition    = m(R)  - m(Ra)     what putting sentences in does
    composition = omission + addition
    total       = composition + rewording = m(R) - m(O)

Which of two texts is the original makes the sign of every effect, so that pairs without a direction have none.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from reframing.documents.records import Studied, StudyPair
from reframing.statistics.estimates import Floats, mean_estimate
from reframing.statistics.groups import (
    MEASURES,
    RATE,
    event_codes,
    event_sums,
    groups_of,
    linked_sentences,
    sentence_terms,
)

LEVELS = ("original", "carried over", "reworded", "repost")
"""m(O), m(Os), m(Ra), m(R)."""

EFFECTS = ("total", "composition", "rewording", "omission", "addition")

_CONTRASTS = np.array(
    [[-1, 0, 0, 1], [-1, 1, -1, 1], [0, -1, 1, 0], [-1, 1, 0, 0], [0, 0, -1, 1]], float
)


def level_terms(studied: Studied) -> Floats:
    """Numerators and denominators of one pair, shape (levels, measures, 2)."""
    survivors, linked = linked_sentences(studied)
    original = np.stack(sentence_terms(studied.original_measures), axis=-1)
    repost = np.stack(sentence_terms(studied.repost_measures), axis=-1)
    levels = (original, original[survivors], repost[linked], repost)
    return np.stack([sentences.sum(axis=0) for sentences in levels])


def level_values(terms: Floats) -> Floats:
    """m() of each level from terms of shape (…, levels, measures, 2); nan where there are no words."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(terms[..., 1] > 0, terms[..., 0] / terms[..., 1], np.nan)


def effects(values: Floats) -> Floats:
    """Effects, shape (…, effects, measures), from level values of shape (…, levels, measures).

    Rounded to 12 decimals: levels that are equal must differ by 0 on every machine.
    """
    return np.round(_CONTRASTS @ values, 12) + 0.0


def pair_effects(studied: Studied) -> dict[str, dict[str, float]]:
    """The effects of one pair by measure; nan where nothing is aligned."""
    changes = effects(level_values(level_terms(studied)))
    return {
        measure.name: dict(zip(EFFECTS, map(float, changes[:, place]), strict=True))
        for place, measure in enumerate(MEASURES)
    }


def event_values(terms: Floats, codes: np.ndarray, n_events: int) -> tuple[Floats, np.ndarray]:
    """Level values of each event, shape (events, levels, measures), and the pairs behind each measure.

    An event's value is that of all its pairs' sentences together, so that a pair of which ten words
    are aligned does not count like one of which four hundred are. A pair without words on some level
    takes no part on any, else the effects would not sum.
    """
    n_pairs = np.all(terms[..., 1] > 0, axis=1).sum(axis=0)
    return level_values(event_sums(_complete(terms), codes, n_events)), n_pairs


def decomposition_rows(
    pairs: Sequence[StudyPair], terms: Floats, interval: float
) -> Iterator[dict[str, Any]]:
    """Levels and effects for every group and measure: the mean over events of the event's value."""
    for group in groups_of(pairs):
        of_group = terms[group.positions]
        events, codes = event_codes(group.events)
        quantities, n_pairs = _quantities(of_group, codes, len(events))
        pooled = _quantities(of_group, np.zeros_like(codes), 1)[0][0]
        words = event_sums(_complete(of_group)[:, 0, :, 1], codes, len(events))
        for m, measure in enumerate(MEASURES):
            for q, quantity in enumerate(LEVELS + EFFECTS):
                is_rate = measure.unit == RATE and quantity in LEVELS
                estimate = mean_estimate(
                    quantities[:, q, m],
                    interval,
                    float(pooled[q, m]),
                    words[:, m],
                    least=0.0 if is_rate else -np.inf,
                )
                keys = {"measure": measure.name, "unit": measure.unit, "quantity": quantity}
                yield (
                    {"condition": group.condition, "kind": group.kind}
                    | keys
                    | (estimate._asdict() | {"n_pairs": int(n_pairs[m])})
                )


def _quantities(terms: Floats, codes: np.ndarray, n_events: int) -> tuple[Floats, np.ndarray]:
    """Levels and effects of each event, shape (events, quantities, measures), and pairs by measure."""
    values, n_pairs = event_values(terms, codes, n_events)
    return np.concatenate([values, effects(values)], axis=1), n_pairs


def _complete(terms: Floats) -> Floats:
    """Terms, 0 in every level of a measure that has no words in some level of the pair."""
    return np.where(np.all(terms[..., 1] > 0, axis=1)[:, None, :, None], terms, 0.0)
