"""`agent-dropped`, `agent-added`: who acts is said in one text and left out of the same action in the other.

Three ways to see it without a parser. The verb is the same, and what stands behind it here stands in front
of it there, as in a passive (*Police arrested two men* → *Two men were arrested*). Another verb in the
passive has most of it in front (*found a crack* → *a crack was discovered*). Or a phrase with *by* is gone
from behind a participle or a noun (*a review by the ministry* → *a review*). The actor must be missing from
the linked sentences there and from those beside them.
"""

from collections.abc import Iterator, Sequence

from reframing.documents.lexicon import verb_stem
from reframing.documents.records import Move, Span
from reframing.documents.terms import Term, stem
from reframing.measures.clauses import BE, DETERMINERS, FINITE, verb_like
from reframing.moves.context import Context, Side
from reframing.moves.matching import mention, question, stems, surviving
from reframing.moves.vouching import View, both_views, cue_entry

_NEAR = 3  # content terms of the clause in front of a verb, and behind it
_ACTOR = 4  # tokens between an actor and its verb (*will soon have*)
_MEANS = frozenset(
    """accident chance error mistake surprise hand foot car train bus boat plane road air sea land mail email
    name law force default design nature far phone half third quarter""".split()
)
_ADVERBS = frozenset("not never also already still now soon then later since yet first".split())
_ERGATIVE = frozenset(
    map(stem, "open reopen close shut start begin resume end stop halt change break sink".split())
)
_INTRANSITIVE = frozenset(map(stem, "go come happen occur remain appear arrive become".split()))
_AUXILIARIES = FINITE | {"to"}
_PRONOUNS = frozenset("i he she it we they".split())
_NOBODY = frozenset("none nobody nothing one those people someone somebody".split())
_PREPOSITIONS = frozenset("on in at to for from after before until with under by as".split())
_TIMES = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december jan feb mar apr jun jul aug sept sep oct nov dec
    now then noon midnight night day week month year end time morning evening spring summer autumn
    winter late early last next later earlier""".split()
)
_REPORTED = frozenset("a an as for of that to".split())
_OPENING = 2  # content terms at the head of a sentence
LEAST_SURVIVING = 0.5


def find(context: Context) -> Iterator[Move]:
    """Actors lost and gained between linked sentences that are no copies."""
    for view in both_views(context):
        for i, linked in view.linked.items():
            to = tuple(j for j in linked if view.tells_the_same(i, j))
            found = [*_turned(view, i, to), *_by_phrases(view, i, to)] if to else []
            yield from _first_of_each(found)


def _first_of_each(moves: Sequence[Move]) -> Iterator[Move]:
    """The moves without those that overlap an earlier one: an actor is lost once."""
    kept: list[Move] = []
    for move in moves:
        spans = [span for span in (move.original, move.repost) if span is not None]
        others = [
            span for each in kept for span in (each.original, each.repost) if span is not None
        ]
        if not any(span.overlaps(other) for span in spans for other in others):
            kept.append(move)
            yield move


def _turned(view: View, i: int, to: tuple[int, ...]) -> Iterator[Move]:
    """Verbs with an actor here, and there with what they act on in the actor's place."""
    for verb in _verbs(view.here, i):
        actor = _actor(view.here, i, verb)
        objects = _behind(view.here, i, verb)
        if not actor or actor[0].stem == "it" or _is_said(view, to, actor, objects):
            continue
        for j in to:
            if question(view.there, j):
                continue
            span = view.here.tokens.span(_opening(view.here, i, actor[0].token), verb + 1)
            passive = _passive(view.there, j, _stem_at(view.here, verb), objects)
            if passive is not None:
                yield _move(view, span, i, passive, j, 0.75)
                continue
            passive = _otherwise(view, i, verb, j, objects)
            if passive is not None:
                yield _move(view, span, i, passive, j, 0.6)


