"""Arguments and options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

Articles = Annotated[
    list[Path],
    typer.Argument(
        metavar="ARTICLES...",
        help="Files (.txt with the title on its first line, .jsonl, .csv, .parquet), or - for "
        "standard input.",
        show_default=False,
    ),
]
Out = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Write here (.jsonl or .parquet) instead of JSON lines to standard output.",
        show_default=False,
    ),
]
MOST_JOBS = 1024

Jobs = Annotated[
    int,
    typer.Option(
        min=0,
        max=MOST_JOBS,
        metavar="N",
        help="Processes; 0 is one for each core. Same results.",
    ),
]
JobsUnused = Annotated[
    int,
    typer.Option(
        "--jobs",
        min=0,
        max=MOST_JOBS,
        metavar="N",
        help="Accepted for symmetry; pairing runs in one process.",
    ),
]
Profile = Annotated[
    str,
    typer.Option(
        metavar="NAME",
        help="full: trained networks beside the word lists; lexicon: word lists and rules alone.",
    ),
]
Errors = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Collect bad records here (JSON lines) and go on; without it the first one ends all.",
        show_default=False,
    ),
]
