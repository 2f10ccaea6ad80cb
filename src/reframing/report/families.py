"""Families of moves: what a reader filters by, and what shares a colour and an underline.

Which moves belong to a family is in the column of that name of `moves/catalogue.tsv`.
"""

from typing import NamedTuple

from reframing.moves.catalogue import catalogue


class Family(NamedTuple):
    """A kind of change; `slug` names its style in the page, `terminal` its colour in a terminal."""

    slug: str
    label: str
    gloss: str
    terminal: str


FAMILIES: tuple[Family, ...] = (
    Family("attribution", "Attribution", "who is said to vouch for it", "blue"),
    Family("quotation", "Quotation", "what stands in quotation marks", "cyan"),
    Family("certainty", "Certainty", "how sure it sounds", "yellow"),
    Family("evaluation", "Evaluation", "how loaded the wording is", "red"),
    Family("facts", "Facts", "who, what, how many, and what causes what", "green"),
    Family("structure", "Structure", "what was added, left out or moved", "magenta"),
)

_BY_SLUG = {family.slug: family for family in FAMILIES}


def family_of(move: str) -> Family:
    """The family to which the catalogue assigns a move's slug; KeyError where either is unknown."""
    return _BY_SLUG[catalogue()[move].family]


def label_of(move: str) -> str:
    """A move's slug in words: `hedge-dropped` is "Hedge dropped"."""
    return move.replace("-", " ").capitalize()
