"""Stage `retold`: the moves found in faithful texts, retold freely or polished.

Writes results/tables/retold.csv. For each kind of rewriting in data/faithful, and each move found in it:
the number of moves found, how many of them the reader listed, and the others, which are false, with their
rate per 1,000 words. Rates are means over events with their interval (docs/statistics.md).
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np

from reframing.coding.coded import Coded, read_coded, shared
from reframing.documents import files
from reframing.documents.parallel import ordered_map
from reframing.documents.params import Params, read_params
from reframing.documents.records import Article
from reframing.documents.tables import csv_text
from reframing.documents.tokens import tokenize
from reframing.measures.annotate import Profile
from reframing.moves.compare import compare
from reframing.reading.articles import read_articles
from reframing.stages.annotate_articles import profile_of
from reframing.stages.running import run_whole
from reframing.statistics.estimates import rate_estimate

FOLDERS = tuple(Path("data") / name for name in ("sample", "development", "blind"))
"""The folders with the originals."""

FAITHFUL = Path("data/faithful")
TABLE = Path("results/tables/retold.csv")
COLUMNS = ("kind", "move", "texts", "words", "found", "listed", "false", "false_per_1000_words",
           "low", "high", "events")  # fmt: skip
ALL = "all"


class Retold(NamedTuple):
    """A rewritten text: its number of words, the slugs of the moves found in it, and those that are false."""

    kind: str
    event: str
    n_words: int
    found: tuple[str, ...]
    false: tuple[str, ...]


def main() -> None:
    params = read_params()
    see = partial(seen, params=params, profile=profile_of(params.annotate))
    texts = list(ordered_map(see, pairs(), files.jobs(), 2))
    rows = table(texts, params.statistics.interval)
    TABLE.write_text(csv_text((COLUMNS, *rows)), encoding="utf8")


def pairs() -> Iterator[tuple[Article, Article, tuple[Coded, ...]]]:
    """Each original with its rewriting, and the changes that a reader listed in it."""
    originals = {a.id: a for folder in FOLDERS for a in read_articles(folder / "articles.jsonl")}
    listed: Mapping[str, tuple[Coded, ...]] = read_coded(FAITHFUL / "gold-moves.jsonl")
    for article in read_articles(FAITHFUL / "articles.jsonl"):
        yield originals[str(article.original)], article, listed.get(article.id, ())


def seen(
    pair: tuple[Article, Article, tuple[Coded, ...]], params: Params, profile: Profile
) -> Retold:
    """The moves found in a rewriting, and those among them that the reader did not list."""
    original, article, listed = pair
    compared = compare(
        original, article, align_params=params.align, compare_params=params.compare, profile=profile
    )
    found = Counter(move.move for move in compared.moves)
    right = Counter(move.move for move in shared(compared.moves, listed))
    n_words = tokenize(article.text).n_words
    return Retold(
        str(article.kind),
        str(article.event),
        n_words,
        tuple(found.elements()),
        tuple((found - right).elements()),
    )


def table(texts: Sequence[Retold], interval: float) -> Iterator[tuple[object, ...]]:
    """One row per kind of rewriting for all moves, and one for each move found in it."""
    for kind in dict.fromkeys(text.kind for text in texts):
        of = [text for text in texts if text.kind == kind]
        moves = sorted({move for text in of for move in text.found})
        yield from (_row(kind, move, of, interval) for move in (ALL, *moves))


def _row(kind: str, move: str, texts: Sequence[Retold], interval: float) -> tuple[object, ...]:
    words: Counter[str] = Counter()
    false: Counter[str] = Counter()
    n_found = 0
    for text in texts:
        words[text.event] += text.n_words
        false[text.event] += sum(move in (ALL, slug) for slug in text.false)
        n_found += sum(move in (ALL, slug) for slug in text.found)
    rate = rate_estimate(
        np.array([false[event] for event in words], float),
        np.array([words[event] / 1000 for event in words]),
        interval,
    )
    numbers = (f"{value:.4f}" for value in (rate.value, rate.low, rate.high))
    listed = n_found - false.total()
    return (
        kind,
        move,
        len(texts),
        words.total(),
        n_found,
        listed,
        false.total(),
        *numbers,
        len(words),
    )


if __name__ == "__main__":
    run_whole(main)
