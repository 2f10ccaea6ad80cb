"""Proposes `agent-dropped` and `agent-added`: only one text names who carries out a reported action.

Three patterns are recognised without a parser:

1. The same verb occurs in both texts, and an object that follows it in one precedes it in the other, as in
   a passive (*Police arrested two men* → *Two men were arrested*).
2. A different verb in the passive is preceded by most of the objects (*found a crack* → *a crack was
   discovered*).
3. A *by* phrase after a participle or a noun is missing (*a review by the ministry* → *a review*).

In each case the actor must be missing from the linked sentences of the other text and from the sentences
next to them. In this module *this side* is the text that names the actor (`View.here`), and *the other
side* the text that is compared with it (`View.there`): original and repost in turn.
"""

from collections.abc import Iterator, Sequence

from reframing.documents.lexicon import verb_stem
from reframing.documents.records import Move, Span
from reframing.documents.terms import Term, stem
from reframing.documents.word_classes import (
    BE,
    DETERMINERS,
    FINITE,
    MONTH_ABBREVIATIONS,
    MONTHS,
    PERSONAL,
    PREPOSITIONS,
    SOMEONE,
    WEEKDAYS,
    is_adverb,
)
from reframing.measures.clauses import verb_like
from reframing.moves.context import Context, Side
from reframing.moves.matching import LEAST_SURVIVING, mention, question, stems, surviving
from reframing.moves.vouching import View, both_views, cue_entry

_NEAR = 3  # content terms of the clause that are considered before and after a verb
_ACTOR = 4  # greatest distance in tokens from an actor to its verb (*will soon have*)
_MEANS = frozenset(
    """accident chance error mistake surprise hand foot car train bus boat plane road air sea land mail email
    name law force default design nature far phone half third quarter""".split()
)
_ERGATIVE = frozenset(
    map(stem, "open reopen close shut start begin resume end stop halt change break sink".split())
)
_INTRANSITIVE = frozenset(map(stem, "go come happen occur remain appear arrive become".split()))
_INDEFINITE = SOMEONE | {"none", "nothing", "one", "those", "people"}
_TIMES = (WEEKDAYS | MONTHS | MONTH_ABBREVIATIONS).keys() | frozenset(
    """now then noon midnight night day week month year end time morning evening spring summer autumn
    winter late early last next later earlier""".split()
)
_REPORTED = frozenset("a an as for of that to".split())
_OPENING = 2  # content terms that open a sentence


def find(context: Context) -> Iterator[Move]:
    """Yields moves where only one of two linked sentences, which are not copies, names the actor."""
    for view in both_views(context):
        for i, linked in view.linked.items():
            to = tuple(j for j in linked if view.is_comparable(i, j))
            found = [*_made_passive(view, i, to), *_by_phrases(view, i, to)] if to else []
            yield from _first_of_each(found)


def _first_of_each(moves: Sequence[Move]) -> Iterator[Move]:
    """The moves without those that overlap an earlier one, so that each actor is counted once."""
    kept: list[Move] = []
    for move in moves:
        sides = [
            (here, there)
            for each in kept
            for here, there in ((move.original, each.original), (move.repost, each.repost))
        ]
        if not any(here and there and here.overlaps(there) for here, there in sides):
            kept.append(move)
            yield move


def _made_passive(view: View, i: int, to: tuple[int, ...]) -> Iterator[Move]:
    """Moves where a verb with an actor on this side is preceded by its object on the other side.

    The score is 0.75 if the verb is the same and 0.6 if it is a different one.
    """
    for verb in _verbs(view.here, i):
        actor = _actor(view.here, i, verb)
        objects = _objects(view.here, i, verb)
        if not actor or actor[0].stem == "it" or _is_named(view, to, actor, objects):
            continue
        for j in to:
            if question(view.there, j):
                continue
            span = view.here.tokens.span(_opening(view.here, i, actor[0].token), verb + 1)
            passive = _passive_of_same(view.there, j, _stem_at(view.here, verb), objects)
            if passive is not None:
                yield _move(view, span, i, passive, j, 0.75)
                continue
            passive = _passive_of_another(view, i, verb, j, objects)
            if passive is not None:
                yield _move(view, span, i, passive, j, 0.6)


