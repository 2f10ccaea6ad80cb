"""Rates and shares of an article."""

from math import isnan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reframing.documents.records import Article, Attribution, Span
from reframing.documents.tokens import tokenize
from reframing.measures.annotate import annotate
from reframing.measures.features import WordCounts, anchor, inside, merged, ratio, touched


def features(body: str, title: str | None = None) -> dict[str, float]:
    return annotate(Article("a", body, title), "lexicon").features


def test_rate_counts_per_1000_word_tokens() -> None:
    found = features("The dam may break soon and people are leaving.")
    assert found["words"] == 9
    assert found["hedges_per_1000_tokens"] == pytest.approx(1000 / 9)
    assert found["boosters_per_1000_tokens"] == 0


def test_punctuation_is_not_divided_by() -> None:
    assert (
        features("It may break.")["hedges_per_1000_tokens"]
        == features("It may break!!!…")["hedges_per_1000_tokens"]
    )


def test_markers_inside_quotations_leave_the_writers_own_rate_alone() -> None:
    found = features(
        "“The dam may break at any hour of the night,” said Vera Holt. People left the town."
    )
    assert found["hedges_per_1000_tokens"] > 0
    assert found["hedges_per_1000_tokens_outside_quotes"] == 0


def test_quoted_words_are_a_share_of_all_words() -> None:
    found = features("“We will rebuild the dam,” said Vera Holt.")
    assert found["quoted_word_share"] == pytest.approx(5 / 8)


def test_sections_have_rates_of_their_own() -> None:
    found = features("The dam broke. It may be rebuilt.", title="Dam may break")
    assert found["hedges_per_1000_tokens_headline"] == pytest.approx(1000 / 3)
    assert found["hedges_per_1000_tokens_lead"] == 0
    assert found["hedges_per_1000_tokens_body"] == pytest.approx(1000 / 4)


def test_share_of_attributed_sentences() -> None:
    found = features("Vera Holt said the dam was old. The dam stands near the town of Ostby.")
    assert found["attributed_sentence_share"] == 0.5


def test_polarity_has_rates_of_its_own() -> None:
    found = features("A shameful, shoddy and massive dam.")
    assert found["negative_evaluations_per_1000_tokens"] == pytest.approx(2000 / 6)
    assert found["intensifying_evaluations_per_1000_tokens"] == pytest.approx(1000 / 6)
    assert found["positive_evaluations_per_1000_tokens"] == 0


def test_nothing_to_divide_by_is_nan_not_zero() -> None:
    assert isnan(features("The dam broke.")["hedges_per_1000_tokens_headline"])
    assert isnan(features("… – …")["hedges_per_1000_tokens"])
    assert isnan(features("The dam broke.")["vague_attribution_share"])
    assert isnan(ratio(0, 0))


def test_every_article_has_the_same_features() -> None:
    assert list(features("The dam broke.")) == list(
        features("“No,” he said. He may go.", "Dam may break")
    )


def test_sentence_means_are_means_of_the_scores() -> None:
    annotation = annotate(Article("a", "The dam may break. The dam broke."))
    scores = [score.certainty for score in annotation.scores]
    assert annotation.features["mean_certainty"] == pytest.approx(sum(scores) / 2)


def test_words_within_a_span() -> None:
    text = "One, two (three) four."
    assert WordCounts(tokenize(text)).within(Span(0, text.index("four"))) == 3


def test_attribution_without_cue_counts_at_its_source() -> None:
    content = (Span(10, 20),)
    assert anchor(Attribution(Span(0, 4), None, content, "indirect", "neutral", "named")) == Span(
        0, 4
    )
    assert anchor(Attribution(None, None, content, "direct", "neutral", "none")) == Span(10, 20)


def test_nested_and_adjacent_spans_merge() -> None:
    assert merged([Span(8, 9), Span(0, 5), Span(2, 3), Span(5, 6)]) == [Span(0, 6), Span(8, 9)]


SPANS = st.builds(
    lambda start, width: Span(start, start + width), st.integers(0, 30), st.integers(1, 8)
)


@settings(max_examples=50, deadline=None)
@given(SPANS, st.lists(SPANS, max_size=6))
def test_search_in_merged_spans_equals_a_look_at_each(span: Span, spans: list[Span]) -> None:
    stretches = merged(spans)
    assert inside(span, stretches) == any(stretch.contains(span) for stretch in stretches)
    assert touched(span, stretches) == any(stretch.overlaps(span) for stretch in stretches)
