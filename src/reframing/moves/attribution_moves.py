"""Proposes `attribution-dropped`, `attribution-added`, `attribution-vague` and `attribution-swapped`.

An attribution consists of a source, a cue and a content (Pareti 2015). The content of each is searched for
in the linked sentences of the other text, and the sources of the same proposition are compared. Two
attributions are counterparts if one covers at least half of the content that the sentence of the other
carries over. Moves of stance (`attribution-distanced`, `attribution-endorsed`; see
`reframing.moves.vouching`) are proposed here too, as they compare the same attributions.

`here` and `there` are the two sides of a `View`: the text whose attribution is examined, and the text that is
compared with it; in functions with a `Context` they are original and repost.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from reframing.documents.records import Move, Span, covering
from reframing.documents.word_classes import CARDINALS, FIRST_PERSON, QUANTIFIERS
from reframing.moves.context import Context, Side
from reframing.moves.matching import question
from reframing.moves.names import are_apart, is_alike, is_short_for
from reframing.moves.vouching import (
    View,
    Vouched,
    between,
    both_views,
    expression,
    is_pronoun,
    stance_changed,
    stems_in,
    vouched,
)

SPECIFIC = ("named", "role")
LEAST_COVERED = 0.5
LEAST_CARRIED = 0.3
_BEHIND_HEAD = frozenset(", of in at from with who that on for near inside".split())
_INDEFINITE = QUANTIFIERS | CARDINALS.keys() | {"a", "an", "another"}


def find(context: Context) -> Iterator[Move]:
    """Yields moves on attribution and stance between linked sentences that are not copies."""
    originals, reposts = vouched(context.original), vouched(context.repost)
    lost, gained = both_views(context)
    for here, there, to in matched(lost, originals, reposts):
        if there is None:
            yield from _alone(lost, here, to)
        else:
            same = here.about == there.about or (here.whole and there.whole)
            if same or lost.is_comparable(here.sentence, there.sentence):
                yield from _source_changed(context, here, there)
            yield from stance_changed(context, here, there)
    for here, there, to in matched(gained, reposts, originals):
        if there is None:
            yield from _alone(gained, here, to)


def matched(
    view: View, heres: Sequence[Vouched], theres: Sequence[Vouched]
) -> Iterator[tuple[Vouched, Vouched | None, list[int]]]:
    """Yields attributions whose content is carried over, as (attribution, counterpart, sentence indices).

    The indices are those of the linked sentences that carry the content: they share at least 30% of its terms,
    or the sentence of the attribution says little else. The counterpart is None if none of these attributes it.
    """
    stems = view.there.sentence_stems
    for here in heres:
        least = max(1.0, LEAST_CARRIED * len(here.about))
        linked = view.linked.get(here.sentence, ())
        to = [j for j in linked if here.whole or len(here.about & stems[j]) >= least]
        if to:
            yield (
                here,
                _counterpart(view, here, [each for each in theres if each.sentence in to]),
                to,
            )


def _counterpart(view: View, here: Vouched, near: Sequence[Vouched]) -> Vouched | None:
    """The attribution in `near` that covers most of the content that its sentence carries over, or None.

    It covers at least half of these terms, any of them if the source is the same, or both attributions take
    up their sentences. Ties are decided by the number of shared source terms.
    """
    best, most = None, (-1, -1)
    for there in near:
        carried = here.about & view.there.sentence_stems[there.sentence]
        covered = len(carried & there.about) / len(carried) if carried else 0.0
        shared = len(here.who & there.who)
        enough = (
            covered >= LEAST_COVERED or (covered > 0 and shared) or (here.whole and there.whole)
        )
        rank = len(carried & there.about), shared
        if enough and rank > most:
            best, most = there, rank
    return best


def _alone(view: View, here: Vouched, to: Sequence[int]) -> Iterator[Move]:
    """`attribution-dropped` or `-added` where the other text asserts the content in its own voice.

    The text's own *I* and *we* are no sources.
    """
    source = here.attribution.source
    if source is None or source.of(view.here.text).lower() in FIRST_PERSON:
        return
    if not any(question(view.there, j) or _is_attributed(view, here, j) for j in to):
        yield view.move(
            f"attribution-{view.change}",
            (expression(here.attribution), (here.sentence,)),
            (covering(view.there.sentences[j].span for j in to), to),
            0.7,
        )


def _is_attributed(view: View, here: Vouched, j: int) -> bool:
    """Whether sentence `j` there has a part of the content as speech, or covered by an attribution."""
    return any(
        not here.about.isdisjoint(stems_in(view.there, j, span))
        for span in _voices(view.there).get(j, ())
    )


@lru_cache(maxsize=16)
def _voices(side: Side) -> dict[int, list[Span]]:
    """The speech, and the content of attributions with a source, by the sentences that they are in."""
    spans = [quote.span for quote in side.annotation.quotes if quote.speech]
    spans += [s for a in side.annotation.attributions if a.source is not None for s in a.content]
    found: dict[int, list[Span]] = {}
    for span in spans:
        for i in side.sentences_at(span):
            found.setdefault(i, []).append(span)
    return found


def _source_changed(context: Context, here: Vouched, there: Vouched) -> Iterator[Move]:
    """`attribution-vague` or `attribution-swapped`, from a named source or a role."""
    was, now = here.attribution, there.attribution
    if was.source_kind not in SPECIFIC:
        return
    loses = here.names or now.source is None or now.source_kind == "vague"
    if loses and _is_vague(context.repost, there):
        score = 1.0 if now.source is None else 0.75
        yield between("attribution-vague", here, there, score, of_source=True)
    elif _is_another(context, here, there):
        yield between("attribution-swapped", here, there, 0.65, of_source=True)


def _is_vague(side: Side, there: Vouched) -> bool:
    """Whether an attribution has no source, or one without name or role, or an indefinite one without name.

    Pronouns are not vague.
    """
    source = there.attribution.source
    if source is None:
        return there.attribution.source_kind == "none"
    if there.names or is_pronoun(side, source):
        return False
    first, _, _ = source.of(side.text).lower().partition(" ")
    return there.attribution.source_kind == "vague" or first in _INDEFINITE


def _is_another(context: Context, here: Vouched, there: Vouched) -> bool:
    """Whether the repost credits a different source: another name, or a role of another kind."""
    own, source = here.attribution.source, there.attribution.source
    if own is None or source is None:
        return False
    if is_pronoun(context.original, own) or is_pronoun(context.repost, source):
        return False
    if here.names and there.names:
        known = here.names & there.who or here.who & there.names
        return not known and not _are_one_name(context, here.names, there.names)
    heads = _head(context.original, own), _head(context.repost, source)
    return not here.names and not there.names and are_apart(*heads)


def _are_one_name(context: Context, was: frozenset[str], now: frozenset[str]) -> bool:
    """Whether two names may denote one source: they are similar, or one is the acronym of the other."""
    a, b = context.original, context.repost
    return is_alike(was, now) or is_short_for(was, a, now, b) or is_short_for(now, b, was, a)


def _head(side: Side, source: Span) -> str:
    """The last word of a source before a comma or a preposition: *office* in *the office of the mayor*."""
    words = source.of(side.text).lower().replace(",", " ,").split()
    end = next((i for i, word in enumerate(words) if word in _BEHIND_HEAD), None)
    return words[: end or None][-1]
