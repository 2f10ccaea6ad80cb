"""Candidate pairs without comparing all pairs."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from reframing.pairing.evidence import Profile
from reframing.params import PairParams

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Candidates = set[tuple[int, int]]

_HASH_SEED = 7
_BLOCK = 256


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

    worded = [i for i, p in enumerate(profiles) if len(p.shingles)]
    shingles = (profiles[i].shingles.view("V8").tolist() for i in worded)
    signatures = RMinHash.from_token_sets(shingles, params.permutations, _HASH_SEED)
    lsh = RMinHashLSH(threshold=0.1, num_perm=params.permutations, num_bands=params.bands)
    lsh.insert_many(signatures)
    return {
        (worded[j], worded[i])
        for i, signature in enumerate(signatures)
        for j in lsh.query(signature)
        if j < i
    }


def rare_term_pairs(profiles: Sequence[Profile], params: PairParams) -> Candidates:
    """Pairs that share several rare terms and are close in tf-idf: retellings and same events.

    Terms in more than `max_bucket` articles are not indexed, so that the work grows with the number
    of articles and not with its square; articles are taken in blocks, so that memory stays bounded.
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
    """How often each term stands in each article: articles × terms."""
    from scipy.sparse import csr_matrix

    ends = np.cumsum([0, *(len(p.terms) for p in profiles)])
    terms = np.concatenate([p.terms for p in profiles])
    distinct, columns = np.unique(terms, return_inverse=True)
    counts = np.concatenate([p.counts for p in profiles])
    return csr_matrix((counts, columns, ends), shape=(len(profiles), len(distinct)))


def _tfidf(counts: "csr_matrix", n_articles: np.ndarray) -> "csr_matrix":
    """Rows of unit length: (1 + log count) × (1 + log of inverse document frequency, smoothed)."""
    idf = np.log((1 + counts.shape[0]) / (1 + n_articles)) + 1
    vectors = counts.astype(np.float64)
    vectors.data = (1 + np.log(vectors.data)) * idf[vectors.indices]
    norms = np.sqrt(np.asarray(vectors.multiply(vectors).sum(axis=1)).ravel())
    vectors.data /= np.repeat(norms, np.diff(vectors.indptr))
    return vectors
