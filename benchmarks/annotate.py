"""Speed and memory of `reframing annotate` beside NELA features, TextDescriptives and VADER.

    python benchmarks/annotate.py --peers PEERS/bin/python

All contenders read the same articles in one run, each in processes of its own (`contenders.py`). A
contender is run on one article, which gives its start-up time, and on all; words per second are computed
from the difference. Memory is the peak of the main process plus the number of processes times the peak of
the largest child. For growth, articles are repeated under new ids.

Articles come from the mirror that REFRAMING_MIRROR names, or from `--corpus FILE` (anything that
`reframing annotate` reads). `--peers` is the interpreter of an environment with
`benchmarks/requirements.txt`; without it only VADER is run. Results go to
`results/benchmarks/annotate.json`: numbers, cores and processor features, no text and no names.
"""

import argparse
import json
import math
import os
import platform
import random
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from corpora import articles_of, mirrored

from reframing.documents.records import Article
from reframing.documents.tokens import tokenize
from reframing.measures.annotate import PROFILES

HERE = Path(__file__).resolve().parent
OUT = HERE.parent / "results" / "benchmarks" / "annotate.json"
CPU_FLAGS = ("avx2", "avx512f", "avx512_vnni", "avx_vnni", "amx_int8")
SIZES = (1_000, 3_000, 10_000, 30_000, 100_000)
START_UPS = 3
SEED = 1

Json = dict[str, Any]


def main() -> None:
    options = arguments()
    found = articles_of(options.corpus) if options.corpus else mirrored(options.mirror)
    articles = random.Random(SEED).sample(found, min(options.articles, len(found)))
    with TemporaryDirectory() as folder:
        bench = Bench(Path(folder), articles)
        contenders = [bench.contender(*each) for each in chosen(options)]
        report = {
            "machine": machine(),
            "articles": len(articles),
            "words": bench.words(len(articles)),
            "help_s": help_s(),
            "contenders": contenders,
            "growth": [
                bench.growth(profile, 2, options.growth, options.growth_s)
                for profile in options.profiles
            ],
        }
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(report, indent=2) + "\n", encoding="utf8")
    print(table(report))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--articles", type=int, default=1_000, help="articles that all read")
    parser.add_argument("--corpus", type=Path, help="file of articles instead of the mirror")
    parser.add_argument("--mirror", type=Path, default=os.environ.get("REFRAMING_MIRROR"))
    parser.add_argument("--profiles", nargs="+", choices=list(PROFILES), default=list(PROFILES))
    parser.add_argument("--peers", help="interpreter with benchmarks/requirements.txt")
    parser.add_argument("--growth", type=int, nargs="*", default=SIZES, help="numbers of articles")
    parser.add_argument(
        "--growth-s", type=float, default=600, help="a size that would take longer is left out"
    )
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    if not (options.corpus or options.mirror):
        parser.error("no articles: set REFRAMING_MIRROR, or name --mirror or --corpus")
    return options


def chosen(options: argparse.Namespace) -> list[tuple[str, int, str]]:
    """The contenders: name, number of processes, interpreter."""
    own = [
        (f"reframing-{name}", jobs, sys.executable) for name in options.profiles for jobs in (1, 2)
    ]
    peers = [(name, 1, options.peers) for name in ("nela", "textdescriptives") if options.peers]
    return [*own, ("vader", 1, sys.executable), *peers]


