"""The effects under other choices and the coverage of corrected effects, from invented and committed tables."""

from pathlib import Path

import pandas as pd
import pytest

from benchmarks.coverage_corrected import INTERVAL
from reframing.documents.params import EffectsParams, FigureParams
from reframing.figures.effect_checks import NOMINAL, PANELS, coverage, specifications
from reframing.figures.figure import INK, NULL, REPOST, draw

ROOT = Path(__file__).parents[2]
PARAMS = EffectsParams(reads={})
DRAWN = FigureParams(dpi=72)

EFFECTS = pd.DataFrame(
    [
        ("terns", "asked", "Terns get louder", 0.01, 444),
        ("gulls", "asked", "Gulls get louder", 0.04, 333),
        ("crows", "asked", "Crows get louder", 0.30, 222),
        ("known", "check", "Geese get louder", 0.001, 111),
    ],
    columns=["estimand", "family", "hypothesis", "q", "read"],
)
CHOICES = (
    ("as chosen", None, 2.0),
    ("reader", "b", 3.0),
    ("without", "fluent", 1.0),
    ("uncorrected", "all scores", 0.5),
)


def curves(**survive):
    rows = [
        (name, choice, option, value, value - 0.5, value + 0.5, 35, survive.get(name, True))
        for name in EFFECTS["estimand"]
        for choice, option, value in CHOICES
    ]
    columns = ["estimand", "choice", "option", "value", "low", "high", "events", "survives"]
    return pd.DataFrame(rows, columns=columns)


def texts(figure):
    drawing = draw(figure, DRAWN)
    return [text.get_text() for text in drawing.findobj(lambda one: hasattr(one, "get_text"))]


def rows_of(figure):
    """The axes of the effects from top to bottom."""
    return [axes for axes in draw(figure, DRAWN).axes if axes.axison]


def marks(axes, markers="soD"):
    """Marks of estimates from left to right."""
    shown = [line for line in axes.lines if line.get_marker() in list(markers)]
    return sorted(shown, key=lambda line: float(line.get_xdata()[0]))


def heights(axes, markers="soD"):
    return [float(line.get_ydata()[0]) for line in marks(axes, markers)]


def table(*rows):
    """The choices of the first effect: choice, option, value, low and high."""
    columns = ["choice", "option", "value", "low", "high"]
    shown = pd.DataFrame(list(rows), columns=columns)
    return shown.assign(estimand="terns", events=35, survives=True)


def test_effects_that_are_found_have_a_row_but_checks_have_none():
    figure = specifications(curves(), EFFECTS, PARAMS)
    assert list(dict.fromkeys(figure.data["estimand"])) == ["terns", "gulls"]
    assert len(rows_of(figure)) == 2


def test_the_title_counts_effects_that_survive():
    title = "2 effects that are found survive other defensible choices"
    assert specifications(curves(), EFFECTS, PARAMS).title == f"2 of {title}"
    assert specifications(curves(gulls=False), EFFECTS, PARAMS).title == f"1 of {title}"


def test_choices_run_in_one_order_as_multiples_of_the_effect_as_chosen():
    figure = specifications(curves().iloc[::-1], EFFECTS.iloc[:1], PARAMS)
    (row,) = rows_of(figure)
    assert heights(row) == [1, 1.5, 0.5, 0.25]
    assert [mark.get_color() for mark in marks(row)] == [INK, REPOST, REPOST, NULL]
    assert figure.data["relative_low"].tolist() == [0.75, 1.25, 0.25, 0]
    assert figure.data["relative_high"].tolist() == [1.25, 1.75, 0.75, 0.5]


def test_the_reverse_of_what_was_expected_is_a_whole_effect_too():
    choices = table(("as chosen", None, -2.0, -3.0, -1.0), ("reader", "b", 1.0, 0.5, 1.5))
    figure = specifications(choices, EFFECTS.iloc[:1], PARAMS)
    assert heights(rows_of(figure)[0]) == [1, -0.5]
    shown = texts(figure)
    assert "The reverse of: Terns get louder" in shown
    assert "−2.0 [−3.0, −1.0]: survives" in shown


def test_a_choice_has_one_column_for_all_effects_and_is_empty_where_it_does_not_apply():
    data = curves()
    lacks = (data["estimand"] == "terns") & (data["choice"] == "reader")
    upper, lower = rows_of(specifications(data[~lacks], EFFECTS, PARAMS))
    places = [[float(mark.get_xdata()[0]) for mark in marks(axes)] for axes in (upper, lower)]
    assert len(places[1]) == 4
    assert places[0] == [places[1][0], *places[1][2:]]


def test_intervals_that_include_0_are_hollow_and_those_that_do_not_show_the_sign_are_shaded():
    figure = specifications(
        table(
            ("as chosen", None, 2.0, 1.0, 3.0),
            ("reader", "a", 1.0, -0.1, 2.1),
            ("reader", "b", -0.5, -0.7, -0.3),
            ("uncorrected", "all scores", 0.1, -0.1, 0.3),
        ),
        EFFECTS.iloc[:1],
        PARAMS,
    )
    (row,) = rows_of(figure)
    faces = [mark.get_markerfacecolor() for mark in marks(row)]
    assert faces == [INK, "white", REPOST, "white"]
    shaded = sorted(patch.get_x() for patch in row.patches)
    assert shaded == [mark.get_xdata()[0] - 0.5 for mark in marks(row)[1:]]
    assert "0 of 2" in texts(figure)


