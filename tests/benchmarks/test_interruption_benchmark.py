"""The benchmark of interruption: what it calls right, and that its file holds together."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.interruption import HOWS, OUT, difference, first_line, is_right, state

TABLE = list(csv.DictReader(OUT.open(encoding="utf8", newline="")))
COMMANDS = ("annotate", "compare", "fetch", "make reproduce", "study reproduce")
ROW = {
    "command": "annotate",
    "how": "SIGTERM group",
    "exit": 143,
    "again_exit": 0,
    "traceback": False,
    "same_bytes": True,
    "leftovers": 0,
    "processes": 0,
}


def test_every_trial_ended_with_the_same_bytes_and_nothing_else() -> None:
    for row in TABLE:
        assert row["same_bytes"] == "True", row
        assert (row["leftovers"], row["processes"], row["traceback"]) == ("0", "0", "False"), row


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_was_ended_at_twenty_moments_in_every_way(command: str) -> None:
    of = [row for row in TABLE if row["command"].startswith(command)]
    ended = Counter(row["how"] for row in of if row["how"] != "two at once")
    assert ended.total() >= 20
    assert ended.keys() == {" ".join(how) for how in HOWS}
    assert len(of) - ended.total() >= 5


def test_exit_codes_are_those_that_are_documented() -> None:
    for row in TABLE:
        numbers = {key: int(row[key]) for key in ("exit", "again_exit", "leftovers", "processes")}
        answers = {key: row[key] == "True" for key in ("traceback", "same_bytes")}
        assert is_right({**row, **numbers, **answers}), row


def test_a_trial_with_all_that_is_promised_is_right() -> None:
    assert is_right(ROW)
    assert is_right(ROW | {"exit": -15})
    assert is_right(ROW | {"command": "study add", "again_exit": 2})
    assert is_right(ROW | {"how": "two at once", "exit": 0, "again_exit": 2})


@pytest.mark.parametrize(
    "wrong",
    [
        {"exit": 0},
        {"exit": 130},
        {"again_exit": 2},
        {"traceback": True},
        {"same_bytes": False},
        {"leftovers": 1},
        {"processes": 1},
        {"how": "two at once", "exit": 2, "again_exit": 2},
    ],
    ids=str,
)
def test_a_trial_that_lacks_anything_is_wrong(wrong: dict[str, object]) -> None:
    assert not is_right(ROW | wrong)


def test_files_that_changed_and_files_that_were_added_are_told_apart(tmp_path: Path) -> None:
    for name in ("a", ".b.part"):
        (tmp_path / name).write_text(name)
    (tmp_path / ".dvc/tmp").mkdir(parents=True)
    (tmp_path / ".dvc/tmp/rwlock").write_text("{}")
    reference = state(tmp_path)
    assert sorted(reference) == [".b.part", "a"]
    (tmp_path / "a").write_text("another")
    (tmp_path / "c").write_text("new")
    assert difference(reference, state(tmp_path)) == (False, 1)
    assert difference({}, state(tmp_path)) == (True, 3)


def test_what_was_said_is_kept_without_places_and_numbers_of_this_machine() -> None:
    said = "reframing: http://127.0.0.1:41234/a.bin: waits\nmore"
    assert first_line(said) == "reframing: http://server/a.bin: waits"
    assert first_line("/somewhere/else/out.jsonl: is held") == "out.jsonl: is held"
    assert first_line("WARNING: with (Pid 859), in a file") == "WARNING: with (Pid …), in a file"
