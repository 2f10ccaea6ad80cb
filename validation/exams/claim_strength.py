"""Causal strength of conclusions (0-3): macro-F1, separately for abstracts and press releases.

Graded sentences of Yu, Li & Wang (2019; PubMed abstracts) and Yu et al. (2020; EurekAlert press
releases).
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from reframing.documents.errors import InputError
from validation.exam import Exam, Gold, Rival, System, csv_rows, lengths
from validation.scores import Result, evidence, label_errors, macro_f1

# Reader: conclusions of abstracts and press releases, graded by causal strength.

FOLDER = Path("data")


@dataclass(frozen=True, slots=True)
class GradedClaim:
    """A sentence with its causal strength: 0 no relation, 1 correlational, 2 conditional causal, 3 causal.

    `source` is `pubmed` (conclusions of abstracts) or `eureka` (press releases of EurekAlert). `document`
    is the press release; abstracts have no id, so there it is the case-folded sentence, which keeps
    repeated sentences in one part.
    """

    id: str
    document: str
    source: Literal["pubmed", "eureka"]
    text: str
    strength: int


def read_claims(folder: Path) -> Iterator[GradedClaim]:
    """The sentences of abstracts, then those of press releases.

    Raises `InputError` if a strength is not 0, 1, 2 or 3.
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
    """A causal strength, 0-3 on the scale of InSciOut; raises `InputError` for anything else."""
    if str(value) not in ("0", "1", "2", "3"):
        raise InputError("must be 0, 1, 2 or 3", str(path), number, field)
    return int(value)


# The exam.

MEASURES = {"pubmed": "claim-strength", "eureka": "claim-strength-releases"}

STRENGTHS = ("no relation", "correlational", "conditional causal", "causal")


def read(gold: Gold) -> list[GradedClaim]:
    """The sentences of the `test` part, from both sources."""
    return gold.part("claims", read_claims)


def judge(items: Sequence[GradedClaim], system: System) -> Iterator[Result]:
    """Score a profile's causal strength of each sentence."""
    yield from graded(items, system.grade([item.text for item in items]))


def graded(items: Sequence[GradedClaim], grades: Sequence[int]) -> Iterator[Result]:
    """Macro-F1 over rows (gold strength, predicted strength), one per sentence, by source."""
    for source, measure in MEASURES.items():
        here = [(i, g) for i, g in zip(items, grades, strict=True) if i.source == source]
        rows = [(item.strength, grade) for item, grade in here]
        groups = {"length": lengths(item.text for item, _ in here)}
        documents = [item.document for item, _ in here]
        errors = label_errors((STRENGTHS[gold], STRENGTHS[given]) for gold, given in rows)
        yield Result(measure, evidence(documents, rows, macro_f1(4), groups), errors=errors)


def rivals(items: Sequence[GradedClaim], gold: Gold) -> Iterator[Rival]:
    """Baseline: the majority class in the train part of each source."""
    train = gold.part("claims", read_claims, "train")
    majority = {
        source: Counter(t.strength for t in train if t.source == source).most_common(1)[0][0]
        for source in MEASURES
    }
    for result in graded(items, [majority[item.source] for item in items]):
        yield Rival("majority of train", "trivial", result)


CLAIMS = Exam("claims", read, judge, rivals)
