"""An annotator as the suite sees it, and how it is asked about texts that are single sentences."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from reframing.errors import InputError
from reframing.records import Annotation, Article, Span, Target

Annotate = Callable[[Iterable[Article]], Iterator[Annotation]]
Support = Callable[[Sequence[tuple[str, str]]], Sequence[float]]


@dataclass(frozen=True, slots=True)
class System:
    """What is scored: how articles are annotated, and how far a source bears out a summary of it (0-1)."""

    name: str
    annotate: Annotate
    support: Support

    def read(self, texts: Iterable[str]) -> list[Annotation]:
        """Annotations of texts without title, each an article of its own."""
        return list(self.annotate(alone(texts)))

    def grade(self, texts: Iterable[str]) -> list[int]:
        """Causal strength 0-3 of each text: of its strongest sentence."""
        scores = (annotation.scores for annotation in self.read(texts))
        return [max((of.strength for of in sentences), default=0) for sentences in scores]


def alone(
    texts: Iterable[str], targets: Iterable[Sequence[Span]] | None = None
) -> Iterator[Article]:
    """Each text as an article of its own, body alone, with its targets where there are any."""
    if targets is None:
        yield from (Article(f"gold-{number}", text) for number, text in enumerate(texts))
        return
    for number, (text, spans) in enumerate(zip(texts, targets, strict=True)):
        yield Article(f"gold-{number}", text, targets=tuple(map(Target, spans)))


def mean_score(annotation: Annotation, name: Literal["certainty", "bias", "sentiment"]) -> float:
    """A score of the whole text: the mean over its sentences, weighted by their length in characters.

    Gold sentences are mostly one sentence to the splitter too; where it finds several, the longer one
    has more to say. Raises `InputError` where the text has no sentence.
    """
    lengths = [sentence.end - sentence.start for sentence in annotation.sentences]
    if not lengths:
        raise InputError("has no sentence to score", record=annotation.id)
    scores = (getattr(score, name) for score in annotation.scores)
    total = sum(length * score for length, score in zip(lengths, scores, strict=True))
    return total / sum(lengths)
