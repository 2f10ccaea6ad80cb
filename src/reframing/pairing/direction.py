"""Which of two articles came first, and by what signs."""

import re
from typing import Literal

from reframing.pairing.evidence import Evidence, Profile
from reframing.records import REPOST_RELATIONS, Relation

Direction = Literal["a→b", "b→a", "common-source", "undetermined"]

CLOSE_DAYS = 2 / (24 * 60)
"""Times closer than two minutes say nothing: both may be the time of a crawl."""

# What a sign is worth, alone; signs on one side add up, on both sides they cancel.
_WEIGHTS = {
    "declared": 3.0,
    "credit": 1.4,
    "agency": 1.4,
    "published": 1.6,
    "contained": 0.5,
    "details": 0.4,
}


def judge_direction(
    a: Profile, b: Profile, evidence: Evidence, relation: Relation
) -> tuple[Direction, float, tuple[str, ...]]:
    """Direction, confidence in [0, 1], and the signs that decided, strongest first.

    Two copies of one agency's report have a common source, unless one of them is the agency's own.
    Independent reports have no direction.
    """
    if relation not in REPOST_RELATIONS:
        return "undetermined", 0.0, ()
    signs = precedence_signs(a, b, evidence)
    declared = any(name == "declared" for name, _ in signs)
    shared = a.credited & b.credited
    if shared and not declared and not any(name == "agency" for name, _ in signs):
        return "common-source", 0.8, tuple(f"agency:{name}" for name in sorted(shared))
    balance = sum(_WEIGHTS[name] * side for name, side in signs)
    ordered = sorted(signs, key=lambda sign: (-_WEIGHTS[sign[0]], sign[0]))
    names = tuple(name for name, side in ordered if side * balance > 0)
    if not names:
        return "undetermined", 0.0, tuple(name for name, _ in ordered)
    confidence = abs(balance) / (1 + abs(balance))
    return ("a→b" if balance > 0 else "b→a"), round(confidence, 6), names


def precedence_signs(a: Profile, b: Profile, evidence: Evidence) -> list[tuple[str, int]]:
    """Signs with their side: +1 where a came first, -1 where b did."""
    signs: list[tuple[str, int]] = []
    for name, side in (
        ("declared", _declared(a, b)),
        ("credit", _credits(b, a) - _credits(a, b)),
        ("agency", _is_agency(a, b) - _is_agency(b, a)),
        ("published", _sign(evidence.days or 0.0, CLOSE_DAYS)),
        ("contained", _sign(evidence.b_in_a - evidence.a_in_b, 0.1)),
        ("details", _sign(evidence.details_b_in_a - evidence.details_a_in_b, 0.15)),
    ):
        if side:
            signs.append((name, side))
    return signs


def _declared(a: Profile, b: Profile) -> int:
    return int(b.article.original == a.article.id) - int(a.article.original == b.article.id)


def _credits(profile: Profile, other: Profile) -> int:
    """Whether an article names the other's outlet, as reposts do."""
    outlet = other.article.outlet
    if not outlet or outlet == profile.article.outlet:
        return 0
    name = re.sub(r"\.(com|org|net|co\.uk|co)$", "", re.sub(r"^(www\.|The )", "", outlet))
    return int(
        len(name) > 2 and re.search(rf"\b{re.escape(name)}\b", _bylined(profile)) is not None
    )


def _bylined(profile: Profile) -> str:
    return f"{profile.article.byline or ''}\n{profile.article.text}"


def _is_agency(profile: Profile, other: Profile) -> int:
    """Whether an article stands on the site of an agency that the other credits."""
    return int(bool(profile.agencies & other.credited))


def _sign(difference: float, least: float) -> int:
    """The sign of a difference that is at least `least`; nan counts as none."""
    if difference >= least:
        return 1
    return -1 if difference <= -least else 0
