"""Stage `ablation`: what each part of the moves is worth on real reposts in which readers listed every change.

Writes results/tables/ablation.csv: for all parts, without each one, and for some alone, precision and recall of
moves within propositions, recall of the most important ones, and both for whole sentences, on the pairs that
choices are made on (`data/readings`, part `development`). The weights of the evidence stay as they are.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from reframing.compare import context_of
from reframing.csv_text import csv_text
from reframing.moves import NETWORK, NOTHING, RULES, find_moves
from reframing.parallel import ordered_map
from reframing.params import Params, read_params
from reframing.plain import as_given
from reframing.profiles import Profile
from reframing.records import Move
from reframing.segment.typography import plain_text
from reframing.stages import files
from reframing.stages.annotate import profile_of
from reframing.stages.readings import IMPORTANT, PROPOSITIONS, SENTENCES, Hit, hits_among, scores
from reframing.validation.readings import ReadPair, read_pairs

TABLE = Path("results/tables/ablation.csv")
COLUMNS = ("parts", "of", "listed", "found", "right", "precision", "precision_low", "precision_high",
           "recall", "recall_low", "recall_high", "pairs")  # fmt: skip
WHOLE = "structure"
"""The rules on whole sentences and leads, which no network proposes."""

VARIANTS: Mapping[str, frozenset[str]] = {
    "all": NOTHING,
    **{f"without {name}": frozenset({name}) for name in (*RULES, NETWORK)},
    "network and structure alone": frozenset(RULES) - {WHOLE},
}
"""What is left out, by what the table calls the rest."""


def main() -> None:
    params = read_params()
    find = partial(hits_of_variants, params=params, profile=profile_of(params.annotate))
    counted = list(ordered_map(find, read_pairs(["development"]), files.jobs(), 2))
    rows = table(counted, params.validate.interval)
    TABLE.write_text(csv_text((COLUMNS, *rows)), encoding="utf8")


def hits_of_variants(pair: ReadPair, params: Params, profile: Profile) -> dict[str, list[Hit]]:
    """What is found of a pair's listed changes, and beside them, by variant."""
    original = replace(pair.original, targets=())
    repost = replace(pair.repost, original=None, targets=())
    context = context_of(original, repost, align_params=params.align, profile=profile)
    ours, theirs = plain_text(original.text), plain_text(repost.text)

    def given(move: Move) -> Move:
        was, now = as_given(move.original, ours), as_given(move.repost, theirs)
        return replace(move, original=was, repost=now)

    return {
        name: hits_among(pair, [*map(given, find_moves(context, params.compare, left_out))])
        for name, left_out in VARIANTS.items()
    }


def table(
    counted: Sequence[Mapping[str, list[Hit]]], interval: float
) -> Iterator[tuple[object, ...]]:
    """A row for each variant and group of moves."""
    for name in VARIANTS:
        hits = [hit for of_pair in counted for hit in of_pair[name]]
        for row in scores(hits, interval):
            if row[0] in (PROPOSITIONS, IMPORTANT, SENTENCES):
                yield (name, *row)


if __name__ == "__main__":
    files.run_whole(main)
