"""The measures of each sentence of an article, as the statistics count them."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence

from reframing.records import Annotation, Sentence, SentenceMeasures, Span
from reframing.segment.typography import plain_text
from reframing.texts import tokens_of


class Words:
    """The words of a text, counted in plain typography by their place in the text as it is."""

    def __init__(self, text: str) -> None:
        self._plain = plain_text(text)
        self._tokens = tokens_of(self._plain.text)

    def within(self, span: Span) -> int:
        """Number of words that a span, not empty, holds."""
        tokens = self._tokens
        return sum(tokens.is_word[i] for i in tokens.within(self._plain.plain(span)))


def sentence_measures(annotation: Annotation, text: str) -> tuple[SentenceMeasures, ...]:
    """One row a sentence of `text`; a span counts in the sentence in which it begins."""
    sentences = annotation.sentences
    words = Words(text)
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
    quoted = _quoted_words(sentences, annotation, words)
    return tuple(
        SentenceMeasures(
            section=sentence.section,
            paragraph=sentence.paragraph,
            n_words=words.within(sentence.span),
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
    sentences: Sequence[Sentence], annotation: Annotation, words: Words
) -> Counter[int]:
    counts: Counter[int] = Counter()
    for i, sentence in enumerate(sentences):
        for quote in annotation.quotes:
            start, end = max(sentence.start, quote.inner.start), min(sentence.end, quote.inner.end)
            if start < end:
                counts[i] += words.within(Span(start, end))
    return counts
