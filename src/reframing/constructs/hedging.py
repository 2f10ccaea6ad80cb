"""Hedges: words by which a writer lowers commitment or admits a limit (Lakoff 1973; Hyland 2005).

The lexicon `hedges.tsv` gives the forms and their categories; the rules of `hedge_contexts` keep out
the uses of a form that hedge nothing ("in May", "about the war", "appeared in court"). Categories:

- `modal`, `epistemic-verb`, `epistemic-adverb`, `epistemic-adjective`, `epistemic-noun`,
  `conditional` and `evidential` are semantic uncertainty in the sense of Szarvas et al. (2012),
- `approximator`, `downtoner` and `generality` blur a quantity, a degree or a frequency,
- `limitation` says what the evidence cannot bear,
- `unlisted` is what a network marks and the lexicon does not hold.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import attrgetter

from reframing.constructs.hedge_contexts import hedges
from reframing.lexicon import load_lexicon
from reframing.records import Marker, Span
from reframing.segment.tokens import Tokens

UNCERTAINTY = frozenset(
    "modal epistemic-verb epistemic-adverb epistemic-adjective epistemic-noun conditional evidential".split()
)
"""Categories that make the proposition itself uncertain: what the network was taught to mark."""

TAUGHT, AS_NONE = "taught", "taught as none"
"""How the notes of the entries begin of which the network has the say: those of `UNCERTAINTY` that the part
`train` of the Szeged corpus, from which it learned, marks at least once, and those that it holds twice or more
and never marks, which hedge in profile `lexicon` alone. Of all others, and of adverbs that it never marks, the
lexicon has the say: what a network never met it cannot judge, and an adverb has no other use."""

BLURRING = frozenset("approximator downtoner generality".split())
"""Categories that blur a quantity, a degree or a frequency, and leave the proposition as certain as it is."""

LIKELY = {"modal": 0.1}
LIKELY_OTHERS = 0.3
"""A network's probability from which an entry that it was taught hedges though the network's best path leaves
it unmarked, by category; chosen on the development part of the Szeged corpus."""

UNLISTED = "unlisted"
"""Category of a hedge that a network marks and the lexicon does not hold."""


def find_hedges(tokens: Tokens) -> tuple[Marker, ...]:
    """Hedges in `tokens` in order of their start; the longest entry wins where entries overlap."""
    lexicon = load_lexicon("hedges")
    return tuple(
        Marker(tokens.span(first, end), entry.category, entry.lemma)
        for first, end, entry in lexicon.match(tokens)
        if hedges(tokens, first, end, entry.lemma)
    )


def marked_hedges(
    text: str,
    lexical: Sequence[Marker],
    marked: Sequence[Span],
    probability: Callable[[Span], float],
) -> tuple[Marker, ...]:
    """The hedges that a network marks, with category and entry of the lexicon where they overlap one.

    `lexical` and `marked` are in order, and overlap none of their own.
    Of the lexicon's others, entries that the network was taught hedge where it finds that likely enough; the
    rest stand as they are.
    """
    spans = [hedge.span for hedge in lexical]
    named = [_named(text, span, lexical[_overlapping(spans, span)]) for span in marked]
    others = [
        hedge
        for hedge in lexical
        if not marked[_overlapping(marked, hedge.span)]
        and (hedge.entry not in _taught() or probability(hedge.span) >= _least(hedge))
    ]
    return tuple(sorted((*named, *others), key=lambda hedge: hedge.span))


@lru_cache
def _taught() -> frozenset[str]:
    entries = load_lexicon("hedges").entries
    said = (TAUGHT, AS_NONE)
    return frozenset(entry.lemma for entry in entries if entry.note.partition(";")[0] in said)


def _least(hedge: Marker) -> float:
    return LIKELY.get(hedge.category, LIKELY_OTHERS)


def _overlapping(spans: Sequence[Span], span: Span) -> slice:
    """Where in ordered `spans`, of which none overlap, those lie that overlap `span`."""
    return slice(
        bisect_right(spans, span.start, key=attrgetter("end")),
        bisect_left(spans, span.end, key=attrgetter("start")),
    )


def _named(text: str, span: Span, overlapping: Sequence[Marker]) -> Marker:
    """A marked span as a hedge; one that only blurs to the lexicon is `UNLISTED` as an uncertainty."""
    for hedge in overlapping:
        if hedge.category not in BLURRING:
            return hedge._replace(span=span)
    return Marker(span, UNLISTED, span.of(text).lower())
