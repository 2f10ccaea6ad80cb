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

import base64
import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from html.parser import HTMLParser
from io import BytesIO
from statistics import NormalDist
from typing import TYPE_CHECKING, Any, NamedTuple

from reframing.documents.errors import InputError

# When two results that are not the same bytes are equal within tolerance, as a scientist would judge.
#
# Numbers: an estimate and the ends of its interval have moved by no more than a hundredth of the interval. A
# p- or q-value has moved by no more than it would if its estimate had moved by a hundredth of its 95% interval,
# counted in standard errors. A number without an interval has moved by no more than a given share of itself.
# Whatever is no number, as the decision of a test, is the same.
#
# Pictures: no pixel of either differs by more than an eighth of the range of its colours from all that is
# within one pixel of its place in the other, so that no edge has moved by more than a pixel.
#
# Pages: the same text, hence the same printed numbers, and pictures that look the same.

if TYPE_CHECKING:
    import numpy as np

Row = Mapping[str, str | None]
"""Cells as text by the names of their columns."""

OF_INTERVAL = 0.01
"""By how much of its interval an estimate may move."""

OF_COLOUR = 0.125
"""By how much of its range the colour of a pixel may change."""

NOTHING = 1e-12
"""Numbers no further apart than this are rounding errors of the same number, zero included."""

PRECEDING = 2
"""Parts of a page that are shown before one that differs."""

P_VALUES = ("p", "q")
STANDARD_ERRORS = OF_INTERVAL * 2 * NormalDist().inv_cdf(0.975)
PNG = "data:image/png;base64,"

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)


def changed(before: Row, after: Row, tolerance: float) -> list[str]:
    """The columns in which two rows are not equal within tolerance.

    `tolerance` is for numbers without an interval: the largest difference as a share of the larger number.

    >>> row = {"value": "0.5", "low": "0.4", "high": "0.6", "rejected": "True"}
    >>> changed(row, row | {"value": "0.501", "low": "0.39", "rejected": "False"}, 1e-5)
    ['low', 'rejected']
    """
    intervals = interval_columns([*before])
    return [
        column
        for column in {**before, **after}
        if not equal(
            column,
            before.get(column),
            after.get(column),
            tolerance,
            min(_width(row, intervals.get(column)) for row in (before, after)),
        )
    ]


def equal(column: str, a: str | None, b: str | None, tolerance: float, width: float = 0.0) -> bool:
    """Whether two cells are equal within tolerance, the interval of the number being so wide."""
    if a == b:
        return True
    if a is None or b is None or not (_NUMBER.fullmatch(a) and _NUMBER.fullmatch(b)):
        return False
    x, y = float(a), float(b)
    if column in P_VALUES and 0 < x <= 1 and 0 < y <= 1:
        normal = NormalDist()
        return abs(normal.inv_cdf(x / 2) - normal.inv_cdf(y / 2)) <= STANDARD_ERRORS
    return abs(x - y) <= max(OF_INTERVAL * width, tolerance * max(abs(x), abs(y)), NOTHING)


def interval_columns(columns: Sequence[str]) -> dict[str, tuple[str, str]]:
    """By column the ends of its interval: next to an estimate are `low` and `high`, or these with its name."""
    return {
        column: (low, high)
        for estimate, low, high in zip(columns, columns[1:], columns[2:], strict=False)
        if low in ("low", f"{estimate}_low") and high in ("high", f"{estimate}_high")
        for column in (estimate, low, high)
    }


def same_picture(before: bytes, after: bytes) -> bool:
    """Whether two PNGs look the same; ValueError where one is no PNG."""
    a, b = _pixels(before), _pixels(after)
    return a.shape == b.shape and _is_near(a, b) and _is_near(b, a)


def page_parts(page: str) -> list[str | bytes]:
    """What a reader of an HTML page sees, in order: its texts, and its PNGs as bytes.

    Other pictures of a page are published figures, which are judged by themselves.
    """
    parser = _Page()
    parser.feed(page)
    parser.close()
    return parser.parts


def different_parts(
    before: Sequence[str | bytes], after: Sequence[str | bytes]
) -> Iterator[tuple[str, str, str]]:
    """Which parts of two pages are not the same to a reader: what precedes them, and both."""
    if len(before) != len(after):
        yield "in all", f"{len(before)} texts and pictures", str(len(after))
    for place, (a, b) in enumerate(zip(before, after, strict=False)):
        if isinstance(a, bytes) and isinstance(b, bytes) and same_picture(a, b):
            continue
        if a != b:
            preceding = before[max(place - PRECEDING, 0) : place]
            yield f"after {' | '.join(map(_said, preceding))}", _said(a), _said(b)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str | bytes] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in ("style", "script")
        source = dict(attrs).get("src") or ""
        if tag == "img" and source.startswith(PNG):
            self.parts.append(base64.b64decode(source.removeprefix(PNG)))

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in ("style", "script")

    def handle_data(self, data: str) -> None:
        if not self._unseen and data.strip():
            self.parts.append(" ".join(data.split()))


def _said(part: str | bytes) -> str:
    return "a picture" if isinstance(part, bytes) else repr(part)


def _width(row: Row, ends: tuple[str, str] | None) -> float:
    """How wide an interval is; 0 where there is none, or it has no end."""
    low, high = (row.get(end) or "" for end in ends or ("", ""))
    if not (_NUMBER.fullmatch(low) and _NUMBER.fullmatch(high)):
        return 0.0
    return float(high) - float(low)


def _pixels(png: bytes) -> "np.ndarray":
    from matplotlib.image import imread

    try:
        return imread(BytesIO(png), format="png")
    except (OSError, SyntaxError) as error:
        raise ValueError(f"is no PNG: {error}") from error


def _is_near(a: "np.ndarray", b: "np.ndarray") -> bool:
    """Whether each pixel of `a` lies between the darkest and brightest of `b` that are next to its place."""
    from scipy.ndimage import maximum_filter, minimum_filter

    around = (3, 3, 1)[: a.ndim]
    dark, bright = minimum_filter(b, around), maximum_filter(b, around)
    return bool(((a >= dark - OF_COLOUR) & (a <= bright + OF_COLOUR)).all())


# Compare the results of a rerun with published ones: figures, tables, pages and records.

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
