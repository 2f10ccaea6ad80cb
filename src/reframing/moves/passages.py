"""The passages of a pair that are read together, with what is known of each of their words.

A passage is linked sentences of both texts, or a sentence of the repost alone. A network that reads it is
told of each word on which side it stands, whether the other text has it too, whether it is quoted, and what
the annotation marks it as: what it must learn is what a change of such words amounts to.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from reframing.align import components
from reframing.constructs.context import in_proper_name
from reframing.moves.context import Context, Side
from reframing.moves.spelling import one_spelling
from reframing.neural.pieces import LONGEST, Pieces, pieces_of
from reframing.records import Span
from reframing.segment.terms import FUNCTION_WORDS, number_value, stem

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
