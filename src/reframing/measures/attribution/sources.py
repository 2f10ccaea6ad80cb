"""Sources: to whom the content of a cue is attributed, found by rule, and what kind of source it is.

The source of a verb is its subject or agent: after *by* in the passive, after the verb if a quotation or comma
precedes it (*"…," said the mayor*), otherwise before the verb. A verb without a subject of its own (*and
said*, *, adding*, *to say*) has that of the sentence.
"""

from collections.abc import Sequence
from typing import Literal

from reframing.documents import word_classes as w
from reframing.measures.attribution.cues import (
    INDEFINITE,
    SUBJECT_PRONOUNS,
    Cue,
    is_passive,
    source_nouns,
)
from reframing.measures.attribution.layout import CLAUSE_MARKS, DASHES, OPENING_MARKS, Reading

# Kinds of sources.

SourceKind = Literal["named", "role", "vague", "none"]

_MEMORY = 12  # number of preceding sources to which a pronoun may refer
_UNSPECIFIC = w.QUANTIFIERS | {"numerous", "various", "unnamed"}
_ANAPHORIC = w.PERSONAL | w.RELATIVES | w.POSSESSIVES | w.OBJECT_PRONOUNS
_HEAD_ENDS = w.PREPOSITIONS | w.RELATIVES | CLAUSE_MARKS


def source_kind(reading: Reading, source: range | None, before: Sequence[SourceKind]) -> SourceKind:
    """The kind of `source`; `before` has the kinds of the preceding sources that are not pronouns, in order.

    - `named`: the head is a proper name (*Smith*, *the Health Ministry*, *spokesman John Smith*);
    - `vague`: an indefinite pronoun or quantifier (*some*, *many voters*), an unspecific noun of
      `source_nouns.tsv` (*critics*, *experts*), or a noun like *officials* on its own;
    - `role`: any other noun phrase, also documents (*a spokesman for the bank*, *city officials*, *the poll*);
    - `none`: there is no source.

    A pronoun has the kind of the last preceding source, a singular one (*she*) that of the last one that is not
    `vague`; without any it is `named`.
    """
    if source is None:
        return "none"
    if not is_anaphoric(reading, source):
        return _kind_of_phrase(reading, _head(reading, source), source)
    singular = reading.forms[source.start] in w.ONE_PERSON
    kinds = (kind for kind in reversed(before[-_MEMORY:]) if not (singular and kind == "vague"))
    return next(kinds, "named")


def is_anaphoric(reading: Reading, source: range) -> bool:
    """Whether a source is a single personal, relative, possessive or object pronoun."""
    return len(source) == 1 and reading.forms[source.start] in _ANAPHORIC


def _head(reading: Reading, source: range) -> range:
    """The phrase up to its first preposition, clause mark or relative pronoun: it ends with the head noun."""
    for i in range(source.start + 1, source.stop):
        if reading.forms[i] in _HEAD_ENDS:
            return range(source.start, i)
    return source


def _kind_of_phrase(reading: Reading, head: range, source: range) -> SourceKind:
    last = reading.forms[head.stop - 1].removesuffix("'s")
    category = source_nouns().get(last)
    if reading.forms[head.start] in _UNSPECIFIC or category == "vague":
        return "vague"
    if category == "bare":
        return "vague" if len(source) == 1 else "role"
    if reading.capitalised(head.stop - 1) and not (category and _may_be_common(reading, head)):
        return "named"
    return "role"


def _may_be_common(reading: Reading, head: range) -> bool:
    """Whether the head may be capitalised only because it starts a sentence or is in a headline."""
    sentence = reading.sentence_of[head.start]
    headline = sentence >= 0 and reading.sentences[sentence].section == "headline"
    return headline or head.stop - 1 == reading.bounds(head.start).start


# Sources of cues.

_LONGEST = 40  # longest source in tokens, including an apposition or relative clause
_CLEAR_SUBJECTS = (w.PERSONAL - {"you", "it"}) | {"who"}
_DETERMINERS = w.DETERMINERS - {"that"}
_EXPLETIVES = frozenset({"there", "it"})
_AFTER_INVERSION = (
    CLAUSE_MARKS | w.WEEKDAYS.keys() | w.PREPOSITIONS | frozenset({".", "who", "whose"})
)


def find_source(reading: Reading, cue: Cue, previous: range | None) -> range | None:
    """Token indices of the source of `cue`, or None; `previous` is the last source in the same sentence."""
    if cue.frame in ("adverb", "seeming"):
        return None
    if cue.frame == "colon":
        return range(reading.bounds(cue.head).start, cue.first)
    if cue.frame == "source":
        return _phrase_after(reading, cue.end)
    if cue.frame == "noun":
        return _of_noun(reading, cue)
    if is_passive(reading, cue):
        return _agent(reading, cue)
    return _inverted(reading, cue) or _subject(reading, cue, previous)


