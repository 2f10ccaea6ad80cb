"""Figure `exaggeration`: what labels by people give, by the machine alone, corrected, and by all labels.

It draws the table of the stage `replications` (results/tables/replications.csv).
"""

from typing import TYPE_CHECKING

import numpy as np

from reframing.documents.params import FigureParams, ValidateParams
from reframing.figures.dot_rows import set_ticks
from reframing.figures.effect_rows import Mark, interval
from reframing.figures.figure import (
    COMPOSITION,
    DOUBLE_MM,
    FAINT,
    INK,
    NULL,
    REPOST,
    Canvas,
    Figure,
    line_mm,
    small,
    width_mm,
    wrapped,
)

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

SHOWN = 100
"""Labels of the sample that is drawn, or the number nearest to it of those that there are."""

SIDE_MM, LABEL_MM, COLUMN_MM, GAP_MM = 1.5, 50.0, 7.5, 3.0
TOP_MM, TICKS_MM, BLOCK_MM = 14.0, 7.5, 2.0
BOUNDS = ("value", "low", "high")

MARKS = {
    ("raw", "full"): Mark(BOUNDS, "D", COMPOSITION, False, "machine alone, profile full"),
    ("raw", "lexicon"): Mark(BOUNDS, "s", COMPOSITION, False, "machine alone, profile lexicon"),
    ("corrected", "full"): Mark(BOUNDS, "o", REPOST, True, "corrected, full"),
    ("corrected", "lexicon"): Mark(BOUNDS, "^", REPOST, True, "corrected, lexicon"),
}
"""Marks by method and machine, one a line, from top to bottom."""

PUBLISHED = Mark(("published", "published_low", "published_high"), "x", NULL, True, "published")
NUMBERS = (
    ("coverage", "intervals that hold\nall labels' value, %"),
    ("relative", "width, as a share of\nthat by labels alone"),
)


def exaggeration(data: "pd.DataFrame", params: ValidateParams) -> Figure:
    """Every replication, by the machine alone, corrected, and by all labels, from replications.csv."""
    shown = _shown(data)
    corrected = data[data["method"] == "corrected"]
    title = "Estimates by the machine beside those of labels by people"
    if len(corrected):
        least, most = (f"{100 * at:.0f}" for at in corrected["coverage"].agg(["min", "max"]))
        missed, n = raw_misses(data)
        title = (
            f"Corrected intervals hold the value that is sought in {least} to {most}% of samples; "
            f"the machine alone misses it in {missed} of {n} cases"
        )
    sizes = ", ".join(f"{n:.0f}" for n in sorted(corrected["labels"].unique()))
    said = [
        "What labels by people give in held-out texts of gold corpora. Black line and grey band: all labels. "
        "Open marks: what the machine measures, taken as it is. Filled marks: corrected by a random sample of "
        "labels, the first that was drawn. Bars and band are "
        f"{params.interval:.0%} intervals for texts like these.",
        f"Numbers are for samples of {sizes} labels. Hold it: in how many of {_draws(data)} samples, of texts "
        "drawn anew from these and of labels within them, the corrected interval holds what all labels say. "
        "Width: of corrected intervals for these very texts, divided by that from labels alone.",
        "Crosses are the nearest published values, of other texts. Each panel has a scale of its own.",
        _counts(data),
    ]
    return Figure("exaggeration", title, " ".join(said), plot_exaggeration, shown)


def raw_misses(data: "pd.DataFrame") -> tuple[int, int]:
    """How many raw intervals do not hold the value of all labels, and how many there are."""
    gold = data[data["method"] == "full gold"].set_index("replication")["value"]
    raw = data[data["method"] == "raw"]
    value = raw["replication"].map(gold)
    return int(((value < raw["low"]) | (raw["high"] < value)).sum()), len(raw)


def _draws(data: "pd.DataFrame") -> str:
    draws = data["draws"].dropna().unique()
    return f"{int(draws[0]):,}" if len(draws) else "0"


def _counts(data: "pd.DataFrame") -> str:
    gold = data[data["method"] == "full gold"]
    parts = dict.fromkeys(
        f"{row['corpus']} {int(row['units']):,} {row['of']}"
        + ("" if row["units"] == row["events"] else f" in {int(row['events']):,} texts")
        for row in gold.to_dict("records")
    )
    return f"n: {'; '.join(parts)}."


