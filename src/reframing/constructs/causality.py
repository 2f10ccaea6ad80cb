"""Strength of a causal claim on the InSciOut scale (Sumner et al. 2014; Yu, Li & Wang 2019).

0 no relation, 1 correlational, 2 conditional causal ("may reduce"), 3 causal ("reduces"). The lexicon
`causal.tsv` has the categories `causal`, `association` and `comparison`.
"""

from reframing.constructs.context import form
from reframing.lexicon import load_lexicon
from reframing.segment.tokens import Tokens

NONE, CORRELATIONAL, CONDITIONAL, CAUSAL = range(4)

_CONDITIONS = frozenset(
    """may might could can would possible possibly probably potential potentially perhaps likely appear
    appears appeared seem seems seemed suggesting promising hypothesize hypothesized believed""".split()
)
_ADVICE = frozenset(
    "should must need needs needed recommend recommended aim aims aimed whether".split()
)
_BEFORE_ADJECTIVE = frozenset(
    """a an the with of and for in by to as no more their its his her this that these those or on from
    significantly , ( ; .""".split()
)
_BEFORE_INFINITIVE = frozenset(
    """help helps helped shown found able seem seems seemed appear appears appeared likely known thought
    expected proven proved tend tends tended potential ability demonstrated reported believed""".split()
)
_REACH = 12


def strength(tokens: Tokens) -> int:
    """Causal strength 0-3 of a sentence, given as its tokens.

    Associations ("linked to") decide first: they are 1 whatever amount they speak of ("linked to reduced
    risk"). Then causal verbs count: 2 where a word of possibility stands at most 12 tokens before one,
    else 3. Participles before a noun ("increased levels"), purposes ("used to reduce") and advice
    ("should reduce") claim no effect. A comparison of groups alone is 1.
    """
    found = [(first, end, entry) for first, end, entry in load_lexicon("causal").match(tokens)]
    categories = {entry.category for _, _, entry in found}
    if "association" in categories:
        return CORRELATIONAL
    causal = [
        first for first, _, entry in found if entry.category == "causal" and claims(tokens, first)
    ]
    if causal:
        conditional = any(_before(tokens, first, _CONDITIONS) for first in causal)
        return CONDITIONAL if conditional else CAUSAL
    return CORRELATIONAL if "comparison" in categories else NONE


def claims(tokens: Tokens, first: int) -> bool:
    """Whether the causal entry at token `first` claims an effect rather than names, plans or advises one."""
    word, left = form(tokens, first), form(tokens, first - 1)
    participle = word.endswith("ed") and (first == 0 or left in _BEFORE_ADJECTIVE)
    purpose = left == "to" and form(tokens, first - 2) not in _BEFORE_INFINITIVE
    return not participle and not purpose and not _before(tokens, first, _ADVICE)


def _before(tokens: Tokens, first: int, words: frozenset[str]) -> bool:
    return any(form(tokens, i) in words for i in range(max(0, first - _REACH), first))
