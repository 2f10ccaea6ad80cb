"""Stage `readings`: how the moves compare with the changes that readers listed in real reposts.

`python -m validation.stages.compare_readings` scores the development pairs and writes to results/tables:
readings.csv with precision and recall, readings_causes.csv with the causes of misses and errors
(`validation.readings`), and readings_scores.csv with AUC and calibration of the proposals' scores. With
the argument `held-out` it opens the pairs reserved for reporting: it prints their scores, writes
results/tables/readings_held_out.csv, and logs the date and the state of the package in
data/readings/openings.tsv. No choice may be based on those pairs.
"""

import csv
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from reframing.coding.coded import is_same
from reframing.documents import files
from reframing.documents.parallel import ordered_map
from reframing.documents.params import Params, read_params
from reframing.documents.tables import csv_text
from reframing.figures.provenance import package_state
from reframing.measures.annotate import Profile
from reframing.moves.compare import found_between
from reframing.stages.annotate_articles import profile_of
from reframing.stages.running import run_whole
from reframing.statistics.estimates import Resampling
from validation.readings import (
    CAUSE_COLUMNS,
    COLUMNS,
    FOLDER,
    LINKS,
    PROPOSITIONS,
    SCORE_COLUMNS,
    Cause,
    Hit,
    Proposal,
    ReadPair,
    causes,
    groups,
    hits_among,
    matched,
    read_pairs,
    score_rows,
    scores,
    table,
)

TABLE = Path("results/tables/readings.csv")
CAUSES = Path("results/tables/readings_causes.csv")
SCORES = Path("results/tables/readings_scores.csv")
HELD_OUT = Path("results/tables/readings_held_out.csv")
OPENINGS = FOLDER / "openings.tsv"


def main(part: str = "development") -> None:
    params = read_params()
    pairs = list(read_pairs([part]))
    read = partial(outcome, params=params, profile=profile_of(params.annotate))
    outcomes = list(ordered_map(read, pairs, files.jobs(), 2))
    counted = [hit for one in outcomes for hit in one.hits]
    rows = [list(row) for row in scores(counted, params.validate.interval)]
    text = csv_text((COLUMNS, *rows))
    if part == "held-out":
        HELD_OUT.write_text(text, encoding="utf8")
        _note_opening(rows)
    else:
        TABLE.write_text(text, encoding="utf8")
        why = table(cause for one in outcomes for cause in one.causes)
        CAUSES.write_text(csv_text((CAUSE_COLUMNS, *why)), encoding="utf8")
        proposals = [proposal for one in outcomes for proposal in one.proposals]
        resampling = Resampling(params.validate.resamples, params.validate.interval, params.seed)
        rates = score_rows(proposals, params.validate.bins, resampling)
        SCORES.write_text(csv_text((SCORE_COLUMNS, *rates)), encoding="utf8")
    print(text, end="")


class Outcome(NamedTuple):
    """The result of one pair: its hits, the causes of its errors, and its proposals with their scores."""

    hits: list[Hit]
    causes: list[Cause]
    proposals: list[Proposal]


def outcome(pair: ReadPair, params: Params, profile: Profile) -> Outcome:
    """Compare the two texts without the list of changes, then match the result with the list."""
    found = found_between(
        replace(pair.original, targets=()),
        replace(pair.repost, original=None, targets=()),
        align_params=params.align,
        compare_params=params.compare,
        profile=profile,
    )
    name = f"{pair.corpus}/{pair.event}"
    starts = {(a.start, b.start) for a, b in found.linked}
    listed = {(a.start, b.start) for a, b in pair.links}
    links = [(LINKS, name, link in listed, link in starts, False) for link in listed | starts]
    changes = [change.move for change in pair.changes]
    moves = found.comparison.moves
    _, missed, wrong = matched(changes, moves)
    return Outcome(
        [*hits_among(pair, moves), *links],
        [*causes(missed, wrong, changes, moves, found.proposed)],
        [
            (groups(move)[0], name, move.score, any(is_same(one, move) for one in changes))
            for move in found.proposed
        ],
    )


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
    run_whole(partial(main, *sys.argv[1:2]))
