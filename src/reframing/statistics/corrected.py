"""Rates of moves and their differences, corrected for errors of the machine by a random sample that was read.

The machine proposes moves with scores; some are wrong, and others are missed. A sample of units (links of
sentences, and sentences without a link) with known inclusion probabilities was read for all moves, whatever the
machine says of them. For unit u, with ĝ the sum of the calibrated scores of its candidates, R whether it was
read, π its inclusion probability and Y the readers' count,

    Ỹ = λĝ + (R / π) (Y - λĝ)

has the expectation Y whether or not the scores are right, and so means of Ỹ are unbiased (design-based
supervised learning: Egami, Hinck, Stewart & Wei 2023, NeurIPS 36; prediction-powered inference: Angelopoulos et
al. 2023, Science 382, 669-674). The scores make it more precise; λ in [0, 1] decides how far they are used
(power tuning: Angelopoulos, Duchi & Zrnic 2023, PPI++, arXiv 2311.01453). That of an event minimises the
variance in what was read of other events, for each condition by itself, because the machine may be right more
often in one than in the other.

Estimands weigh events alike: a rate is the mean over events of the event's own rate; a difference or ratio
compares two conditions within events that have both; a difference in differences compares such differences of
two groups of events. `reframing.statistics.design_based` has the variance and the intervals,
`docs/corrected.md` formulas and assumptions, and `benchmarks/coverage_corrected.py` simulates the coverage.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from reframing.documents.errors import InputError
from reframing.statistics.design_based import (
    TUNING_BOUNDS,
    UNDEFINED,
    Combination,
    Design,
    Flags,
    Interval,
    Names,
    Total,
    contributions,
    design_of,
    sums,
    total,
    tuning,
)
from reframing.statistics.estimates import Floats, rate_estimate

if TYPE_CHECKING:
    import pandas as pd

# Units, and what the machine and the readers count in them.

NAMES = ("event", "condition", "stratum")
NUMBERS = ("words", "counted", "scored", "inclusion_probability", "found")
COLUMNS = ("unit", *NAMES, *NUMBERS)
"""Columns of the frame that `units_of` reads; `article` may be added."""


class Tally(NamedTuple):
    """What is counted in each unit: reported moves, the sum of all scores, and what readers found."""

    counted: Floats
    scored: Floats
    found: Floats


@dataclass(frozen=True, slots=True)
class Units:
    """The units of a study for one move, one element each; every unit is here, whether it was read or not.

    - `event`, `condition`: where it belongs; `article`: a second cluster, such as its original, or the event;
    - `stratum`, `probability`: from where and how likely it was drawn to be read;
    - `size`: what rates divide by, thousands of words or 1 a sentence; may be 0;
    - `counted`: moves that the machine reports; `scored`: sum of the scores of all its candidates;
    - `found`: moves that the readers found, nan where the unit was not read;
    - `less`: the same of opposite moves, for estimands that take them off.
    """

    event: Names
    article: Names
    condition: Names
    stratum: Names
    size: Floats
    counted: Floats
    scored: Floats
    probability: Floats
    found: Floats
    less: Tally | None = None

    @property
    def more(self) -> Tally:
        """What is counted of the move."""
        return Tally(self.counted, self.scored, self.found)

    @property
    def read(self) -> Flags:
        """Whether each unit was read."""
        return ~np.isnan(self.found)

    def design(self) -> Design:
        """How the units were sampled."""
        return design_of(self.event, self.article, self.stratum, self.probability, self.read)


def units_of(frame: "pd.DataFrame", by: Literal["words", "sentences"] = "words") -> Units:
    """The units in a frame with `COLUMNS`, by their ids; rates are per 1,000 words, or by unit (`sentences`).

    `inclusion_probability` is known for every unit; `found` is missing exactly where the unit was not read. The
    column `article`, where there is one, names a second cluster. Raises `InputError` with unit and column where
    an id occurs twice, a name is missing, or a number is outside its range.
    """
    for column in COLUMNS:
        if column not in frame.columns:
            raise InputError("is missing", field=column)
    frame = frame.sort_values("unit", kind="stable")
    ids = frame["unit"].to_numpy()
    _refuse(ids, "unit", frame["unit"].duplicated().to_numpy(), "occurs twice")
    names = [*NAMES, *(["article"] if "article" in frame.columns else [])]
    for column in names:
        _refuse(ids, column, frame[column].isna().to_numpy(), "is missing")
    numbers = {column: frame[column].to_numpy(float, na_value=np.nan) for column in NUMBERS}
    for column in ("words", "counted", "scored"):
        bad = ~(np.isfinite(numbers[column]) & (numbers[column] >= 0))
        _refuse(ids, column, bad, "must be a number of 0 or more")
    p, found = numbers["inclusion_probability"], numbers["found"]
    unread = np.isnan(found)
    _refuse(ids, "inclusion_probability", ~((p > 0) & (p <= 1)), "must be in (0, 1]")
    bad = ~unread & ~(np.isfinite(found) & (found >= 0))
    _refuse(
        ids, "found", bad, "must be a count of 0 or more, or missing where the unit was not read"
    )
    _refuse(ids, "found", unread & (p == 1), "is missing, although the unit was certain to be read")
    labels = {column: frame[column].to_numpy(str) for column in names}
    return Units(
        event=labels["event"],
        article=labels.get("article", labels["event"]),
        condition=labels["condition"],
        stratum=labels["stratum"],
        size=numbers["words"] / 1000 if by == "words" else np.ones(len(ids)),
        counted=numbers["counted"],
        scored=numbers["scored"],
        probability=p,
        found=found,
    )


def joined(parts: Mapping[str, Units]) -> Units:
    """The units of several corpora as one; their names tell events and articles apart."""

    def together(field: str) -> Any:
        return np.concatenate([getattr(one, field) for one in parts.values()])

    def named(field: str) -> Any:
        return np.concatenate(
            [np.char.add(f"{name}/", getattr(one, field)) for name, one in parts.items()]
        )

    return Units(
        event=named("event"),
        article=named("article"),
        condition=together("condition"),
        stratum=together("stratum"),
        size=together("size"),
        counted=together("counted"),
        scored=together("scored"),
        probability=together("probability"),
        found=together("found"),
    )


def _refuse(ids: Names, field: str, bad: Flags, problem: str) -> None:
    if bad.any():
        raise InputError(problem, record=str(ids[bad.argmax()]), field=field)


# Estimands, corrected and raw.


class Corrected(NamedTuple):
    """A corrected estimate beside the raw ones; bounds are nan with fewer than two events.

    `counted` is the same estimand from the moves that the machine reports, and `scored` from sums of its
    scores, each with an interval that takes them for true. `n_events` events and `n_units` units are behind it,
    of which `n_read` were read and `n_found` have a find. `tuning` is λ, averaged over units and conditions.
    `precision` and `recall` are those of the reported moves in these units, as the sample implies them: the
    right ones in a unit are the smaller of the two counts. `method` says how the interval was made: `t`, or
    `t, gamma in 2 of 6 strata` (`Combination.method`).
    """

    value: float
    low: float
    high: float
    counted: Interval
    scored: Interval
    n_events: int
    n_units: int
    n_read: int
    n_found: int
    tuning: float
    precision: Interval
    recall: Interval
    method: str


class Side(NamedTuple):
    """One rate of a contrast: that of `condition` in some events, with its sign and its group of events.

    With `less` it is the rate of the opposite moves.
    """

    condition: Any
    events: frozenset[Any]
    sign: int = 1
    group: int = 0
    less: bool = False


def rate(units: Units, condition: str, interval: float = 0.95) -> Corrected:
    """The rate in one condition: mean over its events of the event's own rate.

    The raw rates have the interval of the study's tables (`reframing.statistics.estimates.rate_estimate`).
    """
    side = Side(condition, _events(units, condition))
    return effect(units, [side], interval)._replace(
        counted=_raw_rate(units, side, units.counted, interval),
        scored=_raw_rate(units, side, units.scored, interval),
    )


def difference(units: Units, condition: str, baseline: str, interval: float = 0.95) -> Corrected:
    """The rate in one condition less that in another, in the events that have both."""
    return effect(units, within_events(units, condition, baseline), interval)


def ratio(units: Units, condition: str, baseline: str, interval: float = 0.95) -> Corrected:
    """The rate in one condition divided by that in another, both as means over the events that have both.

    Its upper bound is infinite where the baseline may be 0 (`Combination.quotient`).
    """
    return effect(units, within_events(units, condition, baseline), interval, quotient=True)


def difference_in_differences(
    units: Units,
    condition: str,
    baseline: str,
    group: Collection[str],
    against: Collection[str],
    interval: float = 0.95,
) -> Corrected:
    """The difference between two conditions in one group of events less that in another group.

    Raises `InputError` where an event is in both groups.
    """
    if both := set(group) & set(against):
        raise InputError("is in both groups", record=str(min(both)), field="event")
    sides = within_events(units, condition, baseline, group)
    others = within_events(units, condition, baseline, against)
    sides += [side._replace(sign=-side.sign, group=1) for side in others]
    return effect(units, sides, interval)


def p_value(units: Units, sides: Sequence[Side]) -> float:
    """The least α at which the interval of the corrected effect, at level 1 - α, excludes 0; 1e-6 or more."""
    if not all(side.events for side in sides):
        return np.nan
    design = units.design()
    group, totals, _ = _totals(units, design, sides, TUNING_BOUNDS, False)
    low, high = 1e-6, 1.0
    for _ in range(30):
        middle = (low * high) ** 0.5
        of = Combination(design, group, totals, 1 - middle).sum([side.sign for side in sides])
        if np.isnan(of.low):
            return np.nan
        low, high = (low, middle) if of.low > 0 or of.high < 0 else (middle, high)
    return high


def within_events(
    units: Units, condition: Any, baseline: Any, events: Collection[Any] | None = None
) -> list[Side]:
    """The two sides of a difference within events that have both conditions; of `events`, where given."""
    both = _events(units, condition) & _events(units, baseline)
    if events is not None:
        both &= set(events)
    return [Side(condition, both), Side(baseline, both, -1)]


def _events(units: Units, condition: Any) -> frozenset[Any]:
    """Events whose units of a condition have any size."""
    of = units.condition == condition
    if not of.any():
        known = ", ".join(map(str, np.unique(units.condition)))
        raise InputError(f"{condition} does not occur; there are {known}", field="condition")
    return frozenset(np.unique(units.event[of & (units.size > 0)]).tolist())


def effect(
    units: Units, sides: Sequence[Side], interval: float = 0.95, quotient: bool = False
) -> Corrected:
    """The signed sum of the rates of some sides, or the quotient of two."""
    design = units.design()
    estimated = estimate(units, design, sides, interval, quotient)
    domain = np.any([_units_of(units, design, side) for side in sides], axis=0)
    read = domain & units.read
    counted, scored = (
        _as_if_true(units, field, sides, interval, quotient) for field in ("counted", "scored")
    )
    found, right, reported = _recognised(units, sides)
    return Corrected(
        *estimated.interval,
        counted=counted,
        scored=scored,
        n_events=len(frozenset().union(*[side.events for side in sides])),
        n_units=int(domain.sum()),
        n_read=int(read.sum()),
        n_found=int((found[read] > 0).sum()),
        tuning=estimated.tuning,
        precision=_share_right(design, domain, right, reported, interval),
        recall=_share_right(design, domain, right, found, interval),
        method=estimated.method,
    )


def _recognised(units: Units, sides: Sequence[Side]) -> tuple[Floats, Floats, Floats]:
    """By unit: moves that readers found, those of them that are reported too, and those that are reported."""
    used = [units.more if not less else _less(units) for less in {side.less for side in sides}]
    found = np.sum([of.found for of in used], axis=0)
    right = np.sum([np.minimum(of.found, of.counted) for of in used], axis=0)
    return found, right, np.sum([of.counted for of in used], axis=0)


def _less(units: Units) -> Tally:
    if units.less is None:
        raise ValueError("these units have no opposite moves")
    return units.less


def _as_if_true(
    units: Units, field: str, sides: Sequence[Side], interval: float, quotient: bool
) -> Interval:
    """The raw estimate, from a field of the machine's tally as if it were what readers found in all units."""
    more = getattr(units.more, field)
    less = units.less and units.less._replace(found=getattr(units.less, field))
    true = replace(units, probability=np.ones(len(more)), found=more, less=less)
    return estimate(true, true.design(), sides, interval, quotient).interval


