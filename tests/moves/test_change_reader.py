"""Moves that a network reads: what it is told of each word, and what is made of what it says."""

from dataclasses import replace

import numpy as np
import pytest

from reframing.documents.params import CompareParams
from reframing.documents.records import Move
from reframing.moves.change_reader import (
    FLAGS,
    MARKS,
    OCCURS,
    Changes,
    PairReading,
    Read,
    WordLabels,
    Words,
    find,
    flag_of,
    parts_of,
    passages,
)
from reframing.moves.context import Context
from reframing.moves.find import candidates, find_moves
from reframing.moves.scoring import evidence
from two_texts import pair

ORIGINAL = "The ferry company may close the northern line. Its owner gave no reason."
REPOST = "The ferry company shamefully closes the northern line. Its owner gave no reason. Nobody knows why."
LABELS = ("none", "hedge-dropped", "evaluation-added", "evaluation-shifted", "attribution-vague")


def read_of(context: Context, words: dict[str, tuple[str, float]]) -> Changes:
    """What a network would say that is sure of some words, each with its label, and of no other."""
    both = Words(context.original, False), Words(context.repost, True)
    read = []
    for one in passages(context, both):
        sides = []
        for side, pieces in ((context.original, one.original), (context.repost, one.repost)):
            labels = np.zeros((len(pieces.words), len(LABELS)))
            labels[:, 0] = 1.0
            for k, (a, b) in enumerate(zip(pieces.starts, pieces.ends, strict=True)):
                label, likely = words.get(side.text[a:b], ("none", 0.0))
                labels[k, LABELS.index(label)] = likely
            sides.append(WordLabels(pieces.starts, pieces.ends, labels))
        read.append(Read(one.places, PairReading(*sides, 0.9), LABELS))
    return Changes(tuple(read), {(True, 2): 0.7})


def context(words: dict[str, tuple[str, float]]) -> Context:
    return replace(pair(ORIGINAL, REPOST), reader=lambda given: read_of(given, words))


def shown(move: Move, given: Context) -> tuple[str, str | None, str | None]:
    a, b = move.original, move.repost
    return (
        move.move,
        None if a is None else a.of(given.original.text),
        None if b is None else b.of(given.repost.text),
    )


def test_a_flag_tells_its_parts_apart():
    flags = {
        flag_of(side, elsewhere, quoted, mark): (side, elsewhere, quoted, mark)
        for side in (False, True)
        for elsewhere in range(len(OCCURS))
        for quoted in (False, True)
        for mark in range(len(MARKS))
    }
    assert sorted(flags) == list(range(FLAGS))
    assert all(parts_of(flag) == parts for flag, parts in flags.items())


def test_copies_are_not_read_and_what_is_linked_to_nothing_is_read_alone():
    given = pair(ORIGINAL, REPOST)
    both = Words(given.original, False), Words(given.repost, True)
    assert [tuple(one.places) for one in passages(given, both)] == [((0,), (0,)), ((), (2,))]


def told_of_original(given: Context) -> dict[str, tuple[int, int, int, int]]:
    """What a network is told of each word of the original in the first passage: the parts of its flag."""
    of_original = passages(given, (Words(given.original, False), Words(given.repost, True)))[
        0
    ].original
    return {
        given.original.text[a:b]: parts_of(int(of_original.flags[k]))
        for k, a, b in zip(of_original.words, of_original.starts, of_original.ends, strict=True)
    }


def test_the_network_is_told_what_the_other_text_has_and_what_marks_a_word():
    given = pair(ORIGINAL, REPOST)
    both = Words(given.original, False), Words(given.repost, True)
    first = passages(given, both)[0]
    told = told_of_original(given)
    elsewhere = {word: OCCURS[parts[1]] for word, parts in told.items()}
    assert elsewhere["ferry"] == elsewhere["close"] == "in the linked sentences"
    assert elsewhere["may"] == "nowhere"
    assert MARKS[told["may"][3]] == "hedge"
    assert all(parts_of(int(flag))[0] == 1 for flag in first.repost.flags)


def test_words_with_one_label_are_one_move_and_both_sides_join():
    given = context(
        {
            "may": ("hedge-dropped", 0.8),
            "shamefully": ("evaluation-added", 0.6),
            "northern": ("evaluation-shifted", 0.5),
        }
    )
    found = {shown(move, given): move.score for move in find(given)}
    assert found == {
        ("hedge-dropped", "may", None): pytest.approx(0.8),
        ("evaluation-added", None, "shamefully"): pytest.approx(0.6),
        ("evaluation-shifted", "northern", "northern"): pytest.approx(0.5),
    }


