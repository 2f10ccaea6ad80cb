"""Who speaks a quotation: the source of the attribution whose content holds most of it."""

from collections.abc import Sequence

from reframing.records import Attribution, Quote, Span


def with_speakers(
    quotes: Sequence[Quote], attributions: Sequence[Attribution]
) -> tuple[Quote, ...]:
    """The quotations, each of speech with its speaker where an attribution with a source holds it."""
    return tuple(
        quote._replace(speaker=speaker(quote.span, attributions)) if quote.speech else quote
        for quote in quotes
    )


def speaker(quote: Span, attributions: Sequence[Attribution]) -> Span | None:
    """The source of the attribution that shares most characters with `quote`; None where none does."""
    best, source = 0, None
    for attribution in attributions:
        content = attribution.content
        if not content or content[0].start >= quote.end or content[-1].end <= quote.start:
            continue
        shared = sum(max(0, min(p.end, quote.end) - max(p.start, quote.start)) for p in content)
        if shared > best:
            best, source = shared, attribution.source
    return source
