"""What is measured in a sentence, as numerators and denominators that add up over sentences.

A rate is a count per 1,000 words, a score a mean weighted by words. For both, the value of any set of
sentences is the sum of numerators over the sum of denominators. The certainty score of sentences is not
among them: it was learned from findings of science and is valid there alone (notebook 05).
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from reframing.records import SentenceMeasures, Studied
from reframing.statistics.estimates import Floats

RATE, SCORE = "per 1,000 words", "word-weighted mean"


class Measure(NamedTuple):
    """One measure of a sentence; `main` ones belong to the family that is tested."""

    name: str
    unit: str
    of: Callable[[SentenceMeasures], float]
    main: bool = True


MEASURES: tuple[Measure, ...] = (
    Measure("attributions", RATE, lambda sentence: sentence.n_attributions),
    Measure("bias", SCORE, lambda sentence: sentence.bias),
    Measure("boosters", RATE, lambda sentence: sentence.n_boosters),
    Measure(
        "evaluations",
        RATE,
        lambda sentence: sentence.n_negative + sentence.n_positive + sentence.n_intensifying,
    ),
    Measure("hedges", RATE, lambda sentence: sentence.n_hedges),
    Measure("intensifying", RATE, lambda sentence: sentence.n_intensifying, main=False),
    Measure("negative", RATE, lambda sentence: sentence.n_negative, main=False),
    Measure("positive", RATE, lambda sentence: sentence.n_positive, main=False),
    Measure("quoted words", RATE, lambda sentence: sentence.quoted_words, main=False),
    Measure("quotes", RATE, lambda sentence: sentence.n_quotes),
    Measure("sentiment", SCORE, lambda sentence: sentence.sentiment),
)


def sentence_terms(sentences: Sequence[SentenceMeasures]) -> tuple[Floats, Floats]:
    """Numerators and denominators, each of shape (sentences, measures).

    A rate's are 1,000 times the count, and the words; a score's are score times words, and the words.
    A score that is nan takes no part in its mean.
    """
    shape = (len(sentences), len(MEASURES))
    values = np.array([[m.of(s) for m in MEASURES] for s in sentences], float).reshape(shape)
    words = np.array([s.n_words for s in sentences], float)[:, None]
    is_rate = np.array([m.unit == RATE for m in MEASURES])
    defined = ~np.isnan(values)
    weighted = np.where(is_rate, 1000.0 * values, values * words)
    return np.where(defined, weighted, 0.0), np.where(defined, words, 0.0)


def linked_sentences(studied: Studied) -> tuple[list[int], list[int]]:
    """Indices of the original's sentences that some link carries over, and of the repost's linked ones."""
    links = studied.comparison.alignment
    return (
        sorted({i for link in links for i in link.original}),
        sorted({j for link in links for j in link.repost}),
    )
