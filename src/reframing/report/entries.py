"""The moves of a comparison as numbered entries: similar moves are grouped, and entries ranked by importance.

The rank of a move is the weight of its kind × the weight of its position (`PLACES`) × its score, for entire
sentences also × their substance (`overall.Whole.substance`). The rank of an entry rises with each of its moves:
it is 1 − Π(1 − rank / `HIGHEST`), times `UNSURE` where all need checking. In the order of importance an entry
counts less (`AGAIN`) for each one of its family that precedes it, so that many changes of one sort do not hide
a single change of another.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import prod
from typing import Literal, NamedTuple

from reframing.documents.records import Article, Comparison, Move, Section, Sentence, Span, covering
from reframing.moves.catalogue import MoveType, catalogue, plain_form
from reframing.report.families import Family, family_of
from reframing.report.overall import UNMEASURED, Overall
from reframing.report.sentence_rows import Side
from reframing.report.wording import Phrase, contrast, headline, is_small

PLACES: dict[Section, float] = {"headline": 1.5, "lead": 1.25, "body": 1.0}
"""Factor of a move's rank by position; a first line that is not a headline counts as a lead."""

SURE, LIKELY = 0.8, 0.6
"""Scores from which a move is called *sure*, and *likely*."""

HIGHEST = max(PLACES.values())
"""The highest rank that a move can have."""

AGAIN = 0.7
"""Factor of an entry's rank for each entry of its family that precedes it in the order of importance."""

UNSURE = 0.5
"""Factor of the rank of an entry that is to be checked."""

MOST_IMPORTANT = 5
"""Number of entries in the list of the most important ones."""

SENTENCES_SHOWN = 3
"""Number of sentences without a counterpart whose words a list shows; of other moves it shows one."""

SHORT_WORDS = 24
"""Longest phrase, in code points, that can represent its place in a list."""

Confidence = Literal["sure", "likely", "check"]


class Spot(NamedTuple):
    """Where a reader finds a move: the headline or a numbered sentence, of the repost if it occurs there.

    `sentence` is its index, `number` its number for readers (`overall.Whole`): None for the headline, for
    furniture, and for a text without sentences.
    """

    of_repost: bool
    sentence: int | None
    number: int | None
    is_headline: bool = False

    @property
    def text(self) -> str:
        """Which of the two texts it is in."""
        return "repost" if self.of_repost else "original"

    @property
    def within(self) -> str:
        """Where it is in that text."""
        if self.sentence is None:
            return "somewhere"
        if self.is_headline:
            return "headline"
        return "page element" if self.number is None else f"sentence {self.number}"

    def __str__(self) -> str:
        return f"{self.text}, {self.within}"


@dataclass(frozen=True, slots=True)
class Place:
    """One move of an entry, with its words in the original (`was`) and in the repost (`now`), None for none."""

    move: Move
    was: str | None
    now: str | None
    spot: Spot
    rank: float

    @property
    def confidence(self) -> Confidence:
        return confidence(self.move.score)

    @property
    def phrases(self) -> tuple[Phrase | None, Phrase | None]:
        """The words of both texts as phrases, with what differs marked (`wording.contrast`)."""
        return contrast(self.was, self.now)


@dataclass(frozen=True, slots=True)
class Entry:
    """Similar moves of one kind, in the order of the repost."""

    number: int
    slug: str
    places: tuple[Place, ...]

    @property
    def shown(self) -> tuple[Place, ...]:
        """The places whose words a list shows: those that need no check first, then by rank."""
        n_shown = SENTENCES_SHOWN if self.kind.unit == "sentence" else 1
        best = sorted(self.places, key=lambda place: (place.confidence == "check", -place.rank))
        return tuple(best[:n_shown])

    @property
    def strongest(self) -> Place:
        """The first of the places shown."""
        return self.shown[0]

    @property
    def others(self) -> tuple[Place, ...]:
        """The places whose words a list does not show."""
        shown = {id(place) for place in self.shown}
        return tuple(place for place in self.places if id(place) not in shown)

    @property
    def rank(self) -> float:
        """The rank of all its places together, in [0, 1]; halved where all are to be checked."""
        is_unsure = self.strongest.confidence == "check"
        return joint_rank(self.places) * (UNSURE if is_unsure else 1.0)

    @property
    def kind(self) -> MoveType:
        return catalogue()[self.slug]

    @property
    def family(self) -> Family:
        return family_of(self.slug)

    @property
    def label(self) -> str:
        return self.kind.heading

    @property
    def effect(self) -> str:
        """What the change does to a reader."""
        return self.kind.effect


