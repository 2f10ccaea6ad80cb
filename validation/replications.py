"""Replications: what labels by people say of a gold corpus, by the machine alone, corrected, and by all labels.

In a gold corpus people labelled every text, so that three estimates of one quantity can stand side by side:
`raw` (what the machine measures, taken as it is), `corrected` (the machine, and the labels of a random sample;
`reframing.statistics.corrected`) and `full gold` (all labels). The sample is drawn many times, beside `labels
alone`, which uses the same labels without the machine.

**What is covered.** The intervals of `reframing.statistics.corrected` are about texts like these: they hold
what varies from one set of events to another as well as what varies from one sample of labels to another. The
full gold of these texts is one such set, which they hold too often. Two coverages are therefore reported whose
target is 95%. `coverage`: events are drawn anew, with replacement, before labels are, so that these texts are
the population, and the interval is that of `corrected`. `coverage_these`: only the labels are drawn anew, and
the interval (`for_these_texts`) has sampling alone. `coverage_fixed`, the interval of `corrected` over these
same draws, is above 95% by as much as events vary.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import nan, sqrt
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from reframing.documents.records import Annotation, Span
from reframing.documents.tokens import tokenize
from reframing.statistics.corrected import Side, Tally, Units, estimate
from reframing.statistics.design_based import TUNING_BOUNDS, Interval, sums, tuning
from reframing.statistics.estimates import Floats, wilson
from validation.exams.claim_strength import STRENGTHS, GradedClaim
from validation.exams.insciout import GradedPair
from validation.exams.pei_jurgens import RatedFinding
from validation.exams.polnear import GoldDocument

DRAWS = 500
"""Samples of labels that are drawn for each number of labels; a coverage is known to about 2 points."""

LABELS = (50, 100, 200)
"""Labels in a sample, in equal parts from the two sides of a difference; there must be more to draw from."""


@dataclass(frozen=True, slots=True)
class Replication:
    """A quantity that the labels of a gold corpus give.

    `measured` and `unit` say what it is in words; those of one `base` can share an axis. `units` hold the
    machine's measure (`scored`) and the labels of all texts (`found`), one stratum a condition; `sides` are the
    signed rates that it is the sum of, times `factor`. `of` names what is labelled, in the plural.
    """

    name: str
    corpus: str
    measured: str
    unit: str
    base: str
    of: str
    units: Units
    sides: tuple[Side, ...]
    factor: float = 1.0


class Published(NamedTuple):
    """What a paper reports of the same quantity in other texts; its interval is nan where none is reported."""

    value: float
    low: float
    high: float
    source: str


PUBLISHED = {
    "exaggerated": (
        Published(33, 26, 40, "Sumner et al. 2014"),
        Published(22, nan, nan, "Yu et al. 2020"),
    )
}
"""The nearest published values by replication; neither is of these pairs.

Sumner et al. (2014, BMJ 349:g7015): the main claim is stronger in 60 of 182 press releases on correlational
studies than in the paper. Yu et al. (2020, COLING, 4860-4872): causal claims in press releases about findings
that the abstract of an observational study calls correlational, read by a network; no interval is given.
"""


# What each corpus gives.

SHARE_OF_RELEASES = "% of press releases"


def of_insciout(
    pairs: Sequence[GradedPair], before: Sequence[int], after: Sequence[int]
) -> Iterator[Replication]:
    """Press releases against abstracts, from the machine's strengths of both conclusions of each pair."""
    machine = np.array(after) - np.array(before)
    people = np.array([pair.release_strength - pair.abstract_strength for pair in pairs])
    for name, measured, sign in (
        ("exaggerated", "Press releases with a stronger claim than the abstract", 1),
        ("downplayed", "Press releases with a weaker claim than the abstract", -1),
    ):
        units = _units(
            range(len(pairs)), ["pair"] * len(pairs), sign * machine > 0, sign * people > 0
        )
        yield Replication(
            name, "insciout", measured, SHARE_OF_RELEASES, "press releases", "pairs",
            units, (_side(units, "pair"),), 100,
        )  # fmt: skip
    units = _units(
        range(len(pairs)), ["pair"] * len(pairs), np.maximum(machine, 0), np.maximum(people, 0)
    )
    weaker = np.maximum(-machine, 0.0)
    less = Tally(weaker, weaker, np.maximum(-people, 0.0))
    yield Replication(
        "strength",
        "insciout",
        "Strength of the claim, press release less abstract",
        "points of causal strength (0 to 3)",
        "strength",
        "pairs",
        replace(units, less=less),
        (_side(units, "pair"), _side(units, "pair")._replace(sign=-1, less=True)),
    )


