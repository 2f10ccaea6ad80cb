"""Scores with bootstrap intervals by document, matching of spans, and counts of kinds of error."""

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from reframing.documents.records import Span
from reframing.statistics.estimates import Estimate, Resampling, cluster_weights

# Evidence: the rows of numbers behind a score, and the statistic that turns them into one.

Floats = NDArray[np.float64]
Statistic = Callable[[Floats, Floats], Floats]
"""A score as a function of rows (items × numbers) and weights (lines × items): one score per line.

Weights of 1 give the score itself, the weights of a bootstrap its resamples.
"""
Groups = Mapping[str, Sequence[Sequence[str]]]


@dataclass(frozen=True)
class Evidence:
    """Rows of numbers `values` (items × numbers), the document of each item, and the statistic of the score.

    `groups` gives the groups of each item by grouping: `groups["outlet"][i]` has the outlets of item `i`,
    none, one, or several.
    """

    documents: tuple[str, ...]
    values: Floats
    statistic: Statistic = field(repr=False)
    groups: Groups = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.documents)

    def estimate(self, resampling: Resampling) -> Estimate:
        """The score with its percentile bootstrap interval by document (Field & Welsh 2007).

        Documents are drawn with replacement, each with all its items. The score is nan without items; the
        interval is nan for a single document.
        """
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
        """The evidence of the items that belong to `group` in the grouping `kind`."""
        kept = [i for i, named in enumerate(self.groups[kind]) if group in named]
        documents = tuple(self.documents[i] for i in kept)
        return replace(self, documents=documents, values=self.values[kept], groups={})


