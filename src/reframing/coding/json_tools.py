"""Sheets for Label Studio (a JSON list of tasks) and doccano (JSON Lines)."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from reframing.coding.coded import Coded, CodedPair
from reframing.coding.sheet import COUNTERPART, Mark, Sheet, sheet_with
from reframing.errors import InputError
from reframing.moves.catalogue import catalogue
from reframing.records import Span

Sheets = Iterable[tuple[Sheet, tuple[Coded, ...]]]


def label_studio(sheets: Sheets) -> bytes:
    """Tasks with what is marked as predictions, which annotators correct."""
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
    """Label Studio's labelling interface for these tasks."""
    labels = "\n".join(f'    <Label value="{slug}"/>' for slug in catalogue())
    return (
        f'<View>\n  <Relations><Relation value="{COUNTERPART}"/></Relations>\n'
        f'  <Labels name="move" toName="text">\n{labels}\n  </Labels>\n'
        '  <Text name="text" value="$text" granularity="word"/>\n</View>\n'
    )


def from_label_studio(path: Path, sheets: dict[str, Sheet]) -> Iterator[CodedPair]:
    """What was marked in each task of an export (JSON); the first annotation of a task counts."""
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
    """One sheet a line, with what is marked as entities and relations."""
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
    """What was marked in each line of an export (JSONL with relations)."""
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
    """Errors of a block as `InputError` with file and record."""
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
