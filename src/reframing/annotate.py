"""Annotate an article: every construct of its text in one record."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from reframing.constructs.attribution import find_attributions
from reframing.constructs.bias import bias
from reframing.constructs.boosting import find_boosters
from reframing.constructs.certainty import certainty
from reframing.constructs.evaluation import weighted_evaluations
from reframing.constructs.features import WordCounts, features
from reframing.constructs.hedging import find_hedges
from reframing.constructs.quotes import find_quotes
from reframing.constructs.sentiment import sentiment
from reframing.constructs.targets import target_sentiment
from reframing.errors import InputError
from reframing.parallel import ordered_map
from reframing.records import (
    Annotation,
    Article,
    Evaluation,
    Marker,
    Sentence,
    SentenceScores,
    TargetSentiment,
)
from reframing.segment.sentences import split
from reframing.segment.tokens import Tokens, tokenize

Spanned = TypeVar("Spanned", Marker, tuple[Evaluation, int])


def annotate(article: Article) -> Annotation:
    """Sentences, attributions, quotations, hedges, boosters, evaluations, targets and features.

    Raises `InputError` where a target of the article lies in none of its sentences.
    """
    text = article.text
    tokens, sentences, quotes = tokenize(text), split(article), find_quotes(text)
    attributions = find_attributions(text, tokens, sentences, quotes)
    hedges, boosters = find_hedges(tokens), find_boosters(tokens)
    weighted = weighted_evaluations(tokens)
    evaluations = tuple(evaluation for evaluation, _ in weighted)
    scores = score_sentences(tokens, sentences, hedges, boosters, weighted)
    return Annotation(
        id=article.id,
        n_tokens=tokens.n_words,
        sentences=sentences,
        scores=scores,
        attributions=attributions,
        quotes=quotes,
        hedges=hedges,
        boosters=boosters,
        evaluations=evaluations,
        targets=tuple(score_targets(article, sentences)),
        features=features(
            tokens, sentences, scores, attributions, quotes, hedges, boosters, evaluations
        ),
    )


def annotate_all(articles: Iterable[Article], jobs: int = 1) -> Iterator[Annotation]:
    """Annotations in the order of `articles`, the same for any number of `jobs`."""
    return ordered_map(annotate, articles, jobs)


def score_sentences(
    tokens: Tokens,
    sentences: Sequence[Sentence],
    hedges: Sequence[Marker],
    boosters: Sequence[Marker],
    weighted: Sequence[tuple[Evaluation, int]],
) -> tuple[SentenceScores, ...]:
    """Certainty, bias and sentiment of each sentence."""
    words = WordCounts(tokens)
    hedged = by_sentence(hedges, [hedge.span.start for hedge in hedges], sentences)
    boosted = by_sentence(boosters, [booster.span.start for booster in boosters], sentences)
    loaded = by_sentence(weighted, [evaluation.span.start for evaluation, _ in weighted], sentences)
    return tuple(
        SentenceScores(
            certainty(words.within(sentence.span), hedged[i], boosted[i]),
            bias(
                words.within(sentence.span),
                [evaluation for evaluation, _ in loaded[i]],
                [strength for _, strength in loaded[i]],
                len(boosted[i]),
            ),
            sentiment(sentence.span.of(tokens.text)),
        )
        for i, sentence in enumerate(sentences)
    )


def by_sentence(
    items: Sequence[Spanned], starts: Sequence[int], sentences: Sequence[Sentence]
) -> list[list[Spanned]]:
    """`items` grouped by the sentence in which they start."""
    groups: list[list[Spanned]] = [[] for _ in sentences]
    opens = [sentence.start for sentence in sentences]
    for item, start in zip(items, starts, strict=True):
        groups[bisect_right(opens, start) - 1].append(item)
    return groups


def score_targets(article: Article, sentences: Sequence[Sentence]) -> Iterator[TargetSentiment]:
    """Sentiment toward each target, judged in the sentence in which it starts."""
    for target in article.targets:
        home = next((s for s in sentences if s.start <= target.span.start < s.end), None)
        if home is None or not target.span.start < target.span.end <= home.end:
            problem = (
                f"target {target.span.start}-{target.span.end} lies in no sentence of the text"
            )
            raise InputError(problem, record=article.id, field="targets")
        yield target_sentiment(article.text, home, target)