CAUSAL = STRENGTHS.index("causal")


def of_claims(claims: Sequence[GradedClaim], grades: Sequence[int]) -> Iterator[Replication]:
    """Sentences of press releases against conclusions of abstracts, which report other studies."""
    units = _units(
        [claim.document for claim in claims],
        [claim.source for claim in claims],
        np.array(grades) == CAUSAL,
        np.array([claim.strength == CAUSAL for claim in claims]),
    )
    yield Replication(
        "causal",
        "claims",
        "Causal claims, press releases less abstracts",
        "percentage points of sentences",
        "claims",
        "sentences",
        units,
        _apart(units, "eureka", "pubmed"),
        100,
    )


def of_certainty(
    findings: Sequence[RatedFinding], scores: Sequence[float]
) -> Iterator[Replication]:
    """How certain findings sound to the raters, 1 to 6; the machine's score in [0, 1] is put on their scale."""
    events, machine = range(len(findings)), 1 + 5 * np.array(scores)
    people = np.array([finding.certainty for finding in findings])
    unit, base = "points of certainty (1 to 6)", "certainty"
    units = _units(events, ["finding"] * len(findings), machine, people)
    yield Replication(
        "certainty", "certainty", "Certainty of a finding", unit, "mean certainty", "findings",
        units, (_side(units, "finding"),),
    )  # fmt: skip
    units = _units(events, [finding.part for finding in findings], machine, people)
    yield Replication(
        "certainty-sources", "certainty", "Certainty, other sources less the corpus's own", unit, base,
        "findings", units, _apart(units, "ext", "test"),
    )  # fmt: skip


PRESS = frozenset({"nyt", "politico", "usa-today", "wash-post"})
"""Newspapers and Politico in PolNeAR; its other outlets are Breitbart, HuffPost and Western Journalism."""


def of_polnear(
    documents: Sequence[GoldDocument], annotations: Sequence[Annotation]
) -> Iterator[Replication]:
    """Attributions per 1,000 words, where an attribution belongs to the sentence in which its cue begins."""
    events: list[str] = []
    kinds: list[str] = []
    numbers: list[tuple[float, int, int]] = []
    for document, annotation in zip(documents, annotations, strict=True):
        starts = [sentence.start for sentence in annotation.sentences]
        machine = _counts(
            starts, [(one.cue, *one.content)[one.cue is None] for one in annotation.attributions]
        )
        people = _counts(starts, [(*one.cue, *one.content)[0] for one in document.attributions])
        for place, sentence in enumerate(annotation.sentences):
            n_words = tokenize(document.text[sentence.start : sentence.end]).n_words
            events.append(document.id)
            kinds.append("press" if document.id.split("_")[0] in PRESS else "other")
            numbers.append((n_words / 1000, machine[place], people[place]))
    size, by_machine, by_people = np.array(numbers).T
    unit = "attributions per 1,000 words"
    units = _units(events, ["sentence"] * len(events), by_machine, by_people, size)
    yield Replication(
        "attributions", "polnear", "Attributions in political news", unit, "attributions", "sentences",
        units, (_side(units, "sentence"),),
    )  # fmt: skip
    units = _units(events, kinds, by_machine, by_people, size)
    yield Replication(
        "attributions-outlets",
        "polnear",
        "Attributions, Breitbart, HuffPost and Western Journalism less the rest",
        unit,
        "difference in attributions",
        "sentences",
        units,
        _apart(units, "other", "press"),
    )


