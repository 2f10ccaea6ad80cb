"""Figures `certainty` (hedges, boosters) and `tone` (sentiment, evaluation): change from original to repost.

Each measure has a block with one row per kind of repost or null comparison and three panels: the values in
original and repost, the change by composition, and the change by rewording; the two changes share one scale
(`reframing.statistics.decomposition`).
"""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from reframing.documents.params import FigureParams
from reframing.figures.caption import Study, caption
from reframing.figures.dot_rows import (
    Row,
    dot,
    groups_shown,
    height_of,
    label_rows,
    label_width,
    limits,
    row_axes,
    rows_of,
    set_ticks,
)
from reframing.figures.figure import (
    COMPOSITION,
    FAINT,
    INK,
    NULL,
    REPOST,
    Canvas,
    Figure,
    line_mm,
    small,
)

# Blocks of paired change.

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

LEVEL_QUANTITIES = ("original", "repost")
CHANGE_QUANTITIES = ("composition", "rewording")
GAP_MM, SIDE_MM, TICKS_MM = 4.0, 2.5, 3.6
OFFSET_MM = 0.55
"""Distance of the original's dot above the middle of the row, and of the repost's below it."""

LABEL_SHARE = 0.25
"""Largest share of the figure's width for the labels of rows."""

SAID = (
    "Left: mean in all sentences of the original (open) and of the repost (filled).",
    "Middle: change by composition, that is by leaving sentences out and putting sentences in.",
    "Right: change by rewording inside the sentences that are carried over.",
    "Composition and rewording sum to the difference on the left; pairs in which nothing is aligned "
    "are not in this figure. An arrowhead marks an interval that goes on beyond its panel.",
)


class Block(NamedTuple):
    """A measure with its heading, and the axis labels of its value (`unit`) and of its change (`change`)."""

    measure: str
    heading: str
    unit: str
    change: str


def paired_data(study: Study, blocks: Sequence[Block]) -> "pd.DataFrame":
    """The rows of the table `decomposition` that the blocks draw."""
    rows = study.rows(study.tables["decomposition"])
    shown = rows[
        rows["measure"].isin([block.measure for block in blocks])
        & rows["quantity"].isin(LEVEL_QUANTITIES + CHANGE_QUANTITIES)
    ]
    return shown.reset_index(drop=True)


def plot_blocks(
    drawing: "Drawing", data: "pd.DataFrame", params: FigureParams, blocks: Sequence[Block]
) -> None:
    """Draw the blocks from top to bottom, below one row of column headings."""
    rows = rows_of(groups_shown(data), LABEL_SHARE * params.width_mm, params)
    head = line_mm(params.font_size) + 1.0
    inside = height_of(rows)
    step = line_mm(params.font_size) + inside + TICKS_MM + line_mm(small(params)) + 2.0
    canvas = Canvas(drawing, params.width_mm, head + len(blocks) * step)
    lefts, width = _columns(canvas.width, label_width(rows, params))
    _headings(canvas, lefts, width, head, params)
    for number, block in enumerate(blocks):
        top = head + number * step + line_mm(params.font_size)
        canvas.text(0.4, top - 0.4, block.heading, params.font_size, anchor="bottom", weight="bold")
        label_rows(canvas, rows, lefts[0] - 1.5, top, params)
        axes = [row_axes(canvas, rows, left, top, width) for left in lefts]
        _block(axes, rows, data[data["measure"] == block.measure])
        below = top + inside + TICKS_MM
        canvas.text(lefts[0] + width / 2, below, block.unit, small(params), ha="center")
        middle = (lefts[1] + lefts[2] + width) / 2
        canvas.text(middle, below, block.change, small(params), ha="center")


def _columns(width: float, labels: float) -> tuple[tuple[float, float, float], float]:
    start = labels + SIDE_MM
    panel = (width - start - 2 * GAP_MM - SIDE_MM) / 3
    first, second, third = (start + place * (panel + GAP_MM) for place in range(3))
    return (first, second, third), panel


def _headings(
    canvas: Canvas, lefts: tuple[float, float, float], width: float, head: float,
    params: FigureParams,
) -> None:  # fmt: skip
    headings = ("○ original  ● repost", "composition", "rewording")
    for left, heading in zip(lefts, headings, strict=True):
        canvas.text(left + width / 2, head, heading, small(params), ha="center", anchor="bottom")


def _block(axes: Sequence["Axes"], rows: Sequence[Row], data: "pd.DataFrame") -> None:
    quantity = data["quantity"]
    levels = data[quantity.isin(LEVEL_QUANTITIES)]
    changes = data[quantity.isin(CHANGE_QUANTITIES)]
    set_ticks(axes[0], *limits(levels, zero=False))
    for panel in axes[1:]:
        panel.axvline(0, color=INK, linewidth=0.5, zorder=1)
        set_ticks(panel, *limits(changes))
    for row in rows:
        _levels(axes[0], row, row.of(levels))
        of_row = row.of(changes)
        for panel, effect, marker in zip(axes[1:], CHANGE_QUANTITIES, "so", strict=True):
            colour = COMPOSITION if effect == "composition" else REPOST
            estimate = of_row[of_row["quantity"] == effect]
            dot(panel, estimate, row.middle, NULL if row.is_null else colour, marker)


def _levels(axes: "Axes", row: Row, levels: "pd.DataFrame") -> None:
    """The original above the middle of the row, the repost below it, joined by a line."""
    original = levels[levels["quantity"] == "original"]
    repost = levels[levels["quantity"] == "repost"]
    if original.empty or repost.empty:
        return
    ends = [original["value"].iloc[0], repost["value"].iloc[0]]
    above, below = row.middle - OFFSET_MM, row.middle + OFFSET_MM
    axes.plot(ends, [above, below], color=FAINT, linewidth=1.2, zorder=1)
    dot(axes, original, above, NULL if row.is_null else INK, open=True)
    dot(axes, repost, below, NULL if row.is_null else REPOST)


# Figure `certainty`.

CERTAINTY_BLOCKS = (
    Block("hedges", "Hedges", "per 1,000 words", "change per 1,000 words"),
    Block("boosters", "Boosters", "per 1,000 words", "change per 1,000 words"),
)


def certainty(study: Study) -> Figure:
    """The figure `certainty`: hedges and boosters per 1,000 words."""
    said = ["Markers of uncertainty (hedges) and of certainty (boosters) per 1,000 words.", *SAID]
    data, plot = paired_data(study, CERTAINTY_BLOCKS), partial(plot_blocks, blocks=CERTAINTY_BLOCKS)
    return Figure("certainty", "How sure it sounds", caption(study, said, data), plot, data)


# Figure `tone`.

TONE_BLOCKS = (
    Block("sentiment", "Sentiment", "score, −1 to 1", "change in score"),
    Block("evaluations", "Evaluative words", "per 1,000 words", "change per 1,000 words"),
)


def tone(study: Study) -> Figure:
    """The figure `tone`: sentiment, and evaluative words per 1,000 words."""
    said = [
        "Sentiment (VADER compound score of a sentence, −1 to 1, weighted by words) and evaluative or "
        "loaded wording (negative, positive and intensifying, per 1,000 words).",
        *SAID,
    ]
    data, plot = paired_data(study, TONE_BLOCKS), partial(plot_blocks, blocks=TONE_BLOCKS)
    return Figure("tone", "How loaded it is", caption(study, said, data), plot, data)
