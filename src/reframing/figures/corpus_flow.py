"""Figure `flow`: from the articles read to the units studied, with what was excluded, as CONSORT draws trials.

A diagram of the table `flow` (`reframing.statistics.flow`): boxes from top to bottom, what is excluded to the
right, and at the foot one column for each condition (Schulz et al. 2010; Page et al. 2021).
"""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from reframing.documents.params import FigureParams
from reframing.documents.records import RELATIONS
from reframing.figures.caption import Study, counted
from reframing.figures.dot_rows import kind_label
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
from reframing.statistics.flow import STUDIED

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

CHOSEN = (*STUDIED, "revision", "independent")
"""Conditions of pairs that are chosen among candidates."""
MADE = "copy"
"""The condition of pairs that are made from the texts; no arrow leads to them."""

MOST_DETAILS = 8
"""Lines of a box below its heading; the rest is summed."""

PAD_MM, GAP_MM, FORK_MM, SIDE_GAP_MM, COLUMN_GAP_MM = 1.2, 3.6, 5.0, 5.0, 2.0
EDGE_MM, BETWEEN_MM = 0.4, 1.2
MAIN_SHARE = 0.52
"""Share of the width for the boxes of the main path; what is excluded has the rest."""

SHADE = "#f3f3f3"
"""Fill of boxes that lead no further, and of null comparisons."""


class Box(NamedTuple):
    """A box: a heading with its number, and lines of details with theirs."""

    heading: str
    number: int
    details: tuple[tuple[str, str], ...] = ()


class Frame(NamedTuple):
    """Where a box is drawn, in mm; what stands `aside` is shaded."""

    left: float
    top: float
    width: float
    height: float
    aside: bool = False
    edge: str = INK


class Words(NamedTuple):
    """How parts of the flow are called: where pairs have a direction, and where they have none."""

    studied: str
    sentences: str
    linked: str
    unlinked: str
    alone: tuple[str, str]


DIRECTED = Words(
    "Reposts", "sentences of originals", "carried over", "left out by the repost",
    ("in the original alone", "in the repost alone"),
)  # fmt: skip
UNDIRECTED = Words(
    "Versions", "sentences", "shared", "not shared", ("in this version alone", "in the other alone"),
)  # fmt: skip


def flow(study: Study) -> Figure:
    """The figure `flow`: counts of articles, pairs, sentences and units, and of what was excluded."""
    data = study.tables["flow"].fillna({"condition": "", "detail": ""}).astype({"detail": str})
    words = DIRECTED if study.directed else UNDIRECTED
    counts = Counts(data)
    read, studied = (counts.total("articles", part=part) for part in ("read", "studied"))
    verb = "is" if 1 in (read, studied) else "are"
    title = f"{studied:,} of {counted(read, 'article')} {verb} in a studied pair"
    return Figure("flow", title, _caption(study, words), partial(plot_flow, words=words), data)


def plot_flow(drawing: "Drawing", data: "pd.DataFrame", params: FigureParams, words: Words) -> None:
    """Draw the main path with what is excluded, and below it one column for each condition."""
    counts = Counts(data)
    path, arms = main_path(counts, words), columns(counts, words)
    main = MAIN_SHARE * params.width_mm
    side = params.width_mm - main - SIDE_GAP_MM - 2 * EDGE_MM
    steps, foot = _steps(path, main, side, bool(arms), params)
    widths = _column_widths(len(arms), params.width_mm - 2 * EDGE_MM)
    lines = _column_lines(arms, widths, params)
    heights = [max(map(sum, row)) + 2 * PAD_MM for row in lines]
    below = sum(heights) + GAP_MM * max(len(heights) - 1, 0)
    canvas = Canvas(drawing, params.width_mm, foot + below + EDGE_MM)
    axes = canvas.axes(0, 0, canvas.width, canvas.height)
    axes.set(xlim=(0, canvas.width), ylim=(canvas.height, 0))
    axes.axis("off")
    stem = EDGE_MM + main / 2
    middles = dict(zip(arms, _middles(widths), strict=True))
    for number, ((box, out), (top, middle)) in enumerate(zip(path, steps, strict=True)):
        bottom = top + _height(box, main, params)
        _draw(canvas, axes, box, Frame(EDGE_MM, top, main, bottom - top), params)
        if out:
            left = EDGE_MM + main + SIDE_GAP_MM
            _arrow(axes, (stem, middle), (left, middle))
            height = _height(out, side, params)
            aside = Frame(left, middle - height / 2, side, height, aside=True)
            _draw(canvas, axes, out, aside, params)
        if number < len(path) - 1:
            _arrow(axes, (stem, bottom), (stem, steps[number + 1][0]))
        elif arms:
            chosen = [middle for name, middle in middles.items() if name != MADE]
            _fork(axes, stem, bottom, foot, chosen)
    if MADE in middles:
        canvas.text(
            middles[MADE], foot - 0.6, "made, not chosen", small(params), "center", "bottom",
            color=NULL,
        )  # fmt: skip
    left = EDGE_MM
    for column, (condition, boxes) in enumerate(arms.items()):
        y, width, null = foot, widths[column], condition in NULLS
        for number, (box, height) in enumerate(zip(boxes, heights, strict=True)):
            if number:
                _arrow(axes, (left + width / 2, y - GAP_MM), (left + width / 2, y))
            frame = Frame(left, y, width, height, null, INK if null else REPOST)
            _draw(canvas, axes, box, frame, params, lines[number][column])
            y += height + GAP_MM
        left += width + COLUMN_GAP_MM


