"""Sentiment toward a target that the article names (NewsMTSC: Hamborg & Donnay 2021)."""

import re
from collections.abc import Sequence
from typing import Literal

from reframing.documents.errors import InputError
from reframing.documents.records import Article, Sentence, Span, Target, TargetSentiment, covering
from reframing.measures.sentiment import sentiment

NEUTRAL_BELOW = 0.05
"""VADER's own threshold on the compound score (Hutto & Gilbert 2014)."""

_BOUNDARY = re.compile(
    r"[;:()\[\]—–]|,(?=\s)|\b(?:but|while|whereas|although|though|because|after|before)\b",
    re.IGNORECASE,
)
_FEWEST_WORDS = 4


def target_sentiment(text: str, sentence: Sentence | Span, target: Target) -> TargetSentiment:
    """Label and score in [-1, 1] toward `target`, a span inside `sentence`.

    The score is VADER's over the clause around the target; the label is neutral below 0.05 either way.
    """
    score = sentiment(clause_around(text, sentence, target.span).of(text))
    return TargetSentiment(target.span, label_of(score), score)


def check_targets(article: Article) -> None:
    """Raise `InputError` where a target of the article is empty or ends outside its text."""
    for target in article.targets:
        start, end = target.span
        if not 0 <= start < end <= len(article.text):
            problem = f"target {start}-{end} is no stretch of the text (0-{len(article.text)})"
            raise InputError(problem, record=article.id, field="targets")


def stretch_around(target: Target, sentences: Sequence[Sentence]) -> Span:
    """The sentences that a target touches, with the target; between sentences the one in front of it.

    In front of the first sentence that is the first; in a text without any, the target itself.
    """
    span = target.span
    touched = [sentence.span for sentence in sentences if sentence.span.overlaps(span)]
    before = [sentence.span for sentence in sentences if sentence.end <= span.start]
    first = [sentence.span for sentence in sentences]
    return covering([span, *(touched or before[-1:] or first[:1])])


def label_of_probabilities(
    negative: float, neutral: float, positive: float
) -> Literal["negative", "neutral", "positive"]:
    """The label of the highest; neutral where it ties."""
    if neutral >= max(negative, positive):
        return "neutral"
    return "positive" if positive > negative else "negative"


def label_of(score: float) -> Literal["negative", "neutral", "positive"]:
    """The label of a compound score by VADER's threshold."""
    if abs(score) < NEUTRAL_BELOW:
        return "neutral"
    return "positive" if score > 0 else "negative"


def clause_around(text: str, sentence: Sentence | Span, target: Span) -> Span:
    """The stretch of `sentence` around `target` up to the next clause boundaries.

    Boundaries are semicolons, colons, brackets, dashes, commas and subordinators. A stretch of fewer than
    four words says too little about the target: the whole sentence stands in for it.
    """
    whole = Span(min(sentence.start, target.start), max(sentence.end, target.end))
    cuts = [match.span() for match in _BOUNDARY.finditer(text, whole.start, whole.end)]
    start = max((end for _, end in cuts if end <= target.start), default=whole.start)
    end = min((start for start, _ in cuts if start >= target.end), default=whole.end)
    return Span(start, end) if len(text[start:end].split()) >= _FEWEST_WORDS else whole
