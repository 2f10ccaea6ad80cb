"""Sentence alignment of an original and its repost: order-free, with fusion and split.

Each repost sentence is compared with the original sentences that are nearest to it by words and, where there
are vectors, by those; the title takes part as a sentence. What speaks for a link (`reframing.link_evidence`)
is weighed by `link_scores.tsv` into the probability that the two sentences have a proposition in common,
learned from pairs that were aligned by hand (`training/links.py`). A link is kept from `params.min_score` on
where neither sentence has a likelier one, and from `params.further_score` on beside others: so sentences fuse
and split.
"""

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq

from reframing.link_evidence import BY_WORDS, Candidates, candidates
from reframing.params import AlignParams
from reframing.plain import in_plain, set_plain
from reframing.records import Article, Link, LinkRelation, Sentence
from reframing.segment.sentences import split
from reframing.segment.typography import plain_text
from reframing.similarity import Sentences, Weighted, profile_sentences, weigh

_DEFAULTS = AlignParams()
SCORES = "link_scores.tsv"

Embedder = Callable[[Sequence[str]], NDArray[np.float32]]


def align(
    original: Article,
    repost: Article,
    params: AlignParams = _DEFAULTS,
    sentences: tuple[Sequence[Sentence], Sequence[Sentence]] | None = None,
    embed: Embedder | None = None,
) -> tuple[Link, ...]:
    """Links between the sentences of two articles, sorted by repost sentence.

    `sentences` are those of both articles where they are known already; else they are split here. Both
    texts are read in plain typography.
    `embed` gives texts their vectors of length 1 (texts, dimensions); without it words alone are compared.
    """
    ours, theirs = plain_text(original.text), plain_text(repost.text)
    original, repost = set_plain(original, ours), set_plain(repost, theirs)
    split_original, split_repost = (
        (in_plain(tuple(sentences[0]), ours), in_plain(tuple(sentences[1]), theirs))
        if sentences
        else (split(original), split(repost))
    )
    a = profile_sentences(original.text, split_original)
    b = profile_sentences(repost.text, split_repost)
    if not a.sentences or not b.sentences:
        return ()
    pair = weigh(a, b)
    found = candidates(pair, embed and _vectors(embed, original, a, repost, b))
    return tuple(_links(choose(pair, found, params), a, b, params))


def _vectors(
    embed: Embedder, original: Article, a: Sentences, repost: Article, b: Sentences
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    ours = embed([s.span.of(original.text) for s in a.sentences])
    return ours, embed([s.span.of(repost.text) for s in b.sentences])


def choose(pair: Weighted, found: Candidates, params: AlignParams) -> dict[int, dict[int, float]]:
    """The original sentences chosen for each repost sentence, with the probability of each."""
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
    """The highest of the values that have the same place, for each value."""
    highest = np.zeros(places.max() + 1)
    np.maximum.at(highest, places, values)
    return highest[places]


def _copied(pair: Weighted) -> dict[int, dict[int, float]]:
    """The original sentence with the same words, of several the one that stands nearest, by repost sentence."""
    n, m = len(pair.original.words), len(pair.repost.words)
    copied = {}
    for j, words in enumerate(pair.repost.words):
        same = pair.equals.get(words, ()) if words else ()
        if same:
            nearest = min(same, key=lambda i: abs(i / max(1, n - 1) - j / max(1, m - 1)))
            copied[j] = {nearest: 1.0}
    return copied


def probabilities(found: Candidates) -> NDArray[np.floating]:
    """The probability of each candidate that both sentences have a proposition in common, to three digits."""
    by_words = found.evidence.shape[1] == len(BY_WORDS)
    intercept, *weights = link_scores()["words" if by_words else "vectors"]
    logits = intercept + found.evidence @ np.array(weights)
    return np.round(1 / (1 + np.exp(-logits)), 3)


@lru_cache
def link_scores() -> Mapping[str, list[float]]:
    """Intercept and weights of the evidence, in logits and in its order, by *words* and by *vectors*."""
    table = resources.files("reframing") / SCORES
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
    """A copy has the same words: one word of forty can be the whole move."""
    if likeness == 1:
        return "copied"
    return "edited" if likeness >= params.edited else "rewritten"


def components(links: Iterable[Link]) -> list[list[Link]]:
    """Links that share a sentence, directly or through others, together; in the order of the repost."""
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
