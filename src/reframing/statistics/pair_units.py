"""The units of a pair in which moves are counted: links of sentences, and sentences without a link.

Units do not depend on what is found in them, and together they are all sentences of both texts; so a random
sample of them tells what was missed as well as what is wrong (`reframing.statistics.corrected`).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from reframing.documents.errors import InputError
from reframing.documents.records import Move, Studied

Place = tuple[tuple[int, ...], tuple[int, ...]]
"""Numbers of sentences of the original and of the repost; one is empty where there is no link."""


def place_of(unit: str) -> Place:
    """The sentences in the name of a unit: *1,2→3* is ((1, 2), (3,)); `InputError` where it is no such name."""
    if not _UNIT.fullmatch(unit):
        raise InputError(f"'{unit}' is no unit; expected one such as 1,2→3", field="unit")
    original, repost = (
        tuple(int(number) for number in side.split(",") if number) for side in unit.split("→")
    )
    return original, repost


_UNIT = re.compile(r"([0-9]{1,9}(,[0-9]{1,9})*)?→([0-9]{1,9}(,[0-9]{1,9})*)?")

SURE = 0.8
"""Score from which a reported move is sure."""

_DIGITS = 4


class Counts(NamedTuple):
    """What the machine says of one move in a unit.

    How often it is reported, how often with a score of `SURE` or more, and the sum of the scores of all that
    are proposed.
    """

    reported: int
    sure: int
    scored: float


class PairUnit(NamedTuple):
    """A unit of a pair; `link` is the score of the link, None where there is none.

    `words` are those of its repost sentences that are in no earlier unit, so that the units of a pair add up to
    the repost. `moves` has every move that is proposed in it, with any score.
    """

    original: tuple[int, ...]
    repost: tuple[int, ...]
    words: int
    moves: dict[str, Counts]
    link: float | None = None

    @property
    def name(self) -> str:
        """The numbers of its sentences: *1,2→3*."""
        return "→".join(",".join(map(str, side)) for side in (self.original, self.repost))


def units_of(studied: Studied) -> list[PairUnit]:
    """The units of a pair: its links, then sentences without a link of the original, then of the repost.

    A move belongs to the first unit with one of its repost sentences, or else of its original sentences. Raises
    `InputError` with pair and move where there is none.
    """
    comparison = studied.comparison
    links = {(link.original, link.repost): link.score for link in comparison.alignment}
    linked = [{i for link in links for i in link[side]} for side in (0, 1)]
    sides = studied.original_measures, studied.repost_measures
    places: list[Place] = [
        *sorted(links),
        *(((i,), ()) for i in range(len(sides[0])) if i not in linked[0]),
        *(((), (j,)) for j in range(len(sides[1])) if j not in linked[1]),
    ]
    first = first_units(places)
    reported, scored = (
        _summed(moves, first, studied.pair.id) for moves in (comparison.moves, studied.proposals)
    )
    seen: set[int] = set()
    units = []
    for number, (original, repost) in enumerate(places):
        words = sum(sides[1][j].n_words for j in set(repost) - seen)
        seen.update(repost)
        slugs = sorted({*reported[number], *scored[number]})
        counts = {
            slug: Counts(
                len(reported[number].get(slug, ())),
                sum(score >= SURE for score in reported[number].get(slug, ())),
                round(sum(scored[number].get(slug, ())), _DIGITS),
            )
            for slug in slugs
        }
        score = links.get((original, repost))
        units.append(PairUnit(original, repost, words, counts, score))
    return units


def first_units(places: Iterable[Place]) -> tuple[dict[int, int], dict[int, int]]:
    """The number of the first unit with each sentence, of the original and of the repost."""
    first: tuple[dict[int, int], dict[int, int]] = ({}, {})
    for number, place in enumerate(places):
        for of_side, sentences in zip(first, place, strict=True):
            for sentence in sentences:
                of_side.setdefault(sentence, number)
    return first


def _summed(
    moves: Sequence[Move], first: tuple[dict[int, int], dict[int, int]], pair: str
) -> dict[int, dict[str, list[float]]]:
    """The scores of moves, by number of the unit and slug."""
    found: dict[int, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for move in moves:
        sides = (first[1], move.repost_sentences), (first[0], move.original_sentences)
        numbers = [min(of[i] for i in some if i in of) for of, some in sides if set(some) & set(of)]
        if not numbers:
            raise InputError(
                f"{move.move} is in no sentence of the pair", record=pair, field="moves"
            )
        found[numbers[0]][move.move].append(move.score)
    return found


def unit_rows(studied: Studied, units: Sequence[PairUnit]) -> Iterator[dict[str, Any]]:
    """One row a unit."""
    for unit in units:
        yield {
            "pair": studied.pair.id,
            "unit": unit.name,
            "link": unit.link,
            "words": unit.words,
        }


def unit_move_rows(studied: Studied, units: Sequence[PairUnit]) -> Iterator[dict[str, Any]]:
    """One row a move in a unit, also where it is proposed and not reported."""
    for unit in units:
        for slug, counts in unit.moves.items():
            yield {
                "pair": studied.pair.id,
                "unit": unit.name,
                "move": slug,
                "reported": counts.reported,
                "sure": counts.sure,
                "scored": counts.scored,
            }
