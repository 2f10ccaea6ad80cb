"""Proposes `entity-changed`: a person, organisation, place or thing is replaced by another.

Five patterns are recognised without a parser or an encyclopedia:

1. A name that only the original has and a name that only the repost has occur in similar contexts.
2. Two names differ in one word, which the other text lacks (*Hexley Bridge* → *Hexley Mill*).
3. In two sentences with similar wording, a name corresponds to another name, a noun of `kinds.tsv` to
   another noun of its kind (*pharmacy* → *bakery*), or the word differs that identifies the same office,
   person or place (*Interior Minister* → *Prime Minister*).
4. An office is a deputy's in one sentence only (*deputy mayor* → *mayor*).
5. In any two linked sentences, each has exactly one person by occupation, or one place, that the other text
   lacks (*two clerks* → *two directors*).

Changed sources of attributions are left to `attribution-swapped`.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from itertools import chain, product
from typing import NamedTuple

from rapidfuzz.distance import Indel

from reframing.documents.records import Move, Span
from reframing.documents.terms import Term, stem
from reframing.documents.word_classes import MONTH_ABBREVIATIONS, MONTHS, WEEKDAYS
from reframing.measures.clauses import verb_like
from reframing.moves.context import Context, Side
from reframing.moves.matching import content_among, each_once, facing, mention, overlap
from reframing.moves.names import (
    are_apart,
    is_alike,
    is_human,
    is_known,
    is_same_thing,
    is_short_for,
    kind_of,
)
from reframing.moves.vouching import View, both_views, reports

SLUG = "entity-changed"
_LEAST_LIKENESS = 0.4
_LEAST_ALIKE = 0.5
_LONGEST, _LONGEST_NAME = 3, 5
_MOST_NEW_NAMES = 2
_LONGEST_ACRONYM = 4
_TITLES = frozenset("mr mrs ms miss sir lady lord dr prof".split())
_CALENDAR = (WEEKDAYS | MONTHS | MONTH_ABBREVIATIONS).keys() | frozenset(
    "mon tue tues wed thu thur thurs fri sat sun".split()
)
_ASIDE = re.compile(r", | who ")
_PLACING = frozenset("in near at from to outside around".split())
_DEPUTIES = frozenset("deputy vice assistant".split())
_HEADS = frozenset(
    map(
        stem,
        """minister ministry mayor office department unit agency court university college school
        hospital street road avenue square bridge river valley lake district province county party union
        church museum specialist team club committee commission council bank island airport station""".split(),
    )
)
_NO_DIFFERENCE = frozenset(
    """new old former current then late local national federal regional state main central same other
    first second third big small large leading top senior junior next last whole entire own""".split()
)


class _Name(NamedTuple):
    """Adjacent names of a sentence, with their stems and the content stems of their context (`around`)."""

    span: Span
    stems: frozenset[str]
    around: frozenset[str]


def find(context: Context) -> Iterator[Move]:
    """Yields entities that differ between linked sentences with the same content that are not copies."""
    view, _ = both_views(context)
    for i, to in view.linked.items():
        for j in filter(partial(view.is_comparable, i), to):
            if not _other_scene(view, i, j) and view.here.has_verb(i) and view.there.has_verb(j):
                found = (
                    _names_changed(view, i, j),
                    _parts_changed(view, i, j),
                    _words_changed(view, i, j),
                    _rank_changed(view, i, j),
                    _only_ones_changed(view, i, j),
                )
                yield from _disjoint([*chain(*found)])


def _other_scene(view: View, i: int, j: int) -> bool:
    """Whether each sentence has more than two names that the other lacks: they describe different scenes."""
    a, b = (
        {term.stem for term in side.terms[k] if term.kind == "name"}
        for side, k in ((view.here, i), (view.there, j))
    )
    return min(len(a - b), len(b - a)) > _MOST_NEW_NAMES


def _disjoint(moves: Sequence[Move]) -> Iterator[Move]:
    """The moves without those whose span in the repost overlaps an earlier one's."""
    taken: list[Span] = []
    for move in moves:
        span = move.repost
        if span is not None and not any(span.overlaps(other) for other in taken):
            taken.append(span)
            yield move


