"""Captions that can stand alone in a paper: what is shown, of what, with which intervals."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reframing.figures.rows import kind_label
from reframing.params import StatisticsParams
from reframing.statistics.groups import ALL_KINDS
from reframing.statistics.selection import REASONS
from reframing.statistics.survival import EVERYWHERE

if TYPE_CHECKING:
    import pandas as pd

FEW_EVENTS = 10


@dataclass(frozen=True, slots=True)
class Study:
    """The tables of one corpus with what a caption must say of it."""

    title: str
    constructed: bool
    tables: "dict[str, pd.DataFrame]"
    statistics: StatisticsParams

    @property
    def kinds(self) -> list[str]:
        """Kinds of repost, from the one that carries over most of the original to the least."""
        survival = self.tables["survival"]
        everywhere = survival[
            (survival["condition"] == "repost")
            & (survival["place"] == EVERYWHERE)
            & (survival["kind"] != ALL_KINDS)
        ]
        ordered = everywhere.sort_values(["value", "kind"], ascending=[False, True])
        return [str(kind) for kind in ordered["kind"]]

    @property
    def firm_kinds(self) -> list[str]:
        """Kinds of repost with enough events to be compared; all of them where none has."""
        enough = [kind for kind in self.kinds if self.count("repost", "events", kind) >= FEW_EVENTS]
        return enough or self.kinds

    def rows(self, table: str) -> "pd.DataFrame":
        """Rows of a table by condition: reposts in the order of `firm_kinds`, and the nulls after them."""
        import pandas as pd

        rows = self.tables[table]
        reposts = rows["condition"] == "repost"
        by_kind = [rows[reposts & (rows["kind"] == kind)] for kind in self.firm_kinds]
        nulls = rows[~reposts & ~rows["kind"].isin(set(self.kinds) - set(self.firm_kinds))]
        return pd.concat([*by_kind, nulls], ignore_index=True)

    def count(self, condition: str, column: str, kind: str = ALL_KINDS) -> int:
        """A number of `n.csv`; 0 where the condition or kind does not occur."""
        sizes = self.tables["n"]
        cell = sizes[(sizes["condition"] == condition) & (sizes["kind"] == kind)]
        return int(cell[column].sum())


def caption(study: Study, sentences: Sequence[str]) -> str:
    """`sentences` that say what is shown, then corpus, intervals, numbers and reservations."""
    parts = [
        *sentences,
        _intervals(study),
        f"Corpus: {study.title.rstrip('.')}.",
        _numbers(study),
        _nulls(study),
        _left_out(study),
        _few_events(study),
        _not_drawn(study),
        "The corpus was written for this project; no finding is claimed from it."
        if study.constructed
        else "",
    ]
    return " ".join(part for part in parts if part)


def _intervals(study: Study) -> str:
    percent = f"{100 * study.statistics.interval:g}"
    return (
        "Events (where the corpus declares none: stories, the articles that reuse connects) weigh "
        f"alike; intervals are {percent}% percentile cluster bootstraps by event "
        f"({study.statistics.resamples:,} resamples)."
    )


def _numbers(study: Study) -> str:
    by_kind = ", ".join(
        f"{kind_label(kind)} {study.count('repost', 'pairs', kind):,}" for kind in study.kinds
    )
    events, pairs = study.count("repost", "events"), study.count("repost", "pairs")
    return f"n = {_counted(events, 'event')}, {_counted(pairs, 'pair')} ({by_kind or 'none'})."


def _nulls(study: Study) -> str:
    names = {
        "copy": ("verbatim copies", "no copies"),
        "independent": ("independent reports of the same events", "no independent reports"),
        "swapped": ("repost pairs with roles swapped", "no pairs with roles swapped"),
    }
    counts = {null: study.count(null, "pairs") for null in names}
    shown = [f"{counts[null]:,} {some}" for null, (some, _) in names.items() if counts[null]]
    absent = [none for null, (_, none) in names.items() if not counts[null]]
    return " ".join(
        [
            f"Nulls, in grey: {', '.join(shown)}." if shown else "",
            f"There are {' and '.join(absent)} in this corpus." if absent else "",
        ]
    ).strip()


def _left_out(study: Study) -> str:
    counts = {reason: study.count("repost", reason) for reason in REASONS}
    parts = [f"{count:,} ({reason})" for reason, count in counts.items() if count]
    return f"Repost pairs left out: {', '.join(parts)}." if parts else ""


def _few_events(study: Study) -> str:
    events = study.count("repost", "events")
    if events == 1:
        return "A single event gives no interval."
    if events < FEW_EVENTS:
        return f"Bootstrap intervals from {events} events are too narrow."
    return ""


def _not_drawn(study: Study) -> str:
    events = {
        kind: study.count("repost", "events", kind)
        for kind in study.kinds
        if kind not in study.firm_kinds
    }
    parts = [f"{kind_label(kind)} ({_counted(count, 'event')})" for kind, count in events.items()]
    return f"Too few events to be drawn: {', '.join(parts)}." if parts else ""


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
