import csv
from pathlib import Path

import pandas as pd
import pytest

from reframing.figures.reliability import imprecise, often_enough, slugs_of, with_confirmed

JUDGED = Path(__file__).parents[2] / "results/tables/judged.csv"


def one_row(slugs, judged):
    return with_confirmed(pd.DataFrame({"move": ["x"]}), [slugs], judged).iloc[0].to_dict()


def judged(*rows):
    columns = ["corpus", "move", "weighting", "precision", "n_read", "n_moves"]
    return pd.DataFrame(rows, columns=columns)


def test_what_was_found_five_times_is_enough():
    found = pd.Series({"hedge-added": 5, "hedge-dropped": 4, "lead-demoted": 0})
    assert often_enough(found) == ["hedge-added"]


def test_where_nothing_is_found_five_times_what_is_found_at_all_is_enough():
    assert often_enough(pd.Series({"hedge-added": 0, "hedge-dropped": 4})) == ["hedge-dropped"]


def test_a_difference_between_versions_is_the_moves_that_become_it():
    assert set(slugs_of("hedge-in-one-only")) == {"hedge-dropped", "hedge-added"}
    assert slugs_of("hedge-added") == ("hedge-added",)


def test_a_move_of_which_readers_confirm_little_is_imprecise():
    table = judged(
        ("all", "hedge-added", "moves", 0.59, 20, 100),
        ("all", "hedge-dropped", "moves", 0.61, 20, 100),
    )
    assert imprecise(one_row(("hedge-added",), table))
    assert not imprecise(one_row(("hedge-dropped",), table))


def test_a_move_of_which_readers_read_few_or_none_is_imprecise():
    table = judged(("all", "hedge-added", "moves", 1.0, 4, 100))
    assert imprecise(one_row(("hedge-added",), table))
    assert imprecise(one_row(("hedge-dropped",), table))


def test_without_verdicts_and_for_what_is_no_move_nothing_is_called_imprecise():
    table = judged(("all", "hedge-added", "moves", 0.0, 20, 100))
    assert not imprecise(one_row(("hedge-added",), None))
    assert not imprecise(one_row((), table))


def test_verdicts_on_all_corpora_are_taken_before_those_on_one():
    rows = (
        ("abc", "hedge-added", "moves", 0.2, 9, 50),
        ("all", "hedge-added", "moves", 0.8, 30, 90),
    )
    assert one_row(("hedge-added",), judged(*rows))["confirmed"] == 0.8
    assert one_row(("hedge-added",), judged(rows[0]))["confirmed"] == 0.2


@pytest.mark.parametrize("slugs", [("quote-altered",), ("hedge-dropped", "hedge-added")])
def test_published_verdicts_are_pooled_by_the_moves_that_they_stand_for(slugs):
    with JUDGED.open(encoding="utf8") as lines:
        rows = [r for r in csv.DictReader(lines) if r["corpus"] == "all" and r["move"] in slugs]
    right = sum(float(row["precision"]) * int(row["n_moves"]) for row in rows)
    found = one_row(slugs, pd.read_csv(JUDGED))
    assert found["confirmed"] == pytest.approx(right / sum(int(row["n_moves"]) for row in rows))
    assert found["n_read"] == sum(int(row["n_read"]) for row in rows)
