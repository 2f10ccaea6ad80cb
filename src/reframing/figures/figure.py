"""Figures: their style, a canvas in millimetres, and reproducible files.

**Style**: colours are from the Okabe-Ito palette (Okabe & Ito 2008, Color Universal Design) and differ in
lightness as well; marks also differ in shape, so that a figure printed in grey can be read.

**Files**: the same figure gives the same bytes. Fonts are embedded, SVG text is drawn as outlines, identifiers
are salted, and the metadata contain no dates or versions. SVG and PDF carry the title and the alternative text
of the figure, for readers who do not see it.
"""

import io
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from reframing.documents.params import FigureParams
from reframing.documents.sentences import sentence_spans
from reframing.documents.writers import replacing
from reframing.statistics.study_tables import write_table

# Style: colours, sizes in millimetres, type.

INK = "#1a1a1a"
REPOST = "#0072B2"
COMPOSITION = "#E69F00"
NULL = "#808080"
FAINT = "#d9d9d9"

DOUBLE_MM = 183
"""Width in millimetres of a figure that spans two columns."""

MM_PER_INCH = 25.4
MM_PER_POINT = MM_PER_INCH / 72

NULLS = {
    "copy": "re-typeset copies",
    "independent": "independent reports",
}
"""Conditions without a repost (null comparisons), with their labels, in the order in which they are shown."""

NULL_MARKERS = {"copy": "s", "independent": "D"}


def rc_params(params: FigureParams) -> Any:
    """Matplotlib settings: Seaborn's style for papers with this project's changes, for `rc_context`.

    They start from Matplotlib's defaults, so that the user's own settings do not change figures. Mathtext is
    off, because names of kinds in a corpus may contain dollar signs.
    """
    import seaborn
    from matplotlib import rcParamsDefault

    defaults = {key: value for key, value in rcParamsDefault.items() if "backend" not in key}
    paper = seaborn.axes_style("ticks") | seaborn.plotting_context("paper")
    return (
        defaults
        | paper
        | {
            "font.family": ["DejaVu Sans"],
            "font.size": params.font_size,
            "axes.edgecolor": INK,
            "axes.labelsize": small(params),
            "axes.linewidth": 0.5,
            "axes.spines.right": False,
            "axes.spines.top": False,
            "lines.linewidth": 0.9,
            "pdf.fonttype": 42,
            "svg.fonttype": "path",
            "svg.hashsalt": "reframing",
            "text.color": INK,
            "text.parse_math": False,
            "xtick.color": INK,
            "xtick.labelsize": small(params),
            "xtick.major.pad": 1.5,
            "xtick.major.size": 1.5,
            "xtick.major.width": 0.5,
            "ytick.color": INK,
            "ytick.labelsize": small(params),
            "ytick.major.pad": 1.5,
            "ytick.major.size": 1.5,
            "ytick.major.width": 0.5,
        }
    )


def small(params: FigureParams) -> float:
    """Type size of ticks and row labels in points."""
    return params.font_size - 1


def line_mm(points: float) -> float:
    """Height of a line of type in millimetres."""
    return 1.25 * points * MM_PER_POINT


