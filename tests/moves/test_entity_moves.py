"""A person, organisation, place or thing that gives way to another."""

import pytest

from reframing.moves.entity_moves import find
from sample_pairs import sample_pairs
from two_texts import pair, seen, slugs, swapped

CHANGED = ["entity-changed"]


@pytest.mark.parametrize(
    ("original", "repost", "was", "now"),
    [
        (
            "The fire broke out in a kitchen on Locust Street.",
            "The fire broke out in a kitchen on Chestnut Street.",
            "Locust",
            "Chestnut",
        ),
        (
            "The tram came to rest against the wall of a pharmacy.",
            "The tram came to rest against the wall of a bakery.",
            "pharmacy",
            "bakery",
        ),
        (
            "Ramos, who lives in Marlow, has bought the old mill by the river.",
            "Ramos, who lives in Dry Fork Junction, has bought the old mill by the river.",
            "Marlow",
            "Dry Fork Junction",
        ),
        (
            "The bill was signed by Interior Minister Joren Haldt.",
            "The bill was signed by Prime Minister Joren Haldt.",
            "Interior",
            "Prime",
        ),
        (
            "The hall was opened by lung specialist Amir Orr.",
            "The hall was opened by heart specialist Amir Orr.",
            "lung",
            "heart",
        ),
    ],
)
def test_another_entity(original: str, repost: str, was: str, now: str) -> None:
    assert seen(find, pair(original, repost)) == [("entity-changed", was, now)]


@pytest.mark.parametrize(
    ("original", "repost"),
    [
        (
            "Anna Moss of the Harbour Safety Board left Ostby.",
            "Moss of the HSB left Ostby.",
        ),
        ("The storm hit Ostby on 3 January.", "The storm hit Ostby on 3 Jan."),
        ("The doctor treated two sailors.", "The physician treated two sailors."),
        ("The new minister opened the pier.", "The former minister opened the pier."),
        ("Moss opened the pier in Ostby.", "She opened the pier in Ostby."),
        ("The pier in Ostby was closed.", "The pier in Ostby was shut."),
        (
            "It was sent from a town held by Islamic State.",
            "It was sent from a town held by ISIS.",
        ),
        ("The bishop stood by surgeons.", "The bishop was backed by doctors."),
        ("Ostby closes its pier for lorries", "STORM BLOW: Ostby closes its pier for lorries"),
    ],
)
def test_another_wording_for_the_same_is_no_move(original: str, repost: str) -> None:
    assert slugs(find, original, repost) == []


def test_an_office_whose_deputy_the_text_has_as_well_is_no_move() -> None:
    original = "The deputy mayor opened the pier on Friday."
    repost = "The mayor opened the pier on Friday, the deputy at his side."
    assert slugs(find, original, repost) == []


def test_the_sample_tells_the_same_when_the_texts_are_swapped() -> None:
    for context in sample_pairs():
        here = [(m.original, m.repost) for m in find(context)]
        there = [(m.repost, m.original) for m in find(swapped(context))]
        assert sorted(here) == sorted(there)


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("Hartwell", "Hartford"),
        ("Brenmark", "Brenholt"),
        ("Guinea", "Guyana"),
        ("Slovenia", "Slovakia"),
    ],
)
def test_names_that_begin_alike_are_two(was: str, now: str) -> None:
    original = f"The fishing fleet sailed from {was} with two hundred crates of salted herring."
    repost = original.replace(was, now)
    assert seen(find, pair(original, repost)) == [("entity-changed", was, now)]


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("Hartwell", "Hartwel"),
        ("Brenmark", "Brennmark"),
        ("Calverton", "Calvertan"),
        ("Finnish", "Finland"),
        ("Wales", "Welsh"),
        ("Sudan", "Sudanese"),
        ("Senate", "Senator"),
    ],
)
def test_spellings_and_derivations_of_a_name_are_one(was: str, now: str) -> None:
    original = (
        f"The fishing fleet sailed for {was} traders with two hundred crates of salted herring."
    )
    assert slugs(find, original, original.replace(was, now)) == []


@pytest.mark.parametrize(
    ("acronym", "expected"),
    [("NFB", []), ("NCR", CHANGED), ("FBN", CHANGED), ("NB", CHANGED)],
)
def test_an_acronym_has_the_initials_of_one_name_in_order(
    acronym: str, expected: list[str]
) -> None:
    tail = "counted two hundred crates of salted herring. Nets can rot."
    original = f"Inspectors from the Norby Fishery Board {tail}"
    repost = f"Inspectors from the {acronym} {tail}"
    assert slugs(find, original, repost) == expected


@pytest.mark.parametrize(
    ("original", "repost"),
    [
        (
            "A spokesman of the Defense Ministry confirmed it on Monday.",
            "A spokesman of the Defence Ministry confirmed it on Monday.",
        ),
        (
            "She grew up in Norby and graduated from university there in 2011.",
            "She grew up in Norby and graduated from college there in 2011.",
        ),
    ],
)
def test_another_spelling_or_name_of_the_same_is_no_move(original: str, repost: str) -> None:
    assert slugs(find, original, repost) == []
