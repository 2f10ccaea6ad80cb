"""How two articles relate: copy, trimmed copy, edit, retelling, the same event, or nothing."""

import math

from reframing.pairing.evidence import Evidence, Profile
from reframing.params import PairParams
from reframing.records import Relation


def judge_relation(
    a: Profile, b: Profile, evidence: Evidence, params: PairParams
) -> tuple[Relation, float]:
    """Relation of two texts and how strong the evidence for it is, in [0, 1].

    Copying is read off the containment of shingles, for an edit also outside quotations. Below that, a
    retelling says little that the original does not say, while an independent report of the same event
    brings names, numbers and words of its own.
    """
    if min(evidence.a_in_b, evidence.b_in_a) >= params.verbatim:
        return "verbatim", evidence.containment
    if evidence.containment >= params.trimmed:
        return "trimmed", evidence.containment
    if evidence.containment >= params.edited and evidence.prose >= params.edited / 2:
        return "edited", evidence.containment
    retelling = retelling_score(evidence)
    if is_declared(a, b) or retelling >= params.rewritten:
        return "rewritten", retelling
    event = event_score(evidence)
    if event >= params.same_event:
        return "same-event", event
    return "unrelated", 1 - event


def is_declared(a: Profile, b: Profile) -> bool:
    """Whether one of two articles declares the other as its original."""
    return a.article.id == b.article.original or b.article.id == a.article.original


def retelling_score(evidence: Evidence) -> float:
    """How likely one text was made from the other without copying it, in [0, 1].

    Logistic in three signs: closeness of the two vocabularies, runs of words shared outside quotations,
    and the share of the more dependent text's names and numbers that the other has.
    """
    details = max(_known(evidence.details_a_in_b), _known(evidence.details_b_in_a))
    logit = 10 * (evidence.cosine - 0.5) + 30 * min(evidence.prose, 0.12) + 3 * (details - 0.7)
    return 1 / (1 + math.exp(-logit))


def _known(share: float) -> float:
    return 0.5 if math.isnan(share) else share


def event_score(evidence: Evidence) -> float:
    """How likely both report one event: shared names and numbers and close vocabulary, in [0, 1]."""
    details = [x for x in (evidence.details_a_in_b, evidence.details_b_in_a) if not math.isnan(x)]
    return min(1.0, evidence.cosine + 0.5 * (max(details) if details else 0.0))
