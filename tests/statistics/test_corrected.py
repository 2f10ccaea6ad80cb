"""Corrected estimates: each number a second way, identities of the design, and what is refused."""

from itertools import combinations, product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from reframing.documents.errors import InputError
from reframing.statistics import design_based
from reframing.statistics.corrected import (
    COLUMNS,
    Side,
    difference,
    difference_in_differences,
    estimate,
    rate,
    ratio,
    units_of,
    within_events,
)
from reframing.statistics.design_based import FOLDS, design_of, total, tuning
from reframing.statistics.estimates import mean_estimate, rate_estimate, wilson

ANEW, REPORT = "repost", "independent"


def frame(seed=1, events=12, units=8, share=0.4, p_move=0.3, conditions=(ANEW, REPORT)):
    """Invented units; in each stratum a simple random sample of the same share was read."""
    random = np.random.default_rng(seed)
    rows = []
    for event, condition in product(range(events), conditions):
        for number in range(random.integers(2, units + 1)):
            score = float(random.choice([0, 0.2, 0.6, 1.3]))
            found = int(random.poisson(p_move * (0.3 + score)))
            label = "zero" if score == 0 else "below" if score < 0.4 else "above"
            name, words = f"e{event:02d}", random.integers(5, 40)
            rows.append((f"{event}-{condition}-{number}", name, condition, f"{condition}/{label}",
                         words, int(score > 0.4), score, 1.0, found))  # fmt: skip
    table = pd.DataFrame(rows, columns=COLUMNS).astype({"found": float})
    for _, of in table.groupby("stratum"):
        n = max(1, round(share * len(of)))
        table.loc[of.index, "inclusion_probability"] = n / len(of)
        unread = random.permutation(of.index)[n:]
        table.loc[unread, "found"] = np.nan
    return table


def all_read(table):
    filled = np.random.default_rng(3).poisson(0.3, len(table))
    return table.assign(inclusion_probability=1.0, found=filled.astype(float))


def own_rates(table, column, condition=ANEW):
    sums = table[table["condition"] == condition].groupby("event")[[column, "words"]].sum()
    return 1000 * sums[column] / sums["words"]


# The estimate, by hand and over all samples.


def test_it_is_the_mean_over_events_of_the_event_s_own_corrected_rates():
    table = frame()
    result = rate(units_of(table), ANEW)
    ours = table[table["condition"] == ANEW]
    folds = {event: i % FOLDS for i, event in enumerate(sorted(ours["event"].unique()))}
    tuned = tuning_by_hand(ours, folds)
    predicted = ours["event"].map(folds).map(tuned) * ours["scored"]
    residual = (ours["found"] - predicted) / ours["inclusion_probability"]
    value = own_rates(ours.assign(tilde=predicted + residual.fillna(0.0)), "tilde").mean()
    assert result.value == pytest.approx(value, rel=1e-4)
    by_unit = ours["event"].map(folds).map(tuned)
    assert result.tuning == pytest.approx(by_unit.mean(), abs=1e-5)  # the grid's step
    assert 0 < result.tuning < 1


def tuning_by_hand(ours, folds):
    """λ by fold: the minimum, on a fine grid, of the sampling variance in what the other folds read."""
    n_events = ours["event"].nunique()
    words = ours.groupby("event")["words"].transform("sum")
    a, p = 1000 / words / n_events, ours["inclusion_probability"]
    read = ours["found"].notna()
    tuned = {}
    for fold in range(FOLDS):
        other = read & (ours["event"].map(folds) != fold)

        def variance(grid, other=other):
            whole = np.zeros(len(grid))
            for _, of in ours[other].groupby("stratum"):
                residuals = (a * ours["found"])[of.index].to_numpy()[:, None]
                residuals = residuals - np.outer((a * ours["scored"])[of.index], grid)
                weight = (1 / p * (1 / p - 1))[of.index].iloc[0] * len(of)
                if len(of) > 1:
                    whole += weight * residuals.var(axis=0, ddof=1)
            return whole

        grid = np.linspace(0, 1, 100_001)
        tuned[fold] = grid[variance(grid).argmin()]
    return tuned


TINY_EVENT = np.array(["a", "a", "b", "b", "c", "c", "d"])
TINY_STRATUM = np.array(["1", "2", "1", "2", "1", "2", "1"])
TINY_SCORE = np.array([0.0, 0.7, 0.4, 1.1, 0.0, 0.6, 0.2])
TINY_FOUND = np.array([1.0, 1.0, 0.0, 2.0, 0.0, 1.0, 3.0])
TINY_WEIGHT = np.array([0.2, 0.1, 0.4, 0.3, 0.1, 0.7, 0.5])


