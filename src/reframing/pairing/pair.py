"""Which article was reposted from which: candidate pairs, their relation and their direction.

Candidates come from three sources: near-duplicate search over word shingles (MinHash and LSH, Broder 1997), an
index of rare terms for retellings that copy nothing, and originals that the corpus declares. The relation is
judged from the two texts (`pairing.evidence`). The direction is judged from signs of precedence: declared
originals, dates of publication, and credits. Length is not a sign: a trimmed copy is shorter than its original,
but so is a first report that others expanded. Finally, pairs of two reposts of one original are separated from
those of an original and its repost (`resolve_siblings`).
"""

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from itertools import combinations
from typing import TYPE_CHECKING, Literal

import numpy as np

from reframing.documents.errors import InputError
from reframing.documents.parallel import ordered_map
from reframing.documents.params import PairParams
from reframing.documents.records import REPOST_RELATIONS, Article, Pair, Relation
from reframing.pairing.evidence import (
    Evidence,
    Profile,
    compare_profiles,
    is_declared,
    judge_relation,
    profile,
)
from reframing.reading.credits import is_signed, mentions

# Candidates.

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Candidates = set[tuple[int, int]]
OnCrowd = Callable[[int], None]
"""Is told how many articles are alike to so many others that not all pairs of them are candidates."""

_HASH_SEED = 7
_BLOCK = 256
_DAY_S = 86_400


def candidate_pairs(
    profiles: Sequence[Profile],
    places: dict[str, int],
    params: PairParams,
    on_crowd: OnCrowd | None = None,
) -> Candidates:
    """Pairs of indices of `profiles` (smaller first) that may be related; `places` are the indices by id.

    An article and its declared original are always candidates; articles with a declared original are not
    searched for another.
    """
    declared = declared_pairs(profiles, places)
    free = [i for i, p in enumerate(profiles) if p.article.original is None]
    searched = [profiles[i] for i in free]
    alike = near_duplicates(searched, params, on_crowd)
    found = alike | rare_term_pairs(searched, params)
    return declared | {(free[a], free[b]) for a, b in found}


def declared_pairs(profiles: Sequence[Profile], places: dict[str, int]) -> Candidates:
    """Pairs of an article and its declared original; originals outside the corpus are ignored."""
    pairs = set()
    for i, p in enumerate(profiles):
        j = places.get(p.article.original or "")
        if j is not None and j != i:
            pairs.add((min(i, j), max(i, j)))
    return pairs


def near_duplicates(
    profiles: Sequence[Profile], params: PairParams, on_crowd: OnCrowd | None = None
) -> Candidates:
    """Pairs whose MinHash signatures agree in at least one band (by default 64 bands of 2 permutations).

    Articles that agree in a band are a bucket. Of buckets of more than `params.max_bucket` articles not all
    pairs are candidates: each article is paired with the earliest of one such bucket (`_with_the_earliest`),
    so that work and results grow linearly with the number of articles.
    """
    buckets = _buckets(profiles, params)
    crowded = {bucket: n for bucket, n in buckets.items() if len(bucket) > params.max_bucket}
    if crowded and on_crowd is not None:
        on_crowd(len(set().union(*crowded)))
    small = (bucket for bucket in buckets if bucket not in crowded)
    pairs = {pair for bucket in small for pair in combinations(bucket, 2)}
    return pairs | _with_the_earliest(crowded, profiles, params.max_days)


def _buckets(profiles: Sequence[Profile], params: PairParams) -> Counter[tuple[int, ...]]:
    """The articles, as rising indices, that agree in a band, and in how many; articles alone are omitted."""
    from rensa import RMinHash

    worded = [i for i, p in enumerate(profiles) if len(p.shingles)]
    shingles = (profiles[i].shingles.view("V8").tolist() for i in worded)
    signatures = RMinHash.from_token_sets(shingles, params.permutations, _HASH_SEED)
    digests = [signature.digest() for signature in signatures]
    length = params.permutations // params.bands
    found: Counter[tuple[int, ...]] = Counter()
    for first in range(0, length * params.bands, length):
        alike: dict[tuple[int, ...], list[int]] = defaultdict(list)
        for i, digest in zip(worded, digests, strict=True):
            alike[tuple(digest[first : first + length])].append(i)
        found.update(tuple(bucket) for bucket in alike.values() if len(bucket) > 1)
    return found


