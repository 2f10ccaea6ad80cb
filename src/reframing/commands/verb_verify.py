"""The command `reframing verify`: whether a rerun gives the published results."""

import os
import subprocess
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from reframing.documents.errors import InputError
from reframing.documents.messages import visible
from reframing.networks.processor import this_processor
from reframing.stages.verification import (
    BY_CORPUS,
    MANIFESTS,
    PREFIX,
    RECORDS,
    Finding,
    Results,
    Verdict,
    is_result,
    of_corpus,
    results_of,
    verify,
)

DIFFERENT = 1
SHOWN = 10
"""The number of differences that are listed of one figure or table."""

UNKNOWN = "not recorded"
WIDTH = max(map(len, Verdict))

Published = Annotated[
    str,
    typer.Argument(
        metavar="PUBLISHED",
        help="A folder of results, or a git revision that holds results/.",
        show_default=False,
    ),
]
Rerun = Annotated[Path, typer.Argument(metavar="RERUN", help="The folder of results to verify.")]
Tolerance = Annotated[
    float,
    typer.Option(
        min=0.0,
        max=1.0,
        help="Largest difference of numbers without an interval, as a share of the larger.",
    ),
]
Only = Annotated[
    str | None,
    typer.Option("--corpus", metavar="NAME", help="Only this corpus.", show_default=False),
]


def verify_results(
    published: Published,
    rerun: Rerun = Path(PREFIX),
    tolerance: Tolerance = 1e-5,
    corpus: Only = None,
) -> None:
    """Compare a rerun with published results. Code 1 where a figure or a number differs.

    Identical is the same bytes. Equal within tolerance: figures look the same (no edge moved by more than a
    pixel), pages read the same, decisions of tests are the same, and no number moved by more than a
    hundredth of its interval (a p-value by no more than its estimate then could).

    Example: reframing verify HEAD --corpus sample
    """
    sides = (_read(published, corpus), _read_folder(rerun, corpus))
    findings = list(verify(*sides, tolerance))
    for finding in findings:
        _show(finding)
    before, after = (", ".join(sorted({*side.processors.values()})) or UNKNOWN for side in sides)
    processors = f"published {before}; rerun {after}; this one {this_processor()}"
    typer.echo(f"processor: {visible(processors)}")
    counts = Counter(finding.verdict for finding in findings)
    worst = next(verdict for verdict in reversed(Verdict) if counts[verdict])
    listed = [of for of in Verdict if counts[of] or of is not Verdict.UNPUBLISHED]
    typer.echo(f"{worst}: " + ", ".join(f"{counts[verdict]} {verdict}" for verdict in listed))
    raise typer.Exit(DIFFERENT if counts[Verdict.DIFFERS] else 0)


def _show(finding: Finding) -> None:
    typer.echo(f"{finding.verdict:<{WIDTH}}  {finding.kind} {visible(finding.name)}")
    for difference in finding.differences[:SHOWN]:
        typer.echo(f"    {visible(difference)}")
    if len(finding.differences) > SHOWN:
        typer.echo(f"    … and {len(finding.differences) - SHOWN} more")


def _read(published: str, corpus: str | None) -> Results:
    """Results in a folder or, if there is no such folder, in a git revision."""
    folder = Path(published)
    if folder.is_dir():
        return _read_folder(folder, corpus)
    commit = _git("rev-parse", "--verify", "--end-of-options", f"{published}^{{commit}}")
    if commit is None:
        raise InputError("is neither a folder nor a git revision here", published)
    revision = commit.decode().strip()
    listed = _git("ls-tree", "-r", "-z", "--name-only", revision, PREFIX) or b""
    paths = [path for path in os.fsdecode(listed).split("\0") if path]
    files = {
        path.removeprefix(PREFIX): content
        for path in paths
        if is_result(path.removeprefix(PREFIX))
        and (content := _git("show", f"{revision}:./{path}")) is not None
    }
    return _results(files, corpus, f"{published}:results")


def _read_folder(folder: Path, corpus: str | None) -> Results:
    if not folder.is_dir():
        raise InputError("there is no such folder; reproduce the results first", str(folder))
    inside = (path for part in (*BY_CORPUS, MANIFESTS) for path in (folder / part).rglob("*"))
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in (*(folder / record for record in RECORDS), *sorted(inside))
        if path.is_file()
    }
    return _results(files, corpus, str(folder))


def _results(files: Mapping[str, bytes], corpus: str | None, place: str) -> Results:
    """Checked results of files by path; errors name `place`, from which they came."""
    try:
        results = results_of(files)
    except InputError as error:
        raise InputError(error.problem, f"{place}/{error.file}") from error
    if corpus is not None:
        results = of_corpus(results, corpus)
    if not results.figures and not results.tables:
        of = "" if corpus is None else f" of corpus '{corpus}'"
        raise InputError(f"holds no results{of}; expected tables/ and figures/ below it", place)
    return results


def _git(*arguments: str) -> bytes | None:
    """The output of a git command; None if git, the repository or the object is missing."""
    try:
        done = subprocess.run(["git", *arguments], capture_output=True, check=False)
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None
