"""What share of a corpus's moves is right, from the moves that readers judged.

A verdict stands for the moves it was drawn from: those of its stratum, shared among the stratum's verdicts by
the inverse of their inclusion probabilities (Hájek 1971). Intervals are by pair
(`reframing.statistics.estimates`), since moves of one pair are right or wrong together.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import nan
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from reframing.coding.judging import Judged
from reframing.documents.errors import InputError
from reframing.documents.tables import csv_text
from reframing.moves.catalogue import catalogue
from reframing.statistics.estimates import weighted_share

# The share of moves that readers find right, as the stage `judged` publishes it, and where to look it up.
#
# `precision_of(read_precisions(path), corpus, move)` is what stands beside a rate that rests on the move.

ALL = "all"
EASY = frozenset(("sentence-added", "sentence-omitted", "quote-unsupported"))
"""Kinds that are frequent and nearly always seen: whole sentences, and quotations that the original lacks."""

HARD = "all but the easy kinds"
MOVES, VERDICTS = "moves", "verdicts"
"""What an average weighs by: the moves that a verdict stands for, or each verdict alike."""


class Precision(NamedTuple):
    """The share of moves that all readers find right; nan where nobody read any.

    `corpus` and `move` say of which moves, `all` of all; `n_read` of `n_moves` were read, in `n_pairs` pairs.
    `score` is their mean score, which says what share to expect, `right_by_one` the share that the readers find
    right on average, `agree` how often they agree. `judged_state` is the state of the package that found them.
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


NOT_READ = Precision("", "", MOVES, nan, nan, nan, 0, 0, 0, nan, nan, nan, "")


def as_csv(rows: Iterable[Precision]) -> str:
    """Precisions as a table."""
    shown = ([f"{v:.4f}" if isinstance(v, float) else v for v in row] for row in rows)
    return csv_text((Precision._fields, *shown))


Precisions = Mapping[tuple[str, str], Precision]
"""Precisions by corpus and move, weighted by moves."""


def read_precisions(path: Path) -> Precisions:
    """What `as_csv` wrote (results/tables/judged.csv); `InputError` where it cannot be read."""
    try:
        with path.open(encoding="utf8", newline="") as lines:
            rows = [_read(row) for row in csv.DictReader(lines)]
    except (OSError, KeyError, ValueError) as error:
        raise InputError(f"cannot be read: {error}; run the stage `judged`", str(path)) from error
    return {(row.corpus, row.move): row for row in rows if row.weighting == MOVES}


def _read(row: Mapping[str, str]) -> Precision:
    kinds = Precision.__annotations__
    return Precision(**{field: kinds[field](row[field]) for field in Precision._fields})


def precision_of(known: Precisions, corpus: str, move: str) -> Precision:
    """Precision of a move in a corpus, a slug, `all` or `HARD`; nan of no verdicts where nobody read."""
    return known.get((corpus, move), NOT_READ._replace(corpus=corpus, move=move))


def precision_said(of: Precision) -> str:
    """For a caption or a cell: *.42 [.31, .54] of 86 read*, or *not read*."""
    if not of.n_read:
        return "not read"
    return f"{of.precision:.2f} [{of.low:.2f}, {of.high:.2f}] of {of.n_read:,} read"


# What share of a corpus's moves is right, from the moves that readers judged.

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
