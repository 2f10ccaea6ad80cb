"""Measures of sentences, pairs grouped for estimation, and the size of a study.

**Measures**: a rate is a count per 1,000 words, a score a word-weighted mean. For both, the value of any set of
sentences is a sum of numerators over a sum of denominators. The certainty score of sentences is not among the
measures: it was trained on scientific findings and is valid only for those (notebook 05).

**Groups**: pairs are pooled into events and events averaged to an estimate. Events have equal weight, whatever
the length of their texts and the number of their pairs.

**Exclusions**: a repost needs a direction, so pairs whose direction is undetermined or less certain than
`min_confidence` are excluded, and so are two reposts of a source that the corpus does not contain. Where an
event has many pairs of one kind and condition, a sample of them is kept to limit the cost per event.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any, NamedTuple, TypeVar

import numpy as np

from reframing.documents.params import StatisticsParams
from reframing.documents.records import SentenceMeasures, Studied, StudyPair
from reframing.statistics.estimates import EventEstimate, Floats

# Measures of a sentence as numerators and denominators that add up over sentences.

RATE, SCORE = "per 1,000 words", "word-weighted mean"


class Measure(NamedTuple):
    """One measure of a sentence; the `main` ones are tested (`reframing.statistics.significance`)."""

    name: str
    unit: str
    of: Callable[[SentenceMeasures], float]
    main: bool = True


MEASURES: tuple[Measure, ...] = (
    Measure("attributions", RATE, lambda sentence: sentence.n_attributions),
    Measure("bias", SCORE, lambda sentence: sentence.bias),
    Measure("boosters", RATE, lambda sentence: sentence.n_boosters),
    Measure(
        "evaluations",
        RATE,
        lambda sentence: sentence.n_negative + sentence.n_positive + sentence.n_intensifying,
    ),
    Measure("hedges", RATE, lambda sentence: sentence.n_hedges),
    Measure("intensifying", RATE, lambda sentence: sentence.n_intensifying, main=False),
    Measure("negative", RATE, lambda sentence: sentence.n_negative, main=False),
    Measure("positive", RATE, lambda sentence: sentence.n_positive, main=False),
    Measure("quoted words", RATE, lambda sentence: sentence.quoted_words, main=False),
    Measure("quotes", RATE, lambda sentence: sentence.n_quotes),
    Measure("sentiment", SCORE, lambda sentence: sentence.sentiment),
)


def sentence_terms(sentences: Sequence[SentenceMeasures]) -> tuple[Floats, Floats]:
    """Numerators and denominators of `MEASURES`, each of shape (sentences, measures).

    For a rate they are 1,000 × count and the words; for a score, score × words and the words. A score that is
    nan has 0 for both.
    """
    shape = (len(sentences), len(MEASURES))
    values = np.array([[m.of(s) for m in MEASURES] for s in sentences], float).reshape(shape)
    words = np.array([s.n_words for s in sentences], float)[:, None]
    is_rate = np.array([m.unit == RATE for m in MEASURES])
    defined = ~np.isnan(values)
    weighted = np.where(is_rate, 1000.0 * values, values * words)
    return np.where(defined, weighted, 0.0), np.where(defined, words, 0.0)


def linked_sentences(studied: Studied) -> tuple[list[int], list[int]]:
    """Indices of the linked sentences of the original, and of the repost."""
    links = studied.comparison.alignment
    return (
        sorted({i for link in links for i in link.original}),
        sorted({j for link in links for j in link.repost}),
    )


# Pairs by condition and kind, and ratios from pairs to events to estimates.

ALL_KINDS = "all"

Key = TypeVar("Key", bound=Hashable)
Ratios = Mapping[Key, tuple[float, float]]


class Group(NamedTuple):
    """Pairs of one condition and one kind (or all kinds): their positions in the input, and their events."""

    condition: str
    kind: str
    positions: Sequence[int]
    events: Sequence[str]


def groups_of(pairs: Sequence[StudyPair]) -> Iterator[Group]:
    """A group for each condition and kind that occurs, and one for all kinds of each condition together."""
    members: dict[tuple[str, str], list[int]] = {}
    for position, pair in enumerate(pairs):
        for kind in {pair.kind, ALL_KINDS}:
            members.setdefault((pair.condition, kind), []).append(position)
    for (condition, kind), positions in sorted(members.items()):
        yield Group(condition, kind, positions, [pairs[position].event for position in positions])


def event_codes(events: Sequence[str]) -> tuple[list[str], np.ndarray]:
    """The distinct events, sorted, and the index into them of each of `events`."""
    distinct, codes = np.unique(np.array(events, dtype=object), return_inverse=True)
    return list(distinct), codes


def event_sums(values: Floats, codes: np.ndarray, n_events: int) -> Floats:
    """Sums by event of `values`, whose first axis is pairs; `codes` gives the event index of each pair."""
    sums = np.zeros((n_events, *values.shape[1:]))
    np.add.at(sums, codes, values)
    return sums


def ratio_rows(
    pairs: Sequence[StudyPair],
    ratios: Sequence[Ratios[Key]],
    keys: Sequence[Key],
    estimate: Callable[[Floats, Floats], EventEstimate],
) -> Iterator[tuple[Group, Key, dict[str, Any]]]:
    """One estimate for every group and key, from the (numerator, denominator) of each pair.

    Yields group, key, and a row: the fields of an `EventEstimate`, the number of pairs with a denominator above
    0 (`n_pairs`), and the sums over pairs of numerators (`found`) and denominators (`n`).
    """
    terms = np.array([[pair[key] for key in keys] for pair in ratios], float)
    terms = terms.reshape(len(pairs), len(keys), 2)
    for group in groups_of(pairs):
        events, codes = event_codes(group.events)
        sums = event_sums(terms[group.positions], codes, len(events))
        for place, key in enumerate(keys):
            row = estimate(sums[:, place, 0], sums[:, place, 1])._asdict()
            found, base = terms[group.positions][:, place].T
            row |= {"n_pairs": int((base > 0).sum()), "found": found.sum(), "n": base.sum()}
            yield group, key, row


# Pairs that are excluded from the study, with the reason.

UNDIRECTED, COMMON, UNSURE, SAMPLED = (
    "direction undetermined",
    "common source elsewhere",
    "confidence too low",
    "sampled down",
)
REASONS = (UNDIRECTED, COMMON, UNSURE, SAMPLED)
REVISION = "revision of one outlet"
"""Why pairs within one outlet take no part in the statistics."""


def left_out(pairs: Sequence[StudyPair], params: StatisticsParams, seed: int) -> list[str | None]:
    """For each pair the reason why it is excluded, one of `REASONS`, or None where it is studied.

    Sampling is reproducible from `seed` and does not depend on the order of the pairs.
    """
    reasons = [_direction_problem(pair, params.min_confidence) for pair in pairs]
    cells: dict[tuple[str, str, str], list[int]] = {}
    for position, pair in enumerate(pairs):
        if reasons[position] is None:
            cells.setdefault((pair.condition, pair.kind, pair.event), []).append(position)
    for positions in cells.values():
        drawn = sorted(positions, key=lambda position: _draw(pairs[position], seed))
        for position in drawn[params.max_pairs_per_event :]:
            reasons[position] = SAMPLED
    return reasons


def _direction_problem(pair: StudyPair, min_confidence: float) -> str | None:
    if pair.condition != "repost":
        return None
    if pair.direction == "undetermined":
        return UNDIRECTED
    if pair.direction == "common-source":
        return COMMON
    return UNSURE if pair.confidence < min_confidence else None


def _draw(pair: StudyPair, seed: int) -> tuple[str, str]:
    """A pseudo-random rank that depends neither on the order of pairs nor on that of two versions."""
    articles = "\n".join(sorted((pair.original, pair.repost)))
    return sha256(f"{seed}\n{articles}".encode()).hexdigest(), pair.id


# Size of a study: events, pairs, articles and words.


def article_words(studied: Studied) -> dict[str, int]:
    """Words of each article of a pair, by its id; the copy made for a null comparison is not counted."""
    sides = {studied.pair.original: studied.original_measures}
    if studied.pair.condition != "copy":
        sides[studied.pair.repost] = studied.repost_measures
    return {
        article: sum(sentence.n_words for sentence in measures)
        for article, measures in sides.items()
    }


def size_rows(
    pairs: Sequence[StudyPair],
    words: Sequence[Mapping[str, int]],
    reasons: Sequence[str | None],
) -> Iterator[dict[str, Any]]:
    """Rows of the table `n`: events, pairs, articles and words by condition and kind, and pairs by `REASONS`.

    `words` gives the words of each pair's articles by id, `reasons` the result of `left_out`.
    """
    for group in groups_of(pairs):
        studied = [position for position in group.positions if reasons[position] is None]
        articles = {article: n for position in studied for article, n in words[position].items()}
        left_out = [reasons[position] for position in group.positions]
        yield {
            "condition": group.condition,
            "kind": group.kind,
            "events": len({pairs[position].event for position in studied}),
            "pairs": len(studied),
            "articles": len(articles),
            "words": sum(articles.values()),
            "largest_event": max(Counter(pairs[p].event for p in studied).values(), default=0),
        } | {reason: left_out.count(reason) for reason in REASONS}
