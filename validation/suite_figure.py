"""Figure `scores`: every measure next to its baselines, human annotators, and published scores."""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reframing.documents.params import FigureParams, ValidateParams
from reframing.figures.dot_rows import set_ticks
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

SIDE_MM, KEY_MM, HEAD_MM, TICKS_MM, ROW_MM = 1.0, 5.5, 4.6, 5.6, 4.0
STEP_MM = 4.0
"""Gap between the entries of the key, in mm."""


class Mark(NamedTuple):
    """How one kind of system is drawn: kinds of the table, marker, colour, filled or not, size, lift, label.

    `lift` moves the mark up from the middle of its row, in rows.
    """

    kinds: tuple[str, ...]
    marker: str
    colour: str
    filled: bool
    size: float
    lift: float
    word: str


MARKS = {
    "trivial": Mark(("trivial",), ".", NULL, True, 4.0, 0.0, "trivial baseline"),
    "usual": Mark(("word list", "other method"), "x", NULL, True, 3.2, 0.0, "usual method"),
    "people": Mark(("people",), "s", INK, False, 3.2, 0.0, "another annotator"),
    "published": Mark((), "^", INK, False, 3.4, 0.0, "published"),
    "lexicon": Mark(("profile",), "D", COMPOSITION, True, 2.8, -0.22, "profile lexicon"),
    "full": Mark(("profile",), "o", REPOST, True, 3.6, 0.22, "profile full"),
}
"""Marks by kind of system, in drawing order from back to front."""

PROFILES = ("lexicon", "full")
BASELINES = ("trivial", "usual")
TO_REACH = "score to reach"

PANELS = {
    "F1": "F1 of what is marked",
    "macro-F1": "Macro-F1 of classes",
    "balanced accuracy": "Balanced accuracy (chance .5)",
    "AUC": "Area under the curve, AUC (chance .5)",
    "share right": "Share right",
    "Pearson r": "Pearson correlation",
}
"""Headings of the panels by metric, in their order; metrics that are not listed follow under their own name."""


def scores(data: "pd.DataFrame", params: ValidateParams) -> Figure:
    """The figure with its caption, from the scores in results/tables/validation.csv."""
    said = [
        "Scores of every measure on gold that others annotated, one metric a panel; on the embedded sample for "
        "quotations and one row of sentence boundaries, which prove only that the parts work.",
        f"Lines are {params.interval:.0%} percentile bootstraps by document ({params.resamples:,} resamples).",
        "Trivial baselines: a majority, chance, or nothing marked. Usual methods: listed words are counted, "
        "VADER, shared words or nearest names; of several in a row each is drawn.",
        "Published scores were reported on other splits where results/validation.json says so. A black tick is "
        "the score that was to be reached, set before anything was trained.",
        "A measure counts as above every baseline where its whole interval is above the best one's score, and "
        "as level with another annotator where the annotator's score is not above its interval.",
        f"n of each row is at the right{_people(data)}.",
        _numbers(data),
    ]
    shown = data.reset_index(drop=True)
    return Figure("scores", finding(data), " ".join(said), plot_scores, shown)


def finding(data: "pd.DataFrame") -> str:
    """The title: in how many measures the profile is above each baseline, and level with another annotator.

    It is above where its whole interval lies above the score of the best baseline, and level where the score of
    the annotator is not above its interval.
    """
    systems = set(data.loc[data["kind"] == "profile", "system"])
    name = next((profile for profile in reversed(PROFILES) if profile in systems), "")
    compared = above = people = near = 0
    for _, rows in data.groupby("measure", sort=False):
        own = drawn(rows, name) if name else []
        if not own:
            continue
        ((score, low, high),) = own
        others = [one[0] for kind in BASELINES for one in drawn(rows, kind)]
        annotators = [one[0] for one in drawn(rows, "people")]
        compared += bool(others)
        above += bool(others) and (low if not np.isnan(low) else score) > max(others)
        people += bool(annotators)
        near += bool(annotators) and max(annotators) <= high
    if not compared:
        return "Scores of the measures on gold"
    title = f"Profile {name} is above every baseline in {above} of {compared} measures"
    return title + (f", and level with another annotator in {near} of {people}" if people else "")


def _people(data: "pd.DataFrame") -> str:
    """What the caption says of the texts that a second annotator marked."""
    people = data.loc[data["kind"] == "people", ["n_documents"]].drop_duplicates()
    counts = " or ".join(f"{n:,}" for n in people["n_documents"])
    return f"; another annotator marked {counts} of the documents" if counts else ""


def _numbers(data: "pd.DataFrame") -> str:
    """The number of items behind each measure; equal numbers on the same data are listed once."""
    last = data.drop_duplicates("measure", keep="last")[["data", "n", "unit"]]
    parts = dict.fromkeys(f"{name} {n:,} {unit}" for name, n, unit in last.to_numpy())
    return f"n: {'; '.join(parts)}."


def panel_of(metric: str) -> str:
    """The metric in whose panel a measure is drawn: spans that overlap, tokens and exact spans have F1."""
    base = metric.split(",")[0]
    return "F1" if base.endswith(" F1") else base


