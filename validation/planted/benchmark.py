"""The benchmark of planted changes: recall and precision by move, confusion, false moves in faithful texts.

A planted change is a synthetic change at a known place: a pair of texts has exactly one, or only faithful
ones. Places come from gold annotations (sources, cues and contents in PolNeAR, hedge cues in Szeged) or
from the words of a text; the inserted words come from the tables in `words/`. Some of these words are in
the lexicons by which moves are found, others in none: results are reported for both.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from random import Random
from typing import Any, NamedTuple

import numpy as np

from reframing.coding.coded import is_same
from reframing.documents.records import Article
from reframing.documents.tables import csv_text
from reframing.moves.catalogue import catalogue
from reframing.moves.compare import Found
from reframing.statistics.estimates import Estimate, Resampling, ratio_estimate, weighted_share
from validation.planted.faithful import REWRITES, rewritten
from validation.planted.forms import FORMS
from validation.planted.plants import Form, Material, PlantedPair, planted, reversed_pair

# Names of outcomes and of kinds of words.

ALL = "all"
ELSEWHERE, UNLIKELY, NOTHING = "elsewhere", "unlikely", "nothing"
"""Outcomes if a planted move is not found, unless another move is found in its place.

In order: the same move at another place; the move itself, but with too low a score; no move at all.
"""

WORDS = {
    ALL: (True, False, None),
    "in lexicons": (True,),
    "in no lexicon": (False,),
    "none": (None,),
}
"""Kinds of planted words: any, in a lexicon, in no lexicon, none listed; with values of `PlantRow.known`."""


# Planting changes and comparing the texts.

VERBATIM = "verbatim"


class Texts(NamedTuple):
    """Two texts to compare, and the id of the document from which both were made."""

    document: str
    original: Article
    repost: Article


Compare = Callable[[Sequence[Texts]], Iterable[Found]]
"""A function that returns the moves of each pair of original and repost, in their order."""


@dataclass(frozen=True, slots=True)
class PlantRow:
    """One planted move and its outcome.

    `known` says whether the planted words are in a lexicon (None: no listed words). `instead` is the slug
    itself if found, else the slug found in its place, or one of `ELSEWHERE`, `UNLIKELY`, `NOTHING`.
    """

    document: str
    form: str
    slug: str
    known: bool | None
    found: bool
    instead: str


@dataclass(frozen=True, slots=True)
class FalseRow:
    """One move that was found but not planted; `known` as in `PlantRow`."""

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
    """`per_form` planted pairs of each form, from as many texts as possible.

    A text is used again only when the others are used up. If a form plants listed words, half of its
    pairs have words in a lexicon and half words in none, as far as there are any. A form that `reverses`
    also yields each pair with the roles of original and repost swapped.
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
    """The outcome of each planted move, and the false moves: those neither planted nor allowed by the plant."""
    rows: list[PlantRow] = []
    false: list[FalseRow] = []
    texts = [Texts(pair.document, pair.original, pair.repost) for pair in pairs]
    for pair, found in zip(pairs, compare(texts), strict=True):
        left = list(found.comparison.moves)
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
    """The moves found in verbatim copies and in faithful rewrites; all of them are false."""
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
            tuple(move.move for move in of.comparison.moves),
        )
        for (name, original, _, n_changes), of in zip(texts, found, strict=True)
    ]


# Scores and their output.

DIGITS = 4
COLUMNS = (
    *("move", "words", "planted", "recall", "recall_low", "recall_high"),
    *("found", "precision", "precision_low", "precision_high"),
)
CONFUSION_COLUMNS = ("planted", "found", "n")
FAITHFUL_COLUMNS = (
    "rewrite",
    "texts",
    "words",
    "changes",
    "moves",
    "per_1000_words",
    "low",
    "high",
)


@dataclass(frozen=True, slots=True)
class SlugScore:
    """Scores of one slug, or of all.

    `planted` is the number planted, `found` the number found, right or wrong; `words` the kind of planted
    words (`WORDS`).
    """

    slug: str
    words: str
    planted: int
    recall: Estimate
    found: int
    precision: Estimate


def slug_scores(
    rows: Sequence[PlantRow], false: Sequence[FalseRow], interval: float
) -> list[SlugScore]:
    """Scores of each slug in catalogue order, and of all, by kind of words; intervals by document.

    All words come first, then each kind of words that was planted.
    """
    scores = []
    for slug in (*catalogue(), ALL):
        planted = [row for row in rows if slug in (row.slug, ALL)]
        wrong = [row for row in false if slug in (row.slug, ALL)]
        for words, known in WORDS.items():
            of = [row for row in planted if row.known in known]
            if of or words == ALL:
                others = [row for row in wrong if row.known in known]
                scores.append(_score((slug, words), of, others, interval))
    return scores


def _score(
    name: tuple[str, str], rows: Sequence[PlantRow], false: Sequence[FalseRow], interval: float
) -> SlugScore:
    found = [row for row in rows if row.found]
    return SlugScore(
        *name,
        len(rows),
        _share([(row.document, row.found) for row in rows], interval),
        len(found) + len(false),
        _share(
            [*((row.document, True) for row in found), *((o.document, False) for o in false)],
            interval,
        ),
    )


