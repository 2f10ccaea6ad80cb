"""Records out: whole files or none, JSON lines and Parquet alike."""

import json
import resource
import signal
import subprocess
import sys

import pyarrow.parquet as pq
import pytest

from hand_made import COMPARISON, ORIGINAL, REPOST
from reframing.documents.errors import InputError
from reframing.documents.json_records import comparison_record
from reframing.documents.writers import PARQUET_ROWS, json_line, record_writer, replacing

RECORD = comparison_record(ORIGINAL, REPOST, COMPARISON)
PAIR = {
    "a": "x",
    "b": "y",
    "relation": "edited",
    "direction": "a→b",
    "confidence": 0.5,
    "evidence": [],
    "score": None,
}


def test_json_lines_read_back(tmp_path):
    out = tmp_path / "records.jsonl"
    with record_writer(out, "comparison") as write:
        write(RECORD)
        write(RECORD)
    assert [json.loads(line) for line in out.read_text("utf8").splitlines()] == [RECORD, RECORD]


def test_text_is_written_as_utf8_and_not_as_escapes():
    assert "a→b" in json_line(PAIR).decode("utf8")


def test_nan_is_refused():
    with pytest.raises(ValueError, match="JSON"):
        json_line({"score": float("nan")})


def test_a_parquet_file_holds_the_same_values(tmp_path):
    out = tmp_path / "records.parquet"
    with record_writer(out, "comparison") as write:
        write(RECORD)
    (row,) = pq.read_table(out).to_pylist()
    summary = {**row.pop("summary")}
    assert {**summary, "moves": dict(summary["moves"])} == RECORD["summary"]
    assert row == {key: value for key, value in RECORD.items() if key != "summary"}


def test_columns_of_nothing_keep_their_type(tmp_path):
    empty, full = tmp_path / "empty.parquet", tmp_path / "full.parquet"
    with record_writer(empty, "pair"):
        pass
    with record_writer(full, "pair") as write:
        write({**PAIR, "evidence": ["published"]})
    assert pq.read_schema(empty) == pq.read_schema(full)


def test_more_records_than_one_row_group_are_all_written(tmp_path):
    out = tmp_path / "pairs.parquet"
    with record_writer(out, "pair") as write:
        for number in range(PARQUET_ROWS + 1):
            write({**PAIR, "a": str(number)})
    assert pq.read_table(out)["a"].to_pylist() == [str(n) for n in range(PARQUET_ROWS + 1)]


@pytest.mark.parametrize("name", ["records.jsonl", "records.parquet"])
def test_the_same_records_give_the_same_bytes(tmp_path, name):
    contents = []
    for _ in range(2):
        with record_writer(tmp_path / name, "pair") as write:
            write(PAIR)
        contents.append((tmp_path / name).read_bytes())
    assert contents[0] == contents[1]


@pytest.mark.parametrize("name", ["records.jsonl", "records.parquet"])
def test_an_error_leaves_what_stood_there_before(tmp_path, name):
    out = tmp_path / name
    out.write_text("before")

    def fail():
        with record_writer(out, "pair") as write:
            write(PAIR)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert [file.name for file in tmp_path.iterdir()] == [name]
    assert out.read_text() == "before"


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("records.csv", "unknown suffix"),
        ("records", "unknown suffix"),
        ("missing/records.jsonl", "does not exist"),
        ("folder.jsonl", "is a folder"),
        ("file.txt/records.jsonl", "cannot be written"),
    ],
)
def test_a_place_that_cannot_be_written_is_named(tmp_path, name, problem):
    (tmp_path / "folder.jsonl").mkdir()
    (tmp_path / "file.txt").write_text("")
    with pytest.raises(InputError, match=problem) as raised, record_writer(tmp_path / name, "pair"):
        pass
    assert raised.value.file == str(tmp_path / name)


def test_a_link_keeps_pointing_at_the_file_that_is_replaced(tmp_path):
    file, link = tmp_path / "file.jsonl", tmp_path / "link.jsonl"
    file.write_text("before")
    link.symlink_to(file)
    with replacing(link) as opened:
        opened.write(b"after")
    assert link.is_symlink()
    assert file.read_text() == "after"


def test_what_a_killed_process_left_is_removed(tmp_path):
    code = (
        "import os, sys; from pathlib import Path; from reframing.documents.writers import replacing\n"
        "with replacing(Path(sys.argv[1])) as file:\n"
        "    file.write(b'half'); file.flush(); os._exit(9)"
    )
    out, other = tmp_path / "trees.jsonl", tmp_path / "trees.jsonl.txt"
    for path in (out, other):
        assert subprocess.run([sys.executable, "-c", code, path], check=False).returncode == 9
    assert len(list(tmp_path.iterdir())) == 2
    with replacing(out) as file:
        file.write(b"whole")
    left = {path.name for path in tmp_path.iterdir()} - {out.name}
    assert [name.startswith(f".{other.name}.") for name in left] == [True]
    assert out.read_bytes() == b"whole"


def test_of_two_that_write_one_file_the_later_wins(tmp_path):
    out = tmp_path / "trees.jsonl"

    def write_twice():
        with replacing(out) as orphaned:
            orphaned.write(b"old ")
            with replacing(out) as rerun:
                rerun.write(b"new")
                orphaned.write(b"code")

    with pytest.raises(InputError, match="another process has begun to write it") as raised:
        write_twice()
    assert raised.value.file == str(out)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [(out.name, b"new")]


def test_standard_output_stays_empty_when_an_error_comes_later(capsysbinary):
    def fail():
        with record_writer(None, "pair") as write:
            write(PAIR)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert capsysbinary.readouterr().out == b""


def test_standard_output_gets_each_record_at_once_where_asked(capsysbinary):
    with record_writer(None, "pair", at_once=True) as write:
        write(PAIR)
        assert capsysbinary.readouterr().out == json_line(PAIR)


def test_a_file_that_does_not_fit_is_named(tmp_path):
    limits, answer = resource.getrlimit(resource.RLIMIT_FSIZE), signal.getsignal(signal.SIGXFSZ)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with (
            pytest.raises(OSError, match="too large") as raised,
            replacing(tmp_path / "out") as file,
        ):
            file.write(bytes(2000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, answer)
    assert raised.value.filename == str(tmp_path / "out")
    assert list(tmp_path.iterdir()) == []
