"""Profile `full`: measures an article with trained networks, and takes categories from the lexicons.

The network `annotator` marks attributions, hedges and loaded words, and scores bias, certainty and causal
strength of each sentence. The network `targets` predicts the sentiment toward a target. Boosters and the
sentiment of sentences are found as in profile `lexicon`.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from math import exp

from reframing.documents.document import Document
from reframing.documents.records import Marker, SentenceScores, Span, Target, TargetSentiment
from reframing.measures.attribution.by_network import assemble
from reframing.measures.attribution.layout import reading_of
from reframing.measures.boosting import find_boosters
from reframing.measures.evaluation import add_loaded, find_evaluations
from reframing.measures.features import WordCounts
from reframing.measures.hedging import find_hedges, marked_hedges
from reframing.measures.profile_lexicon import DIGITS, Measures
from reframing.measures.quotations import quotes_of
from reframing.measures.sentiment import sentiment
from reframing.measures.targets import label_of_probabilities, stretch_around
from reframing.networks.network import load_network
from reframing.networks.tagger import Passage, SentenceReading, read


def by_network(batch: Sequence[Document]) -> list[Measures]:
    """The measures of each article, with networks.

    Raises `InputError` if a network is missing or damaged.
    """
    network = load_network("annotator")
    readings = read(network, [passage_of(document) for document in batch])
    return [_measures(document, of) for document, of in zip(batch, readings, strict=True)]


def passage_of(document: Document) -> Passage:
    """Input of the network `annotator` for one article: its sentences, with quoted wording flagged."""
    quoted = [quote.inner for quote in document.of(quotes_of)]
    return Passage(document.text, [s.span for s in document.sentences], quoted)


def _measures(document: Document, readings: Sequence[SentenceReading]) -> Measures:
    tokens = document.tokens
    loaded = marked_spans(document.text, readings, "loaded")
    return Measures(
        assemble(document.of(reading_of), readings),
        hedges_of(document, readings),
        find_boosters(tokens),
        add_loaded(tokens, find_evaluations(tokens), loaded),
        _scores(document, readings),
        target_sentiments(document),
    )


def hedges_of(document: Document, readings: Sequence[SentenceReading]) -> tuple[Marker, ...]:
    """The hedges of an article, from network and lexicon combined (see `marked_hedges`)."""
    text = document.text
    marked = marked_spans(text, readings, "hedge")
    likely = _probability(document, readings, "hedge")
    return marked_hedges(text, find_hedges(document.tokens), marked, likely)


def marked_spans(text: str, readings: Sequence[SentenceReading], head: str) -> list[Span]:
    """The spans that a B-I-O head marks in an article, except those without a letter or digit."""
    spans = (found.span for reading in readings for found in reading.spans[head])
    return [span for span in spans if any(map(str.isalnum, span.of(text)))]


def _probability(
    document: Document, readings: Sequence[SentenceReading], head: str
) -> Callable[[Span], float]:
    """A function that returns the network's probability, under one head, that a span is marked."""
    opens = [sentence.start for sentence in document.sentences]

    def of(span: Span) -> float:
        return readings[bisect_right(opens, span.start) - 1].marked(head, span)

    return of


def _scores(document: Document, readings: Sequence[SentenceReading]) -> tuple[SentenceScores, ...]:
    """Scores of each sentence by network, except sentiment (VADER); all are 0 in a sentence without words."""
    words = WordCounts(document.tokens)
    text = document.text
    return tuple(
        SentenceScores(
            round(logistic(float(reading.scores["certainty"][0])), DIGITS),
            round(logistic(float(reading.scores["bias"][0])), DIGITS),
            sentiment(sentence.span.of(text)),
            int(reading.scores["strength"].argmax()),
        )
        if words.within(sentence.span)
        else SentenceScores(0.0, 0.0, 0.0, 0)
        for sentence, reading in zip(document.sentences, readings, strict=True)
    )


def logistic(x: float) -> float:
    """The logistic (sigmoid) function, with values in [0, 1]."""
    return 1 / (1 + exp(-x))


def target_sentiments(document: Document) -> tuple[TargetSentiment, ...]:
    """Sentiment toward each target of the article, read from the sentences that the target overlaps.

    The score is P(positive) - P(negative), in [-1, 1]; the label is the most probable one.
    """
    article = document.article
    if not article.targets:
        return ()
    network = load_network("targets")
    passages = [_flagged(document, target) for target in article.targets]
    readings = (of_passage[0] for of_passage in read(network, passages))
    return tuple(
        _target_sentiment(target, reading)
        for target, reading in zip(article.targets, readings, strict=True)
    )


def _flagged(document: Document, target: Target) -> Passage:
    around = stretch_around(target, document.sentences)
    return Passage(document.text, [around], [target.span])


def _target_sentiment(target: Target, reading: SentenceReading) -> TargetSentiment:
    """Converts the logits of one reading to label and score."""
    negative, neutral, positive = (exp(float(x)) for x in reading.scores["sentiment"])
    total = negative + neutral + positive
    label = label_of_probabilities(negative, neutral, positive)
    return TargetSentiment(target.span, label, round((positive - negative) / total, DIGITS))
