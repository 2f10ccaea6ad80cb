"""02: what survives a repost: by place in the original, and how close what survives stays."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from reframing.documents.records import Aligned, LinkRelation, StudyPair
from reframing.figures.dot_rows import kind_label
from reframing.moves.catalogue import catalogue
from reframing.notebook.opened import OpenStudy
from reframing.notebook.prose import literal, prose
from reframing.notebook.tables import Column, Table, by_group, estimates, written
from reframing.notebook.wording import NOTHING, PERCENT, RATE, bold, estimate, said
from reframing.statistics.estimates import Estimate, share_estimate
from reframing.statistics.groups import ALL_KINDS, left_out, ratio_rows
from reframing.statistics.rates import DECILES, EVERYWHERE

if TYPE_CHECKING:
    from IPython.display import HTML

PLACES = {
    EVERYWHERE: EVERYWHERE,
    "headline": "headline",
    "lead": "lead",
    DECILES[0]: "first tenth of the body",
    DECILES[4]: "fifth tenth",
    DECILES[-1]: "last tenth",
}
CLOSENESS: tuple[LinkRelation, ...] = ("copied", "edited", "rewritten")
LOST = "not carried over"
LEFT_OUT_AND_PUT_IN = ("sentence-omitted", "sentence-added", "lead-demoted", "lead-promoted")

Shares = dict[str, tuple[float, float]]


def answer(study: OpenStudy) -> "HTML":
    """Two sentences: the share that survives by place, and by kind beside independent reports."""
    places = {place: _survives(study, place) for place in PLACES}
    headline = places["headline"]
    of_headlines = f"{said(headline, PERCENT)} of headlines and " if headline.n_clusters else ""
    return prose(
        f"Reposts carry over {bold(places[EVERYWHERE], PERCENT)} of the original's sentences: "
        f"{of_headlines}{said(places['lead'], PERCENT)} of leads, "
        f"{said(places[DECILES[0]], PERCENT)} of what stands first in the rest of the body and "
        f"{said(places[DECILES[-1]], PERCENT)} of what stands last. "
        f"{_by_kind(study)}; {_beside_null(study)}."
    )


def by_place(study: OpenStudy) -> Table:
    """Share of the original's sentences carried over, at chosen places."""
    columns = [Column(heading, {"place": place}, PERCENT) for place, heading in PLACES.items()]
    caption = "Share of the original's sentences that is carried over, by place in the original"
    return estimates(study, "survival", caption, columns)


def left_out_and_put_in(study: OpenStudy) -> Table:
    """Sentences omitted and added, and leads moved, per 1,000 words of the repost."""
    columns = [
        Column(catalogue()[slug].label, {"move": slug}, RATE) for slug in LEFT_OUT_AND_PUT_IN
    ]
    caption = "Moves of whole sentences, per 1,000 words of the repost"
    return estimates(study, "moves", caption, columns)


def closeness(study: OpenStudy) -> Table:
    """Of the original's sentences: copied, edited, rewritten, or not carried over."""
    aligned = list(study.aligned)
    reasons = left_out([each.pair for each in aligned], study.statistics, study.seed)
    kept = [
        each
        for each, reason in zip(aligned, reasons, strict=True)
        if reason is None and each.pair.condition != "revision"
    ]
    sizes = {annotation.id: len(annotation.sentences) for annotation in study.annotations}
    shares = [closeness_of(each, sizes[each.pair.original]) for each in kept]
    found = dict(_closeness_estimates(study, [each.pair for each in kept], shares))
    caption = "How close it stays: share of the original's sentences"
    return by_group(
        study,
        caption,
        (*CLOSENESS, LOST),
        lambda condition, kind, name: written(found.get((condition, kind, name), NOTHING), PERCENT),
    )


def closeness_of(aligned: Aligned, n_sentences: int) -> Shares:
    """Sentences of the original by the closest link that carries them over, of all of them."""
    closest: dict[int, str] = {}
    for closeness in reversed(CLOSENESS):
        for link in aligned.links:
            if link.relation == closeness:
                closest |= dict.fromkeys(link.original, closeness)
    carried = list(closest.values())
    counts: dict[str, int] = {name: carried.count(name) for name in CLOSENESS}
    counts[LOST] = n_sentences - len(carried)
    return {name: (float(count), float(n_sentences)) for name, count in counts.items()}


def _closeness_estimates(
    study: OpenStudy, pairs: list[StudyPair], shares: list[Shares]
) -> Iterator[tuple[tuple[str, str, str], Estimate]]:
    share = partial(share_estimate, interval=study.statistics.interval)
    for group, name, row in ratio_rows(pairs, shares, (*CLOSENESS, LOST), share):
        found = Estimate(row["value"], row["low"], row["high"], row["n_events"])
        yield (group.condition, group.kind, name), found


def _survives(
    study: OpenStudy, place: str = EVERYWHERE, condition: str = "repost", kind: str = ALL_KINDS
) -> Estimate:
    return estimate(study.tables["survival"], condition=condition, kind=kind, place=place)


def _by_kind(study: OpenStudy) -> str:
    most, *others = [
        (literal(kind_label(kind)), _survives(study, kind=kind)) for kind in study.firm_kinds
    ]
    if not others:
        return f"All of these reposts are of one kind, *{most[0]}*"
    least = others[-1]
    return (
        f"Of the kinds, *{most[0]}* keeps most, {said(most[1], PERCENT)}, and *{least[0]}* least, "
        f"{said(least[1], PERCENT)}"
    )


def _beside_null(study: OpenStudy) -> str:
    independent = _survives(study, condition="independent")
    if not independent.n_clusters:
        return "there are no independent reports of the same events to compare with"
    return (
        "independent reports of the same events, which carry nothing over, share "
        f"{said(independent, PERCENT)}"
    )
