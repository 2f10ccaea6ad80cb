"""Index of a text by token, for the rules of attribution: the sentence and the quotation of each token."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from reframing.documents.document import Document
from reframing.documents.records import Quote, Sentence, Span
from reframing.documents.tokens import Tokens
from reframing.measures.quotations import quotes_of

# Marks of punctuation.

DASHES = frozenset("-–—")
OPENING_MARKS = frozenset("“\"‘'«(„`")
CLAUSE_MARKS = frozenset(",;:—–-()[]…")

# Index of a text by token.

_REACH = 150  # tokens searched on each side


@dataclass(frozen=True, slots=True)
class Reading:
    """The tokens of a text, with the sentence and the quotation of each.

    `sentence_of` and `quote_of` have for each token the index of its sentence and its quotation, or -1;
    `sentence_ranges` and `quote_ranges` have the token indices of each sentence and quotation.
    """

    text: str
    tokens: Tokens
    forms: tuple[str, ...]
    sentences: Sequence[Sentence]
    sentence_ranges: tuple[range, ...]
    sentence_of: tuple[int, ...]
    quotes: Sequence[Quote]
    quote_ranges: tuple[range, ...]
    quote_of: tuple[int, ...]

    def bounds(self, i: int) -> range:
        """Token indices of the sentence of token `i`; token `i` alone if it is in no sentence.

        At most 150 tokens on each side, so that searches in an endless sentence stay bounded.
        """
        if self.sentence_of[i] < 0:
            return range(i, i + 1)
        sentence = self.sentence_ranges[self.sentence_of[i]]
        return range(max(sentence.start, i - _REACH), min(sentence.stop, i + _REACH))

    def capitalised(self, i: int) -> bool:
        """Whether token `i` begins with a capital letter."""
        return self.text[self.tokens.starts[i]].isupper()

    def form(self, i: int) -> str:
        """The lower-cased form of token `i`; empty if `i` is outside the text."""
        return self.forms[i] if 0 <= i < len(self.forms) else ""

    def span(self, first: int, end: int) -> Span:
        """The span of tokens `first` to `end` (exclusive)."""
        return self.tokens.span(first, end)


def reading_of(document: Document) -> Reading:
    """The `Reading` of a text."""
    tokens, sentences, quotes = document.tokens, document.sentences, document.of(quotes_of)
    sentence_ranges = _ranges(tokens, [sentence.span for sentence in sentences])
    quote_ranges = _ranges(tokens, [quote.span for quote in quotes])
    return Reading(
        text=document.text,
        tokens=tokens,
        forms=tokens.forms,
        sentences=sentences,
        sentence_ranges=sentence_ranges,
        sentence_of=_owners(len(tokens), sentence_ranges),
        quotes=quotes,
        quote_ranges=quote_ranges,
        quote_of=_owners(len(tokens), quote_ranges),
    )


def _ranges(tokens: Tokens, spans: Sequence[Span]) -> tuple[range, ...]:
    """Indices of the tokens that start in each span, even if they end after it."""
    return tuple(
        range(bisect_left(tokens.starts, start), bisect_left(tokens.starts, end))
        for start, end in spans
    )


def _owners(n_tokens: int, ranges: Sequence[range]) -> tuple[int, ...]:
    owners = [-1] * n_tokens
    for owner, indices in enumerate(ranges):
        owners[indices.start : indices.stop] = [owner] * len(indices)
    return tuple(owners)