def test_what_lies_beyond_the_scale_ends_in_an_arrowhead():
    figure = specifications(
        table(
            ("as chosen", None, 2.0, 1.0, 3.0),
            ("reader", "a", 9.0, 1.0, 99.0),
            ("reader", "b", 0.0, -99.0, 1.0),
        ),
        EFFECTS.iloc[:1],
        PARAMS,
    )
    (row,) = rows_of(figure)
    assert heights(row) == [1, 0]
    low, high = row.get_ylim()
    assert heights(row, "^v") == [high, low]


def test_each_choice_is_named_and_whether_the_effect_survives():
    figure = specifications(curves(terns=False), EFFECTS.iloc[:1], PARAMS)
    shown = texts(figure)
    assert {"as chosen", "reader: b", "without", "fluent", "raw", "all scores"} <= set(shown)
    assert {"Terns get louder", "2.0 [1.5, 2.5]: does not survive", "35/444"} <= set(shown)
    assert "2 of 2" in shown


@pytest.mark.parametrize("many", [1, 5, 12])
def test_the_figure_fits_a_page_and_its_texts_do_not_leave_it(many):
    names = [f"bird-{number}" for number in range(many)]
    expected = "Birds of many kinds that somebody asked to sing become louder than other birds " * 2
    effects = pd.DataFrame({"estimand": names, "hypothesis": expected}).assign(
        family="asked", q=0.01, read=444
    )
    one = curves().query("estimand == 'terns'")
    options = pd.concat([one, *[one.iloc[2:3].assign(option=f"kind {n}") for n in range(15)]])
    data = pd.concat([options.assign(estimand=name) for name in names])
    drawing = draw(specifications(data, effects, PARAMS), FigureParams(dpi=300))
    drawing.set_dpi(300)
    width, height = drawing.get_size_inches()
    assert width * 25.4 == pytest.approx(183)
    assert height * 25.4 <= 170.001
    for text in drawing.texts:
        box = text.get_window_extent()
        assert text.get_fontsize() >= 5
        assert -1 <= box.x0 <= box.x1 <= width * 300 + 1
        assert -1 <= box.y0 <= box.y1 <= height * 300 + 1


def test_where_nothing_is_found_the_figure_says_so():
    figure = specifications(curves(), EFFECTS.iloc[2:], PARAMS)
    assert "No effect is found." in texts(figure)
    assert figure.title.startswith("0 of 0 effects ")


# Coverage.


@pytest.fixture(scope="module")
def simulated():
    return pd.read_csv(ROOT / "results/benchmarks/coverage_corrected.csv")


def test_what_is_right_is_the_level_of_the_benchmark():
    assert NOMINAL == INTERVAL


def test_panels_show_coverage_and_findings_where_there_is_nothing(simulated):
    data = coverage(simulated).data
    for number in (0, 1):
        of = data[data["panel"] == number]
        assert of["value"].equals(of["coverage"])
    false = data[data["panel"] == 2]
    assert set(false["effect"]) == {0}
    assert false["value"].to_numpy() == pytest.approx(false["excludes_0"].to_numpy())
    assert set(data["method"]) == {"corrected", "counted"}


def test_the_title_has_the_means_over_settings(simulated):
    none = simulated.query("effect == 0 and estimand == 'difference'").groupby("method")
    held = simulated.groupby("method")["coverage"].mean()
    wrong = none["excludes_0"].mean()
    title = coverage(simulated).title
    assert (
        f"in {held['corrected']:.0%} of simulated studies, raw ones in {held['counted']:.0%}"
        in title
    )
    assert f"found in {wrong['corrected']:.0%} and {wrong['counted']:.0%}" in title


def test_each_mean_is_drawn_and_written_once(simulated):
    figure = coverage(simulated)
    means = figure.data.groupby(["panel", "method", "per_1000_words", "reads"])["value"].mean()
    axes = draw(figure, DRAWN).axes
    points = [
        float(line.get_ydata()[0])
        for one in axes
        if one.axison
        for line in one.lines
        if line.get_marker() in ("o", "D")
    ]
    assert sorted(points) == pytest.approx(sorted(means))
    written = [text.get_text() for one in axes for text in one.texts]
    assert sorted(written) == sorted(f"{100 * value:.0f}" for value in means)


def test_the_line_is_at_what_is_right(simulated):
    lines = {
        round(float(line.get_ydata()[0]), 6)
        for one in draw(coverage(simulated), DRAWN).axes
        if one.axison
        for line in one.lines
        if list(line.get_xdata()) == [0, 1]
    }
    assert lines == {round(panel.nominal, 6) for panel in PANELS}


def test_without_simulations_the_figure_says_so(simulated):
    assert "Nothing was simulated." in texts(coverage(simulated.iloc[:0]))
