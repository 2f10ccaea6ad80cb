"""Planted changes: the texts in which they are planted, their spans, and the moves that they make."""

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
from reframing.moves.catalogue import catalogue
from validation.exams.polnear import GoldAttribution, GoldDocument
from validation.exams.szeged import HedgedSentence
from validation.planted.words import in_lexicons

# Texts in which changes can be planted, with gold annotations.

QUOTATION_MARKS = frozenset('"“”«»„')


@dataclass(frozen=True)
class Material:
    """An article with gold annotations; `attributed` says whether its attributions were annotated."""

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
        """The index of the sentence that contains the entire span; None if no sentence does."""
        return next((i for i, s in enumerate(self.sentences) if s.span.contains(span)), None)

    def is_plain(self, i: int) -> bool:
        """Whether a sentence outside the headline is one line of 6-45 words that ends in a full stop.

        It must contain no quotation marks.
        """
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
        """The plain sentences: index and text."""
        for i, sentence in enumerate(self.sentences):
            if self.is_plain(i):
                yield i, sentence.span.of(self.text)

    @cached_property
    def _reported(self) -> frozenset[int]:
        """The sentences in which a part of an attribution occurs."""
        parts = [
            part
            for attribution in self.attributions
            for part in (*attribution.source, *attribution.cue, *attribution.content)
        ]
        return frozenset(
            i for i, s in enumerate(self.sentences) if any(s.span.overlaps(part) for part in parts)
        )

    def is_reported(self, i: int) -> bool:
        """Whether annotators marked an attribution in a sentence."""
        return i in self._reported

    def stands_apart(self, i: int) -> bool:
        """Whether no attribution touches the neighbouring sentences, from which it could carry over."""
        return not self._reported & {i - 1, i + 1}


def from_polnear(documents: Iterable[GoldDocument]) -> Iterator[Material]:
    """Each document as an article with its first line as headline."""
    for document in documents:
        title, _, body = document.text.partition("\n")
        whole = title.strip() and body.strip()
        article = (
            Article(document.id, body, title) if whole else Article(document.id, document.text)
        )
        yield Material(article, document.attributions, attributed=True)


def from_szeged(sentences: Iterable[HedgedSentence]) -> Iterator[Material]:
    """Each document as a text with one sentence per line, with its hedge cues."""
    for document, grouped in groupby(sentences, key=lambda sentence: sentence.document):
        text, hedges = "", []
        for sentence in grouped:
            hedges += [Span(len(text) + a, len(text) + b) for a, b in sentence.cues]
            text += sentence.text + "\n"
        yield Material(Article(f"szeged-{document}", text.rstrip()), hedges=tuple(hedges))


def from_articles(articles: Iterable[Article]) -> Iterator[Material]:
    """Articles without gold annotations."""
    for article in articles:
        yield Material(article)


# Planted changes and the pairs that they make.


class Change(NamedTuple):
    """A span of the original and the text that replaces it; an empty span is a place of insertion."""

    span: Span
    new: str


class Mark(NamedTuple):
    """A move that the change makes.

    Both spans are spans of the original text; the second is marked in the repost where the change has
    moved it (`moved`).
    """

    slug: str
    original: Span | None
    repost: Span | None


class Plant(NamedTuple):
    """The changes, the moves that they make, and slugs that may be found in addition.

    `allowed_back` are the slugs that may be found if original and repost swap roles. `words` is the
    listed wording that the change inserts or removes, empty if there is none.
    """

    changes: tuple[Change, ...]
    marks: tuple[Mark, ...]
    allowed: frozenset[str] = frozenset()
    allowed_back: frozenset[str] = frozenset()
    words: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A way to plant a change; `find` yields plants wherever it applies in a text.

    If `reverses`, the pair with original and repost swapped has the opposite move.
    """

    name: str
    find: Callable[[Material, Random], Iterator[Plant]]
    reverses: bool = False


@dataclass(frozen=True, slots=True)
class PlantedPair:
    """Two texts that differ by one planted change, with the moves to be found.

    `known` says whether its words are in a lexicon of the measures; None if it has no listed words.
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
    """Each replacement of a match by a word listed for it, in a sentence that begins at `start`."""
    for match in found:
        span = Span(start + match.start(), start + match.end())
        for new in words[match[0]]:
            yield Change(span, new)


def new_words(change: Change) -> str:
    """The text that a change inserts."""
    return change.new


def planted(material: Material, form: str, plant: Plant, number: int) -> PlantedPair:
    """The pair that a plant makes of a text; `number` makes its id unique within the form."""
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
    """The pair with original and repost swapped."""
    return dataclasses.replace(
        pair,
        id=pair.id + "/reversed",
        form=pair.form + ", reversed",
        original=pair.repost,
        repost=pair.original,
        expected=tuple(
            Coded(catalogue()[e.move].swapped, e.repost, e.original) for e in pair.expected
        ),
        allowed=pair.allowed_back,
        allowed_back=pair.allowed,
    )


def changed(article: Article, changes: Sequence[Change]) -> Article:
    """The article with its changes, which must be sorted and lie in the title or in the body."""
    text = article.text
    for (start, end), new in reversed(changes):
        text = text[:start] + new + text[end:]
    if article.title is None:
        return dataclasses.replace(article, body=text)
    at = moved(changes, Span(0, article.title_length)).end
    return dataclasses.replace(article, title=text[:at], body=text[at + 1 :])


def moved(changes: Sequence[Change], span: Span) -> Span:
    """The place of a span of the original text after the changes, including text inserted at its start."""
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
