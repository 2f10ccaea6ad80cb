"""The effects that a study asks for (`estimands` in params.yaml), each corrected by what was read.

`tally` counts in every unit the moves that an estimand adds and those that it takes off, by the machine and,
where it was read, by readers. `effects` estimates: corrected and raw side by side, with p, the false discovery
rate within the family, the least effect that would probably be found, and precision and recall of the moves.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reframing.documents.errors import InputError
from reframing.documents.params import EffectsParams, Estimand
from reframing.moves.catalogue import catalogue
from reframing.statistics.corrected import Corrected, Side, Tally, Units, effect, p_value

if TYPE_CHECKING:
    import pandas as pd

IN, AGAINST, OTHER = "in", "against", "other"
"""Conditions of an estimand: its kinds of reposts, those that it is compared with, and the rest."""

OMITTED = "sentence-omitted"

DIRECTED, UNDIRECTED = "repost", "version"
"""Conditions of pairs that are reposts, not nulls."""


class Readings(NamedTuple):
    """The units of a corpus with what was found in them.

    `frame` has one row a unit: `pair`, `unit`, `event`, `group`, `kind`, `condition`, `original`, `words`,
    `stratum`, `probability` (of being read) and `read`. `moves` has one row a move in a unit, with `reported`
    and `scored`; `found` has the moves that readers found, with `count`. All are joined by `pair` and `unit`.
    """

    frame: "pd.DataFrame"
    moves: "pd.DataFrame"
    found: "pd.DataFrame"


class Effect(NamedTuple):
    """An estimand with its estimate.

    `q` is its false discovery rate within its family, `detectable` the least effect that would probably be
    found.
    """

    name: str
    estimand: Estimand
    estimate: Corrected
    p: float
    q: float
    detectable: float


def check_estimands(estimands: Mapping[str, Estimand], corpora: Collection[str]) -> None:
    """Raise `InputError` that names an estimand with an unknown corpus or move, or half a pair of groups."""
    for name, one in estimands.items():
        field = f"estimands.{name}"
        if one.corpus not in corpora:
            raise InputError(f"{one.corpus} is no corpus", "params.yaml", field=f"{field}.corpus")
        for part, slugs in (("more", one.more), ("less", one.less)):
            for slug in slugs:
                if slug not in catalogue():
                    raise InputError(f"{slug} is no move", "params.yaml", field=f"{field}.{part}")
        if bool(one.of) != bool(one.than):
            raise InputError("needs both of and than", "params.yaml", field=f"{field}.of")


def relevant(readings: Readings, estimand: Estimand) -> Readings:
    """The units in which the moves of an estimand can be.

    In sentences of the original alone nothing can be found but that they were omitted.
    """
    if OMITTED in (*estimand.more, *estimand.less):
        return readings
    frame = readings.frame
    return readings._replace(frame=frame[~frame["unit"].str.endswith("→")])


def tally(readings: Readings, slugs: Collection[str]) -> Tally:
    """How many moves with one of some slugs are in each unit of the frame, in its order."""
    key = ["pair", "unit"]
    moves = readings.moves[readings.moves["move"].isin(slugs)]
    of_machine = moves.groupby(key)[["reported", "scored"]].sum()
    of_readers = readings.found[readings.found["move"].isin(slugs)].groupby(key)["count"].sum()
    index = readings.frame.set_index(key).index
    machine = of_machine.reindex(index, fill_value=0)
    found = of_readers.reindex(index, fill_value=0).to_numpy(float)
    return Tally(
        machine["reported"].to_numpy(float),
        machine["scored"].to_numpy(float),
        np.where(readings.frame["read"].to_numpy(bool), found, np.nan),
    )


def units_of(readings: Readings, estimand: Estimand) -> Units:
    """The units of a corpus for one estimand; originals are a second cluster beside events."""
    frame = readings.frame
    more = tally(readings, estimand.more)
    return Units(
        event=frame["event"].to_numpy(str),
        article=frame["original"].to_numpy(str),
        condition=conditions(frame, estimand),
        stratum=frame["stratum"].to_numpy(str),
        size=frame["words"].to_numpy(float) / 1000,
        counted=more.counted,
        scored=more.scored,
        probability=frame["probability"].to_numpy(float),
        found=more.found,
        less=tally(readings, estimand.less) if estimand.less else None,
    )


def conditions(frame: "pd.DataFrame", estimand: Estimand) -> "np.ndarray":
    """The condition of each unit: `IN`, `AGAINST` or `OTHER`."""
    is_repost = frame["condition"].isin([DIRECTED, UNDIRECTED])
    inside = frame["kind"].isin(estimand.kinds) if estimand.kinds else is_repost
    against = frame["kind"].isin(estimand.against)
    return np.where(inside, IN, np.where(against, AGAINST, OTHER))


def sides_of(readings: Readings, units: Units, estimand: Estimand) -> list[Side]:
    """The rates that add up to an effect, each with its sign; events have all conditions that it compares."""
    frame = readings.frame
    kinds = sorted(set(frame["kind"]))
    for kind in (*estimand.kinds, *estimand.against):
        if kind not in kinds:
            problem = f"{kind} is no kind of {estimand.corpus}; there are {', '.join(kinds)}"
            raise InputError(problem, "params.yaml", field="estimands")
    events = _events(units, IN)
    if estimand.against:
        events &= _events(units, AGAINST)
    of_group = frame.groupby("group", dropna=True)["event"].agg(frozenset).to_dict()
    groups = [(events, 1)]
    if estimand.of:
        for group in (estimand.of, estimand.than):
            if group not in of_group:
                problem = (
                    f"no event is in the group {group}; there are {', '.join(map(str, of_group))}"
                )
                raise InputError(problem, "params.yaml", field="estimands")
        for event in sorted(of_group[estimand.of] & of_group[estimand.than]):
            raise InputError("is in both groups", record=event, field="group")
        groups = [(events & of_group[estimand.of], 1), (events & of_group[estimand.than], -1)]
    return [
        Side(condition, of, sign * by_group * (-1 if less else 1), number, less)
        for number, (of, by_group) in enumerate(groups)
        for condition, sign in ((IN, 1), *(((AGAINST, -1),) if estimand.against else ()))
        for less in (False, True)[: 2 if estimand.less else 1]
    ]


def _events(units: Units, condition: str) -> frozenset[str]:
    return frozenset(np.unique(units.event[(units.condition == condition) & (units.size > 0)]))


def effects(
    estimands: Mapping[str, Estimand],
    readings: Mapping[str, Readings],
    params: EffectsParams,
) -> list[Effect]:
    """Every effect of a study, in the order of its estimands; `readings` are by corpus."""
    found = []
    for name, estimand in estimands.items():
        of = relevant(readings[estimand.corpus], estimand)
        units = units_of(of, estimand)
        sides = sides_of(of, units, estimand)
        estimate = effect(units, sides, params.interval)
        p = p_value(units, sides)
        found.append(Effect(name, estimand, estimate, p, np.nan, detectable(estimate, params)))
    return [one._replace(q=q) for one, q in zip(found, _rates(found), strict=True)]


def _rates(found: list[Effect]) -> Iterator[float]:
    """The false discovery rate at which each effect is found (Benjamini & Hochberg 1995), within its family."""
    from scipy.stats import false_discovery_control

    of_family: dict[str, list[float]] = {}
    for one in found:
        if not np.isnan(one.p):
            of_family.setdefault(one.estimand.family, []).append(one.p)
    adjusted = {family: iter(false_discovery_control(ps)) for family, ps in of_family.items()}
    return (
        np.nan if np.isnan(one.p) else float(next(adjusted[one.estimand.family])) for one in found
    )


def detectable(estimate: Corrected, params: EffectsParams) -> float:
    """The least effect that would be found with the probability `power`, from the length of the interval."""
    from scipy.stats import norm

    certain, likely = norm.ppf(0.5 + params.interval / 2), norm.ppf(params.power)
    return float((estimate.high - estimate.low) / 2 * (certain + likely) / certain)
