"""Units that are drawn for readers: what they are, how many, how likely, and what a reader sees."""

import json
from collections import Counter
from dataclasses import replace
from itertools import combinations, pairwise, product
from math import comb, sqrt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reframing.coding.sampling import (
    AROUND,
    ELSEWHERE,
    FLOOR,
    KEY,
    Drawn,
    allocated_units,
    draw_units,
    drawn_rows,
    frame_beside,
    frame_of,
    moves_in,
    read_counts,
    read_drawn,
    read_frame,
    readings_of,
    shown_unit,
    write_frame,
)
from reframing.coding.tsv import tsv_bytes
from reframing.documents.errors import InputError
from reframing.documents.params import Estimand, StatisticsParams
from reframing.documents.records import Article, Link, Sentence
from reframing.documents.tidy import write_tidy
from reframing.statistics.corrected import difference, rate
from reframing.statistics.effects import AGAINST, IN
from reframing.statistics.effects import units_of as units_for
from reframing.statistics.pair_units import unit_move_rows, unit_rows, units_of
from reframing.statistics.tidy_rows import pair_rows
from studied import corpus, link, move, sentence, study

SLUG = "hedge-dropped"
HEDGES = Estimand("c", "", "", (SLUG,), (), ("rewrite",), ("independent",), "", "")
CLASSES = ("none", "unreported", "reported")


def frame(rows):
    """Units as `frame_of` gives them, from event, kind, number and class of score of each."""
    columns = [*KEY, "event", "kind", "condition", "original", "group", "words", "stratum"]
    table = pd.DataFrame(
        [
            ("c", f"{kind}-{event}", f"{number}→{number}", f"e{event:02d}", kind,
             "independent" if kind == "independent" else "repost", f"o{event}", None, 20,
             f"c/{kind}/{CLASSES[score]}")
            for event, kind, number, score in rows
        ],
        columns=columns,
    )  # fmt: skip
    expected = table["stratum"].str.rpartition("/")[2].map({"none": 0.0, "unreported": 0.2})
    return table.assign(expected=expected.fillna(0.82))


def invented(events=20, per_event=6, seed=1, kinds=("rewrite", "independent")):
    random = np.random.default_rng(seed)
    return frame(
        (event, kind, number, score)
        for event, kind in product(range(events), kinds)
        for number, score in enumerate(random.choice(3, per_event, p=(0.7, 0.2, 0.1)))
    )


def moves_of(table):
    """What the machine says: nothing, a move that it does not report, or two of which it reports one."""
    score = table["stratum"].str.rpartition("/")[2]
    proposed = table.assign(
        move=SLUG,
        reported=(score == "reported").astype("Int64"),
        scored=score.map({"unreported": 0.2, "reported": 1.1}),
    )
    return proposed.loc[score != "none", ["pair", "unit", "move", "reported", "scored"]]


def keys(table):
    return list(table[KEY].itertuples(index=False, name=None))


# The units of a corpus.


def save(root, studied):
    rows = {
        "pairs": list(
            pair_rows(studied, StatisticsParams(), 1, {s.pair.original: "g" for s in studied})
        ),
        "units": [row for one in studied for row in unit_rows(one, units_of(one))],
        "unit_moves": [row for one in studied for row in unit_move_rows(one, units_of(one))],
    }
    for name, of in rows.items():
        write_tidy(root / f"results/tables/c/{name}.parquet", name, of)
    return root


def test_the_frame_has_the_units_of_all_pairs_that_are_studied_and_can_have_moves(tmp_path):
    conditions = ("repost", "revision", "copy", "independent")
    studied = corpus(events=3, kinds=("edited", "retelling"), conditions=conditions)
    table = frame_of("c", save(tmp_path, studied))
    own = {s.pair.id: s for s in studied if s.pair.condition in ("repost", "independent")}
    assert Counter(table["pair"]) == {name: len(units_of(one)) for name, one in own.items()}
    assert keys(table) == sorted(keys(table))
    for row in table.to_dict("records"):
        pair = own[row["pair"]].pair
        assert (row["event"], row["kind"], row["original"]) == (
            pair.event,
            pair.kind,
            pair.original,
        )
        assert (row["corpus"], row["group"]) == ("c", "g")


@pytest.mark.parametrize(
    ("scores", "label", "expected"),
    [
        ((), "none", 0),
        ((0.3,), "unreported", 0.3),
        ((0.5, 0.5), "reported", 0.75),
        ((0.4, 0.5), "reported", 0.7),
        ((0.9, 1.0), "reported", 1),
    ],
)
def test_strata_are_of_corpus_kind_and_class_of_score(tmp_path, scores, label, expected):
    """Moves with scores of a half and more are reported."""
    found = [
        replace(move(slug, 0, 0), score=score)
        for slug, score in zip((SLUG, "booster-added"), scores, strict=False)
    ]
    one = study([sentence()], [sentence()], [link(0, 0)], kind="neutral")
    reported = tuple(each for each in found if each.score >= 0.5)
    comparison = replace(one.comparison, moves=reported)
    one = replace(one, comparison=comparison, proposals=tuple(found))
    (row,) = frame_of("c", save(tmp_path, [one])).to_dict("records")
    assert row["stratum"] == f"c/neutral/{label}"
    assert row["expected"] == pytest.approx(expected)


