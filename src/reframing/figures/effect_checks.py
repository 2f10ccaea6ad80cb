"""Figures on whether corrected effects can be trusted: under other choices, and in simulated studies.

They draw specifications.csv of the stage `effects`, and the table of benchmarks/coverage_corrected.py.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from reframing.documents.params import EffectsParams, FigureParams
from reframing.figures.dot_rows import number
from reframing.figures.effect_rows import CHECK, SIDE_MM, nothing
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
from reframing.statistics.specifications import CHOICES, CHOSEN, UNCORRECTED

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

# Effects under other choices.

MOST_MM, ROW_MM = 170.0, 13.0
"""The greatest height of the figure, and of a row where there are few."""

LABELS_MM, AXIS_MM, RIGHT_MM, COLUMN_LABELS_MM = 49.0, 3.0, 15.0, 31.0
ROW_POINTS = 5.2

REACH = (-0.5, 2.4)
"""The scale of a row, in multiples of the effect as chosen; what lies beyond it ends in an arrowhead."""

BETWEEN = {"": 0.7, UNCORRECTED: 1.4}
"""Space before a group of columns, in columns."""

GROUPS = {"without": "without", UNCORRECTED: "raw"}
"""Headings of groups of many columns; the columns of other choices are each called by the choice."""


def specifications(data: "pd.DataFrame", effects: "pd.DataFrame", params: EffectsParams) -> Figure:
    """Each effect that is found under every other choice: effects in rows, choices in columns.

    `data` is specifications.csv, `effects` effects.csv.
    """
    is_found = (effects["q"] < params.fdr) & (effects["family"] != CHECK)
    found = effects.loc[is_found, ["estimand", "hypothesis", "read"]]
    shown = found.merge(data.fillna({"option": ""}), on="estimand", how="inner")
    holds = shown.drop_duplicates("estimand")["survives"].astype(bool)
    title = f"{int(holds.sum())} of {len(holds)} effects that are found survive other defensible choices"
    said = [
        "Each effect that is found (rows, with the effect as chosen in moves per 1,000 words and its "
        f"{params.interval:.0%} interval by event) under every other choice (columns), one changed at a time. "
        "Marks and intervals are multiples of the effect as chosen: 1 is the same, 0 none, less than 0 the "
        "opposite.",
        "Hollow: the interval includes 0. Shaded: the effect is not shown, as the interval includes 0 or the "
        "sign is opposite. Grey diamonds: not corrected for errors of the machine. Empty: the choice does "
        "not apply. Arrowheads: beyond the scale.",
        "An effect survives if it has its sign under all corrected choices, and its interval excludes 0 under "
        "nine in ten of them (numbers at the right).",
        _numbers(shown),
    ]
    chosen = shown[shown["choice"] == CHOSEN].set_index("estimand")["value"]
    as_chosen = shown["estimand"].map(chosen).astype(float)
    relative = {
        f"relative{end}": shown[column] / as_chosen
        for column, end in (("value", ""), ("low", "_low"), ("high", "_high"))
    }
    shown = shown.assign(**relative)
    order = [list(found["estimand"]).index(name) for name in shown["estimand"]]
    places = [CHOICES.index(choice) for choice in shown["choice"]]
    shown = shown.assign(order=order, place=places).sort_values(["order", "place"], kind="stable")
    return Figure(
        "specifications", title, " ".join(said), plot_specifications,
        shown.drop(columns=["order", "place"]).reset_index(drop=True),
    )  # fmt: skip


def _numbers(data: "pd.DataFrame") -> str:
    """n of each effect as chosen, for a caption."""
    chosen = data[data["choice"] == CHOSEN]
    parts = [
        f"{row['estimand']} {row['events']:,} events, {row['read']:,} units read"
        for row in chosen.to_dict("records")
    ]
    return f"n: {'; '.join(parts)}." if parts else "n = 0."


class Mark(NamedTuple):
    """How the estimates of some choices are drawn."""

    marker: str
    colour: str
    size: float
    word: str


AS_CHOSEN = Mark("s", INK, 2.8, "as chosen")
CORRECTED = Mark("o", REPOST, 2.6, "under another choice")
RAW = Mark("D", NULL, 2.4, "raw: not corrected")


def _mark(choice: str) -> Mark:
    return {CHOSEN: AS_CHOSEN, UNCORRECTED: RAW}.get(choice, CORRECTED)


def _is_shown(row: Mapping[Any, Any]) -> bool:
    """Whether an effect under some choice is shown to have the sign of the effect as chosen."""
    return min(row["relative_low"], row["relative_high"]) > 0


def plot_specifications(drawing: "Drawing", data: "pd.DataFrame", params: FigureParams) -> None:
    """Draw a row for each effect, with a column for each choice."""
    rows = [of for _, of in data.groupby("estimand", sort=False)]
    if not rows:
        return nothing(Canvas(drawing, DOUBLE_MM, 20), params, "No effect is found.")
    line = line_mm(ROW_POINTS)
    left = LABELS_MM + AXIS_MM
    width = DOUBLE_MM - left - RIGHT_MM
    columns, last = _columns(data)
    a_column = width / last
    head = COLUMN_LABELS_MM + line + 2.0
    row_mm = min(ROW_MM, (MOST_MM - head - 1.0) / len(rows))
    canvas = Canvas(drawing, DOUBLE_MM, head + row_mm * len(rows) + 1.0)
    _draw_key(canvas, head - 1.0)
    _column_labels(canvas, columns, (left, head, a_column))
    canvas.text(
        DOUBLE_MM - 0.5, head - 0.8 - 2 * line, "excludes 0 in", ROW_POINTS, "right", "bottom"
    )
    canvas.text(
        DOUBLE_MM - 0.5,
        head - 0.8,
        "events/\nunits read",
        ROW_POINTS,
        "right",
        "bottom",
        color=NULL,
    )
    for place, of in enumerate(rows):
        top = head + place * row_mm
        _row_texts(canvas, of, top, row_mm)
        axes = canvas.axes(left, top + 0.4, width, row_mm - 0.8)
        axes.set_xlim(0, last)
        axes.set_ylim(*REACH)
        axes.set_xticks([])
        axes.set_yticks([0, 1], ["0", "1"], fontsize=ROW_POINTS)
        axes.spines["bottom"].set_visible(False)
        axes.axhline(0, color=INK, linewidth=0.5, zorder=1)
        axes.axhline(1, color=NULL, linewidth=0.5, linestyle=(0, (3, 2)), zorder=1)
        for row in of.to_dict("records"):
            _cell(axes, row, columns[row["choice"], row["option"]])
    return None


def _columns(data: "pd.DataFrame") -> tuple[dict[tuple[str, str], float], float]:
    """The middle of each column by choice and option, and the right end, in columns.

    Choices are in the order of `CHOICES`, options of a choice in the order in which effects have them.
    """
    keys = list(dict.fromkeys(zip(data["choice"], data["option"], strict=True)))
    keys.sort(key=lambda key: CHOICES.index(key[0]))
    places: dict[tuple[str, str], float] = {}
    x, before = 0.0, keys[0][0]
    for choice, option in keys:
        x += BETWEEN.get(choice, BETWEEN[""]) if choice != before else 0.0
        places[choice, option] = x + 0.5
        x, before = x + 1, choice
    return places, x


def _column_labels(
    canvas: Canvas,
    columns: Mapping[tuple[str, str], float],
    place: tuple[float, float, float],
) -> None:
    """Options, reading upwards, each with its choice unless that is a heading above them.

    `place` is where columns begin, where their labels end, and the width of a column, in mm.
    """
    left, bottom, a_column = place
    line = line_mm(ROW_POINTS)
    top = bottom - COLUMN_LABELS_MM - line - 1.0
    for choice in dict.fromkeys(choice for choice, _ in columns):
        of = {option: left + x * a_column for (one, option), x in columns.items() if one == choice}
        start, end = min(of.values()) - a_column / 2, max(of.values()) + a_column / 2
        word = GROUPS.get(choice, choice)
        is_headed = choice in GROUPS and width_mm(word, ROW_POINTS) <= end - start
        colour = NULL if choice == UNCORRECTED else INK
        if is_headed:
            canvas.text((start + end) / 2, top, word, ROW_POINTS, "center", color=colour)
            rule = canvas.axes(start, top + line + 0.3, end - start, 0.3)
            rule.set_axis_off()
            rule.axhline(0, color=colour, linewidth=0.5, clip_on=False)
        for option, x in of.items():
            said = " ".join(option.replace("_", " ").split())
            if not is_headed:
                said = f"{word}: {said}" if said else word
            said = wrapped(said, COLUMN_LABELS_MM - 1.5, ROW_POINTS, 1)
            middle = bottom - 0.8 - width_mm(said, ROW_POINTS) / 2
            canvas.side_text(x - 0.45 * line, middle, said, ROW_POINTS)


def _row_texts(canvas: Canvas, of: "pd.DataFrame", top: float, row_mm: float) -> None:
    """Left of a row what was expected, the effect as chosen and whether it survives; right of it, numbers."""
    line = line_mm(ROW_POINTS)
    chosen = of[of["choice"] == CHOSEN].iloc[0]
    lines = max(int((row_mm - 1.0) / line) - 1, 1)
    expected = ("The reverse of: " if chosen["value"] < 0 else "") + str(chosen["hypothesis"])
    hypothesis = wrapped(expected, LABELS_MM - 4.0, ROW_POINTS, lines)
    bounds = f"{chosen['value']:.1f} [{chosen['low']:.1f}, {chosen['high']:.1f}]"
    verdict = "survives" if chosen["survives"] else "does not survive"
    said = f"{bounds.replace('-', '−')}: {verdict}"
    height = (hypothesis.count("\n") + 2) * line
    start = top + (row_mm - height) / 2
    canvas.text(0.5, start, hypothesis, ROW_POINTS)
    canvas.text(0.5, start + height - line, said, ROW_POINTS, weight="bold")
    others = of[~of["choice"].isin((CHOSEN, UNCORRECTED))]
    excluding = sum(map(_is_shown, others.to_dict("records")))
    middle = top + row_mm / 2
    x = canvas.width - 0.5
    canvas.text(x, middle, f"{excluding} of {len(others)}", ROW_POINTS, "right", "bottom")
    n = f"{chosen['events']:,}/{chosen['read']:,}"
    canvas.text(x, middle, n, ROW_POINTS, "right", color=NULL)


def _cell(axes: "Axes", row: Mapping[Any, Any], x: float) -> None:
    """An estimate with its interval, as multiples of the effect as chosen; shaded unless its sign is shown."""
    mark = _mark(row["choice"])
    low, high = sorted((row["relative_low"], row["relative_high"]))
    least, most = REACH
    if not _is_shown(row):
        axes.axvspan(x - 0.5, x + 0.5, color=FAINT, alpha=0.7, linewidth=0, zorder=0)
    axes.axvline(x, color=FAINT, linewidth=0.3, zorder=0)
    axes.plot(
        [x, x], [max(low, least), min(high, most)], color=mark.colour, linewidth=0.8,
        solid_capstyle="butt", zorder=2,
    )  # fmt: skip
    for is_beyond, edge, head in ((low < least, least, "v"), (high > most, most, "^")):
        if is_beyond:
            axes.plot(
                [x],
                [edge],
                head,
                markersize=2.2,
                markeredgewidth=0,
                color=mark.colour,
                clip_on=False,
            )
    if least <= row["relative"] <= most:
        face = "white" if low <= 0 <= high else mark.colour
        axes.plot(
            [x], [row["relative"]], mark.marker, color=mark.colour, markersize=mark.size,
            markeredgewidth=0.6, markerfacecolor=face, zorder=3,
        )  # fmt: skip


def _draw_key(canvas: Canvas, bottom: float) -> None:
    """The marks with their words, in the corner above the rows, down to `bottom` mm."""
    hollow, shaded = "hollow: 0 is in its interval", "shaded: the effect is not shown"
    marks = {
        AS_CHOSEN.word: AS_CHOSEN,
        CORRECTED.word: CORRECTED,
        hollow: CORRECTED,
        RAW.word: RAW,
    }
    words = [*marks, shaded, "1: the effect as chosen; 0: no effect"]
    step = line_mm(ROW_POINTS) + 0.5
    height = step * len(words)
    axes = canvas.axes(0.0, bottom - height, LABELS_MM, height)
    axes.set_axis_off()
    axes.set_xlim(0, LABELS_MM)
    axes.set_ylim(height, 0)
    for place, word in enumerate(words):
        y = (place + 0.5) * step
        if word in marks:
            mark = marks[word]
            axes.plot(
                [1.7], [y], mark.marker, color=mark.colour, markersize=mark.size, markeredgewidth=0.6,
                markerfacecolor="white" if word == hollow else mark.colour,
            )  # fmt: skip
        elif word == shaded:
            axes.fill_between([0.6, 2.8], y - 1, y + 1, color=FAINT, alpha=0.7, linewidth=0)
        canvas.text(4.0, bottom - height + y, word, ROW_POINTS, anchor="middle")


# Coverage in simulated studies.

NOMINAL = 0.95
"""The confidence level of the intervals in benchmarks/coverage_corrected.py."""

MADE_BY = {
    "corrected": ("o", REPOST, True, "corrected by what was read"),
    "counted": ("D", COMPOSITION, False, "from what is reported"),
}
"""How each method of the benchmark is drawn; readings alone are not."""


class Panel(NamedTuple):
    """What one panel shows: rows of an estimand with or without an effect, and which share is right.

    Without an effect, that is the share of intervals that miss it.
    """

    heading: str
    estimand: str
    with_effect: bool | None
    nominal: float


PANELS = (
    Panel("a rate:\nintervals that hold it", "rate", None, NOMINAL),
    Panel("a difference:\nintervals that hold it", "difference", True, NOMINAL),
    Panel("no difference:\nstudies that find one", "difference", False, 1 - NOMINAL),
)
PAD = 1.2
"""Room beside the outermost places, in distances between places."""

ZOOMED = 0.15
"""Part of the axis, around what is right, that is drawn larger."""


def coverage(data: "pd.DataFrame") -> Figure:
    """How often intervals hold the truth in simulated studies, from the table of the benchmark."""
    import pandas as pd

    shown = pd.concat([_panel(data, number) for number in range(len(PANELS))], ignore_index=True)
    held = {method: of["coverage"].mean() for method, of in shown.groupby("method")}
    wrong = shown[shown["panel"] == 2].groupby("method")["value"].mean()
    title = (
        f"Corrected {NOMINAL:.0%} intervals hold the truth in {held.get('corrected', np.nan):.0%} of simulated "
        f"studies, raw ones in {held.get('counted', np.nan):.0%}; a difference where there is none is found in "
        f"{wrong.get('corrected', np.nan):.0%} and {wrong.get('counted', np.nan):.0%}"
    )
    studies = int(data["studies"].iloc[0]) if len(data) else 0
    settings = shown[["precision", "misses", "events", "reads", "per_1000_words", "effect"]]
    least = shown.groupby(["panel", "per_1000_words", "reads", "method"]).size().min()
    said = [
        "Simulated studies of a machine that is often wrong, more often so in one condition, and that misses "
        "moves: share of studies whose interval holds the true rate or difference, and share that find a "
        "difference where there is none, by how often the move occurs and how many units are read.",
        "Small marks are settings (precision, misses, events); large ones, with numbers, their means, of "
        f"{least} settings or more. Line: what is right for {NOMINAL:.0%} intervals; band: where {NOMINAL:.0%} "
        f"of settings would lie by the chance of {studies:,} simulated studies. The part of each axis around "
        "the line is drawn larger.",
        f"n = {len(settings.drop_duplicates()):,} settings, {studies:,} studies each.",
    ]
    return Figure("coverage", title, " ".join(said), plot_coverage, shown)


def _panel(data: "pd.DataFrame", number: int) -> "pd.DataFrame":
    """The rows of a panel by the methods of `MADE_BY`, with the share that it shows and its interval."""
    panel = PANELS[number]
    of = (data["estimand"] == panel.estimand) & data["method"].isin(MADE_BY)
    if panel.with_effect is not None:
        of &= (data["effect"] != 0) == panel.with_effect
    value, low, high = (data.loc[of, f"coverage{end}"] for end in ("", "_low", "_high"))
    if panel.with_effect is False:
        value, low, high = 1 - value, 1 - high, 1 - low
    return data[of].assign(panel=number, value=value, low=low, high=high)


def plot_coverage(drawing: "Drawing", data: "pd.DataFrame", params: FigureParams) -> None:
    """Draw a panel for each kind of truth, with the means of the settings by rate and units read."""
    points = small(params)
    canvas = Canvas(drawing, DOUBLE_MM, 72)
    if data.empty:
        return nothing(canvas, params, "Nothing was simulated.")
    head, foot, left_mm, gap = 3 * line_mm(points) + 3.5, 13.0, 9.0, 11.0
    width = (DOUBLE_MM - left_mm - gap * (len(PANELS) - 1) - SIDE_MM) / len(PANELS)
    height = canvas.height - head - foot
    groups = (
        data[["per_1000_words", "reads"]].drop_duplicates().sort_values(["per_1000_words", "reads"])
    )
    rates = list(dict.fromkeys(groups["per_1000_words"]))
    xs = {
        (rate, reads): place + 0.9 * rates.index(rate)
        for place, (rate, reads) in enumerate(groups.itertuples(index=False, name=None))
    }
    for place, panel in enumerate(PANELS):
        left = left_mm + place * (width + gap)
        canvas.text(left + width / 2, line_mm(points) + 2.5, panel.heading, points, "center")
        of = data[data["panel"] == place]
        for axes, limits in _broken(canvas, panel.nominal, left, head, width, height):
            axes.set_xlim(-PAD, max(xs.values()) + PAD)
            _nominal(axes, panel.nominal, int(data["studies"].iloc[0]))
            for (rate, reads), x in xs.items():
                here = of[(of["per_1000_words"] == rate) & (of["reads"] == reads)]
                for method, some in here.groupby("method"):
                    _settings(axes, some["value"].to_numpy(float), x, str(method), limits)
            axes.set_xticks([])
        for (_, reads), x in xs.items():
            at = left + (x + PAD) / (max(xs.values()) + 2 * PAD) * width
            canvas.text(at, head + height + 1.0, f"{reads:,.0f}", points, "center")
        for rate in rates:
            middle = float(np.mean([x for (of_rate, _), x in xs.items() if of_rate == rate]))
            at = left + (middle + PAD) / (max(xs.values()) + 2 * PAD) * width
            said = f"{number(rate)} moves per\n1,000 words"
            canvas.text(at, head + height + 1.4 + line_mm(points), said, points, "center")
        if place == 0:
            canvas.text(0.5, head + height + 1.0, "read:", points)
            canvas.side_text(0.5, head + height / 2, "% of studies", points)
    x = left_mm
    for marker, colour, filled, word in MADE_BY.values():
        _point(canvas, x, 0.8 + line_mm(points) / 2, marker, colour, filled)
        canvas.text(x + 2.0, 0.8, word, points)
        x += width_mm(word, points) + 8
    return None


def _point(canvas: Canvas, x: float, y: float, marker: str, colour: str, filled: bool) -> None:
    axes = canvas.axes(x - 1, y - 1, 2, 2)
    axes.set_axis_off()
    axes.plot(
        [0], [0], marker, color=colour, markersize=3.4, markeredgewidth=0.8,
        markerfacecolor=colour if filled else "white",
    )  # fmt: skip


def _broken(
    canvas: Canvas, nominal: float, left: float, top: float, width: float, height: float
) -> "Sequence[tuple[Axes, tuple[float, float]]]":
    """Two axes, one above the other: the part around `nominal`, drawn larger, and the rest."""
    near = (1 - ZOOMED, 1.0) if nominal > 0.5 else (0.0, ZOOMED)
    rest = (0.0, near[0]) if nominal > 0.5 else (near[1], 1.0)
    large, little = 0.58 * height, 0.38 * height
    above = large if nominal > 0.5 else little
    found = []
    for limits in (near, rest):
        is_upper = limits[1] == 1.0
        axes = canvas.axes(
            left, top if is_upper else top + height - (height * 0.96 - above), width,
            above if is_upper else height * 0.96 - above,
        )  # fmt: skip
        margin = 0.012 if limits == near else 0.0
        axes.set_ylim(limits[0] - margin * (limits[0] == 0), limits[1] + margin * is_upper)
        ticks = np.linspace(*limits, 4) if limits == near else np.linspace(0, 1, 6)
        ticks = ticks[(ticks >= limits[0]) & (ticks <= limits[1])]
        axes.set_yticks(ticks, [f"{100 * tick:.0f}" for tick in ticks])
        axes.spines["bottom"].set_visible(not is_upper)
        found.append((axes, limits))
    return found


def _nominal(axes: "Axes", nominal: float, studies: int) -> None:
    chance = 1.96 * np.sqrt(nominal * (1 - nominal) / studies)
    axes.axhspan(nominal - chance, nominal + chance, color=FAINT, alpha=0.6, linewidth=0, zorder=0)
    axes.axhline(nominal, color=INK, linewidth=0.6, zorder=1)


def _settings(
    axes: "Axes", values: "np.ndarray", x: float, method: str, limits: tuple[float, float]
) -> None:
    """The settings of a method at one place as small marks, beside their mean with its number."""
    marker, colour, filled, _ = MADE_BY[method]
    side = -0.17 if method == "corrected" else 0.17
    inside = values[(values >= limits[0]) & (values <= limits[1])]
    axes.plot(
        [x + side] * len(inside), inside, "_", color=colour, markersize=2.5, markeredgewidth=0.3,
        alpha=0.6, zorder=2,
    )  # fmt: skip
    mean = float(values.mean())
    if limits[0] <= mean < limits[1] or (mean == limits[1] == 1.0):
        axes.plot(
            [x + side], [mean], marker, color=colour, markersize=3.4, markeredgewidth=0.8,
            markerfacecolor=colour if filled else "white", zorder=4,
        )  # fmt: skip
        axes.annotate(
            f"{100 * mean:.0f}", (x + side, mean), (3 * np.sign(side), 0), textcoords="offset points",
            ha="right" if side < 0 else "left", va="center", fontsize=5.2, color=INK,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.3, "alpha": 0.8}, zorder=5,
        )  # fmt: skip
