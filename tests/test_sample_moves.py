"""Moves of the sample against what its writers intended: floors, and what the README reports.

Events at even places (by id) were developed on; of the others only totals were seen. A move is found
where the slug is the same and the spans overlap on each side that both give.
"""

import json
from collections import Counter

import pytest

import gold
from reframing.compare import compare
from reframing.records import Move, Span
from reframing.segment.sentences import split

Intended = tuple[str, Span | None, Span | None]


def intended(row: dict, pair: dict) -> list[Intended]:
    """The listed moves, and the sentences that the gold alignment leaves without counterpart."""
    moves = [
        (move["move"], *(None if move[side] is None else Span(*move[side]) for side in SIDES))
        for move in row["moves"]
    ]
    linked = gold.linked(pair)
    for side, slug in enumerate(("sentence-omitted", "sentence-added")):
        kept = {link[side] for link in linked}
        for sentence in split(gold.articles()[row[SIDES[side]]]):
            if sentence.span not in kept and sentence.section != "headline":
                moves.append(
                    (slug, *((sentence.span, None) if side == 0 else (None, sentence.span)))
                )
    return moves


SIDES = ("original", "repost")


def agrees(move: Move, wanted: Intended) -> bool:
    spans = zip((move.original, move.repost), wanted[1:], strict=True)
    return move.move == wanted[0] and all(not (a and b) or a.overlaps(b) for a, b in spans)


def score(half: int) -> Counter[str]:
    """Moves right, found and expected over the events of one half."""
    lines = (gold.FOLDER / "intended-moves.jsonl").read_text(encoding="utf8").splitlines()
    rows = [json.loads(line) for line in lines]
    events = sorted({row["original"].split("/")[0] for row in rows})[half::2]
    pairs = {(pair["original"], pair["repost"]): pair for pair in gold.pairs()}
    total: Counter[str] = Counter()
    for row in rows:
        if row["original"].split("/")[0] not in events:
            continue
        left = intended(row, pairs[row["original"], row["repost"]])
        articles = gold.articles()
        found = compare(articles[row["original"]], articles[row["repost"]]).moves
        total.update(found=len(found), expected=len(left))
        for move in found:
            hit = next((wanted for wanted in left if agrees(move, wanted)), None)
            if hit is not None:
                left.remove(hit)
                total["right"] += 1
    return total


@pytest.mark.parametrize(("half", "reported"), [(0, 0.83), (1, 0.78)], ids=["developed", "other"])
def test_micro_f1_over_slugs_is_what_is_reported(half: int, reported: float) -> None:
    total = score(half)
    assert gold.f1(total["right"], total["found"], total["expected"]) == pytest.approx(
        reported, abs=0.01
    )
