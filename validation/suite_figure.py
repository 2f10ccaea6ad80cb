"""Figure `scores`: every measure next to its baselines, human annotators, and published scores."""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reframing.documents.params import FigureParams, ValidateParams
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
)
from validation.gold_suite import BY_SLUG

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

LEFT_MM, RIGHT_MM, HEAD_MM, FOOT_MM, ROW_MM = 70.0, 3.0, 6.5, 7.5, 4.0
STEP_MM = 4.0
"""Gap between the entries of the key, in mm."""


class Mark(NamedTuple):
    """How one kind of system is drawn: marker, colour, filled or not, size, and its label in the key."""

    marker: str
    colour: str
    filled: bool
    size: float
    word: str


MARKS = {
    "trivial": Mark("|", NULL, True, 4.5, "trivial baseline"),
    "word list": Mark("x", NULL, True, 3.0, "word list"),
    "other method": Mark("+", NULL, True, 4.0, "other method"),
    "people": Mark("s", INK, False, 3.2, "another annotator"),
    "published": Mark("^", INK, False, 3.4, "published"),
    "lexicon": Mark("D", COMPOSITION, True, 3.2, "profile lexicon"),
    "full": Mark("o", REPOST, True, 4.0, "profile full"),
}
"""Marks by kind of system, in drawing order from back to front."""

PROFILES = ("lexicon", "full")


def scores(data: "pd.DataFrame", params: ValidateParams) -> Figure:
    """The figure with its caption, from the scores in results/tables/validation.csv."""
    resampled = (
        f"{params.interval:.0%} percentile bootstraps by document ({params.resamples:,} resamples)"
    )
    said = [
        "Scores of every measure on gold that others annotated; of the embedded sample for quotations "
        "and one row of sentence boundaries, which prove only that the parts work.",
        f"Bars on profiles are {resampled}.",
        "Trivial baselines: a majority, chance, or nothing marked. Word lists count listed words; other "
        "methods are VADER, shared words and nearest names; of several in a row each is drawn.",
        "Published scores were reported on other splits where results/validation.json says so. A grey "
        "bar that ends in a tick runs to the score to be reached.",
        _numbers(data),
    ]
    title = "Every measure beside its baselines and what is published"
    return Figure("scores", title, " ".join(said), plot_scores, data.reset_index(drop=True))


def _numbers(data: "pd.DataFrame") -> str:
    """The number of items behind each measure; equal numbers on the same data are listed once."""
    last = data.drop_duplicates("measure", keep="last")[["data", "n", "unit"]]
    parts = dict.fromkeys(f"{name} {n:,} {unit}" for name, n, unit in last.to_numpy())
    return f"n: {'; '.join(parts)}."


def plot_scores(drawing: "Drawing", data: "pd.DataFrame", params: FigureParams) -> None:
    """Draw one row per measure on a shared axis from 0 to 1, with a key above."""
    measures = list(dict.fromkeys(data["measure"]))
    height = HEAD_MM + ROW_MM * len(measures) + FOOT_MM
    canvas = Canvas(drawing, DOUBLE_MM, height)
    width = DOUBLE_MM - LEFT_MM - RIGHT_MM
    axes = canvas.axes(LEFT_MM, HEAD_MM, width, ROW_MM * len(measures))
    axes.set_xlim(-0.01, 1.01)
    axes.set_ylim(len(measures) - 0.5, -0.5)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    for row, slug in enumerate(measures):
        _row(axes, row, data[data["measure"] == slug])
        measure, y = BY_SLUG[slug], HEAD_MM + ROW_MM * (row + 0.5)
        canvas.text(
            LEFT_MM - 2, y, f"{measure.title}, {measure.metric}", small(params), "right", "middle"
        )
    middle = LEFT_MM + width / 2
    canvas.text(middle, height - 0.5, "score", small(params), "center", "bottom")
    _key(canvas, data, params)


def _row(axes: "Axes", row: int, data: "pd.DataFrame") -> None:
    """One measure: its target as a bar, then baselines, human annotators, published score, profiles."""
    target = data["target"].iloc[0]
    axes.plot([0, 1], [row, row], color=FAINT, linewidth=0.3, zorder=0)
    if not np.isnan(target):
        axes.plot([target, target], [row - 0.38, row + 0.38], color=INK, linewidth=0.9, zorder=1)
        axes.plot([0, target], [row, row], color=FAINT, linewidth=2.2, zorder=0)
    for name, mark in MARKS.items():
        for score, low, high in drawn(data, name):
            if name in PROFILES:
                axes.plot([low, high], [row, row], color=mark.colour, linewidth=1.0, zorder=2)
            _dot(axes, score, row, mark, front=name in PROFILES)


def drawn(data: "pd.DataFrame", name: str) -> list[tuple[float, float, float]]:
    """(score, low, high) of each system drawn under one name of `MARKS`, from the rows of one measure."""
    if name == "published":
        score = data["published"].iloc[0]
        return [] if np.isnan(score) else [(score, score, score)]
    kind = "profile" if name in PROFILES else name
    rows = data[(data["kind"] == kind) & data["score"].notna()]
    if name in PROFILES:
        rows = rows[rows["system"] == name]
    return [tuple(row) for row in rows[["score", "low", "high"]].to_numpy(float)]


def _dot(axes: "Axes", x: float, y: float, mark: Mark, front: bool) -> None:
    axes.plot(
        [x], [y], mark.marker, color=mark.colour, markersize=mark.size, markeredgewidth=0.8,
        markerfacecolor=mark.colour if mark.filled else "white", clip_on=False, zorder=3 + front,
    )  # fmt: skip


def _key(canvas: Canvas, data: "pd.DataFrame", params: FigureParams) -> None:
    """The marks that occur in the figure, with their labels, in one line above the rows."""
    shown = [
        (mark, mark.word)
        for name, mark in MARKS.items()
        if any(drawn(part, name) for _, part in data.groupby("measure"))
    ]
    x, y = 2.0, line_mm(small(params)) / 2 + 0.8
    axes = canvas.axes(0, 0, canvas.width, 2 * y)
    axes.set_axis_off()
    axes.set_xlim(0, canvas.width)
    axes.set_ylim(-1, 1)
    for mark, word in shown:
        _dot(axes, x, 0, mark, front=True)
        canvas.text(x + 1.8, y, word, small(params), anchor="middle")
        x += 1.8 + width_mm(word, small(params)) + STEP_MM
