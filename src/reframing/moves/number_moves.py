"""Proposes `number-changed`: a quantity, date or count of the original has another value in the repost.

A quantity of the repost is changed if

1. no quantity of equal value occurs in its linked original sentences, nor one of equal value and unit
   elsewhere in the original; differences in format and rounding do not count
   (`reframing.documents.quantities.equality.same_value`),
2. a quantity of the linked original sentences corresponds to it: of the same kind (and unit, for money and
   counts), in the most similar context, and not in the repost itself.

The context of a quantity is the stems of up to four content terms on either side; contexts A and B are
compared by the overlap coefficient |A ∩ B| / min(|A|, |B|). The score is 0.3 + 0.7 × this overlap. A quantity
that is only omitted or only added is not a move.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from reframing.documents.quantities.equality import Values, same_value
from reframing.documents.quantities.recognise import find_quantities
from reframing.documents.quantities.units import Date, Quantity
from reframing.documents.records import Move, Span, covering
from reframing.moves.context import Context, Side
from reframing.moves.matching import each_once, overlap

SLUG = "number-changed"
NEIGHBOURS = 4
"""Content terms on each side that form the context of a quantity."""

_SAME_KIND = 0.3


@dataclass(frozen=True, slots=True)
class _Placed:
    """A quantity, its sentence, the stems of its context (`around`) and its span with the counted noun."""

    quantity: Quantity
    sentence: int
    around: frozenset[str]
    span: Span


def find(context: Context) -> Iterator[Move]:
    """Yields `number-changed` moves by sentence of the repost."""
    original, repost = _by_sentence(context.original), _by_sentence(context.repost)
    for j, linked in context.original_of.items():
        if context.repost.is_furniture(j):
            continue
        olds = [placed for i in linked for placed in original[i]]
        changed = [new for new in repost[j] if not _is_supported(new, olds, context.original)]
        lost = [old for old in olds if not _is_supported(old, repost[j], context.repost)]
        candidates = (
            (
                (-likeness, abs(old.span.start - new.span.start), old.span.start + new.span.start),
                old,
                new,
            )
            for old in lost
            for new in changed
            if (likeness := _likeness(old, new))
        )
        for old, new in each_once(candidates):
            yield _move(old, new, _likeness(old, new))


def unknown_numbers(side: Side, i: int, other: Side) -> int:
    """Number of quantities of sentence `i` that the other text has nowhere, not even rounded or reformatted.

    A quantity whose digits occur in the other text counts as known, even if they belong to another kind
    there.
    """
    return sum(
        not _figures_known(side, i, placed.quantity.span, other)
        and not any(_values(other).same_as(placed.quantity))
        for placed in _by_sentence(side)[i]
    )


def _figures_known(side: Side, i: int, span: Span, other: Side) -> bool:
    starts = side.tokens.starts
    terms = (term for term in side.terms[i] if term.kind == "number")
    figures = {t.stem for t in terms if span.start <= starts[t.token] < span.end}
    return bool(figures) and figures <= other.stems


@lru_cache(maxsize=16)
def _by_sentence(side: Side) -> list[list[_Placed]]:
    """The quantities of each sentence of an article."""
    grouped: list[list[_Placed]] = [[] for _ in side.sentences]
    i = 0
    for quantity in find_quantities(side.tokens):
        while i < len(grouped) and side.sentences[i].end <= quantity.span.start:
            i += 1
        if i < len(grouped) and quantity.span.start >= side.sentences[i].start:
            grouped[i].append(_Placed(quantity, i, _around(side, i, quantity), _shown(quantity)))
    return grouped


def _around(side: Side, sentence: int, quantity: Quantity) -> frozenset[str]:
    before, after = [], []
    for term in side.terms[sentence]:
        if term.kind == "number":
            continue
        if side.tokens.ends[term.token] <= quantity.span.start:
            before.append(term.stem)
        elif side.tokens.starts[term.token] >= quantity.span.end:
            after.append(term.stem)
    return frozenset(before[-NEIGHBOURS:] + after[:NEIGHBOURS])


def _shown(quantity: Quantity) -> Span:
    """The span of a quantity and of the noun that it counts."""
    return covering((quantity.span, quantity.noun)) if quantity.noun else quantity.span


def _is_supported(new: _Placed, linked: Iterable[_Placed], original: Side) -> bool:
    """Whether a linked sentence has the value of `new`, or the entire original has it in the same unit."""
    if any(same_value(old.quantity, new.quantity) for old in linked):
        return True
    return any(_same_unit(old, new.quantity) for old in _values(original).same_as(new.quantity))


@lru_cache(maxsize=16)
def _values(side: Side) -> Values:
    return Values([placed.quantity for here in _by_sentence(side) for placed in here])


def _same_unit(a: Quantity, b: Quantity) -> bool:
    return a.kind == b.kind and (a.unit == b.unit or not a.unit or not b.unit or a.kind != "count")


def _likeness(old: _Placed, new: _Placed) -> float:
    """The score of two different quantities as counterparts, in [0, 1]; 0 if they do not correspond."""
    a, b = old.quantity, new.quantity
    if a.kind != b.kind or not _parallel(a, b):
        return 0.0
    return _SAME_KIND + (1 - _SAME_KIND) * overlap(old.around, new.around)


def _parallel(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities of one kind are comparable, with the same unit or the same parts of a date."""
    if isinstance(a.value, Date) and isinstance(b.value, Date):
        return [part is None for part in a.value] == [part is None for part in b.value]
    if a.kind in ("money", "ordinal", "count"):
        return a.unit == b.unit
    return True


def _move(old: _Placed, new: _Placed, likeness: float) -> Move:
    score = round(likeness, 3)
    return Move(SLUG, old.span, new.span, (old.sentence,), (new.sentence,), score, "")
