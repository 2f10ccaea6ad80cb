"""Compare the results of a rerun with published ones: figures, tables, pages and records.

Results are the files below a folder `results/`: tables/<corpus>/*.csv, figures/<corpus>/*.csv with what
each figure draws, its pdf, svg, png and caption, notebooks/<corpus>/*.html, records of the gold suite (*.json),
and manifests (figures/manifest.json, manifests/<corpus>.json) that name each figure's files with their SHA-256.

Each is *identical* where its bytes are. It is *equal within tolerance* where no figure, no printed number and
no decision of a test has changed, and no number by more than a hundredth of its own interval; `likeness.py`
says what that means for each kind:

- a table, and a record, by its numbers; all else in it is the same;
- a page by its text, in which numbers are printed as they are quoted, and its pictures;
- a figure by its table, its caption, and its png: pdf and svg are drawings of the same.

Otherwise it *differs*, and where it does is listed. Manifests are not judged: what they say of the files
follows from these. But a file that is not the one its own manifest names makes its figure differ.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import Any, NamedTuple

from reframing.errors import InputError
from reframing.likeness import Row, changed, different_parts, page_parts, same_picture

PREFIX = "results/"
FIGURES = "figures/"
MANIFEST = "figures/manifest.json"
MANIFESTS = "manifests/"
BY_CORPUS = ("tables/", FIGURES, "notebooks/")
RECORDS = ("validation.json", "perturbation.json")


class Verdict(StrEnum):
    """How a rerun compares with what was published, from best to worst."""

    IDENTICAL = "identical"
    EQUAL = "equal within tolerance"
    DIFFERS = "differs, here"


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict on one figure (by its id), table, page or record (by its path), and where it differs."""

    kind: str
    name: str
    verdict: Verdict
    differences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Results:
    """Published or rerun results: files by their path below `results/`, and figures by id.

    A figure is a mapping of its files' paths to the SHA-256 that its manifest declares; `processors` has the
    class of the processor that made it, where the manifest names one.
    """

    files: Mapping[str, bytes]
    figures: Mapping[str, Mapping[str, str]]
    processors: Mapping[str, str] = field(default_factory=dict)

    @property
    def tables(self) -> list[str]:
        return sorted(path for path in self.files if kind_of(path) == "table")


class Rows(NamedTuple):
    """A table, or a record as one: its header, and its rows by where they are."""

    columns: Sequence[str]
    rows: Mapping[str, Row]


def is_result(path: str) -> bool:
    """Whether a file below `results/` is made by the pipeline; measured times are not."""
    return path.startswith((*BY_CORPUS, MANIFESTS)) or path in RECORDS


def kind_of(path: str) -> str | None:
    """What a file is that is judged alone: a table, a page or a record."""
    if path in RECORDS:
        return "record"
    return {"csv": "table", "html": "page"}.get(path.rpartition(".")[2])


def results_of(files: Mapping[str, bytes]) -> Results:
    """Results from their files; raises `InputError` where a manifest is not one of figures.

    A drawing that no manifest names counts as a figure too: `<corpus>/<name>`, with its own hash.
    """
    figures: dict[str, Mapping[str, str]] = {}
    processors: dict[str, str] = {}
    for path in sorted(files, key=lambda path: (path.count("/"), path)):
        if path == MANIFEST or path.startswith(MANIFESTS):
            for id, declared, processor in _declared(path, files[path]):
                figures[id] = declared
                processors |= {id: processor} if processor else {}
    named = {path for declared in figures.values() for path in declared}
    return Results(files, {**_undeclared(files, named), **figures}, processors)


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
    folders = tuple(f"{folder}{corpus}/" for folder in BY_CORPUS)
    files = {path: content for path, content in results.files.items() if path.startswith(folders)}
    figures = {
        id: declared
        for id, declared in results.figures.items()
        if any(path.startswith(folders) for path in declared)
    }
    processors = {id: made for id, made in results.processors.items() if id in figures}
    return Results(files, figures, processors)


def verify(published: Results, rerun: Results, tolerance: float) -> Iterator[Finding]:
    """Findings on every figure and then on every other file of either side, sorted.

    `tolerance` is the largest difference of two numbers that have no interval, as a share of the larger.
    Raises `InputError` where a file cannot be read as what its name says.
    """
    alone = {
        path: _file(kind, path, published, rerun, tolerance)
        for path in sorted({*published.files, *rerun.files})
        if (kind := kind_of(path))
    }
    for id in sorted({*published.figures, *rerun.figures}):
        yield _figure(id, published, rerun, alone)
    yield from alone.values()


def _figure(id: str, published: Results, rerun: Results, alone: Mapping[str, Finding]) -> Finding:
    if id not in published.figures or id not in rerun.figures:
        return Finding("figure", id, Verdict.DIFFERS, (_missing(id in published.figures),))
    before, after = published.figures[id], rerun.figures[id]
    broken = [*_broken(id, "published", published), *_broken(id, "rerun", rerun)]
    differences = broken or [
        difference
        for path in sorted({*before, *after})
        if before.get(path) != after.get(path)
        for difference in _redrawn(path, published, rerun, alone)
    ]
    verdict = Verdict.IDENTICAL if before == after else Verdict.EQUAL
    return Finding("figure", id, Verdict.DIFFERS if differences else verdict, tuple(differences))


