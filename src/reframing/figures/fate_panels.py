"""Figures `attribution` and `quotes`: what becomes of the original's attributions and quotations.

A row is a kind of repost or a null comparison. Panels are grouped by what their shares are of: all in the
original, those in sentences that are carried over, the repost's own. Panels of one base have one scale, and
each is as wide as its shares need. Fates are those of `reframing.statistics.fates`.
"""

from collections.abc import Collection, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reframing.documents.params import FigureParams
from reframing.figures.caption import Study, caption
from reframing.figures.dot_rows import (
    Row,
    dot,
    groups_shown,
    height_of,
    hollow_key,
    hollow_key_height,
    kind_label,
    label_rows,
    label_width,
    row_axes,
    rows_of,
    set_ticks,
)
from reframing.figures.figure import (
    DOUBLE_MM,
    INK,
    NULL,
    NULL_MARKERS,
    NULLS,
    REPOST,
    Canvas,
    Figure,
    line_mm,
    small,
    width_mm,
    wrapped,
)
from reframing.figures.reliability import (
    LEAST_FOUND,
    MARKED,
    imprecise,
    often_enough,
    with_confirmed,
)
from reframing.statistics.fates import ATTRIBUTIONS, QUOTES, UNDIRECTED, Subject

# What is drawn.

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure as Drawing

KEPT, OMITTED, UNSUPPORTED = "kept", "omitted", "unsupported"
HEADINGS = {
    "omitted": "sentence left out",
    "swapped": "other source",
    "vague": "vaguer",
    "truncated": "cut",
    "unsupported": "no counterpart",
}
"""How a fate is called in the figure, where it is not by its name."""


class Panel(NamedTuple):
    """A fate as the table names it, and its heading."""

    fate: str
    heading: str


class Block(NamedTuple):
    """Panels whose shares are of the same: its heading, a fate that has their n, and its panels."""

    heading: str
    of: str
    panels: tuple[Panel, ...]


def attribution(study: Study) -> Figure:
    """The figure `attribution`: fates of attributions by kind of repost."""
    said = (
        "What becomes of the original's attributions. Left: share of all whose sentence is left out. Right: of "
        "those in sentences that the repost carries over, the share that is dropped (asserted in the repost's "
        "own voice), swapped to another source, made vaguer (source unnamed), distanced (said → claimed) or "
        "endorsed (claimed → revealed)."
        if study.directed
        else "Attributions of one version in the other, each pair in both orders. Left: share of all whose "
        "sentence the other version does not share. Right: of those in sentences that both share, the share "
        "where the other version asserts the claim in its own voice (unattributed), names another source, "
        "leaves the source unnamed, or has a more distant or more endorsing cue."
    )
    return _figure(study, "attribution", "attributions", ATTRIBUTIONS, said)


def quotes(study: Study) -> Figure:
    """The figure `quotes`: fates of quotations by kind of repost."""
    said = (
        "What becomes of the original's quotations. Left: share of all whose sentence is left out. Middle: of "
        "those in sentences that the repost carries over, the share that is altered (other words inside the "
        "marks), paraphrased (no longer quoted) or cut (words lost, the rest unchanged). Right: of the "
        "repost's quotations, the share that has no counterpart in the original."
        if study.directed
        else "Quotations of one version in the other, each pair in both orders. Left: share of all whose "
        "sentence the other version does not share. Middle: of those in sentences that both share, the share "
        "that is in other words, no longer quoted, or shorter there. Right: share of all without a counterpart "
        "in the other version (unmatched)."
    )
    return _figure(study, "quotes", "quotations", QUOTES, said)


