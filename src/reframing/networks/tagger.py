"""Sentences read by a network: labelled spans, label scores of words, sentence scores, and sentence vectors.

Three parts: decoding of the best B-I-O label sequence (Viterbi), reading of passages sentence by sentence, and
sentence vectors by an 8-bit version of all-MiniLM-L6-v2 (Wang et al. 2020; Reimers & Gurevych 2019).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from reframing.documents.records import Span
from reframing.networks.network import (
    OVERLAP,
    Floats,
    Network,
    Pieces,
    input_of,
    load_network,
    pieces_of,
    windows,
)

# Decoding of B-I-O labels: I may only follow B or I of the same kind.

_FORBIDDEN = -1e4


@lru_cache
def transitions(labels: tuple[str, ...]) -> NDArray[np.float32]:
    """Transition scores (labels, labels) from row to column: 0 if allowed, else a large negative number."""
    costs = np.zeros((len(labels), len(labels)), np.float32)
    for j, after in enumerate(labels):
        if after.startswith("I"):
            for i, before in enumerate(labels):
                if before == "O" or before[1:] != after[1:]:
                    costs[i, j] = _FORBIDDEN
    return costs


@lru_cache
def openings(labels: tuple[str, ...], running_on: tuple[str, ...]) -> NDArray[np.float32]:
    """Scores (labels) of the first label: 0 if allowed, else a large negative number.

    An I label may come first only if it is in `running_on`, that is, may continue from the previous sentence.
    """
    forbidden = [label.startswith("I") and label not in running_on for label in labels]
    return np.where(forbidden, np.float32(_FORBIDDEN), np.float32(0))


def best_paths(
    scores: NDArray[np.float32],
    lengths: Sequence[int],
    labels: tuple[str, ...],
    running_on: tuple[str, ...] = (),
) -> list[NDArray[np.intp]]:
    """The best label sequence of each row of `scores` (rows, words, labels), by the Viterbi algorithm.

    Each is an array of label indices with the number of words given in `lengths`. Labels in `running_on` may
    come first although they are I labels.
    """
    rows, words, _ = scores.shape
    if not words:
        return [np.zeros(0, np.intp) for _ in range(rows)]
    steps = transitions(labels)
    best = scores[:, 0] + openings(labels, running_on)
    back = np.zeros(scores.shape, np.intp)
    tops = np.zeros((rows, words), np.intp)
    tops[:, 0] = best.argmax(1)
    for t in range(1, words):
        through = best[:, :, None] + steps
        back[:, t] = through.argmax(1)
        best = through.max(1) + scores[:, t]
        tops[:, t] = best.argmax(1)
    return [
        _trace(back[row], int(tops[row, n - 1]), n) if n else back[row, :0, 0]
        for row, n in enumerate(lengths)
    ]


def _trace(back: NDArray[np.intp], last: int, length: int) -> NDArray[np.intp]:
    path = np.empty(length, np.intp)
    for t in range(length - 1, -1, -1):
        path[t] = last
        last = int(back[t, last])
    return path


# Reading of sentences.

RUNNING_ON = ("I-content",)
"""I labels that may open a sentence, because the content of an attribution may continue in the next one."""


class LabelledSpan(NamedTuple):
    """Words `first` to `end` (exclusive) of a sentence, with their span in the article and the kind of label.

    `runs_on` is true if the span continues one from the previous sentence.
    """

    span: Span
    kind: str
    first: int
    end: int
    runs_on: bool


@dataclass(frozen=True, slots=True)
class SentenceReading:
    """The output of a network for one sentence, by head.

    `spans` has the labelled spans of each B-I-O head, `words` the logits (words, labels) of each token head,
    `scores` the logits of each sentence or target head; `starts` has the offsets of the words.
    """

    spans: Mapping[str, tuple[LabelledSpan, ...]]
    words: Mapping[str, Floats]
    scores: Mapping[str, NDArray[np.float64]]
    starts: NDArray[np.intp]

    def marked(self, head: str, span: Span) -> float:
        """Probability in [0, 1] that `span` is marked by a B-I-O head, regardless of the kind of label.

        It is the highest probability among the words that start in `span`, 0 if none does.
        """
        first, end = np.searchsorted(self.starts, span)
        if first == end:
            return 0.0
        logits = self.words[head][first:end].astype(np.float64)
        odds = np.exp(logits - logits[:, :1])
        return float(1 - 1 / odds.sum(1).max())


class Passage(NamedTuple):
    """Input of a network: a text, the sentences to read, and flagged spans (quotations, or a target)."""

    text: str
    sentences: Sequence[Span]
    flagged: Sequence[Span]


def read(network: Network, passages: Sequence[Passage]) -> list[list[SentenceReading]]:
    """The readings of the sentences of each passage; each depends only on its sentence and the flags in it."""
    return decode(network, score(network, passages))


class _Logits(NamedTuple):
    """Logits of the words under token heads (words, columns), and sums of all logits over the pieces.

    `total` is of all `n` pieces, `flagged` of the `n_flagged` flagged ones (columns,).
    """

    words: Floats
    total: NDArray[np.float64]
    flagged: NDArray[np.float64]
    n: int
    n_flagged: int


Scored = Sequence[tuple[Pieces, _Logits]]
"""The sentences of a passage as word pieces, each with its logits."""


def score(network: Network, passages: Sequence[Passage]) -> list[Scored]:
    """The logits of each passage, not yet decoded."""
    pieces = [pieces_of(*passage) for passage in passages]
    parts = [windows(one) for of_passage in pieces for one in of_passage]
    results = iter(_run(network, [window for of_sentence in parts for window in of_sentence]))
    logits = iter([_joined(of, [next(results) for _ in of]) for of in parts])
    return [[(one, next(logits)) for one in of_passage] for of_passage in pieces]


def decode(network: Network, passages: Sequence[Scored]) -> list[list[SentenceReading]]:
    """The readings of scored passages, decoded with the labels and offsets of the network's card."""
    words = [logits.words for of_passage in passages for _, logits in of_passage]
    paths = {
        head: iter(_paths(network, head, words))
        for head, labels in network.card.tokens.items()
        if labels[0] == "O"
    }
    return [
        [
            _reading(network, pieces, logits, {head: next(of) for head, of in paths.items()})
            for pieces, logits in of_passage
        ]
        for of_passage in passages
    ]


