"""A text as everything here reads it: each of its parts is made once, and only when asked for."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TypeVar, cast

from reframing.documents.records import Article, Sentence, Span
from reframing.documents.sentences import split
from reframing.documents.terms import Term, content_terms
from reframing.documents.tokens import Tokens, tokenize
from reframing.documents.typography import as_given, in_plain, plain_text, set_plain

Record = TypeVar("Record")
Part = TypeVar("Part")


class Document:
    """One article in plain typography, with its tokens, sentences, content terms, and what measures add.

    All offsets refer to `text`. `as_given` converts records to offsets of the article as it was given,
    `in_plain` does the reverse. Measures, aligner and moves ask for further parts by `of`. Documents are
    compared and hashed by identity.
    """

    def __init__(self, article: Article, sentences: Sequence[Sentence] | None = None) -> None:
        """The document of an article; `sentences` (offsets of the article as given) are found unless given."""
        self.given = article
        self._plain = plain_text(article.text)
        self.article = set_plain(article, self._plain)
        self._parts: dict[Callable[[Document], object], object] = {}
        if sentences is not None:
            self.sentences = self.in_plain(tuple(sentences))

    @cached_property
    def text(self) -> str:
        """The text, title included."""
        return self.article.text

    @cached_property
    def tokens(self) -> Tokens:
        """The tokens of the text."""
        return tokenize(self.text)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of the text, headline included."""
        return split(self.article)

    @cached_property
    def terms(self) -> tuple[tuple[Term, ...], ...]:
        """The content terms of each sentence; terms between sentences belong to none."""
        found = content_terms(self.tokens, frozenset(s.start for s in self.sentences))
        places = [self.tokens.starts[term.token] for term in found]
        return tuple(
            found[bisect_left(places, s.start) : bisect_left(places, s.end)] for s in self.sentences
        )

    @cached_property
    def _within(self) -> tuple[range, ...]:
        return tuple(self.tokens.within(sentence.span) for sentence in self.sentences)

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(sentence.start for sentence in self.sentences)

    def within(self, sentence: int) -> range:
        """Indices of the tokens of a sentence of the given index."""
        return self._within[sentence]

    def n_words(self, span: Span) -> int:
        """Number of words within a span."""
        is_word = self.tokens.is_word
        return sum(is_word[k] for k in self.tokens.within(span))

    def sentence_of(self, span: Span) -> int | None:
        """Index of the sentence in which `span` begins; None where it begins between sentences."""
        i = bisect_right(self._starts, span.start) - 1
        return i if i >= 0 and span.start < self.sentences[i].end else None

    def sentences_of(self, span: Span) -> range:
        """Indices of the sentences from the one in which `span` begins to the one in which it ends."""
        first = max(0, bisect_right(self._starts, span.start) - 1)
        return range(first, bisect_left(self._starts, span.end))

    def of(self, measure: "Callable[[Document], Part]") -> Part:
        """What `measure` makes of this document, computed once."""
        if measure not in self._parts:
            self._parts[measure] = measure(self)
        return cast(Part, self._parts[measure])

    def as_given(self, record: Record) -> Record:
        """A record, or a tuple of records, with offsets of the article as given."""
        return as_given(record, self._plain)

    def in_plain(self, record: Record) -> Record:
        """A record, or a tuple of records, given with offsets of the article, with offsets of `text`."""
        return in_plain(record, self._plain)


Text = Article | Document


def document_of(text: Text) -> Document:
    """The document of an article; a document is returned as it is."""
    return text if isinstance(text, Document) else Document(text)
