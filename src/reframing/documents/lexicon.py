"""Lexicons: TSV tables with a cited source in every row, their matcher, and the inflection of entries.

A table has the columns `entry`, `category`, `inflects`, `source`, `note`. `inflects` is empty for an entry that
is matched verbatim, and `verb`, `noun` or `adjective` if its first word is inflected, or the word marked with
`~` (as in "rule~ out"). Entries match complete tokens, ignoring case and the type of apostrophe. Matches do not
overlap: the leftmost wins, and the longest of those that begin at the same token.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import chain

from reframing.documents.errors import InputError
from reframing.documents.records import Marker
from reframing.documents.terms import stem
from reframing.documents.tokens import Tokens, tokenize

COLUMNS = ("entry", "category", "inflects", "source", "note")


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a lexicon table."""

    entry: str
    category: str
    inflects: str
    source: str
    note: str

    @property
    def lemma(self) -> str:
        """The entry without the mark of the inflected word."""
        return self.entry.replace("~", "")


Longer = dict[str, list[tuple[tuple[str, ...], Entry]]]
"""Multi-word entries by their second word: (the words after the first, the entry), longest first."""


class Lexicon:
    """The entries of one table, with an index for finding them in tokens."""

    def __init__(self, name: str, entries: Iterable[Entry]) -> None:
        self.name = name
        self.entries = tuple(entries)
        self._alone: dict[str, Entry] = {}
        self._longer: dict[str, Longer] = {}
        for entry in self.entries:
            for form in inflected(entry):
                first, *rest = tokenize(form).forms
                if rest:
                    seconds = self._longer.setdefault(first, {})
                    seconds.setdefault(rest[0], []).append((tuple(rest), entry))
                else:
                    self._alone.setdefault(first, entry)
        self._first = self._alone.keys() | self._longer.keys()
        for seconds in self._longer.values():
            for candidates in seconds.values():
                candidates.sort(key=lambda candidate: -len(candidate[0]))

    def __len__(self) -> int:
        return len(self.entries)

    def match(self, tokens: Tokens) -> Iterator[tuple[int, int, Entry]]:
        """Yield non-overlapping matches from left to right as (first token, end token, entry).

        The end token is exclusive.
        """
        forms, end = (*tokens.forms, ""), 0
        opening = self._first & tokens.places.keys()
        for i in sorted(chain.from_iterable(map(tokens.places.__getitem__, opening))):
            if i < end:
                continue
            after, found = i + 1, self._alone.get(forms[i])
            longer = self._longer.get(forms[i])
            for rest, entry in longer.get(forms[after], ()) if longer else ():
                if forms[after : after + len(rest)] == rest:
                    after, found = after + len(rest), entry
                    break
            if found is not None:
                end = after
                yield i, end, found

    def markers(self, tokens: Tokens) -> Iterator[Marker]:
        """Yield the matches as markers with span, category and lemma, without scope."""
        for first, end, entry in self.match(tokens):
            yield Marker(tokens.span(first, end), entry.category, entry.lemma)


@lru_cache
def load_lexicon(name: str) -> Lexicon:
    """The lexicon with the path `name` in the package: `measures/hedges` is `measures/hedges.tsv`."""
    table = resources.files("reframing") / f"{name}.tsv"
    return Lexicon(name, read_entries(table.read_text(encoding="utf8"), f"{name}.tsv"))


def read_entries(table: str, file: str) -> Iterator[Entry]:
    """Yield the rows of a lexicon table, given as text; `file` is its name in error messages.

    Raises `InputError` if the columns are not `COLUMNS`, or an entry, category or source is empty.
    """
    rows = csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    if tuple(rows.fieldnames or ()) != COLUMNS:
        raise InputError(f"expected the columns {', '.join(COLUMNS)}", file)
    for number, row in enumerate(rows, 2):
        for column in ("entry", "category", "source"):
            if not row[column]:
                raise InputError("is empty; every entry is cited", file, number, column)
        yield Entry(**row)


def inflected(entry: Entry) -> tuple[str, ...]:
    """All inflected forms of an entry, beginning with the lemma."""
    words = entry.entry.split(" ")
    marked = next((i for i, word in enumerate(words) if word.endswith("~")), 0)
    words[marked] = words[marked].removesuffix("~")
    if entry.inflects == "verb":
        forms = verb_forms(words[marked])
    elif entry.inflects == "noun":
        forms = noun_forms(words[marked])
    elif entry.inflects == "adjective":
        forms = adjective_forms(words[marked])
    else:
        return (entry.lemma,)
    return tuple(" ".join([*words[:marked], form, *words[marked + 1 :]]) for form in forms)


def verb_forms(lemma: str) -> tuple[str, ...]:
    """The lemma, third person, past, past participle and -ing form of an English verb.

    Both British and American spellings are included.
    """
    past = _irregular_verbs().get(lemma) or _with_suffix(lemma, "ed")
    third = _IRREGULAR_THIRD.get(lemma) or _with_s(lemma)
    return tuple(dict.fromkeys((lemma, third, *past, *_with_suffix(lemma, "ing"))))


