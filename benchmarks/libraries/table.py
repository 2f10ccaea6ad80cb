"""The table of what contenders gave, one row for each quantity, and the page that shows it."""

import csv
import re
from collections.abc import Iterable
from typing import NamedTuple

from benchmarks.libraries.measuring import ROOT
from reframing.documents.errors import InputError

TABLE = ROOT / "results/benchmarks/libraries.csv"
PAGE = ROOT / "docs/libraries.md"


class Row(NamedTuple):
    """A quantity of a contender; where cases are counted, of how many, and whether it varies between runs."""

    comparison: str
    contender: str
    version: str
    quantity: str
    value: str
    of: str
    varies: str


def read_rows() -> list[Row]:
    if not TABLE.exists():
        return []
    with TABLE.open(encoding="utf8", newline="") as lines:
        return [Row(**row) for row in csv.DictReader(lines)]


def write_rows(rows: Iterable[Row]) -> None:
    with TABLE.open("w", encoding="utf8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([Row._fields, *rows])


def said(row: Row) -> str:
    value, of = (f"{int(one):,}" if one.isdigit() else one for one in (row.value, row.of))
    return f"{value} of {of}" if of else value


def with_tables(page: str, rows: Iterable[Row]) -> str:
    """The page with the table of each comparison below its heading: a column for each contender."""
    comparisons: dict[str, dict[tuple[str, str], dict[str, str]]] = {}
    for row in rows:
        columns = comparisons.setdefault(row.comparison, {})
        columns.setdefault((row.contender, row.version), {})[row.quantity] = said(row)
    for comparison, columns in comparisons.items():
        head = [" ".join(column).strip() for column in columns]
        lines = [["", *head], ["---"] * (1 + len(head))]
        for quantity in dict.fromkeys(name for values in columns.values() for name in values):
            lines.append([quantity, *(values.get(quantity, "–") for values in columns.values())])
        table = "".join(f"| {' | '.join(line)} |\n" for line in lines)
        heading = f"## {comparison.capitalize()}"
        below = re.compile(rf"(^{heading}\n(?:(?!## |\|).*\n)*)(?:\|.*\n)+", re.MULTILINE)
        page, found = below.subn(rf"\g<1>{table}", page)
        if found != 1:
            raise InputError(f"expected one table below a heading '{heading}'", str(PAGE))
    return page
