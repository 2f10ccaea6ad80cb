"""Press release against abstract (InSciOut): macro-F1 over exaggerates, same, downplays."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from validation.exam import Exam, Gold, Rival, System, json_lines
from validation.exams.claim_strength import strength_of
from validation.scores import Result, evidence, label_errors, macro_f1

# Press releases against the abstracts they report (InSciOut: Sumner et al. 2014; Wright & Augenstein 2021).

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


# Press release against abstract (InSciOut): macro-F1 over exaggerates, same, downplays.

CHANGES = ("downplays", "same", "exaggerates")


def read(gold: Gold) -> list[GradedPair]:
    """All 100 pairs: nothing is learned from them."""
    return gold.part("insciout", read_insciout)


def judge(items: Sequence[GradedPair], system: System) -> Iterator[Result]:
    """The change that follows from a profile's grades of both conclusions."""
    before = system.grade([item.abstract for item in items])
    after = system.grade([item.release for item in items])
    pairs = zip(before, after, strict=True)
    yield changed(items, [CHANGES[(b > a) - (b < a) + 1] for a, b in pairs])


def changed(items: Sequence[GradedPair], changes: Sequence[str]) -> Result:
    """Rows (gold change, change), one a pair."""
    rows = [
        (CHANGES.index(item.change), CHANGES.index(change))
        for item, change in zip(items, changes, strict=True)
    ]
    errors = label_errors((CHANGES[gold], CHANGES[given]) for gold, given in rows)
    found = evidence([item.document for item in items], rows, macro_f1(3))
    return Result("exaggeration", found, errors=errors)


def rivals(items: Sequence[GradedPair], gold: Gold) -> Iterator[Rival]:
    """The majority of these pairs, there being no others."""
    majority = Counter(item.change for item in items).most_common(1)[0][0]
    yield Rival("majority", "trivial", changed(items, [majority] * len(items)))


EXAGGERATION = Exam("exaggeration", read, judge, rivals)
