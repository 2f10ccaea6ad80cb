"""Planted changes of attribution: dropped, added, vague, swapped, distanced, endorsed.

Places are gold attributions of PolNeAR, and sentences in which annotators marked none.
"""

import re
from collections.abc import Iterator, Sequence
from random import Random
from typing import NamedTuple

from reframing.documents.records import Span
from validation.exams.polnear import GoldAttribution
from validation.planted.plants import QUOTATION_MARKS, Change, Form, Mark, Material, Plant
from validation.planted.words import (
    capitalised,
    column,
    continued,
    in_lexicons,
    opens_with_subject,
    picked,
)

_PRONOUNS = frozenset("he she they it i we you who that which".split())
_UNNAMED = _PRONOUNS | {"some", "many", "critics", "experts", "others", "officials"}
_SUBJECTS = re.compile(
    r"(?:the|an?|its?|his|her|their|our|my|this|that|these|those|there|no|some|many|most|all|he|she|"
    r"they|we|i|you|[A-Z][\w’'.-]*)\b"
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|should|must|do|does|did)\b"
)
_PRONOUN = re.compile(r"(?:he|she|they)\b", re.IGNORECASE)
_SAYING = frozenset("said says stated added told announced noted believes believe thinks".split())
_LONGEST_SOURCE = 12
_LONGEST_NAME = 4
_ACCORDING_TO = "according to"


class _Report(NamedTuple):
    """An indirect report within one plain sentence; `clause` is its content without *that*."""

    sentence: int
    whole: Span
    source: Span
    cue: Span
    clause: Span


def _reports(material: Material) -> Iterator[_Report]:
    """Attributions with one source, one cue and one content span that are alone in a plain sentence."""
    for gold in material.attributions:
        parts = (gold.source, gold.cue, gold.content)
        if any(len(spans) != 1 for spans in parts):
            continue
        (source,), (cue,), (content,) = parts
        i = material.sentence_of(content)
        if i is None or not material.is_plain(i):
            continue
        whole = material.sentences[i].span
        if whole.contains(source) and whole.contains(cue) and _alone(material, gold, whole):
            yield _Report(i, whole, source, cue, _clause(material.text, content))


def _alone(material: Material, gold: GoldAttribution, whole: Span) -> bool:
    """Whether no other attribution occurs in the sentence."""
    return not any(
        part.overlaps(whole)
        for other in material.attributions
        if other is not gold
        for part in (*other.source, *other.cue, *other.content)
    )


def _clause(text: str, content: Span) -> Span:
    start = content.start + 5 if content.of(text).startswith("that ") else content.start
    return Span(start, start + len(text[start : content.end].rstrip(" .,")))


def _is_statement(clause: str) -> bool:
    return (
        len(clause.split()) >= 5
        and _SUBJECTS.match(clause) is not None
        and _FINITE.search(clause) is not None
    )


def _trails(text: str, report: _Report) -> bool:
    """Whether source and cue come last: *The bridge is shut, the council said.*"""
    tail = Span(report.clause.end, report.whole.end - 1)
    said = {f"{a.of(text)} {b.of(text)}" for a, b in _orders(report)}
    return report.clause.start == report.whole.start and tail.of(text).lstrip(", ") in said


def _leads(text: str, report: _Report) -> bool:
    """Whether source and cue come first: *The council said that the bridge is shut.*"""
    before = Span(report.whole.start, report.clause.start).of(text).strip(" ,").removesuffix("that")
    said = {f"{a.of(text)} {b.of(text)}" for a, b in _orders(report)}
    return report.clause.end == report.whole.end - 1 and before.strip(" ,") in said


def _orders(report: _Report) -> tuple[tuple[Span, Span], tuple[Span, Span]]:
    return (report.source, report.cue), (report.cue, report.source)


def dropped(material: Material, random: Random) -> Iterator[Plant]:
    """Cut source and cue of a report; a pronoun that opens its content is replaced by the source."""
    text = material.text
    for report in _reports(material):
        clause = report.clause.of(text)
        if not _is_statement(clause) or not material.stands_apart(report.sentence):
            continue
        said = Span(*_bounds(report.source, report.cue))
        mark = Mark("attribution-dropped", said, report.clause)
        if _trails(text, report):
            cut = Change(Span(report.clause.end, report.whole.end - 1), "")
            yield Plant((cut,), (mark,))
        elif _leads(text, report):
            pronoun = _PRONOUN.match(clause)
            if pronoun and not _can_be_named(report, text):
                continue
            head = report.source.of(text) if pronoun else clause[:1]
            end = report.clause.start + (pronoun.end() if pronoun else 1)
            change = Change(Span(report.whole.start, end), capitalised(head))
            yield Plant((change,), (mark,))


def _can_be_named(report: _Report, text: str) -> bool:
    """Whether a pronoun of the clause may be replaced by the source."""
    return (
        report.cue.of(text).split()[0] in _SAYING
        and report.source.of(text).lower() not in _PRONOUNS
        and len(report.source.of(text).split()) <= _LONGEST_NAME
    )


def _bounds(a: Span, b: Span) -> tuple[int, int]:
    return min(a.start, b.start), max(a.end, b.end)


