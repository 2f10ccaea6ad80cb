"""Texts in plain typography: places there and back, and measures that no typography changes."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reframing.documents.records import Article, Span, Target
from reframing.documents.typography import plain_text
from reframing.measures.annotate import annotate
from reframing.measures.features import sentence_measures
from reframing.moves.compare import compare
from reframing.pairing.study_pairs import typographic_copy

MARKS = st.text(st.sampled_from("ab .\n\"'“”‘’«»`´-–—…\u00a0\u2009"), max_size=60)

BODIES = [
    "“It can’t wait,” Orla Quill said – twice. Her deputy’s note ran: ‘We’ll see… perhaps.’\n"
    "The council—nine members, by the mayor's count—may vote at 7\u00a0p.m.",
    "\"We don't know,\" said Ivo Brandt -- 'the shy engineer', as friends call him.\n"
    "\"Never again...\" he added. It was the best reply of a 'rotten' week, he told Quill's 3 aides.",
    "He asked: “Who wrote ‘burn it’?’’ Nobody answered. The rock ’n’ roll years – 1958–64 – are over.",
]


@given(MARKS)
def test_plain_text_is_its_own_plain_text(text):
    plain = plain_text(text)
    assert plain_text(plain.text).text == plain.text


@given(MARKS)
def test_places_cover_the_given_text_in_order(text):
    plain = plain_text(text)
    assert len(plain.starts) == len(plain.ends) == len(plain.text)
    assert list(plain.starts) == sorted(plain.starts)
    assert all(
        0 <= start < end <= len(text) for start, end in zip(plain.starts, plain.ends, strict=True)
    )


@given(MARKS, st.data())
def test_a_span_goes_there_and_back_to_what_holds_it(text, data):
    if text:
        start = data.draw(st.integers(0, len(text) - 1))
        span = Span(start, data.draw(st.integers(start + 1, len(text))))
        plain = plain_text(text)
        if plain.text:
            assert plain.given(plain.plain(span)).contains(span) or not plain.text.strip()


def test_words_and_line_breaks_stay():
    text = "“Now”—or never…\n‘So’ it’s  done"
    assert plain_text(text).text == "\"Now\" — or never...\n'So' it's  done"


@pytest.mark.parametrize("profile", ["lexicon", "full"])
@pytest.mark.parametrize("body", BODIES)
def test_a_copy_in_other_typography_has_the_same_measures(body, profile):
    article = Article("a", body, "Council ‘may’ vote")
    copy = typographic_copy(article)
    assert copy.text != article.text
    here, there = annotate(article, profile), annotate(copy, profile)
    assert sentence_measures(here, article) == sentence_measures(there, copy)
    assert here.features == there.features


def test_offsets_are_those_of_the_text_as_it_was_given():
    article = Article("a", BODIES[0])
    found = annotate(article, "lexicon")
    assert found.quotes[0].inner.of(article.text) == "It can’t wait,"
    assert [h.span.of(article.text) for h in found.hedges][-1:] == ["may"]
    assert found.sentences[-1].span.of(article.text).endswith("7\u00a0p.m.")


def test_a_target_is_answered_where_it_was_given():
    body = "“A great…—no, splendid—result,” said Orla Quill."
    start = body.index("Orla")
    article = Article("a", body, targets=(Target(Span(start, start + 10)),))
    plain = replace(article, body=plain_text(body).text)
    plain = replace(plain, targets=(Target(Span(len(plain.body) - 11, len(plain.body) - 1)),))
    (given_target,) = annotate(article, "lexicon").targets
    (plain_target,) = annotate(plain, "lexicon").targets
    assert given_target.span.of(body) == "Orla Quill"
    assert given_target[1:] == plain_target[1:]


@pytest.mark.parametrize("body", BODIES)
def test_a_copy_in_other_typography_is_linked_whole_and_has_no_move(body):
    body += "\nIt cost 30–60\u00a0million crowns.\n…\nNobody paid."
    original = Article("a", body, "Council ‘may’ vote")
    found = compare(original, typographic_copy(original))
    n = len(found.original_sentences)
    assert [(link.original, link.repost) for link in found.alignment] == [
        ((i,), (i,)) for i in range(n)
    ]
    assert found.moves == ()
