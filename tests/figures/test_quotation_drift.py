import pandas as pd
import pytest

from reframing.figures.caption import FEW_EVENTS
from reframing.figures.quotation_drift import finding, shown
from reframing.statistics.drift import BANDS


def row(condition, overlap, value, low, high, n_events=20, n=40, fate="differs"):
    return {
        "condition": condition, "kind": "all", "fate": fate, "overlap": overlap, "value": value,
        "low": low, "high": high, "n_events": n_events, "n": n,
    }  # fmt: skip


VERSIONS = row("version", "any", 0.2, 0.1, 0.3)


@pytest.mark.parametrize(
    ("low", "high", "says"),
    [
        (-0.2, -0.1, "15 percentage points less often between versions"),
        (0.1, 0.2, "15 percentage points more often between versions"),
        (-0.05, 0.35, "No difference found"),
    ],
)
def test_the_title_goes_by_the_interval_of_the_difference(low, high, says):
    value = (low + high) / 2
    table = pd.DataFrame([VERSIONS, row("version less independent", "equal", value, low, high)])
    assert says in finding(table)


def test_without_independent_reports_the_title_says_how_many_differ():
    assert finding(pd.DataFrame([VERSIONS])).startswith("20% of quotations in shared sentences")


def test_without_quotations_the_title_says_so():
    assert finding(pd.DataFrame([VERSIONS | {"n": 0}])).startswith("No quotation")


def test_bands_of_few_events_are_left_out_where_others_have_enough():
    rows = [row("version", band, 0.2, 0.1, 0.3, n) for band, n in zip(BANDS, (1, 20), strict=False)]
    assert shown(pd.DataFrame(rows))["overlap"].tolist() == [BANDS[1]]
    few = [one | {"n_events": FEW_EVENTS - 1} for one in rows]
    assert len(shown(pd.DataFrame(few))) == 2


def test_bands_without_events_and_fates_without_a_panel_are_not_drawn():
    rows = [
        row("version", BANDS[0], 0.2, 0.1, 0.3, 0),
        row("version", BANDS[1], 0.2, 0.1, 0.3, fate="shorter"),
        VERSIONS,
    ]
    assert shown(pd.DataFrame(rows)).empty
