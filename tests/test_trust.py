"""What the notebook and the figure about the gold suite say of a record."""

import io
import json
from pathlib import Path

import pandas as pd
import pytest

from reframing.documents.errors import InputError
from reframing.documents.params import FigureParams
from reframing.figures.figure import save
from test_gold_suite import PARAMS, exam_of, ranked, system
from validation.exam import Exam, Gold
from validation.gold_suite import Scores, record, run_suite, table
from validation.notebook_trust import (
    Validation,
    answer,
    calibration,
    errors,
    groups,
    open_validation,
    scores,
    transfer,
)
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


def validation(score: float = 0.9) -> Validation:
    return Validation(Path(), json.loads(json.dumps(record(suite(score), PARAMS, 7))))


def test_answer_counts_what_is_reached() -> None:
    assert answer(validation(0.9)).data == (
        "Profile `given` reaches **1** of 1 target score, which is all."
    )


def test_answer_names_what_falls_short_the_most() -> None:
    said = answer(validation(0.6)).data
    assert "**0** of 1 target score" in said
    assert "biased side of an edit" in said
    assert "to reach 0.80" in said


def test_scores_stand_beside_the_best_baseline_of_each_kind() -> None:
    row = scores(validation()).data.loc["biased side of an edit, share right, ties half"]
    assert row["trivial"] == "0.500"
    assert row["given"].startswith("0.900 [")


def test_groups_stand_in_rows() -> None:
    assert list(groups(validation(), "outlet", ["bias-auc"]).data.index) == ["Herald", "Post"]


def test_calibration_says_what_was_said_and_what_was() -> None:
    shown = calibration(validation(), "bias-auc")
    assert list(shown.data.loc["bin 2"]) == ["0.800", "1.000"]


def test_errors_are_listed_by_number() -> None:
    assert list(errors(validation(), "bias-auc").data.index) == ["right", "biased → not biased"]


def trial(*falls: float) -> dict[str, object]:
    """A trial of kinds a, b, … of as many sentences more, each falling from 0.9 by so much."""

    def scored(fall: float) -> dict[str, object]:
        return {"seen": {"macro-F1": 0.9}, "unseen": {"macro-F1": 0.9 - fall}}

    kinds = [
        {"kind": kind, "units": 10 * n, **scored(fall)}
        for n, (kind, fall) in enumerate(zip("abcde", falls, strict=False), 1)
    ]
    return {"data": "News", "left_out": "outlet", "kinds": kinds, **scored(0.05)}


def test_fall_on_unseen_outlets_is_the_mean_of_outlets_weighted_by_sentences() -> None:
    shown = transfer(Validation(Path(), {}, [trial(0.0, 0.3, -0.1, 0.0, 0.2)]))
    row = shown.data.loc["News: macro-F1"]
    assert row["left out"] == "5 outlets"
    assert (row["learned from all"], row["never seen"]) == ("0.900", "0.850")
    assert row["fall"].startswith("+0.087 [−0.0")  # (20 · 0.3 − 30 · 0.1 + 50 · 0.2) / 150
    assert row["furthest fall"] == "b, +0.300"


def test_two_kinds_give_no_interval() -> None:
    shown = transfer(Validation(Path(), {}, [trial(0.0, 0.3)]))
    assert shown.data.loc["News: macro-F1", "fall"] == "+0.200"


def test_absent_record_says_what_to_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "params.yaml").touch()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match="run the stage `validate`"):
        open_validation()


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
