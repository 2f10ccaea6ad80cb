"""Estimates with confidence intervals: bootstrapped ratios, weighted shares, and means over news events.

**Bootstrap by cluster** (`ratio_estimate`; Field & Welsh 2007, J. R. Stat. Soc. B 69, 369-390) is used for
evaluation scores on annotated data. Percentile intervals are too narrow with few clusters and have no width
where all clusters have the same value, so the study's estimates use the other intervals.

**Weighted share** (`weighted_share`) is used for precision from human verdicts; its variance is by
linearisation (Särndal, Swensson & Wretman 1992, 5.5 and 7.6): residuals from the mean of each stratum, summed
by cluster, because observations in one cluster are correlated. The interval is Wilson's at the effective sample
size, with the degrees of freedom of the clusters (Korn & Graubard 1998, Surv. Methodol. 24, 193-201; Dean &
Pagano 2015, J. Surv. Stat. Methodol. 3, 484-503), so it has a width even where all observations agree. In
simulations, a 95% interval covers 94-97% with thirty clusters or more and 97-99% with fewer
(`tests/coding/test_precision.py`).

**Means over events** (`share_estimate`, `rate_estimate`, `mean_estimate`) give all events equal weight. A share
(attributions kept / attributions) or rate (moves per 1,000 words) is the mean of the events' own ratios. Its
interval is Wilson's (1927, JASA 22, 209-212) at the nominal sample size divided by the design effect, with a t
quantile (Korn & Graubard 1998; Dean & Pagano 2015). It keeps its coverage for rare cases, where the bootstrap
fails: 0 of 4,349 still has an upper bound above 0. With few events that contain a case the design effect cannot
be measured well: it is shrunk towards that of a moderate correlation, and its excess over 1 is enlarged by its
relative standard error. `benchmarks/coverage.py` simulates the coverage. A mean of scores or differences has
Student's t interval over events.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

# Ratios with bootstrap intervals by cluster.

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Resampling:
    """Settings of the bootstrap: number of resamples, confidence level of the interval, and random seed."""

    resamples: int = 2000
    interval: float = 0.95
    seed: int = 0


class Estimate(NamedTuple):
    """A statistic with its percentile interval and the number of clusters behind it; nan where undefined."""

    value: float
    low: float
    high: float
    n_clusters: int


def ratio_estimate(numerators: Floats, denominators: Floats, resampling: Resampling) -> Estimate:
    """Sum of `numerators` divided by sum of `denominators`, with a percentile bootstrap interval.

    Both arrays have one element per cluster; clusters whose denominator is 0 are ignored. Without clusters the
    estimate is nan; with a single one its interval is nan.
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

    The draws depend only on the arguments, so two statistics over the same clusters use the same resamples and
    their difference is a paired one.
    """
    generator = np.random.default_rng(seed)
    shares = np.full(n_clusters, 1 / n_clusters)
    weights = generator.multinomial(n_clusters, shares, size=resamples).astype(np.float64)
    weights.flags.writeable = False
    return weights


# Weighted shares of binary observations, with intervals by cluster.


def weighted_share(
    right: Floats, weights: Floats, strata: Sequence[str], clusters: Sequence[str], interval: float
) -> tuple[float, float, float]:
    """Weighted mean of `right` (0 or 1), with the lower and upper bound of its interval.

    All sequences have one element per observation; `interval` is the confidence level, such as 0.95.
    """
    from scipy.stats import norm, t

    share = float(np.average(right, weights=weights))
    residuals = _residuals(right, weights, _pooled(strata)) / weights.sum()
    _, cluster = np.unique(clusters, return_inverse=True)
    sums = np.bincount(cluster, residuals)
    n, n_clusters = len(right), len(sums)
    variance = float(sums @ sums) * n_clusters / max(n_clusters - 1, 1)
    effective = min(share * (1 - share) / variance, n) if variance > 0 else float(n)
    wide, wider = t.ppf((1 + interval) / 2, [max(n - 1, 1), max(n_clusters - 1, 1)])
    z = float(norm.ppf((1 + interval) / 2))
    return (share, *wilson(share, effective * float(wide / wider) ** 2, z))


def _pooled(strata: Sequence[str]) -> NDArray[np.intp]:
    """Stratum index of each observation; strata of one observation, which have no residual, are merged."""
    _, number, sizes = np.unique(strata, return_inverse=True, return_counts=True)
    return np.where(sizes[number] == 1, len(sizes), number)


def _residuals(right: Floats, weights: Floats, strata: NDArray[np.intp]) -> Floats:
    """Weighted residuals from the stratum means, scaled by sqrt(n / (n - 1)) because the means are fitted."""
    sizes = np.bincount(strata)[strata]
    means = (np.bincount(strata, weights * right) / np.bincount(strata, weights).clip(1e-300))[
        strata
    ]
    means = np.where(sizes == 1, np.average(right, weights=weights), means)
    return np.asarray(weights * (right - means) * np.sqrt(sizes / np.maximum(sizes - 1, 1)))


def wilson(value: float, size: float, z: float, most: float = 1.0) -> tuple[float, float]:
    """Wilson's (1927) score interval of a share, or of a rate (`most` infinite) as its limit for rare cases.

    `size` is the number of observations, which may be fractional, and `z` the quantile of the interval.
    """
    bounded = np.isfinite(most)
    shrink = 1 + z**2 / size if bounded else 1.0
    centre = (value + z**2 / (2 * size)) / shrink
    spread = value * (1 - value if bounded else 1.0) / size + z**2 / (4 * size**2)
    half = z * float(np.sqrt(spread)) / shrink
    low, high = max(0.0, centre - half), min(most, centre + half)
    return (low if value > 0 else 0.0), (high if value < most else most)


# Means over events, all events with equal weight.

PRIOR_CORRELATION = 0.05
"""Intra-event correlation behind the prior design effect of a share; the prior weighs as much as one event."""

PRIOR_EFFECT = 1.5
"""Prior design effect of a rate: counts per text have no number of trials to derive one from."""

LEAST_EFFECT = 2 / 3
"""Smallest design effect used: a smaller measured one is taken for sampling error."""


class EventEstimate(NamedTuple):
    """An estimate over events, with the bounds of its interval; nan where nothing can be divided.

    `pooled` is the ratio of sums over all events, in which long texts dominate, and `n_effective` Kish's (1965)
    effective number of events behind it. `without_one_low` and `without_one_high` are the smallest and largest
    leave-one-event-out estimates.
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
    """Mean over events of the share `found` / `cases` (counts by event); events without cases are ignored."""
    return _ratio_estimate(found, cases, interval, most=1.0)


