"""Sentences without gold labels, for the teachers to label: from news, and with a flagged target."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

from reframing.documents.files import articles
from reframing.documents.records import Article
from reframing.documents.sentences import split
from reframing.documents.tables import read_records
from reframing.measures.quotations import find_quotes
from training.gold import ATTRIBUTION, flag
from training.units import Unit, unit

NEWS = ("article-comparisons", "fnc-1")
"""Corpora of the study that share no articles with the gold of the stage `validate`."""

_LONGEST = 8  # most word pieces of a target
_SOURCE = (ATTRIBUTION.index("B-source"), ATTRIBUTION.index("I-source"))


def news(most: int = 24000, seed: int = 1) -> list[Unit]:
    """The distinct sentences of the corpora in `NEWS` after `prepare`; a seeded sample of at most `most`."""
    units: dict[tuple[int, ...], Unit] = {}
    for corpus in NEWS:
        for article in read_records(articles(corpus), Article):
            quotes = [quote.inner for quote in find_quotes(article.text)]
            for sentence in split(article):
                u = unit(article.id, article.text, sentence.start, sentence.end)
                flag(u, quotes)
                units.setdefault(tuple(u.ids), u)
    found = list(units.values())
    random.Random(seed).shuffle(found)
    return found[:most]


def targets_of(units: Sequence[Unit], most: int = 9000, seed: int = 1) -> list[Unit]:
    """Units in which one source of an attribution is flagged; a seeded sample of at most `most`."""
    found = [flagged for u in units for flagged in _sources(u)]
    random.Random(seed).shuffle(found)
    return found[:most]


def _sources(u: Unit) -> Iterator[Unit]:
    tags = u.tags["attribution"]
    at = 0
    while at < len(tags):
        if tags[at] != _SOURCE[0]:
            at += 1
            continue
        end = at + 1
        while end < len(tags) and (tags[end] == _SOURCE[1] or not u.heads[end]):
            end += 1
        if end - at <= _LONGEST:
            flags = [int(at <= i < end) for i in range(len(u.ids))]
            yield replace(u, flags=flags, tags={}, value={}, soft={})
        at = end
