"""Texts in which something can be planted, with the gold that says where."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from reframing.readers.gold.szeged import HedgedSentence
from reframing.readers.polnear import GoldAttribution, GoldDocument
from reframing.records import Article, Sentence, Span
from reframing.segment.sentences import split

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
