"""How much is behind a study: events, pairs, articles and words, and the pairs that are left out."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reframing.records import Studied, StudyPair
from reframing.statistics.groups import groups_of
from reframing.statistics.selection import REASONS


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
