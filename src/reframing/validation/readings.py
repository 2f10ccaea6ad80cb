"""Pairs of real reposts in which readers listed every change (data/readings), without their texts.

`pairs.tsv` names each pair with its corpus and part, `moves.tsv` the changes, `links.tsv` the sentences that
say the same, by the offsets of the articles that the stage `prepare` makes.
"""

import csv
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from reframing.coding.coded import Coded
from reframing.errors import InputError
from reframing.moves.catalogue import catalogue
from reframing.records import Article, Span
from reframing.stages import files
from reframing.tables import read_records

FOLDER = Path("data/readings")
PARTS = ("held-out", "development", "weighed", "learned")
_DIGITS = 16


class Change(NamedTuple):
    """A move that readers listed, and how much it matters: 3 for the main matter, 1 for little."""

    move: Coded
    importance: int


class ReadPair(NamedTuple):
    """A pair with all its changes, and the sentences of both texts that say the same."""

    part: str
    corpus: str
    event: str
    original: Article
    repost: Article
    changes: tuple[Change, ...]
    links: frozenset[tuple[Span, Span]]


def read_pairs(parts: Collection[str], folder: Path = FOLDER) -> Iterator[ReadPair]:
    """The pairs of some parts, in their order; `InputError` where a text is not the one that was read."""
    changes: dict[str, list[Change]] = defaultdict(list)
    for number, row in _rows(
        folder / "moves.tsv", ("pair", "move", "original", "repost", "importance")
    ):
        if row["move"] not in catalogue():
            raise InputError(
                f"'{row['move']}' is no move", str(folder / "moves.tsv"), number, "move"
            )
        move = Coded(row["move"], _span(row["original"]), _span(row["repost"]))
        changes[row["pair"]].append(Change(move, int(row["importance"])))
    links: dict[str, list[tuple[Span, Span]]] = defaultdict(list)
    for number, row in _rows(folder / "links.tsv", ("pair", "original", "repost")):
        a, b = _span(row["original"]), _span(row["repost"])
        if a is None or b is None:
            raise InputError("must have both sentences", str(folder / "links.tsv"), number)
        links[row["pair"]].append((a, b))
    columns = ("pair", "part", "corpus", "event", "original", "repost")
    texts: dict[str, dict[str, Article]] = {}
    for number, row in _rows(folder / "pairs.tsv", columns):
        if row["part"] not in parts:
            continue
        corpus = row["corpus"]
        if corpus not in texts:
            articles = read_records(files.articles(corpus), Article)
            texts[corpus] = {article.id: article for article in articles}
        original, repost = (
            _text(texts[corpus], row, side, number, folder) for side in ("original", "repost")
        )
        made = tuple(changes[row["pair"]])
        joined = frozenset(links[row["pair"]])
        yield ReadPair(row["part"], corpus, row["event"], original, repost, made, joined)


def _text(
    articles: dict[str, Article], row: dict[str, str], side: str, number: int, folder: Path
) -> Article:
    article = articles.get(row[side])
    digest = "" if article is None else sha256(article.text.encode()).hexdigest()[:_DIGITS]
    if article is None or digest != row[f"{side}_sha256"]:
        problem = f"'{row[side]}' of {row['corpus']} is not the text that was read"
        raise InputError(problem, str(folder / "pairs.tsv"), number, side)
    return article


def _span(written: str) -> Span | None:
    if not written:
        return None
    start, _, end = written.partition("-")
    return Span(int(start), int(end))


def _rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf8", newline="") as stream:
        for number, row in enumerate(csv.DictReader(stream, delimiter="\t"), 2):
            if any(row.get(column) is None for column in columns):
                raise InputError(f"expected the columns {', '.join(columns)}", str(path), number)
            yield number, row
