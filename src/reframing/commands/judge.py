"""`reframing study draw` and `judged`: are the moves right? Readers say so, one move at a time."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reframing.errors import InputError

if TYPE_CHECKING:
    from reframing.coding.judging import Precision
    from reframing.records import Studied

Corpora = Annotated[
    list[str],
    typer.Argument(metavar="CORPUS...", help="Corpora that were compared.", show_default=False),
]
Moves = Annotated[int, typer.Option("--n", min=1, metavar="N", help="How many moves.")]
Seed = Annotated[int, typer.Option(help="The same seed draws the same moves.")]
Sheet = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Write here (.jsonl) instead of to standard output."),
]
Sheets = Annotated[
    list[Path],
    typer.Argument(
        metavar="SHEET...",
        help="One file a reader: the moves that were drawn, `verdict` set to right or wrong.",
        show_default=False,
    ),
]
Table = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Write the verdicts here (.tsv), without any text."),
]
Interval = Annotated[float, typer.Option(min=0.5, max=0.999, help="Level of the intervals.")]


def draw(corpora: Corpora, n: Moves = 200, seed: Seed = 1, out: Sheet = None) -> None:
    """Draw moves of reposts at random, of each kind as many, for readers to judge.

    The sheet holds the texts about each move: it belongs beside the corpora, not in a repository.

    Example: reframing study draw mine --n 100 --out moves.jsonl
    """
    from reframing.coding.judging import draw as drawn_from
    from reframing.coding.judging import shown
    from reframing.records import Article
    from reframing.stages import files
    from reframing.tables import read_records

    drawn = drawn_from(_studied(corpora), n, seed)
    texts: dict[str, dict[str, Article]] = {
        corpus: {a.id: a for a in read_records(files.articles(corpus), Article)}
        for corpus in corpora
    }
    lines = (
        json.dumps(shown(one, texts[one.corpus].__getitem__), ensure_ascii=False) for one in drawn
    )
    if out is None:
        print("\n".join(lines))
    else:
        out.write_text("".join(f"{line}\n" for line in lines), encoding="utf8")


def _studied(corpora: list[str]) -> "Iterator[tuple[str, Studied]]":
    from reframing.records import Studied
    from reframing.stages import files
    from reframing.tables import read_records

    for corpus in corpora:
        path = files.comparisons(corpus)
        if not path.exists():
            raise InputError(f"is not there; run `reframing study reproduce {corpus}`", str(path))
        for studied in read_records(path, Studied):
            yield corpus, studied


def judged(sheets: Sheets, out: Table = None, interval: Interval = 0.95) -> None:
    """Say what share of the moves that readers judged is right, by move.

    Example: reframing study judged anna.jsonl ben.jsonl --out verdicts.tsv
    """
    from tempfile import TemporaryDirectory

    from reframing.coding.judging import precisions, read_judged, write_judged

    read = {sheet.stem: list(_sheet(sheet)) for sheet in sheets}
    with TemporaryDirectory() as folder:
        path = out or Path(folder) / "verdicts.tsv"
        write_judged(path, read)
        print("\n".join(table(list(precisions(read_judged(path), interval)), list(read))))


def _sheet(path: Path) -> Iterator[dict[str, Any]]:
    """The judged moves of one reader; a line that is none is named."""
    from reframing.coding.judging import FIXED

    try:
        lines = path.read_text(encoding="utf8").splitlines()
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", str(path)) from error
    for number, line in enumerate(lines, 1):
        try:
            move = json.loads(line)
        except ValueError as error:
            raise InputError(f"is no JSON: {error}", str(path), number) from error
        missing = [name for name in (*FIXED, "verdict") if name not in move]
        if missing:
            raise InputError("is missing", str(path), number, missing[0])
        yield move


def table(rows: "list[Precision]", readers: list[str]) -> list[str]:
    """The rows for a reader of the terminal."""
    lines = [f"{'move':24} {'n':>4}  right by all         " + "  ".join(f"{r:>8}" for r in readers)]
    for row in rows:
        interval = f"{row.all_readers:.2f} [{row.low:.2f}, {row.high:.2f}]"
        each = "  ".join(f"{share:>8.2f}" for share in row.readers)
        lines.append(f"{row.slug:24} {row.n:>4}  {interval:20} {each}")
    return [*lines, "intervals: Wilson's, of the share that all readers find right"]
