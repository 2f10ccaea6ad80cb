"""The benchmark of growth: what its exponent says, and what its cases are made of."""

import csv
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def growth(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    import growth

    return growth


def test_twice_the_time_beyond_start_up_for_twice_the_size_is_linear(growth: ModuleType) -> None:
    assert growth.power((10, 3.0), (20, 5.0), start_up=1.0) == 1.0


def test_four_times_the_time_for_twice_the_size_is_quadratic(growth: ModuleType) -> None:
    assert growth.power((10, 2.0), (20, 5.0), start_up=1.0) == 2.0


def test_a_difference_within_the_noise_has_no_exponent(growth: ModuleType) -> None:
    assert growth.power((10, 1.1), (20, 1.2), start_up=1.0) is None


def test_a_command_costs_memory_and_has_an_exit_code(growth: ModuleType) -> None:
    small, large = (
        growth.cost([sys.executable, "-c", f"x = b'a' * {mb} * 10**6; raise SystemExit(3)"], 20)
        for mb in (1, 200)
    )
    assert small.exit == large.exit == 3
    assert large.peak_mb > small.peak_mb + 90


def test_a_text_has_as_many_sentences_as_asked_for_and_all_differ(growth: ModuleType) -> None:
    said = growth.story(0, 31).replace("\n", " ").split(". ")
    assert len(said) == len(set(said)) == 31


def test_a_rewriting_keeps_changes_leaves_out_and_adds_sentences(growth: ModuleType) -> None:
    before, after = (
        set(text.replace("\n", " ").removesuffix(".").split(". "))
        for text in (growth.story(0, 80), growth.rewritten(growth.story(0, 80)))
    )
    changed = {said for said in after if said.startswith("Officials said")}
    assert before & after
    assert before - after
    assert changed
    assert after - before - changed


@pytest.mark.parametrize("name", ["pair_identical", "pair_near_identical", "pair_chain"])
def test_articles_of_a_case_are_as_many_as_its_size(
    growth: ModuleType, tmp_path: Path, name: str
) -> None:
    command = getattr(growth, name)(tmp_path, 12)
    written = [json.loads(line) for line in (tmp_path / "in.jsonl").read_text().splitlines()]
    assert len({article["id"] for article in written}) == 12
    assert str(tmp_path / "in.jsonl") in command


def test_a_sentence_of_many_words_is_one(growth: ModuleType, tmp_path: Path) -> None:
    growth.one_sentence(tmp_path, 500)
    body = json.loads((tmp_path / "in.jsonl").read_text())["body"]
    assert body.count(".") == 1
    assert 480 < len(body.split()) <= 500


def test_time_and_memory_grow_about_as_the_input_does(growth: ModuleType) -> None:
    """Over all three sizes: less than eight times the time, the power 1.5, for four times the input."""
    with growth.OUT.open(encoding="utf8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["case"] for row in rows} == set(growth.CASES)
    for case in ("pair, identical", "compare --html", "prepare, one outlet"):
        first, _, last = (row for row in rows if row["case"] == case)
        assert float(last["seconds"]) < 8 * float(first["seconds"])
        assert float(last["peak_mb"]) < 4 * float(first["peak_mb"])
    assert {row["exit"] for row in rows} == {"0"}