def _raw_rate(units: Units, side: Side, values: Floats, interval: float) -> Interval:
    of = (units.condition == side.condition) & np.isin(units.event, list(side.events))
    names, event = np.unique(units.event[of], return_inverse=True)
    found, size = (sums(event, of_units[of], len(names)) for of_units in (values, units.size))
    return Interval(*rate_estimate(found, size, interval)[:3])


class Estimated(NamedTuple):
    """An estimate with its interval, λ averaged over units and sides, and how the interval was made."""

    interval: Interval
    tuning: float
    method: str


def estimate(
    units: Units,
    design: Design,
    sides: Sequence[Side],
    interval: float,
    quotient: bool = False,
    bounds: tuple[float, float] = TUNING_BOUNDS,
    pooled: bool = False,
) -> Estimated:
    """The signed sum of the rates of some sides, or the quotient of two; nan where a side has no events.

    λ is kept in `bounds`. A `pooled` rate is that of all events together, in which long texts weigh more.
    """
    if not all(side.events for side in sides):
        return Estimated(UNDEFINED, np.nan, "")
    group, totals, tunings = _totals(units, design, sides, bounds, pooled)
    combined = Combination(design, group, totals, interval)
    signs = [side.sign for side in sides]
    shown = combined.quotient() if quotient else combined.sum(signs)
    if len(sides) == 1:  # no rate is below 0, although its unbiased estimate may be
        shown = shown._replace(low=float(np.maximum(shown.low, min(shown.value, 0.0))))
    return Estimated(shown, float(np.mean(tunings)), combined.method)


