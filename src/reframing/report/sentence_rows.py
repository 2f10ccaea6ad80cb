"""Both texts as rows: sentences that say the same stand beside each other, in the repost's order.

A row holds linked sentences (a connected component of the alignment). Where a component's repost sentences
lie apart each stretch of them has a row of its own, so that the repost can be read from top to bottom; an
original sentence then stands in the row of its strongest link, and the other rows point to it. An omitted
sentence follows the row of the sentence before it.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Literal, NamedTuple

from reframing.documents.records import Article, Comparison, Link, LinkRelation, Sentence, Span
from reframing.pairing.align import components

Side = Literal["original", "repost"]
RowRelation = LinkRelation | Literal["omitted", "added"]

_CHANGE: tuple[LinkRelation, ...] = ("copied", "edited", "rewritten")


class Row(NamedTuple):
    """Sentences by index; `elsewhere` are original sentences that are linked but stand in another row."""

    original: tuple[int, ...]
    repost: tuple[int, ...]
    elsewhere: tuple[int, ...]
    relation: RowRelation

    @property
    def linked(self) -> tuple[int, ...]:
        """All original sentences that the row's repost sentences are linked with."""
        return tuple(sorted((*self.original, *self.elsewhere)))


def rows(comparison: Comparison) -> tuple[Row, ...]:
    """Every sentence of both texts, once; a text without sentences counts as one."""
    linked = [row for group in components(comparison.alignment) for row in _stretches(group)]
    n_original = len(comparison.original_sentences) or 1
    n_repost = len(comparison.repost_sentences) or 1
    carried = {j for row in linked for j in row.repost}
    added = [Row((), (j,), (), "added") for j in range(n_repost) if j not in carried]
    ordered = sorted([*linked, *added], key=lambda row: row.repost)
    home = {i: at for at, row in enumerate(ordered, 1) for i in row.original}
    behind: list[list[Row]] = [[] for _ in range(len(ordered) + 1)]
    for i in range(n_original):
        if i not in home:
            home[i] = home.get(i - 1, 0)
            behind[home[i]].append(Row((i,), (), (), "omitted"))
    followed = (row for at, own in enumerate(ordered, 1) for row in (own, *behind[at]))
    return (*behind[0], *followed)


def runs(found: Iterable[Row]) -> Iterator[tuple[Row, ...]]:
    """Rows one by one, but neighbours without counterparts on one side together."""
    alone = ("omitted", "added")
    for relation, group in groupby(found, key=lambda row: row.relation):
        if relation in alone:
            yield tuple(group)
        else:
            yield from ((row,) for row in group)


def pieces(article: Article, sentences: Sequence[Sentence]) -> tuple[Span, ...]:
    """The whole text in one span for each sentence: what stands between two belongs to the first."""
    starts = [0, *(sentence.start for sentence in sentences[1:])]
    return tuple(map(Span, starts, [*starts[1:], len(article.text)]))


def partners(comparison: Comparison, side: Side, index: int) -> list[int]:
    """The sentences of the other text that a sentence is linked with."""
    sides = [
        (link.original, link.repost) if side == "original" else (link.repost, link.original)
        for link in comparison.alignment
    ]
    return sorted({other for own, others in sides if index in own for other in others})


def _stretches(links: Sequence[Link]) -> Iterator[Row]:
    """The rows of one component."""
    stretches = list(_neighbours(sorted({j for link in links for j in link.repost})))
    homes = {i: _home(i, links, stretches) for link in links for i in link.original}
    for stretch in stretches:
        here = [link for link in links if not set(link.repost).isdisjoint(stretch)]
        linked = sorted({i for link in here for i in link.original})
        own = tuple(i for i in linked if homes[i] == stretch)
        elsewhere = tuple(i for i in linked if homes[i] != stretch)
        yield Row(own, stretch, elsewhere, max((k.relation for k in here), key=_CHANGE.index))


def _home(
    sentence: int, links: Sequence[Link], stretches: Sequence[tuple[int, ...]]
) -> tuple[int, ...]:
    """The stretch of the repost with which an original sentence has its strongest link."""
    own = [link for link in links if sentence in link.original]
    strongest = max(own, key=lambda link: (link.score, -link.repost[0]))
    return next(stretch for stretch in stretches if strongest.repost[0] in stretch)


def _neighbours(numbers: Sequence[int]) -> Iterator[tuple[int, ...]]:
    for _, group in groupby(enumerate(numbers), key=lambda item: item[1] - item[0]):
        yield tuple(number for _, number in group)
