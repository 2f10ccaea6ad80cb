"""Which cases run: a seeded sample of every class, or all of them if HOSTILE is `all`."""

import os
from collections.abc import Iterable, Iterator
from random import Random

import pytest

from hostile.case import SEED, Case

OF_CLASS = 3
"""Cases of a class, which is an id without its last part, in the sample."""


def selected(cases: Iterable[Case], every: bool) -> Iterator[Case]:
    """All cases, or of each class a sample."""
    by_class: dict[str, list[Case]] = {}
    for case in cases:
        by_class.setdefault(case.id.rpartition("/")[0], []).append(case)
    for name, of_class in by_class.items():
        some = Random(f"{SEED}:{name}").sample(of_class, min(OF_CLASS, len(of_class)))
        yield from of_class if every else some


def chosen(cases: Iterable[Case]) -> list[object]:
    """The cases that are run as parameters of a test."""
    every = os.environ.get("HOSTILE") == "all"
    return [
        pytest.param(case, id=case.id.encode("ascii", "backslashreplace").decode())
        for case in selected(cases, every)
    ]
