"""Scores on gold that others annotated, computed anew from the mirror: none falls below its floor.

The floors are the lower ends of the published intervals (`test_validation_floors.py`). Left out are the
exams that take longest; `dvc repro validate` runs them all.
"""

import os
from pathlib import Path

import pytest

from reframing.errors import InputError
from reframing.fetch import fetch, read_manifest
from reframing.params import read_params
from reframing.stages.validate import system
from reframing.validation.exams import EXAMS, Exam
from reframing.validation.gold import Gold
from reframing.validation.suite import run_suite
from test_validation_floors import pinned

ROOT = Path(__file__).resolve().parent.parent
MIRROR = Path(os.environ.get("REFRAMING_MIRROR") or ROOT / "../shared/mirror")
NEEDS = {
    "attribution": ("polnear",),
    "hedges": ("szeged",),
    "certainty": ("certainty",),
    "targets": ("newsmtsc",),
    "bias": ("babe",),
    "neutrality": ("wnc",),
}

pytestmark = pytest.mark.mirror


@pytest.fixture(scope="module")
def gold(tmp_path_factory: pytest.TempPathFactory) -> Gold:
    if not MIRROR.is_dir():
        pytest.skip("no mirror of the gold corpora")
    raw = tmp_path_factory.mktemp("raw")
    for corpus in sorted({corpus for needed in NEEDS.values() for corpus in needed}):
        manifest = read_manifest(ROOT / "data" / "manifests" / f"{corpus}.yaml")
        try:
            fetch(manifest, raw / corpus, mirror=MIRROR)
        except InputError as error:
            pytest.skip(f"the mirror lacks {corpus}: {error}")
    data = ROOT / "data"
    return Gold(raw, data / "splits", data / "sample", data / "gold")


@pytest.mark.parametrize("exam", [e for e in EXAMS if e.name in NEEDS], ids=lambda exam: exam.name)
def test_full_profile_keeps_its_floors(exam: Exam, gold: Gold) -> None:
    floors = {measure: floor for measure, profile, floor in pinned() if profile == "full"}
    scores = run_suite([system("full")], gold, read_params().validate, seed=1, exams=[exam])
    computed = {row.measure: row.score for row in scores.whole if row.kind == "profile"}
    assert computed
    assert {m: s for m, s in computed.items() if s < floors[m]} == {}
