"""How time and memory of the commands grow with their input, up to sizes that nobody should be able to break.

    python benchmarks/growth.py [--case NAME …] [--scale 0.1] [--limit 600]

Each case writes invented articles of sizes n, 2n and 4n and runs one command on them in a process of its own.
`results/benchmarks/growth.csv` has a row a case and size: seconds of processor time, peak memory and size of
the output in MB, and `power`, the exponent of growth of time since the smaller size, less the time of start-up
(1 is linear, 2 quadratic). A run beyond `--limit` seconds is stopped, and its case ended.
"""

import argparse
import csv
import json
import math
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "results" / "benchmarks" / "growth.csv"
COLUMNS = ("case", "unit", "size", "seconds", "peak_mb", "output_mb", "power", "exit")
SEED = 24
NOISE_S = 0.3

# Invented text.

PLACES = "harbour bridge school library market station tunnel reservoir museum clinic".split()
ACTORS = "council mayor union inspectors farmers engineers residents ministry court editors".split()
DOINGS = (
    "approved delayed criticised praised inspected closed reopened funded measured sold".split()
)
ENDINGS = (
    "after a long debate about money",
    "because nobody had asked for it",
    "although the report was not ready",
    "while people waited in the rain",
    "and said that more would follow",
    "which was clearly a terrible mistake",
)


def sentence(number: int, chance: random.Random) -> str:
    """A sentence of about 14 words that differs from that of every other number."""
    actor, doing, place = chance.choice(ACTORS), chance.choice(DOINGS), chance.choice(PLACES)
    kind = chance.choice(PLACES)
    return f"The {actor} {doing} the {place} near {kind} {number} {chance.choice(ENDINGS)}."


def story(first: int, sentences: int, seed: int = SEED) -> str:
    """A text of several paragraphs of three sentences."""
    chance = random.Random(f"{seed}-{first}")
    said = [sentence(first + i, chance) for i in range(sentences)]
    return "\n".join(" ".join(said[i : i + 3]) for i in range(0, sentences, 3))


def rewritten(text: str) -> str:
    """A text of which sentences were copied, changed, moved, dropped and added."""
    chance = random.Random(SEED)
    said = [one for line in text.split("\n") for one in line.replace(". ", ".\n").split("\n")]
    out: list[str] = []
    for number, one in enumerate(said):
        fate = chance.random()
        if fate < 0.4:
            out.append(one)
        elif fate < 0.7:
            changed = one.replace("The ", "Officials said the ", 1)
            out.append(changed.replace("clearly a terrible", "perhaps a"))
        elif fate < 0.85:
            out.append(sentence(1_000_000 + number, chance))
    return "\n".join(" ".join(out[i : i + 3]) for i in range(0, len(out), 3))


def articles(path: Path, bodies: Iterator[str], dated: bool = False) -> str:
    """A file of articles in JSON Lines; those with a date follow each other by a minute."""
    with path.open("w", encoding="utf8") as lines:
        for number, body in enumerate(bodies):
            record = {"id": f"a{number:06}", "body": body, "outlet": "The Example"}
            if dated:
                day, minute = divmod(number, 1440)
                record["published"] = f"2024-03-{1 + day:02}T{minute // 60:02}:{minute % 60:02}:00Z"
            lines.write(json.dumps(record) + "\n")
    return str(path)


# Cases.

Command = list[str]


def reframing(*arguments: str) -> Command:
    return [sys.executable, "-m", "reframing.commands.main", *arguments]


def pair_identical(folder: Path, n: int) -> Command:
    text = story(0, 20)
    given = articles(folder / "in.jsonl", (text for _ in range(n)))
    return reframing("pair", given, "--out", str(folder / "out.jsonl"))


def pair_near_identical(folder: Path, n: int) -> Command:
    text = story(0, 20)
    bodies = (f"{text}\n{sentence(7_000 + i, random.Random(i))}" for i in range(n))
    given = articles(folder / "in.jsonl", bodies, dated=True)
    return reframing("pair", given, "--out", str(folder / "out.jsonl"))


def pair_chain(folder: Path, n: int) -> Command:
    """Each article names the article before it as its original."""
    path = folder / "in.jsonl"
    with path.open("w", encoding="utf8") as lines:
        for i in range(n):
            original = {"original": f"a{i - 1}"} if i else {}
            lines.write(json.dumps({"id": f"a{i}", "body": story(i, 3), **original}) + "\n")
    return reframing("pair", str(path), "--out", str(folder / "out.jsonl"))


