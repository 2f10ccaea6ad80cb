"""Precision, recall and F1 of spans by exact match, overlap and token."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.metrics import f_measure, precision, recall

from reframing.documents.records import Span
from validation.scores import exact_prf, overlap_prf, token_prf

SPANS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 8)).map(lambda s: Span(s[0], s[0] + s[1])),
    max_size=8,
)
TOKENS = [Span(i, i + 1) for i in range(50)]


def test_exact_counts_equal_offsets_only() -> None:
    scores = exact_prf([[Span(0, 4), Span(6, 9)]], [[Span(0, 4), Span(6, 8)]])
    assert (scores.precision, scores.recall, scores.f1) == (0.5, 0.5, 0.5)


def test_overlap_counts_one_shared_character() -> None:
    scores = overlap_prf([[Span(0, 4)]], [[Span(3, 9)]])
    assert scores.f1 == 1.0


def test_touching_spans_do_not_overlap() -> None:
    assert overlap_prf([[Span(0, 4)]], [[Span(4, 9)]]).n_matched == 0


def test_overlap_is_one_to_one() -> None:
    scores = overlap_prf([[Span(0, 10)]], [[Span(0, 2), Span(3, 5), Span(6, 8)]])
    assert (scores.n_matched, scores.n_predicted, scores.recall) == (1, 3, 1.0)


def test_documents_are_not_mixed() -> None:
    assert overlap_prf([[Span(0, 4)], []], [[], [Span(0, 4)]]).n_matched == 0


def test_token_score_counts_covered_tokens() -> None:
    scores = token_prf([[Span(0, 4)]], [[Span(2, 8)]], [TOKENS])
    assert (scores.n_matched, scores.n_gold, scores.n_predicted) == (2, 4, 6)


def test_token_is_covered_by_a_part_of_it() -> None:
    scores = token_prf([[Span(2, 3)]], [[Span(0, 5)]], [[Span(0, 5)]])
    assert scores.f1 == 1.0


def test_nothing_predicted_has_no_precision_and_zero_f1() -> None:
    scores = overlap_prf([[Span(0, 4)]], [[]])
    assert math.isnan(scores.precision)
    assert scores.f1 == 0.0


def test_nothing_on_either_side_has_no_score() -> None:
    assert math.isnan(exact_prf([[]], [[]]).f1)


def test_different_numbers_of_documents_are_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        overlap_prf([[Span(0, 4)]], [])


@settings(max_examples=60, deadline=None)
@given(SPANS)
def test_a_side_agrees_fully_with_itself(spans: list[Span]) -> None:
    if spans:
        assert exact_prf([spans], [spans]).f1 == 1.0
        assert token_prf([spans], [spans], [TOKENS]).f1 == 1.0


@settings(max_examples=60, deadline=None)
@given(SPANS, SPANS)
def test_scores_lie_between_zero_and_one_and_exact_is_at_most_overlap(
    gold: list[Span], predicted: list[Span]
) -> None:
    gold, predicted = sorted(set(gold)), sorted(set(predicted))
    overlap = overlap_prf([gold], [predicted])
    assert overlap.n_matched <= min(len(gold), len(predicted))
    token = token_prf([gold], [predicted], [TOKENS])
    backwards = token_prf([predicted], [gold], [TOKENS])
    assert token.n_matched == backwards.n_matched
    assert math.isnan(token.f1) or 0.0 <= token.f1 <= 1.0


@settings(deadline=None)
@given(SPANS, SPANS)
def test_token_scores_are_those_of_nltk_on_sets_of_tokens(
    gold: list[Span], predicted: list[Span]
) -> None:
    covered = [
        {t for t in TOKENS if any(t.overlaps(s) for s in side)} for side in (gold, predicted)
    ]
    if not all(covered):
        return
    scores = token_prf([gold], [predicted], [TOKENS])
    assert scores.precision == pytest.approx(precision(*covered))
    assert scores.recall == pytest.approx(recall(*covered))
    assert scores.f1 == pytest.approx(f_measure(*covered) or 0.0)