def _by_phrases(view: View, i: int, to: tuple[int, ...]) -> Iterator[Move]:
    """Moves where this side names the actor with *by* and the other side has the statement without it.

    The score is 0.65 if the phrase modifies a verb and 0.5 if it modifies a noun.
    """
    side = view.here
    within = side.within(i)
    for by in within[1:-1]:
        if side.tokens.forms[by] != "by":
            continue
        actor, doing = _noun_phrase(side, i, by), _modified(side, i, by)
        if not actor or doing is None or _is_reporting(side, doing):
            continue
        span = side.tokens.span(doing, actor[-1].token + 1)
        here = mention(side, span, "")
        if (
            here is None
            or _is_named(view, to, actor, here.about)
            or surviving(here.about, stems(view.there, to)) < LEAST_SURVIVING
        ):
            continue
        form = side.tokens.forms[doing]
        places = ((j, term.token) for j in to for term in view.there.terms[j])
        at = next(((j, k) for j, k in places if view.there.tokens.forms[k] == form), None)
        if at is not None and not _has_actor(view.there, *at):
            j, k = at
            score = 0.65 if verb_like(form) else 0.5
            yield _move(view, span, i, view.there.tokens.span(k, k + 1), j, score)


def _modified(side: Side, i: int, by: int) -> int | None:
    """Token index of the word that a *by* phrase modifies, None if there is none.

    It is the word directly before *by* if this has the form of a verb, else a passive verb earlier in the
    clause, else the content term directly before *by*.
    """
    reach = list(_clause(side, i, by, -1))
    if reach and not verb_like(side.tokens.forms[reach[0]]):
        passive = next((k for k in reach if _is_passive(side, k)), None)
        if passive is not None:
            return passive
    return next((term.token for term in side.terms[i] if term.token == by - 1), None)


def _is_reporting(side: Side, token: int) -> bool:
    """Whether a verb expresses speech, thought or attitude; its subject is a matter of attribution."""
    return cue_entry(side.tokens.forms[token])[1] in ("speech", "thought", "attitude")


def _move(view: View, here: Span, i: int, there: Span, j: int, score: float) -> Move:
    return view.move(f"agent-{view.change}", (here, (i,)), (there, (j,)), score)


def _stem_at(side: Side, token: int) -> str:
    return verb_stem(side.tokens.forms[token])


def _verbs(side: Side, i: int) -> Iterator[int]:
    """Token indices of the verbs of a sentence, recognised by form; passive participles are skipped."""
    for term in side.terms[i]:
        passive = _is_passive(side, term.token)
        if term.kind == "word" and not passive and _is_verb(side, term.token):
            yield term.token


def _is_verb(side: Side, token: int) -> bool:
    """Whether a token is a verb, by its ending, as an irregular form or because it follows an auxiliary."""
    form, before = side.tokens.forms[token], side.tokens.forms[max(0, token - 2) : token]
    if DETERMINERS.intersection(before[-1:]):
        return False
    if form.endswith("ing"):
        return bool(BE.intersection(before))
    return verb_like(form) or before[-1:] == ("to",) or bool(FINITE.intersection(before[-1:]))


def _is_passive(side: Side, token: int) -> bool:
    """Whether a participle follows a form of *be*, with at most two adverbs between them."""
    forms = side.tokens.forms
    if not verb_like(forms[token]):
        return False
    for k in range(token - 1, max(-1, token - 4), -1):
        if forms[k] in BE:
            return True
        if not _is_adverb(forms[k]):
            return False
    return False


