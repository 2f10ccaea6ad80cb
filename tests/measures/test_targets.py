"""Sentiment toward a target."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reframing.documents.records import Span, Target
from reframing.measures.targets import clause_around, target_sentiment

TEXT = "Critics hated the brutal mayor, while friends loved the kind and honest clerk."


def place(word: str, text: str = TEXT) -> Span:
    start = text.index(word)
    return Span(start, start + len(word))


def toward(word: str, text: str = TEXT) -> tuple[str, float]:
    found = target_sentiment(text, Span(0, len(text)), Target(place(word, text)))
    assert found.span == place(word, text)
    return found.label, found.score


def test_targets_of_one_sentence_differ_by_their_clause() -> None:
    assert toward("mayor")[0] == "negative"
    assert toward("clerk")[0] == "positive"


def test_plain_clause_is_neutral() -> None:
    assert toward("mayor", "The mayor opened the door.") == ("neutral", 0.0)


@pytest.mark.parametrize(
    ("word", "clause"),
    [
        ("mayor", "Critics hated the brutal mayor"),
        ("clerk", " friends loved the kind and honest clerk."),
    ],
)
def test_clause_ends_at_its_boundaries(word: str, clause: str) -> None:
    assert clause_around(TEXT, Span(0, len(TEXT)), place(word)).of(TEXT) == clause


def test_short_stretch_is_widened_to_the_sentence() -> None:
    text = "The mayor, a liar, left the town."
    assert clause_around(text, Span(0, len(text)), place("mayor", text)) == Span(0, len(text))


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=30), st.text(min_size=1, max_size=10), st.text(max_size=30))
def test_any_target_is_inside_its_clause(before: str, name: str, after: str) -> None:
    text, target = before + name + after, Span(len(before), len(before) + len(name))
    assert clause_around(text, Span(0, len(text)), target).contains(target)
    assert -1 <= target_sentiment(text, Span(0, len(text)), Target(target)).score <= 1
