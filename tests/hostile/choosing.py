"""Which cases `make test` runs: a seeded sample of every class; all of them if HOSTILE is `all`."""

import os
from collections.abc import Iterable, Iterator
from random import Random

import pytest

from hostile.case import SEED, Case
from hostile.known import KNOWN, UNENDING

OF_CLASS = 4
"""Cases of a class, which is an id without its last part, in the sample."""


def selected(cases: Iterable[Case]) -> Iterator[Case]:
    """The cases that are run: of each class a sample, or all."""
    every = os.environ.get("HOSTILE") == "all"
    by_class: dict[str, list[Case]] = {}
    for case in cases:
        by_class.setdefault(case.id.rpartition("/")[0], []).append(case)
    for name, of_class in by_class.items():
        some = Random(f"{SEED}:{name}").sample(of_class, min(OF_CLASS, len(of_class)))
        yield from of_class if every else some


def chosen(cases: Iterable[Case]) -> list[object]:
    """The cases that are run as parameters of a test; those that are known to fail must fail."""
    return [
        pytest.param(
            case, id=case.id.encode("ascii", "backslashreplace").decode(), marks=_marks(case)
        )
        for case in selected(cases)
    ]


def _marks(case: Case) -> tuple[pytest.MarkDecorator, ...]:
    if case.id not in KNOWN:
        return ()
    return (pytest.mark.xfail(reason=KNOWN[case.id], strict=True, run=case.id not in UNENDING),)
