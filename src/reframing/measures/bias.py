"""Bias of wording in [0, 1]: how likely a reader calls a sentence biased (Spinde et al. 2021)."""

from collections.abc import Sequence
from math import exp, sqrt

from reframing.documents.records import Evaluation

POLARITY_WEIGHT = {"negative": 1.0, "positive": 0.5, "intensifying": 0.6}
"""Readers mark attacks as biased more often than praise or emphasis."""

BOOSTER_WEIGHT = 2.0
"""A booster ("obviously") counts like one judgement of strength 2."""

INTERCEPT, SLOPE = -0.93, 3.2
"""Fitted by logistic regression on one half of BABE, split by article."""


def bias(
    n_words: int, evaluations: Sequence[Evaluation], strengths: Sequence[int], n_boosters: int = 0
) -> float:
    """Bias of a sentence of `n_words` words; `strengths` holds 1 to 3 for each evaluation.

    `load = (Σ strength · POLARITY_WEIGHT[polarity] + BOOSTER_WEIGHT · n_boosters) / √n_words`, and the
    score is the logistic function of `INTERCEPT + SLOPE · load`. Root length, because one loaded word
    colours a long sentence less than a short one, but not in proportion. Without words it is 0.
    """
    if n_words == 0:
        return 0.0
    weighted = BOOSTER_WEIGHT * n_boosters + sum(
        strength * POLARITY_WEIGHT[evaluation.polarity]
        for evaluation, strength in zip(evaluations, strengths, strict=True)
    )
    return 1 / (1 + exp(-(INTERCEPT + SLOPE * weighted / sqrt(n_words))))