def _names_changed(view: View, i: int, j: int) -> Iterator[Move]:
    """Moves for names that only one text has, in similar contexts.

    The score is 0.5 + 0.4 × the overlap coefficient of the contexts, which is at least 0.4.
    """
    lost = [n for n in _names(view.here)[i] if not is_known(n.stems, view.here, view.there)]
    new = [n for n in _names(view.there)[j] if not is_known(n.stems, view.there, view.here)]
    if not lost or not new:
        return
    candidates = (
        ((-_likeness(a, b), a.span.start + b.span.start), a, b) for a in lost for b in new
    )
    for a, b in each_once(candidates):
        if (likeness := _likeness(a, b)) >= _LEAST_LIKENESS:
            yield _move(view, (a.span, i), (b.span, j), round(0.5 + 0.4 * likeness, 6))


def _parts_changed(view: View, i: int, j: int) -> Iterator[Move]:
    """Moves for names of equal length that differ in one word, which the other text has in no spelling."""
    for a, b in product(_runs(view.here, i), _runs(view.there, j)):
        apart = [(x, y) for x, y in zip(a, b, strict=False) if x.stem != y.stem]
        if len(a) != len(b) or len(a) < 2 or len(apart) != 1:
            continue
        ((was, now),) = ([frozenset([x.stem]), frozenset([y.stem])] for x, y in apart)
        if is_known(was, view.here, view.there) or is_known(now, view.there, view.here):
            continue
        ((x, y),) = apart
        spans = [
            side.tokens.span(term.token, term.token + 1)
            for side, term in ((view.here, x), (view.there, y))
        ]
        if not (_is_source(view.here, spans[0]) or _is_source(view.there, spans[1])):
            yield _move(view, (spans[0], i), (spans[1], j), 0.7)


def _likeness(a: _Name, b: _Name) -> float:
    enough = min(len(a.around), len(b.around)) > 1
    return overlap(a.around, b.around) if enough else 0.0


@lru_cache(maxsize=16)
def _names(side: Side) -> list[list[_Name]]:
    """The names of each sentence, without sources of attributions and names of days and months."""
    return [list(_names_in(side, i)) for i in range(len(side.sentences))]


def _names_in(side: Side, i: int) -> Iterator[_Name]:
    for run in _runs(side, i):
        tokens = [term.token for term in run]
        span = side.tokens.span(tokens[0], tokens[-1] + 1)
        here = mention(side, span, "")
        pronoun = side.tokens.forms[tokens[0]].startswith("i'")
        if here is None or pronoun or _calendar(side, tokens) or _is_source(side, span):
            continue
        yield _Name(span, frozenset(term.stem for term in run), here.about)


def _runs(side: Side, i: int) -> Iterator[list[Term]]:
    """Runs of adjacent names in a sentence."""
    run: list[Term] = []
    for term in side.terms[i]:
        if run and (term.kind != "name" or term.token > run[-1].token + 1):
            yield run
            run = []
        if term.kind == "name":
            run.append(term)
    if run:
        yield run


def unknown_names(side: Side, i: int, other: Side, but_first: bool = False) -> int:
    """Number of names of sentence `i` that the other text has in no spelling.

    Names with digits (*Q3*) and names of days and months are not counted; with `but_first`, neither is a
    name that begins at the first content term of the sentence or at the token after it.
    """
    terms = side.terms[i]
    behind = terms[0].token + 1 if but_first and terms else -1
    return sum(
        run[0].token > behind
        and not any(map(_has_figure, run))
        and not _calendar(side, [term.token for term in run])
        and not is_known(frozenset(term.stem for term in run), side, other)
        for run in _runs(side, i)
    )


def _has_figure(term: Term) -> bool:
    return any(map(str.isdigit, term.stem))


def _is_source(side: Side, span: Span) -> bool:
    """Whether a span is part of the source of a report, but not of a comma or *who* clause about it."""
    near = _sources_by_sentence(side)
    return any(
        span.overlaps(source) and not _ASIDE.search(side.text, source.start, span.start)
        for i in side.sentences_at(span)
        for source in near.get(i, ())
    )


