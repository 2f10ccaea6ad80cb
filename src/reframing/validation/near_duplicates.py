"""Texts that share wording, by containment of word shingles (Broder 1997).

The overlap of two texts is the share of the smaller one's distinct 8-word shingles that the other
holds too: 1 where one lies whole inside the other, 0 where no 8 words in a row recur. A text of fewer
words overlaps with nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from reframing.segment.tokens import words

SHINGLE_WORDS = 8

Shingle = tuple[str, ...]


class Overlap(NamedTuple):
    """Two texts by id, and the share in (0, 1] of the smaller one's shingles that both hold."""

    a: str
    b: str
    share: float


def shingles(text: str) -> frozenset[Shingle]:
    """Distinct runs of `SHINGLE_WORDS` lower-cased words, punctuation left out."""
    forms = list(words(text))
    return frozenset(zip(*(forms[i:] for i in range(SHINGLE_WORDS)), strict=False))


def overlaps(texts: Mapping[str, str], others: Mapping[str, str]) -> Iterator[Overlap]:
    """Every pair of one of `texts` and one of `others` that share a shingle, in their order."""
    held = {id: shingles(text) for id, text in others.items()}
    holders: dict[Shingle, list[str]] = defaultdict(list)
    for id, runs in held.items():
        for run in runs:
            holders[run].append(id)
    for id, text in texts.items():
        runs = shingles(text)
        shared = Counter(other for run in runs for other in holders.get(run, ()))
        for other in sorted(shared):
            yield Overlap(id, other, shared[other] / min(len(runs), len(held[other])))


def clusters(texts: Mapping[str, str], threshold: float) -> dict[str, str]:
    """For each text the cluster it belongs to, named by its first member.

    Texts that overlap by at least `threshold` share a cluster, and so do those linked through others.
    """
    parent = {id: id for id in texts}

    def root(id: str) -> str:
        while parent[id] != id:
            id = parent[id]
        return id

    for a, b, share in overlaps(texts, texts):
        if share >= threshold:
            first, second = sorted((root(a), root(b)))
            parent[second] = first
    return {id: root(id) for id in texts}
