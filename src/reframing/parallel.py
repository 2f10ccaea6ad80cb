"""One map for one core or many: the same results in the same order."""

import os
from collections.abc import Callable, Iterable, Iterator
from multiprocessing import get_context
from threading import Event, Semaphore
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def ordered_map(
    function: Callable[[Item], Result], items: Iterable[Item], jobs: int = 1, chunk: int = 32
) -> Iterator[Result]:
    """Apply `function` to `items` and yield the results in their order.

    Memory is bounded: at most `jobs * 4` chunks of items are under way at once, whatever the length
    of `items`. `jobs` of 0 or less means one for each core. `function` must be importable.
    """
    jobs = jobs if jobs > 0 else os.cpu_count() or 1
    if jobs == 1:
        yield from map(function, items)
        return
    places, closed = Semaphore(jobs * 4 * chunk), Event()
    with get_context("spawn").Pool(jobs) as pool:
        try:
            for result in pool.imap(function, _as_places_free_up(items, places, closed), chunk):
                places.release()
                yield result
        finally:
            closed.set()
            places.release()


def _as_places_free_up(items: Iterable[Item], places: Semaphore, closed: Event) -> Iterator[Item]:
    """The items, each held back until there is a place for it; none once the map is closed."""
    for item in items:
        places.acquire()
        if closed.is_set():
            return
        yield item
