"""Annotated moves as records: `{"id", "moves": [{"move", "original": span | null, "repost": span | null}]}`.

`reframing compare` and `reframing import` write such records. A span is `{"start", "end"}` or `[start, end]`,
in half-open code-point offsets. Where `id` is missing, the value of `repost`, the id of the repost, is used.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any, NamedTuple, TypeVar

from reframing.documents.errors import InputError
from reframing.documents.records import Move, Span
from reframing.moves.catalogue import catalogue
from reframing.reading.articles import GivenPair, checked, records, with_own_ids
from reframing.reading.fields import is_absent

ALL = "all"
"""Name of all slugs, or of all corpora, in tables."""


class Coded(NamedTuple):
    """A move that an annotator marked: its slug, and its span in the original, the repost, or both."""

    move: str
    original: Span | None
    repost: Span | None


Marked = TypeVar("Marked", Coded, Move)


def is_same(a: Coded | Move, b: Coded | Move) -> bool:
    """Whether two moves match: same slug, and overlapping spans in each text where both have one.

    Moves without a text in which both have a span do not match.
    """
    sides = ((a.original, b.original), (a.repost, b.repost))
    both = [(x, y) for x, y in sides if x is not None and y is not None]
    return a.move == b.move and bool(both) and all(x.overlaps(y) for x, y in both)


def shared(found: Sequence[Marked], wanted: Sequence[Coded]) -> list[Marked]:
    """The moves of `found` that match one of `wanted` (`is_same`); each wanted move is matched at most once."""
    left, right = list(wanted), []
    for move in found:
        hit = next((other for other in left if is_same(move, other)), None)
        if hit is not None:
            left.remove(hit)
            right.append(move)
    return right


class CodedPair(NamedTuple):
    """The moves that one annotator marked in one pair."""

    id: str
    moves: tuple[Coded, ...]


def read_coded(path: Path, stdin: IO[bytes] | None = None) -> dict[str, tuple[Coded, ...]]:
    """The annotated moves of a JSON Lines file, by the id of the pair.

    Raises `InputError` with file, record and field on an unknown slug, an invalid span, a move without a span,
    or a repeated id.
    """
    pairs = checked(records(path, stdin), str(path), coded_pair)
    return {pair.id: pair.moves for pair in with_own_ids(pairs, path, {})}


def coded_pair(record: Any) -> CodedPair:
    """The pair that a record describes; raises `InputError` with the id and the field where it is invalid."""
    if not isinstance(record, Mapping):
        raise InputError('must be an object {"id", "moves": […]}')
    id = _id(record)
    if "moves" not in record:
        raise InputError("is missing; is the key misspelt?", None, id, "moves")
    moves = record["moves"]
    if not isinstance(moves, list):
        raise InputError("must be a list of marked moves", None, id, "moves")
    return CodedPair(id, tuple(_move(move, id, place) for place, move in enumerate(moves, 1)))


def _id(record: Mapping[str, Any]) -> str:
    id = record.get("repost") if is_absent(record.get("id")) else record["id"]
    if not isinstance(id, str) or not id.strip():
        raise InputError("is missing; every pair needs one", field="id")
    return id


def _move(move: Any, id: str, place: int) -> Coded:
    where = f"moves[{place}]"
    if not isinstance(move, Mapping):
        raise InputError('must be an object {"move", "original", "repost"}', None, id, where)
    if "move" not in move:
        raise InputError("is missing; is the key misspelt?", None, id, f"{where}.move")
    slug = move["move"]
    if not isinstance(slug, str) or slug not in catalogue():
        problem = f"{slug!r} is no slug of the catalogue of moves"
        raise InputError(problem, None, id, f"{where}.move")
    original, repost = (
        _span(move.get(side), id, f"{where}.{side}") for side in ("original", "repost")
    )
    if original is None and repost is None:
        raise InputError("shows on neither side; give a span on one at least", None, id, where)
    return Coded(slug, original, repost)


def _span(value: Any, id: str, field: str) -> Span | None:
    if value is None:
        return None
    ends = [value.get("start"), value.get("end")] if isinstance(value, Mapping) else value
    match ends:
        case [start, end] if type(start) is type(end) is int and 0 <= start < end:
            return Span(start, end)
    raise InputError('must be {"start", "end"} with 0 ≤ start < end, or null', None, id, field)


def check_within(pair: GivenPair, moves: tuple[Coded, ...], file: str) -> None:
    """Raise `InputError` where a marked span ends beyond the end of its text."""
    for place, move in enumerate(moves, 1):
        for side, article in (("original", pair.original), ("repost", pair.repost)):
            span: Span | None = getattr(move, side)
            if span is not None and span.end > len(article.text):
                problem = f"ends at {span.end}, behind the {side}'s {len(article.text)} characters"
                raise InputError(problem, file, pair.id, f"moves[{place}].{side}")


def coded_record(pair: CodedPair) -> dict[str, Any]:
    """A pair as the JSON object that `reframing import` writes."""
    return {
        "id": pair.id,
        "moves": [
            {"move": move.move, "original": _json(move.original), "repost": _json(move.repost)}
            for move in pair.moves
        ],
    }


def _json(span: Span | None) -> dict[str, int] | None:
    return None if span is None else {"start": span.start, "end": span.end}
