"""The score of a move: how likely a careful reader is to agree that it was made.

A logistic regression over the evidence of `reframing.moves.evidence`, with an intercept for each slug, the
same for its opposite, and weights for all slugs and for each family. `training/calibrate.py` learns them
from moves that readers judged, planted and marked ones; `scores.tsv` holds them in the columns `of` (a slug,
a family or `all`), `evidence` (empty for the intercept of a slug) and `weight`, in logits.
"""

import csv
import math
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from reframing.errors import InputError
from reframing.moves.catalogue import catalogue
from reframing.moves.evidence import Evidence

ALL = "all"
COLUMNS = ("of", "evidence", "weight")
FILE = "scores.tsv"


class Weights(NamedTuple):
    """The intercept of a slug, and how much each piece of evidence weighs for it, in logits."""

    intercept: float
    evidence: Mapping[str, float]


def score(slug: str, evidence: Evidence) -> float:
    """The probability in [0, 1] that a reader agrees, to three digits: beyond them processors may differ."""
    weights = _packaged()[slug]
    logit = weights.intercept + sum(
        weights.evidence.get(name, 0.0) * value for name, value in evidence.items()
    )
    return round(1 / (1 + math.exp(-logit)), 3)


@lru_cache
def _packaged() -> dict[str, Weights]:
    table = resources.files("reframing") / "moves" / FILE
    return read_scores(table.read_text(encoding="utf8").splitlines(), FILE)


def read_scores(lines: Iterable[str], file: str) -> dict[str, Weights]:
    """The weights of each slug of the catalogue; an `InputError` names the line that cannot be read."""
    intercepts: dict[str, float] = {}
    shared: dict[str, dict[str, float]] = {}
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    if tuple(rows.fieldnames or ()) != COLUMNS:
        raise InputError(f"expected the columns {', '.join(COLUMNS)}", file)
    for number, row in enumerate(rows, 2):
        try:
            weight = float(row["weight"])
        except (TypeError, ValueError) as error:
            raise InputError("is no number", file, number, "weight") from error
        if row["evidence"]:
            shared.setdefault(row["of"], {})[row["evidence"]] = weight
        else:
            intercepts[row["of"]] = weight
    weights = {}
    for slug, kind in catalogue().items():
        if one_of(slug) not in intercepts:
            raise InputError(f"has no intercept of {one_of(slug)}", file, field="of")
        summed = _summed(shared.get(ALL, {}), shared.get(kind.family, {}))
        weights[slug] = Weights(intercepts[one_of(slug)], summed)
    return weights


def one_of(slug: str) -> str:
    """The one of a slug and its opposite by which the table calls both."""
    return min(slug, catalogue()[slug].opposite or slug)


def _summed(a: Mapping[str, float], b: Mapping[str, float]) -> dict[str, float]:
    return {name: a.get(name, 0.0) + b.get(name, 0.0) for name in a.keys() | b.keys()}
