"""Statistics of evidence: each against its definition, and intervals by document."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reframing.statistics.estimates import Resampling
from validation.scores import (
    Evidence,
    Floats,
    Statistic,
    auc,
    balanced_accuracy,
    best_threshold,
    evidence,
    f1,
    macro_f1,
    pearson,
    share,
)

RESAMPLING = Resampling(400, 0.95, 7)


def score(statistic: Statistic, rows: list[tuple[float, ...]]) -> float:
    return float(statistic(np.array(rows, float), np.ones((1, len(rows))))[0])


def test_f1_sums_counts_over_items() -> None:
    assert score(f1, [(1, 2, 1), (0, 1, 2)]) == pytest.approx(2 * 1 / 6)


def test_share_counts_half_a_tie() -> None:
    assert score(share, [(1, 1), (0.5, 1), (0, 1), (0, 1)]) == 0.375


def test_macro_f1_weighs_classes_alike() -> None:
    rows: list[tuple[float, ...]] = [(0, 0)] * 8 + [(1, 1), (1, 0)]
    assert score(macro_f1(2), rows) == pytest.approx((16 / 17 + 2 / 3) / 2)


def test_macro_f1_leaves_out_a_class_that_neither_side_has() -> None:
    assert score(macro_f1(3), [(0, 0), (1, 1)]) == 1


def test_balanced_accuracy_of_one_answer_is_one_half() -> None:
    assert score(balanced_accuracy(2), [(0, 1), (1, 1), (1, 1)]) == 0.5


def test_auc_counts_pairs_in_right_order_and_ties_half() -> None:
    assert score(auc, [(0.9, 1), (0.4, 1), (0.4, 0), (0.1, 0)]) == pytest.approx(3.5 / 4)


def test_auc_without_both_labels_is_nan() -> None:
    assert math.isnan(score(auc, [(0.9, 1), (0.4, 1)]))


def test_pearson_of_a_constant_is_nan() -> None:
    assert math.isnan(score(pearson, [(0.1, 1), (0.1, 2), (0.1, 3)]))


@given(st.lists(st.tuples(st.floats(-5, 5), st.floats(-5, 5)), min_size=3, max_size=12))
def test_pearson_is_that_of_numpy(rows: list[tuple[float, float]]) -> None:
    values = np.array(rows)
    if values.std(axis=0).min() > 1e-3:
        assert score(pearson, list(rows)) == pytest.approx(np.corrcoef(values.T)[0, 1], abs=1e-6)


@pytest.mark.parametrize("statistic", [f1, auc, pearson, share, macro_f1(2), balanced_accuracy(2)])
def test_weight_of_two_is_an_item_that_stands_twice(statistic: Statistic) -> None:
    rows = np.array([(1, 1), (0, 1), (1, 0), (0, 0)], float)
    if statistic is f1:
        rows = np.column_stack([np.array([1, 0, 1, 0.0]), np.full((4, 2), 2.0)])
    doubled: Floats = np.vstack([rows, rows[:1]])
    weighted = statistic(rows, np.array([[2.0, 1, 1, 1]]))
    assert weighted == pytest.approx(statistic(doubled, np.ones((1, 5))))


def test_best_threshold_parts_what_can_be_parted() -> None:
    scores, labels = [0.1, 0.2, 0.6, 0.9], [False, False, True, True]
    for statistic in (macro_f1(2), balanced_accuracy(2)):
        assert best_threshold(scores, labels, statistic) == pytest.approx(0.4)


def test_best_threshold_is_that_of_its_statistic() -> None:
    # From 0.3 on, both are found with 5 of 25 others: mean recall 0.9. From 0.7 on, one is, with none: 0.75.
    scores = [*([0.1] * 20), *([0.5] * 5), 0.5, 0.9]
    labels = [*([False] * 25), True, True]
    assert best_threshold(scores, labels, balanced_accuracy(2)) == pytest.approx(0.3)
    assert best_threshold(scores, labels, macro_f1(2)) == pytest.approx(0.7)


def right(documents: list[str], credits: list[float]) -> Evidence:
    return evidence(documents, [(credit, 1) for credit in credits], share)


def test_interval_holds_the_score_and_repeats() -> None:
    sample = right([str(i) for i in range(40)], [float(i % 4 > 0) for i in range(40)])
    value, low, high, n = sample.estimate(RESAMPLING)
    assert (value, n) == (0.75, 40)
    assert low < 0.75 < high
    assert sample.estimate(RESAMPLING) == sample.estimate(RESAMPLING)


def test_items_of_one_document_are_drawn_together() -> None:
    credits = [float(i < 20) for i in range(40)]
    by_item = right([str(i) for i in range(40)], credits).estimate(RESAMPLING)
    by_document = right([str(i // 10) for i in range(40)], credits).estimate(RESAMPLING)
    assert by_document.high - by_document.low > by_item.high - by_item.low


def test_single_document_has_no_interval() -> None:
    value, low, high, n = right(["a", "a"], [1, 0]).estimate(RESAMPLING)
    assert (value, n) == (0.5, 1)
    assert math.isnan(low)
    assert math.isnan(high)


def test_no_item_gives_no_score() -> None:
    assert math.isnan(right([], []).estimate(RESAMPLING).value)


def test_group_holds_the_items_that_name_it() -> None:
    groups = {"outlet": [("Post",), (), ("Post", "Herald")]}
    sample = evidence(["a", "b", "c"], [(1, 1), (0, 1), (0, 1)], share, groups)
    assert len(sample.within("outlet", "Post")) == 2
    assert sample.within("outlet", "Herald").documents == ("c",)
