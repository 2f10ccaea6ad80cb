"""Sources: who is said to vouch for the content of a cue.

The source of a verb is looked for where English puts it: behind *by* with a passive, behind the verb
where a quotation or comma precedes it (*"…," said the mayor*), in front of the verb otherwise; a verb
without subject of its own (*and said*, *, adding*, *to say*) has that of the sentence.
"""

from reframing.constructs.attribution import words as w
from reframing.constructs.attribution.cues import Cue
from reframing.constructs.attribution.reading import Reading

_LONGEST = 40  # tokens of a source, with its apposition or relative clause


def find_source(reading: Reading, cue: Cue, previous: range | None) -> range | None:
    """Tokens of the source of `cue`; `previous` is the last source found in the same sentence."""
    if cue.frame in ("adverb", "seeming"):
        return None
    if cue.frame == "source":
        return _phrase_after(reading, cue.end)
    if cue.frame == "noun":
        return _of_noun(reading, cue)
    if _is_passive(reading, cue):
        return _agent(reading, cue)
    return _inverted(reading, cue) or _subject(reading, cue, previous)


def _is_passive(reading: Reading, cue: Cue) -> bool:
    group = reading.forms[cue.first : cue.head]
    return not reading.forms[cue.head].endswith("ing") and any(form in w.BE for form in group)


def _agent(reading: Reading, cue: Cue) -> range | None:
    """The noun phrase behind *by* within the same clause."""
    for i in range(cue.end, min(cue.end + 8, reading.bounds(cue.head).stop)):
        if reading.forms[i] == "by":
            return _phrase_after(reading, i + 1)
        if reading.forms[i] in w.CLAUSE_MARKS or reading.forms[i] in w.SUBORDINATORS:
            return None
    return None


def _of_noun(reading: Reading, cue: Cue) -> range | None:
    """*the ministry's claim that*, *his claim that*, *a claim by the ministry*."""
    i, lowest = cue.first - 1, reading.bounds(cue.head).start
    while i > max(lowest, cue.first - 4) and not _is_possessive(reading.forms[i]):
        i -= 1
    if i >= lowest and _is_possessive(reading.forms[i]):
        if reading.forms[i] in w.POSSESSIVES:
            return range(i, i + 1)
        return _phrase_before(reading, i, lowest)
    if reading.form(cue.end) in ("by", "from"):
        return _phrase_after(reading, cue.end + 1)
    return None


def _is_possessive(form: str) -> bool:
    return form in w.POSSESSIVES or form.endswith(("'s", "s'"))


def _inverted(reading: Reading, cue: Cue) -> range | None:
    """The subject behind the verb, where a quotation or a comma stands in front of the verb."""
    before, bounds = cue.first - 1, reading.bounds(cue.head)
    if before < 0 or cue.end >= bounds.stop or reading.quote_of[cue.end] >= 0:
        return None
    quoted = reading.quote_of[before] >= 0
    following = reading.forms[cue.end]
    if not quoted and (reading.forms[before] != "," or before <= bounds.start):
        return None
    if not (reading.capitalised(cue.end) or following in w.DETERMINERS | w.PERSONAL):
        return None
    return _phrase_after(reading, cue.end)


def _subject(reading: Reading, cue: Cue, previous: range | None) -> range | None:
    lowest, i = reading.bounds(cue.head).start, cue.first - 1
    while lowest <= i and reading.quote_of[i] < 0 and _is_time(reading, i):
        i -= 1
    if i < lowest or reading.quote_of[i] >= 0:
        return previous
    form = reading.forms[i]
    if form in w.SUBJECT_PRONOUNS:
        return range(i, i + 1)
    if _lacks_subject(reading, cue, form):
        return previous or _first_phrase(reading, lowest, cue.first)
    if form == ",":
        return _before_apposition(reading, i, lowest) or previous
    return _phrase_before(reading, i, lowest) or previous


