"""The benchmark in numbers: recall and precision of each slug, confusion, false moves in faithful text."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from reframing.csv_text import csv_text
from reframing.moves.catalogue import catalogue
from reframing.perturbation import ELSEWHERE, NOTHING, UNLIKELY
from reframing.perturbation.benchmark import FaithfulRow, FalseRow, PlantRow
from reframing.statistics.bootstrap import Estimate, Resampling, ratio_estimate

ALL = "all"
DIGITS = 4
COLUMNS = (
    *("move", "planted", "recall", "recall_low", "recall_high"),
    *("found", "precision", "precision_low", "precision_high"),
)
CONFUSION_COLUMNS = ("planted", "found", "n")
FAITHFUL_COLUMNS = (
    "rewrite",
    "texts",
    "words",
    "changes",
    "moves",
    "per_1000_words",
    "low",
    "high",
)


@dataclass(frozen=True, slots=True)
class SlugScore:
    """One slug, or all: how many were planted and found, and how many found moves were planted."""

    slug: str
    planted: int
    recall: Estimate
    found: int
    precision: Estimate


def slug_scores(
    rows: Sequence[PlantRow], false: Sequence[FalseRow], resampling: Resampling
) -> list[SlugScore]:
    """Scores of each slug in the order of the catalogue, and of all; intervals by document."""
    scores = [
        _score(
            slug,
            [r for r in rows if r.slug == slug],
            [f for f in false if f.slug == slug],
            resampling,
        )
        for slug in catalogue()
    ]
    return [*scores, _score(ALL, rows, false, resampling)]


def _score(
    slug: str, rows: Sequence[PlantRow], false: Sequence[FalseRow], resampling: Resampling
) -> SlugScore:
    found = [row for row in rows if row.found]
    right, planted, wrong = (Counter(row.document for row in of) for of in (found, rows, false))
    return SlugScore(
        slug,
        len(rows),
        _ratio(right, planted, resampling),
        len(found) + len(false),
        _ratio(right, right + wrong, resampling),
    )


def _ratio(part: Mapping[str, int], whole: Mapping[str, int], resampling: Resampling) -> Estimate:
    documents = sorted(whole)
    return ratio_estimate(
        np.array([part.get(d, 0) for d in documents], np.float64),
        np.array([whole[d] for d in documents], np.float64),
        resampling,
    )


def confusion(rows: Iterable[PlantRow]) -> list[tuple[str, str, int]]:
    """How often each planted slug was found as itself, as another, elsewhere, held unlikely, or not at all."""
    slugs = list(catalogue())
    found = [*slugs, ELSEWHERE, UNLIKELY, NOTHING]
    counted = Counter(
        (row.slug, ELSEWHERE if row.instead == row.slug and not row.found else row.instead)
        for row in rows
    )
    order = sorted(counted, key=lambda cell: (slugs.index(cell[0]), found.index(cell[1])))
    return [(*cell, counted[cell]) for cell in order]


def by_form(rows: Sequence[PlantRow], false: Sequence[FalseRow]) -> list[dict[str, Any]]:
    """Each form with its planted slugs: how many, how many found, and what else was found in its pairs."""
    forms = dict.fromkeys((row.form, row.slug) for row in rows)
    wrong: dict[str, Counter[str]] = {}
    for row in false:
        wrong.setdefault(row.form, Counter())[row.slug] += 1
    return [
        {
            "form": form,
            "move": slug,
            "planted": sum((r.form, r.slug) == (form, slug) for r in rows),
            "found": sum((r.form, r.slug) == (form, slug) and r.found for r in rows),
            "false": dict(sorted(wrong.get(form, {}).items())),
        }
        for form, slug in forms
    ]


def faithful_table(rows: Sequence[FaithfulRow], resampling: Resampling) -> list[dict[str, Any]]:
    """For each rewrite, and for all that are no copies, the moves found by 1,000 words of the original."""
    names = list(dict.fromkeys(row.rewrite for row in rows))
    tables = [(name, [row for row in rows if row.rewrite == name]) for name in names]
    tables.append((ALL, [row for row in rows if row.n_changes]))
    return [_faithful(name, of, resampling) for name, of in tables]


def _faithful(name: str, rows: Sequence[FaithfulRow], resampling: Resampling) -> dict[str, Any]:
    words: Counter[str] = Counter()
    moves: Counter[str] = Counter()
    for row in rows:
        words[row.document] += row.n_words
        moves[row.document] += len(row.found)
    rate = _ratio(moves, words, resampling)
    return {
        "rewrite": name,
        "texts": len(rows),
        "words": words.total(),
        "changes": sum(row.n_changes for row in rows),
        "moves": moves.total(),
        "per_1000_words": _rounded(1000 * rate.value),
        "low": _rounded(1000 * rate.low),
        "high": _rounded(1000 * rate.high),
        "by_move": dict(sorted(Counter(slug for row in rows for slug in row.found).items())),
    }


def table(scores: Sequence[SlugScore]) -> str:
    """The scores as CSV, a line a slug."""
    lines = [
        (
            *(score.slug, score.planted, *map(_shown, score.recall[:3])),
            *(score.found, *map(_shown, score.precision[:3])),
        )
        for score in scores
    ]
    return csv_text((COLUMNS, *lines))


def score_record(score: SlugScore) -> dict[str, Any]:
    """One score as JSON."""
    return {
        "move": score.slug,
        "planted": score.planted,
        "recall": [_rounded(value) for value in score.recall[:3]],
        "found": score.found,
        "precision": [_rounded(value) for value in score.precision[:3]],
    }


def lines(scores: Sequence[SlugScore], faithful: Sequence[Mapping[str, Any]]) -> Iterable[str]:
    """Everything for a reader."""
    yield f"{'planted':26}{'n':>6}  recall             precision"
    for score in scores:
        yield f"{score.slug:26}{score.planted:6}  {_interval(score.recall)}  {_interval(score.precision)}"
    yield f"{'faithful':30}{'words':>9}{'moves':>7}  per 1,000 words"
    for row in faithful:
        yield f"{row['rewrite']:30}{row['words']:9,}{row['moves']:7}  {row['per_1000_words']}"


def _interval(estimate: Estimate) -> str:
    value, low, high = (f"{v:.2f}" if not np.isnan(v) else "–" for v in estimate[:3])
    return f"{value:>5} [{low}, {high}]".ljust(18)


def _rounded(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), DIGITS)


def _shown(value: float) -> str:
    return "" if np.isnan(value) else f"{value:.{DIGITS}f}"