class Counts:
    """The numbers of a table `flow`."""

    def __init__(self, data: "pd.DataFrame") -> None:
        self.data = data

    def rows(self, step: str, **only: str) -> "pd.DataFrame":
        """The rows of a step, with these values in other columns."""
        found = self.data[self.data["step"] == step]
        for column, value in only.items():
            found = found[found[column] == value]
        return found

    def total(self, step: str, **only: str) -> int:
        """The sum of such rows."""
        return int(self.rows(step, **only)["count"].sum())

    def by_detail(self, step: str, **only: str) -> dict[str, int]:
        """The sum of such rows by detail, the greatest first."""
        sums = self.rows(step, **only).groupby("detail")["count"].sum()
        ordered = sorted(sums.items(), key=lambda one: (-one[1], one[0]))
        return {str(detail): int(n) for detail, n in ordered}


def main_path(counts: Counts, words: Words) -> list[tuple[Box, Box | None]]:
    """The boxes of the main path from top to bottom, each with what is excluded below it."""
    in_pairs = counts.total("articles", part="studied")
    kept = counts.total("articles", part="kept")
    ours = "in a studied pair", f"{in_pairs:,}"
    others = "in none", f"{kept - in_pairs:,}"
    path = [
        (
            Box("Articles read", counts.total("articles", part="read")),
            _excluded("Excluded", counts.by_detail("articles", part="dropped")),
        ),
        (Box("Articles kept", kept, (ours, others)), None),
    ]
    candidates = counts.by_detail("candidates")
    out = _excluded("Pairs excluded", counts.by_detail("pairs", part="excluded"))
    if not candidates:
        return [path[0], (path[1][0], out)]
    relations = {name: candidates[name] for name in RELATIONS if name in candidates}
    by_relation = tuple((name.replace("-", " "), f"{n:,}") for name, n in relations.items())
    not_chosen = counts.total("candidates", part="not chosen")
    path.append(
        (
            Box("Candidate pairs", sum(relations.values()), by_relation),
            Box("Not chosen", not_chosen) if not_chosen else None,
        )
    )
    both = sum(n for name in CHOSEN for n in counts.by_detail("pairs", condition=name).values())
    orders = () if words is DIRECTED else (("read in both orders", f"{both:,}"),)
    chosen = counts.total("candidates", part="chosen")
    return [*path, (Box("Pairs chosen", chosen, orders), out)]


def columns(counts: Counts, words: Words) -> dict[str, tuple[Box, Box, Box]]:
    """Boxes of pairs, sentences and units by condition, the studied one first."""
    return {name: _column(counts, words, name) for name in _conditions(counts)}


def _conditions(counts: Counts) -> list[str]:
    """The conditions of which pairs are studied."""
    found = set(counts.rows("pairs", part="studied")["condition"])
    return [name for name in (*STUDIED, *reversed(NULLS)) if name in found]


