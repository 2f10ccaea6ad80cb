"""A planted change: what is put where, and which move that is."""

import dataclasses
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from random import Random
from typing import NamedTuple

from reframing.coding.coded import Coded
from reframing.documents.records import Article, Sentence, Span
from reframing.documents.sentences import split
from validation.exams.polnear import GoldAttribution, GoldDocument
from validation.exams.szeged import HedgedSentence
from validation.planted.words import in_lexicons

# Texts in which something can be planted, with the gold that says where.

QUOTATION_MARKS = frozenset('"“”«»„')


@dataclass(frozen=True)
class Material:
    """An article with what annotators marked in it; `attributed` says whether they read for attributions."""

    article: Article
    attributions: tuple[GoldAttribution, ...] = ()
    hedges: tuple[Span, ...] = ()
    attributed: bool = False

    @property
    def text(self) -> str:
        return self.article.text

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        return split(self.article)

    def sentence_of(self, span: Span) -> int | None:
        """The sentence that holds a span whole."""
        return next((i for i, s in enumerate(self.sentences) if s.span.contains(span)), None)

    def is_plain(self, i: int) -> bool:
        """Whether a sentence of the body stands on one line, ends in a full stop and quotes nothing."""
        sentence = self.sentences[i]
        said = sentence.span.of(self.text)
        return (
            sentence.section != "headline"
            and said.endswith(".")
            and not QUOTATION_MARKS.intersection(said)
            and "''" not in said
            and "\n" not in said
            and 6 <= len(said.split()) <= 45
        )

    @property
    def plain(self) -> Iterator[tuple[int, str]]:
        """The plain sentences with their text."""
        for i, sentence in enumerate(self.sentences):
            if self.is_plain(i):
                yield i, sentence.span.of(self.text)

    @cached_property
    def _reported(self) -> frozenset[int]:
        """The sentences in which a part of an attribution stands."""
        parts = [
            part
            for attribution in self.attributions
            for part in (*attribution.source, *attribution.cue, *attribution.content)
        ]
        return frozenset(
            i for i, s in enumerate(self.sentences) if any(s.span.overlaps(part) for part in parts)
        )

    def is_reported(self, i: int) -> bool:
        """Whether annotators saw an attribution in a sentence."""
        return i in self._reported

    def stands_apart(self, i: int) -> bool:
        """Whether no attribution touches the sentences beside this one, so that none carries over."""
        return not self._reported & {i - 1, i + 1}


def from_polnear(documents: Iterable[GoldDocument]) -> Iterator[Material]:
    """Each document as an article whose first line is the headline."""
    for document in documents:
        title, _, body = document.text.partition("\n")
        whole = title.strip() and body.strip()
        article = (
            Article(document.id, body, title) if whole else Article(document.id, document.text)
        )
        yield Material(article, document.attributions, attributed=True)


def from_szeged(sentences: Iterable[HedgedSentence]) -> Iterator[Material]:
    """Each document with one sentence a line, and its hedge cues."""
    for document, grouped in groupby(sentences, key=lambda sentence: sentence.document):
        text, hedges = "", []
        for sentence in grouped:
            hedges += [Span(len(text) + a, len(text) + b) for a, b in sentence.cues]
            text += sentence.text + "\n"
        yield Material(Article(f"szeged-{document}", text.rstrip()), hedges=tuple(hedges))


def from_articles(articles: Iterable[Article]) -> Iterator[Material]:
    """Articles of which nothing is known but their words."""
    for article in articles:
        yield Material(article)


# A planted change: what is put where, and which move that is.


class Change(NamedTuple):
    """A stretch of the original, and the words that take its place; an empty one is where they go in."""

    span: Span
    new: str


class Mark(NamedTuple):
    """A move that the change makes. `original` and `repost` are stretches of the original text: the second
    is marked in the repost, with whatever the change has put in their place."""

    slug: str
    original: Span | None
    repost: Span | None


