"""Every lexicon: sorted, without duplicates, cited, and matched in every form."""

import csv
from importlib import resources

import pytest

from reframing.lexicon import COLUMNS, Lexicon, inflected, load_lexicon
from reframing.perturbation.words import lexicons
from reframing.segment.tokens import tokenize


def _lexicon_names() -> list[str]:
    folder = resources.files("reframing") / "lexicons"
    tables = sorted(table.name for table in folder.iterdir() if table.name.endswith(".tsv"))
    return [name.removesuffix(".tsv") for name in tables if _columns(name) == COLUMNS]


def _columns(name: str) -> tuple[str, ...]:
    table = (resources.files("reframing") / "lexicons" / name).read_text(encoding="utf8")
    return tuple(next(csv.reader(table.splitlines(), delimiter="\t")))


def test_planted_words_are_looked_up_in_every_lexicon() -> None:
    assert [lexicon.name for lexicon in lexicons()] == _lexicon_names()


@pytest.fixture(params=_lexicon_names())
def lexicon(request: pytest.FixtureRequest) -> Lexicon:
    return load_lexicon(request.param)


def test_the_lexicons_of_attribution_are_among_them() -> None:
    assert {"attribution_cues", "source_nouns"} <= set(_lexicon_names())


def test_entries_are_sorted(lexicon: Lexicon) -> None:
    entries = [entry.entry for entry in lexicon.entries]
    assert entries == sorted(entries)


def test_no_entry_occurs_twice(lexicon: Lexicon) -> None:
    lemmas = [entry.lemma for entry in lexicon.entries]
    assert sorted({lemma for lemma in lemmas if lemmas.count(lemma) > 1}) == []


def test_every_row_has_a_category_and_a_year_in_its_source(lexicon: Lexicon) -> None:
    uncited = [e.entry for e in lexicon.entries if not any(c.isdigit() for c in e.source)]
    assert uncited == []
    assert all(entry.category for entry in lexicon.entries)


def test_inflects_is_a_known_kind(lexicon: Lexicon) -> None:
    assert {entry.inflects for entry in lexicon.entries} <= {"", "verb", "noun"}


def test_every_form_of_every_entry_is_matched_whole(lexicon: Lexicon) -> None:
    unmatched = []
    for entry in lexicon.entries:
        for form in inflected(entry):
            tokens = tokenize(form)
            spans = [(first, end) for first, end, _ in lexicon.match(tokens)]
            if spans != [(0, len(tokens))]:
                unmatched.append(form)
    assert unmatched == []
