"""Compare the results of a rerun with published ones, figure by figure and number by number.

Results are the files below a folder `results/`: tables/<corpus>/*.csv, figures/<corpus>/*.csv with what
each figure draws, its pdf, svg, png and caption, and manifests (figures/manifest.json,
manifests/<corpus>.json) that name each figure's files with their SHA-256.

A table is *identical* where its bytes are, *equal within tolerance* where only numbers differ, and none by
more than `tolerance` times the larger of the two. A figure is *identical* where the bytes of its files are;
*equal within tolerance* where they are not, but the numbers that it draws are equal within tolerance; drawn
otherwise from the same numbers, it differs.
"""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from itertools import zip_longest
from typing import Any

from reframing.errors import InputError

PREFIX = "results/"
FIGURES = "figures/"
MANIFEST = "figures/manifest.json"
MANIFESTS = "manifests/"
TABLE_FOLDERS = ("tables/", FIGURES)
NOTHING = 1e-12
"""Numbers no further apart than this are rounding errors of the same number, zero included."""

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)


class Verdict(StrEnum):
    """How a rerun compares with what was published, from best to worst."""

    IDENTICAL = "identical"
    EQUAL = "equal within tolerance"
    DIFFERS = "differs, here"


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict on one figure (by its id) or table (by its path), and where it differs."""

    kind: str
    name: str
    verdict: Verdict
    differences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Results:
    """Published or rerun results: files by their path below `results/`, and figures by id.

    A figure is a mapping of its files' paths to the SHA-256 that its manifest declares.
    """

    files: Mapping[str, bytes]
    figures: Mapping[str, Mapping[str, str]]

    @property
    def tables(self) -> list[str]:
        return sorted(path for path in self.files if is_table(path))


def is_table(path: str) -> bool:
    """Whether a path below `results/` is one of a table."""
    return path.endswith(".csv") and path.startswith(TABLE_FOLDERS)


def results_of(files: Mapping[str, bytes]) -> Results:
    """Results from their files; raises `InputError` where a manifest is not one of figures.

    A drawing that no manifest names counts as a figure too: `<corpus>/<name>`, with its own hash.
    """
    figures: dict[str, Mapping[str, str]] = {}
    for path in sorted(files, key=lambda path: (path.count("/"), path)):
        if path == MANIFEST or path.startswith(MANIFESTS):
            figures |= _declared(path, files[path])
    named = {path for declared in figures.values() for path in declared}
    return Results(files, {**_undeclared(files, named), **figures})


def _undeclared(files: Mapping[str, bytes], named: Set[str]) -> dict[str, Mapping[str, str]]:
    figures: dict[str, dict[str, str]] = {}
    for path in sorted(set(files) - named):
        if path.startswith(FIGURES) and path != MANIFEST and not path.endswith(".csv"):
            stem = path.rpartition(".")[0]
            figure = figures.setdefault(stem.removeprefix(FIGURES), {})
            for place in (path, f"{stem}.csv"):
                if place in files:
                    figure[place] = sha256(files[place]).hexdigest()
    return {**figures}


def of_corpus(results: Results, corpus: str) -> Results:
    """The part of results that belongs to one corpus."""
    folders = tuple(f"{folder}{corpus}/" for folder in TABLE_FOLDERS)
    files = {path: content for path, content in results.files.items() if path.startswith(folders)}
    figures = {
        id: declared
        for id, declared in results.figures.items()
        if any(path.startswith(folders) for path in declared)
    }
    return Results(files, figures)


def verify(published: Results, rerun: Results, tolerance: float) -> Iterator[Finding]:
    """Findings on every figure and then on every table of either side, sorted.

    Raises `InputError` where a table cannot be read as UTF-8 or as CSV.
    """
    tables = {
        path: _table(path, published, rerun, tolerance)
        for path in sorted({*published.tables, *rerun.tables})
    }
    for id in sorted({*published.figures, *rerun.figures}):
        yield _figure(id, published, rerun, tables)
    yield from tables.values()


def _figure(id: str, published: Results, rerun: Results, tables: Mapping[str, Finding]) -> Finding:
    if id not in published.figures or id not in rerun.figures:
        return Finding("figure", id, Verdict.DIFFERS, (_missing(id in published.figures),))
    drawn = [tables[path] for path in sorted(published.figures[id]) if path in tables]
    broken = [*_broken(id, "published", published), *_broken(id, "rerun", rerun)]
    redrawn = list(_redrawn(published.figures[id], rerun.figures[id]))
    differing = [f"{table.name}: see there" for table in drawn if table.differences]
    if not (broken or differing) and any(table.verdict is Verdict.EQUAL for table in drawn):
        return Finding("figure", id, Verdict.EQUAL)
    differences = (*broken, *redrawn, *differing)
    return Finding("figure", id, Verdict.DIFFERS if differences else Verdict.IDENTICAL, differences)


def _broken(id: str, side: str, results: Results) -> Iterator[str]:
    """Where the files of one side are not those that its own manifest names."""
    for path, digest in sorted(results.figures[id].items()):
        if path not in results.files:
            yield f"{path}: the {side} manifest names it, but there is no such file"
        elif sha256(results.files[path]).hexdigest() != digest:
            yield f"{path}: is not the file that the {side} manifest names"


def _redrawn(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    """Which files of a figure are not the same bytes; its table is compared by its numbers."""
    for path in sorted({*before, *after}):
        if path not in before or path not in after:
            yield f"{path}: {_missing(path in before)}"
        elif before[path] != after[path] and not is_table(path):
            yield f"{path}: sha256 {before[path][:12]}… published, {after[path][:12]}… rerun"


def _table(path: str, published: Results, rerun: Results, tolerance: float) -> Finding:
    if path not in published.files or path not in rerun.files:
        return Finding("table", path, Verdict.DIFFERS, (_missing(path in published.files),))
    if published.files[path] == rerun.files[path]:
        return Finding("table", path, Verdict.IDENTICAL)
    before = _rows(path, "published", published.files[path])
    after = _rows(path, "rerun", rerun.files[path])
    differences = tuple(_row_differences(before, after, tolerance))
    return Finding("table", path, Verdict.DIFFERS if differences else Verdict.EQUAL, differences)


def _row_differences(
    before: Sequence[Sequence[str]], after: Sequence[Sequence[str]], tolerance: float
) -> Iterator[str]:
    """Where two tables differ; rows count from 1, below the header."""
    columns = before[0] if before else []
    if columns != (after[0] if after else []):
        yield f"columns {','.join(columns)} published, {','.join(after[0] if after else [])} rerun"
        return
    if len(before) != len(after):
        yield f"{len(before) - 1} rows published, {len(after) - 1} rerun"
    for number, (old, new) in enumerate(zip(before[1:], after[1:], strict=False), 1):
        for place, (a, b) in enumerate(zip_longest(old, new)):
            if a != b and not equal_numbers(a, b, tolerance):
                column = columns[place] if place < len(columns) else str(place + 1)
                yield f"row {number}, column '{column}': {a!r} published, {b!r} rerun"


def equal_numbers(a: str | None, b: str | None, tolerance: float) -> bool:
    """Whether two cells hold numbers no further apart than `tolerance` of the larger.

    >>> equal_numbers("0.5", "0.50000001", 1e-6), equal_numbers("0.5", "0.51", 1e-6)
    (True, False)
    """
    if a is None or b is None or not (_NUMBER.fullmatch(a) and _NUMBER.fullmatch(b)):
        return False
    x, y = float(a), float(b)
    return x == y or abs(x - y) <= max(tolerance * max(abs(x), abs(y)), NOTHING)


def _rows(path: str, side: str, content: bytes) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(content.decode("utf8"), newline=""), strict=True))
    except UnicodeDecodeError as error:
        raise InputError(
            f"is not UTF-8 in the {side} results (byte {error.start})", path
        ) from error
    except csv.Error as error:
        raise InputError(f"is no CSV table in the {side} results ({error})", path) from error


def _declared(path: str, content: bytes) -> dict[str, Mapping[str, str]]:
    """The figures of one manifest, their files' paths from below `results/`."""
    try:
        return {
            str(entry["id"]): _below(entry["files"]) for entry in json.loads(content)["figures"]
        }
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise InputError(f"is no manifest of figures ({error!r})", path) from error


def _below(files: Mapping[str, Any]) -> dict[str, str]:
    return {path.removeprefix(PREFIX): str(digest) for path, digest in files.items()}


def _missing(published: bool) -> str:
    return "published, not in the rerun" if published else "in the rerun, not published"
