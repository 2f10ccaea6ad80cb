"""The benchmark in numbers: recall and precision of each slug, confusion, false moves in faithful text."""

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

# Texts with exactly one planted change, or with faithful ones alone: what the moves are tested on.
#
# The places of a change come from gold that others annotated (sources, cues and contents of PolNeAR, hedge cues
# of Szeged) or from the words of a text; the words that are put in come from the tables of this folder. Many of
# them are in the lexicons by which moves are found, many in none: what is found of both is told apart.

ALL = "all"
ELSEWHERE, UNLIKELY, NOTHING = "elsewhere", "unlikely", "nothing"
"""What is found in place of a planted move: the same one at another place; the move itself, but with too low a
score; no move at all."""

WORDS = {
    ALL: (True, False, None),
    "in lexicons": (True,),
    "in no lexicon": (False,),
    "none": (None,),
}
"""With which words changes were planted: any, those that a lexicon has or none has, or no listed ones."""


# The benchmark: what a tool finds of planted changes, and what it finds where nothing changed.

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


# The benchmark in numbers: recall and precision of each slug, confusion, false moves in faithful text.

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
    """One slug, or all: how many were planted and found, and how many found moves were planted.

    `words` says with which words (`WORDS`).
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
    """Scores of each slug in the order of the catalogue, and of all, by words; intervals by document.

    With all words first, then with each kind of words that was planted.
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
    """How often each planted slug was found as itself, as another, elsewhere, held unlikely, or not at all."""
    slugs = list(catalogue())
    found = [*slugs, ELSEWHERE, UNLIKELY, NOTHING]
    counted = Counter(
        (row.slug, ELSEWHERE if row.instead == row.slug and not row.found else row.instead)
        for row in rows
    )
    order = sorted(counted, key=lambda cell: (slugs.index(cell[0]), found.index(cell[1])))
    return [(*cell, counted[cell]) for cell in order]


def by_form(rows: Sequence[PlantRow], false: Sequence[FalseRow]) -> list[dict[str, Any]]:
    """Each form with its planted slugs, by words: how many, how many found, and what else was in its pairs."""
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
    """For each rewrite, and for all that are no copies, the moves found by 1,000 words of the original."""
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
    """The scores as CSV, a line a slug."""
    lines = [
        (
            *(score.slug, score.words, score.planted, *map(_shown, score.recall[:3])),
            *(score.found, *map(_shown, score.precision[:3])),
        )
        for score in scores
    ]
    return csv_text((COLUMNS, *lines))


def score_record(score: SlugScore) -> dict[str, Any]:
    """One score as JSON."""
    return {
        "move": score.slug,
        "words": score.words,
        "planted": score.planted,
        "recall": [_rounded(value) for value in score.recall[:3]],
        "found": score.found,
        "precision": [_rounded(value) for value in score.precision[:3]],
    }


def lines(scores: Sequence[SlugScore], faithful: Sequence[Mapping[str, Any]]) -> Iterable[str]:
    """Everything for a reader."""
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