def _with_the_earliest(
    buckets: Mapping[tuple[int, ...], int], profiles: Sequence[Profile], max_days: int
) -> Candidates:
    """Each article with the earliest of its bucket; in several buckets, of those that agree in most bands.

    The earliest is that of the articles seen at most `max_days` before. Of several seen at one time, one that
    a news agency published itself counts as the earliest. Articles of unknown time are paired with the first
    of all.
    """

    def order(i: int) -> tuple[float, bool, int]:
        seen = profiles[i].seen
        return math.inf if seen is None else seen.timestamp(), not profiles[i].agencies, i

    bands: dict[int, Counter[int]] = defaultdict(Counter)
    for bucket, agreeing in buckets.items():
        ordered = sorted(map(order, bucket))
        for place, (time, _, i) in enumerate(ordered):
            since = -math.inf if time == math.inf else time - max_days * _DAY_S
            first = bisect_left(ordered, since, key=lambda at: at[0])
            if first < place:
                bands[i][ordered[first][-1]] += agreeing
    best = ((i, min(of, key=lambda j: (-of[j], order(j)))) for i, of in bands.items())
    return {(min(pair), max(pair)) for pair in best}


def rare_term_pairs(profiles: Sequence[Profile], params: PairParams) -> Candidates:
    """Pairs that share several rare terms and have similar tf-idf vectors: retellings and same events.

    Terms in more than `params.max_bucket` articles are not indexed, so that the work grows linearly with the
    number of articles; articles are processed in blocks, so that memory stays bounded.
    """
    if len(profiles) < 2:
        return set()
    counts = _term_counts(profiles)
    n_articles = np.diff(counts.tocsc().indptr)
    vectors = _tfidf(counts, n_articles)
    rare = counts[:, (n_articles >= 2) & (n_articles <= params.max_bucket)].sign()
    pairs: Candidates = set()
    for first in range(0, len(profiles), _BLOCK):
        shared = (rare[first : first + _BLOCK] @ rare.T).tocoo()
        rows, columns = shared.row + first, shared.col
        enough = (shared.data >= params.rare_terms) & (rows < columns)
        rows, columns = rows[enough], columns[enough]
        cosines = np.asarray(vectors[rows].multiply(vectors[columns]).sum(axis=1)).ravel()
        close = cosines >= params.retelling_cosine
        pairs.update(zip(rows[close].tolist(), columns[close].tolist(), strict=True))
    return pairs


def _term_counts(profiles: Sequence[Profile]) -> "csr_matrix":
    """Frequency of each term in each article (articles, terms)."""
    from scipy.sparse import csr_matrix

    ends = np.cumsum([0, *(len(p.terms) for p in profiles)])
    terms = np.concatenate([p.terms for p in profiles])
    distinct, columns = np.unique(terms, return_inverse=True)
    counts = np.concatenate([p.counts for p in profiles])
    return csr_matrix((counts, columns, ends), shape=(len(profiles), len(distinct)))


def _tfidf(counts: "csr_matrix", n_articles: np.ndarray) -> "csr_matrix":
    """Tf-idf vectors of unit length: (1 + log count) × (1 + log of the smoothed inverse document frequency)."""
    idf = np.log((1 + counts.shape[0]) / (1 + n_articles)) + 1
    vectors = counts.astype(np.float64)
    vectors.data = (1 + np.log(vectors.data)) * idf[vectors.indices]
    norms = np.sqrt(np.asarray(vectors.multiply(vectors).sum(axis=1)).ravel())
    vectors.data /= np.repeat(norms, np.diff(vectors.indptr))
    return vectors


# Direction.

Direction = Literal["a→b", "b→a", "common-source", "undetermined"]

CLOSE_DAYS = 2 / (24 * 60)
"""Least difference in days that counts as precedence: closer times may both be those of a crawl."""

COPYING: tuple[Relation, ...] = REPOST_RELATIONS[:3]
"""Relations in which text is copied: only then does a credit show that the credited outlet came first."""

# Signs for one article add up; signs for different articles cancel each other.
_WEIGHTS = {"declared": 3.0, "published": 1.6, "credit": 1.4, "agency": 1.4}


def judge_direction(
    a: Profile, b: Profile, evidence: Evidence, relation: Relation
) -> tuple[Direction, float, tuple[str, ...]]:
    """Direction, confidence in [0, 1], and the names of the decisive signs, strongest first.

    Two copies of one news agency's report have a common source, unless one of them is the agency's own or is
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
    """The signs of precedence by name, each +1 where it indicates that a came first, -1 where b did."""
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
    """1 where an article credits the other's outlet for its text or for the first report, else 0."""
    outlet = other.article.outlet
    if not outlet or outlet == profile.article.outlet:
        return 0
    signed = copied and is_signed(profile.credits.signed, outlet)
    return int(signed or mentions(profile.credits.reported, outlet))


