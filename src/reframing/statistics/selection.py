"""Which pairs are studied, and how many are left out for which reason.

A repost needs a direction: pairs whose direction is undetermined or less sure than `min_confidence` are left
out, and so are two reposts of a source that the corpus does not hold. Of many pairs of one event, kind and
condition a sample is kept, so that no event costs more than it tells.
"""

from collections.abc import Sequence
from hashlib import sha256

from reframing.params import StatisticsParams
from reframing.records import StudyPair

UNDIRECTED, COMMON, UNSURE, SAMPLED = (
    "direction undetermined",
    "common source elsewhere",
    "confidence too low",
    "sampled down",
)
REASONS = (UNDIRECTED, COMMON, UNSURE, SAMPLED)


def left_out(pairs: Sequence[StudyPair], params: StatisticsParams, seed: int) -> list[str | None]:
    """For each pair the reason for which it is left out, or None where it is studied."""
    reasons = [_direction_problem(pair, params.min_confidence) for pair in pairs]
    cells: dict[tuple[str, str, str], list[int]] = {}
    for position, pair in enumerate(pairs):
        if reasons[position] is None:
            cells.setdefault((pair.condition, pair.kind, pair.event), []).append(position)
    for positions in cells.values():
        drawn = sorted(positions, key=lambda position: _draw(pairs[position], seed))
        for position in drawn[params.max_pairs_per_event :]:
            reasons[position] = SAMPLED
    return reasons


def _direction_problem(pair: StudyPair, min_confidence: float) -> str | None:
    if pair.condition != "repost":
        return None
    if pair.direction == "undetermined":
        return UNDIRECTED
    if pair.direction == "common-source":
        return COMMON
    return UNSURE if pair.confidence < min_confidence else None


def _draw(pair: StudyPair, seed: int) -> tuple[str, str]:
    """A random rank that is a pair's own: the same in any order, and for both orders of two versions."""
    articles = "\n".join(sorted((pair.original, pair.repost)))
    return sha256(f"{seed}\n{articles}".encode()).hexdigest(), pair.id
