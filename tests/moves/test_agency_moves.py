"""Who acts: said in one text, left out in the other."""

import pytest

from reframing.moves.agency_moves import find
from sample_pairs import sample_pairs
from two_texts import pair, seen, slugs, swapped

ACTIVE = "Police arrested two sailors near the pier on Friday."


def test_an_actor_lost_in_a_passive() -> None:
    repost = "Two sailors were arrested near the pier on Friday."
    expected = [("agent-dropped", "Police arrested", "Two sailors were arrested")]
    assert seen(find, pair(ACTIVE, repost)) == expected
    assert slugs(find, repost, ACTIVE) == ["agent-added"]


@pytest.mark.parametrize(
    ("original", "repost"),
    [
        (
            "The decision was taken by the harbour board on Sunday.",
            "The decision was taken on Sunday.",
        ),
        (
            "A review of ferry safety by the ministry is due in autumn.",
            "A review of ferry safety is due in autumn.",
        ),
        (
            "Kesmar will withdraw its soldiers from the valley and the hills.",
            "Soldiers will be withdrawn from the valley and the hills.",
        ),
        (
            ACTIVE,
            "Two sailors were arrested near the pier on Friday. Ana Bell, a baker, said the police were slow.",
        ),
    ],
)
def test_an_actor_is_lost(original: str, repost: str) -> None:
    assert slugs(find, original, repost) == ["agent-dropped"]


@pytest.mark.parametrize(
    "repost",
    [
        "Two sailors were arrested by police near the pier on Friday.",
        "Police made arrests near the pier on Friday; two sailors were held.",
        "Near the pier, police arrested two sailors on Friday.",
        "They arrested two sailors near the pier on Friday.",
    ],
)
def test_an_actor_who_is_still_named_is_not_lost(repost: str) -> None:
    assert slugs(find, ACTIVE, repost) == []


@pytest.mark.parametrize(
    ("original", "repost"),
    [
        ("The pier will be rebuilt by Friday.", "The pier will be rebuilt."),
        ("The sailors came by train from the coast.", "The sailors came from the coast."),
        ("Prices rose by 3 percent in May.", "Prices rose in May."),
        ("They saved money by closing the pier.", "They saved money."),
        ("They won by quietly closing the pier.", "They won."),
        ("The pier was shut by someone.", "The pier was shut."),
        ("The town cut the rate by half.", "The town cut the rate."),
        ("The list was published by mistake.", "The list was published."),
        ("Ana Bell accused the port of neglect.", "The port was accused of neglect."),
        ("Bell was bitten by a small dog at the pier.", "Bell had a bite at the pier."),
        ("Doctors described his condition as good.", "His condition is described as good."),
        (
            "The old pier of Norby will be rebuilt and painted by Feb. and then reopened.",
            "The old pier of Norby will be rebuilt and painted and then reopened.",
        ),
        (
            "The damage to the old pier in Norby was estimated by engineers.",
            "The damage to the old pier in Norby was estimated.",
        ),
    ],
)
def test_a_time_a_means_or_an_amount_is_no_actor(original: str, repost: str) -> None:
    assert slugs(find, original, repost) == []


def test_what_is_dropped_in_the_sample_is_added_when_the_texts_are_swapped() -> None:
    reverse = {"agent-dropped": "agent-added", "agent-added": "agent-dropped"}
    for context in sample_pairs():
        here = [(reverse[m.move], m.original, m.repost) for m in find(context)]
        there = [(m.move, m.repost, m.original) for m in find(swapped(context))]
        assert sorted(here) == sorted(there)
