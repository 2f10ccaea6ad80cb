"""The gold suite: its measures, the scores of profiles and baselines on every exam, and their output.

Output is a JSON record, a CSV table, and lines of text.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import groupby
from typing import Any, NamedTuple

import numpy as np

from reframing.documents.params import ValidateParams
from reframing.documents.tables import csv_text
from reframing.statistics.estimates import Resampling
from validation.exam import Exam, Gold, Kind, System
from validation.exams.all_exams import EXAMS
from validation.scores import Evidence, Result, calibration_error

# The measures of the suite, with published scores and scores to reach.


class Published(NamedTuple):
    """A score reported elsewhere, with its source, which also notes where the data were split differently."""

    score: float
    source: str


class Measure(NamedTuple):
    """One row of the table of measures; `target` is the score to reach, None if none is set."""

    slug: str
    title: str
    data: str
    metric: str
    unit: str
    target: float | None = None
    published: Published | None = None


_POLNEAR = "PolNeAR dev (Newell, Margolin & Ruths 2018)"
_DOCUMENTS = "documents"

MEASURES: tuple[Measure, ...] = (
    Measure("attribution-cue", "attribution cue", _POLNEAR, "overlap F1", _DOCUMENTS, 0.85),
    Measure("attribution-source", "attribution source", _POLNEAR, "overlap F1", _DOCUMENTS, 0.87),
    Measure("content-token", "attributed content", _POLNEAR, "token F1", _DOCUMENTS, 0.92),
    Measure("content-exact", "attributed content", _POLNEAR, "exact F1", _DOCUMENTS, 0.67),
    Measure("attribution-linked", "linked attribution", _POLNEAR, "F1", _DOCUMENTS, 0.80),
    Measure("source-link", "source of a found cue", _POLNEAR, "share right", _DOCUMENTS),
    Measure("content-link", "content of a found cue", _POLNEAR, "share right", _DOCUMENTS),
    Measure("quote-speaker", "speaker of a quotation", "embedded sample", "F1", "articles", 0.90),
    Measure(
        "hedge-cues",
        "hedge cues",
        "Szeged Wikipedia, held-out documents (Szarvas et al. 2012)",
        "token F1",
        "sentences",
        0.86,
        Published(0.88, "approximate, of fine-tuned BERT taggers on other splits of the corpus"),
    ),
    Measure(
        "certainty",
        "sentence certainty",
        "Pei & Jurgens (2021), test",
        "Pearson r",
        "findings",
        0.77,
    ),
    Measure(
        "certainty-ext",
        "sentence certainty, other sources",
        "Pei & Jurgens (2021), ext",
        "Pearson r",
        "findings",
        0.68,
    ),
    Measure(
        "target-sentiment",
        "sentiment toward a target",
        "NewsMTSC devtest_rw",
        "macro-F1, 3 classes",
        "targets",
        0.80,
        Published(0.83, "Hamborg & Donnay (2021), GRU-TSC"),
    ),
    Measure(
        "bias",
        "biased sentence",
        "BABE, held-out articles",
        "macro-F1",
        "sentences",
        0.81,
        Published(
            0.804, "Spinde et al. (2021), BERT with distant supervision, 5 folds by sentence"
        ),
    ),
    Measure("bias-auc", "biased sentence", "BABE, held-out articles", "AUC", "sentences"),
    Measure(
        "biased-side",
        "biased side of an edit",
        "Wikipedia neutrality corpus, held-out pairs (Pryzant et al. 2020)",
        "share right, ties half",
        "pairs",
        0.80,
    ),
    Measure(
        "evaluation-auc",
        "evaluations per word",
        "SheepDog retellings: sensational and emotional against objective and neutral",
        "AUC",
        "retellings",
        0.95,
    ),
    Measure(
        "claim-strength",
        "causal strength, abstracts",
        "PubMed conclusions, held out (Yu, Li & Wang 2019)",
        "macro-F1, 4 classes",
        "sentences",
        0.85,
        Published(0.88, "Yu, Li & Wang (2019), BioBERT, 5 folds"),
    ),
    Measure(
        "claim-strength-releases",
        "causal strength, press releases",
        "EurekAlert, held out (Yu et al. 2020)",
        "macro-F1, 4 classes",
        "sentences",
        0.85,
    ),
    Measure(
        "exaggeration",
        "exaggeration of a claim",
        "InSciOut pairs (Wright & Augenstein 2021)",
        "macro-F1, 3 classes",
        "pairs",
        0.50,
        Published(0.48, "approximate: Wright & Augenstein (2021), MT-PET, on their test pairs"),
    ),
    Measure(
        "support-ectsum",
        "support of a summary, earnings calls",
        "SummEdits ectsum (Laban et al. 2023)",
        "balanced accuracy",
        "summaries",
        0.70,
        Published(0.83, "Laban et al. (2023), GPT-4; SummaC .62"),
    ),
    Measure(
        "support-cnndm",
        "support of a sentence, news",
        "QAGS CNN/DailyMail (Wang et al. 2020)",
        "balanced accuracy",
        "sentences",
        0.70,
    ),
    Measure(
        "support-xsum",
        "support of a sentence, abstractive news",
        "QAGS XSum (Wang et al. 2020)",
        "balanced accuracy",
        "sentences",
        0.70,
    ),
    Measure("sentences-sample", "sentence boundaries", "embedded sample", "F1", "articles", 0.98),
    Measure(
        "sentences-polnear",
        "sentence boundaries, news",
        "PolNeAR dev, hand-checked texts",
        "F1",
        _DOCUMENTS,
        0.98,
    ),
)

BY_SLUG = {measure.slug: measure for measure in MEASURES}
CALIBRATED = ("certainty", "certainty-ext", "bias-auc")
"""Measures whose evidence rows are (score, outcome), both in [0, 1], so that calibration can be measured."""


# Running the suite: each exam for each profile and baseline, as rows of numbers.


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """The score of one system on one measure, on all items or, where `group` is set, on one group.

    `n` counts items, `n_documents` the documents they come from. `mean_score` and `mean_gold` are nan for
    measures that are not in `CALIBRATED`.
    """

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
    """One bin of a calibration curve: range and mean of its scores, and the mean outcome in the gold."""

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
    """How many items of one measure a system got right, or wrong in one way (`error`)."""

    measure: str
    system: str
    error: str
    n: int


@dataclass(slots=True)
class Scores:
    """All rows of a run: scores on all items (`whole`) and by group, calibration bins, and error counts."""

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
    """Score `profiles` and the baselines on every exam.

    Scores by group, calibration and errors are computed for profiles only; groups of fewer than
    `params.min_group` items are omitted.
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
    """The score of a system on one measure, with its bootstrap interval by document."""
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
    """Scores of each group with at least `min_group` items, sorted by grouping and group."""
    for grouping, named in sorted(result.evidence.groups.items()):
        for group in sorted({name for names in named for name in names}):
            part: Evidence = result.evidence.within(grouping, group)
            if len(part) >= min_group:
                here = Result(result.measure, part)
                yield score_row(here, system, "profile", resampling, grouping, group)