def _lacks_subject(reading: Reading, cue: Cue, before: str) -> bool:
    """*and said*, *, adding*, *by saying*, *to say*: the subject stands further up."""
    head = reading.forms[cue.head]
    if before in w.CONJUNCTIONS or before in w.PREPOSITIONS or reading.forms[cue.first] == "to":
        return True
    return head.endswith("ing") and before in w.CLAUSE_MARKS


def _is_time(reading: Reading, i: int) -> bool:
    form = reading.forms[i]
    return form in w.WEEKDAYS or form == "on" and reading.form(i + 1) in w.WEEKDAYS


def _before_apposition(reading: Reading, comma: int, lowest: int) -> range | None:
    """*Smith, who leads the board, said*: from the noun phrase to the second comma."""
    i = comma - 1
    while i > lowest and comma - i < _LONGEST and reading.forms[i] != ",":
        i -= 1
    if i <= lowest or reading.forms[i] != ",":
        return None
    phrase = _phrase_before(reading, i - 1, lowest)
    return range(phrase.start, comma) if phrase else None


def _phrase_before(reading: Reading, last: int, lowest: int) -> range | None:
    """The noun phrase that ends with token `last`."""
    i = last
    while i >= lowest and last - i < _LONGEST and not _bounds_phrase(reading, i):
        i -= 1
    first = _without_adverbial(reading, i + 1, last)
    return range(first, last + 1) if first <= last else None


def _bounds_phrase(reading: Reading, i: int) -> bool:
    form = reading.forms[i]
    if form in w.CONJUNCTIONS:
        return not (reading.capitalised(i + 1) and reading.capitalised(i - 1))
    if form in ("who", "whom", "whose", "which"):
        return False
    if reading.quote_of[i] >= 0 or form in w.CLAUSE_MARKS or form in w.OPENING_MARKS:
        return True
    return form in w.SUBORDINATORS or form in w.AUXILIARIES or form in w.PERSONAL


def _without_adverbial(reading: Reading, first: int, last: int) -> int:
    """The start of the phrase without adverbs and a prepositional phrase in front of it."""
    while first < last and (
        w.is_adverb(reading.forms[first]) or reading.forms[first] in w.WEEKDAYS
    ):
        first += 1
    if reading.forms[first] not in w.PREPOSITIONS:
        return first
    for i in range(first + 2, last + 1):
        before = reading.forms[i - 1]
        starts = reading.capitalised(i) or reading.forms[i] in w.DETERMINERS
        joined = before in w.PREPOSITIONS or before in w.DETERMINERS or reading.capitalised(i - 1)
        if starts and not joined:
            return i
    return first + 1


def _phrase_after(reading: Reading, first: int) -> range | None:
    """The noun phrase that begins with token `first`, with its apposition between commas."""
    stop = reading.bounds(first).stop if first < len(reading.forms) else first
    i = first
    while i < stop and i - first < _LONGEST and not _ends_phrase(reading, i, first):
        i += 1
    while i > first and reading.forms[i - 1] in w.PREPOSITIONS | w.CONJUNCTIONS:
        i -= 1
    return range(first, i) if i > first else None


def _ends_phrase(reading: Reading, i: int, first: int) -> bool:
    form = reading.forms[i]
    if reading.quote_of[i] >= 0 or form in w.CLAUSE_MARKS or form in ".!?":
        return True
    if form in w.WEEKDAYS or w.is_adverb(form) and i > first:
        return True
    if i > first and reading.forms[first] in w.SUBJECT_PRONOUNS:
        return True
    return form in w.AUXILIARIES or form in w.SUBORDINATORS and i > first


def _first_phrase(reading: Reading, lowest: int, before: int) -> range | None:
    """The subject of the sentence: its first noun phrase, behind an adverbial with its comma."""
    first = lowest
    while first < before and reading.forms[first] in w.OPENING_MARKS:
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


def _ends_subject(reading: Reading, i: int, first: int) -> bool:
    form = reading.forms[i]
    if i > first and form.endswith("ed") and not reading.capitalised(i):
        return True
    return _ends_phrase(reading, i, first)
