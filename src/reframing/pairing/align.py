"""Sentence alignment of an original and its repost: independent of order, with fusion and split.

Candidates for a repost sentence are the original sentences nearest to it by words and, with an embedder, by
sentence vectors; the title counts as a sentence. Word overlap and close vectors are weak evidence alone, since
all sentences about one event are similar. Stronger evidence is the margin by which the similarity exceeds that
to the other sentences of both texts (Artetxe & Schwenk 2019), whether the neighbouring sentences match as well,
and how similar the two texts are overall.

A logistic regression (`link_scores.tsv`, learned by `training/links.py` from pairs that were aligned by hand)
turns the evidence into the probability that the two sentences have a proposition in common. A link is kept from
`params.min_score` on where it is the most probable link of at least one of its sentences, and from
`params.further_score` on in addition to others: so sentences can be fused and split.
"""

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq

from reframing.documents.document import Document, Text, document_of
from reframing.documents.params import AlignParams
from reframing.documents.records import Link, LinkRelation
from reframing.pairing.similarity import Sentences, Weighted, profile_sentences, similarity, weigh

# Candidates and evidence for links.

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
"""Number of original sentences, by words and by vectors each, that are candidates for a repost sentence."""
UNRELATED = 0.3
"""Typical cosine of two sentences about one event that express different propositions."""
_MANY = 4  # common terms at which their number is capped


class Candidates(NamedTuple):
    """Candidate links: sentence indices (candidates,) and their evidence (candidates, kinds of evidence).

    The columns of `evidence` are `BY_WORDS`, followed by `BY_VECTORS` where there are vectors.
    """

    original: NDArray[np.intp]
    repost: NDArray[np.intp]
    evidence: Floats