@pytest.mark.parametrize(
    ("slug", "stratum", "expected"),
    [
        ("quote-unsupported", "c/neutral/reported", 1),
        ("sentence-omitted", "c/neutral/none", 0),
        ("lead-promoted", "c/neutral/none", 0),
    ],
)
def test_only_moves_within_propositions_make_strata(tmp_path, slug, stratum, expected):
    """Those of whole sentences are reported in most units without a link."""
    one = study([sentence()], [sentence()], [link(0, 0)], [move(slug, 0, 0)], kind="neutral")
    (row,) = frame_of("c", save(tmp_path, [one])).to_dict("records")
    assert (row["stratum"], row["expected"]) == (stratum, expected)


@pytest.mark.parametrize("found", [(), ("sentence-omitted",), (SLUG, "sentence-omitted")])
def test_sentences_of_the_original_alone_are_a_stratum_whatever_is_proposed(tmp_path, found):
    moves = [move(slug, 1) for slug in found]
    one = study([sentence()] * 2, [sentence()] * 2, [link(0, 0)], moves, kind="neutral")
    table = frame_of("c", save(tmp_path, [one])).set_index("unit")["stratum"]
    assert table.to_dict() == {
        "0→0": "c/neutral/none", "1→": "c/neutral/omitted", "→1": "c/neutral/none",
    }  # fmt: skip


# The frame of a sample.


def kept(root, studied, now=None):
    """The frame of a study as it was drawn from, read when the study may be another."""
    path = frame_beside(root / "drawn.tsv")
    write_frame(path, [frame_of("c", save(root, studied))])
    return read_frame(path, "c", save(root, studied if now is None else now))


def with_links(one, *links):
    return replace(one, comparison=replace(one.comparison, alignment=links))


def test_a_kept_frame_is_the_one_that_was_drawn_from(tmp_path):
    conditions = ("repost", "revision", "copy", "independent")
    studied = corpus(events=3, kinds=("edited", "retelling"), conditions=conditions)
    now = frame_of("c", save(tmp_path, studied)).drop(columns="expected")
    pd.testing.assert_frame_equal(
        kept(tmp_path, studied)[list(now)], now, check_dtype=False, check_column_type=False
    )


def test_a_kept_frame_has_the_links_strata_and_words_of_the_draw(tmp_path):
    """The machine links and finds otherwise now."""
    found = [replace(move(SLUG, 0, 0), score=0.9)]
    then = study([sentence(words=4)], [sentence(words=5)] * 2, [link(0, 0)], found, kind="neutral")
    now = with_links(replace(then, proposals=()), link(0, 1))
    now = replace(now, comparison=replace(now.comparison, moves=()))
    assert set(frame_of("c", save(tmp_path, [now]))["unit"]) == {"0→1", "→0"}
    rows = kept(tmp_path, [then], [now]).to_dict("records")
    assert [(row["unit"], row["words"], row["stratum"]) for row in rows] == [
        ("0→0", 5, "c/neutral/reported"),
        ("→1", 5, "c/neutral/none"),
    ]


@pytest.mark.parametrize(
    ("now", "problem"),
    [
        ([study([sentence()] * 2, [sentence()], [link(0, 0)])], "has other sentences than when"),
        ([study([sentence()], [sentence()] * 3, [link(0, 0)])], "has other sentences than when"),
        ([], "is no pair of the study any more"),
    ],
)
def test_a_kept_frame_of_other_texts_is_refused(tmp_path, now, problem):
    then = study([sentence()], [sentence()] * 2, [link(0, 0)])
    with pytest.raises(InputError, match=problem) as refused:
        kept(tmp_path, [then], now)
    assert refused.value.record == f"c/{then.pair.id}"
    assert refused.value.file == str(tmp_path / "drawn.frame.parquet")


def test_a_pair_that_was_not_drawn_from_is_refused(tmp_path):
    one, other = corpus(events=2, kinds=("edited",), conditions=("repost",))[:2]
    assert one.pair.id != other.pair.id
    with pytest.raises(InputError, match="was no pair of the study when units were drawn"):
        kept(tmp_path, [one], [one, other])


@pytest.mark.parametrize("unit", ["", "0", "0→x", "0→0→0", "0,→1", "→-1", "٣→1", "1" * 5000 + "→"])
def test_a_frame_with_something_else_for_a_unit_is_refused(tmp_path, unit):
    save(tmp_path, [study([sentence()], [sentence()], [link(0, 0)])])
    path = frame_beside(tmp_path / "drawn.tsv")
    write_frame(path, [frame_of("c", tmp_path).assign(unit=unit)])
    with pytest.raises(
        InputError, match=r"field .unit.: .* is no unit; expected one such as"
    ) as no:
        read_frame(path, "c", tmp_path)
    assert no.value.file == str(path)


