"""Reads numerals and fractions in digits and words.

Numerals are, for example, *1,200*, *1.2 million*, *twenty-three*, *two dozen*, *70th* and *third*; fractions
are *half*, *a third*, *two-thirds*, *1/2*, *one in five* and *half a million*.
"""

import re
from typing import NamedTuple

from reframing.documents.quantities.calendar import Read
from reframing.documents.quantities.units import (
    DAYS,
    Quantity,
    approximator_before,
    counted_noun,
    duration_unit,
    is_plural,
)
from reframing.documents.records import Span
from reframing.documents.tokens import Tokens
from reframing.documents.word_classes import (
    CARDINALS,
    DEMONSTRATIVES,
    MAGNITUDES,
    ORDINALS,
    POSSESSIVES,
)

# Numerals.

SUFFIXES = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12}
VULGAR = {"½": 1 / 2, "¼": 1 / 4, "¾": 3 / 4, "⅓": 1 / 3, "⅔": 2 / 3}
_PREFIXES = ("mid-", "pre-", "post-", "early-", "late-")
_DIGITS = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.([0-9]+))?(?![0-9.,:/])")
_RANGE = re.compile(r"-[0-9]")
_SCALE = re.compile(
    r"(?:k|mn?|bn?|tn|-?(?:dozen|hundred|thousand|million|billion|trillion))(?![a-z])"
)
_LONGEST = 18
_LARGEST = 10**18


class Numeral(NamedTuple):
    """A numeral: its value, the value of its last significant digit (`place`), and its position.

    `start` and `stop` are code-point offsets; `end` is the index of the token after it. `tail` is the rest of
    its token after the number (*-year-old* in *44-year-old*, *km* in *5km*). `year_like` marks four bare
    digits, `word` a number in words.
    """

    value: float
    place: float
    start: int
    stop: int
    end: int
    tail: str = ""
    ordinal: bool = False
    year_like: bool = False
    word: bool = False


def may_begin(form: str) -> bool:
    """Whether a numeral can begin with a token of this form; a cheap test for the scan over all tokens."""
    head = form.partition("-")[0]
    return (
        "0" <= form[0] <= "9"
        or head in CARDINALS
        or head in ORDINALS
        or form in VULGAR
        or form.startswith(_PREFIXES)
        or head in MAGNITUDES
    )


def read_numerals(tokens: Tokens, i: int) -> tuple[Numeral, ...]:
    """The numeral at token `i`; two numerals for a range in one token (*5-7*); empty if there is none."""
    form, start = tokens.forms[i], tokens.starts[i]
    for prefix in _PREFIXES:
        if form.startswith(prefix):
            form, start = form[len(prefix) :], start + len(prefix)
    if form in VULGAR:
        return (Numeral(VULGAR[form], 0.01, start, tokens.ends[i], i + 1),)
    if "0" <= form[:1] <= "9":
        return _in_digits(tokens, i, form, start)
    numeral = _in_words(tokens, i)
    return (numeral,) if numeral else ()


def last_place(digits: str, decimals: str) -> float:
    """The value of the last significant digit of a number: 100 for *2300*, 0.1 for *4.5*.

    `digits` are those before the decimal point, `decimals` those after it.
    """
    if decimals:
        return float(10.0 ** -len(decimals))
    return float(10 ** (len(digits) - len(digits.rstrip("0")))) if digits.strip("0") else 1.0


def _in_digits(tokens: Tokens, i: int, form: str, start: int) -> tuple[Numeral, ...]:
    match = _DIGITS.match(form)
    if not match or match.end() > _LONGEST:
        return ()
    whole, decimals = match[1].replace(",", ""), match[2] or ""
    stop, tail = start + match.end(), form[match.end() :]
    value, place = float(f"{whole}.{decimals or 0}"), last_place(whole, decimals)
    year_like = len(match.group()) == 4 and match.group().isdigit()
    numeral = Numeral(value, place, start, stop, i + 1, tail, year_like=year_like)
    if tail in VULGAR:
        return (numeral._replace(value=value + VULGAR[tail], place=0.01, stop=stop + 1, tail=""),)
    if tail in ("st", "nd", "rd", "th"):
        return (numeral._replace(tail="", ordinal=True, stop=stop + 2),)
    if _RANGE.match(tail):
        return _range(numeral, tokens, i)
    return (_scaled(tokens, numeral),)


def _range(low: Numeral, tokens: Tokens, i: int) -> tuple[Numeral, ...]:
    rest = low.tail[1:]
    high = _in_digits(tokens, i, rest, low.stop + 1)
    if len(high) != 1 or (rest[0] == "0" and len(rest) > 1):
        return ()
    if low.year_like and len(rest) == 2:
        year = low.value - low.value % 100 + high[0].value
        high = (high[0]._replace(value=year, year_like=True),)
    return (low._replace(tail=""), *high)


