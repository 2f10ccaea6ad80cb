"""Sentence alignment of an original and its repost: order-free, with fusion and split.

Sentences are compared by the content terms that they share, weighed by rarity within the pair, and by
runs of words; the title takes part as a sentence. A link is kept where its score reaches
`params.min_score`. A repost sentence takes its best original sentence and further ones as long as they
explain a substantial part of it that is not yet explained (fusion); original sentences that carry
several repost sentences are split.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from rapidfuzz.distance import LCSseq

from reframing.params import AlignParams
from reframing.records import Article, Link, LinkRelation, Sentence
from reframing.segment.sentences import split
from reframing.segment.terms import FUNCTION_WORDS, content_terms
from reframing.segment.tokens import tokenize

_DEFAULTS = AlignParams()

# A headline repeats what the body says: a body sentence is linked with it where the body has nothing.
HEADLINE_DISCOUNT = 0.75
RUN_WORDS = 4


@dataclass(frozen=True)
class Sentences:
    """The sentences of one article as the aligner sees them: words in order, and term counts."""

    sentences: tuple[Sentence, ...]
    words: tuple[tuple[str, ...], ...]
    terms: tuple[Counter[str], ...]

    @cached_property
    def runs(self) -> tuple[frozenset[tuple[str, ...]], ...]:
        """Runs of four words of each sentence, with at least two content words in each."""
        return tuple(
            frozenset(
                run
                for run in zip(*(words[k:] for k in range(RUN_WORDS)), strict=False)
                if sum(word not in FUNCTION_WORDS for word in run) >= 2
            )
            for words in self.words
        )


def align(
    original: Article,
    repost: Article,
    params: AlignParams = _DEFAULTS,
    sentences: tuple[Sequence[Sentence], Sequence[Sentence]] | None = None,
) -> tuple[Link, ...]:
    """Links between the sentences of two articles, sorted by repost sentence.

    `sentences` are those of both articles where they are known already; else they are split here.
    """
    split_original, split_repost = sentences or (split(original), split(repost))
    a = profile_sentences(original.text, split_original)
    b = profile_sentences(repost.text, split_repost)
    if not a.sentences or not b.sentences:
        return ()
    chosen = choose(similarity(a, b, params), a, b, params)
    return tuple(_links(chosen, a, b, params))


def profile_sentences(text: str, sentences: Sequence[Sentence]) -> Sentences:
    """Words and content terms of each sentence of `text`."""
    tokens = tokenize(text)
    found = content_terms(tokens, frozenset(sentence.start for sentence in sentences))
    stems: dict[int, list[str]] = {}
    for term in found:
        stems.setdefault(term.token, []).append(term.stem)
    ranges = [tokens.within(sentence.span) for sentence in sentences]
    return Sentences(
        sentences=tuple(sentences),
        words=tuple(tuple(tokens.forms[i] for i in r if tokens.is_word[i]) for r in ranges),
        terms=tuple(Counter(stem for i in r for stem in stems.get(i, ())) for r in ranges),
    )


def similarity(a: Sentences, b: Sentences, params: AlignParams) -> np.ndarray:
    """Scores in [0, 1] of every sentence of `a` (rows) with every one of `b` (columns).

    Three quarters cosine of idf-weighted terms, one quarter the share of the shorter sentence's weight
    that the other has; equal word sequences score 1. Neighbours in order gain up to `order_weight`.
    """
    va, vb, idf = _weighted(a, b)
    norms_a = np.sqrt((va**2).sum(1))[:, None]
    norms_b = np.sqrt((vb**2).sum(1))[None, :]
    present_a, present_b = (va > 0) * idf, (vb > 0) * idf
    with np.errstate(invalid="ignore", divide="ignore"):
        cosine = np.nan_to_num((va @ vb.T) / (norms_a * norms_b))
        overlap = present_a @ (vb > 0).T
        least = np.minimum(present_a.sum(1)[:, None], present_b.sum(1)[None, :])
        contained = np.nan_to_num(overlap / least)
    score = 0.75 * cosine + 0.25 * contained
    score *= 1 - params.order_weight * _displacement(len(a.words), len(b.words))
    score *= np.where(_headlines(a)[:, None] & ~_headlines(b)[None, :], HEADLINE_DISCOUNT, 1.0)
    equal: dict[tuple[str, ...], list[int]] = {}
    for i, words in enumerate(a.words):
        equal.setdefault(words, []).append(i)
    for j, words in enumerate(b.words):
        for i in equal.get(words, ()):
            score[i, j] = 1.0 if words else 0.0
    return np.clip(score, 0.0, 1.0)


def _weighted(a: Sentences, b: Sentences) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Term matrices weighed by inverse sentence frequency over both articles, and the weights."""
    frequency = Counter(term for terms in (*a.terms, *b.terms) for term in terms)
    places = {term: i for i, term in enumerate(sorted(frequency))}
    n = len(a.terms) + len(b.terms)
    idf = np.array([math.log(1 + n / frequency[term]) for term in places]) if places else np.zeros(0)
    matrices = []
    for side in (a, b):
        matrix = np.zeros((len(side.terms), len(places)))
        for row, terms in enumerate(side.terms):
            for term, count in terms.items():
                matrix[row, places[term]] = math.sqrt(count)
        matrices.append(matrix * idf)
    return matrices[0], matrices[1], idf


