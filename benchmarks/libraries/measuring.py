"""What a comparison says of its contenders, and what all comparisons need to find it."""

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
OURS = "ours"

Values = dict[str, int | str | bool | tuple[int, int]]
"""What a contender gave, by quantity; two numbers are cases and out of how many."""

Compared = Iterator[tuple[str, Values]]
"""Contenders, each a package or `OURS`, and what they gave."""


def examples(test: Any) -> list[tuple[Any, ...]]:
    """The examples of a parametrised test."""
    (values,) = (mark.args[1] for mark in test.pytestmark if mark.name == "parametrize")
    return [value if isinstance(value, tuple) else (value,) for value in values]


def timed(function: Callable[[], Any]) -> tuple[Any, float]:
    """The result of a function, and the seconds that it took."""
    start = time.perf_counter()
    return function(), time.perf_counter() - start


def quiet(function: Callable[..., Any], *given: Any) -> Any:
    """The result of a function, or None where it raises."""
    with suppress(Exception):
        return function(*given)
    return None
