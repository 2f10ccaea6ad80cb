"""Units that are drawn for readers: what they are, how many, how likely, and what a reader sees."""

import json
from collections import Counter
from itertools import pairwise, product
from math import comb, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reframing.coding.sampling import (
    ABOVE,
    BELOW,
    FLOOR,
    LEAST,
    ZERO,
    Candidate,
    Unit,
    allocated_units,
    draw_units,
    read_counts,
    shown_unit,
    unit_frame,
    units_of,
)
from reframing.documents.errors import InputError
from reframing.documents.records import Article, Link, Sentence
from reframing.statistics.corrected import difference, rate
from reframing.statistics.corrected import units_of as estimable
from studied import corpus, link, move, sentence, study

SLUG = "hedge-dropped"


def unit(number, event=0, condition="repost", scores=(), reported=False, corpus="c"):
    candidates = tuple(Candidate(SLUG, score, reported) for score in scores)
    pair = f"{condition}-{event}"
    names = (corpus, f"e{event}", condition, pair, f"o{event}", f"r{event}-{condition}")
    return Unit(*names, (number,), (number,), 20, candidates)


def invented(events=20, per_event=6, seed=1):
    random = np.random.default_rng(seed)
    return [
        unit(i, event, condition, *[((), False), ((0.2,), False), ((0.7, 0.4), True)][kind])
        for event, condition in product(range(events), ("repost", "independent"))
        for i, kind in enumerate(random.choice(3, per_event, p=(0.7, 0.2, 0.1)))
    ]


# Units of a pair.


def test_units_are_links_and_sentences_without_one():
    one = study([sentence(words=7)] * 3, [sentence(words=9)] * 3, [link(0, 1), link(2, 2)])
    found = units_of("c", one, [])
    assert [(u.original, u.repost) for u in found] == [
        ((0,), (1,)), ((2,), (2,)), ((1,), ()), ((), (0,)),
    ]  # fmt: skip
    assert [u.words for u in found] == [9, 9, 0, 9]


def test_a_fusion_is_one_unit_and_a_sentence_in_two_links_has_its_words_once():
    links = [Link((0, 1), (0,), "edited", 0.9), link(2, 1), link(0, 1)]
    found = units_of("c", study([sentence()] * 3, [sentence(words=9)] * 2, links), [])
    assert [(u.original, u.repost, u.words) for u in found] == [
        ((0,), (1,), 9), ((0, 1), (0,), 9), ((2,), (1,), 0),
    ]  # fmt: skip


def test_every_candidate_is_in_one_unit():
    one = study([sentence()] * 2, [sentence()] * 2, [link(0, 0)])
    moves = [move(SLUG, 0, 0), move("sentence-omitted", 1), move("sentence-added", None, 1)]
    found = units_of("c", one, [(each, True) for each in moves])
    assert [[c.move for c in u.candidates] for u in found] == [
        [SLUG], ["sentence-omitted"], ["sentence-added"],
    ]  # fmt: skip


def test_the_words_of_units_add_up_to_the_repost():
    for one in corpus(events=4):
        found = units_of("c", one, [(each, True) for each in one.comparison.moves])
        assert sum(u.words for u in found) == sum(s.n_words for s in one.repost_measures)
        assert sum(len(u.candidates) for u in found) == len(one.comparison.moves)


def test_a_candidate_outside_every_sentence_is_refused():
    one = study([sentence()], [sentence()], [link(0, 0)])
    with pytest.raises(InputError, match="is in no sentence of the pair"):
        units_of("c", one, [(move(SLUG, 5, 5), True)])


@pytest.mark.parametrize(
    ("scores", "reported", "label", "expected"),
    [((), False, ZERO, 0), ((0.3,), False, BELOW, 0.3), ((0.5, 0.5), True, ABOVE, 0.75)],
)
def test_the_stratum_is_corpus_condition_and_class_of_score(scores, reported, label, expected):
    one = unit(0, scores=scores, reported=reported)
    assert one.stratum == f"c/repost/{label}"
    assert one.expected == pytest.approx(expected)


# Allocation.


def variance(sizes, shares, given):
    p = np.clip(shares, FLOOR, 1 - FLOOR)
    return sum(n**2 * q * (1 - q) / k for n, q, k in zip(sizes, p, given, strict=True))


@given(
    st.lists(st.tuples(st.integers(1, 7), st.floats(0, 1)), min_size=1, max_size=3),
    st.integers(0, 9),
)
def test_no_other_whole_numbers_give_less_variance(strata, more):
    sizes, shares = map(list, zip(*strata, strict=True))
    n = len(sizes) + more
    given_ = allocated_units(sizes, shares, n, least=1)
    every = product(*[range(1, size + 1) for size in sizes])
    best = min(variance(sizes, shares, k) for k in every if sum(k) == min(n, sum(sizes)))
    assert variance(sizes, shares, given_) == pytest.approx(best)