def _shown(data: "pd.DataFrame") -> "pd.DataFrame":
    """The rows that are drawn or written, with published values in columns of their own."""
    import pandas as pd

    of = data[data["method"].isin(["raw", "corrected", "full gold"])].copy()
    alone = data[data["method"] == "labels alone"].set_index(["replication", "labels"])
    widths = pd.Series(
        [
            float(alone["width_these"].get((name, n), np.nan))
            for name, n in zip(of["replication"], of["labels"], strict=True)
        ],
        of.index,
        float,
    )
    of["relative"] = of["width_these"].where(of["method"] == "corrected") / widths
    published = data[data["method"] == "published"]
    columns = dict(zip(BOUNDS, PUBLISHED.columns, strict=True))
    moved = published.drop(columns=["units", "events"]).rename(columns=columns)
    whole = pd.concat([of, moved]).reindex(columns=[*of.columns, *PUBLISHED.columns])
    whole["drawn"] = (whole["method"] != "corrected") | (
        whole["labels"] == whole.groupby("replication")["labels"].transform(_nearest)
    )
    return whole.reset_index(drop=True)


def _nearest(labels: "pd.Series[float]") -> float:
    """Of the numbers of labels in samples, that nearest to `SHOWN`; the first is 0, and the last are all."""
    between = sorted(set(labels.dropna()))[1:-1]
    return float(min(between, key=lambda n: abs(n - SHOWN), default=np.nan))


def plot_exaggeration(drawing: "Drawing", data: "pd.DataFrame", params: FigureParams) -> None:
    """Draw a panel for each base, with a row for each of its replications."""
    points = small(params)
    step = line_mm(points)
    sizes = sorted(data.loc[data["method"] == "corrected", "labels"].unique())
    numbers = len(NUMBERS) * (len(sizes) * COLUMN_MM + GAP_MM)
    width = DOUBLE_MM - LABEL_MM - numbers - 2 * SIDE_MM
    panels, top = [], TOP_MM
    for _, of in data.groupby("base", sort=False):
        rows = [row for _, row in of.groupby("replication", sort=False)]
        heights = [_height(row, step) for row in rows]
        panels.append((rows, heights, top))
        top += sum(heights) + TICKS_MM + BLOCK_MM
    canvas = Canvas(drawing, DOUBLE_MM, top - BLOCK_MM)
    _key(canvas, params)
    for rows, heights, start in panels:
        axes = canvas.axes(LABEL_MM, start, width, sum(heights))
        axes.set_ylim(sum(heights), 0)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        _limits(axes, rows)
        for row, high, end in zip(rows, heights, np.cumsum(heights), strict=True):
            _row(axes, canvas, row, float(end - high), start, sizes, params)
        unit = str(rows[0]["unit"].iloc[0])
        canvas.text(LABEL_MM + width / 2, start + sum(heights) + 3.8, unit, points, "center")
    _heads(canvas, sizes, params)


def _height(row: "pd.DataFrame", step: float) -> float:
    """Height in mm of a row: a line for each mark, and below them one for each published value."""
    n = int((row["method"] == "published").sum())
    return step * (len(MARKS) + n) + 1.6 + 0.8 * bool(n)


def _limits(axes: "Axes", rows: "list[pd.DataFrame]") -> None:
    values = [row.loc[row["drawn"], [*BOUNDS, *PUBLISHED.columns]].to_numpy(float) for row in rows]
    known = np.concatenate([of.ravel() for of in values])
    known = known[~np.isnan(known)]
    margin = 0.04 * max(float(np.ptp(known)), 1e-3)
    low, high = float(known.min()), float(known.max())
    set_ticks(axes, low - margin, high + margin, 5)
    if low < 0 < high:
        axes.axvline(0, color=NULL, linewidth=0.5, linestyle=(0, (1, 2)), zorder=1)


