"""How certain findings of science news and abstracts sound (Pei & Jurgens 2021)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from reframing.errors import InputError
from reframing.readers.gold.records_in import Types, json_lines

FOLDER = Path("data/annotated_data")

Part = Literal["train", "dev", "test", "ext"]
Level = Literal["NotPresent", "Uncertain", "Certain"]

_PARTS: dict[str, Part] = {"train": "train", "val": "dev", "test": "test", "ext": "ext"}


@dataclass(frozen=True, slots=True)
class RatedFinding:
    """A finding with the mean rating of how certain it sounds, 1 (not at all) to 6 (fully).

    `certainty` is nan, and `aspects` filled, in the file of aspects. `part` is the corpus's own:
    `dev` is its *val*; `ext` holds findings of other sources, for a test out of domain. The
    corpus names no articles: the text stands for the `document`.
    """

    id: str
    document: str
    part: Part
    text: str
    certainty: float
    aspects: Mapping[str, Level] = field(default_factory=dict)


def read_certainty(folder: Path) -> Iterator[RatedFinding]:
    """Findings with their sentence-level certainty.

    Raises `InputError` where a rating lies outside 1 to 6 or the split is unknown.
    """
    path = folder / FOLDER / "sentence-level-certainty.jsonl"
    types: Types = {
        "id": int,
        "finding": str,
        "sentence-level-certainty": (int, float),
        "split": str,
    }
    for number, row in json_lines(path, types):
        rating = float(row["sentence-level-certainty"])
        if not 1 <= rating <= 6:
            problem = "must lie between 1 and 6"
            raise InputError(problem, str(path), number, "sentence-level-certainty")
        text = row["finding"]
        yield RatedFinding(str(row["id"]), text, _part(row, path, number), text, rating)


def read_certainty_aspects(folder: Path) -> Iterator[RatedFinding]:
    """Findings with the certainty of six aspects (Number, Extent, Probability, Condition, …).

    Its split is another than that of the sentence-level file, whose test findings it partly trains
    on: whoever learns from it leaves those out (`document` is the same for the same finding).
    """
    path = folder / FOLDER / "aspect-level-certainty.jsonl"
    types = {"id": int, "finding": str, "aspect-level-certainty": dict, "split": str}
    for number, row in json_lines(path, types):
        aspects = row["aspect-level-certainty"]
        if unknown := set(aspects.values()) - set(get_args(Level)):
            problem = f"has the unknown level {min(unknown)!r}"
            raise InputError(problem, str(path), number, "aspect-level-certainty")
        text, part = row["finding"], _part(row, path, number)
        yield RatedFinding(str(row["id"]), text, part, text, float("nan"), aspects)


def _part(row: Mapping[str, str], path: Path, number: int) -> Part:
    if row["split"] not in _PARTS:
        raise InputError(f"must be one of {', '.join(_PARTS)}", str(path), number, "split")
    return _PARTS[row["split"]]
