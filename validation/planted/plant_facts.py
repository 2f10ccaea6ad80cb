"""Planted changes of facts and of quotations.

Facts: numbers, names, polarity, causes and agents. Quotations: altered, cut, unquoted, invented.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from random import Random
from typing import NamedTuple

from reframing.documents.records import Span
from validation.planted.plants import Change, Form, Mark, Material, Plant, exchanges, new_words
from validation.planted.words import capitalised, column, mapping, picked, table

# Facts: numbers, names, polarity, causes and agents.

_DIGITS = re.compile(r"(?<![\w.,:/$£€-])\d{1,3}(?:,\d{3})*(?![\w:/-]|[.,]\d)")
_COUNTS = "two three four five six seven eight nine ten eleven twelve".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTHS = (
    "January February March April June July August September October November December".split()
)
_CALENDAR = frozenset([*_DAYS, *_MONTHS, "May"])
_WORDED = re.compile(rf"\b(?:{'|'.join(_COUNTS + _DAYS + _MONTHS)})\b")
_YEAR = range(1900, 2030)
_PLACE = re.compile(
    r"\b(?:in|near|from|outside) (?=((?!Mrs?\b|Ms\b|Dr\b|Sen\b|Gov\b)[A-Z][a-z]+(?: [A-Z][a-z]+)?)(?:[.,;]"
    r"| (?:and|after|before|on|last|this|that|for|with|is|was|has|had|when|who|where)\b))"
)
_PERSON = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|President|Senator|Sen|Gov|Governor|Mayor|Rep|Judge|Professor|Prof|Detective|"
    r"Officer|Captain|Sheriff|Chief|Secretary)\b\.? (?=([A-Z][\w’-]+(?: [A-Z][\w’-]+)?)(?:\W|$))"
)
_NEGATABLE = re.compile(
    r"\b(?:is|are|was|were|will|would|could|should|has been|have been|can)\b(?= (?!not\b|no\b|n)[a-z])"
)
_NEVER_TWICE = re.compile(
    r"\b(?:not|no|never|none|nothing|nobody|neither|nor|only|until|without)\b|n[’']t\b"
)
_GOVERNED = re.compile(
    r"\b(?:to|will|would|can|could|may|might|must|should|is|are|was|were|be|been|has|have|had|not|\w+ly) $"
)
_PREPOSITIONS = frozenset(
    (
        "after;because of;due to;following;amid;owing to;in the wake of;as a result of;alongside;"
        "on account of;at the same time as;as a consequence of;shortly after;as a direct result of;"
        "in the aftermath of;thanks to;on the strength of;courtesy of;as an upshot of;in tandem with;"
        "in parallel with;concurrently with;in step with"
    ).split(";")
)
_NOUN_BEHIND = re.compile(
    r" (?:the|an?|his|her|its|their|[A-Z]\w+)(?: (?!was|were|is|are|had|has|did|would)[\w’'-]+){1,5}[.,;]"
)
_LOWER = re.compile(r"\b[a-z]+\b")
_BY_ACTOR = re.compile(
    r"""\b(?:was|were|been|being|is|are)\ [a-z]+(?:ed|en|wn|ght|ld|de)\ (?=(
        by\ (?:the|an?|[A-Z][\w’-]+)
        (?:\ (?!(?:who|which|that|in|at|on|for|from|after|before|during|to|with|as|when|while|by|and|of)\b)
            [\w’-]+){0,4}
    )(?:[.;]|,\ (?!who|which|whose|and|or)))""",
    re.VERBOSE,
)
_NOT_AN_ACTOR = re.compile(
    rf"""by\ (?:the\ (?:end|time|way|week|month|year)
    |an?\ (?:\w+\ )?(?:year|vote|margin|week|day|month|lot|hour)
    |[\w\ ]*\b(?:percent|points?|times|degrees|miles|years)\b
    |[A-Z][a-z]+day|{"|".join(_MONTHS)})""",
    re.VERBOSE,
)


def number(material: Material, random: Random) -> Iterator[Plant]:
    """Change a number, weekday or month: *12 boats* → *17 boats*; *Monday* → *Thursday*."""
    for i, said in material.plain:
        found = [*_DIGITS.finditer(said), *_WORDED.finditer(said)]
        if found:
            match = random.choice(found)
            start = material.sentences[i].start
            span = Span(start + match.start(), start + match.end())
            if (new := _another(match[0], random)) not in said.split():
                yield Plant((Change(span, new),), (Mark("number-changed", span, span),))


def _another(value: str, random: Random) -> str:
    """A different value in the format of the given one."""
    for series in (_COUNTS, _DAYS, _MONTHS):
        if value in series:
            return random.choice([each for each in series if each != value])
    was = int(value.replace(",", ""))
    if was in _YEAR and "," not in value:
        return str(was - random.choice((1, 2, 3, 4, 10)))
    factor = random.choice((0.25, 0.5, 0.6, 0.8, 1.25, 1.5, 2, 3))
    new = round(was * factor)
    new = new if new != was else was + random.choice((1, 2, 3))
    return f"{new:,}" if "," in value else str(new)


def place(material: Material, random: Random) -> Iterator[Plant]:
    """Replace the name of a place: *in Ostby* → *in Vardal*."""
    yield from _named(material, random, _PLACE, _some_place)


def person(material: Material, random: Random) -> Iterator[Plant]:
    """Replace the name of a person: *President Lund* → *President Okafor*."""
    yield from _named(material, random, _PERSON, _somebody)


def _named(
    material: Material,
    random: Random,
    pattern: re.Pattern[str],
    other: Callable[[str, Random], str],
) -> Iterator[Plant]:
    """Replace names that the pattern captures, except sources, whose replacement is an attribution move."""
    sources = [part for gold in material.attributions for part in gold.source]
    for i, said in material.plain:
        start = material.sentences[i].start
        spans = [Span(start + m.start(1), start + m.end(1)) for m in pattern.finditer(said)]
        spans = [
            span
            for span in spans
            if span.of(material.text) not in _CALENDAR
            and not any(span.overlaps(s) for s in sources)
        ]
        if spans:
            span = random.choice(spans)
            change = Change(span, other(span.of(material.text), random))
            yield Plant((change,), (Mark("entity-changed", span, span),))


def _some_place(_: str, random: Random) -> str:
    return random.choice(column("places.tsv", "place"))


def _somebody(name: str, random: Random) -> str:
    """A full name in place of a full name, else a family name."""
    row = random.choice(table("persons.tsv"))
    return f"{row['given']} {row['family']}" if " " in name else row["family"]


def polarity(material: Material, random: Random) -> Iterator[Plant]:
    """Negate an auxiliary: *is* → *is not*."""
    for i, said in material.plain:
        found = list(_NEGATABLE.finditer(said))
        if found and not _NEVER_TWICE.search(said):
            match = random.choice(found)
            start = material.sentences[i].start
            at = Span(start + match.end(), start + match.end())
            shown = Span(start + match.start(), start + match.end() + 1)
            whole = material.sentences[i].span
            yield Plant((Change(at, " not"),), (Mark("polarity-flipped", whole, shown),))


def opposite(material: Material, random: Random) -> Iterator[Plant]:
    """Replace a word by its antonym: *rose* → *fell*."""
    opposites = mapping("antonyms.tsv", "word", "opposite")
    for i, said in material.plain:
        found = [m for m in _LOWER.finditer(said) if m[0] in opposites]
        changes = exchanges(found, opposites, material.sentences[i].start)
        yield from _exchanged(changes, random, "polarity-flipped")


def _exchanged(changes: Iterable[Change], random: Random, slug: str) -> Iterator[Plant]:
    for change in picked(changes, random, new_words):
        mark = Mark(slug, change.span, change.span)
        yield Plant((change,), (mark,), words=change.new)


@cache
def _strengthened() -> dict[str, tuple[str, ...]]:
    found = mapping("causes.tsv", "association", "cause")
    return {key: found[key] for key in sorted(found, key=len, reverse=True)}


@cache
def _weakened() -> dict[str, tuple[str, ...]]:
    found = mapping("causes.tsv", "cause", "association")
    return {key: found[key] for key in sorted(found, key=len, reverse=True)}


def strengthened(material: Material, random: Random) -> Iterator[Plant]:
    """Replace an association by a cause: *was linked to* → *caused*."""
    yield from _related(material, random, _strengthened(), "causality-strengthened")


def weakened(material: Material, random: Random) -> Iterator[Plant]:
    """Replace a cause by an association: *because of* → *after*."""
    yield from _related(material, random, _weakened(), "causality-weakened")


def _related(
    material: Material, random: Random, relations: Mapping[str, tuple[str, ...]], slug: str
) -> Iterator[Plant]:
    pattern = _pattern(tuple(relations))
    for i, said in material.plain:
        found = [match for match in pattern.finditer(said) if _is_relation(said, match)]
        start = material.sentences[i].start
        yield from _exchanged(exchanges(found, relations, start), random, slug)


def _is_relation(said: str, match: re.Match[str]) -> bool:
    """Whether a phrase can be replaced: not behind *to*, auxiliary or adverb; prepositions with a noun only."""
    if _GOVERNED.search(said[: match.start()]):
        return False
    return match[0] not in _PREPOSITIONS or _NOUN_BEHIND.match(said, match.end()) is not None


@cache
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, phrases))})(?!\w)")


def actor(material: Material, random: Random) -> Iterator[Plant]:
    """Cut the agent of a passive: *was signed by the mayor* → *was signed*."""
    for i, said in material.plain:
        for match in _BY_ACTOR.finditer(said):
            rest = said[match.end(1) :]
            abbreviated = rest.startswith(".") and len(rest) > 1  # by Sen. …
            if _NOT_AN_ACTOR.match(match[1]) or abbreviated:
                continue
            start = material.sentences[i].start
            by = Span(start + match.start(1) - 1, start + match.end(1))
            shown = Span(start + match.start(), start + match.end(1))
            yield Plant((Change(by, ""),), (Mark("agent-dropped", shown, shown),))


FACT_FORMS = (
    Form("number changed", number),
    Form("place changed", place),
    Form("person changed", person),
    Form("not put in", polarity, reverses=True),
    Form("opposite", opposite),
    Form("association made a cause", strengthened),
    Form("cause made an association", weakened),
    Form("actor cut", actor, reverses=True),
)


# Quotations: altered, cut, unquoted, invented.

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
    """Quotations of at least `_LEAST_WORDS` words, within a sentence, that annotators marked as content."""
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
    """Replace a word inside the quotation marks by a synonym, or insert a booster there."""
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
    """Cut what comes before or after a break within a quotation; its final punctuation is kept."""
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
    """Remove the quotation marks."""
    for quoted in _quotations(material):
        opening = Span(quoted.span.start, quoted.span.start + 1)
        closing = Span(quoted.span.end - 1, quoted.span.end)
        if not re.search(r"[.!?] ", quoted.inner.of(material.text)):
            mark = Mark("quote-paraphrased", quoted.span, quoted.inner)
            yield Plant((Change(opening, ""), Change(closing, "")), (mark,))


def put_in_marks(material: Material, random: Random) -> Iterator[Plant]:
    """Put the indirect speech of a source in quotation marks."""
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
    """Insert a sentence with an invented quotation after the end of a paragraph."""
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


QUOTATION_FORMS = (
    Form("word of a quotation changed", altered),
    Form("quotation cut", truncated),
    Form("quotation marks taken away", unquoted),
    Form("quotation marks put in", put_in_marks),
    Form("quotation made up", made_up),
)
