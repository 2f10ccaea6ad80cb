"""Messages: one line that shows what a terminal would obey, and errors of the system in words."""

import errno

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reframing.documents.messages import LONGEST, problem_of, visible


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a\x1b[2Jb", r"a\x1b[2Jb"),
        ("a\n\tb\r\nc", "a b c"),
        ("\u202egnp.exe", r"\u202egnp.exe"),
        ("\udcff", r"\udcff"),
        ("“Fähre” 船 😀", "“Fähre” 船 😀"),
    ],
)
def test_a_line_shows_what_a_terminal_would_obey(text: str, line: str):
    assert visible(text) == line


@given(st.text(st.characters(), max_size=50))
def test_every_line_is_printable_text(text: str):
    line = visible(text)
    assert all(
        character == " " or character.isprintable() for character in line if ord(character) < 0x250
    )
    line.encode("utf8")


def test_a_long_text_keeps_its_beginning_and_its_end():
    line = visible("a" * 10**6 + "end")
    assert len(line) < LONGEST + 10
    assert line.startswith("aaa")
    assert line.endswith("end")


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (
            OSError(errno.ENOSPC, "No space left on device", "a.jsonl"),
            "a.jsonl: No space left on device",
        ),
        (OSError(errno.ENOSPC, "No space left on device"), "output: No space left on device"),
        (MemoryError(), "memory is short; give fewer or smaller records at a time"),
        (RecursionError(), "the input is nested too deeply; write it flatter"),
        (
            UnicodeDecodeError("utf8", b"a\xff", 1, 2, ""),
            "a file is not UTF-8 (byte 0xff); convert it",
        ),
        (TypeError("a defect"), None),
    ],
)
def test_an_error_of_the_system_is_said_and_a_defect_is_not(error: Exception, problem: str | None):
    assert problem_of(error) == problem
