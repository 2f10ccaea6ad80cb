"""How far an original bears out the sentences of a repost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reframing.documents.records import Article, Link
from reframing.measures.annotate import annotate
from reframing.moves.compare import side_of
from reframing.moves.context import Context
from reframing.moves.support import support
from reframing.pairing.align import align
from retold import ELSEWHERE, ORIGINAL, RETOLD, report

CRACK = "Divers found the crack in the hull on 4 May."


def supported(
    original: Article, repost: Article, links: tuple[Link, ...] | None = None
) -> tuple[float, ...]:
    if links is None:
        links = align(original, repost)
    return support(Context(side_of(original), side_of(repost), links))


def linked(original: int, repost: int, score: float = 1.0) -> tuple[Link, ...]:
    return (Link((original,), (repost,), "edited", score),)


def test_copy_is_borne_out_in_full() -> None:
    assert set(supported(ORIGINAL, ORIGINAL)) == {1.0}


def test_sentence_of_which_the_original_has_nothing_is_not_borne_out() -> None:
    assert supported(report("a", CRACK), report("b", "Lambs need hay.")) == (0.0,)


def test_terms_elsewhere_in_the_original_count_half() -> None:
    assert supported(report("a", CRACK), report("b", CRACK), links=()) == (0.5,)


@given(st.floats(0, 1))
def test_terms_of_a_linked_sentence_count_by_how_likely_the_link_is(score: float) -> None:
    borne = supported(report("a", CRACK), report("b", CRACK), linked(0, 0, score))
    assert borne == (pytest.approx(score + (1 - score) / 2),)


def test_the_likeliest_of_several_links_counts() -> None:
    links = linked(0, 0, 0.2) + linked(1, 0, 0.8)
    twice = report("a", f"{CRACK} {CRACK}")
    assert supported(twice, report("b", CRACK), links) == (pytest.approx(0.9),)
    assert supported(twice, report("b", CRACK), links[::-1]) == (pytest.approx(0.9),)


def test_names_and_numbers_weigh_twice() -> None:
    original = report("a", "The ferry left the port of Tern.")
    word = report("b", "The ferry left the harbour of Tern.")
    name = report("b", "The ferry left the port of Skarholm.")
    by_word, by_name = (supported(original, b, linked(0, 0))[0] for b in (word, name))
    assert by_word == pytest.approx(4 / 5)
    assert by_name == pytest.approx(3 / 5 * 0.6)


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("The ferry to Tern lowered its fares to 12 crowns.", 0.4),
        ("The ferry to Tern raised its fares to 15 crowns.", 0.4),
        ("The ferry to Tern did not raise its fares to 12 crowns.", 0.5),
    ],
)
def test_what_stands_against_a_sentence_counts_against_all_of_it(said: str, left: float) -> None:
    original = report("a", "The ferry to Tern raised its fares to 12 crowns.")
    faithful = report("b", "The ferry to Tern put up its fares to 12 crowns.")
    as_told, turned = (
        supported(original, b, linked(0, 0))[0] for b in (faithful, report("b", said))
    )
    assert as_told > 0.8
    assert turned <= left


def test_who_speaks_in_the_original_may_be_named_in_the_repost() -> None:
    original = report("a", "We raised our fares to 12 crowns.")
    repost = report("b", "Tern Lines raised its fares to 12 crowns.")
    assert supported(original, repost, linked(0, 0))[0] == pytest.approx(5 / 8)


def test_number_in_words_bears_out_the_digits() -> None:
    original, repost = report("a", "They saw five boats."), report("b", "They saw 5 boats.")
    assert supported(original, repost, linked(0, 0)) == (1.0,)


def test_sentence_without_content_terms_asserts_nothing() -> None:
    assert supported(report("a", CRACK), report("b", "It was not so.")) == (1.0,)


def test_empty_repost_has_no_support() -> None:
    assert supported(ORIGINAL, Article("b", "")) == ()


def test_retelling_is_borne_out_better_than_another_story() -> None:
    retold, other = supported(ORIGINAL, RETOLD), supported(ORIGINAL, ELSEWHERE)
    assert sum(retold) / len(retold) > 0.4
    assert sum(other) / len(other) < 0.01


@given(st.text(max_size=80), st.text(max_size=80))
@settings(max_examples=50, deadline=None)
def test_support_of_any_text_is_a_share(original: str, repost: str) -> None:
    a, b = Article("a", original), Article("b", repost)
    values = supported(a, b)
    assert len(values) == len(annotate(b).sentences)
    assert all(0 <= value <= 1 for value in values)
