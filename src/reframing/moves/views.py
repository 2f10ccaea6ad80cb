"""A pair read from one side: what stands here, and what became of it there.

What the original has and the repost lacks was *dropped*; what the repost has and the original lacks was
*added*. Both are one question asked from either side, so that swapping the texts swaps the answers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from reframing.moves.context import Context, Side
from reframing.moves.proximity import counterparts
from reframing.moves.reports import reports
from reframing.records import Attribution, Move, Span

LEAST_TERMS, LEAST_WORDS, LEAST_SHARE = 3, 2, 0.5
SURE = 0.8  # score of a link


@dataclass(frozen=True)
class View:
    """One side of a pair (`here`) seen against the other (`there`)."""

    context: Context
    from_original: bool

    @property
    def here(self) -> Side:
        return self.context.original if self.from_original else self.context.repost

    @property
    def there(self) -> Side:
        return self.context.repost if self.from_original else self.context.original

    @property
    def change(self) -> str:
        """The end of a slug for what is here alone."""
        return "dropped" if self.from_original else "added"

    @cached_property
    def linked(self) -> dict[int, tuple[int, ...]]:
        """The sentences there to which each sentence here is linked, copied sentences left out."""
        return counterparts(self.context, self.from_original)

    @cached_property
    def all_linked(self) -> dict[int, tuple[int, ...]]:
        """The sentences there to which each sentence here is linked."""
        return self.context.repost_of if self.from_original else self.context.original_of

    def tells_the_same(self, i: int, j: int) -> bool:
        """Whether sentence `i` here and `j` there are close enough to compare their details.

        They share three content terms at least, two of them words, and half of those of the one that has
        fewer.
        """
        a, b = self.here.sentence_stems[i], self.there.sentence_stems[j]
        enough = max(LEAST_TERMS, LEAST_SHARE * min(len(a), len(b)))
        if len(a & b) >= enough and len(self.here.word_stems[i] & b) >= LEAST_WORDS:
            return True
        return self._scores.get((i, j), 0.0) >= SURE

    @cached_property
    def _scores(self) -> dict[tuple[int, int], float]:
        """The scores of the links, by the sentence here and the one there."""
        return {
            (i, j) if self.from_original else (j, i): link.score
            for link in self.context.links
            for i in link.original
            for j in link.repost
        }

    @cached_property
    def reports_there(self) -> tuple[Attribution, ...]:
        """The attributions there that report what somebody holds to be so."""
        return reports(self.there)

    def move(
        self,
        slug: str,
        here: tuple[Span | None, Sequence[int]],
        there: tuple[Span | None, Sequence[int]],
        score: float,
    ) -> Move:
        """A move with its spans and sentences on the sides where they belong."""
        original, repost = (here, there) if self.from_original else (there, here)
        return Move(
            slug, original[0], repost[0], tuple(original[1]), tuple(repost[1]), round(score, 6), ""
        )


def both_views(context: Context) -> tuple[View, View]:
    """The original against the repost, and the repost against the original."""
    return View(context, True), View(context, False)
