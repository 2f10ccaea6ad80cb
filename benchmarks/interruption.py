"""What is left when a command is ended at any moment, and whether the same command then finishes the work.

    python -m benchmarks.interruption [--only fetch …] [--trials 20] [--couples 5]

A command runs to its end once; the SHA-256 of every file of its folder is the reference. Each trial begins in
a fresh folder, ends the command at a random moment of that time, and runs it again at once, clearing nothing
up. `make reproduce` and `study reproduce` are ended again and again until they reach their end, and compared
then. Last, two run at once. `results/benchmarks/interruption.csv` has a row a trial: how and when it was ended,
its exit code and first line on standard error, whether all files are as in the reference, how many others lie
there, how many processes are left, and the seconds of the last run.

`make reproduce` runs in a clone of its own that --clone names, whose environment is made.
"""

import argparse
import csv
import json
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "results" / "benchmarks" / "interruption.csv"
COLUMNS = ("command", "how", "moment_s", "exit", "stderr", "again_exit", "traceback", "same_bytes",
           "leftovers", "processes", "seconds")  # fmt: skip
SEED = 24
LONGEST_S = 900.0
CHAIN = 4
"""A chain is ended within this part of the time of a whole run, so that it is ended several times."""

HANGS = 124
"""The exit code of a run that did not end by itself within `LONGEST_S`."""

MARK = "REFRAMING_TRIAL"
"""An environment variable by which the processes of a trial are known, whoever their parent is now."""

HOWS = (
    ("SIGINT", "group"),
    ("SIGTERM", "group"),
    ("SIGKILL", "group"),
    ("SIGTERM", "parent alone"),
    ("SIGKILL", "parent alone"),
)
BEFORE_PYTHON = {130: -signal.SIGINT, 143: -signal.SIGTERM}
"""A signal that arrives before Python answers signals ends the process by itself; shells show the same code."""

ONCE = ("study init", "study add")
"""Commands that refuse with exit code 2 what is done already, as where SIGKILL came just after the end."""

PASSING = ("__pycache__", ".dvc/tmp", ".dvc/cache/runs", ".dvc/config.local", ".venv", ".git")
"""Folders that hold what a run notes for itself, times and numbers of processes among them."""


def state(folder: Path) -> dict[str, str]:
    """The SHA-256 of each file in a folder by its path, but for those in folders of `PASSING`."""
    found: dict[str, str] = {}
    for place, folders, files in os.walk(folder):
        within = Path(place).relative_to(folder)
        folders[:] = [name for name in folders if not _passing(within / name)]
        for name in files:
            if not _passing(within / name):
                content = (Path(place) / name).read_bytes()
                found[(within / name).as_posix()] = sha256(content).hexdigest()
    return found


def _passing(path: Path) -> bool:
    return path.name in PASSING or path.as_posix() in PASSING


# Cases.


@dataclass(frozen=True)
class Case:
    """A command, what is in its folder before, and its variables; `chain` ends it until it reaches its end."""

    command: list[str]
    lay_out: Callable[[Path], None]
    environment: dict[str, str] = field(default_factory=dict)
    chain: bool = False
    begin: list[str] | None = None
    """The command of a first run, where it differs."""

    place: Path | None = None
    """The folder that it runs in, where it needs one that is there."""


def reframing(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "reframing.commands.main", *arguments]


def articles(*names: str) -> list[dict[str, Any]]:
    """The constructed articles of this repository, with the fields that commands read."""
    fields = ("id", "title", "body", "published", "outlet")
    lines = [
        line
        for name in names
        for line in (ROOT / "data" / name / "articles.jsonl").read_text("utf8").splitlines()
    ]
    return [{key: one[key] for key in fields if key in one} for one in map(json.loads, lines)]


def lay_out_articles(folder: Path) -> None:
    """A few hundred articles, forty pairs of the sample, and two long texts."""
    given = articles("sample", "development", "blind", "faithful")
    _write_lines(folder / "articles.jsonl", given)
    by_id = {one["id"]: one for one in given}
    gold = (ROOT / "data/sample/gold-pairs.jsonl").read_text("utf8").splitlines()
    pairs = [json.loads(line) for line in gold]
    _write_lines(
        folder / "pairs.jsonl",
        (
            {"id": str(n), **{side: by_id[one[side]] for side in ("original", "repost")}}
            for n, one in enumerate(pairs[:40])
        ),
    )
    for side in ("original", "repost"):
        chosen = [by_id[one[side]] for one in pairs[:8]]
        text = "\n".join(one["body"] for one in chosen)
        (folder / f"{side}.txt").write_text(f"{chosen[0]['title']}\n{text}\n", encoding="utf8")