def _counts(starts: Sequence[int], spans: Sequence[Span | None]) -> list[int]:
    """How many of `spans` begin in each sentence, given where sentences start."""
    counts = [0] * len(starts)
    for span in spans:
        if span is not None:
            counts[max(bisect_right(starts, span.start) - 1, 0)] += 1
    return counts


def _units(
    events: Sequence[str] | range,
    conditions: Sequence[str],
    machine: NDArray[Any],
    people: NDArray[Any],
    size: Floats | None = None,
) -> Units:
    """Units that were all labelled, with events as numbers in the order of their names."""
    _, event = np.unique(np.array(events), return_inverse=True)
    condition = np.array(conditions)
    scored = machine.astype(np.float64)
    return Units(
        event=event,
        article=event,
        condition=condition,
        stratum=condition,
        size=np.ones(len(event)) if size is None else size,
        counted=scored,
        scored=scored,
        probability=np.ones(len(event)),
        found=people.astype(np.float64),
    )


def _side(units: Units, condition: str) -> Side:
    of = (units.condition == condition) & (units.size > 0)
    return Side(condition, frozenset(units.event[of].tolist()))


def _apart(units: Units, condition: str, baseline: str) -> tuple[Side, Side]:
    """A difference between two conditions that have no event in common."""
    return _side(units, condition), _side(units, baseline)._replace(sign=-1, group=1)


# Samples of labels, and of events.


def labelled(units: Units, labels: int, generator: np.random.Generator) -> Units:
    """The units of which only a simple random sample was labelled, as many of each stratum."""
    strata = np.unique(units.stratum)
    read = np.zeros(len(units.found), bool)
    probability = np.ones(len(read))
    for stratum in strata:
        places = np.flatnonzero(units.stratum == stratum)
        n = labels // len(strata)
        read[generator.choice(places, n, replace=False)] = True
        probability[places] = n / len(places)
    less = units.less and units.less._replace(found=np.where(read, units.less.found, np.nan))
    found = np.where(read, units.found, np.nan)
    return replace(units, probability=probability, found=found, less=less)


def with_other_events(replication: Replication, generator: np.random.Generator) -> Replication:
    """The same with its events drawn anew, with replacement, as many on each side of a difference."""
    units = replication.units
    order = np.argsort(units.event, kind="stable")
    sizes = np.bincount(units.event)
    starts = np.cumsum(sizes) - sizes
    places, events, n_events = [], [], 0
    drawn: dict[int, frozenset[int]] = {}
    sides = []
    for side in replication.sides:
        if side.group not in drawn:
            chosen = generator.choice(sorted(side.events), len(side.events))
            new = np.arange(n_events, n_events + len(chosen))
            n_events += len(chosen)
            drawn[side.group] = frozenset(new.tolist())
            length = sizes[chosen]
            first = np.repeat(starts[chosen] - (np.cumsum(length) - length), length)
            places.append(order[first + np.arange(length.sum())])
            events.append(np.repeat(new, length))
        sides.append(side._replace(events=drawn[side.group]))
    at, event = np.concatenate(places), np.concatenate(events)
    less = units.less and Tally(*(of[at] for of in units.less))
    again = Units(
        event=event,
        article=event,
        condition=units.condition[at],
        stratum=units.stratum[at],
        size=units.size[at],
        counted=units.counted[at],
        scored=units.scored[at],
        probability=units.probability[at],
        found=units.found[at],
        less=less,
    )
    return replace(replication, units=again, sides=tuple(sides))


# Estimates.


