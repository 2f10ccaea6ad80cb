"""What is checked of an answer finds what is wrong with it, and the sample has enough cases."""

from itertools import chain
from pathlib import Path

import pytest

from hostile import article_cases, coding_cases, path_cases, stage_cases
from hostile.case import Case, Outcome, check_page, problems
from hostile.choosing import selected

CASE = Case("a/b", ("annotate", "a.txt"), names=("a.txt",), writes=("out.jsonl",))
LINE = b"reframing: a.txt: is empty\n"


def outcome(
    code: int = 2,
    out: bytes = b"",
    err: bytes = LINE,
    after: dict[str, str] | None = None,
    **more: float,
) -> Outcome:
    spent = {"seconds": 1.0, "megabytes": 100.0, **more}
    return Outcome(
        code, out, err, folder=Path(), before={"a.txt": "1"}, after=after or {"a.txt": "1"}, **spent
    )


def test_one_line_that_names_the_file_is_right() -> None:
    assert problems(CASE, outcome()) == []


@pytest.mark.parametrize(
    ("found", "problem"),
    [
        (outcome(code=0, err=b""), "exit code"),
        (outcome(code=1), "exit code"),
        (outcome(err=b""), "no single line"),
        (outcome(err=LINE * 2), "no single line"),
        (outcome(err=b"a.txt: is empty\n"), "no single line"),
        (outcome(err=b"reframing: is empty\n"), "does not name"),
        (outcome(err=b"reframing: a.txt: \x1b[31m\n"), "control character"),
        (outcome(err="reframing: a.txt: \x9b31m\n".encode()), "control character"),
        (outcome(err="reframing: a.txt: \u202e\n".encode()), "bidi control"),
        (outcome(err=b"Traceback (most recent call last):\n  x\nKeyError: 5\n"), "traceback"),
        (outcome(out=b"{}\n"), "output with exit code 2"),
        (outcome(after={"a.txt": "2"}), "left or changed"),
        (outcome(after={"a.txt": "1", ".out.jsonl.part": "1"}), "left or changed"),
        (outcome(after={"a.txt": "1", "out.jsonl": "1"}), "left or changed"),
        (outcome(seconds=11.0), "took longer"),
        (outcome(megabytes=501.0), "MB"),
        (outcome(err=b"reframing: a.txt: " + b"x" * 3000 + b"\n"), "a line of"),
    ],
)
def test_each_kind_of_wrong_answer_is_found(found: Outcome, problem: str) -> None:
    assert any(problem in wrong for wrong in problems(CASE, found))


@pytest.mark.parametrize(
    "page",
    [
        "<hostile>",
        "<p onclick=hostile()>",
        "<a href='javascript:hostile()'>",
        "<img src=x onerror=alert(1)>",
        "<iframe>",
        "<script></script><script></script>",
        "a\x1bb",
    ],
)
def test_markup_of_a_payload_in_a_page_is_found(page: str) -> None:
    with pytest.raises(AssertionError):
        check_page(page)


def test_escaped_markup_in_a_page_is_right() -> None:
    check_page(
        '<p title="&lt;hostile&gt;">&lt;script&gt;hostile()&lt;/script&gt;</p><script></script>'
    )


MODULES = (article_cases, coding_cases, path_cases, stage_cases)


def test_ids_differ_and_the_sample_has_at_least_500() -> None:
    cases = [*chain.from_iterable(module.cases() for module in MODULES)]
    assert len({case.id for case in cases}) == len(cases)
    assert len([*selected(cases, every=False)]) >= 500
