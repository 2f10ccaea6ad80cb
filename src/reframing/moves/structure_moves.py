"""Proposes `sentence-added`, `sentence-omitted`, `lead-promoted` and `lead-demoted`.

A sentence without any link is added or omitted. A sentence is promoted if it is in the headline or lead of
the repost and its linked sentences are further down in the original, and demoted in the reverse case.
"""

from collections.abc import Iterator, Sequence

from reframing.documents.records import Move
from reframing.moves.context import Context, Side
from reframing.moves.matching import stems
from reframing.moves.vouching import View, Vouched, both_views, source_stems, vouched

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
        for i in _unlinked(view):
            yield view.move(slug, (view.here.sentences[i].span, (i,)), (None, ()), 0.9)


def _unlinked(view: View) -> Iterator[int]:
    """Indices of the sentences of the report on this side that have no link to the other text."""
    covered = {each.sentence + 1 for each in vouched(view.here) if _is_named_there(view, each)}
    for i in range(len(view.here.sentences)):
        if i not in view.all_linked and i not in covered and _counts(view.here, i):
            yield i


def _is_named_there(view: View, here: Vouched) -> bool:
    """Whether the next sentence names the source of this one and the linked sentences name it as well.

    The next sentence (*It was announced by …*) is then not omitted.
    """
    to, (cue, source) = (
        view.all_linked.get(here.sentence, ()),
        (here.attribution.cue, here.attribution.source),
    )
    if source is None or cue is None or view.here.sentence_of(cue) != here.sentence + 1:
        return False
    return source_stems(view.here, source) <= stems(view.there, to)


def _counts(side: Side, i: int) -> bool:
    """Whether a line is a sentence of the report: with words, and neither headline nor page element."""
    if side.sentences[i].section == "headline" or side.is_furniture(i):
        return False
    return side.has_words(i)


def _promoted(context: Context) -> Iterator[Move]:
    """`lead-promoted` for sentences of the repost's headline and lead that come from below the original's.

    Skipped are those whose content the original's headline and lead convey already.
    """
    risen: set[tuple[int, ...]] = set()
    first, leading = context.tops
    for j in leading:
        origins = tuple(i for i in context.original_of.get(j, ()) if i not in first)
        if not origins or origins in risen:
            continue
        sides = context.repost, j, context.original, origins
        if not _may_lead(sides) or not _shares_words(*sides) or _is_conveyed(*sides, first):
            continue
        risen.add(origins)
        was, now = context.original.sentences[origins[0]].span, context.repost.sentences[j].span
        yield Move("lead-promoted", was, now, origins, (j,), 0.8, "")


def _demoted(context: Context) -> Iterator[Move]:
    """`lead-demoted` for at most one sentence of the original's headline and lead: the last that qualifies.

    It must be linked only to sentences below the repost's headline and lead, which do not convey its
    content.
    """
    first, leading = context.tops
    for i in reversed(first):
        to = context.repost_of.get(i, ())
        sides = context.original, i, context.repost, to
        if any(j in leading for j in to):
            continue
        if to and _may_lead(sides) and _shares_words(*sides) and not _is_conveyed(*sides, leading):
            likest = max(to, key=lambda j: len(_carried(*sides[:3], (j,))))
            was, now = context.original.sentences[i].span, context.repost.sentences[likest].span
            yield Move("lead-demoted", was, now, (i,), to, 0.8, "")
            return


def _carried(here: Side, i: int, there: Side, linked: Sequence[int]) -> frozenset[str]:
    """The stems of sentence `i` that the linked sentences share."""
    return here.sentence_stems[i] & frozenset().union(*(there.sentence_stems[j] for j in linked))


def _may_lead(sides: tuple[Side, int, Side, Sequence[int]]) -> bool:
    """Whether all these sentences may be a lead; datelines and captions are neither lead nor body."""
    here, i, there, linked = sides
    return all(side.may_lead(k) for side, places in ((here, (i,)), (there, linked)) for k in places)


def _shares_words(here: Side, i: int, there: Side, linked: Sequence[int]) -> bool:
    """Whether a sentence shares at least two words other than names and numbers with its linked sentences.

    A sentence with fewer words must share all of them.
    """
    words = here.word_stems[i]
    return len(words & _carried(here, i, there, linked)) >= min(LEAST_WORDS, len(words))


def _is_conveyed(
    here: Side, i: int, there: Side, linked: Sequence[int], top: Sequence[int]
) -> bool:
    """Whether headline and lead of the other text (`top`) convey the content of sentence `i` as well.

    They must have at least 40% of the stems that it shares with its linked sentences.
    """
    carried = _carried(here, i, there, linked)
    return len(carried & stems(there, top)) >= CONVEYED * len(carried)
