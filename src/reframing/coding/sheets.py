"""Annotation sheets: a pair as one text with marked moves, for Label Studio (JSON) and doccano (JSON Lines).

Annotation tools show one text at a time, so a sheet joins the original and the repost. A move has one mark in
each text where it has a span; a relation `counterpart` joins the two. `reframing.coding.brat` writes the same
sheets for brat.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from reframing.coding.coded import Coded, CodedPair
from reframing.documents.errors import InputError
from reframing.documents.files import read_bytes
from reframing.documents.records import Span
from reframing.moves.catalogue import catalogue
from reframing.reading.articles import GivenPair
from reframing.reading.fields import decode, strict_json

# A pair as one text: the original, then the repost.

ORIGINAL, REPOST = "ORIGINAL\n\n", "\n\nREPOST\n\n"
COUNTERPART = "counterpart"
"""Name of the relation that joins the two spans of a move."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A labelled span of a sheet."""

    id: str
    slug: str
    span: Span


@dataclass(frozen=True, slots=True)
class Sheet:
    """The text of a sheet, and the spans of its two articles in it."""

    pair: GivenPair
    text: str
    original: Span
    repost: Span

    def marked(self, moves: tuple[Coded, ...]) -> tuple[list[Mark], list[tuple[str, str]]]:
        """Marks for `moves`, with ids T1, T2, …, and the pairs of ids that belong to one move."""
        marks: list[Mark] = []
        joined: list[tuple[str, str]] = []
        for move in moves:
            ids = []
            for span, at in ((move.original, self.original), (move.repost, self.repost)):
                if span is not None:
                    ids.append(f"T{len(marks) + 1}")
                    here = Span(at.start + span.start, at.start + span.end)
                    marks.append(Mark(ids[-1], move.move, here))
            if len(ids) == 2:
                joined.append((ids[0], ids[1]))
        return marks, joined

    def moves(self, marks: list[Mark], joined: list[tuple[str, str]]) -> tuple[Coded, ...]:
        """The moves of `marks` and `joined` (pairs of ids), in the repost's order; an unjoined mark is a move.

        Raises `InputError` where a label is not a slug, a mark lies outside both texts, or a relation joins two
        marks of one text or of different slugs, or names an unknown mark.
        """
        by_id = {mark.id: mark for mark in marks}
        if len(by_id) < len(marks):
            ids = [mark.id for mark in marks]
            twice = next(id for id in ids if ids.count(id) > 1)
            raise InputError("id occurs twice", None, self.pair.id, twice)
        for mark in marks:
            if mark.slug not in catalogue():
                problem = f"'{mark.slug}' is no slug of the catalogue of moves"
                raise InputError(problem, None, self.pair.id, mark.id)
        for id in (id for pair in joined for id in pair):
            if id not in by_id:
                problem = "a relation names it, but nothing is marked so"
                raise InputError(problem, None, self.pair.id, id)
        found = []
        taken: set[str] = set()
        pairs = [frozenset(pair) for pair in joined]
        for pair in joined:
            if pairs.count(frozenset(pair)) > 1:
                problem = "are joined twice; keep one relation"
                raise InputError(problem, None, self.pair.id, f"{pair[0]}–{pair[1]}")
            sides = sorted((self._placed(by_id[id]) for id in pair), key=lambda placed: placed[0])
            slugs = {by_id[id].slug for id in pair}
            if [side for side, _ in sides] != ["original", "repost"] or len(slugs) > 1:
                problem = "joins marks that are not of one move: one in each text, one slug"
                raise InputError(problem, None, self.pair.id, f"{pair[0]}–{pair[1]}")
            found.append(Coded(slugs.pop(), sides[0][1], sides[1][1]))
            taken.update(pair)
        for mark in marks:
            if mark.id not in taken:
                side, span = self._placed(mark)
                original, repost = (span, None) if side == "original" else (None, span)
                found.append(Coded(mark.slug, original, repost))
        return tuple(sorted(found, key=_place))

    def _placed(self, mark: Mark) -> tuple[str, Span]:
        for side, at in (("original", self.original), ("repost", self.repost)):
            if at.contains(mark.span):
                return side, Span(mark.span.start - at.start, mark.span.end - at.start)
        problem = "lies outside the two texts; mark words of the original or of the repost"
        raise InputError(problem, None, self.pair.id, mark.id)


def sheet_of(pair: GivenPair) -> Sheet:
    """The sheet of a pair."""
    original = Span(len(ORIGINAL), len(ORIGINAL) + len(pair.original.text))
    start = original.end + len(REPOST)
    text = f"{ORIGINAL}{pair.original.text}{REPOST}{pair.repost.text}\n"
    return Sheet(pair, text, original, Span(start, start + len(pair.repost.text)))


