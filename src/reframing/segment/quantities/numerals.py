"""Numerals in digits and words: *1,200*, *1.2 million*, *twenty-three*, *two dozen*, *70th*, *third*.

What stands behind the numeral inside its token (*-year-old* in *44-year-old*, *km* in *5km*) is its
tail. A range in one token (*5-7*) is two numerals.
"""

import re
from typing import NamedTuple

from reframing.segment.tokens import Tokens

_ONES = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
fifteen sixteen seventeen eighteen nineteen""".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINAL_ONES = """zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh
twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth""".split()
_ORDINAL_TENS = (
    "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth".split()
)

CARDINALS = {word: value for value, word in enumerate(_ONES)} | {
    word: value for value, word in zip(range(20, 100, 10), _TENS, strict=True)
}
ORDINALS = {word: value for value, word in enumerate(_ORDINAL_ONES) if value} | {
    word: value for value, word in zip(range(20, 100, 10), _ORDINAL_TENS, strict=True)
}
MAGNITUDES = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
}
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
    """A number as read: its value, the value of its last significant digit, and where it stands.

    `start` and `stop` are offsets of the text, `end` is the token behind it; `year_like` marks four
    bare digits, `word` a number in words.
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
    """Whether a numeral can begin with the token `form`; cheap, for the scan over all tokens."""
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
    """The numeral at token `i`, both ends of a range inside one token, or nothing."""
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
    """The value of the last significant digit of a number written in digits."""
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
    """The numeral times the suffix or the words of magnitude behind it."""
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
    """A number in words, read left to right: *two hundred and five thousand*."""
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
    """Whether a bare *hundred* or *dozen* stands for one of them: *a hundred*, but *several dozen*."""
    return i > 0 and tokens.forms[i - 1] in ("a", "an", "the", "nearly", "almost")


def _cardinal(tokens: Tokens, j: int) -> bool:
    return j < len(tokens) and tokens.forms[j].partition("-")[0] in CARDINALS


def _fits(current: int, value: int) -> bool:
    """Whether `value` can follow: units behind tens, anything below 100 behind hundreds."""
    if current == 0:
        return True
    return (current % 100 == 0 and 0 < value < 100) or (
        current % 10 == 0 and current % 100 >= 20 and 0 < value < 10
    )


def _magnified(current: int, total: int, factor: int) -> tuple[int, int]:
    if factor < 1000:
        return max(current, 1) * factor, total
    return 0, total + max(current, 1) * factor
