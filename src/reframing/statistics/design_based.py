"""Means over events from a sample that was read, predictions for all units, and known inclusion probabilities.

A weighted sum Σ a Y over all units is estimated by Σ a m + Σ (R / π) a (Y - m), where m is the prediction, R
whether the unit was read, and π its inclusion probability: the difference estimator (Särndal, Swensson &
Wretman 1992, Model Assisted Survey Sampling, 6.3), which is unbiased whatever m is.

**Variance** is that between events, or two-way where articles recur in several events (Cameron, Gelbach &
Miller 2011, J. Bus. Econ. Stat. 29, 238-249; never less than that of one of the clusters). First, the residuals
a (Y - m) of a stratum are replaced by deviations from their mean in the sample, and the mean is spread over all
units of the stratum. This leaves the estimate as it is, and only what varies from one stratified sample to the
next in its variance. Degrees of freedom are Satterthwaite's (1946), from events less one and units read in each
stratum less one. For a mean of equally weighted events this is the CR2 variance of Bell & McCaffrey (2002,
Surv. Methodol. 28, 169-181); where all units are read, the interval of a difference is Student's, and Welch's
for two groups of events. That of a rate is as long but lopsided like Wilson's (1927), since its variance
grows with it.

**Few finds.** In strata with fewer than `FEW` finds, if these have fewer together as well, and in those
without predictions, the estimate is a weighted sum of a small count. Student's t knows neither its skewness
nor, without a find, its variance. There the distances to the bounds are those of the gamma interval of
weighted counts (Fay & Feuer 1997, Stat. Med. 16, 791-801, with the mean of the weights in place of the
greatest: Tiwari, Clegg & Zou 2006, Stat. Methods Med. Res. 15, 547-569). For equal weights this is Garwood's
(1936) exact interval of a Poisson count, conservative for draws without replacement. From `FEW` finds on half a
find is added in place of one, about the mid-P interval (Fay & Kim 2017, Biom. J. 59, 377-387). Strata of one
such cell are one weighted count, as in the standardised rates that the interval was made for. The squared
distances take the place of the cell's own variance in the sum (variance recovery: Zou & Donner 2008, Stat. Med.
27, 1693-1702).
"""

from collections.abc import Callable, Sequence
from math import fsum, sqrt
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from reframing.statistics.estimates import Floats

Names = NDArray[Any]
Codes = NDArray[np.intp]
Flags = NDArray[np.bool_]


class Interval(NamedTuple):
    """An estimate with the bounds of its interval; nan where it is undefined."""

    value: float
    low: float
    high: float


UNDEFINED = Interval(np.nan, np.nan, np.nan)


def sums(codes: Codes, values: Any, n: int) -> Floats:
    """Sums of `values` by code, of `n` codes."""
    return np.bincount(codes, values, n).astype(np.float64)


# The sampling design.

FOLDS = 5
"""Folds of events for the tuning; fewer events have a fold each."""


class Design(NamedTuple):
    """Clusters and strata as numbers, and what was read; arrays are by unit, `read_…` by unit that was read.

    `events` are the names of the events. `article` is the second cluster, None where each article is in one
    event. By stratum: `n_read`; `fixed`, whether its units were a simple random sample, with one probability
    and as many read as it says (otherwise draws are taken for independent); and `inflation` of the centred
    residuals, for the degree of freedom that their mean costs: √((n - π²) / (n - 1)).
    """

    events: Names
    event: Codes
    fold: Codes
    article: Codes | None
    stratum: Codes
    probability: Floats
    n_read: Floats
    fixed: Flags
    inflation: Floats
    read: Codes
    read_stratum: Codes
    read_fold: Codes
    read_weight: Floats


def design_of(
    event: Names, article: Names, stratum: Names, probability: Floats, read: Flags
) -> Design:
    """The design, from each unit's event, article, stratum, inclusion probability, and whether it was read."""
    names, events = np.unique(event, return_inverse=True)
    strata, first, h = np.unique(stratum, return_index=True, return_inverse=True)
    n, places = len(strata), np.flatnonzero(read)
    n_units, n_read = sums(h, np.ones(len(h)), n), sums(h, read, n)
    planned = probability[first]
    uneven = sums(h, probability != planned[h], n) > 0
    as_planned = np.abs(n_read - planned * n_units) < 1e-6 * n_units
    fixed = ~uneven & as_planned & ((n_read > 1) | (planned == 1))
    inflated = fixed & (n_read > 1)
    squared = np.where(inflated, (n_read - planned**2) / np.maximum(n_read - 1, 1), 1.0)
    fold = events % min(FOLDS, len(names))
    return Design(
        events=names,
        event=events,
        fold=fold,
        article=None if article is event else _second_cluster(article, events),
        stratum=h,
        probability=probability,
        n_read=n_read,
        fixed=fixed,
        inflation=np.sqrt(squared),
        read=places,
        read_stratum=h[places],
        read_fold=fold[places],
        read_weight=1 / probability[places],
    )


