"""Sentence boundaries on news that others wrote: the hand-checked sentences of `data/gold`."""

import csv
import hashlib
import os
from collections import defaultdict
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from reframing.documents.records import Span
from reframing.documents.sentences import sentence_spans

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT / "data" / "gold" / "polnear-sentences.tsv"

Document = tuple[str, str, str]


@cache
def gold() -> dict[Document, list[Span]]:
    """Sentences by document, split and hash of the text."""
    sentences: dict[Document, list[Span]] = defaultdict(list)
    with GOLD.open(encoding="utf8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            document = (row["document"], row["split"], row["sha256"])
            sentences[document].append(Span(int(row["start"]), int(row["end"])))
    return dict(sentences)


def texts(split: str) -> dict[Document, str]:
    """The texts of one split from the mirror, found by their hashes."""
    mirror = os.environ.get("REFRAMING_MIRROR")
    root = Path(mirror) if mirror else ROOT / "../shared/mirror"
    folders = sorted(root.glob(f"github.com/networkdynamics/PolNeAR/*/data/{split}/text"))
    if not folders:
        pytest.skip("no mirror of PolNeAR")
    contents = (file.read_bytes() for file in folders[0].glob("*.txt"))
    by_hash = {hashlib.sha256(content).hexdigest(): content for content in contents}
    documents = [document for document in gold() if document[1] == split]
    return {document: by_hash[document[2]].decode("utf8") for document in documents}


def test_gold_has_documents_of_all_publishers() -> None:
    for split in ("dev", "train"):
        documents = [id for id, of, _ in gold() if of == split]
        assert len(documents) >= 24
        assert len({id.removesuffix(f"-{split}-{id[-1]}") for id in documents}) >= 7


def test_gold_sentences_are_in_order_and_apart() -> None:
    for spans in gold().values():
        assert all(span.start < span.end for span in spans)
        assert all(a.end <= b.start for a, b in pairwise(spans))


@pytest.mark.mirror
@pytest.mark.parametrize(("split", "floor"), [("train", 0.995), ("dev", 0.99)])
def test_f1_of_sentences_keeps_its_floor(split: str, floor: float) -> None:
    right = found = expected = 0
    for document, text in texts(split).items():
        spans, wanted = set(sentence_spans(text)), set(gold()[document])
        right, found, expected = (
            right + len(spans & wanted),
            found + len(spans),
            expected + len(wanted),
        )
    assert 2 * right / (found + expected) >= floor
