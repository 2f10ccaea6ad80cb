"""Trained networks (card, weights and inference) and the word pieces that they take as input.

A network is a folder `models/<name>` with `card.json`, which describes its output, and `network.onnx`, which is
loaded only if its hash is that of the card. Fixed activation scales make the result for a sentence independent
of the batch it is in, and the operators of the graph make it independent of the processor (docs/processors.md).

Typography makes no difference to the word pieces: curly quotation marks, dashes and ellipses are replaced by
plain ones, and wrongly decoded characters are repaired, so that a text and a copy with other typography have
the same pieces.
"""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
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

# Networks.

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

Integers = NDArray[np.int64]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Card:
    """Description of a network's output (`card.json`): heads with their labels, in the order of its columns.

    `tokens` are heads with logits for each word; `sentences` have logits that are means over the pieces of a
    sentence; `targets` have two blocks of columns, whose means over all pieces and over the flagged pieces are
    added. `offsets` are added to the label scores of a head before decoding (chosen on development data), and
    `sha256` is the hash of `network.onnx`.
    """

    name: str
    version: str
    sha256: str
    tokens: Mapping[str, tuple[str, ...]]
    sentences: Mapping[str, tuple[str, ...]]
    targets: Mapping[str, tuple[str, ...]]
    offsets: Mapping[str, tuple[float, ...]]


class Network:
    """A loaded network; `tokens`, `sentences`, `targets` and `flagged` map each head to its output columns.

    `flagged` has the second block of columns of the heads in `targets`.
    """

    def __init__(self, card: Card, session: "InferenceSession") -> None:
        self.card = card
        heads = [card.tokens, card.sentences, card.targets, card.targets]
        self.tokens, self.sentences, self.targets, self.flagged = _columns(heads)
        self._session = session

    def with_offsets(self, offsets: Mapping[str, tuple[float, ...]]) -> "Network":
        """The same network with other decoding offsets."""
        return Network(replace(self.card, offsets=offsets), self._session)

    def run(self, inputs: Sequence["Input"]) -> Iterator[tuple[int, Floats]]:
        """The index of each input with its logits (length, columns), in any order.

        Inputs of similar length are padded and read together. Padding has no weight in any sum, so that the
        logits of an input are the same to the last bit in every batch.
        """
        for batch in _batches([len(one.ids) for one in inputs]):
            longest = len(inputs[batch[0]].ids)
            ids = np.zeros((longest, len(batch)), np.int64)
            flags = np.zeros((longest, len(batch)), np.int64)
            padding = np.zeros((len(batch), 1, 1, longest), np.float32)
            for row, i in enumerate(batch):
                n = len(inputs[i].ids)
                ids[:n, row], flags[:n, row] = inputs[i]
                padding[row, :, :, n:] = -np.inf
            given = {"ids": ids, "flags": flags, "padding": padding}
            logits = self._session.run(["logits"], given)[0]
            for row, i in enumerate(batch):
                yield i, np.ascontiguousarray(logits[: len(inputs[i].ids), row])


class Input(NamedTuple):
    """What a network reads at once: word pieces and special tokens, and their flags (see `input_of`)."""

    ids: Integers
    flags: Integers


_PIECES = 384  # of a batch, so that activations stay in the processor's cache
_PADDING = 12  # pieces of a batch: as many are read in the time that another batch would cost


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Indices of inputs that are read together, the longest of each batch first."""
    batch: list[int] = []
    padding = 0
    for i in sorted(range(len(lengths)), key=lambda i: -lengths[i]):
        longest = lengths[batch[0]] if batch else lengths[i]
        padding += longest - lengths[i]
        if batch and (padding > _PADDING or (len(batch) + 1) * longest > _PIECES):
            yield batch
            batch, padding = [], 0
        batch.append(i)
    if batch:
        yield batch


def models_folder() -> Path:
    """The folder of the networks: environment variable REFRAMING_MODELS, else `models/` of the repository."""
    named = os.environ.get("REFRAMING_MODELS")
    return Path(named) if named else Path(__file__).resolve().parents[3] / "models"


@lru_cache
def load_network(name: str) -> Network:
    """The network `models/<name>`, loaded once per process.

    Raises `InputError` if card or weights are missing, or the hash of the weights is not that of the card.
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
    """The card of a network; raises `InputError` if the file is missing, malformed or lacks a field."""
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
    # Disables onnxruntime's usage reports, which it also stores in the user's folder; it reads this on import.
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    # Imported here because it takes 0.2 seconds, which profile `lexicon` need not spend.
    from onnxruntime import GraphOptimizationLevel, InferenceSession, SessionOptions

    options = SessionOptions()
    # Optimisation would fuse operators into ones whose rounding differs between processors.
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


# Word pieces.

LONGEST = 254
"""Maximum number of word pieces of a sentence that a network reads at once."""

OVERLAP = 64
"""Number of word pieces that consecutive windows over a longer sentence share, approximately."""

FIRST, LAST = 101, 102


class Pieces(NamedTuple):
    """The word pieces of one sentence, without the special tokens at its ends.

    `ids` has the vocabulary index of each piece and `flags` whether it is flagged (1 or 0). `words` has the
    index of the first piece of each word, `starts` and `ends` the word's offsets in the article's text.
    """

    ids: NDArray[np.int64]
    words: NDArray[np.intp]
    starts: NDArray[np.intp]
    ends: NDArray[np.intp]
    flags: NDArray[np.int64]

    def window(self, first: int, last: int) -> "Pieces":
        """Pieces `first` to `last` (exclusive), with the words that start in them."""
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
    """The word pieces of each sentence of `text`; pieces that start inside a span of `flagged` are flagged."""
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
    """The pieces with adjacent hyphens or full stops reduced to one word: a dash or an ellipsis."""
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


def input_of(*texts: Pieces) -> Input:
    """One or several texts as an input of a network: each with its special token behind it, one before all."""
    ids = [np.array([FIRST])]
    flags = [np.array([0])]
    for pieces in texts:
        ids += [pieces.ids, np.array([LAST])]
        flags += [pieces.flags, np.array([0])]
    return Input(np.concatenate(ids), np.concatenate(flags))


def windows(pieces: Pieces) -> list[Pieces]:
    """The pieces as a single window, or overlapping windows of at most `LONGEST` pieces over a longer sentence.

    Windows start at the first piece of a word wherever possible, and depend on the sentence alone.
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
