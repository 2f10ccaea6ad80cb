"""Sentence boundaries: F1 over sentences with both ends right, in the sample and in PolNeAR.

The sentences of the sample were split by its writers. Those of 48 PolNeAR texts were split by a reader
who saw no splitter output (`data/gold/README.md`); the ones in its dev split are reported.
"""

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import NamedTuple

from reframing.documents.errors import InputError
from reframing.documents.records import Article, Span
from reframing.reading.articles import read_articles
from validation.exam import Exam, Gold, Rival, System
from validation.exams.polnear import article_of, read_polnear
from validation.scores import Result, evidence, exact_prf, f1

MEASURES = ("sentences-sample", "sentences-polnear")
_END = re.compile(r"(?<=[.!?])\s+|\n+")


class SplitText(NamedTuple):
    """An article with its gold sentences; `document` is its event, or its own id."""

    measure: str
    document: str
    article: Article
    sentences: tuple[Span, ...]


def read(gold: Gold) -> list[SplitText]:
    """The articles of the sample, then the texts of PolNeAR's dev split."""
    return [*_sample(gold), *_polnear(gold)]


def _sample(gold: Gold) -> Iterator[SplitText]:
    articles = {a.id: a for a in read_articles(gold.sample / "articles.jsonl")}
    lines = (gold.sample / "gold-sentences.jsonl").read_text(encoding="utf8").splitlines()
    for record in map(json.loads, lines):
        article = articles[record["id"]]
        sentences = tuple(Span(*span) for span in record["sentences"])
        yield SplitText(MEASURES[0], article.event or article.id, article, sentences)


def _polnear(gold: Gold) -> Iterator[SplitText]:
    """Texts of PolNeAR's dev split that have gold sentences, identified by the SHA-256 of the text."""
    path = gold.sentences / "polnear-sentences.tsv"
    sentences: dict[str, list[Span]] = defaultdict(list)
    with path.open(encoding="utf8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t"):
            if row["split"] == "dev":
                sentences[row["sha256"]].append(Span(int(row["start"]), int(row["end"])))
    for document in read_polnear(gold.folder("polnear") / "data/dev", True):
        spans = sentences.pop(sha256(document.text.encode("utf8")).hexdigest(), None)
        if spans is not None:
            yield SplitText(MEASURES[1], document.id, article_of(document), tuple(sorted(spans)))
    if sentences:
        raise InputError(f"PolNeAR has no text of SHA-256 {min(sentences)}", str(path))


def judge(items: Sequence[SplitText], system: System) -> Iterator[Result]:
    """Score a profile's sentence boundaries."""
    read = system.annotate(item.article for item in items)
    yield from compared(items, [[s.span for s in annotation.sentences] for annotation in read])


def compared(items: Sequence[SplitText], predicted: Sequence[Sequence[Span]]) -> Iterator[Result]:
    """F1 over sentences with the same two ends, one row of counts per text."""
    for measure in MEASURES:
        here = [(i, p) for i, p in zip(items, predicted, strict=True) if i.measure == measure]
        scores = [exact_prf([item.sentences], [spans]) for item, spans in here]
        rows = [(s.n_matched, s.n_gold, s.n_predicted) for s in scores]
        yield Result(measure, evidence([item.document for item, _ in here], rows, f1))


def rivals(items: Sequence[SplitText], gold: Gold) -> Iterator[Rival]:
    """Baseline: a boundary at every line break and every *.*, *!* or *?* that white space follows."""
    for result in compared(items, [list(_naive(item.article.text)) for item in items]):
        yield Rival("every mark ends one", "trivial", result)


def _naive(text: str) -> Iterator[Span]:
    start = 0
    for match in (*_END.finditer(text), None):
        end = match.start() if match else len(text)
        if text[start:end].strip():
            yield Span(start, end)
        start = match.end() if match else end


BOUNDARIES = Exam("boundaries", read, judge, rivals)