def entries(
    original: Article, repost: Article, comparison: Comparison, overall: Overall = UNMEASURED
) -> tuple[Entry, ...]:
    """The entries of a comparison in the order of their first places in the repost.

    They are numbered by importance from 1. Entries without a place in the repost come last.
    """
    end = max((sentence.end for sentence in comparison.repost_sentences), default=0)
    ordered = sorted(comparison.moves, key=lambda move: _reading_key(move, comparison, end))
    alike: dict[tuple[str, ...], list[Place]] = {}
    for move in ordered:
        place = _place(move, original, repost, comparison, overall)
        alike.setdefault(_likeness(place), []).append(place)
    met = [Entry(0, places[0].move.move, tuple(places)) for places in alike.values()]
    number_of = {id(entry): number for number, entry in enumerate(by_importance(met), 1)}
    return tuple(replace(entry, number=number_of[id(entry)]) for entry in met)


def joint_rank(places: Sequence[Place]) -> float:
    """The rank of several moves together, in [0, 1]; it is higher than that of each alone."""
    return 1 - prod(1 - min(place.rank, HIGHEST) / HIGHEST for place in places)


def by_importance(found: Sequence[Entry]) -> list[Entry]:
    """Entries by decreasing importance; of equal ones the first in the text comes first."""
    of_family: dict[str, list[tuple[float, int]]] = {}
    for at, entry in enumerate(found):
        of_family.setdefault(entry.family.slug, []).append((-entry.rank, at))
    counted = [
        (rank * AGAIN**preceding, at)
        for ranked in of_family.values()
        for preceding, (rank, at) in enumerate(sorted(ranked))
    ]
    return [found[at] for _, at in sorted(counted)]


def important(comparison: Comparison, found: Sequence[Entry]) -> list[Entry]:
    """The `MOST_IMPORTANT` entries; none without linked sentences, where everything is omitted and added."""
    return by_importance(found)[:MOST_IMPORTANT] if comparison.alignment else []


def parted(places: Sequence[Place]) -> tuple[dict[str, list[Place]], list[Place]]:
    """Places that can be named by their words, under these, and places to be named by their sentence."""
    short: dict[str, list[Place]] = {}
    long: list[Place] = []
    for place in places:
        words = place.now or place.was or ""
        if len(words) <= SHORT_WORDS and not is_small(words):
            short.setdefault(words, []).append(place)
        else:
            long.append(place)
    return short, long


def spots(places: Sequence[Place]) -> list[tuple[str, list[Place]]]:
    """Places grouped under a name such as *the repost’s sentences*, each spot once."""
    found = {place.spot: place for place in reversed(places)}
    named: dict[tuple[bool, bool], list[Place]] = {}
    for spot in sorted(found, key=lambda s: (not s.of_repost, not s.is_headline, s.sentence or 0)):
        named.setdefault((spot.of_repost, spot.number is None), []).append(found[spot])
    return [(_named(group), group) for group in named.values()]


def _named(places: Sequence[Place]) -> str:
    spot = places[0].spot
    within = spot.within if spot.number is None else f"sentence{'s' * (len(places) > 1)}"
    return f"the {spot.text}’s {within}"


def confidence(score: float) -> Confidence:
    """A score in words: *sure*, *likely*, or *check*."""
    return "sure" if score >= SURE else "likely" if score >= LIKELY else "check"


def _likeness(place: Place) -> tuple[str, ...]:
    slug = place.move.move
    if not catalogue()[slug].distinct:
        return (slug,)
    return (slug, plain_form(place.was), plain_form(place.now))


def _place(
    move: Move, original: Article, repost: Article, comparison: Comparison, overall: Overall
) -> Place:
    spot, weight = _spot(move, original, repost, comparison, overall)
    kind = catalogue()[move.move]
    rank = kind.weight * weight * move.score
    if kind.unit == "sentence" and spot.sentence is not None:
        whole = overall.repost if spot.of_repost else overall.original
        rank *= whole.substance_of(spot.sentence)
    return Place(move, *_words(move, original, repost, comparison), spot, rank)


