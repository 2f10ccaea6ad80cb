"""Figures of the corrected effects: each beside what is reported, and how well moves are found.

They draw the tables of the stage `effects` (results/tables/effects).
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from reframing.documents.params import EffectsParams, FigureParams
from reframing.figures.dot_rows import kind_label, set_ticks
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

SIDE_MM, HEAD_MM, TICKS_MM, BLOCK_MM = 1.5, 8.0, 7.5, 2.0
CHECK = "check"
"""The family of effects that are known beforehand: no findings."""

PER_1000 = "moves per 1,000 words: added less taken away"


class Mark(NamedTuple):
    """How an estimate is drawn: columns of value, low and high, marker, colour, filled or not, its word."""

    columns: tuple[str, str, str]
    marker: str
    colour: str
    filled: bool
    word: str


CORRECTED = Mark(("value", "low", "high"), "o", REPOST, True, "corrected by what was read")
REPORTED = Mark(("counted", "counted_low", "counted_high"), "D", COMPOSITION, False, "as reported")


# Every effect, corrected and as reported.


def effects(data: "pd.DataFrame", params: EffectsParams) -> Figure:
    """Every effect of the study, from effects.csv."""
    asked = data[data["family"] != CHECK]
    found = int((asked["q"] < params.fdr).sum())
    title = f"{found} of {len(asked)} expected effects are found once errors are corrected"
    said = [
        "Effects that the study asked for before anything was read: moves per 1,000 words of the repost, those "
        "of one direction less those of the other, in the events of each corpus.",
        "Filled: corrected by random samples of sentences that two language models read for all moves; "
        f"{params.interval:.0%} intervals by event. Open: the moves that are reported, taken as they are.",
        f"A star marks a false discovery rate under {params.fdr:g} within the family. Each corpus has a scale "
        "of its own.",
        _numbers(data),
    ]
    shown = data.assign(star=data["q"] < params.fdr).reset_index(drop=True)
    return Figure("effects", title, " ".join(said), plot_effects, shown)


def _numbers(data: "pd.DataFrame") -> str:
    of_corpus = data.groupby("corpus", sort=False)[["events", "read"]].max()
    parts = [
        f"{corpus} {row.events:,} events, {row.read:,} units read"
        for corpus, row in zip(of_corpus.index, of_corpus.itertuples(), strict=True)
    ]
    return f"n: {'; '.join(parts)}."


def plot_effects(drawing: "Drawing", data: "pd.DataFrame", params: FigureParams) -> None:
    """Draw a block for each corpus, with a row for each of its effects."""
    points = small(params)
    labels = 0.46 * DOUBLE_MM
    blocks = []
    top = HEAD_MM
    block = data["corpus"].where(
        data["family"] != CHECK, data["corpus"] + ": a check of the method"
    )
    for corpus, rows in data.groupby(block, sort=False):
        texts = [wrapped(text, labels - 2 * SIDE_MM, points, 2) for text in rows["hypothesis"]]
        heights = [(text.count("\n") + 1) * line_mm(points) + 1.0 for text in texts]
        start = top + line_mm(params.font_size) + 0.5
        blocks.append((str(corpus), rows, texts, heights, start))
        top = start + sum(heights) + TICKS_MM + BLOCK_MM
    canvas = Canvas(drawing, DOUBLE_MM, top)
    _key(canvas, (CORRECTED, REPORTED), labels, params)
    right = width_mm("n 0,000/000", points) + 2
    width = DOUBLE_MM - labels - right - 2 * SIDE_MM
    for corpus, rows, texts, heights, start in blocks:
        height = sum(heights)
        canvas.text(SIDE_MM, start - 0.5, corpus, params.font_size, anchor="bottom", weight="bold")
        axes = _axes(canvas, labels, start, width, height)
        shown = rows[[*CORRECTED.columns, *REPORTED.columns]].to_numpy(float)
        bounds = np.append(shown[~np.isnan(shown)], 0.0)
        margin = 0.05 * (bounds.max() - bounds.min())
        set_ticks(axes, bounds.min() - margin, bounds.max() + margin, 5)
        axes.axvline(0, color=INK, linewidth=0.5, zorder=1)
        ends = np.cumsum(heights)
        for row, text, end, high in zip(rows.to_dict("records"), texts, ends, heights, strict=True):
            middle = end - high / 2
            axes.axhline(middle, color=FAINT, linewidth=0.4, zorder=0)
            interval(axes, row, middle - 0.55, CORRECTED)
            interval(axes, row, middle + 0.75, REPORTED)
            star = "★ " if row["star"] else ""
            canvas.text(labels - SIDE_MM, start + middle, text, points, "right", "middle")
            n = f"{star}{row['events']:,}/{row['read']:,}"
            canvas.text(
                DOUBLE_MM - SIDE_MM, start + middle, n, points, "right", "middle", color=NULL
            )
        canvas.text(labels + width / 2, start + height + 3.4, PER_1000, points, "center")
    canvas.text(DOUBLE_MM - SIDE_MM, 1.0, "events/\nunits read", points, "right", color=NULL)


def _axes(canvas: Canvas, left: float, top: float, width: float, height: float) -> "Axes":
    """Axes with millimetres downwards and no vertical axis."""
    axes = canvas.axes(left, top, width, height)
    axes.set_ylim(height, 0)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    return axes


def interval(axes: "Axes", row: "Mapping[Any, Any]", y: float, mark: Mark) -> None:
    """Draw an estimate with its interval; nothing where it is undefined."""
    value, low, high = (float(row[column]) for column in mark.columns)
    if np.isnan(value):
        return
    if not np.isnan(low):
        axes.plot(
            [low, high], [y, y], color=mark.colour, linewidth=0.9, solid_capstyle="butt", zorder=2
        )
    axes.plot(
        [value], [y], mark.marker, color=mark.colour, markersize=3.0, markeredgewidth=0.7,
        markerfacecolor=mark.colour if mark.filled else "white", clip_on=False, zorder=3,
    )  # fmt: skip


def _key(canvas: Canvas, marks: Sequence[Mark], left: float, params: FigureParams) -> None:
    """The marks with their words, in one line at the top."""
    y = line_mm(small(params)) / 2 + 1.0
    axes = canvas.axes(left, 0, canvas.width - left, 2 * y)
    axes.set_axis_off()
    axes.set_xlim(0, canvas.width - left)
    axes.set_ylim(-1, 1)
    x = 1.0
    for mark in marks:
        axes.plot(
            [x], [0], mark.marker, color=mark.colour, markersize=3.0, markeredgewidth=0.7,
            markerfacecolor=mark.colour if mark.filled else "white",
        )  # fmt: skip
        canvas.text(left + x + 1.6, y, mark.word, small(params), anchor="middle")
        x += 1.6 + width_mm(mark.word, small(params)) + 4.0


# How well each move is found.

PANELS = (
    ("precision", "of what is reported, how much readers saw"),
    ("recall", "of what readers saw, how much is reported"),
)


def recognition(data: "pd.DataFrame", params: EffectsParams) -> Figure:
    """Precision and recall of each move in real texts, from the rows of moves.csv for all corpora."""
    shown = data[(data["corpus"] == "all") & (data["found"] + data["reported"] > 0)]
    shown = shown.sort_values(["recall", "precision"], ascending=False, na_position="last")
    title = "What is reported is mostly right; what is missed differs by move"
    said = [
        "Precision and recall of each move in reposts and independent reports of all corpora, estimated from "
        "random samples of sentences that two language models read for all moves; "
        f"{params.interval:.0%} intervals by event.",
        f"n: {shown['read'].max():,} units read in {shown['events'].max():,} events; at the right, units in "
        "which the move was seen, and moves reported in all units. A grey row has fewer than five finds.",
    ]
    return Figure(
        "recognition", title, " ".join(said), plot_recognition, shown.reset_index(drop=True)
    )


def plot_recognition(drawing: "Drawing", data: "pd.DataFrame", params: FigureParams) -> None:
    """Draw a row for each move and two panels."""
    points = small(params)
    step = line_mm(points) + 0.6
    labels = max(width_mm(kind_label(slug), points) for slug in data["move"]) + 2 * SIDE_MM
    right = width_mm("000/000,000", points) + 2
    head = 2 * line_mm(points) + 2.5
    height = step * len(data)
    canvas = Canvas(drawing, DOUBLE_MM, head + height + TICKS_MM)
    panel = (DOUBLE_MM - labels - right - 6) / 2
    for number, (name, words) in enumerate(PANELS):
        left = labels + number * (panel + 4)
        axes = _axes(canvas, left, head, panel, height)
        axes.set_xlim(0, 1)
        axes.set_xticks([0, 0.5, 1], ["0", ".5", "1"])
        canvas.text(left + panel / 2, 1.0, f"{name}\n{words}", points, "center")
        for place, row in enumerate(data.to_dict("records")):
            y = (place + 0.5) * step
            axes.axhline(y, color=FAINT, linewidth=0.4, zorder=0)
            few = row["found"] < 5
            mark = Mark(
                (name, f"{name}_low", f"{name}_high"), "o", NULL if few else REPOST, not few, ""
            )
            interval(axes, row, y, mark)
    for place, row in enumerate(data.to_dict("records")):
        y = head + (place + 0.5) * step
        canvas.text(labels - SIDE_MM, y, kind_label(row["move"]), points, "right", "middle")
        n = f"{row['found']:,}/{row['reported']:,}"
        canvas.text(DOUBLE_MM - SIDE_MM, y, n, points, "right", "middle", color=NULL)
    canvas.text(DOUBLE_MM - SIDE_MM, 1.0, "seen/\nreported", points, "right", color=NULL)
