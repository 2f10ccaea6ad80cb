"""The gold of the embedded sample, for tests that score against it."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from reframing.readers import read_articles
from reframing.records import Article, Move, Span

FOLDER = Path(__file__).resolve().parent.parent / "data" / "sample"
REPOSTS = ("trimmed", "edited", "partisan", "retelling")

Linked = set[tuple[Span, Span]]


@cache
def articles() -> dict[str, Article]:
    return {article.id: article for article in read_articles(FOLDER / "articles.jsonl")}


@cache
def pairs() -> list[dict[str, Any]]:
    lines = (FOLDER / "gold-pairs.jsonl").read_text(encoding="utf8").splitlines()
    return [json.loads(line) for line in lines]


def linked(pair: dict[str, Any]) -> Linked:
    """The pairs of sentence spans that the gold links."""
    return {
        (Span(*original), Span(*repost))
        for link in pair["alignment"]
        for original in link["original"]
        for repost in link["repost"]
    }


def f1(right: int, found: int, expected: int) -> float:
    return 2 * right / (found + expected)


class Marked(NamedTuple):
    """A move that somebody marked: slug and spans."""

    move: str
    original: Span | None
    repost: Span | None


@cache
def moves(name: str) -> dict[str, list[Marked]]:
    """The moves that a file of the sample lists, by repost."""
    lines = (FOLDER / f"{name}.jsonl").read_text(encoding="utf8").splitlines()
    return {
        row["repost"]: [_marked(move) for move in row["moves"]] for row in map(json.loads, lines)
    }


def _marked(move: dict[str, Any]) -> Marked:
    return Marked(
        move["move"],
        *(Span(*move[side]) if move[side] else None for side in ("original", "repost")),
    )


def shared(found: Sequence[Marked | Move], wanted: Sequence[Marked]) -> list[Marked | Move]:
    """The found moves that are among the wanted, each of which counts once."""
    left, right = list(wanted), []
    for move in found:
        hit = next((other for other in left if _same(move, other)), None)
        if hit is not None:
            left.remove(hit)
            right.append(move)
    return right


def _same(a: Marked | Move, b: Marked) -> bool:
    """One slug, and spans that overlap on each side that both give, of which there is one."""
    sides = [(a.original, b.original), (a.repost, b.repost)]
    both = [(x, y) for x, y in sides if x is not None and y is not None]
    return a.move == b.move and bool(both) and all(x.overlaps(y) for x, y in both)


def agreement(a: Mapping[str, Sequence[Marked]], b: Mapping[str, Sequence[Marked]]) -> float:
    """F1 of the moves of one file against those of another."""
    right = sum(len(shared(a[repost], b[repost])) for repost in a)
    return f1(right, sum(map(len, a.values())), sum(map(len, b.values())))
