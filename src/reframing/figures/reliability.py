"""Which kinds of moves a figure draws, and which of them it marks as imprecise.

**Drawn** is what was found at least `LEAST_FOUND` times. **Imprecise** is a kind of which readers of real texts
confirmed less than `LEAST_CONFIRMED`, or read fewer than `LEAST_READ`; its marks are hollow. What readers
confirmed comes from results/tables/judged.csv; where a study has no such table, nothing is known and nothing is
marked.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from reframing.moves.catalogue import catalogue
from reframing.statistics.groups import ALL_KINDS

if TYPE_CHECKING:
    import pandas as pd

LEAST_FOUND = 5
LEAST_READ = 5
LEAST_CONFIRMED = 0.6
"""The score from which the verdict of a report describes moves (`reframing.report.verdict`)."""

MARKED = (
    "Hollow: imprecise, because readers of moves drawn from real texts (results/tables/judged.csv) confirmed "
    f"less than {LEAST_CONFIRMED:.0%} of this kind, or read fewer than {LEAST_READ}."
)

HOLLOW = (
    f"hollow: readers confirm fewer than {LEAST_CONFIRMED:.0%}, or read fewer than {LEAST_READ}"
)
"""The same in the key of a drawing."""


def often_enough(found: "pd.Series[float]") -> list[str]:
    """The names found at least `LEAST_FOUND` times; where there are none, those found at all."""
    enough = found[found >= LEAST_FOUND]
    return [str(name) for name in (enough if len(enough) else found[found > 0]).index]


def slugs_of(name: str) -> tuple[str, ...]:
    """The moves that count as `name`: itself, or those that become this difference between two versions."""
    moves = catalogue()
    return (name,) if name in moves else tuple(s for s in moves if moves[s].undirected == name)


def with_confirmed(
    data: "pd.DataFrame", slugs: Sequence[Sequence[str]], judged: "pd.DataFrame | None"
) -> "pd.DataFrame":
    """`data` with the columns `confirmed` (share) and `n_read`, for the `slugs` of each of its rows.

    Several slugs are averaged with the number of moves that were sampled from. Both columns are nan without
    `judged`, and for rows without slugs, which are no moves.
    """
    table = None if judged is None else _by_move(judged)
    both = [_confirmed(of_row, table) for of_row in slugs]
    return data.assign(
        confirmed=np.array([share for share, _ in both], float),
        n_read=np.array([read for _, read in both], float),
    )


def imprecise(row: Mapping[Any, Any]) -> bool:
    """Whether a row of `with_confirmed` is of a kind that is known to be imprecise or hardly read."""
    read = float(row["n_read"])
    return not np.isnan(read) and (read < LEAST_READ or float(row["confirmed"]) < LEAST_CONFIRMED)


def _by_move(judged: "pd.DataFrame") -> "pd.DataFrame":
    """Precision by move, over all corpora that were read (or the only one)."""
    table = judged[judged["weighting"] == "moves"]
    overall = table[table["corpus"] == ALL_KINDS]
    return (overall if len(overall) else table).set_index("move")


def _confirmed(slugs: Sequence[str], table: "pd.DataFrame | None") -> tuple[float, float]:
    if table is None or not slugs:
        return np.nan, np.nan
    rows = table[table.index.isin(slugs)]
    if rows.empty:
        return np.nan, 0.0
    return float(np.average(rows["precision"], weights=rows["n_moves"])), float(
        rows["n_read"].sum()
    )
