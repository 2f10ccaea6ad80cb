"""The best sequence of B-I-O labels under the rule that I follows B or I of its own kind."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

_FORBIDDEN = -1e4


@lru_cache
def transitions(labels: tuple[str, ...]) -> NDArray[np.float32]:
    """What a step costs: 0 where it is allowed, else a large penalty; row before, column after."""
    costs = np.zeros((len(labels), len(labels)), np.float32)
    for j, after in enumerate(labels):
        if after.startswith("I"):
            for i, before in enumerate(labels):
                if before == "O" or before[1:] != after[1:]:
                    costs[i, j] = _FORBIDDEN
    return costs


@lru_cache
def openings(labels: tuple[str, ...], running_on: tuple[str, ...]) -> NDArray[np.float32]:
    """What opening a sequence costs: I only where its kind may run on from the sentence before."""
    forbidden = [label.startswith("I") and label not in running_on for label in labels]
    return np.where(forbidden, np.float32(_FORBIDDEN), np.float32(0))


def best_paths(
    scores: NDArray[np.float32],
    lengths: Sequence[int],
    labels: tuple[str, ...],
    running_on: tuple[str, ...] = (),
) -> list[NDArray[np.intp]]:
    """The best path of each row of `scores` (rows, words, labels), cut to its length."""
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
