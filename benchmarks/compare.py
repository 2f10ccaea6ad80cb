"""How long one comparison takes: two articles of some 500 words each, on one core.

    python benchmarks/compare.py [--pairs 30]

Of each corpus in `CORPORA`, prepared by `make reproduce-all`, pairs are drawn at random (seeded): reposts
and other reports of the event, of 400 to 600 words a text, no verbatim copies, one pair of each original.
Each is compared once in each profile, from texts to moves, in one process on one thread, after others that
warm up what is loaded once. `results/benchmarks/compare.csv` has the distribution of processor time in
milliseconds.
"""

import argparse
import csv
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from reframing.documents import files
from reframing.documents.records import Aligned, Article
from reframing.documents.tables import read_records
from reframing.measures.annotate import PROFILES, Profile
from reframing.moves.compare import compare

OUT = Path(__file__).resolve().parents[1] / "results" / "benchmarks" / "compare.csv"
CORPORA = ("article-comparisons", "fnc-1", "raidar-news", "sheepdog")
FEWEST_WORDS, MOST_WORDS = 400, 600
WARM_UP = 3
SEED = 21
COLUMNS = ("profile", "corpus", "pairs", "words", "median_ms", "low_ms", "high_ms")


class Timed(NamedTuple):
    """Two articles, and how many words they have together."""

    original: Article
    repost: Article
    words: int


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--pairs", type=int, default=30, help="pairs of each corpus")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    of_corpus = {corpus: list(drawn(corpus, options.pairs)) for corpus in CORPORA}
    rows = [row for profile in PROFILES for row in measured(profile, of_corpus)]
    with options.out.open("w", encoding="utf8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)
    for row in rows:
        print(*row)


def drawn(corpus: str, most: int) -> Iterator[Timed]:
    """Some pairs of a corpus, at most one of each original; `WARM_UP` more than asked for are drawn."""
    articles = {article.id: article for article in read_records(files.articles(corpus), Article)}
    of_original: dict[str, Timed] = {}
    aligned = read_records(files.alignments(corpus), Aligned)
    pairs = [one.pair for one in aligned if one.pair.repost in articles]
    random.Random(SEED).shuffle(pairs)
    for pair in pairs:
        original, repost = articles[pair.original], articles[pair.repost]
        lengths = [len(article.text.split()) for article in (original, repost)]
        if all(FEWEST_WORDS <= n <= MOST_WORDS for n in lengths) and pair.relation != "verbatim":
            of_original.setdefault(original.id, Timed(original, repost, sum(lengths)))
    yield from list(of_original.values())[: most + WARM_UP]


def measured(
    profile: Profile, of_corpus: dict[str, list[Timed]]
) -> Iterator[tuple[str, str, int, int, float, float, float]]:
    """The rows of one profile: each corpus, and all together."""
    every: list[Timed] = []
    all_ms: list[float] = []
    for corpus, pairs in of_corpus.items():
        for pair in pairs[-WARM_UP:]:
            milliseconds(pair, profile)
        timed = pairs[:-WARM_UP]
        ms = [milliseconds(pair, profile) for pair in timed]
        yield profile, corpus, *summary(timed, ms)
        every += timed
        all_ms += ms
    yield profile, "all", *summary(every, all_ms)


def milliseconds(pair: Timed, profile: Profile) -> float:
    """Processor time of one comparison."""
    began = time.process_time()
    compare(pair.original, pair.repost, profile=profile)
    return 1000 * (time.process_time() - began)


def summary(pairs: Sequence[Timed], ms: Sequence[float]) -> tuple[int, int, float, float, float]:
    """Number of pairs, median of their words, and median, tenth and ninetieth percentile of the times."""
    low, median, high = np.percentile(ms, [10, 50, 90])
    words = int(np.median([pair.words for pair in pairs]))
    return len(ms), words, round(median), round(low), round(high)


if __name__ == "__main__":
    main()
