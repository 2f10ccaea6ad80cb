"""What one text affirms and the other denies."""

import pytest

from reframing.moves.polarity_moves import find
from sample_pairs import sample_pairs
from two_texts import pair, seen, slugs, swapped

FLIPPED = ["polarity-flipped"]


@pytest.mark.parametrize(
    ("original", "repost", "was", "now"),
    [
        (
            "The council had not ruled out a second ferry.",
            "The council had ruled out a second ferry.",
            "not ruled",
            "ruled",
        ),
        (
            "Divers found no crack in the hull of the ferry.",
            "Divers found a crack in the hull of the ferry.",
            "no crack",
            "crack",
        ),
        (
            "The harbour master never felt the jolt on the pier.",
            "The harbour master feels the jolt on the pier.",
            "never felt",
            "feels",
        ),
        (
            "The ministry denied the report about the quay.",
            "The ministry confirmed the report about the quay.",
            "denied",
            "confirmed",
        ),
        (
            "Ticket prices on the ferry rose after the storm.",
            "Ticket prices on the ferry fell after the storm.",
            "rose",
            "fell",
        ),
        (
            "Non-residents pay for the ferry to the island.",
            "Residents pay for the ferry to the island.",
            "Non-residents",
            "Residents",
        ),
        (
            "Demand for the night ferry was strong in winter.",
            "Demand for the night ferry was weak in winter.",
            "strong",
            "weak",
        ),
        (
            "Dyes in the harbour are harmful to seals, divers found.",
            "Dyes in the harbour are harmless to seals, divers found.",
            "harmful",
            "harmless",
        ),
    ],
)
def test_a_statement_turned_round(original: str, repost: str, was: str, now: str) -> None:
    assert seen(find, pair(original, repost)) == [("polarity-flipped", was, now)]
    assert seen(find, pair(repost, original)) == [("polarity-flipped", now, was)]


@pytest.mark.parametrize(
    ("original", "repost"),
    [
        ("The pier was not safe for lorries.", "The pier was unsafe for lorries."),
        ("The ferry did not sail on Monday.", "The ferry failed to sail on Monday."),
        ("The council has not approved the pier.", "The council has yet to approve the pier."),
        ("The pier will not open until March.", "The pier will open in March."),
        ("The storm not only closed the pier.", "The storm closed the pier and the road."),
        ("The council did not approve the pier.", "The council rejected the pier."),
        ("No sailor was hurt in the storm.", "Not a single sailor was hurt in the storm."),
        ("Repairs at the pier are free of charge.", "Repairs at the pier come at no charge."),
        ("Prices rose in May and fell in June.", "Prices fell in June after they rose in May."),
        ("Towns that closed their pier fared better.", "Towns that closed it did, others did not."),
    ],
)
def test_the_same_in_other_words_is_no_move(original: str, repost: str) -> None:
    assert slugs(find, original, repost) == []


@pytest.mark.parametrize(
    ("original", "repost"),
    [
        ("Workers installed lamps along the quay.", "Workers stalled lamps along the quay."),
        (
            "Divers inspected parts of the ship in May.",
            "Divers imparted it, the ship's spected parts.",
        ),
        ("The port invested in cranes for the quay.", "The port vested in cranes for the quay."),
        ("The unions of the port met at the quay.", "The ions of the port met at the quay."),
    ],
)
def test_letters_like_those_of_a_prefix_turn_nothing_round(original: str, repost: str) -> None:
    assert slugs(find, original, repost) == []


@pytest.mark.parametrize(
    ("original", "repost"),
    [
        ("The cargo of the ship was unsealed at the quay.", "The cargo was sealed at the quay."),
        ("Captains disapproved of the new quay.", "Captains approved of the new quay."),
        ("The rescue boat is said to be unsinkable.", "The rescue boat is said to be sinkable."),
    ],
)
def test_a_prefix_that_denies_turns_it_round(original: str, repost: str) -> None:
    assert slugs(find, original, repost) == FLIPPED
    assert slugs(find, repost, original) == FLIPPED


def test_what_is_negated_on_both_sides_may_turn_with_its_verb() -> None:
    original = "Ticket prices at the pier did not rise after the storm."
    repost = "Ticket prices at the pier did not fall after the storm."
    assert slugs(find, original, repost) == FLIPPED


def test_a_question_denies_nothing() -> None:
    assert slugs(find, "The pier was not closed.", "Was the pier closed?") == []


def test_the_sample_tells_the_same_when_the_texts_are_swapped() -> None:
    for context in sample_pairs():
        here = [(m.original, m.repost, m.score) for m in find(context)]
        there = [(m.repost, m.original, m.score) for m in find(swapped(context))]
        assert sorted(here) == sorted(there)


@pytest.mark.parametrize(
    ("affirmed", "denied"),
    [
        ("She was in office when the dam broke.", "She was not in office when the dam broke."),
        ("The old pier has a roof.", "The old pier does not have a roof."),
        ("It is the mayor whom they blame.", "It isn't the mayor whom they blame."),
    ],
)
def test_a_negation_that_is_the_only_difference(affirmed: str, denied: str) -> None:
    assert slugs(find, affirmed, denied) == ["polarity-flipped"]
    assert slugs(find, denied, affirmed) == ["polarity-flipped"]


@pytest.mark.parametrize(
    ("affirmed", "denied"),
    [
        ("She was in Tern and Skar.", "She was not only in Tern and Skar."),
        ("They will close the pier unless it is paid.", "They close the pier if it is not paid."),
    ],
)
def test_what_is_limited_or_conditional_is_not_denied(affirmed: str, denied: str) -> None:
    assert slugs(find, affirmed, denied) == []


@pytest.mark.parametrize(
    ("original", "repost"),
    [
        (
            "None of the missing students were among the bodies in the first graves of Norby.",
            "The first graves of Norby do not contain bodies of the missing students.",
        ),
    ],
)
def test_what_is_denied_in_other_words_is_not_affirmed(original: str, repost: str) -> None:
    assert slugs(find, original, repost) == []
