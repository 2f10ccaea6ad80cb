"""How two articles relate: copy, trimmed copy, edit, retelling, the same event, or nothing."""

import math

from reframing.pairing.evidence import Evidence, Profile
from reframing.params import PairParams
from reframing.records import Relation


def judge_relation(
    a: Profile, b: Profile, evidence: Evidence, params: PairParams
) -> tuple[Relation, float]:
    """Relation of two articles and how strong the evidence for it is, in [0, 1].

    Copying is read off the containment of shingles. Below that, a retelling says little that the
    original does not say, while an independent report of the same event brings names, numbers and
    quotations of its own.
    """
    declared = a.article.id == b.article.original or b.article.id == a.article.original
    if min(evidence.a_in_b, evidence.b_in_a) >= params.verbatim:
        return "verbatim", evidence.containment
    if evidence.containment >= params.trimmed:
        return "trimmed", evidence.containment
    if evidence.containment >= params.edited:
        return "edited", evidence.containment
    retelling = retelling_score(evidence)
    if declared or retelling >= params.rewritten:
        return "rewritten", retelling
    event = event_score(evidence)
    near = evidence.days is None or abs(evidence.days) <= params.max_days
    if near and event >= params.same_event:
        return "same-event", event
    return "unrelated", 1 - event


def retelling_score(evidence: Evidence) -> float:
    """How far one text can have been made from the other, in [0, 1]: the larger dependence."""
    return max(dependence(evidence))


def dependence(evidence: Evidence) -> tuple[float, float]:
    """How far b depends on a, and a on b, each in [0, 1].

    A logistic score of four shares: the dependent text's names and numbers that the other has, the
    same for its vocabulary, its runs of words, and its quoted words (one half where it has none).
    """
    e = evidence
    b_on_a = _dependence(e.details_b_in_a, e.terms_b_in_a, e.b_in_a, e.quotes_b_in_a)
    a_on_b = _dependence(e.details_a_in_b, e.terms_a_in_b, e.a_in_b, e.quotes_a_in_b)
    return b_on_a, a_on_b


def _dependence(details: float, terms: float, passages: float, quotes: float) -> float:
    quoted = 0.5 if math.isnan(quotes) else quotes
    known = 0.5 if math.isnan(details) else details
    return 1 / (1 + math.exp(7.2 - 6.0 * known - 5.0 * terms - 8.0 * passages - 1.5 * quoted))


def event_score(evidence: Evidence) -> float:
    """How likely both report one event: shared names and numbers and close vocabulary, in [0, 1]."""
    details = [x for x in (evidence.details_a_in_b, evidence.details_b_in_a) if not math.isnan(x)]
    return min(1.0, evidence.cosine + 0.5 * (max(details) if details else 0.0))
