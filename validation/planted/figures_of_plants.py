"""Figures `planted-moves` and `planted-confusion`: which planted changes are found, and what else."""

from typing import TYPE_CHECKING

import numpy as np

from reframing.documents.params import FigureParams, PerturbParams, ValidateParams
from reframing.figures.figure import (
    COMPOSITION,
    DOUBLE_MM,
    FAINT,
    INK,
    REPOST,
    Canvas,
    Figure,
    small,
    width_mm,
)
from validation.planted.benchmark import ELSEWHERE, NOTHING, UNLIKELY

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

LEFT_MM, ROW_MM, HEAD_MM, FOOT_MM = 38.0, 5.0, 6.5, 7.5
ABOVE_MM = 34.0
"""Room for the column labels, which are set vertically."""

LEAST_WRITTEN = 0.02
"""The smallest share of a row that is printed in its cell."""

SCORES = {
    ("recall", "in no lexicon"): ("recall, words in no lexicon", "o", REPOST, REPOST),
    ("recall", "in lexicons"): ("recall, words in lexicons", "o", REPOST, "white"),
    ("recall", "none"): ("recall, no listed words", "s", REPOST, REPOST),
    ("precision", "all"): ("precision", "D", COMPOSITION, COMPOSITION),
}
"""Marks by score and kind of words: label in the key, marker, colour, and fill colour."""


def planted_moves(
    table: "pd.DataFrame", perturb: PerturbParams, validate: ValidateParams
) -> Figure:
    """The figure of recall by kind of words, and of precision, from results/tables/perturbation.csv."""
    said = [
        "What the moves find of changes planted in texts that nothing was chosen on, one a pair: PolNeAR's "
        "dev split, held-out documents of the Szeged corpus, the originals of the sample.",
        f"At most {perturb.per_form} pairs a form; bars are {validate.interval:.0%} intervals by document. "
        f"In brackets: changes planted.",
        "Where a change is made of listed words, half of the pairs have words that stand in a lexicon of the "
        "measures, which is what they look up, and half words that stand in none.",
        "Precision counts whatever else was found in the same pairs, but for moves that the change makes too.",
    ]
    title = "Planted changes: recall and precision of each move"
    return Figure("planted-moves", title, " ".join(said), plot_moves, table)


def planted_confusion(table: "pd.DataFrame") -> Figure:
    """The figure of what was found for each planted move, from results/tables/confusion.csv."""
    planted = table.groupby("planted")["n"].transform("sum")
    shares = table.assign(share=table["n"] / planted)
    caption = (
        "What was found where a change was planted, in percent of the changes planted: in the diagonal the "
        "move itself, beside it the move that was found instead, in the last columns the move itself at "
        "another place, the move itself but held unlikely, and nothing. "
        f"n = {table['n'].sum():,} changes, {planted.min():,} to {planted.max():,} a move; intervals of the "
        "diagonal are those of recall in planted-moves."
    )
    title = "Planted changes: what was found instead"
    return Figure("planted-confusion", title, caption, plot_confusion, shares)


def plot_moves(drawing: "Drawing", data: "pd.DataFrame", params: FigureParams) -> None:
    """Draw one row per move on a shared axis from 0 to 1, all moves last, with a key above."""
    slugs = list(dict.fromkeys(data["move"]))
    by_words = data.set_index(["move", "words"])
    height = HEAD_MM + ROW_MM * len(slugs) + FOOT_MM
    left = LEFT_MM + 6
    canvas = Canvas(drawing, DOUBLE_MM, height)
    axes = canvas.axes(left, HEAD_MM, DOUBLE_MM - left - 3, ROW_MM * len(slugs))
    axes.set_xlim(-0.01, 1.01)
    axes.set_ylim(len(slugs) - 0.5, -0.5)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    for row, slug in enumerate(slugs):
        axes.plot([0, 1], [row, row], color=FAINT, linewidth=0.3, zorder=0)
        y = HEAD_MM + ROW_MM * (row + 0.5)
        n = by_words.loc[(slug, "all"), "planted"]
        canvas.text(left - 2, y, f"{slug} ({n:,})", small(params), "right", "middle")
        drawn = [key for key in SCORES if (slug, key[1]) in by_words.index]
        for place, key in enumerate(drawn):
            name, words = key
            of = by_words.loc[(slug, words)]
            ends = (of[f"{name}_low"], of[f"{name}_high"])
            _dot(axes, of[name], ends, row + 0.22 * (place - (len(drawn) - 1) / 2), key)
    middle = left + (DOUBLE_MM - left - 3) / 2
    canvas.text(middle, height - 0.5, "score", small(params), "center", "bottom")
    _key(canvas, left, params)


def _dot(axes: "Axes", x: float, ends: tuple[float, float], y: float, key: tuple[str, str]) -> None:
    axes.plot(ends, [y, y], color=SCORES[key][2], linewidth=0.7, zorder=2)
    _mark(axes, x, y, key)


def _mark(axes: "Axes", x: float, y: float, key: tuple[str, str]) -> None:
    _, marker, colour, face = SCORES[key]
    axes.plot(
        [x], [y], marker, color=colour, markerfacecolor=face, markeredgewidth=0.7,
        markersize=2.8, clip_on=False, zorder=3,
    )  # fmt: skip


def _key(canvas: Canvas, left: float, params: FigureParams) -> None:
    axes = canvas.axes(0, 0, canvas.width, HEAD_MM)
    axes.set_axis_off()
    axes.set_xlim(0, canvas.width)
    axes.set_ylim(-1, 1)
    x = left
    for key, (name, *_) in SCORES.items():
        _mark(axes, x, 0, key)
        canvas.text(x + 1.8, HEAD_MM / 2, name, small(params), anchor="middle")
        x += 1.8 + width_mm(name, small(params)) + 4


def plot_confusion(drawing: "Drawing", data: "pd.DataFrame", params: FigureParams) -> None:
    """Draw one row per planted move and one column per outcome; darker cells are larger shares of the row."""
    planted = list(dict.fromkeys(data["planted"]))
    last = ELSEWHERE, UNLIKELY, NOTHING
    instead = [slug for slug in data["found"] if slug not in last]
    found = [*dict.fromkeys([*planted, *instead]), *last]
    shares = np.zeros((len(planted), len(found)))
    for row, column, share in data[["planted", "found", "share"]].to_numpy():
        shares[planted.index(row), found.index(column)] = share
    cell = (DOUBLE_MM - LEFT_MM - 3) / len(found)
    height = ABOVE_MM + cell * len(planted) + 3
    canvas = Canvas(drawing, DOUBLE_MM, height)
    axes = canvas.axes(LEFT_MM, ABOVE_MM, cell * len(found), cell * len(planted))
    axes.imshow(shares**0.5, cmap="Blues", vmin=0, vmax=1.2, aspect="auto")
    axes.set_xticks(range(len(found)), found, rotation=90)
    axes.xaxis.tick_top()
    axes.set_yticks(range(len(planted)), planted)
    axes.tick_params(length=0)
    axes.set_xticks(np.arange(len(found)) - 0.5, minor=True)
    axes.set_yticks(np.arange(len(planted)) - 0.5, minor=True)
    axes.grid(which="minor", color="white", linewidth=0.6)
    axes.tick_params(which="minor", length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    for (row, column), share in np.ndenumerate(shares):
        if share >= LEAST_WRITTEN:
            ink = "white" if share > 0.35 else INK
            axes.text(
                column, row, f"{100 * share:.0f}", fontsize=small(params) - 1, color=ink,
                ha="center", va="center_baseline",
            )  # fmt: skip
