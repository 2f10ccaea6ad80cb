"""Sentence certainty in [0, 1]: how sure a sentence sounds (Rubin 2006; Pei & Jurgens 2021)."""

from collections.abc import Sequence

from reframing.records import Marker

PLAIN = 0.75
"""Certainty of a plain assertion: between a hedged and an emphatic one on Rubin's scale."""

LOSS = {
    "modal": 0.35,
    "epistemic-verb": 0.25,
    "epistemic-adverb": 0.35,
    "epistemic-adjective": 0.3,
    "epistemic-noun": 0.25,
    "conditional": 0.15,
    "evidential": 0.3,
    "approximator": 0.05,
    "downtoner": 0.05,
    "generality": 0.05,
    "limitation": 0.2,
}
"""Share of certainty that one hedge of a category takes away."""

GAIN = {"certainty": 0.35, "emphasis": 0.1, "importance": 0.1}
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
