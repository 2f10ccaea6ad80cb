"""Moves that a network reads in the linked passages of a pair, and how likely it holds any move.

The network (models/changes) says of each word by which move it was changed. Neighbouring words of one move are
one span. A move that is marked on both sides joins the spans of both, in their order.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from reframing.documents.records import Move, Span
from reframing.documents.terms import FUNCTION_WORDS, number_value, stem
from reframing.measures.clauses import in_proper_name
from reframing.moves.context import Context, Side, one_spelling
from reframing.networks.network import (
    FIRST,
    LAST,
    LONGEST,
    Floats,
    Network,
    Pieces,
    load_network,
    pieces_of,
)
from reframing.pairing.align import components

# The passages of a pair that are read together, with what is known of each of their words.
#
# A passage is linked sentences of both texts, or a sentence of the repost alone. A network that reads it is
# told of each word on which side it stands, whether the other text has it too, whether it is quoted, and what
# the annotation marks it as: what it must learn is what a change of such words amounts to.

STANDS = ("in the linked sentences", "elsewhere", "nowhere")
"""Where the other text has a word."""

MARKS = ("nothing", "number", "name", "evaluation", "hedge", "booster", "source", "cue")
"""What a word is marked as; of several the last."""

FLAGS = 2 * len(STANDS) * 2 * len(MARKS)


class Places(NamedTuple):
    """The sentences of the original and of the repost that are read together; the first may be none."""

    original: tuple[int, ...]
    repost: tuple[int, ...]


class Passage(NamedTuple):
    """Sentences that are read together, as flagged word pieces of each side."""

    places: Places
    original: Pieces
    repost: Pieces


def flag_of(in_repost: bool, stands: int, quoted: bool, mark: int) -> int:
    """The number that tells a network what is known of a word."""
    return ((in_repost * len(STANDS) + stands) * 2 + quoted) * len(MARKS) + mark


def parts_of(flag: int) -> tuple[int, int, int, int]:
    """Side, stand, quotation and mark of a flag."""
    flag, mark = divmod(flag, len(MARKS))
    flag, quoted = divmod(flag, 2)
    in_repost, stands = divmod(flag, len(STANDS))
    return in_repost, stands, quoted, mark


def passages(context: Context, words: "Sequence[Words]") -> list[Passage]:
    """The passages of a pair, those that only copy left out; `words` are those of original and repost."""
    return [passage(words, places) for places in _places(context, words)]


def passage(words: "Sequence[Words]", places: Places) -> Passage:
    """One passage; the ends of sentences that are too long for one reading are cut off."""
    a, b = words
    ours = a.read(places.original, b, places.repost)
    theirs = b.read(places.repost, a, places.original)
    room = LONGEST - 1
    if len(ours.ids) + len(theirs.ids) > room:
        ours = ours.window(0, max(room // 2, room - len(theirs.ids)))
        theirs = theirs.window(0, room - len(ours.ids))
    return Passage(places, ours, theirs)


def _places(context: Context, words: "Sequence[Words]") -> Iterator[Places]:
    """Sentences that links join, as many as can be read at once; and what of the repost has no link."""
    for group in components(link for link in context.links if link.relation != "copied"):
        joined = sorted({(i, j) for link in group for i in link.original for j in link.repost})
        originals, reposts = (tuple(sorted(set(side))) for side in zip(*joined, strict=True))
        pieces = [words[0].pieces[i] for i in originals] + [words[1].pieces[j] for j in reposts]
        if sum(len(each.ids) for each in pieces) < LONGEST:
            yield Places(originals, reposts)
        else:
            yield from (Places((i,), (j,)) for i, j in joined)
    for j in range(len(context.repost.sentences)):
        if j not in context.original_of:
            yield Places((), (j,))


class Words:
    """The words of one side as a network reads them."""

    def __init__(self, side: Side, in_repost: bool) -> None:
        self.side, self.in_repost = side, in_repost
        spans = [sentence.span for sentence in side.sentences]
        self.pieces = pieces_of(side.text, spans, [])
        names = _like_function_words(side)
        self.stems = [
            [
                side.text[a:b] if a in names else _stem(side.text[a:b])
                for a, b in zip(p.starts, p.ends, strict=True)
            ]
            for p in self.pieces
        ]
        self.everywhere = frozenset(stem for stems in self.stems for stem in stems)
        self._marks = _marks(side)
        self._quoted = _covered(
            side, [quote.inner for quote in side.annotation.quotes if quote.speech]
        )

    def read(self, places: Sequence[int], other: "Words", others: Sequence[int]) -> Pieces:
        """The pieces of some sentences, flagged against some sentences of the other side."""
        linked = frozenset(stem for j in others for stem in other.stems[j])
        parts = [self._flagged(i, linked, other.everywhere) for i in places]
        before = np.cumsum([0, *(len(part.ids) for part in parts)])
        empty = np.zeros(0, np.intp)
        return Pieces(
            np.concatenate([empty, *(part.ids for part in parts)]),
            np.concatenate(
                [empty, *(p.words + n for p, n in zip(parts, before[:-1], strict=True))]
            ),
            np.concatenate([empty, *(part.starts for part in parts)]),
            np.concatenate([empty, *(part.ends for part in parts)]),
            np.concatenate([empty, *(part.flags for part in parts)]),
        )

    def _flagged(self, i: int, linked: frozenset[str], everywhere: frozenset[str]) -> Pieces:
        pieces = self.pieces[i]
        flags = [
            flag_of(
                self.in_repost,
                0 if stem in linked else 1 if stem in everywhere else 2,
                bool(self._quoted[start]),
                int(self._marks[start]),
            )
            for stem, start in zip(self.stems[i], pieces.starts, strict=True)
        ]
        n_pieces = np.diff(np.append(pieces.words, len(pieces.ids)))
        return pieces._replace(flags=np.repeat(np.array(flags, np.int64), n_pieces))


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    return stem(one_spelling(number_value(word.lower().removesuffix("'s").removesuffix("’s"))))


def _like_function_words(side: Side) -> frozenset[int]:
    """Where names begin that are function words but for their capital: the month May is no *may*."""
    tokens = side.tokens
    return frozenset(
        start
        for i, (start, form) in enumerate(zip(tokens.starts, tokens.forms, strict=True))
        if form in FUNCTION_WORDS and side.text[start].isupper() and in_proper_name(tokens, i)
    )


def _covered(side: Side, spans: Sequence[Span]) -> NDArray[np.bool_]:
    """Which characters of a text some spans cover."""
    covered = np.zeros(len(side.text) + 1, bool)
    for start, end in spans:
        covered[start:end] = True
    return covered


def _marks(side: Side) -> NDArray[np.int8]:
    """What each character of a text is marked as, by its place in `MARKS`."""
    annotation, tokens = side.annotation, side.tokens
    found: dict[str, list[Span]] = {
        "evaluation": [evaluation.span for evaluation in annotation.evaluations],
        "hedge": [hedge.span for hedge in (*annotation.hedges, *annotation.approximators)],
        "booster": [booster.span for booster in annotation.boosters],
        "source": [a.source for a in annotation.attributions if a.source is not None],
        "cue": [a.cue for a in annotation.attributions if a.cue is not None],
    }
    for kind in ("number", "name"):
        found[kind] = [
            tokens.span(term.token, term.token + 1)
            for terms in side.terms
            for term in terms
            if term.kind == kind
        ]
    marks = np.zeros(len(side.text) + 1, np.int8)
    for number, mark in enumerate(MARKS[1:], 1):
        for start, end in found[mark]:
            marks[start:end] = number
    return marks


# Two linked passages read together by a network: which words changed how, and whether they belong together.
#
# The network reads the word pieces of the original's sentences, a separator, and those of the repost's, each
# with a flag that tells what is known of it. It says of each word by which move it was changed, if by any, and
# of the whole whether the two sides have a proposition in common.

CHANGE, LINKED = "change", "linked"
UNCHANGED = "none"
"""The heads of the network, and the label of a word that no move changed."""

_ROWS = 1024  # pieces of a batch: what its layers write stays in the cache


class WordLabels(NamedTuple):
    """Words of one side: offsets (words,) and the probability of each label (words, labels)."""

    starts: NDArray[np.intp]
    ends: NDArray[np.intp]
    labels: Floats


class PairReading(NamedTuple):
    """What the network says of two passages: of the words of both, and how likely they belong together."""

    original: WordLabels
    repost: WordLabels
    linked: float


def read_pairs(network: Network, pairs: Sequence[tuple[Pieces, Pieces]]) -> list[PairReading]:
    """What the network says of each pair of sides; each depends on its own words and flags alone."""
    found: dict[int, PairReading] = {}
    lengths = [len(a.ids) + len(b.ids) + 3 for a, b in pairs]
    for length in sorted(set(lengths)):
        of_length = [i for i, n in enumerate(lengths) if n == length]
        rows = max(1, _ROWS // length)
        for at in range(0, len(of_length), rows):
            batch = of_length[at : at + rows]
            ids = np.empty((len(batch), length), np.int64)
            flags = np.zeros((len(batch), length), np.int64)
            for row, i in enumerate(batch):
                a, b = pairs[i]
                ids[row] = [FIRST, *a.ids, LAST, *b.ids, LAST]
                flags[row] = [0, *a.flags, 0, *b.flags, 0]
            logits = network.run(ids, flags)
            for row, i in enumerate(batch):
                found[i] = _reading(network, *pairs[i], logits[row])
    return [found[i] for i in range(len(pairs))]


def _reading(network: Network, a: Pieces, b: Pieces, logits: Floats) -> PairReading:
    columns = network.tokens[CHANGE]
    of_a = logits[a.words + 1, columns]
    of_b = logits[b.words + len(a.ids) + 2, columns]
    linked = logits.sum(0, dtype=np.float64)[network.sentences[LINKED]][0] / len(logits)
    return PairReading(
        WordLabels(a.starts, a.ends, _softmax(of_a)),
        WordLabels(b.starts, b.ends, _softmax(of_b)),
        float(1 / (1 + np.exp(-linked))),
    )


def _softmax(logits: Floats) -> Floats:
    powers = np.exp(logits.astype(np.float64) - logits.max(1, initial=-np.inf, keepdims=True))
    return powers / powers.sum(1, keepdims=True)


# Moves that a network reads in the linked passages of a pair, and how likely it holds any move.

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
