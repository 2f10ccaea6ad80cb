"""Stage `passages`: training data of the network that reads changes: passages of pairs, labelled by word.

- `read`: pairs of real reposts in which a reader listed every change (data/readings, parts in `PARTS`),
  and unlinked sentences of one pair as negative examples;
- `planted`: the same pairs with a change planted on one side, with words from `training/words`;
- `edited`: single sentences of these texts paired with themselves, with a change planted in one of them,
  or rewritten by a rule that changes nothing a reader would note.
"""

import pickle
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from reframing.coding.coded import Coded
from reframing.documents.document import Document
from reframing.documents.records import Annotation, Article, Link, Span
from reframing.measures.annotate import annotate_each
from reframing.moves.catalogue import catalogue
from reframing.moves.change_reader import (
    CHANGE,
    LINKED,
    UNCHANGED,
    Passage,
    Places,
    Words,
    passages,
)
from reframing.moves.change_reader import passage as passage_of
from reframing.moves.compare import side_of
from reframing.moves.context import Context, Side
from reframing.networks.network import LAST, Pieces
from training.choices import read_choices
from training.units import IGNORED, Unit
from validation.exams.polnear import GoldAttribution
from validation.planted.faithful import REWRITES, rewritten
from validation.planted.forms import FORMS
from validation.planted.plants import Mark, Material, Plant, changed, moved
from validation.planted.words import tables_in
from validation.readings import ReadPair, read_pairs

PARTS = ("learned",)
BUILT = Path("training/build/changes/passages.pkl")
WORDS = Path("training/words")
SLUGS = tuple(slug for slug, kind in catalogue().items() if kind.unit == "proposition")
LABELS = (UNCHANGED, *SLUGS)
STRANGERS = 8  # unlinked pairs of sentences taken from a pair, as negative examples
PLANTS = 16  # forms tried on each side of a pair
ALONE, TRIED_ALONE = 4, 6  # sentences paired with themselves, and forms tried on each side
_BATCH = 200


class Taught(NamedTuple):
    """Two texts in plain typography, with the moves between them and the indices of linked sentences."""

    name: str
    original: Side
    repost: Side
    moves: tuple[Coded, ...]
    links: frozenset[tuple[int, int]]

    @property
    def context(self) -> Context:
        links = (
            Link((i,), (j,), "copied" if self._same(i, j) else "rewritten", 1.0)
            for i, j in sorted(self.links, key=lambda link: (link[1], link[0]))
        )
        return Context(self.original, self.repost, tuple(links))

    def _same(self, i: int, j: int) -> bool:
        a, b = self.original.sentences[i].span, self.repost.sentences[j].span
        words = a.of(self.original.text).lower().split(), b.of(self.repost.text).lower().split()
        return words[0] == words[1]


def main() -> None:
    rng = random.Random(read_choices("changes").seed)
    taught = list(read(list(read_pairs(PARTS))))
    units = {
        "read": [unit for pair in taught for unit in units_of(pair, rng)],
        "planted": [
            unit for pair in planted_in(taught, PLANTS, rng) for unit in units_of_plants(pair)
        ],
        "edited": list(units_edited(taught, rng)),
    }
    for kind, of in units.items():
        print(
            f"{kind}: {len(of):,} passages, {sum(len(u.ids) for u in of):,} pieces", file=sys.stderr
        )
    BUILT.parent.mkdir(parents=True, exist_ok=True)
    BUILT.write_bytes(pickle.dumps(units))


def read_units() -> dict[str, list[Unit]]:
    """The units that the stage wrote, by kind."""
    units: dict[str, list[Unit]] = pickle.loads(BUILT.read_bytes())
    return units


# Pairs with listed changes.


def read(pairs: Sequence[ReadPair]) -> Iterator[Taught]:
    """The pairs in the form that the network reads."""
    articles = {a.text: a for pair in pairs for a in (pair.original, pair.repost)}
    sides = annotated(list(articles.values()))
    for pair in pairs:
        a, b = sides[pair.original.text], sides[pair.repost.text]
        moves = tuple(
            Coded(
                move.move,
                a.document.in_plain(move.original),
                b.document.in_plain(move.repost),
            )
            for move, _ in pair.changes
        )
        links = {
            (a.sentence_of(a.document.in_plain(one)), b.sentence_of(b.document.in_plain(other)))
            for one, other in pair.links
        }
        known = frozenset((i, j) for i, j in links if i is not None and j is not None)
        yield Taught(f"{pair.corpus}/{pair.original.id}/{pair.repost.id}", a, b, moves, known)


def annotated(articles: Sequence[Article]) -> dict[str, Side]:
    """Each article, by its text, as an annotated side of a pair."""
    found = {}
    for at in range(0, len(articles), _BATCH):
        some = [Document(replace(article, targets=())) for article in articles[at : at + _BATCH]]
        for document, done in zip(some, annotate_each(some), strict=True):
            assert isinstance(done, Annotation)  # annotation fails on targets only
            found[document.given.text] = side_of(document, done)
    return found


