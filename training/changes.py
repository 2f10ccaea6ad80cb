"""Stage `changes`: teaches a network to read how the words of a linked passage were changed.

It learns from pairs of real reposts in which a reader listed every change (data/readings, part `learned`),
from the same pairs with a change planted on one side, whose words are those of `training/words`, and from
sentences of one pair that say different things. It begins from the annotator that ships.
"""

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import onnx
import torch
from torch import Tensor, nn

from reframing.annotate import annotate_each
from reframing.coding.coded import Coded
from reframing.moves.catalogue import catalogue
from reframing.moves.context import Context, Side
from reframing.moves.passages import (
    FLAGS,
    MARKS,
    STANDS,
    Passage,
    Places,
    Words,
    parts_of,
    passages,
)
from reframing.moves.passages import passage as passage_of
from reframing.moves.reading import sides_of
from reframing.neural.network import models_folder
from reframing.neural.pairs import CHANGE, LINKED, UNCHANGED
from reframing.neural.pieces import LAST, Pieces
from reframing.perturbation import words as planted_words
from reframing.perturbation.forms import FORMS
from reframing.perturbation.material import Material
from reframing.perturbation.plants import Mark, Plant, changed, moved, opposite
from reframing.plain import in_plain, set_plain
from reframing.readers.polnear import GoldAttribution
from reframing.records import Annotation, Article, Link, Span
from reframing.segment.typography import PlainText, plain_text
from reframing.validation.readings import ReadPair, read_pairs
from training.choices import read_choices
from training.encoder import Shape
from training.encoders import minilm
from training.export import BLOCK, numbers_in, write_card, write_network
from training.fit import fit
from training.model import Model
from training.quantise import calibrate, numbers_of
from training.units import IGNORED, Unit, Vocabulary

NAME = "changes"
WORDS = Path("training/words")
BUILT = Path("training/build/models") / NAME
STRUCTURE = ("sentence-", "lead-")
SLUGS = tuple(slug for slug in catalogue() if not slug.startswith(STRUCTURE))
LABELS = (UNCHANGED, *SLUGS)
STRANGERS = 8  # sentences of a pair that say different things, taken as such
CALIBRATED_ON = 800  # passages of either kind
PLANTS = 14  # tried on each side of a pair
_BATCH = 200


class Known(nn.Module):
    """The vector of a flag: the sum of those of its parts, and of side and stand together."""

    def __init__(self, hidden: int) -> None:
        super().__init__()
        sizes = (2, len(STANDS), 2, len(MARKS), 2 * len(STANDS))
        self.parts = nn.ModuleList(nn.Embedding(size, hidden) for size in sizes)
        for part in self.parts:
            nn.init.normal_(part.weight, std=0.02)
        rows = [(*parts_of(flag), 0) for flag in range(FLAGS)]
        table = torch.tensor(rows)
        table[:, 4] = table[:, 0] * len(STANDS) + table[:, 1]
        self.register_buffer("table", table)

    def forward(self, flags: Tensor) -> Tensor:
        rows = self.table[flags]
        return sum(part(rows[..., k]) for k, part in enumerate(self.parts))

    @property
    def weight(self) -> Tensor:
        """The vectors of all flags (flags, hidden)."""
        return self(torch.arange(FLAGS))


class Taught(NamedTuple):
    """Two texts in plain typography with the moves between them and the sentences that are linked."""

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


def network() -> tuple[Model, Vocabulary]:
    """The untrained model: the encoder of the annotator, with heads and flags of its own."""
    encoder, vocabulary = minilm()
    encoder.load_state_dict(encoder.state_dict() | annotator_weights(encoder.shape))
    model = Model(encoder, {CHANGE: len(LABELS)}, {LINKED: 1})
    model.flags = Known(encoder.shape.hidden)
    return model, vocabulary


def annotator_weights(shape: Shape) -> dict[str, Tensor]:
    """The encoder of the annotator that ships, from its 8-bit numbers."""
    numbers = numbers_in(onnx.load(models_folder() / "annotator" / "network.onnx"))
    words = numbers["words"]
    steps = torch.tensor(words & 15), torch.tensor(words >> 4)
    rows = torch.cat(steps, -1).float() - 8
    scales = torch.tensor(numbers["word_scales"].reshape(len(words), -1, 1))
    state = {"words.weight": (rows.reshape(len(words), -1, BLOCK) * scales).reshape(len(words), -1)}
    for part in ("weight", "bias"):
        state[f"norm.{part}"] = torch.tensor(numbers[f"encoder.norm.{part}"])
    size = shape.hidden // shape.heads
    for i in range(shape.layers):
        at = f"layers.{i}."
        for name in ("qkv", "out", "inner", "outer"):
            of = f"encoder.{at}{name}"
            integers = torch.tensor(numbers[f"{of}.weight"]).float()
            weight = (integers * torch.tensor(numbers[f"{of}.scales"])).T.clone()
            bias = torch.tensor(numbers[f"{of}.bias"]).clone()
            if name == "qkv":  # queries were scaled when it was exported
                weight[: shape.hidden] *= size**0.5
                bias[: shape.hidden] *= size**0.5
            state |= {f"{at}{name}.weight": weight, f"{at}{name}.bias": bias}
        for name in ("norm1", "norm2"):
            for part in ("weight", "bias"):
                state[f"{at}{name}.{part}"] = torch.tensor(numbers[f"encoder.{at}{name}.{part}"])
    return state


