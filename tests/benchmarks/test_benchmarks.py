"""The benchmark of `annotate`: what it counts, fits and runs, on the embedded sample."""

import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "data" / "sample" / "articles.jsonl"


@pytest.fixture
def benchmark(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    import annotate

    return annotate


def test_twice_the_time_for_twice_the_articles_is_an_exponent_of_one(benchmark: ModuleType) -> None:
    points = [{"articles": n, "seconds": 0.002 * n} for n in (1000, 2000, 4000)]
    assert benchmark.exponent(points) == 1.0


def test_four_times_the_time_for_twice_the_articles_is_an_exponent_of_two(
    benchmark: ModuleType,
) -> None:
    assert benchmark.exponent([{"articles": n, "seconds": n * n} for n in (10, 20, 40)]) == 2.0


def test_repeated_articles_have_new_ids_and_are_counted(
    benchmark: ModuleType, tmp_path: Path
) -> None:
    articles = [benchmark.Article("a", "One two."), benchmark.Article("b", "Three.")]
    bench = benchmark.Bench(tmp_path, articles)
    records = [json.loads(line) for line in bench.file(5).read_text().splitlines()]
    assert [record["id"] for record in records] == ["0", "1", "2", "3", "4"]
    assert bench.words(5) == sum(len(record["body"].split()) for record in records) == 8


def test_a_contender_says_what_memory_it_took(tmp_path: Path) -> None:
    texts = tmp_path / "texts.jsonl"
    texts.write_text('{"id": "a", "body": "The council approved the bridge."}\n')
    command = [sys.executable, ROOT / "benchmarks" / "contenders.py", "reframing-lexicon", texts]
    run = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    peak = json.loads(run.stdout)
    assert peak["own_mb"] > 1
    assert peak["child_mb"] >= 0


def test_articles_of_a_file_are_those_in_english(benchmark: ModuleType) -> None:
    assert len(benchmark.articles_of(SAMPLE)) == sum(1 for _ in SAMPLE.open())
