"""The share of moves that readers find right, as the stage `judged` publishes it, and where to look it up.

`precision_of(read_precisions(path), corpus, move)` is what stands beside a rate that rests on the move.
"""

import csv
from collections.abc import Iterable, Mapping
from math import nan
from pathlib import Path
from typing import NamedTuple

from reframing.csv_text import csv_text
from reframing.errors import InputError

ALL = "all"
EASY = frozenset(("sentence-added", "sentence-omitted", "quote-unsupported"))
"""Kinds that are frequent and nearly always seen: whole sentences, and quotations that the original lacks."""

HARD = "all but the easy kinds"
MOVES, VERDICTS = "moves", "verdicts"
"""What an average weighs by: the moves that a verdict stands for, or each verdict alike."""


class Precision(NamedTuple):
    """The share of moves that all readers find right; nan where nobody read any.

    `corpus` and `move` say of which moves, `all` of all; `n_read` of `n_moves` were read, in `n_pairs` pairs.
    `score` is their mean score, which says what share to expect, `right_by_one` the share that the readers find
    right on average, `agree` how often they agree. `judged_state` is the state of the package that found them.
    """

    corpus: str
    move: str
    weighting: str
    precision: float
    low: float
    high: float
    n_read: int
    n_pairs: int
    n_moves: int
    score: float
    right_by_one: float
    agree: float
    judged_state: str


NOT_READ = Precision("", "", MOVES, nan, nan, nan, 0, 0, 0, nan, nan, nan, "")


def as_csv(rows: Iterable[Precision]) -> str:
    """Precisions as a table."""
    shown = ([f"{v:.4f}" if isinstance(v, float) else v for v in row] for row in rows)
    return csv_text((Precision._fields, *shown))


Precisions = Mapping[tuple[str, str], Precision]
"""Precisions by corpus and move, weighted by moves."""


def read_precisions(path: Path) -> Precisions:
    """What `as_csv` wrote (results/tables/judged.csv); `InputError` where it cannot be read."""
    try:
        with path.open(encoding="utf8", newline="") as lines:
            rows = [_read(row) for row in csv.DictReader(lines)]
    except (OSError, KeyError, ValueError) as error:
        raise InputError(f"cannot be read: {error}; run the stage `judged`", str(path)) from error
    return {(row.corpus, row.move): row for row in rows if row.weighting == MOVES}


def _read(row: Mapping[str, str]) -> Precision:
    kinds = Precision.__annotations__
    return Precision(**{field: kinds[field](row[field]) for field in Precision._fields})


def precision_of(known: Precisions, corpus: str, move: str) -> Precision:
    """Precision of a move in a corpus, a slug, `all` or `HARD`; nan of no verdicts where nobody read."""
    return known.get((corpus, move), NOT_READ._replace(corpus=corpus, move=move))


def precision_said(of: Precision) -> str:
    """For a caption or a cell: *.42 [.31, .54] of 86 read*, or *not read*."""
    if not of.n_read:
        return "not read"
    return f"{of.precision:.2f} [{of.low:.2f}, {of.high:.2f}] of {of.n_read:,} read"
