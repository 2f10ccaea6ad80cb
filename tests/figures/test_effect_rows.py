"""The figures of corrected effects, from invented tables."""

from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest

from reframing.documents.params import EffectsParams, FigureParams
from reframing.figures.dot_rows import kind_label
from reframing.figures.effect_rows import (
    CHECK,
    CORRECTED,
    OFTEN_WRONG,
    REPORTED,
    SPARSE,
    effects,
    interval,
    recognition,
)
from reframing.figures.figure import NULL, REPOST, draw, save
from reframing.stages.estimate_effects import EFFECT_COLUMNS, MOVE_COLUMNS

PARAMS = EffectsParams(reads={})
DRAWN = FigureParams(dpi=72)
TABLES = Path(__file__).parents[2] / "results/tables/effects"
NAN = float("nan")


def row(name, corpus, family, q, value=2.0, counted=1.0, **more):
    known = {"estimand": name, "corpus": corpus, "family": family, "q": q, "p": q}
    bounds = {"value": value, "low": value - 1, "high": value + 1.5}
    bounds |= {"counted": counted, "counted_low": counted - 0.5, "counted_high": counted + 0.5}
    known |= bounds | {"events": 35, "read": 444, "hypothesis": f"Reports of {name} change"}
    known |= {"found": 9, "precision": 0.8}
    return {**dict.fromkeys(EFFECT_COLUMNS, 0), **known, **more}


def effect_table(*rows):
    return pd.DataFrame(rows or ROWS, columns=EFFECT_COLUMNS)


ROWS = (
    row("weather", "terns", "asked", 0.01),
    row("trade", "terns", "asked", 0.3, value=-3.0),
    row("law", "gulls", "other", 0.04, events=1234, read=2345),
    row("known", "gulls", CHECK, 0.0001),
)


def move_table(*rows):
    return pd.DataFrame(rows or MOVES, columns=MOVE_COLUMNS)


def move_row(move, corpus="all", found=9, reported=8, precision=0.7, recall=0.4):
    known = {"corpus": corpus, "move": move, "found": found, "reported": reported}
    known |= {"precision": precision, "precision_low": precision - 0.1, "recall": recall}
    known |= {"precision_high": precision + 0.1, "recall_low": recall - 0.1}
    return {**dict.fromkeys(MOVE_COLUMNS, 0), **known, "recall_high": recall + 0.1}


MOVES = (
    move_row("hedge-dropped", recall=0.3),
    move_row("booster-added", recall=0.6, found=4),
    move_row("quote-altered", recall=NAN, found=0),
    move_row("agent-dropped", found=0, reported=0),
    move_row("polarity-flipped", corpus="terns"),
)


def drawing_of(figure):
    return draw(figure, DRAWN)


def texts(figure):
    """All words in a drawing, as text."""
    return [
        text.get_text() for text in drawing_of(figure).findobj(lambda one: hasattr(one, "get_text"))
    ]


def marks(drawing, marker, colour, filled=True):
    """Places of the marks of a shape and colour."""
    return [
        (float(line.get_xdata()[0]), float(line.get_ydata()[0]))
        for axes in drawing.axes
        if axes.axison
        for line in axes.lines
        if line.get_marker() == marker
        and line.get_color() == colour
        and (line.get_markerfacecolor() != "white") == filled
    ]


def values(places):
    return sorted(x for x, _ in places)


# Effects.


def test_the_title_counts_findings_but_those_that_were_known_before():
    assert effects(effect_table(), PARAMS).title.startswith("2 of 3 expected effects ")
    strict = EffectsParams(reads={}, fdr=0.02)
    assert effects(effect_table(), strict).title.startswith("1 of 3 expected effects ")


def test_the_title_tells_findings_against_what_was_expected():
    table = effect_table(*ROWS, row("against", "terns", "asked", 0.01, value=-3.0))
    title = effects(table, PARAMS).title
    assert title == (
        "2 of 4 expected effects are found once errors are corrected, and the reverse of 1 other"
    )


def test_an_effect_without_a_q_is_no_finding():
    table = effect_table(*ROWS, row("none", "terns", "asked", NAN))
    assert effects(table, PARAMS).title.startswith("2 of 4 expected effects ")


