"""Stage `readings`: what is found of the changes that readers listed in real reposts, and what is found beside.

`python -m reframing.stages.readings` writes results/tables/readings.csv, of the pairs that choices are made on.
`python -m reframing.stages.readings held-out` opens the pairs that are kept for the end: it prints their
scores, writes results/tables/readings_held_out.csv, and notes in data/readings/openings.tsv when and in which
state of the package they were opened. Nothing may be chosen by them.
"""

import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import numpy as np

from reframing.coding.coded import Coded, is_same
from reframing.compare import compare
from reframing.csv_text import csv_text
from reframing.moves.catalogue import catalogue
from reframing.parallel import ordered_map
from reframing.params import Params, read_params
from reframing.profiles import Profile
from reframing.records import Move
from reframing.shares import weighted_share
from reframing.stages import files
from reframing.stages.annotate import profile_of
from reframing.stages.provenance import package_state
from reframing.validation.readings import FOLDER, ReadPair, read_pairs

TABLE = Path("results/tables/readings.csv")
HELD_OUT = Path("results/tables/readings_held_out.csv")
OPENINGS = FOLDER / "openings.tsv"
COLUMNS = ("of", "listed", "found", "right", "precision", "precision_low", "precision_high",
           "recall", "recall_low", "recall_high", "pairs")  # fmt: skip

PROPOSITIONS, SENTENCES, LEADS = "propositions", "whole sentences", "leads"
IMPORTANT, LINKS = "most important", "links"
_MOST = 3  # importance


def main(part: str = "development") -> None:
    params = read_params()
    pairs = list(read_pairs([part]))
    found = partial(hits, params=params, profile=profile_of(params.annotate))
    counted = [one for of in ordered_map(found, pairs, files.jobs(), 2) for one in of]
    rows = [list(row) for row in scores(counted, params.validate.interval)]
    text = csv_text((COLUMNS, *rows))
    if part == "held-out":
        HELD_OUT.write_text(text, encoding="utf8")
        _note_opening(rows)
    else:
        TABLE.write_text(text, encoding="utf8")
    print(text, end="")


Hit = tuple[str, str, bool, bool, bool]
"""Group, pair, whether it was listed, whether it was found, whether it is of most importance."""


def hits(pair: ReadPair, params: Params, profile: Profile) -> list[Hit]:
    """Each listed change with whether it was found, and each find that is none of them."""
    compared = compare(
        replace(pair.original, targets=()),
        replace(pair.repost, original=None, targets=()),
        align_params=params.align,
        compare_params=params.compare,
        profile=profile,
    )
    result = hits_among(pair, compared.moves)
    name = f"{pair.corpus}/{pair.event}"
    starts = {
        (a.start, b.start)
        for link in compared.alignment
        for a in (compared.original_sentences[i] for i in link.original)
        for b in (compared.repost_sentences[j] for j in link.repost)
    }
    listed = {(a.start, b.start) for a, b in pair.links}
    result += [(LINKS, name, link in listed, link in starts, False) for link in listed | starts]
    return result


def hits_among(pair: ReadPair, moves: Sequence[Move]) -> list[Hit]:
    """Each listed change with whether it is among some moves, and each of these that is no listed change."""
    name = f"{pair.corpus}/{pair.event}"
    left = list(moves)
    result: list[Hit] = []
    for change in pair.changes:
        hit = next((move for move in left if is_same(change.move, move)), None)
        if hit is not None:
            left.remove(hit)
        most = change.importance == _MOST
        result += [(of, name, True, hit is not None, most) for of in groups(change.move)]
    return result + [(of, name, False, True, False) for move in left for of in groups(move)]


def groups(move: Coded | Move) -> tuple[str, str]:
    """The kinds that a move is counted in."""
    slug = move.move
    whole = SENTENCES if slug.startswith("sentence-") else LEADS if slug.startswith("lead-") else ""
    return whole or PROPOSITIONS, slug


def scores(counted: Sequence[Hit], interval: float) -> Iterator[tuple[object, ...]]:
    """Rows of the table: each group with its counts, precision and recall, with intervals by event."""
    by: dict[str, list[Hit]] = defaultdict(list)
    for hit in counted:
        by[hit[0]].append(hit)
        if hit[0] == PROPOSITIONS and hit[4]:
            by[IMPORTANT].append(hit)
    order = (PROPOSITIONS, IMPORTANT, SENTENCES, LEADS, LINKS, *catalogue())
    for group in order:
        if not (of := by.get(group, [])):
            continue
        listed = [hit for hit in of if hit[2]]
        found = [hit for hit in of if hit[3]]
        right = sum(hit[2] and hit[3] for hit in of)
        cells: list[object] = []
        for among, index in ((found, 2), (listed, 3)):
            if not among or (group == IMPORTANT and index == 2):
                cells += ["", "", ""]
                continue
            values = np.array([hit[index] for hit in among], float)
            events = [hit[1] for hit in among]
            share = weighted_share(
                values, np.ones(len(values)), [""] * len(values), events, interval
            )
            cells += [f"{value:.4f}" for value in share]
        n_found = "" if group == IMPORTANT else len(found)
        yield (group, len(listed), n_found, right, *cells, len(Counter(hit[1] for hit in of)))


def _note_opening(rows: Sequence[Sequence[object]]) -> None:
    columns = ("opened", "state", "precision", "recall")
    new = not OPENINGS.exists()
    whole = next(row for row in rows if row[0] == PROPOSITIONS)
    with OPENINGS.open("a", encoding="utf8", newline="") as out:
        writer = csv.writer(out, delimiter="\t", lineterminator="\n")
        if new:
            writer.writerow(columns)
        day = datetime.now(UTC).date().isoformat()
        writer.writerow((day, package_state(), whole[4], whole[7]))


if __name__ == "__main__":
    files.run_whole(partial(main, *sys.argv[1:2]))