def _figure(study: Study, name: str, several: str, subject: Subject, said: str) -> Figure:
    rows = study.rows(study.tables["fates"])
    rows = rows[rows["subject"] == subject.name].reset_index(drop=True)
    slugs = {fate: (slug,) for slug, fate in subject.fates} | {UNSUPPORTED: ("quote-unsupported",)}
    slugs = {_name(study, fate): slug for fate, slug in slugs.items()}
    data = with_confirmed(rows, [slugs.get(fate, ()) for fate in rows["fate"]], study.judged)
    kept, unchanged = _name(study, KEPT), "unchanged" if study.directed else "the same"
    blocks = _blocks(study.directed, several, subject)
    fates = [panel.fate for block in blocks for panel in block.panels]
    found = data[data["fate"].isin(fates)].groupby("fate")["found"].sum()
    changes = [fate for fate in slugs if fate in found.index and fate != _name(study, UNSUPPORTED)]
    enough = {*often_enough(found), *often_enough(found[changes])}
    rare = [panel.heading for block in blocks for panel in block.panels if panel.fate not in enough]
    blocks = [_only(block, enough) for block in blocks]
    drawn = data[data["fate"].isin(enough)].to_dict("records")
    sentences = [
        said,
        f"Numbers: n of each base, and the share in which no such change was found ({unchanged}).",
        "Panels of one base have one scale; an arrowhead marks that an interval goes on beyond it.",
        f"Found fewer than {LEAST_FOUND} times and not drawn: {', '.join(rare)}." if rare else "",
        MARKED if any(map(imprecise, drawn)) else "",
    ]
    blocks = [block for block in blocks if block.panels or block.of == kept]
    plot = partial(plot_fates, blocks=blocks, kept=kept, unchanged=unchanged)
    title = _title(study.directed, several, data, blocks, kept)
    return Figure(name, title, caption(study, sentences, data), plot, data)


def _blocks(directed: bool, several: str, subject: Subject) -> list[Block]:
    """All panels of a subject, by what they are shares of."""
    changes = tuple(fate for _, fate in subject.fates)
    if directed:
        headings = (
            f"of all {several}",
            "of those in sentences carried over",
            "of the repost's own",
        )
        named = {fate: Panel(fate, HEADINGS.get(fate, fate)) for fate in UNDIRECTED}
    else:
        headings = (f"of all {several}", "of those in shared sentences", f"of all {several}")
        named = {fate: Panel(name, name) for fate, name in UNDIRECTED.items()}
    groups = [(OMITTED, (OMITTED,)), (KEPT, changes), (UNSUPPORTED, (UNSUPPORTED,))]
    return [
        Block(heading, named[of].fate, tuple(named[fate] for fate in fates))
        for heading, (of, fates) in zip(headings, groups, strict=True)
        if of != UNSUPPORTED or subject is QUOTES
    ]


def _name(study: Study, fate: str) -> str:
    return fate if study.directed else UNDIRECTED[fate]


def _only(block: Block, fates: Collection[str]) -> Block:
    return block._replace(panels=tuple(panel for panel in block.panels if panel.fate in fates))


# What it says.


def _title(
    directed: bool, several: str, data: "pd.DataFrame", blocks: Sequence[Block], kept: str
) -> str:
    """How many are changed, in the kinds of repost with fewest and with most, and how most often."""
    where = "that reposts carry over" if directed else "in sentences that versions share"
    rows = data[data["fate"] == kept]
    changed = (1 - rows[~rows["condition"].isin(NULLS)].set_index("kind")["value"]).dropna()
    if changed.empty:
        return f"There are no {several} {where}"
    ordered = changed.sort_values(kind="stable")
    least, most = ordered.index[0], ordered.index[-1]
    verb = "changed" if directed else "different"
    highest = float(ordered.iloc[-1])
    share = f"{_percent(highest) if highest else 'none'} are found {verb}"
    if ordered.iloc[0] < highest:
        share = (
            f"{_percent(ordered.iloc[0])} ({kind_label(str(least))}) to {_percent(highest)} "
            f"({kind_label(str(most))}) are found {verb}"
        )
    null = 1 - rows.loc[rows["condition"] == "independent", "value"]
    beside = (
        f"; in independent reports {_percent(float(null.iloc[0]))}" if null.notna().any() else ""
    )
    often = _most_often(data, next(block for block in blocks if block.of == kept))
    return f"Of {several} {where}, {share}{often}{beside}"


def _most_often(data: "pd.DataFrame", block: Block) -> str:
    headings = dict(block.panels)
    studied = data[~data["condition"].isin(NULLS) & data["fate"].isin(list(headings))]
    found = studied.groupby("fate")["found"].sum()
    if not found.sum():
        return ""
    fate = str(found.idxmax())
    doubt = " (imprecise)" if imprecise(studied[studied["fate"] == fate].iloc[0].to_dict()) else ""
    return f", most often {headings[fate]}{doubt}"