def test_moves_of_units_that_are_as_they_were_stay_where_they_are():
    table = invented()
    pd.testing.assert_frame_equal(moves_in(table, moves_of(table)), moves_of(table))


@pytest.mark.parametrize(
    ("then", "now", "home"),
    [
        (("0→0", "1→1"), "0,1→0,1", "0→0"),  # links were joined
        (("0,1→0,1",), "1→1", "0,1→0,1"),  # a link was split
        (("0→0", "1→", "→1"), "1→1", "→1"),  # a link is new: the repost's sentence decides
        (("1→1", "0→"), "→1", "1→1"),  # a link is gone
        (("1→1", "→0"), "1→", "1→1"),
        (("2→0", "0→1", "1→"), "1→1", "0→1"),  # another original
        (("2→3", "0→3"), "1→3", "0→3"),  # the first of two
        (("10→3", "9→3"), "1→3", "9→3"),  # numbers, not names, have an order
    ],
)
def test_moves_of_other_units_count_in_the_first_with_one_of_their_sentences(then, now, home):
    table = pd.DataFrame([("c", "p", unit) for unit in then], columns=KEY)
    columns = ["pair", "unit", "move", "reported", "sure", "scored"]
    found = pd.DataFrame(
        [("p", now, SLUG, 2, 1, 1.7), ("q", now, SLUG, 1, 0, 0.5)], columns=columns
    )
    assert moves_in(table, found).to_dict("records") == [
        {"pair": "p", "unit": home, "move": SLUG, "reported": 2, "sure": 1, "scored": 1.7},
        {"pair": "q", "unit": now, "move": SLUG, "reported": 1, "sure": 0, "scored": 0.5},
    ]


def test_moves_that_come_together_in_a_unit_are_added_up():
    table = pd.DataFrame([("c", "p", "0,1→0,1")], columns=KEY)
    columns = ["pair", "unit", "move", "reported", "sure", "scored"]
    rows = [
        ("p", "0→0", SLUG, 1, 0, 0.6),
        ("p", "1→1", SLUG, 2, 1, 1.5),
        ("p", "1→1", "x", 0, 0, 0.1),
    ]
    (one, other) = moves_in(table, pd.DataFrame(rows, columns=columns)).to_dict("records")
    assert one == {
        "pair": "p",
        "unit": "0,1→0,1",
        "move": SLUG,
        "reported": 3,
        "sure": 1,
        "scored": 2.1,
    }
    assert (other["unit"], other["move"], other["scored"]) == ("0,1→0,1", "x", 0.1)


@pytest.mark.parametrize("unit", ["7→7", "0→0,7", "7→", "→7", "→"])
def test_moves_of_sentences_that_the_pair_lacks_are_refused_with_the_pair(unit: str):
    table = pd.DataFrame([("c", "p", "0→0")], columns=KEY)
    columns = ["pair", "unit", "move", "reported", "sure", "scored"]
    found = pd.DataFrame([("p", unit, SLUG, 1, 0, 0.6)], columns=columns)
    with pytest.raises(InputError, match=rf"field .unit.: '{unit}' has sentences that") as no:
        moves_in(table, found)
    assert no.value.record == "p"


def test_that_a_unit_has_moves_is_never_more_than_certain(tmp_path):
    found = [replace(move(SLUG, 0, 0, start), score=0.9) for start in range(3)]
    one = study([sentence()], [sentence()], [link(0, 0)], found)
    assert list(frame_of("c", save(tmp_path, [one]))["expected"]) == [1]


# Allocation.


def variance(sizes, shares, given, weights):
    p = np.clip(shares, FLOOR, 1 - FLOOR)
    strata = zip(sizes, p, given, weights, strict=True)
    return sum((w * n) ** 2 * q * (1 - q) / k for n, q, k, w in strata)


STRATA = st.tuples(st.integers(1, 7), st.floats(0, 1), st.sampled_from([0.2, 1.0, 3.0]))


@given(st.lists(STRATA, min_size=1, max_size=3), st.integers(0, 9))
def test_no_other_whole_numbers_give_less_variance(strata, more):
    sizes, shares, weights = map(list, zip(*strata, strict=True))
    n = len(sizes) + more
    given_ = allocated_units(sizes, shares, n, least=1, weights=weights)
    every = product(*[range(1, size + 1) for size in sizes])
    best = min(variance(sizes, shares, k, weights) for k in every if sum(k) == min(n, sum(sizes)))
    assert variance(sizes, shares, given_, weights) == pytest.approx(best)


def test_without_weights_units_of_all_strata_count_alike():
    how = ([500, 90, 20], [0.1, 0.5, 0.9], 150)
    assert allocated_units(*how) == allocated_units(*how, weights=[2.0] * 3)
    assert allocated_units(*how) != allocated_units(*how, weights=[1.0, 1.0, 5.0])


