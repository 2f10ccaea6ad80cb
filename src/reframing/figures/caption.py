"""Self-contained captions for figures in a paper: what is shown, of which corpus, with which intervals."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reframing.documents.params import StatisticsParams
from reframing.figures.dot_rows import kind_label
from reframing.statistics.groups import ALL_KINDS, REASONS
from reframing.statistics.rates import EVERYWHERE

if TYPE_CHECKING:
    import pandas as pd

FEW_EVENTS = 10


@dataclass(frozen=True, slots=True)
class Study:
    """The tables of one corpus, and the facts about it that a caption states.

    `constructed` is whether the corpus was written for this project, `directed` whether its pairs have a
    direction. `judged` is the table of the share of moves that readers confirmed, if there is one. `example`
    holds rows of one pair with their words (`figures.example_pair`), of a constructed corpus alone.
    """

    title: str
    constructed: bool
    directed: bool
    tables: "dict[str, pd.DataFrame]"
    statistics: StatisticsParams
    judged: "pd.DataFrame | None" = None
    example: "pd.DataFrame | None" = None

    @property
    def condition(self) -> str:
        """The condition studied: *repost*, or *version* where neither text is known to be the original."""
        return "repost" if self.directed else "version"

    @property
    def survival(self) -> "pd.DataFrame":
        """The table of the share of sentences that have a counterpart in the other text."""
        return self.tables["survival" if self.directed else "sharing"]

    @property
    def kinds(self) -> list[str]:
        """Kinds of repost, from the one that carries over the largest share of the original to the smallest."""
        survival = self.survival
        everywhere = survival[
            (survival["condition"] == self.condition)
            & (survival["place"] == EVERYWHERE)
            & (survival["kind"] != ALL_KINDS)
        ]
        ordered = everywhere.sort_values(["value", "kind"], ascending=[False, True])
        return [str(kind) for kind in ordered["kind"]]

    @property
    def firm_kinds(self) -> list[str]:
        """Kinds of repost with at least `FEW_EVENTS` events; all kinds where none has that many."""
        enough = [k for k in self.kinds if self.count(self.condition, "events", k) >= FEW_EVENTS]
        return enough or self.kinds

    def rows(self, table: "pd.DataFrame") -> "pd.DataFrame":
        """The rows of `table` to be drawn: `firm_kinds` in their order, then null comparisons of all kinds."""
        import pandas as pd

        studied = table["condition"] == self.condition
        by_kind = [table[studied & (table["kind"] == kind)] for kind in self.firm_kinds]
        nulls = table[~studied & (table["kind"] == ALL_KINDS)]
        return pd.concat([*by_kind, nulls], ignore_index=True)

    def count(self, condition: str, column: str, kind: str = ALL_KINDS) -> int:
        """A number from the table `n`; 0 where the condition or kind does not occur."""
        sizes = self.tables["n"]
        cell = sizes[(sizes["condition"] == condition) & (sizes["kind"] == kind)]
        return int(cell[column].sum())


def caption(study: Study, sentences: Sequence[str], data: "pd.DataFrame") -> str:
    """The caption: `sentences` on what is shown, then intervals, corpus, numbers and limitations of `data`."""
    parts = [
        *sentences,
        _intervals(study),
        f"Corpus: {study.title.rstrip('.')}.",
        _numbers(study),
        _nulls(study),
        _left_out(study),
        _few_events(study, data),
        _not_drawn(study),
        "The corpus was written for this project; no finding is claimed from it."
        if study.constructed
        else "",
    ]
    return " ".join(part for part in parts if part)


def _intervals(study: Study) -> str:
    percent = f"{100 * study.statistics.interval:g}"
    return (
        "Events (where the corpus declares none: stories, the articles that reuse connects) weigh alike; "
        f"intervals are {percent}% by event: Wilson's with the design effect for shares and rates, "
        "Student's for means and differences."
    )


def _numbers(study: Study) -> str:
    by_kind = ", ".join(
        f"{kind_label(kind)} {study.count(study.condition, 'pairs', kind):,}"
        for kind in study.kinds
    )
    events, pairs = (study.count(study.condition, column) for column in ("events", "pairs"))
    orders = "" if study.directed else ", each pair in both orders"
    return (
        f"n = {counted(events, 'event')}, {counted(pairs, 'pair')} ({by_kind or 'none'}{orders})."
    )


def _nulls(study: Study) -> str:
    names = {
        "copy": ("copies with other typography", "no copies"),
        "independent": ("independent reports of the same events", "no independent reports"),
    }
    counts = {null: study.count(null, "pairs") for null in names}
    shown = [f"{counts[null]:,} {some}" for null, (some, _) in names.items() if counts[null]]
    absent = [none for null, (_, none) in names.items() if not counts[null]]
    return " ".join(
        [
            f"Nulls: {' and '.join(shown)}." if shown else "",
            f"There are {' and '.join(absent)} in this corpus." if absent else "",
        ]
    ).strip()


def _left_out(study: Study) -> str:
    counts = {reason: study.count("repost", reason) for reason in REASONS}
    parts = [f"{count:,} ({reason})" for reason, count in counts.items() if count]
    return f"Repost pairs left out: {', '.join(parts)}." if parts else ""


def _few_events(study: Study, data: "pd.DataFrame") -> str:
    events = study.count(study.condition, "events")
    if events == 1:
        return "A single event gives no interval."
    rough = f"Intervals from {events} events are rough." if events < FEW_EVENTS else ""
    alone = "Where there is no interval, the estimate rests on a single event."
    return f"{rough} {alone if (data['n_events'] == 1).any() else ''}".strip()


def _not_drawn(study: Study) -> str:
    events = {
        kind: study.count(study.condition, "events", kind)
        for kind in study.kinds
        if kind not in study.firm_kinds
    }
    parts = [f"{kind_label(kind)} ({counted(count, 'event')})" for kind, count in events.items()]
    return f"Too few events to be drawn: {', '.join(parts)}." if parts else ""


def counted(number: int, noun: str) -> str:
    """A number with its noun, in the plural where it is not 1."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
