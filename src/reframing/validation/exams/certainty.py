"""How certain findings sound: Pearson r with the mean rating of Pei & Jurgens (2021)."""

from collections.abc import Iterator, Sequence

from reframing.readers.gold import RatedFinding, read_certainty
from reframing.validation.evidence import Result, evidence
from reframing.validation.exams.exam import Exam, Rival
from reframing.validation.gold import Gold
from reframing.validation.groups import lengths
from reframing.validation.statistics import pearson
from reframing.validation.systems import System, mean_score
from reframing.validation.word_counts import HEDGES, occurrences, word_list

MEASURES = {"test": "certainty", "ext": "certainty-ext"}


def read(gold: Gold) -> list[RatedFinding]:
    """The findings of the test part, then those of the part out of domain."""
    return [r for part in ("test", "ext") for r in gold.part("certainty", read_certainty, part)]


def judge(items: Sequence[RatedFinding], system: System) -> Iterator[Result]:
    """A profile's certainty of each finding."""
    read = system.read(item.text for item in items)
    yield from correlated(items, [mean_score(annotation, "certainty") for annotation in read])


def correlated(items: Sequence[RatedFinding], scores: Sequence[float]) -> Iterator[Result]:
    """Rows (score, rating brought from 1-6 to 0-1), one a finding, by part."""
    for part, measure in MEASURES.items():
        here = [(i, s) for i, s in zip(items, scores, strict=True) if i.part == part]
        rows = [(score, (item.certainty - 1) / 5) for item, score in here]
        groups = {"length": lengths(item.text for item, _ in here)}
        documents = [item.document for item, _ in here]
        yield Result(measure, evidence(documents, rows, pearson, groups))


def rivals(items: Sequence[RatedFinding], gold: Gold) -> Iterator[Rival]:
    """The mean rating, which correlates with nothing, and a count of hedges by Hyland's list."""
    for result in correlated(items, [0.0] * len(items)):
        yield Rival("mean of train", "trivial", result)
    listed = word_list(gold, HEDGES)
    counts = [-float(len(list(occurrences(item.text, listed)))) for item in items]
    for result in correlated(items, counts):
        yield Rival("count of Hyland's hedges", "word list", result)


CERTAINTY = Exam("certainty", read, judge, rivals)
