"""Batches of records on the command line: reading, writing, progress, and what happens to bad records."""

import os
import sys
import time
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, TypeVar

from reframing.documents.errors import InputError, LeftOut
from reframing.documents.files import check_output
from reframing.documents.json_records import Json
from reframing.documents.messages import warn
from reframing.documents.records import Article
from reframing.documents.writers import RecordKind, json_line, record_writer, replacing

# Progress on standard error: only on a terminal, and only after some seconds of work.

Item = TypeVar("Item")

PATIENCE_S = 2.0
"""Seconds of work before progress is shown."""


def watched(items: Iterable[Item], noun: str, patience_s: float = PATIENCE_S) -> Iterator[Item]:
    """Yield `items` unchanged, showing their count on standard error meanwhile."""
    if not sys.stderr.isatty():
        yield from items
        return
    started = time.monotonic()
    remaining = iter(items)
    for count, item in enumerate(remaining, 1):
        yield item
        if time.monotonic() - started > patience_s:
            yield from _shown(remaining, noun, count)


def _shown(items: Iterator[Item], noun: str, count: int) -> Iterator[Item]:
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed:,} {task.description}"))
    console = Console(stderr=True)
    with Progress(*columns, TimeElapsedColumn(), console=console, transient=True) as progress:
        task = progress.add_task(noun, total=None, completed=count)
        for item in items:
            progress.advance(task)
            yield item


# Records in, records out, and bad records.

Outcome = Json | InputError


class ErrorLog:
    """Bad records: collected if there is a file for them, otherwise raised.

    A sound record that is only left out (`LeftOut`) is never raised: without a file it is reported on
    standard error.
    """

    def __init__(self, file: Path | None) -> None:
        self.file = file
        self.errors: list[InputError] = []

    def report(self, error: InputError) -> None:
        if self.file is None:
            if not isinstance(error, LeftOut):
                raise error
            warn(str(error))
        self.errors.append(error)

    def summary(self) -> str:
        noun = "record" if len(self.errors) == 1 else "records"
        listed = "" if self.file is None else f", listed in {self.file}"
        return f"{len(self.errors)} {noun} left out{listed}"


@contextmanager
def error_log(file: Path | None) -> Iterator[ErrorLog]:
    """A context with an error log that is written to `file`, even if the batch fails on its input."""
    log = ErrorLog(file)
    if file is not None:
        check_output(file, ".jsonl")
    if file is None:
        yield log
        log_counted(log)
        return
    failure: InputError | None = None
    with replacing(file) as written:
        try:
            yield log
        except InputError as error:
            failure = error
        written.writelines(json_line(error_record(error)) for error in log.errors)
    if failure is not None:
        raise failure
    log_counted(log)


def log_counted(log: ErrorLog) -> None:
    """Report on standard error how many records were left out, if any."""
    if log.errors:
        warn(log.summary())


def error_record(error: InputError) -> Json:
    """One bad record as JSON: its place and the problem."""
    return {
        "file": error.file,
        "record": error.record,
        "field": error.field,
        "problem": error.problem,
    }


def write_batch(
    outcomes: Iterable[Outcome], out: Path | None, kind: RecordKind, log: ErrorLog
) -> None:
    """Write every record; raises `InputError` if all of them were bad."""
    with record_writer(out, kind, at_once=log.file is not None) as write:
        written = 0
        for outcome in watched(outcomes, f"{kind}s"):
            if isinstance(outcome, InputError):
                log.report(outcome)
                continue
            write(outcome)
            written += 1
        if log.errors and not written:
            raise InputError(f"no usable record; {log.summary()}")


# Files that are read and written.


def check_files(files: Iterable[Path], *outputs: Path | None) -> None:
    """Raise if standard input is read twice, an output is also an input, or two are one; or one cannot be."""
    read = [str(file) for file in files]
    if read.count("-") > 1:
        raise InputError("standard input can be read only once; name it once", file="-")
    taken = {os.path.realpath(file): "is read from" for file in read if file != "-"}
    for output in (output for output in outputs if output is not None):
        place = os.path.realpath(output)
        if place in taken:
            raise InputError(f"{taken[place]} already; write to another file", str(output))
        check_output(output)
        taken[place] = "is written to"


def check_standard_output() -> None:
    """Raise if standard output is closed, before work is done whose report would be lost."""
    sys.stdout.write("")


def write_text(text: str) -> None:
    """Write text to standard output as UTF-8, whatever its encoding is, and see that it has arrived."""
    check_standard_output()
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode())
    sys.stdout.buffer.flush()


def check_lines(file: Path) -> None:
    """Raise if a file that must contain JSON lines is a Parquet table."""
    if file.suffix.lower() == ".parquet":
        raise InputError("is a table, which cannot be read here; write it as .jsonl", str(file))


def no_pair(articles: int, file: Path) -> InputError:
    """The error for fewer than two articles."""
    noun = "article" if articles == 1 else "articles"
    return InputError(f"no pair: {articles} {noun} given, two are needed", str(file))


def located_articles(files: Iterable[Path], log: ErrorLog) -> Iterator[tuple[str, Article]]:
    """The articles of all files, each with the name of its file."""
    from reframing.reading.articles import read_all

    current = ""

    def noted() -> Iterator[Path]:
        nonlocal current
        for file in files:
            current = str(file)
            yield file

    def ignored(file: str, names: list[str]) -> None:
        fields = f"field {names[0]}" if len(names) == 1 else f"fields {', '.join(names)}"
        warn(f"{file}: not read: {fields}; articles have no such field")

    for article in read_all(noted(), standard_input(), on_error(log), ignored):
        yield current, article


def misdeclared(
    article: Article,
    file: str,
    originals: Mapping[str, str | None],
    in_circles: Container[str],
) -> InputError | None:
    """The error in the original that an article declares: unknown, or circular; None if there is none.

    `originals` has the declared original of each article by id, `in_circles` what `circular` finds in it.
    """
    declared = article.original
    if declared is None:
        return None
    if declared not in originals:
        problem = f"no article has the id '{declared}'; correct it, or leave it empty"
        return InputError(problem, file, article.id, "original")
    if article.id not in in_circles:
        return None
    return InputError("leads back to the article itself", file, article.id, "original")


def circular(originals: Mapping[str, str | None]) -> frozenset[str]:
    """The ids from which the declared originals lead back to the article itself."""
    found: set[str] = set()
    left: set[str] = set()
    for start in originals:
        path: dict[str, int] = {}
        at = start
        while at in originals and at not in left and at not in path:
            path[at] = len(path)
            at = originals[at] or ""
        if at in path:
            found.update(list(path)[path[at] :])
        left.update(path)
    return frozenset(found)


def foreign(
    article: Article, file: str, record: str | None = None, field: str | None = None
) -> LeftOut | None:
    """The report on an article in a language other than English, which is not measured; else None."""
    from reframing.reading.prepare import other_language

    if (language := other_language(article.text)) is None:
        return None
    return LeftOut(f"is in {language.name}; only English is measured", file, record, field)


def standard_input() -> IO[bytes] | None:
    """Standard input as bytes; None if it is closed."""
    return None if sys.stdin is None else sys.stdin.buffer


def on_error(log: ErrorLog) -> Any:
    """What readers call with a bad record; None, so that they raise it, if none are collected."""
    return None if log.file is None else log.report
