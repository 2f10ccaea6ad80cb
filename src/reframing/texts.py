"""Tokens and content terms of whole texts, made once for all that read the two texts of a pair in a row."""

from collections.abc import Iterable
from functools import lru_cache

from reframing.records import Sentence, Span
from reframing.segment.terms import Term, content_terms
from reframing.segment.tokens import Tokens, tokenize

_KEPT = 8  # texts


@lru_cache(maxsize=_KEPT)
def tokens_of(text: str) -> Tokens:
    """The tokens of a text."""
    return tokenize(text)


def terms_of(text: str, sentences: Iterable[Sentence | Span]) -> tuple[Term, ...]:
    """The content terms of a text with these sentences, in order."""
    return _terms_of(text, frozenset(sentence.start for sentence in sentences))


@lru_cache(maxsize=_KEPT)
def _terms_of(text: str, sentence_starts: frozenset[int]) -> tuple[Term, ...]:
    return content_terms(tokens_of(text), sentence_starts)
