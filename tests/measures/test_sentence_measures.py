"""The measures of each sentence, as the statistics count them."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reframing.documents.records import (
    Annotation,
    Article,
    Attribution,
    Evaluation,
    Marker,
    Quote,
    SentenceMeasures,
    SentenceScores,
    Span,
)
from reframing.documents.sentences import split
from reframing.measures.annotate import annotate
from reframing.measures.features import sentence_measures
from retold import FERRY, report

ARTICLE = replace(
    report("a", 'The ferry may sail, she said. "It will," he said.', "Nobody came."),
    title="Ferry news",
)


def annotation(article: Article, **found: tuple[object, ...]) -> Annotation:
    """An annotation of the article that holds what is given and nothing else."""
    sentences = split(article)
    scores = tuple(SentenceScores(0.1 * i, 0.2 * i, -0.3 * i, 0) for i in range(len(sentences)))
    kinds = ("attributions", "quotes", "hedges", "boosters", "evaluations")
    return Annotation(
        article.id, 0, sentences, scores, **{kind: found.get(kind, ()) for kind in kinds}
    )


def measured(**found: tuple[object, ...]) -> tuple[SentenceMeasures, ...]:
    return sentence_measures(annotation(ARTICLE, **found), ARTICLE)


def span(phrase: str) -> Span:
    start = ARTICLE.text.index(phrase)
    return Span(start, start + len(phrase))


def test_one_row_a_sentence_with_section_paragraph_and_words() -> None:
    rows = [(m.section, m.paragraph, m.n_words) for m in measured()]
    assert rows == [("headline", 0, 2), ("lead", 1, 6), ("body", 1, 4), ("body", 2, 2)]


def test_scores_are_those_of_the_annotation() -> None:
    assert [(m.certainty, m.bias, m.sentiment) for m in measured()] == [
        (0.1 * i, 0.2 * i, -0.3 * i) for i in range(4)
    ]


@pytest.mark.parametrize(
    ("kind", "item", "field"),
    [
        ("hedges", Marker(span("may"), "modal", "may"), "n_hedges"),
        ("boosters", Marker(span("may"), "modal", "may"), "n_boosters"),
        ("evaluations", Evaluation(span("ferry"), "negative"), "n_negative"),
        ("evaluations", Evaluation(span("ferry"), "positive"), "n_positive"),
        ("evaluations", Evaluation(span("ferry"), "intensifying"), "n_intensifying"),
    ],
)
def test_markers_count_in_the_sentence_in_which_they_begin(
    kind: str, item: object, field: str
) -> None:
    assert [getattr(m, field) for m in measured(**{kind: (item, item)})] == [0, 2, 0, 0]
    empty = measured()
    assert [getattr(m, field) for m in empty] == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("source", "cue", "content"),
    [("she", "said", "The ferry may sail"), ("she", None, "Nobody"), (None, None, "The ferry")],
)
def test_attribution_counts_at_its_cue_else_its_source_else_its_content(
    source: str | None, cue: str | None, content: str
) -> None:
    attribution = Attribution(
        source and span(source), cue and span(cue), (span(content),), "indirect", "neutral", "role"
    )
    assert [m.n_attributions for m in measured(attributions=(attribution,))] == [0, 1, 0, 0]


def test_quoted_words_are_counted_inside_the_marks() -> None:
    quote = Quote(span('"It will,"'), span("It will,"))
    rows = measured(quotes=(quote,))
    assert [m.n_quotes for m in rows] == [0, 0, 1, 0]
    assert [m.quoted_words for m in rows] == [0, 0, 2, 0]


def test_quotation_of_two_sentences_begins_in_one_and_has_words_in_both() -> None:
    whole = span('"It will," he said.\nNobody came')
    quote = Quote(whole, Span(whole.start + 1, whole.end))
    rows = measured(quotes=(quote,))
    assert [m.n_quotes for m in rows] == [0, 0, 1, 0]
    assert [m.quoted_words for m in rows] == [0, 0, 4, 2]


def test_empty_article_has_no_measures() -> None:
    empty = Article("a", "")
    assert sentence_measures(annotate(empty), empty) == ()


@pytest.mark.parametrize("article", FERRY)
def test_counts_of_the_sentences_sum_to_those_of_the_article(article: Article) -> None:
    found = annotate(article)
    rows = sentence_measures(found, article)
    assert sum(m.n_words for m in rows) == found.n_tokens
    assert sum(m.n_hedges for m in rows) == len(found.hedges)
    assert sum(m.n_boosters for m in rows) == len(found.boosters)
    assert sum(m.n_attributions for m in rows) == len(found.attributions)
    assert sum(m.n_quotes for m in rows) == len(found.quotes)
    evaluations = sum(m.n_negative + m.n_positive + m.n_intensifying for m in rows)
    assert evaluations == len(found.evaluations)


@given(st.text(max_size=100))
@settings(max_examples=50, deadline=None)
def test_measures_of_any_text_are_one_a_sentence_and_within_bounds(text: str) -> None:
    article = Article("a", text)
    rows = sentence_measures(annotate(article), article)
    assert len(rows) == len(split(article))
    assert all(0 <= m.quoted_words <= m.n_words for m in rows)
