"""Sentence alignment of an original and its repost: order-free, with fusion and split.

Sentences are compared by the content terms that they share, weighed by rarity within the pair, and by
runs of words; the title takes part as a sentence. A link is kept where its score reaches
`params.min_score`. A repost sentence takes its best original sentence and further ones as long as they
explain a substantial part of it that is not yet explained (fusion); original sentences that carry
several repost sentences are split.
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from rapidfuzz.distance import LCSseq

from reframing.params import AlignParams
from reframing.records import Article, Link, LinkRelation, Sentence
from reframing.segment.sentences import split
from reframing.similarity import Sentences, Weighted, Weights, profile_sentences, similarity, weigh

_DEFAULTS = AlignParams()


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
    chosen = choose(weigh(a, b), params)
    return tuple(_links(chosen, a, b, params))


def choose(pair: Weighted, params: AlignParams) -> dict[int, list[int]]:
    """The original sentences chosen for each repost sentence, best first."""
    chosen = {}
    for j in range(len(pair.repost.words)):
        score = similarity(pair, j, params)
        best = _best(score, j / max(1, len(pair.repost.words) - 1))
        if score[best] >= params.min_score:
            chosen[j] = [best, *_further(pair, j, best, score, params)]
    return chosen


def _further(
    pair: Weighted, j: int, best: int, score: np.ndarray, params: AlignParams
) -> list[int]:
    """Original sentences that repost sentence `j` fuses with its best one."""
    if score[best] > params.copied:
        return []
    words = pair.repost.words[j]
    left = _beyond(pair.repost_weights[j], pair.original_weights[best]) if len(words) > 8 else {}
    known = set(pair.original.runs[best])
    further: list[int] = []
    for i in np.argsort(-score, kind="stable")[: params.max_merge + 2].tolist():
        if i == best or len(further) + 1 >= params.max_merge:
            continue
        shares_run = bool((pair.original.runs[i] & pair.repost.runs[j]) - known)
        if _fuses(pair.original_weights[i], left, score[i], shares_run, params):
            further.append(i)
            known |= pair.original.runs[i]
            left = _beyond(left, pair.original_weights[i])
    return further


def _beyond(weights: Weights, explained: Weights) -> Weights:
    """What is left of `weights` beyond what is explained."""
    rest = {term: weight - explained.get(term, 0.0) for term, weight in weights.items()}
    return {term: weight for term, weight in rest.items() if weight > 0}


def _best(score: np.ndarray, position: float) -> int:
    """The best original sentence; of equals, the one that stands closest to the relative `position`."""
    top = np.flatnonzero(score >= score.max() - 1e-9)
    return int(top[np.argmin(np.abs(top / max(1, len(score) - 1) - position))])


def _fuses(
    candidate: Weights, left: Weights, score: float, shares_run: bool, params: AlignParams
) -> bool:
    """Whether a further original sentence explains enough of what is left of the repost sentence.

    It must be said to a good part, or share a run of words that is not explained yet.
    """
    explained = sum(min(weight, candidate.get(term, 0.0)) for term, weight in left.items())
    return (
        score >= 0.6 * params.min_score
        and explained >= 0.25 * sum(left.values())
        and (explained >= 0.4 * sum(candidate.values()) or shares_run)
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
