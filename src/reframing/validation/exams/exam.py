"""An exam: gold of one kind, how a profile is scored on it, and what it is compared with."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from reframing.validation.evidence import Result
from reframing.validation.gold import Gold
from reframing.validation.systems import System

Kind = Literal["profile", "trivial", "word list", "other method", "people"]


class Rival(NamedTuple):
    """A baseline: what it is called, what kind it is of, and its result on the same gold."""

    system: str
    kind: Kind
    result: Result


@dataclass(frozen=True, slots=True)
class Exam:
    """`judge` scores a profile on the items that `read` gives; `rivals` scores the baselines.

    Rivals see the gold too, because some learn a majority or a threshold from its train part.
    """

    name: str
    read: Callable[[Gold], Sequence[Any]]
    judge: Callable[[Sequence[Any], System], Iterator[Result]]
    rivals: Callable[[Sequence[Any], Gold], Iterator[Rival]]