def _clause(side: Side, i: int, token: int, step: int) -> Iterator[int]:
    """Token indices after `token` (`step` 1) or before it (`step` -1), in that direction.

    They end at the next punctuation mark or at the end of the sentence.
    """
    within = side.within(i)
    k = token + step
    while k in within and side.tokens.is_word[k]:
        yield k
        k += step


def _in_front(side: Side, i: int, token: int) -> list[Term]:
    reach = set(_clause(side, i, token, -1))
    return [term for term in side.terms[i] if term.token in reach][-_NEAR:]


def _objects(side: Side, i: int, token: int) -> frozenset[str]:
    """Stems of the first content terms after a verb in its clause, taken as its objects."""
    reach = set(_clause(side, i, token, 1))
    return frozenset([t.stem for t in side.terms[i] if t.token in reach][:_NEAR])


def _actor(side: Side, i: int, verb: int) -> list[Term]:
    """Content terms of the noun phrase or the pronoun before a verb, taken as its actor.

    Empty if none is near enough, or if the nearest term is a number, an adverb, a time or an indefinite
    pronoun.
    """
    forms = side.tokens.forms
    pronoun = _pronoun(side, i, verb)
    if pronoun is not None:
        return [Term(pronoun, forms[pronoun], "word")]
    front = _in_front(side, i, verb)
    while front and verb_like(forms[front[-1].token]):
        front.pop()
    if not front or verb - front[-1].token > _ACTOR or front[-1].kind == "number":
        return []
    between = forms[front[-1].token + 1 : verb]
    if BE.intersection(between) or "by" in between:
        return []
    nearest = forms[front[-1].token]
    if _is_adverb(nearest) or nearest in _INDEFINITE or nearest in _TIMES:
        return []
    actor = [front.pop()]
    while front and front[-1].token == actor[0].token - 1 and not verb_like(forms[front[-1].token]):
        actor.insert(0, front.pop())
    return actor


def _pronoun(side: Side, i: int, verb: int) -> int | None:
    """Token index of the pronoun that is the subject of a verb; None if there is none."""
    forms = side.tokens.forms
    near = next((k for k in _clause(side, i, verb, -1) if not _is_between(forms[k])), None)
    return near if near is not None and forms[near] in PERSONAL - {"you"} else None


def _is_between(form: str) -> bool:
    """Whether a word may occur between an actor and its verb: *they have already closed it*."""
    return (form in FINITE and form not in BE) or _is_adverb(form)


def _is_adverb(form: str) -> bool:
    return is_adverb(form) or form in ("not", "never", "since", "yet")


def _opening(side: Side, i: int, token: int) -> int:
    """Token index at which the noun phrase of an actor begins: *the officials of the ministry*."""
    forms, first = side.tokens.forms, side.within(i).start
    while token > first and (forms[token - 1] in DETERMINERS | {"of"} or forms[token] == "of"):
        token -= 1
    return token


def _passive_of_same(side: Side, j: int, verb: str, objects: frozenset[str]) -> Span | None:
    """Span from an object to the same verb after it, if no *by* phrase names the actor; else None.

    Without a form of *be*, only verbs that have an intransitive use and no object count (*the bridge will
    reopen on Monday*). Reports such as *described as* or *believed to be* are excluded: they are a matter
    of attribution.
    """
    forms = side.tokens.forms
    for term in side.terms[j]:
        if _stem_at(side, term.token) != verb or not _is_verb(side, term.token):
            continue
        acted_on = [each for each in _in_front(side, j, term.token) if each.stem in objects]
        passive = _is_passive(side, term.token)
        if not acted_on or not (passive or _is_intransitive(side, j, term.token)):
            continue
        following = forms[term.token + 1 : term.token + 4]
        reported = _is_reporting(side, term.token) and _REPORTED.intersection(following)
        if not reported and not _is_done_by(side, j, term.token):
            return side.tokens.span(acted_on[0].token, term.token + 1)
    return None


