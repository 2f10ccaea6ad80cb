import json
from collections import Counter

import pytest

from reframing.documents.errors import InputError
from reframing.moves.catalogue import catalogue, explained, read_catalogue

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


def test_weights_and_wording_fit_each_other():
    for move in catalogue().values():
        assert 0 < move.weight <= 1
        assert move.effect.endswith(".")
        assert bool(move.one) == bool(move.several)
        assert bool(move.push) <= bool(move.question)


@pytest.mark.parametrize(
    ("slug", "sides"),
    [
        ("hedge-dropped", (True, False)),
        ("agent-added", (False, True)),
        ("quote-altered", (True, True)),
    ],
)
def test_marks_say_in_which_text_words_show_a_move(slug, sides):
    assert catalogue()[slug].sides == sides


@pytest.mark.parametrize("slug", [slug for slug, move in catalogue().items() if move.opposite])
def test_an_opposite_has_the_other_text_as_the_one_with_more(slug):
    move, opposite = catalogue()[slug], catalogue()[catalogue()[slug].opposite]
    assert move.sides == opposite.sides[::-1]
    assert move.unit == opposite.unit
    assert move.undirected == opposite.undirected
    if move.marks == "both" and slug != opposite.slug:
        assert {move.more_in, opposite.more_in} == {"original", ""}


MOVE = {
    "family": "certainty",
    "label": "shrug added",
    "definition": "the repost adds a shrug",
    "marks": "repost",
    "undirected": "shrug-in-one-only",
    "change": "The repost shrugs{now}.",
    "effect": "Readers shrug.",
    "newsedits": "edit",
    "citation": "Doe 2020",
}


def table(**keys: object) -> str:
    lines = [f"{key} = {json.dumps(value)}" for key, value in (MOVE | keys).items() if value != ""]
    return "\n".join(["[shrug-added]", *lines])


def test_a_new_move_needs_one_table():
    (move,) = read_catalogue(table(), "moves.toml").values()
    assert (move.slug, move.weight, move.unit) == ("shrug-added", 0.5, "proposition")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[shrug", "is no TOML"),
        ("shrug = 1", "record shrug: expected a table"),
        (table(definition=""), "record shrug-added: field 'definition': is missing or empty"),
        (table(tint="red"), "field 'tint': is no key of a move"),
        (table(slug="x"), "field 'slug': is no key of a move"),
        (table(marks="neither"), "field 'marks': 'neither' does not fit"),
        (table(weight="much"), "field 'weight': 'much' does not fit"),
        (table(weight=True), "field 'weight': True does not fit"),
        (table(distinct=1), "field 'distinct': 1 does not fit"),
        (table(opposite="y"), "field 'opposite': y is no move of the catalogue"),
    ],
)
def test_a_broken_catalogue_is_an_error_that_names_the_place(text, message):
    with pytest.raises(InputError, match=message) as caught:
        read_catalogue(text, "moves.toml")
    assert str(caught.value).startswith("moves.toml: ")


# Explanations: what changed, with the words of both texts, and what it does to a reader.

PROPOSITIONAL = [slug for slug, move in catalogue().items() if move.unit == "proposition"]


@pytest.mark.parametrize("slug", PROPOSITIONAL)
@pytest.mark.parametrize(
    ("was", "now"), [("old words", "new words"), ("old words", None), (None, "new words")]
)
def test_an_explanation_is_two_sentences_with_the_words_that_there_are(slug, was, now):
    said = explained(slug, was, now)
    assert "{" not in said
    assert "None" not in said
    assert said.endswith(".")
    assert said.count("“") == said.count("”")
    assert "()" not in said
    shown = [words for words in (was, now) if words and f"“{words}”" in said]
    assert shown or slug == "attribution-dropped"


def test_long_passages_are_cut_at_a_word():
    said = explained("quote-altered", "word " * 60, None)
    assert " …”" in said
    assert len(said) < 260


def test_passages_are_cut_to_what_differs():
    was = "“We must close the old wooden pier by the end of May,” Lena Quist said."
    now = "“We must close the old wooden pier by the end of June,” Lena Quist said."
    assert explained("quote-altered", was, now).startswith(
        "The words inside the quotation marks (“June”) are not those of the original (“May”)."
    )