def _percent(share: float) -> str:
    return f"{100 * share + 0.0:.0f}%" if share >= 0.0995 or share == 0 else f"{100 * share:.1f}%"


# How it is drawn.

SIDE_MM, GAP_MM, BLOCK_GAP_MM, TICKS_MM, COLUMN_GAP_MM = 2.0, 3.0, 5.0, 3.6, 2.0
MARGIN_MM, LEAST_MM, ALONE_MM, EMPTY_MM = 1.2, 12.0, 24.0, 28.0
"""Room beside the marks of a panel; the least width of a panel; the width of one that is alone in its block;
the width of a block without panels, which has room for its heading."""


class Column(NamedTuple):
    """Numbers at the right of a block: heading, a cell for each row, width in millimetres."""

    heading: str
    cells: list[str]
    width: float


class Place(NamedTuple):
    """Where a panel is drawn: left edge and width in mm, upper limit in percent, heading broken into lines."""

    left: float
    width: float
    high: float
    heading: str


def plot_fates(
    drawing: "Drawing", data: "pd.DataFrame", params: FigureParams,
    blocks: Sequence[Block], kept: str, unchanged: str,
) -> None:  # fmt: skip
    """Draw the blocks side by side across two columns of a page, each with its n at its right.

    `kept` is the fate of what is not changed, and `unchanged` the heading of its share.
    """
    points = small(params)
    rows = rows_of(groups_shown(data), 0.3 * params.width_mm, params)
    percent = data.assign(**{name: 100 * data[name] for name in ("value", "low", "high")})
    columns = [_columns(data, rows, block, kept, unchanged, params) for block in blocks]
    start = label_width(rows, params) + SIDE_MM + 1.5
    free = DOUBLE_MM - SIDE_MM - start - BLOCK_GAP_MM * (len(blocks) - 1)
    free -= sum(column.width for of_block in columns for column in of_block)
    left, places = start, []
    for block, room, of_block in zip(blocks, _rooms(blocks, kept, free), columns, strict=True):
        reaches = [_reach(percent, panel) for panel in block.panels]
        places.append(_places(block, _layout(reaches, room), left, points))
        left += room + sum(column.width for column in of_block) + BLOCK_GAP_MM
    headings = [place.heading for of_block in places for place in of_block]
    lines = max((heading.count("\n") + 1 for heading in headings), default=1)
    first = line_mm(params.font_size) + 1.2
    head = first + lines * line_mm(points) + 0.8
    fates = [panel.fate for block in blocks for panel in block.panels]
    hollow = any(map(imprecise, data[data["fate"].isin(fates)].to_dict("records")))
    foot = head + height_of(rows) + TICKS_MM + line_mm(points)
    canvas = Canvas(drawing, DOUBLE_MM, foot + 0.6 + hollow * hollow_key_height(params))
    label_rows(canvas, rows, start - 1.5, head, params)
    if hollow:
        hollow_key(canvas, SIDE_MM, params)
    left = start
    for block, room, of_places, of_block in zip(
        blocks, _rooms(blocks, kept, free), places, columns, strict=True
    ):
        right = left + room + sum(column.width for column in of_block)
        title = wrapped(block.heading, right - left + BLOCK_GAP_MM / 2, params.font_size, 1)
        canvas.text(left, first - 1.2, title, params.font_size, anchor="bottom")
        rule = canvas.axes(left, first - 0.7, right - left, 0.2)
        rule.set_axis_off()
        rule.axhline(0, color=INK, linewidth=0.5)
        for panel, place in zip(block.panels, of_places, strict=True):
            _panel(canvas, rows, percent[percent["fate"] == panel.fate], place, head, params)
        if of_places:
            canvas.text(left + room / 2, foot + 0.3, "%", points, "center", "bottom")
        end = left + room
        for column in of_block:
            end += column.width
            canvas.text(end, head - 0.8, column.heading, points, "right", "bottom", color=NULL)
            for row, cell in zip(rows, column.cells, strict=True):
                canvas.text(end, head + row.middle, cell, points, "right", "middle", color=NULL)
        left = right + BLOCK_GAP_MM