@given(
    st.lists(st.tuples(st.integers(1, 3000), st.floats(0, 1)), min_size=1, max_size=12),
    st.integers(0, 2000),
    st.integers(0, 20),
)
def test_every_stratum_has_its_least_and_none_more_than_its_units(strata, more, least):
    sizes, shares = map(list, zip(*strata, strict=True))
    fewest = [min(least, size) for size in sizes]
    given_ = allocated_units(sizes, shares, sum(fewest) + more, least)
    assert sum(given_) == min(sum(sizes), sum(fewest) + more)
    assert all(a <= k <= n for a, k, n in zip(fewest, given_, sizes, strict=True))


def test_large_samples_are_neyman_s():
    sizes, shares = [50_000, 20_000, 4_000], [0.0, 0.2, 0.6]
    spread = [n * sqrt(p * (1 - p)) for n, p in zip(sizes, (FLOOR, 0.2, 0.6), strict=True)]
    neyman = [3000 * s / sum(spread) for s in spread]
    assert allocated_units(sizes, shares, 3000) == pytest.approx(neyman, abs=1)


def test_another_floor_gives_more_to_units_without_proposals():
    sizes, shares = [50_000, 20_000], [0.0, 0.2]
    few, many = (allocated_units(sizes, shares, 900, floor=floor)[0] for floor in (0.02, 0.1))
    assert few < many


def test_shares_near_one_are_as_rare_as_those_near_none():
    assert allocated_units([900, 900], [0.0, 1.0], 100) == [50, 50]


def test_fewer_readings_than_the_least_of_all_strata_are_refused():
    with pytest.raises(InputError, match="field 'reads': must be 13 or more"):
        allocated_units([500, 3], [0.1, 0.1], 12)


# Draws.


def test_each_stratum_is_drawn_with_the_probability_that_its_units_say():
    table = invented()
    sizes = Counter(table["stratum"])
    drawn = draw_units(table, 120, 1, "version 9")
    read = Counter(one.stratum for one in drawn)
    assert read.keys() == sizes.keys()
    assert len({one.key for one in drawn}) == len({one.number for one in drawn}) == 120
    strata = dict(zip(keys(table), table["stratum"], strict=True))
    for one in drawn:
        assert one.stratum == strata[one.key]
        assert one.stratum_units == sizes[one.stratum]
        assert one.probability == read[one.stratum] / sizes[one.stratum]
        assert one.state == "version 9"


def test_kinds_are_read_alike_often_however_many_units_they_have():
    rows = [(event, "rewrite", number, 0) for event in range(20) for number in range(10)]
    table = frame([*rows, *((event, "polish", number, 0) for event, _, number, _ in rows[:50])])
    read = Counter(one.stratum for one in draw_units(table, 60, 1, "", least=5))
    assert read == {"c/rewrite/none": 30, "c/polish/none": 30}


def test_of_sentences_of_the_original_alone_only_the_least_are_read():
    """Nor does their number take reads from the kind that has many."""
    table = invented(events=40)
    alone = frame([(event, "rewrite", number, 0) for event in range(40) for number in range(6, 16)])
    alone = alone.assign(stratum="c/rewrite/omitted", expected=0.5)
    without, read = (
        Counter(one.stratum for one in draw_units(of, n, 1, "", least=7))
        for of, n in ((table, 90), (pd.concat([table, alone]), 97))
    )
    assert read == without | Counter({"c/rewrite/omitted": 7})


def test_within_a_kind_strata_are_given_what_their_expected_moves_ask_for():
    table = invented(events=100, kinds=("rewrite",))
    of = table.groupby("stratum")
    read = Counter(one.stratum for one in draw_units(table, 120, 1, "", least=5))
    given_ = allocated_units(list(of.size()), list(of["expected"].mean()), 120, least=5)
    assert read == dict(zip(of.groups, given_, strict=True))
    assert len(set(given_)) > 1


def test_all_units_of_a_stratum_are_drawn_alike_often():
    table = invented(events=8)
    table = table[table["stratum"] == "c/rewrite/none"]
    draws, n = 200, 12
    often = Counter(one.key for seed in range(draws) for one in draw_units(table, n, seed, ""))
    p = n / len(table)
    assert set(often) == set(keys(table))
    spread = sqrt(p * (1 - p) / draws)
    assert all(abs(count / draws - p) < 5 * spread for count in often.values())


@pytest.mark.parametrize("seed", range(3))
def test_the_same_seed_draws_the_same_units_in_whatever_order_they_come(seed):
    table = invented(events=6)
    shuffled = table.sample(frac=1, random_state=seed)
    assert draw_units(shuffled, 66, 1, "") == draw_units(table, 66, 1, "")
    assert draw_units(table, 66, 1, "") != draw_units(table, 66, 2, "")


def test_a_sample_of_more_than_there_is_is_a_census():
    table = invented(events=3)
    drawn = draw_units(table, 10_000, 1, "")
    assert sorted(one.key for one in drawn) == sorted(keys(table))
    assert {one.probability for one in drawn} == {1.0}


