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

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

# Bootstrap intervals by cluster (Field & Welsh 2007, J. R. Stat. Soc. B 69, 369-390), of the scores of exams.
#
# Percentile intervals are too narrow where there are few clusters, and have no width where all clusters have
# the same value: the study's own estimates (`estimates`) use other ones.

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Resampling:
    """How often clusters are resampled, how wide the interval is, and from which seed."""

    resamples: int = 2000
    interval: float = 0.95
    seed: int = 0


class Estimate(NamedTuple):
    """A statistic with its percentile interval and the clusters behind it; nan where undefined."""

    value: float
    low: float
    high: float
    n_clusters: int


def ratio_estimate(numerators: Floats, denominators: Floats, resampling: Resampling) -> Estimate:
    """Sum of `numerators` over sum of `denominators`, one of each a cluster.

    Clusters whose denominator is 0 hold nothing to be divided by and are left out. No cluster gives
    nan; a single one gives its value with a nan interval.
    """
    usable = denominators > 0
    numerators, denominators = numerators[usable], denominators[usable]
    n = len(denominators)
    if n == 0:
        return Estimate(np.nan, np.nan, np.nan, 0)
    value = float(numerators.sum() / denominators.sum())
    if n == 1:
        return Estimate(value, np.nan, np.nan, 1)
    weights = cluster_weights(n, resampling.resamples, resampling.seed)
    resampled = (weights @ numerators) / (weights @ denominators)
    tail = (1 - resampling.interval) / 2
    low, high = np.quantile(resampled, [tail, 1 - tail])
    return Estimate(value, float(low), float(high), n)


@lru_cache(maxsize=8)
def cluster_weights(n_clusters: int, resamples: int, seed: int) -> Floats:
    """How often each cluster is drawn in each resample, shape (resamples, n_clusters).

    The same number of clusters gives the same draws, so that a difference of two statistics over the
    same clusters is a paired one.
    """
    generator = np.random.default_rng(seed)
    shares = np.full(n_clusters, 1 / n_clusters)
    weights = generator.multinomial(n_clusters, shares, size=resamples).astype(np.float64)
    weights.flags.writeable = False
    return weights


# Shares of what is right or not, with intervals that hold for few clusters and for shares near 0 and 1.
#
# The share is the weighted mean; its variance is that of the residuals from the mean of each stratum, summed by
# cluster, since what is of one cluster is alike (linearisation: Särndal, Swensson & Wretman 1992, 5.5 and 7.6).
# The interval is Wilson's at the effective number of observations, with the degrees of freedom of the clusters
# (Korn & Graubard 1998, Surv. Methodol. 24, 193-201; Dean & Pagano 2015, J. Surv. Stat. Methodol. 3, 484-503),
# so that it has a width where all observations agree. Simulated, a 95% interval covers 94-97% with thirty
# clusters or more, 97-99% with fewer (`tests/test_precision.py`).


def weighted_share(
    right: Floats, weights: Floats, strata: Sequence[str], clusters: Sequence[str], interval: float
) -> tuple[float, float, float]:
    """The weighted share of `right`, each 0 or 1, with the bounds of its interval."""
    from scipy.stats import t

    share = float(np.average(right, weights=weights))
    residuals = _residuals(right, weights, _pooled(strata)) / weights.sum()
    _, cluster = np.unique(clusters, return_inverse=True)
    sums = np.bincount(cluster, residuals)
    n, n_clusters = len(right), len(sums)
    variance = float(sums @ sums) * n_clusters / max(n_clusters - 1, 1)
    effective = min(share * (1 - share) / variance, n) if variance > 0 else float(n)
    wide, wider = t.ppf((1 + interval) / 2, [max(n - 1, 1), max(n_clusters - 1, 1)])
    return (share, *wilson(share, effective * float(wide / wider) ** 2, interval))


def _pooled(strata: Sequence[str]) -> NDArray[np.intp]:
    """A number for each stratum; strata of one verdict, which have no residual, are put together."""
    _, number, sizes = np.unique(strata, return_inverse=True, return_counts=True)
    return np.where(sizes[number] == 1, len(sizes), number)


def _residuals(right: Floats, weights: Floats, strata: NDArray[np.intp]) -> Floats:
    """Weighted residuals from the mean of each stratum, as large as if the mean were not fitted to them."""
    sizes = np.bincount(strata)[strata]
    means = (np.bincount(strata, weights * right) / np.bincount(strata, weights).clip(1e-300))[
        strata
    ]
    means = np.where(sizes == 1, np.average(right, weights=weights), means)
    return np.asarray(weights * (right - means) * np.sqrt(sizes / np.maximum(sizes - 1, 1)))


def wilson(share: float, n: float, interval: float) -> tuple[float, float]:
    """Wilson's score interval (1927) of a share of `n`, which need not be whole."""
    from scipy.stats import norm

    z = float(norm.ppf((1 + interval) / 2))
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * float(np.sqrt(share * (1 - share) / n + z * z / (4 * n * n)))
    return max(0.0, middle - half), min(1.0, middle + half)


# Estimates over events: each event's own ratio, events weighing alike, with an interval by event.

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