class Bench:
    """Files with any number of articles, and measurements of contenders that read them."""

    def __init__(self, folder: Path, articles: Sequence[Article]) -> None:
        self.folder, self.articles = folder, articles
        self.counts = [tokenize(article.text).n_words for article in articles]

    def words(self, size: int) -> int:
        """Number of words in the first `size` articles; if there are fewer, they are repeated."""
        return sum(islice(cycle(self.counts), size))

    def file(self, size: int) -> Path:
        """A file with the first `size` articles; if there are fewer, they are repeated."""
        path = self.folder / f"{size}.jsonl"
        if not path.exists():
            write_articles(path, islice(cycle(self.articles), size))
        return path

    def contender(self, name: str, jobs: int, python: str) -> Json:
        """Start-up time (s), words per second and peak memory (MB) of one contender."""
        command = (python, name, jobs)
        starts = [measured(*command, self.file(1)) for _ in range(START_UPS)]
        start_s = min(start["seconds"] for start in starts)
        run = measured(*command, self.file(len(self.articles)))
        words = self.words(len(self.articles)) - self.words(1)
        return {
            "name": name,
            "jobs": jobs,
            "start_s": round(start_s, 3),
            "seconds": round(run["seconds"], 2),
            "words_per_s": round(words / (run["seconds"] - start_s)),
            "peak_mb": round(run["peak_mb"]),
        }

    def growth(self, profile: str, jobs: int, sizes: Iterable[int], limit_s: float) -> Json:
        """Seconds and memory by number of articles, and the exponent of growth; stops before `limit_s`."""
        name, points = f"reframing-{profile}", list[Json]()
        start_s = measured(sys.executable, name, jobs, self.file(1))["seconds"]
        for size in sizes:
            if points and points[-1]["seconds"] * size / points[-1]["articles"] > limit_s:
                break
            run = measured(sys.executable, name, jobs, self.file(size))
            seconds, peak_mb = round(run["seconds"] - start_s, 2), round(run["peak_mb"])
            points.append({"articles": size, "seconds": seconds, "peak_mb": peak_mb})
        return {"name": name, "jobs": jobs, "points": points, "exponent": exponent(points)}


def measured(python: str, name: str, jobs: int, file: Path) -> Json:
    """Wall-clock seconds and peak memory of one contender on one file, in a new process."""
    command = [python, str(HERE / "contenders.py"), name, str(file), str(jobs)]
    started = time.perf_counter()
    run = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    seconds = time.perf_counter() - started
    peak = json.loads(run.stdout.splitlines()[-1])
    return {"seconds": seconds, "peak_mb": peak["own_mb"] + jobs * peak["child_mb"]}


def exponent(points: Sequence[Json]) -> float | None:
    """Slope of log seconds over log articles by least squares: 1 is linear; None below two points."""
    if len(points) < 2:
        return None
    xs = [math.log(point["articles"]) for point in points]
    ys = [math.log(point["seconds"]) for point in points]
    x_mean, y_mean = sum(xs) / len(xs), sum(ys) / len(ys)
    covariance = sum((x - x_mean) * (y - y_mean) for x, y in zip(xs, ys, strict=True))
    return round(covariance / sum((x - x_mean) ** 2 for x in xs), 3)


def write_articles(path: Path, articles: Iterable[Article]) -> None:
    """Write articles as JSON Lines with new ids and their text as body, which every contender can read."""
    with path.open("w", encoding="utf8") as file:
        for number, article in enumerate(articles):
            file.write(json.dumps({"id": str(number), "body": article.text}) + "\n")


def help_s() -> float:
    """Seconds until `reframing --help` answers: the fastest of several runs, as the first reads the disk."""
    command = [sys.executable, "-m", "reframing.commands.main", "--help"]
    times = []
    for _ in range(START_UPS):
        started = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append(time.perf_counter() - started)
    return round(min(times), 3)


def machine() -> Json:
    """The properties of the machine on which results depend: cores, processor features, load, Python."""
    information = Path("/proc/cpuinfo")
    flags = set(information.read_text().split()) if information.exists() else set()
    return {
        "cores": os.cpu_count(),
        "flags": [flag for flag in CPU_FLAGS if flag in flags],
        "load_before": round(os.getloadavg()[0], 2),
        "python": platform.python_version(),
    }


def table(report: Json) -> str:
    """The report as text."""
    machine = report["machine"]
    rows = [f"{'':24}{'processes':>10}{'words/s':>12}{'start-up s':>12}{'peak MB':>9}"]
    rows += [
        f"{each['name']:24}{each['jobs']:>10}{each['words_per_s']:>12,}{each['start_s']:>12.2f}"
        f"{each['peak_mb']:>9,}"
        for each in report["contenders"]
    ]
    for growth in report["growth"]:
        points = ", ".join(
            f"{point['articles']:,} in {point['seconds']:,.1f} s ({point['peak_mb']:,} MB)"
            for point in growth["points"]
        )
        rows.append(f"{growth['name']}: articles {points}; exponent {growth['exponent']}")
    head = (
        f"{report['articles']:,} articles, {report['words']:,} words; {machine['cores']} cores "
        f"({' '.join(machine['flags'])}), load before {machine['load_before']}; "
        f"--help in {report['help_s']:.2f} s"
    )
    return "\n".join([head, *rows])


if __name__ == "__main__":
    main()
