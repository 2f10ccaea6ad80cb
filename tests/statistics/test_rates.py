import pytest

from reframing.documents.params import StatisticsParams
from reframing.statistics.rates import move_ratios, repost_kilowords
from reframing.statistics.study_tables import study_tables
from studied import move, sentence, study

PARAMS = StatisticsParams(flips=200)


def rate(records, slug, kind="edited"):
    moves = study_tables(records, PARAMS, seed=1)["moves"]
    rows = moves[(moves["move"] == slug) & (moves["kind"] == kind)]
    assert len(rows) == 1
    return rows.iloc[0]


def pair(words, moves, event, kind="edited"):
    found = [move("hedge-dropped", 0, 0, start=10 * n) for n in range(moves)]
    return study([sentence()], [sentence(words=words)], [], found, event, kind)


def test_a_rate_is_per_thousand_words_of_the_repost():
    assert rate([pair(500, 2, "flood")], "hedge-dropped")["value"] == pytest.approx(4.0)


def test_a_pair_without_the_move_counts_as_zero():
    records = [pair(500, 2, "flood"), pair(500, 0, "storm")]
    assert rate(records, "hedge-dropped")["value"] == pytest.approx(2.0)


def test_a_kind_without_the_move_has_the_rate_zero():
    records = [pair(500, 2, "flood"), pair(500, 0, "storm", "trimmed")]
    assert rate(records, "hedge-dropped", "trimmed")["value"] == 0


def test_a_rate_says_how_many_thousand_words_are_behind_it():
    row = rate([pair(500, 2, "flood"), pair(250, 0, "storm")], "hedge-dropped")
    assert row["n"] == pytest.approx(0.75)
    assert row["n_pairs"] == row["n_events"] == 2


def test_every_slug_that_is_asked_for_has_a_ratio():
    assert move_ratios({"hedge-added": 2}, 0.5, ["agent-added", "hedge-added"]) == {
        "agent-added": (0.0, 0.5),
        "hedge-added": (2.0, 0.5),
    }


def test_words_are_those_of_the_whole_repost():
    record = study([sentence()], [sentence(words=30), sentence(words=12)], [])
    assert repost_kilowords(record) == pytest.approx(0.042)
