"""`reframing export`: pairs as sheets for annotators, in brat, Label Studio or doccano."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

import typer

from reframing.commands.batch import check_lines, standard_input
from reframing.errors import InputError
from reframing.writers import replacing

Tool = Literal["brat", "label-studio", "doccano"]
Pairs = Annotated[
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


def export(pairs: Pairs, to: To, out: Place, moves: Moves = None) -> None:
    """Write pairs as sheets to annotate. Both texts, with the moves of the codebook as labels.

    Example: reframing export pairs.jsonl --to brat --out sheets
    """
    from reframing.coding.brat import write_brat
    from reframing.coding.coded import Coded, check_within, read_coded
    from reframing.coding.json_tools import doccano, label_studio, label_studio_interface
    from reframing.coding.sheet import Sheet, sheet_of
    from reframing.readers.pairs import read_pairs

    check_free(out, to)
    if moves is not None:
        check_lines(moves)
    marked = {} if moves is None else read_coded(moves)
    given = list(read_pairs(pairs, standard_input()))

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
    if to == "label-studio":
        with replacing(out.with_suffix(".xml")) as file:
            file.write(label_studio_interface().encode())


def check_free(out: Path, to: Tool) -> None:
    """Raise where the place has the wrong suffix, or holds sheets: an annotator may have filled them."""
    wanted = {"brat": None, "label-studio": ".json", "doccano": ".jsonl"}[to]
    if wanted is not None and out.suffix != wanted:
        raise InputError(f"must end in {wanted} for {to}", str(out), field="--out")
    if any(out.glob("*.ann")) if to == "brat" else out.exists():
        raise InputError("holds sheets already; choose another place", str(out), field="--out")
