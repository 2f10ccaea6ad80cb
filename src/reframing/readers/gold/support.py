"""Summaries that people checked against their sources.

SummEdits (Laban et al. 2023) and QAGS (Wang, Cho & Lewis 2020).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from reframing.errors import InputError
from reframing.readers.gold.records_in import checked, json_lines, json_list

SUMMEDITS = Path("data/summedits/summedits_ectsum.json")
QAGS = Path("data")


@dataclass(frozen=True, slots=True)
class CheckedSentence:
    """A text and a summary of it, or one sentence of the summary, that it bears out or not."""

    id: str
    document: str
    corpus: str
    source: str
    text: str
    supported: bool


def read_summedits(folder: Path) -> Iterator[CheckedSentence]:
    """Edited summaries of earnings calls; `document` is the call, `supported` its label 1."""
    path = folder / SUMMEDITS
    types = {"id": str, "doc": str, "summary": str, "label": int}
    for number, row in json_list(path, types):
        if row["label"] not in (0, 1):
            raise InputError("must be 0 or 1", str(path), number, "label")
        document, supported = _digest(row["doc"]), row["label"] == 1
        id = f"{row['id']}#{number}"
        yield CheckedSentence(id, document, "ectsum", row["doc"], row["summary"], supported)


def read_qags(folder: Path) -> Iterator[CheckedSentence]:
    """Sentences of machine summaries (CNN/DailyMail, then XSum), by the majority of three judges."""
    for corpus in ("cnndm", "xsum"):
        path = folder / QAGS / f"mturk_{corpus}.jsonl"
        for number, row in json_lines(path, {"article": str, "summary_sentences": list}):
            for place, sentence in enumerate(row["summary_sentences"], 1):
                sentence = checked(sentence, {"sentence": str, "responses": list}, path, number)
                yield CheckedSentence(
                    f"{corpus}-{number}-{place}",
                    _digest(row["article"]),
                    corpus,
                    row["article"],
                    sentence["sentence"],
                    _majority(sentence["responses"], path, number),
                )


def _majority(responses: list[Any], path: Path, number: int) -> bool:
    votes = [checked(vote, {"response": str}, path, number)["response"] for vote in responses]
    if not votes or set(votes) - {"yes", "no"}:
        raise InputError("must be yes or no", str(path), number, "responses.response")
    return votes.count("yes") * 2 > len(votes)


def _digest(text: str) -> str:
    return sha256(text.encode("utf8")).hexdigest()[:16]
