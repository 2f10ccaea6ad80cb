"""Finds the quantities of a text, determines what each counts or measures, and compares their values."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import chain
from math import isclose

from reframing.documents.quantities import calendar, numerals, units
from reframing.documents.quantities.numerals import Numeral
from reframing.documents.quantities.units import ABOUT, DAYS, OVER, UNDER, Date, Quantity
from reframing.documents.records import Span
from reframing.documents.terms import FUNCTION_WORDS
from reframing.documents.tokens import Tokens
from reframing.documents.word_classes import ARTICLES, POSSESSIVES

# Equality of values.

_ABOUT_SHARE = 0.1
_SIDE_SHARE = 0.05
_ROUNDED_SHARE = 0.05
_ROUNDED_TO_ONE_DIGIT_SHARE = 0.025
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
    if isclose(a.number, b.number, rel_tol=1e-3):
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


# Finding quantities.

_BEFORE_ORDINALS = ARTICLES | POSSESSIVES | {"this", "that", "every", "each"}
_NOT_ONE = frozenset(
    """no any every each the this that which some another not first last loved little big a
    number""".split()
)
_IDLE_AFTER_ONE = frozenset(
    """day thing things way reason time side hand point example more such step man-made by night
    morning evening place word""".split()
)
_RANGE_WORDS = frozenset(("to", "–", "-", "—", "or"))
_SCALE = re.compile(r"[0-9 -](?:k|mn?|bn?|tn|thousand|million|billion|trillion)$", re.I)
_OLDEST = 120

Reader = Callable[[Tokens, int], calendar.Read | None]
"""Reads the quantities that begin at a token: these, and the index of the token after them; None if none do."""


def find_quantities(tokens: Tokens) -> tuple[Quantity, ...]:
    """The quantities of a text in order of their start; a range gives two quantities, its ends.

    Number words that do not count anything are ignored: *one of the*, *no one*, *first* as an adverb.
    """
    return tuple(_with_shared_units(tokens.text, list(_scan(tokens))))


def _scan(tokens: Tokens) -> Iterator[Quantity]:
    opening = [places for form, places in tokens.places.items() if _readers(form)]
    end = 0
    for i in sorted(chain.from_iterable(opening)):
        if i < end:
            continue
        for reader in _readers(tokens.forms[i]):
            read = reader(tokens, i)
            if read is not None:
                found, end = read
                yield from found
                break


@lru_cache(maxsize=100_000)
def _readers(form: str) -> tuple[Reader, ...]:
    """The readers to try at a token of this form, in order; none where no quantity can begin."""
    every: tuple[tuple[bool, Reader], ...] = (
        (calendar.may_begin(form), calendar.read_calendar),
        (numerals.fraction_may_begin(form), numerals.read_fraction),
        (form in units.CURRENCIES, _money),
        (form in ("a", "an"), _single_unit),
        (numerals.may_begin(form), _number),
    )
    return tuple(reader for may_begin, reader in every if may_begin)


def _money(tokens: Tokens, i: int) -> calendar.Read | None:
    if i + 1 == len(tokens) or not "0" <= tokens.forms[i + 1][0] <= "9":
        return None
    found = numerals.read_numerals(tokens, i + 1)
    if not found:
        return None
    blur = units.approximator_before(tokens, i)
    sums = [
        Quantity(
            Span(tokens.starts[i] if k == 0 else numeral.start, numeral.stop),
            "money",
            numeral.value,
            tokens.forms[i],
            numeral.place,
            blur or units.approximator_after(tokens, numeral.end),
        )
        for k, numeral in enumerate(found)
    ]
    return tuple(sums), found[-1].end


def _single_unit(tokens: Tokens, i: int) -> calendar.Read | None:
    """*more than a year*, *an hour and a half*; ignores a bare *a year*, usually a rate or an idiom."""
    unit = units.duration_unit(tokens.forms[i + 1]) if i + 1 < len(tokens) else None
    if unit is None:
        return None
    half = tokens.forms[i + 2 : i + 5] == ("and", "a", "half")
    blur = units.approximator_before(tokens, i)
    if not (half or blur):
        return None
    end = i + 5 if half else i + 2
    days = units.DAYS[unit]
    value, place = (1.5 * days, days / 10) if half else (days, days)
    return (Quantity(tokens.span(i, end), "duration", value, unit, place, blur),), end


def _number(tokens: Tokens, i: int) -> calendar.Read | None:
    found = numerals.read_numerals(tokens, i)
    if not found:
        return None
    if len(found) == 2 and all(numeral.year_like for numeral in found):
        return tuple(_year(numeral) for numeral in found), found[-1].end
    last = numerals.with_half(tokens, found[-1])
    measured = _ordinal(tokens, i, last) if last.ordinal else _measured(tokens, i, last)
    if measured is None:
        return None
    quantity, end = measured
    blur = units.approximator_before(tokens, _before_article(tokens, i))
    after = "about" if last.tail == "-odd" else units.approximator_after(tokens, end)
    quantity = replace(quantity, approximator=blur or after)
    return (*(_low_end(low, blur) for low in found[:-1]), quantity), end


def _low_end(low: Numeral, blur: str) -> Quantity:
    return Quantity(Span(low.start, low.stop), "count", low.value, "", low.place, blur)


def _year(numeral: Numeral) -> Quantity:
    return Quantity(Span(numeral.start, numeral.stop), "date", Date(int(numeral.value)))


def _before_article(tokens: Tokens, i: int) -> int:
    return i - 1 if i and tokens.forms[i - 1] in ("a", "an") else i


def _ordinal(tokens: Tokens, i: int, numeral: Numeral) -> tuple[Quantity, int] | None:
    noun = units.counted_noun(tokens, numeral.end, singular=True)
    before = tokens.forms[i - 1] if i else ""
    if numeral.word and (noun is None or not (before in _BEFORE_ORDINALS or before.endswith("'s"))):
        return None
    span = Span(numeral.start, numeral.stop)
    stem, place = noun or ("", None)
    return Quantity(span, "ordinal", numeral.value, stem, noun=place), numeral.end


def _measured(tokens: Tokens, i: int, numeral: Numeral) -> tuple[Quantity, int] | None:
    """The quantity of a cardinal number, by the rest of its token or the words around it."""
    if numeral.tail and numeral.tail != "-odd":
        return _compound(tokens, numeral)
    if numeral.word and numeral.value == 1 and not _counts_one(tokens, i, numeral):
        return None
    for reader in (_percent, _currency, _duration, _age):
        measured = reader(tokens, i, numeral)
        if measured:
            return measured
    noun = units.counted_noun(tokens, numeral.end, singular=numeral.value == 1)
    stem, place = noun or ("", None)
    span = Span(numeral.start, numeral.stop)
    return Quantity(span, "count", numeral.value, stem, numeral.place, noun=place), numeral.end


def _compound(tokens: Tokens, numeral: Numeral) -> tuple[Quantity, int] | None:
    """The quantity in a compound: *44-year-old*, *three-week*, *12-point*, *5km*; not *5g*, *one-on-one*."""
    parts = numeral.tail.strip("-").split("-")
    stop = numeral.stop + len(numeral.tail)
    if parts[:2] in (["year", "old"], ["year", "olds"], ["years", "old"]):
        span = Span(numeral.start, stop)
        return Quantity(span, "age", numeral.value, "year", numeral.place), numeral.end
    unit = units.duration_unit(parts[0])
    if unit:
        return _lasting(numeral, unit, numeral.stop + numeral.tail.index(parts[0]) + len(parts[0]))
    hyphened = numeral.tail.startswith("-") and parts[0].isalpha()
    if parts[0] in FUNCTION_WORDS or (not hyphened and parts[0] not in units.MEASURES):
        return None
    noun = Span(stop - len(numeral.tail.lstrip("-")), stop)
    span = Span(numeral.start, numeral.stop)
    stem = units.noun_stem(parts[0])
    return Quantity(span, "count", numeral.value, stem, numeral.place, noun=noun), numeral.end


def _counts_one(tokens: Tokens, i: int, numeral: Numeral) -> bool:
    """Whether *one* counts something: *one person*, not *one of the*, *no one*, *one day*."""
    following = tokens.forms[numeral.end] if numeral.end < len(tokens) else ""
    before = tokens.forms[i - 1] if i else ""
    return (
        following[:1].isalpha()
        and before not in _NOT_ONE
        and following not in FUNCTION_WORDS
        and following not in _IDLE_AFTER_ONE
    )


def _percent(tokens: Tokens, i: int, numeral: Numeral) -> tuple[Quantity, int] | None:
    following = tokens.forms[numeral.end : numeral.end + 2]
    if following[:1] in (("%",), ("percent",), ("pct",)):
        end = numeral.end + 1
    elif following == ("per", "cent"):
        end = numeral.end + 2
    else:
        return None
    if tokens.forms[end : end + 1] in (("point",), ("points",)):
        noun = tokens.span(end, end + 1)
        span = Span(numeral.start, numeral.stop)
        return Quantity(span, "count", numeral.value, "point", numeral.place, noun=noun), end + 1
    span = Span(numeral.start, tokens.ends[end - 1])
    return Quantity(span, "percent", numeral.value, "", numeral.place), end


def _currency(tokens: Tokens, i: int, numeral: Numeral) -> tuple[Quantity, int] | None:
    for j in range(numeral.end, min(len(tokens), numeral.end + 2)):
        symbol = units.CURRENCY_WORDS.get(tokens.forms[j])
        if symbol:
            span = Span(numeral.start, tokens.ends[j])
            return Quantity(span, "money", numeral.value, symbol, numeral.place), j + 1
        if not tokens.text[tokens.starts[j]].isupper():
            break
    return None


def _duration(tokens: Tokens, i: int, numeral: Numeral) -> tuple[Quantity, int] | None:
    end = numeral.end
    unit = units.duration_unit(tokens.forms[end]) if end < len(tokens) else None
    if unit is None:
        return None
    if tokens.forms[end + 1 : end + 2] == ("old",) and unit == "year":
        span = Span(numeral.start, tokens.ends[end + 1])
        return Quantity(span, "age", numeral.value, "year", numeral.place), end + 2
    if tokens.forms[end + 1 : end + 4] == ("and", "a", "half"):
        numeral = numeral._replace(value=numeral.value + 0.5, place=numeral.place / 10)
        return _lasting(numeral, unit, tokens.ends[end + 3], end + 4)
    return _lasting(numeral, unit, tokens.ends[end], end + 1)


def _lasting(
    numeral: Numeral, unit: str, stop: int, end: int | None = None
) -> tuple[Quantity, int]:
    days = units.DAYS[unit]
    span = Span(numeral.start, stop)
    quantity = Quantity(span, "duration", numeral.value * days, unit, numeral.place * days)
    return quantity, numeral.end if end is None else end


def _age(tokens: Tokens, i: int, numeral: Numeral) -> tuple[Quantity, int] | None:
    """An age: *aged 44*, or a number between commas after a name (*Ines Castellane, 44, said*)."""
    before = tokens.forms[i - 1] if i else ""
    following = tokens.forms[numeral.end] if numeral.end < len(tokens) else ""
    apposed = (
        before == following == ","
        and not numeral.word
        and i >= 2
        and tokens.text[tokens.starts[i - 2]].isupper()
    )
    if numeral.value > _OLDEST or not (apposed or before in ("aged", "age")):
        return None
    span = Span(numeral.start, numeral.stop)
    return Quantity(span, "age", numeral.value, "year", numeral.place), numeral.end


def _with_shared_units(text: str, found: list[Quantity]) -> Iterable[Quantity]:
    """Give the low end of a range the unit of its high end: *5 to 7 per cent*, *$2-3 million*."""
    for i in range(len(found) - 2, -1, -1):
        low, high = found[i], found[i + 1]
        if _is_range(text, low, high) and (low.kind == high.kind == "money" or not low.unit):
            found[i] = _like(low, high, text)
    return found


def _is_range(text: str, low: Quantity, high: Quantity) -> bool:
    if high.span.start - low.span.end > 5 or low.kind not in ("count", "money"):
        return False
    between = text[low.span.end : high.span.start].strip().lower()
    if between == "and":
        return text[max(0, low.span.start - 9) : low.span.start].lower().endswith("between ")
    return between in _RANGE_WORDS


def _like(low: Quantity, high: Quantity, text: str) -> Quantity:
    if high.kind not in ("count", "money", "percent", "duration", "age"):
        return low
    factor = units.DAYS[high.unit] if high.kind == "duration" else 1.0
    if _SCALE.search(high.span.of(text)) and low.number < 1000:
        factor = 1000.0 ** ((len(str(int(high.number))) - 1) // 3)
    return replace(
        low,
        kind=high.kind,
        unit=high.unit,
        value=low.number * factor,
        place=low.place * factor,
        noun=high.noun,
    )
