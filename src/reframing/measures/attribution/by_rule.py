"""Attributions by rule: combines the cues, sources and contents of a text.

An attribution has a source, a cue and a content (PARC 3.0: Pareti 2012, 2015; PolNeAR: Newell,
Margolin & Ruths 2018). Only attributions by the article itself are found, not those made within a quotation.
The stance is that of the cue: `neutral` acknowledges the source, `endorse` adds the article's own authority,
`distance` withholds it (Martin & White 2005, chapter 3).
"""

from collections.abc import Iterator
from typing import NamedTuple

from reframing.documents.document import Document
from reframing.documents.records import Attribution
from reframing.documents.word_classes import CONJUNCTIONS, RELATIVES
from reframing.measures.attribution.contents import content_kind, find_content
from reframing.measures.attribution.cues import Cue, find_cues
from reframing.measures.attribution.layout import CLAUSE_MARKS, Reading, reading_of
from reframing.measures.attribution.sources import (
    SourceKind,
    find_source,
    is_anaphoric,
    source_kind,
)

__all__ = ["find_attributions"]


class _Found(NamedTuple):
    cue: Cue
    source: range | None
    kind: SourceKind


def find_attributions(document: Document) -> tuple[Attribution, ...]:
    """The attributions of a text, ordered by the start of their cue.

    Spans consist of complete tokens. `source` is None and `content` empty if none was found; `content` has
    several spans if the cue interrupts it or quoted sentences continue it.
    """
    reading = document.of(reading_of)
    found = list(_with_sources(reading))
    with_cue = frozenset(reading.sentence_of[each.cue.head] for each in found)
    return tuple(
        _attribution(reading, each, _limit(reading, each, following), with_cue)
        for each, following in zip(found, [*found[1:], None], strict=False)
    )


def _with_sources(reading: Reading) -> Iterator[_Found]:
    previous: range | None = None
    kinds: list[SourceKind] = []
    sentence = -1
    for cue in find_cues(reading):
        if reading.sentence_of[cue.head] != sentence:
            previous, sentence = None, reading.sentence_of[cue.head]
        source = find_source(reading, cue, previous)
        kind = source_kind(reading, source, kinds)
        if source is not None:
            previous = source
            if not is_anaphoric(reading, source):
                kinds.append(kind)
        yield _Found(cue, source, kind)


def _limit(reading: Reading, found: _Found, following: _Found | None) -> int:
    """Token at which the content must end: the next coordinated attribution, or the end of the sentence.

    An attribution embedded in the content does not end it.
    """
    stop = reading.bounds(found.cue.head).stop
    if following is None or following.cue.first >= stop:
        return stop
    first, source = following.cue.first, following.source
    if source and source.start < first <= source.stop + 3 and source.stop > found.cue.end:
        first = source.start
    joined = reading.form(first - 1) in CLAUSE_MARKS or reading.form(first - 1) in CONJUNCTIONS
    return first if joined and reading.forms[first] not in RELATIVES else stop


def _attribution(
    reading: Reading, found: _Found, limit: int, with_cue: frozenset[int]
) -> Attribution:
    cue, source = found.cue, found.source
    content = find_content(reading, cue, source, limit, with_cue)
    return Attribution(
        source=reading.span(source.start, source.stop) if source else None,
        cue=reading.span(cue.first, cue.end),
        content=tuple(reading.span(part.start, part.stop) for part in content),
        kind=content_kind(reading, content),
        stance=cue.stance,
        source_kind=found.kind,
    )
