"""Sentence alignment of an original and its repost: order-free, with fusion and split.

Sentences are compared by the content terms that they share, weighed by rarity within the pair, and by
runs of words; the title takes part as a sentence. A link is kept where its score reaches
`params.min_score`. A repost sentence takes its best original sentence and further ones as long as they
explain a substantial part of it that is not yet explained (fusion); original sentences that carry
several repost sentences are split.

Sentences that are left over on both sides may say the same in other words: those whose vectors are each
other's nearest are linked from a cosine of `params.paraphrase` on, and from `params.paraphrase_beside`
where the sentences in front of both, or behind both, are linked. They must be nearer than the others by
`params.paraphrase_margin`: sentences of one event are all alike (Artetxe & Schwenk 2019).
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq

from reframing.params import AlignParams
from reframing.records import Article, Link, LinkRelation, Sentence
from reframing.segment.sentences import split
from reframing.similarity import Sentences, Weighted, Weights, profile_sentences, similarity, weigh

_DEFAULTS = AlignParams()
_UNRELATED = 0.3  # cosine of two sentences of one event that say different things

Embedder = Callable[[Sequence[str]], NDArray[np.float32]]


def align(
    original: Article,
    repost: Article,
    params: AlignParams = _DEFAULTS,
    sentences: tuple[Sequence[Sentence], Sequence[Sentence]] | None = None,
    embed: Embedder | None = None,
) -> tuple[Link, ...]:
    """Links between the sentences of two articles, sorted by repost sentence.

    `sentences` are those of both articles where they are known already; else they are split here.
    `embed` gives texts their vectors of length 1 (texts, dimensions); without it words alone are compared.
    """
    split_original, split_repost = sentences or (split(original), split(repost))
    a = profile_sentences(original.text, split_original)
    b = profile_sentences(repost.text, split_repost)
    if not a.sentences or not b.sentences:
        return ()
    chosen = choose(weigh(a, b), params)
    links = _links(chosen, a, b, params)
    if embed is not None:
        texts = (
            [s.span.of(original.text) for s in a.sentences],
            [s.span.of(repost.text) for s in b.sentences],
        )
        links += _paraphrases(chosen, a, b, texts, params, embed)
    return tuple(sorted(links, key=lambda link: link.repost))


def _paraphrases(
    chosen: Mapping[int, Sequence[int]],
    a: Sentences,
    b: Sentences,
    texts: tuple[Sequence[str], Sequence[str]],
    params: AlignParams,
    embed: Embedder,
) -> list[Link]:
    """Links between sentences that have none, by their vectors; headlines are left as they are."""
    linked = {(i, j) for j, originals in chosen.items() for i in originals}
    ours = _left_over(a, {i for i, _ in linked})
    theirs = _left_over(b, {j for _, j in linked})
    if not ours or not theirs:
        return []
    vectors = embed([texts[0][i] for i in ours]), embed([texts[1][j] for j in theirs])
    cosines = np.round(vectors[0] @ vectors[1].T, 4)  # beyond it processors may differ
    found = []
    for row, column in zip(*np.nonzero(cosines == cosines.max(0)), strict=True):
        i, j, cosine = ours[row], theirs[column], float(cosines[row, column])
        beside = (i - 1, j - 1) in linked or (i + 1, j + 1) in linked
        least = params.paraphrase_beside if beside else params.paraphrase
        background = (_background(cosines[row], column) + _background(cosines[:, column], row)) / 2
        nearest = cosine == cosines[row].max() and cosine - background >= params.paraphrase_margin
        if cosine >= least and nearest:
            found.append(Link((i,), (j,), "rewritten", round(cosine, 4)))
    return found


def _background(cosines: NDArray[np.float32], chosen: int) -> float:
    """How near the other sentences are: the mean of the two nearest, none of them below `_UNRELATED`."""
    others = sorted([*np.delete(cosines, chosen), _UNRELATED, _UNRELATED])
    return float(np.mean(others[-2:]))


def _left_over(side: Sentences, linked: set[int]) -> list[int]:
    return [
        i
        for i, sentence in enumerate(side.sentences)
        if i not in linked and sentence.section != "headline" and _is_statement(side.words[i])
    ]


def _is_statement(words: Sequence[str]) -> bool:
    """Whether a sentence has words enough besides numbers: *Updated July 16, 2018, 7:15 am* has not."""
    return sum(word.isalpha() for word in words) > max(
        1, 2 * sum(word[0].isdigit() for word in words)
    )


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
    words = pair.repost.words[j]
    if words == pair.original.words[best]:
        return []
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
    """A copy has the same words: one word of forty can be the whole move."""
    if likeness == 1:
        return "copied"
    return "edited" if likeness >= params.edited else "rewritten"
