"""The comparison of an original with its repost."""

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gold
from reframing.documents.document import Document
from reframing.documents.params import CompareParams
from reframing.documents.records import Article, Comparison, Sentence, Span
from reframing.measures.annotate import DEFAULT, EMBEDDERS, annotate
from reframing.moves.catalogue import catalogue
from reframing.moves.compare import compare, found_between, side_of
from reframing.pairing.align import align
from reframing.pairing.study_pairs import typographic_copy
from retold import EDITED, ELSEWHERE, FERRY, INDEPENDENT, ORIGINAL, RETOLD, TRIMMED, report

BARE = (Article("a", ""), Article("b", "", title="Ferry stays in port"), Article("c", "…\n—"))


def assert_moves_lie_in_their_texts(
    original: Article, repost: Article, comparison: Comparison
) -> None:
    for move in comparison.moves:
        assert move.move in catalogue()
        assert move.original or move.repost
        assert 0 <= move.score <= 1
        assert move.explanation
        sides = (
            (original, move.original, move.original_sentences, comparison.original_sentences),
            (repost, move.repost, move.repost_sentences, comparison.repost_sentences),
        )
        for article, span, named, sentences in sides:
            assert all(0 <= i < len(sentences) for i in named)
            if span is not None:
                assert 0 <= span.start < span.end <= len(article.text)
                homes = {i for i, sentence in enumerate(sentences) if span.overlaps(sentence.span)}
                assert homes & set(named), move


def test_id_names_both_articles() -> None:
    assert compare(ORIGINAL, EDITED).id == "ferry/1-original→ferry/3-edited"
    assert compare(ORIGINAL, EDITED, id="pair 1").id == "pair 1"


@pytest.mark.parametrize(
    ("repost", "relation"),
    [
        (TRIMMED, "trimmed"),
        (EDITED, "edited"),
        (RETOLD, "rewritten"),
        (INDEPENDENT, "same-event"),
        (ELSEWHERE, "unrelated"),
    ],
)
def test_relation_is_told_from_the_texts(repost: Article, relation: str) -> None:
    assert compare(ORIGINAL, repost).relation == relation


def test_relation_that_is_known_is_kept() -> None:
    assert compare(ORIGINAL, EDITED, relation="rewritten").relation == "rewritten"


def test_copy_survives_whole_is_supported_and_has_no_moves() -> None:
    copied = compare(ORIGINAL, replace(ORIGINAL, id="copy"))
    assert copied.relation == "verbatim"
    assert copied.survival == 1
    assert set(copied.support) == {1.0}
    assert copied.moves == ()
    assert {link.relation for link in copied.alignment} == {"copied"}


@pytest.mark.parametrize("id", sorted(gold.articles())[::12])
def test_copy_in_other_typography_survives_whole_and_has_no_moves(id: str) -> None:
    article = gold.articles()[id]
    copied = compare(article, typographic_copy(article))
    assert copied.moves == ()
    assert (copied.relation, copied.survival, set(copied.support)) == ("verbatim", 1, {1.0})


def test_copy_of_a_text_with_lines_without_words_survives_whole() -> None:
    article = report("a", "The ferry stays in port.", "* * *", "The school may close.")
    assert compare(article, replace(article, id="b")).survival == 1


def test_survival_is_the_share_of_sentences_that_are_carried_over() -> None:
    original = report(
        "a", "Divers found the crack.", "The mayor slept.", "Hay is dear.", "Ewes bleat."
    )
    repost = report("b", "Divers found the crack.", "Hay is dear.")
    assert compare(original, repost).survival == 0.5


def test_unrelated_articles_are_linked_by_nothing() -> None:
    unrelated = compare(ORIGINAL, ELSEWHERE)
    assert unrelated.alignment == ()
    assert unrelated.survival == 0
    assert unrelated.claims == ()
    assert unrelated.move_counts["sentence-omitted"] >= len(unrelated.original_sentences) - 1


def test_stronger_causal_claim_is_an_exaggeration() -> None:
    weak = report("a", "Noise at night is linked to poor sleep in children.")
    strong = report("b", "Noise at night causes poor sleep in children.")
    assert [(c.strength, c.change) for c in compare(weak, strong).claims] == [
        ((1, 3), "exaggerates")
    ]
    assert [(c.strength, c.change) for c in compare(strong, weak).claims] == [((3, 1), "downplays")]
    assert [c.change for c in compare(weak, replace(weak, id="c")).claims] == ["same"]


def test_sentences_that_state_no_relation_make_no_claim() -> None:
    plain = report("a", "The ferry stays in port.", "The mayor met the residents on Monday.")
    assert compare(plain, replace(plain, id="b")).claims == ()


@pytest.mark.parametrize("repost", [*FERRY, ELSEWHERE])
def test_spans_of_moves_lie_in_their_texts_and_sentences(repost: Article) -> None:
    assert_moves_lie_in_their_texts(ORIGINAL, repost, compare(ORIGINAL, repost))
    assert_moves_lie_in_their_texts(repost, ORIGINAL, compare(repost, ORIGINAL))


@pytest.mark.parametrize("pair", gold.pairs()[3::15], ids=lambda pair: pair["repost"])
def test_spans_of_moves_in_the_sample_lie_in_their_texts_and_sentences(
    pair: dict[str, str],
) -> None:
    original, repost = gold.articles()[pair["original"]], gold.articles()[pair["repost"]]
    assert_moves_lie_in_their_texts(original, repost, compare(original, repost))


