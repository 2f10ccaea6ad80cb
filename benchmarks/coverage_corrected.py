"""How often the corrected intervals contain the true value: a simulated machine, and a sample that was read.

`python benchmarks/coverage_corrected.py` simulates news events with two conditions. Units have moves (Poisson,
with gamma effects of the event, and of the event and condition). The machine proposes most of them, and some
that are none, with scores that rise with the share of right ones, and misses the others. The precision of what
it reports, the share of missed moves, the number of events, of units read, and the rate of the move vary. In
the baseline the machine is right less often, so that it sees an effect where there is none. Units are drawn as
`reframing.coding.sampling` draws them. Each study is estimated by `reframing.statistics.corrected`
(`corrected`), by readings alone (λ = 0), and from what the machine reports (`counted`).

Writes results/benchmarks/coverage_corrected.csv, one row a setting, estimand and method. `--studies` sets the
number of simulated studies of each setting and `--jobs` the number of processes.
"""

import argparse
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from reframing.coding.sampling import allocated_units
from reframing.statistics.corrected import Side, Units, estimate, within_events
from reframing.statistics.design_based import Interval
from reframing.statistics.estimates import (
    Floats,
    mean_estimate,
    rate_estimate,
    wilson,
)

OUT = Path("results/benchmarks/coverage_corrected.csv")
SEED = 20260917
STUDIES = 1000
INTERVAL = 0.95
PRECISIONS = (0.35, 0.55, 0.8)
MISSES = (0.0, 0.2, 0.4)
EVENTS = (30, 70, 150, 350)
READS = (200, 600, 2000)
RATES = (0.5, 5.0)
"""True moves per 1,000 words: a rare move, and a frequent one."""
EFFECT = 1.0
"""Rate of the condition less that of the baseline, as a share of the baseline's; in most settings it is 0."""

BASELINE, CONDITION = 0, 1
THRESHOLD = 0.4
LESS_RIGHT = 0.6  # precision in the baseline, as a share of that in the condition
EVENT_VARIANCE, OWN_VARIANCE = (
    0.3,
    0.15,
)  # of the factors of a rate by event, and by event and condition
UNITS, UNIT_SPREAD = (
    15,
    0.6,
)  # median number of units of an event in a condition, and log-normal spread
WORDS, WORD_SPREAD = 20, 0.4
KINDS = 3
"""Kinds of reposts in a condition: each has strata of its own, and the estimates are about all of them."""


class Setting(NamedTuple):
    """One point of the grid."""

    precision: float
    misses: float
    events: int
    reads: int
    per_1000_words: float
    effect: float


class Machine(NamedTuple):
    """What the machine proposes in one condition, per true move: candidates, and the shift of their logits.

    A candidate with score s is right with probability expit(logit(s) + shift).
    """

    candidates: float
    shift: float


def main() -> None:
    import pandas as pd

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--studies", type=int, default=STUDIES)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args()
    grid = settings()
    with ProcessPoolExecutor(given.jobs) as pool:
        found = pool.map(simulated, grid, [given.studies] * len(grid))
        table = pd.DataFrame([row for rows in found for row in rows])
    given.out.parent.mkdir(parents=True, exist_ok=True)
    table.to_csv(given.out, index=False, lineterminator="\n")
    print(table.groupby(["estimand", "method"])["coverage"].describe().round(3).to_string())


def settings() -> list[Setting]:
    """The grid without an effect, and a part of it, with 70 events, with one."""
    whole = product(PRECISIONS, MISSES, EVENTS, READS, RATES, (0.0,))
    part = product(PRECISIONS, MISSES, (70,), READS, RATES, (EFFECT,))
    return [Setting(*point) for point in (*whole, *part)]


def simulated(setting: Setting, studies: int) -> list[dict[str, Any]]:
    """Rows of the table for one setting: coverage, width and error of each estimand by each method."""
    generator = np.random.default_rng([SEED, *(round(1000 * value) for value in setting)])
    machines = [machine(setting.precision * share, setting.misses) for share in (LESS_RIGHT, 1.0)]
    truths = true_values(setting)
    intervals: dict[tuple[str, str], list[Interval]] = {}
    for _ in range(studies):
        for key, interval in estimates(study(setting, machines, generator)):
            intervals.setdefault(key, []).append(interval)
    return [
        {**setting._asdict(), "estimand": estimand, "method": method}
        | performance(np.array(found), truths[estimand])
        for (estimand, method), found in intervals.items()
    ]


def true_values(setting: Setting) -> dict[str, float]:
    baseline = setting.per_1000_words
    condition = baseline * (1 + setting.effect)
    return {"rate": condition, "difference": condition - baseline}


def performance(found: Floats, truth: float) -> dict[str, float]:
    """Coverage with its Monte Carlo interval, share of intervals above and below, width, bias, and error."""
    value, low, high = found.T
    held = (low <= truth) & (truth <= high)
    least, most = wilson(float(held.mean()), len(held), 1.96)
    return {
        "studies": len(found),
        "truth": truth,
        "coverage": held.mean(),
        "coverage_low": round(least, 4),
        "coverage_high": round(most, 4),
        "too_high": (low > truth).mean(),
        "too_low": (high < truth).mean(),
        "excludes_0": ((low > 0) | (high < 0)).mean(),
        "width": round(float((high - low).mean()), 4),
        "bias": round(float(value.mean() - truth), 4),
        "bias_se": round(float(value.std() / np.sqrt(len(value))), 4),
        "sd": round(float(value.std()), 4),
    }


