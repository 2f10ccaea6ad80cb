"""NewsMTSC: sentiment toward targets in sentences of political news (Hamborg & Donnay 2021)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from reframing.errors import InputError
from reframing.readers.gold.records_in import Types, checked, json_lines
from reframing.records import Span

FOLDER = Path("NewsSentiment/controller_data/datasets/NewsMTSC-dataset")
FILES: dict[Literal["train", "test"], str] = {"train": "train.jsonl", "test": "devtest_rw.jsonl"}

_ARTICLE = re.compile(r"allsides_\d+_\d+|polusa_v\d+_\d+")
_LABELS: dict[float, Literal["negative", "neutral", "positive"]] = {
    2.0: "negative",
    4.0: "neutral",
    6.0: "positive",
}


@dataclass(frozen=True, slots=True)
class GoldTarget:
    """A mention with the sentiment that the sentence shows toward it.

    `further` are other mentions of the same target in the sentence; they carry no label of their own.
    """

    span: Span
    label: Literal["negative", "neutral", "positive"]
    further: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class TargetedSentence:
    """A sentence with its targets; `part` is the corpus's own: `train`, or `test` (devtest_rw).

    `document` is the part and the article that the sentence's id names: 480 articles have sentences in
    both parts, and a split must be able to leave them out of one.
    """

    id: str
    article: str
    part: Literal["train", "test"]
    text: str
    targets: tuple[GoldTarget, ...]

    @property
    def document(self) -> str:
        return f"{self.part}/{self.article}"


def read_newsmtsc(folder: Path) -> Iterator[TargetedSentence]:
    """The sentences of `train`, then those of `devtest_rw` (its real-world test set).

    Raises `InputError` where an offset does not give the mention or a polarity is none of 2, 4, 6.
    """
    types = {"primary_gid": str, "sentence_normalized": str, "targets": list}
    for part, name in FILES.items():
        path = folder / FOLDER / name
        for number, row in json_lines(path, types):
            article = _ARTICLE.match(row["primary_gid"])
            if not article:
                raise InputError("names no article", str(path), number, "primary_gid")
            text = row["sentence_normalized"]
            targets = tuple(_target(target, text, path, number) for target in row["targets"])
            yield TargetedSentence(row["primary_gid"], article.group(), part, text, targets)


def _target(row: Any, text: str, path: Path, number: int) -> GoldTarget:
    types: Types = {"from": int, "to": int, "mention": str, "polarity": (int, float)}
    row = checked(row, types, path, number)
    span = Span(row["from"], row["to"])
    if span.of(text) != row["mention"]:
        raise InputError("does not stand at its offsets", str(path), number, "targets.mention")
    if row["polarity"] not in _LABELS:
        raise InputError("must be 2, 4 or 6", str(path), number, "targets.polarity")
    further = tuple(sorted(Span(m["from"], m["to"]) for m in row.get("further_mentions", ())))
    return GoldTarget(span, _LABELS[row["polarity"]], further)
