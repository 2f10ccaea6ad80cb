"""In whose words: quotations altered, cut, unquoted, made up."""

import re
from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from reframing.perturbation.material import Material
from reframing.perturbation.plants import Change, Form, Mark, Plant
from reframing.perturbation.words import capitalised, column, mapping
from reframing.records import Span

_QUOTED = re.compile(r"“([^“”\"\n]+)”|\"([^\"“”\n]+)\"")
_WORD = re.compile(r"\b[a-z]+\b")
_AUXILIARY = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would)\b(?= [a-z])")
_BREAK = re.compile(r"[,;.!?] |(?: [–—] )")
_LEAST_KEPT = 4
_LEAST_WORDS = 7


class _Quoted(NamedTuple):
    span: Span
    inner: Span
    sentence: int


def _quotations(material: Material) -> Iterator[_Quoted]:
    """Quotations of seven words or more that annotators took for somebody's, in one sentence."""
    for match in _QUOTED.finditer(material.text):
        inner = Span(*match.span(1 if match[1] is not None else 2))
        span = Span(*match.span())
        i = material.sentence_of(span)
        if i is None or len(inner.of(material.text).split()) < _LEAST_WORDS:
            continue
        contents = [part for gold in material.attributions for part in gold.content]
        if any(content.overlaps(inner) for content in contents):
            yield _Quoted(span, inner, i)


def altered(material: Material, random: Random) -> Iterator[Plant]:
    """A word within the marks gives way to another, or one is put in."""
    synonyms = mapping("synonyms.tsv", "word", "synonym")
    boosters = column("booster_frames.tsv", "frame", kind="adverb")
    for quoted in _quotations(material):
        said = quoted.inner.of(material.text)
        at = quoted.inner.start
        words = [m for m in _WORD.finditer(said) if m[0] in synonyms]
        places = list(_AUXILIARY.finditer(said))
        mark = Mark("quote-altered", quoted.span, quoted.span)
        if words:
            word = random.choice(words)
            change = Change(
                Span(at + word.start(), at + word.end()), random.choice(synonyms[word[0]])
            )
            yield Plant((change,), (mark,))
        elif places:
            place = at + random.choice(places).end()
            change = Change(Span(place, place), f" {random.choice(boosters)}")
            yield Plant((change,), (mark,), frozenset({"booster-added"}))


def truncated(material: Material, random: Random) -> Iterator[Plant]:
    """What stands before or behind a break is cut; the mark at the end stays."""
    for quoted in _quotations(material):
        said = quoted.inner.of(material.text)
        body = said.rstrip(",.!?")
        cuts = []
        for found in _BREAK.finditer(body):
            before, behind = body[: found.start()], body[found.end() :]
            if min(len(before.split()), len(behind.split())) < _LEAST_KEPT:
                continue
            at = quoted.inner.start
            cuts.append(Change(Span(at + found.start(), at + len(body)), ""))
            if said[found.start()] in ".!?":
                cuts.append(Change(Span(at, at + found.end() + 1), capitalised(behind[:1])))
        if cuts:
            yield Plant(
                (random.choice(cuts),), (Mark("quote-truncated", quoted.span, quoted.span),)
            )


def unquoted(material: Material, random: Random) -> Iterator[Plant]:
    """The marks are taken away."""
    for quoted in _quotations(material):
        opening = Span(quoted.span.start, quoted.span.start + 1)
        closing = Span(quoted.span.end - 1, quoted.span.end)
        if not re.search(r"[.!?] ", quoted.inner.of(material.text)):
            mark = Mark("quote-paraphrased", quoted.span, quoted.inner)
            yield Plant((Change(opening, ""), Change(closing, "")), (mark,))


def put_in_marks(material: Material, random: Random) -> Iterator[Plant]:
    """Indirect words of a source stand in quotation marks."""
    text = material.text
    for gold in material.attributions:
        if len(gold.content) != 1 or len(gold.source) != 1:
            continue
        (content,) = gold.content
        i = material.sentence_of(content)
        said = content.of(text)
        if i is None or not material.is_plain(i) or not said.startswith("that "):
            continue
        inner = Span(content.start + 5, content.start + len(said.rstrip(" .,")))
        if _LEAST_WORDS <= len(inner.of(text).split()) <= 30:
            changes = (
                Change(Span(inner.start, inner.start), "“"),
                Change(Span(inner.end, inner.end), "”"),
            )
            yield Plant(changes, (Mark("quote-unsupported", inner, inner),))


def made_up(material: Material, random: Random) -> Iterator[Plant]:
    """A sentence that quotes somebody is put in behind a paragraph's end."""
    quotes = column("quote_openings.tsv", "quote")
    sources = column("specific_sources.tsv", "source")
    for i, sentence in enumerate(material.sentences[:-1]):
        ends_line = material.text[sentence.end : sentence.end + 1] == "\n"
        if sentence.section == "body" and ends_line and material.is_plain(i):
            quote, source = capitalised(random.choice(quotes)), random.choice(sources)
            place = Span(sentence.end, sentence.end)
            change = Change(place, f"\n“{quote},” {source} said.")
            marks = (Mark("quote-unsupported", None, place), Mark("sentence-added", None, place))
            yield Plant((change,), marks, frozenset({"evaluation-added", "booster-added"}))


FORMS = (
    Form("word of a quotation changed", altered),
    Form("quotation cut", truncated),
    Form("quotation marks taken away", unquoted),
    Form("quotation marks put in", put_in_marks),
    Form("quotation made up", made_up),
)