# Estimates of one study.


def estimates(units: Units) -> Iterator[tuple[tuple[str, str], Interval]]:
    """The rate in the condition and the difference within events, by each method."""
    sides = within_events(units, CONDITION, BASELINE)
    alone = replace(units, scored=np.zeros(len(units.scored)))
    design = units.design()
    for method, of in (("corrected", units), ("readings alone", alone)):
        for estimand, which in (("rate", sides[:1]), ("difference", sides)):
            yield (estimand, method), estimate(of, design, which, INTERVAL).interval
    rates = [by_event(units, side) for side in sides]
    counted, size = rates[0]
    yield ("rate", "counted"), Interval(*rate_estimate(counted, size, INTERVAL)[:3])
    differences = counted / size - rates[1][0] / rates[1][1]
    naive = mean_estimate(differences, INTERVAL, np.nan, np.ones(len(differences)))
    yield ("difference", "counted"), Interval(*naive[:3])


def by_event(units: Units, side: Side) -> tuple[Floats, Floats]:
    of = units.condition == side.condition
    sums = [np.bincount(units.event[of], values[of]) for values in (units.counted, units.size)]
    return sums[0], sums[1]


# A study: events, units, what is in them, what the machine makes of it, and a sample that is read.


def machine(precision: float, misses: float) -> Machine:
    """The machine with a precision of what it reports (scores above the threshold) and a share of misses."""
    scores = (np.arange(2000) + 0.5) / 2000
    density = 1.5 * (1 - scores) ** 0.5  # Beta(1, 1.5)
    reported = scores >= THRESHOLD
    low, high = -10.0, 10.0
    for _ in range(60):
        shift = (low + high) / 2
        right = likely(scores, shift)
        mean = (right * density)[reported].sum() / density[reported].sum()
        low, high = (shift, high) if mean < precision else (low, shift)
    share = (right * density).sum() / density.sum()
    return Machine((1 - misses) / float(share), shift)


def likely(scores: Floats, shift: float) -> Floats:
    """Probability that candidates are right."""
    odds = scores / (1 - scores) * np.exp(shift)
    return odds / (1 + odds)


def study(setting: Setting, machines: list[Machine], generator: np.random.Generator) -> Units:
    """A simulated study with its sample."""
    n = setting.events
    sizes = np.maximum(1, generator.lognormal(np.log(UNITS), UNIT_SPREAD, 2 * n).astype(int))
    place = np.repeat(np.arange(2 * n), sizes)
    event, condition = place // 2, place % 2
    words = np.maximum(1, generator.lognormal(np.log(WORDS), WORD_SPREAD, len(place)).round())
    factor = (
        gamma(generator, EVENT_VARIANCE, n)[event] * gamma(generator, OWN_VARIANCE, 2 * n)[place]
    )
    rate = setting.per_1000_words * np.where(condition == CONDITION, 1 + setting.effect, 1.0)
    moves = rate * words / 1000 * factor
    per_move = np.array([one.candidates for one in machines])[condition]
    shift = np.array([one.shift for one in machines])[condition]
    unit = np.repeat(np.arange(len(place)), generator.poisson(moves * per_move))
    scores = generator.beta(1, 1.5, len(unit))
    right = generator.random(len(unit)) < likely(scores, shift[unit])
    found = np.bincount(unit, right, len(place)) + generator.poisson(setting.misses * moves)
    counted = np.bincount(unit, scores >= THRESHOLD, len(place))
    scored = np.bincount(unit, scores, len(place))
    score_class = np.where(counted > 0, 2, np.where(scored > 0, 1, 0))
    kind = generator.integers(KINDS, size=len(condition))
    stratum = 3 * (KINDS * condition + kind) + score_class
    probability, read = sample(stratum, np.minimum(scored, 1), setting.reads, generator)
    return Units(
        event, event, condition, stratum, words / 1000, counted, scored, probability,
        np.where(read, found, np.nan),
    )  # fmt: skip


def gamma(generator: np.random.Generator, variance: float, n: int) -> Floats:
    return generator.gamma(1 / variance, variance, n)


def sample(
    stratum: np.ndarray, expected: Floats, reads: int, generator: np.random.Generator
) -> tuple[Floats, np.ndarray]:
    """Inclusion probability of each unit, and whether it was drawn."""
    sizes = np.bincount(stratum)
    present = np.flatnonzero(sizes)
    shares = np.bincount(stratum, expected)[present] / sizes[present]
    given = np.zeros(len(sizes), int)
    given[present] = allocated_units(sizes[present].tolist(), shares.tolist(), reads)
    order = np.lexsort((generator.random(len(stratum)), stratum))
    rank = np.empty(len(stratum), int)
    rank[order] = np.arange(len(stratum)) - (np.cumsum(sizes) - sizes)[stratum[order]]
    return (given / np.maximum(sizes, 1))[stratum], rank < given[stratum]


if __name__ == "__main__":
    main()
