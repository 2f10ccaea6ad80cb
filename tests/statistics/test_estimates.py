"""Estimates over events: what they estimate, and that their intervals hold the truth as often as they say."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reframing.statistics.estimates import kish, mean_estimate, rate_estimate, share_estimate

EVENTS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=2, max_size=30)


def coverage(truth, draw, estimate, simulations=400):
    """Share of simulated intervals that hold the truth."""
    generator = np.random.default_rng(7)
    found = [estimate(*draw(generator), 0.95) for _ in range(simulations)]
    return np.mean([one.low <= truth <= one.high for one in found])


@pytest.mark.parametrize(("mean", "events"), [(0.001, 300), (0.01, 60), (0.2, 40), (0.5, 150)])
@pytest.mark.parametrize("correlation", [0.0, 0.05])
def test_the_interval_of_a_share_holds_the_truth_as_often_as_it_says(mean, events, correlation):
    def draw(generator):
        sizes = generator.integers(2, 25, events)
        own = np.full(events, mean)
        if correlation:
            strength = (1 - correlation) / correlation
            own = generator.beta(mean * strength, (1 - mean) * strength, events)
        return generator.binomial(sizes, own).astype(float), sizes.astype(float)

    assert 0.92 <= coverage(mean, draw, share_estimate) <= 0.985


@pytest.mark.parametrize(("rate", "events"), [(0.05, 80), (1.0, 40), (20.0, 100)])
def test_the_interval_of_a_rate_holds_the_truth_as_often_as_it_says(rate, events):
    def draw(generator):
        kilowords = generator.uniform(0.1, 0.9, events)
        own = generator.gamma(3, rate / 3, events)
        return generator.poisson(own * kilowords).astype(float), kilowords

    assert 0.92 <= coverage(rate, draw, rate_estimate) <= 0.985


def test_long_events_do_not_rule():
    estimate = share_estimate(np.array([1.0, 90.0]), np.array([1.0, 900.0]), 0.95)
    assert estimate.value == pytest.approx(0.55)
    assert estimate.pooled == pytest.approx(91 / 901)
    assert estimate.n_effective == pytest.approx(901**2 / (900**2 + 1))


def test_none_of_many_has_an_upper_end_above_zero_and_all_a_lower_end_below_one():
    none = share_estimate(np.zeros(40), np.full(40, 50.0), 0.95)
    every = share_estimate(np.full(40, 50.0), np.full(40, 50.0), 0.95)
    assert none.low == 0 < none.high < 0.02
    assert every.high == 1 > every.low > 0.98


@given(EVENTS)
def test_a_share_and_its_complement_mirror_each_other(events):
    found, base = np.array([(min(pair), max(pair)) for pair in events], float).T
    some = share_estimate(found, base, 0.9)
    rest = share_estimate(base - found, base, 0.9)
    assert [rest.value, rest.low, rest.high] == pytest.approx(
        [1 - some.value, 1 - some.high, 1 - some.low], nan_ok=True, abs=1e-9
    )


@given(EVENTS)
def test_the_value_lies_in_its_interval_and_among_those_without_one_event(events):
    found, base = np.array([(min(pair), max(pair)) for pair in events], float).T
    one = share_estimate(found, base, 0.95)
    if one.n_events > 1:
        assert 0 <= one.low <= one.value + 1e-12
        assert one.value - 1e-12 <= one.high <= 1
        assert one.without_one_low <= one.value + 1e-12
        assert one.value <= one.without_one_high + 1e-12


def test_events_without_a_case_take_no_part():
    estimate = share_estimate(np.array([1.0, 0.0]), np.array([2.0, 0.0]), 0.95)
    assert (estimate.value, estimate.n_events) == (0.5, 1)
    assert np.isnan([estimate.low, estimate.high]).all()
    assert np.isnan(share_estimate(np.zeros(3), np.zeros(3), 0.95).value)


def test_a_mean_has_students_interval_as_scipy_computes_it():
    from scipy import stats

    values = np.array([0.2, -1.0, 3.0, np.nan, 0.5])
    estimate = mean_estimate(values, 0.9, np.nan, np.ones(5))
    known = values[~np.isnan(values)]
    expected = stats.t.interval(0.9, 3, known.mean(), stats.sem(known))
    assert (estimate.low, estimate.high) == pytest.approx(expected)
    assert estimate.n_events == 4


def test_the_estimate_without_one_event_is_computed_by_leaving_it_out():
    found, base = np.array([1.0, 3.0, 0.0, 8.0]), np.array([4.0, 4.0, 5.0, 9.0])
    without = [
        share_estimate(np.delete(found, i), np.delete(base, i), 0.95).value for i in range(4)
    ]
    estimate = share_estimate(found, base, 0.95)
    assert estimate.without_one_low == pytest.approx(min(without))
    assert estimate.without_one_high == pytest.approx(max(without))


def test_equal_weights_count_in_full_and_one_that_rules_counts_as_one():
    assert kish(np.full(12, 3.0)) == pytest.approx(12)
    assert kish(np.array([1e9, 1.0, 1.0])) == pytest.approx(1, abs=1e-6)


def test_the_interval_of_a_rate_ends_at_zero():
    values = np.array([1.0, 41.0])
    free = mean_estimate(values, 0.95, np.nan, np.ones(2))
    held = mean_estimate(values, 0.95, np.nan, np.ones(2), least=0.0)
    assert free.low < 0 == held.low
    assert (held.value, held.high) == (free.value, free.high)
