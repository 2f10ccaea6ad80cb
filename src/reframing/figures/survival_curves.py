"""Figure `survival`: share of the original's sentences that a repost carries over, by position in the original.

For versions without direction, figure `sharing`: share of one version's sentences that the other shares.
"""

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from reframing.documents.params import FigureParams
from reframing.figures.caption import Study, caption
from reframing.figures.dot_rows import kind_label, kinds_of
from reframing.figures.figure import (
    INK,
    NULL,
    NULLS,
    REPOST,
    Canvas,
    Figure,
    line_mm,
    small,
    width_mm,
    wrapped,
)
from reframing.statistics.rates import DECILES, EVERYWHERE

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

PANEL_MM = 21
LEFT_MM, GAP_MM, FOOT_MM = 9.0, 4.0, 4.5
APART = {"headline": 0.0, "lead": 3.2}
BODY_FROM = 6.6
"""Start of the deciles on the horizontal axis, one unit each; headline and lead are placed before them."""

SHIFT = 0.65
"""Distance between the marks of two conditions at headline or lead, in units of the horizontal axis."""

DASHES = {"copy": "--", "independent": ":"}


def survival(study: Study) -> Figure:
    """The figure `survival`, or `sharing` for pairs without direction: one panel per kind."""
    rows = study.rows(study.survival)
    shown = rows[rows["place"] != EVERYWHERE].reset_index(drop=True)
    headless = "" if _has(shown, "headline") else "The articles of this corpus have no headlines."
    if not study.directed:
        said = [
            "Share of a version's sentences that the other version shares (aligned with some sentence of "
            "it), by place in the version: headline (H), lead (L, the first sentence of the body) and "
            "deciles of relative position in the rest of the body.",
            "One panel a kind of likeness, from most to least shared. Which version came first is not "
            "known: each pair counts in both orders.",
            headless,
        ]
        label = partial(plot_survival, share="shared (%)", place="place in the version")
        title = "Which sentences are shared"
        return Figure("sharing", title, caption(study, said, shown), label, shown)
    said = [
        "Share of the original's sentences that the repost carries over (aligned with some sentence "
        "of it), by place in the original: headline (H), lead (L, the first sentence of the body) and "
        "deciles of relative position in the rest of the body.",
        "One panel a kind of repost, from most to least carried over.",
        headless,
    ]
    label = partial(plot_survival, share="carried over (%)", place="place in the original")
    title = "Which sentences survive"
    return Figure("survival", title, caption(study, said, shown), label, shown)


