"""Effects that a study asks for: what they compare, each number a second way, and how often they are wrong."""

from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from reframing.documents.errors import InputError
from reframing.documents.params import EffectsParams, Estimand
from reframing.statistics import design_based
from reframing.statistics.corrected import effect, p_value
from reframing.statistics.effects import (
    AGAINST,
    IN,
    OTHER,
    Readings,
    check_estimands,
    conditions,
    detectable,
    effects,
    relevant,
    sides_of,
    tally,
    units_of,
)

ADDED, DROPPED, OMITTED = "evaluation-added", "evaluation-dropped", "sentence-omitted"
LOUD, CALM, NULL = "loud", "calm", "independent"
PARAMS = EffectsParams(reads={})
UNIT = ["pair", "unit"]


def study(seed=1, events=12, units=6, share=0.5, rates=None, kinds=(LOUD, CALM, NULL), misses=None):
    """Invented readings: `rates` of added and dropped words by kind, of which the machine `misses` a share.

    It reports others that are not there. In each stratum a simple random sample of a share was read.
    """
    random = np.random.default_rng(seed)
    rates, misses = rates or {}, misses or {}
    rows, moves, found = [], [], []
    for event, kind in product(range(events), kinds):
        condition = "independent" if kind == NULL else "repost"
        group = ("true", "false")[event % 2]
        for number in range(random.integers(2, units + 1)):
            pair, unit = f"{event}-{kind}", f"{number}→{number}"
            scores = []
            for move, rate in zip((ADDED, DROPPED), rates.get(kind, (0.4, 0.4)), strict=True):
                count = int(random.poisson(rate))
                reported = int(
                    random.binomial(count, 1 - misses.get(kind, 0.4)) + random.poisson(0.1)
                )
                scored = reported * 0.8 + (0.2 if random.random() < 0.3 else 0.0)
                found.append((pair, unit, move, count))
                if scored:
                    moves.append((pair, unit, move, reported, scored))
                scores.append(scored)
            label = "reported" if max(scores) >= 0.8 else "none" if max(scores) == 0 else "below"
            rows.append((pair, unit, f"e{event:02d}", group, kind, condition, f"o{event:02d}",
                         int(random.integers(5, 40)), f"c/{kind}/{label}", 1.0))  # fmt: skip
    columns = "event group kind condition original words stratum probability".split()
    frame = pd.DataFrame(rows, columns=[*UNIT, *columns]).assign(read=True)
    for _, of in frame.groupby("stratum"):
        n = min(len(of), max(2, round(share * len(of))))
        frame.loc[of.index, "probability"] = n / len(of)
        frame.loc[random.permutation(of.index)[n:], "read"] = False
    of_read = pd.DataFrame(found, columns=[*UNIT, "move", "count"])
    of_read = of_read.merge(frame.loc[frame["read"], UNIT])
    return Readings(
        frame,
        pd.DataFrame(moves, columns=[*UNIT, "move", "reported", "scored"]),
        of_read[of_read["count"] > 0].reset_index(drop=True),
    )


def asked(more=(ADDED,), less=(DROPPED,), kinds=(), against=(), of="", than="", family="f"):
    return Estimand("c", family, "", more, less, kinds, against, of, than)


def estimated(readings, estimand):
    """The effect, with p."""
    (found,) = effects({"one": estimand}, {"c": readings}, PARAMS)
    return found


def estimate_of(readings, estimand, interval=0.95):
    readings = relevant(readings, estimand)
    units = units_of(readings, estimand)
    return effect(units, sides_of(readings, units, estimand), interval)


def own_rates(readings, kinds, table="found", column="count", slugs=(ADDED,)):
    """By event: moves per 1,000 words of its reposts of some kinds, counted without the package."""
    of = getattr(readings, table)
    counts = of[of["move"].isin(slugs)].groupby(UNIT)[column].sum().rename("n")
    units = readings.frame.merge(counts, on=UNIT, how="left").fillna({"n": 0})
    sums = units[units["kind"].isin(kinds)].groupby("event")[["n", "words"]].sum()
    return 1000 * sums["n"] / sums["words"]


