"""Sentiment toward a target: a span of the article given with it as input (NewsMTSC: Hamborg & Donnay 2021).

`target_sentiment` is the rule of profile `lexicon`; profile `full` uses a network and shares the helpers here.
"""

import re
from collections.abc import Sequence
from typing import Literal

from reframing.documents.errors import InputError
from reframing.documents.records import Article, Sentence, Span, Target, TargetSentiment, covering
from reframing.measures.sentiment import sentiment

NEUTRAL_BELOW = 0.05
"""Absolute compound score below which a label is neutral: VADER's own threshold (Hutto & Gilbert 2014)."""

_BOUNDARY = re.compile(
    r"[;:()\[\]—–]|,(?=\s)|\b(?:but|while|whereas|although|though|because|after|before)\b",
    re.IGNORECASE,
)
_FEWEST_WORDS = 4


def target_sentiment(text: str, sentence: Sentence | Span, target: Target) -> TargetSentiment:
    """Sentiment label and score in [-1, 1] toward `target`, a span inside `sentence`.

    The score is VADER's compound score of the clause around the target; the label follows from `label_of`.
    """
    score = sentiment(clause_around(text, sentence, target.span).of(text))
    return TargetSentiment(target.span, label_of(score), score)


def check_targets(article: Article) -> None:
    """Raise `InputError` if a target of the article is empty or lies partly outside its text."""
    for target in article.targets:
        start, end = target.span
        if not 0 <= start < end <= len(article.text):
            problem = f"target {start}-{end} is no stretch of the text (0-{len(article.text)})"
            raise InputError(problem, record=article.id, field="targets")


def stretch_around(target: Target, sentences: Sequence[Sentence]) -> Span:
    """The smallest span that covers the target and the sentences that it overlaps.

    A target that overlaps no sentence is joined with the preceding one, or with the first sentence if none
    precedes. In a text without sentences the span is the target's own.
    """
    span = target.span
    touched = [sentence.span for sentence in sentences if sentence.span.overlaps(span)]
    before = [sentence.span for sentence in sentences if sentence.end <= span.start]
    first = [sentence.span for sentence in sentences]
    return covering([span, *(touched or before[-1:] or first[:1])])


def label_of_probabilities(
    negative: float, neutral: float, positive: float
) -> Literal["negative", "neutral", "positive"]:
    """The label with the highest value (need not be normalised); neutral if it ties for the highest."""
    if neutral >= max(negative, positive):
        return "neutral"
    return "positive" if positive > negative else "negative"


def label_of(score: float) -> Literal["negative", "neutral", "positive"]:
    """The label of a compound score: neutral if its absolute value is below `NEUTRAL_BELOW`."""
    if abs(score) < NEUTRAL_BELOW:
        return "neutral"
    return "positive" if score > 0 else "negative"


def clause_around(text: str, sentence: Sentence | Span, target: Span) -> Span:
    """The part of `sentence` around `target`, up to the nearest clause boundary on each side.

    Boundaries are semicolons, colons, brackets, dashes, commas, *but* and subordinators. If that part has fewer
    than four words, too few to judge by, the entire sentence is returned.
    """
    whole = Span(min(sentence.start, target.start), max(sentence.end, target.end))
    cuts = [match.span() for match in _BOUNDARY.finditer(text, whole.start, whole.end)]
    start = max((end for _, end in cuts if end <= target.start), default=whole.start)
    end = min((start for start, _ in cuts if start >= target.end), default=whole.end)
    return Span(start, end) if len(text[start:end].split()) >= _FEWEST_WORDS else whole
