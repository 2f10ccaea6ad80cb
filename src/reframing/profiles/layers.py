"""What every construct of a text reads, and what a profile makes of it."""

from typing import NamedTuple

from reframing.constructs.quotes import find_quotes
from reframing.records import (
    Article,
    Attribution,
    Evaluation,
    Marker,
    Quote,
    Sentence,
    SentenceScores,
    TargetSentiment,
)
from reframing.segment.sentences import split
from reframing.segment.tokens import Tokens
from reframing.texts import tokens_of

DIGITS = 4
"""Decimals of a sentence's scores: the last bits of an exponential, in which processors differ, are cut off."""


class Layers(NamedTuple):
    """One article with its tokens, sentences and quotations."""

    article: Article
    tokens: Tokens
    sentences: tuple[Sentence, ...]
    quotes: tuple[Quote, ...]


class Measures(NamedTuple):
    """What a profile finds in one article; fields as in `Annotation`."""

    attributions: tuple[Attribution, ...]
    hedges: tuple[Marker, ...]
    boosters: tuple[Marker, ...]
    evaluations: tuple[Evaluation, ...]
    scores: tuple[SentenceScores, ...]
    targets: tuple[TargetSentiment, ...]


def lay_out(article: Article) -> Layers:
    """The layers of an article."""
    text = article.text
    return Layers(article, tokens_of(text), split(article), find_quotes(text))
