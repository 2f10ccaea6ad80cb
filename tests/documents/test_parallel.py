"""The map over one process or several."""

import itertools
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from reframing.commands.main import run
from reframing.documents.errors import InputError
from reframing.documents.parallel import ordered_map

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "sample" / "articles.jsonl"


def square(number: int) -> int:
    return number * number


def reciprocal(number: int) -> float:
    return 1 / number


def death(number: int) -> int:
    os._exit(number)


def blocked(_: int) -> bool:
    return signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def death_of(content: bytes) -> int:
    os._exit(len(content) % 2)


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


def test_a_process_that_dies_is_an_error_and_no_endless_wait() -> None:
    with pytest.raises(InputError, match="fewer --jobs"):
        list(ordered_map(death, [1, 1, 1], jobs=2))


def test_interrupts_reach_the_parent_alone() -> None:
    assert list(ordered_map(blocked, range(2), jobs=2)) == [True, True]
    assert not blocked(0)


def test_processes_that_die_while_much_is_sent_to_them_are_no_endless_wait() -> None:
    with pytest.raises(InputError, match="fewer --jobs"):
        list(ordered_map(death_of, [bytes(5_000_000)] * 8, jobs=2, chunk=1))


def test_processes_end_when_the_parent_is_killed() -> None:
    code = (
        "from reframing.documents.parallel import ordered_map; import multiprocessing, os, signal\n"
        "results = ordered_map(abs, iter(int, 1), jobs=2, chunk=2)\n"
        "next(results)\n"
        "print(*(child.pid for child in multiprocessing.active_children()), flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    # Its standard output stays open until the last process that has inherited it has ended.
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == -signal.SIGKILL
    assert len(done.stdout.split()) >= 1


def test_two_processes_annotate_to_the_same_bytes_as_one(tmp_path: Path) -> None:
    for jobs in ("1", "2"):
        out = tmp_path / f"{jobs}.jsonl"
        given = ["annotate", str(SAMPLE), "--profile", "lexicon", "--jobs", jobs, "--out", str(out)]
        assert run(given) == 0
    assert (tmp_path / "1.jsonl").read_bytes() == (tmp_path / "2.jsonl").read_bytes()