class Plant(NamedTuple):
    """The changes, the moves that they make, and slugs that may be found beside them.

    `allowed_back` are those that may be found where the pair is read from the other side. `words` are what
    the change is made of, where that is listed wording that a lexicon may hold.
    """

    changes: tuple[Change, ...]
    marks: tuple[Mark, ...]
    allowed: frozenset[str] = frozenset()
    allowed_back: frozenset[str] = frozenset()
    words: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A way to plant a change, at every place of a text where it can be planted.

    With `reverses`, the pair read from the other side has the opposite move.
    """

    name: str
    find: Callable[[Material, Random], Iterator[Plant]]
    reverses: bool = False


@dataclass(frozen=True, slots=True)
class PlantedPair:
    """Two texts that differ by a planted change alone.

    `known` says whether its words are in a lexicon that the measures read; None where it has no listed words.
    """

    id: str
    document: str
    form: str
    original: Article
    repost: Article
    expected: tuple[Coded, ...]
    allowed: frozenset[str]
    allowed_back: frozenset[str]
    known: bool | None


def exchanges(
    found: Iterable[re.Match[str]], words: Mapping[str, Sequence[str]], start: int
) -> Iterator[Change]:
    """Each way to put a listed word in the place of a match, in a sentence that begins at `start`."""
    for match in found:
        span = Span(start + match.start(), start + match.end())
        for new in words[match[0]]:
            yield Change(span, new)


def new_words(change: Change) -> str:
    return change.new


_OPPOSITES = {
    "added": "dropped",
    "dropped": "added",
    "strengthened": "weakened",
    "weakened": "strengthened",
}
_OF_SENTENCES = {"sentence-added": "sentence-omitted", "sentence-omitted": "sentence-added"}


def planted(material: Material, form: str, plant: Plant, number: int) -> PlantedPair:
    """The pair that a plant makes of a text."""
    original = material.article
    changes = sorted(plant.changes)
    id = f"{original.id}/{form}/{number}"
    repost = dataclasses.replace(changed(original, changes), id=id)
    expected = tuple(
        Coded(mark.slug, mark.original, mark.repost and moved(changes, mark.repost))
        for mark in plant.marks
    )
    known = in_lexicons(plant.words) if plant.words else None
    return PlantedPair(
        id, original.id, form, original, repost, expected, plant.allowed, plant.allowed_back, known
    )


def reversed_pair(pair: PlantedPair) -> PlantedPair:
    """The pair read from the other side."""
    return dataclasses.replace(
        pair,
        id=pair.id + "/reversed",
        form=pair.form + ", reversed",
        original=pair.repost,
        repost=pair.original,
        expected=tuple(Coded(opposite(e.move), e.repost, e.original) for e in pair.expected),
        allowed=pair.allowed_back,
        allowed_back=pair.allowed,
    )


def opposite(slug: str) -> str:
    """The slug of the same change read from the other side."""
    stem, _, change = slug.rpartition("-")
    return _OF_SENTENCES.get(slug) or f"{stem}-{_OPPOSITES.get(change, change)}"


def changed(article: Article, changes: Sequence[Change]) -> Article:
    """The article with its changes, which are in order and lie in the title or in the body."""
    text = article.text
    for (start, end), new in reversed(changes):
        text = text[:start] + new + text[end:]
    if article.title is None:
        return dataclasses.replace(article, body=text)
    at = moved(changes, Span(0, article.title_length)).end
    return dataclasses.replace(article, title=text[:at], body=text[at + 1 :])


def moved(changes: Sequence[Change], span: Span) -> Span:
    """Where a stretch of the original text stands after the changes, with what was put in at its ends."""
    start, end = span
    grown = 0
    for (a, b), new in changes:
        put_in_at_start = a == b == span.start
        if a < span.start < b:
            start = a + grown
        elif b <= span.start and not put_in_at_start:
            start += len(new) - (b - a)
        if a < span.end or b <= span.start:
            end += len(new) - (b - a)
        elif put_in_at_start:
            end += len(new)
        grown += len(new) - (b - a)
    return Span(start, end)
