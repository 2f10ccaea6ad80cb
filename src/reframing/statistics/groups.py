"""Pairs grouped by condition and kind, and the two steps from pairs to events to an estimate.

Events weigh alike however many pairs they have: numerators and denominators are first averaged over
an event's pairs, then summed over events.
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

import numpy as np

from reframing.records import StudyPair
from reframing.statistics.bootstrap import Floats, Resampling, ratio_estimate

ALL_KINDS = "all"

Key = TypeVar("Key", bound=Hashable)
Ratios = Mapping[Key, tuple[float, float]]


class Group(NamedTuple):
    """Pairs of one condition and one kind (or all kinds), by their positions, and their events."""

    condition: str
    kind: str
    positions: Sequence[int]
    events: Sequence[str]


def groups_of(pairs: Sequence[StudyPair]) -> Iterator[Group]:
    """Every condition by every kind that occurs in it, and by all kinds together."""
    members: dict[tuple[str, str], list[int]] = {}
    for position, pair in enumerate(pairs):
        for kind in {pair.kind, ALL_KINDS}:
            members.setdefault((pair.condition, kind), []).append(position)
    for (condition, kind), positions in sorted(members.items()):
        yield Group(condition, kind, positions, [pairs[position].event for position in positions])


def event_codes(events: Sequence[str]) -> tuple[list[str], np.ndarray]:
    """The distinct events in order, and the place among them of each of `events`."""
    distinct, codes = np.unique(np.array(events, dtype=object), return_inverse=True)
    return list(distinct), codes


def event_sums(values: Floats, codes: np.ndarray, n_events: int) -> Floats:
    """Sums of `values` (first axis: pairs) over the pairs of each event."""
    sums = np.zeros((n_events, *values.shape[1:]))
    np.add.at(sums, codes, values)
    return sums


def ratio_rows(
    pairs: Sequence[StudyPair],
    ratios: Sequence[Ratios[Key]],
    keys: Sequence[Key],
    resampling: Resampling,
) -> Iterator[tuple[Group, Key, dict[str, Any]]]:
    """One estimate for every group and key from each pair's (numerator, denominator).

    Yields the columns value, low, high, n_events, n_pairs and `n`, the sum of the denominators over
    pairs.
    """
    terms = np.array([[pair[key] for key in keys] for pair in ratios], float)
    terms = terms.reshape(len(pairs), len(keys), 2)
    for group in groups_of(pairs):
        events, codes = event_codes(group.events)
        of_group = terms[group.positions]
        sizes = np.bincount(codes, minlength=len(events))[:, None, None]
        means = event_sums(of_group, codes, len(events)) / sizes
        for place, key in enumerate(keys):
            numerators, denominators = means[:, place, 0], means[:, place, 1]
            value, low, high, n_events = ratio_estimate(numerators, denominators, resampling)
            denominator = of_group[:, place, 1]
            row = {"value": value, "low": low, "high": high, "n_events": n_events}
            row |= {"n_pairs": int((denominator > 0).sum()), "n": float(denominator.sum())}
            yield group, key, row