class Result(NamedTuple):
    """Evidence for one measure, with counts of its kinds of error where they are known.

    `whole` is false if only the scores by group are to be reported.
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
    """Evidence from one row of numbers per item."""
    values = np.array(rows, np.float64) if len(rows) else np.empty((0, 2))
    return Evidence(tuple(documents), values, statistic, groups or {})


# Statistics: rows and weights in, scores out. Ratios with nothing to divide by are nan.


def f1(values: Floats, weights: Floats) -> Floats:
    """Micro-averaged F1 of rows (matched, gold, predicted): 2 Σ matched / Σ (gold + predicted)."""
    matched, gold, predicted = (weights @ values).T
    return _ratio(2 * matched, gold + predicted)


def share(values: Floats, weights: Floats) -> Floats:
    """Share of rows (credit, possible): Σ credit / Σ possible."""
    credit, possible = (weights @ values).T
    return _ratio(credit, possible)


def macro_f1(n_classes: int) -> Statistic:
    """A statistic: mean F1 over the classes that occur, of rows (gold class, predicted class)."""

    def statistic(values: Floats, weights: Floats) -> Floats:
        table = confusion(values, weights, n_classes)
        right = np.diagonal(table, axis1=1, axis2=2)
        return _mean(_ratio(2 * right, table.sum(axis=1) + table.sum(axis=2)))

    return statistic


def balanced_accuracy(n_classes: int) -> Statistic:
    """A statistic: mean recall over the classes in the gold, of rows (gold class, predicted class)."""

    def statistic(values: Floats, weights: Floats) -> Floats:
        table = confusion(values, weights, n_classes)
        return _mean(_ratio(np.diagonal(table, axis1=1, axis2=2), table.sum(axis=2)))

    return statistic


def confusion(values: Floats, weights: Floats, n_classes: int) -> Floats:
    """Weighted counts by gold and predicted class, shape (lines of weights, classes, classes)."""
    cell = values[:, 0].astype(int) * n_classes + values[:, 1].astype(int)
    counts = weights @ np.eye(n_classes**2)[cell]
    return counts.reshape(-1, n_classes, n_classes)


def pearson(values: Floats, weights: Floats) -> Floats:
    """Pearson correlation of rows (x, y); nan where one of them is constant."""
    x, y = (values - values.mean(axis=0)).T
    n = weights.sum(axis=1)
    mean_x, mean_y = weights @ x / n, weights @ y / n
    covariance = weights @ (x * y) / n - mean_x * mean_y
    spread = (weights @ x**2 / n - mean_x**2) * (weights @ y**2 / n - mean_y**2)
    return _ratio(covariance, np.sqrt(np.where(spread > 1e-15, spread, 0)))


def auc(values: Floats, weights: Floats) -> Floats:
    """Area under the ROC curve of rows (score, label 0 or 1): how often a 1 outscores a 0, ties count half."""
    order = np.argsort(values[:, 0], kind="stable")
    scores, labels = values[order].T
    first = np.flatnonzero(np.r_[True, np.diff(scores) > 0])
    weights = weights[:, order]
    positive = np.add.reduceat(weights * labels, first, axis=1)
    negative = np.add.reduceat(weights * (1 - labels), first, axis=1)
    below = np.cumsum(negative, axis=1) - negative / 2
    return _ratio((positive * below).sum(axis=1), positive.sum(axis=1) * negative.sum(axis=1))


def calibration_error(values: Floats, weights: Floats, bins: int) -> Floats:
    """Expected calibration error of rows (score, label 0 or 1): mean |share of 1 − mean score| over bins.

    Bins hold equal numbers of items by score (Naeini et al. 2015; equal mass: Nixon et al. 2019) and are
    formed without the weights; a bin counts by the weight in it.
    """
    order = np.argsort(values[:, 0], kind="stable")
    gaps = (values[order, 1] - values[order, 0]) * weights[:, order]
    first = np.unique(np.linspace(0, len(order), bins, endpoint=False).astype(int))
    return _ratio(np.abs(np.add.reduceat(gaps, first, axis=1)).sum(axis=1), weights.sum(axis=1))


def best_threshold(scores: Sequence[float], labels: Sequence[bool], statistic: Statistic) -> float:
    """The threshold on scores, yes from it upwards, for which a statistic of rows (label, answer) is highest.

    Candidates are the lowest score and the midpoints between neighbouring distinct scores; of equally
    good ones the lowest wins.
    """
    distinct = np.unique(np.array(scores))
    candidates = [distinct[0], *((distinct[:-1] + distinct[1:]) / 2)]
    score, label = np.array(scores), np.array(labels, np.float64)

    def quality(threshold: float) -> float:
        rows = np.column_stack([label, score >= threshold])
        return float(statistic(rows, np.ones((1, len(rows))))[0])

    return float(max(candidates, key=quality))


def _ratio(part: Floats, whole: Floats) -> Floats:
    return np.divide(part, whole, out=np.full(np.shape(part), np.nan), where=whole > 0)


def _mean(by_class: Floats) -> Floats:
    known = ~np.isnan(by_class)
    return _ratio(np.where(known, by_class, 0).sum(axis=1), known.sum(axis=1).astype(np.float64))


# Precision, recall and F1 of predicted against gold spans: exact, by overlap, by token.

Documents = Sequence[Sequence[Span]]
"""One sequence of spans per document; gold and predicted ones list the documents in the same order."""


class Scores(NamedTuple):
    """Precision, recall and F1 in [0, 1], micro-averaged over documents, with the counts behind them.

    A ratio with nothing to divide by is nan, except that F1 is 0 where only one of gold and prediction is
    empty.
    """

    precision: float
    recall: float
    f1: float
    n_matched: int
    n_gold: int
    n_predicted: int


def exact_prf(gold: Documents, predicted: Documents) -> Scores:
    """Scores by exact match: a predicted span counts if a gold span has the same two offsets."""
    matched = sum(len(set(g) & set(p)) for g, p in zip(gold, predicted, strict=True))
    return _scores(matched, sum(map(_n_distinct, gold)), sum(map(_n_distinct, predicted)))


def overlap_prf(gold: Documents, predicted: Documents) -> Scores:
    """Scores by overlap: a predicted span counts if it shares a character with a gold span, one to one.

    In order of start, each predicted span takes the first unmatched gold span that it overlaps. This is a
    maximum matching unless a span contains another one of the same set.
    """
    matched = sum(_overlapping(sorted(g), sorted(p)) for g, p in zip(gold, predicted, strict=True))
    return _scores(matched, sum(map(len, gold)), sum(map(len, predicted)))


def token_prf(gold: Documents, predicted: Documents, tokens: Documents) -> Scores:
    """Scores by token: a token counts as marked if a span covers any of its characters.

    `tokens` holds the token spans of each document, sorted by start, without overlap.
    """
    matched = n_gold = n_predicted = 0
    for one_gold, one_predicted, one_tokens in zip(gold, predicted, tokens, strict=True):
        marked, guessed = _covered(one_gold, one_tokens), _covered(one_predicted, one_tokens)
        matched += len(marked & guessed)
        n_gold += len(marked)
        n_predicted += len(guessed)
    return _scores(matched, n_gold, n_predicted)


def _scores(matched: int, n_gold: int, n_predicted: int) -> Scores:
    precision = matched / n_predicted if n_predicted else math.nan
    recall = matched / n_gold if n_gold else math.nan
    f1 = 2 * matched / (n_gold + n_predicted) if n_gold + n_predicted else math.nan
    return Scores(precision, recall, f1, matched, n_gold, n_predicted)


def _n_distinct(spans: Iterable[Span]) -> int:
    return len(set(spans))


def _overlapping(gold: Sequence[Span], predicted: Sequence[Span]) -> int:
    taken, first, matched = [False] * len(gold), 0, 0
    for span in predicted:
        while first < len(gold) and (taken[first] or gold[first].end <= span.start):
            first += 1
        for i in range(first, len(gold)):
            if gold[i].start >= span.end:
                break
            if not taken[i] and gold[i].overlaps(span):
                taken[i] = True
                matched += 1
                break
    return matched


def _covered(spans: Iterable[Span], tokens: Sequence[Span]) -> set[int]:
    ends = [token.end for token in tokens]
    covered: set[int] = set()
    for span in spans:
        i = bisect_left(ends, span.start + 1)
        while i < len(tokens) and tokens[i].start < span.end:
            covered.add(i)
            i += 1
    return covered


# Kinds of error with their counts.

RIGHT = "right"


def span_errors(
    gold: Iterable[Sequence[Span]], predicted: Iterable[Sequence[Span]]
) -> dict[str, int]:
    """How often gold spans were found or missed and predicted spans are spurious, over all documents.

    A gold span is `missed` if no predicted span overlaps it. Otherwise it is compared with the predicted
    span that shares most characters with it: `right`, `begins wrong`, `ends wrong` or `both ends wrong`.
    A predicted span that overlaps no gold span is `spurious`.
    """
    counts: Counter[str] = Counter()
    for one_gold, one_predicted in zip(gold, predicted, strict=True):
        counts.update(_found(span, one_predicted) for span in one_gold)
        counts["spurious"] += sum(not any(map(p.overlaps, one_gold)) for p in one_predicted)
    return dict(sorted(counts.items()))


def label_errors(pairs: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Counts of `right` answers and of each confusion (`gold → given`), from pairs (gold, given)."""
    counts = Counter(RIGHT if gold == given else f"{gold} → {given}" for gold, given in pairs)
    return dict(sorted(counts.items()))


def _found(span: Span, predicted: Sequence[Span]) -> str:
    shared = {p: min(p.end, span.end) - max(p.start, span.start) for p in predicted}
    best = max(shared, key=lambda p: (shared[p], -p.start), default=None)
    if best is None or shared[best] <= 0:
        return "missed"
    begins, ends = best.start == span.start, best.end == span.end
    if begins and ends:
        return RIGHT
    return "ends wrong" if begins else "begins wrong" if ends else "both ends wrong"
