"""Which of two versions of a sentence a Wikipedia editor found biased: share of right pairs, ties half."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from reframing.documents.errors import InputError
from reframing.measures.sentiment import sentiment
from validation.exam import (
    BIAS,
    SUBJECTIVE,
    Exam,
    Gold,
    Kind,
    Rival,
    System,
    lengths,
    mean_score,
    share_listed,
    whole_text,
    word_list,
)
from validation.scores import Result, evidence, share

# Reader: Wikipedia sentences before and after an editor made them neutral (Pryzant et al. 2020).

FOLDER = Path("baselines/test_data")


@dataclass(frozen=True, slots=True)
class NeutralizedPair:
    """A sentence before (`biased`) and after (`neutral`) an editor made it neutral.

    Both are lower-cased and tokenised with blanks, as in the corpus. It has no article ids, so both texts
    together serve as `document`.
    """

    id: str
    document: str
    biased: str
    neutral: str


def read_wnc(folder: Path) -> Iterator[NeutralizedPair]:
    """The pairs in file order; raises `InputError` if the two files differ in length."""
    before, after = (_lines(folder / FOLDER / f"{side}.train") for side in ("pre", "post"))
    if len(before) != len(after):
        problem = f"has {len(after)} lines, its counterpart {len(before)}; fetch both again"
        raise InputError(problem, str(folder / FOLDER / "post.train"))
    for number, (biased, neutral) in enumerate(zip(before, after, strict=True), 1):
        yield NeutralizedPair(f"wnc-{number}", f"{biased}\t{neutral}", biased, neutral)


def _lines(path: Path) -> list[str]:
    return whole_text(path).removesuffix("\n").split("\n")


# The exam.


def read(gold: Gold) -> list[NeutralizedPair]:
    """The pairs of the `test` part, without those whose two sides are equal."""
    return [pair for pair in gold.part("wnc", read_wnc) if pair.biased != pair.neutral]


def judge(items: Sequence[NeutralizedPair], system: System) -> Iterator[Result]:
    """Score the choice of the side to which a profile gives the higher bias."""
    before = system.read(item.biased for item in items)
    after = system.read(item.neutral for item in items)
    yield answers(
        items, [mean_score(a, "bias") for a in before], [mean_score(a, "bias") for a in after]
    )


def answers(
    items: Sequence[NeutralizedPair], before: Sequence[float], after: Sequence[float]
) -> Result:
    """Share of right pairs, one row per pair: 1 if the biased side scores higher, 0.5 if equal, else 0."""
    rows = [((b > a) + 0.5 * (b == a), 1) for b, a in zip(before, after, strict=True)]
    groups = {"length": lengths(item.biased for item in items)}
    documents = [item.document for item in items]
    return Result("biased-side", evidence(documents, rows, share, groups))


def rivals(items: Sequence[NeutralizedPair], gold: Gold) -> Iterator[Rival]:
    """Baselines: chance, the longer side, strength of sentiment, shares of bias and subjective words."""
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
        yield Rival(system, kind, answers(items, before, after))


NEUTRALITY = Exam("neutrality", read, judge, rivals)
