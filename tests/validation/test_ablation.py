"""What each part of the moves is worth: what is left out proposes nothing, and what is found is counted."""

import pytest

import gold
from reframing.coding.coded import Coded
from reframing.documents.params import read_params
from reframing.documents.records import Move, Span
from reframing.moves.compare import compare, context_of
from reframing.moves.context import Context
from reframing.moves.find import NETWORK, RULES, candidates, find_moves
from validation.readings import PROPOSITIONS, Change, ReadPair, hits_among
from validation.stages.ablate import VARIANTS, table

PAIR = "lowmere-diesel/original", "lowmere-diesel/partisan"


@pytest.fixture(scope="module")
def context() -> Context:
    original, repost = (gold.articles()[id] for id in PAIR)
    return context_of(original, repost)


def test_nothing_left_out_is_what_is_found_otherwise(context: Context) -> None:
    original, repost = (gold.articles()[id] for id in PAIR)
    assert find_moves(context, read_params().compare) == compare(original, repost).moves


def test_what_is_left_out_proposes_nothing(context: Context) -> None:
    ruled = {move.move for move in candidates(context, {NETWORK})}
    assert "attribution-distanced" in ruled
    without = {move.move for move in candidates(context, {NETWORK, "attribution"})}
    assert not any(slug.startswith("attribution-") for slug in without - {"attribution-distanced"})
    assert candidates(context, {NETWORK, *RULES}) == []
    assert {move.score for move in candidates(context, RULES)} == {0.0}


def test_every_variant_leaves_out_parts_that_there_are() -> None:
    assert set().union(*VARIANTS.values()) == {*RULES, NETWORK}
    assert not VARIANTS["all"]


def test_rows_are_the_shares_of_what_was_listed_and_found() -> None:
    original, repost = (gold.articles()[id] for id in PAIR)
    listed = (
        Change(Coded("hedge-dropped", Span(0, 5), None), 3),
        Change(Coded("evaluation-added", None, Span(9, 12)), 1),
    )
    pair = ReadPair("development", "sample", "a", original, repost, listed, frozenset())
    found = [
        Move("hedge-dropped", Span(2, 4), None, (0,), (0,), 0.9, ""),
        Move("booster-added", None, Span(20, 22), (0,), (0,), 0.9, ""),
        Move("booster-added", None, Span(30, 32), (0,), (0,), 0.9, ""),
    ]
    hits = hits_among(pair, found)
    rows = list(table([dict.fromkeys(VARIANTS, hits)], 0.95))
    (row,) = (row for row in rows if row[:2] == ("all", PROPOSITIONS))
    assert row[2:5] == (2, 3, 1)
    assert (row[5], row[8]) == (f"{1 / 3:.4f}", "0.5000")
