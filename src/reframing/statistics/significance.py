"""Significance tests with the event as the unit; all hypotheses are fixed beforehand.

Composition and rewording of each main measure are tested against no change, for each kind of repost. The same
effects, and the shares of attributions and quotations that are changed, are also tested against independent
reports of the same events, where a corpus has them. Total change is the sum of two tested effects and therefore
not a hypothesis of its own. p-values are from paired sign flips (Good 2005, Permutation, Parametric and
Bootstrap Tests, ch. 3), q-values from Benjamini & Hochberg (1995) over all tests of a corpus against the same
alternative.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reframing.documents.params import StatisticsParams
from reframing.documents.records import StudyPair
from reframing.statistics.decomposition import EFFECTS, effects, event_values
from reframing.statistics.estimates import Floats, mean_estimate
from reframing.statistics.fates import TESTED_FATES
from reframing.statistics.groups import (
    ALL_KINDS,
    MEASURES,
    Group,
    Ratios,
    event_codes,
    event_sums,
    groups_of,
)

MAIN_EFFECTS = ("composition", "rewording")
NO_CHANGE, INDEPENDENT = "no change", "independent reports"

EXACT_EVENTS = 16
"""Up to this number of events all sign flips are enumerated; beyond it they are sampled."""

_BLOCK = 4096  # flips at a time, to limit memory to a few megabytes

ByEvent = dict[str, Floats]
"""The tested quantities of each event, by the event's id."""

Quantities = Callable[[Group, NDArray[np.intp], int], Floats]
"""From a group, the event index of each of its pairs, and the number of events, to quantities by event."""


def effect_tests(
    pairs: Sequence[StudyPair], terms: Floats, params: StatisticsParams, seed: int
) -> list[dict[str, Any]]:
    """Tests of composition and rewording, for each kind of repost, main measure and alternative.

    `terms` stacks the `level_terms` of `pairs` (`reframing.statistics.decomposition`).
    """
    names = [(m.name, effect) for effect in MAIN_EFFECTS for m in MEASURES if m.main]
    main = [place for place, measure in enumerate(MEASURES) if measure.main]
    rows = [EFFECTS.index(effect) for effect in MAIN_EFFECTS]

    def quantities(group: Group, codes: np.ndarray, n_events: int) -> Floats:
        values, _ = event_values(terms[group.positions], codes, n_events)
        return effects(values)[:, rows][:, :, main].reshape(n_events, -1)

    by_event = _by_event(pairs, quantities)
    return _family(by_event, None, names, params, seed) + _family(
        by_event, by_event.get(("independent", ALL_KINDS), {}), names, params, seed
    )


def fate_tests(
    pairs: Sequence[StudyPair],
    ratios: Sequence[Ratios[tuple[str, str]]],
    params: StatisticsParams,
    seed: int,
) -> list[dict[str, Any]]:
    """Tests of the share of attributions and quotations with each changed fate, against independent reports.

    `ratios` are the `fate_ratios` of `pairs` (`reframing.statistics.fates`).
    """
    terms = np.array([[pair[fate] for fate in TESTED_FATES] for pair in ratios], float)
    terms = terms.reshape(len(pairs), len(TESTED_FATES), 2)

    def quantities(group: Group, codes: np.ndarray, n_events: int) -> Floats:
        sums = event_sums(terms[group.positions], codes, n_events)
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(sums[..., 1] > 0, sums[..., 0] / sums[..., 1], np.nan)

    by_event = _by_event(pairs, quantities)
    baseline = by_event.get(("independent", ALL_KINDS), {})
    return _family(by_event, baseline, TESTED_FATES, params, seed)


def with_q(tests: Sequence[dict[str, Any]], fdr: float) -> list[dict[str, Any]]:
    """Tests with `q`, corrected over all tests against the same alternative, and `rejected`.

    `rejected` is whether q is at most `fdr`, or None where p is nan.
    """
    q = np.full(len(tests), np.nan)
    for against in (NO_CHANGE, INDEPENDENT):
        family = [place for place, test in enumerate(tests) if test["against"] == against]
        q[family] = false_discovery(np.array([tests[place]["p"] for place in family]))
    return [
        test | {"q": float(value), "rejected": None if np.isnan(value) else bool(value <= fdr)}
        for test, value in zip(tests, q, strict=True)
    ]


