"""Boosters: certainty, emphasis, importance."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reframing.documents.tokens import tokenize
from reframing.measures.boosting import find_boosters


def boosters(text: str) -> list[tuple[str, str]]:
    return [(booster.span.of(text), booster.category) for booster in find_boosters(tokenize(text))]


def test_plain_assertion_has_no_booster() -> None:
    assert boosters("The library closes at six and the park at eight.") == []


def test_boosted_assertion_has_each_booster_with_its_category() -> None:
    assert boosters("It is noteworthy that the plan clearly failed, a very costly lesson.") == [
        ("It is noteworthy that", "importance"),
        ("clearly", "certainty"),
        ("very", "emphasis"),
    ]


@pytest.mark.parametrize(
    "text", ["Of course it rained.", "Without doubt it rained.", "Undeniably it rained."]
)
def test_certainty_opens_a_sentence(text: str) -> None:
    assert [category for _, category in boosters(text)] == ["certainty"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Crucially, the valve held.", ["Crucially"]),
        ("Significantly, nobody was hurt.", ["Significantly"]),
        ("Rents rose significantly.", []),
        ("The rates were significantly higher.", []),
        ("The climb proved difficult.", []),
        ("The tape proves that he lied.", ["proves"]),
        ("That does not necessarily follow.", []),
        ("There is no doubt about it.", ["There is no doubt"]),
        ("The island has a very long pier.", ["very"]),
        ("The island has its very own pier.", []),
        ("It was the very first pier.", []),
    ],
)
def test_context_decides_whether_a_form_boosts(text: str, found: list[str]) -> None:
    assert [form for form, _ in boosters(text)] == found


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.sampled_from(["clearly ", "of ", "course", "not ", "\r\n", "🙂", "\0"])
        | st.text(max_size=5)
    ).map("".join)
)
def test_any_text_gives_ordered_spans_inside_it(text: str) -> None:
    spans = [booster.span for booster in find_boosters(tokenize(text))]
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)
