"""Inter-annotator agreement on moves: Krippendorff's α by sentence, and F1 of spans by pair of annotators.

α (Krippendorff 2019, chapter 12, nominal data): the units are the sentences of both texts of every pair, and
the value is whether an annotator marked a move of the slug whose span overlaps the sentence. 1 is perfect
agreement, 0 agreement by chance. F1 compares the moves of one annotator with those of another; two moves match
if they have the same slug and their spans overlap in each text for which both give a span.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from reframing.coding.coded import ALL, Coded, shared
from reframing.documents.records import Span
from reframing.documents.sentences import split
from reframing.moves.catalogue import catalogue
from reframing.reading.articles import GivenPair

Coding = Mapping[str, Sequence[Coded]]
"""The moves that one annotator marked, by the id of the pair."""


class Agreement(NamedTuple):
    """Agreement on one slug, or on all of them (`ALL`).

    `marked` is the number of moves by annotator, `units` the number of sentences; `alpha` is nan where all
    values are the same, and `f1`, the mean over pairs of annotators, where nothing was marked.
    """

    slug: str
    marked: tuple[int, ...]
    units: int
    alpha: float
    f1: float


def agreement(pairs: Sequence[GivenPair], codings: Sequence[Coding]) -> list[Agreement]:
    """Agreement on each slug that was marked by anyone, in the order of the catalogue, and on all of them.

    A pair of texts counts for the annotators who coded it: α treats the others as missing values, and F1 uses
    the pairs that both annotators coded. α of all slugs uses each combination of sentence and slug as a unit.
    """
    sentences = {pair.id: _sentences(pair) for pair in pairs}
    slugs = [s for s in catalogue() if any(_of(coding, s) for coding in codings)]
    tables = {slug: _values(slug, sentences, codings) for slug in slugs}
    rows = [
        Agreement(
            slug,
            tuple(len(_of(coding, slug)) for coding in codings),
            tables[slug].shape[1],
            alpha(tables[slug]),
            _mean_f1(codings, (slug,)),
        )
        for slug in slugs
    ]
    if not rows:
        return []
    whole = np.concatenate([tables[slug] for slug in slugs], axis=1)
    counts = tuple(int(n) for n in np.sum([row.marked for row in rows], axis=0))
    units = tables[slugs[0]].shape[1]
    return [*rows, Agreement(ALL, counts, units, alpha(whole), _mean_f1(codings, tuple(slugs)))]


def alpha(values: NDArray[np.float64]) -> float:
    """Krippendorff's α of nominal values, shape (annotators, units), with nan for missing values.

    nan where all values are the same, or where no unit has two values.
    """
    import krippendorff

    known = values[:, (~np.isnan(values)).sum(axis=0) > 1]
    if not known.size or len(np.unique(known[~np.isnan(known)])) < 2:
        return float("nan")
    return float(krippendorff.alpha(reliability_data=known, level_of_measurement="nominal"))


def _sentences(pair: GivenPair) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    original, repost = (
        tuple(sentence.span for sentence in split(article))
        for article in (pair.original, pair.repost)
    )
    return original, repost


def _values(
    slug: str,
    sentences: Mapping[str, tuple[tuple[Span, ...], tuple[Span, ...]]],
    codings: Sequence[Coding],
) -> NDArray[np.float64]:
    """Values (annotators, units): 1 if a sentence has the slug, 0 if not, nan if the pair was not coded."""
    rows: list[list[float]] = [[] for _ in codings]
    for id, (originals, reposts) in sentences.items():
        for row, coding in zip(rows, codings, strict=True):
            if id not in coding:
                row += [float("nan")] * (len(originals) + len(reposts))
                continue
            moves = [move for move in coding[id] if move.move == slug]
            row += [_shows([m.original for m in moves], sentence) for sentence in originals]
            row += [_shows([m.repost for m in moves], sentence) for sentence in reposts]
    return np.array(rows)


def _shows(spans: Sequence[Span | None], sentence: Span) -> float:
    return float(any(span is not None and span.overlaps(sentence) for span in spans))


def _of(coding: Coding, slug: str) -> list[Coded]:
    return [move for moves in coding.values() for move in moves if move.move == slug]


def _mean_f1(codings: Sequence[Coding], slugs: Sequence[str]) -> float:
    scores = [_f1(a, b, slugs) for a, b in combinations(codings, 2)]
    known = [score for score in scores if not np.isnan(score)]
    return float(np.mean(known)) if known else float("nan")


def _f1(a: Coding, b: Coding, slugs: Sequence[str]) -> float:
    right = total = 0
    for id in a.keys() & b.keys():
        first, second = ([m for m in of[id] if m.move in slugs] for of in (a, b))
        right += len(shared(first, second))
        total += len(first) + len(second)
    return 2 * right / total if total else float("nan")
