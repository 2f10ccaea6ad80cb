"""Families of moves: what a reader filters by, and what shares a colour and an underline."""

from typing import NamedTuple


class Family(NamedTuple):
    """A kind of change; `slug` names its style in the page, `terminal` its colour in a terminal."""

    slug: str
    label: str
    gloss: str
    terminal: str


FAMILIES: tuple[Family, ...] = (
    Family("attribution", "Attribution", "who is said to vouch for it", "blue"),
    Family("quotation", "Quotation", "what stands in quotation marks", "cyan"),
    Family("certainty", "Certainty", "how sure, and how causal, it sounds", "yellow"),
    Family("evaluation", "Evaluation", "how loaded the wording is", "red"),
    Family("facts", "Facts", "who, what and how many", "green"),
    Family("structure", "Structure", "what was added, left out or moved", "magenta"),
)

_BY_FIRST_WORD = {
    "attribution": "attribution",
    "quote": "quotation",
    "hedge": "certainty",
    "booster": "certainty",
    "causality": "certainty",
    "evaluation": "evaluation",
    "agent": "facts",
    "number": "facts",
    "entity": "facts",
    "polarity": "facts",
    "sentence": "structure",
    "lead": "structure",
}


def family_of(move: str) -> Family:
    """The family of a move's slug, by the slug's first word; KeyError where it is unknown."""
    slug = _BY_FIRST_WORD[move.partition("-")[0]]
    return next(family for family in FAMILIES if family.slug == slug)


def label_of(move: str) -> str:
    """A move's slug in words: `hedge-dropped` is "Hedge dropped"."""
    return move.replace("-", " ").capitalize()
