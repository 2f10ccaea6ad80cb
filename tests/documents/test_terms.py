"""Content terms: what is a word, a name, a number, and what is none of them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reframing.documents.sentences import sentence_spans
from reframing.documents.terms import Term, content_terms, number_value
from reframing.documents.tokens import tokenize


def terms(text: str) -> tuple[Term, ...]:
    return content_terms(tokenize(text), frozenset(span.start for span in sentence_spans(text)))


def stems(text: str, kind: str | None = None) -> list[str]:
    return [term.stem for term in terms(text) if kind in (None, term.kind)]


def test_function_words_are_no_terms() -> None:
    assert stems("It was said that they have not been there.") == []


def test_inflections_share_a_stem() -> None:
    assert stems("repairs") == stems("repaired") == stems("repairing")


@pytest.mark.parametrize(
    ("words", "digits"),
    [("five", "5"), ("twelve", "12"), ("ninety", "90"), ("1,200", "1200"), ("70th", "70")],
)
def test_numbers_are_terms_by_value(words: str, digits: str) -> None:
    assert number_value(words) == digits
    assert stems(f"they saw {words} boats", "number") == [digits]


def test_one_has_its_value_but_is_no_number() -> None:
    assert ("1", "word") in [(term.stem, term.kind) for term in terms("they saw one boat")]
    assert stems("they saw 1 boat", "number") == ["1"]


def test_capitalised_word_inside_a_sentence_is_a_name() -> None:
    assert stems("The ferry left Tern at dawn.", "name") == ["tern"]


def test_capital_that_opens_a_sentence_makes_no_name() -> None:
    assert stems("Divers found the crack.", "name") == []


def test_name_that_opens_a_sentence_is_one_if_it_is_seen_inside_another() -> None:
    assert stems("Vold spoke first. Nobody asked Vold why.", "name") == ["vold", "vold"]


def test_capital_that_opens_a_quotation_makes_no_name() -> None:
    assert stems("She said: “Divers found it.”", "name") == []
    assert stems('He said: "Divers found it."', "name") == []


def test_headline_in_title_case_makes_no_names() -> None:
    text = "Ferry Stays In Port After Divers Find Crack\nThe ferry stays in the port, divers said."
    assert stems(text, "name") == []


def test_names_in_a_headline_in_sentence_case_are_names() -> None:
    assert stems("Norrlinje keeps ferry to Skarholm in port", "name") == ["skarholm"]


def test_possessive_and_bare_name_are_one_term() -> None:
    assert len(set(stems("they met Reit and saw Reit's boat and Reit’s house", "name"))) == 1


def test_adjective_of_a_place_counts_as_the_place() -> None:
    assert stems("a Korean boat from Korea", "name") == ["korea", "korea"]


def test_parts_of_a_hyphenated_word_are_terms_of_one_token() -> None:
    found = terms("a storm-proof boat")
    assert [term.stem for term in found] == ["storm", "proof", "boat"]
    assert found[0].token == found[1].token


def test_empty_text_has_no_terms() -> None:
    assert terms("") == ()


@given(st.text(max_size=120))
@settings(max_examples=50, deadline=None)
def test_terms_of_any_text_are_words_in_order(text: str) -> None:
    tokens = tokenize(text)
    found = terms(text)
    assert [term.token for term in found] == sorted(term.token for term in found)
    assert all(tokens.is_word[term.token] and term.stem for term in found)
