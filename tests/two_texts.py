"""Two invented texts as a pair, their sentences linked in order, and the moves that a finder sees."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from reframing.documents.records import Article, Link, Move, Span
from reframing.moves.compare import side_of
from reframing.moves.context import Context, Side

Links = list[tuple[tuple[int, ...], tuple[int, ...]]]
Finder = Callable[[Context], Iterator[Move]]


class Seen(NamedTuple):
    """A move with the text of its spans; empty where it has none on that side."""

    move: str
    original: str
    repost: str


def pair(original: str, repost: str, links: Links | None = None) -> Context:
    """Both texts annotated; without `links` the first sentences are linked, then the second, …"""
    a, b = side("original", original), side("repost", repost)
    n = min(len(a.sentences), len(b.sentences))
    linked = [((i,), (i,)) for i in range(n)] if links is None else links
    return Context(a, b, tuple(Link(o, r, _relation(a, b, o, r), 0.9) for o, r in linked))


def side(id: str, text: str) -> Side:
    return side_of(Article(id, text))


def _relation(a: Side, b: Side, o: tuple[int, ...], r: tuple[int, ...]):
    same = a.sentences[o[0]].span.of(a.text) == b.sentences[r[0]].span.of(b.text)
    return "copied" if same and len(o) == len(r) == 1 else "rewritten"


def swapped(context: Context) -> Context:
    """The same pair with the roles of original and repost exchanged."""
    links = tuple(Link(x.repost, x.original, x.relation, x.score) for x in context.links)
    return Context(context.repost, context.original, links)


def seen(finder: Finder, context: Context) -> list[Seen]:
    """The moves that `finder` finds, in order of slug and place."""
    return sorted(
        Seen(
            move.move,
            _text(context.original, move.original),
            _text(context.repost, move.repost),
        )
        for move in finder(context)
    )


def _text(side: Side, span: Span | None) -> str:
    return "" if span is None else span.of(side.text)


def slugs(finder: Finder, original: str, repost: str, links: Links | None = None) -> list[str]:
    """The slugs of the moves between two texts, sorted."""
    return [move.move for move in seen(finder, pair(original, repost, links))]
