"""Who vouches for what, sentence by sentence: attributions as the moves compare them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reframing.moves.context import Side
from reframing.moves.reports import (
    DENIALS,
    cue_entry,
    is_pronoun,
    names_in,
    reports,
    source_stems,
    stems_in,
)
from reframing.records import Attribution, Span

LEAST_SHARED = 0.4
LEAST_BESIDES = 0.5  # terms besides the content and the source, for each term of the content
_SINGULAR = frozenset("he she his her him i".split())


@dataclass(frozen=True, slots=True)
class Vouched:
    """What one attribution covers of one sentence.

    `about` holds the stems of its content there, `who` those of its source and of every other wording
    that the two texts have for the same source. `whole` tells that the sentence says little besides: what
    is linked with it is linked with the content. `part` holds the stems of the part of the content that is
    in question, where it is not all of it.
    """

    attribution: Attribution
    sentence: int
    about: frozenset[str]
    who: frozenset[str]
    names: frozenset[str]
    whole: bool
    part: frozenset[str] = frozenset()


def same_claim(here: Vouched, there: Vouched) -> bool:
    """Whether two attributions, of linked sentences, cover the same claim.

    They share two terms at least, and many of the one that says less, or say all of their sentences.
    """
    if here.whole and there.whole:
        return True
    least = min(len(here.about), len(there.about))
    return len(here.about & there.about) >= max(min(2, least), LEAST_SHARED * least)


def vouched(side: Side, identities: Sequence[frozenset[str]] = ()) -> list[Vouched]:
    """Each report once for each sentence in which its content lies (or else its cue).

    `identities` are the sets of stems of which each belongs to one source (see `identities_of`).
    """
    return _vouched(side, reports(side), identities)


def stances_of(side: Side, identities: Sequence[frozenset[str]]) -> list[Vouched]:
    """The attributions that are no reports (*praised the plan*, *explained how*), in the same way."""
    told = {attribution.cue for attribution in reports(side)}
    others = [a for a in side.annotation.attributions if a.cue is not None and a.cue not in told]
    return _vouched(side, others, identities)


def _vouched(
    side: Side, attributions: Sequence[Attribution], identities: Sequence[frozenset[str]]
) -> list[Vouched]:
    found: list[Vouched] = []
    before: list[Span] = []
    for attribution in attributions:
        source = attribution.source
        if source is not None and not is_pronoun(side, source):
            before.append(source)
        own = _antecedent(side, source, before)
        who = frozenset() if own is None else source_stems(side, own)
        names = frozenset() if own is None else names_in(side, own)
        wider = who.union(*(each for each in identities if each & (names or who)))
        for i, about in _contents(side, attribution):
            others = side.sentence_stems[i] - who - about
            whole = len(others) <= LEAST_BESIDES * len(about)
            found.append(Vouched(attribution, i, about, wider, names, whole))
    return found


def _contents(side: Side, attribution: Attribution) -> Iterator[tuple[int, frozenset[str]]]:
    """Sentences that an attribution covers, each with the stems of its content there.

    Where the content is a pronoun (*This was announced by …*), it is the sentence before; where none
    was found, it is what stands behind the cue, or else the sentence without the source.
    """
    places: dict[int, set[str]] = {}
    for span in attribution.content:
        for i in side.sentences_of(span):
            if span.overlaps(side.sentences[i].span):
                places.setdefault(i, set()).update(stems_in(side, i, span))
    if not places and attribution.cue is not None:
        places = _around_cue(side, attribution, attribution.cue)
    elif len(places) == 1 and not any(places.values()) and not _denies(side, attribution):
        i = max(0, next(iter(places)) - 1)
        places = {i: {term.stem for term in side.terms[i]}}
    for i, about in sorted(places.items()):
        yield i, frozenset(about)


def _around_cue(side: Side, attribution: Attribution, cue: Span) -> dict[int, set[str]]:
    i = side.sentence_of(cue)
    if i is None:
        return {}
    behind = set(stems_in(side, i, Span(cue.end, side.sentences[i].end)))
    source = attribution.source or cue
    before = set(stems_in(side, i, Span(side.sentences[i].start, cue.start)))
    return {i: behind or before - set(stems_in(side, i, source))}


def _denies(side: Side, attribution: Attribution) -> bool:
    cue = attribution.cue
    return cue is not None and cue_entry(cue.of(side.text).lower())[0] in DENIALS


def _antecedent(side: Side, source: Span | None, before: Sequence[Span]) -> Span | None:
    """The source itself, or the last one before a pronoun; a person's for *he* and *she*."""
    if source is None or not is_pronoun(side, source):
        return source
    if source.of(side.text).lower() in _SINGULAR:
        return next((span for span in reversed(before) if names_in(side, span)), None)
    return before[-1] if before else None


def identities_of(*sides: Side) -> list[frozenset[str]]:
    """The stems of each wording of a named source: those that share a name belong to one source."""
    return [
        source_stems(side, attribution.source)
        for side in sides
        for attribution in side.annotation.attributions
        if attribution.source is not None and names_in(side, attribution.source)
    ]
