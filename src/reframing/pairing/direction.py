"""Which of two articles came first, and by what signs."""

import re
from typing import Literal

from reframing.pairing.evidence import Evidence, Profile
from reframing.records import REPOST_RELATIONS, Relation

Direction = Literal["a→b", "b→a", "common-source", "undetermined"]

AGENCIES = {
    "ap": r"\(AP\)|\bAssociated Press\b|\bapnews\b",
    "afp": r"\bAFP\b|\bAgence France-Presse\b",
    "reuters": r"\bReuters\b",
    "dpa": r"\bdpa\b",
    "pa": r"\bPress Association\b",
    "upi": r"\bUPI\b",
    "tass": r"\bTASS\b",
    "xinhua": r"\bXinhua\b",
    "bloomberg": r"\bBloomberg\b",
}
_AGENCY = {name: re.compile(pattern) for name, pattern in AGENCIES.items()}
_HEAD = 320

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
    shared = credited_agencies(a) & credited_agencies(b)
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
        ("published", 0 if not evidence.days else (1 if evidence.days > 0 else -1)),
        ("contained", _sign(evidence.b_in_a - evidence.a_in_b, 0.1)),
        ("details", _sign(evidence.details_b_in_a - evidence.details_a_in_b, 0.15)),
    ):
        if side:
            signs.append((name, side))
    return signs


def credited_agencies(profile: Profile) -> frozenset[str]:
    """News agencies named in the byline or about the head or foot of the text."""
    text = profile.article.text
    where = "\n".join([profile.article.byline or "", text[:_HEAD], text[-_HEAD:]])
    return frozenset(name for name, pattern in _AGENCY.items() if pattern.search(where))


def _declared(a: Profile, b: Profile) -> int:
    return int(b.article.original == a.article.id) - int(a.article.original == b.article.id)


def _credits(profile: Profile, other: Profile) -> int:
    """Whether an article names the other's outlet, as reposts do."""
    outlet = other.article.outlet
    if not outlet or outlet == profile.article.outlet:
        return 0
    name = re.sub(r"\.(com|org|net|co\.uk|co)$", "", re.sub(r"^(www\.|The )", "", outlet))
    return int(len(name) > 2 and re.search(rf"\b{re.escape(name)}\b", _bylined(profile)) is not None)


def _bylined(profile: Profile) -> str:
    return f"{profile.article.byline or ''}\n{profile.article.text}"


def _is_agency(profile: Profile, other: Profile) -> int:
    """Whether an article stands on the site of the agency that the other credits."""
    outlet = (profile.article.outlet or "").lower().replace("news", "")
    outlet = outlet.removeprefix("www.").split(".")[0]
    return int(outlet in credited_agencies(other))


def _sign(difference: float, least: float) -> int:
    """The sign of a difference that is at least `least`; nan counts as none."""
    if difference >= least:
        return 1
    return -1 if difference <= -least else 0