def candidates(pair: Weighted, vectors: tuple[Floats, Floats] | None = None) -> Candidates:
    """The nearest original sentences of each repost sentence, with the evidence for a link between them.

    `vectors` are the unit-length vectors (sentences, dimensions) of the original and of the repost. Memory
    grows linearly with the length of the articles, since one repost sentence is compared at a time. Cosines are
    rounded, so that results do not depend on the order in which a processor adds.
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
    of_original, of_repost = (
        np.concatenate(near),
        np.repeat(np.arange(m), [len(each) for each in near]),
    )
    evidence = _by_words(pair, words, of_original, of_repost, np.concatenate(found))
    if vectors is not None:
        evidence += _by_vectors(vectors, cosines, of_original, of_repost)
    return Candidates(of_original, of_repost, np.stack(evidence, axis=1))


def _nearest(likeness: Floats) -> NDArray[np.intp]:
    """Places of the highest values, the highest first; of equal ones the first."""
    if len(likeness) > NEAREST:
        least = np.partition(likeness, -NEAREST)[-NEAREST]
        near = np.flatnonzero(likeness >= least)
    else:
        near = np.arange(len(likeness))
    return near[np.argsort(-likeness[near], kind="stable")[:NEAREST]]


class _Highest:
    """The highest values of each row and column of a matrix that is given one column at a time."""

    def __init__(self, shape: tuple[int, int], highest: int, least: float) -> None:
        self.of_rows = np.full((shape[0], highest), least)
        self.of_columns = np.full((shape[1], highest), least)

    def add(self, j: int, column: Floats) -> None:
        highest = self.of_rows.shape[1]
        rises = np.flatnonzero(column > self.of_rows[:, -1])
        both = np.concatenate([self.of_rows[rises], column[rises, None]], axis=1)
        self.of_rows[rises] = -np.sort(-both, axis=1)[:, :highest]
        own = np.concatenate([self.of_columns[j], column])
        self.of_columns[j] = -np.sort(-np.partition(own, -highest)[-highest:])

    def above(self, i: NDArray[np.intp], j: NDArray[np.intp], values: Floats) -> tuple[Floats, ...]:
        """Margins of values over the mean of the highest other values in their column, and in their row."""
        return tuple(
            values - _mean_of_others(highest, values)
            for highest in (self.of_columns[j], self.of_rows[i])
        )


def _mean_of_others(highest: Floats, values: Floats) -> Floats:
    """The mean of the highest values of each line, omitting the given value or else the lowest of them."""
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
    of_original, of_repost = (np.pad(side, ((1, 1), (0, 0))) for side in vectors)

    def cosine(before: int, after: int) -> Floats:
        """Cosines of neighbours: offsets from the candidate in the original and in the repost."""
        return np.round((of_original[i + 1 + before] * of_repost[j + 1 + after]).sum(axis=1), 4)

    own = cosine(0, 0)
    both = np.maximum(cosine(-1, -1), cosine(1, 1))
    beside = np.maximum.reduce([cosine(-1, 0), cosine(1, 0), cosine(0, -1), cosine(0, 1)])
    best = np.full(len(i), cosines.of_columns[:, 0].mean())
    mean = np.full(len(i), np.round(vectors[0].mean(axis=0) @ vectors[1].mean(axis=0), 4))
    return [own, *cosines.above(i, j, own), both, beside, best, mean]


# Alignment.

_DEFAULTS = AlignParams()
SCORES = "link_scores.tsv"

Embedder = Callable[[Sequence[str]], NDArray[np.float32]]
"""Gives texts their vectors of length 1 (texts, dimensions)."""


def align(
    original: Text,
    repost: Text,
    params: AlignParams = _DEFAULTS,
    embed: Embedder | None = None,
) -> tuple[Link, ...]:
    """Links between the sentences of two articles, sorted by repost sentence.

    Without `embed` only words are compared. Both texts are read in plain typography.
    """
    a, b = document_of(original), document_of(repost)
    if not a.sentences or not b.sentences:
        return ()
    of_original, of_repost = a.of(profile_sentences), b.of(profile_sentences)
    pair = weigh(of_original, of_repost)
    vectors = embed and (_vectors(embed, a), _vectors(embed, b))
    return tuple(
        _links(choose(pair, candidates(pair, vectors), params), of_original, of_repost, params)
    )


def _vectors(embed: Embedder, document: Document) -> NDArray[np.float32]:
    return embed([sentence.span.of(document.text) for sentence in document.sentences])


def choose(pair: Weighted, found: Candidates, params: AlignParams) -> dict[int, dict[int, float]]:
    """The original sentences linked to each repost sentence, with the probability of each link.

    Keys are repost sentences; values map original sentences to probabilities, at most `params.max_merge` of
    them. A repost sentence with the same words as an original one is linked to it alone, with probability 1.
    """
    likely = probabilities(found)
    best = np.maximum(
        likely == _highest(likely, found.repost), likely == _highest(likely, found.original)
    )
    kept = (likely >= params.min_score) & (best | (likely >= params.further_score))
    chosen: dict[int, dict[int, float]] = {}
    for i, j, score in sorted(
        zip(
            found.original[kept].tolist(),
            found.repost[kept].tolist(),
            likely[kept].tolist(),
            strict=True,
        ),
        key=lambda link: (link[1], -link[2], link[0]),
    ):
        of_sentence = chosen.setdefault(j, {})
        if len(of_sentence) < params.max_merge:
            of_sentence[i] = score
    return chosen | _copied(pair)


def _highest(values: NDArray[np.floating], places: NDArray[np.intp]) -> NDArray[np.floating]:
    """For each value the highest of all values with the same place."""
    highest = np.zeros(places.max() + 1)
    np.maximum.at(highest, places, values)
    return highest[places]


def _copied(pair: Weighted) -> dict[int, dict[int, float]]:
    """For each copied repost sentence the original sentence with the same words, the nearest of several."""
    n, m = len(pair.original.words), len(pair.repost.words)
    copied = {}
    for j, words in enumerate(pair.repost.words):
        same = pair.equals.get(words, ()) if words else ()
        if same:
            nearest = min(same, key=lambda i: abs(i / max(1, n - 1) - j / max(1, m - 1)))
            copied[j] = {nearest: 1.0}
    return copied


def probabilities(found: Candidates) -> NDArray[np.floating]:
    """The probability that the two sentences have a proposition in common, to three digits (candidates,)."""
    by_words = found.evidence.shape[1] == len(BY_WORDS)
    intercept, *weights = link_scores()["words" if by_words else "vectors"]
    logits = intercept + found.evidence @ np.array(weights)
    return np.round(1 / (1 + np.exp(-logits)), 3)


@lru_cache
def link_scores() -> Mapping[str, list[float]]:
    """The intercept, then the weights of the evidence in its order, in logits.

    `words` has those for `BY_WORDS` alone, `vectors` those for `BY_WORDS` and `BY_VECTORS`.
    """
    table = resources.files("reframing") / "pairing" / SCORES
    found: dict[str, list[float]] = {"words": [], "vectors": []}
    for row in csv.DictReader(table.read_text(encoding="utf8").splitlines(), delimiter="\t"):
        found[row["of"]].append(float(row["weight"]))
    return found


def _links(
    chosen: Mapping[int, Mapping[int, float]], a: Sentences, b: Sentences, params: AlignParams
) -> list[Link]:
    links = []
    for j, scores in sorted(chosen.items()):
        group = tuple(sorted(scores))
        words = tuple(word for i in group for word in a.words[i])
        relation = _relation(_likeness(words, b.words[j]), params)
        links.append(Link(group, (j,), relation, max(scores.values())))
    return links


def _likeness(words: tuple[str, ...], other: tuple[str, ...]) -> float:
    """Normalised longest common subsequence of two word sequences, in [0, 1]."""
    return float(LCSseq.normalized_similarity(words, other)) if words or other else 0.0


def _relation(likeness: float, params: AlignParams) -> LinkRelation:
    """The relation of linked sentences; a copy has identical words, since one changed word can be a move."""
    if likeness == 1:
        return "copied"
    return "edited" if likeness >= params.edited else "rewritten"


def components(links: Iterable[Link]) -> list[list[Link]]:
    """The links grouped into connected components by shared sentences, in the order of the repost."""
    group_of: dict[tuple[bool, int], list[Link]] = {}
    for link in links:
        ends = [*((False, i) for i in link.original), *((True, j) for j in link.repost)]
        met = {id(group): group for end in ends if (group := group_of.get(end)) is not None}
        group = [link, *(other for one in met.values() for other in one)]
        for other in group:
            group_of |= dict.fromkeys(((False, i) for i in other.original), group)
            group_of |= dict.fromkeys(((True, j) for j in other.repost), group)
    groups = {id(group): group for group in group_of.values()}.values()
    return sorted(groups, key=lambda group: min(link.repost for link in group))
