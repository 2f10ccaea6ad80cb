"""docs/statistics.md says of the intervals what their simulation found (test_estimates.py has some of it)."""

import csv
from pathlib import Path

ROOT = Path(__file__).parents[2]
with (ROOT / "results/benchmarks/coverage.csv").open(encoding="utf8", newline="") as lines:
    SETTINGS = list(csv.DictReader(lines))


def of(quantity, column="coverage"):
    return [float(row[column]) for row in SETTINGS if row["quantity"] == quantity]


def test_the_page_says_what_was_simulated():
    page = (ROOT / "docs/statistics.md").read_text(encoding="utf8")
    for quantity, label in (("share", "shares"), ("rate", "rates")):
        held, before = of(quantity), of(quantity, "bootstrap")
        inside = sum(0.93 <= one <= 0.97 for one in held)
        assert (
            f"| {label} | {100 * min(held):.1f}% | {100 * max(held):.1f}% | {inside} of {len(held)} "
            f"| {100 * min(before):.0f}%, {100 * max(before):.0f}% |"
        ) in page
