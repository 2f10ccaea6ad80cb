"""Brat stand-off annotation (Stenetorp et al. 2012): a strict parser, and annotation sheets in its format.

A folder of sheets has `NAME.txt` and `NAME.ann` for each pair, and `annotation.conf`. A move is a text-bound
annotation labelled with its slug in each text where it has a span; a relation `counterpart` joins the two.
Offsets are half-open and count code points of the text file.
"""

import os
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from reframing.coding.coded import Coded, CodedPair
from reframing.coding.sheets import COUNTERPART, Mark, Sheet, sheet_with
from reframing.documents.errors import InputError
from reframing.documents.files import read_bytes
from reframing.documents.records import Span, covering
from reframing.moves.catalogue import catalogue

# Parser of brat stand-off annotation.

_OFFSETS = "[0-9]{1,9} [0-9]{1,9}"
_TEXT_BOUND = re.compile(rf"(T[0-9]+)\t(\S+) ({_OFFSETS}(?:;{_OFFSETS})*)\t")
_EVENT = re.compile(r"(E[0-9]+)\t([^\s:]+:T[0-9]+(?: [^\s:]+:[TE][0-9]+)*) *")
_IGNORED = ("#", "A", "M", "R", "*", "N")


@dataclass(frozen=True, slots=True)
class TextBound:
    """A labelled annotation of text; `parts`, sorted by start, has several spans where it is discontinuous."""

    id: str
    label: str
    parts: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """A trigger and its arguments as (role, id of a text-bound annotation or an event), in file order."""

    id: str
    label: str
    trigger: str
    arguments: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Standoff:
    """The text-bound annotations and events of one annotation file, in file order."""

    text_bounds: tuple[TextBound, ...]
    events: tuple[Event, ...]

    def by_id(self) -> dict[str, TextBound]:
        """The text-bound annotations by id."""
        return {bound.id: bound for bound in self.text_bounds}


def parse_brat(annotation: str, text: str, file: str | None = None) -> Standoff:
    """Parse the annotation of `text`; `file` is named in errors.

    Text-bound lines (`T1<TAB>Label 0 5;9 12<TAB>text`) and event lines (`E1<TAB>Label:T1 Role:T2 …`) are read;
    notes (`#`), attributes (`A`, `M`), relations (`R`, `*`) and normalisations (`N`) are ignored. The text
    quoted in a text-bound line may contain line breaks, as the original text does, or spaces in their place;
    the parts of a discontinuous annotation are joined by one space.

    Raises `InputError` with the line number or id on a malformed line, an offset outside the text, a quoted
    text that differs from the text at its offsets, a repeated id, or an undefined argument.
    """
    text_bounds: list[TextBound] = []
    events: list[Event] = []
    for number, line in _stand_off_lines(annotation, text, file):
        if line.startswith("T"):
            text_bounds.append(_text_bound(line, text, file, number))
        elif line.startswith("E"):
            events.append(_event(line, file, number))
        elif not line.startswith(_IGNORED):
            raise InputError("starts like no brat annotation (T, E, #, A, R, …)", file, number)
    _check_ids(text_bounds, events, file)
    return Standoff(tuple(text_bounds), tuple(events))


def _stand_off_lines(annotation: str, text: str, file: str | None) -> Iterator[tuple[int, str]]:
    """Annotations with their line numbers; one whose quoted text contains line breaks spans several lines."""
    at, number = 0, 1
    while at < len(annotation):
        end = annotation.find("\n", at)
        end = len(annotation) if end < 0 else end
        head = _TEXT_BOUND.match(annotation, at)
        if head:
            copied = _copied_text(_parts(head[3]), text)
            if "\n" in copied and annotation.startswith(copied, head.end()):
                end = head.end() + len(copied)
        line = annotation[at:end]
        if line.strip():
            yield number, line.removesuffix("\r")
        number += line.count("\n") + 1
        at = end + 1


def _text_bound(line: str, text: str, file: str | None, number: int) -> TextBound:
    head = _TEXT_BOUND.match(line)
    if not head:
        raise InputError(
            "is no text-bound line: expected id, label and offsets, text, with a tab between",
            file,
            number,
        )
    parts = _parts(head[3])
    for part in parts:
        if not part.start < part.end <= len(text):
            raise InputError(
                f"offsets {part.start} {part.end} lie outside the text of {len(text)} characters",
                file,
                number,
                head[1],
            )
    copied = _copied_text(parts, text)
    if line[head.end() :] not in (copied, copied.replace("\n", " ")):
        raise InputError(
            "the text at the offsets is not the text in the line; is it the right text file?",
            file,
            number,
            head[1],
        )
    return TextBound(head[1], head[2], tuple(sorted(parts)))


def _parts(offsets: str) -> tuple[Span, ...]:
    pairs = (pair.split(" ") for pair in offsets.split(";"))
    return tuple(Span(int(start), int(end)) for start, end in pairs)


def _copied_text(parts: Iterable[Span], text: str) -> str:
    return " ".join(part.of(text) for part in parts)


def _event(line: str, file: str | None, number: int) -> Event:
    match = _EVENT.fullmatch(line)
    if not match:
        raise InputError("is no event line: expected id, tab, Label:T1 Role:T2 …", file, number)
    (label, trigger), *arguments = (pair.rsplit(":", 1) for pair in match[2].split(" "))
    return Event(match[1], label, trigger, tuple((role, id) for role, id in arguments))


