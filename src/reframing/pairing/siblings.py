"""Telling a repost of an article from a sibling that was made from the same original."""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from reframing.pairing.evidence import Profile, compare_profiles
from reframing.records import Pair


def resolve_siblings(pairs: Sequence[Pair], profiles: dict[str, Profile]) -> list[Pair]:
    """Pairs in which two reposts of one original are marked as of a common source.

    Where x → y, but some z comes before both and y shares at least as much with z as with x, y was
    made from z: x and y are siblings, evidence `sibling:<z>`.
    """
    parents: dict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        if pair.direction == "a→b":
            parents[pair.b].add(pair.a)
        elif pair.direction == "b→a":
            parents[pair.a].add(pair.b)
    return [_resolved(pair, parents, profiles) for pair in pairs]


def _resolved(pair: Pair, parents: dict[str, set[str]], profiles: dict[str, Profile]) -> Pair:
    if pair.direction not in ("a→b", "b→a") or "declared" in pair.evidence:
        return pair
    earlier, later = (pair.a, pair.b) if pair.direction == "a→b" else (pair.b, pair.a)
    shared = parents[later] & parents[earlier]
    if not shared:
        return pair
    closest = max(sorted(shared), key=lambda z: closeness(profiles[later], profiles[z]))
    if closeness(profiles[later], profiles[closest]) < closeness(profiles[later], profiles[earlier]):
        return pair
    return replace(pair, direction="common-source", evidence=(f"sibling:{closest}", *pair.evidence))


def closeness(dependent: Profile, source: Profile) -> float:
    """Runs of words, names and numbers, and vocabulary that a text shares with a source, in [0, 3]."""
    evidence = compare_profiles(source, dependent)
    details = evidence.details_b_in_a
    return evidence.b_in_a + evidence.cosine + (0.0 if math.isnan(details) else details)
