"""The moves of a comparison as numbered entries, in the order in which a reader meets them."""

from dataclasses import dataclass

from reframing.records import Article, Comparison, Move, Span
from reframing.report.families import Family, family_of, label_of

PHRASE_LENGTH = 160
"""Code points of a phrase that are shown in lists; longer ones lose their middle."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One move with its number and its phrases; a phrase is None where that side has none."""

    number: int
    move: Move
    original_phrase: str | None
    repost_phrase: str | None

    @property
    def family(self) -> Family:
        return family_of(self.move.move)

    @property
    def label(self) -> str:
        return label_of(self.move.move)


def entries(original: Article, repost: Article, comparison: Comparison) -> tuple[Entry, ...]:
    """Number the moves by their place in the repost; those without any come last."""
    ordered = sorted(comparison.moves, key=lambda move: _reading_key(move, comparison))
    return tuple(
        Entry(number, move, _phrase(move.original, original), _phrase(move.repost, repost))
        for number, move in enumerate(ordered, 1)
    )


def shortened(text: str, length: int = PHRASE_LENGTH) -> str:
    """`text` on one line, its middle left out where it is longer than `length`."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    half = (length - 3) // 2
    begin, end = line[: half + 1].rpartition(" ")[0], line[-half - 1 :].partition(" ")[2]
    return f"{begin or line[:half]} … {end or line[-half:]}"


def _reading_key(move: Move, comparison: Comparison) -> tuple[int, int, str]:
    return (_repost_place(move, comparison), _original_place(move, comparison), move.move)


def _repost_place(move: Move, comparison: Comparison) -> int:
    if move.repost is not None:
        return move.repost.start
    if move.repost_sentences:
        return comparison.repost_sentences[move.repost_sentences[0]].start
    return max((sentence.end for sentence in comparison.repost_sentences), default=0)


def _original_place(move: Move, comparison: Comparison) -> int:
    if move.original is not None:
        return move.original.start
    if move.original_sentences:
        return comparison.original_sentences[move.original_sentences[0]].start
    return 0


def _phrase(span: Span | None, article: Article) -> str | None:
    return None if span is None else shortened(span.of(article.text)) or None
