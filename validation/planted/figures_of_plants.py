"""Figures `planted-moves` and `planted-misses`: which planted changes are found, what becomes of others."""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reframing.documents.params import FigureParams, PerturbParams, ValidateParams
from reframing.figures.dot_rows import kind_label, set_ticks
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
from validation.planted.benchmark import ALL, ELSEWHERE, NOTHING, UNLIKELY

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

SIDE_MM, ROW_MM, HEAD_MM, FOOT_MM, GAP_MM = 1.5, 4.0, 5.5, 8.0, 5.0
ALL_MM = 1.5
"""Room between the rows of the moves and the row of all together."""

PLANTED_IN = (
    "changes planted in texts that nothing was chosen on, one a pair: PolNeAR's dev split, held-out documents "
    "of the Szeged corpus, the originals of the sample"
)


# What is found, by kind of words, and how much else.


class Mark(NamedTuple):
    """How a score is drawn: the kind of words that it is of, label, marker, filled or not, lift in rows."""

    words: str
    word: str
    marker: str
    filled: bool
    lift: float


RECALLS = (
    Mark("in lexicons", "words in a lexicon of the measures", "o", False, 0.22),
    Mark("in no lexicon", "words in no lexicon", "o", True, -0.22),
    Mark("none", "no listed words", "s", True, 0.0),
)
PRECISION = Mark(ALL, "of all that is found", "D", True, 0.0)


def planted_moves(
    table: "pd.DataFrame", perturb: PerturbParams, validate: ValidateParams
) -> Figure:
    """The figure of recall by kind of words, and of precision, from results/tables/perturbation.csv."""
    whole = table[(table["move"] == ALL) & (table["words"] == ALL)]
    counts = "".join(
        f"n: {planted:,} changes planted, {found:,} moves found; "
        for planted, found in whole[["planted", "found"]].to_numpy()
    )
    said = [
        f"What the moves find of {PLANTED_IN}; at most {perturb.per_form} pairs a form.",
        "Left: recall, the share of planted changes that are found as what they are. Where a change is made of "
        "listed words, half of the pairs have words in a lexicon of the measures, where they look them up, and "
        "half have words in none. Right: precision, the share of planted changes among all moves found in the "
        "same pairs, but for moves that the change makes too.",
        f"{counts or 'n: '}of each move beside its row.",
        f"Lines are {validate.interval:.0%} intervals by document.",
    ]
    return Figure(
        "planted-moves", _recall_title(table), " ".join(said), plot_moves, by_recall(table)
    )


def _recall_title(table: "pd.DataFrame") -> str:
    """The title: recall of changes in listed and in unlisted words, where both were planted."""
    whole = table[table["move"] == ALL].set_index("words")["recall"]
    listed, unlisted = (whole.get(words, np.nan) for words in ("in lexicons", "in no lexicon"))
    if np.isnan(listed) or np.isnan(unlisted):
        return "Planted changes: recall and precision of each move"
    return (
        f"Changes in words that a lexicon lists are found in {listed:.0%} of cases, "
        f"in words that none lists in {unlisted:.0%}"
    )


def by_recall(table: "pd.DataFrame") -> "pd.DataFrame":
    """The table with the moves sorted by recall, all together last."""
    recall = table[table["words"] == ALL].set_index("move")["recall"]
    order = table["move"].map(recall).where(table["move"] != ALL, -1.0)
    return (
        table.assign(order=order)
        .sort_values(["order", "move"], ascending=[False, True], kind="stable", ignore_index=True)
        .drop(columns="order")
    )


