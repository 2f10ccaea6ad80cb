from collections import Counter

import pytest

from reframing.documents.errors import InputError
from reframing.moves.catalogue import COLUMNS, catalogue, read_catalogue

SLUGS = """attribution-dropped attribution-vague attribution-swapped attribution-added
attribution-distanced attribution-endorsed quote-altered quote-truncated quote-paraphrased
quote-unsupported hedge-dropped hedge-added booster-added booster-dropped evaluation-added
evaluation-dropped evaluation-shifted causality-strengthened causality-weakened agent-dropped
agent-added number-changed entity-changed polarity-flipped sentence-added sentence-omitted
lead-promoted lead-demoted""".split()


def terms(cell: str) -> list[str]:
    return cell.split(", ") if cell else []


def test_has_every_move_of_the_contract_in_order():
    assert [slug for slug in catalogue() if slug in SLUGS] == SLUGS


def test_moves_of_a_family_stand_together():
    families = [move.family for move in catalogue().values()]
    assert families == sorted(families, key=list(dict.fromkeys(families)).index)


def test_labels_are_distinct():
    assert max(Counter(move.label for move in catalogue().values()).values()) == 1


def test_swapping_roles_twice_gives_the_same_move():
    moves = catalogue()
    for move in moves.values():
        if move.opposite:
            assert moves[move.opposite].opposite == move.slug


@pytest.mark.parametrize("kind", ["hedge", "booster", "evaluation", "attribution", "agent"])
def test_dropped_becomes_added(kind):
    assert catalogue()[f"{kind}-dropped"].opposite == f"{kind}-added"


def test_a_move_and_its_opposite_act_against_each_other_on_strength():
    moves = catalogue()
    turned = {"raises": "lowers", "lowers": "raises"}
    for move in moves.values():
        if move.opposite:
            expected = turned.get(move.insciout, move.insciout)
            assert moves[move.opposite].insciout == expected


@pytest.mark.parametrize(
    ("column", "vocabulary"),
    [
        ("newsedits", {"addition", "deletion", "edit", "refactor"}),
        ("frank", {"PredE", "EntE", "CircE", "LinkE", "OutE"}),
        ("insciout", {"raises", "lowers", "raises or lowers", "unchanged"}),
    ],
)
def test_crosswalk_uses_the_terms_of_its_scheme(column, vocabulary):
    for move in catalogue().values():
        assert set(terms(getattr(move, column))) <= vocabulary


@pytest.mark.parametrize(
    ("column", "vocabulary"),
    [
        ("parc", set("source cue content direct indirect mixed".split())),
        (
            "engagement",
            set("acknowledge distance endorse entertain pronounce deny monogloss or".split()),
        ),
    ],
)
def test_crosswalk_with_a_direction_uses_the_terms_of_its_scheme(column, vocabulary):
    for move in catalogue().values():
        cell = getattr(move, column).translate(str.maketrans("(),→↔", "     "))
        assert set(cell.split()) <= vocabulary


def test_recasens_column_names_one_of_two_biases():
    for move in catalogue().values():
        assert move.recasens.partition(":")[0] in ("", "epistemological", "framing")


def test_every_move_is_cited_with_a_year():
    assert all(
        citation.split()[-1].isdigit()
        for move in catalogue().values()
        for citation in move.citation.split("; ")
    )


def row(**cells: str) -> str:
    filled = dict.fromkeys(COLUMNS, "x") | {"opposite": ""} | cells
    return "\t".join(filled[column] for column in COLUMNS)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("slug\tfamily", "expected the columns"),
        (f"{chr(9).join(COLUMNS)}\nx\ty", "record 2"),
        (f"{chr(9).join(COLUMNS)}\n{row(holds='')}", "field 'holds'"),
        (f"{chr(9).join(COLUMNS)}\n{row(opposite='y')}", "field 'opposite'"),
    ],
)
def test_a_broken_table_is_an_error_that_names_the_place(table, message):
    with pytest.raises(InputError, match=message) as caught:
        read_catalogue(table, "moves.tsv")
    assert "moves.tsv" in str(caught.value)