KEPT = 10_000
"""Number of windows whose logits are cached (70 MB at most): reposts repeat sentences of their originals."""

_known: dict[tuple[str, bytes, bytes], _Logits] = {}


def _run(network: Network, windows: Sequence[Pieces]) -> list[_Logits]:
    keys = [(network.card.sha256, one.ids.tobytes(), one.flags.tobytes()) for one in windows]
    found = {key: _known[key] for key in keys if key in _known}
    unread = {key: one for key, one in zip(keys, windows, strict=True) if key not in found}
    new = list(unread.items())
    of_words = max((columns.stop for columns in network.tokens.values()), default=0)
    for i, logits in network.run([input_of(window) for _, window in new]):
        key, window = new[i]
        found[key] = _of_window(window, logits, of_words)
    if len(_known) + len(new) > KEPT:
        _known.clear()
    _known.update((key, found[key]) for key, _ in new[:KEPT])
    return [found[key] for key in keys]


def _of_window(window: Pieces, logits: Floats, of_words: int) -> _Logits:
    """The logits of a window; its first `of_words` columns are those of token heads."""
    n = len(window.ids)
    flagged = logits[1 : n + 1][window.flags == 1]
    return _Logits(
        logits[window.words + 1, :of_words],
        logits[: n + 2].sum(0, dtype=np.float64),
        flagged.sum(0, dtype=np.float64),
        n + 2,
        len(flagged),
    )