def _share(judged: Sequence[tuple[str, bool]], interval: float) -> Estimate:
    """The share that is right, with its interval by document."""
    if not judged:
        return Estimate(np.nan, np.nan, np.nan, 0)
    documents, right = zip(*judged, strict=True)
    ones = np.ones(len(right))
    share = weighted_share(
        np.array(right, np.float64), ones, [""] * len(right), documents, interval
    )
    return Estimate(*share, len(set(documents)))


def _ratio(part: Mapping[str, int], whole: Mapping[str, int], resampling: Resampling) -> Estimate:
    documents = sorted(whole)
    return ratio_estimate(
        np.array([part.get(d, 0) for d in documents], np.float64),
        np.array([whole[d] for d in documents], np.float64),
        resampling,
    )


def confusion(rows: Iterable[PlantRow]) -> list[tuple[str, str, int]]:
    """(planted slug, found slug or outcome, number): how often each planted slug was found as what."""
    slugs = list(catalogue())
    found = [*slugs, ELSEWHERE, UNLIKELY, NOTHING]
    counted = Counter(
        (row.slug, ELSEWHERE if row.instead == row.slug and not row.found else row.instead)
        for row in rows
    )
    order = sorted(counted, key=lambda cell: (slugs.index(cell[0]), found.index(cell[1])))
    return [(*cell, counted[cell]) for cell in order]


def by_form(rows: Sequence[PlantRow], false: Sequence[FalseRow]) -> list[dict[str, Any]]:
    """For each form and planted slug: numbers planted and found by kind of words, and false moves by slug."""
    names = {known: words for words, (known, *more) in WORDS.items() if not more}
    forms: dict[tuple[str, str], dict[str, list[PlantRow]]] = {}
    for row in rows:
        by_words = forms.setdefault((row.form, row.slug), {})
        by_words.setdefault(names[row.known], []).append(row)
    wrong: dict[str, Counter[str]] = {}
    for other in false:
        wrong.setdefault(other.form, Counter())[other.slug] += 1
    return [
        {
            "form": form,
            "move": slug,
            "planted": {words: len(of) for words, of in by_words.items()},
            "found": {words: sum(row.found for row in of) for words, of in by_words.items()},
            "false": dict(sorted(wrong.get(form, {}).items())),
        }
        for (form, slug), by_words in forms.items()
    ]


def faithful_table(rows: Sequence[FaithfulRow], resampling: Resampling) -> list[dict[str, Any]]:
    """Moves found per 1,000 words of the original, for each rewrite and for all that change something."""
    names = list(dict.fromkeys(row.rewrite for row in rows))
    tables = [(name, [row for row in rows if row.rewrite == name]) for name in names]
    tables.append((ALL, [row for row in rows if row.n_changes]))
    return [_faithful(name, of, resampling) for name, of in tables]


def _faithful(name: str, rows: Sequence[FaithfulRow], resampling: Resampling) -> dict[str, Any]:
    words: Counter[str] = Counter()
    moves: Counter[str] = Counter()
    for row in rows:
        words[row.document] += row.n_words
        moves[row.document] += len(row.found)
    rate = _ratio(moves, words, resampling)
    return {
        "rewrite": name,
        "texts": len(rows),
        "words": words.total(),
        "changes": sum(row.n_changes for row in rows),
        "moves": moves.total(),
        "per_1000_words": _rounded(1000 * rate.value),
        "low": _rounded(1000 * rate.low),
        "high": _rounded(1000 * rate.high),
        "by_move": dict(sorted(Counter(slug for row in rows for slug in row.found).items())),
    }


def table(scores: Sequence[SlugScore]) -> str:
    """The scores as CSV with the columns `COLUMNS`, one row per slug and kind of words."""
    lines = [
        (
            *(score.slug, score.words, score.planted, *map(_shown, score.recall[:3])),
            *(score.found, *map(_shown, score.precision[:3])),
        )
        for score in scores
    ]
    return csv_text((COLUMNS, *lines))


def score_record(score: SlugScore) -> dict[str, Any]:
    """One score as a JSON-serialisable object."""
    return {
        "move": score.slug,
        "words": score.words,
        "planted": score.planted,
        "recall": [_rounded(value) for value in score.recall[:3]],
        "found": score.found,
        "precision": [_rounded(value) for value in score.precision[:3]],
    }


def lines(scores: Sequence[SlugScore], faithful: Sequence[Mapping[str, Any]]) -> Iterable[str]:
    """All results as lines of text."""
    yield f"{'planted':26}{'with words':14}{'n':>6}  recall             precision"
    for score in scores:
        counted = f"{score.slug:26}{score.words:14}{score.planted:6}"
        yield f"{counted}  {_interval(score.recall)}  {_interval(score.precision)}"
    yield f"{'faithful':30}{'words':>9}{'moves':>7}  per 1,000 words"
    for row in faithful:
        yield f"{row['rewrite']:30}{row['words']:9,}{row['moves']:7}  {row['per_1000_words']}"


def _interval(estimate: Estimate) -> str:
    value, low, high = (f"{v:.2f}" if not np.isnan(v) else "–" for v in estimate[:3])
    return f"{value:>5} [{low}, {high}]".ljust(18)


def _rounded(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), DIGITS)


def _shown(value: float) -> str:
    return "" if np.isnan(value) else f"{value:.{DIGITS}f}"
