"""Evaluations per word in machine retellings: AUC of sensational and emotional against plain tones.

The tones were ordered from the machine, so the score says that the measure follows tone. It is evidence of
validity and no finding about retellings.
"""

from collections.abc import Iterator, Sequence

from reframing.constructs.sentiment import sentiment
from reframing.readers.gold import ToneOfText, read_sheepdog
from reframing.validation.evidence import Result, evidence
from reframing.validation.exams.exam import Exam, Rival
from reframing.validation.gold import Gold
from reframing.validation.statistics import auc
from reframing.validation.systems import System
from reframing.validation.word_counts import SUBJECTIVE, share_listed, word_list


def read(gold: Gold) -> list[ToneOfText]:
    """Every retelling: nothing is learned from them."""
    return list(read_sheepdog(gold.folder("sheepdog")))


def judge(items: Sequence[ToneOfText], system: System) -> Iterator[Result]:
    """A profile's evaluations per word token."""
    read = system.read(item.text for item in items)
    yield ranked(items, [len(a.evaluations) / max(1, a.n_tokens) for a in read])


def ranked(items: Sequence[ToneOfText], scores: Sequence[float]) -> Result:
    """Rows (score, loaded), one a retelling; those of one article belong together."""
    rows = [(score, item.loaded) for item, score in zip(items, scores, strict=True)]
    return Result("evaluation-auc", evidence([item.document for item in items], rows, auc))


def rivals(items: Sequence[ToneOfText], gold: Gold) -> Iterator[Rival]:
    """Chance, strength of sentiment, and the share of strong subjectives."""
    yield Rival("chance", "trivial", ranked(items, [0.0] * len(items)))
    vader = [abs(sentiment(item.text)) for item in items]
    yield Rival("strength of VADER", "other method", ranked(items, vader))
    listed = word_list(gold, SUBJECTIVE)
    shares = [share_listed(item.text, listed) for item in items]
    yield Rival("share of strong subjectives", "word list", ranked(items, shares))


TONE = Exam("tone", read, judge, rivals)
