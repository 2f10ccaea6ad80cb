"""What is equal within tolerance: numbers by their intervals, p-values, pictures, pages."""

import base64
import csv
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reframing.report.printed_tables import interval_columns
from reframing.stages.verification import (
    changed,
    different_parts,
    equal,
    page_parts,
    same_picture,
)

TABLES = sorted((Path(__file__).parents[2] / "results").glob("tables/**/*.csv"))
ROW = {"kind": "retold", "value": "10", "low": "5", "high": "25", "p": "0.03", "rejected": "True"}


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("1", "1.0", True),
        ("1e3", "1000", True),
        ("-0.0", "0", True),
        ("1e-17", "-3e-18", True),
        ("100", "100.00001", True),
        ("100", "100.001", False),
        ("1", "-1", False),
        ("1_0", "10", False),
        ("nan", "NaN", False),
        ("", "0", False),
        ("a", "A", False),
        ("１", "1", False),
        (None, "1", False),
    ],
)
def test_numbers_without_an_interval_are_compared_with_themselves(a, b, expected):
    assert equal("n", a, b, 1e-6) is expected


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("value", "10.2", []),
        ("value", "9.7", ["value"]),
        ("low", "5.19", []),
        ("high", "24.7", ["high"]),
        ("high", "", ["high"]),
        ("rejected", "False", ["rejected"]),
        ("kind", "cut", ["kind"]),
        ("p", "0.031", []),
        ("p", "0.04", ["p"]),
        ("p", "0", ["p"]),
    ],
)
def test_each_kind_of_cell_has_its_own_measure(column, value, expected):
    assert changed(ROW, ROW | {column: value}, 1e-5) == expected
    assert changed(ROW | {column: value}, ROW, 1e-5) == expected


def test_a_number_whose_interval_is_a_point_is_compared_with_itself():
    row = {"share": "2", "low": "2", "high": "2"}
    assert changed(row, row | {"share": "2.0001"}, 1e-5) == ["share"]


def test_an_estimate_with_ends_of_its_own_name_has_an_interval():
    columns = ["move", "recall", "recall_low", "recall_high", "found", "score", "low", "high"]
    assert interval_columns(columns) == {
        **dict.fromkeys(("recall", "recall_low", "recall_high"), ("recall_low", "recall_high")),
        **dict.fromkeys(("score", "low", "high"), ("low", "high")),
    }


