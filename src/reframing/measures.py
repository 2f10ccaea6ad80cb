"""The measures of each sentence of an article, as the statistics count them."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence

from reframing.records import Annotation, Sentence, SentenceMeasures, Span
from reframing.segment.tokens import Tokens


def sentence_measures(annotation: Annotation, tokens: Tokens) -> tuple[SentenceMeasures, ...]:
    """One row a sentence; a span counts in the sentence in which it begins."""
    sentences = annotation.sentences
    evaluations = {
        polarity: _counts(
            sentences, (e.span for e in annotation.evaluations if e.polarity == polarity)
        )
        for polarity in ("negative", "positive", "intensifying")
    }
    hedges = _counts(sentences, (marker.span for marker in annotation.hedges))
    boosters = _counts(sentences, (marker.span for marker in annotation.boosters))
    attributions = _counts(
        sentences, (a.cue or a.source or a.content[0] for a in annotation.attributions)
    )
    quotes = _counts(sentences, (quote.span for quote in annotation.quotes))
    quoted = _quoted_words(sentences, annotation, tokens)
    return tuple(
        SentenceMeasures(
            section=sentence.section,
            paragraph=sentence.paragraph,
            n_words=_n_words(tokens, sentence.span),
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


def _n_words(tokens: Tokens, span: Span) -> int:
    return sum(tokens.is_word[i] for i in tokens.within(span))


def _quoted_words(
    sentences: Sequence[Sentence], annotation: Annotation, tokens: Tokens
) -> Counter[int]:
    words: Counter[int] = Counter()
    for i, sentence in enumerate(sentences):
        for quote in annotation.quotes:
            start, end = max(sentence.start, quote.inner.start), min(sentence.end, quote.inner.end)
            if start < end:
                words[i] += _n_words(tokens, Span(start, end))
    return words
