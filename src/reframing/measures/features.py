"""Counts and rates from an annotation: features of an entire article, and measures of each of its sentences.

`features` gives the rates and shares of an article: over the entire text, outside quotations, and by section.
`sentence_measures` gives counts and scores per sentence, from which the statistics of the study are computed.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import accumulate
from math import nan
from operator import itemgetter

from reframing.documents.document import Document, Text, document_of
from reframing.documents.records import (
    SECTIONS,
    Annotation,
    Attribution,
    Evaluation,
    Marker,
    Quote,
    Sentence,
    SentenceMeasures,
    SentenceScores,
    Span,
    covering,
)
from reframing.documents.tokens import Tokens

# Features of an article.


def features(
    tokens: Tokens,
    sentences: Sequence[Sentence],
    scores: Sequence[SentenceScores],
    attributions: Sequence[Attribution],
    quotes: Sequence[Quote],
    hedges: Sequence[Marker],
    boosters: Sequence[Marker],
    evaluations: Sequence[Evaluation],
) -> dict[str, float]:
    """The features of an article by name.

    Rates are occurrences per 1000 word tokens of the part of the text they refer to (entire text, outside
    quotations, or one section); shares are in [0, 1]; means are of sentence scores. A feature is `nan` if its
    denominator is 0 (no words, no sentences, no headline).
    """
    words = WordCounts(tokens)
    quoted = merged(quote.inner for quote in quotes if quote.speech)
    kinds = {
        "hedges": [hedge.span for hedge in hedges],
        "boosters": [booster.span for booster in boosters],
        "evaluations": [evaluation.span for evaluation in evaluations],
        "attributions": [anchor(attribution) for attribution in attributions],
    }
    return {
        "words": float(tokens.n_words),
        "sentences": float(len(sentences)),
        "words_per_sentence": ratio(tokens.n_words, len(sentences)),
        **{
            f"{kind}_per_1000_tokens": rate(len(spans), tokens.n_words)
            for kind, spans in kinds.items()
        },
        **polarity_rates(evaluations, tokens.n_words),
        **unquoted_rates(kinds, quoted, words),
        **section_rates(kinds, sentences, words),
        **section_means(sentences, scores),
        "attributed_sentence_share": attributed_share(sentences, attributions),
        "vague_attribution_share": ratio(
            sum(attribution.source_kind in ("vague", "none") for attribution in attributions),
            len(attributions),
        ),
        "quoted_word_share": ratio(sum(map(words.within, quoted)), tokens.n_words),
    }


class WordCounts:
    """Number of word tokens in the text and within spans, in constant time from running totals."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._totals = [0, *accumulate(map(int, tokens.is_word))]

    @property
    def total(self) -> int:
        """Number of words in the text."""
        return self._totals[-1]

    def within(self, span: Span) -> int:
        """Number of words whose tokens lie entirely in `span`."""
        indices = self._tokens.within(span)
        return self._totals[indices.stop] - self._totals[indices.start]


def ratio(part: float, whole: float) -> float:
    """`part / whole`, or nan if `whole` is 0."""
    return part / whole if whole else nan


def rate(count: int, n_words: int) -> float:
    """Occurrences per 1000 word tokens; nan if there are no words."""
    return ratio(1000 * count, n_words)


def anchor(attribution: Attribution) -> Span:
    """The span by which an attribution is located: its cue, else its source, else its content."""
    return attribution.cue or attribution.source or covering(attribution.content)


def polarity_rates(evaluations: Sequence[Evaluation], n_words: int) -> dict[str, float]:
    """Evaluations of each polarity per 1000 word tokens, by feature name."""
    counted = [evaluation.polarity for evaluation in evaluations]
    return {
        f"{polarity}_evaluations_per_1000_tokens": rate(counted.count(polarity), n_words)
        for polarity in ("negative", "positive", "intensifying")
    }


def unquoted_rates(
    kinds: dict[str, list[Span]], quoted: Sequence[Span], words: WordCounts
) -> dict[str, float]:
    """Rates in the article's own voice: markers outside quotations per 1000 word tokens outside quotations."""
    n_words = words.total - sum(map(words.within, quoted))
    return {
        f"{kind}_per_1000_tokens_outside_quotes": rate(
            sum(not inside(span, quoted) for span in kinds[kind]), n_words
        )
        for kind in ("hedges", "boosters", "evaluations")
    }


def merged(spans: Iterable[Span]) -> list[Span]:
    """The union of `spans` as disjoint spans in order; overlapping and adjacent ones are joined."""
    union: list[Span] = []
    for span in sorted(spans):
        if union and span.start <= union[-1].end:
            union[-1] = Span(union[-1].start, max(union[-1].end, span.end))
        else:
            union.append(span)
    return union


