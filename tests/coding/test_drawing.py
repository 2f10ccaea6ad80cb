"""Moves that are drawn for readers: strata, probabilities, and what a reader sees."""

from collections import Counter
from itertools import pairwise
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reframing.coding.judging import allocated, draw, shown
from reframing.documents.errors import InputError
from reframing.documents.records import Article
from studied import corpus

STUDIED = [("sample", one) for one in corpus(events=6)]
REPOSTS = [one for _, one in STUDIED if one.pair.condition == "repost"]
SIZES = Counter(move.move for one in REPOSTS for move in one.comparison.moves)
N = 2 * len(SIZES)


def test_each_kind_is_drawn_with_the_probability_that_it_says() -> None:
    drawn = draw(STUDIED, N, 1, "state")
    read = Counter(one.move.move for one in drawn)
    assert read.keys() == SIZES.keys()
    assert sum(read.values()) == min(N, sum(SIZES.values()))
    for one in drawn:
        slug, design = one.move.move, one.design
        assert (design.stratum, design.stratum_moves) == (f"sample/{slug}", SIZES[slug])
        assert design.inclusion_probability == read[slug] / SIZES[slug]
        assert design.judged_state == "state"


def test_weights_of_a_draw_add_up_to_all_moves() -> None:
    drawn = draw(STUDIED, N, 3, "")
    total = sum(1 / one.design.inclusion_probability for one in drawn)
    assert total == pytest.approx(sum(SIZES.values()))


def test_no_move_is_drawn_twice_and_all_are_of_reposts() -> None:
    drawn = draw(STUDIED, 10_000, 1, "")
    keys = {(d.studied.pair.id, d.move.move, d.move.original, d.move.repost) for d in drawn}
    assert len(keys) == len(drawn) == sum(SIZES.values())
    assert {one.studied.pair.condition for one in drawn} == {"repost"}
    assert {one.design.inclusion_probability for one in drawn} == {1.0}


def test_all_moves_of_a_kind_are_drawn_alike_often() -> None:
    (slug, size) = SIZES.most_common(1)[0]
    draws = 400
    often: Counter[object] = Counter()
    for seed in range(draws):
        found = [one for one in draw(STUDIED, N, seed, "") if one.move.move == slug]
        often.update((d.studied.pair.id, d.move.original, d.move.repost) for d in found)
        p = found[0].design.inclusion_probability
    assert len(often) == size
    spread = sqrt(p * (1 - p) / draws)
    assert all(abs(n / draws - p) < 5 * spread + 1e-9 for n in often.values())


def test_the_same_seed_draws_the_same_moves_in_whatever_order_pairs_come() -> None:
    assert draw(STUDIED, N, 1, "") == draw(STUDIED[::-1], N, 1, "")
    assert draw(STUDIED, N, 1, "") != draw(STUDIED, N, 2, "")


def test_fewer_draws_than_kinds_are_refused() -> None:
    with pytest.raises(InputError, match=f"must be {len(SIZES)} or more"):
        draw(STUDIED, len(SIZES) - 1, 1, "")


@given(st.lists(st.integers(1, 3000), min_size=1, max_size=30), st.integers(0, 400))
def test_every_stratum_has_a_draw_and_none_more_than_it_holds(sizes: list[int], more: int) -> None:
    given_ = allocated(sizes, len(sizes) + more)
    assert sum(given_) == min(sum(sizes), len(sizes) + more)
    assert all(1 <= n <= size for n, size in zip(given_, sizes, strict=True))
    by_size = sorted(zip(sizes, given_, strict=True))
    assert all(a <= b + 1 for (_, a), (_, b) in pairwise(by_size))


def test_a_move_is_shown_in_its_sentence_or_in_the_whole_text() -> None:
    one = draw(STUDIED, N, 1, "")[0]
    text = "x" * 5000
    found = shown(one, lambda id: Article(id, text))
    assert found["verdict"] is None
    assert found["move"] == one.move.move
    assert "⟦" in found["original_text"] + found["repost_text"]
    whole = shown(one, lambda id: Article(id, text), whole=True)
    for side in ("original_text", "repost_text"):
        assert whole[side].replace("⟦", "").replace("⟧", "") == text
        assert ("⟦" in whole[side]) == (whole[side.removesuffix("_text")] is not None)
