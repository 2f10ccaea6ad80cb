"""Press release against abstract (InSciOut): macro-F1 over exaggerates, same, downplays."""

from collections import Counter
from collections.abc import Iterator, Sequence

from reframing.readers.gold import GradedPair, read_insciout
from reframing.validation.errors import label_errors
from reframing.validation.evidence import Result, evidence
from reframing.validation.exams.exam import Exam, Rival
from reframing.validation.gold import Gold
from reframing.validation.statistics import macro_f1
from reframing.validation.systems import System

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
