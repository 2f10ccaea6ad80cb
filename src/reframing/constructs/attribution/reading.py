"""One text laid out by token: which sentence and which quotation each token stands in."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from reframing.records import Quote, Sentence, Span
from reframing.segment.tokens import Tokens

_REACH = 150


@dataclass(frozen=True, slots=True)
class Reading:
    """Tokens with their sentence and quotation (-1: none), and both as ranges of tokens."""

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
        """Tokens of the sentence around token `i`; token `i` alone outside every sentence.

        Of a sentence without end only the nearest tokens, so that every search in it is bounded.
        """
        if self.sentence_of[i] < 0:
            return range(i, i + 1)
        sentence = self.sentence_ranges[self.sentence_of[i]]
        return range(max(sentence.start, i - _REACH), min(sentence.stop, i + _REACH))

    def capitalised(self, i: int) -> bool:
        return self.text[self.tokens.starts[i]].isupper()

    def form(self, i: int) -> str:
        """The form of token `i`; empty outside the text."""
        return self.forms[i] if 0 <= i < len(self.forms) else ""

    def span(self, first: int, end: int) -> Span:
        return self.tokens.span(first, end)


def lay_out(
    text: str, tokens: Tokens, sentences: Sequence[Sentence], quotes: Sequence[Quote]
) -> Reading:
    """Index the tokens of `text` by sentence and by quotation, both given by start."""
    sentence_ranges = _ranges(tokens, [sentence.span for sentence in sentences])
    quote_ranges = _ranges(tokens, [quote.span for quote in quotes])
    return Reading(
        text=text,
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
    """Tokens that start in each span: one that the span's end cuts through still belongs to it."""
    return tuple(
        range(bisect_left(tokens.starts, start), bisect_left(tokens.starts, end))
        for start, end in spans
    )


def _owners(n_tokens: int, ranges: Sequence[range]) -> tuple[int, ...]:
    owners = [-1] * n_tokens
    for owner, indices in enumerate(ranges):
        owners[indices.start : indices.stop] = [owner] * len(indices)
    return tuple(owners)