def sheet_with(sheets: dict[str, Sheet], text: str) -> Sheet:
    """The sheet with this text, from `sheets` by `plain` text; raises `InputError` where there is none."""
    key = plain(text)
    if key not in sheets:
        raise InputError("is the sheet of no given pair; export the sheets from the same pairs")
    return sheets[key]


def by_text(sheets: Iterable[Sheet]) -> dict[str, Sheet]:
    """Sheets by `plain` text; raises `InputError` where two pairs have the same texts."""
    found: dict[str, Sheet] = {}
    for sheet in sheets:
        other = found.setdefault(plain(sheet.text), sheet)
        if other is not sheet:
            problem = f"has the same texts as pair '{other.pair.id}'; annotate one of them"
            raise InputError(problem, record=sheet.pair.id)
    return found


def plain(text: str) -> str:
    """Text as a key of a sheet: tools may convert line ends or drop the last one."""
    return text.replace("\r\n", "\n").rstrip("\n")


def _place(move: Coded) -> tuple[tuple[float, float], tuple[float, float], str]:
    nowhere = (float("inf"), float("inf"))
    return move.repost or nowhere, move.original or nowhere, move.move


# Formats of Label Studio and doccano.

Sheets = Iterable[tuple[Sheet, tuple[Coded, ...]]]


def label_studio(sheets: Sheets) -> bytes:
    """Label Studio tasks (a JSON list), with the moves as predictions that annotators correct."""
    tasks = []
    for number, (sheet, moves) in enumerate(sheets, 1):
        marks, joined = sheet.marked(moves)
        result: list[dict[str, Any]] = [
            {
                "id": mark.id,
                "type": "labels",
                "from_name": "move",
                "to_name": "text",
                "value": {
                    "start": mark.span.start,
                    "end": mark.span.end,
                    "text": mark.span.of(sheet.text),
                    "labels": [mark.slug],
                },
            }
            for mark in marks
        ]
        result += [
            {"type": "relation", "from_id": a, "to_id": b, "direction": "bi"} for a, b in joined
        ]
        tasks.append(
            {
                "id": number,
                "data": {"pair": sheet.pair.id, "text": sheet.text},
                "predictions": [{"model_version": "reframing", "result": result}],
            }
        )
    return json.dumps(tasks, ensure_ascii=False, indent=1).encode() + b"\n"


def label_studio_interface() -> str:
    """Label Studio's labelling interface (XML) for these tasks."""
    labels = "\n".join(f'    <Label value="{slug}"/>' for slug in catalogue())
    return (
        f'<View>\n  <Relations><Relation value="{COUNTERPART}"/></Relations>\n'
        f'  <Labels name="move" toName="text">\n{labels}\n  </Labels>\n'
        '  <Text name="text" value="$text" granularity="word"/>\n</View>\n'
    )


def from_label_studio(path: Path, sheets: dict[str, Sheet]) -> Iterator[CodedPair]:
    """The moves marked in each task of a Label Studio export (JSON).

    A task without an annotation, or of which all were cancelled, has no moves. Raises `InputError` with file
    and task where the export is malformed, a task has several annotations, or a pair several tasks.
    """
    tasks = _json(read_bytes(path), str(path))
    if not isinstance(tasks, list):
        raise InputError("must be a list of tasks: export it as JSON", str(path))
    yield from _each_once(path, enumerate(tasks, 1), partial(_of_task, sheets))


def _of_task(sheets: dict[str, Sheet], task: Any) -> CodedPair:
    given = task.get("annotations", [])
    if not isinstance(given, list):
        raise InputError("must be a list", field="annotations")
    done = [one for one in given if not one.get("was_cancelled")]
    if len(done) > 1:
        raise InputError(f"has {len(done)} annotations; export those of one annotator at a time")
    results = done[0]["result"] if done else []
    marks: list[Mark] = []
    joined = []
    for each in results:
        if each["type"] == "labels":
            marks.append(
                Mark(_text(each, "id"), _label(each), _span(each["value"], "start", "end"))
            )
        elif each["type"] == "relation":
            if each.get("labels") not in (None, [], [COUNTERPART]):
                raise InputError(f"is no relation `{COUNTERPART}`", field=_text(each, "from_id"))
            joined.append((_text(each, "from_id"), _text(each, "to_id")))
        else:
            problem = "is of a type that sheets do not have; they have labels and relations"
            raise InputError(problem, field=str(each["type"]))
    return _coded(sheet_with(sheets, _text(task["data"], "text")), marks, joined)


