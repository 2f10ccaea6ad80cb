"""Proposes `causality-strengthened` and `causality-weakened`: a relation becomes causal or ceases to be so.

The lexicon `relations.tsv` lists expressions that relate events: by sequence (*after*), by association
(*linked to*), or as cause and effect (*led to*) (Sumner et al. 2014; Mirza & Tonelli 2016). Each is
compared with the expression that relates the same two events in the linked sentence. How certain the
relation is (*may cause*) is left to the moves on hedges.
"""

from collections.abc import Iterator

from reframing.documents.lexicon import load_lexicon
from reframing.documents.records import Move
from reframing.documents.word_classes import HAVE, NOT_ASSERTING
from reframing.measures.clauses import negates
from reframing.moves.context import Context, Side
from reframing.moves.matching import Mention, each_once, mention, overlap, question
from reframing.moves.vouching import View, both_views

_CAUSAL = ("effect", "cause")
_WINDOW = 5  # content terms on each side that form the context of a relation
_LEAST_SHARED = 2
_LEAST_SURVIVING = 0.4
_EFFECT_REACH = 9  # greatest distance in tokens from *makes* to *more likely*
_STRETCHES = frozenset(
    "second minute hour day night morning week weekend month season year".split()
)


def find(context: Context) -> Iterator[Move]:
    """Yields moves where only one of two linked sentences, which are not copies, states a cause.

    The score is 0.4 + 0.5 × the share of context terms that both relations have, of those of the one with
    fewer.
    """
    view, _ = both_views(context)
    for here, there in _of_other_grade(view):
        if question(view.there, there.sentence):
            continue
        if not view.is_comparable(here.sentence, there.sentence):
            continue
        before, after = here.lemma, there.lemma
        share = overlap(here.about, there.about)
        if share < _LEAST_SURVIVING or {before, after} == {"sequence", "effect"}:
            continue
        slug = "causality-strengthened" if _is_cause(there) else "causality-weakened"
        was, now = (here.span, (here.sentence,)), (there.span, (there.sentence,))
        yield view.move(slug, was, now, 0.4 + 0.5 * share)


def _is_cause(relation: Mention) -> bool:
    return relation.lemma in _CAUSAL


def _alike(here: Mention, there: Mention) -> int:
    """2 for two relations of the same kind, 0 if exactly one is a mere sequence, otherwise 1."""
    if _is_cause(here) and _is_cause(there):
        return 2
    return 2 if here.lemma == there.lemma else int("sequence" not in (here.lemma, there.lemma))


def _of_other_grade(view: View) -> Iterator[tuple[Mention, Mention]]:
    """Pairs of corresponding relations, original first, of which exactly one is causal.

    Counterparts share the most context terms, and at least two; relations of a similar kind get a bonus of
    up to two terms.
    """
    theres: dict[int, list[Mention]] = {}
    for there in _relations(view.there):
        theres.setdefault(there.sentence, []).append(there)
    candidates = (
        (_rank(here, there, shared), here, there)
        for here in _relations(view.here)
        for sentence in view.linked.get(here.sentence, ())
        for there in theres.get(sentence, ())
        if (shared := len(here.about & there.about)) >= _LEAST_SHARED
    )
    for here, there in each_once(candidates):
        if _is_cause(here) != _is_cause(there):
            yield here, there


def _rank(here: Mention, there: Mention, shared: int) -> tuple[float, ...]:
    starts = here.span.start, there.span.start
    return -shared - _alike(here, there), abs(starts[0] - starts[1]), sum(starts)


def _is_time(side: Side, token: int) -> bool:
    """Whether a token is a unit of time: *following* in *the following day* relates no events."""
    return token < len(side.tokens) and side.tokens.forms[token].rstrip("s") in _STRETCHES


def _gives_a_reason(side: Side, since: int) -> bool:
    """Whether *since* gives a reason and not a time.

    It does if it follows a comma in a sentence without a form of *have*, which would make a perfect.
    """
    i = side.sentence_of(side.tokens.span(since, since + 1))
    if i is None or side.tokens.forms[since - 1] != ",":
        return False
    return (HAVE - {"having"}).isdisjoint(side.tokens.forms[k] for k in side.within(i))


def _is_made(side: Side, makes: int | None, first: int) -> bool:
    """Whether *makes* occurs shortly before a token, in its sentence."""
    if makes is None or first - makes > _EFFECT_REACH:
        return False
    verb, word = (side.sentence_of(side.tokens.span(k, k + 1)) for k in (makes, first))
    return verb == word


def _relations(side: Side) -> list[Mention]:
    """The relations that an article asserts, with their category as `lemma`; not questioned or denied ones.

    An association within nine tokens after *makes* in one sentence is a cause (*makes it more likely*).
    """
    found = []
    makes: int | None = None
    for first, end, entry in load_lexicon("moves/relations").match(side.tokens):
        before = side.tokens.forms[max(0, first - 4) : first]
        if any(form in NOT_ASSERTING or negates(form) for form in before):
            continue
        if side.tokens.forms[first] == "following" and _is_time(side, end):
            continue
        span, category = side.tokens.span(first, end), entry.category
        if first and not span.of(side.text).islower() and side.tokens.is_word[first - 1]:
            continue  # part of a name: Associated Press
        if entry.lemma.startswith("relation") and side.text[span.end + 1 : span.end + 2].isupper():
            continue  # a relationship with a person or a state is no relation of events
        if entry.lemma == "since" and _gives_a_reason(side, first):
            category = "cause"
        if category == "effect":
            makes = first
        elif category == "association" and _is_made(side, makes, first):
            category = "cause"
        here = mention(side, span, category, window=_WINDOW)
        if here is not None and here.about:
            found.append(here)
    return found
