"""Corrected effects by a linear mixed model, as one other choice of the specification curve.

**Observations** are the corrected rates of cells: the pseudo-outcomes Ỹ (`reframing.statistics.corrected`)
of one event, original, condition and kind of repost, summed, per 1,000 words. Each condition and group of
events that an estimand compares has a mean, and the effect is the same contrast of these means as elsewhere.

**Random effects**: an intercept by event and, where events have several originals whose cells recur, one by
original (restricted maximum likelihood, statsmodels `MixedLM`). Several kinds of reposts in an event are what
tells the intercept from the residual; with one cell an event there is no such model.

**The noise of reading.** Ỹ is unbiased for the moves of a cell whatever was read, but varies with it: mostly it
is a prediction, now and then a find divided by its inclusion probability. The model does not know the sampling
design. It takes this noise, with what varies between kinds of repost, for its residual, whose variance is
estimated, inversely proportional to the words of a cell, as that of a sum over units is: an area-level model
with a smoothed sampling variance (Fay & Herriot 1979, JASA 74, 269-277). So cells weigh by how well they are
known: all events alike if these differ much, by their words if they do not. The interval does not rest on any
of this: it is a jackknife by event of the weighted means (Liang & Zeger 1986, Biometrika 73, 13-22;
`jackknifed`), with Student's t of events less one. It knows that the noise varies from cell to cell, and that
an effect may vary by event, but not that a few finds are skewed, as the gamma intervals do: below `LEAST_FINDS`
there is no estimate.
"""

from typing import NamedTuple

import numpy as np

from reframing.statistics.corrected import Side, Units, pseudo_outcomes
from reframing.statistics.design_based import Codes, Interval, Names, sums
from reframing.statistics.estimates import Floats
from reframing.statistics.jackknife import jackknifed

LEAST = 5
"""Events in which a random effect must be seen apart from the residual."""

LEAST_FINDS = 30
"""Units with a find below which the noise of reading is too far from normal."""

_NOTHING = 1e-12  # share of the variance that is a rounding error


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
    if _finds(units, sides) < LEAST_FINDS:
        return None
    blocks = _blocks(cells_of(units, sides, kind), sides)
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
    labels = (units.event, units.article, units.condition, kind)
    names = np.stack([label.astype(str) for label in labels])[:, of]
    distinct, code = np.unique(names, axis=1, return_inverse=True)
    n = distinct.shape[1]
    size, moves = sums(code, units.size[of], n), sums(code, net[of], n)
    groups = np.zeros(n, int)
    groups[code] = group[of]
    kept = size > 0
    event, article, condition, _ = distinct[:, kept]
    return Cells(event, article, condition, groups[kept], moves[kept] / size[kept], size[kept])


def _finds(units: Units, sides: list[Side]) -> int:
    """Units that were read and have a find of a side."""
    found = np.zeros(len(units.size), bool)
    for side in sides:
        tally = units.less if side.less and units.less else units.more
        inside = (units.condition == side.condition) & np.isin(units.event, list(side.events))
        found |= inside & (np.nan_to_num(tally.found) > 0)
    return int(found.sum())


# The model.


class Block(NamedTuple):
    """The cells of one event, weighed by the root of their size: outcome, means, intercept, originals.

    `originals` has a column for each original, or is None where their effect is not told apart.
    """

    outcome: Floats
    means: Floats
    intercept: Floats
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

    if sum(len(of) > 1 for of in of_event) < LEAST:
        return None
    levels = [np.unique(cells.article[of], return_counts=True)[1] for of in of_event]
    recurring = sum(len(counts) > 1 and counts.max() > 1 for counts in levels) >= LEAST

    def originals_of(of: Codes) -> Floats | None:
        names = cells.article[of]
        return root[of] * (names[:, None] == np.unique(names)) if recurring else None

    return [
        Block(root[of, 0] * cells.rate[of], root[of] * means[of], root[of], originals_of(of))
        for of in of_event
    ]


class Variances(NamedTuple):
    """Variances of the residual, of the intercepts of events, and of the effects of originals."""

    residual: float
    events: float
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
            np.concatenate([block.intercept for block in blocks]),
            exog_vc=VCSpec(["original"], [names], [of_originals]) if of_originals else None,
        )
        try:
            result = model.fit(reml=True, method=["powell"])
        except (np.linalg.LinAlgError, ValueError):
            return None
    parts = [result.scale, np.ravel(result.cov_re)[0], *result.vcomp, 0.0][:3]
    found = Variances(*(scale**2 * float(one) for one in parts))
    finite = np.isfinite([*found, result.llf]).all()
    varies = found.residual > _NOTHING * scale**2
    return found if result.converged and finite and varies else None


def _effect(
    blocks: list[Block], variances: Variances, contrast: Floats, interval: float
) -> Interval:
    """The contrast of the means by generalised least squares, with its interval by event."""
    from scipy.special import stdtrit

    information, scores = [], []
    for block in blocks:
        covariance = variances.residual * np.eye(len(block.outcome))
        covariance += variances.events * block.intercept @ block.intercept.T
        if block.originals is not None:
            covariance += variances.originals * block.originals @ block.originals.T
        weighted = np.linalg.solve(covariance, block.means).T
        information.append(weighted @ block.means)
        scores.append(weighted @ block.outcome)
    means = np.linalg.solve(np.sum(information, axis=0), np.sum(scores, axis=0))
    left = [score - one @ means for score, one in zip(scores, information, strict=True)]
    value = float(contrast @ means)
    variance = float(contrast @ jackknifed(np.array(information), np.array(left)) @ contrast)
    reach = float(stdtrit(len(blocks) - 1, (1 + interval) / 2)) * variance**0.5
    return Interval(value, value - reach, value + reach)
