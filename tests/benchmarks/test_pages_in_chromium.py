"""The check of pages in Chromium: its published numbers, and that it opens every kind of page."""

import csv
from pathlib import Path
from types import ModuleType

import pytest

from hostile.payloads import PAYLOADS

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "results"


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    import pages_in_chromium

    return pages_in_chromium


@pytest.fixture(scope="module")
def rows() -> dict[str, dict[str, str]]:
    with (RESULTS / "benchmarks/pages.csv").open(encoding="utf8", newline="") as file:
        return {row["group"]: row for row in csv.DictReader(file)}


def test_every_group_is_published_and_none_has_a_violation(checks: ModuleType, rows: dict) -> None:
    assert tuple(rows) == checks.ALL
    for row in rows.values():
        assert int(row["violations"]) == 0
        assert int(row["checks"]) > int(row["pages"]) > 0


def test_groups_that_are_made_have_every_hostile_text(checks: ModuleType, rows: dict) -> None:
    for group, row in rows.items():
        assert int(row["payloads"]) == (0 if group in checks.COMMITTED else len(PAYLOADS))
    assert int(rows["tables"]["pages"]) == len(PAYLOADS) + 1
    assert int(rows["reports"]["pages"]) == 3 * (len(PAYLOADS) + 1)


def test_each_committed_page_is_of_a_group_that_is_opened(rows: dict) -> None:
    pages = {path.relative_to(RESULTS) for path in RESULTS.rglob("*.html")}
    of = {
        "published": {path for path in pages if path.match("notebooks/*/*.html")},
        "printed": {path for path in pages if path.match("tables/print/*.html")},
    }
    assert pages == of["published"] | of["printed"]
    for group, opened in of.items():
        assert int(rows[group]["pages"]) == len(opened)


def test_notebooks_of_corpora_are_run_on_hostile_texts(rows: dict) -> None:
    directed = len(list((ROOT / "notebooks").glob("*.ipynb")))
    versions = 1 + len(list((ROOT / "notebooks/versions").glob("*.ipynb")))
    assert int(rows["notebooks"]["pages"]) == 2 * (directed + versions)
    assert int(rows["jupyter"]["pages"]) == directed


def test_a_part_that_is_run_again_keeps_the_numbers_of_others(
    checks: ModuleType, tmp_path: Path
) -> None:
    def row(group: str, pages: int) -> dict[str, object]:
        return dict.fromkeys(checks.COLUMNS, 0) | {"group": group, "pages": pages}

    checks.written([row("tables", 1), row("reports", 2)], tmp_path / "x.csv")
    checks.written([row("tables", 3)], tmp_path / "x.csv")
    with (tmp_path / "x.csv").open(newline="") as file:
        read = [(each["group"], each["pages"]) for each in csv.DictReader(file)]
    assert read == [("reports", "2"), ("tables", "3")]
