"""Dot plots: one row per kind of repost, then null comparisons in grey; a row has a dot and an interval."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from unicodedata import category

import numpy as np

from reframing.documents.messages import CONTROLS, TURNING
from reframing.documents.params import FigureParams
from reframing.figures.figure import (
    FAINT,
    INK,
    MM_PER_INCH,
    NULL,
    NULLS,
    Canvas,
    line_mm,
    small,
    width_mm,
    wrapped,
)
from reframing.figures.reliability import HOLLOW
from reframing.statistics.groups import ALL_KINDS

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

NULL_GAP_MM = 1.5
"""Space between the rows of kinds and of null comparisons."""

BETWEEN_TICKS_MM = 1.0
KEY_MM = 2.0
"""Width of the mark of a key."""

JOINERS = "\u200c\u200d"
_CONTROLS = re.compile(rf"[{CONTROLS}{TURNING}\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: condition and kind of its pairs, its label (one or two lines), its middle and height in mm."""

    condition: str
    kind: str
    label: str
    middle: float
    height: float

    @property
    def is_null(self) -> bool:
        return self.condition in NULLS

    def of(self, data: "pd.DataFrame") -> "pd.DataFrame":
        """The rows of `data` that this row draws."""
        return data[(data["condition"] == self.condition) & (data["kind"] == self.kind)]


def kind_label(kind: str) -> str:
    """The name of a kind of repost, or of a move, as a readable label."""
    return without_controls(kind.replace("_", " ").replace("-", " "))


def without_controls(name: str) -> str:
    """A name with � for characters that affect the layout of text: line breaks, right-to-left overrides.

    Other characters that are not seen, such as soft hyphens and byte order marks, are left out, because not
    every format can draw them; those that join letters stay.
    """
    return "".join(
        character
        for character in _CONTROLS.sub("�", name)
        if category(character) != "Cf" or character in JOINERS
    )


def kinds_of(data: "pd.DataFrame") -> list[str]:
    """The kinds of repost, or of versions, in the order of `data`."""
    return list(dict.fromkeys(data.loc[~data["condition"].isin(NULLS), "kind"]))


def groups_shown(data: "pd.DataFrame") -> list[tuple[str, str, str]]:
    """(condition, kind, label) by row: kinds in the order of `data`, then null comparisons over all kinds."""
    studied = next((name for name in data["condition"] if name not in NULLS), "repost")
    kinds = [(studied, kind, kind_label(kind)) for kind in kinds_of(data)]
    occurring = [null for null in NULLS if (data["condition"] == null).any()]
    return kinds + [(null, ALL_KINDS, NULLS[null]) for null in occurring]


def rows_of(
    groups: Iterable[tuple[str, str, str]], limit_mm: float, params: FigureParams
) -> list[Row]:
    """Rows for `groups` from top to bottom, with labels broken into at most two lines of `limit_mm`."""
    rows: list[Row] = []
    bottom = 0.0
    for condition, kind, label in groups:
        text = wrapped(label, limit_mm, small(params))
        height = (text.count("\n") + 1) * line_mm(small(params)) + 0.5
        if rows and condition in NULLS and not rows[-1].is_null:
            bottom += NULL_GAP_MM
        rows.append(Row(condition, kind, text, bottom + height / 2, height))
        bottom += height
    return rows


def height_of(rows: Sequence[Row]) -> float:
    """Total height of the rows in millimetres."""
    return rows[-1].middle + rows[-1].height / 2 if rows else line_mm(7)


def label_width(rows: Sequence[Row], params: FigureParams) -> float:
    """Width of the widest label in millimetres."""
    lines = [line for row in rows for line in row.label.split("\n")]
    return max((width_mm(line, small(params)) for line in lines), default=0.0)


def row_axes(canvas: Canvas, rows: Sequence[Row], left: float, top: float, width: float) -> "Axes":
    """Axes for dots in `rows`, in millimetres downwards, with faint guide lines and no vertical axis."""
    height = height_of(rows)
    axes = canvas.axes(left, top, width, height)
    axes.set_ylim(height, 0)
    axes.spines["left"].set_visible(False)
    axes.set_yticks([])
    for row in rows:
        axes.axhline(row.middle, color=FAINT, linewidth=0.4, zorder=0)
    return axes


def label_rows(
    canvas: Canvas, rows: Sequence[Row], right: float, top: float, params: FigureParams
) -> None:
    """Write the labels of `rows`, right-aligned at `right`, next to axes that start at `top` (mm)."""
    for row in rows:
        colour = NULL if row.is_null else INK
        canvas.text(
            right, top + row.middle, row.label, small(params), "right", "middle", color=colour
        )