def _column(counts: Counts, words: Words, condition: str) -> tuple[Box, Box, Box]:
    """The boxes of a condition; those of a null stand in the lines of the first column and repeat no names."""
    null = condition in NULLS
    kinds = counts.by_detail("pairs", part="studied", condition=condition)
    linked, unlinked = (
        counts.total("sentences", part=part, condition=condition)
        for part in ("linked", "not linked")
    )
    of_units = [
        counts.total("units", part=part, condition=condition)
        for part in ("links", "original alone", "repost alone")
    ]

    def box(heading: str, number: int, names: Sequence[str], numbers: Sequence[str]) -> Box:
        shown = [""] * len(names) if null else names
        return Box("" if null else heading, number, tuple(zip(shown, numbers, strict=True)))

    both = linked + unlinked
    shares = _part(linked, both), _part(unlinked, both)
    return (
        Box(NULLS[condition].capitalize(), sum(kinds.values()))
        if null
        else Box(
            words.studied,
            sum(kinds.values()),
            _lines({kind_label(kind): n for kind, n in kinds.items()}),
        ),
        box("Sentences", both, (words.linked, words.unlinked), shares),
        box("Units", sum(of_units), ("linked", *words.alone), [f"{n:,}" for n in of_units]),
    )


def _part(number: int, whole: int) -> str:
    """A number with its percentage, in which only nothing is 0% and only all is 100%."""
    if not whole:
        return f"{number:,}"
    percent = f"{100 * number / whole:.0f}%"
    if number and percent == "0%":
        percent = "<1%"
    elif number < whole and percent == "100%":
        percent = ">99%"
    return f"{number:,} ({percent})"


def _excluded(heading: str, reasons: dict[str, int]) -> Box | None:
    return Box(heading, sum(reasons.values()), _lines(reasons)) if reasons else None


def _lines(numbers: dict[str, int]) -> tuple[tuple[str, str], ...]:
    """Names with their numbers; where there are too many, the last ones as a sum."""
    items = list(numbers.items())
    if len(items) > MOST_DETAILS:
        rest = items[MOST_DETAILS - 1 :]
        items = [*items[: MOST_DETAILS - 1], (f"{len(rest)} others", sum(n for _, n in rest))]
    return tuple((name, f"{n:,}") for name, n in items)


def _caption(study: Study, words: Words) -> str:
    events = study.count(study.condition, "events")
    once = (
        "A sentence of an original counts once for each of its reposts."
        if study.directed
        else "Which version came first is not known: each pair counts in both orders, and so do its "
        "sentences and units."
    )
    nulls = [NULLS[name] for name in NULLS if study.count(name, "pairs")]
    parts = [
        "From the articles read to the units studied: articles; candidates, which are two articles that "
        f"share text or an event; and, at the foot, {' and '.join([words.studied.lower(), *nulls])}, with "
        f"their pairs, {words.sentences} by whether the other text has a counterpart, and units (linked "
        "sentences, and sentences without a link). "
        f"A studied pair is one of {words.studied.lower()} that takes part in the statistics.",
        _choice(study),
        "Nulls are shaded, and so is what leads no further."
        + (" Re-typeset copies are made from the texts." if study.count("copy", "pairs") else ""),
        once,
        "All are counts of the whole corpus, so there are no intervals; percentages are of all "
        "sentences, in which long texts weigh more than short ones.",
        f"Corpus: {study.title.rstrip('.')}.",
        f"n = {counted(events, 'event')}, {counted(study.count(study.condition, 'pairs'), 'pair')}.",
        "The corpus was written for this project; no finding is claimed from it."
        if study.constructed
        else "",
    ]
    return " ".join(part for part in parts if part)


def _choice(study: Study) -> str:
    if not study.directed:
        return (
            "Of the candidates, each article is paired with its closest relative, and with its closest "
            "independent reports."
        )
    return (
        "Of the candidates, each repost is paired with its closest original, and each original with its "
        "closest independent reports."
    )


# Drawing.


def _texts(box: Box, width: float, params: FigureParams) -> Iterator[tuple[str, str, float, bool]]:
    """The lines of a box: label, number, type size, and whether it is the heading."""
    inner = width - 2 * PAD_MM
    heading = box.heading, f"{box.number:,}", params.font_size, True
    details = ((*line, small(params), False) for line in box.details)
    for label, number, points, bold in (heading, *details):
        room = inner - width_mm(number, points, bold) - BETWEEN_MM
        shown = wrapped(label, room, points, 2, bold)
        if "…" in shown:  # the number has a line of its own
            yield wrapped(label, inner, points, 2, bold), "", points, bold
            shown = ""
        yield shown, number, points, bold


def _line_heights(box: Box, width: float, params: FigureParams) -> list[float]:
    return [
        (label.count("\n") + 1) * line_mm(points)
        for label, _, points, _ in _texts(box, width, params)
    ]


