"""Groups of gold items by which scores are shown apart."""

import re
from collections.abc import Iterable, Sequence

from reframing.segment.tokens import words

LENGTHS = ((10, "1-10 words"), (20, "11-20 words"), (30, "21-30 words"), (40, "31-40 words"))
LONGER = "over 40 words"

TERMS = {
    "women": "woman women female girl girls mother mothers feminist feminists",
    "men": "man men male boy boys father fathers",
    "Black people": "african-american african-americans black blacks",
    "white people": "white whites caucasian",
    "Latino people": "latino latinos latina latinas hispanic hispanics",
    "Asian people": "asian asians asian-american asian-americans",
    "Jewish people": "jew jews jewish",
    "Muslims": "muslim muslims islam islamic",
    "Christians": "christian christians christianity catholic catholics evangelical evangelicals",
    "migrants": "immigrant immigrants migrant migrants refugee refugees undocumented",
    "LGBT people": "gay gays lesbian lesbians lgbt lgbtq transgender trans queer same-sex",
    "Democrats": "democrat democrats democratic liberal liberals",
    "Republicans": "republican republicans gop conservative conservatives",
}
"""Words by which a sentence is taken to mention a group: a short list, made for this project after the
identity terms of Dixon et al. (2018), extended by parties. A colour or party word may mean something
else; the groups are for comparing scores, not for counting people."""

_WORDS = {group: frozenset(listed.split()) for group, listed in TERMS.items()}
_PART = re.compile(r"[^-]+")
_NO_GROUP = re.compile(r"\b(?:White House|black market|white paper)\b", re.IGNORECASE)


def lengths(texts: Iterable[str]) -> list[tuple[str, ...]]:
    """The band of length in words of each text."""
    return [(_band(sum(1 for _ in words(text))),) for text in texts]


def mentions(texts: Iterable[str]) -> list[tuple[str, ...]]:
    """The groups of `TERMS` that each text mentions; words joined by hyphens count apart, too."""
    return [_mentioned(frozenset(_forms(text))) for text in texts]


def single(values: Sequence[str | None]) -> list[tuple[str, ...]]:
    """One group an item, or none where it is not known."""
    return [(value,) if value else () for value in values]


def _band(n_words: int) -> str:
    return next((name for most, name in LENGTHS if n_words <= most), LONGER)


def _forms(text: str) -> Iterable[str]:
    for form in words(_NO_GROUP.sub(" ", text)):
        yield form
        if "-" in form:
            yield from _PART.findall(form)


def _mentioned(forms: frozenset[str]) -> tuple[str, ...]:
    return tuple(group for group, listed in _WORDS.items() if listed & forms)
