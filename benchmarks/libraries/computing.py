"""Candidates that copy, intervals and tests, and a parallel map."""

import time
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice
from types import SimpleNamespace
from typing import Any

import numpy as np

from benchmarks.libraries.measuring import OURS, Compared, Values, timed


def by_datasketch(profiles: Any, params: Any) -> set[tuple[int, int]]:
    from datasketch import MinHash, MinHashLSH

    rows = params.permutations // params.bands
    lsh = MinHashLSH(num_perm=params.permutations, params=(params.bands, rows))
    sets = [one.shingles.view("V8").tolist() for one in profiles]
    signatures = MinHash.bulk(sets, num_perm=params.permutations, seed=7)
    for number, signature in enumerate(signatures):
        lsh.insert(number, signature)
    found = ((j, i) for i, signature in enumerate(signatures) for j in lsh.query(signature))
    return {(j, i) for j, i in found if j < i}


def planted(n: int) -> tuple[list[Any], dict[tuple[int, int], float]]:
    """`n` articles of 300 hashes, a third of them copies that share 5 to 60 per cent with the one before."""
    generator = np.random.default_rng(1)
    profiles: list[Any] = []
    pairs = {}
    for i in range(n):
        shingles = generator.integers(0, 2**63, 300).astype(np.uint64)
        if i % 3 == 2:
            share = (0.05, 0.1, 0.2, 0.4, 0.6)[i // 3 % 5]
            kept = round(300 * share)
            shingles[:kept] = profiles[-1].shingles[:kept]
            pairs[i - 1, i] = share
        profiles.append(SimpleNamespace(shingles=np.unique(shingles)))
    return profiles, pairs


def copies() -> Compared:
    import gold
    from reframing.documents.params import PairParams
    from reframing.pairing.evidence import profile
    from reframing.pairing.pair import near_duplicates, rare_term_pairs

    params = PairParams()
    articles = sorted(gold.articles().values(), key=lambda article: article.id)
    places = {article.id: i for i, article in enumerate(articles)}
    sample = [profile(article, params.shingle_words) for article in articles]
    kinds = ("trimmed", "edited", "partisan")
    known = {
        tuple(sorted((places[pair["original"]], places[pair["repost"]])))
        for pair in gold.pairs()
        if pair["repost"].endswith(kinds)
    }
    rare = rare_term_pairs(sample, params)
    for contender, find in (("rensa", near_duplicates), ("datasketch", by_datasketch)):
        found = find(sample, params)
        values: Values = {
            "copies of the sample": (len(known & found), len(known)),
            "the same, with the index of rare terms": (len(known & (found | rare)), len(known)),
        }
        for n in (2_000, 10_000):
            profiles, pairs = planted(n)
            found, seconds = timed(partial(find, profiles, params))
            likely = {pair for pair, share in pairs.items() if share >= 0.2}
            values |= {
                f"copies planted among {n:,} articles": (len(found & likely), len(likely)),
                f"candidates among {n:,}": len(found),
                f"time for {n:,} (s)": f"{seconds:.1f}",
            }
        yield contender, values


def bootstrap() -> Compared:
    import scipy.stats
    from arch.bootstrap import IIDBootstrap

    from reframing.statistics.estimates import Resampling, ratio_estimate

    generator = np.random.default_rng(3)
    bases = generator.integers(5, 60, 80).astype(float)
    hits = generator.binomial(bases.astype(int), generator.beta(2, 5, 80)).astype(float)

    def ratio(a: Any, b: Any, axis: int = -1) -> Any:
        return a.sum(axis=axis) / b.sum(axis=axis)

    def by_ours(n: int) -> Any:
        found = ratio_estimate(hits, bases, Resampling(n))
        return found.low, found.high

    def by_scipy(n: int) -> Any:
        given = {"paired": True, "method": "percentile", "n_resamples": n, "rng": 0}
        return scipy.stats.bootstrap((hits, bases), ratio, **given).confidence_interval

    def by_arch(n: int) -> Any:
        drawn = IIDBootstrap(hits, bases, seed=0)
        return drawn.conf_int(lambda a, b: np.array([ratio(a, b)]), n, method="percentile")

    for contender, find in ((OURS, by_ours), ("scipy", by_scipy), ("arch", by_arch)):
        bounds, seconds = timed(partial(find, 20_000))
        low, high = (f"{float(np.squeeze(bound)):.4f}" for bound in bounds)
        yield contender, {"low": low, "high": high, "time (ms)": f"{1000 * seconds:.0f}"}


def intervals() -> Compared:
    from scipy.stats import norm
    from statsmodels.stats.proportion import proportion_confint

    from reframing.statistics.estimates import wilson

    shares = [(k, n) for n in (5, 40, 300) for k in (0, 1, n // 2, n)]
    ours = np.array([wilson(k / n, n, norm.ppf(0.975)) for k, n in shares])
    theirs = np.array([proportion_confint(k, n, 0.05, "wilson") for k, n in shares])
    far = float(np.abs(ours - theirs).max())
    yield "statsmodels", {f"farthest from ours, over {len(shares)} shares": f"{far:.0e}"}


def permutations() -> Compared:
    from scipy.stats import permutation_test

    from reframing.statistics.significance import sign_flip_p

    def total(x: Any, axis: int = -1) -> Any:
        return x.sum(axis=axis)

    def by_scipy(differences: Any, flips: int, seed: int) -> Any:
        given = {"permutation_type": "samples", "n_resamples": flips, "rng": seed, "batch": 4096}
        return [permutation_test((column,), total, **given).pvalue for column in differences.T]

    generator = np.random.default_rng(3)
    ours: Values = {}
    theirs: Values = {}
    for n, flips in ((14, 100_000), (200, 20_000)):
        differences = generator.normal(0.1, 1, (n, 8))
        our_p, our_s = timed(partial(sign_flip_p, differences, flips, 0))
        scipy_p, scipy_s = timed(partial(by_scipy, differences, flips, 0))
        far = float(np.abs(our_p - np.array(scipy_p)).max())
        theirs[f"farthest from ours, {n} events"] = f"{far:.1g}"
        ours[f"time for {n} events (ms)"] = f"{1000 * our_s:.0f}"
        theirs[f"time for {n} events (ms)"] = f"{1000 * scipy_s:.0f}"
    yield OURS, ours
    yield "scipy", theirs


def halve(number: int) -> int:
    return sum(i * i for i in range(2_000)) + number // 2


def parallelism() -> Compared:
    from joblib import Parallel, delayed

    from reframing.documents.parallel import ordered_map

    n = 20_000

    def by_joblib(items: Iterable[int]) -> Iterator[int]:
        run = Parallel(2, return_as="generator", batch_size=32)
        return run(delayed(halve)(item) for item in items)

    for contender, run in (
        (OURS, lambda items: ordered_map(halve, items, 2)),
        ("joblib", by_joblib),
    ):
        found, seconds = timed(lambda r=run: list(r(iter(range(n)))))
        drawn = 0

        def counted() -> Iterator[int]:
            nonlocal drawn
            for number in range(n):
                drawn += 1
                yield number

        results = run(counted())
        list(islice(results, 10))
        time.sleep(2)
        ahead = drawn
        results.close()
        yield (
            contender,
            {
                "results in order": found == [halve(number) for number in range(n)],
                "taken ahead": ahead,
                "time (s)": f"{seconds:.1f}",
            },
        )
