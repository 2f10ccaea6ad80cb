"""A sentence as HTML: its moves with their numbers, words that differ, and carets where words are missing.

The text content of the element is exactly the text of the sentence: numbers and carets are drawn by CSS and
named in labels. Move spans may overlap in any way but elements may not, so each span is a layer, which is split
into several elements ("pieces") where it would cross another. Each sentence is also compared word by word with
the sentences that it is linked with.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from functools import cached_property
from typing import NamedTuple

from markupsafe import Markup, escape

from reframing.documents.records import Article, Comparison, Move, Sentence, Span, covering
from reframing.documents.tokens import Tokens, tokenize
from reframing.moves.catalogue import catalogue
from reframing.report.entries import Entry, Place, has_letters, is_whole
from reframing.report.overall import UNMEASURED, Overall, Whole
from reframing.report.sentence_rows import Side, partners, pieces
from reframing.report.wording import headline

# Overlapping spans as properly nested HTML.

NOTHING = Markup()


@dataclass(frozen=True, slots=True)
class Layer:
    """A span to mark with an element; `closing` is markup without text content after its last piece."""

    span: Span
    tag: str
    attributes: tuple[tuple[str, str], ...] = ()
    closing: Markup = NOTHING


@dataclass(frozen=True, slots=True)
class Insert:
    """Markup without text content to insert at one offset of a text."""

    at: int
    markup: Markup


def nested(
    text: str, bounds: Span, layers: Sequence[Layer], inserts: Sequence[Insert] = ()
) -> Markup:
    """`text[bounds]` as HTML with `layers` around it; earlier layers enclose later ones.

    Inserts are placed outside the layers that end at their offset. The result's text content equals
    `text[bounds]`.
    """
    inside = [layer for layer in layers if layer.span.overlaps(bounds)]
    within = [insert for insert in inserts if bounds.start <= insert.at <= bounds.end]
    out: list[Markup] = []
    open_layers: list[Layer] = []
    for piece in _pieces(bounds, inside, [insert.at for insert in within]):
        wanted = [layer for layer in inside if layer.span.contains(piece)]
        kept = _common_prefix(open_layers, wanted)
        out.extend(_closed(open_layers[kept:], piece.start))
        out.extend(insert.markup for insert in within if insert.at == piece.start)
        out.extend(_start_tag(layer.tag, layer.attributes) for layer in wanted[kept:])
        out.append(escaped(piece.of(text)))
        open_layers = wanted
    out.extend(_closed(open_layers, bounds.end))
    out.extend(insert.markup for insert in within if insert.at == bounds.end)
    return Markup().join(out)


def escaped(text: str) -> Markup:
    """`text` escaped for HTML; carriage returns are kept, which a parser would turn into newlines."""
    return Markup(str(escape(text)).replace("\r", "&#13;"))


def element(tag: str, attributes: Sequence[tuple[str, str]], content: Markup = NOTHING) -> Markup:
    """An HTML element with escaped attributes."""
    return _start_tag(tag, attributes) + content + Markup(f"</{tag}>")


def _pieces(bounds: Span, layers: Sequence[Layer], inserts: Sequence[int]) -> Iterator[Span]:
    """Cut `bounds` wherever a layer starts or ends and wherever something is inserted."""
    cuts = {bounds.start, bounds.end, *inserts}
    for layer in layers:
        cuts.update(cut for cut in layer.span if bounds.start < cut < bounds.end)
    ordered = sorted(cuts)
    return map(Span, ordered, ordered[1:])


def _common_prefix(first: Sequence[Layer], second: Sequence[Layer]) -> int:
    length = 0
    for one, other in zip(first, second, strict=False):
        if one is not other:
            break
        length += 1
    return length


def _closed(open_layers: Sequence[Layer], end: int) -> Iterator[Markup]:
    """End tags, innermost first, each followed by the layer's `closing` if the layer ends at `end`."""
    for layer in reversed(open_layers):
        yield Markup(f"</{layer.tag}>")
        if layer.span.end == end:
            yield layer.closing


