"""Scores as statistics of evidence (`reframing.validation.evidence`): rows and weights in, scores out.

Ratios with nothing to divide by are nan.
"""

from collections.abc import Sequence

import numpy as np

from reframing.validation.evidence import Floats, Statistic


def f1(values: Floats, weights: Floats) -> Floats:
    """Micro-averaged F1 of rows (matched, gold, predicted): 2 Σ matched / Σ (gold + predicted)."""
    matched, gold, predicted = (weights @ values).T
    return _ratio(2 * matched, gold + predicted)


def share(values: Floats, weights: Floats) -> Floats:
    """Share of rows (credit, possible): Σ credit / Σ possible."""
    credit, possible = (weights @ values).T
    return _ratio(credit, possible)


def macro_f1(n_classes: int) -> Statistic:
    """Mean F1 over the classes that occur, of rows (gold class, predicted class)."""

    def statistic(values: Floats, weights: Floats) -> Floats:
        table = confusion(values, weights, n_classes)
        right = np.diagonal(table, axis1=1, axis2=2)
        return _mean(_ratio(2 * right, table.sum(axis=1) + table.sum(axis=2)))

    return statistic


def balanced_accuracy(n_classes: int) -> Statistic:
    """Mean recall over the classes that occur in the gold, of rows (gold class, predicted class)."""

    def statistic(values: Floats, weights: Floats) -> Floats:
        table = confusion(values, weights, n_classes)
        return _mean(_ratio(np.diagonal(table, axis1=1, axis2=2), table.sum(axis=2)))

    return statistic


def confusion(values: Floats, weights: Floats, n_classes: int) -> Floats:
    """Weighted counts by gold class and predicted class, shape (lines, classes, classes)."""
    cell = values[:, 0].astype(int) * n_classes + values[:, 1].astype(int)
    counts = weights @ np.eye(n_classes**2)[cell]
    return counts.reshape(-1, n_classes, n_classes)


def pearson(values: Floats, weights: Floats) -> Floats:
    """Pearson correlation of rows (x, y); nan where one of them does not vary."""
    x, y = (values - values.mean(axis=0)).T
    n = weights.sum(axis=1)
    mean_x, mean_y = weights @ x / n, weights @ y / n
    covariance = weights @ (x * y) / n - mean_x * mean_y
    spread = (weights @ x**2 / n - mean_x**2) * (weights @ y**2 / n - mean_y**2)
    return _ratio(covariance, np.sqrt(np.where(spread > 1e-15, spread, 0)))


def auc(values: Floats, weights: Floats) -> Floats:
    """Area under the ROC curve of rows (score, label 0 or 1): how often a 1 outscores a 0, ties half."""
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

    Bins hold equal numbers of items in the order of their scores (Naeini et al. 2015; equal mass: Nixon et al.
    2019), as they are unweighted; a bin counts by the weight in it.
    """
    order = np.argsort(values[:, 0], kind="stable")
    gaps = (values[order, 1] - values[order, 0]) * weights[:, order]
    first = np.unique(np.linspace(0, len(order), bins, endpoint=False).astype(int))
    return _ratio(np.abs(np.add.reduceat(gaps, first, axis=1)).sum(axis=1), weights.sum(axis=1))


def best_threshold(scores: Sequence[float], labels: Sequence[bool]) -> float:
    """The score from which on to say yes so that macro-F1 over both answers is highest.

    Candidates lie midway between neighbouring distinct scores; the lowest of equally good ones wins.
    """
    distinct = np.unique(np.array(scores))
    candidates = [distinct[0], *((distinct[:-1] + distinct[1:]) / 2)]
    score, label = np.array(scores), np.array(labels, np.float64)

    def quality(threshold: float) -> float:
        rows = np.column_stack([label, score >= threshold])
        return float(macro_f1(2)(rows, np.ones((1, len(rows))))[0])

    return float(max(candidates, key=quality))


def _ratio(part: Floats, whole: Floats) -> Floats:
    return np.divide(part, whole, out=np.full(np.shape(part), np.nan), where=whole > 0)


def _mean(by_class: Floats) -> Floats:
    known = ~np.isnan(by_class)
    return _ratio(np.where(known, by_class, 0).sum(axis=1), known.sum(axis=1).astype(np.float64))