def _row(
    axes: "Axes",
    canvas: Canvas,
    row: "pd.DataFrame",
    top: float,
    start: float,
    sizes: "list[float]",
    params: FigureParams,
) -> None:
    """One replication: all labels behind, a line for each method and machine, then what is published."""
    points = small(params)
    step = line_mm(points)
    gold = row[row["method"] == "full gold"].iloc[0]
    span = (top + 0.5, top + 0.9 + step * len(MARKS))
    axes.fill_betweenx(span, gold["low"], gold["high"], color=FAINT, alpha=0.7, linewidth=0)
    axes.plot([gold["value"]] * 2, span, color=INK, linewidth=0.9, zorder=1)
    for place, ((method, machine), mark) in enumerate(MARKS.items()):
        y = top + 0.8 + step * (place + 0.5)
        of = row[(row["method"] == method) & (row["machine"] == machine)]
        for one in of[of["drawn"]].to_dict("records"):
            interval(axes, one, y, mark)
        if method == "corrected":
            _numbers(canvas, of, start + y, sizes, params)
    for place, one in enumerate(row[row["method"] == "published"].to_dict("records")):
        y = top + 1.6 + step * (len(MARKS) + place + 0.5)
        interval(axes, one, y, PUBLISHED)
        ends = [one[column] for column in PUBLISHED.columns if not np.isnan(one[column])]
        left, right = (_millimetres(axes, end) for end in (min(ends), max(ends)))
        source = str(one["source"])
        after = right + width_mm(source, points) < _millimetres(axes, axes.get_xlim()[1])
        if after:
            canvas.text(right + 1.6, start + y, source, points, "left", "middle", color=NULL)
        else:
            canvas.text(left - 1.6, start + y, source, points, "right", "middle", color=NULL)
    label = wrapped(str(gold["measured"]), LABEL_MM - 2 * SIDE_MM, params.font_size, 2)
    shown = row.loc[row["drawn"] & (row["method"] == "corrected"), "labels"]
    n = f"{int(gold['units']):,} {gold['of']}"
    if len(shown):
        n += f"; {int(shown.iloc[0])} labels drawn"
    high = line_mm(params.font_size) * (label.count("\n") + 1)
    middle = start + top + 0.8 + step * len(MARKS) / 2
    canvas.text(SIDE_MM, middle - step / 2, label, params.font_size, anchor="middle")
    canvas.text(SIDE_MM, middle - step / 2 + high / 2 + 0.4, n, points, color=NULL)


def _millimetres(axes: "Axes", x: float) -> float:
    """Where a value of the horizontal axis lies, in mm from the left edge of the drawing."""
    (low, high), box = axes.get_xlim(), axes.get_position()
    return DOUBLE_MM * (box.x0 + box.width * (x - low) / (high - low))


def _numbers(
    canvas: Canvas, of: "pd.DataFrame", y: float, sizes: "list[float]", params: FigureParams
) -> None:
    """Coverage and relative width for each number of labels, in the columns at the right."""
    for block, (column, _) in enumerate(NUMBERS):
        for place, n in enumerate(sizes):
            values = of.loc[of["labels"] == n, column].dropna()
            shown = [f"{100 * at:.0f}" if column == "coverage" else f"{at:.2f}" for at in values]
            right = _column(block, place, len(sizes))
            canvas.text(right, y, "".join(shown) or "–", small(params), "right", "middle")


def _column(block: int, place: int, n: int) -> float:
    """The right edge of a column of numbers, in mm."""
    after = (len(NUMBERS) - block) * n - place - 1
    gaps = (len(NUMBERS) - block - 1) * GAP_MM
    return DOUBLE_MM - SIDE_MM - after * COLUMN_MM - gaps


def _heads(canvas: Canvas, sizes: "list[float]", params: FigureParams) -> None:
    """Above the columns of numbers, what they are and for how many labels."""
    points = small(params)
    if sizes:
        right = _column(0, 0, len(sizes)) - COLUMN_MM
        canvas.text(right, TOP_MM - line_mm(points) - 0.4, "labels", points, "right", color=NULL)
    for block, (_, word) in enumerate(NUMBERS):
        if sizes:
            right = _column(block, len(sizes) - 1, len(sizes))
            canvas.text(
                right, TOP_MM - 1.2 * line_mm(points) - 0.4, word, points, "right", "bottom"
            )
        for place, n in enumerate(sizes):
            right = _column(block, place, len(sizes))
            canvas.text(
                right, TOP_MM - line_mm(points) - 0.4, f"{n:.0f}", points, "right", color=NULL
            )


def _key(canvas: Canvas, params: FigureParams) -> None:
    """The marks with their words, in two lines at the top."""
    points = small(params)
    axes = canvas.axes(0, 0, canvas.width, TOP_MM)
    axes.set_axis_off()
    axes.set_xlim(0, canvas.width)
    axes.set_ylim(TOP_MM, 0)
    marks_of = list(MARKS.values())
    lines: list[list[Mark | None]] = [[*marks_of[:2]], [*marks_of[2:], None, PUBLISHED]]
    for number, marks in enumerate(lines):
        x, y = SIDE_MM + 1.0, 2.0 + number * (line_mm(points) + 0.8)
        for mark in marks:
            word = mark.word if mark else "all labels"
            if mark is None:
                axes.fill_betweenx((y - 1.1, y + 1.1), x - 1.2, x + 1.2, color=FAINT, linewidth=0)
                axes.plot([x, x], [y - 1.1, y + 1.1], color=INK, linewidth=0.9)
            else:
                interval(axes, dict.fromkeys(mark.columns, np.nan) | {mark.columns[0]: x}, y, mark)
            canvas.text(x + 1.8, y, word, points, anchor="middle")
            x += 1.8 + width_mm(word, points) + 4.0