def inside(span: Span, stretches: Sequence[Span]) -> bool:
    """Whether one of `stretches` (disjoint, in order) contains `span`."""
    i = bisect_right(stretches, span.start, key=_start) - 1
    return i >= 0 and stretches[i].contains(span)


def touched(span: Span, stretches: Sequence[Span]) -> bool:
    """Whether one of `stretches` (disjoint, in order) overlaps `span`."""
    i = bisect_right(stretches, span.start, key=_end)
    return i < len(stretches) and stretches[i].overlaps(span)


_start, _end = itemgetter(0), itemgetter(1)


def section_rates(
    kinds: dict[str, list[Span]], sentences: Sequence[Sentence], words: WordCounts
) -> dict[str, float]:
    """Hedges, boosters and evaluations per 1000 word tokens within headline, lead and body."""
    rates: dict[str, float] = {}
    for section in SECTIONS:
        spans = [sentence.span for sentence in sentences if sentence.section == section]
        n_words = sum(map(words.within, spans))
        for kind in ("hedges", "boosters", "evaluations"):
            count = sum(inside(span, spans) for span in kinds[kind])
            rates[f"{kind}_per_1000_tokens_{section}"] = rate(count, n_words)
    return rates


def section_means(
    sentences: Sequence[Sentence], scores: Sequence[SentenceScores]
) -> dict[str, float]:
    """Means of certainty, bias, sentiment and causal strength of the sentences: of all, and by section."""
    means: dict[str, float] = {}
    for name in SentenceScores.__dataclass_fields__:
        values = [getattr(score, name) for score in scores]
        means[f"mean_{name}"] = ratio(sum(values), len(values))
        for section in SECTIONS:
            here = [
                value
                for value, sentence in zip(values, sentences, strict=True)
                if sentence.section == section
            ]
            means[f"mean_{name}_{section}"] = ratio(sum(here), len(here))
    return means


def attributed_share(sentences: Sequence[Sentence], attributions: Sequence[Attribution]) -> float:
    """Proportion of sentences that overlap the cue or content of an attribution; nan without sentences."""
    stretches = merged(
        span
        for attribution in attributions
        for span in (*attribution.content, attribution.cue)
        if span is not None
    )
    attributed = sum(touched(sentence.span, stretches) for sentence in sentences)
    return ratio(attributed, len(sentences))


# Measures of each sentence.


def sentence_measures(annotation: Annotation, text: Text) -> tuple[SentenceMeasures, ...]:
    """Counts and scores of each sentence of an annotated article, in order.

    A span counts in the sentence in which it begins; `quoted_words` counts the words of each sentence that are
    inside a quotation.
    """
    document = document_of(text)
    sentences = annotation.sentences
    evaluations = {
        polarity: _counts(
            sentences, (e.span for e in annotation.evaluations if e.polarity == polarity)
        )
        for polarity in ("negative", "positive", "intensifying")
    }
    hedges = _counts(sentences, (marker.span for marker in annotation.hedges))
    boosters = _counts(sentences, (marker.span for marker in annotation.boosters))
    attributions = _counts(sentences, map(anchor, annotation.attributions))
    quotes = _counts(sentences, (quote.span for quote in annotation.quotes))
    quoted = _quoted_words(sentences, annotation, document)
    return tuple(
        SentenceMeasures(
            section=sentence.section,
            paragraph=sentence.paragraph,
            n_words=_n_words(document, sentence.span),
            n_hedges=hedges[i],
            n_boosters=boosters[i],
            n_negative=evaluations["negative"][i],
            n_positive=evaluations["positive"][i],
            n_intensifying=evaluations["intensifying"][i],
            n_attributions=attributions[i],
            n_quotes=quotes[i],
            quoted_words=quoted[i],
            certainty=scores.certainty,
            bias=scores.bias,
            sentiment=scores.sentiment,
        )
        for i, (sentence, scores) in enumerate(zip(sentences, annotation.scores, strict=True))
    )


def _counts(sentences: Sequence[Sentence], spans: Iterable[Span]) -> Counter[int]:
    starts = [sentence.start for sentence in sentences]
    return Counter(bisect_right(starts, span.start) - 1 for span in spans)


def _quoted_words(
    sentences: Sequence[Sentence], annotation: Annotation, document: Document
) -> Counter[int]:
    counts: Counter[int] = Counter()
    for i, sentence in enumerate(sentences):
        for quote in annotation.quotes:
            start, end = max(sentence.start, quote.inner.start), min(sentence.end, quote.inner.end)
            if start < end:
                counts[i] += _n_words(document, Span(start, end))
    return counts


def _n_words(document: Document, span: Span) -> int:
    """Number of words in a non-empty span of the article as given."""
    return document.n_words(document.in_plain(span))
