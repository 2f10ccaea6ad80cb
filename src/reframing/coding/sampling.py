"""Random samples of units for readers who list every move, whether the machine found it or not.

A verdict on a move (`reframing.coding.judging`) tells what is wrong, not what is missed. Here a reader sees a
unit of a pair, which is a link of sentences or a sentence without a link, and counts the moves in it. Units are
drawn from all of them: the sample corrects rates (`reframing.statistics.corrected`), and tells precision and
recall.

**Strata** are corpus × condition × class of score: units without candidates, with candidates that are all below
the threshold, and with a reported move. Nulls have strata too. A stratum of N units whose share with a move is
expected to be p, from the calibrated scores, is read in proportion to N sqrt(p (1 - p)) (Neyman 1934, J. R.
Stat. Soc. 97, 558-625), in the whole numbers that give the least variance (Wright 2017, Stat. Probab. Lett.
129, 50-57). Of units without candidates the scores say nothing, so p is never taken to be below `FLOOR`; and
every stratum has a smallest sample.

**Readers are blind.** A sheet has the two texts with the unit marked, under a number that tells nothing, in an
order that tells nothing. What was drawn from where is kept apart from it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256
from heapq import heapify, heappop, heappush
from math import prod, sqrt
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

from reframing.documents.errors import InputError
from reframing.documents.records import Article, Move, Sentence, Studied
from reframing.moves.catalogue import catalogue
from reframing.reading.articles import checked, records

if TYPE_CHECKING:
    import pandas as pd

# Units of a pair, with the candidates of the machine.


class Candidate(NamedTuple):
    """A move that the machine proposes: its slug, its score, and whether it is reported."""

    move: str
    score: float
    reported: bool


class Unit(NamedTuple):
    """A link of a pair, or a sentence without a link, with the candidates for moves in it.

    `original` and `repost` are numbers of sentences, one of them empty where there is no link. `words` are
    those of its repost sentences that are in no earlier unit, so that the units of a pair add up to the repost.
    """

    corpus: str
    event: str
    condition: str
    pair: str
    original_article: str
    repost_article: str
    original: tuple[int, ...]
    repost: tuple[int, ...]
    words: int
    candidates: tuple[Candidate, ...] = ()

    @property
    def key(self) -> tuple[str, str, tuple[int, ...], tuple[int, ...]]:
        """What identifies the unit."""
        return self.corpus, self.pair, self.original, self.repost

    @property
    def name(self) -> str:
        """The key as one word: *corpus/pair: 1,2→3*."""
        sides = ("".join(f",{i}" for i in side)[1:] for side in (self.original, self.repost))
        return f"{self.corpus}/{self.pair}: {'→'.join(sides)}"

    @property
    def stratum(self) -> str:
        """The stratum: corpus, condition and class of score."""
        return f"{self.corpus}/{self.condition}/{self.score_class}"

    @property
    def score_class(self) -> str:
        """One of `CLASSES`."""
        if not self.candidates:
            return ZERO
        return ABOVE if any(one.reported for one in self.candidates) else BELOW

    @property
    def expected(self) -> float:
        """Probability that there is a move in the unit, if scores are calibrated and independent."""
        return 1 - prod(1 - one.score for one in self.candidates)


ZERO, BELOW, ABOVE = CLASSES = ("zero", "below", "above")
"""Classes of score: without candidates, candidates below the threshold alone, with a reported move."""


def units_of(corpus: str, studied: Studied, candidates: Iterable[tuple[Move, bool]]) -> list[Unit]:
    """The units of a pair: its links, then sentences without a link of the original, then of the repost.

    `candidates` are all moves that the machine proposes, and whether each is reported. A candidate belongs to
    the first unit with one of its repost sentences, or else of its original sentences. Raises `InputError` with
    pair and move where there is none.
    """
    comparison, pair = studied.comparison, studied.pair
    links = sorted((link.original, link.repost) for link in comparison.alignment)
    linked = [{i for link in links for i in link[side]} for side in (0, 1)]
    sides = studied.original_measures, studied.repost_measures
    alone = [
        ((), (i,)) if side else ((i,), ())
        for side in (0, 1)
        for i in range(len(sides[side]))
        if i not in linked[side]
    ]
    places: list[tuple[tuple[int, ...], tuple[int, ...]]] = [*links, *alone]
    words, seen = [], set[int]()
    for _, repost in places:
        words.append(sum(sides[1][j].n_words for j in set(repost) - seen))
        seen.update(repost)
    found: list[list[Candidate]] = [[] for _ in places]
    for move, reported in candidates:
        found[_unit_of(move, places, pair.id)].append(Candidate(move.move, move.score, reported))
    names = (corpus, pair.event, pair.condition, pair.id, pair.original, pair.repost)
    return [
        Unit(*names, *place, n, tuple(sorted(of)))
        for place, n, of in zip(places, words, found, strict=True)
    ]


def _unit_of(
    move: Move, places: Sequence[tuple[tuple[int, ...], tuple[int, ...]]], pair: str
) -> int:
    for side, sentences in ((1, move.repost_sentences), (0, move.original_sentences)):
        for number, place in enumerate(places):
            if set(place[side]) & set(sentences):
                return number
    raise InputError(f"{move.move} is in no sentence of the pair", record=pair, field="moves")


# Stratified random samples.

FLOOR = 0.02
"""Least share of units with a move that is expected in a stratum; the greatest is 1 less this."""

LEAST = 10
"""Least number of units that are read in a stratum, or all where there are fewer."""


class UnitDesign(NamedTuple):
    """How a unit was drawn: its stratum, the number of units in it, and the inclusion probability.

    `state` is the state of the package (version and commit) that made the units.
    """

    stratum: str
    stratum_units: int
    inclusion_probability: float
    state: str


class DrawnUnit(NamedTuple):
    """A unit that was drawn, under the number by which readers know it."""

    number: str
    unit: Unit
    design: UnitDesign


def draw_units(
    units: Iterable[Unit], n: int, seed: int, state: str, least: int = LEAST, floor: float = FLOOR
) -> list[DrawnUnit]:
    """A sample of `n` units, or all where there are fewer, in the order of the readers' numbers.

    Within a stratum units are drawn without replacement and with equal probability. The sample depends on
    `seed` and not on the order of the units. Raises `InputError` where a unit occurs twice, and where `n` is
    smaller than the smallest samples of all strata together.
    """
    strata: dict[str, list[Unit]] = {}
    for unit in units:
        strata.setdefault(unit.stratum, []).append(unit)
    names = sorted(strata)
    for name in names:
        strata[name].sort(key=lambda unit: unit.key)
        for one, other in zip(strata[name], strata[name][1:], strict=False):
            if one.key == other.key:
                raise InputError("occurs twice", record=one.name, field="unit")
    sizes = [len(strata[name]) for name in names]
    shares = [sum(unit.expected for unit in strata[name]) / len(strata[name]) for name in names]
    drawn = []
    for name, size in zip(names, allocated_units(sizes, shares, n, least, floor), strict=True):
        design = UnitDesign(name, len(strata[name]), size / len(strata[name]), state)
        chosen = Random(f"{seed}:{name}").sample(strata[name], size)
        drawn += [DrawnUnit(_number(unit, seed), unit, design) for unit in chosen]
    return sorted(drawn, key=lambda one: one.number)


def _number(unit: Unit, seed: int) -> str:
    return sha256(f"{seed}:{unit.key}".encode()).hexdigest()[:12]


def allocated_units(
    sizes: Sequence[int],
    shares: Sequence[float],
    n: int,
    least: int = LEAST,
    floor: float = FLOOR,
) -> list[int]:
    """Number of units to read in each stratum, from their `sizes`, the expected `shares` with a move, and `n`.

    At least `least` and at most all of a stratum are read; the others go one by one to where one more lowers
    the variance most. The sum is `n`, or all units where there are fewer.
    """
    given = [min(least, size) for size in sizes]
    if n < sum(given):
        problem = f"must be {sum(given)} or more, {least} units of each stratum"
        raise InputError(problem, field="--n")
    spreads = []
    for size, share in zip(sizes, shares, strict=True):
        p = min(max(share, floor), 1 - floor)
        spreads.append(size * sqrt(p * (1 - p)))

    def urgency(i: int) -> float:
        return -spreads[i] / sqrt(given[i] * (given[i] + 1)) if given[i] else -float("inf")

    waiting = [(urgency(i), i) for i in range(len(sizes)) if given[i] < sizes[i]]
    heapify(waiting)
    for _ in range(min(n, sum(sizes)) - sum(given)):
        _, i = heappop(waiting)
        given[i] += 1
        if given[i] < sizes[i]:
            heappush(waiting, (urgency(i), i))
    return given


# Sheets for readers, and what readers count.


def shown_unit(
    drawn: DrawnUnit,
    article: Callable[[str], Article],
    sentences: tuple[Sequence[Sentence], Sequence[Sentence]],
) -> dict[str, Any]:
    """A drawn unit as a JSON object for a reader: number, both texts with the unit in ⟦⟧, no counts yet.

    `article` returns an article by its id, `sentences` are those of original and repost. Nothing in it tells
    the corpus, the condition, the stratum, or what the machine found.
    """
    unit = drawn.unit
    original, repost = (
        _marked(article(id).text, [of[i] for i in places])
        for id, of, places in (
            (unit.original_article, sentences[0], unit.original),
            (unit.repost_article, sentences[1], unit.repost),
        )
    )
    return {"number": drawn.number, "original": original, "repost": repost, "moves": None}


def _marked(text: str, sentences: Iterable[Sentence]) -> str:
    for sentence in sorted(sentences, key=lambda one: one.start, reverse=True):
        start, end = sentence.start, sentence.end
        text = f"{text[:start]}⟦{text[start:end]}⟧{text[end:]}"
    return text


def read_counts(path: Path) -> dict[str, dict[str, int]]:
    """The readers' counts of moves by slug, by the number of the unit; a slug that is not there was not found.

    A line is an object with `number` and `moves`, such as `{"hedge-dropped": 2}`. Raises `InputError` with
    file, record and field on a line that cannot be used, and where a unit occurs twice.
    """
    found: dict[str, dict[str, int]] = {}
    for line, (number, counts) in checked(records(path), str(path), _counts):
        if number in found:
            raise InputError("occurs twice", str(path), line, "number")
        found[number] = counts
    return found


def _counts(record: Any) -> tuple[str, dict[str, int]]:
    if not isinstance(record, Mapping) or not isinstance(record.get("number"), str):
        raise InputError("must be an object with the number of a drawn unit", field="number")
    number, moves = record["number"], record.get("moves")
    if not isinstance(moves, Mapping):
        problem = "is not filled in; must be counts by move, {} where there are none"
        raise InputError(problem, record=number, field="moves")
    for slug, count in moves.items():
        if slug not in catalogue():
            raise InputError(f"{slug} is no move", record=number, field="moves")
        if type(count) is not int or count < 0:
            raise InputError(f"{slug} must be a count", record=number, field="moves")
    return number, dict(moves)


# Units as rows for the estimates.


def unit_frame(
    units: Iterable[Unit],
    drawn: Iterable[DrawnUnit],
    counts: Mapping[str, Mapping[str, int]],
    move: str,
) -> "pd.DataFrame":
    """One row a unit, for `reframing.statistics.corrected.units_of`: one move in all `units`.

    `counts` are those of `read_counts` for all that were `drawn`. Raises `InputError` where a unit's stratum
    was not drawn from, a stratum has another number of units than when it was drawn, or a drawn unit is unknown
    or was not read.
    """
    import pandas as pd

    units = sorted(units, key=lambda unit: unit.key)
    sample = {one.unit.key: one for one in drawn}
    designs = {one.design.stratum: one.design for one in sample.values()}
    _check_sample(units, sample, counts)
    rows = []
    for unit in units:
        if unit.stratum not in designs:
            problem = f"{unit.stratum} is unknown: no unit of it was drawn"
            raise InputError(problem, record=unit.name, field="stratum")
        of = [one for one in unit.candidates if one.move == move]
        one = sample.get(unit.key)
        rows.append(
            {
                "unit": unit.name,
                "event": f"{unit.corpus}/{unit.event}",
                "article": f"{unit.corpus}/{unit.original_article}",
                "condition": unit.condition,
                "stratum": unit.stratum,
                "words": unit.words,
                "counted": sum(candidate.reported for candidate in of),
                "scored": sum(candidate.score for candidate in of),
                "inclusion_probability": designs[unit.stratum].inclusion_probability,
                "found": None if one is None else float(counts[one.number].get(move, 0)),
            }
        )
    return pd.DataFrame(rows).astype({"found": float})


def _check_sample(
    units: Sequence[Unit],
    sample: Mapping[tuple[Any, ...], DrawnUnit],
    counts: Mapping[str, Mapping[str, int]],
) -> None:
    known = {unit.key for unit in units}
    sizes = Counter(unit.stratum for unit in units)
    for key, one in sample.items():
        if key not in known:
            raise InputError("was drawn, but is no unit", record=one.unit.name, field="unit")
        if one.number not in counts:
            raise InputError("was drawn, but not read", record=one.number, field="number")
        stratum, size = one.design.stratum, one.design.stratum_units
        if sizes[stratum] != size:
            problem = f"{stratum} has {sizes[stratum]} units, {size} when it was drawn"
            raise InputError(problem, record=one.unit.name, field="stratum_units")
