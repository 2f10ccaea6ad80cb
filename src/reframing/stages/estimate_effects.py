"""Stage `effects`: the effects that the study asks for, corrected by what was read.

`python -m reframing.stages.estimate_effects` reads the units of every corpus of which units were read
(data/readings/units), and writes to results/tables/effects:

- effects.csv: every estimand of params.yaml, corrected and raw;
- by_kind.csv: rates by kind of repost, and by group of events where estimands compare groups; exploratory;
- moves.csv: precision and recall of the reported moves, by corpus and move, as the sample implies them;
- reads.csv: how many units each stratum has, how many of them were read, and in how many something was found;
- specifications.csv: every effect under other choices, one changed at a time;
- agreement.csv: how far the readers agree on each move;
- chance.csv: how far repeats of one prompt differ on one text, and how far texts do.

None of them contains text.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from reframing.coding.counting import (
    SETTLED,
    agreed,
    agreement_of,
    counted_in_units,
    read_count_table,
)
from reframing.coding.sampling import (
    Counts,
    Drawn,
    frame_beside,
    moves_in,
    read_drawn,
    read_frame,
    readings_of,
)
from reframing.documents.errors import InputError
from reframing.documents.params import EffectsParams, Estimand, read_params
from reframing.documents.tidy import load, moves_by_lexicon, read_tidy
from reframing.reading.rewritings import AGAIN
from reframing.stages.running import run_whole
from reframing.statistics.by_kind import ALL, EXPLORATORY, KindRate, by_group, by_kind
from reframing.statistics.chance import Chance, chance
from reframing.statistics.corrected import Corrected, Side, effect, joined
from reframing.statistics.effects import (
    IN,
    Effect,
    Readings,
    check_estimands,
    effects,
    relevant,
    units_of,
)
from reframing.statistics.specifications import LONG, specifications, survives
from reframing.statistics.study_tables import write_table

READ = Path("data/readings/units")
DRAWN = READ / "drawn.tsv"
OUT = Path("results/tables/effects")
REPEATED = "raidar-models"
"""The corpus with repeats of one prompt, of the kind `AGAIN`."""
RECOGNISED_COLUMNS = (
    *("precision", "precision_low", "precision_high"),
    *("recall", "recall_low", "recall_high"),
)
EFFECT_COLUMNS = (
    *("estimand", "corpus", "family", "hypothesis"),
    *("value", "low", "high", "p", "q", "detectable"),
    *("counted", "counted_low", "counted_high", "scored", "scored_low", "scored_high"),
    *("events", "units", "read", "found", "tuning"),
    *RECOGNISED_COLUMNS,
    "method",
)
KIND_COLUMNS = (
    *("corpus", "family", "condition", "kind", "group", "outcome", "value", "low", "high"),
    *("counted", "counted_low", "counted_high"),
    *("events", "units", "read", "found"),
    *RECOGNISED_COLUMNS,
)
MOVE_COLUMNS = (
    *("corpus", "move", "events", "units", "read", "found", "reported"),
    *RECOGNISED_COLUMNS,
)
SPECIFICATION_COLUMNS = (
    *("estimand", "choice", "option", "value", "low", "high", "events", "survives"),
)
READ_COLUMNS = ("corpus", "kind", "class", "units", "read", "share_read", "with_a_move")
AGREEMENT_COLUMNS = ("move", "alpha", "units", "seen_by_all", "seen_by_some")


def main() -> None:
    params = read_params()
    check_estimands(params.estimands, params.corpora)
    drawn, by_reader = read_drawn(DRAWN), read_count_table(READ / "counts.tsv")
    counts = agreed(by_reader)
    readings = {
        corpus: readings_of_corpus(corpus, drawn, counts)
        for corpus in dict.fromkeys(one.corpus for one in drawn)
    }
    readers = {
        reader: {corpus: readings_of_corpus(corpus, drawn, of) for corpus in readings}
        for reader, of in by_reader.items()
        if reader != SETTLED
    }
    directed = {corpus: of for corpus, of in readings.items() if params.corpora[corpus].directed}
    tables: dict[str, tuple[Sequence[str], Iterable[Sequence[object]]]] = {
        "effects": (
            EFFECT_COLUMNS,
            map(effect_row, effects(params.estimands, readings, params.effects)),
        ),
        "by_kind": (
            KIND_COLUMNS,
            map(kind_row, kind_rates(directed, params.estimands, params.effects.interval)),
        ),
        "moves": (MOVE_COLUMNS, move_rows(readings, params.effects.interval)),
        "specifications": (
            SPECIFICATION_COLUMNS,
            (
                row
                for name, estimand in params.estimands.items()
                for row in specification_rows(name, estimand, readings, readers, params.effects)
            ),
        ),
        "reads": (READ_COLUMNS, read_rows(drawn, counts)),
        "agreement": (AGREEMENT_COLUMNS, agreement_of(by_reader, counted_in_units())),
        "chance": (
            Chance._fields,
            chance(
                load("pairs", REPEATED), load("moves", REPEATED), AGAIN, params.effects.interval
            ),
        ),
    }
    OUT.mkdir(parents=True, exist_ok=True)
    for name, (columns, rows) in tables.items():
        write_table(pd.DataFrame(list(rows), columns=list(columns)), OUT / f"{name}.csv")


def readings_of_corpus(corpus: str, drawn: Sequence[Drawn], counts: Counts) -> Readings:
    """The units of a corpus with what was found in them."""
    of_corpus = [one for one in drawn if one.corpus == corpus]
    frame = read_frame(frame_beside(DRAWN), corpus)
    try:
        return readings_of(frame, load("unit_moves", corpus), of_corpus, counts)
    except InputError as error:
        raise error.within(str(READ)) from None


def effect_row(one: Effect) -> tuple[object, ...]:
    """A row of effects.csv."""
    of, estimand = one.estimate, one.estimand
    return (
        *(one.name, estimand.corpus, estimand.family, estimand.hypothesis),
        *(of.value, of.low, of.high, one.p, one.q, one.detectable),
        *of.counted,
        *of.scored,
        *(of.n_events, of.n_units, of.n_read, of.n_found, of.tuning),
        *of.precision,
        *of.recall,
        of.method,
    )


def kind_rates(
    readings: Mapping[str, Readings], estimands: Mapping[str, Estimand], interval: float
) -> Iterator[KindRate]:
    """The rates of by_kind.csv, of every corpus whose pairs have a direction."""
    for corpus, of in readings.items():
        yield from by_kind(corpus, of, interval)
        yield from by_group(corpus, of, estimands, interval)


def kind_row(one: KindRate) -> tuple[object, ...]:
    """A row of by_kind.csv."""
    of = one.estimate
    return (
        *(one.corpus, EXPLORATORY, one.condition, ", ".join(one.kinds) or ALL, one.group),
        *(one.outcome, of.value, of.low, of.high),
        *of.counted,
        *(of.n_events, of.n_units, of.n_read, of.n_found),
        *of.precision,
        *of.recall,
    )


def specification_rows(
    name: str,
    estimand: Estimand,
    readings: Mapping[str, Readings],
    readers: Mapping[str, Mapping[str, Readings]],
    params: EffectsParams,
) -> Iterator[tuple[object, ...]]:
    """Rows of specifications.csv: one effect under each choice."""
    corpus = estimand.corpus
    of = readings[corpus]
    pairs = load("pairs", corpus)
    long = frozenset(pairs.loc[pairs["original_words"] > LONG, "event"])
    sure = {"sure moves": of.moves.assign(reported=of.moves["sure"])}
    by_reader = {reader: some[corpus] for reader, some in readers.items()}
    by_lexicon = read_tidy(moves_by_lexicon(corpus), "unit_moves")
    profiles = {"lexicon": moves_in(of.frame, by_lexicon)}
    chosen, *others = specifications(of, estimand, params, by_reader, profiles, sure, long)
    holds = survives(chosen.interval, others)
    for one in (chosen, *others):
        yield name, one.choice, one.option, *one.interval, one.events, holds


def move_rows(readings: Mapping[str, Readings], interval: float) -> Iterator[tuple[object, ...]]:
    """Rows of moves.csv: each corpus by itself, then all together."""
    for corpus, some in {**{c: {c: of} for c, of in readings.items()}, ALL: readings}.items():
        for slug in counted_in_units():
            of, reported = recognised(some, slug, interval)
            if of.n_found or reported:
                yield (
                    *(corpus, slug, of.n_events, of.n_units, of.n_read, of.n_found, reported),
                    *of.precision,
                    *of.recall,
                )


def recognised(
    readings: Mapping[str, Readings], slug: str, interval: float
) -> tuple[Corrected, int]:
    """The rate of one move in some corpora, with precision and recall, and how often it is reported in them."""
    estimand = Estimand("", "", "", (slug,), (), (), (), "", "")
    units = joined(
        {corpus: units_of(relevant(of, estimand), estimand) for corpus, of in readings.items()}
    )
    units = replace(units, condition=np.full(len(units.size), IN))
    events = frozenset(np.unique(units.event[units.size > 0]).tolist())
    return effect(units, [Side(IN, events)], interval), int(units.counted.sum())


def read_rows(drawn: Sequence[Drawn], counts: Counts) -> Iterator[tuple[object, ...]]:
    """Rows of reads.csv."""
    strata: dict[str, list[Drawn]] = {}
    for one in sorted(drawn, key=lambda one: one.stratum):
        strata.setdefault(one.stratum, []).append(one)
    for stratum, some in strata.items():
        size, with_a_move = some[0].stratum_units, sum(any(counts[d.number].values()) for d in some)
        yield (*stratum.split("/"), size, len(some), len(some) / size, with_a_move)


if __name__ == "__main__":
    run_whole(main)