@given(
    st.lists(st.tuples(st.integers(1, 3000), st.floats(0, 1)), min_size=1, max_size=12),
    st.integers(0, 2000),
)
def test_every_stratum_has_its_least_and_none_more_than_its_units(strata, more):
    sizes, shares = map(list, zip(*strata, strict=True))
    least = [min(LEAST, size) for size in sizes]
    given_ = allocated_units(sizes, shares, sum(least) + more)
    assert sum(given_) == min(sum(sizes), sum(least) + more)
    assert all(a <= k <= n for a, k, n in zip(least, given_, sizes, strict=True))


def test_large_samples_are_neyman_s():
    sizes, shares = [50_000, 20_000, 4_000], [0.0, 0.2, 0.6]
    spread = [n * sqrt(p * (1 - p)) for n, p in zip(sizes, (FLOOR, 0.2, 0.6), strict=True)]
    neyman = [3000 * s / sum(spread) for s in spread]
    assert allocated_units(sizes, shares, 3000) == pytest.approx(neyman, abs=1)


def test_fewer_readings_than_the_least_of_all_strata_are_refused():
    with pytest.raises(InputError, match="field '--n': must be 13 or more"):
        allocated_units([500, 3], [0.1, 0.1], 12)


# Draws.


def test_each_stratum_is_drawn_with_the_probability_that_its_units_say():
    units = invented()
    sizes = Counter(u.stratum for u in units)
    drawn = draw_units(units, 120, 1, "state")
    read = Counter(one.unit.stratum for one in drawn)
    assert read.keys() == sizes.keys()
    assert len({one.unit.key for one in drawn}) == len(drawn) == 120
    for one in drawn:
        name = one.unit.stratum
        assert one.design == (name, sizes[name], read[name] / sizes[name], "state")


def test_all_units_of_a_stratum_are_drawn_alike_often():
    units = [u for u in invented(events=8) if u.stratum == "c/repost/zero"]
    draws, n = 400, 12
    often = Counter(one.unit.key for seed in range(draws) for one in draw_units(units, n, seed, ""))
    p = n / len(units)
    assert len(often) == len(units)
    spread = sqrt(p * (1 - p) / draws)
    assert all(abs(count / draws - p) < 5 * spread for count in often.values())


@given(st.randoms(use_true_random=False))
def test_the_same_seed_draws_the_same_units_in_whatever_order_they_come(random):
    units = invented(events=6)
    shuffled = list(units)
    random.shuffle(shuffled)
    assert draw_units(shuffled, 66, 1, "") == draw_units(units, 66, 1, "")
    assert draw_units(units, 66, 1, "") != draw_units(units, 66, 2, "")


def test_nulls_are_drawn_too():
    assert {one.unit.condition for one in draw_units(invented(), 80, 1, "")} == {
        "repost", "independent",
    }  # fmt: skip


def test_a_unit_that_occurs_twice_is_refused():
    with pytest.raises(InputError, match="record c/repost-0: 3→3: field 'unit': occurs twice"):
        draw_units([unit(3), unit(3), unit(4)], 3, 1, "")


# What a reader sees, and counts.

TEXTS = {"o0": "One. Two is it. Three.", "r0-independent": "Uno. Due. Tre e quattro."}


def as_shown(**how):
    drawn = draw_units([unit(1, condition="independent", **how)], 1, 1, "version 9")[0]
    sides = [[Sentence(0, 4, "lead", 0), Sentence(5, end, "body", 0)] for end in (15, 9)]
    return shown_unit(drawn, lambda id: Article(id, TEXTS[id]), (sides[0], sides[1]))


def test_a_reader_sees_both_texts_with_the_unit_marked():
    shown = as_shown()
    assert shown["original"] == "One. ⟦Two is it.⟧ Three."
    assert shown["repost"] == "Uno. ⟦Due.⟧ Tre e quattro."
    assert shown["moves"] is None


def test_a_sheet_is_the_same_whatever_the_machine_says():
    assert as_shown() == as_shown(scores=(0.9,), reported=True) == as_shown(scores=(0.1,))


def test_a_sheet_tells_neither_condition_nor_stratum():
    shown = json.dumps({key: as_shown()[key] for key in ("number", "moves")})
    for word in ("independent", "zero", "c/", "e0", "score", "version"):
        assert word not in shown
    assert set(as_shown()) == {"number", "original", "repost", "moves"}


def test_the_order_of_sheets_tells_nothing_of_the_stratum():
    """Runs of one stratum are as many as in a random order."""
    drawn = draw_units(invented(events=100), 600, 1, "")
    zero = [one.unit.score_class == ZERO for one in drawn]
    changes = sum(a != b for a, b in pairwise(zero))
    share = np.mean(zero)
    expected = 2 * share * (1 - share) * 599
    assert abs(changes - expected) < 4 * sqrt(expected)


def write(path, *lines):
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf8")
    return path