def error_rows(result: Result, system: str) -> Iterator[ErrorRow]:
    """Counts of each kind of error of one result, most frequent first."""
    for error, n in sorted(result.errors.items(), key=lambda item: (-item[1], item[0])):
        yield ErrorRow(result.measure, system, error, n)


def calibration(result: Result, system: str, bins: int) -> Iterator[CalibrationRow]:
    """The calibration curve of a result in `bins` bins of equal size by score; nothing if not `CALIBRATED`.

    Equal scores keep the order of the gold.
    """
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


def error_of(curve: Sequence[CalibrationRow]) -> float:
    """The expected calibration error of a curve: each of its bins is one of `calibration_error`."""
    means = np.array([(row.mean_score, row.mean_gold) for row in curve])
    sizes = np.array([[row.n for row in curve]], float)
    return float(calibration_error(means, sizes, len(curve))[0])


def _ordered(scores: Scores) -> Scores:
    """Rows sorted by the order of `MEASURES`; within a measure their order is kept."""
    place = {slug: number for number, slug in enumerate(BY_SLUG)}
    for rows in (scores.whole, scores.groups, scores.calibration, scores.errors):
        rows.sort(key=lambda row: place[row.measure])
    return scores


# Output: a JSON record, a CSV table, and lines of text.

DIGITS = 4
COLUMNS = (
    *("measure", "data", "metric", "system", "kind", "n", "unit", "n_documents"),
    *("score", "low", "high", "target", "reached", "published", "published_source"),
)


