"""Causal strength of conclusions (0-3): macro-F1, abstracts and press releases each for itself."""

from collections import Counter
from collections.abc import Iterator, Sequence

from reframing.readers.gold import GradedClaim, read_claims
from reframing.validation.errors import label_errors
from reframing.validation.evidence import Result, evidence
from reframing.validation.exams.exam import Exam, Rival
from reframing.validation.gold import Gold
from reframing.validation.groups import lengths
from reframing.validation.statistics import macro_f1
from reframing.validation.systems import System

MEASURES = {"pubmed": "claim-strength", "eureka": "claim-strength-releases"}

STRENGTHS = ("no relation", "correlational", "conditional causal", "causal")


def read(gold: Gold) -> list[GradedClaim]:
    """The reported sentences of both sources."""
    return gold.part("claims", read_claims)


def judge(items: Sequence[GradedClaim], system: System) -> Iterator[Result]:
    """A profile's grade of each sentence."""
    yield from graded(items, system.grade([item.text for item in items]))


def graded(items: Sequence[GradedClaim], grades: Sequence[int]) -> Iterator[Result]:
    """Rows (gold grade, grade), one a sentence, by source."""
    for source, measure in MEASURES.items():
        here = [(i, g) for i, g in zip(items, grades, strict=True) if i.source == source]
        rows = [(item.strength, grade) for item, grade in here]
        groups = {"length": lengths(item.text for item, _ in here)}
        documents = [item.document for item, _ in here]
        errors = label_errors((STRENGTHS[gold], STRENGTHS[given]) for gold, given in rows)
        yield Result(measure, evidence(documents, rows, macro_f1(4), groups), errors=errors)


def rivals(items: Sequence[GradedClaim], gold: Gold) -> Iterator[Rival]:
    """The majority of each source's train part."""
    train = gold.part("claims", read_claims, "train")
    majority = {
        source: Counter(t.strength for t in train if t.source == source).most_common(1)[0][0]
        for source in MEASURES
    }
    for result in graded(items, [majority[item.source] for item in items]):
        yield Rival("majority of train", "trivial", result)


CLAIMS = Exam("claims", read, judge, rivals)
