"""The rows of the tidy tables of a study (`reframing.documents.tidy`), from its records."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from reframing.documents.params import StatisticsParams
from reframing.documents.records import Annotation, Article, Pair, Sentence, Span, Studied
from reframing.measures.features import sentence_measures
from reframing.moves.catalogue import catalogue
from reframing.reading.prepare import Dropped
from reframing.statistics.flow import drop_reason
from reframing.statistics.groups import REVISION, left_out

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]

PER_1000 = "per 1,000 words"


def sentence_rows(article: Article, annotation: Annotation) -> Iterator[Row]:
    """One row a sentence, in order."""
    measures = sentence_measures(annotation, article)
    for i, (sentence, one) in enumerate(zip(annotation.sentences, measures, strict=True)):
        yield {
            "article": article.id,
            "sentence": i,
            "start": sentence.start,
            "end": sentence.end,
            "section": sentence.section,
            "paragraph": sentence.paragraph,
            "words": one.n_words,
            "attributions": one.n_attributions,
            "quotations": one.n_quotes,
            "quoted_words": one.quoted_words,
            "hedges": one.n_hedges,
            "boosters": one.n_boosters,
            "negative": one.n_negative,
            "positive": one.n_positive,
            "intensifying": one.n_intensifying,
            "certainty": one.certainty,
            "bias": one.bias,
            "sentiment": one.sentiment,
            "claim_strength": annotation.scores[i].strength,
        }


def article_row(article: Article, sentences: Sequence[Row]) -> Row:
    """The article of some sentences."""
    return {
        "article": article.id,
        "outlet": article.outlet,
        "published": article.published,
        "event": article.event,
        "kind": article.kind,
        "original": article.original,
        "group": article.group,
        "has_title": article.title is not None,
        "words": sum(row["words"] for row in sentences),
        "sentences": len(sentences),
    }


def span_rows(annotation: Annotation) -> Iterator[Row]:
    """One row a span, in the order of the text; a content of several spans has a row for each."""
    found: list[tuple[Span, str, str | None, int | None]] = []
    number: int | None
    for number, one in enumerate(annotation.attributions):
        if one.source is not None:
            found.append((one.source, "source", one.source_kind, number))
        if one.cue is not None:
            found.append((one.cue, "cue", one.stance, number))
        found += ((content, "content", one.kind, number) for content in one.content)
    for quote in annotation.quotes:
        found.append((quote.span, "quotation", "speech" if quote.speech else "other", None))
    for kind, markers in (
        ("hedge", annotation.hedges),
        ("approximator", annotation.approximators),
        ("booster", annotation.boosters),
    ):
        found += ((marker.span, kind, marker.category, None) for marker in markers)
    found += ((one.span, "evaluation", one.polarity, None) for one in annotation.evaluations)
    for span, kind, category, number in sorted(found, key=lambda one: (one[0], one[1])):
        yield {
            "article": annotation.id,
            "sentence": _sentence_of(annotation.sentences, span),
            "start": span.start,
            "end": span.end,
            "kind": kind,
            "category": category or None,
            "attribution": number,
        }


def dropped_row(drop: Dropped) -> Row:
    """What was dropped and why, without the article that it is the same as."""
    return {"article": drop.id, "reason": drop_reason(drop), "paragraphs": drop.paragraphs}


def candidate_row(pair: Pair) -> Row:
    """Two articles that share text or an event."""
    return {
        "a": pair.a,
        "b": pair.b,
        "relation": pair.relation,
        "direction": pair.direction,
        "confidence": pair.confidence,
        "score": pair.score,
    }


def pair_rows(
    studied: Sequence[Studied],
    params: StatisticsParams,
    seed: int,
    groups: Mapping[str, str | None],
) -> Iterator[Row]:
    """One row a pair, in the order of the records; revisions within one outlet are left out of statistics.

    `groups` has the group of each original.
    """
    reasons = left_out([one.pair for one in studied], params, seed)
    for one, reason in zip(studied, reasons, strict=True):
        pair = one.pair
        yield {
            "pair": pair.id,
            "event": pair.event,
            "condition": pair.condition,
            "kind": pair.kind,
            "relation": pair.relation,
            "direction": pair.direction,
            "confidence": pair.confidence,
            "left_out": REVISION if pair.condition == "revision" else reason,
            "group": groups[pair.original],
            "original": pair.original,
            "repost": pair.repost,
            "original_sentences": len(one.original_measures),
            "repost_sentences": len(one.repost_measures),
            "original_words": sum(of.n_words for of in one.original_measures),
            "repost_words": sum(of.n_words for of in one.repost_measures),
        }


def link_rows(studied: Studied) -> Iterator[Row]:
    """One row for each two linked sentences; of a fusion or split there are several."""
    for link in studied.comparison.alignment:
        for i in link.original:
            for j in link.repost:
                yield {
                    "pair": studied.pair.id,
                    "original_sentence": i,
                    "repost_sentence": j,
                    "relation": link.relation,
                    "score": link.score,
                }


def move_rows(studied: Studied) -> Iterator[Row]:
    """One row a move, in the order of the repost."""
    for move in studied.comparison.moves:
        yield {
            "pair": studied.pair.id,
            "move": move.move,
            "family": catalogue()[move.move].family,
            "original_sentence": next(iter(move.original_sentences), None),
            "original_start": move.original and move.original.start,
            "original_end": move.original and move.original.end,
            "repost_sentence": next(iter(move.repost_sentences), None),
            "repost_start": move.repost and move.repost.start,
            "repost_end": move.repost and move.repost.end,
            "score": move.score,
        }


_SUBJECTS: Mapping[str, tuple[str | None, str, str | None, str | None]] = {
    "cut_odds": ("term", "counterpart", None, "odds ratio"),
    "survival": (None, "place", None, "share"),
    "sharing": (None, "place", None, "share"),
    "drift": ("fate", "overlap", None, "share"),
    "fates": ("subject", "fate", "base", "share"),
    "moves": ("move", "moves", None, PER_1000),
    "decomposition": ("measure", "quantity", None, None),
    "tests": ("measure", "effect", "against", ""),
}
"""Where subject, quantity, base and unit of each table of the study stand, or what they are; None: nowhere."""


def statistics_rows(tables: "Mapping[str, pd.DataFrame]") -> Iterator[Row]:
    """Every estimate of a study, one a row, in the order of its tables."""
    units = {}
    if "decomposition" in tables:
        known = tables["decomposition"]
        units = dict(zip(known["measure"], known["unit"], strict=True))
    for name, (subject, quantity, base, unit) in _SUBJECTS.items():
        if name not in tables:
            continue
        for row in tables[name].to_dict("records"):
            what = row.get(subject or "")
            yield {
                "table": "rates" if name == "moves" else name,
                "condition": _known(row.get("condition")),
                "kind": row["kind"],
                "subject": what,
                "quantity": row.get(quantity, quantity),
                "base": row.get(base or ""),
                "unit": unit or row.get("unit") or units.get(what, "share"),
                "value": _known(row["value"]),
                "low": _known(row["low"]),
                "high": _known(row["high"]),
                "events": int(row["n_events"]),
                "pooled": _known(row.get("pooled")),
                "effective_events": _known(row.get("n_effective")),
                "without_one_low": _known(row.get("without_one_low")),
                "without_one_high": _known(row.get("without_one_high")),
                "pairs": row.get("n_pairs"),
                "found": _known(row.get("found")),
                "cases": _known(row.get("n")),
                "p": _known(row.get("p")),
                "q": _known(row.get("q")),
            }


def _known(value: Any) -> Any:
    return None if value is None or value != value else value


def _sentence_of(sentences: Sequence[Sentence], span: Span) -> int:
    """The last sentence that begins at the span or before it; the first where none does."""
    before = [i for i, sentence in enumerate(sentences) if sentence.start <= span.start]
    return before[-1] if before else 0
