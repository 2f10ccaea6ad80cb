"""Decomposition of the change from original to repost into composition and rewording.

m() is a rate per 1,000 words or a word-weighted mean score over a set of sentences: O is all sentences of the
original, Os those with a link to the repost, Ra the linked sentences of the repost, R all its sentences.

    omission    = m(Os) - m(O)      effect of omitting sentences
    rewording   = m(Ra) - m(Os)     change inside the sentences that are carried over
    addition    = m(R)  - m(Ra)     effect of adding sentences
    composition = omission + addition
    total       = composition + rewording = m(R) - m(O)

The sign of every effect depends on which text is the original, so pairs without a direction are not decomposed.
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
"""Names of m(O), m(Os), m(Ra) and m(R), in this order."""

EFFECTS = ("total", "composition", "rewording", "omission", "addition")

_CONTRASTS = np.array(
    [[-1, 0, 0, 1], [-1, 1, -1, 1], [0, -1, 1, 0], [-1, 1, 0, 0], [0, 0, -1, 1]], float
)


def level_terms(studied: Studied) -> Floats:
    """Numerators and denominators of one pair's `MEASURES` at each level, shape (levels, measures, 2)."""
    survivors, linked = linked_sentences(studied)
    original = np.stack(sentence_terms(studied.original_measures), axis=-1)
    repost = np.stack(sentence_terms(studied.repost_measures), axis=-1)
    levels = (original, original[survivors], repost[linked], repost)
    return np.stack([sentences.sum(axis=0) for sentences in levels])


def level_values(terms: Floats) -> Floats:
    """m() by level, shape (…, levels, measures), from terms (…, levels, measures, 2); nan without words."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(terms[..., 1] > 0, terms[..., 0] / terms[..., 1], np.nan)


def effects(values: Floats) -> Floats:
    """Effects, shape (…, effects, measures), from level values of shape (…, levels, measures).

    Rounded to 12 decimals, so that equal levels differ by exactly 0 on every machine.
    """
    return np.round(_CONTRASTS @ values, 12) + 0.0


def pair_effects(studied: Studied) -> dict[str, dict[str, float]]:
    """Effects of one pair as {measure: {effect: value}}; nan where no sentences are aligned."""
    changes = effects(level_values(level_terms(studied)))
    return {
        measure.name: dict(zip(EFFECTS, map(float, changes[:, place]), strict=True))
        for place, measure in enumerate(MEASURES)
    }


def event_values(terms: Floats, codes: np.ndarray, n_events: int) -> tuple[Floats, np.ndarray]:
    """Level values of each event, shape (events, levels, measures), and the number of pairs by measure.

    `codes` gives the event index of each pair. An event pools the sentences of all its pairs, so that a pair
    with ten aligned words weighs less than one with four hundred. A pair that has no words at one level of a
    measure is excluded from all levels of that measure; otherwise the effects would not add up.
    """
    n_pairs = np.all(terms[..., 1] > 0, axis=1).sum(axis=0)
    return level_values(event_sums(_complete(terms), codes, n_events)), n_pairs


def decomposition_rows(
    pairs: Sequence[StudyPair], terms: Floats, interval: float
) -> Iterator[dict[str, Any]]:
    """Rows of the table `decomposition`: each level and effect, by group and measure, as the mean over events.

    `terms` stacks the `level_terms` of `pairs`; `interval` is the confidence level, such as 0.95.
    """
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
    """Levels and effects by event, shape (events, quantities, measures), and the number of pairs by measure."""
    values, n_pairs = event_values(terms, codes, n_events)
    return np.concatenate([values, effects(values)], axis=1), n_pairs


def _complete(terms: Floats) -> Floats:
    """Terms with all levels of a measure set to 0 for pairs that have no words at one of its levels."""
    return np.where(np.all(terms[..., 1] > 0, axis=1)[:, None, :, None], terms, 0.0)