def whole(replication: Replication, field: str, interval: float) -> Interval:
    """The estimate from a field of all units, the machine's (`scored`) or the labels (`found`)."""
    units = replication.units
    less = units.less and units.less._replace(found=getattr(units.less, field))
    true = replace(units, found=getattr(units.more, field), less=less)
    return _scaled(estimate(true, true.design(), replication.sides, interval).interval, replication)


def for_texts_like_these(
    replication: Replication, units: Units, interval: float, bounds: tuple[float, float]
) -> Interval:
    """The corrected estimate with its interval, events taken for a sample of events like these."""
    done = estimate(units, units.design(), replication.sides, interval, bounds=bounds)
    return _scaled(done.interval, replication)


def for_these_texts(
    replication: Replication, units: Units, interval: float, bounds: tuple[float, float]
) -> Interval:
    """The same estimate with the interval of what all labels of these very texts would give.

    With contributions c = a λĝ and residuals r = a (Y - λĝ) of all sides of a unit, the sum Σ c + Σ (R / π) r
    has the variance Σ N² (1 - n/N) s² / n over strata, s² that of r in the sample (Särndal, Swensson & Wretman
    1992, 6.6.3 with simple random samples), and Student's t with Satterthwaite's degrees of freedom.
    """
    from scipy.special import stdtrit

    design = units.design()
    h, n = design.read_stratum, design.n_read
    size = sums(design.stratum, np.ones(len(design.stratum)), len(n))
    residuals, predicted = np.zeros(len(h)), 0.0
    for side in replication.sides:
        of = (units.condition == side.condition) & np.isin(units.event, list(side.events))
        tally = units.less if side.less and units.less else units.more
        n_events = len(design.events)
        words = sums(design.event, of * units.size, n_events)[design.event]
        weights = of / np.where(of, len(side.events) * words, 1.0)
        found, scored = tally.found[design.read], tally.scored[design.read]
        used = tuning(design, weights[design.read], found, scored, bounds)[design.fold]
        machine = weights * used * tally.scored
        predicted += side.sign * float(machine.sum())
        residuals += side.sign * (weights[design.read] * found - machine[design.read])
    means = sums(h, residuals, len(n)) / n
    spread = sums(h, (residuals - means[h]) ** 2, len(n)) / np.maximum(n - 1, 1)
    variance = size**2 * (1 - n / size) * spread / n
    value, total = predicted + float(size @ means), float(variance.sum())
    half = 0.0
    if total > 0:
        df = total**2 / float((variance**2 / np.maximum(n - 1, 1)).sum())
        half = sqrt(total) * float(stdtrit(df, (1 + interval) / 2))
    return _scaled(Interval(value, value - half, value + half), replication)


def _scaled(interval: Interval, replication: Replication) -> Interval:
    return Interval(*(replication.factor * one for one in interval))


# The table.

COLUMNS = (
    *("replication", "corpus", "measured", "unit", "base", "of", "method", "machine", "labels"),
    *("value", "low", "high", "these_low", "these_high", "units", "events", "draws"),
    *("coverage", "coverage_low", "coverage_high", "coverage_these", "coverage_fixed"),
    *("width", "width_these", "bias", "sd", "source"),
)

METHODS = {"labels alone": (0.0, 0.0), "corrected": TUNING_BOUNDS}
"""Methods that draw labels, with the bounds of λ: at 0 the machine is not used."""

Row = dict[str, object]