STUDIES = st.builds(
    study,
    seed=st.integers(0, 10_000),
    events=st.integers(4, 8),
    share=st.sampled_from([0.3, 0.7, 1.0]),
    misses=st.sampled_from([{}, {LOUD: 0.9}]),
)
COMPARED = st.sampled_from(
    [
        asked(),
        asked(kinds=(LOUD,)),
        asked(kinds=(LOUD,), against=(CALM,)),
        asked(kinds=(LOUD,), of="true", than="false"),
        asked(kinds=(LOUD,), against=(NULL,), of="true", than="false"),
    ]
)
few = settings(max_examples=15)


# Estimands.


@given(STUDIES, COMPARED)
@few
def test_what_is_more_in_place_of_less_has_the_opposite_effect(readings, estimand):
    """With two rates to add the numbers are the same to the last bit."""
    reversed_ = replace(estimand, more=estimand.less, less=estimand.more)
    one, other = (estimated(readings, of) for of in (estimand, reversed_))
    found = (one.estimate.value, one.estimate.low, one.estimate.high, one.p, one.detectable)
    mirrored = (
        -other.estimate.value, -other.estimate.high, -other.estimate.low, other.p, other.detectable,
    )  # fmt: skip
    assert found == pytest.approx(mirrored, rel=1e-9, abs=1e-9)
    if not (estimand.against or estimand.of):
        assert found == mirrored
    assert one.estimate.counted.value == pytest.approx(-other.estimate.counted.value)
    assert repr(one.estimate.recall) == repr(other.estimate.recall)


@given(STUDIES, COMPARED)
@few
def test_groups_in_the_other_order_have_the_opposite_effect(readings, estimand):
    forth = replace(estimand, of="false", than="true")
    back = replace(estimand, of="true", than="false")
    one, other = (estimate_of(readings, of) for of in (forth, back))
    assert one.value == pytest.approx(-other.value, rel=1e-9, abs=1e-9)
    assert (one.low, one.high) == pytest.approx((-other.high, -other.low), rel=1e-9, abs=1e-9)
    assert (one.n_events, one.n_units, one.n_read) == (other.n_events, other.n_units, other.n_read)


@given(STUDIES)
@few
def test_kinds_in_place_of_those_they_are_compared_with_have_the_opposite_effect(readings):
    one = estimate_of(readings, asked(kinds=(LOUD,), against=(CALM,)))
    other = estimate_of(readings, asked(kinds=(CALM,), against=(LOUD,)))
    assert (one.value, one.low, one.high) == pytest.approx(
        (-other.value, -other.high, -other.low), rel=1e-9, abs=1e-9
    )


@pytest.mark.parametrize("estimand", [
    asked(less=()), asked(), asked(kinds=(LOUD,)), asked(kinds=(LOUD,), less=()),
    asked(kinds=(LOUD, CALM)), asked(kinds=(LOUD,), against=(CALM,)),
    asked(kinds=(LOUD,), against=(CALM, NULL)), asked(kinds=(CALM,), of="false", than="true"),
    asked(kinds=(LOUD,), against=(NULL,), of="true", than="false"),
    asked(more=(ADDED, DROPPED), less=(), kinds=(LOUD,)),
])  # fmt: skip
def test_when_everything_is_read_it_is_the_mean_over_events_of_what_was_found(estimand):
    readings = study(seed=3, share=1.0)
    kinds = estimand.kinds or (LOUD, CALM)

    def net(of):
        less = own_rates(readings, of, slugs=estimand.less) if estimand.less else 0
        return own_rates(readings, of, slugs=estimand.more) - less

    by_event = net(kinds) - (net(estimand.against) if estimand.against else 0)
    of_event = readings.frame.drop_duplicates("event").set_index("event")["group"]
    if estimand.of:
        of, than = (by_event[of_event == group] for group in (estimand.of, estimand.than))
        expected = of.mean() - than.mean()
    else:
        expected = by_event.mean()
    found = estimate_of(readings, estimand)
    assert found.value == pytest.approx(expected)
    assert found.low < expected < found.high
    units = readings.frame["kind"].isin([*kinds, *estimand.against]).sum()
    assert (found.n_events, found.n_units, found.n_read) == (len(by_event), units, units)


