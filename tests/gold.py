"""The gold of the embedded sample, for tests that score against it."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from reframing.coding.coded import Coded, read_coded, shared
from reframing.documents.records import Annotation, Article, Span
from reframing.measures.annotate import annotate
from reframing.reading.articles import read_articles

FOLDER = Path(__file__).resolve().parent.parent / "data" / "sample"
REPOSTS = ("trimmed", "edited", "partisan", "retelling")
FLOORS = {
    "pairs": 0.95,
    "directions": 0.95,
    "links": 0.958,
    "retold links": 0.941,
    "moves, developed": 0.84,
    "moves, other": 0.845,
}
"""What the package reaches at least, which the README reports: F1, of directions accuracy."""

Linked = set[tuple[Span, Span]]


@cache
def articles() -> dict[str, Article]:
    return {article.id: article for article in read_articles(FOLDER / "articles.jsonl")}


@cache
def annotations() -> dict[str, Annotation]:
    """The annotation of every article, by id."""
    return {id: annotate(article) for id, article in articles().items()}


@cache
def pairs() -> list[dict[str, Any]]:
    lines = (FOLDER / "gold-pairs.jsonl").read_text(encoding="utf8").splitlines()
    return [json.loads(line) for line in lines]


def events() -> list[str]:
    """The events of the sample, by name."""
    return sorted({pair["original"].split("/")[0] for pair in pairs()})


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


@cache
def moves(name: str) -> dict[str, tuple[Coded, ...]]:
    """The moves that a file of the sample lists, by repost."""
    return read_coded(FOLDER / f"{name}.jsonl")


def agreement(a: Mapping[str, Sequence[Coded]], b: Mapping[str, Sequence[Coded]]) -> float:
    """F1 of the moves of one file against those of another."""
    right = sum(len(shared(a[repost], b[repost])) for repost in a)
    return f1(right, sum(map(len, a.values())), sum(map(len, b.values())))
