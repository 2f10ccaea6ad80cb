"""VADER's compound score, read word by word, against the package's own reading of the whole."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reframing.documents.sentences import split
from reframing.measures.sentiment import analyser, sentiment
from reframing.reading.articles import read_articles

SAMPLE = Path(__file__).parents[2] / "data/sample/articles.jsonl"


def test_praise_is_positive_and_blame_negative() -> None:
    assert sentiment("A wonderful, generous and happy crowd.") > 0.5
    assert sentiment("A terrible, cruel and hateful crime.") < -0.5


def test_text_without_sentiment_is_zero() -> None:
    assert sentiment("The table has four legs.") == 0
    assert sentiment("") == 0


def test_negation_turns_the_sign() -> None:
    assert sentiment("The plan is good.") > 0 > sentiment("The plan is not good.")


def test_golden_score() -> None:
    assert sentiment("The plan is good.") == pytest.approx(0.4404)


# What VADER treats specially: its words, boosters, negations, idioms, capitals, marks, emojis.
WORDS = st.sampled_from(
    """good bad GOOD Terrible happy no No nor or never so this without doubt least at very not isn't
    kind of sort but But hardly EXTREMELY the bomb kiss death to die for yeah right bus stop table
    walked 😀 x😀 👍🏽 :) :D fed up ’tis İyi ΣΟΦΟΣ 'great' (awful). well-liked""".split()
)
MARKS = st.sampled_from(["", "", "", ",", "!", "!!", "?", "??", ".", "…"])


@settings(max_examples=400, deadline=None)
@given(st.lists(st.tuples(WORDS, MARKS).map("".join), max_size=12).map(" ".join))
def test_score_is_that_of_the_package(text: str) -> None:
    assert sentiment(text) == analyser().polarity_scores(text)["compound"]


def test_score_of_every_sample_sentence_is_that_of_the_package() -> None:
    for article in read_articles(SAMPLE):
        for sentence in split(article):
            text = sentence.span.of(article.text)
            assert sentiment(text) == analyser().polarity_scores(text)["compound"]


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=80))
def test_any_text_scores_within_bounds(text: str) -> None:
    assert -1 <= sentiment(text) <= 1