def _write_lines(path: Path, records: Any) -> None:
    path.write_text("".join(json.dumps(one) + "\n" for one in records), encoding="utf8")


def lay_out_study(folder: Path) -> None:
    """A study with a corpus of four events of the sample."""
    study = folder / "study"
    given = [one for one in articles("sample") if one["id"].partition("/")[0] in _events(4)]
    _write_lines(folder / "mine.jsonl", given)
    _prepare(reframing("study", "init", str(study)), folder)
    _prepare(reframing("study", "add", "mine", "../mine.jsonl"), study)


def _events(n: int) -> list[str]:
    return sorted({one["id"].partition("/")[0] for one in articles("sample")})[:n]


def _prepare(command: list[str], folder: Path) -> None:
    subprocess.run(command, cwd=folder, check=True, capture_output=True, env=_environment({}))


def nothing(_: Path) -> None:
    """Lay out nothing."""


def lay_out_added(folder: Path) -> None:
    _write_lines(folder / "mine.jsonl", articles("sample"))
    _prepare(reframing("study", "init", "study"), folder)


# A server that takes its time.

FILES = {f"part-{n}.bin": random.Random(n).randbytes(150_000) for n in range(6)}
PIECE = 10_000
PAUSE_S = 0.03


class Slow(BaseHTTPRequestHandler):
    """Sends the files in pieces, from the byte on that is asked for."""

    def do_GET(self) -> None:
        content = FILES[self.path.strip("/")]
        asked = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        first = int(asked[1]) if asked else 0
        self.send_response(206 if asked else 200)
        if asked:
            self.send_header("Content-Range", f"bytes {first}-{len(content) - 1}/{len(content)}")
        self.send_header("Content-Length", str(len(content) - first))
        self.end_headers()
        with suppress(ConnectionError):
            for start in range(first, len(content), PIECE):
                self.wfile.write(content[start : start + PIECE])
                time.sleep(PAUSE_S)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def slow_server() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Slow)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()


def lay_out_manifest(folder: Path, port: int) -> None:
    sources = "".join(
        f"- url: http://127.0.0.1:{port}/{name}\n  path: {name}\n  bytes: {len(content)}\n"
        f"  sha256: {sha256(content).hexdigest()}\n"
        for name, content in FILES.items()
    )
    (folder / "slow.yaml").write_text(
        "name: slow\ntitle: Slow\ncitation: none\nlicence: CC0-1.0\npurpose: test\nnotes: invented\n"
        f"sources:\n{sources}",
        encoding="utf8",
    )


def cases(port: int, clone: Path | None) -> dict[str, Case]:
    two = ("--jobs", "2", "--profile", "lexicon", "--out")
    every = {
        "fetch": Case(reframing("fetch", "slow.yaml"), lambda to: lay_out_manifest(to, port)),
        **{
            f"annotate, {kind}": Case(
                reframing("annotate", "articles.jsonl", *two, f"out.{kind}"), lay_out_articles
            )
            for kind in ("jsonl", "parquet")
        },
        **{
            f"compare, {kind}": Case(
                reframing("compare", "--pairs", "pairs.jsonl", *two, f"out.{kind}"),
                lay_out_articles,
            )
            for kind in ("jsonl", "parquet")
        },
        "compare --html": Case(
            reframing("compare", "original.txt", "repost.txt", "--html", "out.html"),
            lay_out_articles,
        ),
        "study init": Case(reframing("study", "init", "study"), nothing),
        "study add": Case(
            reframing("study", "add", "mine", "../mine.jsonl"), lay_out_added, place=Path("study")
        ),
        "study reproduce": Case(
            reframing("study", "reproduce", "mine"),
            lay_out_study,
            chain=True,
            place=Path("study"),
        ),
    }
    if clone is not None:
        again = ["make", "reproduce"]
        force = [*again, "DVC_FLAGS=--force"]
        every["make reproduce"] = Case(again, nothing, chain=True, begin=force, place=clone)
    return every


# Running.


def _environment(more: dict[str, str]) -> dict[str, str]:
    kept = {key: text for key, text in os.environ.items() if not key.startswith("REFRAMING_")}
    return {**kept, "PYTHONPATH": str(ROOT / "src"), **more}


