"""The commands `reframing study draw` and `judged`: what readers say of moves, or find in sentences."""

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
    from reframing.coding.sampling import Drawn
    from reframing.documents.records import Studied

Corpora = Annotated[
    list[str],
    typer.Argument(metavar="CORPUS...", help="Corpora that were compared.", show_default=False),
]
Number = Annotated[
    int | None,
    typer.Option(
        "--n",
        min=1,
        metavar="N",
        help="How many moves (default 200), or units of each corpus (default: params.yaml, effects).",
    ),
]
Seed = Annotated[int, typer.Option(help="The same seed draws the same.")]
Units = Annotated[
    Path | None,
    typer.Option(
        "--units",
        metavar="KEY",
        help="Draw sentences to be read for all moves; write here (.tsv) what was drawn from where.",
    ),
]
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
        help="One file a reader: what was drawn, with `verdict` set to right or wrong (of a wrong one "
        "`cause` may say why), or of units `moves` set to counts.",
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
    n: Number = None,
    seed: Seed = 1,
    units: Units = None,
    learned: Learned = None,
    whole: Whole = False,
    out: Sheet = None,
) -> None:
    """Draw moves for readers to judge, or sentences to read.

    They are moves of reposts: of each kind in each corpus one at least, of frequent kinds more, each
    with the probability that it was drawn. The sheet holds texts: it belongs beside the corpora, not in
    a repository. What scores were learned from says nothing about them: leave it out with `--except`.

    With `--units` they are linked sentences, and sentences without a link, in which readers count every
    move: that tells what was missed too, and corrects the effects of the study. The key tells what
    readers must not know.

    Examples: reframing study draw mine --n 100 --out moves.jsonl
              reframing study draw mine --units drawn.tsv --out units.jsonl
    """
    if out is not None and out.exists():
        raise InputError("is there already, perhaps with verdicts; choose another place", str(out))
    lines = (
        _moves_drawn(corpora, n or MOVES, seed, learned, whole)
        if units is None
        else _units_drawn(corpora, n, seed, units, out)
    )
    if out is None:
        print("\n".join(lines))
    else:
        out.write_text("".join(f"{line}\n" for line in lines), encoding="utf8")


MOVES = 200
"""Moves that are drawn if no number is given."""


def _moves_drawn(
    corpora: list[str], n: int, seed: int, learned: Path | None, whole: bool
) -> Iterator[str]:
    """The lines of a sheet of moves."""
    from reframing.coding.judging import draw as drawn_from
    from reframing.coding.judging import read_judged, shown
    from reframing.documents import files
    from reframing.documents.records import Article
    from reframing.documents.tables import read_records
    from reframing.figures.provenance import package_state

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
    for one in drawn:
        yield json.dumps(shown(one, texts[one.corpus].__getitem__, whole), ensure_ascii=False)


def _units_drawn(
    corpora: list[str], n: int | None, seed: int, key: Path, out: Path | None
) -> Iterator[str]:
    """The lines of a sheet of units; what was drawn from where is written to `key`."""
    from reframing.coding.sampling import draw_units, frame_of, shown_unit, write_drawn
    from reframing.documents import files
    from reframing.documents.params import read_params
    from reframing.documents.records import Article
    from reframing.documents.tables import read_records
    from reframing.figures.provenance import package_state
    from reframing.pairing.study_pairs import repost_of

    if out is not None and out.resolve() == key.resolve():
        raise InputError("is the sheet as well; choose another place", str(key), field="--units")
    if key.exists():
        raise InputError(
            "is there already; what was drawn would be lost", str(key), field="--units"
        )
    params, state, drawn = read_params(), package_state(), []
    for corpus in dict.fromkeys(corpora):
        reads = n or params.effects.reads.get(corpus)
        if reads is None:
            problem = f"says not how many units of {corpus} are read; add it, or give --n"
            raise InputError(problem, "params.yaml", field="effects.reads")
        drawn += draw_units(frame_of(corpus), reads, seed, state, params.effects.least)
    lines: dict[str, str] = {}
    for corpus in dict.fromkeys(corpora):
        articles = {a.id: a for a in read_records(files.articles(corpus), Article)}
        wanted: dict[str, list[Drawn]] = {}
        for one in drawn:
            if one.corpus == corpus:
                wanted.setdefault(one.pair, []).append(one)
        for _, studied in _studied([corpus]):
            for one in wanted.get(studied.pair.id, ()):
                original, repost = (
                    articles[studied.pair.original],
                    repost_of(studied.pair, articles),
                )
                sheet = shown_unit(one, studied, original, repost)
                lines[one.number] = json.dumps(sheet, ensure_ascii=False)
    for one in drawn:
        if one.number not in lines:
            problem = f"is no pair that was compared; run `reframing study reproduce {one.corpus}`"
            raise InputError(problem, record=one.pair)
    write_drawn(key, sorted(drawn))
    print(f"reframing: {len(drawn):,} units drawn; {key} says from where", file=sys.stderr)
    yield from (lines[one.number] for one in sorted(drawn))


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
    """Say how many judged moves are right, or how readers agree.

    A verdict counts for the moves that it was drawn from; averages count each verdict alike too. A sheet
    of units named settled.jsonl has what readers agreed on after they disagreed; estimates use it.

    Examples: reframing study judged anna.jsonl ben.jsonl --out verdicts.tsv
              reframing study judged anna.jsonl ben.jsonl settled.jsonl --out counts.tsv
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
    if _are_of_units(sheets[0]):
        print("\n".join(_counted(sheets, readers, out)))
        return
    rows = read_sheets(sheets)
    if out is not None:
        write_judged(out, readers, rows)
    print("\n".join(table(list(precisions(rows, interval)))))


def _are_of_units(sheet: Path) -> bool:
    """Whether a sheet has units, not moves; unreadable ones have neither."""
    from reframing.reading.articles import records

    _, first = next(iter(records(sheet)), (0, None))
    return isinstance(first, dict) and "number" in first


def _counted(sheets: list[Path], readers: list[str], out: Path | None) -> list[str]:
    """Lines of text: how far the readers of units agree, by move; their counts are written to `out`."""
    from reframing.coding.counting import agreement_of, counted_in_units, write_counts
    from reframing.coding.sampling import read_counts

    readings = {reader: read_counts(sheet) for reader, sheet in zip(readers, sheets, strict=True)}
    if out is not None:
        write_counts(out, readings)
    lines = [f"{'move':24} {'units':>7} {'seen by all':>12} {'by some':>8}  alpha"]
    for row in agreement_of(readings, counted_in_units()):
        lines.append(
            f"{row.move:24} {row.units:>7,} {row.both:>12,} {row.one:>8,} {row.alpha:>6.2f}"
        )
    return lines


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