def plot_moves(drawing: "Drawing", data: "pd.DataFrame", params: FigureParams) -> None:
    """Draw a panel of recall and one of precision, with one row a move; all moves last."""
    points = small(params)
    slugs = list(dict.fromkeys(data["move"]))
    by_words = data.set_index(["move", "words"])
    numbers = [f"{by_words.loc[(slug, ALL), 'planted']:,}" for slug in slugs]
    found = [f"{by_words.loc[(slug, ALL), 'found']:,}" for slug in slugs]
    left = max(width_mm(kind_label(slug), points) for slug in slugs) + 2 * SIDE_MM + 1
    room = max(width_mm(text, points) for text in [*numbers, *found, "planted", "found"]) + SIDE_MM
    wide = (DOUBLE_MM - left - 2 * room - GAP_MM - SIDE_MM) * 0.62
    narrow = DOUBLE_MM - left - 2 * room - GAP_MM - SIDE_MM - wide
    places = _places(slugs)
    head = HEAD_MM + line_mm(points) + 1.0
    canvas = Canvas(drawing, DOUBLE_MM, head + places[-1] + ROW_MM / 2 + FOOT_MM)
    second = left + wide + room + GAP_MM
    recalls = _panel(
        canvas, places, left, head, wide, "recall: share of planted changes found", params
    )
    rights = _panel(canvas, places, second, head, narrow, "precision: share right", params)
    for slug, place, planted, seen in zip(slugs, places, numbers, found, strict=True):
        y = head + place
        weight = "bold" if slug == ALL else "normal"
        canvas.text(left - SIDE_MM, y, kind_label(slug), points, "right", "middle", weight=weight)
        canvas.text(left + wide + room, y, planted, points, "right", "middle", color=NULL)
        canvas.text(DOUBLE_MM - SIDE_MM, y, seen, points, "right", "middle", color=NULL)
        for mark in RECALLS:
            if (slug, mark.words) in by_words.index:
                _dot(recalls, by_words.loc[(slug, mark.words)], "recall", place, mark, REPOST)
        _dot(rights, by_words.loc[(slug, ALL)], "precision", place, PRECISION, COMPOSITION)
    canvas.text(left + wide + room, head - 0.6, "planted", points, "right", "bottom", color=NULL)
    canvas.text(DOUBLE_MM - SIDE_MM, head - 0.6, "found", points, "right", "bottom", color=NULL)
    occurring = [mark for mark in RECALLS if (data["words"] == mark.words).any()]
    _key(canvas, occurring, left, REPOST, params)
    _key(canvas, [PRECISION], second, COMPOSITION, params)


def _places(slugs: "Sequence[str]") -> list[float]:
    """The middles of the rows in mm from the top; the row of all moves has room above it."""
    return [
        ROW_MM * (number + 0.5) + (ALL_MM if slug == ALL else 0.0)
        for number, slug in enumerate(slugs)
    ]


def _panel(
    canvas: Canvas, places: "Sequence[float]", left: float, top: float, width: float, below: str,
    params: FigureParams,
) -> "Axes":  # fmt: skip
    """Axes from 0 to 100% over rows at `places`, in mm downwards, with the label `below`."""
    height = places[-1] + ROW_MM / 2
    axes = canvas.axes(left, top, width, height)
    axes.set_ylim(height, 0)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    set_ticks(axes, 0, 100, 6)
    axes.set_xlim(-1, 101)
    for place in places:
        axes.axhline(place, color=FAINT, linewidth=0.4, zorder=0)
    canvas.text(left + width / 2, top + height + 3.6, f"{below} (%)", small(params), "center")
    return axes


def _dot(axes: "Axes", row: "pd.Series", name: str, place: float, mark: Mark, colour: str) -> None:
    """Draw a score with its interval; nothing where it is undefined."""
    value, low, high = (100 * row[column] for column in (name, f"{name}_low", f"{name}_high"))
    if np.isnan(value):
        return
    y = place - mark.lift * ROW_MM
    axes.plot([low, high], [y, y], color=colour, linewidth=0.8, solid_capstyle="butt", zorder=2)
    _mark(axes, value, y, mark, colour)


def _mark(axes: "Axes", x: float, y: float, mark: Mark, colour: str) -> None:
    axes.plot(
        [x], [y], mark.marker, color=colour, markerfacecolor=colour if mark.filled else "white",
        markeredgewidth=0.7, markersize=2.8, clip_on=False, zorder=3,
    )  # fmt: skip


def _key(
    canvas: Canvas, marks: "Sequence[Mark]", left: float, colour: str, params: FigureParams
) -> None:
    """The marks with their labels, in one line at the top."""
    axes = canvas.axes(left, 0, canvas.width - left, HEAD_MM)
    axes.set_axis_off()
    axes.set_xlim(0, canvas.width - left)
    axes.set_ylim(-1, 1)
    x = 1.0
    for mark in marks:
        _mark(axes, x, 0, mark, colour)
        canvas.text(left + x + 1.8, HEAD_MM / 2, mark.word, small(params), anchor="middle")
        x += 1.8 + width_mm(mark.word, small(params)) + 4


