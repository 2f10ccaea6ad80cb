"""Sentence certainty in [0, 1]: how sure a finding of science news sounds (Rubin 2006; Pei & Jurgens 2021).

Weights and network were learned from ratings of findings in science news and hold there. They do not
transfer to other news: where a retelling turns sensational, hedges fall and boosters rise, and the score falls
all the same. It is no measure of how sure such texts sound; count their hedges and boosters.
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
"""Share of certainty that one hedge of a category takes away; rounded from a regression on
their training portion."""

GAIN = {"certainty": 0.3, "emphasis": 0.2, "importance": 0.05}
"""Share of what is missing to full certainty that one booster of a category adds."""


def certainty(n_words: int, hedges: Sequence[Marker], boosters: Sequence[Marker]) -> float:
    """Certainty of a sentence of `n_words` words with these hedges and boosters.

    A plain assertion has `PLAIN`. Each hedge multiplies what is there by `1 - LOSS`; then each
    booster moves it by `GAIN` of the way to 1, so neither kind can leave [0, 1]. A sentence without
    words asserts nothing and has 0.
    """
    if n_words == 0:
        return 0.0
    value = PLAIN
    for hedge in hedges:
        value *= 1 - LOSS[hedge.category]
    for booster in boosters:
        value += GAIN[booster.category] * (1 - value)
    return value
