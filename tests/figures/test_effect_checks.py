"""The specification curves and the coverage of corrected effects, from invented and committed tables."""

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


def test_effects_that_are_found_have_a_curve_but_checks_have_none():
    figure = specifications(curves(), EFFECTS, PARAMS)
    assert list(dict.fromkeys(figure.data["estimand"])) == ["terns", "gulls"]
    assert sum(axes.axison for axes in draw(figure, DRAWN).axes) == 4


def test_the_title_counts_effects_that_survive():
    title = "2 effects that are found survive other defensible choices"
    assert specifications(curves(), EFFECTS, PARAMS).title == f"2 of {title}"
    assert specifications(curves(gulls=False), EFFECTS, PARAMS).title == f"1 of {title}"


def test_corrected_estimates_are_sorted_and_raw_ones_come_after_them():
    figure = specifications(curves(), EFFECTS.iloc[:1], PARAMS)
    assert list(figure.data["value"]) == [1, 2, 3, 0.5]
    curve, below = draw(figure, DRAWN).axes
    shown = [line for line in curve.lines if line.get_marker() not in ("None", None, "")]
    places = [(float(one.get_xdata()[0]), float(one.get_ydata()[0])) for one in shown]
    assert places == [(0, 1), (1, 2), (2, 3), (4, 0.5)]
    assert [one.get_color() for one in shown] == [REPOST, INK, REPOST, NULL]
    rows = [line for line in below.lines if line.get_marker() not in ("None", None, "")]
    assert [float(one.get_xdata()[0]) for one in rows] == [1, 2, 0, 4]


def test_each_choice_is_named_and_whether_the_effect_survives():
    shown = texts(specifications(curves(terns=False), EFFECTS.iloc[:1], PARAMS))
    assert {"as chosen", "reader b", "without fluent", "raw: all scores"} <= set(shown)
    assert "2.0 [1.5, 2.5]: does not survive" in shown


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
