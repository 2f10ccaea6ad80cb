"""Linked attributions: whether source, cue and content belong to one relation, as the gold has it."""

from collections.abc import Sequence

import numpy as np

from reframing.readers.polnear import GoldAttribution
from reframing.records import Attribution, Span, covering


def linked_counts(
    gold: Sequence[GoldAttribution], predicted: Sequence[Attribution]
) -> tuple[int, int, int]:
    """(matched, gold, predicted) attributions of one document, matched one to one.

    A predicted one matches where the cues overlap or both are absent, so do the sources, and some
    content spans overlap. The matching is a largest one.
    """
    agree = [[_same_relation(g, p) for p in predicted] for g in gold]
    return len(largest_matching(agree)), len(gold), len(predicted)


def link_counts(
    gold: Sequence[GoldAttribution], predicted: Sequence[Attribution]
) -> tuple[int, int, int]:
    """(right source, right content, all) among attributions whose cues overlap, matched one to one."""
    agree = [[bool(g.cue) and overlapping(g.cue, _parts(p.cue)) for p in predicted] for g in gold]
    pairs = [(gold[i], predicted[j]) for i, j in largest_matching(agree)]
    sources = sum(_same_part(g.source, _parts(p.source)) for g, p in pairs)
    contents = sum(_same_part(g.content, p.content) for g, p in pairs)
    return sources, contents, len(pairs)


def largest_matching(agree: Sequence[Sequence[bool]]) -> list[tuple[int, int]]:
    """Pairs (row, column) of a largest one-to-one matching among those that agree."""
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import maximum_bipartite_matching

    if not agree or not agree[0]:
        return []
    graph = csr_matrix(np.array(agree, np.int8))
    columns = maximum_bipartite_matching(graph, perm_type="column")
    return [(row, int(column)) for row, column in enumerate(columns) if column >= 0]


def overlapping(a: Sequence[Span], b: Sequence[Span]) -> bool:
    """Whether some span of one side overlaps some span of the other."""
    return any(one.overlaps(other) for one in a for other in b)


def as_attribution(gold: GoldAttribution) -> Attribution:
    """A gold attribution in the form of a predicted one, to score one annotator against another."""
    source, cue = (covering(part) if part else None for part in (gold.source, gold.cue))
    return Attribution(source, cue, gold.content, "indirect", "neutral", "none")


def _same_relation(gold: GoldAttribution, predicted: Attribution) -> bool:
    return (
        _same_part(gold.cue, _parts(predicted.cue))
        and _same_part(gold.source, _parts(predicted.source))
        and overlapping(gold.content, predicted.content)
    )


def _same_part(gold: Sequence[Span], predicted: Sequence[Span]) -> bool:
    return overlapping(gold, predicted) or not (gold or predicted)


def _parts(span: Span | None) -> tuple[Span, ...]:
    return () if span is None else (span,)
