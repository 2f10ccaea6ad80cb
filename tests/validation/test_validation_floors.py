"""Scores of both profiles on small slices of the gold suite, computed anew: none falls below its floor.

A floor is pinned `MARGIN` below what the slice gave. `python tests/validation/test_validation_floors.py` raises
the floors that a better measure has left behind, and adds those of a new one. Scores on all the gold come from
`dvc repro validate`.
"""

import csv
import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from reframing.documents.errors import InputError
from reframing.measures.annotate import PROFILES, Profile
from reframing.reading.fetch import fetch
from reframing.reading.manifest import read_manifest
from reframing.statistics.estimates import Resampling
from validation.exam import Exam, Gold
from validation.exams.all_exams import EXAMS
from validation.stages.validate import system

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
MIRROR = Path(os.environ.get("REFRAMING_MIRROR") or ROOT / "../shared/mirror")
FLOORS = Path(__file__).with_name("validation_floors.tsv")
COLUMNS = ("measure", "profile", "floor")
MARGIN = 0.02

NEEDS = {
    "attribution": ("polnear",),
    "speakers": (),
    "hedges": ("szeged",),
    "certainty": ("certainty",),
    "targets": ("newsmtsc",),
    "bias": ("babe",),
    "neutrality": ("wnc",),
    "tone": ("sheepdog",),
    "claims": ("claims",),
    "exaggeration": ("insciout",),
    "support": ("summedits", "qags"),
    "boundaries": ("polnear",),
}
"""By exam, the corpora that its gold is fetched from; the rest was written for this project."""

ITEMS = {"attribution": 12, "boundaries": 24, "speakers": 24, "support": 400, "tone": 60}
OTHERWISE = 150
"""At most about so many items of an exam, evenly spaced, make its slice."""

Key = tuple[str, str]


def pinned() -> dict[Key, float]:
    """Floors by measure and profile."""
    with FLOORS.open(encoding="utf8", newline="") as stream:
        rows = csv.DictReader(stream, delimiter="\t")
        return {(row["measure"], row["profile"]): float(row["floor"]) for row in rows}


def gold_of(exam: Exam, raw: Path) -> Gold:
    """The gold of an exam, fetched from the mirror into `raw`; `InputError` where that lacks it."""
    for corpus in NEEDS[exam.name]:
        fetch(read_manifest(DATA / "manifests" / f"{corpus}.yaml"), raw / corpus, mirror=MIRROR)
    return Gold(raw, DATA / "splits", DATA / "sample", DATA / "gold")


def scores(exam: Exam, profile: Profile, gold: Gold) -> Iterator[tuple[Key, float]]:
    """The scores of a profile on the slice of an exam."""
    items = exam.read(gold)
    items = items[:: -(-len(items) // ITEMS.get(exam.name, OTHERWISE))]
    for result in exam.judge(items, system(profile)):
        if result.whole:
            value = result.evidence.estimate(Resampling(resamples=1)).value
            yield (result.measure, profile), value


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("raw")


def marked(exam: Exam) -> object:
    return pytest.param(exam, id=exam.name, marks=[pytest.mark.mirror] if NEEDS[exam.name] else [])


@pytest.mark.parametrize("profile", sorted(PROFILES))
@pytest.mark.parametrize("exam", [marked(exam) for exam in EXAMS])
def test_scores_keep_their_floors(
    exam: Exam, profile: Profile, raw: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REFRAMING_JOBS", "1")
    try:
        gold = gold_of(exam, raw)
    except InputError as error:
        pytest.skip(f"the mirror lacks the gold: {error}")
    floors = pinned()
    found = dict(scores(exam, profile, gold))
    assert found
    assert {key: score for key, score in found.items() if not score >= floors[key]} == {}


def main() -> None:
    floors = pinned()
    with TemporaryDirectory() as folder:
        for exam in EXAMS:
            gold = gold_of(exam, Path(folder))
            for profile in sorted(PROFILES):
                for key, score in scores(exam, profile, gold):
                    floors[key] = max(score - MARGIN, floors.get(key, 0.0))
    rows = [(*key, f"{floor:.4f}") for key, floor in sorted(floors.items())]
    lines = ["\t".join(row) for row in (COLUMNS, *rows)]
    FLOORS.write_text("\n".join(lines) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