def main() -> None:
    choices = read_choices(NAME)
    torch.manual_seed(choices.seed)
    rng = random.Random(choices.seed)
    taught = list(read(list(read_pairs(["learned"]))))
    units = [unit for pair in taught for unit in units_of(pair, rng)]
    planted = [unit for pair in planted_in(taught, rng) for unit in units_of_plants(pair)]
    print(
        f"{len(taught)} pairs: {len(units)} passages, {len(planted)} with a plant", file=sys.stderr
    )
    model, vocabulary = network()
    fit(model, {"read": units, "planted": planted}, (), vocabulary, choices)
    ship(model, [*units[:CALIBRATED_ON], *planted[:CALIBRATED_ON]], BUILT)


def ship(model: Model, units: Sequence[Unit], folder: Path) -> None:
    """Write the network with 8-bit numbers, and its card."""
    digest = write_network(folder, numbers_of(model, calibrate(model, units)))
    card = {
        "name": NAME,
        "version": "",
        "sha256": "",
        "tokens": {CHANGE: LABELS},
        "sentences": {LINKED: ("linked",)},
        "targets": {},
        "offsets": {},
    }
    write_card(folder, card, digest)


# What readers listed


def read(pairs: Sequence[ReadPair]) -> Iterator[Taught]:
    """The pairs as a network reads them."""
    articles = {a.text: a for pair in pairs for a in (pair.original, pair.repost)}
    sides = annotated(list(articles.values()))
    for pair in pairs:
        (a, ours), (b, theirs) = sides[pair.original.text], sides[pair.repost.text]
        moves = tuple(
            Coded(
                move.move,
                move.original and ours.plain(move.original),
                move.repost and theirs.plain(move.repost),
            )
            for move, _ in pair.changes
        )
        links = {
            (a.sentence_of(ours.plain(one)), b.sentence_of(theirs.plain(other)))
            for one, other in pair.links
        }
        known = frozenset((i, j) for i, j in links if i is not None and j is not None)
        yield Taught(f"{pair.corpus}/{pair.original.id}/{pair.repost.id}", a, b, moves, known)


def annotated(articles: Sequence[Article]) -> dict[str, tuple[Side, PlainText]]:
    """Each article by its text as a side of a pair, with its plain form."""
    found = {}
    for at in range(0, len(articles), _BATCH):
        some = [replace(article, targets=()) for article in articles[at : at + _BATCH]]
        for article, done in zip(some, annotate_each(some), strict=True):
            assert isinstance(done, Annotation)  # there are no targets, which alone can be wrong
            plain = plain_text(article.text)
            found[article.text] = (
                Side(set_plain(article, plain), in_plain(done, plain)),
                plain,
            )
    return found


