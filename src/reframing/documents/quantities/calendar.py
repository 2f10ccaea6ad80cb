"""Reads dates, weekdays, decades and times of day.

The name of a month must be capitalised; an ambiguous one (*May*, *March*) also needs a day, a year or a
temporal preposition next to it.
"""

import re

from reframing.documents.quantities.units import CURRENCIES, Date, Quantity, is_plural
from reframing.documents.records import Span
from reframing.documents.tokens import Tokens
from reframing.documents.word_classes import (
    BEFORE_MONTHS,
    MAGNITUDES,
    MONTH_ABBREVIATIONS,
    MONTHS,
    POSSESSIVES,
    WEEKDAYS,
)

_MONTHS = MONTHS | MONTH_ABBREVIATIONS
_WEEKDAYS = {
    f"{day}{ending}": number for day, number in WEEKDAYS.items() for ending in ("", "'s", "s")
}
_AMBIGUOUS = frozenset(("may", "march", "mar", "jun", "jan", "dec", "sun"))
_DEFINITE = POSSESSIVES | {"the", "this", "that"}
_DAY = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?")
_DAYS = re.compile(r"([0-9]{1,2})-([0-9]{1,2})")
_YEAR = re.compile(r"1[0-9]{3}|20[0-9]{2}|21[0-9]{2}")
_ISO = re.compile(r"((?:19|20)[0-9]{2})-([01][0-9])-([0-3][0-9])")
_DECADE = re.compile(r"(?:mid-|early-|late-)?((?:1[0-9]|20)?[0-9]0)s")
_CLOCK = re.compile(r"([0-9]{1,2})(?:[:.]([0-5][0-9]))?(am|pm)?")
_MERIDIEM = {"am": 0, "a.m.": 0, "pm": 720, "p.m.": 720}
_NO_YEAR_BEFORE = MAGNITUDES.keys() | {"%", "percent", "per"}
_OLDEST_SURE_YEAR = 1900

Read = tuple[tuple[Quantity, ...], int]


def may_begin(form: str) -> bool:
    """Whether a date or time can begin with a token of this form."""
    return (
        "0" <= form[0] <= "9"
        or form in _MONTHS
        or form in _WEEKDAYS
        or form in ("noon", "midnight")
        or form.startswith(("mid-", "early-", "late-"))
    )


def read_calendar(tokens: Tokens, i: int) -> Read | None:
    """The dates or the time at token `i`, and the index of the token after them; None if there are none."""
    for reader in (_weekday, _time, _iso, _month_first, _day_first, _decade, _bare_year):
        found = reader(tokens, i)
        if found:
            return found
    return None


def _form(tokens: Tokens, i: int) -> str:
    return tokens.forms[i] if 0 <= i < len(tokens) else ""


def _capitalised(tokens: Tokens, i: int) -> bool:
    return tokens.text[tokens.starts[i]].isupper()


def _date(tokens: Tokens, first: int, end: int, date: Date) -> Quantity:
    return Quantity(tokens.span(first, end), "date", date)


def _weekday(tokens: Tokens, i: int) -> Read | None:
    day = _WEEKDAYS.get(tokens.forms[i])
    if day is None or not _capitalised(tokens, i):
        return None
    return (Quantity(tokens.span(i, i + 1), "weekday", float(day)),), i + 1


def _time(tokens: Tokens, i: int) -> Read | None:
    form, following = tokens.forms[i], _form(tokens, i + 1)
    if form in ("noon", "midnight"):
        value = 720.0 if form == "noon" else 0.0
        return (Quantity(tokens.span(i, i + 1), "time", value, "24-hour"),), i + 1
    match = _CLOCK.fullmatch(form)
    if not match or int(match[1]) > 24:
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    half = match[3] or (following if following in _MERIDIEM else "")
    end = i + 1 + (not match[3] and following in ("o'clock", *_MERIDIEM))
    if half and hour <= 12:
        value, clock = hour % 12 * 60 + minute + _MERIDIEM[half], "24-hour"
    elif following == "o'clock" or ":" in form:
        value, clock = hour * 60 + minute, "24-hour" if hour > 12 or form[0] == "0" else "12-hour"
    else:
        return None
    return (Quantity(tokens.span(i, end), "time", float(value), clock),), end


