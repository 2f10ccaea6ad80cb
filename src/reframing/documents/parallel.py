"""An ordered parallel map: the same results in the same order for any number of processes."""

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import TypeVar

from reframing.documents.errors import InputError

Item = TypeVar("Item")
Result = TypeVar("Result")

AHEAD = 4
"""Chunks submitted per process: enough that none is idle while results are written."""


def ordered_map(
    function: Callable[[Item], Result], items: Iterable[Item], jobs: int = 1, chunk: int = 32
) -> Iterator[Result]:
    """Apply `function` to `items` in `jobs` processes and yield the results in the order of the items.

    `jobs` of 0 or less means one process per core. Items are submitted in chunks of `chunk`; memory is bounded,
    since at most `jobs * AHEAD` chunks are in progress at a time. `function` must be importable. Raises
    `InputError` if a process is killed, as happens when memory runs out.
    """
    jobs = jobs if jobs > 0 else os.cpu_count() or 1
    if jobs == 1:
        yield from map(function, items)
        return
    pool = ProcessPoolExecutor(jobs, get_context("spawn"), _depend_on_the_parent)
    try:
        under_way: deque[Future[list[Result]]] = deque()
        remaining = iter(items)
        while taken := list(islice(remaining, chunk)):
            under_way.append(pool.submit(_each, function, taken))
            if len(under_way) == jobs * AHEAD:
                yield from under_way.popleft().result()
        while under_way:
            yield from under_way.popleft().result()
    except BrokenProcessPool as died:
        problem = "a process ended before its work was done, memory may be short; try fewer --jobs"
        raise InputError(problem) from died
    finally:
        pool.shutdown(cancel_futures=True)


def _each(function: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
    return [function(item) for item in items]


def _depend_on_the_parent() -> None:
    """Ignore interrupts, which the parent reports in one line, and exit when the parent has exited."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_the_parent, daemon=True).start()


def _end_with_the_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
