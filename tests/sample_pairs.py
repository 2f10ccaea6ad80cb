"""The embedded sample's pairs as contexts, for properties that must hold for every pair."""

from functools import lru_cache

import gold
from reframing.moves.compare import side_of
from reframing.moves.context import Context, Side
from reframing.pairing.align import align


@lru_cache
def sample_sides() -> dict[str, Side]:
    """Every article of the sample with its annotation, by id."""
    return {id: side_of(gold.articles()[id], of) for id, of in gold.annotations().items()}


@lru_cache
def sample_pairs() -> tuple[Context, ...]:
    """Each original with its edited, partisan and retold repost, by order of id."""
    sides = sample_sides()
    pairs = []
    for id, repost in sorted(sides.items()):
        event, kind = id.split("/")
        if kind in ("edited", "partisan", "retelling"):
            original = sides[f"{event}/original"]
            pairs.append(Context(original, repost, align(original.document, repost.document)))
    return tuple(pairs)
