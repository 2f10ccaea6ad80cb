"""What speaks for a link between two sentences, as numbers.

Words that two sentences share, and vectors that lie close, say little by themselves: the sentences of one
event are all alike. What tells is how far they lie above the other sentences of both texts (margins: Artetxe
& Schwenk 2019), whether the sentences beside them belong together as well, and how alike the two texts are at
all.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from reframing.similarity import Weighted, similarity

Floats = NDArray[np.floating]

BY_WORDS = (
    "words",
    "words above other originals",
    "words above other reposts",
    "terms shared",
    "rarest term shared",
    "out of place",
    "words of the pair",
)
BY_VECTORS = (
    "cosine",
    "cosine above other originals",
    "cosine above other reposts",
    "cosine of those in front or behind",
    "cosine of one with those beside the other",
    "best cosines of the pair",
    "cosines of the pair",
)
NEAREST = 6
"""So many original sentences, by words and by vectors each, are candidates for a repost sentence."""
UNRELATED = 0.3
"""Cosine of two sentences of one event that say different things."""
_MANY = 4  # terms in common from which more say no more


class Candidates(NamedTuple):
    """Pairs of sentences with what speaks for a link: indices (candidates,), evidence (candidates, numbers).

    The numbers are those of `BY_WORDS`, followed by those of `BY_VECTORS` where there are vectors.
    """

    original: NDArray[np.intp]
    repost: NDArray[np.intp]
    evidence: Floats


def candidates(pair: Weighted, vectors: tuple[Floats, Floats] | None = None) -> Candidates:
    """The nearest original sentences of each repost sentence, and what speaks for a link with them.

    `vectors` are those of the original's sentences (sentences, dimensions) and of the repost's, of length 1.
    One repost sentence is compared at a time: memory grows with the length of the articles, not its square.
    Cosines are sums of doubles, rounded: in which order a processor adds is not seen in them.
    """
    if vectors is not None:
        vectors = vectors[0].astype(np.float64), vectors[1].astype(np.float64)
    n, m = len(pair.original.words), len(pair.repost.words)
    words, cosines = _Highest((n, m), 2, 0.0), _Highest((n, m), 3, UNRELATED)
    near: list[NDArray[np.intp]] = []
    found: list[Floats] = []
    for j in range(m):
        likeness = similarity(pair, j)
        words.add(j, likeness)
        nearest = _nearest(likeness)
        if vectors is not None:
            cosine = np.round(vectors[0] @ vectors[1][j], 4)
            cosines.add(j, cosine)
            nearest = np.union1d(nearest, _nearest(cosine))
        near.append(nearest)
        found.append(likeness[nearest])
    ours, theirs = np.concatenate(near), np.repeat(np.arange(m), [len(each) for each in near])
    evidence = _by_words(pair, words, ours, theirs, np.concatenate(found))
    if vectors is not None:
        evidence += _by_vectors(vectors, cosines, ours, theirs)
    return Candidates(ours, theirs, np.stack(evidence, axis=1))


def _nearest(likeness: Floats) -> NDArray[np.intp]:
    return np.argsort(-likeness, kind="stable")[:NEAREST]


class _Highest:
    """The highest values of each row and each column of a table of which one column at a time is known."""

    def __init__(self, shape: tuple[int, int], highest: int, least: float) -> None:
        self.of_rows = np.full((shape[0], highest), least)
        self.of_columns = np.full((shape[1], highest), least)

    def add(self, j: int, column: Floats) -> None:
        highest = self.of_rows.shape[1]
        both = np.concatenate([self.of_rows, column[:, None]], axis=1)
        self.of_rows = -np.sort(-both, axis=1)[:, :highest]
        own = np.concatenate([self.of_columns[j], column])
        self.of_columns[j] = -np.sort(-own)[:highest]

    def above(self, i: NDArray[np.intp], j: NDArray[np.intp], values: Floats) -> tuple[Floats, ...]:
        """How far values lie above the mean of the highest others in their column, and in their row."""
        return tuple(
            values - _mean_of_others(highest, values)
            for highest in (self.of_columns[j], self.of_rows[i])
        )


def _mean_of_others(highest: Floats, values: Floats) -> Floats:
    """The mean of the highest values of each line but one, which is the given one if that is among them."""
    left_out = np.maximum(highest[:, -1], np.minimum(values, highest[:, 0]))
    return (highest.sum(axis=1) - left_out) / (highest.shape[1] - 1)


def _by_words(
    pair: Weighted, words: _Highest, i: NDArray[np.intp], j: NDArray[np.intp], likeness: Floats
) -> list[Floats]:
    a, b = pair.original.terms, pair.repost.terms
    place = np.abs(i / max(1, len(a) - 1) - j / max(1, len(b) - 1))
    alike = np.full(len(i), words.of_columns[:, 0].mean())
    rarest = max(pair.idf.values(), default=1.0)
    shared = [
        [pair.idf[term] for term in a[one].keys() & b[other].keys()]
        for one, other in zip(i, j, strict=True)
    ]
    return [
        likeness,
        *words.above(i, j, likeness),
        np.array([min(len(found), _MANY) / _MANY for found in shared]),
        np.array([max(found, default=0.0) / rarest for found in shared]),
        place,
        alike,
    ]


def _by_vectors(
    vectors: tuple[Floats, Floats], cosines: _Highest, i: NDArray[np.intp], j: NDArray[np.intp]
) -> list[Floats]:
    ours, theirs = (np.pad(side, ((1, 1), (0, 0))) for side in vectors)

    def cosine(before: int, after: int) -> Floats:
        """Cosines of the sentences that stand so many places behind those of the candidates."""
        return np.round((ours[i + 1 + before] * theirs[j + 1 + after]).sum(axis=1), 4)

    own = cosine(0, 0)
    both = np.maximum(cosine(-1, -1), cosine(1, 1))
    beside = np.maximum.reduce([cosine(-1, 0), cosine(1, 0), cosine(0, -1), cosine(0, 1)])
    best = np.full(len(i), cosines.of_columns[:, 0].mean())
    mean = np.full(len(i), np.round(vectors[0].mean(axis=0) @ vectors[1].mean(axis=0), 4))
    return [own, *cosines.above(i, j, own), both, beside, best, mean]