# What becomes of planted changes that are not found as what they are.

ANOTHER = "another move"
BARS = {
    NOTHING: ("nothing is found", INK, ""),
    UNLIKELY: ("proposed, but scored too low to be reported", REPOST, ""),
    ANOTHER: ("another move is found", COMPOSITION, ""),
    ELSEWHERE: ("the same move is found, elsewhere", "white", "//////"),
}
"""Parts of a bar by outcome: label in the key, colour, hatching."""

NAMED = 2
"""How many of the moves that are found instead are named beside a row, the commonest first."""


def planted_misses(confusion: "pd.DataFrame", table: "pd.DataFrame") -> Figure:
    """The figure of planted changes that are missed, by what is found instead.

    It is drawn from results/tables/confusion.csv; the intervals of the whole share that is missed are those of
    recall in results/tables/perturbation.csv.
    """
    data = missed(confusion, table)
    named = "the moves that are found instead of it, with their number" if len(data) else ""
    said = [
        f"What becomes of {PLANTED_IN}, where they are not found as what they are, in percent of the changes "
        "planted of each move.",
        "A bar is all that is missed, parted by what happens; the line above it is the interval of the whole, "
        "by document. Proposed: the right move is seen at its place, with a score under the threshold. "
        "Elsewhere: it is found, but not where the change is.",
        f"Beside each row: {named}; the commonest {NAMED} are named." if named else "",
        f"n = {confusion['n'].sum():,} changes planted; of each move at the right.",
    ]
    title = _missed_title(confusion)
    return Figure(
        "planted-misses", title, " ".join(part for part in said if part), plot_misses, data
    )


def missed(confusion: "pd.DataFrame", table: "pd.DataFrame") -> "pd.DataFrame":
    """One row a planted move and outcome but for being found as itself, the moves that are missed most first.

    `share` is of all changes of the move; `missed` with its interval is the sum of all outcomes, `instead`
    names the moves that are found in its place. A move of which none is missed has a row with `share` 0.
    """
    import pandas as pd

    of_all = table[table["words"] == ALL].set_index("move")
    rows = []
    for slug, outcomes in confusion.groupby("planted", sort=False):
        n = outcomes["n"].sum()
        other = outcomes[outcomes["found"] != slug]
        apart = other["found"].isin([NOTHING, UNLIKELY, ELSEWHERE])
        instead = other[~apart].sort_values(["n", "found"], ascending=[False, True])
        counts = other[apart].set_index("found")["n"].to_dict() | {ANOTHER: instead["n"].sum()}
        recall = of_all.loc[slug]
        for outcome in BARS:
            rows.append(
                {
                    "planted": slug,
                    "outcome": outcome,
                    "n": int(counts.get(outcome, 0)),
                    "share": counts.get(outcome, 0) / n,
                    "missed": other["n"].sum() / n,
                    "missed_low": 1 - recall["recall_high"],
                    "missed_high": 1 - recall["recall_low"],
                    "changes": int(n),
                    "instead": _instead(instead),
                }
            )
    data = pd.DataFrame(rows)
    return data.sort_values(
        ["missed", "planted"], ascending=[False, True], kind="stable", ignore_index=True
    )


def _instead(rows: "pd.DataFrame") -> str:
    """The moves found instead, the commonest first, and how many others."""
    shown = [f"{kind_label(name)} {n}" for name, n in rows[["found", "n"]].to_numpy()[:NAMED]]
    others = rows["n"].iloc[NAMED:].sum()
    return ", ".join([*shown, *([f"others {others}"] if others else [])])


def _missed_title(confusion: "pd.DataFrame") -> str:
    """The title: the share that is missed, and what becomes of these, the commonest first."""
    other = confusion[confusion["planted"] != confusion["found"]]
    n, lost = confusion["n"].sum(), other["n"].sum()
    if not lost:
        return "No planted change is missed"
    outcome = other["found"].where(other["found"].isin(list(BARS)), ANOTHER)
    shares = (other.groupby(outcome)["n"].sum() / lost).sort_values(ascending=False)
    words = {
        NOTHING: "leave no trace",
        UNLIKELY: "are proposed but scored too low",
        ANOTHER: "pass for another move",
        ELSEWHERE: "are found elsewhere",
    }
    parts = [f"{share:.0%} {words[str(name)]}" for name, share in shares.items()]
    return f"{lost / n:.0%} of planted changes are missed; of these, {', '.join(parts[:3])}"


