"""The commands `reframing study draw` and `judged`: readers judge single moves as right or wrong."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reframing.commands.batch import check_files
from reframing.documents.errors import InputError

if TYPE_CHECKING:
    from reframing.coding.precision import Precision
    from reframing.documents.records import Studied

Corpora = Annotated[
    list[str],
    typer.Argument(metavar="CORPUS...", help="Corpora that were compared.", show_default=False),
]
Moves = Annotated[int, typer.Option("--n", min=1, metavar="N", help="How many moves.")]
Seed = Annotated[int, typer.Option(help="The same seed draws the same moves.")]
Learned = Annotated[
    Path | None,
    typer.Option(
        "--except",
        metavar="FILE",
        help="Leave out the events of the articles whose moves this file has verdicts on (.tsv).",
    ),
]
Whole = Annotated[
    bool, typer.Option("--whole", help="Show both whole texts, not the sentences about the move.")
]
Sheet = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Write here (.jsonl) instead of to standard output."),
]
Sheets = Annotated[
    list[Path],
    typer.Argument(
        metavar="SHEET...",
        help="One file a reader: the moves that were drawn, `verdict` set to right or wrong; of a "
        "wrong one `cause` may say why.",
        show_default=False,
    ),
]
Table = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Write the verdicts here (.tsv), without any text."),
]
Interval = Annotated[float, typer.Option(min=0.5, max=0.999, help="Level of the intervals.")]


def draw(
    corpora: Corpora,
    n: Moves = 200,
    seed: Seed = 1,
    learned: Learned = None,
    whole: Whole = False,
    out: Sheet = None,
) -> None:
    """Draw moves at random for readers to judge.

    They are moves of reposts: of each kind in each corpus one at least, of frequent kinds more, each
    with the probability that it was drawn. The sheet holds texts: it belongs beside the corpora, not in
    a repository. What scores were learned from says nothing about them: leave it out with `--except`.

    Example: reframing study draw mine --n 100 --out moves.jsonl
    """
    from reframing.coding.judging import draw as drawn_from
    from reframing.coding.judging import read_judged, shown
    from reframing.documents import files
    from reframing.documents.records import Article
    from reframing.documents.tables import read_records
    from reframing.figures.provenance import package_state

    if out is not None and out.exists():
        raise InputError("is there already, perhaps with verdicts; choose another place", str(out))
    known = {
        (one.corpus, article)
        for one in (read_judged(learned) if learned else ())
        for article in one.pair.split("→")
    }
    events = {
        (corpus, one.pair.event)
        for corpus, one in _studied(corpora)
        if not known.isdisjoint({(corpus, one.pair.original), (corpus, one.pair.repost)})
    }
    drawn = drawn_from(_studied(corpora), n, seed, package_state(), events)
    frame = {one.design.stratum: one.design.stratum_moves for one in drawn}
    print(f"reframing: drawn from {sum(frame.values()):,} moves", file=sys.stderr)
    if len(drawn) < n:
        print(f"reframing: {len(drawn):,} moves drawn; there are no more", file=sys.stderr)
    texts: dict[str, dict[str, Article]] = {
        corpus: {a.id: a for a in read_records(files.articles(corpus), Article)}
        for corpus in corpora
    }
    lines = (
        json.dumps(shown(one, texts[one.corpus].__getitem__, whole), ensure_ascii=False)
        for one in drawn
    )
    if out is None:
        print("\n".join(lines))
    else:
        out.write_text("".join(f"{line}\n" for line in lines), encoding="utf8")


def _studied(corpora: list[str]) -> "Iterator[tuple[str, Studied]]":
    from reframing.documents import files
    from reframing.documents.records import Studied
    from reframing.documents.tables import read_records

    for corpus in dict.fromkeys(corpora):
        path = files.comparisons(corpus)
        if not path.exists():
            raise InputError(f"is not there; run `reframing study reproduce {corpus}`", str(path))
        for studied in read_records(path, Studied):
            yield corpus, studied


def judged(sheets: Sheets, out: Table = None, interval: Interval = 0.95) -> None:
    """Say what share of judged moves is right, by corpus and move.

    A verdict counts for the moves that it was drawn from; averages count each verdict alike too.

    Example: reframing study judged anna.jsonl ben.jsonl --out verdicts.tsv
    """
    from reframing.coding.judging import read_sheets, write_judged
    from reframing.coding.precision import precisions

    check_files(sheets, out)
    if out is not None and out.suffix != ".tsv":
        raise InputError("must end in .tsv", str(out), field="--out")
    readers = [sheet.stem for sheet in sheets]
    if len(set(readers)) < len(readers):
        problem = "two sheets have one name, which is their reader's; rename one of them"
        raise InputError(problem, str(sheets[-1]))
    rows = read_sheets(sheets)
    if out is not None:
        write_judged(out, readers, rows)
    print("\n".join(table(list(precisions(rows, interval)))))


def table(rows: "list[Precision]") -> list[str]:
    """Lines of text: the share of right moves by corpus and move."""
    lines = [
        f"{'corpus':20} {'move':24} {'weighs':8} {'read':>5} {'of':>7}  right by all        by one  agree"
    ]
    for row in rows:
        interval = f"{row.precision:.2f} [{row.low:.2f}, {row.high:.2f}]"
        lines.append(
            f"{row.corpus:20} {row.move:24} {row.weighting:8} {row.n_read:>5,} {row.n_moves:>7,}  "
            f"{interval:18} {row.right_by_one:>7.2f} {row.agree:>6.2f}"
        )
    return [*lines, "intervals are of the share that all readers find right, by pair"]
