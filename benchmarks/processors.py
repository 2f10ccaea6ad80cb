"""What the networks and the float parts beside them say on processors of several classes.

    python benchmarks/processors.py --arm64 ROOT

A few texts are read on this processor and on others emulated by qemu-user: x86-64 with AVX2, x86-64
without FMA, and ARM64 (ROOT is made by `arm64_root.sh`; without it, or without qemu, the class is skipped
and named). For each class, `results/benchmarks/processors.json` has the SHA-256 of the networks' output,
and how many scores and spans of annotations and comparisons differ from those on this processor. It
contains numbers only. On two idle cores it takes ten minutes, most of it for AVX2. docs/processors.md
discusses the results.
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from hashlib import sha256
from importlib.metadata import version
from math import isnan, nan
from pathlib import Path
from typing import Any, NamedTuple

from reframing.documents.records import Annotation, Article, Comparison, Span, Target
from reframing.documents.sentences import sentence_spans
from reframing.measures.annotate import annotate
from reframing.moves.compare import compare
from reframing.networks.network import input_of, load_network, pieces_of
from reframing.networks.processor import this_processor
from reframing.networks.tagger import embed

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
OUT = ROOT / "results" / "benchmarks" / "processors.json"
SAMPLE = ROOT / "data" / "sample" / "articles.jsonl"
NETWORKS = ("annotator", "targets", "encoder", "changes")
IDS = (
    "lowmere-diesel/original",
    "lowmere-diesel/partisan",
    "otters-stadium/original",
    "otters-stadium/retelling",
)
"""Articles of the sample, each original followed by its repost."""
SENTENCES = 6
"""The number of sentences read of each article, headline included."""

SHORT = (
    "Ferries stop.",
    "Rain may follow later.",
    "“We will appeal,” she said.",
    "The mayor reportedly refused to sign the lease.",
    "Nurses in Harrow Bay called the new rota a reckless gamble.",
    "Two of the nine turbines failed within a week, the operator said on Friday.",
    "According to the auditors, the fund lost about 4.6 million crowns between March and August.",
    "Critics have slammed the shameful scheme, which they say could push hundreds of tenants onto the street.",
)
"""Sentences of 2 to 25 word pieces."""
LONG = (
    "The commission, which has met in private since the spring and which neither the ministry nor the harbour "
    "board has been willing to describe in any detail, is expected to recommend that the quay be closed to "
    "cargo for at least two years, that the cranes be sold, and that the families who were told in January to "
    "leave the terraces behind the grain store be allowed to stay until somebody can say whether the ground "
    "beneath them is safe, a person who has read the draft said."
)
"""A sentence of about 90 word pieces."""

Json = dict[str, Any]


class Emulated(NamedTuple):
    """A processor emulated by qemu-user: the emulator, and the emulator's name for the model."""

    emulator: str
    model: str


X86 = (Emulated("qemu-x86_64", "Haswell"), Emulated("qemu-x86_64", "Nehalem"))
"""One model with AVX2 and FMA, one with neither."""
ARM64 = Emulated("qemu-aarch64", "cortex-a76")


def main() -> None:
    options = arguments()
    if options.here:
        print(json.dumps(said_here(options.here)))
        return
    own = said_here("all")
    classes = [described(own, own)]
    for each in (*X86, ARM64):
        command = command_of(each, options.arm64)
        if command:
            said = said_by(command, "all", options.arm64)
            classes.append({"model": each.model} | described(said, own))
        else:
            print(f"left out: {each.model} ({each.emulator} or a root for it is missing)")
    report = {
        "versions": {name: version(name) for name in ("numpy", "onnxruntime")},
        "networks": {name: load_network(name).card.version for name in NETWORKS},
        "texts": len(SHORT) + 1 + SENTENCES * len(IDS),
        "classes": classes,
    }
    options.out.write_text(json.dumps(report, indent=2) + "\n", encoding="utf8")
    print(json.dumps(classes, indent=2))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--arm64", type=Path, help="root of an ARM64 system: see arm64_root.sh")
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--here", choices=("short", "all"), help="print what this processor says")
    return parser.parse_args()


def command_of(each: Emulated, root: Path | None) -> list[str] | None:
    """The command that runs Python on an emulated processor; None if that is not possible here."""
    emulator = shutil.which(each.emulator)
    if emulator and each == ARM64 and root:
        return [emulator, "-cpu", each.model, "-L", str(root), str(root / "usr/bin/python3")]
    if emulator and each != ARM64 and platform.machine().lower() in ("x86_64", "amd64"):
        return [emulator, "-cpu", each.model, sys.executable]
    return None


