"""Strength of a causal claim on the InSciOut scale (Sumner et al. 2014; Yu, Li & Wang 2019).

0 no relation, 1 correlational, 2 conditional causal (*may reduce*), 3 causal (*reduces*). The lexicon
`causal.tsv` has the categories `causal`, `association` and `comparison`.
"""

from bisect import bisect_right
from collections.abc import Sequence

from reframing.documents.lexicon import Entry, load_lexicon
from reframing.documents.records import Sentence
from reframing.documents.tokens import Tokens
from reframing.documents.word_classes import ARTICLES, DEMONSTRATIVES, POSSESSIVES

NONE, CORRELATIONAL, CONDITIONAL, CAUSAL = range(4)

_CONDITIONS = frozenset(
    """may might could can would possible possibly probably potential potentially perhaps likely appear
    appears appeared seem seems seemed suggesting promising hypothesize hypothesized believed""".split()
)
_ADVICE = frozenset(
    "should must need needs needed recommend recommended aim aims aimed whether".split()
)
_BEFORE_ADJECTIVE = (
    ARTICLES
    | POSSESSIVES
    | DEMONSTRATIVES
    | frozenset("with of and for in by to as no more or on from significantly , ( ; .".split())
)
_BEFORE_INFINITIVE = frozenset(
    """help helps helped shown found able seem seems seemed appear appears appeared likely known thought
    expected proven proved tend tends tended potential ability demonstrated reported believed""".split()
)
_REACH = 12


def strengths(tokens: Tokens, sentences: Sequence[Sentence]) -> list[int]:
    """Causal strength (0-3) of each sentence of a text, by rule.

    A sentence with an association (*linked to*) is 1, even if it also has a causal word (*linked to reduced
    risk*). Otherwise causal words give 2 if a word of possibility occurs up to 12 tokens before one of them,
    else 3. Participles before a noun (*increased levels*), purposes (*used to reduce*) and advice (*should
    reduce*) do not count as claims of an effect. A comparison of groups alone is 1.
    """
    opens = [sentence.start for sentence in sentences]
    found: dict[int, list[tuple[int, Entry]]] = {}
    for first, _, entry in load_lexicon("measures/causal").match(tokens):
        home = bisect_right(opens, tokens.starts[first]) - 1
        found.setdefault(home, []).append((first, entry))
    grades = [NONE] * len(sentences)
    for home, entries in found.items():
        words = tokens.within(sentences[home].span)
        forms = tokens.forms[words.start : words.stop]
        grades[home] = _strength(forms, [(i - words.start, entry) for i, entry in entries])
    return grades


def _strength(forms: Sequence[str], found: Sequence[tuple[int, Entry]]) -> int:
    """Strength of one sentence, from its token forms and its lexicon matches (token index, entry)."""
    categories = {entry.category for _, entry in found}
    if "association" in categories:
        return CORRELATIONAL
    causal = [i for i, entry in found if entry.category == "causal" and _claims(forms, i)]
    if causal:
        conditional = any(_before(forms, i, _CONDITIONS) for i in causal)
        return CONDITIONAL if conditional else CAUSAL
    return CORRELATIONAL if "comparison" in categories else NONE


def _claims(forms: Sequence[str], i: int) -> bool:
    """Whether the causal entry at `i` asserts an effect rather than naming, intending or advising one."""
    left, second = (forms[i - back] if i >= back else "" for back in (1, 2))
    participle = forms[i].endswith("ed") and (i == 0 or left in _BEFORE_ADJECTIVE)
    purpose = left == "to" and second not in _BEFORE_INFINITIVE
    return not participle and not purpose and not _before(forms, i, _ADVICE)


def _before(forms: Sequence[str], i: int, words: frozenset[str]) -> bool:
    return not words.isdisjoint(forms[max(0, i - _REACH) : i])
