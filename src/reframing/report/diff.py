"""A sentence beside what it is linked with, word by word: what differs, and where missing words would stand."""

from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from functools import cached_property
from typing import NamedTuple

from reframing.records import Span, covering
from reframing.segment.tokens import Tokens

SHARED_LETTERS = 6
"""Words that both texts have in a row count as kept from so many letters on: less is chance, but at an end."""

ALIKE = 0.3
"""Texts that share a smaller part of their words are different wording throughout."""


class Word(NamedTuple):
    """A word's form for comparing, and its place."""

    form: str
    span: Span


def words_in(tokens: Tokens, span: Span) -> tuple[Word, ...]:
    """The words of a stretch of a text, without punctuation."""
    found = [i for i in tokens.within(span) if tokens.is_word[i]]
    return tuple(Word(tokens.forms[i], tokens.span(i, i + 1)) for i in found)


@dataclass(frozen=True)
class Diff:
    """The words of one text beside the words of what it is linked with."""

    here: tuple[Word, ...]
    there: tuple[Word, ...]

    @cached_property
    def _blocks(self) -> tuple[Match, ...]:
        """Runs of words that both have."""
        ours, theirs = ([word.form for word in words] for words in (self.here, self.there))
        blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
        return tuple(block for block in blocks if self._is_kept(block))

    def _is_kept(self, block: Match) -> bool:
        """Whether a run is more than chance: of some letters, or at the beginning or end of both."""
        letters = sum(len(word.form) for word in self.here[block.a : block.a + block.size])
        rest = (len(self.here) - block.a, len(self.there) - block.b)
        at_an_end = block.a == block.b == 0 or rest == (block.size, block.size)
        return block.size > 0 and (at_an_end or letters >= SHARED_LETTERS)

    @cached_property
    def is_reworded(self) -> bool:
        """Whether so few words are shared that it is different wording throughout."""
        return sum(block.size for block in self._blocks) < ALIKE * len(self.here)

    def changed(self) -> list[Span]:
        """Stretches of words here that are not there."""
        stretches, at = [], 0
        for start, size in (*((b.a, b.size) for b in self._blocks), (len(self.here), 0)):
            if start > at:
                stretches.append(covering(word.span for word in self.here[at:start]))
            at = start + size
        return stretches

    def place_of(self, missing: Span | None) -> int | None:
        """Where the words of `missing`, which are there, would stand here: an offset beside a word.

        At an end where they stand at an end there; None where there are no words here.
        """
        if not self.here:
            return None
        inside = [i for i, w in enumerate(self.there) if missing and w.span.overlaps(missing)]
        if not inside or inside[-1] == len(self.there) - 1:
            return self.here[-1].span.end
        before = [b.a + b.size for b in self._blocks if b.b < inside[0]]
        return self.here[before[-1] - 1].span.end if before else self.here[0].span.start