def two_texts(folder: Path, n: int) -> tuple[str, str]:
    original = story(0, n)
    (folder / "original.txt").write_text(original, encoding="utf8")
    (folder / "repost.txt").write_text(rewritten(original), encoding="utf8")
    return str(folder / "original.txt"), str(folder / "repost.txt")


def compare_json(folder: Path, n: int) -> Command:
    """The record alone, by the profile that needs no networks."""
    out = ("--profile", "lexicon", "--out", str(folder / "out.jsonl"))
    return reframing("compare", *two_texts(folder, n), *out)


def compare_html(folder: Path, n: int) -> Command:
    out = ("--profile", "lexicon", "--html", str(folder / "out.html"))
    return reframing("compare", *two_texts(folder, n), *out)


def compare_terminal(folder: Path, n: int) -> Command:
    return reframing("compare", *two_texts(folder, n), "--profile", "lexicon")


def compare_html_networks(folder: Path, n: int) -> Command:
    return reframing("compare", *two_texts(folder, n), "--html", str(folder / "out.html"))


def study_add(folder: Path, n: int) -> Command:
    study = folder / "study"
    subprocess.run(
        reframing("study", "init", str(study)), check=True, capture_output=True, cwd=folder
    )
    with (folder / "in.csv").open("w", encoding="utf8", newline="") as table:
        writer = csv.writer(table)
        writer.writerow(("id", "title", "body", "published", "outlet"))
        for i in range(n):
            writer.writerow((f"a{i}", f"Report {i}", story(i, 6), "2024-03-01", "The Example"))
    inside = (
        "import os, sys; os.chdir(sys.argv[1]); from reframing.commands.main import run; "
        "sys.exit(run(sys.argv[2:]))"
    )
    given = str(folder / "in.csv")
    return [sys.executable, "-c", inside, str(study), "study", "add", "mine", given]


def prepared(folder: Path, n: int) -> Command:
    """The step of the pipeline that removes what recurs on the pages of an outlet; all are of one outlet."""
    footer = "\nSign up for our letter\nThe Example is read by many people who like news.\n"
    given = articles(folder / "in.jsonl", (story(i, 6) + footer for i in range(n)))
    inside = (
        "import sys; from pathlib import Path; from reframing.documents.params import PrepareParams; "
        "from reframing.reading.articles import read_articles; from reframing.reading.prepare import prepare; "
        "kept, dropped = prepare(read_articles(Path(sys.argv[1])), PrepareParams()); "
        "sys.exit(0 if len(kept) and len(dropped) else 3)"
    )
    return [sys.executable, "-c", inside, given]


def annotate(folder: Path, text: str) -> Command:
    given = articles(folder / "in.jsonl", iter([text]))
    out = ("--profile", "lexicon", "--out", str(folder / "out.jsonl"))
    return reframing("annotate", given, *out)


