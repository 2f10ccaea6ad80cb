"""How every figure looks: colours, sizes in millimetres, type.

Colours are of the Okabe-Ito palette (Okabe & Ito 2008, Color Universal Design), chosen so that they
differ in lightness too; marks differ in shape as well, so that a grey print can be read.
"""

from bisect import bisect_left
from functools import lru_cache
from typing import Any

from reframing.params import FigureParams

INK = "#1a1a1a"
REPOST = "#0072B2"
COMPOSITION = "#E69F00"
NULL = "#808080"
FAINT = "#d9d9d9"

DOUBLE_MM = 183
"""Width of a figure over two columns."""

MM_PER_INCH = 25.4
MM_PER_POINT = MM_PER_INCH / 72

NULLS = {
    "copy": "re-typeset copies",
    "independent": "independent reports",
}
"""The conditions in which nothing was reposted, in the order in which they are shown."""


def rc_params(params: FigureParams) -> Any:
    """Seaborn's style for papers with the repository's own on top, as `rc_context` takes them.

    Matplotlib's defaults stand below, so that a user's own settings change no figure. Text is drawn as it
    is written: what a corpus calls a kind may hold dollar signs, which would make it a formula.
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
    """Type size of ticks and row labels, in points."""
    return params.font_size - 1


def line_mm(points: float) -> float:
    """Height of a line of type, in millimetres."""
    return 1.25 * points * MM_PER_POINT


@lru_cache(maxsize=1024)
def width_mm(text: str, points: float, bold: bool = False) -> float:
    """Width of one line of text set in the figures' typeface, in millimetres."""
    from matplotlib import rc_context
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextPath

    if not text.strip():
        return 0.0
    font = FontProperties(family="DejaVu Sans", weight="bold" if bold else "normal")
    with rc_context({"text.parse_math": False}):
        outline = TextPath((0, 0), text, size=points, prop=font, usetex=False)
    return float(outline.get_extents().width) * MM_PER_POINT


def wrapped(text: str, limit_mm: float, points: float, lines: int = 2, bold: bool = False) -> str:
    """`text` broken at blanks into at most `lines` lines of `limit_mm`; what does not fit ends in …"""
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
    """`line` where it fits, else as much of its beginning as fits with … behind it."""

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
