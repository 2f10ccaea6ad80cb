"""Full stops: which of them end a sentence, and which belong to an abbreviation, an initial or a time.

Abbreviations have four classes (`lexicons/abbreviations.tsv`): `title` ends a sentence only before what
cannot be a name (*Gen. Ortiz*), `number` does not before a digit (*Jan. 6*), `either` does only before a
word that commonly opens a sentence (*in the U.S. The …* but *the U.S. Senate*), and `time` does unless a
day, month or time zone follows (*at 4 p.m. Friday*). Initials and letters with stops are treated as `either`.
"""

import re
from functools import lru_cache
from importlib import resources

CONTEXT = 60
"""Characters before a full stop that decide."""

_BEFORE = re.compile(r"(?:[^\W_]|[.'’&-])*$")
_WORD = re.compile(r"[^\W\d_](?:\w|['’])*")
_STARTERS = frozenset(
    """a about according after all also although among an and another any are as asked at because
    before both but by can critics despite did do does during each earlier even every few for former
    from had has have he her here his how however i if in indeed instead is it its just last later
    like many meanwhile more moreover most much my nearly neither never nevertheless no nobody none
    nor not nothing now of officials on once one only or other others our over overall people perhaps
    police researchers residents she since so some such that the their then there these they this
    those though three through thus to today two under unlike until we were what whatever when where
    whether which while who whose why with within without yesterday yet you your""".split()
)

# Starters that are nouns: with a capital behind them they are a name (*the N.Y. Police Department*).
_NOUN_STARTERS = frozenset("critics officials people police researchers residents".split())
_NEXT_CAPITAL = re.compile(r"\w+\s+[A-Z]")

# What stands behind no title, since it is nobody's name: *she wrote to the Gov. They …*
_NO_NAMES = frozenset("It Its The They This These But However There".split())

_AFTER_TIME = frozenset(
    """Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June
    July August September October November December Mon Tue Wed Thu Fri Sat Sun Jan Feb Mar Apr Aug
    Sept Oct Nov Dec EST EDT ET CST CDT MST MDT PST PDT GMT BST CET UTC Eastern Pacific Central
    Mountain Greenwich""".split()
)


def full_stop_ends(before: str, close: str, rest: str, cased: bool) -> bool:
    """Whether a full stop ends its sentence.

    `before` is the sentence so far (its last `CONTEXT` characters are enough), `close` the closing marks
    behind the stop, `rest` what follows without opening marks, and `cased` whether the line has capitals.
    """
    word_before = _BEFORE.search(before[-24:])
    word = (word_before.group() if word_before else "").lstrip("'’.-")
    next_word = _WORD.match(rest)
    starts = next_word is not None and _starts_sentence(next_word.group(), rest)
    kind = _abbreviations().get(f"{word.rpartition('-')[2].lower()}.")
    if close.strip("'’") and kind != "title":
        return True
    if kind == "title":
        return word[:1].isupper() and next_word is not None and next_word.group() in _NO_NAMES
    if kind == "number":
        return not rest[0].isdigit() and (word.islower() or starts)
    if kind == "time":
        return next_word is not None and not _continues_time(next_word.group(), cased)
    if kind == "either":
        return starts and (rest[0].isupper() or not cased)
    if len(word) == 1 and word.isalpha() and (word.isupper() or not cased):
        return starts and not _is_capitalised(before[:-1])
    if re.fullmatch(r"(?:[^\W\d_]\.)+[^\W\d_]", word):
        return starts
    return True


def _starts_sentence(word: str, rest: str) -> bool:
    """Whether `word`, with which `rest` begins, commonly opens a sentence; *It's* counts as *it*."""
    stem = re.split("['’]", word)[0].lower()
    return stem in _STARTERS and not (stem in _NOUN_STARTERS and _NEXT_CAPITAL.match(rest))


def _continues_time(word: str, cased: bool) -> bool:
    return (word if cased else word.capitalize()) in _AFTER_TIME


def _is_capitalised(before: str) -> bool:
    """Whether the last word has a capital, as in *John F.*, and not as in *vitamin C.* or *40° S.*"""
    words = before.split()
    return not words or words[-1][0].isupper()


@lru_cache
def _abbreviations() -> dict[str, str]:
    table = resources.files("reframing") / "lexicons" / "abbreviations.tsv"
    rows = (row.split("\t") for row in table.read_text(encoding="utf8").splitlines()[1:])
    return dict(rows)
