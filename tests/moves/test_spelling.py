"""British and American forms of a word, and months, in one spelling."""

import pytest

from reframing.moves.context import one_spelling


@pytest.mark.parametrize(
    ("one", "another"),
    [
        ("rumour", "rumor"),
        ("neighbours", "neighbors"),
        ("organise", "organize"),
        ("organisations", "organizations"),
        ("analysed", "analyzed"),
        ("centre", "center"),
        ("metres", "meters"),
        ("defence", "defense"),
        ("travelled", "traveled"),
        ("dialogue", "dialog"),
        ("towards", "toward"),
        ("grey", "gray"),
        ("whilst", "while"),
        ("mum", "mom"),
        ("anaemia", "anemia"),
        ("sept", "september"),
    ],
)
def test_both_spellings_come_to_one(one: str, another: str) -> None:
    assert one_spelling(one) == one_spelling(another)


@pytest.mark.parametrize(
    ("word", "other"),
    [("four", "for"), ("hour", "her"), ("wise", "wine"), ("fence", "fens"), ("pence", "pens")],
)
def test_other_words_stay_apart(word: str, other: str) -> None:
    assert one_spelling(word) != one_spelling(other)
