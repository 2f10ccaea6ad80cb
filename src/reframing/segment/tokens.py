"""Word tokens with offsets."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from reframing.records import Span

_TOKEN = re.compile(
    r"""
    (?:[^\W\d_]\.){2,}                        # U.S., a.m.: letters each with a full stop
  | \d+(?:[.,:/]\d+)+[^\W_]*                  # 1,200  4.5m  10:30
  | [^\W_][\w\u0300-\u036f]*                  # words and numbers, combining marks kept,
    (?:['’ʼ\-‑–][^\W_][\w\u0300-\u036f]*)*    # with inner apostrophes and hyphens
  | [^\w\s]|_+                                # one mark of punctuation or symbol
    """,
    re.VERBOSE,
)


@dataclass(frozen=True)
class Tokens:
    """The tokens of one text: parallel tuples of starts, ends and lower-cased forms.

    Typographic apostrophes and hyphens are folded in `forms`, so that a lexicon needs one spelling.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    forms: tuple[str, ...] = field(repr=False)

    def __len__(self) -> int:
        return len(self.starts)

    def span(self, first: int, last: int) -> Span:
        """The span of tokens `first` to `last`, the last one excluded."""
        return Span(self.starts[first], self.ends[last - 1])

    def within(self, span: Span) -> range:
        """Indices of the tokens that lie in `span`."""
        first = bisect_left(self.starts, span.start)
        return range(first, max(first, bisect_right(self.ends, span.end)))

    @cached_property
    def is_word(self) -> tuple[bool, ...]:
        """Whether each token has a letter or digit: what counts as a word in every rate."""
        return tuple(form[0].isalnum() for form in self.forms)

    @cached_property
    def n_words(self) -> int:
        return sum(self.is_word)


_FOLD = str.maketrans({"’": "'", "ʼ": "'", "‑": "-", "–": "-"})


def tokenize(text: str) -> Tokens:
    """Split `text` into words, numbers and single punctuation marks.

    Raises nothing: every text, the empty one too, has tokens whose spans slice to their own text.
    """
    spans = [match.span() for match in _TOKEN.finditer(text)]
    return Tokens(
        text=text,
        starts=tuple(start for start, _ in spans),
        ends=tuple(end for _, end in spans),
        forms=tuple(text[start:end].lower().translate(_FOLD) for start, end in spans),
    )


def words(text: str) -> Iterator[str]:
    """The lower-cased word tokens of `text`, without punctuation."""
    tokens = tokenize(text)
    return (form for form, word in zip(tokens.forms, tokens.is_word, strict=True) if word)