def plot_survival(
    drawing: "Drawing", data: "pd.DataFrame", params: FigureParams, share: str, place: str
) -> None:
    """Draw small multiples, two to a row, or three where there are more than four kinds.

    `share` and `place` are the labels of the vertical and horizontal axis.
    """
    kinds = kinds_of(data)
    columns = min(max(len(kinds), 1), 3 if len(kinds) > 4 else 2)
    width = params.width_mm
    right = _label_width(data, params)
    panel = (width - LEFT_MM - right - GAP_MM * (columns - 1)) / columns
    titles = [wrapped(kind_label(kind), panel, params.font_size) for kind in kinds]
    head = (
        max((title.count("\n") + 1 for title in titles), default=1) * line_mm(params.font_size) + 1
    )
    n_rows = -(-max(len(kinds), 1) // columns)
    step = head + PANEL_MM + FOOT_MM
    canvas = Canvas(drawing, width, n_rows * step + line_mm(small(params)) + 0.5)
    for number, (kind, title) in enumerate(zip(kinds, titles, strict=True)):
        row, column = divmod(number, columns)
        left, top = LEFT_MM + column * (panel + GAP_MM), row * step + head
        axes = canvas.axes(left, top, panel, PANEL_MM)
        _panel(axes, data, kind, first=column == 0)
        canvas.text(left, top - 0.6, title, params.font_size, anchor="bottom")
        if column == 0:
            canvas.side_text(0.4, top + PANEL_MM / 2, share, small(params))
        if row == 0 and column == min(columns, len(kinds)) - 1:
            _label_lines(canvas, data, kind, left + panel + 1.5, top, params)
    middle = LEFT_MM + (width - LEFT_MM - right) / 2
    canvas.text(
        middle,
        canvas.height - 0.4,
        f"{place}: {', '.join([*_apart_of(data), 'position in the body (%)'])}",
        small(params),
        ha="center",
        anchor="bottom",
    )


def _has(data: "pd.DataFrame", place: str) -> bool:
    return bool(data.loc[data["place"] == place, "value"].notna().any())


def _apart_of(data: "pd.DataFrame") -> dict[str, float]:
    """The places before the body that the articles of the corpus have, with where they are drawn."""
    return {place: x for place, x in APART.items() if _has(data, place)}


def _lines(data: "pd.DataFrame", kind: str) -> "list[tuple[str, pd.DataFrame]]":
    """The null comparisons and then the pairs of a kind, each as (condition, rows by position)."""
    studied = data[~data["condition"].isin(NULLS) & (data["kind"] == kind)]
    lines = [(null, data[data["condition"] == null]) for null in NULLS]
    lines.append((str(studied["condition"].iloc[0]), studied))
    return [(condition, rows.set_index("place")) for condition, rows in lines if not rows.empty]


def _panel(axes: "Axes", data: "pd.DataFrame", kind: str, first: bool) -> None:
    for condition, line in _lines(data, kind):
        colour = NULL if condition in NULLS else REPOST
        body = line.reindex(list(DECILES))
        x = BODY_FROM + 0.5 + np.arange(len(DECILES))
        axes.fill_between(
            x, 100 * body["low"], 100 * body["high"], color=colour, alpha=0.2, linewidth=0
        )
        axes.plot(
            x, 100 * body["value"], DASHES.get(condition, "-"), color=colour,
            linewidth=0.7 if condition in NULLS else 1.2,
        )  # fmt: skip
        known = body["value"].notna().to_numpy()
        alone = known & ~np.append(False, known[:-1]) & ~np.append(known[1:], False)
        axes.plot(x[alone], 100 * body["value"][alone], ".", color=colour, markersize=3)
        _apart(axes, line, condition, colour)
    apart = _apart_of(data)
    axes.set_xlim(min([*apart.values(), BODY_FROM]) - 0.6, BODY_FROM + len(DECILES))
    axes.set_ylim(0, 103)
    ticks = {x + 1.5 * SHIFT: place[0].upper() for place, x in apart.items()}
    ticks |= {BODY_FROM: "0", BODY_FROM + 5: "50", BODY_FROM + 10: "100"}
    axes.set_xticks(list(ticks), list(ticks.values()))
    axes.set_yticks([0, 50, 100])
    if not first:
        axes.set_yticklabels([])


def _apart(axes: "Axes", line: "pd.DataFrame", condition: str, colour: str) -> None:
    """Draw headline and lead as marks with intervals, the conditions next to each other."""
    nulls = list(reversed(NULLS))
    shift = SHIFT * (nulls.index(condition) + 1 if condition in NULLS else 0)
    percent = 100 * line.reindex(list(APART))[["value", "low", "high"]]
    for x, (value, low, high) in zip(APART.values(), percent.to_numpy(float), strict=True):
        axes.plot([x + shift] * 2, [low, high], color=colour, linewidth=0.7, solid_capstyle="butt")
        axes.plot([x + shift], [value], "o", color=colour, clip_on=False, zorder=3,
                  markersize=1.8 if condition in NULLS else 2.6)  # fmt: skip


_SHORT = {
    "copy": "copies",
    "independent": "independent",
    "repost": "reposts",
    "version": "versions",
}


def _label_width(data: "pd.DataFrame", params: FigureParams) -> float:
    conditions = set(data["condition"])
    widths = [
        width_mm(_SHORT[condition], small(params), bold=condition not in NULLS)
        for condition in conditions
    ]
    return 2.5 + max(widths, default=0.0)


def _label_lines(
    canvas: Canvas, data: "pd.DataFrame", kind: str, left: float, top: float, params: FigureParams
) -> None:
    """Write the name of each line next to its end, moved where names would touch."""
    ends = []
    for condition, line in _lines(data, kind):
        values = line.reindex(list(DECILES))["value"].dropna()
        if len(values):
            ends.append((1 - values.iloc[-1] / 1.03, condition))
    ends.sort()
    for place, (_, condition) in zip(
        spread([PANEL_MM * share for share, _ in ends], line_mm(small(params)), PANEL_MM),
        ends,
        strict=True,
    ):
        colour = NULL if condition in NULLS else INK
        canvas.text(
            left, top + place, _SHORT[condition], small(params), anchor="middle", color=colour,
            weight="normal" if condition in NULLS else "bold",
        )  # fmt: skip


def spread(places: list[float], gap: float, room: float) -> list[float]:
    """Sorted `places`, moved as little as needed to be at least `gap` apart and at most `room`."""
    apart: list[float] = []
    for place in places:
        apart.append(max(place, apart[-1] + gap) if apart else place)
    floor = room
    for index in range(len(apart) - 1, -1, -1):
        apart[index] = min(apart[index], floor)
        floor = apart[index] - gap
    return apart
