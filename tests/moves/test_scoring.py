"""The score of a move: its table, and that it does not depend on which text is called the original."""

import csv
from importlib import resources

import pytest

from reframing.documents.errors import InputError
from reframing.documents.params import CompareParams
from reframing.documents.records import Move
from reframing.moves.catalogue import catalogue
from reframing.moves.find import candidates, find_moves
from reframing.moves.scoring import (
    COLUMNS,
    PRIOR,
    THRESHOLDS,
    evidence,
    least_score,
    one_of,
    read_scores,
    score,
)
from sample_pairs import sample_pairs
from two_texts import pair, swapped

HEADER = "\t".join(COLUMNS)
INTERCEPTS = [f"{slug}\t\t0.5" for slug in sorted({*map(one_of, catalogue())})]
ALL_MOVES = CompareParams(0.0, by_kind=False)


def test_weights_of_all_and_of_a_family_add_up() -> None:
    rows = ["all\tlink\t1.0", "certainty\tlink\t0.25", "structure\tkept, here\t2.0"]
    weights = read_scores([HEADER, *INTERCEPTS, *rows], "x.tsv")
    assert weights["hedge-added"] == (0.5, {"link": 1.25})
    assert weights["sentence-added"] == (0.5, {"link": 1.0, "kept, here": 2.0})
    assert weights["quote-altered"] == (0.5, {"link": 1.0})


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        (
            [HEADER, "hedge-lost\t\t0.5"],
            "x.tsv: record 2: field 'of': 'hedge-lost' is not a slug of the catalogue",
        ),
        (
            [HEADER, "hedge-added\tlink\t0.5"],
            "x.tsv: record 2: field 'of': 'hedge-added' is not a family or 'all' of the catalogue",
        ),
        ([HEADER, "all\tlink\tmuch"], "x.tsv: record 2: field 'weight': is no number"),
        (["of\tweight"], "x.tsv: expected the columns of, evidence, weight"),
    ],
)
def test_a_table_that_cannot_be_read_is_an_error_that_says_where(
    lines: list[str], problem: str
) -> None:
    with pytest.raises(InputError) as error:
        read_scores(lines, "x.tsv")
    assert str(error.value) == problem


def test_slugs_and_their_opposites_without_an_intercept_have_no_weights() -> None:
    weights = read_scores([HEADER, *(row for row in INTERCEPTS if "agent" not in row)], "x.tsv")
    assert catalogue().keys() - weights.keys() == {"agent-added", "agent-dropped"}


def test_every_slug_has_a_score_between_0_and_1() -> None:
    for slug in catalogue():
        assert 0 < score(slug, {}) < 1


def test_moves_of_which_nothing_was_learned_are_as_likely_right_as_wrong() -> None:
    assert score("question-raised", {"close links": 1.0}) == PRIOR == 0.5


def test_moves_below_the_least_score_are_left_out() -> None:
    context = sample_pairs()[0]
    found = find_moves(context, ALL_MOVES)
    least = sorted(move.score for move in found)[len(found) // 2]
    kept = find_moves(context, CompareParams(least, by_kind=False))
    assert kept == tuple(move for move in found if move.score >= least)
    assert 0 < len(kept) < len(found)


def test_a_kind_and_its_opposite_are_reported_from_one_score_on() -> None:
    table = resources.files("reframing") / "moves" / THRESHOLDS
    rows = list(csv.DictReader(table.read_text(encoding="utf8").splitlines(), delimiter="\t"))
    assert {row["of"] for row in rows} <= {one_of(slug) for slug in catalogue()}
    for row in rows:
        assert 0.4 <= float(row["least"]) <= 1.01
        enough = int(row["right"]) >= 0.6 * int(row["found"])
        assert enough or int(row["found"]) < 10, row
    for slug, kind in catalogue().items():
        assert least_score(slug, "full") == least_score(kind.opposite or slug, "full")


def test_kinds_are_held_to_their_own_score_unless_everything_is_asked_for() -> None:
    needed = 0
    for context in sample_pairs():
        every = find_moves(context, CompareParams(0.5, by_kind=False))
        kept = find_moves(context, CompareParams(0.5))
        assert all(move.score >= least_score(move.move, "lexicon") for move in kept)
        needed += len(every) - len(kept)
    assert needed > 0


def test_a_move_has_the_score_of_its_opposite_in_the_swapped_pair() -> None:
    compared = 0
    for context in sample_pairs():
        turned = swapped(context)
        here = {key(move): move for move in candidates(context)}
        there = {reversed_key(move): move for move in candidates(turned)}
        for k in here & there.keys():
            if "evaluation" in k[0]:
                continue  # added ones count in added sentences too: two rules
            was, now = here[k], there[k]
            a = score(was.move, evidence(context, was))
            assert a == score(now.move, evidence(turned, now)), (k, now)
            compared += 1
    assert compared > 100


def key(move: Move) -> tuple[str, object, object]:
    return move.move, move.original, move.repost


def reversed_key(move: Move) -> tuple[str, object, object]:
    return catalogue()[move.move].opposite, move.repost, move.original


def test_the_same_move_is_likelier_between_sentences_in_the_same_words() -> None:
    original = "The ferry may stop sailing in May, harbour master Lena Quist said."
    near = "The ferry will stop sailing in May, harbour master Lena Quist said."
    far = (
        "Before the summer, as everyone on the islands had long expected, ferry passengers in May "
        "stop at other ports, Norby heard."
    )
    scores = [
        max(
            (m.score for m in find_moves(pair(original, repost), ALL_MOVES) if "hedge" in m.move),
            default=0.0,
        )
        for repost in (near, far)
    ]
    assert scores[0] > scores[1]


def test_evidence_of_wording_is_how_strongly_the_lexicon_says_that_it_evaluates() -> None:
    told = [
        evidence(context, move)
        for repost in (
            "The outrageous council closed the pier.",
            "The vital council closed the pier.",
        )
        for context in [pair("The council closed the pier.", repost)]
        for move in candidates(context)
        if move.move == "evaluation-added"
    ]
    strong, weak = (found["strength, here"] for found in told)
    assert strong > weak > 0


def test_words_are_attributed_by_source_and_cue_alone() -> None:
    original = "“The visit will strengthen the ties of both harbours,” said the ministry of trade."
    repost = "The visit will strengthen the ties of both harbours."
    context = pair(original, repost)
    move = next(m for m in candidates(context) if m.move == "attribution-dropped")
    assert evidence(context, move)["its words there, here"] == 0
    assert evidence(context, move)["in marks, here"] == 0