def record(scores: Scores, params: ValidateParams, seed: int) -> dict[str, Any]:
    """All results as one JSON-serialisable value: measures with their scores, groups, errors, calibration."""
    return {
        "intervals": f"{params.interval:.0%} percentile bootstrap by document, "
        f"{params.resamples} resamples, seed {seed}",
        "measures": [_measure(slug, scores.whole) for slug in _measured(scores.whole)],
        "groups": [_row(row) for row in scores.groups],
        "errors": [asdict(row) for row in scores.errors],
        "calibration": [
            {
                "measure": measure,
                "system": system,
                "expected_calibration_error": _rounded(error_of(curve)),
                "bins": [
                    _rounded_values(asdict(row), leave_out=("measure", "system")) for row in curve
                ],
            }
            for (measure, system), curve in _curves(scores.calibration)
        ],
    }


def table(scores: Sequence[ScoreRow]) -> str:
    """Scores on all items as CSV with the columns `COLUMNS`, one row per measure and system."""
    return csv_text((COLUMNS, *map(_cells, scores)))


def _cells(row: ScoreRow) -> tuple[object, ...]:
    measure = BY_SLUG[row.measure]
    published = measure.published
    return (
        *(row.measure, measure.data, measure.metric, row.system, row.kind),
        *(row.n, measure.unit, row.n_documents),
        *map(_shown, (row.score, row.low, row.high, measure.target)),
        _reached(row, measure.target),
        _shown(published.score if published else None),
        published.source if published else "",
    )


def lines(scores: Scores) -> Iterable[str]:
    """Scores on all items as lines of text, one block per measure with the profiles last."""
    for slug in _measured(scores.whole):
        measure = BY_SLUG[slug]
        ends = [f"reach {measure.target:.2f}"] if measure.target is not None else []
        ends += [f"published {measure.published.score:.2f}"] if measure.published else []
        yield f"{measure.title}, {measure.metric} – {measure.data}" + "".join(
            f"; {e}" for e in ends
        )
        for row in (row for row in scores.whole if row.measure == slug):
            interval = f"[{_short(row.low)}, {_short(row.high)}]"
            yield f"  {row.system:38} {_short(row.score)} {interval:14} n = {row.n}"


def _measured(rows: Sequence[ScoreRow]) -> list[str]:
    found = {row.measure for row in rows}
    return [measure.slug for measure in MEASURES if measure.slug in found]


def _measure(slug: str, rows: Sequence[ScoreRow]) -> dict[str, Any]:
    measure = BY_SLUG[slug]
    published = measure.published._asdict() if measure.published else None
    return {
        **measure._asdict(),
        "published": published,
        "scores": [
            {
                **_row(row, leave_out=("measure", "grouping", "group", "mean_score", "mean_gold")),
                "reached": None if measure.target is None else row.score >= measure.target,
            }
            for row in rows
            if row.measure == slug
        ],
    }


def _curves(
    rows: Sequence[CalibrationRow],
) -> list[tuple[tuple[str, str], list[CalibrationRow]]]:
    curves = groupby(rows, key=lambda row: (row.measure, row.system))
    return [(key, list(curve)) for key, curve in curves]


def _row(row: ScoreRow, leave_out: Sequence[str] = ()) -> dict[str, Any]:
    return _rounded_values(asdict(row), leave_out)


def _rounded_values(values: dict[str, Any], leave_out: Sequence[str] = ()) -> dict[str, Any]:
    return {
        key: _rounded(value) if isinstance(value, float) else value
        for key, value in values.items()
        if key not in leave_out
    }


def _rounded(value: float) -> float | None:
    """Rounded to `DIGITS` decimal places, beyond which processors may differ; None for nan."""
    return None if math.isnan(value) else round(float(value), DIGITS)


def _shown(value: float | None) -> str:
    return "" if value is None or math.isnan(value) else f"{value:.{DIGITS}f}"


def _short(value: float) -> str:
    return "  –  " if math.isnan(value) else f"{value:.3f}"


def _reached(row: ScoreRow, target: float | None) -> str:
    if target is None:
        return ""
    return "yes" if row.score >= target else "no"
