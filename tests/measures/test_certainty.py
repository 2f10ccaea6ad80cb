"""Sentence certainty from hedges and boosters."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reframing.documents.lexicon import load_lexicon
from reframing.documents.tokens import tokenize
from reframing.measures.boosting import find_boosters
from reframing.measures.certainty import GAIN, LOSS, PLAIN, certainty
from reframing.measures.hedging import find_hedges


def score(text: str) -> float:
    tokens = tokenize(text)
    return certainty(tokens.n_words, find_hedges(tokens), find_boosters(tokens))


def test_hedged_sounds_less_and_boosted_more_certain_than_plain() -> None:
    assert (
        score("The valve may fail.") < score("The valve fails.") < score("The valve clearly fails.")
    )


def test_plain_assertion_has_the_plain_value() -> None:
    assert score("The valve fails.") == PLAIN


def test_formula_of_one_hedge_and_one_booster() -> None:
    hedged = PLAIN * (1 - LOSS["modal"])
    assert score("The valve may clearly fail.") == pytest.approx(
        hedged + GAIN["certainty"] * (1 - hedged)
    )


def test_more_hedges_sound_less_certain() -> None:
    assert score("Perhaps the valve may possibly fail.") < score("The valve may fail.")


def test_no_words_have_no_certainty() -> None:
    assert certainty(0, (), ()) == 0


def test_every_category_of_the_lexicons_has_a_weight() -> None:
    assert {entry.category for entry in load_lexicon("measures/hedges").entries} == set(LOSS)
    assert {entry.category for entry in load_lexicon("measures/boosters").entries} == set(GAIN)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.sampled_from(["may ", "clearly ", "perhaps ", "very ", "x ", "\0"]) | st.text(max_size=5)
    )
)
def test_any_text_scores_within_bounds(pieces: list[str]) -> None:
    assert 0 <= score("".join(pieces)) <= 1