def test_counts_are_read_by_number(tmp_path):
    lines = [{"number": "a1", "moves": {SLUG: 2}}, {"number": "b2", "moves": {}}]
    assert read_counts(write(tmp_path / "s.jsonl", *lines)) == {"a1": {SLUG: 2}, "b2": {}}


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ({"moves": {}}, "field 'number': must be an object"),
        ({"number": "a1", "moves": None}, "record a1: field 'moves': is not filled in"),
        ({"number": "a1", "moves": {"hedge-lost": 1}}, "hedge-lost is no move"),
        ({"number": "a1", "moves": {SLUG: -1}}, "must be a count"),
        ({"number": "a1", "moves": {SLUG: True}}, "must be a count"),
    ],
)
def test_lines_that_cannot_be_used_are_refused(tmp_path, line, problem):
    with pytest.raises(InputError, match=problem) as refused:
        read_counts(write(tmp_path / "s.jsonl", line))
    assert refused.value.file == str(tmp_path / "s.jsonl")


def test_a_unit_that_was_read_twice_is_refused(tmp_path):
    line = {"number": "a1", "moves": {}}
    with pytest.raises(InputError, match="record 2: field 'number': occurs twice"):
        read_counts(write(tmp_path / "s.jsonl", line, line))


# From the sample to estimates.


def read_all(drawn, truth):
    return {one.number: {SLUG: truth[one.unit.key]} for one in drawn}


def test_the_frame_has_every_unit_with_its_probability_and_what_was_read():
    units = invented()
    drawn = draw_units(units, 120, 1, "")
    counts = read_all(drawn, {u.key: len(u.candidates) for u in units})
    table = unit_frame(units, drawn, counts, SLUG).set_index("unit")
    assert len(table) == len(units)
    weights = 1 / table.loc[table["found"].notna(), "inclusion_probability"]
    assert weights.sum() == pytest.approx(len(units))
    for one in drawn:
        row = table.loc[one.unit.name]
        assert row["found"] == len(one.unit.candidates)
        assert row["scored"] == pytest.approx(sum(c.score for c in one.unit.candidates))
        assert row["counted"] == sum(c.reported for c in one.unit.candidates)
    other = unit_frame(units, drawn, counts, "hedge-added")
    assert (other["scored"] == 0).all()
    assert (other["found"].dropna() == 0).all()


def test_over_all_samples_of_a_tiny_study_the_rate_is_exactly_right_on_average():
    """Two of four units are drawn: the six samples come up alike often, and their mean is the census."""
    units = [unit(i, event=i % 2) for i in range(4)]
    truth = {u.key: n for u, n in zip(units, (3, 0, 1, 1), strict=True)}
    by_sample = {}
    for seed in range(200):
        drawn = draw_units(units, 2, seed, "", least=1)
        table = unit_frame(units, drawn, read_all(drawn, truth), SLUG)
        chosen = frozenset(one.unit.key for one in drawn)
        by_sample[chosen] = rate(estimable(table), "repost").value
    assert len(by_sample) == comb(4, 2)
    # events weigh alike: (3 + 1) / 40 words and (0 + 1) / 40 words
    assert np.mean(list(by_sample.values())) == pytest.approx(1000 * (4 / 40 + 1 / 40) / 2)


def test_a_machine_that_errs_more_in_the_null_finds_an_effect_and_the_sample_none():
    """Nothing differs between conditions but how many of the machine's moves are wrong."""
    random = np.random.default_rng(4)
    units = [
        unit(i, event, condition, (0.6,) * bool(proposed), reported=bool(proposed))
        for event, condition in product(range(60), ("repost", "independent"))
        for i, proposed in enumerate(random.random(8) < (0.5 if condition == "repost" else 0.2))
    ]
    truth = {u.key: int(random.random() < 0.15) for u in units}
    drawn = draw_units(units, 500, 1, "")
    table = unit_frame(units, drawn, read_all(drawn, truth), SLUG)
    result = difference(estimable(table), "repost", "independent")
    assert result.counted.low > 0
    assert result.low < 0 < result.high


def test_what_does_not_fit_the_draw_is_refused():
    units = invented()
    drawn = draw_units(units, 120, 1, "")
    counts = read_all(drawn, {u.key: 0 for u in units})
    extra = unit(0, 99)
    with pytest.raises(InputError, match=r"field 'stratum_units': .* when it was drawn"):
        unit_frame([*units, extra], drawn, counts, SLUG)
    with pytest.raises(InputError, match="c/version/zero is unknown: no unit of it was drawn"):
        unit_frame([*units, unit(0, 99, "version")], drawn, counts, SLUG)
    left = {number: of for number, of in counts.items() if number != drawn[0].number}
    with pytest.raises(InputError, match="was drawn, but not read"):
        unit_frame(units, drawn, left, SLUG)
    without = [u for u in units if u.key != drawn[0].unit.key]
    with pytest.raises(InputError, match="was drawn, but is no unit"):
        unit_frame(without, drawn, counts, SLUG)