def _scaled(tokens: Tokens, numeral: Numeral) -> Numeral:
    """The numeral multiplied by the suffix or the words of magnitude after it."""
    match = _SCALE.match(numeral.tail)
    if match:
        word = match.group().lstrip("-")
        scaled = _times(numeral, SUFFIXES.get(word) or MAGNITUDES[word])
        return scaled._replace(stop=numeral.stop + match.end(), tail=numeral.tail[match.end() :])
    while not numeral.tail and numeral.end < len(tokens):
        factor = MAGNITUDES.get(tokens.forms[numeral.end].removesuffix("s"))
        if factor is None or numeral.value * factor > _LARGEST:
            break
        stop = tokens.ends[numeral.end]
        numeral = _times(numeral, factor)._replace(stop=stop, end=numeral.end + 1)
    return numeral


def _times(numeral: Numeral, factor: float) -> Numeral:
    return numeral._replace(
        value=numeral.value * factor,
        place=numeral.place * factor,
        year_like=False,
    )


def _in_words(tokens: Tokens, i: int) -> Numeral | None:
    """The number in words that begins at token `i`, such as *two hundred and five thousand*."""
    if tokens.forms[i].partition("-")[0] in MAGNITUDES and not _singular_article(tokens, i):
        return None
    total, current, j = 0, 0, i
    stop, tail, ordinal = tokens.starts[i], "", False
    while j < len(tokens) and not tail and not ordinal:
        parts = tokens.forms[j].split("-")
        if parts == ["and"] and current and current % 100 == 0 and _cardinal(tokens, j + 1):
            j += 1
            continue
        taken = 0
        for part in parts:
            if part in MAGNITUDES and current < 1000:
                current, total = _magnified(current, total, MAGNITUDES[part])
            elif part in CARDINALS and _fits(current, CARDINALS[part]):
                current += CARDINALS[part]
            elif part in ORDINALS and _fits(current, ORDINALS[part]):
                current, ordinal = current + ORDINALS[part], True
            else:
                break
            taken += 1
        if not taken:
            break
        stop = tokens.starts[j] + len("-".join(parts[:taken]))
        tail = "".join(f"-{part}" for part in parts[taken:])
        j += 1
    if j == i:
        return None
    value = float(total + current)
    place = last_place(str(total + current), "")
    return Numeral(value, place, tokens.starts[i], stop, j, tail, ordinal, word=True)


def _singular_article(tokens: Tokens, i: int) -> bool:
    """Whether a bare *hundred* or *dozen* means one of them: *a hundred*, but not *several dozen*."""
    return i > 0 and tokens.forms[i - 1] in ("a", "an", "the", "nearly", "almost")


def _cardinal(tokens: Tokens, j: int) -> bool:
    return j < len(tokens) and tokens.forms[j].partition("-")[0] in CARDINALS


def _fits(current: int, value: int) -> bool:
    """Whether `value` can follow in a number: units after tens, anything below 100 after hundreds."""
    if current == 0:
        return True
    return (current % 100 == 0 and 0 < value < 100) or (
        current % 10 == 0 and current % 100 >= 20 and 0 < value < 10
    )


def _magnified(current: int, total: int, factor: int) -> tuple[int, int]:
    if factor < 1000:
        return max(current, 1) * factor, total
    return 0, total + max(current, 1) * factor


# Fractions.

_PARTS = {"half": 2, "quarter": 4} | {word: n for word, n in ORDINALS.items() if 3 <= n <= 10}
_SLASHED = {"1/2": 1 / 2, "1/3": 1 / 3, "2/3": 2 / 3, "1/4": 1 / 4, "3/4": 3 / 4}
_OF = POSSESSIVES | DEMONSTRATIVES | {"of", "the", "all"}
_LARGEST_BASE = 1000


def fraction_may_begin(form: str) -> bool:
    """Whether a fraction can begin with a token of this form."""
    return (
        form in ("a", "half", "half-hour", "half-dozen")
        or form in _SLASHED
        or form in VULGAR
        or "0" <= form[0] <= "9"
        or form.partition("-")[0] in CARDINALS
    )


def read_fraction(tokens: Tokens, i: int) -> Read | None:
    """The fraction that begins at token `i`, and the index of the token after it; None if there is none."""
    form = tokens.forms[i]
    if form in _SLASHED or form in VULGAR:
        return _share(tokens, i, i + 1, _SLASHED.get(form) or VULGAR[form])
    if form.startswith("half"):
        return _half(tokens, i)
    return _parts(tokens, i) or (None if form == "a" else _one_in(tokens, i))


def with_half(tokens: Tokens, numeral: Numeral) -> Numeral:
    """The numeral including a following *and a half* (*two and a half years*, *two and a half million*)."""
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
