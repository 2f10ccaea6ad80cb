"""The benchmark of comparisons: what it draws, and what it reports."""

import csv
import sys
from pathlib import Path
from types import ModuleType

import pytest

from reframing.documents.records import Article

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    monkeypatch.delitem(sys.modules, "compare", raising=False)
    import compare

    return compare


def test_a_summary_has_the_middle_and_the_tails(bench: ModuleType) -> None:
    pairs = [bench.Timed(Article("a", ""), Article("b", ""), words) for words in (900, 1000, 1400)]
    assert bench.summary(pairs, [200.0, 300.0, 900.0]) == (3, 1000, 300, 220, 780)


def test_every_corpus_and_profile_was_measured(bench: ModuleType) -> None:
    with bench.OUT.open(encoding="utf8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert tuple(rows[0]) == bench.COLUMNS
    assert {(row["profile"], row["corpus"]) for row in rows} == {
        (profile, corpus) for profile in bench.PROFILES for corpus in (*bench.CORPORA, "all")
    }
    for row in rows:
        assert float(row["low_ms"]) <= float(row["median_ms"]) <= float(row["high_ms"])
        assert 2 * bench.FEWEST_WORDS <= int(row["words"]) <= 2 * bench.MOST_WORDS
        assert int(row["pairs"]) >= 5