def _joined(windows: Sequence[Pieces], results: Sequence[_Logits]) -> _Logits:
    """Combines the windows of one sentence.

    The logits of a word are those of the window in which it is farther from the edge. Sums are added up, so
    that pieces shared by two windows count twice.
    """
    if len(windows) == 1:
        return results[0]
    words: list[Floats] = []
    behind = -1
    for k, (window, logits) in enumerate(zip(windows, results, strict=True)):
        first = int(np.searchsorted(window.starts, behind, side="right")) if k else 0
        last = len(window.words)
        if k + 1 < len(windows):
            last = int(np.searchsorted(window.words, len(window.ids) - OVERLAP // 2))
        words.append(logits.words[first:last])
        behind = int(window.starts[last - 1])
    return _Logits(
        np.concatenate(words),
        np.sum([logits.total for logits in results], axis=0),
        np.sum([logits.flagged for logits in results], axis=0),
        sum(logits.n for logits in results),
        sum(logits.n_flagged for logits in results),
    )


def _paths(network: Network, head: str, tokens: Sequence[Floats]) -> list[NDArray[np.intp]]:
    """The best label sequence of each sentence under one head; similar lengths are decoded together."""
    labels, columns = network.card.tokens[head], network.tokens[head]
    added = np.array(network.card.offsets.get(head, (0.0,) * len(labels)), np.float32)
    order = sorted(range(len(tokens)), key=lambda i: len(tokens[i]))
    paths: list[NDArray[np.intp]] = [_NO_PATH] * len(tokens)
    for at in range(0, len(order), 64):
        rows = order[at : at + 64]
        lengths = [len(tokens[i]) for i in rows]
        scores = np.zeros((len(rows), lengths[-1], len(labels)), np.float32)
        for row, i in enumerate(rows):
            scores[row, : lengths[row]] = tokens[i][:, columns] if lengths[row] else 0
        scores += added
        for i, path in zip(rows, best_paths(scores, lengths, labels, RUNNING_ON), strict=True):
            paths[i] = path
    return paths


_NO_PATH = np.zeros(0, np.intp)


def _reading(
    network: Network, pieces: Pieces, logits: _Logits, paths: Mapping[str, NDArray[np.intp]]
) -> SentenceReading:
    mean, flagged = logits.total / logits.n, logits.flagged / max(1, logits.n_flagged)
    scores = {head: mean[columns] for head, columns in network.sentences.items()}
    for head, columns in network.targets.items():
        scores[head] = mean[columns] + flagged[network.flagged[head]]
    return SentenceReading(
        {
            head: tuple(labelled_spans(pieces.starts, pieces.ends, path, network.card.tokens[head]))
            for head, path in paths.items()
        },
        {head: logits.words[:, columns] for head, columns in network.tokens.items()},
        scores,
        pieces.starts,
    )


def labelled_spans(
    starts: NDArray[np.intp],
    ends: NDArray[np.intp],
    path: NDArray[np.intp],
    labels: tuple[str, ...],
) -> Iterator[LabelledSpan]:
    """The spans encoded by `path`, a sequence of indices into B-I-O `labels`, over words with these offsets."""
    marked = np.flatnonzero(path)
    k = 0
    while k < len(marked):
        first = int(marked[k])
        label = labels[path[first]]
        kind, end = label[2:], first + 1
        inside = labels.index("I" + label[1:])
        while end < len(path) and path[end] == inside:
            end += 1
        span = Span(int(starts[first]), int(ends[end - 1]))
        yield LabelledSpan(span, kind, first, end, label[0] == "I")
        k = int(np.searchsorted(marked, end))


# Sentence vectors.


def embed(texts: Sequence[str]) -> Floats:
    """Unit vectors (texts, 384), so that a dot product is a cosine; each depends on its text alone."""
    if not texts:
        return np.empty((0, 0), np.float32)
    passages = [Passage(text, [Span(0, len(text))], []) for text in texts]
    readings = read(load_network("encoder"), passages)
    vectors = np.array([reading.scores["embedding"] for (reading,) in readings])
    lengths = np.sqrt((vectors * vectors).sum(axis=1, keepdims=True))
    return (vectors / lengths).astype(np.float32)
