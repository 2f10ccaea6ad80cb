"""Who vouches for a statement, in the original and in the repost."""

import pytest

from reframing.moves.attribution_moves import find
from sample_pairs import sample_pairs
from two_texts import pair, seen, slugs, swapped

ORIGINAL = "The ferry will stop sailing in May, harbour master Lena Quist said."


@pytest.mark.parametrize(
    "repost",
    [
        "Harbour master Lena Quist told reporters that the ferry will stop sailing in May.",
        "According to harbour master Lena Quist, the ferry will stop sailing in May.",
        "The ferry will stop sailing in May, Quist noted.",
        "The ferry, said Lena Quist, the harbour master, will stop sailing in May.",
        "“The ferry will stop sailing in May,” the harbour master said.",
    ],
)
def test_the_same_source_with_a_cue_of_the_same_force_is_no_move(repost: str) -> None:
    assert slugs(find, ORIGINAL, repost) == []


def test_a_statement_without_its_source_has_lost_it() -> None:
    found = seen(find, pair(ORIGINAL, "The ferry will stop sailing in May."))
    assert found == [
        (
            "attribution-dropped",
            "harbour master Lena Quist said",
            "The ferry will stop sailing in May.",
        )
    ]


def test_a_statement_with_a_new_source_has_gained_it() -> None:
    assert slugs(find, "The ferry will stop sailing in May.", ORIGINAL) == ["attribution-added"]


def test_a_source_whose_cue_is_unknown_still_speaks() -> None:
    repost = "“The ferry will stop sailing in May,” harbour master Lena Quist warbled."
    assert slugs(find, ORIGINAL, repost) == []


def test_a_question_asserts_nothing() -> None:
    assert slugs(find, ORIGINAL, "Will the ferry stop sailing in May?") == []


def test_a_statement_about_the_source_itself_loses_its_source_all_the_same() -> None:
    original = "The Quay Company said it would close two of its piers in May."
    repost = "The Quay Company will close two piers in May."
    assert slugs(find, original, repost) == ["attribution-dropped"]


def test_an_infinitive_vouches_for_nothing() -> None:
    original = "The council met to explain the delay of the ferry."
    assert slugs(find, original, "The owner must give reasons for the delay of the ferry.") == []


@pytest.mark.parametrize(
    "repost",
    [
        "The ferry will stop sailing in May, critics said.",
        "It is thought that the ferry will stop sailing in May.",
        "There are claims that the ferry will stop sailing in May.",
        "One official said that the ferry will stop sailing in May.",
    ],
)
def test_a_named_source_becomes_vague(repost: str) -> None:
    assert "attribution-vague" in slugs(find, ORIGINAL, repost)


def test_a_vague_source_that_stays_vague_is_no_move() -> None:
    original = "Critics said that the ferry would stop sailing in May."
    assert slugs(find, original, "The ferry would stop sailing in May, critics said.") == []


def test_another_name_is_a_swap() -> None:
    repost = "The ferry will stop sailing in May, Mayor Otto Brand said."
    assert slugs(find, ORIGINAL, repost) == ["attribution-swapped"]


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("The union", "The court"),
        ("Police", "Prosecutors"),
        ("A nurse", "A pilot"),
        ("The clerk", "The mayor"),
        ("The hospital", "The union"),
    ],
)
def test_another_role_is_a_swap(was: str, now: str) -> None:
    original, repost = (f"{who} said the ferry will stop sailing in May." for who in (was, now))
    assert slugs(find, original, repost) == ["attribution-swapped"]


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("The operator", "The company"),
        ("Police", "Detectives"),
        ("The hospital", "A nurse"),
        ("The hospital", "The authority"),
        ("The airline", "Nordair"),
        ("A doctor", "A surgeon"),
    ],
)
def test_a_role_that_may_be_the_same_source_is_no_swap(was: str, now: str) -> None:
    original, repost = (f"{who} said the ferry will stop sailing in May." for who in (was, now))
    assert slugs(find, original, repost) == []


def test_a_pronoun_for_the_source_is_no_swap() -> None:
    original = f"Harbour master Lena Quist said the pier is closed. {ORIGINAL}"
    repost = (
        "Harbour master Lena Quist said the pier was closed. "
        "She said that the ferry will stop sailing in May."
    )
    assert slugs(find, original, repost) == []


def test_a_name_for_a_pronoun_is_no_swap() -> None:
    original = "Lena Quist said the pier was old. It leaks in four places, she said."
    repost = "Lena Quist said that the pier was old. Quist said it leaks in four places."
    assert slugs(find, original, repost) == []


@pytest.mark.parametrize(
    ("original", "repost"),
    [
        (
            "Lena Quist runs the harbour. The pier leaks in four places, she said.",
            "Lena Quist runs the harbour. The pier leaks in four places, Quist said.",
        ),
        (
            "The Northern Ferry Union said that the pier leaks in four places.",
            "The pier leaks in four places, according to the NFU.",
        ),
    ],
)
def test_another_name_of_the_same_source_is_no_swap(original: str, repost: str) -> None:
    assert slugs(find, original, repost) == []


@pytest.mark.parametrize("cue", ["claimed", "alleged"])
def test_a_distancing_cue_for_a_neutral_one(cue: str) -> None:
    repost = f"Harbour master Lena Quist {cue} that the ferry will stop sailing in May."
    assert slugs(find, ORIGINAL, repost) == ["attribution-distanced"]


