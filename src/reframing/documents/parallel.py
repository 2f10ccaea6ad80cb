"""An ordered parallel map: the same results in the same order for any number of processes."""

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
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
            with _no_interrupts():
                under_way.append(pool.submit(_each, function, taken))
            if len(under_way) == jobs * AHEAD:
                yield from under_way.popleft().result()
        while under_way:
            yield from under_way.popleft().result()
    except BrokenProcessPool as died:
        problem = "a process ended before its work was done, memory may be short; try fewer --jobs"
        raise InputError(problem) from died
    finally:
        _stop_sending(pool)
        pool.shutdown(cancel_futures=True)


@contextmanager
def _no_interrupts() -> Iterator[None]:
    """Processes that start in the block never see interrupts; one that comes meanwhile is answered after it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _stop_sending(pool: ProcessPoolExecutor) -> None:
    """Let a write to processes that were killed fail; Python before 3.11.8 and 3.12.2 waits for it for ever.

    The processes read from this end of the pipe too, but have it as their own. A thread of the pool may be
    closing it at the same moment.
    """
    queue = vars(pool)["_call_queue"]
    with suppress(OSError):
        queue._reader.close()


def _each(function: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
    return [function(item) for item in items]


def _depend_on_the_parent() -> None:
    """Exit when the parent has exited; interrupts, which it reports in one line, do not reach this process."""
    Thread(target=_end_with_the_parent, daemon=True).start()


def _end_with_the_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
