"""Proposes `causality-strengthened` and `causality-weakened`: a relation becomes causal or ceases to be so.

The lexicon `relations.tsv` lists expressions that relate events: by sequence (*after*), by association
(*linked to*), or as cause and effect (*led to*) (Sumner et al. 2014; Mirza & Tonelli 2016). Each is
compared with the expression that relates the same two events in the linked sentence. How certain the
relation is (*may cause*) is left to the moves on hedges.
"""

from collections.abc import Iterator

from reframing.documents.lexicon import load_lexicon
from reframing.documents.records import Move
from reframing.documents.word_classes import NOT_ASSERTING
from reframing.measures.clauses import negates
from reframing.moves.context import Context, Side
from reframing.moves.matching import Mention, each_once, mention, overlap, question
from reframing.moves.vouching import both_views

_CAUSAL = ("effect", "cause")
_WINDOW = 5  # content terms on each side that form the context of a relation
_LEAST_SHARED = 2
_LEAST_SURVIVING = 0.4


def find(context: Context) -> Iterator[Move]:
    """Yields moves where only one of two linked sentences, which are not copies, states a cause.

    Counterparts share the most context terms, and at least two. The score is 0.4 + 0.5 × the share of context
    terms that both relations have, of those of the one with fewer.
    """
    view, _ = both_views(context)
    theres: dict[int, list[Mention]] = {}
    for there in _relations(view.there):
        theres.setdefault(there.sentence, []).append(there)
    candidates = (
        (
            (-shared, _is_cause(here) != _is_cause(there), here.span.start + there.span.start),
            here,
            there,
        )
        for here in _relations(view.here)
        for sentence in view.linked.get(here.sentence, ())
        for there in theres.get(sentence, ())
        if (shared := len(here.about & there.about)) >= _LEAST_SHARED
    )
    for here, there in each_once(candidates):
        share = overlap(here.about, there.about)
        if _is_cause(here) == _is_cause(there) or share < _LEAST_SURVIVING:
            continue
        if question(view.there, there.sentence) or {here.lemma, there.lemma} == {
            "sequence",
            "effect",
        }:
            continue
        if view.is_comparable(here.sentence, there.sentence):
            slug = "causality-strengthened" if _is_cause(there) else "causality-weakened"
            was, now = (here.span, (here.sentence,)), (there.span, (there.sentence,))
            yield view.move(slug, was, now, 0.4 + 0.5 * share)


def _is_cause(relation: Mention) -> bool:
    return relation.lemma in _CAUSAL


def _relations(side: Side) -> Iterator[Mention]:
    """The relations that an article asserts, with their category as `lemma`; not questioned or denied ones.

    Expressions with a capital behind another word are parts of names (*Associated Press*).
    """
    forms = side.tokens.forms
    for first, end, entry in load_lexicon("moves/relations").match(side.tokens):
        span = side.tokens.span(first, end)
        denied = any(
            form in NOT_ASSERTING or negates(form) for form in forms[max(0, first - 4) : first]
        )
        name = first > 0 and side.tokens.is_word[first - 1] and not span.of(side.text).islower()
        here = mention(side, span, entry.category, window=_WINDOW)
        if here is not None and here.about and not denied and not name:
            yield here