def units_of(pair: Taught, rng: random.Random) -> Iterator[Unit]:
    """The passages of a pair with the moves at their words, and unlinked sentences, similar and random ones."""
    words = Words(pair.original, False), Words(pair.repost, True)
    for one in passages(pair.context, words):
        yield unit(pair.name, one, pair.moves, 1.0 if one.places.original else None)
    stems = [[frozenset(stems) for stems in side.stems] for side in words]
    alike = sorted(
        (
            (len(of_original & of_repost) / (1 + min(len(of_original), len(of_repost))), i, j)
            for j, of_repost in enumerate(stems[1])
            for i, of_original in enumerate(stems[0])
            if (i, j) not in pair.links
        ),
        reverse=True,
    )
    most = alike[: STRANGERS // 2]
    others = alike[STRANGERS // 2 : 4 * STRANGERS]
    for _, i, j in most + rng.sample(others, min(len(others), STRANGERS - len(most))):
        yield unit(pair.name, passage_of(words, Places((i,), (j,))), (), 0.0)


def unit(name: str, passage: Passage, moves: Sequence[Coded], linked: float | None) -> Unit:
    """A passage as a unit of training with labels of its words; `linked` is None if it is not to be learned."""
    sides = (passage.original, passage.repost)
    tags = [_tags(pieces, side, moves) for side, pieces in enumerate(sides)]
    a, b = sides
    heads = [[False] * len(pieces.ids) for pieces in sides]
    for of_side, pieces in zip(heads, sides, strict=True):
        for word in pieces.words:
            of_side[word] = True
    n = len(a.ids) + 1 + len(b.ids)
    made = Unit(
        name,
        [*a.ids.tolist(), LAST, *b.ids.tolist()],
        [0] * n,
        [0] * n,
        [*heads[0], False, *heads[1]],
        [*a.flags.tolist(), 0, *b.flags.tolist()],
    )
    made.tags[CHANGE] = [*tags[0], IGNORED, *tags[1]]
    if linked is not None:
        made.value[LINKED] = linked
    return made


def _tags(pieces: Pieces, side: int, moves: Sequence[Coded]) -> list[int]:
    """The label of each word's first piece: the move whose span overlaps the word on this side."""
    tags = [IGNORED] * len(pieces.ids)
    for word, start, end in zip(pieces.words, pieces.starts, pieces.ends, strict=True):
        tags[word] = 0
        for move in moves:
            span = move.repost if side else move.original
            marked = span is not None and move.move in SLUGS and catalogue()[move.move].sides[side]
            if marked and span is not None and span.start < end and start < span.end:
                tags[word] = LABELS.index(move.move)
    return tags


# Pairs with planted changes.


class PlantedSide(NamedTuple):
    """A text with a change planted in it."""

    article: Article
    plant: Plant

    def moved(self, span: Span) -> Span:
        """The place of a span of the text after the change."""
        return moved(sorted(self.plant.changes), span)


def planted_in(
    taught: Sequence[Taught], tries: int, rng: random.Random
) -> list[tuple[Taught, Coded]]:
    """Pairs with one change planted in the original or in the repost, each with the move that it makes."""
    made: list[tuple[Taught, bool, PlantedSide]] = []
    with tables_in(WORDS):
        for pair in taught:
            for in_repost, side in enumerate((pair.original, pair.repost)):
                for plant in _plants(side, tries, rng):
                    article = changed(side.article, sorted(plant.changes))
                    made.append((pair, bool(in_repost), PlantedSide(article, plant)))
    sides = annotated([planted.article for *_, planted in made])
    found = []
    for pair, in_repost, planted in made:
        side = sides[planted.article.text]
        if side.text != planted.article.text:
            continue
        for mark in planted.plant.marks:
            with_it = _taught(pair, in_repost, planted, side, mark)
            if with_it is not None:
                found.append(with_it)
    return found


def _plants(side: Side, tries: int, rng: random.Random) -> Iterator[Plant]:
    """Plants in a text, one of each of `tries` random forms that applies."""
    material = _material(side)
    forms = [form for form in FORMS if form.name not in _OF_SENTENCES]
    weights = [_OFTEN if form.name.startswith("loaded") else 1.0 for form in forms]
    for form in rng.choices(forms, weights, k=tries):
        plants = list(form.find(material, rng))
        if plants:
            yield rng.choice(plants)


def _material(side: Side) -> Material:
    """A text to plant changes in, with the attributions and hedges that the annotator finds."""
    annotation = side.annotation
    attributions = tuple(
        GoldAttribution(
            (a.source,) if a.source else (), (a.cue,) if a.cue else (), tuple(a.content)
        )
        for a in annotation.attributions
    )
    hedges = tuple(hedge.span for hedge in annotation.hedges)
    return Material(side.article, attributions, hedges, attributed=True)


_OFTEN = 4.0  # weight of a form that plants loaded words, relative to the others
_OF_SENTENCES = ("sentence cut", "sentence moved to the lead", "sentence made headline and lead")


def _taught(
    pair: Taught, in_repost: bool, planted: PlantedSide, side: Side, mark: Mark
) -> tuple[Taught, Coded] | None:
    """The pair with the planted side, and its move; None if the change does not make that move in the pair.

    In the repost the move is the plant's own, in the original its opposite. A move that is marked on both
    sides requires that the other text has the words that the plant replaced.
    """
    slug = mark.slug if in_repost else catalogue()[mark.slug].swapped
    own, other = (pair.repost, pair.original) if in_repost else (pair.original, pair.repost)
    if slug not in SLUGS or len(side.sentences) != len(own.sentences):
        return None
    sides = catalogue()[slug].sides
    marked_here, marked_there = sides[in_repost], sides[not in_repost]
    here = planted.moved(mark.repost) if marked_here and mark.repost else None
    there = _same_words(own, mark.original, other) if marked_there else None
    if (marked_there and there is None) or (not marked_there and here is None):
        return None
    move = Coded(slug, there, here) if in_repost else Coded(slug, here, there)
    others = tuple(_shifted(one, in_repost, planted) for one in pair.moves)
    texts = (pair.original, side) if in_repost else (side, pair.repost)
    return Taught(pair.name, *texts, (*others, move), pair.links), move


def _same_words(own: Side, span: Span | None, other: Side) -> Span | None:
    """The span of the same words in the other text; None if it does not have them."""
    said = None if span is None else span.of(own.text)
    at = other.text.find(said) if said else -1
    return Span(at, at + len(said)) if said and at >= 0 else None


def _shifted(move: Coded, in_repost: bool, planted: PlantedSide) -> Coded:
    """A move of the pair with its span mapped to the planted text."""
    span = move.repost if in_repost else move.original
    if span is None:
        return move
    if in_repost:
        return move._replace(repost=planted.moved(span))
    return move._replace(original=planted.moved(span))


def units_of_plants(planted: tuple[Taught, Coded]) -> Iterator[Unit]:
    """The passage that contains the plant, if it is linked or the move can occur in an added sentence."""
    pair, move = planted
    words = Words(pair.original, False), Words(pair.repost, True)
    for one in passages(pair.context, words):
        if not one.places.original and move.move not in ("evaluation-added", "booster-added"):
            continue
        spans = (move.original, one.original), (move.repost, one.repost)
        if any(
            span is not None and len(of.starts) and of.starts[0] <= span.start < of.ends[-1]
            for span, of in spans
        ):
            yield unit(pair.name, one, pair.moves, 1.0 if one.places.original else None)
            return


# Single sentences, changed or rewritten.


def units_edited(taught: Sequence[Taught], rng: random.Random) -> Iterator[Unit]:
    """Single sentences paired with themselves: a change planted in one, or rewritten without any."""
    alone = list(alone_of(taught, rng))
    for pair in planted_in(alone, TRIED_ALONE, rng):
        yield from units_of_plants(pair)
    for same in unchanged(alone, rng):
        yield from units_of(same, rng)


def alone_of(taught: Sequence[Taught], rng: random.Random) -> Iterator[Taught]:
    """Some sentences of each text, each as a text of its own paired with itself."""
    articles: dict[str, Article] = {}
    for pair in taught:
        for side in (pair.original, pair.repost):
            for sentence in rng.sample(side.sentences, min(ALONE, len(side.sentences))):
                said = sentence.span.of(side.text)
                articles[said] = Article(side.article.id, said)
    for side in annotated(list(articles.values())).values():
        if len(side.sentences) == 1:
            yield Taught(side.article.id, side, side, (), frozenset({(0, 0)}))


def unchanged(alone: Sequence[Taught], rng: random.Random) -> Iterator[Taught]:
    """Sentences with a faithful rewrite, or with two hedges (or boosters) in the same place."""
    made: list[tuple[str, Article, Article]] = []
    with tables_in(WORDS):
        for pair in alone:
            material = _material(pair.original)
            for name in rng.sample(list(REWRITES), len(REWRITES)):
                if rewrite := rewritten(material, name):
                    made.append((pair.name, pair.original.article, rewrite[0]))
                    break
            for form in (form for form in FORMS if form.name in _IN_ONE_PLACE):
                plants = list(form.find(material, rng))
                if len({plant.changes[0].span for plant in plants}) < len(plants):
                    a, b = (changed(material.article, plant.changes) for plant in plants[:2])
                    made.append((pair.name, a, b))
    sides = annotated([article for _, *both in made for article in both])
    for name, *both in made:
        one, other = (sides[article.text] for article in both)
        if one.text != other.text and len(one.sentences) == len(other.sentences) == 1:
            yield Taught(name, one, other, (), frozenset({(0, 0)}))


_IN_ONE_PLACE = (
    "hedge behind an auxiliary",
    "hedge in front",
    "booster behind an auxiliary",
    "booster in front",
)
"""Forms for which two plants in one place have the same effect."""


if __name__ == "__main__":
    main()
