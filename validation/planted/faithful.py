"""Faithful rewrites by rule: changes that do not alter what a careful reader understands.

A rewrite applies its rule wherever it can in a text. No move may be found in the result.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

from reframing.documents.records import Article, Span
from validation.planted.plants import Change, Material, changed
from validation.planted.words import capitalised, continued, mapping

Rewrite = Callable[[Material], Iterator[Change]]

_UNITS = "zero one two three four five six seven eight nine ten eleven twelve".split()
_NUMBER = re.compile(
    rf"(?<![\w-])(?:{'|'.join(_UNITS[2:])})(?= (?:people|men|women|children|years|months|weeks|days|hours|"
    r"minutes|officers|officials|members|states|countries|times|points|miles|others|deaths|cases|seats)\b)"
)
_ABBREVIATIONS = {
    "percent": "per cent",
    "per cent": "percent",
    "United States": "U.S.",
    "U.S.": "United States",
    "United Kingdom": "UK",
    "UK": "United Kingdom",
    "Sept.": "September",
    "Oct.": "October",
    "Nov.": "November",
    "Aug.": "August",
    "Jan.": "January",
    "Feb.": "February",
    "Sen.": "Senator",
    "Gov.": "Governor",
    "Rep.": "Representative",
    "kilometers": "km",
    "vs.": "versus",
}
_ABBREVIATED = re.compile(
    rf"(?<![\w.])(?:{'|'.join(map(re.escape, _ABBREVIATIONS))})(?=[ ,;](?![.]))"
)
_STRAIGHT = str.maketrans("“”‘’", "\"\"''")
_SPELLING = {
    "toward": "towards",
    "among": "amongst",
    "while": "whilst",
    "organization": "organisation",
    "organizations": "organisations",
    "favor": "favour",
    "labor": "labour",
    "defense": "defence",
    "center": "centre",
    "program": "programme",
    "programs": "programmes",
    "color": "colour",
    "recognize": "recognise",
    "recognized": "recognised",
    "realize": "realise",
    "realized": "realised",
    "traveled": "travelled",
    "canceled": "cancelled",
}
_CONTRACTED = {
    "do not": "don’t",
    "does not": "doesn’t",
    "did not": "didn’t",
    "is not": "isn’t",
    "are not": "aren’t",
    "was not": "wasn’t",
    "were not": "weren’t",
    "will not": "won’t",
    "would not": "wouldn’t",
    "could not": "couldn’t",
    "has not": "hasn’t",
    "have not": "haven’t",
    "had not": "hadn’t",
    "cannot": "can’t",
}
_OPENED = re.compile(
    r"(On (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|In (?:19|20)\d\d|Last (?:week|month|year)),? "
    r"(?=[A-Za-z])"
)
_SEVERAL_CLAUSES = re.compile(
    r"[,;:]|\b(?:and|but|that|who|which|said|when|after|before|while|because|if)\b"
)
_PASSIVE = re.compile(
    r"((?:The|A|An|His|Her|Their|Its) (?:[a-z-]+ ){0,2}[a-z-]+) (was|were) ([a-z]+ed) by "
    r"(the (?:[a-z-]+ ){0,2}[a-z-]+)(?=[.,;]| (?:in|on|at|after|before|during|last) )"
)


def typography(material: Material) -> Iterator[Change]:
    """Make curly quotation marks straight, and dashes hyphens."""
    for i, character in enumerate(material.text):
        plain = character.translate(_STRAIGHT)
        if plain != character or character in "–—":
            yield Change(Span(i, i + 1), "-" if character in "–—" else plain)


def numerals(material: Material) -> Iterator[Change]:
    """Write number words as digits: *five people* → *5 people*."""
    for span in _in_plain(material, _NUMBER):
        yield Change(span, str(_UNITS.index(span.of(material.text))))


def abbreviations(material: Material) -> Iterator[Change]:
    """Abbreviate, or write out: *percent* → *per cent*, *U.S.* → *United States*."""
    for span in _in_plain(material, _ABBREVIATED):
        yield Change(span, _ABBREVIATIONS[span.of(material.text)])


def spelling(material: Material) -> Iterator[Change]:
    """Change American to British spelling."""
    yield from _outside_quotations(material, _SPELLING)


def contractions(material: Material) -> Iterator[Change]:
    """Contract negations: *did not* → *didn’t*."""
    yield from _outside_quotations(material, _CONTRACTED)


def synonyms(material: Material) -> Iterator[Change]:
    """Replace words by neutral synonyms: *purchased* → *bought*."""
    first = {word: new[0] for word, new in mapping("synonyms.tsv", "word", "synonym").items()}
    yield from _outside_quotations(material, first)


def reporting(material: Material) -> Iterator[Change]:
    """Replace reporting verbs that are gold cues of one span: *said* → *stated*."""
    variants = mapping("reporting.tsv", "cue", "variant")
    for gold in material.attributions:
        for cue in gold.cue if len(gold.cue) == 1 else ():
            new = variants.get(cue.of(material.text), ())
            single = [each for each in new if " " not in each]
            if single:
                yield Change(cue, single[cue.start % len(single)])


def that(material: Material) -> Iterator[Change]:
    """Omit or insert *that*: *said that* → *said*, and back."""
    for gold in material.attributions:
        if len(gold.cue) != 1 or len(gold.content) != 1 or gold.cue[0].of(material.text) != "said":
            continue
        start = gold.content[0].start
        if gold.cue[0].end + 1 != start:
            continue
        if material.text.startswith("that ", start):
            yield Change(Span(start, start + 5), "")
        elif re.match(r"(?:the|he|she|they|it|there)\b", material.text[start:]):
            yield Change(Span(start, start), "that ")


def order(material: Material) -> Iterator[Change]:
    """Move source and cue in front: *The mayor left, the council said* → *The council said the mayor left*."""
    for i, said in material.plain:
        whole = material.sentences[i].span
        for gold in material.attributions:
            if any(len(part) != 1 for part in (gold.source, gold.cue, gold.content)):
                continue
            (source,), (cue,), (content,) = gold.source, gold.cue, gold.content
            clause = content.of(material.text).rstrip(",.")
            tail = f", {source.of(material.text)} {cue.of(material.text)}."
            if (
                content.start == whole.start
                and said == clause + tail
                and cue.of(material.text) == "said"
            ):
                new = f"{capitalised(source.of(material.text))} said {continued(clause)}."
                yield Change(whole, new)


def time_moved(material: Material) -> Iterator[Change]:
    """Move an opening time phrase to the end: *On Monday, the board met.* → *The board met on Monday.*"""
    for i, said in material.plain:
        match = _OPENED.match(said)
        if match and not _SEVERAL_CLAUSES.search(said, match.end()):
            rest = said[match.end() : -1]
            time = match[1][0].lower() + match[1][1:]
            yield Change(material.sentences[i].span, f"{capitalised(rest)} {time}.")


def active(material: Material) -> Iterator[Change]:
    """Make a passive active: *The bill was signed by the mayor* → *The mayor signed the bill*."""
    for i, said in material.plain:
        match = _PASSIVE.match(said)
        if match:
            start = material.sentences[i].start
            acted = match[1][0].lower() + match[1][1:]
            new = f"{capitalised(match[4])} {match[3]} {acted}"
            yield Change(Span(start, start + match.end()), new)


def _outside_quotations(material: Material, words: dict[str, str]) -> Iterator[Change]:
    """Replace words as the table says, in plain sentences, which quote nothing."""
    for span in _in_plain(material, _any_of(tuple(words))):
        yield Change(span, words[span.of(material.text)])


def _in_plain(material: Material, pattern: re.Pattern[str]) -> Iterator[Span]:
    """The spans at which a pattern matches in plain sentences, which quote nothing."""
    for i, said in material.plain:
        start = material.sentences[i].start
        for match in pattern.finditer(said):
            yield Span(start + match.start(), start + match.end())


@cache
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    longest = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<![\w’'-])(?:{'|'.join(map(re.escape, longest))})(?![\w’'-])")


REWRITES: dict[str, Rewrite] = {
    "typography": typography,
    "numerals": numerals,
    "abbreviations": abbreviations,
    "spelling": spelling,
    "contractions": contractions,
    "synonyms": synonyms,
    "reporting verbs": reporting,
    "that": that,
    "order of source and content": order,
    "place of a time": time_moved,
    "passive as active": active,
}


def rewritten(material: Material, name: str) -> tuple[Article, int] | None:
    """The article with every change of a rewrite, and their number; None if the rule applies nowhere."""
    changes: list[Change] = []
    for change in sorted(REWRITES[name](material)):
        if not changes or changes[-1].span.end <= change.span.start:
            changes.append(change)
    if not changes:
        return None
    article = changed(material.article, changes)
    return replace(article, id=f"{article.id}/{name}"), len(changes)