def _totals(
    units: Units,
    design: Design,
    sides: Sequence[Side],
    bounds: tuple[float, float],
    pooled: bool,
) -> tuple[NDArray[np.int64], list[Total], list[float]]:
    """The group of each event, and the total and the mean λ of each side."""
    totals: list[Total] = []
    tunings: list[float] = []
    group = np.full(len(design.events), -1)
    for side in sides:
        tally, weights, tuned = _weighted(units, design, side, bounds, pooled)
        of = weights > 0
        found = tally.found[design.read]
        totals.append(total(design, weights, weights * units.size, tuned * tally.scored, found))
        tunings.append(float(tuned.sum() / of.sum()))
        group[design.event[of]] = side.group
    return group, totals, tunings


def _weighted(
    units: Units, design: Design, side: Side, bounds: tuple[float, float], pooled: bool
) -> tuple[Tally, Floats, Floats]:
    """What a side counts, the weight of each unit in its mean over events, and λ of each unit, 0 outside."""
    tally = _less(units) if side.less else units.more
    of = _units_of(units, design, side)
    sizes = sums(design.event, of * units.size, len(design.events))
    whole = np.full(len(of), sizes.sum()) if pooled else len(side.events) * sizes[design.event]
    weights = of / np.where(of, whole, 1.0)
    tuned = tuning(
        design, weights[design.read], tally.found[design.read], tally.scored[design.read], bounds
    )
    return tally, weights, of * tuned[design.fold]


