"""Units of training: one sentence each, as word pieces with their labels."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from reframing.documents.records import Span
from reframing.networks.network import LONGEST, pieces_of

IGNORED = -100  # label of a piece without one


class Vocabulary(NamedTuple):
    """How the vocabulary of an encoder differs from BERT's: shift of its ids, and its special ids.

    Ids up to `special` are special pieces, or unused.
    """

    shift: int
    first: int
    last: int
    padding: int
    mask: int
    special: int


BERT = Vocabulary(0, 101, 102, 0, 103, 998)
MPNET = Vocabulary(4, 0, 2, 1, 30526, 1002)


@dataclass(slots=True)
class Unit:
    """One sentence of a text as word pieces.

    `ids` are BERT's word pieces; `starts` and `ends` the offsets in the document of the word of each
    piece; `heads` is true on the first piece of a word; `flags` is 1 on pieces inside a quotation (or on
    a target). `tags` has one label per piece for each token task, `value` one label or number for each
    sentence task; `soft` has a teacher's log-probabilities or probability by task.
    """

    document: str
    ids: list[int]
    starts: list[int]
    ends: list[int]
    heads: list[bool]
    flags: list[int]
    tags: dict[str, list[int]] = field(default_factory=dict)
    value: dict[str, float] = field(default_factory=dict)
    soft: dict[str, Tensor] = field(default_factory=dict)


def unit(document: str, text: str, start: int = 0, end: int | None = None) -> Unit:
    """The unit of `text[start:end]`, tokenised as at run time; pieces beyond `LONGEST` are cut off."""
    given = text[start:end]
    (pieces,) = pieces_of(given, [Span(0, len(given))], [])
    pieces = pieces.window(0, LONGEST)
    n = len(pieces.ids)
    heads = np.zeros(n, bool)
    heads[pieces.words] = True
    word = np.cumsum(heads) - 1
    return Unit(
        document,
        pieces.ids.tolist(),
        (pieces.starts[word] + start).tolist(),
        (pieces.ends[word] + start).tolist(),
        heads.tolist(),
        [0] * n,
    )


class Batch(NamedTuple):
    """Padded units: `ids`, `mask`, `flags`, each (batch, length) with length a multiple of 8."""

    ids: Tensor
    mask: Tensor
    flags: Tensor


def collate(units: Sequence[Unit], vocabulary: Vocabulary) -> Batch:
    """A batch of units: word pieces between the special ones, padded."""
    length = -(-(max(len(u.ids) for u in units) + 2) // 8) * 8
    ids = torch.full((len(units), length), vocabulary.padding)
    mask, flags = torch.zeros(len(units), length), torch.zeros(len(units), length, dtype=torch.long)
    for row, u in enumerate(units):
        n = len(u.ids)
        ids[row, 0], ids[row, n + 1] = vocabulary.first, vocabulary.last
        ids[row, 1 : n + 1] = torch.tensor(u.ids) + vocabulary.shift
        mask[row, : n + 2] = 1
        flags[row, 1 : n + 1] = torch.tensor(u.flags)
    return Batch(ids, mask, flags)


def batches(
    units: Sequence[Unit], pieces: int, rng: random.Random | None = None, pool: int = 6000
) -> Iterator[list[int]]:
    """Batches of indices of units of similar length, with at most `pieces` padded pieces each.

    With `rng`, units are shuffled and sorted by length within pools of `pool` only, and the batches are
    shuffled.
    """
    order = list(range(len(units)))
    if rng:
        rng.shuffle(order)
    made: list[list[int]] = []
    for at in range(0, len(order), pool if rng else max(1, len(order))):
        part = order[at : at + pool] if rng else order
        current: list[int] = []
        longest = 0
        for i in sorted(part, key=lambda i: -len(units[i].ids)):
            longest = longest if current else len(units[i].ids) + 2
            if current and (len(current) + 1) * longest > pieces:
                made.append(current)
                current, longest = [], len(units[i].ids) + 2
            current.append(i)
        if current:
            made.append(current)
    if rng:
        rng.shuffle(made)
    yield from made
