"""Converts records to the JSON objects that the command line writes, adding the text of each span.

Keys are in the order documented in docs/records.md. Floats are rounded to `DECIMALS` places; an undefined value
(NaN or infinite) is null. Offsets count Unicode code points in the article's `text`.
"""

import math
from collections.abc import Iterable, Sequence
from typing import Any

from reframing.documents.records import (
    Annotation,
    Article,
    Attribution,
    Claim,
    Comparison,
    Link,
    Marker,
    Move,
    Pair,
    Sentence,
    SentenceScores,
    Span,
    TargetSentiment,
)

Json = dict[str, Any]

DECIMALS = 6


def annotation_record(article: Article, annotation: Annotation) -> Json:
    """The JSON object that `reframing annotate` writes for one article."""
    text = article.text
    return {
        "id": annotation.id,
        "n_tokens": annotation.n_tokens,
        "sentences": [
            _scored_sentence(sentence, scores)
            for sentence, scores in zip(annotation.sentences, annotation.scores, strict=True)
        ],
        "attributions": [_attribution(found, text) for found in annotation.attributions],
        "quotes": [
            {**_span(quote.span, text), "speaker": _optional_span(quote.speaker, text)}
            for quote in annotation.quotes
        ],
        "hedges": [_marker(marker, text) for marker in annotation.hedges],
        "approximators": [_marker(marker, text) for marker in annotation.approximators],
        "boosters": [_marker(marker, text) for marker in annotation.boosters],
        "evaluations": [
            {**_span(found.span, text), "polarity": found.polarity}
            for found in annotation.evaluations
        ],
        "targets": [_target(target) for target in annotation.targets],
        "features": {name: rounded(value) for name, value in annotation.features.items()},
    }


def comparison_record(original: Article, repost: Article, comparison: Comparison) -> Json:
    """The JSON object that `reframing compare` writes for one pair, with span texts from both articles."""
    return {
        "id": comparison.id,
        "original": {"id": comparison.original},
        "repost": {"id": comparison.repost},
        "sentences": {
            "original": [_placed(sentence) for sentence in comparison.original_sentences],
            "repost": [
                {**_placed(sentence), "support": rounded(support)}
                for sentence, support in zip(
                    comparison.repost_sentences, comparison.support, strict=True
                )
            ],
        },
        "alignment": [_link(link) for link in comparison.alignment],
        "claims": [_claim(claim) for claim in comparison.claims],
        "moves": [_move(move, original.text, repost.text) for move in comparison.moves],
        "summary": {
            "relation": comparison.relation,
            "survival": rounded(comparison.survival),
            "moves": comparison.move_counts,
        },
    }


def pair_record(pair: Pair) -> Json:
    """The JSON object that `reframing pair` writes for one pair of articles."""
    return {
        "a": pair.a,
        "b": pair.b,
        "relation": pair.relation,
        "direction": pair.direction,
        "confidence": rounded(pair.confidence),
        "evidence": list(pair.evidence),
        "score": rounded(pair.score),
    }


def rounded(value: float) -> float | int | None:
    """`value` rounded to `DECIMALS` places; integers unchanged, None for NaN and infinity.

    >>> rounded(0.12345678), rounded(float("nan")), rounded(-0.0)
    (0.123457, None, 0.0)
    """
    if isinstance(value, int):
        return int(value)
    if not math.isfinite(value):
        return None
    return round(float(value), DECIMALS) + 0.0


def _span(span: Span, text: str) -> Json:
    return {"start": span.start, "end": span.end, "text": span.of(text)}


def _marker(marker: Marker, text: str) -> Json:
    scope = _optional_span(marker.scope, text)
    return {**_span(marker.span, text), "category": marker.category, "scope": scope}


def _optional_span(span: Span | None, text: str) -> Json | None:
    return None if span is None else _span(span, text)


def _spans(spans: Iterable[Span], text: str) -> list[Json]:
    return [_span(span, text) for span in spans]


def _placed(sentence: Sentence) -> Json:
    return {"start": sentence.start, "end": sentence.end, "section": sentence.section}


def _scored_sentence(sentence: Sentence, scores: SentenceScores) -> Json:
    return {
        **_placed(sentence),
        "certainty": rounded(scores.certainty),
        "bias": rounded(scores.bias),
        "sentiment": rounded(scores.sentiment),
        "strength": scores.strength,
    }


def _attribution(attribution: Attribution, text: str) -> Json:
    return {
        "source": _optional_span(attribution.source, text),
        "cue": _optional_span(attribution.cue, text),
        "content": _spans(attribution.content, text),
        "kind": attribution.kind,
        "stance": attribution.stance,
        "source_kind": attribution.source_kind,
    }


def _target(target: TargetSentiment) -> Json:
    return {
        "start": target.span.start,
        "end": target.span.end,
        "label": target.label,
        "score": rounded(target.score),
    }


def _link(link: Link) -> Json:
    return {
        "original": list(link.original),
        "repost": list(link.repost),
        "relation": link.relation,
        "score": rounded(link.score),
    }


def _claim(claim: Claim) -> Json:
    return {
        "original": claim.original,
        "repost": claim.repost,
        "strength": list(claim.strength),
        "change": claim.change,
    }


def _move(move: Move, original: str, repost: str) -> Json:
    return {
        "move": move.move,
        "original": _optional_span(move.original, original),
        "repost": _optional_span(move.repost, repost),
        "sentences": _indices(move.original_sentences, move.repost_sentences),
        "score": rounded(move.score),
        "explanation": move.explanation,
    }


def _indices(original: Sequence[int], repost: Sequence[int]) -> Json:
    return {"original": list(original), "repost": list(repost)}