def test_the_caption_says_how_many_events_and_units_each_corpus_has():
    caption = effects(effect_table(), PARAMS).caption
    assert "terns: 35 events, 444 units read; gulls: 1,234 events, 2,345 units read" in caption
    assert "95% intervals" in caption
    assert "90% intervals" in effects(effect_table(), EffectsParams({}, interval=0.9)).caption


def test_each_effect_has_a_mark_corrected_and_one_as_reported():
    drawing = drawing_of(effects(effect_table(), PARAMS))
    assert values(marks(drawing, CORRECTED.marker, CORRECTED.colour)) == [-3, 2, 2, 2]
    assert values(marks(drawing, REPORTED.marker, REPORTED.colour, filled=False)) == [1] * 4


def test_corpora_share_a_scale_and_a_check_has_its_own():
    shown = texts(effects(effect_table(), PARAMS))
    for heading in ("terns", "gulls", "gulls: a check of the method"):
        assert shown.count(heading) == 1
    drawing = drawing_of(effects(effect_table(), PARAMS))
    limits = [axes.get_xlim() for axes in drawing.axes if axes.axison]
    assert len(limits) == 3
    assert limits[0] == limits[1] != limits[2]


def test_a_corpus_is_called_by_its_title_where_there_is_one():
    figure = effects(effect_table(), PARAMS, {"terns": "Articles about terns"})
    assert "Articles about terns" in texts(figure)
    assert "Articles about terns: 35 events" in figure.caption
    assert "gulls" in texts(figure)


def test_estimates_from_few_finds_and_reports_that_are_often_wrong_have_other_marks():
    few, wrong = row("few", "terns", "asked", 0.5, found=4), row("wrong", "terns", "asked", 0.5)
    table = effect_table(few | {"value": 3.0}, wrong | {"precision": 0.59, "counted": 5.0})
    drawing = drawing_of(effects(table, PARAMS))
    assert values(marks(drawing, SPARSE.marker, SPARSE.colour, filled=False)) == [3]
    assert values(marks(drawing, CORRECTED.marker, CORRECTED.colour)) == [2]
    assert values(marks(drawing, OFTEN_WRONG.marker, OFTEN_WRONG.colour, filled=False)) == [5]
    assert values(marks(drawing, REPORTED.marker, REPORTED.colour, filled=False)) == [1]


def test_the_key_has_the_marks_that_are_drawn():
    shown = texts(effects(effect_table(), PARAMS))
    assert CORRECTED.word in shown
    assert SPARSE.word not in shown


def test_without_effects_the_figure_says_so():
    figure = effects(effect_table(*ROWS).iloc[:0], PARAMS)
    assert "No effect was asked for." in texts(figure)
    assert figure.title.startswith("0 of 0 ")


def test_a_star_marks_what_is_found():
    shown = texts(effects(effect_table(*ROWS[:3]), PARAMS))
    assert shown.count("★ 35/444") == shown.count("35/444") == 1
    assert "★ 1,234/2,345" in shown


def test_an_undefined_effect_draws_nothing():
    bounds = {"low": NAN, "high": NAN}
    table = effect_table(*ROWS[:2], row("none", "terns", "asked", NAN, value=NAN, **bounds))
    drawing = drawing_of(effects(table, PARAMS))
    assert values(marks(drawing, CORRECTED.marker, CORRECTED.colour)) == [-3, 2]
    assert len(marks(drawing, REPORTED.marker, REPORTED.colour, filled=False)) == 3


@pytest.fixture
def axes():
    from matplotlib.figure import Figure

    return Figure().add_subplot()


def test_an_estimate_without_bounds_is_a_mark_alone_and_an_undefined_one_is_nothing(axes):
    interval(axes, {"value": NAN, "low": 1.0, "high": 2.0}, 0, CORRECTED)
    assert not axes.lines
    interval(axes, {"value": 1.5, "low": NAN, "high": NAN}, 0, CORRECTED)
    assert [list(line.get_xdata()) for line in axes.lines] == [[1.5]]
    interval(axes, {"value": 1.5, "low": 1.0, "high": 2.0}, 0, CORRECTED)
    assert [list(line.get_xdata()) for line in axes.lines] == [[1.5], [1.0, 2.0], [1.5]]


