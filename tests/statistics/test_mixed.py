"""The mixed model of corrected rates: cells, estimate and interval a second way, and what gives no estimate."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats
from scipy.optimize import minimize

from reframing.statistics.corrected import (
    Side,
    Tally,
    Units,
    estimate,
    pseudo_outcomes,
    within_events,
)
from reframing.statistics.mixed import LEAST_FINDS, cells_of, mixed

EVENTS = 40
KINDS = ("fluent", "polish", "rewrite")


def study(seed=1, rate=0.5, effect=0.3, read=0.6, originals=1):
    """Units of two conditions, with effects of their event; the machine is wrong about some of them."""
    random = np.random.default_rng(seed)
    n = EVENTS * 60
    event = random.integers(EVENTS, size=n)
    condition = random.integers(2, size=n)
    factor = random.gamma(4, 1 / 4, EVENTS)[event]
    moves = random.poisson((rate + effect * condition) * factor)
    scored = 0.7 * moves + random.gamma(0.2, 0.5, n)
    kind = np.array(KINDS)[random.integers(3, size=n)]
    stratum = np.char.add(kind, np.where(scored > 0.3, "/some", "/none"))
    probability, found = np.ones(n), np.full(n, np.nan)
    for one in np.unique(stratum):
        of = np.flatnonzero(stratum == one)
        drawn = random.permutation(of)[: int(read * len(of))]
        probability[of] = len(drawn) / len(of)
        found[drawn] = moves[drawn]
    names = np.char.add("e", np.char.zfill(event.astype(str), 2))
    article = np.char.add(np.char.add(names, "/"), random.integers(originals, size=n).astype(str))
    size = random.integers(8, 40, n) / 1000
    names_of = np.array(["against", "in"])[condition]
    units = Units(names, article, names_of, stratum, size, moves * 1.0, scored, probability, found)
    return units, kind


def one_side(units):
    return [Side("in", frozenset(np.unique(units.event).tolist()))]


def groups(units):
    events = sorted(set(units.event.tolist()))
    return [
        Side("in", frozenset(events[::2]), 1, 0),
        Side("in", frozenset(events[1::2]), -1, 1),
    ]


# What is observed.


def test_pseudo_outcomes_add_up_to_the_corrected_rate():
    units, _ = study()
    sides, design = one_side(units), units.design()
    outcomes = pseudo_outcomes(units, design, sides[0])
    inside = units.condition == "in"
    assert (outcomes[~inside] == 0).all()
    everything = replace(units, stratum=np.where(inside, units.stratum, "outside"))
    outcomes = pseudo_outcomes(everything, everything.design(), sides[0])
    rates = [
        outcomes[inside & (units.event == event)].sum()
        / units.size[inside & (units.event == event)].sum()
        for event in design.events
    ]
    expected = estimate(everything, everything.design(), sides, 0.95).interval.value
    assert np.mean(rates) == pytest.approx(expected)


def test_where_everything_is_read_cells_have_the_rates_that_were_found():
    units, kind = study(read=1.0)
    cells = cells_of(units, within_events(units, "in", "against"), kind)
    assert len(cells.rate) == len({*zip(units.event, units.condition, kind, strict=True)})
    keys = sorted({*zip(units.event, units.article, units.condition, kind, strict=True)})
    for place, (event, article, condition, one) in enumerate(keys):
        of = (units.event == event) & (units.article == article)
        of &= (units.condition == condition) & (kind == one)
        assert cells.size[place] == pytest.approx(units.size[of].sum())
        assert cells.rate[place] == pytest.approx(units.found[of].sum() / units.size[of].sum())


def test_opposite_moves_are_taken_off():
    units, kind = study(read=1.0)
    units = replace(units, less=Tally(units.counted, units.scored, units.found))
    (side,) = one_side(units)
    cells = cells_of(units, [side, side._replace(sign=-1, less=True)], kind)
    np.testing.assert_allclose(cells.rate, 0, atol=1e-9)


# The model a second way.


def second(cells, columns, contrast):
    """The contrast and its jackknife, with variances by the restricted likelihood written out."""
    n_events = len(np.unique(cells.event))
    same = cells.event[:, None] == cells.event[None]
    weight = cells.size / cells.size.mean()

    def parts(logs, of):
        v = np.diag(np.exp(logs[0]) / weight[of]) + np.exp(logs[1]) * same[np.ix_(of, of)]
        inverse = np.linalg.inv(v)
        x, y = columns[of], cells.rate[of]
        information = x.T @ inverse @ x
        return v, inverse, information, np.linalg.solve(information, x.T @ inverse @ y)

    def minus_likelihood(logs):
        every = np.arange(len(cells.rate))
        v, inverse, information, b = parts(logs, every)
        left = cells.rate - columns @ b
        return (
            np.linalg.slogdet(v)[1] + np.linalg.slogdet(information)[1] + left @ inverse @ left
        ) / 2

    start = np.log([cells.rate.var(), cells.rate.var() / 4])
    logs = minimize(minus_likelihood, start, method="Nelder-Mead", options={"xatol": 1e-6}).x
    estimates = [
        contrast @ parts(logs, np.flatnonzero(cells.event != event))[3]
        for event in np.unique(cells.event)
    ]
    value = contrast @ parts(logs, np.arange(len(cells.rate)))[3]
    error = np.sqrt((n_events - 1) / n_events * ((np.array(estimates) - value) ** 2).sum())
    reach = stats.t.ppf(0.975, n_events - 1) * error
    return value, value - reach, value + reach


def test_a_rate_is_that_of_the_likelihood_written_out():
    units, kind = study()
    sides = one_side(units)
    cells = cells_of(units, sides, kind)
    found, events = mixed(units, sides, kind, 0.95)
    assert events == EVENTS
    expected = second(cells, np.ones((len(cells.rate), 1)), np.ones(1))
    assert found == pytest.approx(expected, rel=2e-3)


def test_a_difference_is_that_of_the_likelihood_written_out():
    units, kind = study()
    sides = within_events(units, "in", "against")
    cells = cells_of(units, sides, kind)
    columns = np.stack([cells.condition == "in", cells.condition == "against"], axis=1) * 1.0
    expected = second(cells, columns, np.array([1.0, -1.0]))
    assert mixed(units, sides, kind, 0.95)[0] == pytest.approx(expected, rel=2e-3)


def test_groups_of_events_are_compared():
    units, kind = study()
    sides = groups(units)
    cells = cells_of(units, sides, kind)
    columns = np.stack([cells.group == 0, cells.group == 1], axis=1) * 1.0
    expected = second(cells, columns, np.array([1.0, -1.0]))
    assert mixed(units, sides, kind, 0.95)[0] == pytest.approx(expected, rel=2e-3, abs=5e-3)


def test_swapped_conditions_swap_the_sign():
    units, kind = study()
    one, _ = mixed(units, within_events(units, "in", "against"), kind, 0.95)
    two, _ = mixed(units, within_events(units, "against", "in"), kind, 0.95)
    assert (-two.value, -two.high, -two.low) == pytest.approx(one, rel=1e-3)


def test_originals_that_recur_have_an_effect_of_their_own():
    units, kind = study(originals=3)
    sides = one_side(units)
    with_originals, _ = mixed(units, sides, kind, 0.95)
    without, _ = mixed(replace(units, article=units.event), sides, kind, 0.95)
    assert with_originals.value != pytest.approx(without.value, rel=1e-6)
    assert with_originals.low < without.value < with_originals.high


def test_intervals_hold_the_difference_when_little_is_read():
    held = 0
    for seed in range(20):
        units, kind = study(seed, effect=0.0, read=0.15)
        found, _ = mixed(units, within_events(units, "in", "against"), kind, 0.95)
        held += found.low < 0 < found.high
    assert held >= 17


# What gives no estimate.


def test_one_cell_an_event_does_not_tell_an_intercept_from_the_residual():
    units, kind = study()
    assert mixed(units, one_side(units), np.full(len(kind), "one kind"), 0.95) is None


def test_few_finds_give_no_estimate():
    units, kind = study()
    sides = one_side(units)
    finds = np.flatnonzero((units.condition == "in") & (np.nan_to_num(units.found) > 0))
    for kept, given in ((LEAST_FINDS - 1, False), (LEAST_FINDS, True)):
        found = units.found.copy()
        found[finds[kept:]] = 0.0
        assert (mixed(replace(units, found=found), sides, kind, 0.95) is not None) is given


def test_rates_that_do_not_vary_give_no_estimate():
    units, kind = study(read=1.0)
    same = replace(units, found=1000 * units.size, scored=1000 * units.size)
    assert mixed(same, one_side(units), kind, 0.95) is None
