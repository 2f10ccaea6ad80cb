"""Finds the quantities of a text and determines what each counts or measures."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import chain

from reframing.documents.quantities import calendar, numerals, units
from reframing.documents.quantities.numerals import Numeral
from reframing.documents.quantities.units import Date, Quantity
from reframing.documents.records import Span
from reframing.documents.terms import FUNCTION_WORDS
from reframing.documents.tokens import Tokens
from reframing.documents.word_classes import ARTICLES, POSSESSIVES

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