def _broken(id: str, side: str, results: Results) -> Iterator[str]:
    """Where the files of one side are not those that its own manifest names."""
    for path, digest in sorted(results.figures[id].items()):
        if path not in results.files:
            yield f"{path}: the {side} manifest names it, but there is no such file"
        elif sha256(results.files[path]).hexdigest() != digest:
            yield f"{path}: is not the file that the {side} manifest names"


def _redrawn(
    path: str, published: Results, rerun: Results, alone: Mapping[str, Finding]
) -> Iterator[str]:
    """Whether one file of a figure has changed for whoever looks at it."""
    before, after = published.files.get(path), rerun.files.get(path)
    if path in alone:
        if alone[path].verdict is Verdict.DIFFERS:
            yield f"{path}: see there"
    elif before is None or after is None:
        yield f"{path}: {_missing(before is not None)}"
    elif path.endswith(".png"):
        if not _same_picture(path, before, after):
            yield f"{path}: looks different"
    elif path.endswith(".txt"):
        yield f"{path}: the caption reads differently"
    elif f"{path.rpartition('.')[0]}.png" not in published.files:
        yield f"{path}: other bytes, and no png beside it to compare"


def _same_picture(path: str, before: bytes, after: bytes) -> bool:
    try:
        return same_picture(before, after)
    except ValueError as error:
        raise InputError(str(error), path) from error


def _file(kind: str, path: str, published: Results, rerun: Results, tolerance: float) -> Finding:
    before, after = published.files.get(path), rerun.files.get(path)
    if before is None or after is None:
        return Finding(kind, path, Verdict.DIFFERS, (_missing(before is not None),))
    if before == after:
        return Finding(kind, path, Verdict.IDENTICAL)
    texts = _decoded(path, "published", before), _decoded(path, "rerun", after)
    if kind == "page":
        differences = tuple(_page_differences(path, *texts))
    else:
        read = _table if kind == "table" else _record
        rows = read(path, "published", texts[0]), read(path, "rerun", texts[1])
        differences = tuple(_row_differences(*rows, tolerance))
    return Finding(kind, path, Verdict.DIFFERS if differences else Verdict.EQUAL, differences)


def _page_differences(path: str, before: str, after: str) -> Iterator[str]:
    try:
        for place, a, b in different_parts(page_parts(before), page_parts(after)):
            yield f"{place}: {a} published, {b} rerun"
    except ValueError as error:
        raise InputError(f"holds a picture that {error}", path) from error


def _row_differences(before: Rows, after: Rows, tolerance: float) -> Iterator[str]:
    """Where two tables differ, by the names of their rows."""
    if before.columns != after.columns:
        columns = (",".join(rows.columns) for rows in (before, after))
        yield "columns {} published, {} rerun".format(*columns)
        return
    if len(before.rows) != len(after.rows):
        yield f"{len(before.rows)} rows published, {len(after.rows)} rerun"
    for name, old in before.rows.items():
        new = after.rows.get(name, old)
        for column in changed(old, new, tolerance):
            a, b = old.get(column), new.get(column)
            yield f"{name}, column '{column}': {a!r} published, {b!r} rerun"


def _table(path: str, side: str, text: str) -> Rows:
    """A CSV table; its rows count from 1, below the header."""
    try:
        header, *rows = list(csv.reader(io.StringIO(text, newline=""), strict=True)) or [[]]
    except csv.Error as error:
        raise InputError(f"is no CSV table in the {side} results ({error})", path) from error
    names = [*header, *map(str, range(len(header) + 1, max(map(len, rows), default=0) + 1))]
    return Rows(
        header, {f"row {i}": dict(zip(names, row, strict=False)) for i, row in enumerate(rows, 1)}
    )


def _record(path: str, side: str, text: str) -> Rows:
    """A JSON record: each object in it is a row, and so is each list of values."""
    try:
        return Rows((), dict(_objects(json.loads(text), "top")))
    except ValueError as error:
        raise InputError(f"is no JSON in the {side} results ({error})", path) from error


def _objects(value: Any, place: str) -> Iterator[tuple[str, Row]]:
    items = value.items() if isinstance(value, dict) else enumerate(value, 1)
    inner = {str(key): item for key, item in items}
    yield place, {k: str(v) for k, v in inner.items() if not isinstance(v, dict | list)}
    for key, item in inner.items():
        if isinstance(item, dict | list):
            yield from _objects(item, f"{place} {key}")


def _decoded(path: str, side: str, content: bytes) -> str:
    try:
        return content.decode("utf8")
    except UnicodeDecodeError as error:
        raise InputError(
            f"is not UTF-8 in the {side} results (byte {error.start})", path
        ) from error


def _declared(path: str, content: bytes) -> Iterator[tuple[str, dict[str, str], str]]:
    """The figures of one manifest: id, files by their paths from below `results/`, processor."""
    try:
        for entry in json.loads(content)["figures"]:
            files = {name.removeprefix(PREFIX): str(sha) for name, sha in entry["files"].items()}
            yield str(entry["id"]), files, str(entry.get("processor") or "")
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise InputError(f"is no manifest of figures ({error!r})", path) from error


def _missing(published: bool) -> str:
    return "published, not in the rerun" if published else "in the rerun, not published"
