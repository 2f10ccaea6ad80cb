"""Causal strength on the InSciOut scale."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reframing.documents.records import Article
from reframing.documents.sentences import split
from reframing.documents.tokens import tokenize
from reframing.measures.causality import strengths


def of(text: str) -> list[int]:
    return strengths(tokenize(text), split(Article("a", text)))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("We asked forty gardeners about their roses.", 0),
        ("Lentil soup is associated with longer sleep.", 1),
        ("Lentil soup was linked to a reduced risk of gout.", 1),
        ("Sleep was longer than in the other group.", 1),
        ("Soup eaters had higher scores compared with bread eaters.", 1),
        ("Lentil soup may reduce the risk of gout.", 2),
        ("Lentil soup could lead to better sleep.", 2),
        ("Lentil soup reduces gout.", 3),
        ("Lentil soup caused better sleep.", 3),
        ("Gout was prevented by lentil soup.", 3),
        ("Doctors should reduce the dose.", 0),
        ("Soup is used to reduce waste.", 0),
        ("The group with increased scores went home.", 0),
    ],
)
def test_strength_of_a_claim(sentence: str, expected: int) -> None:
    assert of(sentence) == [expected]


def test_empty_sentence_claims_nothing() -> None:
    assert of("") == []


def test_a_sentence_is_judged_by_its_own_words() -> None:
    assert of("Rain may fall. It reduces gout. Nobody asked.") == [0, 3, 0]


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.sampled_from(["may ", "to ", "reduces ", "linked to ", "\r\n", "\0"])
        | st.text(max_size=5)
    )
)
def test_any_text_has_a_strength(pieces: list[str]) -> None:
    assert set(of("".join(pieces))) <= set(range(4))
