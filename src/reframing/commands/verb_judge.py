"""The commands `reframing study draw` and `judged`: what readers say of moves, or find in sentences."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reframing.commands.batch import (
    check_files,
    check_standard_output,
    write_text,
)
from reframing.commands.verb_study import known_corpora, no_corpus
from reframing.documents.errors import InputError
from reframing.documents.files import check_output
from reframing.documents.messages import visible, warn
from reframing.documents.writers import replacing

if TYPE_CHECKING:
    import pandas as pd

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
    readers must not know. Beside it, KEY.frame.parquet keeps all units that they were drawn from.

    Examples: reframing study draw mine --n 100 --out moves.jsonl
              reframing study draw mine --units drawn.tsv --out units.jsonl
    """
    check_corpora(corpora)
    check_files([] if learned is None else [learned], out, units)
    if out is not None:
        check_output(out, ".jsonl")
        if out.exists():
            problem = "is there already, perhaps with verdicts; choose another place"
            raise InputError(problem, str(out))
    if units is None:
        lines, notices = _moves_drawn(corpora, n or MOVES, seed, learned, whole)
        _written(lines, out)
        for notice in notices:
            warn(notice)
        return
    check_output(units, ".tsv")
    if learned is not None or whole:
        option = "--whole" if learned is None else "--except"
        raise InputError(f"{option} goes with moves, not with --units; leave it out")
    from reframing.coding.sampling import drawn_rows, frame_beside, write_frame
    from reframing.coding.tsv import tsv_bytes

    drawn, lines, frames = _units_drawn(corpora, n, seed, units)
    kept = frame_beside(units)
    with replacing(units) as key:
        key.write(tsv_bytes(drawn_rows(drawn)))
        key.flush()
        write_frame(kept, frames)
        try:
            _written(lines, out)
        except BaseException:
            kept.unlink()
            raise
    warn(f"{len(drawn):,} units drawn; {units} and {kept} say from where")


def check_corpora(corpora: list[str]) -> None:
    """Raise where a corpus is named twice, or is none of params.yaml."""
    known = known_corpora()
    for place, corpus in enumerate(corpora):
        if corpus not in known:
            raise no_corpus(corpus, known)
        if corpus in corpora[:place]:
            raise InputError(f"corpus '{corpus}' is given twice; name it once")


def _written(lines: Iterable[str], out: Path | None) -> None:
    """Write the lines of a sheet to a file, or to standard output."""
    text = "".join(f"{line}\n" for line in lines)
    if out is None:
        write_text(text)
        return
    with replacing(out) as file:
        file.write(text.encode())


MOVES = 200
"""Moves that are drawn if no number is given."""


def _moves_drawn(
    corpora: list[str], n: int, seed: int, learned: Path | None, whole: bool
) -> tuple[list[str], list[str]]:
    """The lines of a sheet of moves, and what is said of them when it is written."""
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
    notices = [f"drawn from {sum(frame.values()):,} moves"]
    if len(drawn) < n:
        notices.append(f"{len(drawn):,} moves drawn; there are no more")
    texts: dict[str, dict[str, Article]] = {
        corpus: {a.id: a for a in read_records(files.articles(corpus), Article)}
        for corpus in corpora
    }
    lines = [
        json.dumps(shown(one, texts[one.corpus].__getitem__, whole), ensure_ascii=False)
        for one in drawn
    ]
    return lines, notices


def _units_drawn(
    corpora: list[str], n: int | None, seed: int, key: Path
) -> "tuple[list[Drawn], list[str], list[pd.DataFrame]]":
    """The drawn units, the lines of their sheet, and all units; refused where the `key` is there already."""
    from reframing.coding.sampling import draw_units, frame_beside, frame_of, shown_unit
    from reframing.documents import files
    from reframing.documents.params import read_params
    from reframing.documents.records import Article
    from reframing.documents.tables import read_records
    from reframing.figures.provenance import package_state
    from reframing.pairing.study_pairs import repost_of

    for path in (key, frame_beside(key)):
        if path.exists():
            problem = "is there already; what was drawn would be lost"
            raise InputError(problem, str(path), field="--units")
    params, state, drawn, frames = read_params(), package_state(), [], []
    for corpus in dict.fromkeys(corpora):
        reads = n or params.effects.reads.get(corpus)
        if reads is None:
            problem = f"says not how many units of {corpus} are read; add it, or give --n"
            raise InputError(problem, "params.yaml", field="effects.reads")
        frames.append(frame_of(corpus))
        drawn += draw_units(frames[-1], reads, seed, state, params.effects.least)
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
    return sorted(drawn), [lines[one.number] for one in sorted(drawn)], frames


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
    from reframing.coding.judging import judged_rows, read_sheets
    from reframing.coding.precision import precisions
    from reframing.coding.tsv import tsv_bytes

    check_files(sheets, out)
    if out is not None and out.suffix != ".tsv":
        raise InputError("must end in .tsv", str(out), field="--out")
    readers = [sheet.stem for sheet in sheets]
    if len(set(readers)) < len(readers):
        problem = "two sheets have one name, which is their reader's; rename one of them"
        raise InputError(problem, str(sheets[-1]))
    check_standard_output()
    if _are_of_units(sheets[0]):
        rows, lines = _counted(sheets, readers)
    else:
        judged_moves = read_sheets(sheets)
        rows = judged_rows(readers, judged_moves)
        lines = table(list(precisions(judged_moves, interval)))
    with nullcontext() if out is None else replacing(out) as file:
        if file is not None:
            file.write(tsv_bytes(rows))
            file.flush()
        print("\n".join(map(visible, lines)), flush=True)


def _are_of_units(sheet: Path) -> bool:
    """Whether a sheet has units, not moves; unreadable ones have neither."""
    from reframing.reading.articles import records

    try:
        _, first = next(iter(records(sheet)), (0, None))
    except InputError as error:
        raise error.within(str(sheet)) from None
    return isinstance(first, dict) and "number" in first


def _counted(
    sheets: list[Path], readers: list[str]
) -> tuple[Sequence[tuple[object, ...]], list[str]]:
    """The counts of the readers of units as rows of a table, and lines of text: how far they agree, by move."""
    from reframing.coding.counting import agreement_of, count_rows, counted_in_units
    from reframing.coding.sampling import read_counts

    readings = {reader: read_counts(sheet) for reader, sheet in zip(readers, sheets, strict=True)}
    for reader in readers:
        if reader in ("number", "move"):
            raise InputError("is a column of the table; rename the sheet", f"{reader}.jsonl")
    rows = count_rows(readings)
    lines = [f"{'move':24} {'units':>7} {'seen by all':>12} {'by some':>8}  alpha"]
    for row in agreement_of(readings, counted_in_units()):
        lines.append(
            f"{row.move:24} {row.units:>7,} {row.both:>12,} {row.one:>8,} {row.alpha:>6.2f}"
        )
    return rows, lines


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
