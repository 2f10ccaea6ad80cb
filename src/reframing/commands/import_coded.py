"""`reframing import`: what annotators marked in sheets, as records."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from reframing.commands.batch import check_files
from reframing.commands.export import Tool
from reframing.commands.options import Out
from reframing.errors import InputError
from reframing.writers import record_writer

Sheets = Annotated[
    Path,
    typer.Argument(
        metavar="SHEETS",
        help="What the tool exported: a folder of brat, a .json of Label Studio, a .jsonl of doccano.",
        show_default=False,
    ),
]
From = Annotated[Tool, typer.Option("--from", help="The annotation tool.", show_default=False)]
Pairs = Annotated[
    Path,
    typer.Option(metavar="PAIRS.jsonl", help="The pairs that were exported.", show_default=False),
]


def import_coded(sheets: Sheets, tool: From, pairs: Pairs, out: Out = None) -> None:
    """Read annotated sheets back. One record a pair: its marked moves with spans in both texts.

    Example: reframing import sheets --from brat --pairs pairs.jsonl --out anna.jsonl
    """
    from reframing.coding.brat import read_brat_folder
    from reframing.coding.coded import coded_record
    from reframing.coding.json_tools import from_doccano, from_label_studio
    from reframing.coding.sheet import plain, sheet_of
    from reframing.readers.pairs import read_pairs

    readers = {
        "brat": read_brat_folder,
        "label-studio": from_label_studio,
        "doccano": from_doccano,
    }
    check_files([sheets, pairs], out)
    if not sheets.exists():
        raise InputError("does not exist", str(sheets))
    if sheets.is_dir() != (tool == "brat"):
        wanted = "a folder" if tool == "brat" else "a file"
        raise InputError(f"must be {wanted} for {tool}", str(sheets))
    known = [sheet_of(pair) for pair in read_pairs(pairs)]
    by_text = {plain(sheet.text): sheet for sheet in known}
    n_pairs = n_moves = 0
    with record_writer(out, "coding") as write:
        for pair in readers[tool](sheets, by_text):
            write(coded_record(pair))
            n_pairs, n_moves = n_pairs + 1, n_moves + len(pair.moves)
    if n_pairs < len(known):
        print(f"reframing: {sheets}: {n_pairs} of {len(known)} pairs are there", file=sys.stderr)
    if not n_moves:
        problem = "no move is marked; what a tool proposes counts once an annotator accepts it"
        print(f"reframing: {sheets}: {problem}", file=sys.stderr)
