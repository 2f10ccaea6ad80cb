"""Tests of the main effects: total change, composition and rewording, by measure and kind.

Each effect is tested twice, by event: against no change, and against the same effect in independent
reports of the same events, where a corpus has them. q-values are Benjamini-Hochberg over all tests
against the same alternative.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from reframing.records import StudyPair
from reframing.statistics.bootstrap import (
    Floats,
    Resampling,
    false_discovery,
    mean_estimate,
    sign_flip_p,
)
from reframing.statistics.decomposition import EFFECTS, effects, event_values
from reframing.statistics.groups import ALL_KINDS, event_codes, groups_of
from reframing.statistics.measures import MEASURES

MAIN_EFFECTS = ("total", "composition", "rewording")
NO_CHANGE, INDEPENDENT = "no change", "independent reports"

Effects = dict[str, Floats]
"""Effects of shape (effects, measures) by event."""


def effect_rows(
    pairs: Sequence[StudyPair], terms: Floats, resampling: Resampling, fdr: float
) -> list[dict[str, Any]]:
    """One row for each kind, measure, main effect and alternative, with p and q."""
    by_group = _event_effects(pairs, terms)
    independent = by_group.get(("independent", ALL_KINDS), {})
    rows = []
    for against in (NO_CHANGE, INDEPENDENT):
        family = []
        for (condition, kind), changes in sorted(by_group.items()):
            if condition == "repost" and kind != ALL_KINDS:
                differences = _differences(changes, independent if against != NO_CHANGE else None)
                keys = {"kind": kind, "against": against}
                family += [keys | row for row in _tests(differences, resampling)]
        q_values = false_discovery(np.array([row["p"] for row in family]))
        for row, q in zip(family, q_values, strict=True):
            rows.append(row | {"q": float(q), "rejected": bool(q <= fdr)})
    return rows


def _event_effects(pairs: Sequence[StudyPair], terms: Floats) -> dict[tuple[str, str], Effects]:
    by_group = {}
    for group in groups_of(pairs):
        events, codes = event_codes(group.events)
        values, _ = event_values(terms[group.positions], codes, len(events))
        changes = dict(zip(events, effects(values), strict=True))
        by_group[group.condition, group.kind] = changes
    return by_group


def _differences(changes: Effects, baseline: Effects | None) -> Floats:
    """Effects of each event less the baseline's in the same event, shape (events, effects, measures)."""
    shape = (-1, len(EFFECTS), len(MEASURES))
    if baseline is None:
        return np.array(list(changes.values())).reshape(shape)
    shared = sorted(set(changes) & set(baseline))
    return np.array([changes[event] - baseline[event] for event in shared]).reshape(shape)


def _tests(differences: Floats, resampling: Resampling) -> Iterator[dict[str, Any]]:
    for m, measure in enumerate(MEASURES):
        if not measure.main:
            continue
        for effect in MAIN_EFFECTS:
            by_event = differences[:, EFFECTS.index(effect), m]
            value, low, high, n = mean_estimate(by_event, resampling)
            p = sign_flip_p(by_event, resampling)
            yield {
                "measure": measure.name,
                "effect": effect,
                "value": value,
                "low": low,
                "high": high,
                "p": p,
                "n_events": n,
            }
