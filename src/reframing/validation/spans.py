"""Scores of predicted against gold spans: exact, by overlap, by token.

All three give micro-averaged precision, recall and F1 over documents: `gold` and `predicted` hold
one sequence of spans a document, in the same order of documents. F1 = 2PR / (P + R); a ratio with
nothing to divide by is nan, except that F1 is 0 where one side is empty and the other is not.
"""

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from reframing.records import Span

Documents = Sequence[Sequence[Span]]


class Scores(NamedTuple):
    """Precision, recall and F1 in [0, 1], with the counts behind them."""

    precision: float
    recall: float
    f1: float
    n_matched: int
    n_gold: int
    n_predicted: int


def exact_prf(gold: Documents, predicted: Documents) -> Scores:
    """A predicted span counts where a gold span has the same two offsets."""
    matched = sum(len(set(g) & set(p)) for g, p in zip(gold, predicted, strict=True))
    return _scores(matched, sum(map(_n_distinct, gold)), sum(map(_n_distinct, predicted)))


def overlap_prf(gold: Documents, predicted: Documents) -> Scores:
    """A predicted span counts where it shares a character with a gold span, one to one.

    Both sides are taken by start; each predicted span gets the first gold span it overlaps that is
    not taken yet, which is a maximum matching where no span lies inside another of its own side.
    """
    matched = sum(_overlapping(sorted(g), sorted(p)) for g, p in zip(gold, predicted, strict=True))
    return _scores(matched, sum(map(len, gold)), sum(map(len, predicted)))


def token_prf(gold: Documents, predicted: Documents, tokens: Documents) -> Scores:
    """A token counts as marked where a span of that side covers any of its characters.

    `tokens` holds the token spans of each document, by start, without overlap.
    """
    matched = n_gold = n_predicted = 0
    for one_gold, one_predicted, one_tokens in zip(gold, predicted, tokens, strict=True):
        marked, guessed = _covered(one_gold, one_tokens), _covered(one_predicted, one_tokens)
        matched += len(marked & guessed)
        n_gold += len(marked)
        n_predicted += len(guessed)
    return _scores(matched, n_gold, n_predicted)


def _scores(matched: int, n_gold: int, n_predicted: int) -> Scores:
    precision = matched / n_predicted if n_predicted else math.nan
    recall = matched / n_gold if n_gold else math.nan
    f1 = 2 * matched / (n_gold + n_predicted) if n_gold + n_predicted else math.nan
    return Scores(precision, recall, f1, matched, n_gold, n_predicted)


def _n_distinct(spans: Iterable[Span]) -> int:
    return len(set(spans))


def _overlapping(gold: Sequence[Span], predicted: Sequence[Span]) -> int:
    taken, first, matched = [False] * len(gold), 0, 0
    for span in predicted:
        while first < len(gold) and (taken[first] or gold[first].end <= span.start):
            first += 1
        for i in range(first, len(gold)):
            if gold[i].start >= span.end:
                break
            if not taken[i] and gold[i].overlaps(span):
                taken[i] = True
                matched += 1
                break
    return matched


def _covered(spans: Iterable[Span], tokens: Sequence[Span]) -> set[int]:
    ends = [token.end for token in tokens]
    covered: set[int] = set()
    for span in spans:
        i = bisect_left(ends, span.start + 1)
        while i < len(tokens) and tokens[i].start < span.end:
            covered.add(i)
            i += 1
    return covered