def tiny(read, probability, factor):
    design = design_of(TINY_EVENT, TINY_EVENT, TINY_STRATUM, probability, read)
    found = TINY_FOUND[design.read]
    shares = np.array([1 / (4 * (event == TINY_EVENT).sum()) for event in TINY_EVENT])
    if factor is None:
        tuned = tuning(design, TINY_WEIGHT[design.read], found, TINY_SCORE[design.read])
        factor = tuned[design.fold]
    return total(design, TINY_WEIGHT, shares, factor * TINY_SCORE, found)


@pytest.mark.parametrize("factor", [0.0, 0.6, 1.0, -2.0])
def test_over_all_stratified_samples_the_estimate_is_exactly_right_on_average(factor):
    """Two of four units of stratum 1 and two of three of stratum 2 are read: 18 samples."""
    probability = np.where(TINY_STRATUM == "1", 2 / 4, 2 / 3)
    first, second = (np.flatnonzero(stratum == TINY_STRATUM) for stratum in "12")
    values, noise = [], []
    for chosen in product(combinations(first, 2), combinations(second, 2)):
        read = np.isin(np.arange(7), np.concatenate(chosen))
        found = tiny(read, probability, factor)
        values.append(found.value)
        noise.append(found.sampling.sum())
    assert len(values) == 18
    assert np.mean(values) == pytest.approx(TINY_WEIGHT @ TINY_FOUND)
    # … and the variance that is estimated is the variance over the samples
    assert np.mean(noise) == pytest.approx(np.var(values))


def test_with_independent_draws_it_stays_exactly_right_when_other_folds_choose_how_far_scores_go():
    probability = np.array([0.3, 0.5, 0.6, 0.4, 0.7, 0.2, 1.0])
    mean = 0.0
    for drawn in product([False, True], repeat=6):
        read = np.array([*drawn, True])
        chance = np.prod(np.where(read, probability, 1 - probability))
        mean += chance * tiny(read, probability, None).value
    assert mean == pytest.approx(TINY_WEIGHT @ TINY_FOUND)


def test_without_scores_it_is_the_horvitz_thompson_estimate():
    table = frame().assign(scored=0.0)
    result = rate(units_of(table), ANEW)
    weighted = (table["found"] / table["inclusion_probability"]).fillna(0.0)
    assert result.value == pytest.approx(own_rates(table.assign(w=weighted), "w").mean())
    assert result.tuning == 0


def test_when_everything_is_read_it_is_the_plain_estimate_of_what_was_found():
    table = all_read(frame())
    units = units_of(table)
    sums = table[table["condition"] == ANEW].groupby("event")[["found", "words"]].sum()
    plain = rate_estimate(sums["found"].to_numpy(float), sums["words"].to_numpy() / 1000, 0.95)
    result = rate(units, ANEW)
    assert result.value == pytest.approx(plain.value)
    assert result.low < plain.value < result.high
    assert result.high - result.low == pytest.approx(plain.high - plain.low, rel=0.25)
    both = own_rates(table, "found") - own_rates(table, "found", REPORT)
    assert difference(units, ANEW, REPORT).value == pytest.approx(both.mean())
    means = own_rates(table, "found").mean(), own_rates(table, "found", REPORT).mean()
    assert ratio(units, ANEW, REPORT).value == pytest.approx(means[0] / means[1])
    group = [f"e{i:02d}" for i in range(5)]
    against = [f"e{i:02d}" for i in range(5, 12)]
    twofold = difference_in_differences(units, ANEW, REPORT, group, against)
    assert twofold.value == pytest.approx(both[group].mean() - both[against].mean())
    assert (twofold.n_events, twofold.n_units) == (12, len(table))


def test_raw_rates_are_those_of_the_machine():
    table = frame()
    result = rate(units_of(table), ANEW)
    of = table[table["condition"] == ANEW].groupby("event")[["counted", "words"]].sum()
    plain = rate_estimate(of["counted"].to_numpy(float), of["words"].to_numpy() / 1000, 0.95)
    assert result.counted == pytest.approx(plain[:3])
    assert result.scored.value == pytest.approx(own_rates(table, "scored").mean())
    both = difference(units_of(table), ANEW, REPORT)
    expected = (own_rates(table, "counted") - own_rates(table, "counted", REPORT)).mean()
    assert both.counted.value == pytest.approx(expected)


