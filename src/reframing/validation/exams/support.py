"""Whether a text bears out a summary of it: balanced accuracy on SummEdits and QAGS."""

from collections.abc import Iterator, Sequence

from reframing.readers.gold import CheckedSentence, read_qags, read_summedits
from reframing.segment.tokens import words
from reframing.validation.evidence import Result, evidence
from reframing.validation.exams.exam import Exam, Rival
from reframing.validation.gold import Gold
from reframing.validation.groups import lengths
from reframing.validation.statistics import balanced_accuracy, best_threshold
from reframing.validation.systems import System

MEASURES = {"ectsum": "support-ectsum", "cnndm": "support-cnndm", "xsum": "support-xsum"}
HALVES = 2


def read(gold: Gold) -> list[CheckedSentence]:
    """All summaries: nothing is learned from them but the threshold of the other half."""
    return [*gold.part("summedits", read_summedits), *gold.part("qags", read_qags)]


def judge(items: Sequence[CheckedSentence], system: System) -> Iterator[Result]:
    """A profile's support of each summary."""
    yield from answered(items, system.support([(item.source, item.text) for item in items]))


def answered(items: Sequence[CheckedSentence], scores: Sequence[float]) -> Iterator[Result]:
    """Rows (gold, answer), one a summary, by corpus.

    The threshold of each half of the documents is the best one of the other half.
    """
    for corpus, measure in MEASURES.items():
        here = [(i, s) for i, s in zip(items, scores, strict=True) if i.corpus == corpus]
        half = [int(item.document, 16) % HALVES for item, _ in here]
        placed = list(zip(here, half, strict=True))
        limits = [_limit([pair for pair, h in placed if h != side]) for side in range(HALVES)]
        rows = [(item.supported, score >= limits[h]) for (item, score), h in placed]
        groups = {"length": lengths(item.text for item, _ in here)}
        documents = [item.document for item, _ in here]
        yield Result(measure, evidence(documents, rows, balanced_accuracy(2), groups))


def _limit(pairs: Sequence[tuple[CheckedSentence, float]]) -> float:
    if not pairs:
        return 0.5
    return best_threshold([score for _, score in pairs], [item.supported for item, _ in pairs])


def rivals(items: Sequence[CheckedSentence], gold: Gold) -> Iterator[Rival]:
    """Always yes, and the share of the summary's words that the source has too."""
    for result in answered(items, [1.0] * len(items)):
        yield Rival("always borne out", "trivial", result)
    for result in answered(items, [_shared_words(item) for item in items]):
        yield Rival("share of words in the source", "other method", result)


def _shared_words(item: CheckedSentence) -> float:
    source, forms = frozenset(words(item.source)), list(words(item.text))
    return sum(form in source for form in forms) / max(1, len(forms))


SUPPORT = Exam("support", read, judge, rivals)
