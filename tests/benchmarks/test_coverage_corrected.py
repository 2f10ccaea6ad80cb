"""The simulation of corrected estimates simulates what it says, and in a small run the intervals hold."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from benchmarks.coverage_corrected import (
    BASELINE,
    CONDITION,
    LESS_RIGHT,
    Setting,
    estimates,
    machine,
    settings,
    simulated,
    study,
    true_values,
)

ROOT = Path(__file__).resolve().parents[2]
ESTIMANDS = ("rate", "difference")
SETTING = Setting(0.55, 0.2, 70, 600, 5.0, 0.0)


def machines(setting):
    return [machine(setting.precision * share, setting.misses) for share in (LESS_RIGHT, 1.0)]


def test_a_study_has_the_rate_precision_and_misses_of_its_setting():
    generator = np.random.default_rng(1)
    everything = SETTING._replace(events=20_000, reads=10**9, per_1000_words=0.5, effect=1.0)
    units = study(everything, machines(SETTING), generator)
    for condition, precision in ((CONDITION, 0.55), (BASELINE, 0.55 * LESS_RIGHT)):
        of = units.condition == condition
        true = true_values(everything)["rate"] / (1 if condition == CONDITION else 2)
        assert units.found[of].sum() / units.size[of].sum() == pytest.approx(true, rel=0.06)
        alone = of & (units.counted > 0)
        right = np.minimum(units.found, units.counted)[alone].sum()
        assert right / units.counted[alone].sum() == pytest.approx(precision, abs=0.03)
        missed = units.found[of & (units.scored == 0)].sum() / units.found[of].sum()
        assert missed == pytest.approx(0.2, abs=0.05)


def test_as_many_units_are_read_as_the_setting_says():
    units = study(SETTING, machines(SETTING), np.random.default_rng(2))
    assert units.read.sum() == SETTING.reads
    assert (1 / units.probability[units.read]).sum() == pytest.approx(len(units.size))


def test_settings_differ():
    assert len(set(settings())) == len(settings())


def test_a_machine_that_is_always_right_needs_no_correction():
    units = study(SETTING, machines(SETTING), np.random.default_rng(3))
    right = np.where(units.read, units.counted, np.nan)
    found = dict(estimates(replace(units, found=right, scored=units.counted)))
    for estimand in ("rate", "difference"):
        assert found[estimand, "corrected"].value == pytest.approx(found[estimand, "counted"].value)


@pytest.mark.slow
def test_corrected_intervals_hold_the_truth_where_raw_ones_do_not():
    rows = {(row["estimand"], row["method"]): row for row in simulated(SETTING, 300)}
    for estimand in ("rate", "difference"):
        corrected, alone, counted = (
            rows[estimand, method] for method in ("corrected", "readings alone", "counted")
        )
        assert corrected["coverage"] >= 0.92  # 95% with the chance of 300 studies
        assert abs(corrected["bias"]) < 4 * corrected["bias_se"]
        assert corrected["sd"] < alone["sd"]
    assert counted["coverage"] < 0.5  # of the difference that only the machine sees


def test_the_page_has_the_coverage_of_the_simulation():
    page = (ROOT / "docs/corrected.md").read_text(encoding="utf8")
    table = pd.read_csv(ROOT / "results/benchmarks/coverage_corrected.csv")
    corrected, counted = (table[table["method"] == method] for method in ("corrected", "counted"))
    none = (table["estimand"] == "difference") & (table["effect"] == 0)
    for (moves, reads), of in corrected.groupby(["per_1000_words", "reads"]):
        rate, difference = (of[of["estimand"] == name]["coverage"].mean() for name in ESTIMANDS)
        false = of[none.reindex(of.index)]["excludes_0"].mean()
        name = f"{moves:g}".replace("0.", ".")
        assert f"| {name} | {reads:,} | {rate:.1%} | {difference:.1%} | {false:.1%} |" in page
    rate, difference = (counted[counted["estimand"] == n]["coverage"].mean() for n in ESTIMANDS)
    words = " ".join(page.split())
    spread = table.pivot_table("sd", [*Setting._fields, "estimand"], "method", aggfunc="mean").eval(
        "1 - corrected / `readings alone`"
    )
    often, rarely = (spread.xs(rate, level="per_1000_words").mean() for rate in (5.0, 0.5))
    assert f"is {often:.0%} below that of readings alone (λ = 0) for the frequent move" in words
    assert f"and {rarely:.0%} for the rare one" in words
    assert f"hold the rate in {rate:.0%} of studies and the difference in {difference:.0%}" in words
    assert (
        f"they find one in {counted[none.reindex(counted.index)]['excludes_0'].mean():.0%}" in words
    )


def test_intervals_hold_what_they_promise():
    table = pd.read_csv(ROOT / "results/benchmarks/coverage_corrected.csv")
    corrected = table[table["method"] == "corrected"]
    means = corrected.groupby(["estimand", "per_1000_words", "reads"])["coverage"].mean()
    assert means.min() >= 0.93
    nothing = corrected[(corrected["estimand"] == "difference") & (corrected["effect"] == 0)]
    assert nothing["excludes_0"].mean() <= 0.05