def test_only_events_with_both_conditions_are_compared():
    table = frame()
    alone = table[~((table["event"] == "e03") & (table["condition"] == REPORT))]
    result = difference(units_of(alone), ANEW, REPORT)
    assert result.n_events == 11
    assert rate(units_of(alone), ANEW).n_events == 12


def test_by_sentences_every_unit_counts_one():
    table = all_read(frame())
    means = table[table["condition"] == ANEW].groupby("event")["found"].mean()
    assert rate(units_of(table, by="sentences"), ANEW).value == pytest.approx(means.mean())


# Intervals.


def many_finds(monkeypatch):
    """Every stratum as if it had predictions and finds enough for Student's t."""
    monkeypatch.setattr(design_based, "FEW", 0)


def predicted(table):
    """Scores everywhere, so that no stratum is without predictions."""
    return table.assign(scored=table["scored"] + 0.1)


def test_when_everything_is_read_the_interval_is_student_s(monkeypatch):
    many_finds(monkeypatch)
    monkeypatch.setattr(design_based, "_few_finds", without_gamma)
    table = all_read(frame())
    by_event = (own_rates(table, "found") - own_rates(table, "found", REPORT)).to_numpy()
    result = difference(units_of(table), ANEW, REPORT)
    t = stats.ttest_1samp(by_event, 0).confidence_interval()
    assert (result.low, result.high) == pytest.approx((t.low, t.high))
    assert result[:3] == pytest.approx(mean_estimate(by_event, 0.95, 0, by_event)[:3])


def without_gamma(*_):
    return design_based.FewFinds(*[np.zeros(0)] * 5, np.zeros(0, bool))


def test_of_two_groups_of_events_it_is_welch_s(monkeypatch):
    monkeypatch.setattr(design_based, "_few_finds", without_gamma)
    table = all_read(frame())
    by_event = own_rates(table, "found") - own_rates(table, "found", REPORT)
    group, against = list(by_event.index[:4]), list(by_event.index[4:])
    result = difference_in_differences(units_of(table), ANEW, REPORT, group, against)
    test = stats.ttest_ind(by_event[group], by_event[against], equal_var=False)
    expected = test.confidence_interval()
    assert (result.low, result.high) == pytest.approx((expected.low, expected.high))


def test_the_variance_between_events_is_the_cr2_of_a_regression(monkeypatch):
    """Bell & McCaffrey: residuals of a regression on a constant, each divided by the root of 1 - leverage."""
    monkeypatch.setattr(design_based, "_few_finds", without_gamma)
    table = all_read(frame(events=6))
    y = own_rates(table, "found").to_numpy()
    x = np.ones((len(y), 1))
    bread = np.linalg.inv(x.T @ x)
    adjusted = (y - y.mean()) / np.sqrt(1 - np.diag(x @ bread @ x.T))
    variance = (bread @ (x.T * adjusted**2) @ x @ bread).item()
    result = rate(units_of(table), ANEW)
    assert half_width(result) == pytest.approx(stats.t.ppf(0.975, 5) * np.sqrt(variance))


def half_width(result):
    """Geometric mean of the distances to the bounds, of which the lower is smaller for a rate."""
    assert result.value - result.low < result.high - result.value
    return np.sqrt((result.value - result.low) * (result.high - result.value))


def test_articles_in_several_events_are_a_second_cluster(monkeypatch):
    """Cameron, Gelbach & Miller: by event, plus by article, less by both."""
    monkeypatch.setattr(design_based, "_few_finds", without_gamma)
    table = all_read(frame(events=10))
    table["article"] = [f"a{i % 4}" for i in range(len(table))]
    own = table[table["condition"] == ANEW]
    words = own.groupby("event")["words"].transform("sum")
    value = own_rates(table, "found").mean()
    # a unit's part in the estimate, less its share in the event of what an average event has
    part = (1000 * own["found"] / words - value * own["words"] / words) / 10

    def variance(keys):
        by = part.groupby([own[key] for key in keys]).sum()
        n = int((by != 0).sum())
        return (by**2).sum() * n / (n - 1)

    event, article = variance(["event"]), variance(["article"])
    both = variance(["event", "article"])
    expected = max(event + article - both, event, article)
    result = rate(units_of(table), ANEW)
    assert half_width(result) == pytest.approx(stats.t.ppf(0.975, 3) * np.sqrt(expected))


