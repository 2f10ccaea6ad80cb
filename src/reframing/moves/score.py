"""The score of a move: how likely a careful reader is to agree that it was made.

A logistic regression over the evidence of `reframing.moves.evidence`, with an intercept for each slug, the
same for its opposite, and weights for all slugs and for each family. `training/calibrate.py` learns them
from moves that readers judged, planted and marked ones; `scores.tsv` holds them in the columns `of` (a slug,
a family or `all`), `evidence` (empty for the intercept of a slug) and `weight`, in logits. A slug without an
intercept, as a new one is, has learned nothing: its moves have the score `PRIOR`, whatever their evidence.
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
FILES: dict[str, str] = {"full": "scores.tsv", "lexicon": "scores_lexicon.tsv"}
"""The weights by profile: what no network read has less evidence."""

THRESHOLDS = "thresholds.tsv"
THRESHOLD_COLUMNS = ("profile", "of", "least", "found", "right")

NEVER = 1.01
"""The threshold of a kind that no score makes likely enough."""

PRIOR = 0.5
"""The score of moves of which no reader's judgement is known: as likely right as wrong."""


class Weights(NamedTuple):
    """The intercept of a slug, and how much each piece of evidence weighs for it, in logits."""

    intercept: float
    evidence: Mapping[str, float]


def score(slug: str, evidence: Evidence) -> float:
    """The probability in [0, 1] that a reader agrees, to three digits: beyond them processors may differ.

    `PRIOR` for a slug of which nothing was learned.
    """
    weights = _packaged("full" if "read" in evidence else "lexicon").get(slug)
    return PRIOR if weights is None else score_by(weights, evidence)


def score_by(weights: Weights, evidence: Evidence) -> float:
    """The probability that some weights make of evidence."""
    logit = weights.intercept + sum(
        weights.evidence.get(name, 0.0) * value for name, value in evidence.items()
    )
    return round(1 / (1 + math.exp(-logit)), 3)


def least_score(slug: str, profile: str) -> float:
    """The score from which a reader agrees with at least three of five moves of a kind; 0 if always.

    `thresholds.tsv` has it for a slug and its opposite together, so that neither is found more readily, with
    how many moves of pairs that the score had not learned from had it, and how many of them were right.
    """
    return _thresholds().get((profile, one_of(slug)), 0.0)


@lru_cache
def _thresholds() -> dict[tuple[str, str], float]:
    table = resources.files("reframing") / "moves" / THRESHOLDS
    lines = table.read_text(encoding="utf8").splitlines()
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return {(row["profile"], row["of"]): float(row["least"]) for row in rows}


@lru_cache
def _packaged(profile: str) -> dict[str, Weights]:
    file = FILES[profile]
    table = resources.files("reframing") / "moves" / file
    return read_scores(table.read_text(encoding="utf8").splitlines(), file)


def read_scores(lines: Iterable[str], file: str) -> dict[str, Weights]:
    """The weights of each slug that has an intercept; an `InputError` names the line that cannot be read."""
    intercepts: dict[str, float] = {}
    shared: dict[str, dict[str, float]] = {}
    sharing = {ALL, *(kind.family for kind in catalogue().values())}
    own = {one_of(slug) for slug in catalogue()}
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    if tuple(rows.fieldnames or ()) != COLUMNS:
        raise InputError(f"expected the columns {', '.join(COLUMNS)}", file)
    for number, row in enumerate(rows, 2):
        try:
            weight = float(row["weight"])
        except (TypeError, ValueError) as error:
            raise InputError("is no number", file, number, "weight") from error
        if row["of"] not in (sharing if row["evidence"] else own):
            expected = "a family or 'all'" if row["evidence"] else "a slug"
            raise InputError(
                f"'{row['of']}' is not {expected} of the catalogue", file, number, "of"
            )
        if row["evidence"]:
            shared.setdefault(row["of"], {})[row["evidence"]] = weight
        else:
            intercepts[row["of"]] = weight
    return {
        slug: Weights(
            intercepts[one_of(slug)], _summed(shared.get(ALL, {}), shared.get(kind.family, {}))
        )
        for slug, kind in catalogue().items()
        if one_of(slug) in intercepts
    }


def one_of(slug: str) -> str:
    """The one of a slug and its opposite by which the table calls both."""
    return min(slug, catalogue()[slug].opposite or slug)


def _summed(a: Mapping[str, float], b: Mapping[str, float]) -> dict[str, float]:
    return {name: a.get(name, 0.0) + b.get(name, 0.0) for name in a.keys() | b.keys()}
