"""Quantities as records, the units and nouns that numerals count or measure, and approximators next to them."""

from dataclasses import dataclass
from functools import lru_cache
from math import floor, log10
from typing import Literal, NamedTuple

from reframing.documents.records import Span
from reframing.documents.terms import FUNCTION_WORDS, stem
from reframing.documents.tokens import Tokens

# Records of quantities.

QuantityKind = Literal[
    "count", "ordinal", "percent", "money", "duration", "age", "date", "decade", "weekday", "time"
]


class Date(NamedTuple):
    """A calendar date, with None for the parts that the text does not give; at least one is given."""

    year: int | None = None
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity in a text: its span and its normalised value.

    `value` is in the base unit of the kind: percent (*half* is 50), days for durations, years for ages, minutes
    after midnight for times, 0 (Monday) to 6 for weekdays, and a `Date` for dates. `unit` is the stem of the
    counted noun, the currency sign, the unit of a duration or age, `fraction` for a fraction (*half*), the
    type of clock for a time (`12-hour` if *am* or *pm* is unknown), or empty. `noun` is the span of the counted
    noun. `place` is the value of the last significant digit, in the base unit (100 for *2,300*). `approximator`
    has its words joined by hyphens (`about`, `more-than`), or is empty.
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
        """The value as a number; NaN for a date."""
        return float("nan") if isinstance(self.value, Date) else self.value

    @property
    def precision(self) -> int:
        """The number of significant digits: 2 for *2.3 million*, 5 for *2,296,400*; 0 for a date."""
        if isinstance(self.value, Date):
            return 0
        if self.value == 0 or self.place <= 0:
            return 1
        return max(1, floor(log10(abs(self.value) / self.place) + 1e-9) + 1)


# Units, counted nouns and approximators.

DAYS = {
    "second": 1 / 86400,
    "minute": 1 / 1440,
    "hour": 1 / 24,
    "day": 1.0,
    "week": 7.0,
    "fortnight": 14.0,
    "month": 365.25 / 12,
    "year": 365.25,
    "decade": 3652.5,
    "century": 36525.0,
}
"""The length of each unit of duration in days; months and years have their mean length."""


def _by_form(forms: dict[str, str]) -> dict[str, str]:
    """The key of each word of the values: `{"euro": "€", "eur": "€"}` for `{"€": "euro eur"}`."""
    return {form: key for key, listed in forms.items() for form in listed.split()}


_DURATION_FORMS = {form: unit for unit in DAYS for form in (unit, f"{unit}s")} | _by_form(
    {
        "century": "centuries",
        "minute": "min mins",
        "hour": "hr hrs",
        "second": "sec secs",
        "year": "yr yrs",
    }
)
CURRENCIES = frozenset("$ € £ ¥ ₹ ₽ ₩ ₪ ₺ ₴".split())
CURRENCY_WORDS = _by_form(
    {
        "$": "dollar dollars usd",
        "€": "euro euros eur",
        "£": "pound pounds gbp",
        "¥": "yen",
        "₹": "rupees",
        "₽": "roubles rubles",
    }
)
MEASURES = _by_form(
    {
        "kilometre": "km kilometer kilometers kilometres",
        "metre": "m meter meters metres",
        "centimetre": "cm centimeters",
        "millimetre": "mm millimeters",
        "mile": "mi",
        "foot": "ft feet",
        "kilogram": "kg kilo kilos kgs",
        "gram": "grams",
        "ton": "tons",
        "tonne": "tonnes",
        "litre": "liter liters litres",
        "degree": "c degrees",
        "mph": "mph",
        "kph": "kph",
        "kilowatt": "kw",
        "megawatt": "mw megawatts",
        "gigawatt": "gw",
        "hectare": "ha hectares",
    }
)
_IRREGULAR_PLURALS = frozenset(
    "people men women children police feet teeth mice staff personnel cattle sheep aircraft "
    "servicemen servicewomen policemen firefighters crew species".split()
)
_NO_NOUN = frozenset(
    "ago later earlier old apart away left alone together today tonight yesterday tomorrow dead "
    "times is was plus percent am pm est gmt last next late early".split()
)
_NOUN_WINDOW = 3

ABOUT = frozenset(
    "about around roughly approximately approx some estimated approaching circa".split()
)
UNDER = frozenset(
    """nearly almost under below just-under close-to up-to as-many-as as-much-as at-most
    no-more-than less-than fewer-than not-quite""".split()
)
OVER = frozenset(
    """over above exceeding more-than at-least just-over no-fewer-than no-less-than upwards-of
    greater-than well-over or-more""".split()
)
_AFTER = {("or", "so"): "about", ("or", "more"): "or-more", ("+",): "or-more"}
_LONGEST_APPROXIMATOR = 3


def is_plural(form: str) -> bool:
    """Whether a lower-case word looks like a plural noun."""
    return form in _IRREGULAR_PLURALS or (
        len(form) > 3
        and form.isalpha()
        and form.endswith("s")
        and not form.endswith(("ss", "us", "is", "ous"))
        and form not in FUNCTION_WORDS
    )


def duration_unit(form: str) -> str | None:
    """The unit of duration that a word names, as a key of `DAYS`; None if it names none."""
    return _DURATION_FORMS.get(form)


@lru_cache(maxsize=4096)
def noun_stem(form: str) -> str:
    """The stem by which counted nouns are compared; units of measurement are mapped to one spelling."""
    if form in ("people", "persons"):
        return "person"
    if form in MEASURES:
        return MEASURES[form]
    return stem(form.removesuffix("'s").removesuffix("s'"))


def counted_noun(tokens: Tokens, i: int, singular: bool) -> tuple[str, Span] | None:
    """The stem and span of the noun counted by a numeral that ends before token `i`; None if there is none.

    It is the first plural or unit of measurement within three words, without an intervening function word or
    punctuation mark: *40 payment breaches* counts breaches. If there is none and `singular` is true (*one
    person*, *the 70th anniversary*), it is the word next to the numeral.
    """
    stop = min(len(tokens), i + _NOUN_WINDOW)
    beside = None
    for j in range(i, stop):
        form = tokens.forms[j]
        if form == "°":
            continue
        if not form[0].isalpha() or form in FUNCTION_WORDS or form in _NO_NOUN:
            break
        if form in MEASURES or is_plural(form):
            return noun_stem(form), tokens.span(j, j + 1)
        if singular and beside is None and not form.endswith("ly"):
            beside = (noun_stem(form), tokens.span(j, j + 1))
    return beside


def approximator_before(tokens: Tokens, i: int) -> str:
    """The approximator that ends before token `i`, its words joined by hyphens, or an empty string."""
    for length in range(min(_LONGEST_APPROXIMATOR, i), 0, -1):
        words = "-".join(tokens.forms[i - length : i])
        if words in ABOUT or words in UNDER or words in OVER:
            return words
    return ""


def approximator_after(tokens: Tokens, i: int) -> str:
    """The meaning of the approximator that begins at token `i` (*or so*, *or more*, *+*), or an empty string.

    *or so* means `about`; the others mean `or-more`.
    """
    for words, meaning in _AFTER.items():
        if tokens.forms[i : i + len(words)] == words:
            return meaning
    return ""