def test_a_rate_has_wilson_s_interval_with_the_size_that_its_variance_tells(monkeypatch):
    monkeypatch.setattr(design_based, "_few_finds", without_gamma)
    table = all_read(frame())
    own = own_rates(table, "found")
    size = own.mean() / (own.var() / len(own))
    result = rate(units_of(table), ANEW)
    expected = wilson(own.mean(), size, stats.t.ppf(0.975, len(own) - 1), np.inf)
    assert (result.low, result.high) == pytest.approx(expected)


def test_articles_of_one_event_each_change_nothing():
    table = frame()
    of_events = table.assign(article="a of " + table["event"] + table["condition"])
    assert rate(units_of(of_events), ANEW) == rate(units_of(table), ANEW)


def one_stratum(finds, n_read=50, n_units=5000, events=50):
    """Units of equal size without predictions, of which some were read, and some finds."""
    number = np.arange(n_units)
    found = np.full(n_units, np.nan)
    found[:n_read] = 0
    found[:finds] = 1
    data = {
        "unit": number, "event": number % events, "condition": ANEW, "stratum": "zero",
        "words": 20, "counted": 0, "scored": 0.0, "inclusion_probability": n_read / n_units,
        "found": found,
    }  # fmt: skip
    return units_of(pd.DataFrame(data))


@pytest.mark.parametrize("finds", [0, 1, 2, 4])
def test_few_finds_of_equal_weight_have_garwood_s_exact_interval(finds):
    result = rate(one_stratum(finds), ANEW)
    per_find = 1000 / 20 / 50  # finds per 1,000 words, of one among the 50 units that were read
    low = stats.chi2.ppf(0.025, 2 * finds) / 2 if finds else 0
    high = stats.chi2.ppf(0.975, 2 * finds + 2) / 2
    assert result.value == pytest.approx(finds * per_find)
    # t quantiles of 49 degrees of freedom make the variance, and so the interval, a little larger
    assert result.low == pytest.approx(low * per_find, abs=0.1 * per_find)
    assert result.high == pytest.approx(high * per_find, rel=0.06)
    assert result.method == "t, gamma in 1 of 1 strata"


def test_few_finds_are_not_excluded_more_often_than_clopper_and_pearson_would():
    for finds in range(5):
        exact = stats.binomtest(finds, 50).proportion_ci(method="exact")
        result = rate(one_stratum(finds), ANEW)
        assert result.high >= exact.high * 50
        assert result.low <= exact.low * 50 + 1e-9


def test_predictions_vary_on_both_sides_where_nothing_is_found(monkeypatch):
    """Scores are used because of finds in one stratum, and vary with the sample of the others."""
    table = frame(events=30, share=0.3)
    random = np.random.default_rng(2)
    table["scored"] = random.random(len(table)).round(2)
    likely = (random.random(len(table)) < table["scored"]) & (table["stratum"] == f"{ANEW}/above")
    table["found"] = np.where(table["found"].isna(), np.nan, likely)
    result = rate(units_of(table), ANEW)
    assert result.tuning > 0
    monkeypatch.setattr(design_based, "_few_finds", without_gamma)
    student = rate(units_of(table), ANEW)
    assert result.low < student.low
    assert result.high > student.high - 0.001 * student.value


def test_with_many_finds_the_gamma_interval_becomes_student_s(monkeypatch):
    units = one_stratum(1000, n_read=2000, n_units=20_000, events=100)
    gamma = rate(units, ANEW)
    monkeypatch.setattr(design_based, "_few_finds", without_gamma)
    student = rate(units, ANEW)
    assert (gamma.low, gamma.high) == pytest.approx((student.low, student.high), rel=0.01)


def test_a_sample_is_only_uncertain_about_what_varies_within_strata(monkeypatch):
    """One in a hundred units of one stratum, all of the same length, and each has a find."""
    monkeypatch.setattr(design_based, "_few_finds", without_gamma)
    assert rate(one_stratum(finds=50), ANEW)[:3] == pytest.approx((50, 50, 50))


def test_scores_that_are_right_make_the_interval_shorter():
    table = frame(events=40, share=0.3)
    truth = np.random.default_rng(8).poisson(0.5, len(table)).astype(float)
    good = table.assign(found=np.where(table["found"].isna(), np.nan, truth), scored=truth + 0.01)
    useless = good.assign(scored=np.random.default_rng(9).permutation(truth) + 0.01)
    width = [one.high - one.low for one in (rate(units_of(t), ANEW) for t in (good, useless))]
    assert width[0] < 0.8 * width[1]


