"""Profile `lexicon`: measures an article by rules and cited word lists alone, without networks.

Also defines the output of both profiles (`Measures`); their input are documents.
"""

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple, TypeVar

from reframing.documents.document import Document
from reframing.documents.records import (
    Attribution,
    Evaluation,
    Marker,
    Sentence,
    SentenceScores,
    TargetSentiment,
)
from reframing.documents.tokens import Tokens
from reframing.measures.attribution.by_rule import find_attributions
from reframing.measures.bias import bias
from reframing.measures.boosting import find_boosters
from reframing.measures.causality import strengths
from reframing.measures.certainty import certainty
from reframing.measures.evaluation import weighted_evaluations
from reframing.measures.features import WordCounts
from reframing.measures.hedging import find_hedges
from reframing.measures.sentiment import sentiment
from reframing.measures.targets import stretch_around, target_sentiment

# Output of the profiles.

DIGITS = 4
"""Decimals of certainty, bias and the network's target scores.

Rounding removes the last bits of an exponential, which differ between processors."""


class Measures(NamedTuple):
    """Output of a profile for one article: fields as in `Annotation`, but `hedges` includes approximators."""

    attributions: tuple[Attribution, ...]
    hedges: tuple[Marker, ...]
    boosters: tuple[Marker, ...]
    evaluations: tuple[Evaluation, ...]
    scores: tuple[SentenceScores, ...]
    targets: tuple[TargetSentiment, ...]


# Profile `lexicon`.

Spanned = TypeVar("Spanned", Marker, tuple[Evaluation, int])


def by_lexicon(batch: Sequence[Document]) -> list[Measures]:
    """The measures of each document, by rules and word lists."""
    return [_measures(document) for document in batch]


def _measures(document: Document) -> Measures:
    tokens, sentences = document.tokens, document.sentences
    hedges, boosters = find_hedges(tokens), find_boosters(tokens)
    weighted = weighted_evaluations(tokens)
    return Measures(
        find_attributions(document),
        hedges,
        boosters,
        tuple(evaluation for evaluation, _ in weighted),
        score_sentences(tokens, sentences, hedges, boosters, weighted),
        tuple(
            target_sentiment(document.text, stretch_around(target, sentences), target)
            for target in document.article.targets
        ),
    )


def score_sentences(
    tokens: Tokens,
    sentences: Sequence[Sentence],
    hedges: Sequence[Marker],
    boosters: Sequence[Marker],
    weighted: Sequence[tuple[Evaluation, int]],
) -> tuple[SentenceScores, ...]:
    """Scores of each sentence, in order; `weighted` are evaluations with their strength (1 to 3)."""
    words, strength = WordCounts(tokens), strengths(tokens, sentences)
    hedged = by_sentence(hedges, [hedge.span.start for hedge in hedges], sentences)
    boosted = by_sentence(boosters, [booster.span.start for booster in boosters], sentences)
    loaded = by_sentence(weighted, [evaluation.span.start for evaluation, _ in weighted], sentences)
    return tuple(
        SentenceScores(
            round(certainty(words.within(sentence.span), hedged[i], boosted[i]), DIGITS),
            round(
                bias(
                    words.within(sentence.span),
                    [evaluation for evaluation, _ in loaded[i]],
                    [strength for _, strength in loaded[i]],
                    len(boosted[i]),
                ),
                DIGITS,
            ),
            sentiment(sentence.span.of(tokens.text)),
            strength[i],
        )
        for i, sentence in enumerate(sentences)
    )


def by_sentence(
    items: Sequence[Spanned], starts: Sequence[int], sentences: Sequence[Sentence]
) -> list[list[Spanned]]:
    """For each sentence the `items` that start in it; `starts` gives the offset of each item."""
    groups: list[list[Spanned]] = [[] for _ in sentences]
    opens = [sentence.start for sentence in sentences]
    for item, start in zip(items, starts, strict=True):
        groups[bisect_right(opens, start) - 1].append(item)
    return groups