def _by_phrases(view: View, i: int, to: tuple[int, ...]) -> Iterator[Move]:
    """Actors named with *by* here, that what is left of the statement there lacks."""
    side = view.here
    within = side.within(i)
    for by in within[1:-1]:
        if side.tokens.forms[by] != "by":
            continue
        actor, doing = _noun_phrase(side, i, by), _done(side, i, by)
        if not actor or doing is None or _tells(side, doing):
            continue
        span = side.tokens.span(doing, actor[-1].token + 1)
        here = mention(side, span, "")
        if (
            here is None
            or _is_said(view, to, actor, here.about)
            or surviving(here.about, stems(view.there, to)) < LEAST_SURVIVING
        ):
            continue
        form = side.tokens.forms[doing]
        places = ((j, term.token) for j in to for term in view.there.terms[j])
        at = next(((j, k) for j, k in places if view.there.tokens.forms[k] == form), None)
        if at is not None and not _acts(view.there, *at):
            j, k = at
            score = 0.65 if verb_like(form) else 0.5
            yield _move(view, span, i, view.there.tokens.span(k, k + 1), j, score)


def _done(side: Side, i: int, by: int) -> int | None:
    """What is done by an actor: a verb in front of *by*, or that of the passive, or the noun in front."""
    reach = list(_clause(side, i, by, -1))
    if reach and not verb_like(side.tokens.forms[reach[0]]):
        passive = next((k for k in reach if _is_passive(side, k)), None)
        if passive is not None:
            return passive
    return next((term.token for term in side.terms[i] if term.token == by - 1), None)


def _tells(side: Side, token: int) -> bool:
    """Whether a verb is one of saying, thinking or judging: who does so is a matter of attribution."""
    return cue_entry(side.tokens.forms[token])[1] in ("speech", "thought", "attitude")


def _move(view: View, here: Span, i: int, there: Span, j: int, score: float) -> Move:
    return view.move(f"agent-{view.change}", (here, (i,)), (there, (j,)), score)


def _stem_at(side: Side, token: int) -> str:
    return verb_stem(side.tokens.forms[token])


def _verbs(side: Side, i: int) -> Iterator[int]:
    """The verbs of a sentence, as far as forms tell; participles of a passive are left out."""
    for term in side.terms[i]:
        passive = _is_passive(side, term.token)
        if term.kind == "word" and not passive and _is_verb(side, term.token):
            yield term.token


def _is_verb(side: Side, token: int) -> bool:
    """Whether a form is one of a verb: by its ending, as an irregular one, or behind an auxiliary."""
    form, before = side.tokens.forms[token], side.tokens.forms[max(0, token - 2) : token]
    if DETERMINERS.intersection(before[-1:]):
        return False
    if form.endswith("ing"):
        return bool(BE.intersection(before))
    return verb_like(form) or bool(_AUXILIARIES.intersection(before[-1:]))


def _is_passive(side: Side, token: int) -> bool:
    """Whether a participle stands behind a form of *be*, with nothing but adverbs between them."""
    forms = side.tokens.forms
    if not verb_like(forms[token]):
        return False
    for k in range(token - 1, max(-1, token - 4), -1):
        if forms[k] in BE:
            return True
        if not forms[k].endswith("ly") and forms[k] not in _ADVERBS:
            return False
    return False


def _clause(side: Side, i: int, token: int, step: int) -> Iterator[int]:
    """Tokens of the sentence from one on, forwards or backwards, up to a mark of punctuation."""
    within = side.within(i)
    k = token + step
    while k in within and side.tokens.is_word[k]:
        yield k
        k += step


def _in_front(side: Side, i: int, token: int) -> list[Term]:
    reach = set(_clause(side, i, token, -1))
    return [term for term in side.terms[i] if term.token in reach][-_NEAR:]


def _behind(side: Side, i: int, token: int) -> frozenset[str]:
    """Stems of the content terms behind a verb in its clause."""
    reach = set(_clause(side, i, token, 1))
    return frozenset([t.stem for t in side.terms[i] if t.token in reach][:_NEAR])


def _actor(side: Side, i: int, verb: int) -> list[Term]:
    """The content terms of the noun phrase in front of a verb, or a pronoun; none where none is near."""
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
    if forms[front[-1].token].endswith("ly") or forms[front[-1].token] in _ADVERBS:
        return []
    if BE.intersection(between) or "by" in between or forms[front[-1].token] in _NOBODY | _TIMES:
        return []
    actor = [front.pop()]
    while front and front[-1].token == actor[0].token - 1 and not verb_like(forms[front[-1].token]):
        actor.insert(0, front.pop())
    return actor


def _pronoun(side: Side, i: int, verb: int) -> int | None:
    """Where the pronoun stands that is the subject of a verb."""
    forms = side.tokens.forms
    near = next((k for k in _clause(side, i, verb, -1) if not _is_between(forms[k])), None)
    return near if near is not None and forms[near] in _PRONOUNS else None


