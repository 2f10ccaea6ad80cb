import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from reframing.documents.params import FigureParams, StatisticsParams, read_params
from reframing.figures.caption import Study
from reframing.figures.fate_panels import attribution, quotes
from reframing.figures.figure import draw
from reframing.figures.gallery import open_study
from reframing.figures.reliability import HOLLOW
from reframing.moves.catalogue import catalogue
from reframing.statistics.fates import UNDIRECTED
from reframing.statistics.study_tables import study_tables
from studied import corpus

ROOT = Path(__file__).parents[2]
CORPORA = read_params(ROOT / "params.yaml").corpora
PARAMS = FigureParams()
STATISTICS = StatisticsParams(flips=20)


def study(directed=True, **shape):
    tables = study_tables(corpus(**shape), STATISTICS, 1, directed)
    return Study("Invented pairs", False, directed, tables, STATISTICS)


def panels(drawing):
    """The axes with marks, from left to right."""
    return [axes for axes in drawing.axes if axes.get_xticks().size and axes.lines[1:]]


def words(drawing):
    return " ".join(text.get_text() for text in drawing.texts)


def test_panels_of_changes_share_one_scale_and_end_where_their_shares_do():
    drawn = panels(draw(attribution(study(events=8)), PARAMS))[1:]
    spans = [axes.get_xlim() for axes in drawn]
    scales = [
        axes.bbox.width / (high - low) for axes, (low, high) in zip(drawn, spans, strict=True)
    ]
    assert len(drawn) > 2
    assert scales == pytest.approx([scales[0]] * len(scales))
    assert len({round(high, 3) for _, high in spans}) > 1


@pytest.mark.parametrize("make", [attribution, quotes])
@pytest.mark.parametrize("name", CORPORA)
def test_every_published_share_lies_inside_its_panel(name, make):
    for axes in panels(draw(make(open_study(name, ROOT)), PARAMS)):
        low, high = axes.get_xlim()
        marks = [x for line in axes.lines for x in line.get_xdata() if line.get_marker() in "osD"]
        assert all(low <= x <= high for x in marks)
        assert high <= 120


@pytest.mark.parametrize("make", [attribution, quotes])
def test_the_drawing_says_what_hollow_means_where_a_mark_is(make):
    verdicts = {"corpus": "all", "weighting": "moves", "n_read": 30, "n_moves": 100}
    of = study(events=4)
    for precision in (0.9, 0.3):
        judged = pd.DataFrame(
            [verdicts | {"move": move, "precision": precision} for move in catalogue()]
        )
        drawn = draw(make(replace(of, judged=judged)), PARAMS)
        assert (HOLLOW in words(drawn)) == (precision < 0.6)


def test_fates_found_fewer_than_five_times_are_named_and_not_drawn():
    made = attribution(open_study("raidar-news", ROOT))
    table = pd.read_csv(ROOT / "results/tables/raidar-news/fates.csv")
    table = table[(table["subject"] == "attribution") & (table["kind"] == "all")]
    found = table.groupby("fate")["found"].sum()
    assert found["swapped"] < 5
    assert found["vague"] < 5
    assert "not drawn: other source, vaguer." in made.caption
    drawn = words(draw(made, PARAMS))
    assert "other source" not in drawn
    assert "endorsed" in drawn


def test_where_no_change_is_found_five_times_those_found_at_all_are_drawn():
    made = quotes(study(events=1, kinds=("edited",), conditions=("repost",)))
    changes = made.data[made.data["base"] == "carried over"].set_index("fate")["found"].drop("kept")
    assert 0 < changes.max() < 5
    drawn = words(draw(made, PARAMS))
    names = {"altered": "altered", "paraphrased": "paraphrased", "truncated": "cut"}
    assert all((names[fate] in drawn) == (count > 0) for fate, count in changes.items())


def test_of_versions_fates_have_names_without_direction():
    drawn = words(draw(attribution(study(False, events=6, conditions=("version",))), PARAMS))
    assert UNDIRECTED["dropped"] in drawn
    assert "of those in shared sentences" in drawn
    assert "carried over" not in drawn


@pytest.mark.parametrize(("subject", "make"), [("attribution", attribution), ("quote", quotes)])
@pytest.mark.parametrize("name", CORPORA)
def test_the_published_title_has_the_sums_of_all_changes(name, subject, make):
    """`kept`, from which the title is made, is what the sum of all changes leaves."""
    study = open_study(name, ROOT)
    table = pd.read_csv(ROOT / "results/tables" / name / "fates.csv")
    table = table[
        (table["subject"] == subject) & table["base"].isin(["carried over", "shared sentences"])
    ]
    changes = table[~table["fate"].isin(["kept", "same"])]
    sums = changes.groupby(["condition", "kind"])["value"].sum(min_count=1)
    of_kinds = sums[study.condition][study.firm_kinds].dropna()
    title = make(study).title.replace("none", "0%")
    shares = [float(share) / 100 for share in re.findall(r"([\d.]+)%", title)]
    expected = sorted({of_kinds.min(), of_kinds.max()})
    if np.isclose(of_kinds.min(), of_kinds.max()):
        expected = expected[:1]
    if "independent" in sums:
        expected.append(sums["independent"]["all"])
    assert shares == pytest.approx(expected, abs=0.0051)