@dataclass
class Run:
    """A process that leads a group of its own, with its standard error in a file."""

    process: "subprocess.Popen[bytes]"
    said: Path
    began: float

    def wait(self) -> int:
        try:
            return self.process.wait(LONGEST_S)
        except subprocess.TimeoutExpired:
            self.end("SIGKILL", "group")
            self.process.wait()
            return HANGS

    def stderr(self) -> str:
        return self.said.read_text("utf8", "replace")

    def end(self, name: str, whom: str) -> None:
        number = getattr(signal, name)
        if whom == "group":
            os.killpg(self.process.pid, number)
        else:
            os.kill(self.process.pid, number)


def start(command: list[str], folder: Path, mark: str, said: Path, case: Case) -> Run:
    with said.open("wb") as stderr:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=_environment({**case.environment, MARK: mark}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=stderr,
            process_group=0,
        )
    return Run(process, said, time.monotonic())


def alive(mark: str) -> list[int]:
    """The numbers of the processes that have the mark in their environment."""
    found = []
    for place in Path("/proc").iterdir():
        with suppress(OSError):
            if place.name.isdecimal() and f"{MARK}={mark}".encode() in (
                place / "environ"
            ).read_bytes().split(b"\0"):
                found.append(int(place.name))
    return found


def left_behind(mark: str, patience_s: float = 15.0) -> int:
    """How many processes of a trial still run after some patience."""
    latest = time.monotonic() + patience_s
    while (found := alive(mark)) and time.monotonic() < latest:
        time.sleep(0.1)
    return len(found)


def first_line(stderr: str) -> str:
    """The first line that was said, with nothing in it of this machine or this run."""
    line = next(iter(stderr.splitlines()), "")
    line = re.sub(r"http://127\.0\.0\.1:\d+", "http://server", line)
    line = re.sub(r"\(Pid \d+\)", "(Pid …)", line)
    return re.sub(r"(?<![\w.:/])/[\w./-]+/", "", line)[:200]


@contextmanager
def fresh(case: Case) -> Iterator[tuple[Path, Path]]:
    """A folder laid out for a case, and one beside it for what is said."""
    with TemporaryDirectory() as given:
        folder, beside = Path(given) / "work", Path(given) / "beside"
        folder.mkdir()
        beside.mkdir()
        case.lay_out(folder)
        yield folder / (case.place or ""), beside


def difference(reference: dict[str, str], now: dict[str, str]) -> tuple[bool, int]:
    """Whether each file of the reference is as it was, and how many other files there are."""
    return all(now.get(path) == seen for path, seen in reference.items()), len(
        now.keys() - reference
    )


def whole(case: Case) -> tuple[dict[str, str], float]:
    """The state of the folder after an undisturbed run, and its seconds."""
    with fresh(case) as (folder, beside):
        run = start(case.begin or case.command, folder, uuid4().hex, beside / "said", case)
        if run.wait():
            raise SystemExit(f"{' '.join(case.command)} failed:\n{run.stderr()}")
        return state(folder), time.monotonic() - run.began


Row = dict[str, object]


def ended(
    case: Case,
    reference: dict[str, str],
    seconds: float,
    how: tuple[str, str],
    chance: random.Random,
) -> Row:
    """A run that is ended at a random moment, and the same command again; at another moment if it was over."""
    while True:
        moment = chance.uniform(0, seconds)
        with fresh(case) as (folder, beside):
            mark = uuid4().hex
            run = start(case.command, folder, mark, beside / "said", case)
            with suppress(subprocess.TimeoutExpired):
                run.process.wait(moment)
                continue
            run.end(*how)
            code = run.wait()
            began = time.monotonic()
            again = start(case.command, folder, mark, beside / "again", case)
            again_code = again.wait()
            took = time.monotonic() - began
            processes = left_behind(mark)
            same, leftovers = difference(reference, state(folder))
            return {
                "how": " ".join(how),
                "moment_s": round(moment, 2),
                "exit": code,
                "stderr": first_line(run.stderr()),
                "again_exit": again_code,
                "traceback": "Traceback" in run.stderr() + again.stderr(),
                "same_bytes": same,
                "leftovers": leftovers,
                "processes": processes,
                "seconds": round(took, 2),
            }


