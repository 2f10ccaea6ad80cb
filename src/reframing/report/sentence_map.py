"""Which sentence went where: rows for a table, and bands for a drawing.

Each text is a bar as long as its sentences together; a link is a band from its original sentences
to its repost sentences. Places are given in percent of the bar.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from reframing.records import Comparison, Link, LinkRelation, Sentence

RowRelation = LinkRelation | Literal["omitted", "added"]

GAP = 0.6
"""Percent of the bar between two sentences."""


class Row(NamedTuple):
    """Sentences that belong together, by index; `score` is None for what has no counterpart."""

    original: tuple[int, ...]
    repost: tuple[int, ...]
    relation: RowRelation
    score: float | None


class Block(NamedTuple):
    """A sentence's place on its bar; `sentence` is its index."""

    sentence: int
    left: float
    width: float
    linked: bool


class Band(NamedTuple):
    """A link's outline as an SVG path in a box of 100 by 100."""

    link: Link
    path: str


@dataclass(frozen=True, slots=True)
class SentenceMap:
    """Two bars and the bands between them."""

    original: tuple[Block, ...]
    repost: tuple[Block, ...]
    bands: tuple[Band, ...]


def rows(comparison: Comparison) -> tuple[Row, ...]:
    """All sentences of both texts: linked and omitted ones in the original's order, then added."""
    linked = [
        Row(link.original, link.repost, link.relation, link.score) for link in _links(comparison)
    ]
    omitted = [Row((i,), (), "omitted", None) for i in omitted_sentences(comparison)]
    added = [Row((), (j,), "added", None) for j in added_sentences(comparison)]
    return (*sorted([*linked, *omitted], key=lambda row: (row.original, row.repost)), *added)


def omitted_sentences(comparison: Comparison) -> tuple[int, ...]:
    """Indices of the original's sentences that no link carries over."""
    carried = {i for link in comparison.alignment for i in link.original}
    return tuple(i for i in range(len(comparison.original_sentences)) if i not in carried)


def added_sentences(comparison: Comparison) -> tuple[int, ...]:
    """Indices of the repost's sentences that come from no sentence of the original."""
    carried = {j for link in comparison.alignment for j in link.repost}
    return tuple(j for j in range(len(comparison.repost_sentences)) if j not in carried)


def sentence_map(comparison: Comparison) -> SentenceMap:
    """The drawing's geometry."""
    original = _bar(comparison.original_sentences, omitted_sentences(comparison))
    repost = _bar(comparison.repost_sentences, added_sentences(comparison))
    bands = tuple(
        Band(link, _outline(original[i], repost[j]))
        for link in _links(comparison)
        for i in link.original
        for j in link.repost
    )
    return SentenceMap(original, repost, bands)


def _links(comparison: Comparison) -> list[Link]:
    return sorted(comparison.alignment, key=lambda link: (link.original, link.repost))


def _bar(sentences: Sequence[Sentence], unlinked: Sequence[int]) -> tuple[Block, ...]:
    total = sum(sentence.end - sentence.start for sentence in sentences) or 1
    available = 100 - GAP * max(0, len(sentences) - 1)
    blocks, left = [], 0.0
    for index, sentence in enumerate(sentences):
        width = available * (sentence.end - sentence.start) / total
        blocks.append(Block(index, round(left, 2), round(width, 2), index not in unlinked))
        left += width + GAP
    return tuple(blocks)


def _outline(above: Block, below: Block) -> str:
    top_left, top_right = above.left, above.left + above.width
    low_left, low_right = below.left, below.left + below.width
    return (
        f"M{top_left:.2f} 0 C{top_left:.2f} 50 {low_left:.2f} 50 {low_left:.2f} 100 "
        f"H{low_right:.2f} C{low_right:.2f} 50 {top_right:.2f} 50 {top_right:.2f} 0 Z"
    )
