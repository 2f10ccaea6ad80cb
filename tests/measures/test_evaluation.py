"""Evaluative and loaded wording: polarity, strength, literal uses left out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reframing.documents.lexicon import load_lexicon
from reframing.documents.tokens import tokenize
from reframing.measures.evaluation import find_evaluations, strength, weighted_evaluations
from reframing.measures.sentiment import analyser


def evaluations(text: str) -> list[tuple[str, str]]:
    return [(found.span.of(text), found.polarity) for found in find_evaluations(tokenize(text))]


def forms(text: str) -> list[str]:
    return [form for form, _ in evaluations(text)]


def test_neutral_report_has_no_evaluation() -> None:
    assert evaluations("The council approved the budget on Monday by nine votes to four.") == []


def test_loaded_report_has_each_evaluation_with_its_polarity() -> None:
    text = "Furious residents slammed the shameful budget, while the mayor hailed a historic and massive win."
    assert evaluations(text) == [
        ("Furious", "negative"),
        ("slammed", "negative"),
        ("shameful", "negative"),
        ("hailed", "positive"),
        ("historic", "positive"),
        ("massive", "intensifying"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The council delves into the budget, which sheds light on the valley.",
        "The bridge stands as a testament to the town and bridges the gap.",
        "The chair navigates the complexities of an evolving landscape.",
    ],
)
def test_the_style_of_machines_alone_is_no_evaluation(text: str) -> None:
    assert forms(text) == []


def test_words_that_readers_rated_are_in_the_list_that_is_cited_for_them() -> None:
    cited = [
        e
        for e in load_lexicon("measures/evaluations").entries
        if e.source == "Hutto & Gilbert 2014"
    ]
    assert cited
    assert [e.lemma for e in cited if analyser().lexicon.get(e.lemma, 0) <= 0] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The lorry slammed into a wall.", []),
        ("Unions slam the offer.", ["slam"]),
        ("A blast killed a miner.", []),
        ("Critics blasted the plan.", ["blasted"]),
        ("Troops stormed the fort.", []),
        ("“Never again,” stormed the coach.", ["stormed"]),
        ("Two players tested positive.", []),
        ("It was a positive change.", ["positive"]),
        ("She is in critical condition.", []),
        ("The difference was statistically significant.", []),
        ("They met in Great Britain.", []),
        ("They met at the Grand and Brave hotels.", []),
        ("Historic buildings line the street.", []),
        ("He called it a witch hunt.", ["witch hunt"]),
    ],
)
def test_context_decides_whether_a_form_evaluates(text: str, found: list[str]) -> None:
    assert forms(text) == found


def test_headline_in_title_case_keeps_its_evaluations() -> None:
    assert forms("Mayor Slams Shameful Plan") == ["Slams", "Shameful"]


def test_attack_is_stronger_than_judgement_and_emotion() -> None:
    weighted = weighted_evaluations(tokenize("slammed shameful furious"))
    assert [weight for _, weight in weighted] == [3, 2, 1]


def test_every_entry_declares_a_strength() -> None:
    entries = load_lexicon("measures/evaluations").entries
    assert {strength(entry) for entry in entries} == {1, 2, 3}


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.sampled_from(["Slammed", " great ", "positive", " the ", "\r\n", "🙂", "\0", "“"])
        | st.text(max_size=5)
    ).map("".join)
)
def test_any_text_gives_ordered_spans_inside_it(text: str) -> None:
    spans = [found.span for found in find_evaluations(tokenize(text))]
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)
