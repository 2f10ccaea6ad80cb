"""Figure `moves`: rate of each move per 1,000 words, by kind of repost, next to the null comparisons."""

from typing import TYPE_CHECKING

import numpy as np

from reframing.documents.params import FigureParams
from reframing.figures.caption import Study, caption
from reframing.figures.dot_rows import (
    Row,
    dot,
    groups_shown,
    height_of,
    kind_label,
    label_rows,
    label_width,
    row_axes,
    rows_of,
)
from reframing.figures.figure import (
    DOUBLE_MM,
    FAINT,
    INK,
    NULL,
    NULLS,
    REPOST,
    Canvas,
    Figure,
    line_mm,
    small,
    wrapped,
)

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

SUBJECTS = (
    "attribution",
    "quote",
    "hedge",
    "booster",
    "evaluation",
    "causality",
    "agent",
    "number",
    "entity",
    "polarity",
    "sentence",
    "lead",
)
"""First words of slugs, in the order of the rows; other slugs come last."""

GAP_MM, SIDE_MM, TICKS_MM = 3.0, 2.5, 3.6
LABEL_MM = 40.0
TICKS = (0, 1, 10, 100)
LOW_TICKS = (0, 1, 2, 4, 8)
"""Ticks where no rate reaches 10, of which `TICKS` would mark 1 alone."""


def moves(study: Study) -> Figure:
    """The figure `moves`: moves per 1,000 words of the repost, one panel per kind and per null comparison."""
    shown = study.rows(study.tables["moves"])
    what = "Moves per 1,000 words of the repost, by type of move, one panel a kind of repost"
    if not study.directed:
        what = "Differences per 1,000 words, by type, one panel a kind of likeness of two versions"
    said = [
        f"{what} (from most to least of the sentences in common) and one a null; the scale is linear near 0 "
        "and logarithmic above 1 (inverse hyperbolic sine), so that rare moves can be seen.",
        "Types that occur in no pair of the corpus have no row. Rates are of what the measures find: how "
        "much of it is right is in results/tables/judged.csv.",
    ]
    return Figure("moves", "Moves per 1,000 words", caption(study, said, shown), plot_moves, shown)


def plot_moves(drawing: "Drawing", data: "pd.DataFrame", params: FigureParams) -> None:
    """Draw one row per slug and one panel per kind or null comparison, across two columns of a page."""
    slugs = sorted(set(data["move"]), key=_place)
    rows = rows_of((("repost", slug, kind_label(slug)) for slug in slugs), LABEL_MM, params)
    panels = groups_shown(data)
    start = label_width(rows, params) + SIDE_MM
    columns = max(len(panels), 1)
    width = (DOUBLE_MM - start - SIDE_MM - GAP_MM * (columns - 1)) / columns
    titles = [wrapped(label, width + 1, params.font_size, lines=3) for _, _, label in panels]
    head = max((text.count("\n") + 1 for text in titles), default=1) * line_mm(params.font_size) + 1
    inside = height_of(rows)
    canvas = Canvas(drawing, DOUBLE_MM, head + inside + TICKS_MM + line_mm(small(params)) + 1)
    label_rows(canvas, rows, start - 1.5, head, params)
    for place, ((condition, kind, _), title) in enumerate(zip(panels, titles, strict=True)):
        left = start + place * (width + GAP_MM)
        axes = row_axes(canvas, rows, left, head, width)
        shown = data[(data["condition"] == condition) & (data["kind"] == kind)]
        _panel(axes, rows, shown, NULL if condition in NULLS else REPOST, _most(data))
        canvas.text(
            left + width / 2, head - 0.6, title, params.font_size, ha="center", anchor="bottom",
            color=NULL if condition in NULLS else INK,
        )  # fmt: skip
    canvas.text(
        start + (DOUBLE_MM - start - SIDE_MM) / 2, canvas.height - 0.4,
        "per 1,000 words (scale linear near 0, logarithmic above 1)", small(params),
        ha="center", anchor="bottom",
    )  # fmt: skip


def _place(slug: str) -> tuple[int, str]:
    subject = slug.partition("-")[0]
    return (SUBJECTS.index(subject) if subject in SUBJECTS else len(SUBJECTS)), slug


def _most(data: "pd.DataFrame") -> float:
    numbers = data[["value", "high"]].to_numpy(float).ravel()
    numbers = numbers[~np.isnan(numbers)]
    return max(float(numbers.max()), 1.0) if len(numbers) else 1.0


def _panel(axes: "Axes", rows: list[Row], data: "pd.DataFrame", colour: str, most: float) -> None:
    for row, above in zip(rows[1:], rows, strict=False):
        if row.kind.partition("-")[0] != above.kind.partition("-")[0]:
            axes.axhline(row.middle - row.height / 2, color=NULL, linewidth=0.4)
    for row in rows:
        dot(axes, data[data["move"] == row.kind], row.middle, colour)
    axes.set_xscale("function", functions=(np.arcsinh, np.sinh))
    axes.set_xlim(0, 1.2 * most)
    ticks = [tick for tick in (TICKS if most >= TICKS[2] else LOW_TICKS) if tick <= most]
    axes.set_xticks(ticks)
    axes.set_xticklabels([str(tick) for tick in ticks])
    axes.axvline(0, color=INK, linewidth=0.5)
    for tick in ticks[1:]:
        axes.axvline(tick, color=FAINT, linewidth=0.4, zorder=0)
