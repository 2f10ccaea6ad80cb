"""Figures of the corrected effects: each beside what is reported, and how well moves are found.

They draw the tables of the stage `effects` (results/tables/effects). Marks, rows and keys are those of every
figure of corrected rates.
"""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
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

# Marks of corrected and raw rates.

SIDE_MM, TICKS_MM, BLOCK_MM = 1.5, 7.5, 2.0
CHECK = "check"
"""The family of effects that are known beforehand: no findings."""

FEW_FINDS = 5
MOSTLY_RIGHT = 0.6
"""Precision from which reported moves are mostly right, as in `compare.by_kind` of params.yaml."""

PER_1000 = "moves per 1,000 words in the expected direction, less those in the other"
UNTITLED: Mapping[str, str] = MappingProxyType({})


class Mark(NamedTuple):
    """How an estimate is drawn: columns of value, low and high, marker, colour, filled or not, its word."""

    columns: tuple[str, str, str]
    marker: str
    colour: str
    filled: bool
    word: str


_VALUE, _COUNTED = ("value", "low", "high"), ("counted", "counted_low", "counted_high")
CORRECTED = Mark(_VALUE, "o", REPOST, True, "corrected by what was read")
SPARSE = Mark(_VALUE, "o", NULL, False, f"… in which fewer than {FEW_FINDS} moves were found")
REPORTED = Mark(_COUNTED, "D", COMPOSITION, False, "as reported")
OFTEN_WRONG = Mark(_COUNTED, "x", COMPOSITION, False, "… of which fewer than 3 in 5 are right")
MARKS = (CORRECTED, SPARSE, REPORTED, OFTEN_WRONG)


def marks_of(row: Mapping[Any, Any]) -> tuple[Mark, Mark]:
    """The marks of a row: of its corrected estimate by how much was found, of the raw one by its precision."""
    return (
        SPARSE if row["found"] < FEW_FINDS else CORRECTED,
        OFTEN_WRONG if row["precision"] < MOSTLY_RIGHT else REPORTED,
    )


def marks_used(rows: Iterable[Mapping[Any, Any]]) -> list[Mark]:
    """The marks of some rows, in the order of `MARKS`."""
    used = {mark for row in rows for mark in marks_of(row)}
    return [mark for mark in MARKS if mark in used]


def beside(axes: "Axes", row: Mapping[Any, Any], y: float, apart: float = 1.3) -> None:
    """Draw the corrected estimate of a row, and the raw one `apart` mm below it, around `y`."""
    for mark, place in zip(marks_of(row), (-apart / 2, apart / 2), strict=True):
        interval(axes, row, y + place, mark)


def interval(axes: "Axes", row: Mapping[Any, Any], y: float, mark: Mark) -> None:
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


def span(data: "pd.DataFrame") -> tuple[float, float]:
    """Limits of an axis that holds all estimates and intervals of `data`, and 0, with a margin."""
    shown = data[[*_VALUE, *_COUNTED]].to_numpy(float)
    bounds = np.append(shown[np.isfinite(shown)], 0.0)
    margin = 0.05 * max(float(bounds.max() - bounds.min()), 1e-3)
    return float(bounds.min()) - margin, float(bounds.max()) + margin


def rate_axes(
    canvas: Canvas, left: float, top: float, width: float, height: float,
    limits: tuple[float, float] | None = None,
) -> "Axes":  # fmt: skip
    """Axes with millimetres downwards and no vertical axis; with `limits` they have a line at 0."""
    axes = canvas.axes(left, top, width, height)
    axes.set_ylim(height, 0)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    if limits:
        set_ticks(axes, *limits, 5)
        axes.axvline(0, color=INK, linewidth=0.5, zorder=1)
    return axes


def without_ticks(axes: "Axes") -> None:
    """Leave guide lines in place of an axis whose ticks stand below another."""
    for tick in axes.get_xticks():
        axes.axvline(tick, color=FAINT, linewidth=0.4, zorder=0)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)