@lru_cache(maxsize=1024)
def width_mm(text: str, points: float, bold: bool = False) -> float:
    """Width in millimetres of one line of text in the typeface of the figures."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    font = FontProperties(family="DejaVu Sans", weight="bold" if bold else "normal")
    vertices, codes = text_to_path.get_text_path(font, text)
    if not len(codes):  # nothing but blanks
        return 0.0
    across = _extent(np.array(vertices)[:, 0], np.array(codes))
    return across * points / text_to_path.FONT_SCALE * MM_PER_POINT


def _extent(along: np.ndarray, codes: np.ndarray) -> float:
    """Extent along one axis of an outline of straight lines and quadratic curves.

    The control point of a curve lies off it and does not count, but where the curve turns back does.
    Matplotlib's own `Path.get_extents` says the same of every curve by itself, which takes twenty times longer.
    """
    from matplotlib.path import Path as Outline

    control = np.flatnonzero(codes == Outline.CURVE3)[::2]
    start, off, end = along[control - 1], along[control], along[control + 1]
    bend = start - 2 * off + end
    turn = np.divide(start - off, bend, out=np.zeros_like(bend), where=bend != 0).clip(0, 1)
    turns = (1 - turn) ** 2 * start + 2 * turn * (1 - turn) * off + turn**2 * end
    on = np.isin(codes, (Outline.MOVETO, Outline.LINETO))
    return float(np.ptp(np.concatenate([along[on], end, turns])))


def wrapped(text: str, limit_mm: float, points: float, lines: int = 2, bold: bool = False) -> str:
    """`text` broken at spaces into at most `lines` lines of `limit_mm`; a line that does not fit ends in …."""
    words = text.split()
    broken = words[:1]
    for place, word in enumerate(words[1:], 1):
        if width_mm(f"{broken[-1]} {word}", points, bold) <= limit_mm:
            broken[-1] += f" {word}"
        elif len(broken) < lines:
            broken.append(word)
        else:
            broken[-1] = " ".join([broken[-1], *words[place:]])
            break
    return "\n".join(_shortened(line, limit_mm, points, bold) for line in broken)


def _shortened(line: str, limit_mm: float, points: float, bold: bool) -> str:
    """`line` if it fits, else as much of its beginning as fits followed by …."""

    def too_wide(shown: str) -> bool:
        return width_mm(shown, points, bold) > limit_mm

    reach = 1
    while reach < len(line) and not too_wide(line[:reach]):
        reach *= 2
    if reach >= len(line) and not too_wide(line):
        return line
    lengths = range(1, min(reach, len(line)) + 1)
    kept = bisect_left(lengths, True, key=lambda length: too_wide(line[:length] + "…"))
    return line[:kept].rstrip() + "…"


# Canvas in millimetres from the upper left corner.

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

ASCENT, MIDDLE, DESCENT = 0.78, 0.27, 0.24
"""Shares of the type size: from the top of a line to its baseline, half the x-height, below the baseline."""


@dataclass(frozen=True, slots=True)
class Canvas:
    """A drawing of a given size in mm; `axes` and `text` take millimetres from its upper left corner."""

    drawing: "Drawing"
    width: float
    height: float

    def __post_init__(self) -> None:
        self.drawing.set_size_inches(self.width / MM_PER_INCH, self.height / MM_PER_INCH)

    def axes(self, left: float, top: float, width: float, height: float) -> "Axes":
        bottom = self.height - top - height
        return self.drawing.add_axes(
            (left / self.width, bottom / self.height, width / self.width, height / self.height)
        )

    def text(
        self,
        x: float,
        y: float,
        text: str,
        points: float,
        ha: Literal["left", "center", "right"] = "left",
        anchor: Literal["top", "middle", "bottom"] = "top",
        **style: Any,
    ) -> None:
        """Write lines of text; `anchor` says whether `y` is the top, middle or bottom of the block.

        Lines are placed by their baselines, so that neighbouring texts align whether or not they have
        descenders.
        """
        lines = text.split("\n")
        below_first = (len(lines) - 1) * line_mm(points)
        size = points * MM_PER_POINT
        first = {
            "top": y + ASCENT * size,
            "middle": y + MIDDLE * size - below_first / 2,
            "bottom": y - DESCENT * size - below_first,
        }[anchor]
        for number, line in enumerate(lines):
            baseline = first + number * line_mm(points)
            place = (x / self.width, 1 - baseline / self.height)
            self.drawing.text(*place, line, fontsize=points, ha=ha, va="baseline", **style)

    def side_text(self, x: float, y: float, text: str, points: float) -> None:
        """Write a line of text rotated to read upwards, with its left edge at `x` and its middle at `y`."""
        place = (x / self.width, 1 - y / self.height)
        self.drawing.text(*place, text, fontsize=points, ha="left", va="center", rotation=90)


# Figures and their files.

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure as Drawing

Plot = Callable[["Drawing", "pd.DataFrame", FigureParams], None]

METADATA: dict[str, dict[str, str | None]] = {
    "pdf": {"Creator": None, "Producer": None, "CreationDate": None},
    "png": {"Software": None},
    "svg": {"Creator": None, "Date": None},
}
"""Matplotlib metadata to suppress by format, because they differ between days or versions."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: its table `data`, and `plot(drawing, data, params)`, which draws it.

    `plot` sets the size of the drawing and reads nothing but its arguments. `caption` is self-contained, and
    its first sentence says what is drawn; `title` says what it shows.
    """

    name: str
    title: str
    caption: str
    plot: Plot
    data: "pd.DataFrame"

    @property
    def alt(self) -> str:
        """Two sentences for those who do not see the figure: what is drawn, and what it shows."""
        drawn = next((span.of(self.caption) for span in sentence_spans(self.caption)), "")
        return f"{drawn} {self.title.rstrip('.')}.".strip()


def draw(figure: Figure, params: FigureParams) -> "Drawing":
    """Draw `figure` in the style of `rc_params`, whatever the user's own settings."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure as Drawing

    with rc_context(rc_params(params)):
        drawing = Drawing()
        figure.plot(drawing, figure.data, params)
        drawing.draw_without_rendering()  # ticks are made when they are first needed
        return drawing


