"""The figures about planted changes."""

from pathlib import Path

import pandas as pd
import pytest

from reframing.documents.errors import InputError
from reframing.documents.params import FigureParams, PerturbParams, ValidateParams
from reframing.figures.figure import draw, save
from validation.planted.figures_of_plants import by_recall, missed, planted_misses, planted_moves
from validation.stages.draw_suites import gold_figures

TABLES = Path(__file__).parents[2] / "results/tables"
MOVES = pd.DataFrame(
    {
        "move": ["hedge-added", "hedge-added", "agent-dropped", "agent-dropped", "all"],
        "words": ["all", "in no lexicon", "all", "none", "all"],
        "planted": [4, 4, 2, 2, 6],
        "recall": [0.25, 0.25, 0.5, 0.5, 0.33],
        "recall_low": [0.1, 0.1, 0.0, 0.0, 0.2],
        "recall_high": [0.5, 0.5, 1.0, 1.0, 0.6],
        "found": [5, 5, 1, 1, 6],
        "precision": [0.6, 0.6, 1.0, 1.0, 0.66],
        "precision_low": [0.3, 0.3, 1.0, 1.0, 0.4],
        "precision_high": [0.9, 0.9, 1.0, 1.0, 0.8],
    }
)
CONFUSION = pd.DataFrame(
    [
        ("agent-dropped", "agent-dropped", 1),
        ("agent-dropped", "elsewhere", 1),
        ("hedge-added", "hedge-added", 1),
        ("hedge-added", "booster-added", 2),
        ("hedge-added", "nothing", 1),
    ],
    columns=["planted", "found", "n"],
)


def written(figure) -> list[str]:
    return [text.get_text() for text in draw(figure, FigureParams()).texts]


def test_misses_are_shares_of_what_was_planted_the_most_missed_move_first() -> None:
    data = missed(CONFUSION, MOVES)
    assert list(dict.fromkeys(data["planted"])) == ["hedge-added", "agent-dropped"]
    shares = data.set_index(["planted", "outcome"])["share"]
    assert shares["hedge-added", "another move"] == 0.5
    assert shares["hedge-added", "nothing"] == 0.25
    assert shares["agent-dropped", "elsewhere"] == 0.5
    assert data.groupby("planted")["share"].sum().to_dict() == {
        "agent-dropped": 0.5,
        "hedge-added": 0.75,
    }


def test_the_interval_of_what_is_missed_is_that_of_recall_from_the_other_end() -> None:
    first = missed(CONFUSION, MOVES).iloc[0]
    assert (first["missed_low"], first["missed_high"]) == (0.5, 0.9)


def test_what_is_found_instead_is_named_the_commonest_first() -> None:
    more = [("hedge-added", slug, n) for slug, n in (("agent-added", 3), ("number-changed", 1))]
    confusion = pd.concat([CONFUSION, pd.DataFrame(more, columns=CONFUSION.columns)])
    figure = planted_misses(confusion, MOVES)
    assert figure.data["instead"].iloc[0] == "agent added 3, booster added 2, others 1"
    assert figure.data["instead"].iloc[0] in written(figure)


def test_the_title_says_how_many_are_missed_and_what_becomes_of_them() -> None:
    assert planted_misses(CONFUSION, MOVES).title == (
        "67% of planted changes are missed; of these, 50% pass for another move, "
        "25% are found elsewhere, 25% leave no trace"
    )


def test_where_all_is_found_no_change_is_missed() -> None:
    found = CONFUSION[CONFUSION["planted"] == CONFUSION["found"]]
    figure = planted_misses(found, MOVES)
    assert figure.title == "No planted change is missed"
    assert "hedge added" in written(figure)


def test_published_misses_are_what_recall_leaves() -> None:
    confusion = pd.read_csv(TABLES / "confusion.csv")
    table = pd.read_csv(TABLES / "perturbation.csv").query("words == 'all'").set_index("move")
    data = missed(confusion, pd.read_csv(TABLES / "perturbation.csv"))
    sums = data.groupby("planted")["share"].sum()
    assert sums.to_numpy() == pytest.approx(1 - table.loc[sums.index, "recall"], abs=1e-4)
    changes = data.groupby("planted")["changes"].first()
    assert (changes == table.loc[changes.index, "planted"]).all()


def test_moves_are_sorted_by_recall_and_all_together_come_last() -> None:
    order = list(dict.fromkeys(by_recall(MOVES)["move"]))
    assert order == ["agent-dropped", "hedge-added", "all"]


def test_recall_and_precision_have_a_panel_and_an_n_each() -> None:
    figure = planted_moves(MOVES, PerturbParams(), ValidateParams())
    said = written(figure)
    assert {"hedge added", "agent dropped", "all"} <= set(said)
    assert said.count("4") == said.count("5") == 1
    assert sum("(%)" in text for text in said) == 2


def test_the_title_compares_listed_with_unlisted_words() -> None:
    rows = MOVES.assign(words=["all", "none", "all", "none", "in lexicons"])
    listed = pd.concat([rows, rows.tail(1).assign(words="in no lexicon", recall=0.1)])
    figure = planted_moves(listed, PerturbParams(), ValidateParams())
    assert "33% of cases" in figure.title
    assert "10%" in figure.title


def test_the_files_of_both_figures_are_written(tmp_path) -> None:
    for figure in (
        planted_misses(CONFUSION, MOVES),
        planted_moves(MOVES, PerturbParams(), ValidateParams()),
    ):
        assert save(figure, tmp_path, FigureParams())


def test_an_unknown_suite_is_named() -> None:
    with pytest.raises(InputError, match="expected validation or perturbation"):
        gold_figures("moves")
