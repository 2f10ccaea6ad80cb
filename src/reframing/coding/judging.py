"""Moves of a study that readers judged: their sheets, and their verdicts without any text.

A verdict is kept as pair, slug and offsets, with how the move was drawn (`drawing.Design`), which says for how
many moves it stands.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from pathlib import Path
from typing import Any, NamedTuple

from reframing.coding.coded import Coded, coded_pair
from reframing.coding.drawing import Design, design_of
from reframing.csv_text import csv_text
from reframing.errors import InputError
from reframing.moves.catalogue import catalogue
from reframing.readers.articles import checked, records
from reframing.records import Span

VERDICTS = {"right": True, "wrong": False}
CAUSES = (
    "other matter",
    "same in other words",
    "spelling or format",
    "same name",
    "said beside it",
    "said elsewhere",
    "no such marker",
    "furniture",
    "another kind",
    "other",
)
"""Why a move is wrong, where a reader says so.

It is about another matter on the two sides; the other text says the same in other words, in another spelling or
format, by another name, in a sentence beside it or further away; the marked words are no hedge, cue, evaluation
or source here, or belong to the page and not to the article; something did change, but of another kind.
"""

COLUMNS = ("corpus", "pair", "move", "original", "repost", "score")
ALL = "all"


class Judged(NamedTuple):
    """A move with the verdict of each reader, and of each the cause of a wrong one, where it is given.

    `design` is None where nobody knows how the move was drawn: such verdicts stand for nothing but themselves.
    """

    corpus: str
    pair: str
    move: Coded
    score: float
    right: tuple[bool, ...]
    causes: tuple[str, ...] = ()
    design: Design | None = None


def read_sheets(paths: Sequence[Path]) -> list[Judged]:
    """The moves of several readers' sheets with all their verdicts, in the order of the first sheet.

    Raises `InputError` with file, record and field on a line that is no judged move, and where one reader has
    judged a move that another has not.
    """
    sheets = [_sheet(path) for path in paths]
    for path, sheet in zip(paths, sheets, strict=True):
        if alone := sheets[0].keys() ^ sheet.keys():
            corpus, pair, move = min(alone)[:3]
            problem = f"and {paths[0]} differ in {len(alone)} moves, one of them {move} of {corpus}/{pair}"
            raise InputError(problem, str(path))
    return [
        one._replace(
            right=tuple(sheet[key].right[0] for sheet in sheets),
            causes=tuple(sheet[key].causes[0] for sheet in sheets),
        )
        for key, one in sheets[0].items()
    ]


def _sheet(path: Path) -> dict[tuple[str, ...], Judged]:
    """The judged moves of one reader by what tells them apart."""
    found: dict[tuple[str, ...], Judged] = {}
    for number, one in checked(records(path), str(path), _judged):
        key = (one.corpus, one.pair, *map(str, one.move))
        if key in found:
            raise InputError("stands twice", str(path), number, "move")
        found[key] = one
    return found


def _judged(record: Any) -> Judged:
    if not isinstance(record, Mapping):
        raise InputError("must be an object: a line that `reframing study draw` wrote")
    pair = coded_pair({"id": record.get("pair"), "moves": [record]})
    verdict, score = record.get("verdict"), record.get("score")
    cause = record.get("cause") or ""
    if verdict not in VERDICTS:
        problem = "is not filled in; must be" if verdict is None else "must be"
        raise InputError(f"{problem} {' or '.join(VERDICTS)}", None, pair.id, "verdict")
    if not _fits(verdict, cause):
        raise InputError(f"is of a wrong move, one of {', '.join(CAUSES)}", None, pair.id, "cause")
    if not isinstance(score, int | float):
        raise InputError("must be a number", None, pair.id, "score")
    design = design_of(record, None, pair.id)
    corpus = str(record.get("corpus"))
    return Judged(corpus, pair.id, pair.moves[0], score, (VERDICTS[verdict],), (cause,), design)


def _fits(verdict: str, cause: str) -> bool:
    return not cause or (verdict == "wrong" and cause in CAUSES)


def write_judged(path: Path, readers: Sequence[str], judged: Iterable[Judged]) -> None:
    """The verdicts of several readers as TSV, without text: spans as START-END, verdicts as `wrong: CAUSE`."""
    with path.open("w", encoding="utf8", newline="") as out:
        writer = csv.writer(out, delimiter="\t", lineterminator="\n")
        writer.writerow((*COLUMNS, *Design._fields, *readers))
        for one in judged:
            slug, original, repost = one.move
            row = (one.corpus, one.pair, slug, _offsets(original), _offsets(repost))
            drawn = map(str, one.design or repeat("", len(Design._fields)))
            said = map(_word, one.right, one.causes or repeat(""))
            writer.writerow((*row, f"{one.score:.2f}", *drawn, *said))


def _word(right: bool, cause: str) -> str:
    if right:
        return "right"
    return f"wrong: {cause}" if cause else "wrong"


def _offsets(span: Span | None) -> str:
    return "" if span is None else f"{span.start}-{span.end}"


def read_judged(path: Path) -> list[Judged]:
    """The verdicts that `write_judged` wrote; `InputError` with line and field where one cannot be read."""
    try:
        with path.open(encoding="utf8", newline="") as lines:
            rows = csv.DictReader(lines, delimiter="\t")
            known = {*COLUMNS, *Design._fields}
            readers = [column for column in rows.fieldnames or () if column not in known]
            if not readers:
                raise InputError(
                    "has no column of a reader; see `reframing study judged`", str(path)
                )
            return [_row(path, number, row, readers) for number, row in enumerate(rows, 2)]
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", str(path)) from error


def _row(path: Path, number: int, row: Mapping[str, str], readers: Sequence[str]) -> Judged:
    field = ""
    try:
        spans = []
        for field in ("original", "repost"):
            start, dash, end = row[field].partition("-")
            spans.append(Span(int(start), int(end)) if dash else None)
        field = "score"
        score = float(row[field])
        said = []
        for field in readers:
            verdict, _, cause = row[field].partition(": ")
            if not _fits(verdict, cause):
                raise ValueError(cause)
            said.append((VERDICTS[verdict], cause))
    except (KeyError, ValueError, AttributeError) as error:
        raise InputError(
            "cannot be read; see `reframing study judged`", str(path), number, field
        ) from error
    right, causes = zip(*said, strict=True)
    design = design_of(row, str(path), number) if row.get("stratum") else None
    move = Coded(row["move"], *spans)
    return Judged(row["corpus"], row["pair"], move, score, right, causes, design)


def causes_csv(judged: Iterable[Judged]) -> str:
    """Why moves are wrong: how many verdicts name each cause, by slug and of all, the most frequent first."""
    order = {slug: place for place, slug in enumerate((*catalogue(), ALL))}
    counts = Counter(
        (slug, cause)
        for one in judged
        for cause in one.causes
        if cause
        for slug in (one.move.move, ALL)
    )
    counted = sorted(counts.items(), key=lambda c: (order[c[0][0]], -c[1], c[0][1]))
    rows = ((slug, cause, n) for (slug, cause), n in counted)
    return csv_text((("move", "cause", "verdicts"), *rows))
