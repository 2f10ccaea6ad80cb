"""Press releases against abstracts (InSciOut): macro-F1 over exaggerates, same, downplays."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from validation.exam import Exam, Gold, Rival, System, json_lines
from validation.exams.claim_strength import strength_of
from validation.scores import Result, evidence, label_errors, macro_f1

# Reader: pairs of press release and abstract (Sumner et al. 2014; Wright & Augenstein 2021).

FILE = Path("data/insciout_train.jsonl")

Change = Literal["exaggerates", "same", "downplays"]


@dataclass(frozen=True, slots=True)
class GradedPair:
    """The main conclusion of an abstract (original) and of its press release (repost).

    Causal strengths are 0-3; `change` says whether the press release has a higher, the same, or a lower
    one.
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
    """The pairs in file order; raises `InputError` if a strength is not 0, 1, 2 or 3."""
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


# The exam.

CHANGES = ("downplays", "same", "exaggerates")


def read(gold: Gold) -> list[GradedPair]:
    """All 100 pairs: nothing is learned from them."""
    return gold.part("insciout", read_insciout)


def judge(items: Sequence[GradedPair], system: System) -> Iterator[Result]:
    """Score the change that follows from a profile's causal strengths of both conclusions."""
    before = system.grade([item.abstract for item in items])
    after = system.grade([item.release for item in items])
    pairs = zip(before, after, strict=True)
    yield changed(items, [CHANGES[(b > a) - (b < a) + 1] for a, b in pairs])


def changed(items: Sequence[GradedPair], changes: Sequence[str]) -> Result:
    """Macro-F1 over rows (gold change, predicted change), one per pair."""
    rows = [
        (CHANGES.index(item.change), CHANGES.index(change))
        for item, change in zip(items, changes, strict=True)
    ]
    errors = label_errors((CHANGES[gold], CHANGES[given]) for gold, given in rows)
    found = evidence([item.document for item in items], rows, macro_f1(3))
    return Result("exaggeration", found, errors=errors)


def rivals(items: Sequence[GradedPair], gold: Gold) -> Iterator[Rival]:
    """Baseline: the majority class of these same pairs, as there is no train part."""
    majority = Counter(item.change for item in items).most_common(1)[0][0]
    yield Rival("majority", "trivial", changed(items, [majority] * len(items)))


EXAGGERATION = Exam("exaggeration", read, judge, rivals)
