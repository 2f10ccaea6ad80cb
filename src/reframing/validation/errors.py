"""Kinds of error with their counts: what a score does not say."""

from collections import Counter
from collections.abc import Iterable, Sequence

from reframing.records import Span

RIGHT = "right"


def span_errors(
    gold: Iterable[Sequence[Span]], predicted: Iterable[Sequence[Span]]
) -> dict[str, int]:
    """How gold spans were found, and how many predicted ones are spurious, over all documents.

    A gold span is `right`, or compared with the predicted span that shares most of it: `begins wrong`,
    `ends wrong`, `both ends wrong`, or `missed` where none overlaps. A predicted span that overlaps no
    gold span is `spurious`.
    """
    counts: Counter[str] = Counter()
    for one_gold, one_predicted in zip(gold, predicted, strict=True):
        counts.update(_found(span, one_predicted) for span in one_gold)
        counts["spurious"] += sum(not any(map(p.overlaps, one_gold)) for p in one_predicted)
    return dict(sorted(counts.items()))


def label_errors(pairs: Iterable[tuple[str, str]]) -> dict[str, int]:
    """How often each label was given in place of each other one (`gold → given`), of such pairs."""
    counts = Counter(RIGHT if gold == given else f"{gold} → {given}" for gold, given in pairs)
    return dict(sorted(counts.items()))


def _found(span: Span, predicted: Sequence[Span]) -> str:
    shared = {p: min(p.end, span.end) - max(p.start, span.start) for p in predicted}
    best = max(shared, key=lambda p: (shared[p], -p.start), default=None)
    if best is None or shared[best] <= 0:
        return "missed"
    begins, ends = best.start == span.start, best.end == span.end
    if begins and ends:
        return RIGHT
    return "ends wrong" if begins else "begins wrong" if ends else "both ends wrong"
