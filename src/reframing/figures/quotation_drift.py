"""Figure `drift`: how often quotations differ between two texts, by how much else the texts share.

Versions of one story stand beside their nulls: independent reports, and revisions by one outlet.
"""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reframing.documents.params import FigureParams
from reframing.figures.caption import FEW_EVENTS, Study, caption
from reframing.figures.dot_rows import number
from reframing.figures.figure import (
    COMPOSITION,
    DOUBLE_MM,
    NULL,
    REPOST,
    Canvas,
    Figure,
    line_mm,
    small,
    width_mm,
)
from reframing.statistics.drift import (
    ANY_OVERLAP,
    BANDS,
    DIFFERENCES,
    DIFFERS,
    EQUAL_OVERLAP,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

PANEL_MM, GAP_MM, SIDE_MM, RIGHT_MM, TICKS_MM = 38.0, 5.0, 1.5, 3.5, 7.6
KEY_MM = 7.0
"""Room for the mark of a condition beside its name."""

PANELS = (
    (DIFFERS, "Differ in any way"),
    ("unquoted", "Not quoted"),
    ("other words", "Other words"),
)
"""What became of quotations, with the heading of its panel."""


class Mark(NamedTuple):
    """How a condition is drawn: marker, colour, line, filled or not, and its distance from a band's middle."""

    marker: str
    colour: str
    line: str
    filled: bool
    shift: float
    word: str


MARKS = {
    "copy": Mark("x", NULL, "", True, 4.0, "copies"),
    "revision": Mark("D", COMPOSITION, "--", False, 0.0, "versions by one outlet"),
    "independent": Mark("s", NULL, ":", False, 2.0, "independent reports"),
    "version": Mark("o", REPOST, "-", True, -2.0, "versions"),
}


def drift(study: Study) -> Figure:
    """The figure of one corpus, from its table `drift`."""
    table = study.tables["drift"]
    data = shown(table)
    said = [
        f"Quotations in sentences that two texts share, {_order(study)}: the share that differs in the "
        "other text, by the overlap of the rest of both texts (of the words outside sentences with quotations, "
        "those in sentences with a counterpart).",
        "Not quoted: the words are there without quotation marks. Other words: other words inside the marks. "
        "The first panel has both, and quotations that are shorter" + _shorter(table) + ".",
        f"At equal overlap: the share of versions less that of {_nulls(data)}, in percentage points, over "
        "the bands of overlap that have both."
        if _compared_with(data)
        else "",
        "Versions are of two outlets." if "revision" in _compared_with(data) else "",
        _quotations(table),
        f"Under the axis: events. Bands with fewer than {FEW_EVENTS} are not drawn where others have as many.",
        "Which pairs are versions is decided by the wording that they share.",
    ]
    text = caption(study, [part for part in said if part], data)
    return Figure("drift", finding(table), text, plot_drift, data)


def shown(table: "pd.DataFrame") -> "pd.DataFrame":
    """The rows to draw: bands with enough events, or all of a condition where none has, and the differences."""
    drawn = table["fate"].isin([fate for fate, _ in PANELS])
    bands = table["overlap"].isin(BANDS) & (table["n_events"] > 0)
    enough = table["n_events"] >= FEW_EVENTS
    any_enough = (enough & bands).groupby(table["condition"]).transform("any")
    kept = bands & (enough | ~any_enough) | (table["overlap"] == EQUAL_OVERLAP)
    return table[drawn & kept].reset_index(drop=True)


def finding(table: "pd.DataFrame") -> str:
    """The title: versions against a null of equal overlap, or what is known of versions alone."""
    compared = _compared_with(table)
    for null, (value, low, high) in compared.items():
        if not low <= 0 <= high:
            points = f"{abs(value):.0f} percentage point" + ("" if round(abs(value)) == 1 else "s")
            less = "less" if value < 0 else "more"
            return (
                f"Quotations differ {points} {less} often between versions than between {MARKS[null].word} "
                "of equal overlap"
            )
    if compared:
        return (
            f"No difference found: quotations of versions and of {_nulls(table)}, at equal overlap"
        )
    of_versions = _rows(table, "version", DIFFERS)
    everywhere = of_versions[(of_versions["overlap"] == ANY_OVERLAP) & (of_versions["n"] > 0)]
    if everywhere.empty:
        return "No quotation is in a sentence that two versions share"
    share = everywhere["value"].iloc[0]
    return f"{share:.0%} of quotations in shared sentences differ between versions"


def _rows(table: "pd.DataFrame", condition: str, fate: str) -> "pd.DataFrame":
    return table[(table["condition"] == condition) & (table["fate"] == fate)]


def _compared_with(
    table: "pd.DataFrame", fate: str = DIFFERS
) -> dict[str, tuple[float, float, float]]:
    """Versions less each null at equal overlap, with interval, in percentage points; those that are known."""
    found = {}
    for null, condition in DIFFERENCES.items():
        row = _rows(table, condition, fate).dropna(subset=["value", "low", "high"])
        if not row.empty:
            value, low, high = row[["value", "low", "high"]].to_numpy(float)[0] * 100
            found[null] = value, low, high
    return found


def _nulls(table: "pd.DataFrame") -> str:
    """The nulls that versions are compared with, in words."""
    return " or ".join(MARKS[null].word for null in _compared_with(table))


def _order(study: Study) -> str:
    return "whichever came first" if study.directed else "each pair in both orders"


def _shorter(table: "pd.DataFrame") -> str:
    """How many quotations are shorter in the other version, for the caption."""
    rows = _rows(table, "version", "shorter")
    known = rows[(rows["overlap"] == ANY_OVERLAP) & rows["value"].notna()]
    return "" if known.empty else f" ({100 * known['value'].iloc[0]:.1f}% of versions')"


def _quotations(table: "pd.DataFrame") -> str:
    """Numbers of quotations by condition."""
    whole = table[(table["fate"] == DIFFERS) & (table["overlap"] == ANY_OVERLAP) & (table["n"] > 0)]
    counts = dict(zip(whole["condition"], whole["n"], strict=True))
    parts = [f"{mark.word} {counts[name]:,.0f}" for name, mark in MARKS.items() if name in counts]
    return f"Quotations: {', '.join(reversed(parts))}." if parts else ""


def plot_drift(drawing: "Drawing", data: "pd.DataFrame", params: FigureParams) -> None:
    """Draw one panel for each of `PANELS` on the same vertical scale, with numbers of events below."""
    points = small(params)
    bands = data[data["overlap"].isin(BANDS)]
    conditions = [name for name in reversed(MARKS) if (bands["condition"] == name).any()]
    words = [MARKS[name].word for name in conditions]
    left = max(width_mm(word, points) for word in ["events", *words]) + KEY_MM + SIDE_MM
    left = max(left, line_mm(points) + 8.0)
    width = (DOUBLE_MM - left - RIGHT_MM - GAP_MM * (len(PANELS) - 1)) / len(PANELS)
    head = line_mm(params.font_size) + line_mm(points) * max(len(_compared_with(data)), 1) + 1.5
    below = head + PANEL_MM + TICKS_MM
    height = below + line_mm(points) * max(len(conditions), 1) + 0.8
    canvas = Canvas(drawing, DOUBLE_MM, height)
    highs = 100 * bands[["value", "high"]].to_numpy(float)
    known = highs[~np.isnan(highs)]
    top = min(100.0, 10 * np.ceil((known.max() if known.size else 10.0) / 10 + 0.3))
    for place, (fate, heading) in enumerate(PANELS):
        start = left + place * (width + GAP_MM)
        axes = _axes(canvas, start, head, width, top, first=place == 0)
        of_panel = bands[bands["fate"] == fate]
        for name in conditions:
            _line(axes, of_panel[of_panel["condition"] == name], MARKS[name])
        canvas.text(start, 0.4, heading, params.font_size, weight="bold")
        canvas.text(start, 0.4 + line_mm(params.font_size), _compared(data, fate), points)
        _counts(canvas, of_panel, conditions, start, below, width, params)
    for line, name in enumerate(conditions):
        y = below + (line + 0.5) * line_mm(points)
        canvas.text(left - KEY_MM, y, MARKS[name].word, points, "right", "middle")
        _key(canvas, MARKS[name], left - KEY_MM + 1.0, y)
    label = left - line_mm(points) - 5.5
    canvas.side_text(label, head + PANEL_MM / 2, "share of quotations (%)", points)
    middle = left + (DOUBLE_MM - left - RIGHT_MM) / 2
    y = head + PANEL_MM + 4.0
    canvas.text(middle, y, "overlap of the rest of the two texts (%)", points, "center")
    canvas.text(left - KEY_MM, y, "events", points, "right", color=NULL)


def _axes(
    canvas: Canvas, left: float, top: float, width: float, most: float, first: bool
) -> "Axes":
    axes = canvas.axes(left, top, width, PANEL_MM)
    axes.set_xlim(0, 100)
    axes.set_ylim(-0.02 * most, most)
    axes.set_xticks(np.linspace(0, 100, len(BANDS) + 1))
    step = 10 if most <= 50 else 20
    ticks = np.arange(0, most + 1, step)
    axes.set_yticks(ticks, [number(tick) for tick in ticks] if first else [""] * len(ticks))
    return axes


def _middle(band: str) -> float:
    """The middle of a band of overlap, in percent."""
    return 100 * (BANDS.index(band) + 0.5) / len(BANDS)


def _line(axes: "Axes", rows: "pd.DataFrame", mark: Mark) -> None:
    """The estimates of one condition with their intervals, joined by a line."""
    ordered = rows.assign(x=rows["overlap"].map(_middle) + mark.shift).sort_values("x")
    x = ordered["x"].to_numpy(float)
    values, lows, highs = (100 * ordered[name].to_numpy(float) for name in ("value", "low", "high"))
    if mark.line:
        axes.plot(x, values, mark.line, color=mark.colour, linewidth=0.7, zorder=2)
    axes.vlines(x, lows, highs, color=mark.colour, linewidth=0.9, zorder=2)
    _dots(axes, x.tolist(), values.tolist(), mark)


def _dots(axes: "Axes", x: "Sequence[float]", y: "Sequence[float]", mark: Mark) -> None:
    axes.plot(
        x, y, mark.marker, color=mark.colour, markersize=3.2, markeredgewidth=0.8,
        markerfacecolor=mark.colour if mark.filled else "white", clip_on=False, zorder=3,
    )  # fmt: skip


def _key(canvas: Canvas, mark: Mark, left: float, y: float) -> None:
    """The mark of a condition, with its line, at `left` and `y` in mm."""
    axes = canvas.axes(left, y - 1.5, 4.0, 3.0)
    axes.set_axis_off()
    axes.set_xlim(0, 4)
    axes.set_ylim(-1, 1)
    if mark.line:
        axes.plot([0, 4], [0, 0], mark.line, color=mark.colour, linewidth=0.7)
    _dots(axes, [2.0], [0.0], mark)


def _compared(data: "pd.DataFrame", fate: str) -> str:
    """The differences at equal overlap, one a line under the heading."""
    found = _compared_with(data, fate)
    lines = []
    for null, numbers in found.items():
        value, low, high = (number(round(one)) for one in numbers)
        than = "at equal overlap" if len(found) == 1 else f"less {MARKS[null].word}"
        lines.append(f"{than}: {value} [{low}, {high}] points")
    return "\n".join(lines)


def _counts(
    canvas: Canvas,
    rows: "pd.DataFrame",
    conditions: "Sequence[str]",
    left: float,
    top: float,
    width: float,
    params: FigureParams,
) -> None:
    """Numbers of events under each band, a line a condition."""
    for line, name in enumerate(conditions):
        own = rows[rows["condition"] == name]
        for band, n in own[["overlap", "n_events"]].to_numpy():
            x = left + width * _middle(band) / 100
            y = top + (line + 0.5) * line_mm(small(params))
            canvas.text(x, y, f"{n:,}", small(params), "center", "middle", color=NULL)