def _is_between(form: str) -> bool:
    """Whether a word may stand between an actor and its verb: *they have already closed it*."""
    return (form in FINITE and form not in BE) or form.endswith("ly") or form in _ADVERBS


def _opening(side: Side, i: int, token: int) -> int:
    """Where the noun phrase of an actor begins: *the officials of the ministry*."""
    forms, first = side.tokens.forms, side.within(i).start
    while token > first and (forms[token - 1] in DETERMINERS | {"of"} or forms[token] == "of"):
        token -= 1
    return token


def _passive(side: Side, j: int, verb: str, objects: frozenset[str]) -> Span | None:
    """The same verb with one of its objects in front of it, and no actor behind *by*.

    Without a form of *be* nothing that it could act on may follow (*the bridge will reopen on Monday*). What
    is *described as* or *believed to be* is a matter of attribution.
    """
    forms = side.tokens.forms
    for term in side.terms[j]:
        if _stem_at(side, term.token) != verb or not _is_verb(side, term.token):
            continue
        acted_on = [each for each in _in_front(side, j, term.token) if each.stem in objects]
        passive = _is_passive(side, term.token)
        if not acted_on or not (passive or _stands_alone(side, j, term.token)):
            continue
        following = forms[term.token + 1 : term.token + 4]
        reported = _tells(side, term.token) and _REPORTED.intersection(following)
        if not reported and not _is_done_by(side, j, term.token):
            return side.tokens.span(acted_on[0].token, term.token + 1)
    return None


def _otherwise(view: View, i: int, verb: int, j: int, objects: frozenset[str]) -> Span | None:
    """Another verb in the passive with most of the objects in front of it (*found it* → *it was discovered*).

    Neither sentence has the other's verb; who says or thinks something is a matter of attribution.
    """
    side = view.there
    said = _stem_at(view.here, verb)
    if said in side.sentence_stems[j] or said in _INTRANSITIVE or _tells(view.here, verb):
        return None
    for term in side.terms[j]:
        if not _is_passive(side, term.token) or term.stem in view.here.sentence_stems[i]:
            continue
        acted_on = [each for each in _in_front(side, j, term.token) if each.stem in objects]
        most = 2 * len(acted_on) >= max(2, len(objects))
        if most and not _is_done_by(side, j, term.token):
            return side.tokens.span(acted_on[0].token, term.token + 1)
    return None


def _stands_alone(side: Side, j: int, verb: int) -> bool:
    """Whether a verb that may do without an object has none."""
    if _stem_at(side, verb) not in _ERGATIVE:
        return False
    following = next(_clause(side, j, verb, 1), None)
    return following is None or side.tokens.forms[following] in _PREPOSITIONS


def _acts(side: Side, j: int, verb: int) -> bool:
    """Whether a verb there has an actor of its own in front of it, or behind *by*."""
    if _is_done_by(side, j, verb) or _pronoun(side, j, verb) is not None:
        return True
    if not verb_like(side.tokens.forms[verb]) or _is_passive(side, verb):
        return False
    return _describes(side, j, verb) or bool(_actor(side, j, verb))


def _is_done_by(side: Side, j: int, verb: int) -> bool:
    """Whether a sentence names the actor of a verb with *by*."""
    end = side.within(j).stop
    places = (k for k in range(verb + 1, end) if side.tokens.forms[k] == "by")
    return any(_done(side, j, k) == verb and _noun_phrase(side, j, k) for k in places)


def _describes(side: Side, j: int, participle: int) -> bool:
    """Whether a participle stands within a noun phrase (*the approved bill*): no action is told there."""
    forms, following = side.tokens.forms, {term.token for term in side.terms[j]}
    return forms[participle - 1] in DETERMINERS and participle + 1 in following


def _noun_phrase(side: Side, i: int, by: int) -> list[Term]:
    """The content terms of the actor behind *by*; none where *by* tells a time, a means or an amount."""
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
    return [] if forms[found[-1].token] in _MEANS | _NOBODY else found


def _is_said(view: View, to: Sequence[int], actor: Sequence[Term], matter: frozenset[str]) -> bool:
    """Whether a sentence there names most of the actor: a linked one, or one beside it.

    One beside it makes the actor plain where it opens with it or tells more of the same matter.
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
