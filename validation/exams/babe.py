"""Biased sentences of BABE (Spinde et al. 2021): macro-F1 at a bias of one half, and AUC."""

import ast
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from reframing.documents.errors import InputError
from reframing.documents.records import Span
from reframing.measures.sentiment import sentiment
from validation.exam import BIAS as NPOV
from validation.exam import (
    SUBJECTIVE,
    Exam,
    Gold,
    Kind,
    Rival,
    System,
    csv_rows,
    lengths,
    mean_score,
    mentions,
    share_listed,
    single,
    word_list,
)
from validation.scores import Result, auc, best_threshold, evidence, label_errors, macro_f1

# Reader: news sentences that experts judged biased or not, with the biased words.

Label = TypeVar("Label")

FILE = Path("data/final_labels_SG2.csv")
NO_LINK = "no link"

_COLUMNS = ("text", "news_link", "outlet", "topic", "type", "label_bias", "label_opinion")
_LABELS = {"Biased": True, "Non-biased": False, "No agreement": None}
_OPINIONS = {
    "Entirely factual": "factual",
    "Somewhat factual but also opinionated": "mixed",
    "Expresses writer’s opinion": "opinion",
    "No agreement": None,
}


@dataclass(frozen=True, slots=True)
class JudgedSentence:
    """A news sentence with the experts' majority judgement.

    `document` is the link of the article; sentences without a link share the document `NO_LINK`, because
    they may come from one article. `words` are the spans of the biased words, every occurrence of each.
    `opinion` is factual, mixed or opinion, None without a majority; `leaning` is left, center or right,
    None where the outlet has none.
    """

    id: str
    document: str
    text: str
    biased: bool
    words: tuple[Span, ...]
    opinion: str | None
    outlet: str
    leaning: str | None
    topic: str


def read_babe(folder: Path) -> Iterator[JudgedSentence]:
    """The sentences with a majority judgement; one of 3,674 has none and is skipped.

    Raises `InputError` for an unknown label or a malformed list of biased words.
    """
    path = folder / FILE
    for number, row in csv_rows(path, (*_COLUMNS, "biased_words"), delimiter=";"):
        biased = _known(row["label_bias"], _LABELS, path, number, "label_bias")
        if biased is None:
            continue
        yield JudgedSentence(
            id=f"babe-{number}",
            document=row["news_link"] or NO_LINK,
            text=row["text"],
            biased=biased,
            words=_occurrences(_words(row["biased_words"], path, number), row["text"]),
            opinion=_known(row["label_opinion"], _OPINIONS, path, number, "label_opinion"),
            outlet=row["outlet"],
            leaning=row["type"] or None,
            topic=row["topic"],
        )


def _known(value: str, names: Mapping[str, Label], path: Path, number: int, field: str) -> Label:
    if value not in names:
        expected = ", ".join(names)
        raise InputError(f"must be one of {expected}", str(path), number, field)
    return names[value]


def _words(listed: str, path: Path, number: int) -> list[str]:
    """The words in a Python list of strings; one entry may name several words, separated by commas."""
    try:
        entries = ast.literal_eval(listed)
        return [word.strip() for entry in entries for word in entry.split(",") if word.strip()]
    except (ValueError, SyntaxError, AttributeError, TypeError) as error:
        raise InputError("is no list of words", str(path), number, "biased_words") from error


def _occurrences(words: list[str], text: str) -> tuple[Span, ...]:
    found: set[Span] = set()
    for word in words:
        pattern = rf"(?<!\w){re.escape(word)}(?!\w)"
        found |= {Span(*match.span()) for match in re.finditer(pattern, text, re.IGNORECASE)}
    return tuple(sorted(found))


# The exam.

THRESHOLD = 0.5
"""Bias is the estimated probability that a reader calls a sentence biased; from one half, the answer is yes."""

NAMES = {True: "biased", False: "not biased"}


def read(gold: Gold) -> list[JudgedSentence]:
    """The sentences of the `test` part: held-out articles, fold 0 of 5."""
    return gold.part("babe", read_babe)


def judge(items: Sequence[JudgedSentence], system: System) -> Iterator[Result]:
    """Score a profile's bias of each sentence."""
    read = system.read(item.text for item in items)
    yield from judged(items, [mean_score(annotation, "bias") for annotation in read], THRESHOLD)


def judged(
    items: Sequence[JudgedSentence], scores: Sequence[float], threshold: float
) -> Iterator[Result]:
    """Macro-F1 over rows (gold, answer) and AUC over rows (score, gold), one row per sentence."""
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
    """Baselines: majority class; strength of sentiment and shares of listed words, with thresholds of train."""
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
        threshold = best_threshold(
            [score(t.text) for t in train], [t.biased for t in train], macro_f1(2)
        )
        for result in judged(items, [score(item.text) for item in items], threshold):
            yield Rival(system, kind, result)


BIAS = Exam("bias", read, judge, rivals)
