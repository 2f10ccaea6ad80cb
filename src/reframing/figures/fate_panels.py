"""Figures `attribution` and `quotes`: what becomes of the original's attributions and quotations.

Each is a set of small multiples with one panel per fate (`reframing.statistics.fates`) and one row per kind of
repost or null comparison; shares are in percent. `quotes` also shows the repost's quotations without a
counterpart.
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
from reframing.figures.figure import NULL, REPOST, Canvas, Figure, line_mm, small, wrapped
from reframing.statistics.fates import UNDIRECTED

# Panels of fates.

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

GAP_MM, SIDE_MM, TICKS_MM, ROW_GAP_MM = 3.2, 2.5, 3.6, 3.0
LABEL_SHARE = 0.25
WHOLE = (-3.0, 103.0)
"""Axis limits, in percent, of a panel that shows the full range from 0 to 100."""

SCALES = (
    "Scales run to 100% where the axis says so; the others share one scale, beyond which an arrowhead "
    "marks that an interval goes on."
)


class Panel(NamedTuple):
    """A fate and its heading; `whole` means that its axis runs from 0 to 100%, not just over the values."""

    fate: str
    heading: str
    whole: bool = False


def fate_data(study: Study, subject: str) -> "pd.DataFrame":
    """The rows of the table `fates` that the panels of one subject (attribution or quote) draw."""
    rows = study.rows(study.tables["fates"])
    return rows[rows["subject"] == subject].reset_index(drop=True)


def named_for(study: Study, panels: Sequence[Panel]) -> tuple[Panel, ...]:
    """The panels; for pairs without direction with the names in `UNDIRECTED` for fates and headings."""
    if study.directed:
        return tuple(panels)
    names = [UNDIRECTED[panel.fate] for panel in panels]
    return tuple(
        panel._replace(fate=name, heading=name) for panel, name in zip(panels, names, strict=True)
    )


def plot_fates(
    drawing: "Drawing", data: "pd.DataFrame", params: FigureParams,
    panels: Sequence[Panel], columns: int, below: str,
) -> None:  # fmt: skip
    """Draw the panels, `columns` to a row, with the axis label `below`.

    Panels that are not `whole` share one scale.
    """
    rows = rows_of(groups_shown(data), LABEL_SHARE * params.width_mm, params)
    start = label_width(rows, params) + SIDE_MM
    width = (params.width_mm - start - SIDE_MM - GAP_MM * (columns - 1)) / columns
    headings = [wrapped(panel.heading, width + 2, params.font_size) for panel in panels]
    tops, height = _tops(headings, columns, height_of(rows), params)
    canvas = Canvas(drawing, params.width_mm, height)
    shared = _shared_limits(data, panels)
    for place, (panel, heading) in enumerate(zip(panels, headings, strict=True)):
        row, column = divmod(place, columns)
        left, top = start + column * (width + GAP_MM), tops[row]
        if column == 0:
            label_rows(canvas, rows, start - 1.5, top, params)
        axes = row_axes(canvas, rows, left, top, width)
        set_ticks(axes, *(WHOLE if panel.whole else shared))
        _dots(axes, rows, data[data["fate"] == panel.fate])
        canvas.text(
            left + width / 2, top - 0.4, heading, params.font_size, ha="center", anchor="bottom"
        )
    middle = start + (params.width_mm - start - SIDE_MM) / 2
    canvas.text(middle, height - 0.3, below, small(params), ha="center", anchor="bottom")


def _tops(
    headings: Sequence[str], columns: int, inside: float, params: FigureParams
) -> tuple[list[float], float]:
    """The top of the axes in each row of panels, below the tallest heading, and the figure's height (mm)."""
    tops, height = [], 0.0
    for first in range(0, len(headings), columns):
        lines = max(text.count("\n") + 1 for text in headings[first : first + columns])
        tops.append(height + lines * line_mm(params.font_size) + 0.8)
        height = tops[-1] + inside + TICKS_MM + ROW_GAP_MM
    return tops, height - ROW_GAP_MM + line_mm(small(params)) + 0.6


