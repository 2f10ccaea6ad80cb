"""Proposes `agent-dropped` and `agent-added`: only one text names who carries out a reported action.

Two patterns are recognised without a parser:

1. A verb is active in one text, and the same verb in the passive, or another one with most of the same
   objects, stands behind its object in the other (*Police arrested two men* → *Two men were held*).
2. A *by* phrase after a participle or a noun is missing (*a review by the ministry* → *a review*).

In each case the actor must be missing from the linked sentences of the other text. *This side* is the text
that names the actor (`View.here`), and *the other side* the text that is compared with it (`View.there`):
original and repost in turn.
"""

from collections.abc import Iterator

from reframing.documents.lexicon import verb_stem
from reframing.documents.records import Move
from reframing.documents.terms import Term
from reframing.documents.word_classes import (
    BE,
    DETERMINERS,
    FINITE,
    MONTH_ABBREVIATIONS,
    MONTHS,
    PREPOSITIONS,
    WEEKDAYS,
    is_adverb,
)
from reframing.measures.clauses import verb_like
from reframing.moves.context import Context, Side
from reframing.moves.matching import LEAST_SURVIVING, stems, surviving
from reframing.moves.vouching import View, both_views, cue_entry

_NEAR = 3  # content terms of the clause that are considered before and after a verb
_ACTOR = 4  # greatest distance in tokens between an actor and its verb (*will soon have*)

_NO_ACTOR = (WEEKDAYS | MONTHS | MONTH_ABBREVIATIONS).keys() | frozenset(
    """someone somebody people half third quarter far now then noon midnight night day week month year end
    accident chance error mistake surprise hand foot car train bus boat plane road air sea land mail email
    name law force default design nature phone""".split()
)  # *by Friday*, *by half*, *by train*
_REPORTING = ("speech", "thought", "attitude")  # whose subject is a matter of attribution


def find(context: Context) -> Iterator[Move]:
    """Yields moves where only one of two linked sentences, which are not copies, names the actor."""
    for view in both_views(context):
        for i, linked in view.linked.items():
            for j in (j for j in linked if view.is_comparable(i, j)):
                yield from _made_passive(view, i, j)
                yield from _without_by(view, i, j)


def _made_passive(view: View, i: int, j: int) -> Iterator[Move]:
    """Moves where a verb with an actor on this side is in the passive, behind its object, on the other side."""
    here, there = view.here, view.there
    passives = [term for term in there.terms[j] if _is_passive(there, term.token)]
    for verb in (term for term in here.terms[i] if _is_active(here, term.token)):
        nouns = [
            t for t in _before(here, i, verb.token) if not verb_like(here.tokens.forms[t.token])
        ]
        actor, objects = nouns[-1:], {term.stem for term in _after(here, i, verb.token)}
        direct = PREPOSITIONS.isdisjoint(here.tokens.forms[verb.token + 1 : verb.token + 2])
        if not actor or verb.token - actor[0].token > _ACTOR or _is_named(view, j, actor):
            continue
        for passive in passives:
            acted_on = [t for t in _before(there, j, passive.token) if t.stem in objects]
            same = _stem_of(there, passive) == _stem_of(here, verb)
            most = direct and 2 * len(acted_on) >= max(2, len(objects))
            if acted_on and (same or most) and not _is_done_by(there, j, passive.token):
                span = there.tokens.span(acted_on[0].token, passive.token + 1)
                words = here.tokens.span(actor[0].token, verb.token + 1)
                score = 0.75 if same else 0.6
                yield view.move(f"agent-{view.change}", (words, (i,)), (span, (j,)), score)


def _without_by(view: View, i: int, j: int) -> Iterator[Move]:
    """Moves where this side names the actor with *by* after a word that the other side has without it."""
    here, there = view.here, view.there
    for doing in here.terms[i]:
        actor = _by(here, i, doing.token)
        form = here.tokens.forms[doing.token]
        if not actor or cue_entry(form)[1] in _REPORTING:
            continue
        about = frozenset(
            t.stem for t in (*_before(here, i, doing.token), *_after(here, i, actor[-1].token))
        )
        at = next((t for t in there.terms[j] if there.tokens.forms[t.token] == form), None)
        if at is None or _is_done_by(there, j, at.token) or _is_named(view, j, actor):
            continue
        if surviving(about, stems(there, (j,))) >= LEAST_SURVIVING:
            words = here.tokens.span(doing.token, actor[-1].token + 1)
            span = there.tokens.span(at.token, at.token + 1)
            yield view.move(f"agent-{view.change}", (words, (i,)), (span, (j,)), 0.65)


def _stem_of(side: Side, term: Term) -> str:
    return verb_stem(side.tokens.forms[term.token])


def _is_active(side: Side, token: int) -> bool:
    """Whether a word is a verb in the active voice, by its form or behind an auxiliary; none of reporting."""
    forms = side.tokens.forms
    form, before = forms[token], forms[max(0, token - 1) : token]
    verb = verb_like(form) or not FINITE.isdisjoint(before)
    if not verb or form.endswith("ing") or not DETERMINERS.isdisjoint(before):
        return False
    return not _is_passive(side, token) and cue_entry(form)[1] not in _REPORTING


def _is_passive(side: Side, token: int) -> bool:
    """Whether a participle follows a form of *be*, with at most two adverbs between them."""
    forms = side.tokens.forms
    before = [form for form in forms[max(0, token - 3) : token] if not is_adverb(form)]
    return verb_like(forms[token]) and not BE.isdisjoint(before[-1:])


def _before(side: Side, i: int, token: int) -> list[Term]:
    """The last content terms before a token, back to the nearest punctuation mark."""
    start = next(
        (k for k in range(token, side.within(i).start, -1) if not side.tokens.is_word[k - 1]), 0
    )
    return [term for term in side.terms[i] if start <= term.token < token][-_NEAR:]


def _after(side: Side, i: int, token: int) -> list[Term]:
    """The first content terms after a token, up to the nearest punctuation mark."""
    stop = side.within(i).stop
    end = next((k for k in range(token + 1, stop) if not side.tokens.is_word[k]), stop)
    return [term for term in side.terms[i] if token < term.token < end][:_NEAR]


def _by(side: Side, i: int, token: int) -> list[Term]:
    """The content terms of the actor that *by* names directly after a token; empty where there is none."""
    forms, first = side.tokens.forms, token + 2
    if forms[token + 1 : first] != ("by",):
        return []
    first += forms[first : first + 1] != () and forms[first] in DETERMINERS
    found: list[Term] = []
    for term in _after(side, i, token + 1):
        form = forms[term.token]
        if term.token != first + len(found) or term.kind == "number" or form.endswith("ing"):
            break
        found.append(term)
    return [] if found and forms[found[-1].token] in _NO_ACTOR else found


def _is_done_by(side: Side, i: int, token: int) -> bool:
    """Whether *by* names an actor behind a token, up to the end of the sentence."""
    return any(_by(side, i, k) for k in range(token, side.within(i).stop))


def _is_named(view: View, j: int, actor: list[Term]) -> bool:
    """Whether sentence `j` of the other text has more than half of the actor's terms."""
    named = {term.stem for term in actor}
    return 2 * len(named & view.there.sentence_stems[j]) > len(named)
