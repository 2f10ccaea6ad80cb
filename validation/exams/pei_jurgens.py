"""How certain scientific findings sound: Pearson r with the mean rating of Pei & Jurgens (2021)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from reframing.documents.errors import InputError
from validation.exam import (
    HEDGES,
    Exam,
    Gold,
    Rival,
    System,
    Types,
    json_lines,
    lengths,
    mean_score,
    occurrences,
    word_list,
)
from validation.scores import Result, evidence, pearson

# Reader: rated findings from science news and abstracts.

FOLDER = Path("data/annotated_data")

Part = Literal["train", "dev", "test", "ext"]
Level = Literal["NotPresent", "Uncertain", "Certain"]

_PARTS: dict[str, Part] = {"train": "train", "val": "dev", "test": "test", "ext": "ext"}


@dataclass(frozen=True, slots=True)
class RatedFinding:
    """A finding with the mean rating of how certain it sounds, from 1 (not at all) to 6 (fully).

    In records of the aspect-level file, `certainty` is nan and `aspects` is filled. `part` is the
    corpus's own, its *val* called `dev`; `ext` holds findings from other sources, for an out-of-domain
    test. The corpus has no article ids, so the text serves as `document`.
    """

    id: str
    document: str
    part: Part
    text: str
    certainty: float
    aspects: Mapping[str, Level] = field(default_factory=dict)


def read_certainty(folder: Path) -> Iterator[RatedFinding]:
    """Findings with their sentence-level certainty.

    Raises `InputError` if a rating is outside 1 to 6 or the split is unknown.
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

    The split of this file differs from that of the sentence-level file: some of its train findings are
    test findings there. A model trained on it must exclude those (the same finding has the same
    `document`).
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


# The exam.

MEASURES = {"test": "certainty", "ext": "certainty-ext"}


def read(gold: Gold) -> list[RatedFinding]:
    """The findings of the `test` part, then those of `ext` (out of domain)."""
    return [r for part in ("test", "ext") for r in gold.part("certainty", read_certainty, part)]


def judge(items: Sequence[RatedFinding], system: System) -> Iterator[Result]:
    """Score a profile's certainty of each finding."""
    read = system.read(item.text for item in items)
    yield from correlated(items, [mean_score(annotation, "certainty") for annotation in read])


def correlated(items: Sequence[RatedFinding], scores: Sequence[float]) -> Iterator[Result]:
    """Pearson r over rows (score, rating rescaled from 1-6 to 0-1), one per finding, by part."""
    for part, measure in MEASURES.items():
        here = [(i, s) for i, s in zip(items, scores, strict=True) if i.part == part]
        rows = [(score, (item.certainty - 1) / 5) for item, score in here]
        groups = {"length": lengths(item.text for item, _ in here)}
        documents = [item.document for item, _ in here]
        yield Result(measure, evidence(documents, rows, pearson, groups))


def rivals(items: Sequence[RatedFinding], gold: Gold) -> Iterator[Rival]:
    """Baselines: a constant, which correlates with nothing; the negative count of hedges in Hyland's list."""
    for result in correlated(items, [0.0] * len(items)):
        yield Rival("mean of train", "trivial", result)
    listed = word_list(gold, HEDGES)
    counts = [-float(len(list(occurrences(item.text, listed)))) for item in items]
    for result in correlated(items, counts):
        yield Rival("count of Hyland's hedges", "word list", result)


CERTAINTY = Exam("certainty", read, judge, rivals)