def _agent(reading: Reading, cue: Cue) -> range | None:
    """The noun phrase after *by*, within the same clause."""
    for i in range(cue.end, min(cue.end + 8, reading.bounds(cue.head).stop)):
        if reading.forms[i] == "by":
            return _phrase_after(reading, i + 1)
        if reading.forms[i] in CLAUSE_MARKS or reading.forms[i] in w.SUBORDINATORS:
            return None
    return None


def _of_noun(reading: Reading, cue: Cue) -> range | None:
    """Source of a cue noun: *the ministry's claim that*, *his claim that*, *a claim by the ministry*."""
    i, lowest = cue.first - 1, reading.bounds(cue.head).start
    while i > max(lowest, cue.first - 4) and not _is_possessive(reading.forms[i]):
        i -= 1
    if i >= lowest and _is_possessive(reading.forms[i]):
        if reading.forms[i] in w.POSSESSIVES:
            return range(i, i + 1)
        return phrase_before(reading, i, lowest)
    if reading.form(cue.end) in ("by", "from"):
        return _phrase_after(reading, cue.end + 1)
    return _first_phrase(reading, lowest, cue.first)


def _is_possessive(form: str) -> bool:
    return form in w.POSSESSIVES or form.endswith(("'s", "s'"))


def _inverted(reading: Reading, cue: Cue) -> range | None:
    """The subject after the verb, if a quotation or a comma precedes the verb."""
    before, bounds = cue.first - 1, reading.bounds(cue.head)
    if before < 0 or cue.end >= bounds.stop or not _allows_inversion(reading, cue):
        return None
    if reading.quote_of[before] >= 0:
        return _phrase_after(reading, cue.end)
    if reading.forms[before] != "," or before <= bounds.start:
        return None
    phrase = _phrase_after(reading, cue.end)
    closed = phrase is not None and (
        phrase.stop >= bounds.stop or reading.forms[phrase.stop] in _AFTER_INVERSION
    )
    return phrase if closed else None


def _allows_inversion(reading: Reading, cue: Cue) -> bool:
    """Whether the cue is a one-word verb of saying and the next word can begin a noun phrase."""
    form, following = reading.forms[cue.head], reading.forms[cue.end]
    if cue.frame not in ("speech", "clause") or cue.end - cue.head > 1 or form.endswith("ing"):
        return False
    if reading.quote_of[cue.end] >= 0 or not reading.tokens.is_word[cue.end]:
        return False
    barred = w.PREPOSITIONS | w.SUBORDINATORS | w.WEEKDAYS.keys() | w.AUXILIARIES | w.CONJUNCTIONS
    return following not in barred and (following in INDEFINITE or not w.is_adverb(following))


def _subject(reading: Reading, cue: Cue, previous: range | None) -> range | None:
    lowest, i = reading.bounds(cue.head).start, cue.first - 1
    while lowest <= i and reading.quote_of[i] < 0 and _is_time(reading, i):
        i -= 1
    if i < lowest or reading.quote_of[i] >= 0:
        return previous or _behind_comma(reading, cue)
    form = reading.forms[i]
    if _lacks_subject(reading, cue, form):
        return previous or _clause_subject(reading, lowest, cue)
    if form in w.PERSONAL or form in w.RELATIVES:
        return range(i, i + 1)
    if form == "," or form in DASHES:
        return _before_apposition(reading, i, lowest) or previous
    if form == ")":
        i = next((k - 1 for k in range(i, lowest, -1) if reading.forms[k] == "("), i)
    return phrase_before(reading, i, lowest) or previous


def _lacks_subject(reading: Reading, cue: Cue, before: str) -> bool:
    """Whether the verb's subject is that of another verb: *and said*, *, adding*, *by saying*, *to say*."""
    head = reading.forms[cue.head]
    if before in w.CONJUNCTIONS or before in w.PREPOSITIONS or reading.forms[cue.first] == "to":
        return True
    detached = before in CLAUSE_MARKS or before in w.OBJECT_PRONOUNS or before in w.SUBORDINATORS
    return head.endswith("ing") and detached and reading.forms[cue.first] not in w.AUXILIARIES


def _clause_subject(reading: Reading, lowest: int, cue: Cue) -> range | None:
    """The nearest preceding pronoun that can only be a subject, else the subject of the sentence."""
    for i in range(cue.first - 1, lowest - 1, -1):
        if reading.forms[i] in _CLEAR_SUBJECTS and reading.quote_of[i] < 0:
            return range(i, i + 1)
    return _first_phrase(reading, lowest, cue.first) or _behind_comma(reading, cue)


def _behind_comma(reading: Reading, cue: Cue) -> range | None:
    """The noun phrase after an adverbial that contains the cue: *While saying so, the mayor …*."""
    if not reading.forms[cue.head].endswith("ing"):
        return None
    stop = reading.bounds(cue.head).stop
    for i in range(cue.end, stop - 1):
        if reading.forms[i] == "," and reading.quote_of[i] < 0:
            return _phrase_after(reading, i + 1)
    return None


