import re
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

from reframing.documents.params import FigureParams, StatisticsParams, read_params
from reframing.figures.caption import Study
from reframing.figures.figure import DOUBLE_MM, MM_PER_INCH, draw
from reframing.figures.gallery import open_study
from reframing.figures.move_rates import Scale, moves
from reframing.figures.reliability import HOLLOW
from reframing.moves.catalogue import catalogue
from reframing.statistics.study_tables import study_tables
from studied import corpus

ROOT = Path(__file__).parents[2]
CORPORA = read_params(ROOT / "params.yaml").corpora
PARAMS = FigureParams()
STATISTICS = StatisticsParams(flips=20)


def figure(judged=None, directed=True, **shape):
    tables = study_tables(corpus(**shape), STATISTICS, 1, directed)
    return moves(Study("Invented pairs", False, directed, tables, STATISTICS, judged))


def faces(drawn):
    """Whether each mark of the panels is filled, by colour of the fill."""
    lines = [line for axes in drawn.axes for line in axes.lines if len(line.get_xdata()) == 1]
    return [line.get_markerfacecolor() for line in lines]


def written(drawn):
    return [text.get_text() for text in drawn.texts]


def test_rows_are_grouped_by_family_and_ordered_by_rate():
    data = figure(events=8).data
    main = data[(data["condition"] == "repost") & (data["kind"] == "all")]
    families = [catalogue()[move].family for move in main["move"]]
    assert len(set(families)) == 1 + sum(a != b for a, b in pairwise(families))
    for family in set(families):
        rates = [rate for rate, own in zip(main["value"], families, strict=True) if own == family]
        assert rates == sorted(rates, reverse=True)


@pytest.mark.parametrize("name", CORPORA)
def test_moves_found_fewer_than_five_times_are_counted_and_not_drawn(name):
    table = pd.read_csv(ROOT / "results/tables" / name / "moves.csv")
    made = moves(open_study(name, ROOT))
    kind = set(made.data.loc[made.data["condition"].isin(["repost", "version"]), "kind"])
    pooled = table[(table["kind"] == "all") | (len(kind) == 1 and table["kind"].isin(kind))]
    if len(kind) == 1:
        studied = pooled["condition"].isin(["repost", "version"])
        pooled = pooled[~(studied & (pooled["kind"] == "all"))]
    found = {move: int(rows["found"].sum()) for move, rows in pooled.groupby("move")}
    assert set(made.data["move"]) == {move for move, count in found.items() if count >= 5}
    rare = sum(0 < count < 5 for count in found.values())
    assert (f"; {rare} more, found fewer than 5 times" in made.caption) == (rare > 0)


def test_zero_is_drawn_apart_from_every_rate_above_it():
    scale = Scale(-2, 1.0)
    places = [scale.place(rate) for rate in (0.0, 1e-6, 0.01, 0.5, 10.0)]
    assert places == sorted(set(places))
    assert places[2] == -2
    assert places[4] == 1


def test_what_readers_seldom_confirm_is_hollow():
    verdicts = {"corpus": "all", "weighting": "moves", "n_read": 30, "n_moves": 100}
    right = pd.DataFrame([verdicts | {"move": move, "precision": 0.9} for move in catalogue()])
    drawn = draw(figure(right, events=4), PARAMS)
    assert "white" not in faces(drawn)
    assert HOLLOW not in written(drawn)
    wrong = right.assign(precision=0.3)
    made = figure(wrong, events=4)
    drawn = draw(made, PARAMS)
    assert "white" in faces(drawn)
    assert HOLLOW in written(drawn)
    assert "Hollow: imprecise" in made.caption


def test_without_verdicts_no_row_is_hollow_and_none_is_promised():
    made = figure(events=4)
    assert "white" not in faces(draw(made, PARAMS))
    assert "readers" not in made.caption + made.title


def test_of_many_kinds_the_two_with_fewest_and_the_two_with_most_moves_are_drawn():
    kinds = ("a", "b", "c", "d", "e", "f")
    made = figure(events=12, kinds=kinds)
    tables = study_tables(corpus(events=12, kinds=kinds), STATISTICS, 1)["moves"]
    drawn = tables[tables["move"].isin(set(made.data["move"])) & (tables["condition"] == "repost")]
    total = {kind: drawn.loc[drawn["kind"] == kind, "value"].sum() for kind in kinds}
    ranked = sorted(kinds, key=lambda kind: total[kind])
    assert set(made.data["kind"]) >= {*ranked[:2], *ranked[-2:]}
    assert not set(made.data["kind"]) & set(ranked[2:4])


def test_a_single_kind_has_one_panel_as_wide_as_a_column():
    drawn = draw(figure(events=4, kinds=("edited",)), PARAMS)
    assert round(drawn.get_size_inches()[0] * MM_PER_INCH) == PARAMS.width_mm < DOUBLE_MM


@pytest.mark.parametrize("name", CORPORA)
def test_the_published_title_names_the_highest_rate_inside_sentences(name):
    made = moves(open_study(name, ROOT))
    rate, move = (
        made.data.loc[made.data["n_read"] >= 5],
        re.search(r": ([a-z ]+), ([\d.]+) per", made.title),
    )
    sure = rate[(rate["confirmed"] >= 0.6) & ~rate["move"].str.match("sentence|lead")]
    main = sure[sure["condition"].isin(["repost", "version"])]
    main = main[(main["kind"] == "all") | (main["kind"].nunique() == 1)]
    best = main.sort_values("value").iloc[-1]
    assert move[1] == best["move"].replace("-", " ")
    assert float(move[2]) == pytest.approx(best["value"], rel=0.05)


def test_the_published_title_counts_the_kinds_whose_intervals_lie_apart():
    made = moves(open_study("sample", ROOT))
    data = made.data[(made.data["kind"] == "all") & (made.data["n_read"] >= 5)]
    data = data[data["confirmed"] >= 0.6].pivot(index="move", columns="condition")
    more = (data["low"]["repost"] > data["high"]["independent"]).sum()
    less = (data["high"]["repost"] < data["low"]["independent"]).sum()
    assert f"Of {len(data)} kinds" in made.title
    assert f"{more} are more frequent" in made.title
    assert f"{less} less" in made.title
