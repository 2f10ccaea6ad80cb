"""Names that may be one: a search by common properties finds what a comparison of all words finds."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reframing.moves.names import _keys, _may_be_one, _plain, _spelled, is_alike

WORDS = st.text("aceghiknoqrstuvz", min_size=1, max_size=9)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("senate", "senator"),
        ("sen", "senator"),
        ("carter", "cartre"),
        ("austria", "austrian"),
    ],
)
def test_variants_of_a_name_are_alike(name: str, other: str) -> None:
    assert is_alike(frozenset({name}), frozenset({other, "harbour", "tuesday"}))


@given(WORDS, WORDS)
@example("machnouk", "mashnuq")
@example("austria", "austrian")
def test_words_that_may_be_one_have_a_key_in_common(a: str, b: str) -> None:
    if _may_be_one(a, b):
        assert not set(_keys(a)).isdisjoint(_keys(b))


@given(st.frozensets(WORDS, min_size=1, max_size=3), st.frozensets(WORDS, max_size=12))
def test_alike_is_what_a_comparison_of_all_words_says(
    name: frozenset[str], others: frozenset[str]
) -> None:
    a_words, b_words = _spelled(_plain(name)), _spelled(_plain(others))
    expected = not a_words.isdisjoint(b_words) or any(
        _may_be_one(a, b) for a in a_words for b in b_words
    )
    assert is_alike(name, others) == expected
