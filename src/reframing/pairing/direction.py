"""Which of two articles came first, and by what signs.

Signs are what a corpus declares, dates of publication, and credits. Length is none: a trimmed copy is
shorter than its original, but so is a first report that others added to.
"""

from typing import Literal

from reframing.credits import is_signed, mentions
from reframing.pairing.evidence import Evidence, Profile
from reframing.records import REPOST_RELATIONS, Relation

Direction = Literal["a→b", "b→a", "common-source", "undetermined"]

CLOSE_DAYS = 2 / (24 * 60)
"""Times closer than two minutes say nothing: both may be the time of a crawl."""

COPYING: tuple[Relation, ...] = REPOST_RELATIONS[:3]
"""Who signs for another outlet prints its text: where no text is shared, the original is another one."""

# What a sign is worth, alone; signs on one side add up, on both sides they cancel.
_WEIGHTS = {"declared": 3.0, "published": 1.6, "credit": 1.4, "agency": 1.4}


def judge_direction(
    a: Profile, b: Profile, evidence: Evidence, relation: Relation
) -> tuple[Direction, float, tuple[str, ...]]:
    """Direction, confidence in [0, 1], and the signs that decided, strongest first.

    Two copies of one agency's report have a common source, unless one of them is the agency's own or is
    credited by the other. Independent reports have no direction.
    """
    if relation not in REPOST_RELATIONS:
        return "undetermined", 0.0, ()
    signs = precedence_signs(a, b, evidence, relation)
    shared = a.credited & b.credited
    if shared and all(name == "published" for name, _ in signs):
        return "common-source", 0.8, tuple(f"agency:{name}" for name in sorted(shared))
    balance = sum(_WEIGHTS[name] * side for name, side in signs)
    ordered = sorted(signs, key=lambda sign: (-_WEIGHTS[sign[0]], sign[0]))
    names = tuple(name for name, side in ordered if side * balance > 0)
    if not names:
        return "undetermined", 0.0, tuple(name for name, _ in ordered)
    confidence = abs(balance) / (1 + abs(balance))
    return ("a→b" if balance > 0 else "b→a"), round(confidence, 6), names


def precedence_signs(
    a: Profile, b: Profile, evidence: Evidence, relation: Relation
) -> list[tuple[str, int]]:
    """Signs with their side: +1 where a came first, -1 where b did."""
    copied = relation in COPYING
    sides = (
        ("declared", _declared(a, b)),
        ("published", _side(evidence.days or 0.0)),
        ("credit", _credits(b, a, copied) - _credits(a, b, copied)),
        ("agency", copied * (_is_agency(a, b) - _is_agency(b, a))),
    )
    return [(name, side) for name, side in sides if side]


def _declared(a: Profile, b: Profile) -> int:
    return int(b.article.original == a.article.id) - int(a.article.original == b.article.id)


def _credits(profile: Profile, other: Profile, copied: bool) -> int:
    """Whether an article signs for the other's outlet, or says that the other reported it first."""
    outlet = other.article.outlet
    if not outlet or outlet == profile.article.outlet:
        return 0
    signed = copied and is_signed(profile.credits.signed, outlet)
    return int(signed or mentions(profile.credits.reported, outlet))


def _is_agency(profile: Profile, other: Profile) -> int:
    """Whether an article stands on the site of an agency that the other credits."""
    return int(bool(profile.agencies & other.credited))


def _side(days: float) -> int:
    """The sign of a difference in time that says something."""
    return int(days >= CLOSE_DAYS) - int(days <= -CLOSE_DAYS)