def test_nulls_are_drawn_too():
    assert {one.stratum.split("/")[1] for one in draw_units(invented(), 80, 1, "")} == {
        "rewrite", "independent",
    }  # fmt: skip


def test_a_unit_that_occurs_twice_is_refused():
    twice = frame([(0, "rewrite", 3, 0), (0, "rewrite", 4, 0), (0, "rewrite", 3, 1)])
    with pytest.raises(InputError, match="record c/rewrite-0: 3→3: field 'unit': occurs twice"):
        draw_units(twice, 3, 1, "")


# The file of what was drawn.

NAMES = st.text(st.characters(codec="utf8", exclude_categories=["Cc", "Cs"]), min_size=1)


@given(
    st.lists(
        st.builds(
            Drawn, NAMES, NAMES, NAMES | st.just('a\tb "c"→d'), NAMES, NAMES,
            st.integers(1, 10**6), st.floats(0, 1, exclude_min=True), NAMES,
        ),
        unique_by=lambda one: one.number,
    )
)  # fmt: skip
def test_what_was_drawn_is_read_as_it_was_written(tmp_path_factory, drawn):
    path = tmp_path_factory.mktemp("drawn") / "drawn.tsv"
    path.write_bytes(tsv_bytes(drawn_rows(drawn)))
    assert read_drawn(path) == drawn


DRAWN = Drawn("f00d", "c", "p", "1→2", "c/rewrite/none", 40, 0.25, "version 9")


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"pair": ""}, "field 'pair': is missing"),
        ({"state": ""}, "field 'state': is missing"),
        ({"probability": 0.0}, r"field 'probability': must be in \(0, 1\]"),
        ({"probability": 1.5}, r"field 'probability': must be in \(0, 1\]"),
        ({"probability": float("nan")}, r"field 'probability': must be in \(0, 1\]"),
        ({"probability": "often"}, "field 'probability': "),
        ({"stratum_units": "many"}, "field 'stratum_units': "),
    ],
)
def test_a_row_that_cannot_be_used_is_named_by_line_and_field(tmp_path, changed, problem):
    path = tmp_path / "drawn.tsv"
    path.write_bytes(tsv_bytes(drawn_rows([DRAWN, DRAWN._replace(**changed)])))
    with pytest.raises(InputError, match=rf"drawn\.tsv: record 3: {problem}"):
        read_drawn(path)


def test_a_file_that_lacks_a_column_or_cannot_be_read_is_named(tmp_path):
    path = tmp_path / "drawn.tsv"
    path.write_text("number\tcorpus\nf00d\tc\n", encoding="utf8")
    with pytest.raises(InputError, match=r"drawn\.tsv: field 'pair': column is missing"):
        read_drawn(path)
    path.write_bytes(b"number\xff\n")
    with pytest.raises(InputError, match=r"drawn\.tsv: is not UTF-8"):
        read_drawn(path)
    with pytest.raises(InputError, match=r"none\.tsv: there is no such file"):
        read_drawn(tmp_path / "none.tsv")


# What a reader sees.

ONE = (
    "The ferry sank off Skye.", "Nobody was hurt.", "Divers found a crack.", "Hay is dear.",
    "The mayor slept.", "Ewes bleat at night.", "A storm is due.", "Buses run late.",
    "The school may close.", "Crabs are cheap.", "The harbour was dredged.", "Divers left the harbour.",
)  # fmt: skip
TWO = (
    "A boat went down.", "The harbour has a crack.", "Trains wait.", "Rain fell.", "Cows graze.",
    "The cafe burned.", "A dog barked.", "Lamps flicker.", "Divers said so.",
)  # fmt: skip
LINKS = (link(0, 0), Link((2, 10), (1,), "edited", 0.8), link(7, 6))


def article(name, sentences):
    places, start = [], 0
    for one in sentences:
        places.append(Sentence(start, start + len(one), "body", 0))
        start += len(one) + 1
    return Article(name, " ".join(sentences)), tuple(places)


def sheet(unit, links=LINKS, one=ONE, two=TWO, **drawn):
    """The sheet of a unit of two texts."""
    (original, before), (repost, after) = article("a", one), article("b", two)
    made = study([sentence()] * len(one), [sentence()] * len(two), links)
    comparison = replace(made.comparison, original_sentences=before, repost_sentences=after)
    made = replace(made, comparison=comparison)
    return shown_unit(DRAWN._replace(unit=unit, **drawn), made, original, repost)


def test_a_reader_sees_the_unit_marked_between_the_sentences_around_it():
    shown = sheet("4→4")
    assert shown["original"] == [*ONE[1:4], f"⟦{ONE[4]}⟧", *ONE[5:8]]
    assert shown["repost"] == [*TWO[1:4], f"⟦{TWO[4]}⟧", *TWO[5:8]]
    assert (shown["number"], shown["moves"]) == ("f00d", None)


def test_at_the_ends_of_a_text_there_is_less_around_a_unit():
    shown = sheet("0→8")
    assert shown["original"] == [f"⟦{ONE[0]}⟧", *ONE[1:4]]
    assert shown["repost"] == [*TWO[5:8], f"⟦{TWO[8]}⟧"]