def test_raw_effects_are_those_of_the_machine():
    readings = study(share=0.4)
    found = estimate_of(readings, asked(kinds=(LOUD,), against=(CALM,)))
    for column, raw in (("reported", found.counted), ("scored", found.scored)):
        by_kind = [
            own_rates(readings, (kind,), "moves", column, (ADDED,))
            - own_rates(readings, (kind,), "moves", column, (DROPPED,))
            for kind in (LOUD, CALM)
        ]
        assert raw.value == pytest.approx((by_kind[0] - by_kind[1]).mean())


def test_only_events_with_all_kinds_that_are_compared_count():
    readings = study(share=1.0)
    frame = readings.frame
    kept = frame[~((frame["event"] == "e03") & (frame["kind"] == CALM))]
    alone = readings._replace(frame=kept.reset_index(drop=True))
    found = estimate_of(alone, asked(kinds=(LOUD,), against=(CALM,)))
    loud, calm = (own_rates(alone, (kind,)) - own_rates(alone, (kind,), slugs=(DROPPED,))
                  for kind in (LOUD, CALM))  # fmt: skip
    assert len(loud) == found.n_events + 1 == 12
    assert found.value == pytest.approx((loud - calm).dropna().mean())
    assert estimate_of(alone, asked(kinds=(LOUD,))).n_events == 12


def test_a_kind_of_other_reposts_is_neither_compared_nor_counted():
    readings = study()
    frame = readings.frame
    without = readings._replace(frame=frame[frame["kind"] != CALM].reset_index(drop=True))
    one, other = (estimate_of(of, asked(kinds=(LOUD,))) for of in (readings, without))
    assert one.value == pytest.approx(other.value)
    assert one.n_units == other.n_units == (frame["kind"] == LOUD).sum()


def test_conditions_are_the_kinds_that_are_asked_for():
    frame = pd.DataFrame(
        [("a", "repost"), ("b", "version"), ("c", "repost"), ("n", "independent")],
        columns=["kind", "condition"],
    )
    assert list(conditions(frame, asked())) == [IN, IN, IN, OTHER]
    assert list(conditions(frame, asked(kinds=("a", "b")))) == [IN, IN, OTHER, OTHER]
    assert list(conditions(frame, asked(kinds=("a",), against=("n", "c")))) == [
        IN, OTHER, AGAINST, AGAINST,
    ]  # fmt: skip
    assert list(conditions(frame, asked(against=("n",)))) == [IN, IN, IN, AGAINST]


def test_an_event_without_words_does_not_count():
    readings = study(share=1.0)
    empty = readings.frame["event"] == "e05"
    bare = readings._replace(frame=readings.frame.assign(
        words=readings.frame["words"].where(~empty, 0)
    ))  # fmt: skip
    found = estimate_of(bare, asked(kinds=(LOUD,)))
    assert (found.n_events, np.isfinite(found.value)) == (11, True)


@given(STUDIES, st.integers(0, 100))
@few
def test_the_order_of_rows_does_not_matter(readings, seed):
    shuffled = Readings(*(of.sample(frac=1, random_state=seed) for of in readings))
    estimand = asked(kinds=(LOUD,), against=(CALM,))
    one, other = (estimate_of(of, estimand) for of in (readings, shuffled))
    assert one[:3] == pytest.approx(other[:3], rel=1e-9, abs=1e-9)


# Counts by unit.


