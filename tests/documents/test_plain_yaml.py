"""YAML of plain data: what it holds, and what is refused in one line."""

import os
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from reframing.documents import plain_yaml as module
from reframing.documents.errors import InputError
from reframing.documents.plain_yaml import plain_yaml, read_plain_yaml

ROOT = Path(__file__).parents[2]
OWN = [ROOT / "params.yaml", *sorted((ROOT / "data" / "manifests").glob("*.yaml"))]


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_the_files_of_the_repository_are_read_as_another_parser_reads_them(path: Path):
    assert read_plain_yaml(path) == YAML(typ="safe", pure=True).load(path)


@pytest.mark.parametrize(
    ("plain", "value"),
    [
        *(("3", 3), ("-3", -3), ("+3", 3), ("3.5", 3.5), (".5", 0.5), ("1e3", 1000.0)),
        *(("true", True), ("FALSE", False), ("null", None), ("~", None), ("", None)),
        *((".inf", float("inf")), ("-.INF", -float("inf"))),
        *(("yes", "yes"), ("no", "no"), ("tRue", "tRue"), ("0x1f", "0x1f"), ("1:30", "1:30")),
        *(("2001-01-01", "2001-01-01"), ("2001-99-99", "2001-99-99"), ("=", "="), ("<<", "<<")),
        *(("'3'", "3"), ('"3"', "3"), ("'null'", "null"), ("[]", []), ("{}", {})),
    ],
)
def test_a_scalar_is_what_yaml_1_2_says_in_decimal(plain: str, value: Any):
    found = plain_yaml(f"key: {plain}")["key"]
    assert (found, type(found)) == (value, type(value))


def test_a_text_without_a_document_holds_nothing():
    assert plain_yaml("# nothing") is None


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.text("ab01:-.eE~ üé\n'\""),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.text("ab"), inner, max_size=3)
        ),
        max_leaves=8,
    )
)
def test_what_another_library_writes_is_read_back(value: Any):
    written = StringIO()
    writer = YAML()
    writer.width = 100
    writer.dump({"value": value}, written)
    assert plain_yaml(written.getvalue()) == {"value": value}


HOSTILE = [
    ("a: &x [1]\nb: *x", r"has an anchor or alias; write the value out \(line 1\)"),
    ("a: 1\nb: *x", r"has an anchor or alias; .*\(line 2\)"),
    ("a: &x [*x]", "has an anchor or alias"),
    ("<<: &x {a: 1}", "has an anchor or alias"),
    ("a: !!int foo", r"has a tag; write plain values \(line 1\)"),
    ("a: !!python/object:os.system x", "has a tag"),
    ("a: !own x", "has a tag"),
    ("a: 1\nb: 2\na: 3", r"has the key 'a' twice \(line 3\)"),
    ("? [a]\n: b", "has a key that is no text"),
    ("? {a: b}\n: c", "has a key that is no text"),
    ("a: 1\n---\nb: 2", r"holds a second document \(line 2\)"),
    ("a: [", "is not YAML: line 2"),
    ("\ta: b", "is not YAML: line 1: found character that cannot start any token"),
    ("a: b: c", "is not YAML: line 1"),
    ("a: \x1b[31m", "is not YAML: unacceptable character #x001b"),
    ('a: "\\ud800"', "is not YAML: line 1: found invalid Unicode"),
    ("a: " + "[" * 100_000, "is not YAML|is nested deeper than 20 levels"),
    ("a: " + "[" * 30 + "]" * 30, "is nested deeper than 20 levels"),
    ("a: " + "{a: " * 30, "is nested deeper than 20 levels"),
    ("\n".join(" " * depth + "-" for depth in range(1000)), "is nested deeper than 20 levels"),
    ("- " * 1000, "is nested deeper than 20 levels"),
]


@pytest.mark.parametrize(("text", "problem"), HOSTILE)
def test_what_is_no_plain_data_is_refused_in_one_line(text: str, problem: str):
    with pytest.raises(InputError, match=problem) as caught:
        plain_yaml(text)
    assert str(caught.value).isascii()
    assert len(str(caught.value)) < 200


def test_a_number_of_any_length_is_read():
    assert plain_yaml("9" * 5000) == float("inf")


def test_too_many_values_are_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "MAX_VALUES", 100)
    with pytest.raises(InputError, match="has more than 100 values"):
        plain_yaml("a: [" + "1," * 100 + "1]")


def test_a_file_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "MAX_BYTES", 10)
    (tmp_path / "a.yaml").write_text("a: " + "x" * 8, encoding="utf8")
    with pytest.raises(InputError, match="has more than 10 bytes"):
        read_plain_yaml(tmp_path / "a.yaml")


def test_what_is_no_regular_file_is_refused_at_once(tmp_path: Path):
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "loop").symlink_to("loop")
    for place, problem in (
        (tmp_path / "fifo", "is no regular file"),
        (Path("/dev/zero"), "is no regular file"),
        (tmp_path, "is a folder"),
        (tmp_path / "loop", "cannot be read: Too many levels"),
        (tmp_path / "none", "there is no such file"),
        (Path("a\0b"), "cannot be read: embedded null byte"),
        (tmp_path / ("x" * 300), "cannot be read: File name too long"),
    ):
        with pytest.raises(InputError, match=problem):
            read_plain_yaml(place)


def test_bytes_that_are_no_utf_8_are_refused(tmp_path: Path):
    (tmp_path / "a.yaml").write_bytes(b"a: \xff")
    with pytest.raises(InputError, match=r"is not UTF-8 \(byte 3\)"):
        read_plain_yaml(tmp_path / "a.yaml")
