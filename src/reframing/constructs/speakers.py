"""Who speaks a quotation: the source of the attribution whose content holds most of it."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from reframing.records import Attribution, Quote, Span


def with_speakers(
    quotes: Sequence[Quote], attributions: Sequence[Attribution]
) -> tuple[Quote, ...]:
    """The quotations, each of speech with its speaker where an attribution with a source holds it."""
    order = sorted(
        (k for k, attribution in enumerate(attributions) if attribution.content),
        key=lambda k: attributions[k].content[0],
    )
    ends = [*accumulate((attributions[k].content[-1].end for k in order), max)]

    def speaker(quote: Span) -> Span | None:
        """The source of the attribution that shares most characters with `quote`, the first of equals."""
        best: tuple[int, int] = (0, 0)
        for k in order[bisect_right(ends, quote.start) :]:
            content = attributions[k].content
            if content[0].start >= quote.end:
                break
            shared = sum(max(0, min(p.end, quote.end) - max(p.start, quote.start)) for p in content)
            if shared:
                best = max(best, (shared, -k))
        shared, place = best
        return attributions[-place].source if shared else None

    return tuple(
        quote._replace(speaker=speaker(quote.span)) if quote.speech else quote for quote in quotes
    )
