"""How often the intervals of the study contain the true value: simulated shares and rates in clustered events.

`python benchmarks/coverage.py` simulates events of unequal sizes (log-normal), each with a share of its
own (beta, with the given mean and correlation within an event) or a rate of its own (gamma), and counts
how often the interval of `reframing.statistics.estimates` contains the mean. For comparison it does the
same for the percentile bootstrap by event, which the study used before. Writes
results/benchmarks/coverage.csv; takes five minutes on one core.
"""

from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from reframing.statistics.estimates import (
    EventEstimate,
    Floats,
    cluster_weights,
    rate_estimate,
    share_estimate,
)

OUT = Path("results/benchmarks/coverage.csv")
MEANS = (0.0005, 0.001, 0.005, 0.02, 0.1, 0.3, 0.5)
EVENTS = (30, 70, 150, 350)
CORRELATIONS = (0.0, 0.02, 0.1)
CASES = (5, 15, 40)
"""Median number of cases in an event, such as attributions carried over by a repost, or sentences."""

SIMULATIONS = 2000
INTERVAL = 0.95
WORDS_PER_CASE = 0.02  # in thousands: a sentence has about twenty words
RESAMPLES = 400
BOOTSTRAPPED = 300  # simulations that include the bootstrap, which is slow


def main() -> None:
    import pandas as pd

    cells = product(("share", "rate"), MEANS, EVENTS, CORRELATIONS, CASES)
    table = pd.DataFrame([cell(*setting) for setting in cells])
    OUT.parent.mkdir(parents=True, exist_ok=True)
    table.to_csv(OUT, index=False, lineterminator="\n")
    print(table.groupby(["quantity", "mean"])[["coverage", "bootstrap"]].agg(["min", "max"]))


def cell(quantity: str, mean: float, events: int, correlation: float, cases: int) -> dict[str, Any]:
    """The coverage in one setting, as a row of the table."""
    generator = np.random.default_rng(
        [20260917, events, cases, int(1e6 * mean), int(100 * correlation)]
    )
    draw = shares if quantity == "share" else rates
    truth = mean if quantity == "share" else mean / WORDS_PER_CASE
    held = boot = 0
    for number in range(SIMULATIONS):
        sizes = np.maximum(1, generator.lognormal(np.log(cases), 0.8, events).astype(int))
        found, base = draw(generator, mean, correlation, sizes)
        low, high = estimate(quantity, found, base)[1:3]
        held += low <= truth <= high
        if number < BOOTSTRAPPED:
            low, high = percentile(found / base)
            boot += low <= truth <= high
    return {
        "quantity": quantity,
        "mean": mean,
        "events": events,
        "correlation": correlation,
        "cases": cases,
        "coverage": round(held / SIMULATIONS, 4),
        "bootstrap": round(boot / BOOTSTRAPPED, 4),
    }


def estimate(quantity: str, found: Floats, base: Floats) -> EventEstimate:
    """The interval under test, by the estimator of shares or of rates."""
    of = share_estimate if quantity == "share" else rate_estimate
    return of(found, base, INTERVAL)


def shares(
    generator: np.random.Generator, mean: float, correlation: float, sizes: np.ndarray
) -> tuple[Floats, Floats]:
    """The number of cases found and the number of cases, of each event."""
    own = np.full(len(sizes), mean)
    if correlation:
        strength = (1 - correlation) / correlation
        own = generator.beta(mean * strength, (1 - mean) * strength, len(sizes))
    return generator.binomial(sizes, own).astype(float), sizes.astype(float)


def rates(
    generator: np.random.Generator, mean: float, correlation: float, sizes: np.ndarray
) -> tuple[Floats, Floats]:
    """Counts and thousands of words, of each event; `correlation` sets how much rates vary by event."""
    own = (
        generator.gamma(1 / (5 * correlation), 5 * correlation, len(sizes)) if correlation else 1.0
    )
    return generator.poisson(mean * own * sizes).astype(float), WORDS_PER_CASE * sizes


def percentile(ratios: Floats) -> Floats:
    """The percentile bootstrap interval of the mean over events."""
    weights = cluster_weights(len(ratios), RESAMPLES, 1)
    return np.quantile(weights @ ratios / len(ratios), [(1 - INTERVAL) / 2, (1 + INTERVAL) / 2])


if __name__ == "__main__":
    main()
