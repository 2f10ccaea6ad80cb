"""What the notebook and the figures about planted changes say of a record."""

from pathlib import Path

import pandas as pd
import pytest

from reframing.coding.precision import Precision, as_csv
from reframing.documents.errors import InputError
from reframing.documents.params import FigureParams, PerturbParams, ValidateParams
from reframing.figures.figure import draw, save
from validation.notebook_planted import (
    JUDGED,
    JUDGED_BY_SCORE,
    Planted,
    answer,
    faithful,
    forms,
    judged,
    judged_by_score,
    open_planted,
)
from validation.planted.figures_of_plants import planted_confusion, planted_moves
from validation.stages.draw_suites import gold_figures

RECORD = {
    "moves": [
        {"move": "hedge-added", "words": "all", "planted": 4, "recall": [0.75, 0.5, 1.0]},
        *(
            {
                "move": "all",
                "words": words,
                "planted": n,
                "recall": [recall, recall - 0.1, recall + 0.1],
                "precision": [0.9, 0.8, 1.0],
            }
            for words, n, recall in (
                ("all", 4400, 0.7),
                ("in lexicons", 1600, 0.8),
                ("in no lexicon", 1400, 0.5),
                ("none", 1400, 0.85),
            )
        ),
    ],
    "forms": [
        {
            "form": "in front",
            "move": "hedge-added",
            "planted": {"in lexicons": 2, "in no lexicon": 2},
            "found": {"in lexicons": 2, "in no lexicon": 1},
            "false": {},
        },
        {
            "form": "cut",
            "move": "agent-dropped",
            "planted": {"none": 2},
            "found": {"none": 1},
            "false": {"agent-dropped": 1, "hedge-added": 2},
        },
    ],
    "faithful": [
        {
            "rewrite": "verbatim",
            "texts": 7,
            "words": 900,
            "changes": 0,
            "moves": 0,
            "per_1000_words": 0.0,
            "by_move": {},
        },
        {
            "rewrite": "all",
            "texts": 5,
            "words": 12000,
            "changes": 60,
            "moves": 3,
            "per_1000_words": 0.25,
            "by_move": {"hedge-added": 3},
        },
    ],
}
MOVES = pd.DataFrame(
    {
        "move": ["hedge-added", "hedge-added", "agent-dropped", "agent-dropped", "all"],
        "words": ["all", "in no lexicon", "all", "none", "all"],
        "planted": [4, 4, 2, 2, 6],
        "recall": [0.75, 0.75, 0.5, 0.5, 0.66],
        "recall_low": [0.5, 0.5, 0.0, 0.0, 0.4],
        "recall_high": [1.0, 1.0, 1.0, 1.0, 0.8],
        "found": [5, 5, 1, 1, 6],
        "precision": [0.6, 0.6, 1.0, 1.0, 0.66],
        "precision_low": [0.3, 0.3, 1.0, 1.0, 0.4],
        "precision_high": [0.9, 0.9, 1.0, 1.0, 0.8],
    }
)
CONFUSION = pd.DataFrame(
    [
        ("hedge-added", "hedge-added", 3),
        ("hedge-added", "nothing", 1),
        ("agent-dropped", "agent-dropped", 1),
        ("agent-dropped", "elsewhere", 1),
    ],
    columns=["planted", "found", "n"],
)


def test_answer_tells_recall_precision_and_false_alarms() -> None:
    said = answer(Planted(Path(), RECORD)).data
    assert "Of 1,400 changes planted with words that stand in no lexicon" in said
    assert said.index("**0.500** [0.400,\u00a00.600]") < said.index("0.800 [0.700,\u00a00.900]")
    assert "**0.25** false moves in 1,000 words" in said
    assert "in 7 verbatim copies **0**" in said


def test_the_forms_found_least_come_first() -> None:
    page = forms(Planted(Path(), RECORD))._repr_html_()
    assert page.index("cut (agent-dropped)") < page.index("in front (hedge-added)")
    assert "hedge-added 2 and agent-dropped 1" in page


def test_what_is_seen_in_faithful_rewrites_is_named() -> None:
    assert "hedge-added 3" in faithful(Planted(Path(), RECORD))._repr_html_()


def test_a_benchmark_that_has_not_run_is_one_line(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "dvc.yaml").touch()
    (tmp_path / "params.yaml").touch()
    with pytest.raises(InputError, match="run the stage `perturb`"):
        open_planted()


@pytest.mark.parametrize(
    ("told", "file", "row"),
    [
        (judged, JUDGED, "fnc-1: hedge-added"),
        (judged_by_score, JUDGED_BY_SCORE, "hedge-added"),
    ],
)
def test_judged_moves_stand_with_their_interval_and_state(tmp_path, told, file, row) -> None:
    (tmp_path / file.parent).mkdir(parents=True)
    rows = [
        Precision("fnc-1", "hedge-added", words, 0.5, 0.2, 0.8, 8, 7, 64, 0.56, 0.625, 0.75, "v9")
        for words in ("moves", "verdicts")
    ]
    (tmp_path / file).write_text(as_csv(rows), "utf8")
    found = told(Planted(tmp_path, RECORD)).data.loc[row]
    assert list(found) == ["8 of 64", "7", "0.56", "0.62", "0.50 [0.20,\u00a00.80]", "0.75", "v9"]


def test_shares_of_the_confusion_are_of_what_was_planted(tmp_path) -> None:
    figure = planted_confusion(CONFUSION)
    assert figure.data["share"].tolist() == [0.75, 0.25, 0.5, 0.5]
    drawing = draw(figure, FigureParams())
    (axes,) = drawing.axes
    assert [t.get_text() for t in axes.get_xticklabels()][-3:] == [
        "elsewhere",
        "unlikely",
        "nothing",
    ]
    written = sorted(text.get_text() for text in axes.texts)
    assert written == ["25", "50", "50", "75"]
    assert save(figure, tmp_path, FigureParams())


def test_every_move_has_its_row() -> None:
    figure = planted_moves(MOVES, PerturbParams(), ValidateParams())
    drawing = draw(figure, FigureParams())
    said = [text.get_text() for text in drawing.texts]
    assert {"hedge-added (4)", "agent-dropped (2)", "all (6)"} <= set(said)


def test_an_unknown_suite_is_named() -> None:
    with pytest.raises(InputError, match="expected validation or perturbation"):
        gold_figures("moves")