@lru_cache(maxsize=16)
def _sources_by_sentence(side: Side) -> dict[int, list[Span]]:
    """The sources of reports of which words are in each sentence."""
    found: dict[int, list[Span]] = {}
    for source in (a.source for a in reports(side) if a.source is not None):
        for i in side.sentences_at(source):
            found.setdefault(i, []).append(source)
    return found


def _words_changed(view: View, i: int, j: int) -> Iterator[Move]:
    """Moves for words between equal words of two similar sentences that denote two different things."""
    here, there = view.here, view.there
    own = list(here.within(i))
    other = list(there.within(j))
    a, b = [here.tokens.forms[k] for k in own], [there.tokens.forms[k] for k in other]
    if Indel.normalized_similarity(a, b) < _LEAST_ALIKE:
        return
    for a_first, a_end, b_first, b_end in facing(a, b, _LONGEST_NAME):
        replaced, replacing = own[a_first:a_end], other[b_first:b_end]
        following = a[a_end] if a_end < len(a) else ""
        if _differ(here, replaced, there, replacing, following):
            spans = [
                side.tokens.span(content[0], content[-1] + 1)
                for side, places in ((here, replaced), (there, replacing))
                for content in (content_among(side.tokens, places),)
            ]
            sources = _is_source(here, spans[0]) or _is_source(there, spans[1])
            institution = kind_of(following) == "institution"
            described = stem(following) in _HEADS or is_human(following)
            if not sources or (described and not institution):
                yield _move(view, (spans[0], i), (spans[1], j), 0.7)


def _only_ones_changed(view: View, i: int, j: int) -> Iterator[Move]:
    """Moves where each sentence has one person, or one place, that the other text lacks.

    A person is named by occupation; a place is a name after a preposition of place.
    """
    for only in _only_person, _only_place:
        was, now = only(view.here, i, view.there), only(view.there, j, view.here)
        if was is not None and now is not None:
            yield _move(view, (was, i), (now, j), 0.5)


def _only_person(side: Side, i: int, other: Side) -> Span | None:
    tokens = side.tokens
    nouns = [term.token for term in side.terms[i] if term.kind == "word"]
    people = [k for k in nouns if is_human(tokens.forms[k])]
    found = [k for k in people if not _mentions(other, tokens.forms[k])]
    span = tokens.span(found[0], found[0] + 1) if len(found) == 1 else None
    return None if span is None or _is_source(side, span) else span


def _mentions(side: Side, noun: str) -> bool:
    """Whether a text has a noun in any form, or another noun for the same thing."""
    return stem(noun) in side.stems or any(is_same_thing(noun, form) for form in side.tokens.places)


def _only_place(side: Side, i: int, other: Side) -> Span | None:
    forms = side.tokens.forms
    found = [name for name in _names(side)[i] if not is_known(name.stems, side, other)]
    if len(found) != 1:
        return None
    (name,) = found
    first = side.tokens.within(name.span).start
    return name.span if first and forms[first - 1] in _PLACING else None


def _rank_changed(view: View, i: int, j: int) -> Iterator[Move]:
    """Moves for offices that are a deputy's in one sentence only (*deputy mayor* → *mayor*).

    The text with the plain office must not mention a deputy at all.
    """
    offices = _offices(view.here)[i], _offices(view.there)[j]
    for office in sorted(offices[0].keys() & offices[1].keys()):
        (was, deputised), (now, deputises) = (of[office] for of in offices)
        plain = view.there if deputised else view.here
        source = _is_source(view.here, was) or _is_source(view.there, now)
        if deputised != deputises and not source and _DEPUTIES.isdisjoint(plain.tokens.forms):
            yield _move(view, (was, i), (now, j), 0.7)


@lru_cache(maxsize=16)
def _offices(side: Side) -> list[dict[str, tuple[Span, bool]]]:
    """For each sentence, the span of each office and whether it is a deputy's.

    An office that the sentence has both ways is skipped.
    """
    return [_offices_in(side, side.within(i)) for i in range(len(side.sentences))]


