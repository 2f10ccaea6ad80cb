"""Locks of DVC: what an interrupted run left of one is replaced by the one that was committed."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reframing.stages.lockfile import forget_ended_runs, is_whole, mend, restore_cut_locks

WHOLE = b"""schema: '2.0'
stages:
  bake@rye:
    cmd: python -m bakery.bake rye
    deps:
    - path: data/rye
      hash: md5
      md5: 0b3022ee29c024f1622992c3e0900110.dir
      size: 824
      nfiles: 2
    params:
      data/code.json:
        bake: 7e6b6a1f2190d0c6bd4ee317379e572b
      params.yaml:
        oven:
          degrees: 210
          shelves: [1, 3]
    outs:
    - path: data/loaves/rye.parquet
      hash: md5
      md5: 74eb87a037dfe7251c18ca91dea729c7
      size: 1381
  sell:
    cmd: python -m bakery.sell
"""


def git(folder: Path, *command: str) -> None:
    identity = ("-c", "user.name=n", "-c", "user.email=e", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *command], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository whose committed lock is WHOLE, in it and in a folder of it."""
    folder = tmp_path_factory.mktemp("bakery")
    (folder / "training").mkdir()
    for lock in (folder / "dvc.lock", folder / "training/dvc.lock"):
        lock.write_bytes(WHOLE)
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "Bake")
    return folder


@given(st.integers(0, len(WHOLE) - 1))
def test_a_lock_cut_anywhere_is_restored(repository: Path, length: int) -> None:
    lock = repository / "dvc.lock"
    lock.write_bytes(WHOLE[:length])
    assert list(restore_cut_locks(repository)) == [lock]
    assert lock.read_bytes() == WHOLE


@pytest.mark.parametrize(
    "change",
    [
        lambda lock: lock,
        lambda lock: lock.replace(b"210", b"230"),
        lambda lock: lock.replace(b"  sell:\n", b"  wrap:\n    cmd: wrap\n  sell:\n"),
    ],
    ids=["as committed", "another value", "another stage"],
)
def test_a_whole_lock_stays_as_it_is(repository: Path, change: Callable[[bytes], bytes]) -> None:
    lock = repository / "training/dvc.lock"
    lock.write_bytes(change(WHOLE))
    assert list(restore_cut_locks(repository)) == []
    assert lock.read_bytes() == change(WHOLE)
    lock.write_bytes(WHOLE)


def test_a_lock_in_a_folder_is_restored_too(repository: Path) -> None:
    lock = repository / "training/dvc.lock"
    lock.write_bytes(b"")
    assert list(restore_cut_locks(repository)) == [lock]
    assert lock.read_bytes() == WHOLE


def test_a_lock_that_was_never_committed_is_kept_whole_and_removed_cut(tmp_path: Path) -> None:
    lock = tmp_path / "dvc.lock"
    lock.write_bytes(WHOLE)
    assert list(restore_cut_locks(tmp_path)) == []
    lock.write_bytes(WHOLE[:-7])
    assert list(restore_cut_locks(tmp_path)) == [lock]
    assert not lock.exists()


@pytest.mark.parametrize("value", [b"3.0", b"[2.0", b"\xff"])
def test_a_lock_that_dvc_would_refuse_is_not_whole(value: bytes) -> None:
    assert is_whole(WHOLE, b"")
    assert not is_whole(WHOLE.replace(b"'2.0'", value), b"")


def test_what_was_restored_is_said_in_one_line(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(repository)
    (repository / "dvc.lock").write_bytes(WHOLE[:99])
    mend()
    mend()
    expected = "reframing: dvc.lock: an interrupted run left it cut; the committed one is back\n"
    assert capsys.readouterr().err == expected


# DVC's list of files in use, by number of process.


def in_use(folder: Path, number: int, length: int | None = None) -> Path:
    entry = {"pid": number, "cmd": "dvc repro"}
    path = folder / "rwlock"
    path.write_text(json.dumps({"write": {"loaves": entry}, "read": {"rye": [entry]}})[:length])
    return path


@pytest.mark.parametrize("length", [None, 70, 0], ids=["whole", "cut", "empty"])
def test_files_in_use_by_a_process_that_ended_are_free(tmp_path: Path, length: int | None) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    path = in_use(tmp_path, ended.pid, length)
    forget_ended_runs(path)
    assert not path.exists()


def test_files_in_use_by_a_process_that_runs_stay_so(tmp_path: Path) -> None:
    path = in_use(tmp_path, os.getpid())
    forget_ended_runs(path)
    assert path.exists()


def test_the_number_of_an_ended_process_may_have_been_given_to_another(tmp_path: Path) -> None:
    path = in_use(tmp_path, os.getpid())
    os.utime(path, (1, 1))
    forget_ended_runs(path)
    assert not path.exists()
