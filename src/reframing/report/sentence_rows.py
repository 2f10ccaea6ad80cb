"""Both texts as rows in which linked sentences are next to each other, in the order of the repost.

A row holds linked sentences (a connected component of the alignment). Where the repost's sentences of a
component are not adjacent, each stretch of adjacent ones has its own row, so that the repost can be read from
top to bottom; an original sentence is then shown in the row of its strongest link, and the other rows point to
it. An omitted sentence follows the row of the sentence before it.
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
    """Sentences of a row by index; `elsewhere` are linked original sentences that are shown in another row."""

    original: tuple[int, ...]
    repost: tuple[int, ...]
    elsewhere: tuple[int, ...]
    relation: RowRelation

    @property
    def linked(self) -> tuple[int, ...]:
        """All original sentences that are linked with the row's repost sentences."""
        return tuple(sorted((*self.original, *self.elsewhere)))


def rows(comparison: Comparison) -> tuple[Row, ...]:
    """Rows that hold every sentence of both texts exactly once; a text without sentences counts as one."""
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
    """Rows one by one, but adjacent rows of omitted sentences, and of added ones, together."""
    alone = ("omitted", "added")
    for relation, group in groupby(found, key=lambda row: row.relation):
        if relation in alone:
            yield tuple(group)
        else:
            yield from ((row,) for row in group)


def pieces(article: Article, sentences: Sequence[Sentence]) -> tuple[Span, ...]:
    """The text divided into one span for each sentence; text between two sentences belongs to the first."""
    starts = [0, *(sentence.start for sentence in sentences[1:])]
    return tuple(map(Span, starts, [*starts[1:], len(article.text)]))


def partners(comparison: Comparison, side: Side) -> dict[int, list[int]]:
    """For each linked sentence of `side` the indices of the other text's sentences, in rising order."""
    found: dict[int, set[int]] = {}
    for link in comparison.alignment:
        here, there = link.original, link.repost
        for index in here if side == "original" else there:
            found.setdefault(index, set()).update(there if side == "original" else here)
    return {index: sorted(others) for index, others in found.items()}


def _stretches(links: Sequence[Link]) -> Iterator[Row]:
    """The rows of one component."""
    stretches = list(_neighbours(sorted({j for link in links for j in link.repost})))
    stretch_of = {j: at for at, stretch in enumerate(stretches) for j in stretch}
    linked: list[set[int]] = [set() for _ in stretches]
    relations: list[set[LinkRelation]] = [set() for _ in stretches]
    strongest: dict[int, tuple[float, int]] = {}
    for link in links:
        for at in {stretch_of[j] for j in link.repost}:
            linked[at].update(link.original)
            relations[at].add(link.relation)
        strength = (link.score, -link.repost[0])
        for i in link.original:
            strongest[i] = max(strongest.get(i, strength), strength)
    home = {i: stretch_of[-first] for i, (_, first) in strongest.items()}
    for at, stretch in enumerate(stretches):
        own = tuple(i for i in sorted(linked[at]) if home[i] == at)
        elsewhere = tuple(i for i in sorted(linked[at]) if home[i] != at)
        yield Row(own, stretch, elsewhere, max(relations[at], key=_CHANGE.index))


def _neighbours(numbers: Sequence[int]) -> Iterator[tuple[int, ...]]:
    for _, group in groupby(enumerate(numbers), key=lambda item: item[1] - item[0]):
        yield tuple(number for _, number in group)