def _offices_in(side: Side, within: range) -> dict[str, tuple[Span, bool]]:
    found: dict[str, dict[bool, Span]] = {}
    forms = side.tokens.forms
    for k in within:
        if kind_of(forms[k]) == "office":
            deputy = k > within.start and forms[k - 1] in _DEPUTIES
            found.setdefault(forms[k], {}).setdefault(deputy, side.tokens.span(k - deputy, k + 1))
    return {
        office: (span, deputy)
        for office, held in found.items()
        if len(held) == 1
        for deputy, span in held.items()
    }


def _differ(
    here: Side, replaced: Sequence[int], there: Side, replacing: Sequence[int], following: str
) -> bool:
    """Whether two stretches of tokens denote different things.

    They are two names, two nouns that name different things of one kind, or two modifiers of a noun
    (`following`) that names an office, person, institution or place.
    """
    a, b = content_among(here.tokens, replaced), content_among(there.tokens, replacing)
    if not a or not b or not _TITLES.isdisjoint(here.tokens.forms[k] for k in a):
        return False
    if not _TITLES.isdisjoint(there.tokens.forms[k] for k in b):
        return False
    names = [_names_among(side, tokens) for side, tokens in ((here, a), (there, b))]
    if all(names):
        pure = {t.token for t in names[0]} == {*a} and {t.token for t in names[1]} == {*b}
        dated = _calendar(here, a) or _calendar(there, b)
        x, y = (frozenset(term.stem for term in of) for of in names)
        one = any(_are_one(side, x, y) for side in (here, there)) or is_alike(x, y)
        short = is_short_for(x, here, y, there) or is_short_for(y, there, x, here)
        return pure and not dated and not one and not short
    if max(len(replaced), len(replacing)) > _LONGEST or max(len(a), len(b)) > 2:
        return False
    last = here.tokens.forms[a[-1]], there.tokens.forms[b[-1]]
    if all(kind_of(form) for form in last):
        return are_apart(*last)
    head = stem(following) in _HEADS or kind_of(following) == "institution" or is_human(following)
    modifiers = len(a) == len(b) == 1 and head
    return modifiers and not any(
        form in _NO_DIFFERENCE or form.endswith("ly") or verb_like(form) or form[0].isdigit()
        for form in (here.tokens.forms[a[0]], there.tokens.forms[b[0]])
    )


def _are_one(side: Side, a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether a text has a name with words of both names: *Jess* and *Miss Smith* are *Jess Smith*."""
    return any(not a.isdisjoint(name) and not b.isdisjoint(name) for name in _all_names(side))


@lru_cache(maxsize=16)
def _all_names(side: Side) -> tuple[frozenset[str], ...]:
    """The stems of each name of two words or more in a text."""
    runs = (run for i in range(len(side.sentences)) for run in _runs(side, i))
    return tuple(frozenset(term.stem for term in run) for run in runs if len(run) > 1)


def _names_among(side: Side, tokens: Sequence[int]) -> list[Term]:
    """The capitalised names among some tokens of a sentence."""
    i = side.sentence_of(side.tokens.span(tokens[0], tokens[0] + 1))
    terms = () if i is None else side.terms[i]
    return [
        term
        for term in terms
        if term.token in tokens and term.kind == "name" and _is_capitalised(side, term.token)
    ]


def _is_capitalised(side: Side, token: int) -> bool:
    """Whether a word has a capital initial; of words all in capitals only short ones (acronyms) count."""
    word = side.tokens.span(token, token + 1).of(side.text)
    return word[0].isupper() and not (word.isupper() and len(word) > _LONGEST_ACRONYM)


def _calendar(side: Side, tokens: Sequence[int]) -> bool:
    return any(side.tokens.forms[k].removesuffix("'s") in _CALENDAR for k in tokens)


def _move(view: View, here: tuple[Span, int], there: tuple[Span, int], score: float) -> Move:
    return view.move(SLUG, (here[0], here[1:]), (there[0], there[1:]), score)
