"""Word tokens: what is one token, and that offsets always slice to it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reframing.documents.records import Span
from reframing.documents.tokens import tokenize, words


def forms(text: str) -> list[str]:
    return list(tokenize(text).forms)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The dam held.", ["the", "dam", "held", "."]),
        ("the U.S. at 4 p.m.", ["the", "u.s.", "at", "4", "p.m."]),
        ("$1,200.50 or 4.5m", ["$", "1,200.50", "or", "4.5m"]),
        ("from 10:30 to 11/12", ["from", "10:30", "to", "11/12"]),
        ("the 70th, 1990s", ["the", "70th", ",", "1990s"]),
        ("it’s a well-known co‑op", ["it's", "a", "well-known", "co-op"]),
        ("didn't ‘run’", ["didn't", "‘", "run", "'"]),
        ("the farmers’ union", ["the", "farmers", "'", "union"]),
        ("yes – no … -- ok", ["yes", "-", "no", "…", "-", "-", "ok"]),
        ("naïve Šárka Ümit", ["naïve", "šárka", "ümit"]),
        ("nai\u0308ve", ["nai\u0308ve"]),
        ("a_b __ 8.6%", ["a_b", "__", "8.6", "%"]),
        ("(in 5 of 6)", ["(", "in", "5", "of", "6", ")"]),
        ("", []),
        (" \n\t", []),
    ],
)
def test_text_is_cut_into_tokens(text: str, expected: list[str]) -> None:
    assert forms(text) == expected


def test_forms_fold_case_and_apostrophes_but_offsets_do_not() -> None:
    tokens = tokenize("She CAN’T go")
    assert tokens.forms[1] == "can't"
    assert tokens.span(1, 2).of(tokens.text) == "CAN’T"


def test_words_leave_punctuation_out() -> None:
    assert list(words("Yes, 4.5% – no!")) == ["yes", "4.5", "no"]
    assert tokenize("Yes, 4.5% – no!").n_words == 3


def test_span_of_several_tokens_goes_from_the_first_to_the_last() -> None:
    tokens = tokenize("one two, three")
    assert tokens.span(1, 4).of(tokens.text) == "two, three"


def test_tokens_within_a_span_lie_wholly_in_it() -> None:
    tokens = tokenize("one two three")
    assert list(tokens.within(Span(0, 7))) == [0, 1]
    assert list(tokens.within(Span(1, 7))) == [1]
    assert list(tokens.within(Span(5, 6))) == []
    assert list(tokens.within(Span(0, 0))) == []
    assert list(tokens.within(Span(0, 99))) == [0, 1, 2]


@given(st.text(max_size=80))
@settings(max_examples=100)
def test_offsets_slice_to_the_tokens_of_any_text(text: str) -> None:
    tokens = tokenize(text)
    assert len(tokens) == len(tokens.starts) == len(tokens.ends) == len(tokens.forms)
    for start, end, form in zip(tokens.starts, tokens.ends, tokens.forms, strict=True):
        assert 0 <= start < end <= len(text)
        assert forms(text[start:end])[0] == form


@given(st.text(max_size=80))
@settings(max_examples=100)
def test_only_white_space_lies_between_tokens(text: str) -> None:
    tokens = tokenize(text)
    inside = {i for start, end in zip(tokens.starts, tokens.ends, strict=True)
              for i in range(start, end)}  # fmt: skip
    assert all(text[i].isspace() for i in range(len(text)) if i not in inside)
    assert sum(end - start for start, end in zip(tokens.starts, tokens.ends, strict=True)) == len(
        inside
    )


@given(st.text(max_size=40), st.integers(0, 40), st.integers(0, 40))
@settings(max_examples=60)
def test_within_is_the_same_as_asking_each_token(text: str, a: int, b: int) -> None:
    tokens, span = tokenize(text), Span(min(a, b), max(a, b))
    asked = [i for i in range(len(tokens)) if span.contains(tokens.span(i, i + 1))]
    assert list(tokens.within(span)) == asked
