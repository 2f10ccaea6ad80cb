"""Candidate pairs without comparing all pairs."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import combinations

import numpy as np

from reframing.pairing.evidence import Profile
from reframing.params import PairParams

Candidates = set[tuple[int, int]]

_HASH_SEED = 7


def candidate_pairs(
    profiles: Sequence[Profile], places: dict[str, int], params: PairParams
) -> Candidates:
    """Index pairs (smaller first) that may be related.

    Articles of which one declares the other as its original are always candidates; articles that
    declare one are not searched for another.
    """
    declared = declared_pairs(profiles, places)
    free = [i for i, p in enumerate(profiles) if p.article.original is None]
    searched = [profiles[i] for i in free]
    found = near_duplicates(searched, params) | rare_term_pairs(searched, params)
    return declared | {(free[a], free[b]) for a, b in found}


def declared_pairs(profiles: Sequence[Profile], places: dict[str, int]) -> Candidates:
    """Pairs that the corpus itself declares; an unknown original is no pair."""
    pairs = set()
    for i, p in enumerate(profiles):
        j = places.get(p.article.original or "")
        if j is not None and j != i:
            pairs.add((min(i, j), max(i, j)))
    return pairs


def near_duplicates(profiles: Sequence[Profile], params: PairParams) -> Candidates:
    """Pairs with a band of equal MinHash values (128 permutations, 64 bands of 2 by default)."""
    from rensa import RMinHash, RMinHashLSH

    lsh = RMinHashLSH(
        threshold=0.1, num_perm=params.permutations, num_bands=params.bands
    )
    pairs: Candidates = set()
    for i, p in enumerate(profiles):
        signature = RMinHash(num_perm=params.permutations, seed=_HASH_SEED)
        signature.update(sorted(p.shingles))
        pairs.update((j, i) for j in lsh.query(signature) if j != i)
        lsh.insert(i, signature)
    return pairs


def rare_term_pairs(profiles: Sequence[Profile], params: PairParams) -> Candidates:
    """Pairs that share several rare terms and are close in tf-idf: retellings and same events.

    Terms in more than `max_bucket` articles are not indexed, so that the work grows with the number
    of articles and not with its square.
    """
    frequency = Counter(term for p in profiles for term in p.terms)
    buckets: dict[str, list[int]] = defaultdict(list)
    for i, p in enumerate(profiles):
        for term in p.terms:
            if 2 <= frequency[term] <= params.max_bucket:
                buckets[term].append(i)
    shared: Counter[tuple[int, int]] = Counter()
    for bucket in buckets.values():
        shared.update(combinations(bucket, 2))
    enough = [pair for pair, count in shared.items() if count >= params.rare_terms]
    vectors = _tfidf(profiles, frequency)
    return {
        (i, j)
        for i, j in enough
        if _dot(vectors[i], vectors[j]) >= params.retelling_cosine
    }


def _tfidf(profiles: Sequence[Profile], frequency: Counter[str]) -> list[dict[str, float]]:
    n = len(profiles)
    idf = {term: float(np.log((1 + n) / (1 + df)) + 1) for term, df in frequency.items()}
    vectors = []
    for p in profiles:
        weights = {t: (1 + float(np.log(c))) * idf[t] for t, c in p.terms.items()}
        norm = sum(w * w for w in weights.values()) ** 0.5 or 1.0
        vectors.append({t: w / norm for t, w in weights.items()})
    return vectors


def _dot(a: dict[str, float], b: dict[str, float]) -> float:
    a, b = sorted((a, b), key=len)
    return sum(weight * b[term] for term, weight in a.items() if term in b)