def dot(
    axes: "Axes", estimate: "pd.DataFrame", y: float, colour: str, marker: str = "o",
    open: bool = False, thickness: float = 0.9,
) -> None:  # fmt: skip
    """Draw one estimate with its interval, `thickness` points thick; `estimate` has one row, or none.

    Nothing is drawn where the value is nan. An interval that extends beyond the limits of the axes ends in an
    arrowhead.
    """
    if estimate.empty or np.isnan(value := float(estimate["value"].iloc[0])):
        return
    low, high = float(estimate["low"].iloc[0]), float(estimate["high"].iloc[0])
    if not np.isnan(low):
        axes.plot([low, high], [y, y], color=colour, linewidth=thickness, solid_capstyle="butt")
        left, right = axes.get_xlim()
        for beyond, edge, head in ((low < left, left, "<"), (high > right, right, ">")):
            if beyond:
                axes.plot([edge], [y], head, markersize=2.4, color=colour, clip_on=False)
    axes.plot(
        [value],
        [y],
        marker,
        markersize=3.0,
        color=colour,
        markerfacecolor="white" if open else colour,
        markeredgewidth=0.7,
        clip_on=False,
        zorder=3,
    )


def hollow_key_height(params: FigureParams) -> float:
    """Room in mm that `hollow_key` takes."""
    return line_mm(small(params)) + 0.8


def hollow_key(canvas: Canvas, left: float, params: FigureParams) -> None:
    """Say what a hollow mark means, in a line at the foot of the canvas that begins at `left` (mm)."""
    height = line_mm(small(params))
    top = canvas.height - height - 0.3
    axes = canvas.axes(left, top, KEY_MM, height)
    axes.set_axis_off()
    axes.set(xlim=(0, 1), ylim=(0, 1))
    axes.plot(
        [0.5], [0.5], "o", markersize=3.0, color=NULL, markerfacecolor="white", markeredgewidth=0.7
    )
    place = left + KEY_MM + 0.5
    canvas.text(place, canvas.height - 0.3, HOLLOW, small(params), anchor="bottom", color=NULL)


def limits(data: "pd.DataFrame", zero: bool = True, least: float = 1e-3) -> tuple[float, float]:
    """Axis limits that include every value, the intervals of reposts, and 0 where `zero`, with a margin.

    Intervals of null comparisons may extend beyond, so that they do not compress the scale. `least` is the
    smallest range that the margin is computed from.
    """
    reposts = data.loc[~data["condition"].isin(NULLS), ["low", "high"]].to_numpy(float)
    numbers = np.concatenate([data["value"].to_numpy(float), reposts.ravel()])
    numbers = numbers[~np.isnan(numbers)]
    if zero or not len(numbers):
        numbers = np.append(numbers, 0.0)
    low, high = float(numbers.min()), float(numbers.max())
    margin = 0.06 * max(high - low, least)
    return low - margin, high + margin


def set_ticks(axes: "Axes", low: float, high: float, most: int = 3) -> None:
    """Set the limits of the horizontal axis, and at most `most` round ticks whose labels do not touch."""
    from matplotlib.ticker import FixedFormatter

    axes.set_xlim(low, high)
    ticks = next(
        (ticks for ticks in _candidates(low, high, most) if _apart(axes, ticks)), [low, high]
    )
    axes.set_xticks(ticks)
    axes.xaxis.set_major_formatter(FixedFormatter([number(tick) for tick in ticks]))


def _candidates(low: float, high: float, most: int) -> Iterator[list[float]]:
    """Sets of two to `most` round ticks between the limits, most ticks first."""
    from matplotlib.ticker import MaxNLocator

    for bins in range(most + 1, 0, -1):
        locator = MaxNLocator(bins, steps=[1, 2, 5, 10])
        inside = [float(tick) for tick in locator.tick_values(low, high) if low <= tick <= high]
        for ticks in (inside, inside[::2], inside[1::2]):
            if 2 <= len(ticks) <= most:
                yield ticks


def number(value: float) -> str:
    """The label of a tick, with a true minus sign."""
    return f"{round(value, 12) + 0.0:g}".replace("-", "−")


def _apart(axes: "Axes", ticks: Sequence[float]) -> bool:
    from matplotlib import rcParams

    low, high = axes.get_xlim()
    points = rcParams["xtick.labelsize"]
    width = axes.bbox.width / axes.figure.dpi * MM_PER_INCH
    places = [(tick - low) / (high - low) * width for tick in ticks]
    halves = [width_mm(number(tick), points) / 2 for tick in ticks]
    return all(
        places[i + 1] - places[i] >= halves[i] + halves[i + 1] + BETWEEN_TICKS_MM
        for i in range(len(ticks) - 1)
    )