def _second_cluster(article: Names, event: Codes) -> Codes | None:
    _, codes = np.unique(article, return_inverse=True)
    together = np.unique(np.stack([codes, event]), axis=1).shape[1]
    return None if together == codes.max() + 1 else codes


# How far predictions are used.

TUNING_BOUNDS = (0.0, 1.0)
"""Bounds of λ: at 0 the readings are used alone, at 1 scores as they are, which is best if they are calibrated.

With few units read, a λ that may leave them is mostly noise. The estimate is unbiased either way.
"""


def tuning(
    design: Design,
    weights: Floats,
    found: Floats,
    scored: Floats,
    bounds: tuple[float, float] = TUNING_BOUNDS,
) -> Floats:
    """λ of each fold of events, shape (FOLDS,), from what was read in the other folds.

    It minimises the sampling variance of Σ a (Y - λ g) with `weights` a, `found` Y and `scored` g, arrays by
    unit that was read: a regression weighted by 1/π (1/π - 1), centred in the strata that are `fixed`. It is 0
    where nothing varies.
    """
    h, w = design.read_stratum, design.read_weight
    n_strata = len(design.fixed)
    y, g = weights * found, weights * scored
    tuned = np.zeros(FOLDS)
    for fold in range(FOLDS):
        other = design.read_fold != fold
        n = sums(h, other, n_strata)
        importance = other * w * (w - 1) * (n / np.maximum(n - design.fixed, 1))[h]
        share = np.where(design.fixed, 1 / np.maximum(n, 1), 0.0)
        dy, dg = (x - (share * sums(h, other * x, n_strata))[h] for x in (y, g))
        squares = float(importance @ dg**2)
        if squares > 0:
            tuned[fold] = np.clip((importance * dg) @ dy / squares, *bounds)
    return tuned


# Sums over units, and what their intervals are made of.

FEW = 5
"""Finds in a stratum below which the gamma interval is used although there are predictions."""


class FewFinds(NamedTuple):
    """Cells of strata whose part of a sum has a gamma interval, one element each.

    One cell has the strata without predictions, the other those with few finds; they are `n_strata` together.
    `total` is their part from readings alone and `variance` its variance; `own_variance` is what the variance
    of the sum has of them. `weight` and `square` are the mean of the weights of a find, and of their squares.
    Where there are `predicted` moves the interval is not shorter than t's on either side.
    """

    total: Floats
    variance: Floats
    own_variance: Floats
    weight: Floats
    square: Floats
    predicted: Flags
    n_strata: int = 0


class Total(NamedTuple):
    """A mean over events, with sums of its linearised values by event, by article, and by both.

    The last two are None where events are the only clusters. `sampling` is the variance due to sampling, by
    stratum; `n_strata` are those with units in it.
    """

    value: float
    by_event: Floats
    by_article: Floats | None
    by_both: Floats | None
    sampling: Floats
    few: FewFinds
    n_strata: int


def total(
    design: Design, weights: Floats, shares: Floats, predicted: Floats, found: Floats
) -> Total:
    """The sum of `weights` (0 or more) times what is found, with `predicted` by unit and `found` by unit read.

    It is a mean over events: `shares` are the units' shares in them, which add up to 1 / n in each of n events
    and are 0 outside.
    """
    h, w, a = design.read_stratum, design.read_weight, weights[design.read]
    n_strata = len(design.fixed)
    spread, sampling = contributions(design, weights, predicted, found)
    value = float(weights @ predicted + w @ (a * (found - predicted[design.read])))
    linear = spread - value * shares
    by_article = by_both = None
    if design.article is not None:
        both = design.article * len(design.events) + design.event
        by_article, by_both = sums(design.article, linear, 0), sums(both, linear, 0)
    n_finds = sums(h, (a > 0) & (found > 0), n_strata)
    present = sums(design.stratum, weights > 0, n_strata) > 0
    unpredicted = sums(design.stratum, weights * np.abs(predicted), n_strata) == 0
    cells = [present & unpredicted, present & ~unpredicted & (n_finds < FEW)]
    finds = [float(n_finds[cell].sum()) for cell in cells]
    used = [cells[0].any(), cells[1].any() and finds[1] < FEW]
    cell_of = np.full(n_strata, -1)
    for number, place in enumerate(np.flatnonzero(used)):
        cell_of[cells[place]] = number
    predicted_cells = np.flatnonzero(used) == 1
    added = np.array([1.0 if finds[k] < FEW else 0.5 for k in np.flatnonzero(used)])
    return Total(
        value,
        sums(design.event, linear, len(design.events)),
        by_article,
        by_both,
        sampling,
        _few_finds(design, cell_of, predicted_cells, added, weights, shares, spread, found),
        int(present.sum()),
    )


