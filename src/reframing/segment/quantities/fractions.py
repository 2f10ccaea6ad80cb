"""Fractions: *half*, *a third*, *two-thirds*, *1/2*, *one in five*, *half a million*."""

from reframing.records import Span
from reframing.segment.quantities.calendar import Read
from reframing.segment.quantities.numerals import (
    CARDINALS,
    MAGNITUDES,
    ORDINALS,
    VULGAR,
    Numeral,
    read_numerals,
)
from reframing.segment.quantities.record import Quantity
from reframing.segment.quantities.units import (
    DAYS,
    approximator_before,
    counted_noun,
    duration_unit,
    is_plural,
)
from reframing.segment.tokens import Tokens

_PARTS = {"half": 2, "quarter": 4} | {word: n for word, n in ORDINALS.items() if 3 <= n <= 10}
_SLASHED = {"1/2": 1 / 2, "1/3": 1 / 3, "2/3": 2 / 3, "1/4": 1 / 4, "3/4": 3 / 4}
_OF = frozenset("of the its their his her all that these those".split())
_LARGEST_BASE = 1000


def may_begin(form: str) -> bool:
    """Whether a fraction can begin with the token `form`."""
    return (
        form in ("a", "half", "half-hour", "half-dozen")
        or form in _SLASHED
        or form in VULGAR
        or "0" <= form[0] <= "9"
        or form.partition("-")[0] in CARDINALS
    )


def read_fraction(tokens: Tokens, i: int) -> Read | None:
    """The fraction at token `i` and the token behind it."""
    form = tokens.forms[i]
    if form in _SLASHED or form in VULGAR:
        return _share(tokens, i, i + 1, _SLASHED.get(form) or VULGAR[form])
    if form.startswith("half"):
        return _half(tokens, i)
    return _parts(tokens, i) or (None if form == "a" else _one_in(tokens, i))


def with_half(tokens: Tokens, numeral: Numeral) -> Numeral:
    """The numeral with *and a half* behind it: *two and a half years*, *two and a half million*."""
    end = numeral.end
    if numeral.tail or tokens.forms[end : end + 3] != ("and", "a", "half"):
        return numeral
    numeral = numeral._replace(
        value=numeral.value + 0.5, place=0.1, stop=tokens.ends[end + 2], end=end + 3
    )
    factor = MAGNITUDES.get(tokens.forms[end + 3]) if end + 3 < len(tokens) else None
    if not factor:
        return numeral
    return numeral._replace(
        value=numeral.value * factor,
        place=0.1 * factor,
        stop=tokens.ends[end + 3],
        end=end + 4,
    )


def _share(tokens: Tokens, first: int, end: int, share: float) -> Read:
    blur = approximator_before(tokens, first)
    place = 10.0 if share in (0.5, 0.1) else 1.0
    span = tokens.span(first, end)
    return (Quantity(span, "percent", 100 * share, "fraction", place, blur),), end


def _half(tokens: Tokens, i: int) -> Read | None:
    form, following = tokens.forms[i], tokens.forms[i + 1 : i + 3]
    before = tokens.forms[i - 1] if i else ""
    if form == "half-hour":
        return _scaled_half(tokens, i, i + 1, "hour")
    if form == "half-dozen":
        return _scaled_half(tokens, i, i + 1, "dozen")
    if form != "half" or before in ("second", "first", "other", "better", "the", "and", "a"):
        return None
    if following[:1] in (("a",), ("an",)) and len(following) == 2:
        return _scaled_half(tokens, i, i + 3, following[1])
    shared = following[:1] and (following[0] in _OF or is_plural(following[0]))
    if shared or before == "by" or approximator_before(tokens, i):
        return _share(tokens, i, i + 1, 0.5)
    return None


def _scaled_half(tokens: Tokens, i: int, end: int, unit: str) -> Read | None:
    blur, span = approximator_before(tokens, i), tokens.span(i, end)
    if unit in MAGNITUDES:
        value = 0.5 * MAGNITUDES[unit]
        stem, noun = counted_noun(tokens, end, singular=False) or ("", None)
        return (Quantity(span, "count", value, stem, value, blur, noun),), end
    lasting = duration_unit(unit)
    if lasting:
        value = 0.5 * DAYS[lasting]
        return (Quantity(span, "duration", value, lasting, value, blur),), end
    return None


def _parts(tokens: Tokens, i: int) -> Read | None:
    """*a third of*, *one third*, *two thirds*, *three-quarters*."""
    words = [*tokens.forms[i].split("-"), *tokens.forms[i + 1 : i + 2]][:2]
    if len(words) < 2:
        return None
    count = 1 if words[0] == "a" else CARDINALS.get(words[0], 0)
    base = _PARTS.get(words[1].removesuffix("s"), 0)
    end = i + 1 if "-" in tokens.forms[i] else i + 2
    if not base or not 0 < count < base or (count > 1) != words[1].endswith("s"):
        return None
    of = tokens.forms[end : end + 1] and tokens.forms[end] in _OF
    by = i and tokens.forms[i - 1] == "by"
    if words[0] == "a" and not (of or by or approximator_before(tokens, i)):
        return None
    return _share(tokens, i, end, count / base)


def _one_in(tokens: Tokens, i: int) -> Read | None:
    """*one in five*, *nine out of 10*; not *two in 2016* or *three in five days*."""
    if "-" in tokens.forms[i]:
        return None
    j = i + 1
    if tokens.forms[j : j + 1] == ("in",):
        j += 1
    elif tokens.forms[j : j + 3][:2] == ("out", "of"):
        j += 2
    else:
        return None
    part, whole = read_numerals(tokens, i), read_numerals(tokens, j) if j < len(tokens) else ()
    if len(part) != 1 or len(whole) != 1 or part[0].tail or whole[0].tail or whole[0].year_like:
        return None
    following = tokens.forms[whole[0].end] if whole[0].end < len(tokens) else ""
    fits = part[0].end == i + 1 and 0 < part[0].value < whole[0].value <= _LARGEST_BASE
    measured = duration_unit(following) or following in ("%", "percent", "per")
    if not fits or whole[0].ordinal or measured:
        return None
    share = part[0].value / whole[0].value
    span = Span(part[0].start, whole[0].stop)
    blur = approximator_before(tokens, i)
    return (Quantity(span, "percent", 100 * share, "fraction", 1.0, blur),), whole[0].end
