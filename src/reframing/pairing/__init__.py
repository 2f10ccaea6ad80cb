"""Which article was reposted from which: candidates, relation, direction.

Candidates come from three sides: near-duplicate search over word shingles (MinHash and LSH, Broder
1997), an index of rare terms for retellings that copy nothing, and what a corpus itself declares.
Each candidate is then judged on its text (`evidence`) and on signs of precedence (`direction`).
"""

from collections.abc import Sequence
from functools import partial

from reframing.errors import InputError
from reframing.pairing.candidates import candidate_pairs
from reframing.pairing.direction import judge_direction
from reframing.pairing.evidence import Profile, compare_profiles, profile
from reframing.pairing.relation import is_declared, judge_relation
from reframing.pairing.siblings import resolve_siblings
from reframing.parallel import ordered_map
from reframing.params import PairParams
from reframing.records import Article, Pair

_DEFAULTS = PairParams()


def find_pairs(
    articles: Sequence[Article], params: PairParams = _DEFAULTS, jobs: int = 1
) -> list[Pair]:
    """Pairs of `articles` that share text or an event, sorted by their ids.

    Memory and time grow with the number of candidates, never with all pairs. Pairs whose relation is
    `unrelated` are left out. Raises `InputError` where two articles have one id.
    """
    ordered = sorted(articles, key=lambda article: article.id)
    places = {article.id: place for place, article in enumerate(ordered)}
    for place, article in enumerate(ordered):
        if places[article.id] != place:
            raise InputError("stands twice; ids must differ", record=article.id, field="id")
    with_shingles = partial(profile, shingle_words=params.shingle_words)
    profiles = list(ordered_map(with_shingles, ordered, jobs))
    judged = [
        judge(profiles[a], profiles[b], params)
        for a, b in sorted(candidate_pairs(profiles, places, params))
    ]
    related = [pair for pair in judged if pair.relation != "unrelated"]
    return resolve_siblings(related, {p.article.id: p for p in profiles}, params.sibling_margin)


def judge(a: Profile, b: Profile, params: PairParams) -> Pair:
    """Relation and direction of two articles, with the evidence for both.

    Articles more than `params.max_days` apart are unrelated, unless one declares the other as its original.
    """
    evidence = compare_profiles(a, b)
    relation, score = judge_relation(a, b, evidence, params)
    if (evidence.days_apart or 0) > params.max_days and not is_declared(a, b):
        relation = "unrelated"
    direction, confidence, signs = judge_direction(a, b, evidence, relation)
    return Pair(a.article.id, b.article.id, relation, direction, confidence, signs, round(score, 6))


__all__ = ["find_pairs", "judge"]
