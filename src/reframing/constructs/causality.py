"""Strength of a causal claim on the InSciOut scale (Sumner et al. 2014; Yu et al. 2019).

0 no relation, 1 correlational, 2 conditional causal ("may reduce"), 3 causal ("reduces").
"""

from reframing.constructs.context import form
from reframing.lexicon import load_lexicon
from reframing.segment.tokens import Tokens

NONE, CORRELATIONAL, CONDITIONAL, CAUSAL = range(4)

_CONDITIONS = frozenset(
    """may might could can would should possible possibly probably potential potentially perhaps
    likely appear appears appeared seem seems seemed suggest suggests suggested suggesting believed
    thought hypothesize hypothesized promising whether if""".split()
)
_WINDOW = 12


def strength(tokens: Tokens) -> int:
    """Causal strength 0-3 of a sentence, given as its tokens.

    A denied relation alone is 0. Any causal entry makes it causal, weakened to conditional where a
    word of possibility stands in the sentence at most 12 tokens before the entry; correlational
    entries count where no causal one is found, even beside conditions.
    """
    found = [(first, entry.category) for first, _, entry in load_lexicon("causal").match(tokens)]
    causal = [first for first, category in found if category == "causal"]
    if causal:
        conditional = any(_conditioned(tokens, first) for first in causal)
        return CONDITIONAL if conditional else CAUSAL
    return CORRELATIONAL if any(category == "correlational" for _, category in found) else NONE


def _conditioned(tokens: Tokens, first: int) -> bool:
    return any(form(tokens, i) in _CONDITIONS for i in range(max(0, first - _WINDOW), first))
