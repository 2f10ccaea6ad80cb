"""Typed moves between an original and its repost; the slugs are defined in `catalogue.tsv`."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from reframing.moves import (
    agency,
    attribution,
    causality,
    certainty,
    entities,
    evaluation,
    numbers,
    polarity,
    quotation,
    structure,
)
from reframing.moves.context import Context, Side
from reframing.moves.evidence import evidence
from reframing.moves.score import score
from reframing.params import CompareParams
from reframing.records import Move, Span

FINDERS: tuple[Callable[[Context], Iterator[Move]], ...] = (
    attribution.find,
    quotation.find,
    certainty.find,
    evaluation.find,
    agency.find,
    causality.find,
    entities.find,
    numbers.find,
    polarity.find,
    structure.find,
)


def find_moves(context: Context, params: CompareParams) -> tuple[Move, ...]:
    """All moves of a pair with a score of at least `params.min_score`, in the order of the repost."""
    scored = (
        replace(move, score=score(move.move, evidence(context, move)))
        for move in candidates(context)
    )
    return tuple(move for move in scored if move.score >= params.min_score)


def candidates(context: Context) -> list[Move]:
    """What the rules find, each scored by its rule alone, in the order of the repost.

    Of moves of one slug on the same spans only the best scored is kept.
    """
    best: dict[tuple[str, Span | None, Span | None], Move] = {}
    for finder in FINDERS:
        for move in finder(context):
            key = (move.move, move.original, move.repost)
            if key not in best or best[key].score < move.score:
                best[key] = _placed(context, move)
    return sorted(best.values(), key=_place)


def _placed(context: Context, move: Move) -> Move:
    """The move with the sentences in which its spans begin among its own: a cue may stand apart."""
    return replace(
        move,
        original_sentences=_with(context.original, move.original, move.original_sentences),
        repost_sentences=_with(context.repost, move.repost, move.repost_sentences),
    )


def _with(side: Side, span: Span | None, sentences: tuple[int, ...]) -> tuple[int, ...]:
    home = None if span is None else side.sentence_of(span)
    return sentences if home is None or home in sentences else tuple(sorted((*sentences, home)))


def _place(move: Move) -> tuple[float, float, str]:
    repost = move.repost.start if move.repost else float("inf")
    original = move.original.start if move.original else float("inf")
    return repost, original, move.move
