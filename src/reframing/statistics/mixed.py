"""Corrected effects by a linear mixed model, as one other choice of the specification curve.

**Observations** are the corrected rates of cells: the pseudo-outcomes Ỹ (`reframing.statistics.corrected`) of one
event, original, condition and kind of repost, moves of one direction less those of the other, per 1,000 words.
Cells of the conditions that an estimand compares have a mean for each condition and group of events; the effect
is the same contrast of these means as elsewhere.

**Random effects** (restricted maximum likelihood, statsmodels `MixedLM`): an intercept by event; where a contrast
has several cells of one event and condition, an effect of the condition that varies by event, without which
several kinds of reposts would count as independent evidence of it (Barr et al. 2013, J. Mem. Lang. 68, 255-278);
and an effect of the original, where events have several whose cells recur.

**The noise of reading.** Ỹ of a cell is unbiased for its moves and varies with what happened to be read: mostly
it is a prediction, now and then a find divided by its inclusion probability. The model does not know the sampling
design. It takes this noise, together with what varies between kinds of repost, for its residual, whose variance
is estimated and taken to be inversely proportional to the words of a cell, as that of a sum over units drawn
independently is: an area-level model with a smoothed sampling variance (Fay & Herriot 1979, JASA 74, 269-277).
Cells then weigh by how much their means are known, between all alike (if events differ much) and by their words
(if they do not). The noise is not normal, so the interval needs as many events as a t interval of means does; its
t quantile has events less groups of events as degrees of freedom.
"""

from typing import NamedTuple

import numpy as np

from reframing.statistics.corrected import Side, Units, pseudo_outcomes
from reframing.statistics.design_based import Codes, Interval, Names, sums
from reframing.statistics.estimates import Floats, jackknifed

LEAST = 5
"""Events in which a random effect must be seen apart from the residual."""


class Cells(NamedTuple):
    """Corrected rates, one element a cell: where it belongs, its rate, and its size in thousands of words."""

    event: Names
    article: Names
    condition: Names
    group: Names
    rate: Floats
    size: Floats


def mixed(
    units: Units, sides: list[Side], kind: Names, interval: float
) -> tuple[Interval, int] | None:
    """The effect by the mixed model, and its events; None where it is not identified or does not converge.

    `kind` is the kind of repost of each unit.
    """
    cells = cells_of(units, sides, kind)
    blocks = _blocks(cells, sides)
    if blocks is None:
        return None
    variances = _variances(blocks)
    if variances is None:
        return None
    return _effect(blocks, variances, _contrast(sides), interval), len(blocks)


def cells_of(units: Units, sides: list[Side], kind: Names) -> Cells:
    """The cells of an estimand, in the order of event, original, condition and kind."""
    design = units.design()
    net = np.zeros(len(units.size))
    group = np.full(len(units.size), -1)
    for side in sides:
        inside = (units.condition == side.condition) & np.isin(units.event, list(side.events))
        net += (-1 if side.less else 1) * inside * pseudo_outcomes(units, design, side)
        group[inside] = side.group
    of = group >= 0
    names = np.stack([units.event, units.article, units.condition.astype(str), kind])[:, of]
    distinct, code = np.unique(names, axis=1, return_inverse=True)
    n = distinct.shape[1]
    size, moves = sums(code, units.size[of], n), sums(code, net[of], n)
    groups = np.zeros(n, int)
    groups[code] = group[of]
    kept = size > 0
    event, article, condition, _ = distinct[:, kept]
    return Cells(event, article, condition, groups[kept], moves[kept] / size[kept], size[kept])


# The model.


class Block(NamedTuple):
    """The cells of one event, weighed by the root of their size: outcome, means, and random effects.

    `slopes` has a column for the intercept of the event and, where it is told apart, one for its contrast of
    conditions; `originals` has a column for each original, or is None.
    """

    outcome: Floats
    means: Floats
    slopes: Floats
    originals: Floats | None


def _keys(sides: list[Side]) -> list[tuple[str, int]]:
    return list(dict.fromkeys((str(side.condition), side.group) for side in sides))


