"""Stage `ablation`: how much each rule family and the network contribute to the moves.

Writes results/tables/ablation.csv: for all parts together, without each one, and for network and
structure rules alone, precision and recall of moves within propositions and of whole sentences, and
recall of the most important moves. The gold is that on which choices are made: real reposts in which
readers listed every change (`data/readings`, part `development`), and the development half of the sample,
which contains every kind of move. The weights of the evidence are not refitted.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from reframing.coding.coded import read_coded
from reframing.documents import files
from reframing.documents.parallel import ordered_map
from reframing.documents.params import Params, read_params
from reframing.documents.tables import csv_text
from reframing.measures.annotate import Profile
from reframing.moves.compare import context_of, moves_as_given
from reframing.moves.find import NETWORK, NOTHING, RULES, find_moves
from reframing.reading.articles import read_articles
from reframing.stages.annotate_articles import profile_of
from reframing.stages.running import run_whole
from validation.readings import COLUMNS as SCORED
from validation.readings import (
    IMPORTANT,
    PROPOSITIONS,
    SENTENCES,
    Change,
    Hit,
    ReadPair,
    hits_among,
    read_pairs,
    scores,
)

TABLE = Path("results/tables/ablation.csv")
COLUMNS = ("gold", "parts", *SCORED)
PART, SAMPLE = "development", Path("data/sample")
WHOLE = "structure"
"""The rules on entire sentences and leads, for which the network proposes no move."""

VARIANTS: Mapping[str, frozenset[str]] = {
    "all": NOTHING,
    **{f"without {name}": frozenset({name}) for name in (*RULES, NETWORK)},
    "network and structure alone": frozenset(RULES) - {WHOLE},
}
"""The parts that are disabled, by the name of the variant."""


def main() -> None:
    params = read_params()
    find = partial(hits_of_variants, params=params, profile=profile_of(params.annotate))
    rows: list[tuple[object, ...]] = []
    for gold, pairs in (("real reposts", read_pairs([PART])), ("sample", written())):
        counted = list(ordered_map(find, pairs, files.jobs(), 2))
        rows += ((gold, *row) for row in table(counted, params.validate.interval))
    TABLE.write_text(csv_text((COLUMNS, *rows)), encoding="utf8")


def written(folder: Path = SAMPLE) -> Iterator[ReadPair]:
    """The reposts of every second event of the sample, with their gold moves; importance is not rated."""
    articles = {article.id: article for article in read_articles(folder / "articles.jsonl")}
    gold = read_coded(folder / "gold-moves.jsonl")
    for event in sorted({repost.partition("/")[0] for repost in gold})[::2]:
        for repost in (repost for repost in gold if repost.partition("/")[0] == event):
            original = articles[f"{event}/original"]
            changes = tuple(Change(move, 0) for move in gold[repost])
            yield ReadPair(PART, "sample", event, original, articles[repost], changes, frozenset())


def hits_of_variants(pair: ReadPair, params: Params, profile: Profile) -> dict[str, list[Hit]]:
    """The hits of a pair by variant: listed changes, found or not, and moves that are not listed."""
    original = replace(pair.original, targets=())
    repost = replace(pair.repost, original=None, targets=())
    context = context_of(original, repost, align_params=params.align, profile=profile)
    return {
        name: hits_among(
            pair, moves_as_given(context, find_moves(context, params.compare, left_out))
        )
        for name, left_out in VARIANTS.items()
    }


def table(
    counted: Sequence[Mapping[str, list[Hit]]], interval: float
) -> Iterator[tuple[object, ...]]:
    """One row per variant and group of moves, with the columns of `COLUMNS` after `gold`."""
    for name in VARIANTS:
        hits = [hit for of_pair in counted for hit in of_pair[name]]
        for row in scores(hits, interval):
            if row[0] in (PROPOSITIONS, IMPORTANT, SENTENCES):
                yield (name, *row)


if __name__ == "__main__":
    run_whole(main)
