"""Hedges: words by which a writer lowers commitment or admits a limit (Lakoff 1973; Hyland 2005).

The lexicon `hedges.tsv` gives the forms and their categories; the rules of `hedge_contexts` keep out
the uses of a form that hedge nothing ("in May", "about the war", "appeared in court"). Categories:

- `modal`, `epistemic-verb`, `epistemic-adverb`, `epistemic-adjective`, `epistemic-noun`,
  `conditional` and `evidential` are semantic uncertainty in the sense of Szarvas et al. (2012),
- `approximator`, `downtoner` and `generality` blur a quantity, a degree or a frequency,
- `limitation` says what the evidence cannot bear.
"""

from collections.abc import Callable, Sequence

from reframing.constructs.hedge_contexts import hedges
from reframing.lexicon import load_lexicon
from reframing.records import Marker, Span
from reframing.segment.tokens import Tokens

UNCERTAINTY = frozenset(
    "modal epistemic-verb epistemic-adverb epistemic-adjective epistemic-noun conditional evidential".split()
)
"""Categories that make the proposition itself uncertain, and in which the network knows hedges."""

BLURRING = frozenset("approximator downtoner generality".split())
"""Categories that blur a quantity, a degree or a frequency, and leave the proposition as certain as it is."""

DOUBTFUL = 0.1
"""Probability below which an entry is no hedge; chosen on the development part of the Szeged corpus."""


def find_hedges(tokens: Tokens) -> tuple[Marker, ...]:
    """Hedges in `tokens` in order of their start; the longest entry wins where entries overlap."""
    lexicon = load_lexicon("hedges")
    return tuple(
        Marker(tokens.span(first, end), entry.category, entry.lemma)
        for first, end, entry in lexicon.match(tokens)
        if hedges(tokens, first, end, entry.lemma)
    )


def told_apart(
    lexical: Sequence[Marker], probability: Callable[[Span], float]
) -> tuple[Marker, ...]:
    """The hedges of the lexicon that a network does not take for another use of the form.

    An entry of `UNCERTAINTY` hedges unless the network's probability of it is below `DOUBTFUL`; the other
    categories, of which it was taught nothing, stand as they are.
    """
    return tuple(
        hedge
        for hedge in lexical
        if hedge.category not in UNCERTAINTY or probability(hedge.span) >= DOUBTFUL
    )