def plot_scores(drawing: "Drawing", data: "pd.DataFrame", params: FigureParams) -> None:
    """Draw one panel a metric with one row a measure, and a key above."""
    metrics = data["metric"].map(panel_of)
    order = [*PANELS, *(metric for metric in metrics.unique() if metric not in PANELS)]
    panels = [(metric, data[metrics == metric]) for metric in order if (metrics == metric).any()]
    points = small(params)
    counts = {str(slug): _count(rows) for slug, rows in data.groupby("measure")}
    left = max((width_mm(_label(slug), points) for slug in counts), default=0.0) + 2 * SIDE_MM + 2
    right = max((width_mm(count, points) for count in counts.values()), default=0.0) + 4
    rows = data["measure"].nunique()
    height = KEY_MM + len(panels) * (HEAD_MM + TICKS_MM) + ROW_MM * rows
    canvas = Canvas(drawing, DOUBLE_MM, height)
    top = KEY_MM
    for metric, of in panels:
        slugs = list(dict.fromkeys(of["measure"]))
        inside = ROW_MM * len(slugs)
        heading = PANELS.get(metric, metric)
        canvas.text(left, top + 1.0, heading, params.font_size, weight="bold")
        top += HEAD_MM
        axes = _axes(canvas, of, left, top, DOUBLE_MM - left - right, inside)
        for row, slug in enumerate(slugs):
            y = top + ROW_MM * (row + 0.5)
            _row(axes, row, of[of["measure"] == slug])
            canvas.text(left - SIDE_MM - 1, y, _label(slug), points, "right", "middle")
            canvas.text(DOUBLE_MM - SIDE_MM, y, counts[slug], points, "right", "middle", color=NULL)
        top += inside + TICKS_MM
    _key(canvas, data, params)


def _label(slug: str) -> str:
    """The name of a measure with what its metric has besides the name of its panel."""
    measure = BY_SLUG[slug]
    base, *rest = measure.metric.split(", ")
    kind = base.removesuffix("F1").strip(" -") if panel_of(measure.metric) == "F1" else ""
    return ", ".join(part for part in (measure.title, kind, *rest) if part)


def _count(rows: "pd.DataFrame") -> str:
    """n of a measure with its unit: of the profiles, where there are any."""
    own = rows[rows["kind"] == "profile"]
    n, unit = (rows if own.empty else own)[["n", "unit"]].to_numpy()[0]
    return f"{n:,} {unit}"


def _axes(
    canvas: Canvas, data: "pd.DataFrame", left: float, top: float, width: float, height: float
) -> "Axes":
    """Axes that reach from the smallest number drawn, rounded down to a tenth, to 1."""
    axes = canvas.axes(left, top, width, height)
    axes.set_ylim(height / ROW_MM - 0.5, -0.5)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    shown = data[["score", "low", "target", "published"]].to_numpy(float)
    known = shown[~np.isnan(shown)]
    least = min(0.9, np.floor(10 * known.min() + 1e-9) / 10) if known.size else 0.0
    set_ticks(axes, least, 1.0, 6)
    axes.set_xlim(least - 0.01 * (1 - least), 1 + 0.01 * (1 - least))
    return axes


def _row(axes: "Axes", row: int, data: "pd.DataFrame") -> None:
    """One measure: its score to reach as a tick, then baselines, annotators, published score, profiles."""
    axes.axhline(row, color=FAINT, linewidth=0.4, zorder=0)
    target = data["target"].iloc[0]
    if not np.isnan(target):
        axes.plot([target, target], [row - 0.4, row + 0.4], color=INK, linewidth=0.9, zorder=1)
    for name, mark in MARKS.items():
        y = row - mark.lift
        for score, low, high in drawn(data, name):
            front = name in PROFILES
            width = 0.9 if front else 0.5
            axes.plot([low, high], [y, y], color=mark.colour, linewidth=width, zorder=2 + front)
            _dot(axes, score, y, mark, front)


def drawn(data: "pd.DataFrame", name: str) -> list[tuple[float, float, float]]:
    """(score, low, high) of each system drawn under one name of `MARKS`, from the rows of one measure."""
    if name == "published":
        score = data["published"].iloc[0]
        return [] if np.isnan(score) else [(score, score, score)]
    rows = data[data["kind"].isin(MARKS[name].kinds) & data["score"].notna()]
    if name in PROFILES:
        rows = rows[rows["system"] == name]
    return [tuple(row) for row in rows[["score", "low", "high"]].to_numpy(float)]


def _dot(axes: "Axes", x: float, y: float, mark: Mark, front: bool) -> None:
    axes.plot(
        [x], [y], mark.marker, color=mark.colour, markersize=mark.size, markeredgewidth=0.8,
        markerfacecolor=mark.colour if mark.filled else "white", clip_on=False, zorder=3 + front,
    )  # fmt: skip


def _key(canvas: Canvas, data: "pd.DataFrame", params: FigureParams) -> None:
    """The marks that occur in the figure, with their labels, in one line above the panels."""
    shown = [
        mark
        for name, mark in MARKS.items()
        if any(drawn(part, name) for _, part in data.groupby("measure"))
    ]
    x, y = 2.0, line_mm(small(params)) / 2 + 0.8
    axes = canvas.axes(0, 0, canvas.width, 2 * y)
    axes.set_axis_off()
    axes.set_xlim(0, canvas.width)
    axes.set_ylim(-1, 1)
    for mark in shown:
        _dot(axes, x, 0, mark, front=True)
        x = _word(canvas, x, y, mark.word, params)
    if data["target"].notna().any():
        axes.plot([x, x], [-0.75, 0.75], color=INK, linewidth=0.9)
        _word(canvas, x, y, TO_REACH, params)


def _word(canvas: Canvas, x: float, y: float, word: str, params: FigureParams) -> float:
    """Write the label of a mark at `x`; returns where the next mark stands."""
    canvas.text(x + 1.8, y, word, small(params), anchor="middle")
    return x + 1.8 + width_mm(word, small(params)) + STEP_MM
