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

# Specification curves.

COLUMNS = 3
CURVE_MM, ROW_MM, HEADING_LINES = 26.0, 2.2, 4
ROW_POINTS = 5.2


def specifications(data: "pd.DataFrame", effects: "pd.DataFrame", params: EffectsParams) -> Figure:
    """The specification curve of each effect that is found.

    `data` is specifications.csv, `effects` effects.csv.
    """
    is_found = (effects["q"] < params.fdr) & (effects["family"] != CHECK)
    found = effects.loc[is_found, ["estimand", "hypothesis", "read"]]
    shown = found.merge(data.fillna({"option": ""}), on="estimand", how="inner")
    holds = shown.drop_duplicates("estimand")["survives"].astype(bool)
    title = f"{int(holds.sum())} of {len(holds)} effects that are found survive other defensible choices"
    said = [
        "Each effect that is found, under every other choice, one changed at a time. Above, the estimates by "
        f"size, with {params.interval:.0%} intervals by event: as chosen (dark square), under another choice "
        "(circles), and, apart from these in grey, without correction (diamonds). Below, which choice each is.",
        "An effect survives if it has its sign under all corrected choices, and its interval excludes 0 under "
        "nine in ten of them. Each panel has a scale of its own.",
        _numbers(shown),
    ]
    order = [list(found["estimand"]).index(name) for name in shown["estimand"]]
    sorted_rows = shown.assign(order=order, raw=shown["choice"] == UNCORRECTED).sort_values(
        ["order", "raw", "value"], kind="stable"
    )
    return Figure(
        "specifications", title, " ".join(said), plot_specifications,
        sorted_rows.drop(columns=["order", "raw"]).reset_index(drop=True),
    )  # fmt: skip


def _numbers(data: "pd.DataFrame") -> str:
    """n of each effect as chosen, for a caption."""
    chosen = data[data["choice"] == CHOSEN]
    parts = [
        f"{row['estimand']} {row['events']:,} events, {row['read']:,} units read"
        for row in chosen.to_dict("records")
    ]
    return f"n: {'; '.join(parts)}." if parts else "n = 0."


def plot_specifications(drawing: "Drawing", data: "pd.DataFrame", params: FigureParams) -> None:
    """Draw a curve for each effect, with a row for each choice below it."""
    points = small(params)
    panels = [of for _, of in data.groupby("estimand", sort=False)]
    if not panels:
        return nothing(Canvas(drawing, DOUBLE_MM, 20), params, "No effect is found.")
    gap, line = 4.0, line_mm(points)
    width = (DOUBLE_MM - gap * (COLUMNS - 1) - SIDE_MM) / COLUMNS
    labels = max(width_mm(_choice(row), ROW_POINTS) for row in data.to_dict("records"))
    labels = min(labels + 2.0, 0.48 * width)
    lines = [panels[n : n + COLUMNS] for n in range(0, len(panels), COLUMNS)]
    head = HEADING_LINES * line + 1.5
    heights = [head + CURVE_MM + 2.0 + ROW_MM * max(len(of) for of in some) + 4.0 for some in lines]
    canvas = Canvas(drawing, DOUBLE_MM, sum(heights))
    for some, top in zip(lines, np.cumsum([0, *heights[:-1]]), strict=True):
        for place, of in enumerate(some):
            left = place * (width + gap)
            _heading(canvas, of, left, top, width, params)
            across = width - labels
            xs = _columns(of)
            curve = canvas.axes(left + labels, top + head, across, CURVE_MM)
            _curve(curve, of, xs)
            canvas.side_text(
                left + labels - 9.0, top + head + CURVE_MM / 2, "moves per 1,000 words", ROW_POINTS
            )
            below = canvas.axes(
                left + labels, top + head + CURVE_MM + 2.0, across, ROW_MM * len(of)
            )
            _choices(canvas, below, of, xs, (left, left + labels, top + head + CURVE_MM + 2.0))
    return None


