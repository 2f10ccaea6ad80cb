"""Typed moves between an original and its repost; the slugs are defined in `catalogue.tsv`."""

from collections.abc import Callable, Iterator

from reframing.moves import attribution, certainty, evaluation, numbers, quotation, structure
from reframing.moves.context import Context
from reframing.params import CompareParams
from reframing.records import Move, Span

FINDERS: tuple[Callable[[Context], Iterator[Move]], ...] = (
    attribution.find,
    quotation.find,
    certainty.find,
    evaluation.find,
    numbers.find,
    structure.find,
)


def find_moves(context: Context, params: CompareParams) -> tuple[Move, ...]:
    """All moves of a pair with a score of at least `params.min_score`, in the order of the repost.

    Of moves of one slug on the same spans only the best scored is kept.
    """
    best: dict[tuple[str, Span | None, Span | None], Move] = {}
    for finder in FINDERS:
        for move in finder(context):
            key = (move.move, move.original, move.repost)
            if move.score >= params.min_score and (key not in best or best[key].score < move.score):
                best[key] = move
    return tuple(sorted(best.values(), key=_place))


def _place(move: Move) -> tuple[float, float, str]:
    repost = move.repost.start if move.repost else float("inf")
    original = move.original.start if move.original else float("inf")
    return repost, original, move.move
