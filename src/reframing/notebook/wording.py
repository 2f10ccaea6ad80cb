"""Numbers as prose and tables say them: a value with its interval, in one way everywhere."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reframing.statistics.estimates import Estimate

if TYPE_CHECKING:
    import pandas as pd


class Scale(NamedTuple):
    """How a quantity is written: what it is multiplied by, its decimals, and what follows it."""

    factor: float
    decimals: int
    unit: str = ""


PERCENT = Scale(100, 1, "%")
RATE = Scale(1, 1)
SCORE = Scale(1, 3)

NO_VALUE = "–"
NO_BREAK = "\u00a0"
"""Keeps an interval on one line."""

NOTHING = Estimate(np.nan, np.nan, np.nan, 0)


def estimate(table: "pd.DataFrame", **keys: str) -> Estimate:
    """The one row of a table of the study that has these keys; nan and no events where none has."""
    found = table
    for column, wanted in keys.items():
        found = found[found[column] == wanted]
    if found.empty:
        return NOTHING
    row = found.iloc[0]
    return Estimate(float(row.value), float(row.low), float(row.high), int(row.n_events))


def of_cases(table: "pd.DataFrame", scale: Scale, **keys: str) -> str:
    """` (12 of 340)` behind a share whose table counts its cases; nothing behind other estimates."""
    if scale != PERCENT or "found" not in table.columns:
        return ""
    row = table[(table[list(keys)] == list(keys.values())).all(axis=1)]
    if row.empty or not row["n"].iloc[0]:
        return ""
    return f" ({row['found'].iloc[0]:,.0f} of {row['n'].iloc[0]:,.0f})"


def number(value: float, scale: Scale, signed: bool = False) -> str:
    """`value` with a true minus sign; what rounds to zero has no sign."""
    if np.isnan(value):
        return NO_VALUE
    rounded = round(scale.factor * value, scale.decimals) + 0.0
    sign = "+" if signed and rounded > 0 else ""
    return sign + f"{rounded:,.{scale.decimals}f}".replace("-", "−")


def said(estimate: Estimate, scale: Scale, signed: bool = False) -> str:
    """A value with its unit and its interval in brackets: `74.6% [72.8, 76.4]`; no interval of nan."""
    value = number(estimate.value, scale, signed)
    if value == NO_VALUE:
        return value
    if np.isnan(estimate.low):
        return value + scale.unit
    low, high = (number(end, scale, signed) for end in (estimate.low, estimate.high))
    return f"{value}{scale.unit} [{low},{NO_BREAK}{high}]"


def bold(estimate: Estimate, scale: Scale, signed: bool = False) -> str:
    """As `said`, the value in bold Markdown."""
    value, blank, interval = said(estimate, scale, signed).partition(" ")
    return f"**{value}**{blank}{interval}"


def counted(count: int, noun: str, plural: str = "") -> str:
    """`1 event`, `24 events`."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def listed(parts: Sequence[str], word: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}"