def noun_forms(lemma: str) -> tuple[str, ...]:
    """The singular and the plurals of an English noun."""
    before, hyphen, last = lemma.rpartition("-")
    if last.endswith("man") and last not in ("human", "german", "shaman"):
        plurals: tuple[str, ...] = (last[:-3] + "men",)
    elif last.endswith("person"):
        plurals = (last + "s", last[:-6] + "people")
    elif last.endswith("sis"):
        plurals = (last[:-2] + "es",)
    else:
        plurals = _IRREGULAR_PLURALS.get(last) or (_with_s(last),)
    return (lemma, *(before + hyphen + plural for plural in plurals))


def adjective_forms(lemma: str) -> tuple[str, ...]:
    """An English adjective with its comparative and superlative, if it forms them by ending."""
    if lemma in _IRREGULAR_DEGREES:
        return (lemma, *_IRREGULAR_DEGREES[lemma])
    syllables = _vowel_groups(lemma.removesuffix("e"))
    if syllables > 2 or (syllables == 2 and not lemma.endswith(("y", "ow", "le"))):
        return (lemma,)
    if lemma.endswith("e"):
        base = lemma[:-1]
    elif lemma.endswith("y") and lemma[-2] not in _VOWELS:
        base = lemma[:-1] + "i"
    else:
        doubled = syllables == 1 and _closed_syllable(lemma)
        base = lemma + lemma[-1] if doubled else lemma
    return (lemma, base + "er", base + "est")


@lru_cache(maxsize=50_000)
def verb_stem(form: str) -> str:
    """The stem of a verb form, the same for all forms of an irregular verb (*shot* and *shoot*)."""
    return stem(_lemmas().get(form, form))


@lru_cache
def _lemmas() -> dict[str, str]:
    """The lemma of each irregular past form and participle; the first verb listed if several share a form."""
    found: dict[str, str] = {}
    for lemma, forms in _irregular_verbs().items():
        for form in forms:
            found.setdefault(form, lemma)
    return found


@lru_cache
def _irregular_verbs() -> dict[str, tuple[str, str]]:
    table = resources.files("reframing") / "documents" / "irregular_verbs.tsv"
    rows = (row.split("\t") for row in table.read_text(encoding="utf8").splitlines()[1:])
    return {lemma: (past, participle) for lemma, past, participle in rows}


_IRREGULAR_PLURALS = {
    "consortium": ("consortiums", "consortia"),
    "foot": ("feet",),
    "leaf": ("leaves",),
    "memorandum": ("memorandums", "memoranda"),
    "midwife": ("midwives",),
    "oligarch": ("oligarchs",),
    "paparazzo": ("paparazzi",),
    "stomach": ("stomachs",),
}
_IRREGULAR_DEGREES = {
    "bad": ("worse", "worst"),
    "good": ("better", "best"),
    "well": ("better", "best"),
}
_IRREGULAR_THIRD = {"be": "is", "have": "has"}
_VOWELS = "aeiou"
_DOUBLED = frozenset(
    "abet abhor acquit admit allot annul aver befit beget begin commit compel concur confer control debar "
    "defer demur deter dispel emit enrol enthral equip excel expel extol forbid forget handicap impel "
    "incur infer input kidnap occur omit outbid outwit patrol permit prefer program propel rebel rebut "
    "recur refer regret remit repel reset submit transfer transmit undercut upset worship eavesdrop "
    "recap".split()
)
"""Verbs of several syllables that double their last letter, by stress on the last syllable or by usage."""


_PREFIX = re.compile("^(?:under|un|out|over|off|side)(?=..)")


def _with_s(word: str) -> str:
    if word.endswith(("s", "x", "z", "ch", "sh")) or word in (
        "do",
        "undo",
        "go",
        "undergo",
        "echo",
        "hero",
        "veto",
    ):
        return word + "es"
    if word.endswith("y") and word[-2] not in _VOWELS:
        return word[:-1] + "ies"
    return word + "s"


def _with_suffix(verb: str, suffix: str) -> tuple[str, ...]:
    """The verb with -ed or -ing, in British and American spelling (*travelled*, *traveled*)."""
    if verb.endswith("e") and not verb.endswith(("ee", "ye", "oe")):
        if suffix == "ing" and verb.endswith("ie"):
            return (verb[:-2] + "ying",)
        return (verb[:-1] + suffix,)
    if verb.endswith("y") and verb[-2] not in _VOWELS and suffix == "ed":
        return (verb[:-1] + "ied",)
    if verb.endswith(("ee", "ye", "oe")) and suffix == "ed":
        return (verb + "d",)
    if verb.endswith("ic"):
        return (verb + "k" + suffix,)
    doubled, plain = verb + verb[-1] + suffix, verb + suffix
    last = _PREFIX.sub("", verb.rpartition("-")[2])
    if verb in _DOUBLED or (_closed_syllable(last) and _vowel_groups(last) == 1):
        return (doubled,)
    doubles = verb.endswith("l") and (_closed_syllable(verb) or verb.endswith(("uel", "ial")))
    return (plain, doubled) if doubles else (plain,)


def _closed_syllable(verb: str) -> bool:
    """Whether the verb ends in a single vowel letter and a single consonant that can be doubled."""
    ending = verb.replace("qu", "q")[-3:]
    return (
        len(ending) == 3
        and ending[2] not in "aeiouwxy"
        and ending[1] in _VOWELS
        and ending[0] not in _VOWELS
    )


def _vowel_groups(verb: str) -> int:
    return len(re.findall("[aeiouy]+", verb.replace("qu", "q")))
