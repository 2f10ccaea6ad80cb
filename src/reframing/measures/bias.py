"""Bias of wording in [0, 1]: estimated probability that readers call a sentence biased (Spinde et al. 2021)."""

from collections.abc import Sequence
from math import exp, sqrt

from reframing.documents.records import Evaluation

POLARITY_WEIGHT = {"negative": 1.0, "positive": 0.5, "intensifying": 0.6}
"""Weight of an evaluation by polarity: readers mark attacks as biased more often than praise or emphasis."""

BOOSTER_WEIGHT = 2.0
"""Weight of a booster (*obviously*): the same as a negative evaluation of strength 2."""

INTERCEPT, SLOPE = -0.93, 3.2
"""Coefficients of a logistic regression on one half of the BABE corpus, split by article."""


def bias(
    n_words: int, evaluations: Sequence[Evaluation], strengths: Sequence[int], n_boosters: int = 0
) -> float:
    """Bias in [0, 1] of a sentence of `n_words` words; `strengths` gives 1 to 3 for each evaluation.

    `load = (Σ strength · POLARITY_WEIGHT[polarity] + BOOSTER_WEIGHT · n_boosters) / √n_words`, and the
    score is the logistic function of `INTERCEPT + SLOPE · load`. The square root is used because one loaded
    word biases a long sentence less than a short one, but not proportionally less. Without words the score
    is 0.
    """
    if n_words == 0:
        return 0.0
    weighted = BOOSTER_WEIGHT * n_boosters + sum(
        strength * POLARITY_WEIGHT[evaluation.polarity]
        for evaluation, strength in zip(evaluations, strengths, strict=True)
    )
    return 1 / (1 + exp(-(INTERCEPT + SLOPE * weighted / sqrt(n_words))))
