"""The figures about planted changes."""

import pandas as pd
import pytest

from reframing.documents.errors import InputError
from reframing.documents.params import FigureParams, PerturbParams, ValidateParams
from reframing.figures.figure import draw, save
from validation.planted.figures_of_plants import planted_confusion, planted_moves
from validation.stages.draw_suites import gold_figures

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
