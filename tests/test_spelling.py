"""British and American forms of a word in one spelling."""

import pytest

from reframing.moves.spelling import one_spelling


@pytest.mark.parametrize(
    ("british", "american"),
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
    ],
)
def test_both_spellings_come_to_one(british: str, american: str) -> None:
    assert one_spelling(british) == one_spelling(american)


@pytest.mark.parametrize(
    ("word", "other"),
    [("four", "for"), ("hour", "her"), ("wise", "wine"), ("fence", "fens"), ("pence", "pens")],
)
def test_other_words_stay_apart(word: str, other: str) -> None:
    assert one_spelling(word) != one_spelling(other)
