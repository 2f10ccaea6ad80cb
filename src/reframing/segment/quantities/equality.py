"""Equality of quantities in value: format is irrelevant, a stated or implied rounding is no difference.

A number *a* stands for *b* if it is told in coarser steps, and

- with an approximator, if *b* lies within a tenth of it (*about*), or near it on the side that the
  approximator names (*nearly*, *more than*),
- without one, if it is *b* correctly rounded and no further off than 5% (2.5% where a single
  significant digit is left, so that 60 is no rounding of 63), or *b* without its decimals.

A fraction in words stands for every share within a tenth of it.
"""

from dataclasses import replace
from math import isclose

from reframing.segment.quantities.record import Date, Quantity
from reframing.segment.quantities.units import ABOUT, DAYS, OVER, UNDER

_ABOUT_SHARE = 0.1
_SIDE_SHARE = 0.05
_ROUNDED_SHARE = 0.05
_ROUNDED_TO_ONE_DIGIT_SHARE = 0.025
_HALF_DAY = 720


def same_value(a: Quantity, b: Quantity) -> bool:
    """Whether `a` and `b` are equal in value, or one is a rounding of the other. Symmetric.

    Quantities that nothing makes comparable (a sum and a share, two currencies) are not equal.
    """
    if not commensurable(a, b):
        return False
    if isinstance(a.value, Date) or isinstance(b.value, Date):
        return _same_date(a, b)
    if a.kind == "time" == b.kind and "12-hour" in (a.unit, b.unit):
        return a.value % _HALF_DAY == b.value % _HALF_DAY
    if {a.kind, b.kind} == {"count", "duration"}:
        a, b = _as_written(a), _as_written(b)
    if isclose(a.number, b.number, rel_tol=1e-3):
        return True
    if a.kind in ("ordinal", "decade", "weekday", "time"):
        return False
    return _stands_for(a, b) or _stands_for(b, a)


def commensurable(a: Quantity, b: Quantity) -> bool:
    """Whether the values of `a` and `b` can be compared at all.

    Counts can whatever they count (*customers*, *users*); a number without unit can with all but
    dates, times, weekdays and ordinals, as *5 to 7 per cent* may repeat *5%*.
    """
    if a.kind == b.kind:
        return a.kind != "money" or a.unit == b.unit
    kinds = {a.kind, b.kind}
    if kinds == {"date", "count"}:
        return _bare(a) or _bare(b)
    if "count" in kinds and (_bare(a) or _bare(b)):
        return not kinds & {"decade", "weekday", "time", "ordinal"}
    return kinds == {"age", "duration"}


def _bare(quantity: Quantity) -> bool:
    return quantity.kind == "count" and not quantity.unit


def _as_written(quantity: Quantity) -> Quantity:
    """A duration by its own number, to be compared with a number without unit."""
    days = DAYS.get(quantity.unit, 1.0)
    return replace(quantity, value=quantity.number / days, place=quantity.place / days)


def _same_date(a: Quantity, b: Quantity) -> bool:
    first, second = _as_date(a), _as_date(b)
    shared = [(x, y) for x, y in zip(first, second, strict=True) if None not in (x, y)]
    return bool(shared) and all(x == y for x, y in shared)


def _as_date(quantity: Quantity) -> Date:
    """A date, or the year or day that a bare number may repeat."""
    if isinstance(quantity.value, Date):
        return quantity.value
    number = int(quantity.value)
    return Date(day=number) if number <= 31 else Date(year=number)


def _stands_for(a: Quantity, b: Quantity) -> bool:
    """Whether `a` is a rounding of the finer `b`."""
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
    """The step in which a number is told: 10 for 40, 5 for 45, 1 for 43."""
    steps = quantity.number / quantity.place
    return quantity.place * (5 if round(steps, 6) % 5 == 0 else 1)
