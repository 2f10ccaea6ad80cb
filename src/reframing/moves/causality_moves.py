"""`causality-strengthened`, `causality-weakened`: two events become cause and effect, or cease to be.

The lexicon `relations.tsv` has the words that join events: in sequence (*after*), by association
(*linked to*), as cause and effect (*led to*) (Sumner et al. 2014; Mirza & Tonelli 2016). A relation is
compared with that of the linked sentence about the same events; how sure it is (*may cause*) is a matter
of hedges.
"""

from collections.abc import Iterator

from reframing.documents.lexicon import load_lexicon
from reframing.documents.records import Move
from reframing.measures.clauses import negates
from reframing.moves.context import Context, Side
from reframing.moves.matching import Mention, each_once, mention, question
from reframing.moves.vouching import View, both_views

_CAUSAL = ("effect", "cause")
_WINDOW = 5  # content terms on each side by which the relations of two texts are compared
_LEAST_SHARED = 2
_LEAST_SURVIVING = 0.4
_EFFECT_REACH = 9  # tokens from *makes* to *more likely*
_STRETCHES = frozenset(
    "second minute hour day night morning week weekend month season year".split()
)
_PERFECT = frozenset("has have had hasn't haven't hadn't".split())
_OPEN = frozenset("whether if".split())


def find(context: Context) -> Iterator[Move]:
    """Causes that were none, and the reverse, in linked sentences that are no copies."""
    view, _ = both_views(context)
    for here, there in _of_other_grade(view):
        if question(view.there, there.sentence):
            continue
        if not view.tells_the_same(here.sentence, there.sentence):
            continue
        before, after = here.lemma, there.lemma
        share = len(here.about & there.about) / min(len(here.about), len(there.about))
        if share < _LEAST_SURVIVING or {before, after} == {"sequence", "effect"}:
            continue
        slug = "causality-strengthened" if _is_cause(there) else "causality-weakened"
        was, now = (here.span, (here.sentence,)), (there.span, (there.sentence,))
        yield view.move(slug, was, now, 0.4 + 0.5 * share)


def _is_cause(relation: Mention) -> bool:
    return relation.lemma in _CAUSAL


def _alike(here: Mention, there: Mention) -> int:
    """2 for two relations of a kind, 0 for a cause and a mere sequence, else 1."""
    if _is_cause(here) and _is_cause(there):
        return 2
    return 2 if here.lemma == there.lemma else int("sequence" not in (here.lemma, there.lemma))


def _of_other_grade(view: View) -> Iterator[tuple[Mention, Mention]]:
    """Relations of both texts that are each other's counterpart, one of them a cause.

    Counterparts share most of the terms about them; likeness of their own counts as up to two terms.
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
    """Whether a token is a stretch of time: *the following day* joins no events."""
    return token < len(side.tokens) and side.tokens.forms[token].rstrip("s") in _STRETCHES


def _gives_a_reason(side: Side, since: int) -> bool:
    """Whether *since* stands behind a comma, in a sentence without a perfect: it tells no time then."""
    i = side.sentence_of(side.tokens.span(since, since + 1))
    if i is None or side.tokens.forms[since - 1] != ",":
        return False
    return _PERFECT.isdisjoint(side.tokens.forms[k] for k in side.within(i))


def _relations(side: Side) -> list[Mention]:
    """The relations of an article; not those that are asked for or denied. `lemma` is the category.

    What *makes* something *more likely* causes it.
    """
    found = []
    effect = -_EFFECT_REACH
    for first, end, entry in load_lexicon("moves/relations").match(side.tokens):
        before = side.tokens.forms[max(0, first - 4) : first]
        if any(form in _OPEN or negates(form) for form in before):
            continue
        if side.tokens.forms[first] == "following" and _is_time(side, end):
            continue
        span, category = side.tokens.span(first, end), entry.category
        if first and not span.of(side.text).islower() and side.tokens.is_word[first - 1]:
            continue  # part of a name: Associated Press
        if entry.lemma.startswith("relation") and side.text[span.end + 1 : span.end + 2].isupper():
            continue  # people and states have relationships
        if entry.lemma == "since" and _gives_a_reason(side, first):
            category = "cause"
        if category == "effect":
            effect = first
        elif category == "association" and first - effect <= _EFFECT_REACH:
            category = "cause"
        here = mention(side, span, category, window=_WINDOW)
        if here is not None and here.about:
            found.append(here)
    return found