def key(
    canvas: Canvas, marks: Sequence[Mark], left: float, width: float, params: FigureParams
) -> None:
    """The marks with their words, in as many lines at the top as they need (`key_height`)."""
    points = small(params)
    height = key_height(marks, width, points)
    axes = canvas.axes(left, 0, width, height)
    axes.set_axis_off()
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    for mark, (x, line) in zip(marks, _places(marks, width, points), strict=True):
        y = 0.8 + (line + 0.5) * (line_mm(points) + 0.4)
        axes.plot(
            [x], [y], mark.marker, color=mark.colour, markersize=3.0, markeredgewidth=0.7,
            markerfacecolor=mark.colour if mark.filled else "white",
        )  # fmt: skip
        canvas.text(left + x + 1.6, y, mark.word, points, anchor="middle")


def key_height(marks: Sequence[Mark], width: float, points: float) -> float:
    """Height of a key in mm, where it is `width` mm wide."""
    lines = max([line for _, line in _places(marks, width, points)], default=-1) + 1
    return lines * (line_mm(points) + 0.4) + 0.8


def _places(marks: Sequence[Mark], width: float, points: float) -> list[tuple[float, int]]:
    """Where each mark of a key comes: mm from the left, and its line."""
    places: list[tuple[float, int]] = []
    x, line = 1.0, 0
    for mark in marks:
        needed = 1.6 + width_mm(mark.word, points) + 4.0
        if places and x + needed > width:
            x, line = 1.0, line + 1
        places.append((x, line))
        x += needed
    return places


def how_corrected(params: EffectsParams) -> str:
    """What a caption says of corrected and raw estimates."""
    return (
        "Circles: corrected by random samples of sentences that two language models read for all moves, with "
        f"{params.interval:.0%} intervals by event; open and grey where fewer than {FEW_FINDS} moves were "
        "found. Diamonds and crosses: the moves that are reported, taken as they are; crosses where readers "
        "saw fewer than three in five of these moves as well."
    )


def numbers(data: "pd.DataFrame", titles: Mapping[str, str]) -> str:
    """n of each corpus, for a caption."""
    of_corpus = data.groupby("corpus", sort=False)[["events", "read"]].max()
    parts = [
        f"{titles.get(str(corpus), corpus)}: {row.events:,} events, {row.read:,} units read"
        for corpus, row in zip(of_corpus.index, of_corpus.itertuples(), strict=True)
    ]
    return f"n: {'; '.join(parts)}." if parts else "n = 0."


def findings(
    asked: "pd.DataFrame", params: EffectsParams, expected: str, corrected: str = ""
) -> str:
    """How many of some effects are found as expected, and how many the other way round, for a title."""
    found = asked[asked["q"] < params.fdr]
    reverse = int((found["value"] < 0).sum())
    right = len(found) - reverse
    number = right or ("None" if len(asked) else 0)
    verb = "is" if number in ("None", 1) else "are"
    said = f"{number} of {len(asked)} {expected} {verb} found{corrected}"
    if reverse and right:
        return f"{said}, and the reverse of {reverse} {'others' if reverse > 1 else 'other'}"
    if reverse:
        return f"{said}, but the reverse of {reverse} {'are' if reverse > 1 else 'is'}"
    return said


def nothing(canvas: Canvas, params: FigureParams, said: str = "There is nothing to show.") -> None:
    """Say so where a figure has no rows."""
    canvas.text(SIDE_MM, canvas.height / 2, said, params.font_size, anchor="middle")


# Every effect, corrected and as reported.


def effects(
    data: "pd.DataFrame", params: EffectsParams, titles: Mapping[str, str] = UNTITLED
) -> Figure:
    """Every effect of the study, from effects.csv; `titles` are those of the corpora."""
    asked = data[data["family"] != CHECK]
    title = findings(asked, params, "expected effects", " once errors are corrected")
    said = [
        "Effects that the study asked for before anything was read: moves per 1,000 words of the repost in the "
        "expected direction, less those in the other, in the events of each corpus.",
        how_corrected(params),
        f"A star marks a false discovery rate under {params.fdr:g} within the family, an open one that the "
        "reverse of what was expected is found. All effects have one scale, but those that only check the "
        "method.",
        numbers(data, titles),
    ]
    headings = data["corpus"].map(lambda corpus: titles.get(corpus, corpus))
    headings = headings.where(data["family"] != CHECK, headings + ": a check of the method")
    shown = data.assign(star=data["q"] < params.fdr, heading=headings).reset_index(drop=True)
    return Figure("effects", title, " ".join(said), plot_effects, shown)


