"""The command `reframing compare`: what a repost changed, as a record, a page or a terminal view."""

from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from reframing.commands.batch import (
    Outcome,
    check_files,
    error_log,
    foreign,
    on_error,
    standard_input,
    write_batch,
)
from reframing.commands.options import Errors, Jobs, Out, Profile
from reframing.documents.errors import InputError
from reframing.documents.files import check_output
from reframing.documents.json_records import comparison_record
from reframing.documents.records import Article, Comparison
from reframing.documents.writers import record_writer, replacing
from reframing.reading.articles import GivenPair, read_pairs

if TYPE_CHECKING:
    from reframing.measures.annotate import Profile as Profiles
    from reframing.report.overall import Overall

Original = Annotated[
    Path | None,
    typer.Argument(
        metavar="ORIGINAL",
        help="A file with the original article, or -. In a .txt the first line is the title, unless "
        "it reads as a sentence or nothing follows.",
        show_default=False,
    ),
]
Reposts = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="REPOST...", help="Files with the reposts of it, or -.", show_default=False
    ),
]
Pairs = Annotated[
    Path | None,
    typer.Option(
        metavar="PAIRS.jsonl",
        help='Compare many: JSON lines of {"id", "original": {article}, "repost": {article}}, or -.',
        show_default=False,
    ),
]
AsJson = Annotated[
    bool, typer.Option("--json", help="Write the record instead of the terminal view.")
]
Html = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Write a page that needs no network.", show_default=False),
]


def compare(
    original: Original = None,
    reposts: Reposts = None,
    pairs: Pairs = None,
    as_json: AsJson = False,
    html: Html = None,
    out: Out = None,
    jobs: Jobs = 1,
    errors: Errors = None,
    profile: Profile = "full",
) -> None:
    """Say what a repost changed. Shown in the terminal, or as a record, or as a page; several reposts in one.

    Example: reframing compare original.txt repost.txt --html report.html
    """
    if pairs is not None:
        if original is not None or html is not None:
            other = "--html" if html is not None else "ORIGINAL and REPOST"
            raise InputError(f"--pairs does not go with {other}; give one of them")
        compare_pairs(pairs, out, jobs, errors, profile)
        return
    if original is None or not reposts:
        raise InputError("no pair: give ORIGINAL and REPOST, or --pairs PAIRS.jsonl")
    if errors is not None:
        raise InputError("--errors goes with --pairs; one pair has no rest to go on with")
    compare_files(original, reposts, as_json, html, out, profile)


def compare_pairs(
    pairs: Path, out: Path | None, jobs: int, errors: Path | None, profile: str
) -> None:
    """Write one record for each pair of a file."""
    from reframing.documents.parallel import ordered_map
    from reframing.measures.annotate import profile_named

    check_files([pairs], out, errors)
    with error_log(errors) as log:
        given = read_pairs(pairs, standard_input(), on_error(log))
        compare_one = partial(compared, profile=profile_named(profile, field="--profile"))
        outcomes = ordered_map(compare_one, ((str(pairs), pair) for pair in given), jobs)
        write_batch(outcomes, out, "comparison", log)


def compared(located: tuple[str, GivenPair], profile: "Profiles") -> Outcome:
    """The record of one (file, pair), or the error that it gives."""
    from reframing.moves.compare import compare as comparison_of

    file, pair = located
    for field, article in (("original", pair.original), ("repost", pair.repost)):
        if (left_out := foreign(article, file, pair.id, field)) is not None:
            return left_out
    try:
        comparison = comparison_of(pair.original, pair.repost, id=pair.id, profile=profile)
        return comparison_record(pair.original, pair.repost, comparison)
    except InputError as error:
        return error.within(file, pair.id)


def compare_files(
    original_file: Path,
    repost_files: list[Path],
    as_json: bool,
    html: Path | None,
    out: Path | None,
    profile: str,
) -> None:
    """Compare an original with each repost and write the outputs requested, by default a terminal view."""
    from reframing.measures.annotate import annotate, profile_named
    from reframing.moves.compare import compare as comparison_of
    from reframing.reading.articles import read_one

    named = profile_named(profile, field="--profile")
    check_files([original_file, *repost_files], html, out)
    if html is not None:
        check_output(html, ".html", ".htm")
    files = [original_file, *repost_files]
    original, *reposts = (read_one(file, standard_input()) for file in files)
    for article, file in zip((original, *reposts), files, strict=True):
        if (left_out := foreign(article, str(file))) is not None:
            raise left_out
    known = annotate(original, named)
    annotated = [(repost, annotate(repost, named)) for repost in reposts]
    comparisons = [
        comparison_of(original, repost, None, known, annotation, profile=named)
        for repost, annotation in annotated
    ]
    records = out is not None or as_json
    with ExitStack() as outputs:
        page = None if html is None else outputs.enter_context(replacing(html))
        write = outputs.enter_context(record_writer(out, "comparison")) if records else None
        for repost, comparison in zip(reposts, comparisons, strict=True):
            if write is not None:
                write(comparison_record(original, repost, comparison))
        if page is None and records:
            return
        from reframing.report.overall import overall

        wholes = [overall(original, repost, (known, of)) for repost, of in annotated]
        _show(original, list(zip(reposts, comparisons, wholes, strict=True)), page)


def _show(
    original: Article, compared: "list[tuple[Article, Comparison, Overall]]", page: IO[bytes] | None
) -> None:
    """Write the page of all comparisons to a file, or without one print their terminal views."""
    from reframing.report.page import render_all
    from reframing.report.terminal import print_terminal

    if page is not None:
        page.write(render_all(original, compared).encode())
        page.flush()
        return
    for number, (repost, comparison, overall) in enumerate(compared):
        if number:
            print()
        print_terminal(original, repost, comparison, overall)
