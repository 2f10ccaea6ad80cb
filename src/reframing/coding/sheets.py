"""Annotation sheets: a pair as one text with marked moves, for Label Studio (JSON) and doccano (JSON Lines).

Annotation tools show one text at a time, so a sheet joins the original and the repost. A move has one mark in
each text where it has a span; a relation `counterpart` joins the two. `reframing.coding.brat` writes the same
sheets for brat.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reframing.coding.coded import Coded, CodedPair
from reframing.documents.errors import InputError
from reframing.documents.records import Span
from reframing.moves.catalogue import catalogue
from reframing.reading.articles import GivenPair

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
        for pair in joined:
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

    Only the first annotation of a task that was not cancelled is read. Raises `InputError` with file and task
    where the export is malformed.
    """
    tasks = _json(path.read_bytes(), str(path))
    if not isinstance(tasks, list):
        raise InputError("must be a list of tasks: export it as JSON", str(path))
    for number, task in enumerate(tasks, 1):
        with _located(path, number):
            done = [a for a in task.get("annotations", ()) if not a.get("was_cancelled")]
            results = done[0]["result"] if done else []
            marks = [
                Mark(each["id"], each["value"]["labels"][0], _span(each["value"], "start", "end"))
                for each in results
                if each["type"] == "labels"
            ]
            joined = [(r["from_id"], r["to_id"]) for r in results if r["type"] == "relation"]
            yield _coded(sheet_with(sheets, task["data"]["text"]), marks, joined)


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

    Raises `InputError` with file and line where the export is malformed.
    """
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        if not line.strip():
            continue
        record = _json(line, str(path), number)
        with _located(path, number):
            marks = [
                Mark(str(e["id"]), e["label"], _span(e, "start_offset", "end_offset"))
                for e in record.get("entities", ())
            ]
            joined = [(str(r["from_id"]), str(r["to_id"])) for r in record.get("relations", ())]
            yield _coded(sheet_with(sheets, record["text"]), marks, joined)


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
    return Span(int(value[start]), int(value[end]))


def _json(raw: bytes, file: str, record: int | None = None) -> Any:
    try:
        return json.loads(raw)
    except ValueError as error:
        raise InputError(f"is not JSON: {error}", file, record) from None