def pseudo_outcomes(units: Units, design: Design, side: Side) -> Floats:
    """Ỹ of each unit of a side, 0 outside: moves, with the noise of what happened to be read.

    The mean residual of a stratum is spread over its units, as it is for intervals
    (`reframing.statistics.design_based`), so that the noise is that of a stratified sample.
    """
    tally, weights, tuned = _weighted(units, design, side, TUNING_BOUNDS, False)
    spread, _ = contributions(design, weights, tuned * tally.scored, tally.found[design.read])
    return np.where(weights > 0, spread / np.where(weights > 0, weights, 1.0), 0.0)


def _units_of(units: Units, design: Design, side: Side) -> Flags:
    inside = np.array([event in side.events for event in design.events.tolist()])
    return np.asarray((units.condition == side.condition) & inside[design.event])


def _share_right(
    design: Design, domain: Flags, right: Floats, of: Floats, interval: float
) -> Interval:
    """The share of `right` moves among those that `of` counts, the reported ones or those found, by unit.

    Units weigh by 1/π, events by their moves. With A right moves and B others the share is A / (A + B), and its
    interval that of the quotient A / B.
    """
    inside = sums(design.event, domain, len(design.events))
    n = int((inside > 0).sum())
    if n == 0:
        return UNDEFINED
    weights = domain / n
    right = right[design.read]
    totals = [
        total(design, weights, weights / np.maximum(inside, 1)[design.event], 0 * weights, found)
        for found in (right, of[design.read] - right)
    ]
    group = np.where(inside > 0, 0, -1)
    odds = Combination(design, group, totals, interval).quotient()
    return Interval(*(1.0 if one == np.inf else float(one / (1 + one)) for one in odds))