def test_the_ratio_s_interval_is_where_the_linear_one_holds_zero():
    units = units_of(frame(events=40))
    result = ratio(units, ANEW, REPORT)
    design = units.design()
    sides = within_events(units, ANEW, REPORT)
    parts = [estimate(units, design, [side._replace(sign=1)], 0.95) for side in sides]
    assert result.value == pytest.approx(parts[0].interval.value / parts[1].interval.value)
    assert 0 < result.low < result.value < result.high


def test_a_baseline_that_may_be_zero_gives_no_upper_bound_of_a_ratio():
    table = frame(events=20)
    table.loc[(table["condition"] == REPORT) & table["found"].notna(), "found"] = 0.0
    table.loc[table["condition"] == REPORT, "scored"] = 0.0
    result = ratio(units_of(table), ANEW, REPORT)
    assert (result.value, result.high) == (np.inf, np.inf)
    assert result.low > 0


def test_one_event_has_no_interval():
    result = rate(units_of(frame(events=1, units=20)), ANEW)
    assert np.isfinite(result.value)
    assert np.isnan([result.low, result.high]).all()


# Precision and recall.


def test_precision_and_recall_of_a_census_are_ratios_of_counts():
    table = all_read(frame())
    result = difference(units_of(table), ANEW, REPORT)
    right = np.minimum(table["found"], table["counted"]).sum()
    assert result.precision.value == pytest.approx(right / table["counted"].sum())
    assert result.recall.value == pytest.approx(right / table["found"].sum())
    for one in (result.precision, result.recall):
        assert 0 <= one.low < one.value < one.high <= 1


def test_precision_and_recall_weigh_by_inclusion_probability():
    table = frame(seed=5, events=30)
    table.loc[table["stratum"] == f"{ANEW}/above", "found"] *= 1
    result = rate(units_of(table), ANEW)
    own = table[(table["condition"] == ANEW) & table["found"].notna()]
    weight = 1 / own["inclusion_probability"]
    right = weight * np.minimum(own["found"], own["counted"])
    assert result.precision.value == pytest.approx(right.sum() / (weight * own["counted"]).sum())
    assert result.recall.value == pytest.approx(right.sum() / (weight * own["found"]).sum())
    assert (result.n_read, result.n_found) == (len(own), (own["found"] > 0).sum())


def test_that_no_miss_was_read_does_not_mean_that_there_is_none():
    table = frame(events=30)
    found = np.where(table["found"].isna(), np.nan, table["counted"])
    result = rate(units_of(table.assign(found=found)), ANEW)
    assert result.recall.value == result.precision.value == 1
    assert result.recall.low < 1


# Identities.

few = settings(max_examples=25)
TABLES = st.builds(
    frame,
    seed=st.integers(0, 10_000),
    events=st.integers(2, 8),
    share=st.sampled_from([0.3, 0.7, 1.0]),
    p_move=st.sampled_from([0.05, 0.5]),
)


@few
@given(TABLES)
def test_swapped_conditions_flip_the_sign_of_a_difference(table):
    units = units_of(table)
    one, other = difference(units, ANEW, REPORT), difference(units, REPORT, ANEW)
    assert (one.value, one.low, one.high) == (-other.value, -other.high, -other.low)
    assert repr((one.precision, one.recall)) == repr((other.precision, other.recall))


@few
@given(TABLES)
def test_swapped_conditions_invert_a_ratio(table):
    units = units_of(table)
    one, other = ratio(units, ANEW, REPORT), ratio(units, REPORT, ANEW)
    if one.value > 0 and np.isfinite(one.high) and one.low > 0:
        inverse = (1 / other.value, 1 / other.high, 1 / other.low)
        assert one[:3] == pytest.approx(inverse, rel=1e-6)


@few
@given(TABLES)
def test_swapped_groups_flip_the_sign_of_a_difference_in_differences(table):
    units = units_of(table)
    events = sorted(set(table["event"]))
    group, against = events[::2], events[1::2]
    one = difference_in_differences(units, ANEW, REPORT, group, against)
    other = difference_in_differences(units, ANEW, REPORT, against, group)
    assert one.value == pytest.approx(-other.value)
    assert (one.low, one.high) == pytest.approx((-other.high, -other.low), nan_ok=True)


@few
@given(TABLES, st.sampled_from([0.5, 4.0]))
def test_words_in_another_unit_scale_everything(table, factor):
    one = rate(units_of(table), ANEW)
    other = rate(units_of(table.assign(words=table["words"] * factor)), ANEW)
    assert np.array(one[:3]) / factor == pytest.approx(np.array(other[:3]), rel=1e-9, abs=1e-12)


