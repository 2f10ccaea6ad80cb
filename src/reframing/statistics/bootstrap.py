"""Intervals and tests by cluster: what is resampled or sign-flipped is the event, never the pair.

Cluster bootstrap with percentile intervals (Field & Welsh 2007, J. R. Stat. Soc. B 69, 369-390);
paired sign-flip permutation test (Good 2005, Permutation, Parametric and Bootstrap Tests, ch. 3);
false discovery rate (Benjamini & Hochberg 1995). Percentile intervals are too narrow where there are
few clusters, and have no width where all clusters have the same value.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

EXACT_CLUSTERS = 10
"""Up to so many clusters, all sign flips are enumerated instead of sampled."""


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


def mean_estimate(values: Floats, resampling: Resampling) -> Estimate:
    """Mean over clusters of one value each; clusters that are nan are left out."""
    values = values[~np.isnan(values)]
    return ratio_estimate(values, np.ones_like(values), resampling)


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


def sign_flip_p(differences: Floats, resampling: Resampling) -> float:
    """Two-sided p that paired `differences`, one a cluster, are centred on 0.

    All flips of up to `EXACT_CLUSTERS` clusters, else a seeded sample of flips to which the observed
    one is added. nan for fewer than two clusters.
    """
    differences = differences[~np.isnan(differences)]
    n = len(differences)
    if n < 2:
        return np.nan
    signs = _all_signs(n) if n <= EXACT_CLUSTERS else _sampled_signs(n, resampling)
    flipped = np.abs(signs @ differences)
    observed = abs(differences.sum())
    return float(np.mean(flipped >= observed * (1 - 1e-9)))


def false_discovery(p_values: Floats) -> Floats:
    """Benjamini-Hochberg q for each p of one family; tests without a p stay nan and count for none."""
    from scipy.stats import false_discovery_control

    q_values = np.full(len(p_values), np.nan)
    tested = ~np.isnan(p_values)
    if tested.any():
        q_values[tested] = false_discovery_control(p_values[tested], method="bh")
    return q_values


@lru_cache(maxsize=8)
def _all_signs(n: int) -> Floats:
    bits = (np.arange(2**n)[:, None] >> np.arange(n)) & 1
    return np.asarray(1.0 - 2.0 * bits, np.float64)


@lru_cache(maxsize=8)
def _sampled_signs(n: int, resampling: Resampling) -> Floats:
    generator = np.random.default_rng(resampling.seed)
    flips = generator.integers(0, 2, size=(resampling.resamples, n))
    return np.vstack([np.ones(n), 1.0 - 2.0 * flips])
