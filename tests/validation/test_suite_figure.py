"""What the notebook and the figure about the gold suite say of a record."""

import io
from pathlib import Path

import pandas as pd
import pytest
from test_gold_suite import PARAMS, exam_of, ranked, system

from reframing.documents.params import FigureParams
from reframing.figures.figure import draw, save
from validation.exam import Exam, Gold
from validation.gold_suite import Scores, run_suite, table
from validation.scores import Result
from validation.suite_figure import PROFILES, drawn, finding, panel_of
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


def row(measure: str, kind: str, score: float, low: float, high: float) -> dict[str, object]:
    """One system on one measure; a profile is `full`."""
    system = "full" if kind == "profile" else kind
    known = {"measure": measure, "system": system, "kind": kind, "published": float("nan")}
    return {**known, "score": score, "low": low, "high": high}


def test_only_a_whole_interval_above_the_best_baseline_counts_as_above() -> None:
    rows = [
        row("a", "trivial", 0.2, 0.1, 0.3),
        row("a", "word list", 0.5, 0.4, 0.6),
        row("a", "profile", 0.7, 0.6, 0.8),
        row("b", "other method", 0.65, 0.6, 0.7),
        row("b", "profile", 0.7, 0.6, 0.8),
        row("c", "profile", 0.7, 0.6, 0.8),
    ]
    assert finding(pd.DataFrame(rows)) == "Profile full is above every baseline in 1 of 2 measures"


@pytest.mark.parametrize(("score", "level"), [(0.75, 1), (0.85, 0)])
def test_an_annotator_above_the_interval_is_not_level(score: float, level: int) -> None:
    rows = [
        row("a", "trivial", 0.2, 0.1, 0.3),
        row("a", "people", score, score - 0.1, score + 0.1),
        row("a", "profile", 0.7, 0.6, 0.8),
    ]
    assert f"level with another annotator in {level} of 1" in finding(pd.DataFrame(rows))


def test_without_a_profile_the_title_claims_nothing() -> None:
    rows = pd.DataFrame([row("a", "trivial", 0.2, 0.1, 0.3)])
    assert finding(rows) == "Scores of the measures on gold"


def test_each_metric_has_a_panel_of_its_own() -> None:
    drawing = draw(scores_figure(frame(), PARAMS), FigureParams())
    *panels, _ = drawing.axes
    assert len(panels) == frame()["metric"].map(panel_of).nunique() > 1


@pytest.mark.parametrize("metric", ["overlap F1", "token F1", "exact F1", "F1"])
def test_spans_share_the_panel_of_f1_and_classes_do_not(metric: str) -> None:
    assert panel_of(metric) == "F1"
    assert panel_of("macro-F1, 3 classes") == "macro-F1"


@pytest.mark.slow
def test_figure_has_the_same_bytes_twice(tmp_path: Path) -> None:
    figures = [scores_figure(frame(), PARAMS) for _ in range(2)]
    saved = [
        [path.read_bytes() for path in save(figure, tmp_path / str(n), FigureParams())]
        for n, figure in enumerate(figures)
    ]
    assert saved[0] == saved[1]
