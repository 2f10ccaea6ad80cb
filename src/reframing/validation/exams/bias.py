"""Biased sentences of BABE: macro-F1 at a bias of one half, and AUC."""

from collections.abc import Callable, Iterator, Sequence

from reframing.constructs.sentiment import sentiment
from reframing.readers.gold import JudgedSentence, read_babe
from reframing.validation.errors import label_errors
from reframing.validation.evidence import Result, evidence
from reframing.validation.exams.exam import Exam, Kind, Rival
from reframing.validation.gold import Gold
from reframing.validation.groups import lengths, mentions, single
from reframing.validation.statistics import auc, best_threshold, macro_f1
from reframing.validation.systems import System, mean_score
from reframing.validation.word_counts import BIAS as NPOV
from reframing.validation.word_counts import SUBJECTIVE, share_listed, word_list

THRESHOLD = 0.5
"""Bias is the chance that a reader calls a sentence biased: from one half on the answer is yes."""

NAMES = {True: "biased", False: "not biased"}


def read(gold: Gold) -> list[JudgedSentence]:
    """The sentences of the held-out articles (fold 0 of 5)."""
    return gold.part("babe", read_babe)


def judge(items: Sequence[JudgedSentence], system: System) -> Iterator[Result]:
    """A profile's bias of each sentence."""
    read = system.read(item.text for item in items)
    yield from judged(items, [mean_score(annotation, "bias") for annotation in read], THRESHOLD)


def judged(
    items: Sequence[JudgedSentence], scores: Sequence[float], threshold: float
) -> Iterator[Result]:
    """Rows (gold, answer) and (score, gold), one a sentence."""
    documents = [item.document for item in items]
    groups = {
        "outlet": single([item.outlet for item in items]),
        "leaning": single([item.leaning for item in items]),
        "length": lengths(item.text for item in items),
        "mentions": mentions(item.text for item in items),
    }
    pairs = list(zip(items, scores, strict=True))
    answers = [(item.biased, score >= threshold) for item, score in pairs]
    errors = label_errors((NAMES[gold], NAMES[given]) for gold, given in answers)
    yield Result("bias", evidence(documents, answers, macro_f1(2), groups), errors=errors)
    ranked = [(score, item.biased) for item, score in pairs]
    yield Result("bias-auc", evidence(documents, ranked, auc, groups))


def rivals(items: Sequence[JudgedSentence], gold: Gold) -> Iterator[Rival]:
    """The majority of train; strength of sentiment and counts, with a threshold learned from train."""
    train = gold.part("babe", read_babe, "train")
    majority = 2 * sum(item.biased for item in train) >= len(train)
    for result in judged(items, [float(majority)] * len(items), THRESHOLD):
        yield Rival("majority of train", "trivial", result)
    npov, subjective = word_list(gold, NPOV), word_list(gold, SUBJECTIVE)
    methods: tuple[tuple[str, Kind, Callable[[str], float]], ...] = (
        ("strength of VADER", "other method", lambda text: abs(sentiment(text))),
        ("share of Recasens's bias words", "word list", lambda text: share_listed(text, npov)),
        ("share of strong subjectives", "word list", lambda text: share_listed(text, subjective)),
    )
    for system, kind, score in methods:
        threshold = best_threshold([score(t.text) for t in train], [t.biased for t in train])
        for result in judged(items, [score(item.text) for item in items], threshold):
            yield Rival(system, kind, result)


BIAS = Exam("bias", read, judge, rivals)
