"""One sentence as HTML: its moves with their numbers, words that differ, carets where words are missing.

The text content is the sentence's text: numbers and carets are drawn by the style, and named in labels.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from reframing.records import Article, Comparison, Move, Sentence, Span
from reframing.report.diff import Diff, Word, words_in
from reframing.report.entries import Entry, Place, has_letters, is_whole
from reframing.report.marks import NOTHING, Insert, Layer, element, nested
from reframing.report.rows import Side, partners, pieces
from reframing.report.wording import headline
from reframing.segment.tokens import Tokens, tokenize


@dataclass(frozen=True)
class Text:
    """One side of a comparison; a text without sentences counts as one."""

    side: Side
    article: Article
    sentences: tuple[Sentence, ...]

    @cached_property
    def tokens(self) -> Tokens:
        return tokenize(self.article.text)

    @cached_property
    def pieces(self) -> tuple[Span, ...]:
        return pieces(self.article, self.sentences)

    def place(self, index: int) -> Span:
        return self.sentences[index].span if self.sentences else self.pieces[0]

    def words(self, index: int) -> tuple[Word, ...]:
        return words_in(self.tokens, self.place(index))

    def line(self, index: int) -> str:
        """A sentence on one line."""
        return " ".join(self.place(index).of(self.article.text).split())

    def is_headline(self, index: int) -> bool:
        heads = bool(self.sentences) and self.sentences[index].section == "headline"
        return heads and headline(self.article) is not None


class SentenceMarkup:
    """The sentences of one comparison; `prefix` opens every id, so that several can stand in one page."""

    def __init__(
        self,
        original: Article,
        repost: Article,
        comparison: Comparison,
        found: Sequence[Entry],
        prefix: str = "",
    ) -> None:
        self.texts: dict[Side, Text] = {
            "original": Text("original", original, comparison.original_sentences),
            "repost": Text("repost", repost, comparison.repost_sentences),
        }
        self._comparison, self._entries, self._prefix = comparison, found, prefix

    def sentence(self, side: Side, index: int, compares: bool) -> Markup:
        """A sentence, and where it `compares` with the words marked that the other text lacks."""
        text, tag = self.texts[side], "del" if side == "original" else "ins"
        changed = self.diff(side, index).changed() if compares else []
        layers = [*self._layers[side], *(Layer(span, tag) for span in changed)]
        carets = list(self._carets(index)) if side == "repost" else []
        is_headline = text.is_headline(index)
        return element(
            "h3" if is_headline else "p",
            (
                ("class", "sentence headline" if is_headline else "sentence"),
                ("dir", "auto"),
                ("id", f"{self._prefix}{side[0]}-s{index + 1}"),
                ("data-article", side),
                ("data-n", str(index + 1)),
            ),
            nested(text.article.text, text.pieces[index], layers, carets),
        )

    def diff(self, side: Side, index: int) -> Diff:
        """A sentence beside all the sentences that it is linked with."""
        other = self.texts["repost" if side == "original" else "original"]
        linked = partners(self._comparison, side, index)
        there = tuple(word for i in linked for word in other.words(i))
        return Diff(self.texts[side].words(index), there)

    @cached_property
    def _layers(self) -> dict[Side, list[Layer]]:
        return {side: list(self._move_layers(text)) for side, text in self.texts.items()}

    def _move_layers(self, text: Text) -> Iterator[Layer]:
        """The moves with words on this side, the longer ones outside; each number once at one place."""
        placed = [
            (entry, place, trimmed(span, text.article.text))
            for entry in self._entries
            for place in entry.places
            if (span := getattr(place.move, text.side)) is not None
            and has_letters(span.of(text.article.text))
            and (text.side == "original" or self._caret_sentence(place.move) is None)
        ]
        placed.sort(key=lambda item: (item[2].start, -item[2].end, item[0].number))
        numbered = set()
        for entry, place, span in placed:
            is_new = (entry.number, span.end) not in numbered
            numbered.add((entry.number, span.end))
            closing = self._reference(entry, "reference") if is_new else NOTHING
            yield Layer(span, "mark", self._attributes(text, entry, place), closing)

    def _attributes(self, text: Text, entry: Entry, place: Place) -> tuple[tuple[str, str], ...]:
        whole = is_whole(place.move, text.side, text.article, self._comparison)
        style = f"mark {entry.family.slug}{' whole' if whole else ''}"
        return (("class", style), ("data-key", f"{self._prefix}move-{entry.number}"))

    def _reference(self, entry: Entry, style: str, where: str = "") -> Markup:
        """A link to the entry, drawn as its number."""
        key = f"{self._prefix}move-{entry.number}"
        return element(
            "a",
            (
                ("class", f"{style} {entry.family.slug}"),
                ("data-n", str(entry.number)),
                ("data-key", key),
                ("href", f"#{key}"),
                ("title", f"{entry.number} {entry.label}{where}"),
                ("aria-label", f"Move {entry.number}: {entry.label}{where}"),
            ),
        )

    def _carets(self, index: int) -> Iterator[Insert]:
        """Where words of the original are missing in a sentence of the repost."""
        diff, placed = self.diff("repost", index), set()
        for entry, move in self._missing.get(index, ()):
            at = diff.place_of(move.original)
            if at is not None and (entry.number, at) not in placed:
                placed.add((entry.number, at))
                yield Insert(at, self._reference(entry, "caret", ", missing here"))

    @cached_property
    def _missing(self) -> dict[int, list[tuple[Entry, Move]]]:
        """The moves that a caret shows, by the repost's sentence."""
        found: dict[int, list[tuple[Entry, Move]]] = {}
        for entry in self._entries:
            for place in entry.places:
                index = self._caret_sentence(place.move)
                if index is not None:
                    found.setdefault(index, []).append((entry, place.move))
        return found

    def _caret_sentence(self, move: Move) -> int | None:
        """The repost's sentence that lacks what a move drops; None where words there show the move."""
        if not move.move.endswith("-dropped") or not move.repost_sentences:
            return None
        repost = self.texts["repost"].article
        is_shown = move.repost is not None and not is_whole(
            move, "repost", repost, self._comparison
        )
        return None if is_shown else move.repost_sentences[0]


def trimmed(span: Span, text: str) -> Span:
    """`span` without white space at its ends."""
    marked = span.of(text)
    start = span.start + len(marked) - len(marked.lstrip())
    return Span(start, max(start, span.end - len(marked) + len(marked.rstrip())))