class Block(NamedTuple):
    """The effects of one corpus in the drawing: its rows, their labels and heights, and where it starts."""

    heading: str
    rows: "pd.DataFrame"
    texts: list[str]
    heights: list[float]
    start: float


def plot_effects(drawing: "Drawing", data: "pd.DataFrame", params: FigureParams) -> None:
    """Draw a block for each corpus, with a row for each of its effects."""
    points = small(params)
    labels = 0.46 * DOUBLE_MM
    marks, beside_labels = marks_used(data.to_dict("records")), DOUBLE_MM - labels - 22
    top = max(key_height(marks, beside_labels, points), 2 * line_mm(points)) + 1.5
    blocks = []
    asked = data["family"] != CHECK
    for of in (data[asked], data[~asked]):
        for heading, rows in of.groupby("heading", sort=False):
            texts = [wrapped(text, labels - 2 * SIDE_MM, points, 2) for text in rows["hypothesis"]]
            heights = [(text.count("\n") + 1) * line_mm(points) + 1.2 for text in texts]
            start = top + line_mm(params.font_size) + 0.5
            blocks.append(Block(str(heading), rows, texts, heights, start))
            top = start + sum(heights) + BLOCK_MM
        top += TICKS_MM if len(of) else 0
    canvas = Canvas(drawing, DOUBLE_MM, top)
    if not blocks:
        return nothing(canvas, params, "No effect was asked for.")
    key(canvas, marks, labels, beside_labels, params)
    right = width_mm("★ 0,000/000", points) + 3
    width = DOUBLE_MM - labels - right - 2 * SIDE_MM
    last = {bool(asked[block.rows.index[0]]): block for block in blocks}
    for block in blocks:
        is_asked = bool(asked[block.rows.index[0]])
        height = sum(block.heights)
        heading = wrapped(block.heading, DOUBLE_MM - 30, params.font_size, 1, bold=True)
        canvas.text(
            SIDE_MM, block.start - 0.5, heading, params.font_size, anchor="bottom", weight="bold"
        )
        axes = rate_axes(canvas, labels, block.start, width, height, span(data[asked == is_asked]))
        if block is last[is_asked]:
            canvas.text(labels + width / 2, block.start + height + 3.4, PER_1000, points, "center")
        else:
            without_ticks(axes)
        ends = np.cumsum(block.heights)
        drawn = block.rows.to_dict("records")
        for row, text, end, high in zip(drawn, block.texts, ends, block.heights, strict=True):
            middle = block.start + end - high / 2
            axes.axhline(middle - block.start, color=FAINT, linewidth=0.4, zorder=0)
            beside(axes, row, middle - block.start)
            canvas.text(labels - SIDE_MM, middle, text, points, "right", "middle")
            events_and_reads(canvas, row, middle, points, _star(row))
    canvas.text(
        DOUBLE_MM - SIDE_MM,
        1.0,
        "★ found, ☆ the reverse\nevents/units read",
        points,
        "right",
        color=NULL,
    )
    return None


def events_and_reads(
    canvas: Canvas, row: Mapping[Any, Any], y: float, points: float, before: str = ""
) -> None:
    """How many events and units read are behind a row, at the right edge."""
    n = f"{before}{row['events']:,}/{row['read']:,}"
    canvas.text(canvas.width - SIDE_MM, y, n, points, "right", "middle", color=NULL)


def _star(row: Mapping[Any, Any]) -> str:
    """The star of an effect that is found: filled as expected, open if the reverse is."""
    if not row["star"]:
        return ""
    return "★ " if row["value"] > 0 else "☆ "


# How well each move is found.

PANELS = (
    ("precision", "of what is reported, how much readers saw"),
    ("recall", "of what readers saw, how much is reported"),
)
WIDE = 0.5
"""Length of an interval from which a share is hardly known."""


