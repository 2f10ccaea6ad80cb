"""Sentiment toward a target in the real-world test set of NewsMTSC: macro-F1 over three labels."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple

from reframing.documents.errors import InputError
from reframing.documents.records import Span
from reframing.measures.sentiment import sentiment
from reframing.measures.targets import label_of
from validation.exam import (
    Exam,
    Gold,
    Rival,
    System,
    Types,
    alone,
    checked,
    json_lines,
    lengths,
    mentions,
    single,
)
from validation.scores import Result, evidence, label_errors, macro_f1

# Reader: sentences of political news with sentiment toward targets (Hamborg & Donnay 2021).

FOLDER = Path("NewsSentiment/controller_data/datasets/NewsMTSC-dataset")
FILES: dict[Literal["train", "test"], str] = {"train": "train.jsonl", "test": "devtest_rw.jsonl"}

_ARTICLE = re.compile(r"allsides_\d+_\d+|polusa_v\d+_\d+")
_LABELS: dict[float, Literal["negative", "neutral", "positive"]] = {
    2.0: "negative",
    4.0: "neutral",
    6.0: "positive",
}


@dataclass(frozen=True, slots=True)
class GoldTarget:
    """A mention of a target, with the sentiment that the sentence expresses toward it.

    `further` are other mentions of the same target in the sentence; they have no label of their own.
    """

    span: Span
    label: Literal["negative", "neutral", "positive"]
    further: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class TargetedSentence:
    """A sentence with its targets; `part` is the corpus's own part, `train` or `test` (devtest_rw).

    `document` joins the part and the article that the sentence id names: 480 articles have sentences in
    both parts, and a split must be able to exclude them from one.
    """

    id: str
    article: str
    part: Literal["train", "test"]
    text: str
    targets: tuple[GoldTarget, ...]

    @property
    def document(self) -> str:
        return f"{self.part}/{self.article}"


def read_newsmtsc(folder: Path) -> Iterator[TargetedSentence]:
    """The sentences of `train`, then those of `devtest_rw`, the real-world test set.

    Raises `InputError` if a mention does not match its offsets or a polarity is not 2, 4 or 6.
    """
    types = {"primary_gid": str, "sentence_normalized": str, "targets": list}
    for part, name in FILES.items():
        path = folder / FOLDER / name
        for number, row in json_lines(path, types):
            article = _ARTICLE.match(row["primary_gid"])
            if not article:
                raise InputError("names no article", str(path), number, "primary_gid")
            text = row["sentence_normalized"]
            targets = tuple(_target(target, text, path, number) for target in row["targets"])
            yield TargetedSentence(row["primary_gid"], article.group(), part, text, targets)


def _target(row: Any, text: str, path: Path, number: int) -> GoldTarget:
    types: Types = {"from": int, "to": int, "mention": str, "polarity": (int, float)}
    row = checked(row, types, path, number)
    span = Span(row["from"], row["to"])
    if span.of(text) != row["mention"]:
        raise InputError("does not stand at its offsets", str(path), number, "targets.mention")
    if row["polarity"] not in _LABELS:
        raise InputError("must be 2, 4 or 6", str(path), number, "targets.polarity")
    further = tuple(sorted(Span(m["from"], m["to"]) for m in row.get("further_mentions", ())))
    return GoldTarget(span, _LABELS[row["polarity"]], further)


# The exam.

LABELS = ("negative", "neutral", "positive")


class Judged(NamedTuple):
    """One target and its sentence."""

    sentence: TargetedSentence
    target: GoldTarget


def read(gold: Gold) -> list[Judged]:
    """Every target in devtest_rw."""
    return [
        Judged(sentence, target)
        for sentence in gold.part("newsmtsc", read_newsmtsc)
        for target in sentence.targets
    ]


def judge(items: Sequence[Judged], system: System) -> Iterator[Result]:
    """Score a profile's label of each target, annotated one target at a time."""
    texts = [item.sentence.text for item in items]
    targets = [(item.target.span,) for item in items]
    read = system.annotate(alone(texts, targets))
    yield labelled(items, [annotation.targets[0].label for annotation in read])


def labelled(items: Sequence[Judged], predicted: Sequence[str]) -> Result:
    """Macro-F1 over rows (gold label, predicted label), one per target."""
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
    """Baselines: the majority class of train; VADER's label of the entire sentence."""
    train = gold.part("newsmtsc", read_newsmtsc, "train")
    counts = Counter(target.label for sentence in train for target in sentence.targets)
    majority = counts.most_common(1)[0][0]
    yield Rival("majority of train", "trivial", labelled(items, [majority] * len(items)))
    vader = [label_of(sentiment(item.sentence.text)) for item in items]
    yield Rival("VADER", "other method", labelled(items, vader))


TARGETS = Exam("targets", read, judge, rivals)