@pytest.mark.parametrize("path", TABLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_interval_of_a_published_table_is_behind_its_own_estimate(path: Path):
    header, *rows = csv.reader(path.open(encoding="utf8", newline=""))
    for low, high in {*interval_columns(header).values()}:
        place = header.index(low)
        for row in rows:
            ends = row[place], row[header.index(high)]
            if all((*ends, row[place - 1])):
                assert float(ends[0]) <= float(row[place - 1]) <= float(ends[1])


estimates = st.tuples(st.floats(-1e3, 1e3), st.floats(0.01, 100), st.floats(0.01, 100))
share = st.floats(-0.0099, 0.0099)
beyond = st.floats(0.0101, 0.5) | st.floats(-0.5, -0.0101)


def row(value: float, below: float, above: float, **further: str) -> dict[str, str]:
    ends = {"low": repr(value - below), "high": repr(value + above)}
    return {"value": repr(value), **ends, "rejected": "False", **further}


def moved(before: dict[str, str], shares: dict[str, float]) -> dict[str, str]:
    width = float(before["high"]) - float(before["low"])
    return before | {key: repr(float(before[key]) + by * width) for key, by in shares.items()}


@given(estimates, share, share)
def test_within_a_hundredth_of_the_interval_nothing_has_changed(estimate, by, other):
    before = row(*estimate)
    # Ends that move towards each other make the interval narrower, and the hundredth with it.
    after = moved(before, {"value": by * 0.9, "low": -abs(other), "high": abs(other)})
    assert changed(before, after, 0) == changed(after, before, 0) == []


@given(estimates, beyond)
def test_beyond_a_hundredth_of_the_interval_the_number_has_changed(estimate, by):
    before = row(*estimate)
    after = moved(before, {"value": by})
    assert changed(before, after, 1e-9) == changed(after, before, 1e-9) == ["value"]


@given(estimates, share)
def test_a_decision_that_flips_has_changed_however_little_the_numbers_did(estimate, by):
    before = row(*estimate)
    after = moved(before, {"value": by}) | {"rejected": "True"}
    assert changed(before, after, 1e-5) == ["rejected"]


@given(st.floats(1e-6, 0.8), st.floats(1, 1.25), st.floats(1, 1.25))
def test_the_further_off_a_p_value_is_the_less_equal_it_is(p, factor, other):
    near, far = sorted((p * factor, p * other))
    assert equal("q", repr(p), repr(near), 0) >= equal("q", repr(p), repr(far), 0)


def png(pixels: np.ndarray) -> bytes:
    from matplotlib.image import imsave

    imsave(file := BytesIO(), pixels, format="png", cmap="gray", vmin=0, vmax=1)
    return file.getvalue()


def disc(x: float, radius: float = 12.0) -> np.ndarray:
    """A dark disc with a smooth edge, on white."""
    rows, columns = np.mgrid[0:60, 0:90]
    return np.clip(np.hypot(rows - 30, columns - x) - radius + 0.5, 0, 1)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (disc(40.3), True),
        (disc(41), True),
        (disc(43), False),
        (disc(40, 14.5), False),
        (np.maximum(disc(40), 0.1), True),
        (np.maximum(disc(40), 0.4), False),
        (disc(40)[:, 1:], False),
        (np.minimum(disc(40), disc(80, 1.5)), False),
        (np.ones((60, 90)), False),
    ],
    ids="nudged shifted displaced grown faded pale cropped dotted blank".split(),
)
def test_a_picture_is_the_same_where_no_edge_moves_by_more_than_a_pixel(other, expected):
    assert same_picture(png(disc(40)), png(other)) is expected
    assert same_picture(png(other), png(disc(40))) is expected


def test_a_digit_that_changes_is_seen():
    from matplotlib.figure import Figure

    def drawn(text: str) -> bytes:
        figure = Figure(figsize=(1, 0.3), dpi=150)
        figure.text(0.1, 0.3, text, fontsize=7)
        figure.savefig(file := BytesIO(), format="png")
        return file.getvalue()

    assert same_picture(drawn("0.28"), drawn("0.28"))
    assert not same_picture(drawn("0.28"), drawn("0.26"))


def test_what_is_no_png_is_an_error():
    with pytest.raises(ValueError, match="is no PNG"):
        same_picture(b"<svg/>", png(disc(40)))


def page(shown: bytes, words: str = "Of all") -> str:
    image = f'<img src="data:image/png;base64,{base64.b64encode(shown).decode()}"/>'
    return f"<style>b {{}}</style><p>{words} <b>3&nbsp;%</b></p>{image}<script>1</script>"


def test_a_page_is_what_its_reader_sees():
    shown = png(disc(40))
    assert page_parts(page(shown)) == ["Of all", "3 %", shown]
    svg = '<img alt="x" src="data:image/svg+xml;base64,PHN2Zy8+"/>'
    assert page_parts(svg + page(shown, "Of\n  all")) == page_parts(page(shown))


def test_pictures_of_a_page_may_differ_by_what_is_not_seen():
    pages = [page_parts(page(png(disc(x)))) for x in (40, 40.3, 50)]
    assert list(different_parts(pages[0], pages[1])) == []
    assert list(different_parts(pages[0], pages[2])) == [
        ("after 'Of all' | '3 %'", "a picture", "a picture")
    ]
    assert next(different_parts(pages[0], pages[0][:2]))[1:] == ("3 texts and pictures", "2")
