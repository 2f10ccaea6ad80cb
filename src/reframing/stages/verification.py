"""Compare the results of a rerun with published ones: figures, tables, pages and records.

Results are files below a folder `results/`: tables (tables/<corpus>/*.csv); figures (figures/<corpus>/
with data as csv, drawings as pdf, svg and png, a caption and a citation); pages (notebooks/<corpus>/*.html)
and tables as they are printed (tables/print/*.html, *.tex); records of the benchmarks (*.json); and manifests
(figures/manifest.json, manifests/<corpus>.json) that name each figure's files with their SHA-256.

A result is *identical* if its bytes are. It is *equal within tolerance* if no figure, no printed number
and no decision of a test has changed for a reader:

- Tables and records: an estimate and the ends of its interval have moved by at most a hundredth of the
  interval; a p- or q-value by at most what a hundredth of the 95% interval of its estimate amounts to, in
  standard errors; a number without an interval by at most a given share of itself. Everything else, such
  as the decision of a test, is identical.
- Pictures: no pixel is further than an eighth of the colour scale outside the range of the colours within
  one pixel of its place in the other picture, so that no edge has moved by more than a pixel.
- Pages and printed tables: the text is identical, and with it every printed number; the pictures look the same.
- Figures: by their data, caption, citation and png; pdf and svg are drawings of the same data.

Otherwise a result *differs*, and the differences are listed. Manifests are not compared, because their
content follows from the files. A figure also differs if one of its files is not the one that its own
manifest names.
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
from math import isfinite
from statistics import NormalDist
from typing import TYPE_CHECKING, Any, NamedTuple

from reframing.documents.errors import InputError
from reframing.report.printed_tables import interval_columns

# Equality within tolerance of numbers, pictures and pages.

if TYPE_CHECKING:
    import numpy as np

Row = Mapping[str, str | None]
"""Cells as text by the names of their columns."""

OF_INTERVAL = 0.01
"""The share of its interval by which an estimate may move."""

OF_COLOUR = 0.125
"""The share of the colour range by which a pixel may change."""

NOTHING = 1e-12
"""Numbers no further apart than this are the same number up to rounding error, zero included."""

PRECEDING = 2
"""The number of parts of a page that are shown before one that differs."""

P_VALUES = ("p", "q")
STANDARD_ERRORS = OF_INTERVAL * 2 * NormalDist().inv_cdf(0.975)
PNG = "data:image/png;base64,"

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)


def changed(before: Row, after: Row, tolerance: float) -> list[str]:
    """The columns in which two rows are not equal within tolerance.

    `tolerance` is for numbers without an interval: the largest difference as a share of the larger
    number.

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
    """Whether two cells are equal within tolerance; `width` is that of the number's interval, 0 without one."""
    if a == b:
        return True
    if a is None or b is None or not (_NUMBER.fullmatch(a) and _NUMBER.fullmatch(b)):
        return False
    x, y = float(a), float(b)
    if not (isfinite(x) and isfinite(y)):
        return False
    if column in P_VALUES and 0 < x <= 1 and 0 < y <= 1:
        normal = NormalDist()
        return abs(normal.inv_cdf(x / 2) - normal.inv_cdf(y / 2)) <= STANDARD_ERRORS
    return abs(x - y) <= max(OF_INTERVAL * width, tolerance * max(abs(x), abs(y)), NOTHING)


def same_picture(before: bytes, after: bytes) -> bool:
    """Whether two PNGs look the same; raises ValueError if one is not a PNG."""
    a, b = _pixels(before), _pixels(after)
    return a.shape == b.shape and _is_near(a, b) and _is_near(b, a)


def page_parts(page: str) -> list[str | bytes]:
    """What a reader of an HTML page sees, in order: its texts, and its embedded PNGs as bytes.

    Other pictures of a page are published figures, which are compared by themselves.
    """
    parser = _Page()
    parser.feed(page)
    parser.close()
    return parser.parts


def tex_parts(source: str) -> list[str | bytes]:
    """The lines of a LaTeX table, without blanks at their ends and without empty lines."""
    return [line.strip() for line in source.splitlines() if line.strip()]


def different_parts(
    before: Sequence[str | bytes], after: Sequence[str | bytes]
) -> Iterator[tuple[str, str, str]]:
    """The parts of two pages that differ for a reader: (place, published, rerun), all as text."""
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
    """The width of an interval; 0 if there is none or an end is missing."""
    low, high = (row.get(end) or "" for end in ends or ("", ""))
    if not (_NUMBER.fullmatch(low) and _NUMBER.fullmatch(high)):
        return 0.0
    width = float(high) - float(low)
    return width if isfinite(width) and width > 0 else 0.0


def _pixels(png: bytes) -> "np.ndarray":
    from matplotlib.image import imread

    try:
        return imread(BytesIO(png), format="png")
    except (OSError, SyntaxError, MemoryError, ValueError) as error:
        raise ValueError(f"is no PNG: {error}") from error


