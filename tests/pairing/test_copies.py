"""The copy null: the same words, set by another desk."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gold
from reframing.documents.records import Article, Target
from reframing.documents.sentences import split
from reframing.documents.tokens import words
from reframing.pairing.study_pairs import typographic_copy
from retold import ELSEWHERE, FERRY, ORIGINAL


@pytest.mark.parametrize("article", [*FERRY, ELSEWHERE, *gold.articles().values()])
def test_copy_has_the_words_and_sentences_of_the_article(article: Article) -> None:
    copy = typographic_copy(article)
    assert list(words(copy.text)) == list(words(article.text))
    assert [(s.section, s.paragraph) for s in split(copy)] == [
        (s.section, s.paragraph) for s in split(article)
    ]


@pytest.mark.parametrize(
    ("text", "copy"),
    [
        ("“We’ll sail,” she said", '"We\'ll sail," she said'),
        ('"We\'ll sail," she said', "“We’ll sail,” she said"),
        ("It's the ferry's hull", "It’s the ferry’s hull"),
        (
            "He said: \"She told me 'never again' twice.\"",
            "He said: “She told me ‘never again’ twice.”",
        ),
        ('("So far so good")', "(“So far so good”)"),
        ("the summer of '68", "the summer of ’68"),
        ("a 6'2\" mast", "a 6'2\" mast"),
        ('"A quotation that goes on', '"A quotation that goes on'),
        ("the boats' crews", "the boats' crews"),
        ("the boats’ crews", "the boats' crews"),
        ("ten boats – or more…", "ten boats -- or more..."),
        ("ten boats - or more", "ten boats – or more"),
        ("ten boats -- or more...", "ten boats—or more…"),
        ("ten boats—or more", "ten boats – or more"),
        ("ten boats — or more", "ten boats – or more"),
        ("— Ida Holm", "— Ida Holm"),
        ("a well-known plan, 2010–2012", "a well-known plan, 2010–2012"),
        ("it took 9 hours", "it took 9\u00a0hours"),
        ("it took 9\u00a0hours", "it took 9 hours"),
        ("nothing to set", "nothing to set"),
    ],
)
def test_copy_changes_all_marks_and_nothing_else(text: str, copy: str) -> None:
    assert typographic_copy(Article("a", text)).body == copy
    assert typographic_copy(Article("a", "x", title=text)).title == copy


@given(st.text(alphabet="ab 'é“”‘’…\u00a0\"-–—.9\n", max_size=40))
@settings(max_examples=100, deadline=None)
def test_copy_has_the_letters_and_lines_of_every_text(text: str) -> None:
    copy = typographic_copy(Article("a", text)).body
    assert [c for c in copy if c.isalnum()] == [c for c in text if c.isalnum()]
    assert copy.count("\n") == text.count("\n")


def test_typographic_copy_keeps_all_but_id_text_and_targets() -> None:
    article = replace(ORIGINAL, targets=(Target((0, 5)),), event="ferry")
    copy = typographic_copy(article)
    assert copy.id == f"{ORIGINAL.id}#copy"
    assert copy.targets == ()
    kept = {"id": article.id, "title": article.title, "body": article.body}
    assert replace(copy, targets=article.targets, **kept) == article