def _iso(tokens: Tokens, i: int) -> Read | None:
    match = _ISO.fullmatch(tokens.forms[i])
    if not match or not 1 <= int(match[2]) <= 12:
        return None
    return (_date(tokens, i, i + 1, Date(*(int(part) for part in match.groups()))),), i + 1


def _month(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """The number of the month at token `i`, and the index of the token after its name and full stop."""
    form = _form(tokens, i).removeprefix("mid-").removeprefix("early-").removeprefix("late-")
    number = _MONTHS.get(form)
    if number is None or not (_capitalised(tokens, i) or form != tokens.forms[i]):
        return None
    if form in MONTHS:
        return number, i + 1
    stopped = _form(tokens, i + 1) == "."
    return (number, i + 2) if stopped else (number, i + 1)


def _year_at(tokens: Tokens, i: int) -> int | None:
    return int(tokens.forms[i]) if i < len(tokens) and _YEAR.fullmatch(tokens.forms[i]) else None


def _month_first(tokens: Tokens, i: int) -> Read | None:
    month = _month(tokens, i)
    if month is None:
        return None
    number, after = month
    days, end = _days(tokens, after) if _form(tokens, i - 1) != "in" else ((), after)
    comma = end + (_form(tokens, end) == ",")
    year = _year_at(tokens, comma)
    if year is not None:
        end = comma + 1
    if not days and year is None:
        name = tokens.forms[i]
        if name in MONTH_ABBREVIATIONS and name not in MONTHS:
            return None
        if name in _AMBIGUOUS and _form(tokens, i - 1) not in BEFORE_MONTHS:
            return None
        return (_date(tokens, i, i + 1, Date(None, number)),), i + 1
    dates = tuple(Date(year, number, day) for day in days) or (Date(year, number),)
    return tuple(_date(tokens, i, end, date) for date in dates), end


def _days(tokens: Tokens, i: int) -> tuple[tuple[int, ...], int]:
    """The day or days of the month at token `i` (*6*, *6th*, *27-29*), and the index of the next token."""
    form = _form(tokens, i)
    match = _DAY.fullmatch(form) or _DAYS.fullmatch(form)
    days = tuple(int(day) for day in match.groups()) if match else ()
    if not days or not all(1 <= day <= 31 for day in days):
        return (), i
    return days, i + 1


def _day_first(tokens: Tokens, i: int) -> Read | None:
    days, end = _days(tokens, i)
    month = _month(tokens, end + (_form(tokens, end) == "of")) if days else None
    if month is None:
        return None
    number, end = month
    year = _year_at(tokens, end + (_form(tokens, end) == ","))
    if year is not None:
        end += 1 + (_form(tokens, end) == ",")
    return tuple(_date(tokens, i, end, Date(year, number, day)) for day in days), end


def _decade(tokens: Tokens, i: int) -> Read | None:
    match = _DECADE.fullmatch(tokens.forms[i])
    if not match:
        return None
    value = float(match[1])
    if value < 100:
        value += 1900 if value >= 30 else 2000
    return (Quantity(tokens.span(i, i + 1), "decade", value),), i + 1


def _bare_year(tokens: Tokens, i: int) -> Read | None:
    """Four digits as a year, unless they seem to count something, as before a plural noun.

    Years before `_OLDEST_SURE_YEAR` need a temporal preposition or a determiner before them.
    """
    form = tokens.forms[i].removeprefix("mid-")
    if not _YEAR.fullmatch(form) or int(form) < 1500:
        return None
    before, following = _form(tokens, i - 1), _form(tokens, i + 1)
    if following in _NO_YEAR_BEFORE or before in CURRENCIES:
        return None
    temporal = before in BEFORE_MONTHS or before in _DEFINITE or "mid-" in tokens.forms[i]
    counts = is_plural(following) and before not in _DEFINITE
    if counts or not (temporal or int(form) >= _OLDEST_SURE_YEAR):
        return None
    start = tokens.ends[i] - 4
    return (Quantity(Span(start, tokens.ends[i]), "date", Date(int(form))),), i + 1
