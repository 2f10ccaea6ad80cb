"""Every lexicon: sorted, without duplicates, cited, and matched in every form."""

import csv

import pytest

from reframing.documents.lexicon import COLUMNS, Lexicon, inflected, load_lexicon
from reframing.documents.tokens import tokenize
from reframing.stages.code import PACKAGE
from validation.planted.words import lexicons


def _lexicon_names() -> list[str]:
    tables = sorted(PACKAGE.rglob("*.tsv"), key=lambda table: table.name)
    names = [table.relative_to(PACKAGE).with_suffix("").as_posix() for table in tables]
    return [name for name in names if _columns(name) == COLUMNS]


def _columns(name: str) -> tuple[str, ...]:
    table = (PACKAGE / f"{name}.tsv").read_text(encoding="utf8")
    return tuple(next(csv.reader(table.splitlines(), delimiter="\t")))


def test_planted_words_are_looked_up_in_every_lexicon() -> None:
    assert [lexicon.name for lexicon in lexicons()] == _lexicon_names()


@pytest.fixture(params=_lexicon_names())
def lexicon(request: pytest.FixtureRequest) -> Lexicon:
    return load_lexicon(request.param)


def test_the_lexicons_of_attribution_are_among_them() -> None:
    assert {"measures/attribution/attribution_cues", "measures/attribution/source_nouns"} <= set(
        _lexicon_names()
    )


def test_entries_are_sorted(lexicon: Lexicon) -> None:
    entries = [entry.entry for entry in lexicon.entries]
    assert entries == sorted(entries)


def test_no_entry_occurs_twice(lexicon: Lexicon) -> None:
    lemmas = [entry.lemma for entry in lexicon.entries]
    if lexicon.name == "moves/antonyms":  # a word may have several antonyms
        lemmas = [f"{entry.lemma} {entry.category} {entry.inflects}" for entry in lexicon.entries]
    assert sorted({lemma for lemma in lemmas if lemmas.count(lemma) > 1}) == []


def test_every_row_has_a_category_and_a_year_in_its_source(lexicon: Lexicon) -> None:
    uncited = [e.entry for e in lexicon.entries if not any(c.isdigit() for c in e.source)]
    assert uncited == []
    assert all(entry.category for entry in lexicon.entries)


def test_inflects_is_a_known_kind(lexicon: Lexicon) -> None:
    assert {entry.inflects for entry in lexicon.entries} <= {"", "verb", "noun", "adjective"}


def test_every_form_of_every_entry_is_matched_whole(lexicon: Lexicon) -> None:
    unmatched = []
    for entry in lexicon.entries:
        for form in inflected(entry):
            tokens = tokenize(form)
            spans = [(first, end) for first, end, _ in lexicon.match(tokens)]
            if spans != [(0, len(tokens))]:
                unmatched.append(form)
    assert unmatched == []
