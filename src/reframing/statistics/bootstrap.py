"""Bootstrap intervals by cluster (Field & Welsh 2007, J. R. Stat. Soc. B 69, 369-390), of the scores of exams.

Percentile intervals are too narrow where there are few clusters, and have no width where all clusters have
the same value: the study's own estimates (`estimates`) use other ones.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

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
