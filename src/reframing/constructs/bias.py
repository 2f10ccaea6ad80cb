"""Bias of wording in [0, 1]: how likely a reader calls a sentence biased (Spinde et al. 2021)."""

from collections.abc import Sequence
from math import exp, sqrt

from reframing.records import Evaluation

POLARITY_WEIGHT = {"negative": 1.0, "positive": 0.6, "intensifying": 0.6}
"""Readers mark attacks as biased more often than praise or emphasis."""

INTERCEPT, SLOPE = -1.0, 2.5


def bias(n_words: int, evaluations: Sequence[Evaluation], strengths: Sequence[int]) -> float:
    """Bias of a sentence of `n_words` words; `strengths` holds 1 to 3 for each evaluation.

    `load = Σ strength · POLARITY_WEIGHT[polarity] / √n_words`, and the score is the logistic function
    of `INTERCEPT + SLOPE · load`. Root length, because one loaded word colours a long sentence less
    than a short one, but not in proportion. A sentence without words has 0.
    """
    if n_words == 0:
        return 0.0
    weighted = sum(
        strength * POLARITY_WEIGHT[evaluation.polarity]
        for evaluation, strength in zip(evaluations, strengths, strict=True)
    )
    return 1 / (1 + exp(-(INTERCEPT + SLOPE * weighted / sqrt(n_words))))