def chained(
    case: Case, reference: dict[str, str], seconds: float, trials: int, chance: random.Random
) -> Iterator[Row]:
    """Runs that are ended and begun again until they reach their end; the first of a chain forces all stages.

    What a row says of the files holds for the end of its chain.
    """
    done = 0
    while done < trials:
        with fresh(case) as (folder, beside):
            mark, command, rows = uuid4().hex, case.begin or case.command, list[Row]()
            while True:
                how = HOWS[(done + len(rows)) % len(HOWS)]
                moment = chance.uniform(0, seconds / CHAIN)
                run = start(command, folder, mark, beside / f"{len(rows)}", case)
                command = case.command
                began = time.monotonic()
                if done + len(rows) >= trials:
                    code = run.wait()
                    break
                try:
                    code = run.process.wait(moment)
                    break
                except subprocess.TimeoutExpired:
                    run.end(*how)
                    code = run.wait()
                rows.append(
                    {
                        "how": " ".join(how),
                        "moment_s": round(moment, 2),
                        "exit": code,
                        "stderr": first_line(run.stderr()),
                        "traceback": "Traceback" in run.stderr(),
                    }
                )
                print(rows[-1], flush=True)
            processes = left_behind(mark)
            same, leftovers = difference(reference, state(folder))
            at_the_end = {
                "again_exit": code,
                "same_bytes": same,
                "leftovers": leftovers,
                "processes": processes,
                "seconds": round(time.monotonic() - began, 2),
            }
            for row in rows:
                yield row | at_the_end
            done += len(rows)


def together(case: Case, reference: dict[str, str], seconds: float, chance: random.Random) -> Row:
    """Two runs at once, the second begun a random time after the first."""
    offset = chance.uniform(0, 0.8 * seconds)
    with fresh(case) as (folder, beside):
        mark = uuid4().hex
        one = start(case.begin or case.command, folder, mark, beside / "one", case)
        time.sleep(offset)
        other = start(case.command, folder, mark, beside / "other", case)
        codes = sorted((one.wait(), other.wait()))
        took = time.monotonic() - one.began
        processes = left_behind(mark)
        same, leftovers = difference(reference, state(folder))
        said = one.stderr() + other.stderr()
        return {
            "how": "two at once",
            "moment_s": round(offset, 2),
            "exit": codes[0],
            "stderr": first_line(said),
            "again_exit": codes[1],
            "traceback": "Traceback" in said,
            "same_bytes": same,
            "leftovers": leftovers,
            "processes": processes,
            "seconds": round(took, 2),
        }


def rows_of(case: Case, trials: int, couples: int, chance: random.Random) -> Iterator[Row]:
    """The rows of one command: trials in which it is ended, then couples at once."""
    reference, seconds = whole(case)
    print(f"{len(reference)} files in {seconds:.1f} s", flush=True)
    if case.chain:
        yield from chained(case, reference, seconds, trials, chance)
    else:
        for n in range(trials):
            yield ended(case, reference, seconds, HOWS[n % len(HOWS)], chance)
    for _ in range(couples):
        yield together(case, reference, seconds, chance)


def is_right(row: Row) -> bool:
    """Whether a row shows what is promised: the same bytes, nothing left over, documented exit codes."""
    code = row["exit"]
    if row["how"] == "two at once":
        codes = code == 0 and row["again_exit"] in (0, 2)
    else:
        name = str(row["how"]).split()[0]
        number = int(getattr(signal, name))
        codes = code in (128 + number, BEFORE_PYTHON.get(128 + number, -number))
        codes = codes and row["again_exit"] in ((0, 2) if row["command"] in ONCE else (0,))
    clean = not (row["traceback"] or row["leftovers"] or row["processes"])
    return bool(codes and clean and row["same_bytes"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="*", metavar="COMMAND")
    parser.add_argument("--trials", type=int, default=20)
    parser.add_argument("--couples", type=int, default=5)
    parser.add_argument("--clone", type=Path)
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    kept: list[dict[str, Any]] = []
    with slow_server() as port:
        chosen = cases(port, options.clone and options.clone.resolve())
        if options.only:
            chosen = {name: chosen[name] for name in options.only}
        if options.out.exists():
            with options.out.open(encoding="utf8", newline="") as table:
                kept = [row for row in csv.DictReader(table) if row["command"] not in chosen]
        with options.out.open("w", encoding="utf8", newline="") as table:
            writer = csv.DictWriter(table, COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(kept)
            for name, case in chosen.items():
                chance = random.Random(f"{SEED}-{name}")
                for found in rows_of(case, options.trials, options.couples, chance):
                    row = {"command": name, **found}
                    writer.writerow(row)
                    table.flush()
                    print("" if is_right(row) else "WRONG", row, flush=True)


if __name__ == "__main__":
    main()
