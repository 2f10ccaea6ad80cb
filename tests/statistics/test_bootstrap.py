import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from reframing.statistics.estimates import Resampling, cluster_weights, ratio_estimate

RESAMPLING = Resampling(resamples=500, seed=3)
FLOATS = st.floats(-1e3, 1e3)


def covered(truth, draw, simulations=200, clusters=40):
    """Share of simulated intervals that hold `truth`."""
    generator = np.random.default_rng(11)
    estimates = [draw(generator, clusters) for _ in range(simulations)]
    return np.mean([estimate.low <= truth <= estimate.high for estimate in estimates])


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
    estimate = ratio_estimate(np.array([4.0]), np.ones_like(np.array([4.0])), RESAMPLING)
    assert estimate.value == 4.0
    assert np.isnan([estimate.low, estimate.high]).all()
    assert estimate.n_clusters == 1


def test_nothing_to_divide_by_is_nan():
    estimate = ratio_estimate(np.zeros(3), np.zeros(3), RESAMPLING)
    assert np.isnan(estimate.value)
    assert estimate.n_clusters == 0


@settings(max_examples=50, deadline=None)
@given(st.lists(FLOATS, min_size=2, max_size=12))
def test_interval_lies_within_the_values(values):
    estimate = ratio_estimate(np.array(values), np.ones(len(values)), RESAMPLING)
    assert min(values) - 1e-9 <= estimate.low <= estimate.high <= max(values) + 1e-9


def test_every_resample_draws_as_many_clusters_as_there_are():
    weights = cluster_weights(7, 100, 5)
    assert weights.shape == (100, 7)
    assert (weights.sum(axis=1) == 7).all()


def test_same_seed_same_interval_and_other_seed_another():
    values = np.random.default_rng(0).normal(size=30)
    assert ratio_estimate(values, np.ones_like(values), RESAMPLING) == ratio_estimate(
        values.copy(), np.ones_like(values.copy()), RESAMPLING
    )
    assert ratio_estimate(values, np.ones_like(values), RESAMPLING) != ratio_estimate(
        values, np.ones_like(values), Resampling(500, seed=4)
    )