def _label(result: Any) -> str:
    labels = result["value"]["labels"]
    if not isinstance(labels, list) or len(labels) != 1:
        raise InputError("must have one label", field=_text(result, "id"))
    return str(labels[0])


def doccano(sheets: Sheets) -> bytes:
    """doccano records (JSON Lines), one sheet per line, with the moves as entities and relations."""
    lines = []
    for number, (sheet, moves) in enumerate(sheets, 1):
        marks, joined = sheet.marked(moves)
        ids = {mark.id: place for place, mark in enumerate(marks, 1)}
        record = {
            "id": number,
            "pair": sheet.pair.id,
            "text": sheet.text,
            "entities": [
                {
                    "id": ids[mark.id],
                    "label": mark.slug,
                    "start_offset": mark.span.start,
                    "end_offset": mark.span.end,
                }
                for mark in marks
            ],
            "relations": [
                {"id": place, "from_id": ids[a], "to_id": ids[b], "type": COUNTERPART}
                for place, (a, b) in enumerate(joined, 1)
            ],
        }
        lines.append(json.dumps(record, ensure_ascii=False) + "\n")
    return "".join(lines).encode()


def from_doccano(path: Path, sheets: dict[str, Sheet]) -> Iterator[CodedPair]:
    """The moves marked in each line of a doccano export (JSONL with relations).

    Raises `InputError` with file and line where the export is malformed, or a pair has several lines.
    """
    lines = (
        (number, _json(line, str(path), number))
        for number, line in enumerate(read_bytes(path).split(b"\n"), 1)
        if line.strip()
    )
    yield from _each_once(path, lines, partial(_of_line, sheets))


def _of_line(sheets: dict[str, Sheet], record: Any) -> CodedPair:
    marks = [
        Mark(_number(e, "id"), _text(e, "label"), _span(e, "start_offset", "end_offset"))
        for e in record["entities"]
    ]
    for relation in record["relations"]:
        if relation.get("type", COUNTERPART) != COUNTERPART:
            raise InputError(f"is no relation `{COUNTERPART}`", field=str(relation["type"]))
    joined = [(_number(r, "from_id"), _number(r, "to_id")) for r in record["relations"]]
    return _coded(sheet_with(sheets, _text(record, "text")), marks, joined)


def _each_once(
    path: Path, given: Iterable[tuple[int, Any]], coded: Callable[[Any], CodedPair]
) -> Iterator[CodedPair]:
    """The coded pair of each numbered record; raises `InputError` where a pair occurs twice, or none does."""
    places: dict[str, int] = {}
    for number, record in given:
        with _located(path, number):
            pair = coded(record)
            if pair.id in places:
                problem = f"is of pair '{pair.id}', as record {places[pair.id]} is; keep one"
                raise InputError(problem, str(path), number)
        places[pair.id] = number
        yield pair
    if not places:
        raise InputError("holds no sheet; is it what the tool exported?", str(path))


@contextmanager
def _located(path: Path, number: int) -> Iterator[None]:
    """Re-raise errors of the block as `InputError` with file and record number."""
    try:
        yield
    except InputError as error:
        raise error.within(str(path), number) from None
    except KeyError as error:
        raise InputError(f"lacks {error}, which the tool exports", str(path), number) from None
    except (TypeError, AttributeError, IndexError):
        raise InputError("is not built as the tool exports it", str(path), number) from None


def _coded(sheet: Sheet, marks: list[Mark], joined: list[tuple[str, str]]) -> CodedPair:
    return CodedPair(sheet.pair.id, sheet.moves(marks, joined))


def _span(value: Mapping[str, Any], start: str, end: str) -> Span:
    first, last = value[start], value[end]
    if not (type(first) is type(last) is int and 0 <= first < last):
        raise InputError(f"must be numbers with 0 ≤ {start} < {end}", field=f"{start}, {end}")
    return Span(first, last)


def _text(record: Mapping[str, Any], key: str) -> str:
    if not isinstance(record[key], str):
        raise InputError("must be text", field=key)
    return record[key]


def _number(record: Mapping[str, Any], key: str) -> str:
    """A whole number or text that identifies something, as text."""
    if type(record[key]) not in (int, str):
        raise InputError("must be a number", field=key)
    return str(record[key])


def _json(raw: bytes, file: str, record: int | None = None) -> Any:
    try:
        return strict_json(decode(raw))
    except InputError as error:
        raise error.within(file, record) from None
