"""Proposes `entity-changed`: a person, organisation, place or thing is replaced by another.

In two sentences with similar wording, a name stands where the other text has another name, a noun of
`kinds.tsv` where it has another noun of its kind (*pharmacy* → *bakery*), or the word differs that identifies
the same office, person or place (*Interior Minister* → *Prime Minister*).
"""

from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Indel

from reframing.documents.records import Move
from reframing.documents.terms import Term
from reframing.documents.word_classes import MONTH_ABBREVIATIONS, MONTHS, WEEKDAYS
from reframing.measures.clauses import verb_like
from reframing.moves.context import Context, Side
from reframing.moves.matching import content_among, facing
from reframing.moves.names import are_apart, is_alike, is_human, is_known, is_short_for, kind_of
from reframing.moves.vouching import View, both_views

SLUG = "entity-changed"
_LEAST_ALIKE = 0.5
_LONGEST = 5
_CALENDAR = (WEEKDAYS | MONTHS | MONTH_ABBREVIATIONS).keys() | frozenset(
    "mon tue tues wed thu thur thurs fri sat sun".split()
)
_NO_DIFFERENCE = frozenset(
    """new old former current then late local national federal regional state main central same other
    first second third big small large leading top senior junior next last whole entire own""".split()
)


def find(context: Context) -> Iterator[Move]:
    """Yields entities that differ between linked sentences with the same content that are not copies."""
    view, _ = both_views(context)
    for i, linked in view.linked.items():
        for j in linked:
            if view.is_comparable(i, j):
                yield from _changed(view, i, j)


def _changed(view: View, i: int, j: int) -> Iterator[Move]:
    """Moves for words between equal words of two similar sentences that denote two different things."""
    here, there = view.here, view.there
    own, other = list(here.within(i)), list(there.within(j))
    a, b = [here.tokens.forms[k] for k in own], [there.tokens.forms[k] for k in other]
    if Indel.normalized_similarity(a, b) < _LEAST_ALIKE:
        return
    for a_first, a_end, b_first, b_end in facing(a, b, _LONGEST):
        was = content_among(here.tokens, own[a_first:a_end])
        now = content_among(there.tokens, other[b_first:b_end])
        following = a[a_end] if a_end < len(a) else ""
        if was and now and _differ(here, i, was, there, j, now, following):
            spans = here.tokens.span(was[0], was[-1] + 1), there.tokens.span(now[0], now[-1] + 1)
            yield view.move(SLUG, (spans[0], (i,)), (spans[1], (j,)), 0.7)


def _differ(
    here: Side, i: int, a: Sequence[int], there: Side, j: int, b: Sequence[int], following: str
) -> bool:
    """Whether two stretches of tokens, of sentences `i` and `j`, denote different things.

    They are two names, two nouns that name different things of one kind, or two modifiers of a noun
    (`following`) that names a person or an institution.
    """
    names = _names_among(here, i, a), _names_among(there, j, b)
    if all(names):
        x, y = (frozenset(term.stem for term in of) for of in names)
        one = is_alike(x, y) or is_short_for(x, here, y, there) or is_short_for(y, there, x, here)
        pure = len(names[0]) == len(a) and len(names[1]) == len(b)
        return pure and not one and not _calendar(here, a) and not _calendar(there, b)
    last = here.tokens.forms[a[-1]], there.tokens.forms[b[-1]]
    if all(map(kind_of, last)):
        return are_apart(*last)
    described = is_human(following) or kind_of(following) == "institution"
    return len(a) == len(b) == 1 and described and all(map(_may_identify, last))


def _names_among(side: Side, i: int, tokens: Sequence[int]) -> list[Term]:
    return [term for term in side.terms[i] if term.token in tokens and term.kind == "name"]


def _may_identify(form: str) -> bool:
    """Whether a modifier may tell one person or institution from another (*interior*, not *new*)."""
    return not (
        form in _NO_DIFFERENCE or form.endswith("ly") or verb_like(form) or form[0].isdigit()
    )


def unknown_names(side: Side, i: int, other: Side, but_first: bool = False) -> int:
    """Number of names of sentence `i` that the other text has in no spelling.

    Names with digits (*Q3*) and names of days and months are not counted; with `but_first`, neither is a
    name that begins at the first content term of the sentence or at the token after it.
    """
    terms = side.terms[i]
    behind = terms[0].token + 1 if but_first and terms else -1
    return sum(
        run[0].token > behind
        and not any(map(str.isdigit, "".join(term.stem for term in run)))
        and not _calendar(side, [term.token for term in run])
        and not is_known(frozenset(term.stem for term in run), side, other)
        for run in _runs(side, i)
    )


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


def _calendar(side: Side, tokens: Sequence[int]) -> bool:
    return any(side.tokens.forms[k].removesuffix("'s") in _CALENDAR for k in tokens)