@few
@given(TABLES, st.integers(0, 100))
def test_the_order_of_units_does_not_matter(table, seed):
    shuffled = table.sample(frac=1, random_state=seed)
    assert repr(difference(units_of(table), ANEW, REPORT)) == repr(
        difference(units_of(shuffled), ANEW, REPORT)
    )


@few
@given(TABLES, st.integers(0, 3))
def test_a_unit_that_was_certain_to_be_read_adds_just_what_was_found_in_it(table, found):
    extra = pd.DataFrame(
        [("new", "e00", ANEW, "certain", 0, 0, 0.0, 1.0, float(found))], columns=COLUMNS
    )
    before = rate(units_of(table), ANEW)
    after = rate(units_of(pd.concat([table, extra])), ANEW)
    own = table[(table["event"] == "e00") & (table["condition"] == ANEW)]
    share = 1000 / own["words"].sum() / before.n_events
    assert after.value - before.value == pytest.approx(found * share)


@few
@given(TABLES)
def test_bounds_hold_the_value_and_rates_are_not_negative(table):
    for one in (rate(units_of(table), ANEW), difference(units_of(table), ANEW, REPORT)):
        assert one.low <= one.value <= one.high
    one = rate(units_of(table), ANEW)
    assert one.low >= min(one.value, 0)
    assert 0 <= one.tuning <= 1


@few
@given(TABLES)
def test_events_that_are_not_compared_do_not_change_the_value(table):
    other = table.assign(event="x" + table["event"], unit="x" + table["unit"], condition="copy")
    one = difference(units_of(table), ANEW, REPORT)
    more = difference(units_of(pd.concat([table, other.assign(stratum="copy")])), ANEW, REPORT)
    assert more.n_events == one.n_events
    # folds of events change with their number, and λ with them; without scores nothing does
    bare = table.assign(scored=0.0)
    one = difference(units_of(bare), ANEW, REPORT)
    more = difference(
        units_of(pd.concat([bare, other.assign(stratum="copy", scored=0.0)])), ANEW, REPORT
    )
    assert more[:3] == pytest.approx(one[:3])


# What is refused.


@pytest.mark.parametrize(
    ("column", "value", "problem"),
    [
        ("inclusion_probability", 0.0, "must be in"),
        ("inclusion_probability", 1.2, "must be in"),
        ("inclusion_probability", np.nan, "must be in"),
        ("found", -1.0, "must be a count"),
        ("found", np.inf, "must be a count"),
        ("words", -3, "must be a number"),
        ("scored", np.nan, "must be a number"),
        ("event", None, "is missing"),
        ("stratum", None, "is missing"),
        ("unit", "0-repost-0", "occurs twice"),
    ],
)
def test_what_cannot_be_is_refused_with_unit_and_column(column, value, problem):
    table = frame().astype({"words": float})
    place = table.index[table["unit"] == "1-repost-0"][0]
    table.loc[place, column] = value
    with pytest.raises(InputError, match=problem) as refused:
        units_of(table)
    assert refused.value.field == column
    assert refused.value.record in ("1-repost-0", "0-repost-0")


def test_a_unit_certain_to_be_read_but_not_read_is_refused():
    table = all_read(frame())
    table.loc[4, "found"] = np.nan
    with pytest.raises(InputError, match="certain to be read") as refused:
        units_of(table)
    assert (refused.value.record, refused.value.field) == (table["unit"][4], "found")


def test_a_missing_column_is_refused():
    with pytest.raises(InputError, match="field 'scored': is missing"):
        units_of(frame().drop(columns="scored"))


def test_a_condition_that_does_not_occur_is_refused():
    with pytest.raises(InputError, match="there are independent, repost"):
        rate(units_of(frame()), "version")


def test_an_event_in_both_groups_is_refused():
    with pytest.raises(InputError, match="record e01: field 'event': is in both groups"):
        difference_in_differences(units_of(frame()), ANEW, REPORT, ["e01"], ["e00", "e01"])


def test_without_an_event_in_common_a_difference_is_undefined():
    table = frame()
    apart = table[(table["condition"] == ANEW) == (table["event"] < "e06")]
    result = difference(units_of(apart), ANEW, REPORT)
    assert result.n_events == 0
    assert np.isnan(result[:3]).all()
    assert Side(ANEW, frozenset()).sign == 1
