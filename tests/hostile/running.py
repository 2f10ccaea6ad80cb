"""Runs cases: most in forked children of one server, real ones as processes of their own."""

import json
import os
import shlex
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from threading import Timer

from hostile.case import Case, Outcome, contents, lay_out
from hostile.server import MOST_S
from hostile.study import write_study

ROOT = Path(__file__).parents[2]
STREAMS = ("in", "out", "err")


def environment() -> dict[str, str]:
    """What a command sees: nothing of the user's own, one thread, no network."""
    kept = {
        name: os.environ[name] for name in ("PATH", "HOME", "LD_LIBRARY_PATH") if name in os.environ
    }
    return {
        **kept,
        "PYTHONPATH": os.pathsep.join(map(str, (ROOT / "src", ROOT / "tests", ROOT))),
        "PYTHONUTF8": "1",
        "PYTHONHASHSEED": "0",
        "MPLBACKEND": "Agg",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "DVC_NO_ANALYTICS": "1",
        "REFRAMING_JOBS": "1",
        "REFRAMING_CACHE": ".reframing-cache",
        "COLUMNS": "100",
    }


class Runner:
    """Runs cases in folders below one of its own; use it as a context."""

    def __init__(self) -> None:
        self._place = tempfile.TemporaryDirectory(prefix="hostile-", ignore_cleanup_errors=True)
        self.folder = Path(self._place.name)
        self.study = self.folder / "study"
        self._number = 0
        self._server: subprocess.Popen[str] | None = None

    def __enter__(self) -> "Runner":
        return self

    def __exit__(self, *_: object) -> None:
        if self._server is not None:
            self._server.stdin.close()
            self._server.wait()
        self._place.cleanup()

    def run(self, case: Case) -> Outcome:
        """Run a case in a new folder."""
        if case.study and not self.study.exists():
            write_study(self.study, self._served)
        self._number += 1
        folder = self.folder / f"{self._number}" / "work"
        folder.parent.mkdir()
        lay_out(case, folder, self.study)
        streams = self._streams(folder, case.stdin)
        before = contents(folder)
        run = self._alone if case.real else self._served
        done = run(folder, case.argv, streams, case)
        out, err = (Path(streams[n]).read_bytes() for n in (1, 2))
        return Outcome(
            **done, out=out, err=err, folder=folder, before=before, after=contents(folder)
        )

    def _streams(self, folder: Path, stdin: bytes) -> list[str]:
        place = self.folder / f"streams-{folder.parent.name}"
        place.mkdir()
        for name in STREAMS:
            (place / name).write_bytes(stdin if name == "in" else b"")
        return [str(place / name) for name in STREAMS]

    def _served(
        self,
        folder: Path,
        argv: tuple[str, ...],
        streams: list[str] | None = None,
        case: Case | None = None,
    ) -> dict:
        if self._server is None:
            self._server = subprocess.Popen(
                [sys.executable, "-m", "hostile.server"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                cwd=self.folder,
                env=environment(),
            )
            assert self._server.stdout.readline() == "ready\n"
        task = {
            "folder": str(folder),
            "argv": argv,
            "streams": streams or ["/dev/null"] * 3,
            "as_nobody": bool(case and case.as_nobody),
            "stdout": case.stdout if case else "",
            "file_bytes": case.file_bytes if case else Case.file_bytes,
            "environment": dict(case.environment) if case else {},
        }
        self._server.stdin.write(json.dumps(task) + "\n")
        self._server.stdin.flush()
        return json.loads(self._server.stdout.readline())

    def _alone(self, folder: Path, argv: tuple[str, ...], streams: list[str], case: Case) -> dict:
        command = [
            sys.executable,
            "-m",
            *(argv[1:] if argv[0] == "-m" else ("reframing.commands.main", *argv)),
        ]
        return timed(
            f"exec {shlex.join(command)} {case.redirection}", folder, streams, case.environment
        )


def timed(command: str, folder: Path, streams: list[str], more: Mapping[str, str]) -> dict:
    """Run a command of the shell; exit code, seconds of the processor and megabytes."""
    given, out, err = map(Path, streams)
    with given.open("rb") as stdin, out.open("wb") as stdout, err.open("wb") as stderr:
        process = subprocess.Popen(
            command,
            shell=True,
            cwd=folder,
            stdin=stdin,
            stdout=stdout,
            stderr=stderr,
            env={**environment(), **more},
            start_new_session=True,
        )
        limit = Timer(MOST_S, os.killpg, (process.pid, signal.SIGKILL))
        limit.start()
        _, status, usage = os.wait4(process.pid, 0)
        limit.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    return {
        "code": process.returncode,
        "seconds": usage.ru_utime + usage.ru_stime,
        "megabytes": usage.ru_maxrss / 1024,
    }