def contributions(
    design: Design, weights: Floats, predicted: Floats, found: Floats
) -> tuple[Floats, Floats]:
    """The contribution of each unit to a sum, and the variance due to sampling, by stratum.

    In a fixed stratum the mean residual is spread over all units, so that only deviations from it vary.
    """
    h, w, read = design.read_stratum, design.read_weight, design.read
    residuals = weights[read] * (found - predicted[read])
    n_strata = len(design.fixed)
    means = design.fixed * sums(h, residuals, n_strata) / np.maximum(design.n_read, 1)
    deviations = residuals - means[h]
    spread = weights * predicted + means[design.stratum]
    spread[read] += w * design.inflation[h] * deviations
    for_mean = design.n_read / np.maximum(design.n_read - design.fixed, 1)
    return spread, sums(h, w * (w - 1) * deviations**2, n_strata) * for_mean


def _few_finds(
    design: Design,
    cell_of: Codes,
    predicted: Flags,
    added: Floats,
    weights: Floats,
    shares: Floats,
    spread: Floats,
    found: Floats,
) -> FewFinds:
    """The cells of strata with few finds, to each of which a part of a find is `added`.

    `cell_of` is the cell of each stratum, -1 where its finds are not few.
    """
    n, n_events = len(added), len(design.events)
    if not n:
        none = np.zeros(0)
        return FewFinds(none, none, none, none, none, none > 0, 0)
    of = np.flatnonzero(cell_of[design.stratum] >= 0)
    cell = cell_of[design.stratum[of]]
    strata = np.flatnonzero(cell_of >= 0)
    inside = sums(design.event, shares, n_events) > 0

    def variance(values: Floats) -> Floats:
        by_event = sums(cell * n_events + design.event[of], values[of], n * n_events)
        ours, others = (by_event.reshape(n, -1)[:, which] for which in (inside, ~inside))
        deviations = ours - ours.mean(axis=1, keepdims=True)
        size = ours.shape[1]
        between = (deviations**2).sum(axis=1) * size / max(size - 1, 1)
        return np.asarray(between + (others**2).sum(axis=1))

    alone, _ = contributions(design, weights, np.zeros(len(weights)), found)
    finds = design.read_weight * weights[design.read] * found
    of_one = (weights / design.probability)[of]
    members = sums(cell, of_one > 0, n) / added
    return FewFinds(
        sums(cell_of[strata], sums(design.read_stratum, finds, len(design.fixed))[strata], n),
        variance(alone),
        variance(spread),
        sums(cell, of_one, n) / members,
        sums(cell, of_one**2, n) / members,
        predicted,
        len(strata),
    )


# Intervals of linear combinations and quotients.