def _is_near(a: "np.ndarray", b: "np.ndarray") -> bool:
    """Whether each pixel of `a` is within tolerance of the range of `b` within one pixel of its place."""
    from scipy.ndimage import maximum_filter, minimum_filter

    around = (3, 3, 1)[: a.ndim]
    dark, bright = minimum_filter(b, around), maximum_filter(b, around)
    return bool(((a >= dark - OF_COLOUR) & (a <= bright + OF_COLOUR)).all())


# Findings on figures, tables, pages and records.

PREFIX = "results/"
FIGURES = "figures/"
MANIFEST = "figures/manifest.json"
MANIFESTS = "manifests/"
BY_CORPUS = ("tables/", FIGURES, "notebooks/")
RECORDS = ("validation.json", "perturbation.json")
_KINDS = {"csv": "table", "parquet": "table", "html": "page", "tex": "page"}


class Verdict(StrEnum):
    """How a rerun compares with what was published, from best to worst.

    What belongs to a corpus of which nothing was published, such as one of the user's own, is not compared.
    """

    UNPUBLISHED = "not published"
    IDENTICAL = "identical"
    EQUAL = "equal within tolerance"
    DIFFERS = "differs, here"


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict on one figure (by id), or table, page or record (by path), with its differences."""

    kind: str
    name: str
    verdict: Verdict
    differences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Results:
    """Published or rerun results: files by their path below `results/`, and figures by id.

    A figure maps the paths of its files to the SHA-256 in its manifest; `processors` has the class of the
    processor on which it was made, if the manifest names one.
    """

    files: Mapping[str, bytes]
    figures: Mapping[str, Mapping[str, str]]
    processors: Mapping[str, str] = field(default_factory=dict)

    @property
    def tables(self) -> list[str]:
        return sorted(path for path in self.files if kind_of(path) == "table")


class Rows(NamedTuple):
    """A table, or a record in the form of one: its header, and its rows by name."""

    columns: Sequence[str]
    rows: Mapping[str, Row]


def is_result(path: str) -> bool:
    """Whether the pipeline makes a file below `results/`; measured run times do not count."""
    return path.startswith((*BY_CORPUS, MANIFESTS)) or path in RECORDS


def kind_of(path: str) -> str | None:
    """The kind of a file that is compared by itself: table, page or record; None for other files."""
    if path in RECORDS:
        return "record"
    return _KINDS.get(path.rpartition(".")[2])


def results_of(files: Mapping[str, bytes]) -> Results:
    """Results from files by path; raises `InputError` if a manifest is malformed.

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
    """The part of the results that belongs to one corpus."""
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
    """Findings on every figure, then on every other file of either side, sorted.

    `tolerance` is the largest difference of two numbers without an interval, as a share of the larger.
    Raises `InputError` if a file is not in the format that its name implies.
    """
    own = _corpora(rerun) - _corpora(published)
    alone = {
        path: Finding(kind, path, Verdict.UNPUBLISHED)
        if _corpus_of(path) in own
        else _file(kind, path, published, rerun, tolerance)
        for path in sorted({*published.files, *rerun.files})
        if (kind := kind_of(path))
    }
    for id in sorted({*published.figures, *rerun.figures}):
        if own.intersection(map(_corpus_of, rerun.figures.get(id, ()))):
            yield Finding("figure", id, Verdict.UNPUBLISHED)
        else:
            yield _figure(id, published, rerun, alone)
    yield from alone.values()


def _corpora(results: Results) -> set[str]:
    """The corpora that have results: folders below those of `BY_CORPUS`."""
    return {corpus for path in results.files if (corpus := _corpus_of(path))}


def _corpus_of(path: str) -> str:
    """The corpus to which a file belongs; empty if it belongs to none, or to several."""
    for folder in BY_CORPUS:
        if path.startswith(folder) and "/" in path.removeprefix(folder):
            return path.removeprefix(folder).partition("/")[0]
    return ""


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
    """Files of a figure that are missing or not those named in the manifest of the same side."""
    for path, digest in sorted(results.figures[id].items()):
        if path not in results.files:
            yield f"{path}: the {side} manifest names it, but there is no such file"
        elif sha256(results.files[path]).hexdigest() != digest:
            yield f"{path}: is not the file that the {side} manifest names"


def _redrawn(
    path: str, published: Results, rerun: Results, alone: Mapping[str, Finding]
) -> Iterator[str]:
    """The differences in one file of a figure that somebody looking at it would notice."""
    before, after = published.files.get(path), rerun.files.get(path)
    if path in alone:
        if alone[path].verdict is Verdict.DIFFERS:
            yield f"{path}: see there"
    elif before is None or after is None:
        yield f"{path}: {_missing(before is not None)}"
    elif path.endswith(".png"):
        if not _same_picture(path, before, after):
            yield f"{path}: looks different"
    elif path.endswith((".txt", ".bib")):
        yield f"{path}: the {'caption' if path.endswith('.txt') else 'citation'} reads differently"
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
    parts = tex_parts if path.endswith(".tex") else page_parts
    try:
        for place, a, b in different_parts(parts(before), parts(after)):
            yield f"{place}: {a} published, {b} rerun"
    except ValueError as error:
        raise InputError(f"holds a picture that {error}", path) from error


