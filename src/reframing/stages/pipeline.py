"""Runs of DVC in the folder of a study: one at a time, ended as a whole, begun on a folder in order.

`python -m reframing.stages.pipeline ARGUMENTS…` runs `dvc ARGUMENTS…`; while another run is at work it says so
and waits. Whatever ends it, SIGKILL too, ends DVC and the stages; the next run puts in order what they left.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from reframing.documents.errors import InputError
from reframing.documents.messages import SIGNALLED, warn
from reframing.stages.lockfile import mend
from reframing.stages.running import run_whole

# One process at a time.


@contextmanager
def alone(place: Path, occupied: str | None = None, waiting: str | None = None) -> Iterator[int]:
    """Hold a file or folder, so that other processes that do so wait; `waiting` is said before such a wait.

    With `occupied`, it is not waited for, but raised as the problem. The place is free again when this process
    ends, however that happens, or when the last one ends that was given the number that is yielded.
    """
    import fcntl

    held = os.open(place, os.O_RDONLY)
    try:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if occupied is not None:
                raise InputError(occupied) from None
            if waiting is not None:
                warn(waiting)
            fcntl.flock(held, fcntl.LOCK_EX)
        yield held
    finally:
        os.close(held)


TEMPORARY = Path(".dvc/tmp")
WAITING = "another run of the pipeline is at work here; waiting for it to end"


@contextmanager
def pipeline_held(occupied: str | None = None) -> Iterator[int]:
    """Hold the pipeline of this folder, which is in order then; others wait, or raise `occupied`."""
    try:
        TEMPORARY.mkdir(exist_ok=True)
    except OSError as error:
        raise InputError("is no folder of a study", str(Path.cwd().name)) from error
    place = TEMPORARY / "pipeline.lock"
    place.touch()
    with alone(place, occupied, WAITING) as held:
        mend()
        yield held


# DVC, with its output shown.

SAME_BYTES = {
    "DVC_NO_ANALYTICS": "1",
    "MPLBACKEND": "Agg",
    "PYTHONHASHSEED": "0",
    "PYTHONUNBUFFERED": "1",
    "PYTHONUTF8": "1",
    **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"),
}
"""Environment of the stages, as the Makefile has it: the same inputs give the same bytes."""


def answer_of_dvc(*arguments: str) -> str:
    """What DVC answers; raises `InputError` where it fails."""
    done = subprocess.run(
        [sys.executable, "-m", "dvc", *arguments],
        text=True,
        capture_output=True,
        check=False,
        env=environment(),
    )
    if done.returncode:
        said = done.stderr.strip().removeprefix("ERROR: ").partition("\n")[0]
        raise InputError(f"dvc failed: {said or done.returncode}", "dvc.yaml")
    return done.stdout


def run_dvc(held: int, *arguments: str) -> int:
    """Run DVC with its output shown, but for its advice; its exit code. What ends this process ends DVC.

    DVC and its stages have `held` as their standard input, since DVC passes no other file on to its stages; so
    the pipeline is not free as long as one of them runs.
    """
    told, tie = os.pipe()
    with (
        closing_both(told, tie),
        subprocess.Popen(
            tied_command(told, arguments),
            text=True,
            errors="replace",
            stdin=held,
            stdout=subprocess.PIPE,
            env=environment(),
            process_group=0,
            pass_fds=(told,),
        ) as run,
    ):
        lines = run.stdout or ()
        try:
            for line in without_advice(lines):
                sys.stdout.write(line)
                sys.stdout.flush()
            return run.wait()
        except BaseException:
            with suppress(ProcessLookupError):
                os.killpg(run.pid, signal.SIGTERM)
            run.wait()
            for _ in lines:
                pass  # it ends when the stages have ended
            raise


@contextmanager
def closing_both(*numbers: int) -> Iterator[None]:
    try:
        yield
    finally:
        for number in numbers:
            os.close(number)


def tied_command(told: int, arguments: Iterable[str]) -> list[str]:
    """A command that runs DVC until whoever holds the other end of the pipe `told` has ended."""
    return [sys.executable, "-m", "reframing.stages.tied_dvc", str(told), *arguments]


ADVICE = (
    "To track the changes with git, run:",
    "\tgit add ",
    "To enable auto staging, run:",
    "\tdvc config core.autostage true",
    "Use `dvc push` to send your updates to remote storage.",
)
"""Lines in which DVC advises what a study does not need: its lock and results are committed as they are."""


def without_advice(lines: Iterable[str]) -> Iterator[str]:
    """The lines that DVC writes, without its advice and the empty lines before it."""
    empty: list[str] = []
    for line in lines:
        if not line.strip():
            empty.append(line)
        elif line.startswith(ADVICE):
            empty.clear()
        else:
            yield from empty
            empty.clear()
            yield line


def environment() -> dict[str, str]:
    """The environment of DVC; the stages that it starts use this environment's `python`."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    return {**os.environ, **SAME_BYTES, "PATH": path}


def main() -> None:
    with pipeline_held() as held:
        code = run_dvc(held, *sys.argv[1:])
    sys.exit(code if code >= 0 else SIGNALLED - code)


if __name__ == "__main__":
    run_whole(main)
