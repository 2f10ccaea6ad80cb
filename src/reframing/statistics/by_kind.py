"""Corrected rates by kind of repost, and by group of events: exploratory, not prespecified.

Each is the rate of the moves of an outcome less that of their opposites, per 1,000 words, in events that have
the kind. Nothing is tested here, and no interval is adjusted for there being many.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from reframing.documents.params import Estimand
from reframing.statistics.corrected import Corrected, effect
from reframing.statistics.effects import DIRECTED, Readings, relevant, sides_of, units_of

ALL = "all"
EXPLORATORY = "exploratory"
"""In place of the family of a prespecified effect."""


class Outcome(NamedTuple):
    """What a repost may become: the moves that make it so, the opposite ones, and words for both."""

    more: tuple[str, ...]
    less: tuple[str, ...]
    words: str
    opposite: str


OUTCOMES = {
    "loaded": Outcome(("evaluation-added",), ("evaluation-dropped",), "more loaded", "less loaded"),
    "surer": Outcome(
        ("hedge-dropped", "booster-added"),
        ("hedge-added", "booster-dropped"),
        "surer",
        "less sure",
    ),
    "fewer-sources": Outcome(
        ("attribution-dropped", "attribution-vague"),
        ("attribution-added",),
        "fewer sources",
        "more sources",
    ),
}


class KindRate(NamedTuple):
    """The rate of an outcome in some kinds of repost, in one group of events or in all."""

    corpus: str
    condition: str
    kinds: tuple[str, ...]
    group: str
    outcome: str
    estimate: Corrected


def by_kind(corpus: str, readings: Readings, interval: float) -> Iterator[KindRate]:
    """The rate of each outcome of `OUTCOMES`, in all reposts of a corpus, then in each kind and in nulls."""
    frame = readings.frame
    pairs = frame[["condition", "kind"]].drop_duplicates().to_numpy(str)
    rows: list[tuple[str, tuple[str, ...]]] = [(DIRECTED, ())]
    rows += sorted((condition, (kind,)) for condition, kind in pairs.tolist())
    for condition, kinds in rows:
        for name, one in OUTCOMES.items():
            asked = Estimand(corpus, EXPLORATORY, "", one.more, one.less, kinds, (), "", "")
            yield KindRate(
                corpus, condition, kinds, ALL, name, _rate(readings, asked, ALL, interval)
            )


def by_group(
    corpus: str, readings: Readings, estimands: Mapping[str, Estimand], interval: float
) -> Iterator[KindRate]:
    """The rates behind the prespecified differences between groups of events of a corpus.

    Outcomes are those of `OUTCOMES` and of the estimands that compare groups, under the estimands' names. They
    are estimated in each group, and in each set of kinds that an estimand of the corpus compares.
    """
    own = {name: one for name, one in estimands.items() if one.corpus == corpus}
    grouped = {name: one for name, one in own.items() if one.of}
    moves = {name: (one.more, one.less) for name, one in (OUTCOMES | grouped).items()}
    groups = dict.fromkeys(group for one in grouped.values() for group in (one.than, one.of))
    compared = [one.kinds for one in grouped.values()]
    compared += [kinds for one in own.values() if one.against for kinds in (one.against, one.kinds)]
    for kinds in dict.fromkeys(compared):
        for group in groups:
            for name, (more, less) in moves.items():
                asked = Estimand(corpus, EXPLORATORY, "", more, less, kinds, (), "", "")
                estimate = _rate(readings, asked, group, interval)
                yield KindRate(corpus, DIRECTED, kinds, group, name, estimate)


def _rate(readings: Readings, asked: Estimand, group: str, interval: float) -> Corrected:
    of = relevant(readings, asked)
    units = units_of(of, asked)
    sides = sides_of(of, units, asked)
    if group != ALL:
        events = frozenset(of.frame.loc[of.frame["group"] == group, "event"])
        sides = [side._replace(events=side.events & events) for side in sides]
    return effect(units, sides, interval)