def _heading(
    canvas: Canvas, of: "pd.DataFrame", left: float, top: float, width: float, params: FigureParams
) -> None:
    """The hypothesis, and below it the effect as chosen and whether it survives."""
    points = small(params)
    hypothesis = wrapped(str(of["hypothesis"].iloc[0]), width - 2, points, HEADING_LINES - 1)
    chosen = of[of["choice"] == CHOSEN].iloc[0]
    bounds = f"{chosen['value']:.1f} [{chosen['low']:.1f}, {chosen['high']:.1f}]"
    verdict = "survives" if chosen["survives"] else "does not survive"
    canvas.text(left + 1, top + 0.5, hypothesis, points)
    y = top + 0.5 + (hypothesis.count("\n") + 1) * line_mm(points)
    said = f"{bounds.replace('-', '−')}: {verdict}"
    canvas.text(left + 1, y, said, points, weight="bold")


def _columns(of: "pd.DataFrame") -> "np.ndarray":
    """The place of each estimate from left to right: corrected ones, then raw ones after a gap."""
    return np.arange(len(of)) + 1.0 * (of["choice"] == UNCORRECTED).to_numpy(bool)


def _style(choice: str) -> dict[str, Any]:
    """The mark of an estimate under a choice."""
    if choice == CHOSEN:
        return {"marker": "s", "color": INK, "markerfacecolor": INK}
    if choice == UNCORRECTED:
        return {"marker": "D", "color": NULL, "markerfacecolor": "white"}
    return {"marker": "o", "color": REPOST, "markerfacecolor": REPOST}


def _curve(axes: "Axes", of: "pd.DataFrame", xs: "np.ndarray") -> None:
    for x, row in zip(xs, of.to_dict("records"), strict=True):
        style = _style(row["choice"])
        axes.plot([x, x], [row["low"], row["high"]], color=style["color"], linewidth=0.8)
        axes.plot([x], [row["value"]], linestyle="", markersize=2.4, markeredgewidth=0.6, **style)
    axes.axhline(0, color=INK, linewidth=0.5)
    _across(axes, xs)
    axes.tick_params(labelsize=ROW_POINTS)
    axes.yaxis.set_major_formatter(lambda value, _: number(value))


def _choices(
    canvas: Canvas,
    axes: "Axes",
    of: "pd.DataFrame",
    xs: "np.ndarray",
    place: tuple[float, float, float],
) -> None:
    """A row for each choice with the mark of its estimate, in the order of `CHOICES`.

    `place` is where labels begin, where the axes begin, and their top, in mm.
    """
    left, right, top = place
    keys = zip(map(CHOICES.index, of["choice"]), of["option"], range(len(of)), strict=True)
    rows = [n for *_, n in sorted(keys)]
    axes.set_ylim(len(of), 0)
    records = of.to_dict("records")
    for line, n in enumerate(rows):
        row = records[n]
        y = line + 0.5
        axes.axhline(y, color=FAINT, linewidth=0.3, zorder=0)
        axes.plot(
            [xs[n]], [y], linestyle="", markersize=2.2, markeredgewidth=0.6, **_style(row["choice"])
        )
        label = wrapped(_choice(row), right - left - 1.0, ROW_POINTS, 1)
        colour = NULL if row["choice"] == UNCORRECTED else INK
        canvas.text(
            right - 1.0, top + y * ROW_MM, label, ROW_POINTS, "right", "middle", color=colour
        )
    _across(axes, xs)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.spines["bottom"].set_visible(False)


def _across(axes: "Axes", xs: "np.ndarray") -> None:
    axes.set_xlim(-0.7, max(xs) + 0.7)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)


def _choice(row: Mapping[Any, Any]) -> str:
    """The label of a choice."""
    words = {
        "weights": "",
        "clusters": "",
        "units": "",
        "without": "without ",
        UNCORRECTED: "raw: ",
    }
    choice, option = str(row["choice"]), str(row["option"]).replace("_", " ")
    return words.get(choice, f"{choice} ") + option if option else choice


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
PAD = 0.9
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
