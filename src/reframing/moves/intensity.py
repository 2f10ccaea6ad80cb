"""Verbs of one scale and different force: *fell* → *plunged*, *said* → *thundered*.

The lexicon `intensities.tsv` gives verbs a scale (speech, criticism, fall, rise, …) and a degree: soft,
plain or strong (graduation of force: Martin & White 2005, chapter 3).
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from reframing.lexicon import load_lexicon
from reframing.moves.context import Side
from reframing.moves.proximity import Mention, mention, paired
from reframing.moves.views import View

_SAYING = ("speech", "criticism", "approval")


def shifts(view: View) -> Iterator[tuple[Mention, Mention]]:
    """Verbs here and their counterparts there, of the same scale and another degree.

    Where no verb of its own scale corresponds, a verb of saying or judging corresponds with a strong one of
    another (*said* → *slammed*). Copied sentences are left out.
    """
    pairs = paired(scaled(view.here), scaled(view.there), view.linked)
    for here, there in pairs:
        if there is not None and _degree(here) != _degree(there):
            yield here, there
    taken = {there.span for _, there in pairs if there is not None}
    rest = [here for here, there in pairs if there is None]
    others = [there for there in scaled(view.there) if there.span not in taken]
    for here, there in _alone(rest, others, view.linked):
        if _degree(here) != _degree(there):
            yield here, there
    for here, there in paired(_saying(rest), _saying(others), view.linked):
        if there is not None and (_degree(here) == "strong") != (_degree(there) == "strong"):
            yield here, there


def _alone(
    mentions: Sequence[Mention], others: Sequence[Mention], linked: dict[int, tuple[int, ...]]
) -> Iterator[tuple[Mention, Mention]]:
    """Mentions that are the only ones of their scale in linked sentences, on both sides."""
    faced = {
        here: [
            o for o in others if o.kind == here.kind and o.sentence in linked.get(here.sentence, ())
        ]
        for here in mentions
    }
    often = Counter(there for rivals in faced.values() for there in rivals)
    for here, rivals in faced.items():
        if len(rivals) == 1 and often[rivals[0]] == 1:
            yield here, rivals[0]


@lru_cache(maxsize=16)
def scaled(side: Side) -> tuple[Mention, ...]:
    """The verbs of the lexicon in an article: `kind` is the scale, `lemma` the entry and degree."""
    found = []
    for first, end, entry in load_lexicon("intensities").match(side.tokens):
        scale, degree = entry.category.split("-")
        here = mention(side, side.tokens.span(first, end), f"{entry.lemma} {degree}", kind=scale)
        if here is not None:
            found.append(here)
    return tuple(found)


def _saying(mentions: Sequence[Mention]) -> list[Mention]:
    return [replace(here, kind="saying") for here in mentions if here.kind in _SAYING]


def _degree(here: Mention) -> str:
    return here.lemma.rpartition(" ")[2]
