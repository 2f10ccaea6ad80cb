"""Conclusions of papers and press releases, graded by causal strength (Yu, Li & Wang 2019; Yu et al. 2020)."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from reframing.errors import InputError
from reframing.readers.gold.records_in import csv_rows

FOLDER = Path("data")


@dataclass(frozen=True, slots=True)
class GradedClaim:
    """A sentence with its strength: 0 no relation, 1 correlational, 2 conditional causal, 3 causal.

    `source` is `pubmed` (conclusions of abstracts) or `eureka` (press releases of EurekAlert).
    `document` is the press release; abstracts are not named, there the text without case stands for
    it, so that sentences that recur stay together.
    """

    id: str
    document: str
    source: Literal["pubmed", "eureka"]
    text: str
    strength: int


def read_claims(folder: Path) -> Iterator[GradedClaim]:
    """The sentences of abstracts, then those of press releases.

    Raises `InputError` where a strength is none of 0, 1, 2, 3.
    """
    path = folder / FOLDER / "annotated_pubmed.csv"
    for number, row in csv_rows(path, ("sentence", "label")):
        document = row["sentence"].casefold()
        strength = strength_of(row["label"], path, number, "label")
        yield GradedClaim(f"pubmed-{number}", document, "pubmed", row["sentence"], strength)
    path = folder / FOLDER / "annotated_eureka.csv"
    for number, row in csv_rows(path, ("sentId", "sentence", "label")):
        release = row["sentId"].rsplit("-", 2)[0]
        strength = strength_of(row["label"], path, number, "label")
        yield GradedClaim(row["sentId"], release, "eureka", row["sentence"], strength)


def strength_of(value: str | int, path: Path, number: int, field: str) -> int:
    """A strength on the scale of InSciOut; raises `InputError` for anything else."""
    if str(value) not in ("0", "1", "2", "3"):
        raise InputError("must be 0, 1, 2 or 3", str(path), number, field)
    return int(value)
