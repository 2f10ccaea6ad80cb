"""Progress on standard error: on a terminal only, and only once work has taken a while."""

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")

PATIENCE_S = 2.0
"""Seconds of work after which progress appears."""


def watched(items: Iterable[Item], noun: str, patience_s: float = PATIENCE_S) -> Iterator[Item]:
    """`items` unchanged, counted on standard error while they come."""
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