def test_all_sentences_of_a_fusion_are_marked_and_what_is_between_them_is_shown():
    shown = sheet("2,10→1")
    assert shown["original"] == [
        f"⟦{text}⟧" if i in (2, 10) else text for i, text in enumerate(ONE)
    ]


@pytest.mark.parametrize(
    ("unit", "side", "near"),
    [("8→", "repost", range(3, 9)), ("→7", "original", range(4, 11)), ("→0", "original", range(4))],
)
def test_where_one_side_has_nothing_the_place_of_the_nearest_link_is_shown(unit, side, near):
    text = {"original": ONE, "repost": TWO}[side]
    assert sheet(unit)[side] == [text[i] for i in near]


def test_without_any_link_the_beginning_of_the_other_text_is_shown():
    assert sheet("4→", links=())["repost"] == list(TWO[: 2 * AROUND])


def test_sentences_elsewhere_are_those_with_the_unit_s_content_words():
    shown = sheet("2→")  # divers, found, crack
    near = shown["repost"]
    assert TWO[1] in near
    assert shown["repost_elsewhere"] == [TWO[8]]
    assert shown["original_elsewhere"] == []
    shown = sheet("4→8")  # divers, said
    assert shown["original_elsewhere"] == [ONE[11]]


def test_the_most_alike_are_shown_in_the_order_of_the_text():
    two = ("Cod.", "Cod and salt.", "Cod, salt and oil here.", "Tea.", "Salt and cod and oil.")
    one = [f"Line {word}." for word in "abcdefgh"] + ["Cod, salt and oil."]
    shown = sheet("8→", links=(link(0, 20),), one=one, two=[*two, *["Milk."] * 20])
    assert shown["repost_elsewhere"] == [two[1], two[2], two[4]]
    assert len(shown["repost_elsewhere"]) == ELSEWHERE


def test_of_sentences_with_one_word_in_common_the_shorter_are_shown():
    two = ("Cod costs twice what trout and herring did in spring.", "Cod bit.", "Cod.", "Cod swam.")
    one = [f"Line {word}." for word in "abcdefgh"] + ["Cod!"]
    shown = sheet("8→", links=(link(0, 20),), one=one, two=[*two, *["Milk."] * 20])
    assert shown["repost_elsewhere"] == list(two[1:])


UNITS = [f"{i}→{j}" for i, j in product((0, 4, 11), (0, 3, 8))] + ["5→", "→8", "2,10→1"]
TWICE = tuple(f"It is said again: {text}" for text in ONE)


@pytest.mark.parametrize("unit", UNITS)
def test_no_sentence_is_both_around_a_unit_and_elsewhere(unit):
    shown = sheet(unit, one=[*ONE, *TWICE], two=[*TWO, *TWICE])
    for side, numbers in zip(("original", "repost"), unit.split("→"), strict=True):
        marked = [text for text in shown[side] if text[0] == "⟦" and text[-1] == "⟧"]
        assert len(marked) == len(numbers.split(",") if numbers else ())
        around = {text.strip("⟦⟧") for text in shown[side]}
        assert len(around) == len(shown[side])
        assert not around & set(shown[f"{side}_elsewhere"])
        assert len(shown[f"{side}_elsewhere"]) <= ELSEWHERE
    assert shown["original_elsewhere"] or shown["repost_elsewhere"]


def test_blanks_and_lines_within_a_sentence_are_one_blank():
    assert sheet("0→0", one=("The ferry\n\n   sank.",))["original"] == ["⟦The ferry sank.⟧"]


def test_a_line_without_a_word_is_shown_and_is_like_nothing():
    shown = sheet("1→", one=("A dog.", "* * *"), links=())
    assert shown["original"] == ["A dog.", "⟦* * *⟧"]
    assert shown["repost_elsewhere"] == []


def test_a_sheet_is_the_same_whatever_the_machine_says():
    drawn = {"corpus": "other", "pair": "q", "stratum": "other/independent/reported",
             "stratum_units": 7, "probability": 0.9, "state": "version 10"}  # fmt: skip
    (original, before), (repost, after) = article("a", ONE), article("b", TWO)
    sheets = []
    for n in range(3):
        found = [replace(move(SLUG, 4, 4, start), score=0.3 * n) for start in range(n)]
        made = study([sentence()] * len(ONE), [sentence()] * len(TWO), LINKS, found)
        places = {"original_sentences": before, "repost_sentences": after}
        comparison = replace(made.comparison, **places, relation="rewritten" if n else "edited")
        made = replace(made, comparison=comparison)
        of = DRAWN._replace(unit="4→4", **(drawn if n else {}))
        sheets.append(shown_unit(of, made, original, repost))
    assert sheets[0] == sheets[1] == sheets[2]


