"""What share of a corpus's moves is right, from the moves that readers judged.

A verdict stands for the moves it was drawn from: those of its stratum, shared among the stratum's verdicts by
the inverse of their inclusion probabilities (Hájek 1971). A share is the weighted mean; its variance is that of
the residuals from the mean of each stratum, summed by pair, since moves of one pair are right or wrong together
(linearisation: Särndal, Swensson & Wretman 1992, 5.5 and 7.6). The interval is Wilson's at the effective number
of verdicts, with the degrees of freedom of the pairs (Korn & Graubard 1998, Surv. Methodol. 24, 193-201; Dean &
Pagano 2015, J. Surv. Stat. Methodol. 3, 484-503), so that it has a width where all verdicts agree. Simulated, a
95% interval covers 94-97% with thirty pairs or more, 97-99% with fewer (`tests/test_precision.py`).
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from reframing.coding.judging import Judged
from reframing.coding.precision import ALL, EASY, HARD, MOVES, VERDICTS, Precision
from reframing.errors import InputError
from reframing.moves.catalogue import catalogue

Floats = NDArray[np.float64]


def precisions(judged: Sequence[Judged], interval: float) -> Iterator[Precision]:
    """Precision of each corpus and of all: by slug, of all slugs, of all but the easy kinds.

    Weighted by moves; averages over slugs by verdicts too, which says what the weighting does. Raises
    `InputError` where it is not known how a move was drawn.
    """
    weights = stands_for(judged)
    corpora = sorted({one.corpus for one in judged})
    for corpus in (*corpora, *[ALL] * (len(corpora) > 1)):
        for move in (*catalogue(), ALL, HARD):
            of = [i for i, one in enumerate(judged) if _is_of(one, corpus, move)]
            if of:
                part = [judged[i] for i in of]
                for weighting in (MOVES, VERDICTS) if move in (ALL, HARD) else (MOVES,):
                    yield _precision((corpus, move, weighting), part, weights[of], interval)


def _is_of(one: Judged, corpus: str, move: str) -> bool:
    slug = one.move.move
    return corpus in (one.corpus, ALL) and (
        move in (slug, ALL) or (move == HARD and slug not in EASY)
    )


def by_score(judged: Sequence[Judged], bins: int, interval: float) -> Iterator[Precision]:
    """Precision in bins of equally many moves by score: is a move as often right as its score says?"""
    order = sorted(range(len(judged)), key=lambda i: judged[i].score)
    weights = stands_for(judged)
    edges = [len(order) * k // bins for k in range(bins + 1)]
    for first, end in pairwise(edges):
        if of := order[first:end]:
            name = f"{judged[of[0]].score:.2f}–{judged[of[-1]].score:.2f}"
            part = [judged[i] for i in of]
            yield _precision((ALL, name, MOVES), part, weights[of], interval)


def stands_for(judged: Sequence[Judged]) -> Floats:
    """How many moves each verdict stands for: those of a stratum, whichever of them were read."""
    drawn: dict[str, float] = {}
    for one in judged:
        if one.design is None:
            problem = "does not say how its move was drawn, so that it stands for no others"
            raise InputError(problem, None, one.pair, "inclusion_probability")
        stratum, probability = one.design.stratum, one.design.inclusion_probability
        drawn[stratum] = drawn.get(stratum, 0.0) + 1 / probability
    designs = [one.design for one in judged if one.design is not None]
    return np.array(
        [d.stratum_moves / d.inclusion_probability / drawn[d.stratum] for d in designs], np.float64
    )


def _precision(
    name: tuple[str, str, str], judged: Sequence[Judged], moves: Floats, interval: float
) -> Precision:
    """Precision from verdicts that stand for so many moves each; `name` is corpus, move and weighting."""
    weights = moves if name[-1] == MOVES else np.ones(len(judged))
    right = np.array([all(one.right) for one in judged], np.float64)
    pairs = [f"{one.corpus}/{one.pair}" for one in judged]
    strata = [one.design.stratum for one in judged if one.design]

    def mean(values: Iterable[float]) -> float:
        return float(np.average(list(values), weights=weights))

    return Precision(
        *name,
        *weighted_share(right, weights, strata, pairs, interval),
        n_read=len(judged),
        n_pairs=len(set(pairs)),
        n_moves=round(float(moves.sum())),
        score=mean(one.score for one in judged),
        right_by_one=mean(sum(one.right) / len(one.right) for one in judged),
        agree=mean(len(set(one.right)) == 1 for one in judged),
        judged_state="; ".join(sorted({one.design.judged_state for one in judged if one.design})),
    )


def weighted_share(
    right: Floats, weights: Floats, strata: Sequence[str], pairs: Sequence[str], interval: float
) -> tuple[float, float, float]:
    """The weighted share of `right`, each 0 or 1, with the bounds of its interval, clustered by pair."""
    from scipy.stats import t

    share = float(np.average(right, weights=weights))
    residuals = _residuals(right, weights, _pooled(strata)) / weights.sum()
    _, cluster = np.unique(pairs, return_inverse=True)
    sums = np.bincount(cluster, residuals)
    n, n_pairs = len(right), len(sums)
    variance = float(sums @ sums) * n_pairs / max(n_pairs - 1, 1)
    effective = min(share * (1 - share) / variance, n) if variance > 0 else float(n)
    wide, wider = t.ppf((1 + interval) / 2, [max(n - 1, 1), max(n_pairs - 1, 1)])
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