def _height(box: Box, width: float, params: FigureParams) -> float:
    return sum(_line_heights(box, width, params)) + 2 * PAD_MM


def _steps(
    path: Sequence[tuple[Box, Box | None]], main: float, side: float, forks: bool,
    params: FigureParams,
) -> tuple[list[tuple[float, float]], float]:  # fmt: skip
    """For each box of the main path its top and the middle of what is excluded below it; and where it ends.

    What is excluded stands to the right of the gap below the box; gaps are as wide as that takes.
    """
    steps = []
    top, free = EDGE_MM, EDGE_MM
    for number, (box, out) in enumerate(path):
        last = number == len(path) - 1
        bottom = top + _height(box, main, params)
        gap = GAP_MM if not last else FORK_MM if forks else 0.0
        middle = bottom + GAP_MM / 2
        if out:
            height = _height(out, side, params)
            middle = max(middle, free + height / 2)
            free = middle + height / 2 + 1.0
            gap = max(gap, middle + GAP_MM / 2 - bottom, free + FORK_MM - bottom if last else 0.0)
        steps.append((top, middle))
        top = bottom + gap
    return steps, top


def _column_lines(
    arms: dict[str, tuple[Box, Box, Box]], widths: Sequence[float], params: FigureParams
) -> list[list[list[float]]]:
    """Heights of the lines of the boxes of each column, by row of boxes.

    Below the first row, what stands beside each other is equally high.
    """
    rows = []
    for number, boxes in enumerate(zip(*arms.values(), strict=True)):
        lines = [
            _line_heights(box, width, params) for box, width in zip(boxes, widths, strict=True)
        ]
        if number:
            level = [max(beside) for beside in zip(*lines, strict=True)]
            lines = [level] * len(lines)
        rows.append(lines)
    return rows


def _draw(
    canvas: Canvas, axes: "Axes", box: Box, frame: Frame, params: FigureParams,
    lines: Sequence[float] = (),
) -> None:  # fmt: skip
    """Draw a box with lines of these heights, by default its own."""
    from matplotlib.patches import Rectangle

    axes.add_patch(
        Rectangle(
            (frame.left, frame.top), frame.width, frame.height, edgecolor=frame.edge,
            facecolor=SHADE if frame.aside else "white", linestyle="--" if frame.aside else "-",
            linewidth=0.5 if frame.edge == INK else 1.1,
        )
    )  # fmt: skip
    y = frame.top + PAD_MM
    for (label, number, points, bold), line in zip(
        _texts(box, frame.width, params),
        lines or _line_heights(box, frame.width, params),
        strict=True,
    ):
        weight = "bold" if bold else "normal"
        right = frame.left + frame.width - PAD_MM
        if label:
            canvas.text(frame.left + PAD_MM, y, label, points, weight=weight)
        if number:
            canvas.text(right, y, number, points, "right", weight=weight)
        y += line


def _column_widths(number: int, width: float) -> list[float]:
    """Widths of the columns at the foot; the first, which has the names of the lines, has more room."""
    if number < 2:
        return [width * MAIN_SHARE] * number
    room = width - COLUMN_GAP_MM * (number - 1)
    first = MAIN_SHARE * room if number == 2 else 0.46 * room
    return [first, *[(room - first) / (number - 1)] * (number - 1)]


def _arrow(axes: "Axes", start: tuple[float, float], end: tuple[float, float]) -> None:
    style = {"arrowstyle": "-|>", "color": INK, "linewidth": 0.6, "mutation_scale": 5}
    axes.annotate("", end, start, arrowprops=style | {"shrinkA": 0, "shrinkB": 0})


def _middles(widths: Sequence[float]) -> list[float]:
    """Where the middle of each column is, in mm from the left."""
    middles, left = [], EDGE_MM
    for width in widths:
        middles.append(left + width / 2)
        left += width + COLUMN_GAP_MM
    return middles


def _fork(axes: "Axes", stem: float, top: float, bottom: float, middles: Sequence[float]) -> None:
    """Draw arrows from one box to the columns below it, of which these are the middles."""
    if not middles:
        return
    bar = bottom - FORK_MM / 2
    axes.plot([stem, stem], [top, bar], color=INK, linewidth=0.6)
    axes.plot([min(*middles, stem), max(*middles, stem)], [bar, bar], color=INK, linewidth=0.6)
    for middle in middles:
        _arrow(axes, (middle, bar), (middle, bottom))