def test_a_tally_adds_up_some_moves_and_knows_nothing_of_units_that_were_not_read():
    frame = pd.DataFrame(
        [("p", "0→0", True), ("p", "1→1", False), ("q", "0→0", True), ("q", "1→", True)],
        columns=[*UNIT, "read"],
    )
    moves = pd.DataFrame(
        [("q", "0→0", ADDED, 1, 0.9), ("p", "1→1", DROPPED, 2, 1.6), ("q", "0→0", DROPPED, 0, 0.3),
         ("q", "0→0", OMITTED, 4, 4.0), ("left out", "0→0", ADDED, 7, 7.0)],
        columns=[*UNIT, "move", "reported", "scored"],
    )  # fmt: skip
    found = pd.DataFrame(
        [("q", "0→0", DROPPED, 2), ("q", "0→0", ADDED, 1), ("q", "1→", OMITTED, 1)],
        columns=[*UNIT, "move", "count"],
    )
    both = tally(Readings(frame, moves, found), (ADDED, DROPPED))
    assert both.counted.tolist() == [0, 2, 1, 0]
    assert both.scored == pytest.approx([0, 1.6, 1.2, 0])
    assert both.found == pytest.approx([0, np.nan, 3, 0], nan_ok=True)
    nothing = tally(Readings(frame, moves, found.iloc[:0]), ("hedge-added",))
    assert nothing.counted.tolist() == nothing.scored.tolist() == [0, 0, 0, 0]
    assert nothing.found == pytest.approx([0, np.nan, 0, 0], nan_ok=True)


def test_a_second_cluster_is_the_original():
    readings = study()
    assert set(units_of(readings, asked()).article) == set(readings.frame["original"])


def test_originals_of_several_events_make_the_interval_another_one():
    readings = study(events=12)
    of_few = readings.frame.assign(original=readings.frame["event"].str[-1])
    one = estimate_of(readings, asked(kinds=(LOUD,)))
    other = estimate_of(readings._replace(frame=of_few), asked(kinds=(LOUD,)))
    assert one.value == other.value
    assert other.high - other.low > one.high - one.low


# Precision and recall.


@pytest.mark.parametrize("less", [(), (DROPPED,)])
def test_precision_and_recall_are_those_of_all_moves_that_are_counted(less):
    readings = study(seed=5, share=1.0)
    found = estimate_of(readings, asked(less=less, kinds=(LOUD,), against=(CALM,)))
    both = readings.moves.merge(readings.found, on=[*UNIT, "move"], how="outer").fillna(0)
    both = both.merge(readings.frame[[*UNIT, "kind"]], on=UNIT)
    both = both[both["kind"].isin([LOUD, CALM]) & both["move"].isin([ADDED, *less])]
    right = both[["reported", "count"]].min(axis=1).sum()
    assert 0 < right < both["reported"].sum() < both["count"].sum()
    assert found.precision.value == pytest.approx(right / both["reported"].sum())
    assert found.recall.value == pytest.approx(right / both["count"].sum())
    with_a_find = both[both["count"] > 0].drop_duplicates(UNIT)
    assert found.n_found == len(with_a_find)


def test_units_without_opposite_moves_cannot_take_them_off():
    readings = study()
    units = units_of(readings, asked(less=()))
    sides = sides_of(readings, units_of(readings, asked()), asked())
    with pytest.raises(ValueError, match="no opposite moves"):
        effect(units, sides)


# How sure an effect is.


def p_of(readings, estimand):
    units = units_of(readings, estimand)
    return p_value(units, sides_of(readings, units, estimand))


@pytest.mark.parametrize("level", [0.5, 0.8, 0.95])
@pytest.mark.parametrize("seed", range(6))
def test_p_is_below_a_level_just_where_the_interval_of_that_level_excludes_none(level, seed):
    readings = study(seed, rates={LOUD: (0.4 + 0.15 * seed, 0.4)})
    estimand = asked(kinds=(LOUD,), against=(CALM,))
    of, p = estimate_of(readings, estimand, level), p_of(readings, estimand)
    assert (p < 1 - level) == (of.low > 0 or of.high < 0)


def test_at_its_own_p_an_interval_ends_at_no_effect():
    decided = set()
    for seed in range(0, 8, 2):
        readings = study(seed, rates={LOUD: (0.3 + 0.2 * seed, 0.4)})
        estimand = asked(kinds=(LOUD,))
        p = p_of(readings, estimand)
        decided.add(p < 0.05)
        above, below = (estimate_of(readings, estimand, 1 - p * way) for way in (1.01, 0.99))
        assert above.low > 0 or above.high < 0
        assert below.low <= 0 <= below.high
    assert decided == {True, False}