def test_a_label_on_the_side_where_the_move_cannot_show_is_no_move():
    given = context({"shamefully": ("hedge-dropped", 0.9)})
    assert list(find(given)) == []


def test_without_a_network_nothing_is_read():
    given = pair(ORIGINAL, REPOST)
    assert given.changes is None
    assert list(find(given)) == []
    assert not any("read" in name for move in candidates(given) for name in evidence(given, move))


def test_what_rule_and_network_find_is_one_candidate_and_weighed_with_both():
    given = context({"may": ("hedge-dropped", 0.8)})
    (move,) = (move for move in candidates(given) if move.move == "hedge-dropped")
    told = evidence(given, move)
    assert told["ruled"] == 1.0
    assert told["read"] == pytest.approx(0.8)
    other = context({})
    assert evidence(other, move)["read"] == 0.0


def test_of_a_sentence_without_counterpart_it_counts_what_it_has_in_common_with_the_nearest():
    given = context({})
    (move,) = (move for move in candidates(given) if move.move == "sentence-added")
    assert evidence(given, move)["shares a proposition"] == pytest.approx(0.7)


def test_one_change_is_one_move_of_a_family():
    given = context(
        {"shamefully": ("evaluation-added", 0.6), "northern": ("evaluation-added", 0.6)}
    )
    moves = [
        m for m in find_moves(given, CompareParams(0.0, by_kind=False)) if m.move.startswith("eval")
    ]
    spans = [move.repost for move in moves]
    assert len(spans) == len(set(spans))


def test_evaluations_that_stand_together_are_one_move() -> None:
    original = "The council closed the pier on Monday. Residents had asked for it."
    together = "The council closed the pier on Monday in a shameful, cowardly showdown."
    apart = "The shameful council closed the pier on Monday in a cowardly showdown."
    for repost, expected in (
        (together, ["shameful, cowardly showdown"]),
        (apart, ["shameful", "cowardly showdown"]),
    ):
        given = replace(
            pair(original, f"{repost} Residents had asked for it."),
            reader=lambda c: read_of(
                c,
                dict.fromkeys(("shameful", "cowardly", "showdown"), ("evaluation-added", 0.99)),
            ),
        )
        moves = find_moves(given, CompareParams(0.0, by_kind=False))
        found = [shown(m, given)[2] for m in moves if m.move == "evaluation-added"]
        assert found == expected


def test_within_an_invented_quotation_no_other_move_is_found() -> None:
    given = replace(
        pair(
            "Orr called the plan late on Monday.",
            "Orr called the plan “hopelessly late and shameful” on Monday.",
        ),
        reader=lambda c: read_of(c, {"shameful": ("evaluation-added", 0.99)}),
    )
    moves = find_moves(given, CompareParams(0.0, by_kind=False))
    assert [m.move for m in moves if m.repost and "shameful" in shown(m, given)[2]] == [
        "quote-unsupported"
    ]


def test_the_month_is_not_the_modal_to_the_network() -> None:
    told = told_of_original(pair("Work may begin in May.", "Work will begin in May."))
    assert OCCURS[told["may"][1]] == "nowhere"
    assert OCCURS[told["May"][1]] == "in the linked sentences"


def test_a_source_is_vaguer_where_a_name_becomes_a_group() -> None:
    given = pair(
        "Hydrologist Ana Bell said the river would flood in spring.",
        "Experts say the river would flood in spring.",
    )
    assert told_of_vague(given) == [0.0]
    of_police = pair("The engine failed twice, police said.", "The engine failed, critics said.")
    assert told_of_vague(of_police) == [0.0]
    labels = {"police": ("attribution-vague", 0.9), "detectives": ("attribution-vague", 0.9)}
    as_well = replace(
        pair("The engine failed twice, police said.", "The engine failed twice, detectives said."),
        reader=lambda c: read_of(c, labels),
    )
    assert told_of_vague(as_well) == [1.0]


def told_of_vague(given: Context) -> list[float]:
    return [
        evidence(given, move)["no vaguer"]
        for move in candidates(given)
        if move.move == "attribution-vague"
    ]
