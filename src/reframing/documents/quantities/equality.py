"""Whether quantities have the same value, in any format and unit and rounded or not; and which of a text do."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from reframing.documents.quantities.units import ABOUT, DAYS, OVER, UNDER, Date, Quantity

# Shares of a quantity within which another has its value; `Values` relies on none being above 10%.
_ABOUT_SHARE = 0.1
_SIDE_SHARE = 0.05
_ROUNDED_SHARE = 0.05
_ROUNDED_TO_ONE_DIGIT_SHARE = 0.025
_REACH = 0.11  # with a margin
_HALF_DAY = 720


def same_value(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities are equal in value, or one is a rounding of the other; symmetric.

    Format is irrelevant. Quantities that are not `commensurable` (a sum of money and a percentage, two
    currencies) are never equal.
    """
    if not commensurable(a, b):
        return False
    if isinstance(a.value, Date) or isinstance(b.value, Date):
        return _same_date(a, b)
    if a.kind == "time" == b.kind and "12-hour" in (a.unit, b.unit):
        return a.value % _HALF_DAY == b.value % _HALF_DAY
    if {a.kind, b.kind} == {"count", "duration"}:
        a, b = _as_written(a), _as_written(b)
    if math.isclose(a.number, b.number, rel_tol=1e-3):
        return True
    if a.kind in ("ordinal", "decade", "weekday", "time"):
        return False
    return _is_rounding_of(a, b) or _is_rounding_of(b, a)


def commensurable(a: Quantity, b: Quantity) -> bool:
    """Whether the values of two quantities can be compared.

    Those of one kind can (money only in one currency), and so can counts of different things (*customers*,
    *users*), and ages and durations. A number without a unit can be compared with any kind except decades,
    times, weekdays and ordinals, since *5 to 7 per cent* may repeat *5%*.
    """
    if a.kind == b.kind:
        return a.kind != "money" or a.unit == b.unit
    kinds = {a.kind, b.kind}
    if kinds == {"date", "count"}:
        return is_bare(a) or is_bare(b)
    if "count" in kinds and (is_bare(a) or is_bare(b)):
        return not kinds & {"decade", "weekday", "time", "ordinal"}
    return kinds == {"age", "duration"}


def is_bare(quantity: Quantity) -> bool:
    """Whether a quantity is a number without a unit, which can mean many things."""
    return quantity.kind == "count" and not quantity.unit


def _as_written(quantity: Quantity) -> Quantity:
    """A duration in its own unit instead of days, for comparison with a number without a unit."""
    days = DAYS.get(quantity.unit, 1.0)
    return replace(quantity, value=quantity.number / days, place=quantity.place / days)


def _same_date(a: Quantity, b: Quantity) -> bool:
    first, second = as_date(a), as_date(b)
    shared = [(x, y) for x, y in zip(first, second, strict=True) if None not in (x, y)]
    return bool(shared) and all(x == y for x, y in shared)


def as_date(quantity: Quantity) -> Date:
    """The date of a quantity; a bare number counts as a day up to 31, and as a year above that."""
    if isinstance(quantity.value, Date):
        return quantity.value
    number = int(quantity.value)
    return Date(day=number) if number <= 31 else Date(year=number)


def _is_rounding_of(a: Quantity, b: Quantity) -> bool:
    """Whether `a` is a rounding of the more precise `b`.

    With an approximator, `b` must be within a tenth of `a` (*about*), or close to it on the side that the
    approximator names (*nearly*, *more than*). Without one, `a` must be `b` without its decimals, or `b`
    correctly rounded and within 5% (2.5% if a single significant digit remains, so that 60 is not a rounding of
    63). A fraction in words is a rounding of any share within a tenth of it.
    """
    coarse, fine = abs(a.number), abs(b.number)
    off = abs(coarse - fine)
    if a.unit == "fraction":
        return off <= _ABOUT_SHARE * coarse
    if _grain(a) <= _grain(b):
        return False
    if a.approximator in ABOUT:
        return off <= _ABOUT_SHARE * coarse
    if a.approximator in OVER:
        return coarse <= fine <= coarse + max(a.place / 2, _SIDE_SHARE * coarse)
    if a.approximator in UNDER:
        return coarse - min(a.place, _ABOUT_SHARE * coarse) <= fine <= coarse
    if off > a.place / 2:
        return False
    if a.place == 1 > b.place:
        return True
    share = _ROUNDED_TO_ONE_DIGIT_SHARE if a.precision == 1 else _ROUNDED_SHARE
    return off <= share * coarse


def _grain(quantity: Quantity) -> float:
    """The rounding step that a number suggests: 5 for 45, 1 for 43, 10 for 40, 50 for 50."""
    steps = quantity.number / quantity.place
    return quantity.place * (5 if round(steps, 6) % 5 == 0 else 1)


class Values:
    """The quantities of a text, to look up those with the value of another one.

    Each has a size in base units and as written, which differ for durations, and the reach of any rounding of
    it; and the year, month and day that it may mean, NaN for each that is not given. Comparing these for all
    at once rules out most, so that texts with thousands of numbers can be compared as well.
    """

    def __init__(self, quantities: Sequence[Quantity]) -> None:
        self.quantities = tuple(quantities)
        sizes = [_size(quantity) for quantity in self.quantities]
        dates = [_date_parts(quantity) for quantity in self.quantities]
        self._size, self._reach = np.array(sizes, float).reshape(-1, 2, 2).transpose(1, 2, 0)
        self._dates: NDArray[np.float64] = np.array(dates, float).reshape(-1, 3).T
        self._is_date = np.array([isinstance(q.value, Date) for q in self.quantities], bool)

    def same_as(self, quantity: Quantity) -> Iterator[Quantity]:
        """Yields the quantities of the text that have the value of `quantity` (`same_value`)."""
        size, reach = np.array(_size(quantity))[:, :, None]
        near = ~(np.abs(self._size - size) > np.maximum(self._reach, reach)).all(axis=0)
        date = np.array(_date_parts(quantity))[:, None]
        given = ~np.isnan(self._dates) & ~np.isnan(date)
        same_date = given.any(axis=0) & (given <= (self._dates == date)).all(axis=0)
        compares_dates = self._is_date | isinstance(quantity.value, Date)
        for k in np.flatnonzero(np.where(compares_dates, same_date, near)):
            if same_value(self.quantities[k], quantity):
                yield self.quantities[k]


def _size(quantity: Quantity) -> tuple[tuple[float, float], tuple[float, float]]:
    """Size and reach of a quantity, each in base units and as written; NaN for a date, and for a time."""
    number = math.nan if quantity.kind == "time" else abs(quantity.number)
    reach = quantity.place + _REACH * number
    written = DAYS.get(quantity.unit, 1.0)
    return (number, number / written), (reach, reach / written)


def _date_parts(quantity: Quantity) -> list[float]:
    """Year, month and day of a date, or of a bare number that may be one; NaN for each that is not given."""
    may_be = isinstance(quantity.value, Date) or (
        is_bare(quantity) and math.isfinite(quantity.number)
    )
    date = as_date(quantity) if may_be else Date()
    return [math.nan if part is None else float(part) for part in date]
