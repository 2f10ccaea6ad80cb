"""Explanations of moves: what changed, with the words of both texts, and what it does to a reader."""

import pytest

from reframing.moves.catalogue import catalogue, effects, explained

PROPOSITIONAL = [slug for slug in catalogue() if not slug.startswith(("sentence-", "lead-"))]


def test_every_move_has_an_effect():
    assert set(effects()) == set(catalogue())


@pytest.mark.parametrize("slug", PROPOSITIONAL)
@pytest.mark.parametrize(
    ("was", "now"), [("old words", "new words"), ("old words", None), (None, "new words")]
)
def test_an_explanation_is_two_sentences_with_the_words_that_there_are(slug, was, now):
    said = explained(slug, was, now)
    assert "{" not in said
    assert "None" not in said
    assert said.endswith(".")
    assert said.count("“") == said.count("”")
    assert "()" not in said
    shown = [words for words in (was, now) if words and f"“{words}”" in said]
    assert shown or slug == "attribution-dropped"


def test_long_passages_are_cut_at_a_word():
    said = explained("quote-altered", "word " * 60, None)
    assert " …”" in said
    assert len(said) < 260


def test_passages_are_cut_to_what_differs():
    was = "“We must close the old wooden pier by the end of May,” Lena Quist said."
    now = "“We must close the old wooden pier by the end of June,” Lena Quist said."
    assert explained("quote-altered", was, now).startswith(
        "The words inside the quotation marks (“June”) are not those of the original (“May”)."
    )
