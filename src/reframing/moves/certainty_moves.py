"""Proposes `hedge-dropped`, `hedge-added`, `booster-dropped` and `booster-added`.

A marker (hedge or booster) is lost if its sentence has a linked sentence, if at least half of the content
terms in its scope or context survive there, and if no marker of its kind remains there as a counterpart. A
marker is gained if it is lost when original and repost are exchanged. Nothing is lost in a question, which
asserts nothing. The markers are those of the annotation, from which the rates are computed as well.
"""

from collections.abc import Iterator, Sequence

from reframing.documents.records import Marker, Move, Span
from reframing.documents.terms import FUNCTION_WORDS, stem
from reframing.measures.clauses import negates
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

_SAME_MATTER, _SAME_CLAIM = 2, 4  # content terms that the contexts of both markers share
_SCOPE = 4  # content terms after a marker that are taken as its scope
_COMPARED = frozenset("more most less least as so how too higher lower greater smaller".split())
_DEGREE = frozenset(
    """very highly extremely incredibly exceedingly massively hugely deeply enormously tremendously terribly
    extraordinarily remarkably particularly exceptionally immensely vastly greatly strongly heavily
    awfully intensely severely largely considerably""".split()
) | {"so very", "very much"}
_NO_COMMITMENT = frozenset("whether if allegation rumor rumour speculation".split())
_INITIAL = frozenset("preliminary provisional initial early first interim tentative".split())


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

    Excluded are cues of attributions that have a source (*the report suggested that*), comparisons (*more
    often*), and wording that only names what is uncertain (*whether*, *the allegation*).
    """
    cues = (*reports(side), *side.annotation.attributions)
    ends = {a.cue.end for a in cues if a.cue is not None and a.source is not None}
    found: list[Mention] = []
    for marker in markers:
        if marker.span.end in ends or marker.entry in _NO_COMMITMENT or _compares(side, marker):
            continue
        if found and side.text[found[-1].span.end : marker.span.start] == " ":
            continue
        here = mention(side, marker.span, _lemma(marker.entry), kind=_kind(marker))
        if here is not None:
            found.append(here)
    return found


def _compares(side: Side, marker: Marker) -> bool:
    before = side.text[max(0, marker.span.start - 12) : marker.span.start].lower().split()
    return bool(before) and before[-1] in _COMPARED and marker.category != "approximator"


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
        if not to or share < LEAST_SURVIVING or _is_expressed_otherwise(view, here, to):
            continue
        if _occurs_unmarked(view, here.span, to, theres) or _occurs_nearby(here, theres):
            continue
        slug = f"{name}-{view.change}"
        yield view.move(slug, (here.span, (here.sentence,)), (None, to), 0.1 + 0.8 * share)


def _occurs_nearby(here: Mention, theres: Sequence[Mention]) -> bool:
    """Whether the other text, in any sentence, has this marker on the same matter or another on the claim.

    The contexts share at least two terms for the same marker and four for another.
    """
    least = min(_SAME_MATTER, len(here.about))
    return any(
        len(here.about & there.about) >= (least if here.lemma == there.lemma else _SAME_CLAIM)
        for there in theres
        if here.kind == there.kind or "degree" not in (here.kind, there.kind)
    )


def _occurs_unmarked(view: View, span: Span, to: Sequence[int], theres: Sequence[Mention]) -> bool:
    """Whether the marker's own words occur in the sentences `to` without being annotated: nothing changed."""
    there = view.there
    words = [view.here.tokens.forms[i] for i in view.here.tokens.within(span)]
    marked = [mention.span for mention in theres]
    for j in to:
        inside = there.within(j)
        for first in range(inside.start, inside.stop - len(words) + 1):
            end = first + len(words)
            if all(map(_is_same, words, there.tokens.forms[first:end])):
                found = there.tokens.span(first, end)
                name = (
                    first > inside.start and there.text[found.start].isupper()
                )  # the month of May
                if not name and not any(found.overlaps(other) for other in marked):
                    return True
    return False


def _is_same(word: str, form: str) -> bool:
    """Whether a form is a word, or its contraction with *not*: *didn't necessarily*, *couldn't*."""
    return form in (word, f"{word}n't") or (word == "not" and negates(form))


def _survival(view: View, here: Mention, to: Sequence[int]) -> float:
    """Share of the terms in the scope of a marker that the sentences `to` have, in [0, 1].

    The scope is the first content words after the marker; if these are fewer than three, all context terms
    count. For a blurred number that does not occur itself the share is 0.
    """
    there = stems(view.there, to)
    scope = [t for t in view.here.terms[here.sentence] if _behind(view.here, t.token, here.span)]
    if here.kind == "degree" and scope and scope[0].kind == "number" and scope[0].stem not in there:
        return 0.0
    behind = frozenset(term.stem for term in scope[:_SCOPE] if term.kind == "word")
    return surviving(behind if len(behind) > 2 else here.about, there)


def _behind(side: Side, token: int, span: Span) -> bool:
    return side.tokens.starts[token] >= span.end


def _is_expressed_otherwise(view: View, here: Mention, to: Sequence[int]) -> bool:
    """Whether the other text expresses the uncertainty by other means.

    It asks, it names the source of what is hearsay on this side, or it has *early* for *preliminary*.
    """
    if all(question(view.there, j) for j in to):
        return True
    if here.kind == "evidential" or _is_unattributed_cue(view.here, here.span):
        return _n_reports(view.there, to) > _n_reports(view.here, (here.sentence,))
    if here.span.of(view.here.text).lower() not in _INITIAL:
        return False
    tokens = view.there.tokens
    return any(tokens.forms[i] in _INITIAL for j in to for i in view.there.within(j))


def _is_unattributed_cue(side: Side, span: Span) -> bool:
    """Whether a marker overlaps the cue of an attribution without a source: *is thought to*."""
    cues = (a.cue for a in side.annotation.attributions if a.source is None and a.cue is not None)
    return any(map(span.overlaps, cues))


def _n_reports(side: Side, sentences: Sequence[int]) -> int:
    """Number of reports with a source whose cue is in one of the sentences."""
    cues = (a.cue for a in reports(side) if a.cue is not None and a.source is not None)
    return sum(side.sentence_of(cue) in sentences for cue in cues)
