"""Sentences left out and put in, and what rose to the lead or sank from it."""

import pytest

from reframing.moves.structure_moves import find
from sample_pairs import sample_pairs
from two_texts import pair, seen, slugs, swapped

ORIGINAL = "The pier is closed. It was built in 1931. Repairs cost two million crowns."


def test_sentences_in_the_same_order_are_no_move() -> None:
    repost = "The pier has been shut. It dates from 1931. It costs two million crowns to repair."
    assert slugs(find, ORIGINAL, repost) == []


def test_an_omitted_and_an_added_sentence() -> None:
    repost = "The pier is closed. Shame on the town. Repairs cost two million crowns."
    assert seen(find, pair(ORIGINAL, repost, [((0,), (0,)), ((2,), (2,))])) == [
        ("sentence-added", "", "Shame on the town."),
        ("sentence-omitted", "It was built in 1931.", ""),
    ]


def test_a_sentence_merged_into_another_is_not_omitted() -> None:
    repost = "The pier, built in 1931, is closed. Repairs cost two million crowns."
    assert slugs(find, ORIGINAL, repost, [((0, 1), (0,)), ((2,), (1,))]) == []


def test_a_line_without_words_is_neither_omitted_nor_added() -> None:
    assert slugs(find, "The pier is closed.\n* * *", "The pier is closed.", [((0,), (0,))]) == []


@pytest.mark.parametrize(
    "line", ["Image 3 of 5", "Follow Ana Bell on Twitter", "(Photo: Ana Bell)"]
)
def test_furniture_of_a_page_is_neither_omitted_nor_added(line: str) -> None:
    links = [((0,), (0,))]
    assert slugs(find, f"The pier is closed.\n{line}", "The pier is closed.", links) == []


def test_a_credit_that_ends_as_a_sentence_is_added() -> None:
    repost = "The pier is closed.\nReporting by The Norby Post."
    assert slugs(find, "The pier is closed.", repost, [((0,), (0,))]) == ["sentence-added"]


def test_a_caption_is_no_lead() -> None:
    original = "The pier is closed. Anna Moss looks at the empty pier in Norby."
    repost = "Anna Moss looks at the empty pier in Norby\nThe pier is closed."
    assert slugs(find, original, repost, [((1,), (0,)), ((0,), (1,))]) == []


@pytest.mark.parametrize(
    "caption",
    [
        "FILE - Anna Moss looks at the empty pier in Norby.",
        "In this June 3 photo, Anna Moss looks at the empty pier in Norby.",
        "Anna Moss, left, looks with Bert Orr at the empty pier in Norby.",
    ],
)
def test_a_caption_that_ends_as_a_sentence_is_no_lead_either(caption: str) -> None:
    original, repost = f"The pier is closed. {caption}", f"{caption} The pier is closed."
    assert slugs(find, original, repost, [((1,), (0,)), ((0,), (1,))]) == []


def test_what_stood_below_rises_and_what_stood_first_sinks() -> None:
    repost = "Repairs cost two million crowns. It was built in 1931. The pier is closed."
    links = [((2,), (0,)), ((1,), (1,)), ((0,), (2,))]
    assert slugs(find, ORIGINAL, repost, links) == ["lead-demoted", "lead-promoted"]


def test_names_in_common_do_not_make_a_lead_of_a_sentence() -> None:
    original = "The pier is closed. Anna Moss of Norby will meet Bert Orr on Monday."
    repost = "In Norby Anna Moss wore a yellow coat on Monday. The pier is closed."
    links = [((1,), (0,)), ((0,), (1,))]
    assert "lead-promoted" not in slugs(find, original, repost, links)


def test_what_headline_or_lead_says_as_well_is_not_promoted() -> None:
    original = "Parents sell their house in the street. A photo shows parents who sell the house."
    repost = "Parents in the street sell the house. They need the money."
    assert slugs(find, original, repost, [((1,), (0,))]) == ["sentence-added", "sentence-omitted"]


def test_a_lead_that_is_gone_did_not_sink() -> None:
    repost = "Repairs cost two million crowns. It was built in 1931."
    links = [((2,), (0,)), ((1,), (1,))]
    assert "lead-demoted" not in slugs(find, ORIGINAL, repost, links)


def test_swapping_the_texts_swaps_omitted_and_added_in_the_sample() -> None:
    other = {"sentence-omitted": "sentence-added", "sentence-added": "sentence-omitted"}
    for context in sample_pairs():
        here = {(other[m.move], m.repost, m.original) for m in find(context) if m.move in other}
        there = {(m.move, m.original, m.repost) for m in find(swapped(context)) if m.move in other}
        assert here == there


def test_a_byline_or_a_date_in_front_is_no_first_sentence() -> None:
    original = "By Anna Moss\nUpdated: July 16, 2018\nThe old pier of Norby is closed for repairs."
    repost = "The old pier of Norby is closed for repairs. It was built in 1931."
    links = [((2,), (0,))]
    assert "lead-promoted" not in slugs(find, original, repost, links)


def test_what_headline_or_lead_of_the_repost_says_as_well_did_not_sink() -> None:
    original = "Parents in the street sell the house. They need the money."
    repost = "Parents sell their house in the street. A photo shows parents who sell the house."
    assert "lead-demoted" not in slugs(find, original, repost, [((0,), (1,))])


def test_what_the_first_sentence_has_much_of_did_not_sink() -> None:
    original = (
        "Harbour crews found a stolen ferry adrift near the northern lighthouse. It was empty."
    )
    repost = (
        "A stolen ferry near the northern lighthouse was all over the news. "
        "Harbour crews found the stolen ferry adrift near the northern lighthouse at noon."
    )
    assert "lead-demoted" not in slugs(find, original, repost, [((0,), (1,))])


def test_a_reworded_lead_is_the_lead_whether_or_not_forms_betray_its_verb() -> None:
    rest = " The council met for two hours on Monday."
    for lead in (
        "Night work was linked to falls at the pier.",
        "The ministry expects lower levels.",
    ):
        for other in ("Night work causes falls at the pier.", "It is expected that levels fall."):
            found = slugs(find, lead + rest, other + rest)
            assert not {"lead-promoted", "lead-demoted"} & set(found), (lead, other)
