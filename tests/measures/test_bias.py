"""Bias of wording from evaluations and boosters."""

from math import exp, sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reframing.documents.records import Evaluation, Span
from reframing.documents.tokens import tokenize
from reframing.measures.bias import INTERCEPT, POLARITY_WEIGHT, SLOPE, bias
from reframing.measures.boosting import find_boosters
from reframing.measures.evaluation import weighted_evaluations


def score(text: str) -> float:
    tokens = tokenize(text)
    weighted = weighted_evaluations(tokens)
    return bias(
        tokens.n_words,
        [evaluation for evaluation, _ in weighted],
        [strength for _, strength in weighted],
        len(find_boosters(tokens)),
    )


def test_loaded_wording_is_biased_and_plain_wording_not() -> None:
    plain = score("The council cut the library budget on Monday.")
    loaded = score("The shameless council gutted the beloved library on Monday.")
    assert plain < 0.5 < loaded


def test_attack_weighs_more_than_emotion() -> None:
    assert score("Residents slammed the plan.") > score("Furious residents read the plan.")


def test_booster_adds_to_bias() -> None:
    assert score("Obviously the plan failed.") > score("The plan failed again.")


def test_one_loaded_word_colours_a_long_sentence_less() -> None:
    short = score("A shameful plan passed.")
    assert short > score(
        "A shameful plan passed in the second reading of the bill on Monday at noon."
    )


def test_formula() -> None:
    found = [Evaluation(Span(0, 1), "positive")]
    load = 2 * POLARITY_WEIGHT["positive"] / sqrt(9)
    assert bias(9, found, [2]) == pytest.approx(1 / (1 + exp(-(INTERCEPT + SLOPE * load))))


def test_no_words_have_no_bias() -> None:
    assert bias(0, (), ()) == 0


def test_a_strength_is_needed_for_each_evaluation() -> None:
    with pytest.raises(ValueError, match="shorter"):
        bias(3, [Evaluation(Span(0, 1), "negative")], [])


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.sampled_from(["slammed ", "clearly ", "great ", "x ", "\0"]) | st.text(max_size=5))
)
def test_any_text_scores_within_bounds(pieces: list[str]) -> None:
    assert 0 <= score("".join(pieces)) <= 1