def plot_misses(drawing: "Drawing", data: "pd.DataFrame", params: FigureParams) -> None:
    """Draw one row a planted move: a bar of what is missed with its interval, and what is found instead."""
    points = small(params)
    slugs = list(dict.fromkeys(data["planted"]))
    rows = data.set_index(["planted", "outcome"])
    firsts = data.drop_duplicates("planted").set_index("planted")
    numbers = [f"{n:,}" for n in firsts["changes"]]
    left = max(width_mm(kind_label(slug), points) for slug in slugs) + 2 * SIDE_MM + 1
    room = max(width_mm(text, points) for text in [*numbers, "planted"]) + SIDE_MM
    texts = [width_mm(text, points) for text in ["found instead", *firsts["instead"]]]
    beside = min(max(texts) + 2 * SIDE_MM, 0.36 * DOUBLE_MM)
    width = DOUBLE_MM - left - beside - room - 2 * SIDE_MM
    height = ROW_MM * len(slugs)
    head = HEAD_MM + line_mm(points) + 1.0
    canvas = Canvas(drawing, DOUBLE_MM, head + height + FOOT_MM)
    axes = canvas.axes(left, head, width, height)
    axes.set_ylim(height, 0)
    axes.set_yticks([])
    most = 100 * min(1.0, float(np.nanmax(data[["missed", "missed_high"]].to_numpy())))
    set_ticks(axes, 0, min(100.0, 10 * np.ceil(most / 10)), 6)
    for number, slug in enumerate(slugs):
        y = ROW_MM * (number + 0.5)
        start = 0.0
        for outcome, (_, colour, hatch) in BARS.items():
            share = 100 * rows.loc[(slug, outcome), "share"]
            if share:
                axes.barh(
                    y, share, 0.58 * ROW_MM, start, color=colour, hatch=hatch,
                    edgecolor=INK if hatch else "white", linewidth=0.4,
                )  # fmt: skip
            start += share
        first = firsts.loc[slug]
        ends = [100 * first["missed_low"], 100 * first["missed_high"]]
        above = y - 0.4 * ROW_MM
        axes.plot(ends, [above, above], color=INK, linewidth=0.7, solid_capstyle="butt")
        axes.plot([start], [above], "|", color=INK, markersize=2.5, markeredgewidth=0.7)
        middle = head + y
        canvas.text(left - SIDE_MM, middle, kind_label(slug), points, "right", "middle")
        told = wrapped(first["instead"], beside - SIDE_MM, points, 1)
        canvas.text(left + width + 2 * SIDE_MM, middle, told, points, anchor="middle")
        canvas.text(
            DOUBLE_MM - SIDE_MM, middle, f"{first['changes']:,}", points, "right", "middle",
            color=NULL,
        )  # fmt: skip
    above = head - 0.6
    canvas.text(left + width + 2 * SIDE_MM, above, "found instead", points, anchor="bottom")
    canvas.text(DOUBLE_MM - SIDE_MM, above, "planted", points, "right", "bottom", color=NULL)
    below = "missed, share of the changes planted (%)"
    canvas.text(left + width / 2, head + height + 3.6, below, points, "center")
    _key_of_bars(canvas, data, left, params)


def _key_of_bars(canvas: Canvas, data: "pd.DataFrame", left: float, params: FigureParams) -> None:
    """The parts of the bars that occur, with their labels, in one line at the top."""
    from matplotlib.patches import Rectangle

    axes = canvas.axes(0, 0, canvas.width, HEAD_MM)
    axes.set_axis_off()
    axes.set_xlim(0, canvas.width)
    axes.set_ylim(HEAD_MM, 0)
    occurring = data[data["n"] > 0]["outcome"].unique()
    x = SIDE_MM
    for outcome, (word, colour, hatch) in BARS.items():
        if outcome in occurring:
            axes.add_patch(
                Rectangle(
                    (x, HEAD_MM / 2 - 1.0), 3.2, 2.0, facecolor=colour, hatch=hatch,
                    edgecolor=INK if hatch else "white", linewidth=0.4,
                )
            )  # fmt: skip
            canvas.text(x + 4.2, HEAD_MM / 2, word, small(params), anchor="middle")
            x += 4.2 + width_mm(word, small(params)) + 4
