"""The gold suite: every exam for every profile and rival, as rows of numbers."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from reframing.params import ValidateParams
from reframing.statistics.bootstrap import Resampling
from reframing.validation.evidence import Evidence, Result
from reframing.validation.exams import EXAMS, Exam
from reframing.validation.exams.exam import Kind
from reframing.validation.gold import Gold
from reframing.validation.measures import BY_SLUG, CALIBRATED
from reframing.validation.systems import System


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One system on one measure; of a group where `group` says so."""

    measure: str
    system: str
    kind: Kind
    n: int
    n_documents: int
    score: float
    low: float
    high: float
    grouping: str = ""
    group: str = ""
    mean_score: float = np.nan
    mean_gold: float = np.nan


@dataclass(frozen=True, slots=True)
class CalibrationRow:
    """One bin of a calibration curve: scores in it, and what they should have been."""

    measure: str
    system: str
    bin: int
    n: int
    low_score: float
    high_score: float
    mean_score: float
    mean_gold: float


@dataclass(frozen=True, slots=True)
class ErrorRow:
    """How often a system was right or wrong in one way on one measure."""

    measure: str
    system: str
    error: str
    n: int


@dataclass(slots=True)
class Scores:
    """All rows of a run."""

    whole: list[ScoreRow] = field(default_factory=list)
    groups: list[ScoreRow] = field(default_factory=list)
    calibration: list[CalibrationRow] = field(default_factory=list)
    errors: list[ErrorRow] = field(default_factory=list)


def run_suite(
    profiles: Sequence[System],
    gold: Gold,
    params: ValidateParams,
    seed: int,
    exams: Iterable[Exam] = EXAMS,
) -> Scores:
    """Score `profiles` and their rivals on every exam.

    Groups, calibration and errors are given for profiles alone; groups of fewer than `min_group` items are left
    out.
    """
    resampling, scores = Resampling(params.resamples, params.interval, seed), Scores()
    for exam in exams:
        items = exam.read(gold)
        for system, kind, result in exam.rivals(items, gold):
            scores.whole.append(score_row(result, system, kind, resampling))
        for profile in profiles:
            for result in exam.judge(items, profile):
                if result.whole:
                    scores.whole.append(score_row(result, profile.name, "profile", resampling))
                    scores.calibration += calibration(result, profile.name, params.bins)
                    scores.errors += error_rows(result, profile.name)
                scores.groups += group_rows(result, profile.name, resampling, params.min_group)
    return _ordered(scores)


def score_row(
    result: Result,
    system: str,
    kind: Kind,
    resampling: Resampling,
    grouping: str = "",
    group: str = "",
) -> ScoreRow:
    """A system's score on one measure with its interval."""
    evidence = result.evidence
    value, low, high, n_documents = evidence.estimate(resampling)
    means = (np.nan, np.nan)
    if result.measure in CALIBRATED and len(evidence):
        means = tuple(evidence.values.mean(axis=0))
    return ScoreRow(
        result.measure, system, kind, len(evidence), n_documents, value, low, high, grouping, group,
        *means,
    )  # fmt: skip


def group_rows(
    result: Result, system: str, resampling: Resampling, min_group: int
) -> Iterator[ScoreRow]:
    """The score within each group that is large enough, groupings and groups in order."""
    for grouping, named in sorted(result.evidence.groups.items()):
        for group in sorted({name for names in named for name in names}):
            part: Evidence = result.evidence.within(grouping, group)
            if len(part) >= min_group:
                here = Result(result.measure, part)
                yield score_row(here, system, "profile", resampling, grouping, group)


def error_rows(result: Result, system: str) -> Iterator[ErrorRow]:
    """The kinds of error of one result, most frequent first."""
    for error, n in sorted(result.errors.items(), key=lambda item: (-item[1], item[0])):
        yield ErrorRow(result.measure, system, error, n)


def calibration(result: Result, system: str, bins: int) -> Iterator[CalibrationRow]:
    """Bins of equally many items by score, ties kept in the order of the gold."""
    if result.measure not in CALIBRATED:
        return
    values = result.evidence.values
    ordered = values[np.argsort(values[:, 0], kind="stable")]
    for number, part in enumerate(np.array_split(ordered, bins), 1):
        if len(part):
            low, high = part[0, 0], part[-1, 0]
            means = part.mean(axis=0)
            yield CalibrationRow(
                result.measure,
                system,
                number,
                len(part),
                float(low),
                float(high),
                *map(float, means),
            )


def calibration_error(rows: Sequence[CalibrationRow]) -> float:
    """Mean distance between score and outcome over the bins of one curve, weighted by size."""
    n = sum(row.n for row in rows)
    return sum(row.n * abs(row.mean_score - row.mean_gold) for row in rows) / n if n else np.nan


def _ordered(scores: Scores) -> Scores:
    """Rows by measure as in the table of measures; within a measure as they came."""
    place = {slug: number for number, slug in enumerate(BY_SLUG)}
    for rows in (scores.whole, scores.groups, scores.calibration, scores.errors):
        rows.sort(key=lambda row: place[row.measure])
    return scores