def test_a_sheet_tells_neither_corpus_nor_kind_nor_stratum():
    drawn = {"corpus": "fnc-1", "pair": "wire→copy", "stratum": "fnc-1/independent/none",
             "state": "version 9", "number": "f00d"}  # fmt: skip
    shown = sheet("4→4", **drawn)
    assert set(shown) == {
        "number", "original", "original_elsewhere", "repost", "repost_elsewhere", "moves",
    }  # fmt: skip
    text = json.dumps(shown, ensure_ascii=False)
    for word in ("fnc-1", "independent", "wire", "none", "version", "40", "0.25", "flood"):
        assert word not in text


def test_numbers_of_units_do_not_repeat_what_they_stand_for():
    table = invented()
    one, other = (
        {of.key: of.number for of in draw_units(table, 10_000, seed, "")} for seed in (1, 2)
    )
    assert all(one[key] != other[key] for key in one)
    assert all(len(number) == 12 and int(number, 16) >= 0 for number in one.values())


def test_the_order_of_sheets_tells_nothing_of_the_stratum():
    """Runs of one stratum are as many as in a random order."""
    drawn = draw_units(invented(events=100), 600, 1, "")
    assert [one.number for one in drawn] == sorted(one.number for one in drawn)
    none = [one.stratum.endswith("/none") for one in drawn]
    changes = sum(a != b for a, b in pairwise(none))
    share = np.mean(none)
    expected = 2 * share * (1 - share) * 599
    assert abs(changes - expected) < 4 * sqrt(expected)


# What readers count.


def write(path, *lines):
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf8")
    return path


def test_counts_are_read_by_number(tmp_path):
    lines = [{"number": "a1", "moves": {SLUG: 2}}, {"number": "b2", "moves": {}}]
    assert read_counts(write(tmp_path / "s.jsonl", *lines)) == {"a1": {SLUG: 2}, "b2": {}}


def test_a_sheet_with_counts_filled_in_can_be_read(tmp_path):
    filled = {**sheet("4→4"), "moves": {SLUG: 1}}
    assert read_counts(write(tmp_path / "s.jsonl", filled)) == {"f00d": {SLUG: 1}}


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ([], "field 'number': must be an object"),
        ({"moves": {}}, "field 'number': must be an object"),
        ({"number": 7, "moves": {}}, "field 'number': must be an object"),
        ({"number": "a1", "moves": None}, "record a1: field 'moves': is not filled in"),
        ({"number": "a1", "moves": {"hedge-lost": 1}}, "hedge-lost is no move"),
        ({"number": "a1", "moves": {SLUG: -1}}, "must be a count"),
        ({"number": "a1", "moves": {SLUG: 1.5}}, "must be a count"),
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
    """The readers' counts: as many moves as the truth says, by unit."""
    return {one.number: {SLUG: truth[one.key]} for one in drawn}


def none_in(table):
    return dict.fromkeys(keys(table), 0)


def test_all_units_are_joined_with_their_probability_and_what_was_read():
    table = invented()
    drawn = draw_units(table, 120, 1, "")
    truth = {key: number % 3 for number, key in enumerate(keys(table))}
    readings = readings_of(table, moves_of(table), drawn, read_all(drawn, truth))
    assert keys(readings.frame) == keys(table)
    read = readings.frame["read"]
    assert set(keys(readings.frame[read])) == {one.key for one in drawn}
    assert (1 / readings.frame.loc[read, "probability"]).sum() == pytest.approx(len(table))
    sizes, chosen = Counter(table["stratum"]), Counter(one.stratum for one in drawn)
    for row in readings.frame.to_dict("records"):
        stratum = row["stratum"]
        assert row["probability"] == chosen[stratum] / sizes[stratum]
    found = readings.found.set_index(["pair", "unit"])["count"].to_dict()
    assert found == {one.key[1:]: truth[one.key] for one in drawn}
    assert set(readings.found["move"]) == {SLUG}


def test_counts_of_other_units_are_not_used():
    table = invented()
    drawn = draw_units(table, 120, 1, "")
    counts = read_all(drawn, none_in(table))
    more = {**counts, "elsewhere": {SLUG: 9}}
    assert readings_of(table, moves_of(table), drawn, more).found.equals(
        readings_of(table, moves_of(table), drawn, counts).found
    )


def test_over_all_samples_of_a_tiny_study_the_rate_is_exactly_right_on_average():
    """Two of four units are drawn: the six samples come up alike often, and their mean is the census."""
    table = frame([(event, "rewrite", number, 0) for event in range(2) for number in range(2)])
    truth = dict(zip(keys(table), (3, 1, 0, 1), strict=True))
    by_sample = {}
    for seed in range(60):
        drawn = draw_units(table, 2, seed, "", least=1)
        chosen = frozenset(one.key for one in drawn)
        if chosen not in by_sample:
            readings = readings_of(table, moves_of(table), drawn, read_all(drawn, truth))
            by_sample[chosen] = rate(units_for(readings, HEDGES), IN).value
    assert len(by_sample) == comb(4, 2)
    # events weigh alike: (3 + 1) / 40 words and (0 + 1) / 40 words
    assert np.mean(list(by_sample.values())) == pytest.approx(1000 * (4 / 40 + 1 / 40) / 2)


