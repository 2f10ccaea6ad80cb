"""What the notebook and the figure about the gold suite say of a record."""

import io
from pathlib import Path

import pandas as pd
import pytest
from test_gold_suite import PARAMS, exam_of, ranked, system

from reframing.documents.params import FigureParams
from reframing.figures.figure import save
from validation.exam import Exam, Gold
from validation.gold_suite import Scores, run_suite, table
from validation.scores import Result
from validation.suite_figure import PROFILES, drawn
from validation.suite_figure import scores as scores_figure


def bias_exam() -> Exam:
    """An exam of a calibrated measure with two outlets and kinds of error."""
    result = ranked([0.9, 0.1, 0.7, 0.3], [1, 0, 1, 1], ["Post", "Post", "Herald", "Herald"])
    judged: Result = result._replace(errors={"right": 3, "biased → not biased": 1})
    return Exam("bias", lambda g: [], lambda i, s: iter([judged]), lambda i, g: iter(()))


def suite(score: float = 0.9) -> Scores:
    return run_suite([system()], Gold(), PARAMS, 7, [exam_of(score), bias_exam()])


def frame(profile: str = "lexicon") -> pd.DataFrame:
    data = pd.read_csv(io.StringIO(table(suite().whole)))
    return data.replace({"system": {"given": profile}})


@pytest.mark.parametrize("profile", PROFILES)
def test_figure_draws_each_profile_under_its_own_mark(profile: str) -> None:
    data = frame(profile)
    assert len(drawn(data[data["measure"] == "biased-side"], profile)) == 1
    (other,) = set(PROFILES) - {profile}
    assert drawn(data, other) == []


@pytest.mark.slow
def test_figure_has_the_same_bytes_twice(tmp_path: Path) -> None:
    figures = [scores_figure(frame(), PARAMS) for _ in range(2)]
    saved = [
        [path.read_bytes() for path in save(figure, tmp_path / str(n), FigureParams())]
        for n, figure in enumerate(figures)
    ]
    assert saved[0] == saved[1]
