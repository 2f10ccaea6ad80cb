"""The flow of a corpus: how many articles, pairs, sentences and units there are, and what became of them.

Rows count, and estimate nothing. What does not occur has no row. An article is *studied* if it is in a pair of
an original and its repost (or of two versions) that takes part in the statistics. A candidate is *chosen* if it
is a pair of the study, whether or not it is excluded later. Sentences and units are those of the pairs that
are studied; a sentence of an original counts once for each of its reposts.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from reframing.documents.records import Pair, Studied, StudyPair
from reframing.reading.prepare import Dropped
from reframing.statistics.groups import REVISION, linked_sentences

STUDIED = ("repost", "version")
"""Conditions of the pairs that a study is about; the others are nulls, or revisions."""

SAME_TEXT = "same text as"


class Held(NamedTuple):
    """What a corpus held before pairs were chosen.

    `kept` is the number of articles after cleaning, `dropped` that of articles dropped by reason, and
    `candidates` the relation of every two articles that share text or an event.
    """

    kept: int
    dropped: Mapping[str, int]
    candidates: Mapping[frozenset[str], str]


class UnitCounts(NamedTuple):
    """Of one pair: its links, the linked sentences of the original, and the sentences that have no link."""

    links: int
    linked: int
    original_alone: int
    repost_alone: int


def held_of(kept: int, dropped: Iterable[Dropped], candidates: Iterable[Pair]) -> Held:
    """What a corpus held, from its number of articles after cleaning and the records of earlier stages."""
    reasons = Counter(drop_reason(drop) for drop in dropped if not drop.paragraphs)
    return Held(kept, reasons, {frozenset((pair.a, pair.b)): pair.relation for pair in candidates})


def drop_reason(drop: Dropped) -> str:
    """Why an article was dropped, without the one that it is the same as."""
    return f"{SAME_TEXT} another article" if drop.reason.startswith(SAME_TEXT) else drop.reason


def unit_counts(studied: Studied) -> UnitCounts:
    """The links of a pair, and its sentences with and without one."""
    links = {(link.original, link.repost) for link in studied.comparison.alignment}
    linked, found = (len(side) for side in linked_sentences(studied))
    return UnitCounts(
        len(links),
        linked,
        len(studied.original_measures) - linked,
        len(studied.repost_measures) - found,
    )


def flow_rows(
    pairs: Sequence[StudyPair],
    reasons: Sequence[str | None],
    units: Sequence[UnitCounts],
    held: Held | None = None,
) -> Iterator[dict[str, Any]]:
    """Rows of the table `flow`; `reasons` is the result of `left_out`, `units` that of `unit_counts`.

    Where it is not known what the corpus held, it held the articles of the pairs.
    """
    counts: Counter[tuple[str, str, str, str]] = Counter()
    reports = [pair for pair in pairs if pair.condition != "copy"]
    if held is None:
        held = Held(len(_articles(reports) | {pair.original for pair in pairs}), {}, {})
    for why, n in held.dropped.items():
        counts["articles", "", "dropped", why] = n
    counts["articles", "", "read", ""] = held.kept + sum(held.dropped.values())
    counts["articles", "", "kept", ""] = held.kept
    chosen = {frozenset((pair.original, pair.repost)) for pair in reports}
    for articles, relation in held.candidates.items():
        counts["candidates", "", "chosen" if articles in chosen else "not chosen", relation] += 1
    studied: list[StudyPair] = []
    for pair, reason, unit in zip(pairs, reasons, units, strict=True):
        of = pair.condition
        excluded = REVISION if of == "revision" else reason
        if excluded is not None:
            counts["pairs", of, "excluded", excluded] += 1
            continue
        studied.append(pair)
        counts["pairs", of, "studied", pair.kind] += 1
        counts["sentences", of, "linked", ""] += unit.linked
        counts["sentences", of, "not linked", ""] += unit.original_alone
        counts["units", of, "links", ""] += unit.links
        counts["units", of, "original alone", ""] += unit.original_alone
        counts["units", of, "repost alone", ""] += unit.repost_alone
    central = _articles(pair for pair in studied if pair.condition in STUDIED)
    counts["articles", "", "studied", ""] = len(central)
    for (step, condition, part, detail), n in counts.items():
        if n:
            yield {
                "step": step,
                "condition": condition,
                "part": part,
                "detail": detail,
                "count": n,
            }


def _articles(pairs: Iterable[StudyPair]) -> set[str]:
    return {article for pair in pairs for article in (pair.original, pair.repost)}
