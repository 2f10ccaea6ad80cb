"""Machine retellings of news in four tones, as gold for evaluation (Wu, Guo & Hooi 2024)."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reframing.readers.corpora import read_corpus

LOADED = frozenset({"sensational", "emotionally_triggering"})


@dataclass(frozen=True, slots=True)
class ToneOfText:
    """A retelling; `loaded` where a sensational or emotional tone was asked for.

    `document` is the article that it retells. The tone is what the machine was told, not what a reader
    found: a retelling that ignored its instruction counts as an error of the measure.
    """

    id: str
    document: str
    text: str
    loaded: bool


def read_sheepdog(folder: Path) -> Iterator[ToneOfText]:
    """The retellings, refusals left out, cleaned as in the study (`read_corpus`)."""
    for article in read_corpus("sheepdog", folder):
        if article.kind is not None and article.event is not None:
            loaded = article.kind in LOADED
            yield ToneOfText(article.id, article.event, article.text, loaded)
