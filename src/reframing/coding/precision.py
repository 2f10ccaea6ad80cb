"""Precision of moves, estimated from human verdicts, and its published table (results/tables/judged.csv).

A verdict represents moves of the stratum from which it was sampled: the stratum's moves are divided among its
verdicts by the inverse of their inclusion probabilities (Hájek 1971). Intervals are by pair of texts
(`reframing.statistics.estimates`), because moves of one pair tend to be right or wrong together.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from reframing.coding.coded import ALL
from reframing.coding.judging import Judged
from reframing.documents.errors import InputError
from reframing.documents.tables import csv_text
from reframing.moves.catalogue import catalogue
from reframing.statistics.estimates import weighted_share

# Published precisions.

EASY = frozenset(("sentence-added", "sentence-omitted", "quote-unsupported"))
"""Slugs that are frequent and almost always found correctly: entire sentences, and unmatched quotations."""

HARD = "all but the easy kinds"
MOVES, VERDICTS = "moves", "verdicts"
"""Weights of an average: the number of moves that a verdict represents, or the same for each verdict."""


class Precision(NamedTuple):
    """Share of moves that all readers judge right, with the bounds of its interval; nan if none were read.

    `corpus` and `move` name the moves (`all`: all of them) and `weighting` the weights; `n_read` of `n_moves`
    moves were read, in `n_pairs` pairs. `score` is their mean score, which is the precision to expect if scores
    are calibrated, `right_by_one` the mean share of readers who judge a move right, and `agree` the share of
    moves on which all readers agree. `judged_state` is the state of the package that found the moves.
    """

    corpus: str
    move: str
    weighting: str
    precision: float
    low: float
    high: float
    n_read: int
    n_pairs: int
    n_moves: int
    score: float
    right_by_one: float
    agree: float
    judged_state: str


def as_csv(rows: Iterable[Precision]) -> str:
    """Precisions as CSV."""
    shown = ([f"{v:.4f}" if isinstance(v, float) else v for v in row] for row in rows)
    return csv_text((Precision._fields, *shown))


# Estimates from verdicts.

Floats = NDArray[np.float64]


def precisions(judged: Sequence[Judged], interval: float) -> Iterator[Precision]:
    """Precision by corpus and over all corpora: of each slug, of all slugs, and of all but the easy ones.

    `interval` is the confidence level, such as 0.95. Averages over slugs are given weighted by moves and by
    verdicts, which shows the effect of the weighting. Raises `InputError` where a sampling design is unknown.
    """
    weights = moves_per_verdict(judged)
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
    """Precision in `bins` of equally many judged moves, by increasing score: how well scores are calibrated."""
    order = sorted(range(len(judged)), key=lambda i: judged[i].score)
    weights = moves_per_verdict(judged)
    edges = [len(order) * k // bins for k in range(bins + 1)]
    for first, end in pairwise(edges):
        if of := order[first:end]:
            name = f"{judged[of[0]].score:.2f}–{judged[of[-1]].score:.2f}"
            part = [judged[i] for i in of]
            yield _precision((ALL, name, MOVES), part, weights[of], interval)


def moves_per_verdict(judged: Sequence[Judged]) -> Floats:
    """Number of moves that each verdict represents; those of a stratum add up to the moves in it.

    Raises `InputError` where the sampling design of a move is unknown.
    """
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
    """Precision from verdicts that represent `moves` moves each; `name` is corpus, move and weighting."""
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