def _passive_of_another(
    view: View, i: int, verb: int, j: int, objects: frozenset[str]
) -> Span | None:
    """Span from an object to a different verb in the passive after it (*found it* → *it was discovered*).

    At least half of the objects must precede it, and no *by* phrase may name the actor. None if there is no
    such verb, if one sentence has the verb of the other, or if the actor's verb is intransitive or one of
    saying or thinking.
    """
    side = view.there
    own = _stem_at(view.here, verb)
    if own in side.sentence_stems[j] or own in _INTRANSITIVE or _is_reporting(view.here, verb):
        return None
    for term in side.terms[j]:
        if not _is_passive(side, term.token) or term.stem in view.here.sentence_stems[i]:
            continue
        acted_on = [each for each in _in_front(side, j, term.token) if each.stem in objects]
        most = 2 * len(acted_on) >= max(2, len(objects))
        if most and not _is_done_by(side, j, term.token):
            return side.tokens.span(acted_on[0].token, term.token + 1)
    return None


def _is_intransitive(side: Side, j: int, verb: int) -> bool:
    """Whether a verb that can be transitive or intransitive (*open*, *close*) has no object here."""
    if _stem_at(side, verb) not in _ERGATIVE:
        return False
    following = next(_clause(side, j, verb, 1), None)
    return following is None or side.tokens.forms[following] in PREPOSITIONS


def _has_actor(side: Side, j: int, verb: int) -> bool:
    """Whether a word has an actor of its own, before it or after *by*, or is an attributive participle."""
    if _is_done_by(side, j, verb) or _pronoun(side, j, verb) is not None:
        return True
    if not verb_like(side.tokens.forms[verb]) or _is_passive(side, verb):
        return False
    return _is_attributive(side, j, verb) or bool(_actor(side, j, verb))


def _is_done_by(side: Side, j: int, verb: int) -> bool:
    """Whether a *by* phrase in the sentence names the actor of a verb."""
    end = side.within(j).stop
    places = (k for k in range(verb + 1, end) if side.tokens.forms[k] == "by")
    return any(_modified(side, j, k) == verb and _noun_phrase(side, j, k) for k in places)


def _is_attributive(side: Side, j: int, participle: int) -> bool:
    """Whether a participle modifies a noun (*the approved bill*) and reports no action."""
    forms, following = side.tokens.forms, {term.token for term in side.terms[j]}
    return forms[participle - 1] in DETERMINERS and participle + 1 in following


def _noun_phrase(side: Side, i: int, by: int) -> list[Term]:
    """Content terms of the actor after *by*; empty if *by* introduces a time, a means or an amount."""
    reach = list(_clause(side, i, by, 1))
    forms = side.tokens.forms
    verb = next((k for k in reach if not forms[k].endswith("ly")), None)
    if verb is None or forms[verb].endswith("ing"):
        return []
    found: list[Term] = []
    places = {term.token: term for term in side.terms[i]}
    for k in reach[:5]:
        if k in places and forms[k] not in _TIMES and not (found and verb_like(forms[k])):
            found.append(places[k])
        elif found or forms[k] not in DETERMINERS:
            break
    if not found or any(t.kind == "number" for t in found):
        return []
    return [] if forms[found[-1].token] in _MEANS | _INDEFINITE else found


def _is_named(view: View, to: Sequence[int], actor: Sequence[Term], matter: frozenset[str]) -> bool:
    """Whether the sentences `to`, or sentences next to them, name more than half of the actor's terms.

    A neighbouring sentence counts if it opens with the actor or shares at least two terms with `matter`.
    """
    side, named = view.there, {term.stem for term in actor}
    near = {k for j in to for k in (j - 1, j + 1)} - set(to)
    plain = [
        k
        for k in near
        if 0 <= k < len(side.sentences)
        and (
            len(matter & side.sentence_stems[k]) > 1
            or named.intersection(term.stem for term in side.terms[k][:_OPENING])
        )
    ]
    return 2 * len(named & stems(side, [*to, *plain])) > len(named)
