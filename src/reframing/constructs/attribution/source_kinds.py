"""Kinds of sources: named, role, vague, none.

*named*: the head of the phrase is a proper name (*Smith*, *the Health Ministry*, *spokesman John
Smith*). *vague*: an indefinite pronoun or quantifier (*some*, *many voters*), an unspecified source
noun of `lexicons/source_nouns.tsv` (*critics*, *experts*), or a bare plural like *officials*. *role*:
any other noun phrase (*a spokesman for the bank*, *city officials*, *the poll*). A pronoun or a
relative (*she*, *who*) has the kind of the nearest source before it that is no pronoun, and is *named*
where the text has none.
"""

from functools import lru_cache
from typing import Literal

from reframing.constructs.attribution import words as w
from reframing.constructs.attribution.reading import Reading
from reframing.lexicon import inflected, load_lexicon

SourceKind = Literal["named", "role", "vague", "none"]

_QUANTIFIERS = frozenset("some many several few most others numerous various unnamed".split())
_ANAPHORIC = w.PERSONAL | w.RELATIVE | w.POSSESSIVES | w.OBJECT_PRONOUNS
_HEAD_ENDS = w.PREPOSITIONS | w.CLAUSE_MARKS | frozenset({"who", "whose", "which", "that"})


def source_kind(reading: Reading, source: range | None, antecedent: SourceKind) -> SourceKind:
    """The kind of `source`; `antecedent` is that of the nearest source before it."""
    if source is None:
        return "none"
    head = _head(reading, source)
    if head.start == source.stop - 1 and reading.forms[head.start] in _ANAPHORIC:
        return antecedent if antecedent != "none" else "named"
    return _kind_of_phrase(reading, head, source)


def is_anaphoric(reading: Reading, source: range) -> bool:
    return len(source) == 1 and reading.forms[source.start] in _ANAPHORIC


def _head(reading: Reading, source: range) -> range:
    """The phrase up to its first preposition, comma or relative pronoun."""
    for i in range(source.start + 1, source.stop):
        if reading.forms[i] in _HEAD_ENDS:
            return range(source.start, i)
    return source


def _kind_of_phrase(reading: Reading, head: range, source: range) -> SourceKind:
    last = reading.forms[head.stop - 1].removesuffix("'s")
    category = _source_nouns().get(last)
    if reading.forms[head.start] in _QUANTIFIERS or category == "vague":
        return "vague"
    if category == "bare":
        return "vague" if len(source) == 1 else "role"
    if reading.capitalised(head.stop - 1) and not (category and _may_be_common(reading, head)):
        return "named"
    return "role"


def _may_be_common(reading: Reading, head: range) -> bool:
    """Whether the capital letter may be due to the place: sentence start or headline."""
    sentence = reading.sentence_of[head.start]
    headline = sentence >= 0 and reading.sentences[sentence].section == "headline"
    return headline or head.stop - 1 == reading.bounds(head.start).start


@lru_cache
def _source_nouns() -> dict[str, str]:
    entries = load_lexicon("source_nouns").entries
    return {form: entry.category for entry in entries for form in inflected(entry)}