def _row_differences(before: Rows, after: Rows, tolerance: float) -> Iterator[str]:
    """Where two tables differ, by the names of rows and columns."""
    if before.columns != after.columns:
        columns = (",".join(rows.columns) for rows in (before, after))
        yield "columns {} published, {} rerun".format(*columns)
        return
    if len(before.rows) != len(after.rows):
        yield f"{len(before.rows)} rows published, {len(after.rows)} rerun"
    elif before.rows.keys() != after.rows.keys():
        yield from (f"{name}: {_missing(True)}" for name in before.rows if name not in after.rows)
        yield from (f"{name}: {_missing(False)}" for name in after.rows if name not in before.rows)
    for name, old in before.rows.items():
        new = after.rows.get(name, old)
        for column in changed(old, new, tolerance):
            a, b = old.get(column), new.get(column)
            yield f"{name}, column '{column}': {a!r} published, {b!r} rerun"


def _table(path: str, side: str, text: str) -> Rows:
    """A CSV table; its rows are numbered from 1, below the header."""
    try:
        header, *rows = list(csv.reader(io.StringIO(text, newline=""), strict=True)) or [[]]
    except csv.Error as error:
        raise InputError(f"is no CSV table in the {side} results ({error})", path) from error
    if twice := next((name for name in header if header.count(name) > 1), None):
        raise InputError(f"has a column twice in the {side} results", path, field=twice)
    names = [*header, *map(str, range(len(header) + 1, max(map(len, rows), default=0) + 1))]
    return Rows(
        header, {f"row {i}": dict(zip(names, row, strict=False)) for i, row in enumerate(rows, 1)}
    )


def _record(path: str, side: str, text: str) -> Rows:
    """A JSON record as rows: each object and each list in it is one, named by its path.

    Text that could be a number is not taken for one: it is shown in quotation marks.
    """
    try:
        record = json.loads(text, object_pairs_hook=_once)
        if not isinstance(record, dict | list):
            raise ValueError("it is one value")
        return Rows((), dict(_objects(record, "top")))
    except (ValueError, RecursionError) as error:
        raise InputError(f"is no JSON in the {side} results ({error})", path) from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON; raises ValueError if it has a key twice."""
    keys = [key for key, _ in pairs]
    if len(set(keys)) < len(keys):
        twice = next(key for n, key in enumerate(keys) if key in keys[:n])
        raise ValueError(f"the key '{twice}' occurs twice")
    return dict(pairs)


def _objects(value: Any, place: str) -> Iterator[tuple[str, Row]]:
    items = value.items() if isinstance(value, dict) else enumerate(value, 1)
    inner = {str(key): item for key, item in items}
    yield place, {k: _cell(v) for k, v in inner.items() if not isinstance(v, dict | list)}
    for key, item in inner.items():
        if isinstance(item, dict | list):
            yield from _objects(item, f"{place} {key}{'[]' * isinstance(item, list)}")


def _cell(value: Any) -> str:
    """A value of JSON as the text of a cell."""
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return json.dumps(value)
    return str(value)


def _decoded(path: str, side: str, content: bytes) -> str:
    """The text of a file; of a Parquet table the same table as CSV."""
    if path.endswith(".parquet"):
        return _parquet_as_csv(path, side, content)
    try:
        return content.decode("utf8")
    except UnicodeDecodeError as error:
        raise InputError(
            f"is not UTF-8 in the {side} results (byte {error.start})", path
        ) from error


def _parquet_as_csv(path: str, side: str, content: bytes) -> str:
    import pyarrow as pa
    from pyarrow import csv as arrow_csv
    from pyarrow import parquet

    out = pa.BufferOutputStream()
    try:
        arrow_csv.write_csv(parquet.read_table(pa.BufferReader(content)), out)
    except (OSError, pa.ArrowException, ValueError) as error:
        raise InputError(f"is no Parquet table in the {side} results ({error})", path) from error
    return str(out.getvalue().to_pybytes().decode("utf8"))


def _declared(path: str, content: bytes) -> Iterator[tuple[str, dict[str, str], str]]:
    """The figures of one manifest: id, SHA-256 of its files by their path below `results/`, processor."""
    seen: set[str] = set()
    try:
        for entry in json.loads(content, object_pairs_hook=_once)["figures"]:
            id, processor = entry["id"], entry.get("processor") or ""
            files = {name.removeprefix(PREFIX): sha for name, sha in entry["files"].items()}
            if not all(isinstance(text, str) for text in (id, processor, *files.values())):
                raise TypeError("a value is no text")
            if id in seen:
                raise ValueError(f"the figure '{id}' occurs twice")
            seen.add(id)
            yield id, files, processor
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise InputError(f"is no manifest of figures ({error!r})", path) from error


def _missing(published: bool) -> str:
    return "published, not in the rerun" if published else "in the rerun, not published"
