"""How far the original supports each sentence of the repost.

Support is high where the original has the content terms of the sentence. Four kinds of contradiction lower it:
a number or a name that the original lacks, the opposite of a word (*raised* – *lowered*), and a negation that
only one of the texts has. Overlap of terms is a matter of degree; a contradiction counts against the entire
sentence, so that one changed word matters even in a long sentence.
"""

from collections.abc import Sequence

from reframing.documents.records import Link
from reframing.documents.word_classes import FIRST_PERSON
from reframing.moves.context import Context, Side
from reframing.moves.entity_moves import unknown_names
from reframing.moves.number_moves import unknown_numbers
from reframing.moves.polarity_moves import denies, opposes

_WEIGHTS = {"number": 2.0, "name": 2.0, "word": 1.0}
_ELSEWHERE = 0.5
_FIRST_PERSON = FIRST_PERSON | {"ourselves"}
_NUMBER, _NAME, _OPPOSITE, _DENIAL = 0.4, 0.6, 0.4, 0.5


def support(context: Context) -> tuple[float, ...]:
    """The support of each repost sentence by the original, in [0, 1] and in sentence order.

    Support is the weighted share of the sentence's content terms that the original has; names and numbers count
    twice. A term of a linked original sentence counts in full if the two belong together, and half if it is
    merely somewhere in the original; the link's score is the probability of the former. Support is multiplied
    by 0.4 for each number and 0.6 for each name that the original lacks, by 0.4 where a word has its opposite
    in the original, and by 0.5 where only one text negates the statement. A name at the start of the sentence
    is not counted as lacking where the original says *I* or *we*, since it may be the speaker's. A sentence
    without content terms asserts nothing and has support 1.
    """
    everywhere = frozenset(term.stem for terms in context.original.terms for term in terms)
    links: dict[int, list[Link]] = {}
    for link in context.links:
        for j in link.repost:
            links.setdefault(j, []).append(link)
    spoken = _in_first_person(context.original)
    return tuple(
        round(_share(context, j, links.get(j, ()), everywhere) * _left(context, j, spoken), 6)
        for j in range(len(context.repost.sentences))
    )


def _in_first_person(side: Side) -> bool:
    """Whether a text uses first-person pronouns outside quotations."""
    quoted = [quote.span for quote in side.annotation.quotes]
    places = (k for form in _FIRST_PERSON for k in side.tokens.places.get(form, ()))
    return any(
        not any(span.contains(side.tokens.span(k, k + 1)) for span in quoted) for k in places
    )


def _share(context: Context, j: int, links: Sequence[Link], everywhere: frozenset[str]) -> float:
    """The weighted share of the content terms of repost sentence `j`, so linked, that the original has."""
    terms = context.repost.terms[j]
    linked: dict[str, float] = {}
    for link in sorted(links, key=lambda link: link.score):
        counted = link.score + (1 - link.score) * _ELSEWHERE
        linked |= {term.stem: counted for i in link.original for term in context.original.terms[i]}
    total = sum(_WEIGHTS[term.kind] for term in terms)
    borne = sum(
        _WEIGHTS[term.kind] * linked.get(term.stem, _ELSEWHERE * (term.stem in everywhere))
        for term in terms
    )
    return borne / total if total else 1.0


def _left(context: Context, j: int, in_first_person: bool) -> float:
    """The factor in (0, 1] by which contradictions lower the support of repost sentence `j`."""
    original, repost = context.original, context.repost
    left = _NUMBER ** unknown_numbers(repost, j, original)
    left *= _NAME ** unknown_names(repost, j, original, but_first=in_first_person)
    if opposes(repost, j, original):
        left *= _OPPOSITE
    if denies(repost, j, original, context.original_of.get(j, ())):
        left *= _DENIAL
    return left
