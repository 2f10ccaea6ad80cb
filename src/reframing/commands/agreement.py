"""`reframing agreement`: how far annotators agree, slug by slug."""

import math
import sys
from collections.abc import Sequence, Sized
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reframing.commands.batch import check_files, check_lines
from reframing.commands.options import Out
from reframing.errors import InputError
from reframing.writers import record_writer

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
Pairs = Annotated[
    Path,
    typer.Option(metavar="PAIRS.jsonl", help="The pairs that were annotated.", show_default=False),
]
AsJson = Annotated[bool, typer.Option("--json", help="Write records instead of the table.")]


def agreement(codings: Codings, pairs: Pairs, as_json: AsJson = False, out: Out = None) -> None:
    """Say how far annotators agree. For each move Krippendorff's alpha by sentence, and F1 of spans.

    Example: reframing agreement anna.jsonl ben.jsonl --pairs pairs.jsonl
    """
    from reframing.coding.agreement import agreement as agreed
    from reframing.coding.coded import check_within, read_coded
    from reframing.readers.pairs import read_pairs

    if len(codings) < 2:
        raise InputError(
            "one annotator agrees with nobody; give two files at least", str(codings[0])
        )
    check_files([*codings, pairs], out)
    for n, file in enumerate(codings):
        check_lines(file)
        if any(file.resolve() == other.resolve() for other in codings[:n]):
            raise InputError("is given twice; each annotator has one file", str(file))
    given = {pair.id: pair for pair in read_pairs(pairs)}
    read = []
    for file in codings:
        marked = read_coded(file)
        for id, moves in marked.items():
            if id not in given:
                raise InputError(f"is no pair of {pairs}", str(file), id, "id")
            check_within(given[id], moves, str(file))
        read.append(marked)
    both = [pair for pair in given.values() if all(pair.id in marked for marked in read)]
    if not both:
        raise InputError("has no pair that all annotators marked", str(pairs))
    if len(both) < len(given):
        print(f"reframing: {_who_lacks(codings, read, len(given))}", file=sys.stderr)
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
    """The rows for a reader: slug, moves of each annotator, α, F1."""
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
