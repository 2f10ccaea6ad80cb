"""Which of two versions a Wikipedia editor found biased: share of pairs told right, ties half."""

from collections.abc import Callable, Iterator, Sequence

from reframing.constructs.sentiment import sentiment
from reframing.readers.gold import NeutralizedPair, read_wnc
from reframing.validation.evidence import Result, evidence
from reframing.validation.exams.exam import Exam, Kind, Rival
from reframing.validation.gold import Gold
from reframing.validation.groups import lengths
from reframing.validation.statistics import share
from reframing.validation.systems import System, mean_score
from reframing.validation.word_counts import BIAS, SUBJECTIVE, share_listed, word_list


def read(gold: Gold) -> list[NeutralizedPair]:
    """The reported pairs; those with two equal sides have no biased one."""
    return [pair for pair in gold.part("wnc", read_wnc) if pair.biased != pair.neutral]


def judge(items: Sequence[NeutralizedPair], system: System) -> Iterator[Result]:
    """The side to which a profile gives the higher bias."""
    before = system.read(item.biased for item in items)
    after = system.read(item.neutral for item in items)
    yield told(
        items, [mean_score(a, "bias") for a in before], [mean_score(a, "bias") for a in after]
    )


def told(
    items: Sequence[NeutralizedPair], before: Sequence[float], after: Sequence[float]
) -> Result:
    """Rows (1 where the biased side scores higher, .5 where both are equal, 1), one a pair."""
    rows = [((b > a) + 0.5 * (b == a), 1) for b, a in zip(before, after, strict=True)]
    groups = {"length": lengths(item.biased for item in items)}
    documents = [item.document for item in items]
    return Result("biased-side", evidence(documents, rows, share, groups))


def rivals(items: Sequence[NeutralizedPair], gold: Gold) -> Iterator[Rival]:
    """A coin, strength of sentiment, and counts of bias and subjective words."""
    npov, subjective = word_list(gold, BIAS), word_list(gold, SUBJECTIVE)
    methods: tuple[tuple[str, Kind, Callable[[str], float]], ...] = (
        ("chance", "trivial", lambda text: 0.0),
        ("longer side", "trivial", len),
        ("strength of VADER", "other method", lambda text: abs(sentiment(text))),
        ("share of Recasens's bias words", "word list", lambda text: share_listed(text, npov)),
        ("share of strong subjectives", "word list", lambda text: share_listed(text, subjective)),
    )
    for system, kind, score in methods:
        before, after = ([score(getattr(i, side)) for i in items] for side in ("biased", "neutral"))
        yield Rival(system, kind, told(items, before, after))


NEUTRALITY = Exam("neutrality", read, judge, rivals)
