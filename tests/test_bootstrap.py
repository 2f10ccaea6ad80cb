import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reframing.statistics.bootstrap import (
    Resampling,
    cluster_weights,
    false_discovery,
    mean_estimate,
    ratio_estimate,
    sign_flip_p,
)

RESAMPLING = Resampling(resamples=500, seed=3)
FLOATS = st.floats(-1e3, 1e3)


def covered(truth, draw, simulations=200, clusters=40):
    """Share of simulated intervals that hold `truth`."""
    generator = np.random.default_rng(11)
    estimates = [draw(generator, clusters) for _ in range(simulations)]
    return np.mean([estimate.low <= truth <= estimate.high for estimate in estimates])


def test_interval_of_a_mean_covers_the_truth_as_often_as_it_says():
    share = covered(2.0, lambda g, n: mean_estimate(g.normal(2.0, 1.0, n), RESAMPLING))
    assert 0.90 <= share <= 0.99


def test_interval_of_a_ratio_covers_the_truth_as_often_as_it_says():
    def draw(generator, n):
        words = generator.integers(100, 900, n).astype(float)
        return ratio_estimate(generator.poisson(0.02 * words).astype(float), words, RESAMPLING)

    assert 0.88 <= covered(0.02, draw) <= 0.99


def test_ratio_is_of_sums_and_not_a_mean_of_ratios():
    estimate = ratio_estimate(np.array([1.0, 9.0]), np.array([10.0, 10.0]), RESAMPLING)
    assert estimate.value == 0.5
    assert ratio_estimate(np.array([1.0, 0.0]), np.array([1.0, 9.0]), RESAMPLING).value == 0.1


def test_clusters_without_denominator_are_left_out():
    estimate = ratio_estimate(np.array([1.0, 0.0, 3.0]), np.array([2.0, 0.0, 2.0]), RESAMPLING)
    assert estimate.value == 1.0
    assert estimate.n_clusters == 2


def test_a_single_cluster_has_a_value_and_no_interval():
    estimate = mean_estimate(np.array([4.0]), RESAMPLING)
    assert estimate.value == 4.0
    assert np.isnan([estimate.low, estimate.high]).all()
    assert estimate.n_clusters == 1


def test_nothing_to_divide_by_is_nan():
    estimate = ratio_estimate(np.zeros(3), np.zeros(3), RESAMPLING)
    assert np.isnan(estimate.value)
    assert estimate.n_clusters == 0


def test_nan_clusters_take_no_part():
    with_nan = mean_estimate(np.array([1.0, np.nan, 3.0]), RESAMPLING)
    assert with_nan == mean_estimate(np.array([1.0, 3.0]), RESAMPLING)


@settings(max_examples=50, deadline=None)
@given(st.lists(FLOATS, min_size=2, max_size=12))
def test_interval_lies_within_the_values(values):
    estimate = mean_estimate(np.array(values), RESAMPLING)
    assert min(values) - 1e-9 <= estimate.low <= estimate.high <= max(values) + 1e-9


def test_every_resample_draws_as_many_clusters_as_there_are():
    weights = cluster_weights(7, 100, 5)
    assert weights.shape == (100, 7)
    assert (weights.sum(axis=1) == 7).all()


def test_same_seed_same_interval_and_other_seed_another():
    values = np.random.default_rng(0).normal(size=30)
    assert mean_estimate(values, RESAMPLING) == mean_estimate(values.copy(), RESAMPLING)
    assert mean_estimate(values, RESAMPLING) != mean_estimate(values, Resampling(500, seed=4))


def test_sign_flips_of_few_clusters_are_enumerated():
    assert sign_flip_p(np.array([1.0, 2.0, 3.0]), RESAMPLING) == 0.25


def test_p_of_no_difference_is_one():
    assert sign_flip_p(np.zeros(30), RESAMPLING) == 1.0


def test_p_of_a_steady_difference_is_the_least_that_the_flips_allow():
    assert sign_flip_p(np.ones(40), RESAMPLING) == 1 / 501


def test_p_is_uniform_where_there_is_no_effect():
    generator = np.random.default_rng(5)
    p_values = [sign_flip_p(generator.normal(size=20), RESAMPLING) for _ in range(300)]
    assert np.mean(np.array(p_values) <= 0.05) == pytest.approx(0.05, abs=0.03)


def test_p_of_a_single_cluster_is_nan():
    assert np.isnan(sign_flip_p(np.array([2.0]), RESAMPLING))


def test_false_discovery_is_benjamini_hochberg_over_the_tests_that_have_a_p():
    q_values = false_discovery(np.array([0.01, np.nan, 0.04, 0.03]))
    assert q_values[[0, 2, 3]] == pytest.approx([0.03, 0.04, 0.04])
    assert np.isnan(q_values[1])
