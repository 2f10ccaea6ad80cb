"""Runs of DVC: one at a time in a folder, ended with the process that began them, its advice left out."""

import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from reframing.documents.errors import InputError
from reframing.stages import pipeline
from reframing.stages.pipeline import alone, pipeline_held, run_dvc, without_advice

STAGE = "import time; print('begun', flush=True); time.sleep(600)"
TIED = """
import subprocess, sys
from threading import Thread
from reframing.stages.tied_dvc import end_group_after
Thread(target=end_group_after, args=(int(sys.argv[1]),), daemon=True).start()
subprocess.run([sys.executable, "-c", sys.argv[2]])
"""


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".dvc/tmp").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def runs_a_stage(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What runs in place of DVC starts a process that does nothing for ten minutes."""
    monkeypatch.setattr(
        pipeline, "tied_command", lambda told, _: [sys.executable, "-c", TIED, str(told), STAGE]
    )


def test_what_is_held_can_be_refused_with_the_reason(study: Path) -> None:
    with pipeline_held(), pytest.raises(InputError, match="busy"), pipeline_held("busy"):
        pass
    with pipeline_held("busy"):
        pass


def test_a_wait_for_another_run_is_said_in_one_line(
    study: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tried: list[int] = []

    def taken_once(held: int, how: int) -> None:
        tried.append(how)
        if how & fcntl.LOCK_NB:
            raise BlockingIOError

    monkeypatch.setattr(fcntl, "flock", taken_once)
    with pipeline_held():
        assert tried == [fcntl.LOCK_EX | fcntl.LOCK_NB, fcntl.LOCK_EX]
    assert capsys.readouterr().err == f"reframing: {pipeline.WAITING}\n"


def test_a_folder_without_a_pipeline_is_refused_and_left_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match="no folder of a study"), pipeline_held():
        pass
    assert list(tmp_path.iterdir()) == []


def test_what_ends_a_run_ends_dvc_and_its_stage(
    study: Path, runs_a_stage: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ended(lines: Iterator[str]) -> Iterator[str]:
        assert next(iter(lines)) == "begun\n"
        raise KeyboardInterrupt
        yield

    monkeypatch.setattr(pipeline, "without_advice", ended)
    with pipeline_held() as held, pytest.raises(KeyboardInterrupt):
        run_dvc(held, "repro")
    with pipeline_held("a stage is still at work"):
        pass


def test_what_runs_ends_when_the_process_that_began_it_is_killed(study: Path) -> None:
    script = (
        "import sys\nfrom reframing.stages import pipeline\n"
        f"pipeline.tied_command = lambda told, _: [sys.executable, '-c', {TIED!r}, str(told), {STAGE!r}]\n"
        "with pipeline.pipeline_held() as held:\n    pipeline.run_dvc(held)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        process.kill()
    with alone(study / ".dvc/tmp/pipeline.lock"):
        pass  # DVC and its stage, which held it too, have ended


def test_a_stage_holds_the_pipeline_after_dvc_was_killed(study: Path) -> None:
    dvc = "import subprocess, sys; subprocess.run([sys.executable, '-c', sys.argv[1]])"
    command = [sys.executable, "-c", dvc, STAGE]
    with pipeline_held() as held:
        process = subprocess.Popen(
            command, stdin=held, stdout=subprocess.PIPE, text=True, process_group=0
        )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        process.kill()
        try:
            with pytest.raises(InputError, match="busy"), pipeline_held("busy"):
                pass
        finally:
            os.killpg(process.pid, signal.SIGKILL)


def test_the_advice_of_dvc_is_not_shown() -> None:
    said = [
        "Running stage 'fetch@sample':\n", "> python -m x\n", "\n", "kept\n", "\n",
        "To track the changes with git, run:\n", "\n", "\tgit add dvc.lock\n", "\n",
        "To enable auto staging, run:\n", "\n", "\tdvc config core.autostage true\n",
        "Use `dvc push` to send your updates to remote storage.\n",
    ]  # fmt: skip
    assert list(without_advice(said)) == said[:4]