def test_what_is_given_is_not_computed_again() -> None:
    given = compare(
        ORIGINAL,
        EDITED,
        original_annotation=annotate(ORIGINAL),
        repost_annotation=annotate(EDITED),
        links=align(ORIGINAL, EDITED, embed=EMBEDDERS[DEFAULT]),
    )
    assert given == compare(ORIGINAL, EDITED)
    assert compare(ORIGINAL, EDITED, links=()).survival == 0


def test_moves_scored_lower_than_asked_are_left_out() -> None:
    every = compare(ORIGINAL, RETOLD, compare_params=CompareParams(0.0, by_kind=False)).moves
    sure = compare(ORIGINAL, RETOLD, compare_params=CompareParams(min_score=0.9)).moves
    assert set(sure) == {move for move in every if move.score >= 0.9}
    assert len(sure) < len(every)


@pytest.mark.parametrize("bare", BARE, ids=["empty", "title alone", "no words"])
def test_article_without_sentences_or_body_is_compared(bare: Article) -> None:
    assert compare(ORIGINAL, bare).move_counts["sentence-omitted"] > 0
    assert compare(bare, ORIGINAL).move_counts["sentence-added"] > 0
    assert compare(bare, bare).moves == ()


def test_survival_of_nothing_is_not_a_number() -> None:
    assert math.isnan(compare(Article("a", ""), ORIGINAL).survival)


def test_one_id_on_both_sides_is_no_obstacle() -> None:
    other = replace(EDITED, id=ORIGINAL.id)
    assert compare(ORIGINAL, other).moves == compare(ORIGINAL, EDITED).moves


@given(st.text(max_size=100))
@settings(max_examples=50, deadline=None)
def test_copy_of_any_text_has_no_moves(text: str) -> None:
    article = Article("a", text)
    assert compare(article, replace(article, id="b")).moves == ()


@given(st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=50, deadline=None)
def test_any_two_texts_can_be_compared(a: str, b: str) -> None:
    original, repost = Article("a", a), Article("b", b)
    assert_moves_lie_in_their_texts(original, repost, compare(original, repost))


CURLY = typographic_copy(replace(ORIGINAL, title="Skarholm waits... for its ferry"))
"""A text of which offsets as given and in plain typography differ, from the headline on."""


def joined(article: Article) -> tuple[Sentence, ...]:
    """The sentences of an article, with the third and the fourth in one."""
    before = annotate(article).sentences
    third = replace(before[2], end=before[3].end)
    return (*before[:2], third, *before[4:])


def test_a_side_has_the_sentences_of_an_annotation_whoever_split_the_document() -> None:
    sentences = joined(CURLY)
    annotation = annotate(Document(CURLY, sentences))
    assert annotation.sentences == sentences
    of_article, of_document = side_of(CURLY, annotation), side_of(Document(CURLY), annotation)
    for side in (of_article, of_document):
        assert side.document.given == CURLY
        assert side.document.as_given(side.sentences) == sentences
        assert side.annotation.sentences == side.sentences
        assert len(side.annotation.scores) == len(sentences)
        assert all(side.text[s.start : s.end].strip() for s in side.sentences)


@pytest.mark.parametrize("sentences", [None, joined(CURLY)], ids=["its own", "given"])
def test_a_document_with_the_sentences_of_the_annotation_is_used_as_it_is(
    sentences: tuple[Sentence, ...] | None,
) -> None:
    document = Document(CURLY, sentences)
    assert side_of(document, annotate(document)).document is document
    assert side_of(document).document is document


def test_a_comparison_has_the_sentences_of_the_annotations_that_are_given() -> None:
    sentences = joined(CURLY)
    annotation = annotate(Document(CURLY, sentences))
    found = found_between(Document(CURLY), EDITED, original_annotation=annotation)
    assert found.comparison.original_sentences == sentences
    assert found == found_between(CURLY, EDITED, original_annotation=annotation)
    assert_moves_lie_in_their_texts(CURLY, EDITED, found.comparison)
    other = found_between(EDITED, Document(CURLY), repost_annotation=annotation)
    assert other.comparison.repost_sentences == sentences
    assert len(other.comparison.support) == len(sentences)


def test_all_proposals_are_kept_beside_the_comparison_that_reports_the_likelier() -> None:
    assert len(Document(CURLY).text) != len(CURLY.text)
    found = found_between(CURLY, RETOLD)
    assert found.comparison == compare(CURLY, RETOLD)
    reported = set(found.comparison.moves)
    assert reported < set(found.proposed)
    for other in set(found.proposed) - reported:
        assert all(other.score <= move.score for move in reported if move.move == other.move)
    every = replace(found.comparison, moves=found.proposed)
    assert_moves_lie_in_their_texts(CURLY, RETOLD, every)


def test_linked_spans_are_those_of_the_sentences_in_links() -> None:
    found = found_between(CURLY, EDITED)
    first = found.comparison.alignment[0]
    span = found.comparison.original_sentences[first.original[0]].span
    assert {one.of(CURLY.text) for one, _ in found.linked} >= {span.of(CURLY.text)}
    assert len(found.linked) == sum(
        len(link.original) * len(link.repost) for link in found.comparison.alignment
    )
    assert found_between(CURLY, EDITED, links=()).linked == frozenset()


def test_spans_of_sentences_hold_text() -> None:
    compared = compare(ORIGINAL, RETOLD)
    spans: list[Span] = [sentence.span for sentence in compared.repost_sentences]
    assert all(span.of(RETOLD.text).strip() for span in spans)