def firm(data: "pd.DataFrame", name: str) -> "pd.Series[bool]":
    """The rows in which precision or recall is known: enough finds, and an interval that is not wide."""
    length = data[f"{name}_high"] - data[f"{name}_low"]
    return (data["found"] >= FEW_FINDS) & (length <= WIDE)


def recognition(data: "pd.DataFrame", params: EffectsParams) -> Figure:
    """Precision and recall of each move in real texts, from the rows of moves.csv for all corpora."""
    shown = data[(data["corpus"] == "all") & (data["found"] + data["reported"] > 0)]
    shown = shown.sort_values(["recall", "precision"], ascending=False, na_position="last")
    known = {name: shown.loc[firm(shown, name), name] for name, _ in PANELS}
    right, caught = ((of > 0.5).sum() for of in known.values())
    title = (
        f"{right} of {len(known['precision'])} moves whose precision is known are mostly right where reported; "
        f"{caught} of {len(known['recall'])} whose recall is known are mostly found"
    )
    most = [int(shown[column].max()) if len(shown) else 0 for column in ("read", "events")]
    said = [
        "Precision and recall of each move in reposts and independent reports of all corpora, estimated from "
        "random samples of sentences that two language models read for all moves; "
        f"{params.interval:.0%} intervals by event.",
        f"Open and grey: hardly known, since readers found fewer than {FEW_FINDS} or the interval is longer "
        "than half the axis. No mark: none of the reported moves was in a unit that was read.",
        f"n: {most[0]:,} units read in {most[1]:,} events; at the right, units in "
        "which the move was seen, and moves reported in all units.",
    ]
    return Figure(
        "recognition", title, " ".join(said), plot_recognition, shown.reset_index(drop=True)
    )


def plot_recognition(drawing: "Drawing", data: "pd.DataFrame", params: FigureParams) -> None:
    """Draw a row for each move and two panels."""
    points = small(params)
    step = line_mm(points) + 0.6
    names = [kind_label(slug) for slug in data["move"]]
    labels = max((width_mm(name, points) for name in names), default=0) + 2 * SIDE_MM
    right = width_mm("000/000,000", points) + 2
    head = 2 * line_mm(points) + 2.5
    height = step * max(len(data), 1)
    canvas = Canvas(drawing, DOUBLE_MM, head + height + TICKS_MM)
    if data.empty:
        return nothing(canvas, params, "No move was seen or reported.")
    panel = (DOUBLE_MM - labels - right - 6) / 2
    for number, (name, words) in enumerate(PANELS):
        left = labels + number * (panel + 4)
        axes = rate_axes(canvas, left, head, panel, height)
        axes.set_xlim(0, 1)
        axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", ".25", ".5", ".75", "1"])
        axes.axvline(0.5, color=FAINT, linewidth=0.4, zorder=0)
        canvas.text(left + panel / 2, 1.0, f"{name}\n{words}", points, "center")
        canvas.text(left + panel / 2, head + height + 3.4, f"{name} (share)", points, "center")
        columns = (name, f"{name}_low", f"{name}_high")
        known, hardly = Mark(columns, "o", REPOST, True, ""), Mark(columns, "o", NULL, False, "")
        rows = zip(data.to_dict("records"), firm(data, name), strict=True)
        for place, (row, is_firm) in enumerate(rows):
            y = (place + 0.5) * step
            axes.axhline(y, color=FAINT, linewidth=0.4, zorder=0)
            interval(axes, row, y, known if is_firm else hardly)
    for place, row in enumerate(data.to_dict("records")):
        y = head + (place + 0.5) * step
        canvas.text(labels - SIDE_MM, y, kind_label(row["move"]), points, "right", "middle")
        n = f"{row['found']:,}/{row['reported']:,}"
        canvas.text(DOUBLE_MM - SIDE_MM, y, n, points, "right", "middle", color=NULL)
    canvas.text(DOUBLE_MM - SIDE_MM, 1.0, "seen/\nreported", points, "right", color=NULL)
    return None
