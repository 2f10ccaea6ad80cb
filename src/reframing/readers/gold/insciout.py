"""Press releases against the abstracts they report (InSciOut: Sumner et al. 2014; Wright & Augenstein 2021)."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from reframing.readers.gold.claims import strength_of
from reframing.readers.gold.records_in import json_lines

FILE = Path("data/insciout_train.jsonl")

Change = Literal["exaggerates", "same", "downplays"]


@dataclass(frozen=True, slots=True)
class GradedPair:
    """The main conclusion of an abstract (original) and of its press release (repost).

    Strengths are on the scale 0 to 3; `change` follows from them.
    """

    id: str
    document: str
    abstract: str
    release: str
    abstract_strength: int
    release_strength: int

    @property
    def change(self) -> Change:
        if self.release_strength == self.abstract_strength:
            return "same"
        return "exaggerates" if self.release_strength > self.abstract_strength else "downplays"


def read_insciout(folder: Path) -> Iterator[GradedPair]:
    """The pairs in the order of the file; raises `InputError` for a strength that is none of 0 to 3."""
    path = folder / FILE
    types = {
        "original_file_id": str,
        "press_release_conclusion": str,
        "abstract_conclusion": str,
        "press_release_strength": int,
        "abstract_strength": int,
    }
    for number, row in json_lines(path, types):
        strengths = (
            strength_of(row[field], path, number, field)
            for field in ("abstract_strength", "press_release_strength")
        )
        texts = row["abstract_conclusion"], row["press_release_conclusion"]
        yield GradedPair(row["original_file_id"], row["original_file_id"], *texts, *strengths)