def test_all_of_an_interval_is_within_its_axes():
    table = effect_table(row("wide", "terns", "asked", 0.5, low=-40.0, high=70.0))
    drawing = drawing_of(effects(table, PARAMS))
    (own,) = [axes for axes in drawing.axes if axes.axison]
    low, high = own.get_xlim()
    assert low < -40
    assert high > 70


# How well moves are found.


def test_only_moves_of_all_corpora_that_were_seen_or_reported_are_shown():
    shown = recognition(move_table(), PARAMS).data["move"]
    assert list(shown) == ["booster-added", "hedge-dropped", "quote-altered"]


def test_precision_and_recall_stand_in_two_panels_by_recall():
    drawing = drawing_of(recognition(move_table(*MOVES[:1], move_row("hedge-added")), PARAMS))
    precision, recall = [axes for axes in drawing.axes if axes.axison]
    for axes, expected in ((precision, [0.7, 0.7]), (recall, [0.4, 0.3])):
        points = [line for line in axes.lines if line.get_marker() == "o"]
        points.sort(key=lambda line: line.get_ydata()[0])
        assert [float(line.get_xdata()[0]) for line in points] == expected


def test_shares_from_few_finds_or_with_wide_intervals_are_grey():
    drawing = drawing_of(recognition(move_table(), PARAMS))
    assert values(marks(drawing, "o", REPOST)) == [0.3, 0.7]
    assert values(marks(drawing, "o", NULL, filled=False)) == [0.6, 0.7, 0.7]
    wide = move_row("hedge-dropped") | {"precision_low": 0.1}
    drawing = drawing_of(recognition(move_table(wide), PARAMS))
    assert values(marks(drawing, "o", REPOST)) == [0.4]
    assert values(marks(drawing, "o", NULL, filled=False)) == [0.7]


def test_the_title_counts_the_shares_that_are_known():
    some = (move_row("hedge-dropped"), move_row("hedge-added", precision=0.45, recall=0.8))
    title = recognition(move_table(*some, MOVES[1]), PARAMS).title
    assert title.startswith("1 of 2 moves whose precision is known ")
    assert "1 of 2 whose recall is known" in title


def test_an_undefined_recall_draws_nothing():
    drawing = drawing_of(recognition(move_table(MOVES[2]), PARAMS))
    assert values(marks(drawing, "o", NULL, filled=False)) == [0.7]


def test_moves_are_named_with_how_often_they_were_seen_and_reported():
    table = move_table(move_row("hedge-dropped", found=12, reported=3456))
    shown = texts(recognition(table, PARAMS))
    assert kind_label("hedge-dropped") in shown
    assert "12/3,456" in shown


# Both.

FIGURES = {"effects": (effects, effect_table), "recognition": (recognition, move_table)}


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_drawn_with_the_same_bytes_twice(tmp_path, name):
    make, table = FIGURES[name]
    first, second = (save(make(table(), PARAMS), tmp_path / of, DRAWN) for of in "ab")
    assert [path.suffix for path in first] == [".csv", ".pdf", ".png", ".svg", ".txt"]
    assert {path.stem for path in first} == {name}
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
    svg = next(path for path in first if path.suffix == ".svg")
    assert ElementTree.parse(svg).getroot().tag.endswith("svg")


@pytest.mark.parametrize(("name", "file"), [("effects", "effects"), ("recognition", "moves")])
def test_the_committed_tables_can_be_drawn(name, file):
    table = pd.read_csv(TABLES / f"{file}.csv")
    drawing = drawing_of(FIGURES[name][0](table, PARAMS))
    shown = marks(drawing, "o", REPOST) + marks(drawing, "o", NULL, filled=False)
    of = table["value"] if name == "effects" else table[table["corpus"] == "all"]
    expected = of if name == "effects" else of[["precision", "recall"]]
    numbers = expected.to_numpy(float)
    assert values(shown) == pytest.approx(sorted(numbers[~np.isnan(numbers)]))