def _words(
    move: Move, original: Article, repost: Article, comparison: Comparison
) -> tuple[str | None, str | None]:
    """The words that show a move in the original and in the repost, None where there are none.

    A change to which not both texts contribute words that say something by themselves, such as a word put into
    a quotation, is shown by the sentences of both texts.
    """
    kind = catalogue()[move.move]
    was, now = _phrase(move.original, original), _phrase(move.repost, repost)
    if kind.marks == "both" and not (_says_something(was) and _says_something(now)):
        of_original = [comparison.original_sentences[i].span for i in move.original_sentences]
        of_repost = [comparison.repost_sentences[j].span for j in move.repost_sentences]
        if of_original and of_repost:
            return _phrase(covering(of_original), original), _phrase(covering(of_repost), repost)
    if kind.marks == "original" and is_whole(move, "repost", repost, comparison):
        now = None
    if kind.marks == "repost" and is_whole(move, "original", original, comparison):
        was = None
    return was, now


def _says_something(words: str | None) -> bool:
    """Whether words are more than *the* or *of*; numerals are."""
    return words is not None and not set(plain_form(words).split()) <= _SAY_NOTHING


_SAY_NOTHING = frozenset("a an the this that these those of in at on for to by and or as".split())


def is_whole(move: Move, side: Side, article: Article, comparison: Comparison) -> bool:
    """Whether a move's span in the text of `side` contains every letter of some sentence."""
    span: Span | None = getattr(move, side)
    sentences: Sequence[Sentence] = getattr(comparison, f"{side}_sentences")
    return span is not None and any(
        span.overlaps(sentence.span)
        and not has_letters(article.text[sentence.start : max(sentence.start, span.start)])
        and not has_letters(article.text[min(sentence.end, span.end) : sentence.end])
        for sentence in sentences_at(span, sentences)
    )


def sentences_at(span: Span, sentences: Sequence[Sentence]) -> Sequence[Sentence]:
    """The sentences, which are in order, that can overlap a span: those from its start to its end."""
    first = bisect_right(sentences, span.start, key=lambda sentence: sentence.end)
    end = bisect_left(sentences, span.end, key=lambda sentence: sentence.start)
    return sentences[first:end]


def has_letters(text: str) -> bool:
    """Whether `text` contains a letter or digit."""
    return any(character.isalnum() for character in text)


def _spot(
    move: Move, original: Article, repost: Article, comparison: Comparison, overall: Overall
) -> tuple[Spot, float]:
    """Where a reader finds a move, and the weight of that position."""
    of_repost = bool(move.repost_sentences) or not move.original_sentences
    article = repost if of_repost else original
    sentences = comparison.repost_sentences if of_repost else comparison.original_sentences
    indices = move.repost_sentences if of_repost else move.original_sentences
    if not indices or not sentences:
        return Spot(of_repost, None, None), PLACES["body"]
    section = sentences[indices[0]].section
    if section == "headline" and headline(article) is not None:
        return Spot(of_repost, indices[0], None, is_headline=True), PLACES["headline"]
    whole = overall.repost if of_repost else overall.original
    number = whole.number_of(indices[0])
    return Spot(of_repost, indices[0], number), PLACES["lead" if section == "headline" else section]


def _reading_key(move: Move, comparison: Comparison, end: int) -> tuple[int, int, str]:
    return (_repost_place(move, comparison, end), _original_place(move, comparison), move.move)


def _repost_place(move: Move, comparison: Comparison, end: int) -> int:
    """Where a move is read in the repost; `end` is that of its last sentence."""
    if move.repost is not None:
        return move.repost.start
    if move.repost_sentences:
        return comparison.repost_sentences[move.repost_sentences[0]].start
    return end


def _original_place(move: Move, comparison: Comparison) -> int:
    if move.original is not None:
        return move.original.start
    if move.original_sentences:
        return comparison.original_sentences[move.original_sentences[0]].start
    return 0


def _phrase(span: Span | None, article: Article) -> str | None:
    """The words of a span on one line; None where it contains no letter or digit."""
    if span is None or not has_letters(span.of(article.text)):
        return None
    return " ".join(span.of(article.text).split())
