"""Hedges and boosters lost and gained."""

from dataclasses import replace

import pytest

from reframing.moves.certainty_moves import find
from sample_pairs import sample_pairs
from two_texts import pair, seen, slugs, swapped

HEDGED = "The dam may fail before the winter storms."
BARE = "The dam will fail before the winter storms."


def test_a_lost_hedge() -> None:
    assert seen(find, pair(HEDGED, BARE)) == [("hedge-dropped", "may", "")]


def test_a_gained_hedge() -> None:
    assert seen(find, pair(BARE, HEDGED)) == [("hedge-added", "", "may")]


@pytest.mark.parametrize(
    ("hedged", "hedge"),
    [
        ("The dam will ostensibly fail before the winter storms.", "ostensibly"),
        ("By some accounts, the dam will fail before the winter storms.", "By some accounts"),
        ("The dam will theoretically fail before the winter storms.", "theoretically"),
        ("It is arguable that the dam will fail before the winter storms.", "arguable"),
    ],
)
def test_a_rare_hedge_counts_in_rates_and_moves_alike(hedged: str, hedge: str) -> None:
    context = pair(BARE, hedged)
    marked = [found.span.of(hedged) for found in context.repost.annotation.hedges]
    assert marked == [hedge]
    assert seen(find, context) == [("hedge-added", "", hedge)]
    unseen = replace(context.repost.annotation, hedges=())
    context = replace(context, repost=replace(context.repost, annotation=unseen))
    assert seen(find, context) == []


@pytest.mark.parametrize(
    ("whole", "contracted"),
    [
        (
            "Engineers could not open the dam in the storms.",
            "Engineers couldnt open the dam in the storms.",
        ),
    ],
)
def test_a_contraction_loses_no_hedge(whole: str, contracted: str) -> None:
    assert slugs(find, whole, contracted) == []
    assert slugs(find, contracted, whole) == []


def test_moves_are_of_markers_that_the_rates_count() -> None:
    for context in sample_pairs():
        marked = {
            marker.span
            for side in (context.original, context.repost)
            for kind in ("hedges", "approximators", "boosters")
            for marker in getattr(side.annotation, kind)
        }
        assert {span for m in find(context) for span in (m.original, m.repost) if span} <= marked


def test_a_gained_and_a_lost_booster() -> None:
    bare, boosted = "The bridge is safe for lorries.", "The bridge is absolutely safe for lorries."
    assert slugs(find, bare, boosted) == ["booster-added"]
    assert slugs(find, boosted, bare) == ["booster-dropped"]


@pytest.mark.parametrize(
    "repost",
    [
        "The dam might fail before the storms of winter.",
        "Before the winter storms, the dam could fail.",
        "Possibly the dam will fail before the winter storms.",
        "Before winter sets in and storms come, its collapse is likely, and the dam will fail.",
    ],
)
def test_another_hedge_of_the_same_statement_is_no_move(repost: str) -> None:
    assert slugs(find, HEDGED, repost) == []


def test_a_hedge_of_degree_does_not_stand_in_for_uncertainty() -> None:
    original = "The dam may fail after 40 days of rain."
    repost = "The dam will fail after about 40 days of rain."
    assert slugs(find, original, repost) == ["hedge-added", "hedge-dropped"]


def test_a_blurred_number_that_is_gone_takes_its_hedge_along() -> None:
    original = "The council closed about 40 schools in the valley."
    assert slugs(find, original, "The council closed schools in the valley.") == []
    assert slugs(find, original, "The council closed 40 schools in the valley.") == [
        "hedge-dropped"
    ]


def test_a_hedge_of_a_clause_that_was_cut_is_no_move() -> None:
    original = "The dam was built in 1931, and heavy rain may weaken its northern wall."
    assert slugs(find, original, "The dam was built in 1931.") == []


def test_neighbouring_hedges_count_once() -> None:
    repost = "The dam might perhaps fail before the winter storms."
    assert slugs(find, BARE, repost) == ["hedge-added"]


def test_an_indirect_question_hedges_nothing() -> None:
    original = "The council decides on a bridge."
    assert slugs(find, original, "The council decides whether to build a bridge.") == []


def test_the_month_of_may_hedges_nothing() -> None:
    repost = "The ferry line of the islands will close in May."
    original = "The ferry line of the islands may close."
    assert slugs(find, original, repost) == ["hedge-dropped"]


def test_a_question_asserts_nothing() -> None:
    assert slugs(find, HEDGED, "Will the dam fail before the winter storms?") == []


def test_a_cue_of_attribution_is_no_hedge() -> None:
    original = "The engineer said that the dam leaks in two places."
    repost = "The engineer suggested that the dam leaks in two places."
    assert slugs(find, original, repost) == []


def test_swapping_the_texts_swaps_dropped_and_added_in_the_sample() -> None:
    other = {"dropped": "added", "added": "dropped"}
    for context in sample_pairs():
        here = []
        for move in find(context):
            name, change = move.move.split("-")
            here.append((f"{name}-{other[change]}", move.repost, move.original, move.score))
        there = [(m.move, m.original, m.repost, m.score) for m in find(swapped(context))]
        assert sorted(here, key=str) == sorted(there, key=str)


def test_a_degree_of_a_quality_is_no_booster() -> None:
    original = "It is exceedingly rare to catch one at the pier of Norby."
    assert slugs(find, original, "It is rare to catch one at the pier of Norby.") == []