class Combination:
    """Linear combinations and quotients of `totals` from one sample.

    `group` is the group of each event, whose events vary about a mean of their own; -1 is for events outside.
    `interval` is the confidence level, such as 0.95.
    """

    def __init__(
        self, design: Design, group: Codes, totals: Sequence[Total], interval: float
    ) -> None:
        n = np.bincount(group[group >= 0]).astype(float)
        self._totals = totals
        self._interval = interval
        self._too_few_events = bool(n.min() < 2)
        self._group = group
        self._df = np.maximum(n - 1, 1)
        self._factor = np.where(group >= 0, (n / self._df)[group], 1.0)
        self._sampling_df = np.maximum(design.n_read - 1, 1)

    @property
    def method(self) -> str:
        """`t`, or in how many strata the gamma interval is used, such as `t, gamma in 2 of 6 strata`."""
        few = sum(one.few.n_strata for one in self._totals)
        of = sum(one.n_strata for one in self._totals)
        return f"t, gamma in {few} of {of} strata" if few else "t"

    def sum(self, factors: Sequence[float]) -> Interval:
        """The sum of the totals times `factors`; its bounds are nan where a group has one event."""
        terms = list(zip(map(float, factors), self._totals, strict=True))
        value = float(np.sum([c * one.value for c, one in terms]))
        if self._too_few_events:
            return Interval(value, np.nan, np.nan)
        variance, t = self._variance(terms)
        few = [(c, one.few) for c, one in terms if c and len(one.few.total)]
        own = [c**2 * float(one.own_variance.sum()) for c, one in few]
        rest = t**2 * fsum([variance, *(-part for part in own)])
        below, above = _skewed(rest, value) if len(terms) == 1 else (rest, rest)
        down, up = [below], [above]
        for c, one in few:
            least = t**2 * np.where(one.predicted, one.own_variance, 0.0)
            distances = _gamma_distances(one, t, self._interval)[:: 1 if c > 0 else -1]
            for squares, distance in zip((down, up), distances, strict=True):
                squares.append(c**2 * float(np.maximum(distance**2, least).sum()))
        # exact sums, so that swapped signs give swapped bounds
        low, high = value - sqrt(max(fsum(down), 0.0)), value + sqrt(max(fsum(up), 0.0))
        return Interval(value, low, high)

    def quotient(self) -> Interval:
        """The first total by the second, with all quotients ρ for which first - ρ · second may be 0.

        Fieller 1954, J. R. Stat. Soc. B 16, 175-185. The upper bound is infinite where the second may be 0.
        """
        top, bottom = self._totals[0].value, self._totals[1].value
        if top <= 0 >= bottom:
            return UNDEFINED
        value = top / bottom if bottom > 0 else np.inf
        if self._too_few_events:
            return Interval(value, np.nan, np.nan)

        def low(quotient: float) -> float:
            return self.sum((1.0, -quotient)).low

        def high(quotient: float) -> float:
            return self.sum((1.0, -quotient)).high

        bounded = np.isfinite(value) and self.sum((0.0, 1.0)).low > 0
        return Interval(
            value,
            _root(low, 0.0, value) if low(0.0) > 0 else 0.0,
            _root(high, max(value, 0.0), np.inf) if bounded else np.inf,
        )

    def _variance(self, terms: Sequence[tuple[float, Total]]) -> tuple[float, float]:
        """The variance of a combination, and the t quantile with Satterthwaite's degrees of freedom."""
        by_event = _added([c * one.by_event for c, one in terms])
        by_group = sums(self._group + 1, self._factor * by_event**2, len(self._df) + 1)
        variance, df = float(by_group.sum()), self._df
        articles = [c * one.by_article for c, one in terms if one.by_article is not None]
        if articles:
            by_article = _added(articles)
            by_both = _added([c * one.by_both for c, one in terms if one.by_both is not None])
            alone = _sandwich(by_article)
            variance = max(variance + alone - _sandwich(by_both), variance, alone)
            df = np.minimum(df, max(int(np.count_nonzero(by_article)) - 1, 1))
        sampling = _added([c**2 * one.sampling for c, one in terms])
        between = max(variance - float(sampling.sum()), 0.0)
        parts = between * by_group[1:] / max(float(by_group[1:].sum()), 1e-300)
        spread = float((parts**2 / df).sum() + (sampling**2 / self._sampling_df).sum())
        whole = between + float(sampling.sum())
        freedom = min(whole**2 / spread, float(df.sum())) if spread > 0 else float(df.min())
        return variance, _t(freedom, self._interval)


def _skewed(square: float, value: float) -> tuple[float, float]:
    """Squared distances to the bounds of a rate, whose variance grows with it: Wilson's (1927) in place of t's.

    Their geometric mean is `square`, the squared distance of a symmetric interval.
    """
    if square <= 0 or value <= 0:
        return square, square
    shift = square / (2 * value)
    root = sqrt(square + shift**2)
    return (root - shift) ** 2, (root + shift) ** 2


def _added(arrays: Sequence[Floats]) -> Floats:
    return np.asarray(np.sum(arrays, axis=0), np.float64)


def _t(df: float, interval: float) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(df, (1 + interval) / 2))


def _sandwich(by_cluster: Floats) -> float:
    n = int(np.count_nonzero(by_cluster))
    return float(by_cluster @ by_cluster) * n / max(n - 1, 1)


def _gamma_distances(few: FewFinds, t: float, interval: float) -> tuple[Floats, Floats]:
    """Distances from the part of each stratum to the lower and upper bound of its gamma interval."""
    from scipy.special import gammaincinv, ndtri

    tail = (1 - interval) / 2
    variance = few.variance * (t / float(ndtri(1 - tail))) ** 2
    known = (few.total > 0) & (variance > 0)
    scale = np.where(known, variance, 1.0) / np.where(known, few.total, 1.0)
    low = np.where(known, scale * gammaincinv(few.total / scale, tail), few.total)
    mean = few.total + few.weight
    scale = (variance + few.square) / mean
    return few.total - low, scale * gammaincinv(mean / scale, 1 - tail) - few.total


_ENDLESS = 1e12  # a quotient beyond which none is looked for


def _root(falling: Callable[[float], float], first: float, last: float) -> float:
    """Where a function falls through 0 between two points, the last of which may be infinite; or inf."""
    from scipy.optimize import brentq

    if not np.isfinite(last):
        last = 2 * first + 1
        while falling(last) > 0:
            last *= 2
            if last > _ENDLESS:
                return float("inf")
    if falling(first) <= 0:
        return first
    if falling(last) >= 0:  # by rounding
        return last
    return float(brentq(falling, first, last, xtol=1e-12, rtol=1e-12))
