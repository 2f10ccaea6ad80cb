"""One map for one core or many: the same results in the same order."""

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
"""Chunks under way for each process: enough that none waits while results are written."""


def ordered_map(
    function: Callable[[Item], Result], items: Iterable[Item], jobs: int = 1, chunk: int = 32
) -> Iterator[Result]:
    """Apply `function` to `items` and yield the results in their order.

    Memory is bounded: at most `jobs * AHEAD` chunks of items are under way at once, whatever the length
    of `items`. `jobs` of 0 or less means one for each core. `function` must be importable. Raises
    `InputError` where a process is killed, which is what happens when memory runs out.
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
    """Leave interrupts to the parent, which says one line instead of a traceback; end when it is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_the_parent, daemon=True).start()


def _end_with_the_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
