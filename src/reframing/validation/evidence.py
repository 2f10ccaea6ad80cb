"""What a score rests on: one row of numbers an item, the document it belongs to, and the statistic.

A statistic takes the rows and weights of the items, one set of weights a line, and gives one score a
line: with weights of 1 the score itself, with those of a bootstrap by document its resamples. Intervals
are percentile intervals (Field & Welsh 2007): documents are drawn with replacement, with all their items.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from reframing.statistics.bootstrap import Estimate, Resampling, cluster_weights

Floats = NDArray[np.float64]
Statistic = Callable[[Floats, Floats], Floats]
Groups = Mapping[str, Sequence[Sequence[str]]]


@dataclass(frozen=True)
class Evidence:
    """Rows `values` (items × numbers) with their documents; `groups` names the groups of each item.

    `groups["outlet"][i]` holds the outlets of item `i`: none, one, or several.
    """

    documents: tuple[str, ...]
    values: Floats
    statistic: Statistic = field(repr=False)
    groups: Groups = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.documents)

    def estimate(self, resampling: Resampling) -> Estimate:
        """The score with its interval; nan without items, a nan interval for a single document."""
        if not self.documents:
            return Estimate(np.nan, np.nan, np.nan, 0)
        value = float(self.statistic(self.values, np.ones((1, len(self))))[0])
        names, place = np.unique(np.array(self.documents), return_inverse=True)
        if len(names) == 1:
            return Estimate(value, np.nan, np.nan, 1)
        weights = cluster_weights(len(names), resampling.resamples, resampling.seed)[:, place]
        resampled = self.statistic(self.values, weights)
        resampled = resampled[~np.isnan(resampled)]
        if not len(resampled):
            return Estimate(value, np.nan, np.nan, len(names))
        tail = (1 - resampling.interval) / 2
        low, high = np.quantile(resampled, [tail, 1 - tail])
        return Estimate(value, float(low), float(high), len(names))

    def within(self, kind: str, group: str) -> "Evidence":
        """The items of one group."""
        kept = [i for i, named in enumerate(self.groups[kind]) if group in named]
        documents = tuple(self.documents[i] for i in kept)
        return replace(self, documents=documents, values=self.values[kept], groups={})


class Result(NamedTuple):
    """Evidence for one measure, with its kinds of error where they are known.

    `whole` is false where only its groups are to be shown.
    """

    measure: str
    evidence: Evidence
    whole: bool = True
    errors: Mapping[str, int] = {}


def evidence(
    documents: Sequence[str],
    rows: Sequence[Sequence[float]],
    statistic: Statistic,
    groups: Groups | None = None,
) -> Evidence:
    """Evidence of `rows`, one an item."""
    values = np.array(rows, np.float64) if len(rows) else np.empty((0, 2))
    return Evidence(tuple(documents), values, statistic, groups or {})
