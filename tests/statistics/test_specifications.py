"""An effect under other choices: each option a second way, and when an effect survives them."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from reframing.documents.params import EffectsParams, Estimand
from reframing.statistics.corrected import effect, estimate
from reframing.statistics.design_based import Interval
from reframing.statistics.effects import Readings, sides_of, units_of
from reframing.statistics.mixed import mixed
from reframing.statistics.specifications import (
    CHOICES,
    CHOSEN,
    Specification,
    specifications,
    survives,
)

ADDED, DROPPED = "evaluation-added", "evaluation-dropped"
LOUD, CALM, NULL = "loud", "calm", "independent"
PARAMS = EffectsParams(reads={})
UNIT = ["pair", "unit"]
BOTH_KINDS = Estimand("c", "f", "", (ADDED,), (DROPPED,), (LOUD, CALM), (), "", "")
COMPARED = replace(BOTH_KINDS, against=(NULL,))
GROUPS = replace(BOTH_KINDS, of="true", than="false")


def study(seed=1, events=12, units=5, kinds=(LOUD, CALM, NULL)):
    """Invented readings of half of the units; the machine misses some moves and invents others."""
    random = np.random.default_rng(seed)
    rows, moves, found = [], [], []
    for event in range(events):
        for kind in kinds:
            for number in range(units):
                unit = (f"{event}-{kind}", f"{number}→{number}")
                for move in (ADDED, DROPPED):
                    count = int(random.poisson(0.8 if (kind, move) == (LOUD, ADDED) else 0.3))
                    n = int(random.binomial(count, 0.7) + random.poisson(0.1))
                    moves.append((*unit, move, n, n > 1, 0.7 * n + 0.1))
                    found.append((*unit, move, count))
                rows.append((*unit, f"e{event:02d}", ("true", "false")[event % 2], kind,
                             "independent" if kind == NULL else "repost", f"o{event // 2}",
                             int(random.integers(8, 40)),
                             (np.nan, 0.5, 0.9)[random.integers(3)], f"c/{kind}/none"))  # fmt: skip
    columns = "event group kind condition original words link stratum".split()
    frame = pd.DataFrame(rows, columns=[*UNIT, *columns]).assign(probability=1.0, read=True)
    for _, of in frame.groupby("stratum"):
        n = len(of) // 2
        frame.loc[of.index, "probability"] = n / len(of)
        frame.loc[random.permutation(of.index)[n:], "read"] = False
    of_read = pd.DataFrame(found, columns=[*UNIT, "move", "count"])
    of_read = of_read[of_read["count"] > 0].merge(frame.loc[frame["read"], UNIT])
    return Readings(
        frame,
        pd.DataFrame(moves, columns=[*UNIT, "move", "reported", "sure", "scored"]),
        of_read,
    )


def found_of(readings, estimand, by_reader=None, reported=None, long=(), profiles=None):
    """The intervals by choice and option."""
    others = by_reader or {}, profiles or {}, reported or {}
    rows = list(specifications(readings, estimand, PARAMS, *others, frozenset(long)))
    found = {(row.choice, row.option): row for row in rows}
    assert {row.choice for row in rows} <= set(CHOICES)
    assert len(found) == len(rows)
    return found


def effect_of(readings, estimand):
    units = units_of(readings, estimand)
    return effect(units, sides_of(readings, units, estimand))


def estimate_of(readings, estimand, **options):
    units = units_of(readings, estimand)
    sides = sides_of(readings, units, estimand)
    return estimate(units, units.design(), sides, PARAMS.interval, **options).interval


def same(one, other):
    return one == pytest.approx(other, rel=1e-9, abs=1e-9, nan_ok=True)


def whole(readings):
    """The same units, all of them read, with what the machine reports for what was found."""
    counts = readings.moves.rename(columns={"reported": "count"})[[*UNIT, "move", "count"]]
    return readings._replace(frame=readings.frame.assign(read=True, probability=1.0), found=counts)


def net_by_event(readings, kept, kinds):
    """By event: added less dropped per 1,000 words of the kept units of some kinds."""
    sign = readings.found["move"].map({ADDED: 1, DROPPED: -1})
    net = (readings.found["count"] * sign).groupby([readings.found[key] for key in UNIT]).sum()
    units = readings.frame[kept & readings.frame["kind"].isin(kinds)]
    units = units.merge(net.rename("net").reset_index(), on=UNIT, how="left").fillna({"net": 0})
    sums = units.groupby("event")[["net", "words"]].sum()
    return 1000 * sums["net"] / sums["words"]


def difference_of(readings, kept):
    by_event = net_by_event(readings, kept, (LOUD, CALM)) - net_by_event(readings, kept, (NULL,))
    return by_event.dropna().mean()


# Each choice.


@pytest.mark.parametrize("estimand", [BOTH_KINDS, COMPARED, GROUPS])
def test_the_first_row_is_the_effect_as_chosen(estimand):
    readings = study()
    expected = effect_of(readings, estimand)
    found = found_of(readings, estimand)
    assert next(iter(found)) == (CHOSEN, "")
    assert found[CHOSEN, ""].interval == expected[:3]
    assert found[CHOSEN, ""].events == expected.n_events == 12


def test_sentences_of_the_original_alone_are_left_out_where_nothing_can_be_found_in_them():
    readings = study()
    alone = readings.frame.iloc[:9].assign(unit=[f"{n}→" for n in range(9)], words=0)
    alone = alone.assign(stratum="c/loud/omitted", probability=1.0, read=True)
    more = readings._replace(frame=pd.concat([readings.frame, alone], ignore_index=True))
    assert found_of(more, BOTH_KINDS) == found_of(readings, BOTH_KINDS)


@pytest.mark.parametrize("estimand", [BOTH_KINDS, COMPARED, GROUPS])
@pytest.mark.parametrize(("option", "used"), [("not used", 0.0), ("used as they are", 1.0)])
def test_scores_are_not_used_or_used_as_they_are(estimand, option, used):
    readings = study()
    found = found_of(readings, estimand)
    assert found["scores", option].interval == estimate_of(readings, estimand, bounds=(used, used))
    assert found["scores", option].interval != found[CHOSEN, ""].interval


def test_without_scores_what_the_machine_says_does_not_matter():
    readings = study()
    silent = readings._replace(moves=readings.moves.assign(scored=0.0))
    one, other = (found_of(of, BOTH_KINDS)["scores", "not used"] for of in (readings, silent))
    assert same(one.interval, other.interval)


def test_a_profile_that_finds_nothing_leaves_the_estimate_to_readers():
    readings = study()
    nothing = readings.moves.assign(reported=0, scored=0.0)
    found = found_of(readings, BOTH_KINDS, profiles={"blind": nothing, "same": readings.moves})
    assert found["profile", "blind"].interval == found["scores", "not used"].interval
    assert found["profile", "same"].interval == found["as chosen", ""].interval
    assert found["uncorrected", "blind"].interval.value == 0


def test_events_weigh_by_their_words():
    """When everything is read it is the net number of moves in all events by all their words."""
    readings = whole(study())
    units = readings.frame[readings.frame["kind"].isin([LOUD, CALM])]
    moves = readings.found.merge(units[UNIT]).groupby("move")["count"].sum()
    net = 1000 * (moves[ADDED] - moves[DROPPED]) / units["words"].sum()
    found = found_of(readings, BOTH_KINDS)["weights", "events by their words"]
    assert found.interval.value == pytest.approx(net)


def test_events_alone_are_clusters():
    readings = study()
    of_event = readings._replace(frame=readings.frame.assign(original=readings.frame["event"]))
    found = found_of(readings, BOTH_KINDS)
    assert same(found["clusters", "events alone"].interval, effect_of(of_event, BOTH_KINDS)[:3])
    assert found["clusters", "events alone"].interval.low != found[CHOSEN, ""].interval.low


@pytest.mark.parametrize("estimand", [BOTH_KINDS, COMPARED, GROUPS])
def test_a_mixed_model_has_a_row_where_there_is_an_estimate(estimand):
    readings = study(events=24)
    units = units_of(readings, estimand)
    sides = sides_of(readings, units, estimand)
    expected = mixed(units, sides, readings.frame["kind"].to_numpy(str), PARAMS.interval)
    row = found_of(readings, estimand)["model", "mixed"]
    assert (row.interval, row.events) == expected
    few = readings._replace(found=readings.found.iloc[:0])
    assert ("model", "mixed") not in found_of(few, estimand)


def test_each_reader_has_a_row():
    readings = study()
    more = readings.found.assign(count=readings.found["count"] + 1)
    readers = {"anna": readings, "ben": readings._replace(found=more)}
    found = found_of(readings, BOTH_KINDS, by_reader=readers)
    for reader, of in readers.items():
        assert found["reader", reader].interval == effect_of(of, BOTH_KINDS)[:3]
    assert found["reader", "ben"].interval != found["reader", "anna"].interval


LINKED = pytest.mark.parametrize(
    ("option", "least"), [("linked sentences", 0.0), ("close links", 0.8)]
)


@LINKED
def test_only_linked_or_closely_linked_sentences_are_kept(option, least):
    readings = whole(study(units=24))
    kept = readings.frame["link"] >= least
    assert net_by_event(readings, kept, (NULL,)).index.nunique() == 12
    row = found_of(readings, COMPARED)["units", option]
    assert row.interval.value == pytest.approx(difference_of(readings, kept))
    assert row.interval.value != pytest.approx(found_of(readings, COMPARED)[CHOSEN, ""].interval[0])


@LINKED
def test_an_event_in_which_no_sentence_is_linked_does_not_count(option, least):
    readings = whole(study(units=24))
    frame = readings.frame
    bare = (frame["event"] == "e03") & (frame["kind"] == NULL)
    readings = readings._replace(frame=frame.assign(link=frame["link"].mask(bare)))
    row = found_of(readings, COMPARED)["units", option]
    kept = readings.frame["link"] >= least
    assert row.interval.value == pytest.approx(difference_of(readings, kept))
    assert row.events == 11


@pytest.mark.parametrize(("option", "other"), [(LOUD, CALM), (CALM, LOUD)])
@pytest.mark.parametrize("estimand", [BOTH_KINDS, COMPARED, GROUPS])
def test_without_a_kind_the_effect_is_that_of_the_other_kinds(estimand, option, other):
    readings = study()
    row = found_of(readings, estimand)["without", option]
    expected = effect_of(readings, replace(estimand, kinds=(other,)))
    assert same(row.interval, expected[:3])
    assert row.events == expected.n_events


def test_if_no_kind_is_named_each_kind_of_repost_is_left_out_once_and_nulls_never():
    readings = study()
    found = found_of(readings, replace(BOTH_KINDS, kinds=()))
    left = {option for choice, option in found if choice == "without"}
    assert left == {LOUD, CALM, "true", "false"}
    alone = replace(BOTH_KINDS, kinds=(CALM,))
    assert same(found["without", LOUD].interval, effect_of(readings, alone)[:3])


def test_without_a_group_the_effect_is_that_of_the_events_of_the_others():
    readings = study()
    row = found_of(readings, BOTH_KINDS)["without", "true"]
    frame = readings.frame
    others = set(frame.loc[frame["group"] == "false", "event"])
    units = units_of(readings, BOTH_KINDS)
    sides = [
        side._replace(events=frozenset(others)) for side in sides_of(readings, units, BOTH_KINDS)
    ]
    assert same(row.interval, effect(units, sides)[:3])
    assert row.events == len(others) == 6


def test_groups_that_are_compared_are_not_left_out():
    assert not {("without", "true"), ("without", "false")} & set(found_of(study(), GROUPS))


def test_events_with_a_long_original_are_left_out_where_there_are_any():
    readings = study()
    found = found_of(readings, BOTH_KINDS, long=("e03", "e04"))
    assert found["without", "long originals"].events == 10
    assert ("without", "long originals") not in found_of(readings, BOTH_KINDS, long=("e99",))


def test_a_single_kind_in_a_single_group_is_not_left_out():
    readings = study()
    one = readings._replace(frame=readings.frame.assign(group=None))
    found = found_of(one, replace(BOTH_KINDS, kinds=(LOUD,)))
    assert "without" not in {choice for choice, _ in found}


# What a corpus does not allow.


def test_a_choice_that_leaves_no_unit_of_a_condition_is_left_out():
    """All events of one group have a long original, so that nothing is left to compare with."""
    readings = study()
    frame = readings.frame
    long = set(frame.loc[frame["group"] == "false", "event"])
    found = found_of(readings, GROUPS, long=long)
    assert ("without", "long originals") not in found
    assert ("without", "long originals") in found_of(readings, GROUPS, long=sorted(long)[1:])


def test_no_row_is_undefined_where_a_kind_has_an_event_of_its_own():
    """Without the kind the group has no event left."""
    readings = study()
    frame = readings.frame
    kept = frame[(frame["group"] == "true") | (frame["kind"] == LOUD)].reset_index(drop=True)
    found = found_of(readings._replace(frame=kept), GROUPS)
    assert ("without", LOUD) not in found
    assert ("without", CALM) in found
    assert not any(np.isnan(row.interval.value) for row in found.values())


@pytest.mark.filterwarnings("ignore:invalid value:RuntimeWarning")
def test_links_are_no_choice_where_nothing_is_linked_in_a_condition():
    readings = study()
    frame = readings.frame
    bare = readings._replace(frame=frame.assign(link=frame["link"].mask(frame["kind"] == NULL)))
    assert "units" not in {choice for choice, _ in found_of(bare, COMPARED)}


# What is not corrected.


def test_raw_effects_are_rows_too():
    readings = study()
    sure = readings.moves.assign(reported=readings.moves["sure"].astype(int))
    found = found_of(readings, COMPARED, reported={"sure moves": sure})
    raw = effect_of(readings, COMPARED)
    assert found["uncorrected", "reported moves"].interval == raw.counted
    assert found["uncorrected", "all scores"].interval == raw.scored
    surely = effect_of(readings._replace(moves=sure), COMPARED).counted
    assert found["uncorrected", "sure moves"].interval == surely
    assert surely != raw.counted


# Whether an effect survives.

UP, NEAR, DOWN = Interval(2, 1, 3), Interval(1, -1, 3), Interval(-1, -3, 1)


def rows(*intervals, choice="without"):
    return [
        Specification(choice, str(number), interval, 9) for number, interval in enumerate(intervals)
    ]


def mirrored(interval):
    return Interval(-interval.value, -interval.high, -interval.low)


@pytest.mark.parametrize(
    ("intervals", "expected"),
    [
        ([UP] * 10, True),
        ([UP] * 9 + [NEAR], True),
        ([UP] * 18 + [NEAR] * 2, True),
        ([UP] * 8 + [NEAR], False),
        ([UP] * 17 + [NEAR] * 3, False),
        ([UP] * 99 + [DOWN], False),
        ([UP] * 9 + [Interval(0, -1, 1)], False),
        ([UP] * 9 + [Interval(2, 0, 3)], True),
        ([UP] * 8 + [Interval(2, 0, 3)], False),
        ([UP] * 99 + [Interval(np.nan, np.nan, np.nan)], False),
    ],
)
def test_it_survives_with_its_sign_everywhere_and_0_excluded_in_nine_of_ten(intervals, expected):
    assert survives(UP, rows(*intervals)) is expected
    below = rows(*map(mirrored, intervals))
    assert survives(mirrored(UP), below) is expected
    assert survives(UP, below) is False


def test_raw_effects_do_not_decide():
    raw = rows(*[DOWN] * 5, choice="uncorrected")
    assert survives(UP, [*rows(*[UP] * 3), *raw]) is True
    raw = rows(*[UP] * 30, choice="uncorrected")
    assert survives(UP, [*rows(*[UP] * 3, NEAR), *raw]) is False
