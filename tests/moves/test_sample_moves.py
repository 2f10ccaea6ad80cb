"""Moves of the sample against the settled readings of it, of which the README reports a score.

Events at even places (by id) were developed on; of the others only totals were seen, of all moves and of each
slug. A move is found where the slug is the same and the spans overlap on each side that both give.
"""

import pytest

import gold
from reframing.coding.coded import shared
from reframing.moves.compare import compare

HALVES = ("developed", "other")


@pytest.mark.parametrize("half", HALVES)
def test_micro_f1_over_slugs_keeps_its_floor(half: str) -> None:
    wanted, articles, annotated = gold.moves("gold-moves"), gold.articles(), gold.annotations()
    events = sorted({repost.split("/")[0] for repost in wanted})[HALVES.index(half) :: 2]
    right = found = expected = 0
    for repost, moves in wanted.items():
        event = repost.split("/")[0]
        if event in events:
            one = f"{event}/original"
            given = {"original_annotation": annotated[one], "repost_annotation": annotated[repost]}
            seen = compare(articles[one], articles[repost], **given).moves
            right += len(shared(seen, moves))
            found += len(seen)
            expected += len(moves)
    assert gold.f1(right, found, expected) >= gold.FLOORS[f"moves, {half}"]
