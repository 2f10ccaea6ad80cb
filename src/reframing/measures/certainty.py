"""Sentence certainty in [0, 1]: how certain a finding in science news sounds (Rubin 2006; Pei & Jurgens 2021).

This module computes the score of profile `lexicon`; in profile `full` a network predicts it. Both were fitted
to ratings of findings in science news and are valid only there. In other news they fail: in sensationalised
retellings hedges become rarer and boosters more frequent, yet the score falls. To compare the certainty of
such texts, count their hedges and boosters.
"""

from collections.abc import Sequence

from reframing.documents.records import Marker

PLAIN = 0.78
"""Certainty of a plain assertion: 4.9 on the scale of 1 to 6 of Pei & Jurgens (2021)."""

LOSS = {
    "modal": 0.4,
    "epistemic-verb": 0.15,
    "epistemic-adverb": 0.25,
    "epistemic-adjective": 0.2,
    "epistemic-noun": 0.15,
    "conditional": 0.1,
    "evidential": 0.2,
    "approximator": 0.1,
    "downtoner": 0.1,
    "generality": 0.12,
    "limitation": 0.3,
}
"""Proportion of the certainty that one hedge of a category removes; rounded coefficients of a regression on
the training portion of Pei & Jurgens (2021)."""

GAIN = {"certainty": 0.3, "emphasis": 0.2, "importance": 0.05}
"""Proportion of the remaining distance to full certainty (1) that one booster of a category adds."""


def certainty(n_words: int, hedges: Sequence[Marker], boosters: Sequence[Marker]) -> float:
    """Certainty in [0, 1] of a sentence of `n_words` words with these hedges and boosters.

    Starting from `PLAIN`, each hedge multiplies the value by `1 - LOSS[category]`; then each booster reduces
    the distance to 1 by the proportion `GAIN[category]`. A sentence without words has certainty 0.
    """
    if n_words == 0:
        return 0.0
    value = PLAIN
    for hedge in hedges:
        value *= 1 - LOSS[hedge.category]
    for booster in boosters:
        value += GAIN[booster.category] * (1 - value)
    return value
