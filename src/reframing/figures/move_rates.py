"""Figure `moves`: rate of each kind of move per 1,000 words, in reposts and in the null comparisons, by kind.

A row is a kind of move. Its left panel has the reposts and the nulls below each other, on a logarithmic axis
with 0 apart; the right panel has at most `MOST_KINDS` kinds of repost.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from reframing.documents.params import FigureParams
from reframing.figures.caption import Study, caption
from reframing.figures.dot_rows import (
    Row,
    dot,
    height_of,
    hollow_key,
    hollow_key_height,
    kind_label,
    kinds_of,
    label_rows,
    label_width,
    number,
)
from reframing.figures.figure import (
    DOUBLE_MM,
    FAINT,
    INK,
    MM_PER_POINT,
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
    slugs_of,
    with_confirmed,
)
from reframing.moves.catalogue import catalogue
from reframing.statistics.groups import ALL_KINDS

# What is drawn.

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

MOST_KINDS = 4


def moves(study: Study) -> Figure:
    """The figure `moves`: rates of the kinds of moves that are found often enough, grouped by family."""
    import pandas as pd

    table = study.tables["moves"]
    pooled = _pooled(study, table)
    names = often_enough(pooled.groupby("move")["found"].sum())
    kinds = _kinds_shown(study, table[table["move"].isin(names)])
    by_kind = [table[(table["condition"] == study.condition) & (table["kind"] == k)] for k in kinds]
    shown = pd.concat([pooled, *by_kind], ignore_index=True)
    rates = pooled[pooled["condition"] == study.condition].set_index("move")["value"]
    order = sorted(names, key=lambda name: (_family(name), -rates.get(name, 0.0), name))
    shown = shown[shown["move"].isin(order)]
    places = shown["move"].map(order.index)
    shown = shown.iloc[np.argsort(places.to_numpy(float), kind="stable")].reset_index(drop=True)
    slugs = {name: slugs_of(name) for name in order}
    data = with_confirmed(shown, [slugs[name] for name in shown["move"]], study.judged)
    said = _said(study, data, int((pooled.groupby("move")["found"].sum() > 0).sum()))
    return Figure("moves", _title(study, data), caption(study, said, data), plot_moves, data)


def _pooled(study: Study, table: "pd.DataFrame") -> "pd.DataFrame":
    """The rows of all reposts (of the one kind, where only one has enough events), then of the nulls."""
    import pandas as pd

    kinds = study.firm_kinds
    main = kinds[0] if len(kinds) == 1 else ALL_KINDS
    studied = table[(table["condition"] == study.condition) & (table["kind"] == main)]
    nulls = [table[(table["condition"] == null) & (table["kind"] == ALL_KINDS)] for null in NULLS]
    return pd.concat([studied, *nulls[::-1]], ignore_index=True)


def _kinds_shown(study: Study, table: "pd.DataFrame") -> list[str]:
    """The kinds of repost; of more than `MOST_KINDS` the half with the fewest and the half with most moves."""
    kinds = study.firm_kinds
    if len(kinds) == 1:
        return []
    if len(kinds) <= MOST_KINDS:
        return kinds
    studied = table[table["condition"] == study.condition]
    total = studied.groupby("kind")["value"].sum()
    ordered = sorted(kinds, key=lambda kind: (total.get(kind, 0.0), kind))
    half = MOST_KINDS // 2
    chosen = {*ordered[:half], *ordered[-half:]}
    return [kind for kind in kinds if kind in chosen]


def _family(name: str) -> int:
    families = list(dict.fromkeys(move.family for move in catalogue().values()))
    return families.index(catalogue()[slugs_of(name)[0]].family)


# What it says.


def _title(study: Study, data: "pd.DataFrame") -> str:
    """The most frequent change inside sentences, and how many kinds stand out from independent reports.

    Both are about the kinds that are not imprecise. Two rates stand apart where their intervals do.
    """
    main = _main(data)
    what, ones = ("reposts", "moves") if study.directed else ("versions", "differences")
    trusted = " that readers confirm" if data["n_read"].notna().any() else ""
    precise = [row for row in main.to_dict("records") if not imprecise(row)]
    inside = [row for row in precise if row["move"].partition("-")[0] not in ("sentence", "lead")]
    inside = [row for row in inside if row["value"] > 0]
    if not inside:
        return f"No kind of {ones}{trusted} is found often inside sentences of {what}"
    most = max(inside, key=lambda row: float(row["value"]))
    rate = f"{kind_label(most['move'])}, {_digits(most['value'])} per 1,000 words{_range(data, most['move'])}"
    null = data[data["condition"] == "independent"].set_index("move")
    if null.empty:
        return f"Most frequent inside sentences of {what}: {rate}"
    more = sum(row["low"] > null.loc[row["move"], "high"] for row in precise)
    less = sum(row["high"] < null.loc[row["move"], "low"] for row in precise)
    return (
        f"Of {len(precise)} kinds of {ones}{trusted}, {more or 'none'} are more frequent in {what} than in "
        f"independent reports, {less or 'none'} less; most frequent inside sentences: {rate}"
    )


def _range(data: "pd.DataFrame", move: str) -> str:
    """The lowest and the highest rate of a move among the kinds that are drawn, with the names of these."""
    kinds = [kind for kind in kinds_of(data) if kind != _main_kind(data)]
    of_kinds = data[data["kind"].isin(kinds) & (data["move"] == move)].dropna(subset=["value"])
    if len(of_kinds) < 2:
        return ""
    ordered = of_kinds.sort_values("value", kind="stable")
    ends = [
        f"{kind_label(row['kind'])} {_digits(row['value'])}" for row in ordered.to_dict("records")
    ]
    return f" ({ends[0]}, {ends[-1]})"


def _said(study: Study, data: "pd.DataFrame", occurring: int) -> list[str]:
    """What the caption says of `data`, which has some of the `occurring` kinds of moves."""
    if study.directed:
        one, rate, several = "move", "Moves per 1,000 words of the repost", "reposts"
    else:
        one, rate, several = "difference", "Differences per 1,000 words", "versions"
    drawn = data["move"].nunique()
    verb = "is" if occurring - drawn == 1 else "are"
    rare = f"; {occurring - drawn} more, found fewer than {LEAST_FOUND} times, {verb} not drawn"
    kinds = [kind for kind in kinds_of(data) if kind != _main_kind(data)]
    chosen = (
        f", of {len(study.firm_kinds)} the two with the lowest and the two with the highest sum of rates"
        if 0 < len(kinds) < len(study.firm_kinds)
        else ""
    )
    return [
        f"{rate}: {drawn} kinds of {one}s{rare if occurring > drawn else ''}.",
        "Rows are grouped by family and ordered by rate; the axis is logarithmic, with 0 left of its break.",
        f"Left: {several} beside the nulls. Right: {several} by kind{chosen}." if kinds else "",
        f"Grey band: the interval of copies, in which no {one} was found."
        if _no_copies(data)
        else "",
        "Independent reports share few sentences, and most kinds can only be found in those."
        if (data["condition"] == "independent").any()
        else "",
        MARKED if any(map(imprecise, data.to_dict("records"))) else "",
    ]


def _no_copies(data: "pd.DataFrame") -> bool:
    """Whether there are copies and nothing is found in them."""
    copies = data[data["condition"] == "copy"]
    return not copies.empty and not copies["found"].any()


def _main_kind(data: "pd.DataFrame") -> str:
    kinds = kinds_of(data)
    return ALL_KINDS if ALL_KINDS in kinds or not kinds else kinds[0]


def _main(data: "pd.DataFrame") -> "pd.DataFrame":
    """The rows of reposts, or versions, of all kinds together."""
    return data[~data["condition"].isin(NULLS) & (data["kind"] == _main_kind(data))]


def _digits(value: float) -> str:
    """A rate with two significant digits, and no decimals from 10 on."""
    return f"{value:,.0f}" if value >= 10 or value == 0 else f"{value:.{1 if value >= 1 else 2}f}"


# How it is drawn.

SIDE_MM, GAP_MM, TICKS_MM, COLUMN_GAP_MM = 2.0, 4.0, 3.6, 3.0
STEP_MM, BETWEEN_MM = 1.1, 0.8
"""Distance between the marks of a row, and between the marks of two rows, in millimetres."""

KINDS = (("o", "#56B4E9"), ("s", "#E69F00"), ("^", "#009E73"), ("v", "#D55E00"))
"""Marker and colour of each kind of repost (Okabe-Ito)."""


BAND = ""
"""In place of a marker: what is 0 in every row, drawn as one band up to the end of its interval."""


class Series(NamedTuple):
    """What is drawn in each row of a panel: condition and kind, its name, marker (or `BAND`) and colour."""

    condition: str
    kind: str
    label: str
    marker: str
    colour: str


class Scale(NamedTuple):
    """A logarithmic axis in decades from 10^`least` to 10^`most`, with 0 below it."""

    least: int
    most: float

    @property
    def zero(self) -> float:
        return self.least - 0.16 * (self.most - self.least)

    @property
    def break_at(self) -> float:
        return (self.zero + self.least) / 2

    def place(self, rate: float) -> float:
        """Where a rate is drawn; one below the axis, but not 0, at its break."""
        if np.isnan(rate) or rate <= 0:
            return np.nan if np.isnan(rate) else self.zero
        return max(float(np.log10(rate)), self.break_at)


def _scale(data: "pd.DataFrame") -> Scale:
    rates = data["value"].to_numpy(float)
    above = rates[rates > 0]
    bounds = np.append(data["high"].to_numpy(float), rates)
    most = np.nanmax(bounds) if np.isfinite(bounds).any() else 0.0
    least = int(np.floor(np.log10(above.min()))) if len(above) else -1
    return Scale(least, max(float(np.log10(most)) if most > 0 else 0.0, least + 1.0) + 0.05)


def plot_moves(drawing: "Drawing", data: "pd.DataFrame", params: FigureParams) -> None:
    """Draw the panels side by side, with a key above each, and the numbers behind each row at the right."""
    panels = [series for series in _series(data) if series]
    several = len(panels) > 1
    total = DOUBLE_MM if several else params.width_mm
    points = small(params)
    names = list(dict.fromkeys(data["move"]))
    lines = max(len(series) for series in panels)
    height = max(lines * STEP_MM + BETWEEN_MM, line_mm(points) + 0.2)
    rows = [
        Row(
            "",
            name,
            wrapped(kind_label(name), 0.35 * params.width_mm, points, 1),
            (i + 0.5) * height,
            height,
        )
        for i, name in enumerate(names)
    ]
    columns = _columns(data, names)
    widths = [_column_width(head, cells, points) for head, cells in columns]
    start = label_width(rows, params) + SIDE_MM + 2.0
    end = total - SIDE_MM - sum(width + COLUMN_GAP_MM for width in widths)
    width = (end - start - GAP_MM * (len(panels) - 1)) / len(panels)
    head = max(lines, 3 if columns else 1) * line_mm(points) + 1.6
    hollow = any(map(imprecise, data.to_dict("records")))
    foot = head + height_of(rows) + TICKS_MM + line_mm(points)
    canvas = Canvas(drawing, total, foot + 0.8 + hollow * hollow_key_height(params))
    label_rows(canvas, rows, start - 2.0, head, params)
    scale = _scale(data)
    for place, series in enumerate(panels):
        left = start + place * (width + GAP_MM)
        free = 0.0 if place else start - SIDE_MM
        _key(canvas, series, (left, head, width), free, params)
        _panel(canvas, rows, data, series, scale, (left, head, width))
        below = "per 1,000 words"
        canvas.text(left + width / 2, foot + 0.5, below, points, "center", "bottom")
    if hollow:
        hollow_key(canvas, SIDE_MM, params)
    right = end
    for (text, cells), column in zip(columns, widths, strict=True):
        right += COLUMN_GAP_MM + column
        canvas.text(right, head - 1.0, text, points, "right", "bottom", color=NULL)
        for row, cell in zip(rows, cells, strict=True):
            canvas.text(right, head + row.middle, cell, points, "right", "middle", color=NULL)


def _series(data: "pd.DataFrame") -> tuple[list[Series], list[Series]]:
    """What the left panel draws, and what the right one does (nothing where there is only one kind)."""
    studied = next((name for name in data["condition"] if name not in NULLS), "repost")
    main = _main_kind(data)
    every = "all reposts" if studied == "repost" else "all pairs of versions"
    left = [
        Series(studied, main, every if main == ALL_KINDS else kind_label(main), "o", REPOST),
        *(
            _null_series(data, null)
            for null in reversed(NULLS)
            if (data["condition"] == null).any()
        ),
    ]
    kinds = [kind for kind in kinds_of(data) if kind != main]
    right = [
        Series(studied, kind, kind_label(kind), *look)
        for kind, look in zip(kinds, KINDS, strict=False)
    ]
    return left, right


def _null_series(data: "pd.DataFrame", null: str) -> Series:
    if null == "copy" and _no_copies(data):
        return Series(null, ALL_KINDS, f"{NULLS[null]}: none", BAND, NULL)
    return Series(null, ALL_KINDS, NULLS[null], NULL_MARKERS[null], NULL)


def _columns(data: "pd.DataFrame", names: Sequence[str]) -> list[tuple[str, list[str]]]:
    """Columns of numbers, as heading and a cell for each of `names`: finds, and what readers confirmed."""
    if not names:
        return []
    main = {str(row["move"]): row for row in _main(data).to_dict("records")}
    null = data[data["condition"] == "independent"].set_index("move")["found"].to_dict()
    found = [f"{main[name]['found']:,.0f}" for name in names]
    heading = "found"
    if null:
        found = [f"{own}/{null[name]:,.0f}" for own, name in zip(found, names, strict=True)]
        heading = "found/in\nindependent\nreports"
    columns = [(heading, found)]
    if data["n_read"].notna().any():
        columns.append(("readers\nconfirm\n(of read)", [_confirmed(main[name]) for name in names]))
    return columns


def _confirmed(row: Mapping[Any, Any]) -> str:
    share = float(row["confirmed"])
    shown = "–" if np.isnan(share) else f"{100 * share:.0f}%"
    return f"{shown} ({row['n_read']:.0f})"


def _column_width(head: str, cells: Sequence[str], points: float) -> float:
    return max(width_mm(text, points) for text in (*head.split("\n"), *cells))


def _key(
    canvas: Canvas,
    series: Sequence[Series],
    box: tuple[float, float, float],
    free: float,
    params: FigureParams,
) -> None:
    """The marks of a panel with their names, one below the other as in its rows.

    `box` is left, bottom and width in millimetres; a key that is wider begins up to `free` before the panel.
    """
    points = small(params)
    left, bottom, width = box
    longest = max(width_mm(one.label, points) for one in series)
    before = min(free, max(0.0, 4.0 + longest - width))
    left, width = left - before, width + before
    height = len(series) * line_mm(points)
    top = bottom - 1.0 - height
    axes = canvas.axes(left, top, width, height)
    axes.set_axis_off()
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    for place, one in enumerate(series):
        y = (place + 0.5) * line_mm(points)
        thickness = 0.9 if one.marker else 0.7 * line_mm(points) / MM_PER_POINT
        colour = one.colour if one.marker else FAINT
        axes.plot([0, 3], [y, y], color=colour, linewidth=thickness, solid_capstyle="butt")
        if one.marker:
            axes.plot([1.5], [y], one.marker, color=one.colour, markersize=3.0)
        label = wrapped(one.label, width - 4, points, 1)
        colour = NULL if one.condition in NULLS else INK
        canvas.text(left + 4, top + y, label, points, anchor="middle", color=colour)


def _panel(
    canvas: Canvas, rows: Sequence[Row], data: "pd.DataFrame", series: Sequence[Series], scale: Scale,
    box: tuple[float, float, float],
) -> None:  # fmt: skip
    """Draw `series` in each row; `box` is left, top and width in millimetres."""
    height = height_of(rows)
    axes = canvas.axes(*box, height)
    axes.set_ylim(height, 0)
    axes.set_yticks([])
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    _axis(axes, scale, height)
    for row, above in zip(rows[1:], rows, strict=False):
        apart = _family(row.kind) != _family(above.kind)
        axes.axhline(
            row.middle - row.height / 2, color=NULL if apart else FAINT, linewidth=0.5 if apart else 0.3,
            zorder=0,
        )  # fmt: skip
    columns = ["value", "low", "high"]
    placed = data.assign(**{name: data[name].map(scale.place) for name in columns})
    for one in series:
        if one.marker == BAND:
            copies = placed.loc[placed["condition"] == one.condition, "high"]
            axes.axvspan(
                scale.zero, float(copies.max()), color=FAINT, alpha=0.5, linewidth=0, zorder=0
            )
    marked = [one for one in series if one.marker != BAND]
    for row in rows:
        of_row = placed[placed["move"] == row.kind]
        first = row.middle - (len(marked) - 1) / 2 * STEP_MM
        for place, one in enumerate(marked):
            estimate = of_row[(of_row["condition"] == one.condition) & (of_row["kind"] == one.kind)]
            if estimate.empty:
                continue
            hollow = imprecise(estimate.iloc[0].to_dict())
            thickness = 0.9 if estimate["value"].iloc[0] > scale.zero else 0.4
            y = first + place * STEP_MM
            dot(axes, estimate, y, one.colour, one.marker, hollow, thickness)


def _axis(axes: "Axes", scale: Scale, height: float) -> None:
    """The broken logarithmic axis, with ticks at 0 and at each decade."""
    axes.set_xlim(scale.zero, scale.most)
    decades = list(range(scale.least, int(np.floor(scale.most)) + 1))
    every = 1 + len(decades) // 6
    ticks = decades[::-1][::every][::-1]
    axes.set_xticks([scale.zero, *ticks])
    axes.set_xticklabels(["0", *[_tick(tick) for tick in ticks]])
    gap = 0.25 * (scale.least - scale.zero)
    pieces = ((scale.zero, scale.break_at - gap / 2), (scale.break_at + gap / 2, scale.most))
    for left, right in pieces:
        axes.plot([left, right], [height, height], color=INK, linewidth=0.8, clip_on=False)
    for x in (pieces[0][1], pieces[1][0]):
        slash = ([x - gap / 3, x + gap / 3], [height + 0.7, height - 0.7])
        axes.plot(*slash, color=INK, linewidth=0.5, clip_on=False)
    axes.axvline(scale.zero, color=INK, linewidth=0.5, zorder=0)
    for tick in decades:
        axes.axvline(tick, color=FAINT, linewidth=0.4, zorder=0)


def _tick(decade: int) -> str:
    return f"{10**decade:,}" if decade >= 0 else number(10.0**decade)
