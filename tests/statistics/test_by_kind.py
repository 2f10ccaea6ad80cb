"""Exploratory rates by kind and group, each a second way, where every unit was read and where it was not."""

import pytest
from test_effects import (
    ADDED,
    CALM,
    DROPPED,
    LOUD,
    NULL,
    PARAMS,
    asked,
    estimated,
    own_rates,
    study,
)

from reframing.statistics.by_kind import ALL, OUTCOMES, by_group, by_kind

WHOLE = study(seed=3, share=1.0)
GROUPED = {
    "louder": asked(kinds=(LOUD,), against=(CALM,)),
    "gap": asked((DROPPED,), (ADDED,), kinds=(CALM,), of="true", than="false"),
}


def net(kinds, table="found", column="count", events=None):
    """Mean over events of evaluations added less dropped, per 1,000 words."""
    more, less = (own_rates(WHOLE, kinds, table, column, (slug,)) for slug in (ADDED, DROPPED))
    by_event = more - less
    return (by_event if events is None else by_event[by_event.index.isin(events)]).mean()


def rates(rows):
    return {(one.kinds, one.group, one.outcome): one.estimate for one in rows}


def events_of(group):
    frame = WHOLE.frame
    return set(frame.loc[frame["group"] == group, "event"])


def test_each_kind_and_all_reposts_have_each_outcome():
    rows = list(by_kind("c", WHOLE, 0.95))
    kinds = [(), (NULL,), (CALM,), (LOUD,)]
    assert [(one.kinds, one.outcome) for one in rows] == [
        (kind, outcome) for kind in kinds for outcome in OUTCOMES
    ]
    assert {one.condition for one in rows if one.kinds == (NULL,)} == {"independent"}
    assert {one.group for one in rows} == {ALL}


@pytest.mark.parametrize("kinds", [(), (CALM,), (LOUD,), (NULL,)])
def test_what_was_read_in_whole_is_the_mean_over_events_of_what_was_found(kinds):
    of = rates(by_kind("c", WHOLE, 0.95))[kinds, ALL, "loaded"]
    assert of.value == pytest.approx(net(kinds or (LOUD, CALM)))
    assert of.counted.value == pytest.approx(net(kinds or (LOUD, CALM), "moves", "reported"))


def test_all_reposts_have_the_rate_of_the_prespecified_effect_on_them():
    part = study(seed=4, share=0.4)
    of = rates(by_kind("c", part, PARAMS.interval))[(), ALL, "loaded"]
    assert of == estimated(part, asked()).estimate


def test_groups_are_estimated_in_every_set_of_kinds_that_is_compared():
    rows = list(by_group("c", WHOLE, GROUPED, 0.95))
    assert {one.kinds for one in rows} == {(CALM,), (LOUD,)}
    assert {one.group for one in rows} == {"true", "false"}
    assert {one.outcome for one in rows} == {*OUTCOMES, "gap"}


@pytest.mark.parametrize("group", ["true", "false"])
def test_a_group_has_the_mean_over_its_events(group):
    found = rates(by_group("c", WHOLE, GROUPED, 0.95))
    expected = net((CALM,), events=events_of(group))
    assert found[(CALM,), group, "loaded"].value == pytest.approx(expected)
    assert found[(CALM,), group, "gap"].value == pytest.approx(-expected)


def test_rates_of_two_groups_differ_by_the_prespecified_difference():
    part = study(seed=5, share=0.5)
    found = rates(by_group("c", part, GROUPED, 0.95))
    of, than = (found[(CALM,), group, "gap"].value for group in ("true", "false"))
    assert of - than == pytest.approx(estimated(part, GROUPED["gap"]).estimate.value)


def test_without_groups_there_are_no_rows():
    assert not list(by_group("c", WHOLE, {"louder": GROUPED["louder"]}, 0.95))
    assert not list(by_group("d", WHOLE, GROUPED, 0.95))
