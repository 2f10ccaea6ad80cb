"""The commands `reframing export`, `import` and `agreement`: moves that people annotate."""

import math
import os
from collections.abc import Callable, Iterator, Sequence, Sized
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

import typer

from reframing.commands.batch import check_files, check_lines, standard_input
from reframing.commands.options import Out
from reframing.documents.errors import InputError
from reframing.documents.messages import warn
from reframing.documents.writers import record_writer, replacing

# `reframing export`: pairs as sheets for annotators, in brat, Label Studio or doccano.

Read = TypeVar("Read")
Tool = Literal["brat", "label-studio", "doccano"]
PairsToExport = Annotated[
    Path,
    typer.Argument(
        metavar="PAIRS.jsonl",
        help='JSON lines of {"id", "original": {article}, "repost": {article}}, or -.',
        show_default=False,
    ),
]
To = Annotated[Tool, typer.Option(help="The annotation tool.", show_default=False)]
Place = Annotated[
    Path,
    typer.Option(
        metavar="PLACE",
        help="A folder for brat, a .json file for Label Studio, a .jsonl file for doccano.",
        show_default=False,
    ),
]
Moves = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Mark these moves beforehand (.jsonl): what `reframing compare` or `import` wrote.",
        show_default=False,
    ),
]


def export(pairs: PairsToExport, to: To, out: Place, moves: Moves = None) -> None:
    """Write pairs as sheets to annotate. Both texts, with the moves of the codebook as labels.

    Example: reframing export pairs.jsonl --to brat --out sheets
    """
    from reframing.coding.brat import write_brat
    from reframing.coding.coded import Coded, check_within, read_coded
    from reframing.coding.sheets import (
        Sheet,
        by_text,
        doccano,
        label_studio,
        label_studio_interface,
        sheet_of,
    )
    from reframing.reading.articles import read_pairs

    check_files([pairs, *([] if moves is None else [moves])], None if to == "brat" else out)
    check_free(out, to)
    if moves is not None:
        check_lines(moves)
    marked = {} if moves is None else read_coded(moves, standard_input())
    given = list(read_pairs(pairs, standard_input()))
    _of_file(pairs, lambda: by_text(map(sheet_of, given)))

    def sheets() -> Iterator[tuple[Sheet, tuple[Coded, ...]]]:
        for pair in given:
            of_pair = marked.get(pair.id, ())
            check_within(pair, of_pair, str(moves))
            yield sheet_of(pair), of_pair

    unknown = sorted(marked.keys() - {pair.id for pair in given})
    if unknown:
        raise InputError("is no pair of the given ones", str(moves), unknown[0], "id")
    if to == "brat":
        write_brat(out, sheets())
        return
    written = label_studio(sheets()) if to == "label-studio" else doccano(sheets())
    with replacing(out) as file:
        file.write(written)
        file.flush()
        if to == "label-studio":
            with replacing(_interface(out)) as beside:
                beside.write(label_studio_interface().encode())


def check_free(out: Path, to: Tool) -> None:
    """Raise if the suffix is wrong, or something is there that would be written over, perhaps filled in."""
    wanted = {"brat": None, "label-studio": ".json", "doccano": ".jsonl"}[to]
    if wanted is not None and out.suffix != wanted:
        raise InputError(f"must end in {wanted} for {to}", str(out), field="--out")
    try:
        taken = out.exists() if to != "brat" or not out.is_dir() else any(out.iterdir())
    except OSError as error:
        raise InputError(
            f"cannot be read ({error.strerror}); choose another place", str(out)
        ) from None
    if taken:
        raise InputError("holds sheets already; choose another place", str(out), field="--out")
    if to == "label-studio" and _interface(out).exists():
        problem = f"is written beside {out.name}, and is there already; choose another place"
        raise InputError(problem, str(_interface(out)))


def _interface(out: Path) -> Path:
    """The file of the labelling interface, beside the tasks of Label Studio."""
    return out.with_suffix(".xml")


def _of_file(file: Path, read: Callable[[], Read]) -> Read:
    """What a function returns, with the file in its `InputError`."""
    try:
        return read()
    except InputError as error:
        raise error.within(str(file)) from None


# `reframing import`: what annotators marked in sheets, as records.

Sheets = Annotated[
    Path,
    typer.Argument(
        metavar="SHEETS",
        help="What the tool exported: a folder of brat, a .json of Label Studio, a .jsonl of doccano.",
        show_default=False,
    ),
]
From = Annotated[Tool, typer.Option("--from", help="The annotation tool.", show_default=False)]
ExportedPairs = Annotated[
    Path,
    typer.Option(metavar="PAIRS.jsonl", help="The pairs that were exported.", show_default=False),
]


