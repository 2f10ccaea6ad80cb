"""Families of moves as a report shows them: what a reader filters by, with a colour and an underline each."""

from typing import NamedTuple

from reframing.moves.catalogue import catalogue


class Family(NamedTuple):
    """A group of kinds of moves.

    `slug` is its CSS class in the page, `terminal` its colour in a terminal, `gloss` a short explanation.
    """

    slug: str
    label: str
    gloss: str
    terminal: str


FAMILIES: tuple[Family, ...] = (
    Family("attribution", "Attribution", "who is said to vouch for it", "blue"),
    Family("quotation", "Quotation", "what is quoted word for word", "cyan"),
    Family("certainty", "Certainty", "how sure it sounds", "yellow"),
    Family("evaluation", "Evaluation", "how loaded the wording is", "red"),
    Family("facts", "Facts", "who, what, how many, and what causes what", "green"),
    Family("structure", "Structure", "what was added, left out or moved", "magenta"),
)

_BY_SLUG = {family.slug: family for family in FAMILIES}


def family_of(move: str) -> Family:
    """The family of a move's slug; raises `KeyError` where the slug or its family is unknown."""
    return _BY_SLUG[catalogue()[move].family]