def _shared_limits(data: "pd.DataFrame", panels: Sequence[Panel]) -> tuple[float, float]:
    partial = data[data["fate"].isin([panel.fate for panel in panels if not panel.whole])]
    low, high = limits(partial, least=0.02)
    return 100 * low, 100 * high


def _dots(axes: "Axes", rows: Sequence[Row], data: "pd.DataFrame") -> None:
    percent = data.assign(**{name: 100 * data[name] for name in ("value", "low", "high")})
    for row in rows:
        dot(axes, row.of(percent), row.middle, NULL if row.is_null else REPOST)


# Figure `attribution`.

ATTRIBUTION_PANELS = (
    Panel("kept", "kept", whole=True),
    Panel("vague", "vaguer"),
    Panel("dropped", "dropped"),
    Panel("swapped", "other source"),
    Panel("distanced", "distanced"),
    Panel("endorsed", "endorsed"),
    Panel("omitted", "sentence left out", whole=True),
)


def attribution(study: Study) -> Figure:
    """The figure `attribution`: fates of attributions by kind of repost."""
    said = [
        "Fate of the original's attributions.",
        "Of those in sentences that the repost carries over, the share that is kept (no change found), "
        "made vaguer (source unnamed), dropped (asserted in the repost's own voice), swapped to another "
        "source, distanced (said → claimed) or endorsed (claimed → revealed).",
        "Last panel: share of all the original's attributions whose sentence is left out.",
        SCALES,
    ]
    if not study.directed:
        said = [
            "Attributions of one version in the other, each pair in both orders.",
            "Of those in sentences that both share, the share that is the same there (no difference found), "
            "or where the other version leaves the source unnamed, asserts the claim in its own voice "
            "(unattributed), names another source, or has a more distant or more endorsing cue.",
            "Last panel: share of all attributions whose sentence the other version does not share.",
            SCALES,
        ]
    below = f"% of the {'original' if study.directed else 'version'}'s attributions"
    plot = partial(plot_fates, panels=named_for(study, ATTRIBUTION_PANELS), columns=4, below=below)
    data, title = fate_data(study, "attribution"), "What becomes of attributions"
    return Figure("attribution", title, caption(study, said, data), plot, data)


# Figure `quotes`.

QUOTATION_PANELS = (
    Panel("kept", "kept", whole=True),
    Panel("truncated", "cut"),
    Panel("altered", "altered"),
    Panel("omitted", "sentence left out", whole=True),
    Panel("paraphrased", "paraphrased"),
    Panel("unsupported", "unsupported"),
)


def quotes(study: Study) -> Figure:
    """The figure `quotes`: fates of quotations by kind of repost."""
    said = [
        "Fate of the original's quotations.",
        "Of those in sentences that the repost carries over, the share that is kept (no change found), "
        "cut (words lost, the rest unchanged), altered (other words inside the marks) or paraphrased "
        "(no longer quoted).",
        "Sentence left out: share of all the original's quotations whose sentence is left out. "
        "Unsupported: share of the repost's quotations that have no counterpart in the original.",
        SCALES,
    ]
    if not study.directed:
        said = [
            "Quotations of one version in the other, each pair in both orders.",
            "Of those in sentences that both share, the share that is the same there (no difference found), "
            "shorter, in other words, or no longer quoted.",
            "Not shared: share of all quotations whose sentence the other version does not share. Unmatched: "
            "share of all quotations without a counterpart in the other version.",
            SCALES,
        ]
    plot = partial(
        plot_fates, panels=named_for(study, QUOTATION_PANELS), columns=3, below="% of quotations"
    )
    data, title = fate_data(study, "quote"), "What becomes of quotations"
    return Figure("quotes", title, caption(study, said, data), plot, data)
