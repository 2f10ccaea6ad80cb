"""When two results that are not the same bytes are equal within tolerance, as a scientist would judge.

Numbers: an estimate and the ends of its interval have moved by no more than a hundredth of the interval. A
p- or q-value has moved by no more than it would if its estimate had moved by a hundredth of its 95% interval,
counted in standard errors. A number without an interval has moved by no more than a given share of itself.
Whatever is no number, as the decision of a test, is the same.

Pictures: no pixel of either differs by more than an eighth of the range of its colours from all that is
within one pixel of its place in the other, so that no edge has moved by more than a pixel.

Pages: the same text, hence the same printed numbers, and pictures that look the same.
"""

import base64
import re
from collections.abc import Iterator, Mapping, Sequence
from html.parser import HTMLParser
from io import BytesIO
from statistics import NormalDist
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

Row = Mapping[str, str | None]
"""Cells as text by the names of their columns."""

OF_INTERVAL = 0.01
"""By how much of its interval an estimate may move."""

OF_COLOUR = 0.125
"""By how much of its range the colour of a pixel may change."""

NOTHING = 1e-12
"""Numbers no further apart than this are rounding errors of the same number, zero included."""

PRECEDING = 2
"""Parts of a page that are shown before one that differs."""

P_VALUES = ("p", "q")
STANDARD_ERRORS = OF_INTERVAL * 2 * NormalDist().inv_cdf(0.975)
PNG = "data:image/png;base64,"

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)


def changed(before: Row, after: Row, tolerance: float) -> list[str]:
    """The columns in which two rows are not equal within tolerance.

    `tolerance` is for numbers without an interval: the largest difference as a share of the larger number.

    >>> row = {"value": "0.5", "low": "0.4", "high": "0.6", "rejected": "True"}
    >>> changed(row, row | {"value": "0.501", "low": "0.39", "rejected": "False"}, 1e-5)
    ['low', 'rejected']
    """
    intervals = interval_columns([*before])
    return [
        column
        for column in {**before, **after}
        if not equal(
            column,
            before.get(column),
            after.get(column),
            tolerance,
            min(_width(row, intervals.get(column)) for row in (before, after)),
        )
    ]


def equal(column: str, a: str | None, b: str | None, tolerance: float, width: float = 0.0) -> bool:
    """Whether two cells are equal within tolerance, the interval of the number being so wide."""
    if a == b:
        return True
    if a is None or b is None or not (_NUMBER.fullmatch(a) and _NUMBER.fullmatch(b)):
        return False
    x, y = float(a), float(b)
    if column in P_VALUES and 0 < x <= 1 and 0 < y <= 1:
        normal = NormalDist()
        return abs(normal.inv_cdf(x / 2) - normal.inv_cdf(y / 2)) <= STANDARD_ERRORS
    return abs(x - y) <= max(OF_INTERVAL * width, tolerance * max(abs(x), abs(y)), NOTHING)


def interval_columns(columns: Sequence[str]) -> dict[str, tuple[str, str]]:
    """By column the ends of its interval: next to an estimate are `low` and `high`, or these with its name."""
    return {
        column: (low, high)
        for estimate, low, high in zip(columns, columns[1:], columns[2:], strict=False)
        if low in ("low", f"{estimate}_low") and high in ("high", f"{estimate}_high")
        for column in (estimate, low, high)
    }


def same_picture(before: bytes, after: bytes) -> bool:
    """Whether two PNGs look the same; ValueError where one is no PNG."""
    a, b = _pixels(before), _pixels(after)
    return a.shape == b.shape and _is_near(a, b) and _is_near(b, a)


def page_parts(page: str) -> list[str | bytes]:
    """What a reader of an HTML page sees, in order: its texts, and its PNGs as bytes.

    Other pictures of a page are published figures, which are judged by themselves.
    """
    parser = _Page()
    parser.feed(page)
    parser.close()
    return parser.parts


def different_parts(
    before: Sequence[str | bytes], after: Sequence[str | bytes]
) -> Iterator[tuple[str, str, str]]:
    """Which parts of two pages are not the same to a reader: what precedes them, and both."""
    if len(before) != len(after):
        yield "in all", f"{len(before)} texts and pictures", str(len(after))
    for place, (a, b) in enumerate(zip(before, after, strict=False)):
        if isinstance(a, bytes) and isinstance(b, bytes) and same_picture(a, b):
            continue
        if a != b:
            preceding = before[max(place - PRECEDING, 0) : place]
            yield f"after {' | '.join(map(_said, preceding))}", _said(a), _said(b)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str | bytes] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in ("style", "script")
        source = dict(attrs).get("src") or ""
        if tag == "img" and source.startswith(PNG):
            self.parts.append(base64.b64decode(source.removeprefix(PNG)))

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in ("style", "script")

    def handle_data(self, data: str) -> None:
        if not self._unseen and data.strip():
            self.parts.append(" ".join(data.split()))


def _said(part: str | bytes) -> str:
    return "a picture" if isinstance(part, bytes) else repr(part)


def _width(row: Row, ends: tuple[str, str] | None) -> float:
    """How wide an interval is; 0 where there is none, or it has no end."""
    low, high = (row.get(end) or "" for end in ends or ("", ""))
    if not (_NUMBER.fullmatch(low) and _NUMBER.fullmatch(high)):
        return 0.0
    return float(high) - float(low)


def _pixels(png: bytes) -> "np.ndarray":
    from matplotlib.image import imread

    try:
        return imread(BytesIO(png), format="png")
    except (OSError, SyntaxError) as error:
        raise ValueError(f"is no PNG: {error}") from error


def _is_near(a: "np.ndarray", b: "np.ndarray") -> bool:
    """Whether each pixel of `a` lies between the darkest and brightest of `b` that are next to its place."""
    from scipy.ndimage import maximum_filter, minimum_filter

    around = (3, 3, 1)[: a.ndim]
    dark, bright = minimum_filter(b, around), maximum_filter(b, around)
    return bool(((a >= dark - OF_COLOUR) & (a <= bright + OF_COLOUR)).all())