def save(figure: Figure, folder: Path, params: FigureParams) -> list[Path]:
    """Write NAME.csv, .pdf, .png, .svg and .txt (the caption) to `folder`; returns the paths, sorted.

    Each file appears only when it is complete.
    """
    from matplotlib import rc_context

    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{figure.name}.{suffix}" for suffix in ("csv", *METADATA, "txt")]
    write_table(figure.data, paths[0])
    drawing, pdf, png = draw(figure, params), io.BytesIO(), io.BytesIO()
    svg = svg_of(figure, drawing, params)
    with rc_context(rc_params(params)):
        described = {"Title": figure.title, "Subject": figure.alt}
        drawing.savefig(pdf, format="pdf", metadata=METADATA["pdf"] | described, dpi=params.dpi)
        drawing.savefig(png, format="png", metadata=METADATA["png"], dpi=params.dpi)
    contents = {
        ".txt": f"{figure.caption}\n".encode(),
        ".svg": svg.encode(),
        ".pdf": pdf.getvalue(),
        ".png": _with_palette(png),
    }
    for path in paths[1:]:
        with replacing(path) as file:
            file.write(contents[path.suffix])
    return sorted(paths)


def svg_of(figure: Figure, drawing: "Drawing", params: FigureParams) -> str:
    """The SVG of a figure that was drawn, with its title and its alternative text for screen readers."""
    from matplotlib import rc_context

    out = io.StringIO()
    with rc_context(rc_params(params)):
        drawing.savefig(out, format="svg", metadata=METADATA["svg"], dpi=params.dpi)
    before, tag, after = out.getvalue().partition("<svg ")
    attributes, close, content = after.partition(">")
    title, description = f"{figure.name}-title", f"{figure.name}-desc"
    named = f'role="img" aria-labelledby="{title}" aria-describedby="{description}" '
    texts = (
        f'\n <title id="{title}">{escape(figure.title, quote=False)}</title>'
        f'\n <desc id="{description}">{escape(figure.alt, quote=False)}</desc>'
    )
    return before + tag + named + attributes + close + texts + content


def _with_palette(png: io.BytesIO) -> bytes:
    """A raster image with at most 256 colours, which is a third of its size."""
    from PIL import Image

    with Image.open(png) as image:
        dpi = image.info["dpi"]
        small = image.convert("RGB").quantize(
            256, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE
        )
    out = io.BytesIO()
    small.save(out, format="png", optimize=True, dpi=dpi)
    return out.getvalue()