def _start_tag(tag: str, attributes: Sequence[tuple[str, str]]) -> Markup:
    written = (Markup(' {}="{}"').format(Markup(name), value) for name, value in attributes)
    return Markup(f"<{tag}") + Markup().join(written) + Markup(">")


# Word-by-word comparison of linked sentences.

SHARED_LETTERS = 6
"""Fewest letters of a shared run of words that counts as kept, except at the beginning or end of both texts."""

ALIKE = 0.3
"""Share of words below which a text counts as reworded throughout."""


class Word(NamedTuple):
    """A word: its normalised form for comparison, and its span."""

    form: str
    span: Span


def words_in(tokens: Tokens, span: Span) -> tuple[Word, ...]:
    """The words in a span of a text, without punctuation."""
    found = [i for i in tokens.within(span) if tokens.is_word[i]]
    return tuple(Word(tokens.forms[i], tokens.span(i, i + 1)) for i in found)


@dataclass(frozen=True)
class Diff:
    """The words of a sentence (`here`) compared with those of its linked sentences (`there`)."""

    here: tuple[Word, ...]
    there: tuple[Word, ...]

    @cached_property
    def _blocks(self) -> tuple[Match, ...]:
        """Runs of words that both have in common and that are unlikely to be due to chance."""
        of_original, of_repost = (
            [word.form for word in words] for words in (self.here, self.there)
        )
        blocks = SequenceMatcher(None, of_original, of_repost, autojunk=False).get_matching_blocks()
        return tuple(block for block in blocks if self._is_kept(block))

    def _is_kept(self, block: Match) -> bool:
        """Whether a run is unlikely to be chance: long enough, or at the beginning or end of both."""
        letters = sum(len(word.form) for word in self.here[block.a : block.a + block.size])
        rest = (len(self.here) - block.a, len(self.there) - block.b)
        at_an_end = block.a == block.b == 0 or rest == (block.size, block.size)
        return block.size > 0 and (at_an_end or letters >= SHARED_LETTERS)

    @cached_property
    def is_reworded(self) -> bool:
        """Whether so few words are shared that the sentence counts as reworded throughout."""
        return sum(block.size for block in self._blocks) < ALIKE * len(self.here)

    def changed(self) -> list[Span]:
        """Spans of consecutive words here that are not there."""
        stretches, at = [], 0
        for start, size in (*((b.a, b.size) for b in self._blocks), (len(self.here), 0)):
            if start > at:
                stretches.append(covering(word.span for word in self.here[at:start]))
            at = start + size
        return stretches

    def place_of(self, missing: Span | None) -> int | None:
        """Offset here at which the words of `missing`, a span in `there`, would be inserted.

        It is the end of the last word here where `missing` is None or comes last there, and None where there
        are no words here.
        """
        if not self.here:
            return None
        inside = [i for i, w in enumerate(self.there) if missing and w.span.overlaps(missing)]
        if not inside or inside[-1] == len(self.there) - 1:
            return self.here[-1].span.end
        before = [b.a + b.size for b in self._blocks if b.b < inside[0]]
        return self.here[before[-1] - 1].span.end if before else self.here[0].span.start


# Sentences with their moves.


@dataclass(frozen=True)
class Text:
    """The original or the repost of a comparison; a text without sentences counts as one sentence."""

    side: Side
    article: Article
    sentences: tuple[Sentence, ...]
    whole: Whole

    @cached_property
    def tokens(self) -> Tokens:
        return tokenize(self.article.text)

    @cached_property
    def pieces(self) -> tuple[Span, ...]:
        """The text divided into one span for each sentence (`sentence_rows.pieces`)."""
        return pieces(self.article, self.sentences)

    def place(self, index: int) -> Span:
        """The span of a sentence."""
        return self.sentences[index].span if self.sentences else self.pieces[0]

    def words(self, index: int) -> tuple[Word, ...]:
        return words_in(self.tokens, self.place(index))

    def line(self, index: int) -> str:
        """The text of a sentence on one line."""
        return " ".join(self.place(index).of(self.article.text).split())

    def is_headline(self, index: int) -> bool:
        heads = bool(self.sentences) and self.sentences[index].section == "headline"
        return heads and headline(self.article) is not None


