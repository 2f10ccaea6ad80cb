"""Units of a pair: which there are, their words, and the moves that are counted in each."""

from collections import Counter
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reframing.documents.errors import InputError
from reframing.documents.records import Link
from reframing.documents.tidy import columns_of
from reframing.statistics.pair_units import Counts, PairUnit, unit_move_rows, unit_rows, units_of
from studied import corpus, link, move, sentence, study

SLUGS = ("hedge-dropped", "hedge-added", "booster-added")


@st.composite
def pairs(draw):
    """A pair with links of any sentences, and moves in some of its sentences, some of them not reported."""
    numbers = [range(draw(st.integers(1, 5))) for _ in range(2)]
    words = [[sentence(words=(7 * i + 3) % 31) for i in of] for of in numbers]
    one = [st.sampled_from(of) for of in numbers]
    some = [
        st.tuples(of) | st.sampled_from([*combinations(n, 2), (0,)])
        for of, n in zip(one, numbers, strict=True)
    ]
    scores = st.sampled_from([0.0, 0.1, 0.49, 0.5, 0.79, 0.8, 1.0])
    ends = draw(st.lists(st.tuples(*some), unique=True, max_size=4))
    links = [Link(*of, "edited", 0.3 + 0.1 * i) for i, of in enumerate(ends)]
    places = st.tuples(one[0], one[1] | st.none()) | st.tuples(st.none(), one[1])
    moves = draw(st.lists(st.tuples(st.sampled_from(SLUGS), places, scores), max_size=6))
    found = [likely(slug, *at, score) for slug, at, score in moves]
    return proposing(study(*words, links), found)


def proposing(studied, moves, least=0.5):
    """The pair with all of these moves proposed, and the likelier ones reported."""
    reported = tuple(one for one in moves if one.score >= least)
    comparison = replace(studied.comparison, moves=reported)
    return replace(studied, comparison=comparison, proposals=tuple(moves))


def likely(slug, original, repost, score):
    return replace(move(slug, original, repost), score=score)


# Which units there are.


def test_links_come_first_then_the_rest_of_the_original_then_that_of_the_repost():
    one = study([sentence()] * 4, [sentence()] * 4, [link(3, 1), link(0, 2)])
    assert [unit.name for unit in units_of(one)] == ["0→2", "3→1", "1→", "2→", "→0", "→3"]


def test_a_fusion_is_one_unit_with_the_numbers_of_all_its_sentences():
    fused = Link((0, 2), (1, 3), "rewritten", 0.7)
    first = units_of(study([sentence()] * 3, [sentence()] * 4, [fused]))[0]
    assert (first.original, first.repost, first.link) == ((0, 2), (1, 3), 0.7)
    assert first.name == "0,2→1,3"


@given(pairs())
def test_every_sentence_of_both_texts_is_in_a_unit_and_without_links_in_just_one(one):
    units = units_of(one)
    sides = (one.original_measures, one.repost_measures)
    for side, sentences in enumerate(sides):
        inside = Counter(number for unit in units for number in (unit.original, unit.repost)[side])
        linked = {i for of in one.comparison.alignment for i in (of.original, of.repost)[side]}
        assert set(inside) == set(range(len(sentences)))
        assert all(inside[i] == 1 for i in range(len(sentences)) if i not in linked)


@given(pairs())
def test_units_are_named_by_their_sentences_and_those_of_links_have_their_scores(one):
    units = {}
    for unit in units_of(one):
        sides = [tuple(int(i) for i in side.split(",") if i) for side in unit.name.split("→")]
        assert sides == [unit.original, unit.repost]
        assert unit.name not in units
        units[unit.name] = unit
    links = {(of.original, of.repost): of.score for of in one.comparison.alignment}
    found = {(of.original, of.repost): of.link for of in units.values()}
    assert {sides: score for sides, score in found.items() if all(sides)} == links
    assert all(score is None for sides, score in found.items() if not all(sides))


@given(pairs())
def test_neither_moves_nor_their_scores_decide_what_is_a_unit(one):
    places = [(u.original, u.repost, u.words, u.link) for u in units_of(one)]
    bare = [(u.original, u.repost, u.words, u.link) for u in units_of(proposing(one, []))]
    assert places == bare


# Words.


@given(pairs())
def test_words_of_units_add_up_to_those_of_the_repost(one):
    assert sum(unit.words for unit in units_of(one)) == sum(s.n_words for s in one.repost_measures)


def test_a_repost_sentence_in_two_links_has_its_words_in_the_first():
    fused = Link((0, 1), (0, 1), "edited", 0.9)
    repost = [sentence(words=9), sentence(words=7), sentence(words=5)]
    one = study([sentence()] * 3, repost, [link(2, 0), fused, link(0, 1)])
    assert {u.name: u.words for u in units_of(one)} == {"0→1": 7, "0,1→0,1": 9, "2→0": 0, "→2": 5}


# Moves.


