"""Page furniture: told by where a paragraph recurs, not by its words."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reframing.documents.params import PrepareParams
from reframing.reading.furniture import Page, is_running, recurring, running_text, stories

PARAMS = PrepareParams()


def report(i: int) -> str:
    return " ".join(f"word{i}{k}" for k in range(30)) + "."


def pages(n: int, *lines: str, outlet: str | None = "Gull") -> list[Page]:
    return [Page(outlet, (report(i), *lines)) for i in range(n)]


@pytest.mark.parametrize(
    ("paragraph", "running"),
    [
        ("The ships sailed on Monday.", True),
        ("“We sail on a Monday.”", True),
        ("Why did the ships not sail? Nobody says", True),
        ("Pass this story on to a friend", False),
        ("Too short.", False),
        ("", False),
    ],
)
def test_running_text_has_words_and_the_end_of_a_sentence(paragraph: str, running: bool) -> None:
    assert is_running(paragraph) is running


def test_text_without_any_sentence_is_text_all_the_same() -> None:
    assert running_text("Ships at sea\nA pier") == "Ships at sea\nA pier"
    assert (
        running_text("Ships at sea\nThe ships sailed on Monday.") == "The ships sailed on Monday."
    )


def test_pages_that_share_a_main_paragraph_tell_one_story() -> None:
    a, b, c = report(1), report(2), report(3)
    told = stories([Page("x", (a, b)), Page("y", (b, "More")), Page("y", (c,)), Page(None, ())])
    assert told[0] == told[1]
    assert len(set(told)) == 3


def test_line_in_many_stories_is_furniture_of_every_outlet() -> None:
    furniture = recurring(pages(PARAMS.furniture_min_stories, "Pass it on"), PARAMS)
    assert furniture.holds("PASS  it on", "Tern")
    assert furniture.holds("Pass it on", None)


def test_sentence_in_many_stories_is_furniture_of_its_outlet_alone() -> None:
    furniture = recurring(pages(4, "We have told the news since 1908."), PARAMS)
    assert furniture.holds("We have told the news since 1908.", "Gull")
    assert not furniture.holds("We have told the news since 1908.", "Tern")


def test_sentence_in_a_small_share_of_an_outlet_is_text() -> None:
    articles = pages(3, "He declined to say more.") + [
        Page("Gull", (report(i),)) for i in range(3, 40)
    ]
    assert not recurring(articles, PARAMS).holds("He declined to say more.", "Gull")


def test_one_story_printed_often_has_no_furniture() -> None:
    same = [Page(f"Outlet {i}", (report(1), "What comes next")) for i in range(9)]
    assert not recurring(same, PARAMS).holds("What comes next", "Outlet 1")


@given(st.randoms())
def test_order_of_pages_does_not_matter(seed: random.Random) -> None:
    given_pages = pages(3, "Pass it on", "It is late.") + pages(2, "Rate it", outlet=None)
    shuffled = seed.sample(given_pages, len(given_pages))
    assert recurring(given_pages, PARAMS) == recurring(shuffled, PARAMS)