def _is_agency(profile: Profile, other: Profile) -> int:
    """1 where an article was published by a news agency that the other credits, else 0."""
    return int(bool(profile.agencies & other.credited))


def _side(days: float) -> int:
    """The sign of a time difference; 0 where it is too small to count (`CLOSE_DAYS`)."""
    return int(days >= CLOSE_DAYS) - int(days <= -CLOSE_DAYS)


# Siblings: reposts of the same original.

Closeness = Callable[[str, str], float]


def resolve_siblings(
    pairs: Sequence[Pair], profiles: dict[str, Profile], margin: float
) -> list[Pair]:
    """The pairs, with those of two reposts of one original marked as having a common source.

    Where x → y and some z precedes both, y is taken to be made from z, unless it is closer to x than to z by
    more than `margin` (see `closeness`). The pair x, y then has the direction `common-source` and the evidence
    `sibling:<z>`. Declared pairs stay as they are.
    """
    parents: dict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        if pair.direction in ("a→b", "b→a"):
            earlier, later = _in_order(pair)
            parents[later].add(earlier)

    @cache
    def to_source(later: str, source: str) -> float:
        return closeness(profiles[later], profiles[source])

    return [_resolved(pair, parents, to_source, margin) for pair in pairs]


def _in_order(pair: Pair) -> tuple[str, str]:
    return (pair.a, pair.b) if pair.direction == "a→b" else (pair.b, pair.a)


def _resolved(
    pair: Pair, parents: dict[str, set[str]], to_source: Closeness, margin: float
) -> Pair:
    if pair.direction not in ("a→b", "b→a") or "declared" in pair.evidence:
        return pair
    earlier, later = _in_order(pair)
    shared = parents[later] & parents[earlier]
    if not shared:
        return pair
    closest = max(sorted(shared), key=lambda z: to_source(later, z))
    if to_source(later, earlier) - to_source(later, closest) > margin:
        return pair
    return replace(pair, direction="common-source", evidence=(f"sibling:{closest}", *pair.evidence))


def closeness(dependent: Profile, source: Profile) -> float:
    """How much of a text a possible source has, in [0, 3].

    The sum of the shares of its shingles and of its names and numbers, and the cosine of the vocabularies.
    """
    evidence = compare_profiles(source, dependent)
    parts = (evidence.b_in_a, evidence.cosine, evidence.details_b_in_a)
    return sum(part for part in parts if not math.isnan(part))


# All pairs of a corpus.

_DEFAULTS = PairParams()


def find_pairs(
    articles: Sequence[Article],
    params: PairParams = _DEFAULTS,
    jobs: int = 1,
    on_crowd: OnCrowd | None = None,
) -> list[Pair]:
    """Pairs of `articles` that share text or an event, sorted by their ids; `jobs` is the number of processes.

    Unrelated pairs are omitted. Memory and time grow linearly with the number of articles: of more than
    `params.max_bucket` articles that are alike, each is paired with the earliest, not with all, and `on_crowd`
    is told how many these are. Raises `InputError` where two articles have the same id.
    """
    ordered = sorted(articles, key=lambda article: article.id)
    places = {article.id: place for place, article in enumerate(ordered)}
    for place, article in enumerate(ordered):
        if places[article.id] != place:
            raise InputError("occurs twice; ids must differ", record=article.id, field="id")
    with_shingles = partial(profile, shingle_words=params.shingle_words)
    profiles = list(ordered_map(with_shingles, ordered, jobs))
    judged = [
        judge(profiles[a], profiles[b], params)
        for a, b in sorted(candidate_pairs(profiles, places, params, on_crowd))
    ]
    related = [pair for pair in judged if pair.relation != "unrelated"]
    return resolve_siblings(related, {p.article.id: p for p in profiles}, params.sibling_margin)


def judge(a: Profile, b: Profile, params: PairParams) -> Pair:
    """Relation and direction of two articles, with the score, the confidence and the decisive signs.

    Articles more than `params.max_days` apart are unrelated, unless one is the declared original of the other.
    """
    evidence = compare_profiles(a, b)
    relation, score = judge_relation(a, b, evidence, params)
    if (evidence.days_apart or 0) > params.max_days and not is_declared(a, b):
        relation = "unrelated"
    direction, confidence, signs = judge_direction(a, b, evidence, relation)
    return Pair(a.article.id, b.article.id, relation, direction, confidence, signs, round(score, 6))


__all__ = ["find_pairs", "judge"]
