"""Sentiment toward a target in NewsMTSC's real-world test set: macro-F1 over three labels."""

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

# NewsMTSC: sentiment toward targets in sentences of political news (Hamborg & Donnay 2021).

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
    """A mention with the sentiment that the sentence shows toward it.

    `further` are other mentions of the same target in the sentence; they carry no label of their own.
    """

    span: Span
    label: Literal["negative", "neutral", "positive"]
    further: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class TargetedSentence:
    """A sentence with its targets; `part` is the corpus's own: `train`, or `test` (devtest_rw).

    `document` is the part and the article that the sentence's id names: 480 articles have sentences in
    both parts, and a split must be able to leave them out of one.
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
    """The sentences of `train`, then those of `devtest_rw` (its real-world test set).

    Raises `InputError` where an offset does not give the mention or a polarity is none of 2, 4, 6.
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


# Sentiment toward a target in NewsMTSC's real-world test set: macro-F1 over three labels.

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