def import_coded(sheets: Sheets, tool: From, pairs: ExportedPairs, out: Out = None) -> None:
    """Read annotated sheets back. One record a pair: its marked moves with spans in both texts.

    Example: reframing import sheets --from brat --pairs pairs.jsonl --out anna.jsonl
    """
    from reframing.coding.brat import read_brat_folder
    from reframing.coding.coded import coded_record
    from reframing.coding.sheets import by_text, from_doccano, from_label_studio, sheet_of
    from reframing.documents.files import open_bytes
    from reframing.reading.articles import read_pairs

    readers = {
        "brat": read_brat_folder,
        "label-studio": from_label_studio,
        "doccano": from_doccano,
    }
    check_files([sheets, pairs], out)
    if not os.path.lexists(sheets):
        raise InputError("does not exist", str(sheets))
    if sheets.is_dir() != (tool == "brat"):
        wanted = "a folder" if tool == "brat" else "a file"
        raise InputError(f"must be {wanted} for {tool}", str(sheets))
    if tool != "brat":
        open_bytes(sheets).close()
    known = _of_file(pairs, lambda: by_text(map(sheet_of, read_pairs(pairs, standard_input()))))
    n_pairs = n_moves = 0
    with record_writer(out, "coding") as write:
        for pair in readers[tool](sheets, known):
            write(coded_record(pair))
            n_pairs, n_moves = n_pairs + 1, n_moves + len(pair.moves)
    if n_pairs < len(known):
        warn(f"{sheets}: {n_pairs} of {len(known)} pairs are there")
    if not n_moves:
        problem = "no move is marked; what a tool proposes counts once an annotator accepts it"
        warn(f"{sheets}: {problem}")


# `reframing agreement`: how far annotators agree on each move.

if TYPE_CHECKING:
    from reframing.coding.agreement import Agreement

Codings = Annotated[
    list[Path],
    typer.Argument(
        metavar="MARKED...",
        help="One file an annotator (.jsonl): what `reframing import` or `compare --pairs` wrote.",
        show_default=False,
    ),
]
AnnotatedPairs = Annotated[
    Path,
    typer.Option(metavar="PAIRS.jsonl", help="The pairs that were annotated.", show_default=False),
]
AsJson = Annotated[bool, typer.Option("--json", help="Write records instead of the table.")]


def agreement(
    codings: Codings, pairs: AnnotatedPairs, as_json: AsJson = False, out: Out = None
) -> None:
    """Say how far annotators agree. For each move Krippendorff's alpha by sentence, and F1 of spans.

    Example: reframing agreement anna.jsonl ben.jsonl --pairs pairs.jsonl
    """
    from reframing.coding.agreement import agreement as agreed
    from reframing.coding.coded import check_within, read_coded
    from reframing.reading.articles import read_pairs

    if len(codings) < 2:
        raise InputError(
            "one annotator agrees with nobody; give two files at least", str(codings[0])
        )
    check_files([*codings, pairs], out)
    for n, file in enumerate(codings):
        check_lines(file)
        if any(os.path.realpath(file) == os.path.realpath(other) for other in codings[:n]):
            raise InputError("is given twice; each annotator has one file", str(file))
    given = {pair.id: pair for pair in read_pairs(pairs, standard_input())}
    read = []
    for file in codings:
        marked = read_coded(file, standard_input())
        for id, moves in marked.items():
            if id not in given:
                raise InputError(f"is no pair of {pairs}", str(file), id, "id")
            check_within(given[id], moves, str(file))
        read.append(marked)
    both = [pair for pair in given.values() if all(pair.id in marked for marked in read)]
    if not both:
        raise InputError("has no pair that all annotators marked", str(pairs))
    if len(both) < len(given):
        warn(_who_lacks(codings, read, len(given)))
    rows = agreed(both, [{pair.id: marked[pair.id] for pair in both} for marked in read])
    if as_json or out is not None:
        with record_writer(out, "agreement") as write:
            for row in rows:
                write(_record(row))
        return
    print("\n".join(table(rows)))


def _who_lacks(codings: "list[Path]", read: "Sequence[Sized]", pairs: int) -> str:
    held = ", ".join(
        f"{file} has {len(marked)}" for file, marked in zip(codings, read, strict=True)
    )
    return f"over the pairs that all marked; of {pairs:,} {held}"


def table(rows: "list[Agreement]") -> list[str]:
    """Lines of text: slug, moves of each annotator, α, F1."""
    lines = [f"{'move':24} {'marked':>12} {'alpha':>7} {'F1':>6}"]
    for row in rows:
        marked = " ".join(f"{n:>5}" for n in row.marked)
        lines.append(f"{row.slug:24} {marked:>12} {_short(row.alpha):>7} {_short(row.f1):>6}")
    if rows:
        lines.append(f"alpha: Krippendorff's, nominal, over {rows[-1].units:,} sentences")
    return lines


def _short(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.3f}"


def _record(row: "Agreement") -> dict[str, object]:
    def known(value: float) -> float | None:
        return None if math.isnan(value) else round(value, 6)

    return {
        "move": row.slug,
        "marked": list(row.marked),
        "sentences": row.units,
        "alpha": known(row.alpha),
        "f1": known(row.f1),
    }
