"""The scores of the suite as a record, a table, and lines to read."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Any

from reframing.csv_text import csv_text
from reframing.params import ValidateParams
from reframing.validation.measures import BY_SLUG, MEASURES
from reframing.validation.suite import CalibrationRow, ScoreRow, Scores, calibration_error

DIGITS = 4
COLUMNS = (
    *("measure", "data", "metric", "system", "kind", "n", "unit", "n_documents"),
    *("score", "low", "high", "target", "reached", "published", "published_source"),
)


def record(scores: Scores, params: ValidateParams, seed: int) -> dict[str, Any]:
    """Everything as one JSON value: measures with their scores, groups, and calibration curves."""
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
                "expected_calibration_error": _rounded(calibration_error(curve)),
                "bins": [
                    _rounded_values(asdict(row), leave_out=("measure", "system")) for row in curve
                ],
            }
            for (measure, system), curve in _curves(scores.calibration)
        ],
    }


def table(scores: Sequence[ScoreRow]) -> str:
    """The whole scores as CSV, one line a measure and system."""
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
    """The whole scores for a reader, a block a measure, profiles last."""
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
    """To `DIGITS` places, so that another processor's last bits do not show; None for nan."""
    return None if math.isnan(value) else round(float(value), DIGITS)


def _shown(value: float | None) -> str:
    return "" if value is None or math.isnan(value) else f"{value:.{DIGITS}f}"


def _short(value: float) -> str:
    return "  –  " if math.isnan(value) else f"{value:.3f}"


def _reached(row: ScoreRow, target: float | None) -> str:
    if target is None:
        return ""
    return "yes" if row.score >= target else "no"