def _panel(
    canvas: Canvas,
    rows: Sequence[Row],
    percent: "pd.DataFrame",
    place: Place,
    top: float,
    params: FigureParams,
) -> None:
    axes = row_axes(canvas, rows, place.left, top, place.width)
    low = -MARGIN_MM * place.high / (place.width - MARGIN_MM)
    set_ticks(axes, low, place.high, 5 if place.width > 2 * LEAST_MM else 3)
    axes.axvline(0, color=INK, linewidth=0.5, zorder=0)
    for row in rows:
        estimate = row.of(percent)
        hollow = not estimate.empty and imprecise(estimate.iloc[0].to_dict())
        marker = NULL_MARKERS.get(row.condition, "o")
        dot(axes, estimate, row.middle, NULL if row.is_null else REPOST, marker, hollow)
    middle = place.left + place.width / 2
    canvas.text(middle, top - 0.8, place.heading, small(params), "center", "bottom")


def _columns(
    data: "pd.DataFrame", rows: Sequence[Row], block: Block, kept: str, unchanged: str,
    params: FigureParams,
) -> list[Column]:  # fmt: skip
    """The columns of numbers of a block: its n, and before it the unchanged share of what is carried over."""
    of_rows = [row.of(data[data["fate"] == block.of]) for row in rows]
    texts = {"n": ["0" if one.empty else f"{one['n'].iloc[0]:,.0f}" for one in of_rows]}
    if block.of == kept:
        shares = [np.nan if one.empty else float(one["value"].iloc[0]) for one in of_rows]
        shown = ["–" if np.isnan(share) else f"{100 * share:.1f}%" for share in shares]
        texts = {unchanged: shown} | texts
    widest = {
        heading: max(width_mm(text, small(params)) for text in (heading, *cells))
        for heading, cells in texts.items()
    }
    return [Column(name, cells, widest[name] + COLUMN_GAP_MM) for name, cells in texts.items()]


def _rooms(blocks: Sequence[Block], kept: str, free: float) -> list[float]:
    """Width of the panels of each block; changes have what the others leave, or nothing without panels."""
    others = sum(block.of != kept for block in blocks)
    changes = any(block.of == kept and block.panels for block in blocks)
    alone = ALONE_MM if changes or not others else (free - EMPTY_MM) / others
    changed = free - alone * others if changes or others else free
    return [changed if block.of == kept else alone for block in blocks]


def _places(
    block: Block, layout: Sequence[tuple[float, float]], left: float, points: float
) -> list[Place]:
    places = []
    for panel, (width, high) in zip(block.panels, layout, strict=True):
        places.append(Place(left, width, high, wrapped(panel.heading, width + 1, points)))
        left += width + GAP_MM
    return places


def _reach(percent: "pd.DataFrame", panel: Panel) -> float:
    """How far a panel must reach, in percent: to each share and each interval of reposts.

    Intervals of nulls may extend it by half.
    """
    shown = percent[percent["fate"] == panel.fate]
    null = shown["condition"].isin(NULLS)
    must = _largest([*shown["value"], *shown.loc[~null, "high"]])
    return max(must, min(_largest([*shown.loc[null, "high"]]), 1.5 * must), 1.0)


def _largest(numbers: Sequence[float]) -> float:
    return max((number for number in numbers if not np.isnan(number)), default=0.0)


def _layout(reaches: Sequence[float], room: float) -> list[tuple[float, float]]:
    """Width in mm and upper limit in percent of panels that share `room` mm and one scale."""
    free = room - GAP_MM * (len(reaches) - 1)
    pinned: set[int] = set()
    scale = 0.0
    for _ in reaches:
        wide = [reach for place, reach in enumerate(reaches) if place not in pinned]
        if not wide:
            break
        scale = (free - LEAST_MM * len(pinned) - 2 * MARGIN_MM * len(wide)) / sum(wide)
        narrow = {
            place for place, reach in enumerate(reaches) if scale * reach + 2 * MARGIN_MM < LEAST_MM
        }
        if narrow <= pinned:
            break
        pinned |= narrow
    widths = [
        LEAST_MM if place in pinned else scale * reach + 2 * MARGIN_MM
        for place, reach in enumerate(reaches)
    ]
    return [(width, (width - MARGIN_MM) / scale) for width in widths]