def table(
    by_machine: Mapping[str, Sequence[Replication]], interval: float, seed: int, draws: int = DRAWS
) -> Iterator[Row]:
    """Rows with the columns `COLUMNS`, from the same replications by each machine, the main one first.

    Of each replication: `raw` and `corrected` by machine, the latter for each number of labels, `labels alone`,
    `full gold`, and what is `published`. Machines see the same samples. `value` with its bounds is of the first
    sample; `width` and `width_these`, `bias` (against the full gold) and `sd` are over all samples of labels of
    these texts. `coverage_low` and `coverage_high` bound `coverage` for the number of draws.
    """
    for same in zip(*by_machine.values(), strict=True):
        main = same[0]
        what: Row = dict(zip(COLUMNS[:6], _words(main), strict=True))
        events = frozenset().union(*[side.events for side in main.sides])
        what |= {"units": len(main.units.found), "events": len(events)}
        truth = whole(main, "found", interval)
        for machine, one in zip(by_machine, same, strict=True):
            raw = _shown(whole(one, "scored", interval)._asdict())
            yield what | {"method": "raw", "machine": machine, "labels": 0} | raw
        for labels in (n for n in LABELS if enough(main.units, n)):
            for machine, one in zip(by_machine, same, strict=True):
                methods = METHODS if one is main else ("corrected",)
                for method, cells in _drawn(
                    one, methods, labels, interval, seed, draws, truth.value
                ):
                    used = {"machine": machine} if method == "corrected" else {}
                    numbers = {"labels": labels, "draws": draws} | _shown(cells)
                    yield what | {"method": method} | used | numbers
        n = len(main.units.found)
        yield what | {"method": "full gold", "labels": n} | _shown(truth._asdict())
        for published in PUBLISHED.get(main.name, ()):
            said = _shown(Interval(*published[:3])._asdict())
            alone = {key: what[key] for key in COLUMNS[:6]}
            yield alone | {"method": "published", "source": published.source} | said


def _words(one: Replication) -> tuple[str, ...]:
    return one.name, one.corpus, one.measured, one.unit, one.base, one.of


def enough(units: Units, labels: int) -> bool:
    """Whether every stratum has more units than are labelled of it."""
    _, sizes = np.unique(units.stratum, return_counts=True)
    return bool(sizes.min() > labels // len(sizes))


def _drawn(
    one: Replication,
    methods: Iterable[str],
    labels: int,
    interval: float,
    seed: int,
    draws: int,
    truth: float,
) -> Iterator[tuple[str, dict[str, float]]]:
    """For each method, the numbers of the first draw and of all draws together."""
    generator = np.random.default_rng([seed, crc32(one.name.encode()), labels])
    found: dict[str, list[tuple[Interval, Interval, Interval]]] = {method: [] for method in methods}
    for _ in range(draws):
        sample = labelled(one.units, labels, generator)
        other = with_other_events(one, generator)
        other_sample = labelled(other.units, labels, generator)
        for method, intervals in found.items():
            bounds = METHODS[method]
            intervals.append(
                (
                    for_texts_like_these(other, other_sample, interval, bounds),
                    for_these_texts(one, sample, interval, bounds),
                    for_texts_like_these(one, sample, interval, bounds),
                )
            )
    for method, intervals in found.items():
        like, these, fixed = (np.array(of) for of in zip(*intervals, strict=True))
        held = holds(like, truth)
        yield (
            method,
            {
                **Interval(*fixed[0])._asdict(),
                **dict(zip(("these_low", "these_high"), these[0, 1:], strict=True)),
                "coverage": held,
                **dict(
                    zip(("coverage_low", "coverage_high"), wilson(held, draws, 1.96), strict=True)
                ),
                "coverage_these": holds(these, truth),
                "coverage_fixed": holds(fixed, truth),
                "width": float(np.mean(fixed[:, 2] - fixed[:, 1])),
                "width_these": float(np.mean(these[:, 2] - these[:, 1])),
                "bias": float(these[:, 0].mean()) - truth,
                "sd": float(these[:, 0].std(ddof=1)),
            },
        )


def holds(intervals: Floats, truth: float) -> float:
    """The share of intervals, rows of (value, low, high), that hold a value."""
    return float(np.mean((intervals[:, 1] <= truth) & (truth <= intervals[:, 2])))


def _shown(numbers: Mapping[str, float]) -> Row:
    return {key: f"{value:.4f}" for key, value in numbers.items() if not np.isnan(value)}
