"""The benchmark in numbers: recall and precision of each slug, confusion, false moves in faithful text."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from reframing.csv_text import csv_text
from reframing.moves.catalogue import catalogue
from reframing.perturbation import ALL, ELSEWHERE, NOTHING, UNLIKELY, WORDS
from reframing.perturbation.benchmark import FaithfulRow, FalseRow, PlantRow
from reframing.shares import weighted_share
from reframing.statistics.bootstrap import Estimate, Resampling, ratio_estimate

DIGITS = 4
COLUMNS = (
    *("move", "words", "planted", "recall", "recall_low", "recall_high"),
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
    """One slug, or all: how many were planted and found, and how many found moves were planted.

    `words` says with which words (`WORDS`).
    """

    slug: str
    words: str
    planted: int
    recall: Estimate
    found: int
    precision: Estimate


def slug_scores(
    rows: Sequence[PlantRow], false: Sequence[FalseRow], interval: float
) -> list[SlugScore]:
    """Scores of each slug in the order of the catalogue, and of all, by words; intervals by document.

    With all words first, then with each kind of words that was planted.
    """
    scores = []
    for slug in (*catalogue(), ALL):
        planted = [row for row in rows if slug in (row.slug, ALL)]
        wrong = [row for row in false if slug in (row.slug, ALL)]
        for words, known in WORDS.items():
            of = [row for row in planted if row.known in known]
            if of or words == ALL:
                others = [row for row in wrong if row.known in known]
                scores.append(_score((slug, words), of, others, interval))
    return scores


def _score(
    name: tuple[str, str], rows: Sequence[PlantRow], false: Sequence[FalseRow], interval: float
) -> SlugScore:
    found = [row for row in rows if row.found]
    return SlugScore(
        *name,
        len(rows),
        _share([(row.document, row.found) for row in rows], interval),
        len(found) + len(false),
        _share(
            [*((row.document, True) for row in found), *((o.document, False) for o in false)],
            interval,
        ),
    )


def _share(judged: Sequence[tuple[str, bool]], interval: float) -> Estimate:
    """The share that is right, with its interval by document."""
    if not judged:
        return Estimate(np.nan, np.nan, np.nan, 0)
    documents, right = zip(*judged, strict=True)
    ones = np.ones(len(right))
    share = weighted_share(
        np.array(right, np.float64), ones, [""] * len(right), documents, interval
    )
    return Estimate(*share, len(set(documents)))


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
    """Each form with its planted slugs, by words: how many, how many found, and what else was in its pairs."""
    names = {known: words for words, (known, *more) in WORDS.items() if not more}
    forms: dict[tuple[str, str], dict[str, list[PlantRow]]] = {}
    for row in rows:
        by_words = forms.setdefault((row.form, row.slug), {})
        by_words.setdefault(names[row.known], []).append(row)
    wrong: dict[str, Counter[str]] = {}
    for other in false:
        wrong.setdefault(other.form, Counter())[other.slug] += 1
    return [
        {
            "form": form,
            "move": slug,
            "planted": {words: len(of) for words, of in by_words.items()},
            "found": {words: sum(row.found for row in of) for words, of in by_words.items()},
            "false": dict(sorted(wrong.get(form, {}).items())),
        }
        for (form, slug), by_words in forms.items()
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
            *(score.slug, score.words, score.planted, *map(_shown, score.recall[:3])),
            *(score.found, *map(_shown, score.precision[:3])),
        )
        for score in scores
    ]
    return csv_text((COLUMNS, *lines))


def score_record(score: SlugScore) -> dict[str, Any]:
    """One score as JSON."""
    return {
        "move": score.slug,
        "words": score.words,
        "planted": score.planted,
        "recall": [_rounded(value) for value in score.recall[:3]],
        "found": score.found,
        "precision": [_rounded(value) for value in score.precision[:3]],
    }


def lines(scores: Sequence[SlugScore], faithful: Sequence[Mapping[str, Any]]) -> Iterable[str]:
    """Everything for a reader."""
    yield f"{'planted':26}{'with words':14}{'n':>6}  recall             precision"
    for score in scores:
        counted = f"{score.slug:26}{score.words:14}{score.planted:6}"
        yield f"{counted}  {_interval(score.recall)}  {_interval(score.precision)}"
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