def test_over_all_samples_of_two_strata_the_effect_is_exactly_right_on_average():
    """Two of three units are read in each of two strata, and the scores are wrong in both."""
    kinds = ("rewrite", "independent")
    table = frame((event, kind, 0, 2) for event, kind in product(range(3), kinds))
    truth = dict(zip(keys(table), (0, 4, 1, 2, 0, 3), strict=True))
    of_kind = {kind: keys(table[table["kind"] == kind]) for kind in kinds}
    values = []
    for sample in product(*(combinations(of, 2) for of in of_kind.values())):
        drawn = [
            Drawn(key[1], *key, f"c/{kind}/reported", 3, 2 / 3, "version 9")
            for kind, chosen in zip(kinds, sample, strict=True)
            for key in chosen
        ]
        readings = readings_of(table, moves_of(table), drawn, read_all(drawn, truth))
        values.append(difference(units_for(readings, HEDGES), IN, AGAINST).value)
    assert len(values) == comb(3, 2) ** 2
    own = [np.mean([truth[key] for key in of]) for of in of_kind.values()]
    assert np.mean(values) == pytest.approx(1000 * (own[0] - own[1]) / 20)


def test_a_machine_that_errs_more_in_the_null_finds_an_effect_and_the_sample_none():
    """Nothing differs between kinds but how many of the machine's moves are wrong."""
    random = np.random.default_rng(4)
    table = frame(
        (event, kind, number, 2 * int(proposed))
        for event, kind in product(range(60), ("rewrite", "independent"))
        for number, proposed in enumerate(random.random(8) < (0.5 if kind == "rewrite" else 0.2))
    )
    truth = {key: int(random.random() < 0.15) for key in keys(table)}
    drawn = draw_units(table, 500, 1, "")
    readings = readings_of(table, moves_of(table), drawn, read_all(drawn, truth))
    result = difference(units_for(readings, HEDGES), IN, AGAINST)
    assert result.counted.low > 0
    assert result.low < 0 < result.high


# What does not fit the draw.


def drawn_from(table):
    drawn = draw_units(table, 120, 1, "")
    return drawn, read_all(drawn, none_in(table))


def test_a_stratum_of_another_size_is_refused():
    table = invented()
    drawn, counts = drawn_from(table)
    extra = pd.concat([table, frame([(99, "rewrite", 0, 0)])])
    with pytest.raises(
        InputError, match=r"field 'stratum_units': c/rewrite/none has .* when it was drawn"
    ):
        readings_of(extra, moves_of(extra), drawn, counts)


def test_a_stratum_that_was_not_drawn_from_is_refused():
    table = invented()
    drawn, counts = drawn_from(table)
    extra = pd.concat([table, frame([(99, "polish", 0, 0)])])
    with pytest.raises(InputError, match="c/polish/none is unknown: no unit of it was drawn"):
        readings_of(extra, moves_of(extra), drawn, counts)


def test_a_drawn_unit_that_was_not_read_is_refused():
    table = invented()
    drawn, counts = drawn_from(table)
    del counts[drawn[0].number]
    with pytest.raises(InputError, match=f"record {drawn[0].number}: .*was drawn, but not read"):
        readings_of(table, moves_of(table), drawn, counts)


def test_a_drawn_unit_that_is_gone_is_refused():
    table = invented()
    drawn, counts = drawn_from(table)
    gone = drawn[0]
    left = table[[key != gone.key for key in keys(table)]]
    with pytest.raises(InputError, match="was drawn, but is not among the units") as refused:
        readings_of(left, moves_of(left), drawn, counts)
    assert refused.value.record == f"c/{gone.pair}: {gone.unit}"


def test_a_drawn_unit_that_is_in_another_stratum_now_is_refused():
    """Two units changed places, so that all strata are as large as they were."""
    table = invented()
    drawn, counts = drawn_from(table)
    chosen = pd.Series(keys(table)).isin([one.key for one in drawn])
    places = [
        table.index[(chosen == whether) & (table["stratum"] == f"c/rewrite/{label}")][0]
        for whether, label in ((True, "none"), (False, "unreported"))
    ]
    table.loc[places, "stratum"] = table.loc[places[::-1], "stratum"].to_numpy()
    with pytest.raises(InputError, match="stratum"):
        readings_of(table, moves_of(table), drawn, counts)


def test_a_sample_of_which_some_units_are_missing_is_refused():
    """With one unit fewer the others no longer stand for the whole stratum."""
    table = invented()
    drawn, counts = drawn_from(table)
    with pytest.raises(InputError, match="stratum"):
        readings_of(table, moves_of(table), drawn[1:], counts)


def test_a_unit_that_was_drawn_twice_is_refused():
    table = invented()
    drawn, counts = drawn_from(table)
    with pytest.raises(InputError, match="twice"):
        readings_of(table, moves_of(table), [*drawn, drawn[0]], counts)
