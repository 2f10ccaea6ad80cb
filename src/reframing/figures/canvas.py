"""A drawing in millimetres from its upper left corner, so that sizes hold in print."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from reframing.figures.style import MM_PER_INCH, MM_PER_POINT, line_mm

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

ASCENT, MIDDLE, DESCENT = 0.78, 0.27, 0.24
"""Of the type size: from the top of a line to its baseline, half an x-height, and below the baseline."""


@dataclass(frozen=True, slots=True)
class Canvas:
    """A drawing of a given size; `axes` and `text` take millimetres from the upper left corner."""

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
        """Lines of text, of which the block's top, middle or bottom stands at `y`.

        Lines are set by their baselines, so that neighbours align whether or not letters descend.
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
        """A line of text read upwards, its left edge at `x` and its middle at `y`."""
        place = (x / self.width, 1 - y / self.height)
        self.drawing.text(*place, text, fontsize=points, ha="left", va="center", rotation=90)
