"""Proposes `hedge-dropped`, `hedge-added`, `booster-dropped` and `booster-added`.

A marker (hedge or booster) is lost if its sentence has a linked sentence, if at least half of the content
terms in its scope or context survive there, and if no marker of its kind remains there as a counterpart. A
marker is gained if it is lost when original and repost are exchanged. Nothing is lost in a question, which
asserts nothing. The markers are those of the annotation, from which the rates are computed as well.
"""

from collections.abc import Iterator, Sequence

from reframing.documents.records import Marker, Move
from reframing.documents.terms import FUNCTION_WORDS, stem
from reframing.measures.hedging import BLURRING
from reframing.moves.context import Context, Side
from reframing.moves.matching import (
    LEAST_SURVIVING,
    Mention,
    mention,
    question,
    stems,
    surviving,
    unmatched,
)
from reframing.moves.vouching import View, both_views, reports

_SCOPE = 4  # content terms after a marker that are taken as its scope
_DEGREE = frozenset(
    """very highly extremely incredibly exceedingly massively hugely deeply enormously tremendously terribly
    extraordinarily remarkably particularly exceptionally immensely vastly greatly strongly heavily
    awfully intensely severely largely considerably""".split()
) | {"so very", "very much"}
_NO_COMMITMENT = frozenset("whether if allegation rumor rumour speculation".split())


def find(context: Context) -> Iterator[Move]:
    """Yields hedges and boosters lost and gained between linked sentences that are not copies."""
    lost, gained = both_views(context)
    for name, markers in (("hedge", hedging), ("booster", boosting)):
        originals, reposts = (
            mentions(side, markers(side)) for side in (context.original, context.repost)
        )
        yield from _alone(lost, name, originals, reposts)
        yield from _alone(gained, name, reposts, originals)


def hedging(side: Side) -> Sequence[Marker]:
    """Hedges and approximators by position; those that overlap a booster are excluded (*no doubt that*)."""
    boosters = side.annotation.boosters
    hedges = (*side.annotation.hedges, *side.annotation.approximators)
    unboosted = (h for h in hedges if not any(h.span.overlaps(b.span) for b in boosters))
    return sorted(unboosted, key=lambda marker: marker.span)


def boosting(side: Side) -> Sequence[Marker]:
    """Boosters, except those that grade a quality or a hedge (*very rare*, *very likely*)."""
    hedges = {hedge.span.start for hedge in side.annotation.hedges}
    return [
        b
        for b in side.annotation.boosters
        if b.entry not in _DEGREE and b.span.end + 1 not in hedges
    ]


def mentions(side: Side, markers: Sequence[Marker]) -> list[Mention]:
    """Markers with the content stems of their context; of adjacent markers only the first counts.

    Excluded are cues of attributions that have a source (*the report suggested that*), and wording that only
    names what is uncertain (*whether*, *the allegation*).
    """
    cues = (*reports(side), *side.annotation.attributions)
    ends = {a.cue.end for a in cues if a.cue is not None and a.source is not None}
    found: list[Mention] = []
    for marker in markers:
        if marker.span.end in ends or marker.entry in _NO_COMMITMENT:
            continue
        if found and side.text[found[-1].span.end : marker.span.start] == " ":
            continue
        here = mention(side, marker.span, _lemma(marker.entry), kind=_kind(marker))
        if here is not None:
            found.append(here)
    return found


def _kind(marker: Marker) -> str:
    """The kind of a marker: `evidential`, `degree` or `certainty`.

    Blurred amounts and degrees are no counterpart of markers of certainty.
    """
    if marker.category == "evidential":
        return "evidential"
    return "degree" if marker.category in BLURRING else "certainty"


def _lemma(entry: str) -> str:
    """One lemma for *is expected to* and *are expected to*; an entry of function words alone is its own."""
    parts = [stem(word) for word in entry.split() if word not in FUNCTION_WORDS]
    return " ".join(parts) or entry


def _alone(
    view: View, name: str, heres: Sequence[Mention], theres: Sequence[Mention]
) -> Iterator[Move]:
    """Moves for markers on this side whose statement the other side has without a counterpart."""
    for here in unmatched(heres, theres, view.all_linked):
        to = view.linked.get(here.sentence, ())
        share = _survival(view, here, to)
        if share >= LEAST_SURVIVING and not all(question(view.there, j) for j in to):
            slug = f"{name}-{view.change}"
            yield view.move(slug, (here.span, (here.sentence,)), (None, to), 0.1 + 0.8 * share)


def _survival(view: View, here: Mention, to: Sequence[int]) -> float:
    """Share of the terms in the scope of a marker that the sentences `to` have, in [0, 1].

    The scope is the first content words after the marker; if these are fewer than three, all context terms
    count. For a blurred number that does not occur itself the share is 0.
    """
    there = stems(view.there, to)
    starts = view.here.tokens.starts
    scope = [t for t in view.here.terms[here.sentence] if starts[t.token] >= here.span.end]
    if here.kind == "degree" and scope and scope[0].kind == "number" and scope[0].stem not in there:
        return 0.0
    behind = frozenset(term.stem for term in scope[:_SCOPE] if term.kind == "word")
    return surviving(behind if len(behind) > 2 else here.about, there)
