"""Pages that show a text everywhere: reports, printed tables, and what notebooks are made of."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pandas as pd

from hand_made import COMPARISON
from reframing.documents.records import Article, Comparison, Move, Span, Studied
from reframing.moves.catalogue import catalogue
from reframing.report.overall import UNMEASURED
from reframing.report.page import render_all, render_html
from reframing.report.printed_tables import print_table
from studied import corpus


def articles(text: str) -> tuple[Article, Article]:
    """An original and its repost that hold `text` in every field that is a string."""
    original = Article(
        id=f"1 {text}",
        title=f"Harbour delays {text}"[:180],
        body=f"The board may delay {text}, engineer Ida Moss said.\nThe tender closes on 4 May. {text}",
        outlet=f"The {text}",
        byline=text,
        published=text,
        kind=text,
    )
    repost = Article(
        id=f"2 {text}",
        title=text,
        body=f"The board will shamefully delay {text}.\nShips were not asked. {text}",
        outlet=f"The {text}",
        byline=text,
        published=text,
        kind=text,
    )
    return original, repost


def every_move(text: str) -> tuple[Article, Article, Comparison]:
    """A comparison of articles with `text` that has a move of every kind, about the words of `text`."""
    original, repost = articles(text)
    spans = []
    for article in (original, repost):
        start = article.text.rindex(text)
        spans.append(Span(start, start + len(text)))
    moves = []
    for number, (slug, kind) in enumerate(catalogue().items()):
        change = kind.change
        was = spans[0] if "{was}" in change else None
        now = spans[1] if "{now}" in change else None
        if was is None and now is None:
            was, now = spans
        moves.append(Move(slug, was, now, (), (), 1 - number / 100, text))
    comparison = replace(
        COMPARISON,
        id=text,
        original=original.id,
        repost=repost.id,
        original_sentences=(),
        repost_sentences=(),
        support=(),
        alignment=(),
        claims=(),
        moves=tuple(moves),
    )
    return original, repost, comparison


def compared(text: str) -> tuple[Article, Article, Comparison]:
    """A comparison of articles with `text` as the program makes it, without networks."""
    from reframing.measures.annotate import profile_named
    from reframing.moves.compare import compare

    original, repost = articles(text)
    return original, repost, compare(original, repost, id=text, profile=profile_named("lexicon"))


def reports(text: str) -> Iterator[tuple[str, str]]:
    """The pages of `compare --html` that show `text`, with their names: of one repost, and of two."""
    found = compared(text)
    yield "one", render_html(*found)
    original, repost, comparison = every_move(text)
    yield "every move", render_html(original, repost, comparison)
    both = [(found[1], found[2], UNMEASURED), (repost, comparison, UNMEASURED)]
    yield "two", render_all(original, both)


def table(text: str) -> str:
    """A printed table with `text` in cells, heads, caption and label."""
    frame = pd.DataFrame({text: [text, "b"], "value": [1.5, 2.0], "other": [text, text]})
    return print_table(frame, f"Caption: {text}", text, {"value": f"v {text}"}).html()


def declared(
    texts: Sequence[str], events: int = 3, kinds: int = 6, directed: bool = True
) -> list[Studied]:
    """Pairs of an invented corpus whose kinds, events and ids hold one of `texts` each."""
    short = [text[:300] for text in texts]
    found = []
    studied = corpus(
        events, short[:kinds], ("repost" if directed else "version", "copy", "independent")
    )
    for number, each in enumerate(studied):
        pair, text = each.pair, short[number % len(short)]
        of_event = short[-1 - int(pair.event.removeprefix("event-"))]
        pair = replace(
            pair,
            id=f"{text} {pair.id}",
            event=f"{of_event} {pair.event}",
            original=f"{of_event} {pair.original}",
            repost=f"{text} {pair.repost}",
        )
        comparison = replace(
            each.comparison, id=pair.id, original=pair.original, repost=pair.repost
        )
        found.append(replace(each, pair=pair, comparison=comparison))
    return found
