"""docs/libraries.md shows the results of benchmarks/libraries; a rerun replaces only the named comparisons."""

import re
import sys
from pathlib import Path

import pytest

from benchmarks.libraries import __main__ as libraries
from benchmarks.libraries import table
from benchmarks.libraries.table import PAGE, Row, read_rows, with_tables
from reframing.documents.errors import InputError

ROOT = Path(__file__).resolve().parents[2]
EMPTY = (
    "# Page\n\n## Sentences\n\nSome words.\n\n| |\n|---|\n\n**Kept.**\n\n## Tokens\n\n| |\n|---|\n"
)


def row(comparison: str, contender: str, quantity: str, value: str, of: str = "") -> Row:
    return Row(
        comparison, contender, "" if contender == "ours" else "1.2", quantity, value, of, "no"
    )


ROWS = [
    row("sentences", "ours", "right", "1200", "1300"),
    row("sentences", "theirs", "right", "9", "1300"),
    row("sentences", "theirs", "offsets", "no"),
    row("tokens", "ours", "F1", "0.990"),
]


def test_the_page_shows_the_results() -> None:
    page = PAGE.read_text(encoding="utf8")
    assert with_tables(page, read_rows()) == page, "run python -m benchmarks.libraries"


def test_every_comparison_has_results() -> None:
    compared = [one.comparison for one in read_rows()]
    assert list(dict.fromkeys(compared)) == list(libraries.COMPARISONS)


def test_versions_are_the_pinned_ones() -> None:
    files = (ROOT / "requirements.txt", ROOT / "benchmarks/requirements.txt")
    pins = set(re.findall(r"^\S+==[^\s;]+", "\n".join(map(Path.read_text, files)), re.MULTILINE))
    used = {(one.contender.replace("_", "-"), one.version) for one in read_rows() if one.version}
    assert {f"{contender}=={version}" for contender, version in used} <= pins


def test_a_table_has_a_column_for_each_contender_and_a_row_for_each_quantity() -> None:
    assert with_tables(EMPTY, ROWS[:3]) == EMPTY.replace(
        "words.\n\n| |\n|---|\n",
        "words.\n\n|  | ours | theirs 1.2 |\n| --- | --- | --- |\n"
        "| right | 1,200 of 1,300 | 9 of 1,300 |\n| offsets | – | no |\n",
    )


def test_tables_replace_those_of_an_earlier_run() -> None:
    assert with_tables(with_tables(EMPTY, ROWS[1:]), ROWS) == with_tables(EMPTY, ROWS)


def test_a_comparison_without_its_table_on_the_page_is_named() -> None:
    with pytest.raises(InputError, match="'## Verbs'"):
        with_tables(EMPTY, [row("verbs", "ours", "right", "1")])


def test_only_the_named_comparison_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table, "TABLE", tmp_path / "libraries.csv")
    monkeypatch.setattr(libraries, "PAGE", tmp_path / "libraries.md")
    monkeypatch.setattr(sys, "path", [*sys.path])
    libraries.PAGE.write_text(EMPTY)
    table.write_rows(ROWS)
    measured = {"sentences": lambda: iter([("ours", {"right": (5, 6), "time (s)": "0.1"})])}
    monkeypatch.setattr(libraries, "COMPARISONS", {**measured, "tokens": lambda: iter(())})
    monkeypatch.setattr(sys, "argv", ["libraries", "--only", "sentences"])
    libraries.main()
    timed = Row("sentences", "ours", "", "time (s)", "0.1", "", "yes")
    assert table.read_rows() == [row("sentences", "ours", "right", "5", "6"), timed, ROWS[3]]
    assert "| right | 5 of 6 |" in libraries.PAGE.read_text()
    assert "| F1 | 0.990 |" in libraries.PAGE.read_text()