def _contrast(sides: list[Side]) -> Floats:
    """The sign of each condition and group of events in the effect."""
    signs = {
        (str(side.condition), side.group): side.sign * (-1 if side.less else 1) for side in sides
    }
    return np.array([signs[key] for key in _keys(sides)], float)


def _blocks(cells: Cells, sides: list[Side]) -> list[Block] | None:
    """The cells by event; None where an intercept by event cannot be told from the residual."""
    keys = _keys(sides)
    root = np.sqrt(cells.size / cells.size.mean())[:, None]
    means = np.stack(
        [(cells.condition == name) & (cells.group == group) for name, group in keys], axis=1
    ).astype(float)
    of_event = [np.flatnonzero(cells.event == event) for event in np.unique(cells.event)]

    def recurring(field: Names) -> bool:
        counts = [np.unique(field[of], return_counts=True)[1] for of in of_event]
        return sum(len(one) > 1 and one.max() > 1 for one in counts) >= LEAST

    if sum(len(of) > 1 for of in of_event) < LEAST:
        return None
    slopes = np.ones((len(root), 1))
    if recurring(cells.condition):
        slopes = np.column_stack([slopes, np.where(cells.condition == keys[0][0], 0.5, -0.5)])
    with_originals = recurring(cells.article)

    def originals_of(of: Codes) -> Floats | None:
        names = cells.article[of]
        return root[of] * (names[:, None] == np.unique(names)) if with_originals else None

    return [
        Block(
            root[of, 0] * cells.rate[of], root[of] * means[of], root[of] * slopes[of], originals_of(of)
        )
        for of in of_event
    ]


class Variances(NamedTuple):
    """Variances of the residual and of originals, and the covariance of the random effects of an event."""

    residual: float
    slopes: Floats
    originals: float


def _variances(blocks: list[Block]) -> Variances | None:
    """By restricted maximum likelihood; None where it has no clear maximum."""
    import warnings

    from statsmodels.regression.mixed_linear_model import MixedLM, VCSpec

    outcome = np.concatenate([block.outcome for block in blocks])
    scale = float(outcome.std())
    if not scale > 0:
        return None
    of_originals = [block.originals for block in blocks if block.originals is not None]
    names = [[str(level) for level in range(one.shape[1])] for one in of_originals]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a variance may be 0
        model = MixedLM(
            outcome / scale,
            np.concatenate([block.means for block in blocks]),
            np.repeat(np.arange(len(blocks)), [len(block.outcome) for block in blocks]),
            np.concatenate([block.slopes for block in blocks]),
            exog_vc=VCSpec(["original"], [names], [of_originals]) if of_originals else None,
        )
        try:
            result = model.fit(reml=True, method=["powell"])
        except (np.linalg.LinAlgError, ValueError):
            return None
    originals = float(result.vcomp[0]) if of_originals else 0.0
    found = Variances(
        scale**2 * float(result.scale), scale**2 * np.asarray(result.cov_re), scale**2 * originals
    )
    finite = all(np.isfinite(one).all() for one in found) and np.isfinite(result.llf)
    return found if result.converged and finite and found.residual > 0 else None


def _effect(
    blocks: list[Block], variances: Variances, contrast: Floats, interval: float
) -> Interval:
    """The contrast of the means by generalised least squares, with its interval by event."""
    from scipy.special import stdtrit

    information, scores = [], []
    for block in blocks:
        covariance = variances.residual * np.eye(len(block.outcome))
        covariance += block.slopes @ variances.slopes @ block.slopes.T
        if block.originals is not None:
            covariance += variances.originals * block.originals @ block.originals.T
        weighted = np.linalg.solve(covariance, block.means).T
        information.append(weighted @ block.means)
        scores.append(weighted @ block.outcome)
    means = np.linalg.solve(np.sum(information, axis=0), np.sum(scores, axis=0))
    left = [score - one @ means for score, one in zip(scores, information, strict=True)]
    covariance = jackknifed(np.array(information), np.array(left))
    value = float(contrast @ means)
    import os
    if os.environ.get("MB"):
        covariance=np.linalg.inv(np.sum(information,axis=0))
    reach = float(stdtrit(len(blocks) - 1, (1 + interval) / 2) * np.sqrt(contrast @ covariance @ contrast))
    return Interval(value, value - reach, value + reach)
