"""Sentences as word pieces with offsets into their article.

Typography says nothing: curly quotation marks, dashes and ellipses are read as their plain forms, broken
ones as what they were, so that a text and its copy in other typography have the same pieces.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from reframing.neural.network import models_folder
from reframing.records import Span
from reframing.segment.typography import repaired

LONGEST = 254
"""Word pieces of one sentence that a network reads at once."""

OVERLAP = 64
"""Word pieces that two windows over a longer sentence share."""

FIRST, LAST = 101, 102


class Pieces(NamedTuple):
    """The word pieces of one sentence: ids, and of each word its first piece and its offsets.

    `words` has the index of the first piece of each word, `starts` and `ends` the offsets of the
    words in the article's text.
    """

    ids: NDArray[np.int64]
    words: NDArray[np.intp]
    starts: NDArray[np.intp]
    ends: NDArray[np.intp]
    flags: NDArray[np.int64]

    def window(self, first: int, last: int) -> "Pieces":
        """The words whose pieces lie in `first` to `last`."""
        low, high = np.searchsorted(self.words, [first, last])
        ids, flags = self.ids[first:last], self.flags[first:last]
        inner = slice(low, high)
        return Pieces(ids, self.words[inner] - first, self.starts[inner], self.ends[inner], flags)


@lru_cache
def tokenizer() -> Tokenizer:
    """The word-piece tokenizer of the networks (BERT, uncased: Devlin et al. 2019)."""
    read = Tokenizer.from_file(str(models_folder() / "tokenizer.json"))
    read.no_padding()
    read.no_truncation()
    return read


_PLAIN = str.maketrans(dict.fromkeys("“”„‟«»", '"') | dict.fromkeys("‘’‚‛ʼ", "'"))
_PLAIN |= str.maketrans(dict.fromkeys("‐‑‒–—―", "-") | {"…": ".", "\u00a0": " "})
_REPEATED = (1011, 1012)  # "-" and ".": "--" is a dash, "..." an ellipsis


def pieces_of(text: str, sentences: Sequence[Span], flagged: Sequence[Span]) -> list[Pieces]:
    """The pieces of each sentence; those that start inside one of `flagged` (by start) are flagged."""
    plain = repaired(text).translate(_PLAIN)
    strings = [sentence.of(plain) for sentence in sentences]
    encoded = tokenizer().encode_batch(strings, add_special_tokens=False)
    marks = _marks(flagged, len(text))
    return [_pieces(e, s.start, marks) for e, s in zip(encoded, sentences, strict=True)]


def _marks(flagged: Sequence[Span], length: int) -> NDArray[np.int64]:
    marks = np.zeros(length + 1, np.int64)
    for span in flagged:
        marks[span.start : span.end] = 1
    return marks


def _pieces(encoded: Encoding, start: int, marks: NDArray[np.int64]) -> Pieces:
    offsets = np.array(encoded.offsets, np.intp).reshape(-1, 2) + start
    word_ids = np.array(encoded.word_ids, np.intp)
    opens = np.flatnonzero(np.diff(word_ids, prepend=-1))
    closes = np.append(opens[1:], len(word_ids))[: len(opens)] - 1
    ids = np.array(encoded.ids, np.int64)
    pieces = Pieces(ids, opens, offsets[opens, 0], offsets[closes, 1], marks[offsets[:, 0]])
    return _without_repetition(pieces)


def _without_repetition(pieces: Pieces) -> Pieces:
    """Dashes or full stops that follow each other without a gap become one word."""
    ids, words, starts, ends, flags = pieces
    first = ids[words]
    repeats = (first[1:] == first[:-1]) & (starts[1:] == ends[:-1]) & np.isin(first[1:], _REPEATED)
    if not repeats.any():
        return pieces
    kept_words = np.append(True, ~repeats)
    last = np.append(np.flatnonzero(kept_words)[1:], len(words)) - 1
    kept = np.ones(len(ids), bool)
    kept[words[1:][repeats]] = False
    places = np.cumsum(kept) - 1
    words = places[words[kept_words]]
    return Pieces(ids[kept], words, starts[kept_words], ends[last], flags[kept])


def windows(pieces: Pieces) -> list[Pieces]:
    """The pieces themselves, or windows of at most `LONGEST` over a longer sentence.

    A window opens at the first piece of a word; where it opens follows from the sentence alone.
    """
    n = len(pieces.ids)
    if n <= LONGEST:
        return [pieces]
    found, first = [], 0
    while True:
        found.append(pieces.window(first, min(n, first + LONGEST)))
        if first + LONGEST >= n:
            return found
        opens = pieces.words[np.searchsorted(pieces.words, first + LONGEST - OVERLAP)]
        first = int(opens) if opens < first + LONGEST else first + LONGEST
