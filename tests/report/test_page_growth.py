"""The work of drawing a comparison grows with the length of its texts, not with its square: steps count."""

import sys
from collections.abc import Callable
from io import StringIO
from types import FrameType
from typing import Any

import pytest
from rich.console import Console

from reframing.documents.records import Article, Comparison, Link, Move, Sentence, Span
from reframing.report.overall import Overall, Speaker, Whole
from reframing.report.page import render_html
from reframing.report.sentence_rows import rows
from reframing.report.terminal import render_terminal

SHORT = 60
"""Sentences of the shorter texts; the longer ones have twice as many."""

AT_MOST = 2.2
"""Times as many steps for twice the length: 2 is linear, 4 quadratic."""

Compared = tuple[Article, Article, Comparison, Overall]


def text_of(name: str, size: int) -> tuple[Article, tuple[Sentence, ...], tuple[Span, ...]]:
    """A text of as many sentences, each with a name of its own, their places, and those of the names."""
    body, sentences, names = "", [], []
    for number in range(size):
        own = f"{name}{number}"
        start = len(body)
        body += f"{own} sold the ferry.\n"
        sentences.append(Sentence(start, len(body) - 1, "body", number + 1))
        names.append(Span(start, start + len(own)))
    return Article(name, body), tuple(sentences), tuple(names)


def compared(size: int) -> Compared:
    """Two texts of as many sentences, of which each is linked with one and has another name and speaker."""
    original, of_original, was = text_of("Ana", size)
    repost, of_repost, now = text_of("Bea", size)
    moves = tuple(
        Move(slug, was[i], now[i], (i,), (i,), 0.9, "")
        for i in range(size)
        for slug in ("entity-changed", "quote-altered")
    )
    links = tuple(Link((i,), (i,), "edited", 0.9) for i in range(size))
    comparison = Comparison(
        "a→b", "Ana", "Bea", of_original, of_repost, (1.0,) * size, links, (), moves, "edited", 1.0
    )
    wholes = (
        Whole(speakers=tuple(Speaker(span, span.of(article.text)) for span in names))
        for article, names in ((original, was), (repost, now))
    )
    return original, repost, comparison, Overall(*wholes)


def steps(function: Callable[..., object], *arguments: object) -> int:
    """How many lines and calls of `reframing` a call runs; each round of a loop counts."""
    counted = 0

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal counted
        if "reframing" not in frame.f_code.co_filename:
            return None
        counted += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        function(*arguments)
    finally:
        sys.settrace(before)
    return counted


def page(*of: Any) -> str:
    return render_html(*of)


def printed(*of: Any) -> str:
    console = Console(file=StringIO(), width=100)
    console.print(render_terminal(*of))
    return console.file.getvalue()  # type: ignore[attr-defined]


@pytest.mark.parametrize("drawing", [page, printed])
def test_steps_of_drawing_grow_linearly(drawing: Callable[..., str]) -> None:
    short, long = compared(SHORT), compared(2 * SHORT)
    drawing(*short)
    assert steps(drawing, *long) < AT_MOST * steps(drawing, *short)


@pytest.mark.parametrize("drawing", [page, printed])
def test_length_of_what_is_drawn_grows_linearly(drawing: Callable[..., str]) -> None:
    assert len(drawing(*compared(2 * SHORT))) < AT_MOST * len(drawing(*compared(SHORT)))


def one_original_in_many_places(size: int) -> Comparison:
    """Every second sentence of the repost was made from the first of the original."""
    _, sentences, _ = text_of("Ana", 2 * size)
    links = tuple(Link((0,), (2 * j,), "edited", 0.9) for j in range(size))
    return Comparison(
        "a→b", "Ana", "Bea", sentences[:1], sentences, (), links, (), (), "edited", 1.0
    )


def test_each_sentence_made_of_one_original_has_a_row_of_its_own() -> None:
    found = rows(one_original_in_many_places(4))
    assert [row.repost for row in found] == [(j,) for j in range(8)]
    assert [row.linked for row in found] == [(0,), ()] * 4
    assert [row.original for row in found] == [(0,)] + 7 * [()]