def said_by(command: Sequence[str], texts: str, root: Path | None = None) -> Json:
    """The result of `said_here` on the processor that the command emulates."""
    folders = [ROOT / "src", *([root / "site"] if root and "-L" in command else [])]
    path = os.pathsep.join(map(str, folders))
    run = subprocess.run(
        [*command, __file__, "--here", texts],
        env=os.environ | {"PYTHONPATH": path, "PYTHONHASHSEED": "0"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=True,
        text=True,
    )
    said: Json = json.loads(run.stdout)
    return said


def said_here(texts: str) -> Json:
    """Class of this processor, digests of the networks' output, and scores and spans of the records.

    With `short`, a quick check, there is one sentence and no records.
    """
    said: Json = {"processor": this_processor()}
    if texts == "short":
        return said | {"digests": digests(SHORT[-1:])}
    scores, spans = leaves_of(records())
    return said | {"digests": digests((*SHORT, LONG)), "scores": scores, "spans": spans}


def digests(texts: Sequence[str]) -> dict[str, str]:
    """SHA-256 of all logits of each network, and of the sentence vectors (of length 1).

    Texts of similar length are padded and read in one batch.
    """
    spans = [(Span(0, len(text)), Span(0, len(text) // 2)) for text in texts]
    inputs = [
        input_of(*pieces_of(text, [whole], [flagged]))
        for text, (whole, flagged) in zip(texts, spans, strict=True)
    ]
    found = {}
    for name in NETWORKS:
        logits = dict(load_network(name).run(inputs))
        read = b"".join(logits[i].tobytes() for i in range(len(inputs)))
        found[name] = sha256(read).hexdigest()
    return found | {"vectors": sha256(embed(texts).tobytes()).hexdigest()}


def records() -> Iterator[Annotation | Comparison]:
    """Annotations of the articles of `IDS`, shortened, and comparisons of each original with its repost."""
    by_id = {row["id"]: row for row in map(json.loads, SAMPLE.open(encoding="utf8"))}
    articles = [cut(by_id[id]) for id in IDS]
    yield from map(annotate, articles)
    for original, repost in zip(articles[::2], articles[1::2], strict=True):
        yield compare(original, repost)


def cut(row: Json) -> Article:
    """The first sentences of an article, with the first word of its title as a target."""
    whole = Article(row["id"], row["body"], row["title"])
    end = sentence_spans(whole.text)[SENTENCES - 1].end
    body = whole.text[len(row["title"]) + 1 : end]
    return Article(
        row["id"], body, row["title"], targets=(Target(Span(0, row["title"].find(" "))),)
    )


def leaves_of(found: Iterable[Annotation | Comparison]) -> tuple[dict[str, float], list[str]]:
    """The floats in the records by their place there, and the spans."""
    scores: dict[str, float] = {}
    spans: set[str] = set()

    def walk(value: object, place: str, kind: str) -> None:
        if isinstance(value, Span):
            spans.add(f"{kind} {value.start}-{value.end}")
        elif isinstance(value, float):
            scores[place] = value
        elif is_dataclass(value):
            for field in fields(value):
                walk(getattr(value, field.name), f"{place} {field.name}", f"{kind} {field.name}")
        elif isinstance(value, Mapping):
            for key, item in value.items():
                walk(item, f"{place} {key}", kind)
        elif isinstance(value, tuple):
            for i, item in enumerate(value):
                walk(item, f"{place} {i}", kind)

    for record in found:
        walk(record, record.id, record.id)
    return scores, sorted(spans)


def described(said: Json, own: Json) -> Json:
    """A class of processors: digests of the networks' output, and how far its records differ from `own`."""
    theirs, ours = said["scores"], own["scores"]
    differences = [
        abs(theirs.get(place, nan) - ours.get(place, nan))
        for place in theirs.keys() | ours.keys()
        if not same(theirs.get(place), ours.get(place))
    ]
    return {
        "processor": said["processor"],
        "digests": said["digests"],
        "scores": len(ours),
        "scores_moved": len(differences),
        "largest_move": round(max((d for d in differences if not isnan(d)), default=0.0), 4),
        "spans": len(own["spans"]),
        "spans_moved": len({*said["spans"]} ^ {*own["spans"]}),
    }


def same(a: float | None, b: float | None) -> bool:
    """Whether two scores are equal or both nan."""
    return a == b or (a is not None and b is not None and isnan(a) and isnan(b))


if __name__ == "__main__":
    main()
