"""Moves that a network reads in the linked passages of a pair, and how likely it holds any move.

The network (models/changes) says of each word by which move it was changed. Neighbouring words of one move are
one span. A move that is marked on both sides joins the spans of both, in their order.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import numpy as np

from reframing.moves.context import Context
from reframing.moves.passages import Places, Words, passage, passages
from reframing.neural.network import Floats, load_network
from reframing.neural.pairs import CHANGE, UNCHANGED, PairReading, WordLabels, read_pairs
from reframing.records import Move, Span

LEAST = 0.15
"""The probability of a move at a word from which it is proposed."""

_RUNNING_ON = 0.6  # of LEAST: at a word behind one that has it
_LEAST_ALIKE = 0.2  # share of words: the nearest sentence is read with one that has no link
_ONE_SIDED = 0.7  # what is left of the score of a move of which one side is missing


class Marked(NamedTuple):
    """Words of one side that were changed by one move."""

    slug: str
    span: Span
    likely: float


class Read(NamedTuple):
    """A passage and what a network says of it."""

    places: Places
    reading: PairReading
    labels: tuple[str, ...]

    def likely(self, span: Span, in_repost: bool) -> Floats | None:
        """How likely each label is at the words of a span (labels,); None where it has none of them."""
        words = self.reading.repost if in_repost else self.reading.original
        first = int(np.searchsorted(words.ends, span.start, side="right"))
        end = int(np.searchsorted(words.starts, span.end))
        return words.labels[first:end].max(0) if first < end else None

    def highest(self, slug: str, in_repost: bool) -> float:
        """How likely a move is at the likeliest word of one side."""
        words = self.reading.repost if in_repost else self.reading.original
        if slug not in self.labels or not len(words.labels):
            return 0.0
        return float(words.labels[:, self.labels.index(slug)].max())


class Changes(NamedTuple):
    """What a network says of a pair: of the passages, and of the sentences that are in no link.

    `kin` has for each of these, by side and index, how likely it has a proposition in common with the one on
    the other side that is nearest to it by words.
    """

    passages: tuple[Read, ...]
    kin: Mapping[tuple[bool, int], float]


Reader = Callable[[Context], Changes]


def read_changes(context: Context) -> Changes:
    """What the network says of a pair."""
    network = load_network("changes")
    labels = network.card.tokens[CHANGE]
    words = Words(context.original, False), Words(context.repost, True)
    read = list(passages(context, words))
    near = list(nearest(context))
    apart = [passage(words, Places((i,), (j,))) for _, _, i, j in near]
    readings = read_pairs(network, [(one.original, one.repost) for one in read + apart])
    kin = {
        (in_repost, sentence): reading.linked
        for (in_repost, sentence, *_), reading in zip(near, readings[len(read) :], strict=True)
    }
    return Changes(
        tuple(Read(p.places, r, labels) for p, r in zip(read, readings, strict=False)), kin
    )


def nearest(context: Context) -> Iterator[tuple[bool, int, int, int]]:
    """For each sentence without a link its side, its index, and its pair with the nearest on the other side."""
    sides = (context.original, context.repost)
    for in_repost, linked in ((False, context.repost_of), (True, context.original_of)):
        here, there = sides[in_repost], sides[not in_repost]
        for i, stems in enumerate(here.sentence_stems):
            if i in linked or not stems:
                continue
            alike = {
                j: n / min(len(stems), len(there.sentence_stems[j]))
                for j, n in there.shared_with(stems).items()
            }
            j = min(alike, key=lambda j: (-alike[j], j), default=None)
            if j is not None and alike[j] >= _LEAST_ALIKE:
                yield in_repost, i, *((j, i) if in_repost else (i, j))


def find(context: Context) -> Iterator[Move]:
    """The moves that the network reads; none where the profile has no network."""
    if context.changes is not None:
        for read in context.changes.passages:
            yield from _moves(context, read)


def sides_of(slug: str) -> tuple[bool, bool]:
    """Whether a move is marked in the original, and in the repost."""
    alone_in_repost = slug.endswith("-added") or slug == "quote-unsupported"
    alone_in_original = slug.endswith("-dropped") or slug == "quote-truncated"
    return not alone_in_repost, not alone_in_original


def _moves(context: Context, read: Read) -> Iterator[Move]:
    ours = list(_marked(read, read.reading.original, 0))
    theirs = list(_marked(read, read.reading.repost, 1))
    ours, theirs = _without_replaced(ours, theirs)
    for slug in sorted({one.slug for one in ours + theirs}):
        was = [one for one in ours if one.slug == slug]
        now = [one for one in theirs if one.slug == slug]
        for number in range(max(len(was), len(now))):
            a = was[number] if number < len(was) else None
            b = now[number] if number < len(now) else None
            yield _move(context, read.places, slug, a, b)


def _without_replaced(
    ours: list[Marked], theirs: list[Marked]
) -> tuple[list[Marked], list[Marked]]:
    """What is left where a hedge gives way to a hedge, or a booster to a booster, which is no move."""
    for kind in ("hedge", "booster"):
        lost = [one for one in ours if one.slug == f"{kind}-dropped"]
        gained = [one for one in theirs if one.slug == f"{kind}-added"]
        n = min(len(lost), len(gained))
        ours = [one for one in ours if one not in lost[:n]]
        theirs = [one for one in theirs if one not in gained[:n]]
    return ours, theirs


def _marked(read: Read, words: WordLabels, side: int) -> Iterator[Marked]:
    """Stretches of words that are likely changed by one move, which is marked on this side."""
    if not len(words.starts):
        return
    likely = words.labels.copy()
    for column, slug in enumerate(read.labels):
        if slug == UNCHANGED or not sides_of(slug)[side]:
            likely[:, column] = 0.0
    best = likely.argmax(1)
    highest = likely[np.arange(len(best)), best]
    k = 0
    while k < len(best):
        end = k + 1
        if highest[k] >= LEAST:
            while end < len(best) and best[end] == best[k] and highest[end] >= _RUNNING_ON * LEAST:
                end += 1
            span = Span(int(words.starts[k]), int(words.ends[end - 1]))
            yield Marked(read.labels[best[k]], span, float(highest[k:end].max()))
        k = end


def _move(
    context: Context, places: Places, slug: str, was: Marked | None, now: Marked | None
) -> Move:
    likely = [one.likely for one in (was, now) if one is not None]
    score = sum(likely) / len(likely)
    if all(sides_of(slug)) and len(likely) == 1:
        score *= _ONE_SIDED
    spans = was and was.span, now and now.span
    return Move(slug, *spans, places.original, places.repost, round(score, 6), "")
