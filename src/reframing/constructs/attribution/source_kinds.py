"""Kinds of sources: named, role, vague, none.

*named*: the head of the phrase is a proper name (*Smith*, *the Health Ministry*, *spokesman John
Smith*). *vague*: an indefinite pronoun or quantifier (*some*, *many voters*), an unspecified source
noun of `lexicons/source_nouns.tsv` (*critics*, *experts*), or a bare plural like *officials*. *role*:
any other noun phrase, documents included (*a spokesman for the bank*, *city officials*, *the poll*).
A pronoun has the kind of the nearest source before it that is no pronoun, a singular one (*she*)
that of the nearest one that is not vague; it is *named* where the text has none.
"""

from collections.abc import Sequence
from typing import Literal

from reframing.constructs.attribution import words as w
from reframing.constructs.attribution.reading import Reading
from reframing.constructs.attribution.source_nouns import source_nouns

SourceKind = Literal["named", "role", "vague", "none"]

_QUANTIFIERS = frozenset("some many several few most others numerous various unnamed".split())
_ANAPHORIC = w.PERSONAL | w.RELATIVE | w.POSSESSIVES | w.OBJECT_PRONOUNS
_SINGULAR = frozenset("i he she his her him my me".split())
_HEAD_ENDS = w.PREPOSITIONS | w.CLAUSE_MARKS | frozenset({"who", "whose", "which", "that"})


def source_kind(reading: Reading, source: range | None, before: Sequence[SourceKind]) -> SourceKind:
    """The kind of `source`; `before` holds those of the sources before it that are no pronouns."""
    if source is None:
        return "none"
    if not is_anaphoric(reading, source):
        return _kind_of_phrase(reading, _head(reading, source), source)
    singular = reading.forms[source.start] in _SINGULAR
    kinds = (kind for kind in reversed(before) if not (singular and kind == "vague"))
    return next(kinds, "named")


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
    category = source_nouns().get(last)
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