class SentenceMarkup:
    """Markup of the sentences of one comparison; `prefix` starts every id, so that a page can hold several."""

    def __init__(
        self,
        original: Article,
        repost: Article,
        comparison: Comparison,
        found: Sequence[Entry],
        prefix: str = "",
        overall: Overall = UNMEASURED,
    ) -> None:
        self.texts: dict[Side, Text] = {
            "original": Text("original", original, comparison.original_sentences, overall.original),
            "repost": Text("repost", repost, comparison.repost_sentences, overall.repost),
        }
        self._comparison, self._entries, self._prefix = comparison, found, prefix

    def sentence(self, side: Side, index: int, compares: bool) -> Markup:
        """A sentence as HTML; if `compares`, words that the other text lacks are marked."""
        text, tag = self.texts[side], "del" if side == "original" else "ins"
        changed = self.diff(side, index).changed() if compares else []
        layers = [*self._layers[side][index], *(Layer(span, tag) for span in changed)]
        carets = list(self._carets(index)) if side == "repost" else []
        is_headline = text.is_headline(index)
        return element(
            "h3" if is_headline else "p",
            (
                ("class", "sentence headline" if is_headline else "sentence"),
                ("dir", "auto"),
                ("id", f"{self._prefix}{side[0]}-s{index + 1}"),
                ("data-article", side),
                ("data-n", str(text.whole.number_of(index) or "")),
            ),
            nested(text.article.text, text.pieces[index], layers, carets),
        )

    def diff(self, side: Side, index: int) -> Diff:
        """A sentence compared with all the sentences that it is linked with."""
        other = self.texts["repost" if side == "original" else "original"]
        linked = self._partners[side].get(index, ())
        there = tuple(word for i in linked for word in other.words(i))
        return Diff(self.texts[side].words(index), there)

    @cached_property
    def _partners(self) -> dict[Side, dict[int, list[int]]]:
        return {side: partners(self._comparison, side) for side in self.texts}

    @cached_property
    def _layers(self) -> dict[Side, list[list[Layer]]]:
        """The layers of the moves that overlap each sentence, in one order for all."""
        return {side: self._by_sentence(text) for side, text in self.texts.items()}

    def _by_sentence(self, text: Text) -> list[list[Layer]]:
        found: list[list[Layer]] = [[] for _ in text.pieces]
        for layer in self._move_layers(text):
            first = bisect_right(text.pieces, layer.span.start, key=lambda piece: piece.end)
            end = bisect_left(text.pieces, layer.span.end, key=lambda piece: piece.start)
            for of_sentence in found[first:end]:
                of_sentence.append(layer)
        return found

    def _move_layers(self, text: Text) -> Iterator[Layer]:
        """Layers of the moves with words in this text, longer ones outside; each number once per end offset."""
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
        """A link to an entry, displayed as its number."""
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
        """Carets in a sentence of the repost where words of the original are missing."""
        diff, placed = self.diff("repost", index), set()
        for entry, move in self._missing.get(index, ()):
            at = diff.place_of(move.original)
            if at is not None and (entry.number, at) not in placed:
                placed.add((entry.number, at))
                yield Insert(at, self._reference(entry, "caret", ", missing here"))

    @cached_property
    def _missing(self) -> dict[int, list[tuple[Entry, Move]]]:
        """The moves that are shown by a caret, by sentence of the repost."""
        found: dict[int, list[tuple[Entry, Move]]] = {}
        for entry in self._entries:
            for place in entry.places:
                index = self._caret_sentence(place.move)
                if index is not None:
                    found.setdefault(index, []).append((entry, place.move))
        return found

    def _caret_sentence(self, move: Move) -> int | None:
        """The repost's sentence that lacks what a move drops; None where words in the repost show the move."""
        if catalogue()[move.move].marks != "original" or not move.repost_sentences:
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
