"""BABE: news sentences that experts judged biased or not, with the biased words (Spinde et al. 2021)."""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from reframing.errors import InputError
from reframing.readers.gold.records_in import csv_rows
from reframing.records import Span

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
    """A sentence with the majority's judgement.

    `document` is the article's link; all sentences without one share the document `NO_LINK`, because
    they may come of one article. `words` are the spans of the biased words, every occurrence of each;
    `opinion` is factual, mixed or opinion, or None without a majority; `leaning` is left, center,
    right, or None where the outlet has none.
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
    """The sentences on which a majority agreed; one of 3,674 has none and is passed over.

    Raises `InputError` where a label is unknown or the biased words are no list.
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
    """The entries of a Python list of strings; one entry may name several words, parted by commas."""
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
