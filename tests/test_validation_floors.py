"""Floors of the published scores: no score may fall below the interval that it had when it was pinned.

`python tests/test_validation_floors.py` pins the lower ends of what results/validation.json holds now,
where they are higher than what is pinned.
"""

import csv
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FLOORS = Path(__file__).with_name("validation_floors.tsv")
RECORD = ROOT / "results" / "validation.json"
COLUMNS = ("measure", "profile", "floor")


def pinned() -> list[tuple[str, str, float]]:
    """Measure, profile and floor; nothing before the first are pinned."""
    if not FLOORS.exists():
        return []
    with FLOORS.open(encoding="utf8", newline="") as stream:
        rows = csv.DictReader(stream, delimiter="\t")
        return [(row["measure"], row["profile"], float(row["floor"])) for row in rows]


def published() -> dict[tuple[str, str], tuple[float, float]]:
    """Score and lower end of its interval by measure and profile."""
    record = json.loads(RECORD.read_text(encoding="utf8"))
    return {
        (measure["slug"], score["system"]): (score["score"], score["low"])
        for measure in record["measures"]
        for score in measure["scores"]
        if score["kind"] == "profile"
    }


@pytest.mark.parametrize(("measure", "profile", "floor"), pinned())
def test_score_keeps_its_floor(measure: str, profile: str, floor: float) -> None:
    assert published()[measure, profile][0] >= floor


def test_every_score_has_a_floor() -> None:
    assert {(measure, profile) for measure, profile, _ in pinned()} == set(published())


if __name__ == "__main__":
    before = {(measure, profile): floor for measure, profile, floor in pinned()}
    raised = {key: max(low, before.get(key, low)) for key, (_, low) in published().items()}
    rows = [(*key, f"{floor:.4f}") for key, floor in sorted(raised.items())]
    lines = ["\t".join(row) for row in (COLUMNS, *rows)]
    FLOORS.write_text("\n".join(lines) + "\n", encoding="utf8")
