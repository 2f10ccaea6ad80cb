"""What share of a corpus's moves is right, from the moves that readers judged.

A verdict stands for the moves it was drawn from: those of its stratum, shared among the stratum's verdicts by
the inverse of their inclusion probabilities (Hájek 1971). Intervals are by pair (`reframing.shares`),
since moves of one pair are right or wrong together.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from reframing.coding.judging import Judged
from reframing.coding.precision import ALL, EASY, HARD, MOVES, VERDICTS, Precision
from reframing.errors import InputError
from reframing.moves.catalogue import catalogue
from reframing.shares import weighted_share

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