def added(material: Material, random: Random) -> Iterator[Plant]:
    """Attribute a statement in the text's own voice to an invented source."""
    if not material.attributed:
        return
    sources = column("specific_sources.tsv", "source")
    cues = column("cues.tsv", "cue", **{"class": "neutral"})
    for i, said in material.plain:
        if material.is_reported(i) or not material.stands_apart(i) or not _is_statement(said):
            continue
        whole = material.sentences[i].span
        opening, end = Span(whole.start, whole.start + 1), Span(whole.end - 1, whole.end - 1)
        for cue in picked(cues, random):
            source, lowered = random.choice(sources), continued(said)[:1]
            verb = Change(end, f", {source} {cue}"), f"{source} {cue} that"
            preposition = Change(end, f", {_ACCORDING_TO} {source}"), f"{_ACCORDING_TO} {source},"
            known = in_lexicons(cue)
            change, before = random.choice((verb, preposition)) if known else verb
            if opens_with_subject(said) and random.random() < 0.5:
                change = Change(opening, f"{capitalised(before)} {lowered}")
            mark = Mark("attribution-added", whole, change.span)
            yield Plant((change,), (mark,), words=cue)


def vague(material: Material, random: Random) -> Iterator[Plant]:
    """Replace a name or a definite role by an unnamed source."""
    yield from _other_source(
        material, random, "attribution-vague", column("vague_sources.tsv", "source")
    )


def swapped(material: Material, random: Random) -> Iterator[Plant]:
    """Replace a name by another name; roles are excluded, since the person named might have that role."""
    sources = tuple(s for s in column("specific_sources.tsv", "source") if _is_named(s.split()))
    for plant in _other_source(material, random, "attribution-swapped", sources):
        (mark,) = plant.marks
        if mark.original is not None and _is_named(mark.original.of(material.text).split()):
            yield plant


def _other_source(
    material: Material, random: Random, slug: str, sources: tuple[str, ...]
) -> Iterator[Plant]:
    text = material.text
    for gold in material.attributions:
        if len(gold.source) != 1 or not gold.cue or not gold.content:
            continue
        (source,) = gold.source
        i = material.sentence_of(source)
        if i is None or material.sentences[i].section == "headline":
            continue
        if not _is_specific(source.of(text)) or not _takes_any_subject(gold, text):
            continue
        if any(other is not gold and source in other.source for other in material.attributions):
            continue
        opens = source.start == material.sentences[i].start
        for new in picked(sources, random):
            change = Change(source, capitalised(new) if opens else new)
            yield Plant((change,), (Mark(slug, source, source),), words=new)


def _is_specific(source: str) -> bool:
    """Whether a source is a short noun phrase that contains a name or is a definite role."""
    words = source.split()
    definite = words[0].lower() == "the" and len(words) > 1
    return (_is_named(words) or definite) and len(words) <= _LONGEST_SOURCE and "," not in source


def _is_named(words: Sequence[str]) -> bool:
    """Whether a word has a capital for another reason than opening a sentence."""
    return any(word[0].isupper() for word in words[1:]) or (
        len(words) == 1 and words[0][0].isupper() and words[0].lower() not in _UNNAMED
    )


def _takes_any_subject(gold: GoldAttribution, text: str) -> bool:
    """Whether a cue agrees with singular and plural sources: *said*, *according to*."""
    words = gold.cue[0].of(text).lower().split()
    return len(gold.cue) == 1 and (
        words == ["according", "to"]
        or words[0].endswith("ed")
        or words[0] in ("said", "told", "wrote")
    )


def distanced(material: Material, random: Random) -> Iterator[Plant]:
    """Replace a neutral cue by one that distances the text from the claim."""
    cues = column("cues.tsv", "cue", **{"class": "distance"})
    yield from _other_cue(material, random, "attribution-distanced", cues)


def endorsed(material: Material, random: Random) -> Iterator[Plant]:
    """Replace a neutral cue by one that presents the claim as true."""
    cues = column("cues.tsv", "cue", **{"class": "endorse"})
    yield from _other_cue(material, random, "attribution-endorsed", cues)


def _other_cue(
    material: Material, random: Random, slug: str, cues: tuple[str, ...]
) -> Iterator[Plant]:
    text = material.text
    neutral = frozenset(column("cues.tsv", "cue", **{"class": "neutral"}))
    for gold in material.attributions:
        if len(gold.cue) != 1 or len(gold.source) != 1 or not gold.content:
            continue
        (cue,), (source,) = gold.cue, gold.source
        content = gold.content[0].of(text)
        claims = QUOTATION_MARKS.intersection(content) or _is_statement(
            content.removeprefix("that ")
        )
        if cue.of(text) in neutral and claims and material.sentence_of(cue) is not None:
            in_order = source.end + 1 == cue.start and cue.end < gold.content[0].start
            fitting = [each for each in cues if in_order or " " not in each]
            for new in picked(fitting, random):
                yield Plant((Change(cue, new),), (Mark(slug, cue, cue),), words=new)


FORMS = (
    Form("source and cue cut", dropped),
    Form("source and cue put in", added, reverses=True),
    Form("source made vague", vague),
    Form("source exchanged", swapped),
    Form("cue that distances", distanced),
    Form("cue that endorses", endorsed),
)
