"""Hedges: words by which a writer lowers commitment or admits a limit (Lakoff 1973; Hyland 2005).

The lexicon `hedges.tsv` gives the forms and their categories; the rules of `hedge_contexts` keep out
the uses of a form that hedge nothing ("in May", "about the war", "appeared in court"). Categories:

- `modal`, `epistemic-verb`, `epistemic-adverb`, `epistemic-adjective`, `epistemic-noun`,
  `conditional` and `evidential` are semantic uncertainty in the sense of Szarvas et al. (2012),
- `approximator`, `downtoner` and `generality` blur a quantity, a degree or a frequency,
- `limitation` says what the evidence cannot bear.
"""

from reframing.constructs.hedge_contexts import hedges
from reframing.lexicon import load_lexicon
from reframing.records import Marker
from reframing.segment.tokens import Tokens

UNCERTAINTY = frozenset(
    "modal epistemic-verb epistemic-adverb epistemic-adjective epistemic-noun conditional evidential".split()
)
"""Categories that make the proposition itself uncertain."""


def find_hedges(tokens: Tokens) -> tuple[Marker, ...]:
    """Hedges in `tokens` in order of their start; the longest entry wins where entries overlap."""
    lexicon = load_lexicon("hedges")
    return tuple(
        Marker(tokens.span(first, end), entry.category, entry.lemma)
        for first, end, entry in lexicon.match(tokens)
        if hedges(tokens, first, end, entry.lemma)
    )