def sign_flip_p(differences: Floats, flips: int, seed: int) -> Floats:
    """Two-sided p-value of each test that paired `differences` (events, tests) are centred on 0.

    Up to `EXACT_EVENTS` events the test enumerates all sign flips; beyond that it draws `flips` random ones and
    counts the observed one as well, so that p is at least 1 / (flips + 1). Events that are nan do not enter a
    test; p is nan for fewer than two events.
    """
    known = ~np.isnan(differences)
    moved = np.where(known, differences, 0.0)
    n = len(differences)
    observed = np.abs(moved.sum(axis=0)) * (1 - 1e-9)
    as_far = np.zeros(differences.shape[1])
    exact = n <= EXACT_EVENTS
    for signs in _all_signs(n) if exact else _sampled_signs(n, flips, seed):
        as_far += (np.abs(signs @ moved) >= observed).sum(axis=0)
    p = as_far / 2**n if exact else (as_far + 1) / (flips + 1)
    return np.where(known.sum(axis=0) >= 2, p, np.nan)


def false_discovery(p_values: Floats) -> Floats:
    """Benjamini-Hochberg q-values of one family of p-values; a nan stays nan and does not count as a test."""
    from scipy.stats import false_discovery_control

    q_values = np.full(len(p_values), np.nan)
    tested = ~np.isnan(p_values)
    if tested.any():
        q_values[tested] = false_discovery_control(p_values[tested], method="bh")
    return q_values


def _by_event(pairs: Sequence[StudyPair], quantities: Quantities) -> dict[tuple[str, str], ByEvent]:
    """The quantities of each event, by condition and kind."""
    found = {}
    for group in groups_of(pairs):
        events, codes = event_codes(group.events)
        values = quantities(group, codes, len(events))
        found[group.condition, group.kind] = dict(zip(events, values, strict=True))
    return found


def _family(
    by_event: Mapping[tuple[str, str], ByEvent],
    baseline: ByEvent | None,
    names: Sequence[tuple[str, str]],
    params: StatisticsParams,
    seed: int,
) -> list[dict[str, Any]]:
    """One test per kind and quantity: of the events' values, or of their paired differences from `baseline`."""
    tests = []
    for (condition, kind), values in sorted(by_event.items()):
        if condition not in ("repost", "version") or kind == ALL_KINDS:
            continue
        shared = sorted(values if baseline is None else set(values) & set(baseline))
        differences = np.array(
            [values[event] - (0.0 if baseline is None else baseline[event]) for event in shared]
        ).reshape(len(shared), len(names))
        p = sign_flip_p(differences, params.flips, seed)
        against = NO_CHANGE if baseline is None else INDEPENDENT
        for place, (measure, effect) in enumerate(names):
            by_one = differences[:, place]
            estimate = mean_estimate(by_one, params.interval, np.nan, np.ones(len(by_one)))
            keys = {"kind": kind, "measure": measure, "effect": effect, "against": against}
            tests.append(keys | estimate._asdict() | {"p": float(p[place])})
    return tests


def _all_signs(n: int) -> Iterator[Floats]:
    for first in range(0, 2**n, _BLOCK):
        bits = np.arange(first, min(first + _BLOCK, 2**n))[:, None] >> np.arange(n)
        yield np.asarray(1.0 - 2.0 * (bits & 1), np.float64)


def _sampled_signs(n: int, flips: int, seed: int) -> Iterator[Floats]:
    generator = np.random.default_rng(seed)
    for first in range(0, flips, _BLOCK):
        drawn = generator.integers(0, 2, size=(min(_BLOCK, flips - first), n))
        yield np.asarray(1.0 - 2.0 * drawn, np.float64)
