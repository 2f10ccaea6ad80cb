"""A figure as a value, and its files: the same figure gives the same bytes.

Fonts are embedded, SVG text is drawn as outlines, identifiers are salted, and dates and versions are
kept out of the metadata.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reframing.figures.style import rc_params
from reframing.params import FigureParams
from reframing.statistics.files import write_table

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure as Drawing

Plot = Callable[["Drawing", "pd.DataFrame", FigureParams], None]

METADATA: dict[str, dict[str, None]] = {
    "pdf": {"Creator": None, "Producer": None, "CreationDate": None},
    "svg": {"Creator": None, "Date": None},
    "png": {"Software": None},
}
"""By format, what matplotlib would write that differs between days or versions."""


@dataclass(frozen=True, slots=True)
class Figure:
    """`plot(drawing, data, params)` draws `data`, sets the size, and reads nothing else.

    `caption` can stand alone in a paper; `title` is its short form.
    """

    name: str
    title: str
    caption: str
    plot: Plot
    data: "pd.DataFrame"


def draw(figure: Figure, params: FigureParams) -> "Drawing":
    """The drawing of `figure` in the repository's style, whatever the user's own settings are."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure as Drawing

    with rc_context(rc_params(params)):
        drawing = Drawing()
        figure.plot(drawing, figure.data, params)
        drawing.draw_without_rendering()  # ticks are made when they are first needed
        return drawing


def save(figure: Figure, folder: Path, params: FigureParams) -> list[Path]:
    """Write NAME.csv, .pdf, .png, .svg and .txt (the caption) to `folder`; returns their paths."""
    from matplotlib import rc_context

    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{figure.name}.{suffix}" for suffix in ("csv", *METADATA, "txt")]
    write_table(figure.data, paths[0])
    paths[-1].write_text(figure.caption + "\n", encoding="utf8")
    drawing = draw(figure, params)
    with rc_context(rc_params(params)):
        for path, metadata in zip(paths[1:-1], METADATA.values(), strict=True):
            drawing.savefig(path, metadata=metadata, dpi=params.dpi)
    return sorted(paths)
