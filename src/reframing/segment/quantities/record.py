"""What is known of one quantity."""

from dataclasses import dataclass
from math import floor, log10
from typing import Literal, NamedTuple

from reframing.records import Span

QuantityKind = Literal[
    "count", "ordinal", "percent", "money", "duration", "age", "date", "decade", "weekday", "time"
]


class Date(NamedTuple):
    """A calendar date as far as it is given; at least one part is."""

    year: int | None = None
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity as written and what it comes to.

    `value` is in the base unit of its kind: percent (*half* is 50), days for durations, years for
    ages, minutes after midnight for times, 0 (Monday) to 6 for weekdays; a date is a `Date`.
    `unit` is the stem of the noun counted, the currency, the base unit, or empty where none is
    told; `noun` is where the counted noun stands. `place` is the value of the last significant
    digit, in the base unit: 100 for *2,300*. `approximator` is *about*, *more than*, … or empty.
    """

    span: Span
    kind: QuantityKind
    value: float | Date
    unit: str = ""
    place: float = 1.0
    approximator: str = ""
    noun: Span | None = None

    @property
    def number(self) -> float:
        """The value as a number; a date has none (NaN)."""
        return float("nan") if isinstance(self.value, Date) else self.value

    @property
    def precision(self) -> int:
        """Significant digits: 2 for *2.3 million*, 5 for *2,296,400*; 0 for a date."""
        if isinstance(self.value, Date):
            return 0
        if self.value == 0 or self.place <= 0:
            return 1
        return max(1, floor(log10(abs(self.value) / self.place) + 1e-9) + 1)
