"""Where the moves err in pairs whose changes readers listed: causes of what is missed and what is wrong.

A listed change and a move are matched as in the scores (`reframing.validation.listed.matched`). The causes:

missed   proposed with too low a score; proposed as another kind with too low a score; reported as another
         kind; in a sentence that was reported as added or omitted, so that it has no link; not proposed
wrong    listed as another kind; a second find of a listed change; in a sentence that is listed as added or
         omitted; nothing listed there
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from reframing.coding.coded import Coded, Marked, is_same
from reframing.moves.catalogue import catalogue
from reframing.records import Move

WHOLE = ("sentence-", "lead-")
COLUMNS = ("outcome", "family", "cause", "moves")
MISSED, WRONG = "missed", "wrong"
LOW = "proposed, score too low"
OTHER_LOW = "proposed as another kind, score too low"
OTHER = "reported as another kind"
UNLINKED = "in a sentence without a link"
NOT_PROPOSED = "not proposed"
KIND = "listed as another kind"
SECOND = "second find of a listed change"
NEW_SENTENCE = "in a sentence listed as added or omitted"
NOTHING_LISTED = "nothing listed there"

Cause = tuple[str, str, str]
"""Outcome, family of moves, and cause."""


def causes(
    missed: Sequence[Coded],
    wrong: Sequence[Move],
    listed: Sequence[Coded],
    reported: Sequence[Move],
    proposed: Sequence[Move],
) -> Iterator[Cause]:
    """The cause of each missed change and each wrong move within propositions."""
    for change in _within(missed):
        yield MISSED, _family(change), _why_missed(change, wrong, reported, proposed)
    for move in _within(wrong):
        yield WRONG, _family(move), _why_wrong(move, missed, listed)


def table(found: Iterable[Cause]) -> Iterator[tuple[str, str, str, int]]:
    """Rows of `COLUMNS`: how many moves of a family err for a cause, the most frequent first."""
    counts = Counter(found)
    for cause, n in sorted(counts.items(), key=lambda one: (one[0][0], -one[1], one[0])):
        yield (*cause, n)


def _why_missed(
    change: Coded, wrong: Sequence[Move], reported: Sequence[Move], proposed: Sequence[Move]
) -> str:
    there = [move for move in proposed if _touch(move, change)]
    if any(is_same(change, move) for move in there):
        return LOW
    if any(_touch(move, change) for move in _within(wrong)):
        return OTHER
    if any(_touch(move, change) for move in reported if move.move.startswith("sentence-")):
        return UNLINKED
    return OTHER_LOW if any(_within(there)) else NOT_PROPOSED


def _why_wrong(move: Move, missed: Sequence[Coded], listed: Sequence[Coded]) -> str:
    there = [change for change in listed if _touch(move, change)]
    if any(change in missed and change.move != move.move for change in _within(there)):
        return KIND
    if any(change.move == move.move for change in there):
        return SECOND
    if any(change.move.startswith("sentence-") for change in there):
        return NEW_SENTENCE
    return NOTHING_LISTED


def _within(moves: Iterable[Marked]) -> Iterator[Marked]:
    """The moves within propositions, no whole sentences and leads."""
    return (move for move in moves if not move.move.startswith(WHOLE))


def _family(move: Coded | Move) -> str:
    return catalogue()[move.move].family


def _touch(a: Coded | Move, b: Coded | Move) -> bool:
    """Whether two moves overlap in one of the texts."""
    sides = ((a.original, b.original), (a.repost, b.repost))
    return any(x is not None and y is not None and x.overlaps(y) for x, y in sides)
