"""Lexical similarity of the sentences of two articles: content terms weighted by rarity in the pair."""

import math
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from reframing.documents.document import Document
from reframing.documents.records import Sentence

Weights = dict[str, float]

HEADLINE_DISCOUNT = 0.75
"""Factor on the similarity of an original headline and a repost body sentence.

A headline repeats the body, so it should match a body sentence only where the original's body has no match.
"""
ORDER_WEIGHT = 0.08
"""Greatest share of similarity that a sentence loses for a different relative position."""


@dataclass(frozen=True)
class Sentences:
    """The sentences of one article as the aligner sees them, with their words in order and term counts."""

    sentences: tuple[Sentence, ...]
    words: tuple[tuple[str, ...], ...]
    terms: tuple[Counter[str], ...]


@dataclass(frozen=True)
class Weighted:
    """The sentences of a pair with term weights √count · idf.

    The inverse document frequency `idf` takes the sentences of both articles as documents.
    """

    original: Sentences
    repost: Sentences
    idf: Weights
    original_weights: tuple[Weights, ...]
    repost_weights: tuple[Weights, ...]

    @cached_property
    def postings(self) -> dict[str, tuple[np.ndarray, np.ndarray]]:
        """Inverted index of the original: for each term the indices of its sentences and its weights there."""
        found: dict[str, tuple[list[int], list[float]]] = {}
        for i, weights in enumerate(self.original_weights):
            for term, weight in weights.items():
                places, values = found.setdefault(term, ([], []))
                places.append(i)
                values.append(weight)
        return {
            term: (np.array(places), np.array(values)) for term, (places, values) in found.items()
        }

    @cached_property
    def norms(self) -> np.ndarray:
        """Euclidean norms of the original sentences' weight vectors (sentences,)."""
        return np.array([_norm(weights) for weights in self.original_weights])

    @cached_property
    def masses(self) -> np.ndarray:
        """Sum of idf over the distinct terms of each original sentence (sentences,)."""
        return np.array([self.mass(weights) for weights in self.original_weights])

    def mass(self, weights: Weights) -> float:
        """Sum of idf over the terms of a sentence with these weights."""
        return sum(self.idf[term] for term in weights)

    @cached_property
    def headlines(self) -> np.ndarray:
        """Whether each original sentence is a headline (sentences,)."""
        return np.array([s.section == "headline" for s in self.original.sentences])

    @cached_property
    def equals(self) -> dict[tuple[str, ...], list[int]]:
        """The indices of the original sentences that consist of each sequence of words."""
        found: dict[tuple[str, ...], list[int]] = {}
        for i, words in enumerate(self.original.words):
            found.setdefault(words, []).append(i)
        return found


def profile_sentences(document: Document) -> Sentences:
    """Words and content terms of each sentence of a document."""
    tokens = document.tokens
    ranges = map(document.within, range(len(document.sentences)))
    return Sentences(
        sentences=document.sentences,
        words=tuple(tuple(tokens.forms[k] for k in r if tokens.is_word[k]) for r in ranges),
        terms=tuple(Counter(term.stem for term in terms) for terms in document.terms),
    )


def weigh(a: Sentences, b: Sentences) -> Weighted:
    """The sentences of two articles with terms weighted by inverse sentence frequency, log(1 + n / count)."""
    frequency = Counter(term for terms in (*a.terms, *b.terms) for term in terms)
    n = len(a.terms) + len(b.terms)
    idf = {term: math.log(1 + n / count) for term, count in frequency.items()}
    weights = [
        tuple(
            {term: math.sqrt(count) * idf[term] for term, count in terms.items()}
            for terms in side.terms
        )
        for side in (a, b)
    ]
    return Weighted(a, b, idf, *weights)


def similarity(pair: Weighted, j: int) -> np.ndarray:
    """Similarity in [0, 1] of every original sentence to repost sentence `j` (original sentences,).

    Three quarters are the cosine of idf-weighted terms, one quarter is the overlap coefficient weighted by idf.
    Sentences in different relative positions lose up to `ORDER_WEIGHT`, headlines are discounted by
    `HEADLINE_DISCOUNT` for body sentences, and identical word sequences have 1.
    """
    weights = pair.repost_weights[j]
    dot, overlap = np.zeros(len(pair.norms)), np.zeros(len(pair.norms))
    for term, weight in weights.items():
        if term in pair.postings:
            places, values = pair.postings[term]
            dot[places] += weight * values
            overlap[places] += pair.idf[term]
    length = pair.norms * _norm(weights)
    least = np.minimum(pair.masses, pair.mass(weights))
    score = 0.75 * _divided(dot, length) + 0.25 * _divided(overlap, least)
    score *= 1 - ORDER_WEIGHT * _displacement(pair, j)
    if pair.repost.sentences[j].section != "headline":
        score[pair.headlines] *= HEADLINE_DISCOUNT
    if pair.repost.words[j]:
        score[pair.equals.get(pair.repost.words[j], [])] = 1.0
    return np.clip(score, 0.0, 1.0)


def _divided(share: np.ndarray, total: np.ndarray) -> np.ndarray:
    return np.divide(share, total, out=np.zeros_like(share), where=total > 0)


def _displacement(pair: Weighted, j: int) -> np.ndarray:
    """Distance of each original sentence's relative position from that of repost sentence `j`, in [0, 1]."""
    n, m = len(pair.original.words), len(pair.repost.words)
    return np.abs(np.arange(n) / max(1, n - 1) - j / max(1, m - 1))


def _norm(weights: Weights) -> float:
    return math.sqrt(sum(weight * weight for weight in weights.values()))
