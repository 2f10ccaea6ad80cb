"""Telling a repost of an article from a sibling that was made from the same original."""

import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

from reframing.pairing.evidence import Profile, compare_profiles
from reframing.records import Pair

Closeness = Callable[[str, str], float]


def resolve_siblings(
    pairs: Sequence[Pair], profiles: dict[str, Profile], margin: float
) -> list[Pair]:
    """Pairs in which two reposts of one original are marked as of a common source.

    Where x → y, but some z comes before both, y was made from z unless it is clearly closer to x, by more
    than `margin`: x and y are siblings, evidence `sibling:<z>`.
    """
    parents: dict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        if pair.direction in ("a→b", "b→a"):
            earlier, later = _in_order(pair)
            parents[later].add(earlier)

    @cache
    def to_source(later: str, source: str) -> float:
        return closeness(profiles[later], profiles[source])

    return [_resolved(pair, parents, to_source, margin) for pair in pairs]


def _in_order(pair: Pair) -> tuple[str, str]:
    return (pair.a, pair.b) if pair.direction == "a→b" else (pair.b, pair.a)


def _resolved(
    pair: Pair, parents: dict[str, set[str]], to_source: Closeness, margin: float
) -> Pair:
    if pair.direction not in ("a→b", "b→a") or "declared" in pair.evidence:
        return pair
    earlier, later = _in_order(pair)
    shared = parents[later] & parents[earlier]
    if not shared:
        return pair
    closest = max(sorted(shared), key=lambda z: to_source(later, z))
    if to_source(later, earlier) - to_source(later, closest) > margin:
        return pair
    return replace(pair, direction="common-source", evidence=(f"sibling:{closest}", *pair.evidence))


def closeness(dependent: Profile, source: Profile) -> float:
    """Runs of words, names and numbers, and vocabulary that a text shares with a source, in [0, 3]."""
    evidence = compare_profiles(source, dependent)
    parts = (evidence.b_in_a, evidence.cosine, evidence.details_b_in_a)
    return sum(part for part in parts if not math.isnan(part))
