"""How far the original bears out each sentence of the repost.

A statement is borne out where the original has its words, and is not where it has others in their place: a
number or a name that the original does not know, the opposite of what it says (*raised* – *lowered*), a
denial that only one of the two has. The first is a matter of degree; each of the others counts against the
whole sentence, so that one changed word tells in a long one.
"""

from collections import Counter

from reframing.moves.context import Context, Side
from reframing.moves.entity_moves import unknown_names
from reframing.moves.number_moves import unknown_numbers
from reframing.moves.polarity_moves import denies, opposes

_WEIGHTS = {"number": 2.0, "name": 2.0, "word": 1.0}
_ELSEWHERE = 0.5
_FIRST_PERSON = frozenset("i my we our us ourselves".split())
_NUMBER, _NAME, _OPPOSITE, _DENIAL = 0.4, 0.6, 0.4, 0.5


def support(context: Context) -> tuple[float, ...]:
    """Support of each repost sentence in [0, 1].

    The weighted share of its content terms that its linked original sentences have (full weight), or
    that stand elsewhere in the original (half), names and numbers twice; times what is left for each thing
    that the original does not bear out: 0.4 for a number, 0.6 for a name, 0.4 for an opposite, 0.5 for a
    denial. A name that opens the sentence may be the speaker's, where the original says *I* or *we*. A
    sentence without content terms asserts nothing and has support 1.
    """
    everywhere = Counter(term.stem for terms in context.original.terms for term in terms)
    spoken = _in_first_person(context.original)
    return tuple(
        round(_share(context, j, everywhere) * _left(context, j, spoken), 6)
        for j in range(len(context.repost.sentences))
    )


def _in_first_person(side: Side) -> bool:
    """Whether a text says *I* or *we* outside quotations."""
    quoted = [quote.span for quote in side.annotation.quotes]
    places = (k for form in _FIRST_PERSON for k in side.tokens.places.get(form, ()))
    return any(
        not any(span.contains(side.tokens.span(k, k + 1)) for span in quoted) for k in places
    )


def _share(context: Context, j: int, everywhere: Counter[str]) -> float:
    """The weighted share of the content terms of a sentence that the original has."""
    terms = context.repost.terms[j]
    linked = {
        term.stem for i in context.original_of.get(j, ()) for term in context.original.terms[i]
    }
    total = sum(_WEIGHTS[term.kind] for term in terms)
    borne = sum(
        _WEIGHTS[term.kind]
        * (1.0 if term.stem in linked else _ELSEWHERE * (term.stem in everywhere))
        for term in terms
    )
    return borne / total if total else 1.0


def _left(context: Context, j: int, in_first_person: bool) -> float:
    """What is left of a sentence's support after all that the original does not bear out."""
    original, repost = context.original, context.repost
    left = _NUMBER ** unknown_numbers(repost, j, original)
    left *= _NAME ** unknown_names(repost, j, original, but_first=in_first_person)
    if opposes(repost, j, original):
        left *= _OPPOSITE
    if denies(repost, j, original, context.original_of.get(j, ())):
        left *= _DENIAL
    return left
