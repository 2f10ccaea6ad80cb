"""Pairs grouped by condition and kind, and the two steps from pairs to events to an estimate.

Events weigh alike however long their texts are and however many pairs they have: an event's ratio is that
of its pairs together, and the estimate is the mean of the events' ratios.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

import numpy as np

from reframing.records import StudyPair
from reframing.statistics.estimates import EventEstimate, Floats

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
    estimate: Callable[[Floats, Floats], EventEstimate],
) -> Iterator[tuple[Group, Key, dict[str, Any]]]:
    """One estimate for every group and key from each pair's (numerator, denominator).

    Yields the columns of an `EventEstimate`, `n_pairs` with such a denominator, and the sums over pairs of
    numerators (`found`) and denominators (`n`).
    """
    terms = np.array([[pair[key] for key in keys] for pair in ratios], float)
    terms = terms.reshape(len(pairs), len(keys), 2)
    for group in groups_of(pairs):
        events, codes = event_codes(group.events)
        sums = event_sums(terms[group.positions], codes, len(events))
        for place, key in enumerate(keys):
            row = estimate(sums[:, place, 0], sums[:, place, 1])._asdict()
            found, base = terms[group.positions][:, place].T
            row |= {"n_pairs": int((base > 0).sum()), "found": found.sum(), "n": base.sum()}
            yield group, key, row
