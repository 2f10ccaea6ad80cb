"""Sentences as word pieces with offsets into their article.

Typography says nothing: curly quotation marks, dashes and ellipses are read as their plain forms, broken
ones as what they were, so that a text and its copy in other typography have the same pieces.
"""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from reframing.documents.errors import InputError
from reframing.documents.records import Span
from reframing.documents.typography import repaired

# A trained network: its card, its weights (loaded only when their hash fits), and running it.
#
# `models/<name>/card.json` says what comes out, in the order of the network's columns: the labels of each
# head of `tokens`, of `sentences` (whose logits are the means over a sentence's pieces) and of `targets`
# (two blocks of columns, for the means over all pieces and over the flagged ones, to be added). `offsets`
# has what is added to the score of each label of a head before decoding (chosen on development data),
# `sha256` the hash of `network.onnx`. Fixed activation scales make a sentence's result independent of the
# batch it runs in, and the operators of the graph of the processor (docs/processors.md).

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

Integers = NDArray[np.int64]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Card:
    """What a network reads and says."""

    name: str
    version: str
    sha256: str
    tokens: Mapping[str, tuple[str, ...]]
    sentences: Mapping[str, tuple[str, ...]]
    targets: Mapping[str, tuple[str, ...]]
    offsets: Mapping[str, tuple[float, ...]]


class Network:
    """A loaded network; `tokens`, `sentences`, `targets` and `flagged` give the columns of each head."""

    def __init__(self, card: Card, session: "InferenceSession") -> None:
        self.card = card
        heads = [card.tokens, card.sentences, card.targets, card.targets]
        self.tokens, self.sentences, self.targets, self.flagged = _columns(heads)
        self._session = session

    def with_offsets(self, offsets: Mapping[str, tuple[float, ...]]) -> "Network":
        """The same network, decoded with other offsets."""
        return Network(replace(self.card, offsets=offsets), self._session)

    def run(self, ids: Integers, flags: Integers) -> Floats:
        """Logits (rows, length, columns) of word pieces (rows, length), none of which is padding."""
        return self._session.run(["logits"], {"ids": ids, "flags": flags})[0]


def models_folder() -> Path:
    """`models/` of the repository, or what REFRAMING_MODELS names."""
    named = os.environ.get("REFRAMING_MODELS")
    return Path(named) if named else Path(__file__).resolve().parents[3] / "models"


@lru_cache
def load_network(name: str) -> Network:
    """The network `models/<name>`, once a process.

    Raises `InputError` where card or weights are missing, or the weights are not those of the card.
    """
    return open_network(models_folder() / name)


def open_network(folder: Path) -> Network:
    """The network in `folder`; raises `InputError` as `load_network` does."""
    card = read_card(folder / "card.json")
    weights = _read(folder / "network.onnx")
    if sha256(weights).hexdigest() != card.sha256:
        problem = "is not the file that its card names (sha256 differs); check it out again"
        raise InputError(problem, str(folder / "network.onnx"))
    return Network(card, _session(weights))


def read_card(path: Path) -> Card:
    """The card of a network; raises `InputError` where it is missing or lacks a field."""
    try:
        fields: dict[str, Any] = json.loads(_read(path))
        return Card(
            fields["name"],
            fields["version"],
            fields["sha256"],
            {head: tuple(labels) for head, labels in fields["tokens"].items()},
            {head: tuple(labels) for head, labels in fields["sentences"].items()},
            {head: tuple(labels) for head, labels in fields["targets"].items()},
            {head: tuple(added) for head, added in fields["offsets"].items()},
        )
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise InputError(f"is no card of a network: {error!r}", str(path)) from error


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        problem = f"cannot be read ({error.strerror}); the profile `lexicon` needs no network"
        raise InputError(problem, str(path)) from error


def _session(weights: bytes) -> "InferenceSession":
    # It would send its maker reports on its use, and keep them in the user's folder; read when it is imported.
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    # Imported here: it takes a fifth of a second, which only the networks need.
    from onnxruntime import GraphOptimizationLevel, InferenceSession, SessionOptions

    options = SessionOptions()
    # It would fuse operators into others, whose kernels round differently from processor to processor.
    options.graph_optimization_level = GraphOptimizationLevel.ORT_DISABLE_ALL
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return InferenceSession(weights, options, providers=["CPUExecutionProvider"])


def _columns(groups: Sequence[Mapping[str, tuple[str, ...]]]) -> list[dict[str, slice]]:
    columns: list[dict[str, slice]] = []
    at = 0
    for heads in groups:
        columns.append({})
        for head, labels in heads.items():
            columns[-1][head] = slice(at, at + len(labels))
            at += len(labels)
    return columns


# Sentences as word pieces with offsets into their article.

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
