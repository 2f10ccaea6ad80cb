"""Estimates over events for data frames: group, sum by event, estimate, one row a group.

Every function takes a frame with one row a case and a column `event`, and gives a frame with the columns `by`,
`value`, `low` and `high` (estimate and interval, `reframing.statistics.estimates`), `events` and `cases`.
Events weigh alike, however many cases they have.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from reframing.documents.errors import InputError
from reframing.statistics.estimates import (
    EventEstimate,
    Floats,
    mean_estimate,
    rate_estimate,
    share_estimate,
)

if TYPE_CHECKING:
    import pandas as pd

INTERVAL = 0.95


def estimate_shares(
    frame: "pd.DataFrame", found: str, by: Sequence[str], interval: float = INTERVAL
) -> "pd.DataFrame":
    """The share of rows in which the column `found` is true: mean over events of the event's own share."""
    counted = frame.assign(cases=1, found=frame[found].astype(float))
    return _estimates(counted, by, lambda f, n: share_estimate(f, n, interval))


def estimate_rates(
    frame: "pd.DataFrame",
    count: str,
    exposure: str,
    by: Sequence[str],
    per: float = 1000,
    interval: float = INTERVAL,
) -> "pd.DataFrame":
    """The rate of `count` per `per` units of `exposure`, such as moves per 1,000 words of the repost."""
    counted = frame.assign(
        cases=frame[exposure].astype(float) / per, found=frame[count].astype(float)
    )
    return _estimates(counted, by, lambda f, n: rate_estimate(f, n, interval))


def estimate_means(
    frame: "pd.DataFrame", value: str, by: Sequence[str], interval: float = INTERVAL
) -> "pd.DataFrame":
    """The mean of `value`, of which each event has one; several of an event are averaged first."""
    counted = frame.assign(cases=1, found=frame[value].astype(float)).dropna(subset=["found"])
    return _estimates(counted, by, lambda f, n: mean_estimate(f / n, interval, float("nan"), n))


def _estimates(
    frame: "pd.DataFrame", by: Sequence[str], estimate: Callable[[Floats, Floats], EventEstimate]
) -> "pd.DataFrame":
    import pandas as pd

    by = list(by)
    for column in (*by, "event"):
        if frame[column].isna().any():
            n = int(frame[column].isna().sum())
            raise InputError(
                f"{n:,} of {len(frame):,} rows have no value; leave them out first", field=column
            )
    sums = frame.groupby([*by, "event"], observed=True)[["found", "cases"]].sum().reset_index()
    rows = []
    for keys, events in sums.groupby(by, observed=True) if by else [((), sums)]:
        found = estimate(events["found"].to_numpy(), events["cases"].to_numpy().astype(float))
        rows.append(
            dict(zip(by, keys if isinstance(keys, tuple) else (keys,), strict=True))
            | {"value": found.value, "low": found.low, "high": found.high}
            | {"events": found.n_events, "cases": events["cases"].sum()}
        )
    return pd.DataFrame(rows, columns=[*by, "value", "low", "high", "events", "cases"])