@given(pairs())
def test_every_proposed_and_every_reported_move_is_counted_once(one):
    units = units_of(one)
    for slug in SLUGS:
        of = [unit.moves[slug] for unit in units if slug in unit.moves]
        proposed = [each.score for each in one.proposals if each.move == slug]
        assert sum(each.reported for each in of) == one.comparison.move_counts.get(slug, 0)
        assert sum(each.sure for each in of) == sum(score >= 0.8 for score in proposed)
        assert sum(each.scored for each in of) == pytest.approx(sum(proposed), abs=1e-3)


@given(pairs())
def test_a_move_is_counted_in_a_unit_with_one_of_its_sentences(one):
    for unit in units_of(one):
        for slug in unit.moves:
            assert any(
                set(unit.original) & set(of.original_sentences)
                or set(unit.repost) & set(of.repost_sentences)
                for of in one.proposals
                if of.move == slug
            )


@pytest.mark.parametrize(
    ("found", "unit"),
    [
        (move("hedge-dropped", 0, 1), "0→1"),
        (move("hedge-dropped", 1, 1), "0→1"),  # its repost sentence decides
        (move("hedge-dropped", None, 2), "1→2"),
        (move("hedge-dropped", 2, None), "2→"),
        (move("hedge-dropped", 1, None), "1→2"),
        (move("hedge-dropped", None, 0), "→0"),
        (replace(move("hedge-dropped", 2, 0), repost_sentences=(0, 2)), "1→2"),
    ],
)
def test_a_move_is_in_the_first_unit_of_its_repost_or_else_its_original_sentences(found, unit):
    one = study([sentence()] * 3, [sentence()] * 3, [link(0, 1), link(1, 2)])
    units = units_of(proposing(one, [found]))
    assert [u.name for u in units if u.moves] == [unit]


def test_a_move_in_a_sentence_of_two_links_is_in_the_first():
    one = study([sentence()] * 2, [sentence()] * 2, [link(1, 0), link(0, 0), link(0, 1)])
    found = [move("hedge-dropped", 1, 0), move("hedge-added", 0, None)]
    assert [list(unit.moves) for unit in units_of(proposing(one, found))] == [
        ["hedge-added", "hedge-dropped"], [], [],
    ]  # fmt: skip


def test_counts_tell_what_is_reported_and_sure_from_what_is_proposed():
    one = proposing(
        study([sentence()] * 2, [sentence()] * 2, [link(0, 0)]),
        [
            likely("hedge-dropped", 0, 0, 0.8),
            likely("hedge-dropped", 0, 0, 0.75),
            likely("hedge-dropped", 0, 0, 0.25),
            likely("booster-added", None, 0, 0.125),
            likely("booster-added", None, 1, 0.5),
        ],
    )
    assert {unit.name: unit.moves for unit in units_of(one)} == {
        "0→0": {"booster-added": Counts(0, 0, 0.125), "hedge-dropped": Counts(2, 1, 1.8)},
        "1→": {},
        "→1": {"booster-added": Counts(1, 0, 0.5)},
    }


@pytest.mark.parametrize("where", [(2, None), (None, 1), (5, 5)])
def test_a_move_outside_both_texts_is_refused(where):
    one = study([sentence()] * 2, [sentence()], [link(0, 0)])
    outside = proposing(one, [likely("hedge-dropped", *where, 0.2)])
    with pytest.raises(InputError, match="hedge-dropped is in no sentence of the pair") as refused:
        units_of(outside)
    assert (refused.value.record, refused.value.field) == (one.pair.id, "moves")


# Rows.


def test_rows_are_those_of_the_tidy_tables():
    studied = corpus(events=2)
    units = [(one, units_of(one)) for one in studied]
    rows = [row for one, of in units for row in unit_rows(one, of)]
    moves = [row for one, of in units for row in unit_move_rows(one, of)]
    assert {tuple(row) for row in rows} == {tuple(c.name for c in columns_of("units"))}
    assert {tuple(row) for row in moves} == {tuple(c.name for c in columns_of("unit_moves"))}
    keys = [(row["pair"], row["unit"]) for row in rows]
    assert len(set(keys)) == len(keys) == sum(len(of) for _, of in units)
    assert {(row["pair"], row["unit"]) for row in moves} <= set(keys)
    assert sum(row["reported"] for row in moves) == sum(len(s.comparison.moves) for s in studied)


def test_a_move_that_is_not_reported_has_a_row_with_its_score():
    one = proposing(
        study([sentence()], [sentence()], [link(0, 0)]), [likely("hedge-added", 0, 0, 0.3)]
    )
    assert list(unit_move_rows(one, units_of(one))) == [
        {
            "pair": one.pair.id,
            "unit": "0→0",
            "move": "hedge-added",
            "reported": 0,
            "sure": 0,
            "scored": 0.3,
        }
    ]
    assert list(unit_rows(one, units_of(one))) == [
        {"pair": one.pair.id, "unit": "0→0", "link": 0.9, "words": 20}
    ]


def test_of_texts_without_sentences_there_are_no_units():
    assert units_of(study([], [], [])) == []
    assert units_of(study([sentence()], [], [])) == [PairUnit((0,), (), 0, {})]
