"""One map for one core or many: the same results in the same order."""

import os
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from multiprocessing import get_context
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def ordered_map(
    function: Callable[[Item], Result], items: Iterable[Item], jobs: int = 1, chunk: int = 32
) -> Iterator[Result]:
    """Apply `function` to `items` and yield the results in their order.

    Memory is bounded: at most `jobs * 2` chunks of items are under way at once, whatever the length
    of `items`. `jobs` of 0 or less means one for each core. `function` must be importable.
    """
    jobs = jobs if jobs > 0 else os.cpu_count() or 1
    if jobs == 1:
        yield from map(function, items)
        return
    with get_context("spawn").Pool(jobs) as pool:
        remaining = iter(items)
        while window := list(islice(remaining, jobs * 2 * chunk)):
            yield from pool.imap(function, window, chunk)