def rate_estimate(found: Floats, exposure: Floats, interval: float) -> EventEstimate:
    """Mean over events of the rate `found` / `exposure` (by event); events without exposure are ignored."""
    return _ratio_estimate(found, exposure, interval, most=np.inf)


def mean_estimate(
    values: Floats, interval: float, pooled: float, weights: Floats, least: float = -np.inf
) -> EventEstimate:
    """Mean of one value per event, with Student's t interval; events whose value is nan are ignored.

    `pooled` is passed through to the result, and `weights` are the events' weights in it. `least` is the lowest
    possible value, at which the interval is cut off.
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
    """Kish's effective number of events, (Σw)² / Σw²: n for equal weights, 1 where one event dominates."""
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
        low, high = wilson(value, _effective_size(ratios, base, most), _t(interval, n), most)
    pooled = float(found.sum() / base.sum())
    return EventEstimate(value, low, high, n, pooled, kish(base), *_without_one(ratios))


def _effective_size(ratios: Floats, base: Floats, most: float) -> float:
    """Size of a simple random sample that would estimate the mean ratio as precisely as these events."""
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
    """Effective number of events behind the sum of ratios, (Σr)² / Σr²: small where a few events dominate."""
    squares = float((ratios**2).sum())
    return float(ratios.sum()) ** 2 / squares if squares else 0.0


def _without_one(values: Floats) -> tuple[float, float]:
    n = len(values)
    if n < 2:
        return np.nan, np.nan
    others = (values.sum() - values) / (n - 1)
    return float(others.min()), float(others.max())


def _t(interval: float, n_events: int) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(n_events - 1, (1 + interval) / 2))