def units_of(pair: Taught, rng: random.Random) -> Iterator[Unit]:
    """Its passages with the moves at their words, and sentences that are alike and say different things."""
    words = Words(pair.original, False), Words(pair.repost, True)
    for one in passages(pair.context, words):
        yield unit(pair.name, one, pair.moves, 1.0 if one.places.original else None)
    stems = [[frozenset(stems) for stems in side.stems] for side in words]
    alike = sorted(
        (
            (len(ours & theirs) / (1 + min(len(ours), len(theirs))), i, j)
            for j, theirs in enumerate(stems[1])
            for i, ours in enumerate(stems[0])
            if (i, j) not in pair.links
        ),
        reverse=True,
    )
    most = alike[: STRANGERS // 2]
    others = alike[STRANGERS // 2 : 4 * STRANGERS]
    for _, i, j in most + rng.sample(others, min(len(others), STRANGERS - len(most))):
        yield unit(pair.name, passage_of(words, Places((i,), (j,))), (), 0.0)


def unit(name: str, passage: Passage, moves: Sequence[Coded], linked: float | None) -> Unit:
    """A passage as a unit of training, with the labels of its words."""
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
    """The label of each piece that begins a word: the move whose span overlaps the word on this side."""
    tags = [IGNORED] * len(pieces.ids)
    for word, start, end in zip(pieces.words, pieces.starts, pieces.ends, strict=True):
        tags[word] = 0
        for move in moves:
            span = move.repost if side else move.original
            marked = span is not None and move.move in SLUGS and sides_of(move.move)[side]
            if marked and span is not None and span.start < end and start < span.end:
                tags[word] = LABELS.index(move.move)
    return tags


# What is planted in them


class PlantedSide(NamedTuple):
    """A text with a plant, what the plant makes of a span of the text, and the moves that it makes."""

    article: Article
    plant: Plant

    def moved(self, span: Span) -> Span:
        return moved(sorted(self.plant.changes), span)


def planted_in(taught: Sequence[Taught], rng: random.Random) -> list[tuple[Taught, Coded]]:
    """Pairs with one change planted in the original or in the repost, and the move that it makes."""
    planted_words.FOLDER = WORDS
    made: list[tuple[Taught, bool, PlantedSide]] = []
    for pair in taught:
        for in_repost, side in enumerate((pair.original, pair.repost)):
            for plant in _plants(side, rng):
                article = changed(side.article, sorted(plant.changes))
                made.append((pair, bool(in_repost), PlantedSide(article, plant)))
    sides = annotated([planted.article for *_, planted in made])
    found = []
    for pair, in_repost, planted in made:
        side, plain = sides[planted.article.text]
        if not plain.is_given:
            continue
        for mark in planted.plant.marks:
            with_it = _taught(pair, in_repost, planted, side, mark)
            if with_it is not None:
                found.append(with_it)
    return found


def _plants(side: Side, rng: random.Random) -> Iterator[Plant]:
    """Some plants of different forms in a text, as the annotator reads its attributions and hedges."""
    annotation = side.annotation
    attributions = tuple(
        GoldAttribution(
            (a.source,) if a.source else (), (a.cue,) if a.cue else (), tuple(a.content)
        )
        for a in annotation.attributions
    )
    hedges = tuple(hedge.span for hedge in annotation.hedges)
    material = Material(side.article, attributions, hedges, attributed=True)
    forms = [form for form in FORMS if form.name not in _OF_SENTENCES]
    weights = [_OFTEN if form.name.startswith("loaded") else 1.0 for form in forms]
    for form in rng.choices(forms, weights, k=PLANTS):
        plants = list(form.find(material, rng))
        if plants:
            yield rng.choice(plants)


_OFTEN = 4.0  # how often words that evaluate are planted, to each other form
_OF_SENTENCES = ("sentence cut", "sentence moved to the lead", "sentence made headline and lead")


def _taught(
    pair: Taught, in_repost: bool, planted: PlantedSide, side: Side, mark: Mark
) -> tuple[Taught, Coded] | None:
    """The pair with the planted side, if it makes the move there that it makes in the text itself.

    In the repost the move is the plant's own, in the original its opposite. A move that is marked on both sides
    is made only if the other text has the words that the plant replaced.
    """
    slug = mark.slug if in_repost else opposite(mark.slug)
    own, other = (pair.repost, pair.original) if in_repost else (pair.original, pair.repost)
    if slug not in SLUGS or len(side.sentences) != len(own.sentences):
        return None
    marked_here, marked_there = sides_of(slug)[in_repost], sides_of(slug)[not in_repost]
    here = planted.moved(mark.repost) if marked_here and mark.repost else None
    there = _same_words(own, mark.original, other) if marked_there else None
    if (marked_there and there is None) or (not marked_there and here is None):
        return None
    move = Coded(slug, there, here) if in_repost else Coded(slug, here, there)
    others = tuple(_shifted(one, in_repost, planted) for one in pair.moves)
    sides = (pair.original, side) if in_repost else (side, pair.repost)
    return Taught(pair.name, *sides, (*others, move), pair.links), move


def _same_words(own: Side, span: Span | None, other: Side) -> Span | None:
    """Where the other text has the words of a span, if it has."""
    said = None if span is None else span.of(own.text)
    at = other.text.find(said) if said else -1
    return Span(at, at + len(said)) if said and at >= 0 else None


def _shifted(move: Coded, in_repost: bool, planted: PlantedSide) -> Coded:
    """A move of the pair with its span where it stands after the plant."""
    span = move.repost if in_repost else move.original
    if span is None:
        return move
    if in_repost:
        return move._replace(repost=planted.moved(span))
    return move._replace(original=planted.moved(span))


def units_of_plants(planted: tuple[Taught, Coded]) -> Iterator[Unit]:
    """The passage in which the plant stands, if the text is linked there."""
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


if __name__ == "__main__":
    main()
