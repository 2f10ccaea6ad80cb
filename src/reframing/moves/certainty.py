"""`hedge-dropped`, `hedge-added`, `booster-added`, `booster-dropped`.

A marker is lost where its sentence is carried over, most of the terms about it survive in the linked
sentences, and no marker there has its lemma or stands about the same terms. Gained markers are lost
ones with the roles swapped.
"""

from collections.abc import Iterator

from reframing.moves.context import Context, Side
from reframing.moves.proximity import Mention, counterparts, mention, stems, surviving, unmatched
from reframing.records import Marker, Move
from reframing.segment.terms import FUNCTION_WORDS, stem

LEAST_SURVIVING = 0.5


def find(context: Context) -> Iterator[Move]:
    """Hedges and boosters lost and gained between linked sentences that are not copies."""
    for name, kind in (("hedge", "hedges"), ("booster", "boosters")):
        original = mentions(context.original, getattr(context.original.annotation, kind))
        repost = mentions(context.repost, getattr(context.repost.annotation, kind))
        yield from lost(context, name, original, repost)
        yield from gained(context, name, original, repost)


def mentions(side: Side, markers: tuple[Marker, ...]) -> list[Mention]:
    """Markers as mentions, by the stems of their content words; cues of attributions are left out."""
    cues = [a.cue for a in side.annotation.attributions if a.cue is not None]
    found = (
        mention(side, marker.span, _lemma(marker.entry))
        for marker in markers
        if not any(marker.span.overlaps(cue) for cue in cues)
    )
    return [here for here in found if here is not None]


def _lemma(entry: str) -> str:
    """*is expected to* and *are expected to* are one lemma; *may* is its own."""
    stems = [stem(word) for word in entry.split() if word not in FUNCTION_WORDS]
    return " ".join(stems) or entry


def lost(
    context: Context, name: str, original: list[Mention], repost: list[Mention]
) -> Iterator[Move]:
    linked = counterparts(context, of_original=True)
    for here in unmatched(original, repost, context.repost_of):
        to = linked.get(here.sentence, ())
        share = surviving(here.about, stems(context.repost, to))
        if to and share >= LEAST_SURVIVING:
            words = here.span.of(context.original.text)
            yield Move(
                f"{name}-dropped", here.span, None, (here.sentence,), to, score(share),
                f"The original says “{words}”; the repost keeps the statement without it.",
            )  # fmt: skip


def gained(
    context: Context, name: str, original: list[Mention], repost: list[Mention]
) -> Iterator[Move]:
    linked = counterparts(context, of_original=False)
    for here in unmatched(repost, original, context.original_of):
        to = linked.get(here.sentence, ())
        share = surviving(here.about, stems(context.original, to))
        if to and share >= LEAST_SURVIVING:
            words = here.span.of(context.repost.text)
            yield Move(
                f"{name}-added", None, here.span, to, (here.sentence,), score(share),
                f"The repost says “{words}”; the original makes the statement without it.",
            )  # fmt: skip


def score(share: float) -> float:
    """How sure the move is: the share of surviving terms about the marker, from .5 to 1 as .5 to .9."""
    return round(0.1 + 0.8 * share, 6)
