"""The map over one process or several."""

import itertools

import pytest

from reframing.parallel import ordered_map


def square(number: int) -> int:
    return number * number


def reciprocal(number: int) -> float:
    return 1 / number


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_the_items(jobs: int) -> None:
    items = list(range(50))
    assert list(ordered_map(square, items, jobs=jobs, chunk=4)) == [i * i for i in items]


@pytest.mark.parametrize("jobs", [1, 2])
def test_no_items_give_no_results(jobs: int) -> None:
    assert list(ordered_map(square, [], jobs=jobs)) == []


def test_one_process_takes_items_one_at_a_time() -> None:
    results = ordered_map(square, itertools.count(), jobs=1)
    assert list(itertools.islice(results, 3)) == [0, 1, 4]


def test_several_processes_take_a_bounded_number_of_items_at_once() -> None:
    items = iter(range(1000))
    results = ordered_map(square, items, jobs=2, chunk=5)
    assert next(results) == 0
    assert next(items) <= 2 * 4 * 5 + 2
    results.close()


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_exception_in_the_function_reaches_the_caller(jobs: int) -> None:
    with pytest.raises(ZeroDivisionError):
        list(ordered_map(reciprocal, [1, 0, 2], jobs=jobs))
