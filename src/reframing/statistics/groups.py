"""How much is behind a study: events, pairs, articles and words, and the pairs that are left out."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any, NamedTuple, TypeVar

import numpy as np

from reframing.documents.params import StatisticsParams
from reframing.documents.records import SentenceMeasures, Studied, StudyPair
from reframing.statistics.estimates import EventEstimate, Floats

# What is measured in a sentence, as numerators and denominators that add up over sentences.
#
# A rate is a count per 1,000 words, a score a mean weighted by words. For both, the value of any set of
# sentences is the sum of numerators over the sum of denominators. The certainty score of sentences is not
# among them: it was learned from findings of science and is valid there alone (notebook 05).

RATE, SCORE = "per 1,000 words", "word-weighted mean"


class Measure(NamedTuple):
    """One measure of a sentence; `main` ones belong to the family that is tested."""

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
    """Numerators and denominators, each of shape (sentences, measures).

    A rate's are 1,000 times the count, and the words; a score's are score times words, and the words.
    A score that is nan takes no part in its mean.
    """
    shape = (len(sentences), len(MEASURES))
    values = np.array([[m.of(s) for m in MEASURES] for s in sentences], float).reshape(shape)
    words = np.array([s.n_words for s in sentences], float)[:, None]
    is_rate = np.array([m.unit == RATE for m in MEASURES])
    defined = ~np.isnan(values)
    weighted = np.where(is_rate, 1000.0 * values, values * words)
    return np.where(defined, weighted, 0.0), np.where(defined, words, 0.0)


def linked_sentences(studied: Studied) -> tuple[list[int], list[int]]:
    """Indices of the original's sentences that some link carries over, and of the repost's linked ones."""
    links = studied.comparison.alignment
    return (
        sorted({i for link in links for i in link.original}),
        sorted({j for link in links for j in link.repost}),
    )


# Pairs grouped by condition and kind, and the two steps from pairs to events to an estimate.
#
# Events weigh alike however long their texts are and however many pairs they have: an event's ratio is that
# of its pairs together, and the estimate is the mean of the events' ratios.

ALL_KINDS = "all"

Key = TypeVar("Key", bound=Hashable)
Ratios = Mapping[Key, tuple[float, float]]


class Group(NamedTuple):
    """Pairs of one condition and one kind (or all kinds), by their positions, and their events."""

    condition: str
    kind: str
    positions: Sequence[int]
    events: Sequence[str]


def groups_of(pairs: Sequence[StudyPair]) -> Iterator[Group]:
    """Every condition by every kind that occurs in it, and by all kinds together."""
    members: dict[tuple[str, str], list[int]] = {}
    for position, pair in enumerate(pairs):
        for kind in {pair.kind, ALL_KINDS}:
            members.setdefault((pair.condition, kind), []).append(position)
    for (condition, kind), positions in sorted(members.items()):
        yield Group(condition, kind, positions, [pairs[position].event for position in positions])


def event_codes(events: Sequence[str]) -> tuple[list[str], np.ndarray]:
    """The distinct events in order, and the place among them of each of `events`."""
    distinct, codes = np.unique(np.array(events, dtype=object), return_inverse=True)
    return list(distinct), codes


def event_sums(values: Floats, codes: np.ndarray, n_events: int) -> Floats:
    """Sums of `values` (first axis: pairs) over the pairs of each event."""
    sums = np.zeros((n_events, *values.shape[1:]))
    np.add.at(sums, codes, values)
    return sums


def ratio_rows(
    pairs: Sequence[StudyPair],
    ratios: Sequence[Ratios[Key]],
    keys: Sequence[Key],
    estimate: Callable[[Floats, Floats], EventEstimate],
) -> Iterator[tuple[Group, Key, dict[str, Any]]]:
    """One estimate for every group and key from each pair's (numerator, denominator).

    Yields the columns of an `EventEstimate`, `n_pairs` with such a denominator, and the sums over pairs of
    numerators (`found`) and denominators (`n`).
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


# Which pairs are studied, and how many are left out for which reason.
#
# A repost needs a direction: pairs whose direction is undetermined or less sure than `min_confidence` are left
# out, and so are two reposts of a source that the corpus does not hold. Of many pairs of one event, kind and
# condition a sample is kept, so that no event costs more than it tells.

UNDIRECTED, COMMON, UNSURE, SAMPLED = (
    "direction undetermined",
    "common source elsewhere",
    "confidence too low",
    "sampled down",
)
REASONS = (UNDIRECTED, COMMON, UNSURE, SAMPLED)


def left_out(pairs: Sequence[StudyPair], params: StatisticsParams, seed: int) -> list[str | None]:
    """For each pair the reason for which it is left out, or None where it is studied."""
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
    """A random rank that is a pair's own: the same in any order, and for both orders of two versions."""
    articles = "\n".join(sorted((pair.original, pair.repost)))
    return sha256(f"{seed}\n{articles}".encode()).hexdigest(), pair.id


# How much is behind a study: events, pairs, articles and words, and the pairs that are left out.


def article_words(studied: Studied) -> dict[str, int]:
    """Words of each article of a pair, by its id; a copy made as a null is no article of its own."""
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
    """One row for each condition and kind; `words` gives each pair's articles with their words."""
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
