"""Sentiment toward a target in NewsMTSC's real-world test set: macro-F1 over three labels."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reframing.constructs.sentiment import sentiment
from reframing.constructs.targets import label_of
from reframing.readers.gold import GoldTarget, TargetedSentence, read_newsmtsc
from reframing.validation.errors import label_errors
from reframing.validation.evidence import Result, evidence
from reframing.validation.exams.exam import Exam, Rival
from reframing.validation.gold import Gold
from reframing.validation.groups import lengths, mentions, single
from reframing.validation.statistics import macro_f1
from reframing.validation.systems import System, alone

LABELS = ("negative", "neutral", "positive")


class Judged(NamedTuple):
    """One target in its sentence."""

    sentence: TargetedSentence
    target: GoldTarget


def read(gold: Gold) -> list[Judged]:
    """Every target of devtest_rw."""
    return [
        Judged(sentence, target)
        for sentence in gold.part("newsmtsc", read_newsmtsc)
        for target in sentence.targets
    ]


def judge(items: Sequence[Judged], system: System) -> Iterator[Result]:
    """A profile's label of each target, asked for alone."""
    texts = [item.sentence.text for item in items]
    targets = [(item.target.span,) for item in items]
    read = system.annotate(alone(texts, targets))
    yield labelled(items, [annotation.targets[0].label for annotation in read])


def labelled(items: Sequence[Judged], predicted: Sequence[str]) -> Result:
    """Rows (gold label, predicted label), one a target."""
    rows = [
        (LABELS.index(item.target.label), LABELS.index(label))
        for item, label in zip(items, predicted, strict=True)
    ]
    groups = {
        "length": lengths(item.sentence.text for item in items),
        "collection": single([item.sentence.article.split("_")[0] for item in items]),
        "mentions": mentions(item.sentence.text for item in items),
    }
    documents = [item.sentence.article for item in items]
    errors = label_errors((LABELS[gold], LABELS[given]) for gold, given in rows)
    found = evidence(documents, rows, macro_f1(3), groups)
    return Result("target-sentiment", found, errors=errors)


def rivals(items: Sequence[Judged], gold: Gold) -> Iterator[Rival]:
    """The majority of train, and VADER's label of the whole sentence."""
    train = gold.part("newsmtsc", read_newsmtsc, "train")
    counts = Counter(target.label for sentence in train for target in sentence.targets)
    majority = counts.most_common(1)[0][0]
    yield Rival("majority of train", "trivial", labelled(items, [majority] * len(items)))
    vader = [label_of(sentiment(item.sentence.text)) for item in items]
    yield Rival("VADER", "other method", labelled(items, vader))


TARGETS = Exam("targets", read, judge, rivals)
