"""Sheets as brat stand-off annotation (Stenetorp et al. 2012): `NAME.txt`, `NAME.ann`, `annotation.conf`.

A move is a text-bound with its slug in each text in which it shows; a relation `counterpart` joins the two.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from reframing.coding.coded import Coded, CodedPair
from reframing.coding.sheet import COUNTERPART, Mark, Sheet, sheet_with
from reframing.errors import InputError
from reframing.moves.catalogue import catalogue
from reframing.readers.brat import parse_brat
from reframing.records import covering

_RELATION = re.compile(rf"R[0-9]+\t{COUNTERPART} Arg1:(T[0-9]+) Arg2:(T[0-9]+)\s*", re.MULTILINE)
_UNSAFE = re.compile(r"[^\w.-]+")


def write_brat(folder: Path, sheets: Iterable[tuple[Sheet, tuple[Coded, ...]]]) -> int:
    """Write a sheet and what is marked in it for each pair; returns how many."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "annotation.conf").write_text(configuration(), encoding="utf8")
        n = 0
        for n, (sheet, moves) in enumerate(sheets, 1):
            name = f"{n:04}-{_UNSAFE.sub('_', sheet.pair.id)[:80]}"
            (folder / f"{name}.txt").write_bytes(sheet.text.encode())
            (folder / f"{name}.ann").write_bytes("".join(_lines(sheet, moves)).encode())
    except OSError as error:
        problem = f"cannot be written to ({error.strerror}); choose another folder"
        raise InputError(problem, str(folder)) from None
    return n


def _lines(sheet: Sheet, moves: tuple[Coded, ...]) -> Iterator[str]:
    marks, joined = sheet.marked(moves)
    for mark in marks:
        words = mark.span.of(sheet.text).replace("\n", " ")
        yield f"{mark.id}\t{mark.slug} {mark.span.start} {mark.span.end}\t{words}\n"
    for n, (a, b) in enumerate(joined, 1):
        yield f"R{n}\t{COUNTERPART} Arg1:{a} Arg2:{b}\t\n"


def read_brat_folder(folder: Path, sheets: dict[str, Sheet]) -> Iterator[CodedPair]:
    """What was marked in each sheet of a folder, by name.

    Raises `InputError` that names the file, and the annotation in it.
    """
    files = sorted(folder.glob("*.ann"))
    if not files:
        raise InputError("holds no .ann file; expected a folder of brat sheets", str(folder))
    for file in files:
        try:
            text, annotation = (
                path.read_bytes().decode("utf8") for path in (file.with_suffix(".txt"), file)
            )
        except FileNotFoundError as error:
            raise InputError("is missing beside its .ann file", str(error.filename)) from None
        except UnicodeDecodeError:
            raise InputError("is not UTF-8", str(file)) from None
        try:
            yield _coded(sheet_with(sheets, text), text, annotation, str(file))
        except InputError as error:
            raise error.within(str(file)) from None


def _coded(sheet: Sheet, text: str, annotation: str, file: str) -> CodedPair:
    bounds = parse_brat(annotation, text, file).text_bounds
    marks = [Mark(bound.id, bound.label, covering(bound.parts)) for bound in bounds]
    return CodedPair(sheet.pair.id, sheet.moves(marks, _RELATION.findall(annotation)))


def configuration() -> str:
    """brat's `annotation.conf`: the slugs, and the relation between the two spans of one."""
    slugs = "\n".join(catalogue())
    return (
        f"[entities]\n{slugs}\n\n[relations]\n{COUNTERPART}\tArg1:<ENTITY>, Arg2:<ENTITY>\n\n"
        "[events]\n\n[attributes]\n"
    )
