"""Evaluative wording gained, lost and replaced."""

import pytest

from reframing.moves.evaluation_moves import find
from sample_pairs import sample_pairs
from two_texts import pair, seen, slugs, swapped


def test_loaded_wording_without_counterpart_is_added() -> None:
    original = "The council voted on the plan for the old harbour on Monday."
    repost = "The council shamefully voted on the plan for the old harbour on Monday."
    assert seen(find, pair(original, repost)) == [("evaluation-added", "", "shamefully")]


def test_loaded_wording_in_an_added_sentence_counts() -> None:
    original = "The council voted on Monday."
    repost = "The council voted on Monday. Its incompetent members should go."
    assert slugs(find, original, repost) == ["evaluation-added"]


def test_loaded_wording_that_the_repost_leaves_out_is_dropped() -> None:
    original = "The disgraceful plan for the old harbour was put to the vote on Monday."
    repost = "The plan for the old harbour was put to the vote on Monday."
    assert seen(find, pair(original, repost)) == [("evaluation-dropped", "disgraceful", "")]


def test_loaded_wording_is_dropped_though_the_other_one_stays() -> None:
    original = "The shameful plan to close the harbour failed in a disastrous vote on Monday."
    repost = "The plan to close the harbour failed in a disastrous vote on Monday."
    assert slugs(find, original, repost) == ["evaluation-dropped"]


def test_a_neutral_word_for_a_loaded_one_is_no_loss() -> None:
    original = "The worst accident on the line since 1987 killed four people."
    repost = "The gravest accident on the line since 1987 killed four people."
    assert slugs(find, original, repost) == []


def test_the_same_wording_on_both_sides_is_no_move() -> None:
    original = "Her disgraceful plan was put to the vote on Monday."
    repost = "On Monday a vote was taken on the plan, which is disgraceful."
    assert slugs(find, original, repost) == []


@pytest.mark.parametrize(
    ("original", "repost", "was", "now"),
    [
        ("The union criticised the plan for the pier.", "The union slammed the plan for the pier.",
         "criticised", "slammed"),
    ],
)  # fmt: skip
def test_a_verb_of_another_force(original: str, repost: str, was: str, now: str) -> None:
    assert ("evaluation-shifted", was, now) in seen(find, pair(original, repost))


@pytest.mark.parametrize(
    ("original", "repost"),
    [
        ("Mayor Otto Brand said the pier leaks.", "Mayor Otto Brand warned that the pier leaks."),
        ("Shares of the brewery fell 4 per cent.", "Shares of the brewery dropped 4 per cent."),
        ("The union criticised the plan.", "The plan was criticised by the union."),
        ("The number of boats rose to 40.", "The number of boats increased to 40."),
    ],
)
def test_a_verb_of_the_same_force_is_no_move(original: str, repost: str) -> None:
    assert slugs(find, original, repost) == []


def test_a_noun_replaced_by_a_loaded_one() -> None:
    original = "The visitors walked in through the open back door at night."
    repost = "The crooks walked in through the open back door at night."
    assert seen(find, pair(original, repost)) == [("evaluation-shifted", "visitors", "crooks")]


def test_an_adjective_replaced_in_a_rewritten_sentence() -> None:
    original = "Critics call the film a careful portrait of the town, and it cost little."
    repost = "It cost little: a stunning portrait of the town and its people, made in May."
    assert ("evaluation-shifted", "careful", "stunning") in seen(find, pair(original, repost))


def test_what_a_quoted_speaker_says_is_not_the_wording_of_the_text() -> None:
    original = "“The plan is good,” said Lena Quist, who drew it up last year."
    repost = "“The plan is disgraceful,” said Lena Quist, who drew it up last year."
    assert slugs(find, original, repost) == []


@pytest.mark.parametrize(
    "repost", ["The rowers were radicalized in Norby.", "A shocking fire burnt the pier down."]
)
def test_wording_that_the_original_has_in_another_place_or_spelling_is_not_added(
    repost: str,
) -> None:
    original = (
        "The rowers were radicalised in Norby. A fire burnt the pier down. It shocked the town."
    )
    links = [((0,), (0,))] if "rowers" in repost else [((1,), (0,))]
    assert slugs(find, original, repost, links) == []


def test_copied_sentences_have_no_moves() -> None:
    text = "The union slammed the disgraceful plan."
    assert slugs(find, text, text) == []


def test_what_is_dropped_in_the_sample_is_added_when_the_texts_are_swapped() -> None:
    for context in sample_pairs():
        dropped = {m.original for m in find(context) if m.move == "evaluation-dropped"}
        gained = {m.repost for m in find(swapped(context)) if m.original is None or m.repost}
        assert dropped <= gained
