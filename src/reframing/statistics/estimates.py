"""Estimates over events: each event's own ratio, events weighing alike, with an interval by event.

A share (attributions kept of attributions) and a rate (moves per 1,000 words) is the mean over events of
the event's own ratio. Its interval is Wilson's (1927, JASA 22, 209-212) with the sample size that the
clusters leave: the size of equally weighted events divided by the design effect, and a t quantile
(Korn & Graubard 1998, Survey Methodology 24, 193-201; Dean & Pagano 2015, J. Survey Stat. Methodol. 3,
484-503). It keeps its coverage for rare events, where a bootstrap fails: 0 of 4,349 has an upper end.
With few events that hold a case the design effect cannot be measured: it is drawn towards that of a moderate
correlation, and what exceeds 1 is enlarged by its relative standard error. `benchmarks/coverage.py` simulates
how often the interval holds the truth.

A mean of scores or differences has Student's t interval over events.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

PRIOR_CORRELATION = 0.05
"""Correlation within an event that a share's design effect is drawn towards, as if one more event told it."""

PRIOR_EFFECT = 1.5
"""Design effect that a rate's is drawn towards: counts in a text have no number of trials."""

LEAST_EFFECT = 2 / 3
"""Chance makes a measured design effect too small as often as too large; none below this is believed."""


class EventEstimate(NamedTuple):
    """An estimate over events; nan where nothing can be divided.

    `pooled` is the ratio of sums, in which long texts rule, and `n_effective` Kish's (1965) number of
    events that it rests on. `without_one_low` and `without_one_high` are the extremes of the estimates
    that leave out one event at a time.
    """

    value: float
    low: float
    high: float
    n_events: int
    pooled: float
    n_effective: float
    without_one_low: float
    without_one_high: float


NOTHING = EventEstimate(np.nan, np.nan, np.nan, 0, *[np.nan] * 4)


def share_estimate(found: Floats, cases: Floats, interval: float) -> EventEstimate:
    """Mean share of `cases` that are `found`, one number of each an event; in [0, 1]."""
    return _ratio_estimate(found, cases, interval, most=1.0)


def rate_estimate(found: Floats, exposure: Floats, interval: float) -> EventEstimate:
    """Mean rate of `found` a unit of `exposure`, one number of each an event; at least 0."""
    return _ratio_estimate(found, exposure, interval, most=np.inf)


def mean_estimate(
    values: Floats, interval: float, pooled: float, weights: Floats, least: float = -np.inf
) -> EventEstimate:
    """Mean of one value an event, with Student's interval; events that are nan take no part.

    `pooled` is handed on; `weights` are what the events weigh in it. No value can be below `least`, so that the
    interval ends there.
    """
    known = ~np.isnan(values)
    values = values[known]
    n = len(values)
    if n == 0:
        return NOTHING
    value = float(values.mean())
    half = _t(interval, n) * float(values.std(ddof=1)) / np.sqrt(n) if n > 1 else np.nan
    low = float(np.maximum(least, value - half))
    of_all = kish(weights[known])
    return EventEstimate(value, low, value + half, n, pooled, of_all, *_without_one(values))


def kish(weights: Floats) -> float:
    """Kish's effective number of events: of equal weights their number, of one that rules 1."""
    return float(weights.sum() ** 2 / (weights**2).sum()) if (weights > 0).any() else np.nan


def _ratio_estimate(found: Floats, base: Floats, interval: float, most: float) -> EventEstimate:
    usable = base > 0
    found, base = found[usable], base[usable]
    n = len(base)
    if n == 0:
        return NOTHING
    ratios = found / base
    value = float(ratios.mean())
    low = high = np.nan
    if n > 1:
        low, high = _wilson(value, _effective_size(ratios, base, most), _t(interval, n), most)
    pooled = float(found.sum() / base.sum())
    return EventEstimate(value, low, high, n, pooled, kish(base), *_without_one(ratios))


def _effective_size(ratios: Floats, base: Floats, most: float) -> float:
    """Cases of a simple random sample that would tell the mean ratio as well as these events do."""
    n = len(ratios)
    nominal = n / (1 / base).mean()
    value, variance = ratios.mean(), ratios.var(ddof=1) / n
    by_chance = value * (1 - value if np.isfinite(most) else 1) / nominal
    prior = 1 + (nominal / n - 1) * PRIOR_CORRELATION if np.isfinite(most) else PRIOR_EFFECT
    measured = variance / by_chance if by_chance > 0 else 1.0
    telling = _telling(ratios)
    if np.isfinite(most):
        telling = min(telling, _telling(most - ratios))
    effect = (telling * measured + prior) / (telling + 1)
    if effect > 1 and telling:
        effect = 1 + (effect - 1) * (1 + 1 / np.sqrt(max(telling, 1)))
    return float(nominal / max(effect, LEAST_EFFECT))


def _telling(ratios: Floats) -> float:
    """How many events the sum of their ratios rests on: few that are large count as few."""
    squares = float((ratios**2).sum())
    return float(ratios.sum()) ** 2 / squares if squares else 0.0


def _wilson(value: float, size: float, z: float, most: float) -> tuple[float, float]:
    """Wilson's interval of a share, or of a rate as the limit of rare cases (the score interval of a count)."""
    bounded = np.isfinite(most)
    shrink = 1 + z**2 / size if bounded else 1.0
    centre = (value + z**2 / (2 * size)) / shrink
    spread = value * (1 - value if bounded else 1.0) / size + z**2 / (4 * size**2)
    half = z * np.sqrt(spread) / shrink
    low, high = max(0.0, centre - half), min(most, centre + half)
    return (low if value > 0 else 0.0), (high if value < most else most)


def _without_one(values: Floats) -> tuple[float, float]:
    n = len(values)
    if n < 2:
        return np.nan, np.nan
    others = (values.sum() - values) / (n - 1)
    return float(others.min()), float(others.max())


def _t(interval: float, n_events: int) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(n_events - 1, (1 + interval) / 2))
