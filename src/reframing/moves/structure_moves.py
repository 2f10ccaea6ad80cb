"""Proposes `sentence-added`, `sentence-omitted`, `lead-promoted` and `lead-demoted`.

A sentence without any link is added or omitted. A sentence is promoted if it is in the headline or lead of
the repost and its linked sentences are further down in the original, and demoted in the reverse case.
"""

from collections.abc import Iterator, Sequence

from reframing.documents.records import Move
from reframing.moves.context import Context, Side
from reframing.moves.matching import stems
from reframing.moves.vouching import both_views

LEAST_WORDS = 2
CONVEYED = 0.4  # share of carried-over terms with which headline and lead convey a sentence


def find(context: Context) -> Iterator[Move]:
    """Yields sentences without a counterpart, and sentences moved into or out of headline and lead.

    Headlines are replaced rather than added or omitted, so they count for the moves on the lead only.
    """
    yield from _without_counterpart(context)
    yield from _promoted(context)
    yield from _demoted(context)


def _without_counterpart(context: Context) -> Iterator[Move]:
    slugs = ("sentence-omitted", "sentence-added")
    for slug, view in zip(slugs, both_views(context), strict=True):
        for i, sentence in enumerate(view.here.sentences):
            if i not in view.all_linked and _counts(view.here, i):
                yield view.move(slug, (sentence.span, (i,)), (None, ()), 0.9)


def _counts(side: Side, i: int) -> bool:
    """Whether a line is a sentence of the report: with words, and neither headline nor page element."""
    if side.sentences[i].section == "headline" or side.is_furniture(i):
        return False
    return side.has_words(i)


def _promoted(context: Context) -> Iterator[Move]:
    """`lead-promoted` for sentences of the repost's headline and lead that come from below the original's."""
    risen: set[tuple[int, ...]] = set()
    first, leading = context.tops
    for j in leading:
        origins = tuple(i for i in context.original_of.get(j, ()) if i not in first)
        sides = context.repost, j, context.original, origins
        if not origins or origins in risen or not _may_lead(*sides) or _is_conveyed(*sides, first):
            continue
        risen.add(origins)
        was, now = context.original.sentences[origins[0]].span, context.repost.sentences[j].span
        yield Move("lead-promoted", was, now, origins, (j,), 0.8, "")


def _demoted(context: Context) -> Iterator[Move]:
    """`lead-demoted` for at most one sentence of the original's headline and lead: the last that qualifies.

    It must be linked only to sentences below the repost's headline and lead.
    """
    first, leading = context.tops
    for i in reversed(first):
        to = context.repost_of.get(i, ())
        sides = context.original, i, context.repost, to
        below = to and not any(j in leading for j in to)
        if below and _may_lead(*sides) and not _is_conveyed(*sides, leading):
            own = context.original.sentence_stems[i]
            likest = max(to, key=lambda j: len(own & context.repost.sentence_stems[j]))
            was, now = context.original.sentences[i].span, context.repost.sentences[likest].span
            yield Move("lead-demoted", was, now, (i,), to, 0.8, "")
            return


def _is_conveyed(
    here: Side, i: int, there: Side, linked: Sequence[int], top: Sequence[int]
) -> bool:
    """Whether headline and lead of the other text (`top`) convey the content of sentence `i` as well.

    They must have at least 40% of the stems that it shares with its linked sentences.
    """
    carried = here.sentence_stems[i] & stems(there, linked)
    return len(carried & stems(there, top)) >= CONVEYED * len(carried)


def _may_lead(here: Side, i: int, there: Side, linked: Sequence[int]) -> bool:
    """Whether all these sentences may be a lead, and share two words that are neither names nor numbers.

    Datelines and captions are neither lead nor body.
    """
    words = here.word_stems[i]
    leads = here.may_lead(i) and all(map(there.may_lead, linked))
    return leads and len(words & stems(there, linked)) >= min(LEAST_WORDS, len(words))