@pytest.mark.parametrize("cue", ["confirmed", "revealed", "admitted"])
def test_an_endorsing_cue_for_a_neutral_one(cue: str) -> None:
    repost = f"Harbour master Lena Quist {cue} that the ferry will stop sailing in May."
    assert slugs(find, ORIGINAL, repost) == ["attribution-endorsed"]


def test_what_a_study_finds_is_as_neutral_as_what_stands_in_it() -> None:
    original = "Short naps improve memory, according to a study of 300 nurses."
    repost = "A study of 300 nurses found that short naps improve memory."
    assert slugs(find, original, repost) == []


def test_a_remark_is_as_neutral_as_a_statement() -> None:
    original = "Lena Quist said that the ferry will stop sailing in May."
    assert slugs(find, original, original.replace("said", "noted")) == []


def test_a_denial_that_becomes_a_confirmation_is_no_endorsement() -> None:
    original = "The Quay Company denied that the pier had been closed."
    repost = "The Quay Company confirmed that the pier had been closed."
    assert "attribution-endorsed" not in slugs(find, original, repost)


@pytest.mark.parametrize("cue", ["would have you believe that", "liked to think that"])
def test_a_phrase_that_holds_a_claim_off_is_a_cue(cue: str) -> None:
    original = "Lena Quist said that the ferry will stop sailing in May."
    assert slugs(find, original, original.replace("said that", cue)) == ["attribution-distanced"]


def test_the_place_of_a_statement_is_no_cue_of_its_own() -> None:
    original = "“The ferry will stop sailing in May,” Lena Quist said in a statement."
    repost = "“The ferry will stop sailing in May,” Lena Quist acknowledged in a statement."
    assert slugs(find, original, repost) == ["attribution-endorsed"]


def test_half_of_a_statement_behind_the_other_keeps_its_source_for_a_reader() -> None:
    original = (
        "“The bridge will shorten the road to Norby and will bring trade to the islands,” "
        "said the Ministry of Roads."
    )
    repost = (
        "The bridge will shorten the road to Norby, the Ministry of Roads said. "
        "It will bring trade to the islands."
    )
    assert seen(find, pair(original, repost, [((0,), (0,)), ((0,), (1,))])) == []


@pytest.mark.parametrize(
    ("original", "repost"),
    [
        (
            "Later the president spoke favourably about the new pier of Norby.",
            "The new pier of Norby was opened late.",
        ),
        (
            "There was a spate of violent attacks on rowers in recent years.",
            "Norby has seen a spate of violent attacks on rowers in recent years.",
        ),
    ],
)
def test_who_speaks_about_a_thing_or_sees_it_reports_nothing(original: str, repost: str) -> None:
    assert slugs(find, original, repost) == []


def test_a_source_who_says_so_elsewhere_is_not_swapped() -> None:
    original = (
        "The old pier will close in May, the council said. "
        "Mayor Anna Moss said too that the old pier will close in May."
    )
    repost = "The old pier will close in May, Mayor Anna Moss said."
    assert slugs(find, original, repost, [((0,), (0,))]) == []


def test_whoever_denies_it_there_does_not_say_it_in_the_voice_of_the_text() -> None:
    original = "The club has not confirmed the death of its founder Bert Orr."
    repost = "The harbour police confirmed the death of the club's founder Bert Orr."
    assert "attribution-added" not in slugs(find, original, repost)


def test_copied_sentences_have_no_moves() -> None:
    assert slugs(find, ORIGINAL, ORIGINAL) == []


def test_swapping_the_texts_swaps_dropped_and_added_in_the_sample() -> None:
    other = {"attribution-dropped": "attribution-added", "attribution-added": "attribution-dropped"}
    for context in sample_pairs():
        here = [(other[m.move], m.repost, m.original) for m in find(context) if m.move in other]
        there = [(m.move, m.original, m.repost) for m in find(swapped(context)) if m.move in other]
        assert sorted(here, key=str) == sorted(there, key=str)


def test_a_cue_that_is_none_swaps_nothing() -> None:
    repost = "Founder Anna Moss founded a ferry that will stop sailing in May."
    assert "attribution-swapped" not in slugs(find, ORIGINAL, repost)


def test_what_the_author_says_as_i_or_we_is_attributed_to_nobody() -> None:
    original = "We will keep readers informed about the ferry in May."
    repost = "We promise to keep readers informed about the ferry in May."
    assert slugs(find, original, repost) == []


def test_a_transcript_attributes_what_stands_behind_its_speakers() -> None:
    said = "The ferry of Norby will stop sailing in May because of the ice."
    turns = f"QUIST: {said}\nMOSS: When will it sail again?\nQUIST: In June.\nMOSS: Thank you."
    repost = "Lena Quist said the ferry of Norby will stop sailing in May because of the ice."
    assert slugs(find, turns, repost, [((0,), (0,))]) == []
    assert slugs(find, said, repost) == ["attribution-added"]


def test_what_it_is_expected_that_is_expected_by_nobody() -> None:
    original = "The harbour ministry expects that the ferry will stop sailing in May."
    repost = "It is expected that the ferry will stop sailing in May."
    assert slugs(find, original, repost) == ["attribution-vague"]
