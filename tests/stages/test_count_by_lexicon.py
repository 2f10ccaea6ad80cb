"""What the profile without networks finds, counted in the units that the whole study has."""

import pytest

from reframing.documents.document import Document
from reframing.documents.params import CompareParams
from reframing.documents.records import Aligned, Article, StudyPair
from reframing.measures.annotate import annotate
from reframing.moves import compare
from reframing.pairing.align import align
from reframing.stages.compare_pairs import studied
from reframing.stages.count_by_lexicon import rows_of
from reframing.statistics.pair_units import units_of

ORIGINAL = Article("a", "The old dam may fail by spring, the engineer said.\nBoats stayed in port.")
REPOST = Article("b", "The old dam will fail by spring, the engineer said.\nBoats stayed in port.")


@pytest.fixture(scope="module")
def compared():
    links = align(Document(ORIGINAL), Document(REPOST))
    pair = StudyPair(
        "a→b", "e", "edited", "repost", "edited", "original→repost", 1.0, ORIGINAL.id, REPOST.id
    )
    task = Aligned(pair, links), ORIGINAL, REPOST, annotate(ORIGINAL), annotate(REPOST)
    return studied(CompareParams(), "full", task)


@pytest.fixture
def no_network(monkeypatch):
    def refuse(*_):
        raise AssertionError("a network was asked")

    monkeypatch.setitem(compare._READERS, "full", refuse)


def test_moves_are_found_without_networks_in_units_of_the_study(compared, no_network):
    rows = rows_of(CompareParams(), (compared, ORIGINAL, REPOST))
    assert {row["unit"] for row in rows} <= {unit.name for unit in units_of(compared)}
    lost = [row for row in rows if row["move"] == "hedge-dropped"]
    assert [(row["pair"], row["unit"], row["reported"]) for row in lost] == [("a→b", "0→0", 1)]


def test_a_copy_has_no_moves(compared):
    assert rows_of(CompareParams(), (compared, ORIGINAL, ORIGINAL)) == []