def test_p_of_no_find_at_all_is_one_and_of_the_surest_effects_not_zero():
    nothing = study(rates=dict.fromkeys((LOUD, CALM, NULL), (0, 0)))
    assert p_of(nothing, asked(kinds=(LOUD,))) == 1
    surest = study(events=40, share=1.0, rates={LOUD: (9, 0)}, misses={LOUD: 0})
    assert p_of(surest, asked(kinds=(LOUD,))) == pytest.approx(1e-6, rel=0.01)


def test_with_everything_read_p_is_about_student_s():
    readings = study(8, events=30, share=1.0, rates={LOUD: (0.5, 0.4)}, kinds=(LOUD,))
    by_event = own_rates(readings, (LOUD,)) - own_rates(readings, (LOUD,), slugs=(DROPPED,))
    expected = stats.ttest_1samp(by_event, 0).pvalue
    assert 0.005 < expected < 0.3
    assert p_of(readings, asked()) == pytest.approx(expected, rel=0.25)


def test_two_groups_of_events_vary_each_by_itself(monkeypatch):
    """With everything read the interval is Welch's."""
    none = design_based.FewFinds(*[np.zeros(0)] * 5, np.zeros(0, bool))
    monkeypatch.setattr(design_based, "_few_finds", lambda *_: none)
    readings = study(seed=6, share=1.0)
    of_few = readings.frame["event"] < "e03"
    frame = readings.frame.assign(group=np.where(of_few, "true", "false"))
    estimand = asked(kinds=(LOUD,), of="true", than="false")
    found = estimate_of(readings._replace(frame=frame), estimand)
    net = own_rates(readings, (LOUD,)) - own_rates(readings, (LOUD,), slugs=(DROPPED,))
    test = stats.ttest_ind(net[net.index < "e03"], net[net.index >= "e03"], equal_var=False)
    assert found[1:3] == pytest.approx(tuple(test.confidence_interval()))


LOUDER = asked(less=(), kinds=(LOUD,), against=(CALM,))


def simulated(rates, number):
    """Studies with a machine that misses most of what loud ones add."""
    how = {"events": 12, "units": 4, "kinds": (LOUD, CALM), "misses": {LOUD: 0.9}}
    return [study(1000 + seed, rates=rates, **how) for seed in range(number)]


def test_where_nothing_differs_an_effect_is_rarely_found():
    studies = simulated({LOUD: (0.8, 0.4), CALM: (0.8, 0.4)}, 100)
    ps = np.array([p_of(of, LOUDER) for of in studies])
    assert (ps < 0.05).sum() <= 10
    assert 30 <= (ps < 0.5).sum() <= 70


def test_over_many_studies_readings_take_away_the_error_of_the_machine():
    studies = simulated({LOUD: (0.8, 0.4), CALM: (0.8, 0.4)}, 60)
    found = [estimate_of(of, LOUDER) for of in studies]
    corrected, raw = (
        stats.ttest_1samp(values, 0).statistic
        for values in ([one.value for one in found], [one.counted.value for one in found])
    )
    assert abs(corrected) < 3
    assert raw < -10


def test_where_much_differs_an_effect_is_mostly_found():
    studies = simulated({LOUD: (2.5, 0.4), CALM: (0.4, 0.4)}, 20)
    assert sum(p_of(of, LOUDER) < 0.05 for of in studies) > 15


def test_the_least_effect_that_would_be_found_is_found_with_that_power():
    """The share of normal estimates about it whose interval excludes no effect."""
    for interval, power in product((0.9, 0.95), (0.5, 0.8, 0.95)):
        params = replace(PARAMS, interval=interval, power=power)
        estimate = estimated(study(), asked()).estimate._replace(low=-3.0, high=1.0)
        error = 2 / stats.norm.isf((1 - interval) / 2)
        found = stats.norm.sf(2, loc=detectable(estimate, params), scale=error)
        assert found == pytest.approx(power, abs=1e-9)


