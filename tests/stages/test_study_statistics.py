"""The tables of units that the stage `statistics` writes, from records in a folder of its own."""

import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from reframing.coding.sampling import frame_of
from reframing.documents.errors import InputError
from reframing.documents.tidy import load
from reframing.stages.study_statistics import statistics
from studied import corpus, link, move, save_records, sentence, study

PARAMS = Path(__file__).parents[2] / "params.yaml"
TABLES = Path("results/tables/sample")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shutil.copy(PARAMS, "params.yaml")


def run(studied, groups=()):
    save_records(studied, groups)
    statistics("sample")


def test_units_of_every_pair_are_written():
    studied = corpus(events=3)
    run(studied)
    units = load("units", "sample", root=Path())
    assert list(units["pair"].unique()) == [one.pair.id for one in studied]
    words = units.groupby("pair")["words"].sum()
    links = units[units["link"].notna()].groupby("pair").size()
    for one in studied:
        assert words[one.pair.id] == sum(of.n_words for of in one.repost_measures)
        assert links[one.pair.id] == len(one.comparison.alignment)


def test_moves_are_counted_in_their_units_also_those_that_are_not_reported():
    found = [replace(move("hedge-dropped", 0, 0), score=score) for score in (0.9, 0.6, 0.2)]
    other = replace(move("hedge-added", None, 1), score=0.3)
    one = study([sentence()] * 2, [sentence()] * 2, [link(0, 0)])
    comparison = replace(one.comparison, moves=tuple(found[:2]))
    run([replace(one, comparison=comparison, proposals=(*found, other))])
    assert load("unit_moves", "sample", root=Path()).to_dict("records") == [
        {"pair": one.pair.id, "unit": "0→0", "move": "hedge-dropped", "reported": 2, "sure": 1,
         "scored": pytest.approx(1.7)},
        {"pair": one.pair.id, "unit": "→1", "move": "hedge-added", "reported": 0, "sure": 0,
         "scored": pytest.approx(0.3)},
    ]  # fmt: skip


def test_reported_moves_of_units_add_up_to_the_table_of_moves():
    run(corpus(events=3))
    of_units = load("unit_moves", "sample", root=Path())
    moves = load("moves", "sample", root=Path())
    counted = of_units.groupby(["pair", "move"])["reported"].sum()
    assert counted[counted > 0].to_dict() == Counter(zip(moves["pair"], moves["move"], strict=True))


def test_pairs_have_the_group_of_their_original():
    studied = corpus(events=4)
    run(studied, ("true", "false"))
    pairs = load("pairs", "sample", root=Path())
    articles = load("articles", "sample", root=Path()).set_index("article")["group"]
    assert set(pairs["group"]) == {"true", "false"}
    assert (pairs["group"] == pairs["original"].map(articles)).all()
    reposts = pairs.loc[pairs["condition"] == "repost", "repost"]
    assert articles[list(reposts)].isna().all()


def test_without_groups_pairs_have_none():
    run(corpus(events=2))
    assert load("pairs", "sample", root=Path())["group"].isna().all()


def test_units_can_be_drawn_from_what_is_written():
    studied = corpus(events=3)
    run(studied, ("true", "false"))
    frame = frame_of("sample", Path())
    copies = {one.pair.id for one in studied if one.pair.condition == "copy"}
    written = load("units", "sample", root=Path())
    assert len(frame) == len(written[~written["pair"].isin(copies)])
    assert set(frame["group"]) == {"true", "false"}


def test_the_same_pairs_give_the_same_bytes_whatever_was_written_before():
    studied = corpus(events=2)
    run(studied)
    first = {path.name: path.read_bytes() for path in TABLES.glob("unit*.parquet")}
    assert set(first) == {"units.parquet", "unit_moves.parquet"}
    run(studied[:3])
    run(studied)
    assert {path.name: path.read_bytes() for path in TABLES.glob("unit*.parquet")} == first


def test_a_study_without_a_repost_writes_no_units():
    with pytest.raises(InputError, match="no pair of an original and its repost"):
        run([one for one in corpus(events=2) if one.pair.condition == "independent"])
    assert not TABLES.exists()
