"""Sentences with a flagged target but without gold sentiment, for the teacher to label."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

from training.gold import ATTRIBUTION
from training.units import Unit

_LONGEST = 8  # word pieces of a target
_SOURCE = (ATTRIBUTION.index("B-source"), ATTRIBUTION.index("I-source"))


def targets_of(units: Sequence[Unit], most: int = 9000, seed: int = 1) -> list[Unit]:
    """Units in each of which one source of an attribution is flagged; a seeded sample of at most `most`."""
    found = [flagged for u in units for flagged in _sources(u)]
    random.Random(seed).shuffle(found)
    return found[:most]


def _sources(u: Unit) -> Iterator[Unit]:
    tags = u.tags["attribution"]
    at = 0
    while at < len(tags):
        if tags[at] != _SOURCE[0]:
            at += 1
            continue
        end = at + 1
        while end < len(tags) and (tags[end] == _SOURCE[1] or not u.heads[end]):
            end += 1
        if end - at <= _LONGEST:
            flags = [int(at <= i < end) for i in range(len(u.ids))]
            yield replace(u, flags=flags, tags={}, value={}, soft={})
        at = end