def _check_ids(text_bounds: Iterable[TextBound], events: Iterable[Event], file: str | None) -> None:
    known: set[str] = set()
    events = tuple(events)
    for id in [*(bound.id for bound in text_bounds), *(event.id for event in events)]:
        if id in known:
            raise InputError("id occurs twice", file, id)
        known.add(id)
    for event in events:
        for id in (event.trigger, *(id for _, id in event.arguments)):
            if id not in known:
                raise InputError(f"names {id}, which no line defines", file, event.id)


# Annotation sheets as brat folders.

_RELATION = re.compile(rf"(R[0-9]+)\t{COUNTERPART} Arg1:(T[0-9]+) Arg2:(T[0-9]+)\s*")
_UNSAFE = re.compile(r"[^\w.-]+")


def write_brat(folder: Path, sheets: Iterable[tuple[Sheet, tuple[Coded, ...]]]) -> int:
    """Write each sheet with its marked moves, and `annotation.conf`, to `folder`; returns the number of sheets.

    The folder, new or empty, appears only when it is complete. Raises `InputError` where it holds a file, or
    cannot be written to.
    """
    target = Path(os.path.realpath(folder))
    unfinished: Path | None = None
    try:
        if target.is_dir() and any(target.iterdir()):
            raise InputError("holds files already; choose another place", str(folder))
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished = target.with_name(f".{target.name}.{uuid4().hex}.part")
        unfinished.mkdir()
        (unfinished / "annotation.conf").write_text(configuration(), encoding="utf8")
        n = 0
        for n, (sheet, moves) in enumerate(sheets, 1):
            name = f"{n:04}-{_shortened(_UNSAFE.sub('_', sheet.pair.id))}"
            (unfinished / f"{name}.txt").write_bytes(sheet.text.encode())
            (unfinished / f"{name}.ann").write_bytes("".join(_lines(sheet, moves)).encode())
        unfinished.replace(target)
    except OSError as error:
        problem = f"cannot be written to ({error.strerror}); choose another folder"
        raise InputError(problem, str(folder)) from None
    finally:
        if unfinished is not None:
            shutil.rmtree(unfinished, ignore_errors=True)
    return n


def _shortened(name: str) -> str:
    """The beginning of a name that a file system takes: 80 characters, and 200 bytes."""
    return name[:80].encode()[:200].decode(errors="ignore")


def _lines(sheet: Sheet, moves: tuple[Coded, ...]) -> Iterator[str]:
    marks, joined = sheet.marked(moves)
    for mark in marks:
        words = mark.span.of(sheet.text).replace("\n", " ")
        yield f"{mark.id}\t{mark.slug} {mark.span.start} {mark.span.end}\t{words}\n"
    for n, (a, b) in enumerate(joined, 1):
        yield f"R{n}\t{COUNTERPART} Arg1:{a} Arg2:{b}\t\n"


def read_brat_folder(folder: Path, sheets: dict[str, Sheet]) -> Iterator[CodedPair]:
    """The moves marked in each sheet of a folder, in the order of file names.

    `sheets` are the sheets of the given pairs by their `plain` text. Raises `InputError` with file and
    annotation where a file is missing or malformed, or a sheet belongs to no given pair.
    """
    files = sorted(folder.glob("*.ann"))
    if not files:
        raise InputError("holds no .ann file; expected a folder of brat sheets", str(folder))
    read: dict[str, Path] = {}
    for file in files:
        text, annotation = _text_of(file.with_suffix(".txt")), _text_of(file)
        try:
            coded = _coded(sheet_with(sheets, text), text, annotation, str(file))
            if coded.id in read:
                raise InputError(f"is of pair '{coded.id}', as {read[coded.id]} is; keep one")
        except InputError as error:
            raise error.within(str(file)) from None
        read[coded.id] = file
        yield coded


def _text_of(file: Path) -> str:
    try:
        return read_bytes(file).decode("utf8")
    except UnicodeDecodeError:
        raise InputError("is not UTF-8", str(file)) from None
    except InputError as error:
        beside = "" if file.exists() else "; each .ann file has its .txt beside it"
        raise InputError(f"{error.problem}{beside}", str(file)) from None


def _coded(sheet: Sheet, text: str, annotation: str, file: str) -> CodedPair:
    parsed = parse_brat(annotation, text, file)
    if parsed.events:
        raise InputError("is an event; sheets have none", file, record=parsed.events[0].id)
    marks = [Mark(one.id, one.label, covering(one.parts)) for one in parsed.text_bounds]
    joined: dict[str, tuple[str, str]] = {}
    for number, line in _stand_off_lines(annotation, text, file):
        if line.startswith(("R", "*")):
            match = _RELATION.fullmatch(line)
            if match is None:
                problem = f"is no relation `{COUNTERPART} Arg1:T1 Arg2:T2`, the only one of sheets"
                raise InputError(problem, file, number)
            if match[1] in joined:
                raise InputError("id occurs twice", file, match[1])
            joined[match[1]] = (match[2], match[3])
    return CodedPair(sheet.pair.id, sheet.moves(marks, list(joined.values())))


def configuration() -> str:
    """brat's `annotation.conf`: the slugs of all moves, and the relation between the two spans of a move."""
    slugs = "\n".join(catalogue())
    return (
        f"[entities]\n{slugs}\n\n[relations]\n{COUNTERPART}\tArg1:<ENTITY>, Arg2:<ENTITY>\n\n"
        "[events]\n\n[attributes]\n"
    )