def _is_time(reading: Reading, i: int) -> bool:
    form = reading.forms[i]
    return form in w.WEEKDAYS or (form == "on" and reading.form(i + 1) in w.WEEKDAYS)


def _before_apposition(reading: Reading, comma: int, lowest: int) -> range | None:
    """The noun phrase with its apposition or relative clause: *Smith, who leads the board, said*."""
    marks = DASHES if reading.forms[comma] in DASHES else (",",)
    i = comma - 1
    while (
        i > lowest
        and comma - i < _LONGEST
        and (reading.forms[i] not in marks or reading.forms[i + 1] in marks)
    ):
        i -= 1
    if i <= lowest or reading.forms[i] not in marks:
        return None
    while reading.forms[i - 1] in marks and i - 1 > lowest:
        i -= 1
    phrase = phrase_before(reading, i - 1, lowest)
    return range(phrase.start, comma) if phrase else None


def phrase_before(reading: Reading, last: int, lowest: int) -> range | None:
    """Token indices of the noun phrase that ends with token `last`, not before `lowest`; None if empty."""
    i = last
    while i >= lowest and last - i < _LONGEST and not _bounds_phrase(reading, i):
        i -= 1
    first = _without_adverbial(reading, i + 1, last)
    return range(first, last + 1) if first <= last else None


def _bounds_phrase(reading: Reading, i: int) -> bool:
    form = reading.forms[i]
    if form in w.CONJUNCTIONS:
        return not (reading.capitalised(i + 1) and reading.capitalised(i - 1))
    if form in w.RELATIVES and form != "that":
        return False
    if reading.quote_of[i] >= 0 or form in CLAUSE_MARKS or form in OPENING_MARKS:
        return True
    return form in w.SUBORDINATORS or form in w.AUXILIARIES or form in w.PERSONAL


def _without_adverbial(reading: Reading, first: int, last: int) -> int:
    """Start of the phrase after leading adverbs and a leading prepositional phrase."""
    while first < last and (
        w.is_adverb(reading.forms[first]) or reading.forms[first] in w.WEEKDAYS
    ):
        first += 1
    if reading.forms[first] not in w.PREPOSITIONS:
        return first
    for i in range(first + 2, last + 1):
        before = reading.forms[i - 1]
        starts = reading.capitalised(i) or reading.forms[i] in _DETERMINERS
        joined = before in w.PREPOSITIONS or before in _DETERMINERS or reading.capitalised(i - 1)
        if starts and not joined:
            return i
    return first + 1


def _phrase_after(reading: Reading, first: int) -> range | None:
    """Token indices of the noun phrase that begins with token `first`; None if empty."""
    stop = reading.bounds(first).stop if first < len(reading.forms) else first
    i = first
    while i < stop and i - first < _LONGEST and not _ends_phrase(reading, i, first):
        i += 1
    while i > first and reading.forms[i - 1] in w.PREPOSITIONS | w.CONJUNCTIONS:
        i -= 1
    return range(first, i) if i > first else None


def _ends_phrase(reading: Reading, i: int, first: int) -> bool:
    form = reading.forms[i]
    if reading.quote_of[i] >= 0 or form in CLAUSE_MARKS or form in ".!?":
        return True
    if form in w.WEEKDAYS or (w.is_adverb(form) and i > first):
        return True
    if i > first and reading.forms[first] in SUBJECT_PRONOUNS:
        return True
    return form in w.AUXILIARIES or (form in w.SUBORDINATORS and i > first)


def _first_phrase(reading: Reading, lowest: int, before: int) -> range | None:
    """The subject of the sentence: its first noun phrase after a dateline or an adverbial."""
    first = _behind_dateline(reading, lowest, before)
    if reading.forms[first] in _EXPLETIVES:
        return None
    while first < before and reading.forms[first] in OPENING_MARKS:
        first += 1
    if reading.forms[first] in w.PREPOSITIONS or reading.forms[first] in w.SUBORDINATORS:
        comma = next((i for i in range(first, before) if reading.forms[i] == ","), before)
        first = comma + 1
    if first >= before or reading.quote_of[first] >= 0:
        return None
    i = first
    while i < before and not _ends_subject(reading, i, first):
        i += 1
    return range(first, i) if i > first else None


def _behind_dateline(reading: Reading, lowest: int, before: int) -> int:
    """Index of the token after a dateline (*PORTSVILLE, N.D. -*); `lowest` if there is none."""
    if not reading.span(lowest, lowest + 1).of(reading.text).isupper() or before - lowest < 3:
        return lowest
    for i in range(lowest + 1, min(lowest + 10, before)):
        if reading.forms[i] in DASHES:
            return i + 1 + (reading.forms[i + 1] in DASHES)
    return lowest


def _ends_subject(reading: Reading, i: int, first: int) -> bool:
    form = reading.forms[i]
    if i > first and form.endswith("ed") and not reading.capitalised(i):
        return True
    return _ends_phrase(reading, i, first)
