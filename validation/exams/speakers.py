"""Speakers of quotations in the embedded sample: F1 over pairs of quotation and speaker."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from reframing.documents.records import Annotation, Article, Span
from reframing.reading.articles import read_articles
from validation.exam import Exam, Gold, Rival, System, single
from validation.exams.polnear import largest_matching
from validation.scores import Result, evidence, f1


class Spoken(NamedTuple):
    """A quotation with the mentions of its speaker; any of them is a right answer."""

    quote: Span
    speakers: tuple[Span, ...]


class QuotedText(NamedTuple):
    """An article with its gold quotations."""

    article: Article
    quotes: tuple[Spoken, ...]


Pair = tuple[Span, Span]

_NAME = re.compile(r"[A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*)+")


def read(gold: Gold) -> list[QuotedText]:
    """The articles of the sample with hand-annotated speakers of quotations."""
    articles = {a.id: a for a in read_articles(gold.sample / "articles.jsonl")}
    lines = (gold.sample / "gold-quotes.jsonl").read_text(encoding="utf8").splitlines()
    return [_quoted(articles[record["id"]], record["quotes"]) for record in map(json.loads, lines)]


def _quoted(article: Article, quotes: Sequence[Any]) -> QuotedText:
    spoken = tuple(
        Spoken(Span(*quote["quote"]), tuple(Span(*speaker) for speaker in quote["speakers"]))
        for quote in quotes
    )
    return QuotedText(article, spoken)


def judge(items: Sequence[QuotedText], system: System) -> Iterator[Result]:
    """Score a profile's quotations with their speakers."""
    read = system.annotate(item.article for item in items)
    yield paired(items, [pairs(annotation) for annotation in read])


def pairs(annotation: Annotation) -> list[Pair]:
    """The spans (quotation, speaker) of an annotation; quotations without a speaker are skipped."""
    return [(quote.span, quote.speaker) for quote in annotation.quotes if quote.speaker is not None]


def paired(items: Sequence[QuotedText], predicted: Sequence[Sequence[Pair]]) -> Result:
    """F1 over pairs (quotation, speaker), one row of counts per article, matched one to one.

    A pair is right if the quotations overlap and the speaker overlaps a gold mention.
    """
    rows = []
    for item, found in zip(items, predicted, strict=True):
        agree = [
            [q.overlaps(g.quote) and any(map(source.overlaps, g.speakers)) for q, source in found]
            for g in item.quotes
        ]
        rows.append((len(largest_matching(agree)), len(item.quotes), len(found)))
    groups = {"kind": single([item.article.kind for item in items])}
    documents = [item.article.event or item.article.id for item in items]
    return Result("quote-speaker", evidence(documents, rows, f1, groups))


def rivals(items: Sequence[QuotedText], gold: Gold) -> Iterator[Rival]:
    """Baseline: the nearest run of two or more capitalised words outside quotations."""
    yield Rival("nearest name", "other method", paired(items, [_nearest(item) for item in items]))


def _nearest(item: QuotedText) -> list[Pair]:
    quotes = [spoken.quote for spoken in item.quotes]
    names = [Span(*match.span()) for match in _NAME.finditer(item.article.text)]
    outside = [name for name in names if not any(map(name.overlaps, quotes))]
    return [(q, min(outside, key=lambda name: _apart(q, name))) for q in quotes if outside]


def _apart(a: Span, b: Span) -> int:
    return max(a.start, b.start) - min(a.end, b.end)


SPEAKERS = Exam("speakers", read, judge, rivals)