def with_omitted(readings, number):
    """The same with many sentences of the original that were left out, of which ten by kind were read."""
    frame = readings.frame
    pairs = frame.drop_duplicates("pair").assign(words=0, probability=1.0, read=False)
    left_out = pd.concat([pairs.assign(unit=f"{100 + i}→") for i in range(number)])
    left_out = left_out.assign(stratum="c/" + left_out["kind"] + "/omitted").reset_index(drop=True)
    for _, of in left_out.groupby("stratum"):
        left_out.loc[of.index, "probability"] = 10 / len(of)
        left_out.loc[of.index[:: len(of) // 10][:10], "read"] = True
    return readings._replace(frame=pd.concat([frame, left_out], ignore_index=True))


@pytest.mark.parametrize("estimand", [asked(kinds=(LOUD,)), asked(kinds=(LOUD,), against=(CALM,))])
def test_sentences_of_the_original_alone_make_no_effect_on_wording_less_certain(estimand):
    """Nothing was reworded in them, so that what was not read of them hides nothing."""
    readings = study(events=30)
    one, other = (estimate_of(of, estimand) for of in (readings, with_omitted(readings, 40)))
    assert other.value == pytest.approx(one.value)
    assert (other.low, other.high) == pytest.approx((one.low, one.high), rel=0.05)


def test_sentences_of_the_original_alone_count_where_their_omission_does():
    readings = with_omitted(study(events=8, share=1.0), 4)
    frame = readings.frame
    found = frame.loc[frame["read"] & frame["unit"].str.endswith("→"), UNIT]
    omitted = found.assign(move=OMITTED, count=1)
    readings = readings._replace(found=pd.concat([readings.found, omitted]))
    asked_for = asked(more=(OMITTED,), less=(), kinds=(LOUD,))
    assert estimate_of(readings, asked_for).n_found == 10
    assert estimate_of(readings, asked(more=(ADDED,), less=(OMITTED,), kinds=(LOUD,))).n_read > 10
    one = estimate_of(readings, asked(kinds=(LOUD,)))
    assert one.n_units == ((frame["kind"] == LOUD) & (frame["words"] > 0)).sum()
    weighted = frame.loc[frame["kind"] == LOUD].merge(omitted, on=UNIT)
    own = 1000 * (weighted["count"] / weighted["probability"]).groupby(weighted["event"]).sum()
    words = frame[frame["kind"] == LOUD].groupby("event")["words"].sum()
    expected = (own.reindex(words.index, fill_value=0) / words).mean()
    assert estimate_of(readings, asked_for).value == pytest.approx(expected)


# Families of hypotheses.

MANY = {
    "a": asked(kinds=(LOUD,), family="one"),
    "b": asked(kinds=(CALM,), family="two"),
    "c": asked(kinds=(LOUD,), against=(CALM,), family="one"),
    "d": asked(kinds=(LOUD,), less=(), family="two"),
    "e": asked(more=(DROPPED,), less=(), kinds=(LOUD,), against=(CALM,), family="one"),
    "f": asked(family="alone"),
}


def false_discovery_rates(ps):
    """Of each: the least share of m · p by rank among those that are at least as large."""
    ps = np.array(ps)
    ranks = np.array([(ps <= p).sum() for p in ps])
    return [min(1, min(len(ps) * q / r for q, r in zip(ps, ranks, strict=True) if q >= p))
            for p in ps]  # fmt: skip


def test_effects_keep_their_order_and_are_corrected_for_being_many_within_a_family():
    readings = study(seed=2, rates={LOUD: (0.9, 0.4)})
    found = effects(MANY, {"c": readings}, PARAMS)
    assert [one.name for one in found] == list(MANY)
    assert [one.estimand for one in found] == list(MANY.values())
    for family in ("one", "two", "alone"):
        of = [one for one in found if one.estimand.family == family]
        assert [one.q for one in of] == pytest.approx(false_discovery_rates([o.p for o in of]))
    assert any(one.q > one.p for one in found)
    assert found[-1].q == found[-1].p


def test_an_effect_does_not_depend_on_what_else_is_asked():
    readings = study(seed=2)
    for one in effects(MANY, {"c": readings}, PARAMS):
        alone = estimated(readings, one.estimand)
        assert repr((alone.estimate, alone.p, alone.detectable)) == repr(
            (one.estimate, one.p, one.detectable)
        )


def test_an_effect_that_is_undefined_leaves_the_correction_of_the_others_as_it_is():
    readings = study(seed=2, rates={LOUD: (0.9, 0.4)})
    frame = readings.frame
    first = (frame["event"] == frame["event"].iloc[0]) & (frame["kind"] == CALM)
    wordless = frame.assign(
        kind=frame["kind"].mask(first, "whispered"), words=frame["words"].mask(first, 0)
    )
    readings = readings._replace(frame=wordless)
    undefined = {"none": asked(kinds=("whispered",), family="one")}
    without, found = (effects(of, {"c": readings}, PARAMS) for of in (MANY, MANY | undefined))
    assert np.isnan([found[-1].estimate.value, found[-1].p, found[-1].q]).all()
    assert [one.q for one in found[:-1]] == pytest.approx([one.q for one in without])


def test_each_effect_is_of_its_own_corpus():
    corpora = {"c": study(seed=2), "d": study(seed=3)}
    estimands = {"one": asked(), "other": replace(asked(), corpus="d")}
    found = effects(estimands, corpora, PARAMS)
    assert [one.estimate.value for one in found] == [
        estimated(of, asked()).estimate.value for of in corpora.values()
    ]


# What is refused.


@pytest.mark.parametrize(
    ("estimand", "message"),
    [
        (replace(asked(), corpus="wires"), "field 'estimands.one.corpus': wires is no corpus"),
        (asked(more=("louder",)), "field 'estimands.one.more': louder is no move"),
        (asked(less=("quieter",)), "field 'estimands.one.less': quieter is no move"),
        (asked(of="true"), "field 'estimands.one.of': needs both of and than"),
        (asked(than="true"), "field 'estimands.one.of': needs both of and than"),
    ],
)
def test_an_estimand_that_cannot_be_estimated_is_named(estimand, message):
    with pytest.raises(InputError) as refused:
        check_estimands({"fine": asked(), "one": estimand}, {"c"})
    assert str(refused.value) == f"params.yaml: {message}"


def test_estimands_of_known_corpora_and_moves_pass():
    check_estimands({**MANY, "g": asked(of="true", than="false")}, {"c", "d"})


@pytest.mark.parametrize(("of", "than"), [("rumour", "true"), ("true", "rumour")])
def test_an_unknown_group_is_named_with_those_that_there_are(of, than):
    with pytest.raises(InputError, match="no event is in the group rumour; there are false, true"):
        estimated(study(), asked(of=of, than=than))


def test_an_event_in_both_groups_is_refused():
    readings = study()
    frame = readings.frame
    other = (frame["event"] == "e04") & (frame["kind"] == LOUD)
    mixed = readings._replace(frame=frame.assign(group=frame["group"].where(~other, "false")))
    with pytest.raises(InputError, match="e04"):
        estimated(mixed, asked(kinds=(LOUD,), against=(CALM,), of="true", than="false"))


def test_without_an_event_that_has_both_kinds_an_effect_is_undefined():
    readings = study()
    frame = readings.frame
    wordless = frame.assign(words=frame["words"].mask(frame["kind"] == CALM, 0))
    readings = readings._replace(frame=wordless)
    found = estimated(readings, asked(kinds=(LOUD,), against=(CALM,)))
    assert found.estimate.n_events == 0
    assert np.isnan([*found.estimate[:3], found.p, found.q, found.detectable]).all()
    assert found.estimate.n_units == 0


def test_a_kind_that_the_corpus_does_not_have_is_named():
    with pytest.raises(InputError, match="whispered is no kind of c; there are"):
        estimated(study(), asked(kinds=("whispered",)))
