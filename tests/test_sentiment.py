"""VADER through NLTK with the packaged lexicon."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reframing.constructs.sentiment import sentiment


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


def test_importing_the_module_does_not_import_nltk() -> None:
    check = "import sys, reframing.constructs.sentiment as s; sys.exit('nltk' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=80))
def test_any_text_scores_within_bounds(text: str) -> None:
    assert -1 <= sentiment(text) <= 1
