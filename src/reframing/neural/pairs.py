"""Two linked passages read together by a network: which words changed how, and whether they belong together.

The network reads the word pieces of the original's sentences, a separator, and those of the repost's, each
with a flag that tells what is known of it. It says of each word by which move it was changed, if by any, and
of the whole whether the two sides have a proposition in common.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from reframing.neural.network import Floats, Network
from reframing.neural.pieces import FIRST, LAST, Pieces

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
