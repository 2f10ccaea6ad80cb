"""Runs command lines in forked children of a process that has imported everything, one at a time.

A line of JSON on standard input describes each: folder, arguments, files for the three streams, and whether it
runs without root's rights. A line of JSON on standard output has exit code, seconds of the processor (so that
other load does not count) and peak memory.
"""

import contextlib
import gc
import io
import json
import os
import resource
import runpy
import select
import signal
import sys
import tempfile
import time
import traceback
from pathlib import Path

from hostile.case import NOBODY
from reframing.documents.errors import InputError

DATA_BYTES = 1_500_000_000
MOST_S = 60.0
IDLE_S = 2.0
"""A command that sleeps for so long waits for something that never comes."""

MODULES = (
    *("jinja2", "pandas", "pyarrow.csv", "pyarrow.parquet", "rich.console", "ruamel.yaml"),
    *("scipy.ndimage", "statsmodels.api", "matplotlib.image", "rapidfuzz.process", "dvc.schema"),
    *("reframing.coding.agreement", "reframing.coding.brat", "reframing.coding.counting"),
    *("reframing.coding.judging", "reframing.coding.precision", "reframing.coding.sampling"),
    *("reframing.commands.main", "reframing.pairing.pair", "reframing.reading.corpora"),
    *("reframing.reading.fetch", "reframing.reading.prepare", "reframing.report.page"),
    *(
        "reframing.report.terminal",
        "reframing.stages.align_pairs",
        "reframing.stages.compare_pairs",
    ),
    *("reframing.stages.count_by_lexicon", "reframing.stages.draw_figures"),
    *("reframing.stages.estimate_effects", "reframing.stages.study_statistics"),
)


def warm_up() -> None:
    """Import what the commands import late, and let word lists be read once."""
    import importlib

    for name in MODULES:
        importlib.import_module(name)
    from reframing.documents.records import Article
    from reframing.moves.compare import compare
    from reframing.reading.prepare import other_language

    one, other = (
        Article(
            "a", "The ferry line may close, Ana Ruiz said on Monday. “We lost 40 guests,” she said."
        ),
        Article("b", "The ferry line will close in May. “We lost 40 guests,” Ana Ruiz said."),
    )
    compare(one, other, profile="lexicon")
    other_language(one.text)
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stderr(io.StringIO()):
        _call_all(Path(folder))


def _call_all(folder: Path) -> None:
    """Each command once, on files that are missing or of no use, so that its imports are done."""
    from reframing.commands.main import run
    from reframing.documents.params import read_params

    gone, params = str(folder / "gone.jsonl"), folder / "params.yaml"
    params.write_text("seed: 1\n", encoding="utf8")
    (folder / "a.csv").write_text("id,body\n", encoding="utf8")
    for argv in (
        ("annotate", gone, "--profile", "lexicon"),
        ("annotate", str(folder / "a.csv"), "--profile", "lexicon"),
        ("pair", gone),
        ("compare", gone, gone, "--profile", "lexicon"),
        ("export", gone, "--to", "brat", "--out", str(folder / "out")),
        ("import", gone, "--from", "doccano", "--pairs", gone),
        ("agreement", gone, f"{gone}2", "--pairs", gone),
        ("fetch", str(params), "--into", str(folder / "raw")),
        ("study", "add", "mine", gone),
        ("study", "judged", gone),
        ("verify", str(folder), str(folder)),
        ("annotate", "--jobs", "x"),
        ("annotate", "--ot"),
    ):
        assert run(argv) == 2
    with contextlib.suppress(InputError):
        read_params(params)


def child(task: dict) -> int:
    """Run one command line in this process; returns its exit code."""
    os.setsid()
    os.chdir(task["folder"])
    flags = (
        os.O_RDONLY,
        os.O_WRONLY | os.O_CREAT | os.O_TRUNC,
        os.O_WRONLY | os.O_CREAT | os.O_TRUNC,
    )
    if task["stdout"] == "full":
        task["streams"][1] = "/dev/full"
    for number, (name, flag) in enumerate(zip(task["streams"], flags, strict=True)):
        opened = os.open(name, flag, 0o666)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdin, sys.stdout, sys.stderr = (
        io.TextIOWrapper(io.BufferedReader(io.FileIO(0, closefd=False)), "utf8"),
        io.TextIOWrapper(io.BufferedWriter(io.FileIO(1, "wb", closefd=False)), "utf8"),
        io.TextIOWrapper(
            io.BufferedWriter(io.FileIO(2, "wb", closefd=False)),
            "utf8",
            "backslashreplace",
            write_through=True,
        ),
    )
    if task["stdout"] == "closed":  # as Python starts without it
        os.close(1)
        sys.stdout = None
    resource.setrlimit(resource.RLIMIT_DATA, (DATA_BYTES, DATA_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (task["file_bytes"],) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if task["as_nobody"] and os.getuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    os.environ.update(task["environment"])
    try:
        _run(task["argv"])
    except SystemExit as ended:
        if isinstance(ended.code, str):
            print(ended.code, file=sys.stderr)
            return 1
        return int(ended.code or 0)
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


def _run(argv: list[str]) -> None:
    if argv[0] == "-m":
        sys.argv = argv[1:]
        sys.modules.pop(argv[1], None)
        runpy.run_module(argv[1], run_name="__main__", alter_sys=True)
        return
    from reframing.commands.main import main

    sys.argv = ["reframing", *argv]
    main()


def _ends(pid: int, latest: float) -> bool:
    """Wait for a process; False if it is still there at `latest`, or does nothing for `IDLE_S`."""
    handle = os.pidfd_open(pid)
    try:
        spent, since = "", time.monotonic()
        while time.monotonic() < latest:
            if select.select([handle], [], [], 0.2)[0]:
                return True
            state, *fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            now = " ".join(fields[10:12])
            waits = state == "S" and not Path(f"/proc/{pid}/task/{pid}/children").read_text()
            if not waits or now != spent:
                spent, since = now, time.monotonic()
            elif time.monotonic() - since > IDLE_S:
                return False
        return False
    finally:
        os.close(handle)


def answer(task: dict) -> dict:
    """Run one command line in a child and wait for it, at most the given seconds."""
    pid = os.fork()
    if pid == 0:
        code = 70
        try:
            code = child(task)
            for stream in (sys.stdout, sys.stderr):
                with contextlib.suppress(ValueError, AttributeError):
                    stream.flush()
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    ended = _ends(pid, time.monotonic() + MOST_S)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
    _, status, usage = os.wait4(pid, 0)
    seconds = usage.ru_utime + usage.ru_stime if ended else MOST_S
    return {
        "code": os.waitstatus_to_exitcode(status),
        "seconds": seconds,
        "megabytes": usage.ru_maxrss / 1024,
    }


def serve() -> None:
    warm_up()
    gc.collect()
    gc.freeze()
    print("ready", flush=True)
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)


if __name__ == "__main__":
    serve()