def one_line(folder: Path, n: int) -> Command:
    """A text without a line break, by its characters."""
    return annotate(folder, story(0, n // 80).replace("\n", " "))


def one_sentence(folder: Path, n: int) -> Command:
    """A sentence of n words."""
    said = story(0, n // 12).replace(".", "").replace("\n", " ")
    return annotate(folder, " ".join(said.split()[:n]) + ".")


def quotation_marks(folder: Path, n: int) -> Command:
    """n opening marks, of which none is closed, between words."""
    return annotate(folder, "The mayor said that it was so. " + "“We will " * n)


def quotations(folder: Path, n: int) -> Command:
    """n quotations, each with its source."""
    said = (f"“{sentence(i, random.Random(i))[:-1]},” the mayor said." for i in range(n))
    return annotate(folder, " ".join(said))


def straight_marks(folder: Path, n: int) -> Command:
    return annotate(folder, "The mayor said that it was so. " + 'and "we will ' * n)


def brackets(folder: Path, n: int) -> Command:
    """n brackets within each other."""
    return annotate(folder, "The mayor of the town said so " + "(and they " * n + ")" * n + ".")


def label(folder: Path, n: int) -> Command:
    """A label of n characters, of words and of one word, shortened to the width of a column."""
    inside = (
        "import sys; from reframing.figures.figure import wrapped; n = int(sys.argv[1]); "
        "found = [wrapped(of * n, 40, 6, 2)[:n] for of in ('a long label '[:n], 'm')]; "
        "sys.exit(0 if all(found) else 3)"
    )
    return [sys.executable, "-c", inside, str(n)]


class Case(NamedTuple):
    """What is run, the unit of its size, and the smallest of its three sizes."""

    command: Callable[[Path, int], Command]
    unit: str
    size: int


CASES = {
    "pair, identical": Case(pair_identical, "articles", 2_500),
    "pair, near-identical": Case(pair_near_identical, "articles", 2_500),
    "pair, each of the one before": Case(pair_chain, "articles", 2_500),
    "compare": Case(compare_json, "sentences", 1_250),
    "compare --html": Case(compare_html, "sentences", 1_250),
    "compare, terminal": Case(compare_terminal, "sentences", 1_250),
    "compare --html, networks": Case(compare_html_networks, "sentences", 1_250),
    "prepare, one outlet": Case(prepared, "articles", 25_000),
    "study add": Case(study_add, "articles", 25_000),
    "annotate, one line": Case(one_line, "characters", 500_000),
    "annotate, one sentence": Case(one_sentence, "words", 25_000),
    "annotate, quotations": Case(quotations, "quotations", 2_500),
    "annotate, unclosed marks": Case(quotation_marks, "marks", 2_500),
    "annotate, straight marks": Case(straight_marks, "marks", 2_500),
    "annotate, brackets": Case(brackets, "brackets", 2_500),
    "label": Case(label, "characters", 500),
}

# Measuring.


class Cost(NamedTuple):
    """Seconds of processor time and peak memory of a process and its children, and its exit code."""

    seconds: float
    peak_mb: float
    exit: int


MEASURE = """
import json, os, resource, subprocess, sys
resource.setrlimit(resource.RLIMIT_CPU, (int(sys.argv[1]),) * 2)
process = subprocess.Popen(sys.argv[2:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
_, status, used = os.wait4(process.pid, 0)
code = os.waitstatus_to_exitcode(status)
print(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, code]))
"""
"""Runs a command from a small process: the peak memory of a process includes that of the one that began it."""


def cost(command: Sequence[str], limit_s: int) -> Cost:
    """Run a command; the exit code is negative where it was stopped after `limit_s` s of processor time."""
    done = subprocess.run(
        [sys.executable, "-S", "-c", MEASURE, str(limit_s), *command],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        check=True,
    )
    seconds, peak_mb, code = json.loads(done.stdout)
    return Cost(round(seconds, 2), round(peak_mb, 1), code)


def power(before: tuple[int, float], now: tuple[int, float], start_up: float) -> float | None:
    """The exponent of growth between two sizes, of time beyond that of start-up; None where that is noise."""
    own = [seconds - start_up for _, seconds in (before, now)]
    if min(own) < NOISE_S:
        return None
    return round(math.log(own[1] / own[0]) / math.log(now[0] / before[0]), 2)


def measured(name: str, scale: float, limit_s: int) -> Iterator[dict[str, object]]:
    """The rows of one case."""
    case = CASES[name]
    start_up = 0.0
    before: tuple[int, float] | None = None
    for times in (0, 1, 2, 4):
        size = max(10, round(case.size * scale * (times or 0.004)))
        with TemporaryDirectory() as given:
            folder = Path(given)
            spent = cost(case.command(folder, size), limit_s)
            made = sum(file.stat().st_size for file in folder.glob("out.*"))
        if spent.exit > 0:
            raise SystemExit(f"{name} of size {size} failed with exit code {spent.exit}")
        if not times:
            start_up = spent.seconds
            continue
        now = (size, spent.seconds)
        yield {
            "case": name,
            "unit": case.unit,
            "size": size,
            **spent._asdict(),
            "output_mb": round(made / 1e6, 2),
            "power": None if before is None else power(before, now, start_up),
        }
        before = now
        if spent.exit < 0:
            return


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--case", nargs="*", choices=CASES, default=list(CASES))
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--limit", type=int, default=600)
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    options.out.parent.mkdir(parents=True, exist_ok=True)
    with options.out.open("w", encoding="utf8", newline="") as table:
        writer = csv.DictWriter(table, COLUMNS, lineterminator="\n")
        writer.writeheader()
        for name in options.case:
            for row in measured(name, options.scale, options.limit):
                writer.writerow(row)
                table.flush()
                print(row, flush=True)


if __name__ == "__main__":
    main()
