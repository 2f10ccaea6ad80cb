"""Tests by event: p-values of sign flips, and the families over which q-values are taken."""

from itertools import product

import numpy as np
import pytest

from reframing.documents.params import StatisticsParams
from reframing.statistics.significance import false_discovery, sign_flip_p, with_q
from reframing.statistics.study_tables import study_tables
from studied import corpus


def test_flips_of_few_events_are_enumerated():
    differences = np.array([0.4, -0.1, 0.7, 0.3, 0.2])
    sums = [abs(np.dot(signs, differences)) for signs in product((1, -1), repeat=5)]
    expected = np.mean([one >= abs(differences.sum()) - 1e-12 for one in sums])
    assert sign_flip_p(differences[:, None], 50, 1)[0] == pytest.approx(expected)


def test_sampled_flips_agree_with_a_test_of_many_events_by_the_normal_law():
    from scipy import stats

    differences = np.random.default_rng(2).normal(0.25, 1, 200)
    z = differences.sum() / np.sqrt((differences**2).sum())
    assert sign_flip_p(differences[:, None], 20_000, 1)[0] == pytest.approx(
        2 * stats.norm.sf(z), rel=0.35
    )


def test_the_least_p_is_bounded_by_the_number_of_flips():
    assert sign_flip_p(np.ones((60, 1)), 9_999, 1)[0] == pytest.approx(1e-4)
    assert StatisticsParams().flips >= 100_000


def test_p_is_uniform_where_there_is_no_effect():
    noise = np.random.default_rng(5).normal(size=(20, 400))
    assert np.mean(sign_flip_p(noise, 999, 1) <= 0.05) == pytest.approx(0.05, abs=0.03)


def test_events_that_are_nan_take_no_part_in_a_test():
    alone = sign_flip_p(np.array([[1.0], [2.0], [3.0]]), 9, 1)
    among = sign_flip_p(np.array([[1.0], [2.0], [np.nan], [3.0]]), 9, 1)
    assert alone == among == [0.25]


def test_p_of_a_single_event_is_nan():
    assert np.isnan(sign_flip_p(np.array([[2.0], [np.nan]]), 9, 1)[0])


def test_false_discovery_is_benjamini_hochberg_over_the_tests_that_have_a_p():
    q_values = false_discovery(np.array([0.01, np.nan, 0.04, 0.03]))
    assert q_values[[0, 2, 3]] == pytest.approx([0.03, 0.04, 0.04])
    assert np.isnan(q_values[1])


def test_the_sum_of_two_tested_effects_is_not_tested():
    tests = study_tables(corpus(events=6), StatisticsParams(flips=99), 1)["tests"]
    assert set(tests.loc[tests["against"] == "no change", "effect"]) == {"composition", "rewording"}


def test_q_is_over_all_tests_against_the_same_alternative():
    tests = study_tables(corpus(events=12), StatisticsParams(flips=999), 1)["tests"]
    for _, family in tests.groupby("against"):
        p = family["p"].dropna().sort_values()
        by_hand = (p * len(p) / np.arange(1, len(p) + 1))[::-1].cummin()[::-1].clip(upper=1)
        assert family.loc[by_hand.index, "q"].to_numpy() == pytest.approx(by_hand.to_numpy())


def test_what_cannot_be_tested_is_neither_rejected_nor_kept():
    tests = [{"against": "no change", "p": p} for p in (0.001, 0.9, float("nan"))]
    assert [test["rejected"] for test in with_q(tests, 0.05)] == [True, False, None]
