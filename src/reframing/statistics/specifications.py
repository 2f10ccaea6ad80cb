"""A specification curve: an effect under every other defensible choice, one changed at a time.

Simonsohn, Simmons & Nelson 2020, Nature Human Behaviour 4, 1208-1214. A finding that depends on one choice is
not one. Choices are how the machine finds moves and its scores are used, who read, how events weigh, what is
taken for independent, means or a mixed model (`reframing.statistics.mixed`), which units count, and each part
of a corpus left out.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reframing.documents.params import EffectsParams, Estimand
from reframing.statistics.corrected import Side, Units, effect, estimate
from reframing.statistics.design_based import Interval
from reframing.statistics.effects import (
    IN,
    OTHER,
    Readings,
    conditions,
    relevant,
    sides_of,
    units_of,
)
from reframing.statistics.mixed import mixed

if TYPE_CHECKING:
    import pandas as pd

CHOSEN, UNCORRECTED = "as chosen", "uncorrected"
CHOICES = (
    *(CHOSEN, "scores", "profile", "weights", "clusters", "model", "reader", "units", "without"),
    UNCORRECTED,
)
"""What is chosen, in the order in which it is shown."""

LONG = 1000
"""Words from which an original is long."""

CLOSE = 0.8
"""Score from which a link is close."""


class Specification(NamedTuple):
    """An estimate under one choice that differs: `choice` is what is chosen, `option` how."""

    choice: str
    option: str
    interval: Interval
    events: int


def specifications(
    readings: Readings,
    estimand: Estimand,
    params: EffectsParams,
    by_reader: Mapping[str, Readings],
    profiles: "Mapping[str, pd.DataFrame]",
    reported: "Mapping[str, pd.DataFrame]",
    long: frozenset[str],
) -> Iterator[Specification]:
    """The effect as chosen, then under every other choice that the corpus allows.

    `by_reader` are the readings by what each reader found; `profiles` what the machine finds under other
    profiles, and `reported` under other thresholds, as `Readings.moves`; `long` are the events with an original
    of more than `LONG` words.
    """
    readings = relevant(readings, estimand)
    units = units_of(readings, estimand)
    sides = sides_of(readings, units, estimand)

    def of(
        choice: str, option: str, other: Units, some: list[Side] = sides, **options: object
    ) -> Specification:
        found = estimate(other, other.design(), some, params.interval, **options)  # type: ignore[arg-type]
        return Specification(choice, option, found.interval, _events(some))

    yield of(CHOSEN, "", units)
    yield of("scores", "not used", units, bounds=(0.0, 0.0))
    yield of("scores", "used as they are", units, bounds=(1.0, 1.0))
    for profile, moves in profiles.items():
        yield of("profile", profile, units_of(readings._replace(moves=moves), estimand))
    yield of("weights", "events by their words", units, pooled=True)
    yield of("clusters", "events alone", replace(units, article=units.event))
    if of_model := mixed(units, sides, readings.frame["kind"].to_numpy(str), params.interval):
        yield Specification("model", "mixed", *of_model)
    for reader, other in by_reader.items():
        yield of("reader", reader, units_of(relevant(other, estimand), estimand))
    parts = [("units", *one) for one in _kept_units(readings.frame).items()]
    left_out = _left_out(readings.frame, estimand, long).items()
    parts += [("without", option, ~left) for option, left in left_out]
    for choice, option, kept in parts:
        fewer = _only(units, kept)
        some = _sides_with(fewer, sides)
        if some:
            yield of(choice, option, fewer, some)
    raw = effect(units, sides, params.interval)
    yield Specification(UNCORRECTED, "reported moves", raw.counted, _events(sides))
    yield Specification(UNCORRECTED, "all scores", raw.scored, _events(sides))
    for option, moves in {**reported, **profiles}.items():
        recounted = units_of(readings._replace(moves=moves), estimand)
        counted = effect(recounted, sides, params.interval).counted
        yield Specification(UNCORRECTED, option, counted, _events(sides))


def _events(sides: list[Side]) -> int:
    return len(frozenset().union(*[side.events for side in sides]))


def _only(units: Units, kept: "np.ndarray") -> Units:
    """The units with those that are not kept outside every condition; what was drawn stays as it is."""
    return replace(units, condition=np.where(kept, units.condition, OTHER))


def _sides_with(units: Units, sides: list[Side]) -> list[Side]:
    """The sides with the events that still have units in all their conditions; empty if a group has none."""
    left: dict[int, frozenset[str]] = {}
    for side in sides:
        inside = (units.condition == side.condition) & (units.size > 0)
        events = frozenset(np.unique(units.event[inside]).tolist())
        left[side.group] = left.get(side.group, side.events) & events
    if not all(left.values()):
        return []
    return [side._replace(events=left[side.group]) for side in sides]


def _kept_units(frame: "pd.DataFrame") -> "dict[str, np.ndarray]":
    link = frame["link"].to_numpy(float, na_value=np.nan)
    return {"linked sentences": ~np.isnan(link), "close links": link >= CLOSE}


def _left_out(
    frame: "pd.DataFrame", estimand: Estimand, long: frozenset[str]
) -> "dict[str, np.ndarray]":
    """Parts of a corpus that may rule an effect: each kind of repost, each group of events, long originals."""
    kinds = sorted(frame.loc[conditions(frame, estimand) == IN, "kind"].unique())
    groups = [] if estimand.of else sorted(frame["group"].dropna().unique())
    found: dict[str, np.ndarray] = {}
    if len(kinds) > 1:
        found |= {str(kind): (frame["kind"] == kind).to_numpy(bool) for kind in kinds}
    if len(groups) > 1:
        found |= {
            str(group): (frame["group"] == group).fillna(value=False).to_numpy(bool)
            for group in groups
        }
    is_long = frame["event"].isin(long).to_numpy(bool)
    if is_long.any():
        found["long originals"] = is_long
    return found


def survives(chosen: Interval, others: list[Specification], least: float = 0.9) -> bool:
    """Whether an effect has its sign under all corrected choices, and excludes 0 under nine in ten of them."""
    corrected = [one.interval for one in others if one.choice != UNCORRECTED]
    sign = np.sign(chosen.value)
    same = all(np.sign(one.value) == sign for one in corrected)
    excluding = [one.low > 0 if sign > 0 else one.high < 0 for one in corrected]
    return bool(same and np.mean(excluding) >= least)
