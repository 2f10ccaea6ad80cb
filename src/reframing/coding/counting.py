"""What several readers counted in drawn units (`reframing.coding.sampling`), and how far they agree.

The table has no text: number of the unit, slug, and one column for each reader. A unit in which nobody found
anything has one row without a slug. Where a column `SETTLED` holds what was agreed on after disagreement, it is
taken for what there is; otherwise the mean of the readers.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np

from reframing.coding.agreement import alpha
from reframing.coding.sampling import Counts
from reframing.coding.tsv import count, read_tsv
from reframing.documents.errors import InputError
from reframing.moves.catalogue import catalogue

SETTLED = "settled"
ALL = "all"
_FIXED = ("number", "move")


def counted_in_units() -> list[str]:
    """The moves that can be counted in a unit: all but those of leads, which show in the whole article."""
    return [slug for slug, kind in catalogue().items() if kind.unit != "lead"]


def numbers_of(readings: Mapping[str, Counts]) -> list[str]:
    """The numbers of the units, sorted; raises `InputError` where a reader lacks one, or there is no reader."""
    if set(readings) <= {SETTLED}:
        raise InputError("are missing; what was settled is no reader", field="readers")
    numbers = sorted({number for of in readings.values() for number in of})
    for reader, of in readings.items():
        for number in numbers:
            if number not in of:
                raise InputError("was not read", file=reader, record=number, field="number")
    return numbers


def count_rows(readings: Mapping[str, Counts]) -> list[tuple[object, ...]]:
    """The counts of several readers as the rows of a table; a unit that one of them did not read is refused."""
    numbers = numbers_of(readings)
    rows: list[tuple[object, ...]] = [(*_FIXED, *readings)]
    for number in numbers:
        found = [of[number] for of in readings.values()]
        for slug in sorted({slug for of in found for slug, n in of.items() if n}) or [""]:
            rows.append((number, slug, *(of.get(slug, 0) for of in found)))
    return rows


def read_count_table(path: Path) -> dict[str, Counts]:
    """The table of `count_rows`, by reader; raises `InputError` with line and field where it is no count."""
    table = read_tsv(path, _FIXED)
    readers = [field for field in table.columns if field not in _FIXED]
    if not readers:
        problem = "must have the columns number and move, and one for each reader"
        raise InputError(problem, str(path))
    found: dict[str, Counts] = {reader: {} for reader in readers}
    seen: dict[str, set[str]] = {}
    for line, row in table.rows:
        slug, number = row["move"], row["number"]
        if not number:
            raise InputError("is missing", str(path), line, "number")
        of_number = seen.setdefault(number, set())
        if slug in of_number:
            raise InputError(f"{slug} of {number} occurs twice", str(path), line, "move")
        of_number.add(slug)
        if "" in of_number and len(of_number) > 1:
            raise InputError(f"{number} has moves, and none", str(path), line, "move")
        if slug and slug not in catalogue():
            raise InputError(f"{slug} is no move", str(path), line, "move")
        for reader in readers:
            n = count(row[reader])
            if n is None or (n and not slug):
                problem = f"must be a count, not '{row[reader]}'" if n is None else "counts no move"
                raise InputError(problem, str(path), line, reader)
            of_unit = found[reader].setdefault(number, {})
            if slug:
                of_unit[slug] = n
    return found


def agreed(readings: Mapping[str, Counts]) -> Counts:
    """The counts that estimates use: those that were settled, or else the mean of the readers."""
    if SETTLED in readings:
        return readings[SETTLED]
    numbers = next(iter(readings.values()))
    return {
        number: {
            slug: float(np.mean([of[number].get(slug, 0) for of in readings.values()]))
            for slug in {slug for of in readings.values() for slug in of[number]}
        }
        for number in numbers
    }


class ReaderAgreement(NamedTuple):
    """How far readers agree on whether a move is in a unit: Krippendorff's α, and who saw it in how many."""

    move: str
    alpha: float
    units: int
    both: int
    one: int


def agreement_of(readings: Mapping[str, Counts], slugs: Iterable[str]) -> list[ReaderAgreement]:
    """The agreement of readers on each move, and last on all together; the settled column is no reader."""
    numbers = numbers_of(readings)
    readers = [of for reader, of in readings.items() if reader != SETTLED]
    tables = {
        slug: np.array([[float(of[n].get(slug, 0) > 0) for n in numbers] for of in readers])
        for slug in slugs
    }
    tables[ALL] = np.concatenate(list(tables.values()), axis=1)
    return [
        ReaderAgreement(
            slug,
            alpha(table),
            table.shape[1],
            int((table.sum(axis=0) == len(readers)).sum()),
            int(((table.sum(axis=0) > 0) & (table.sum(axis=0) < len(readers))).sum()),
        )
        for slug, table in tables.items()
    ]
