"""The benchmark: what a tool finds of planted changes, and what it finds where nothing changed."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from random import Random
from typing import NamedTuple

from reframing.coding.coded import is_same
from reframing.compare import Found
from reframing.perturbation import NOTHING, UNLIKELY
from reframing.perturbation.faithful import REWRITES, rewritten
from reframing.perturbation.forms import FORMS
from reframing.perturbation.material import Material
from reframing.perturbation.plants import Form, PlantedPair, planted, reversed_pair
from reframing.records import Article

VERBATIM = "verbatim"


class Texts(NamedTuple):
    """Two texts to compare, and the document of which both were made."""

    document: str
    original: Article
    repost: Article


Compare = Callable[[Sequence[Texts]], Iterable[Found]]
"""What is found of each pair of an original and a repost."""


@dataclass(frozen=True, slots=True)
class PlantRow:
    """One planted move: what was planted where, with words of a lexicon or not, and what was found."""

    document: str
    form: str
    slug: str
    known: bool | None
    found: bool
    instead: str


@dataclass(frozen=True, slots=True)
class FalseRow:
    """One move that was found where it was not planted, in a pair with words of a lexicon or not."""

    document: str
    form: str
    slug: str
    known: bool | None


@dataclass(frozen=True, slots=True)
class FaithfulRow:
    """One text, verbatim or rewritten by one rule: its words, its changes, and the slugs found in it."""

    document: str
    rewrite: str
    n_words: int
    n_changes: int
    found: tuple[str, ...]


def plant_all(materials: Sequence[Material], per_form: int, seed: int) -> Iterator[PlantedPair]:
    """For each form so many pairs, from as many texts as there are; one of a text while others remain.

    Where a form has words, half of its pairs have words of a lexicon and half words of none, if there are.
    """
    for form in FORMS:
        for pair in _of_form(materials, form, per_form, seed):
            yield pair
            if form.reverses:
                yield reversed_pair(pair)


def _of_form(
    materials: Sequence[Material], form: Form, per_form: int, seed: int
) -> Iterator[PlantedPair]:
    found: dict[bool | None, list[tuple[int, str, PlantedPair]]] = {}
    for material in materials:
        key = f"{seed}:{form.name}:{material.article.id}"
        random = Random(key)
        plants = list(form.find(material, random))
        random.shuffle(plants)
        turns: Counter[bool | None] = Counter()
        for number, plant in enumerate(plants):
            pair = planted(material, form.name, plant, number)
            rank = sha256(f"{key}:{number}".encode()).hexdigest()
            found.setdefault(pair.known, []).append((turns[pair.known], rank, pair))
            turns[pair.known] += 1
    order = [sorted(of, key=lambda one: one[:2]) for of in found.values()]
    half = per_form // max(1, len(order))
    first = [one for of in order for one in of[:half]]
    rest = sorted((one for of in order for one in of[half:]), key=lambda one: one[:2])
    for _, _, pair in [*first, *rest][:per_form]:
        yield pair


def judge_plants(
    pairs: Sequence[PlantedPair], compare: Compare
) -> tuple[list[PlantRow], list[FalseRow]]:
    """What was found of each planted move, and what else was found."""
    rows: list[PlantRow] = []
    false: list[FalseRow] = []
    texts = [Texts(pair.document, pair.original, pair.repost) for pair in pairs]
    for pair, found in zip(pairs, compare(texts), strict=True):
        left = list(found.reported)
        missed = []
        for expected in pair.expected:
            hit = next((move for move in left if is_same(expected, move)), None)
            if hit is None:
                missed.append(expected)
            else:
                left.remove(hit)
                rows.append(_row(pair, expected.move, True, expected.move))
        wrong = [move for move in left if move.move not in pair.allowed]
        instead = min((move.move for move in wrong), default=NOTHING)
        for expected in missed:
            seen = instead == NOTHING and any(is_same(expected, move) for move in found.proposed)
            place = UNLIKELY if seen else instead
            rows.append(_row(pair, expected.move, False, place))
        false += [FalseRow(pair.document, pair.form, move.move, pair.known) for move in wrong]
    return rows, false


def _row(pair: PlantedPair, slug: str, found: bool, instead: str) -> PlantRow:
    return PlantRow(pair.document, pair.form, slug, pair.known, found, instead)


def judge_faithful(
    materials: Sequence[Material],
    compare: Compare,
    rewrites: Iterable[str] = tuple(REWRITES),
) -> list[FaithfulRow]:
    """What is found in verbatim copies and in faithful rewrites, of which nothing is right."""
    texts: list[tuple[str, Article, Article, int]] = []
    for material in materials:
        texts.append((VERBATIM, material.article, material.article, 0))
        for name in rewrites:
            if (rewrite := rewritten(material, name)) is not None:
                texts.append((name, material.article, *rewrite))
    found = compare([Texts(original.id, original, repost) for _, original, repost, _ in texts])
    return [
        FaithfulRow(
            original.id,
            name,
            len(original.text.split()),
            n_changes,
            tuple(move.move for move in of.reported),
        )
        for (name, original, _, n_changes), of in zip(texts, found, strict=True)
    ]
