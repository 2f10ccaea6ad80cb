"""Moves proposed by a neural network that reads linked sentences of original and repost together.

A passage is a group of linked sentences of both texts, or an unlinked sentence of the repost alone. The network
(`models/changes`) reads the word pieces of the original's sentences, a separator, and those of the repost's.
Each word has a flag with what is already known of it: which text it is in, whether the other text has it too,
whether it is quoted, and how it is annotated. For each word the network predicts by which move it was changed,
if by any, and for the passage whether both sides have a proposition in common.

Adjacent words with the same predicted move form one span. For a move that is marked in both texts, the spans of
the original and of the repost are paired in order of position.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from reframing.documents.records import Move, Span
from reframing.documents.terms import FUNCTION_WORDS, number_value, stem
from reframing.measures.clauses import in_proper_name
from reframing.moves.catalogue import catalogue
from reframing.moves.context import Context, Side, one_spelling
from reframing.networks.network import (
    LONGEST,
    Floats,
    Network,
    Pieces,
    input_of,
    load_network,
    pieces_of,
)
from reframing.pairing.align import components

# Input of the network: passages and the flags of their words.

OCCURS = ("in the linked sentences", "elsewhere", "nowhere")
"""Where a word occurs in the other text."""

MARKS = ("nothing", "number", "name", "evaluation", "hedge", "booster", "source", "cue")
"""How the annotation marks a word; where several apply, the last one."""

FLAGS = 2 * len(OCCURS) * 2 * len(MARKS)
"""Number of different flags of a word."""


class Places(NamedTuple):
    """Indices of sentences that are read together; `original` is empty for an unlinked repost sentence."""

    original: tuple[int, ...]
    repost: tuple[int, ...]


class Passage(NamedTuple):
    """Sentences that are read together: their indices and, for each text, their flagged word pieces."""

    places: Places
    original: Pieces
    repost: Pieces


def flag_of(in_repost: bool, occurs: int, quoted: bool, mark: int) -> int:
    """The flag of a word: one integer below `FLAGS` that encodes its four properties.

    `occurs` is an index of `OCCURS`, `mark` one of `MARKS`; `in_repost` says which text the word is in.
    """
    return ((in_repost * len(OCCURS) + occurs) * 2 + quoted) * len(MARKS) + mark


def parts_of(flag: int) -> tuple[int, int, int, int]:
    """The properties that a flag encodes, as integers in the order of the arguments of `flag_of`."""
    flag, mark = divmod(flag, len(MARKS))
    flag, quoted = divmod(flag, 2)
    in_repost, occurs = divmod(flag, len(OCCURS))
    return in_repost, occurs, quoted, mark


def passages(context: Context, words: "Sequence[Words]") -> list[Passage]:
    """The passages of a pair, without copied sentences; `words` are those of the original and of the repost."""
    return [passage(words, places) for places in _places(context, words)]


def passage(words: "Sequence[Words]", places: Places) -> Passage:
    """The passage of the sentences `places`, with the ends of its sides cut off to fit the network's input."""
    a, b = words
    of_original = a.read(places.original, b, places.repost)
    of_repost = b.read(places.repost, a, places.original)
    room = LONGEST - 1
    if len(of_original.ids) + len(of_repost.ids) > room:
        of_original = of_original.window(0, max(room // 2, room - len(of_repost.ids)))
        of_repost = of_repost.window(0, room - len(of_original.ids))
    return Passage(places, of_original, of_repost)


def _places(context: Context, words: "Sequence[Words]") -> Iterator[Places]:
    """The sentences of each passage: those connected by links, then each repost sentence without a link.

    A group that exceeds the network's input length is split into its single links.
    """
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
    """The words of one text as the network reads them, by sentence: word pieces, stems and properties."""

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
        """The word pieces of the sentences `places`, flagged by comparison with `others` in the other text."""
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
    """Offsets of words that are names but look like function words: the month *May* is not the modal *may*."""
    tokens = side.tokens
    return frozenset(
        start
        for i, (start, form) in enumerate(zip(tokens.starts, tokens.forms, strict=True))
        if form in FUNCTION_WORDS and side.text[start].isupper() and in_proper_name(tokens, i)
    )


def _covered(side: Side, spans: Sequence[Span]) -> NDArray[np.bool_]:
    """Whether each code point of a text lies in one of the spans (code points + 1,)."""
    covered = np.zeros(len(side.text) + 1, bool)
    for start, end in spans:
        covered[start:end] = True
    return covered


def _marks(side: Side) -> NDArray[np.int8]:
    """The mark of each code point of a text, as an index of `MARKS` (code points + 1,)."""
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


# Output of the network: the probability of each move at each word, and that the two sides are linked.

CHANGE, LINKED = "change", "linked"
UNCHANGED = "none"
"""The label of words that no move changed; `CHANGE` and `LINKED` name the heads of the network."""


class WordLabels(NamedTuple):
    """The words of one text: their offsets (words,) and the probability of each label (words, labels)."""

    starts: NDArray[np.intp]
    ends: NDArray[np.intp]
    labels: Floats


class PairReading(NamedTuple):
    """The network's output for one passage.

    `linked` is the probability that the two sides have a proposition in common.
    """

    original: WordLabels
    repost: WordLabels
    linked: float


def read_pairs(network: Network, pairs: Sequence[tuple[Pieces, Pieces]]) -> list[PairReading]:
    """The network's output for each pair of original and repost pieces, in their order."""
    read = network.run([input_of(*pair) for pair in pairs])
    found = {i: _reading(network, *pairs[i], logits) for i, logits in read}
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


# Moves from the network's output.

LEAST = 0.15
"""The probability at a word from which a move is proposed."""

_RUNNING_ON = 0.6  # times LEAST: the threshold for the words that continue a span
_LEAST_ALIKE = 0.2  # share of stems that an unlinked sentence and its nearest must have in common
_ONE_SIDED = 0.7  # factor on the score of a two-sided move that was found in one text only


class Marked(NamedTuple):
    """A span of one text that one move changed; `likely` is the highest probability of its words."""

    slug: str
    span: Span
    likely: float


class Read(NamedTuple):
    """A passage with the network's output; `labels` name the columns of the probabilities."""

    places: Places
    reading: PairReading
    labels: tuple[str, ...]

    def likely(self, span: Span, in_repost: bool) -> Floats | None:
        """The highest probability of each label at the words of a span (labels,); None without such words."""
        words = self.reading.repost if in_repost else self.reading.original
        first = int(np.searchsorted(words.ends, span.start, side="right"))
        end = int(np.searchsorted(words.starts, span.end))
        return words.labels[first:end].max(0) if first < end else None

    def highest(self, slug: str, in_repost: bool) -> float:
        """The highest probability of a move at any word of one text of the passage; 0 for an unknown slug."""
        words = self.reading.repost if in_repost else self.reading.original
        if slug not in self.labels or not len(words.labels):
            return 0.0
        return float(words.labels[:, self.labels.index(slug)].max())


class Changes(NamedTuple):
    """The network's output for a pair: its passages, and its sentences without a link.

    `shared` is keyed by (whether it is in the repost, sentence index) of each sentence without a link for which
    `nearest` finds a counterpart. The value is the probability that the two have a proposition in common.
    """

    passages: tuple[Read, ...]
    shared: Mapping[tuple[bool, int], float]


Reader = Callable[[Context], Changes]


def read_changes(context: Context) -> Changes:
    """The output of the network `changes` for a pair; raises `InputError` where the network is missing."""
    network = load_network("changes")
    labels = network.card.tokens[CHANGE]
    words = Words(context.original, False), Words(context.repost, True)
    read = list(passages(context, words))
    near = list(nearest(context))
    apart = [passage(words, Places((i,), (j,))) for _, _, i, j in near]
    readings = read_pairs(network, [(one.original, one.repost) for one in read + apart])
    shared = {
        (in_repost, sentence): reading.linked
        for (in_repost, sentence, *_), reading in zip(near, readings[len(read) :], strict=True)
    }
    return Changes(
        tuple(Read(p.places, r, labels) for p, r in zip(read, readings, strict=False)), shared
    )


def nearest(context: Context) -> Iterator[tuple[bool, int, int, int]]:
    """Each sentence without a link, paired with the most similar sentence of the other text.

    Yields whether the sentence is in the repost, its index, and the indices of the original's and the
    repost's sentence of the pair. Sentences whose best overlap of content terms is below a threshold are
    omitted.
    """
    sides = (context.original, context.repost)
    for in_repost, linked in ((False, context.repost_of), (True, context.original_of)):
        here, there = sides[in_repost], sides[not in_repost]
        for i, stems in enumerate(here.sentence_stems):
            if i in linked or not stems or not there.sentences:
                continue
            alike = there.overlaps_with(stems)
            j = int(alike.argmax())
            if alike[j] >= _LEAST_ALIKE:
                yield in_repost, i, *((j, i) if in_repost else (i, j))


def find(context: Context) -> Iterator[Move]:
    """The moves that the network proposes; none where the profile has no network."""
    if context.changes is not None:
        for read in context.changes.passages:
            yield from _moves(context, read)


def _moves(context: Context, read: Read) -> Iterator[Move]:
    of_original = list(_marked(read, read.reading.original, 0))
    of_repost = list(_marked(read, read.reading.repost, 1))
    of_original, of_repost = _without_replaced(of_original, of_repost)
    for slug in sorted({one.slug for one in of_original + of_repost}):
        was = [one for one in of_original if one.slug == slug]
        now = [one for one in of_repost if one.slug == slug]
        for number in range(max(len(was), len(now))):
            a = was[number] if number < len(was) else None
            b = now[number] if number < len(now) else None
            yield _move(context, read.places, slug, a, b)


def _without_replaced(
    of_original: list[Marked], of_repost: list[Marked]
) -> tuple[list[Marked], list[Marked]]:
    """Both lists without dropped hedges (or boosters) that an added one replaces, which is not a move."""
    for kind in ("hedge", "booster"):
        lost = [one for one in of_original if one.slug == f"{kind}-dropped"]
        gained = [one for one in of_repost if one.slug == f"{kind}-added"]
        n = min(len(lost), len(gained))
        of_original = [one for one in of_original if one not in lost[:n]]
        of_repost = [one for one in of_repost if one not in gained[:n]]
    return of_original, of_repost


def _marked(read: Read, words: WordLabels, side: int) -> Iterator[Marked]:
    """Spans of one text (0 original, 1 repost) whose words probably changed by one move marked there."""
    if not len(words.starts):
        return
    likely = words.labels.copy()
    for column, slug in enumerate(read.labels):
        if slug == UNCHANGED or not catalogue()[slug].sides[side]:
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
    if all(catalogue()[slug].sides) and len(likely) == 1:
        score *= _ONE_SIDED
    spans = was and was.span, now and now.span
    return Move(slug, *spans, places.original, places.repost, round(score, 6), "")
