"""Events that become cause and effect, or cease to be."""

import pytest

from reframing.moves.causality_moves import find
from sample_pairs import sample_pairs
from two_texts import pair, seen, slugs, swapped

LINKED = "Night work was linked to falls among dockers in the port."
CAUSED = "Night work caused falls among dockers in the port."


def test_an_association_becomes_a_cause() -> None:
    expected = [("causality-strengthened", "linked", "caused")]
    assert seen(find, pair(LINKED, CAUSED)) == expected


def test_a_cause_becomes_an_association() -> None:
    assert slugs(find, CAUSED, LINKED) == ["causality-weakened"]


@pytest.mark.parametrize("relation", ["after", "at the time of", "at a time of"])
def test_a_cause_becomes_a_sequence(relation: str) -> None:
    original = "The port closed because of the flood at the quay."
    repost = f"The port closed {relation} the flood at the quay."
    assert slugs(find, original, repost) == ["causality-weakened"]


@pytest.mark.parametrize(
    "repost",
    [
        "Night work led to falls among dockers in the port.",
        "Falls among dockers in the port were triggered by night work.",
        "Night work may have caused falls among dockers in the port.",
        "Because of night work dockers in the port suffered falls.",
    ],
)
def test_another_word_for_a_cause_is_no_move(repost: str) -> None:
    assert slugs(find, CAUSED, repost) == []


def test_a_cause_that_is_asked_for_is_none() -> None:
    repost = "It is unclear whether night work caused falls among dockers in the port."
    assert slugs(find, LINKED, repost) == []


def test_other_events_are_not_compared() -> None:
    original = "Night work was linked to falls, and storms caused delays at the quay in autumn."
    repost = "Storms caused delays at the quay in autumn, and night work was linked to falls."
    assert slugs(find, original, repost) == []


def test_the_sample_tells_the_reverse_when_the_texts_are_swapped() -> None:
    reverse = {
        "causality-strengthened": "causality-weakened",
        "causality-weakened": "causality-strengthened",
    }
    for context in sample_pairs():
        here = [(reverse[m.move], m.original, m.repost, m.score) for m in find(context)]
        there = [(m.move, m.repost, m.original, m.score) for m in find(swapped(context))]
        assert sorted(here) == sorted(there)


def test_relationships_of_states_are_no_association() -> None:
    original = "The ice makes the relationship with Kesmar worse, the president of Talvia said."
    repost = (
        "The relationship with Kesmar is worse because of the ice, the president of Talvia said."
    )
    assert slugs(find, original, repost) == []


def test_an_association_at_the_head_of_a_text_is_one() -> None:
    repost = "Caused by night work, falls among dockers in the port have doubled."
    assert slugs(find, "Linked to night work, " + repost[22:], repost) == ["causality-strengthened"]


def test_a_verb_of_making_in_another_sentence_makes_nothing() -> None:
    original = "Night work is linked to falls among dockers in the port."
    repost = "That is what a crane makes. Falls among dockers are linked to night work in the port."
    assert slugs(find, original, repost, links=[((0,), (1,))]) == []
