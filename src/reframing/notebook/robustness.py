"""How far an estimate rests on how events are weighted, and on single events; how many tests are rejected."""

from typing import TYPE_CHECKING

from reframing.figures.dot_rows import kind_label
from reframing.notebook.opened import OpenStudy
from reframing.notebook.prose import literal, prose
from reframing.notebook.tables import Table, table, written
from reframing.notebook.wording import (
    NO_VALUE,
    PERCENT,
    RATE,
    SCORE,
    Scale,
    counted,
    estimate,
    number,
)
from reframing.statistics.groups import ALL_KINDS, MEASURES
from reframing.statistics.groups import RATE as PER_1000_WORDS
from reframing.statistics.significance import INDEPENDENT, NO_CHANGE

if TYPE_CHECKING:
    import pandas as pd
    from IPython.display import HTML

SCALES: dict[str, Scale] = {m.name: RATE if m.unit == PER_1000_WORDS else SCORE for m in MEASURES}
MAIN = tuple(measure.name for measure in MEASURES if measure.main)


def weighting(study: OpenStudy) -> Table:
    """Estimates with events weighing alike, and pooled, where long texts rule; and without any one event."""
    rows = {}
    for label, found, keys, scale in _quantities(study):
        keys |= {"condition": study.condition, "kind": ALL_KINDS}
        row = found[(found[list(keys)] == list(keys.values())).all(axis=1)]
        if not row.empty and row["n_events"].iloc[0]:
            rows[label] = _row(row.iloc[0], written(estimate(found, **keys), scale), scale)
    return table(
        "Main estimates over all kinds: events weighing alike, pooled, and without any one event",
        rows,
    )


def tested(study: OpenStudy) -> "HTML":
    """How many of the hypotheses are rejected, against either alternative and by kind, zero included."""
    lines = []
    for against in (NO_CHANGE, INDEPENDENT):
        rows = study.tables["tests"]
        rows = rows[(rows["against"] == against) & rows["p"].notna()]
        if rows.empty:
            lines.append(f"- Against {against}: nothing can be tested here.")
            continue
        kinds = rows.groupby("kind")["rejected"].agg(["sum", "size"])
        of_kinds = ", ".join(
            f"{literal(kind_label(str(kind)))} {int(row['sum'])} of {int(row['size'])}"
            for kind, row in kinds.iterrows()
        )
        rejected = (
            f"{int(rows['rejected'].sum())} of {counted(len(rows), 'hypothesis', 'hypotheses')}"
        )
        lines.append(f"- Against {against}: **{rejected}** are rejected ({of_kinds}).")
    return prose("\n".join(lines))


def _quantities(
    study: OpenStudy,
) -> "list[tuple[str, pd.DataFrame, dict[str, str], Scale]]":
    """Label, table, keys and scale of each main quantity."""
    found: list[tuple[str, pd.DataFrame, dict[str, str], Scale]] = []
    carried = "sentences carried over" if study.directed else "sentences shared"
    found.append((carried, study.survival, {"place": "everywhere"}, PERCENT))
    fates = study.tables["fates"]
    for subject, fate in fates[["subject", "fate"]].drop_duplicates().itertuples(index=False):
        found.append((f"{subject}: {fate}", fates, {"subject": subject, "fate": fate}, PERCENT))
    if study.directed:
        changes = study.tables["decomposition"]
        for measure in MAIN:
            for effect in ("composition", "rewording"):
                keys = {"measure": measure, "quantity": effect}
                found.append((f"{measure}: {effect}", changes, keys, SCALES[measure]))
    return found


def _row(row: "pd.Series", text: str, scale: Scale) -> dict[str, str]:
    ends = [number(row[f"without_one_{end}"], scale) for end in ("low", "high")]
    return {
        "events alike": text,
        "pooled": number(row["pooled"], scale) + scale.unit,
        "without one event": NO_VALUE if NO_VALUE in ends else f"{ends[0]} to {ends[1]}",
        "events": f"{int(row['n_events']):,}",
        "effective events, pooled": f"{row['n_effective']:.0f}",
    }