def _headlines(side: Sentences) -> np.ndarray:
    return np.array([sentence.section == "headline" for sentence in side.sentences])


def _displacement(n: int, m: int) -> np.ndarray:
    """How far from its own relative position each sentence would stand, in [0, 1]."""
    rows = np.arange(n)[:, None] / max(1, n - 1)
    columns = np.arange(m)[None, :] / max(1, m - 1)
    return np.abs(rows - columns)


def choose(
    score: np.ndarray, a: Sentences, b: Sentences, params: AlignParams
) -> dict[int, list[int]]:
    """The original sentences chosen for each repost sentence, best first."""
    va, vb, _ = _weighted(a, b)
    chosen: dict[int, list[int]] = {}
    for j in range(score.shape[1]):
        best = _best(score, j)
        if score[best, j] < params.min_score:
            continue
        chosen[j] = [best]
        left = np.maximum(vb[j] - va[best], 0) if len(b.words[j]) > 8 else np.zeros_like(vb[j])
        for i in np.argsort(-score[:, j], kind="stable")[: params.max_merge + 2].tolist():
            if i in chosen[j] or len(chosen[j]) >= params.max_merge or score[best, j] > params.copied:
                continue
            known = {run for other in chosen[j] for run in a.runs[other]}
            shares_run = bool((a.runs[i] & b.runs[j]) - known)
            if _fuses(va[i], left, score[i, j], shares_run, params):
                chosen[j].append(i)
                left = np.maximum(left - va[i], 0)
    return chosen


def _best(score: np.ndarray, j: int) -> int:
    """The best original sentence for column `j`; of equals, one that no other column needs more."""
    top = np.flatnonzero(score[:, j] >= score[:, j].max() - 1e-9)
    if len(top) == 1:
        return int(top[0])
    order = np.abs(top / max(1, len(score) - 1) - j / max(1, score.shape[1] - 1))
    return int(top[np.argmin(order)])


def _fuses(
    candidate: np.ndarray, left: np.ndarray, score: float, shares_run: bool, params: AlignParams
) -> bool:
    """Whether a further original sentence explains enough of what is left of the repost sentence.

    It must be said to a good part, or share a run of words that is not explained yet.
    """
    explained = np.minimum(candidate, left).sum()
    return bool(
        score >= 0.6 * params.min_score
        and explained >= 0.25 * left.sum()
        and (explained >= 0.4 * candidate.sum() or shares_run)
    )


def _links(
    chosen: dict[int, list[int]], a: Sentences, b: Sentences, params: AlignParams
) -> list[Link]:
    links = []
    for j, originals in sorted(chosen.items()):
        group = tuple(sorted(originals))
        words = tuple(word for i in group for word in a.words[i])
        likeness = _likeness(words, b.words[j])
        relation = _relation(likeness, params)
        links.append(Link(group, (j,), relation, round(_score(likeness, group, j, a, b), 6)))
    return links


def _score(likeness: float, group: tuple[int, ...], j: int, a: Sentences, b: Sentences) -> float:
    """Confidence of a link: shared terms and word order of the joined original sentences."""
    joined: Counter[str] = Counter()
    for i in group:
        joined |= a.terms[i]
    shared = (joined & b.terms[j]).total()
    total = joined.total() + b.terms[j].total()
    return max(likeness, min(1.0, 0.2 + 1.6 * shared / total if total else likeness))


def _likeness(words: tuple[str, ...], other: tuple[str, ...]) -> float:
    """Normalised longest common subsequence of two word sequences, in [0, 1]."""
    return float(LCSseq.normalized_similarity(words, other)) if words or other else 0.0


def _relation(likeness: float, params: AlignParams) -> LinkRelation:
    if likeness >= params.copied:
        return "copied"
    return "edited" if likeness >= params.edited else "rewritten"
