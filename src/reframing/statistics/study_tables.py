"""All tables of a study in long format, computed from its compared pairs, and their CSV files.

`COLUMNS` describes each column. Rows are sorted, and the order of the input does not matter. A corpus whose
pairs have no direction has no tables of signed change; the sentences that its versions share are in `sharing`,
which has the columns of `survival`. Files are UTF-8 with LF line ends, floats with six significant digits, and
empty cells for nan.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from reframing.documents.errors import InputError
from reframing.documents.files import open_bytes
from reframing.documents.params import StatisticsParams
from reframing.documents.records import Studied, StudyPair
from reframing.documents.writers import replacing
from reframing.statistics import fates, rates
from reframing.statistics.cut_odds import GRADED, LEAST_EVENTS, TERMS, odds_rows, sentence_outcomes
from reframing.statistics.decomposition import EFFECTS, LEVELS, decomposition_rows, level_terms
from reframing.statistics.drift import DIFFERENCES, as_version, drift_ratios, drift_rows, overlap
from reframing.statistics.estimates import Floats, rate_estimate, share_estimate
from reframing.statistics.flow import Held, UnitCounts, flow_rows, unit_counts
from reframing.statistics.groups import MEASURES, article_words, left_out, ratio_rows, size_rows
from reframing.statistics.rates import PLACES, survival_ratios
from reframing.statistics.significance import MAIN_EFFECTS, effect_tests, fate_tests, with_q

# Tables as CSV files.

if TYPE_CHECKING:
    import pandas as pd

DIGITS = 6


def write_table(table: "pd.DataFrame", path: Path) -> None:
    """Write a table as CSV, whole or not at all; equal tables give identical bytes."""
    text = table.to_csv(None, index=False, float_format=f"%.{DIGITS}g", lineterminator="\n")
    with replacing(path) as file:
        file.write(text.encode())


def read_table(path: Path, name: str) -> "pd.DataFrame":
    """Read the table `name` of `COLUMNS`.

    Raises `InputError` where the file is unreadable or a column is missing or unknown.
    """
    import pandas as pd

    names = {"kind": str, "detail": str}
    try:
        with open_bytes(path) as stream:
            table = pd.read_csv(stream, keep_default_na=False, na_values=[""], dtype=names)
    except InputError as error:
        problem = f"{error.problem}; run the stage `statistics`"
        raise InputError(problem, str(path)) from None
    except (OSError, ValueError) as error:
        problem = f"is not a readable table ({error}); run the stage `statistics`"
        raise InputError(problem, str(path)) from error
    found = [str(column) for column in table]
    for column in COLUMNS[name]:
        if column not in found:
            problem = "column is missing; run the stage `statistics`"
            raise InputError(problem, str(path), field=column)
    for column in found:
        if column not in COLUMNS[name]:
            raise InputError(f"is not a column of `{name}`", str(path), field=column)
    return table


def read_tables(folder: Path, directed: bool) -> "dict[str, pd.DataFrame]":
    """All tables of a study, by name, read from its folder; raises `InputError` as `read_table` does."""
    return {name: read_table(folder / f"{name}.csv", name) for name in tables_of(directed)}


# Tables from compared pairs.

if TYPE_CHECKING:
    import pandas as pd

_GROUP = {
    "condition": "repost, version (of a pair without direction), revision (within one outlet), or the "
    "null copy, independent",
    "kind": "kind of repost, or all",
}
_ESTIMATE = {
    "value": "the estimate: the mean over events of the event's own value",
    "low": "lower end of the interval",
    "high": "upper end of the interval",
    "n_events": "events behind the estimate",
    "pooled": "the same from the sums over all pairs, in which long texts weigh more",
    "n_effective": "Kish's effective number of events behind `pooled`",
    "without_one_low": "least estimate that leaving out one event gives",
    "without_one_high": "greatest estimate that leaving out one event gives",
}
_COUNTS = {"found": "numerator, summed over pairs", "n": "denominator, summed over pairs"}
_SURVIVAL = (
    _GROUP
    | {"place": "headline, lead, body 01 to body 10 (deciles), or everywhere"}
    | _ESTIMATE
    | {"n_pairs": "pairs with a sentence there"}
    | _COUNTS
)

COLUMNS: dict[str, dict[str, str]] = {
    "cut_odds": _GROUP
    | {
        "term": "; ".join(f"{term}: {words}" for term, words in TERMS.items()),
        "value": "odds ratio of having a counterpart in the other text, given the other terms; events weigh "
        "alike",
        "low": "lower end of the interval",
        "high": "upper end of the interval",
        "n_events": f"events; with fewer than {LEAST_EVENTS} there is no estimate",
        "n_pairs": "pairs",
        "found": "sentences with a counterpart, summed over pairs",
        "n": "sentences of the original, or of one version, summed over pairs",
        "n_with_it": f"of them those that the term is true of; empty for {' and '.join(GRADED)}",
        "reason": "why there is no estimate",
    },
    "decomposition": _GROUP
    | {
        "measure": "what is measured: " + ", ".join(measure.name for measure in MEASURES),
        "unit": "per 1,000 words, or word-weighted mean",
        "quantity": f"a level ({', '.join(LEVELS)}) or an effect ({', '.join(EFFECTS)})",
    }
    | _ESTIMATE
    | {"n_pairs": "pairs in which something is aligned"},
    "drift": {
        "condition": f"{_GROUP['condition']}; or a difference at equal overlap: "
        + ", ".join(DIFFERENCES.values()),
        "kind": "all",
        "fate": "what became of quotations in shared sentences: differs, or one of `fates`",
        "overlap": "share of the words outside sentences with quotations that both texts share: a band, any, "
        "or equal (a difference within bands)",
    }
    | _ESTIMATE
    | {"n_pairs": "pairs with such a quotation"}
    | _COUNTS,
    "fates": _GROUP
    | {
        "subject": "attribution or quote",
        "fate": "what became of it",
        "base": "of what it is a share",
    }
    | _ESTIMATE
    | {"n_pairs": "pairs that have such a base"}
    | _COUNTS,
    "flow": {
        "step": "what is counted: articles, candidates (two articles that share text or an event), pairs, "
        "sentences (of originals, once for each repost), units (links, and sentences without one)",
        "condition": "that of the pairs; empty for articles and candidates",
        "part": "of articles: read, dropped, kept, studied; of candidates: chosen, not chosen; of pairs: "
        "excluded, studied; of sentences: linked, not linked; of units: links, original alone, repost alone",
        "detail": "reason (of what is dropped or excluded), relation (of candidates) or kind (of pairs)",
        "count": "how many; what does not occur has no row",
    },
    "moves": _GROUP
    | {"move": "slug of the move, or of the difference between two versions"}
    | _ESTIMATE
    | {"n_pairs": "pairs"}
    | _COUNTS,
    "n": _GROUP
    | {
        "events": "events (declared, or stories that reuse connects)",
        "pairs": "pairs studied",
        "articles": "distinct articles",
        "words": "words of the distinct articles",
        "largest_event": "pairs of the event that has most",
        "direction undetermined": "pairs left out: which came first is unknown",
        "common source elsewhere": "pairs left out: both are of a report that the corpus does not hold",
        "confidence too low": "pairs left out: direction less sure than min_confidence",
        "sampled down": "pairs left out: more than max_pairs_per_event of one event and kind",
    },
    "sharing": _SURVIVAL,
    "survival": _SURVIVAL,
    "tests": {
        "kind": "kind of repost",
        "measure": "what is measured, or attribution or quote",
        "effect": f"{', '.join(MAIN_EFFECTS)}, or what became of it",
        "against": "no change, or the same in independent reports of the same events",
    }
    | _ESTIMATE
    | {
        "p": "two-sided, paired sign flips by event",
        "q": "Benjamini-Hochberg over the tests with the same `against`",
        "rejected": "q is at most fdr; empty where nothing can be tested",
    },
}

DIRECTED = (
    "cut_odds",
    "decomposition",
    "drift",
    "fates",
    "flow",
    "moves",
    "n",
    "survival",
    "tests",
)
UNDIRECTED = ("cut_odds", "drift", "fates", "flow", "moves", "n", "sharing", "tests")


def tables_of(directed: bool) -> tuple[str, ...]:
    """Names of the tables of a corpus whose pairs have a direction, or have none."""
    return DIRECTED if directed else UNDIRECTED


class Facts(NamedTuple):
    """What one pair contributes to every table; small, so that full comparisons need not stay in memory."""

    pair: StudyPair
    words: dict[str, int]
    levels: Floats
    survival: dict[str, tuple[float, float]]
    sentences: Floats
    fates: dict[tuple[str, str], tuple[float, float]]
    moves: dict[str, int]
    kilowords: float
    overlap: float
    units: UnitCounts


def study_tables(
    studied: Iterable[Studied],
    params: StatisticsParams,
    seed: int,
    directed: bool = True,
    held: Held | None = None,
) -> dict[str, "pd.DataFrame"]:
    """The tables named by `tables_of(directed)`, computed from all pairs of a corpus.

    Excluded pairs (`left_out`) and revisions within an outlet enter only the tables `n`, `flow` and `drift`.
    `seed` determines the sampling of pairs and the sign flips. `held` is what the corpus held before pairs were
    chosen, by default their articles.
    """
    facts = sorted(map(facts_of, studied), key=_order)
    reasons = left_out([fact.pair for fact in facts], params, seed)
    kept = [
        fact
        for fact, reason in zip(facts, reasons, strict=True)
        if reason is None and fact.pair.condition != "revision"
    ]
    pairs = [fact.pair for fact in kept]
    levels = np.array([fact.levels for fact in kept]).reshape(-1, len(LEVELS), len(MEASURES), 2)
    survival = partial(_survival_rows, pairs, kept, params)
    rows: dict[str, Callable[[], Iterable[dict[str, Any]]]] = {
        "cut_odds": lambda: odds_rows(pairs, [fact.sentences for fact in kept], params.interval),
        "decomposition": lambda: decomposition_rows(pairs, levels, params.interval),
        "drift": lambda: _drift_rows(facts, params, seed),
        "fates": lambda: _fate_rows(pairs, kept, params, directed),
        "flow": lambda: flow_rows(
            [fact.pair for fact in facts], reasons, [fact.units for fact in facts], held
        ),
        "moves": lambda: _move_rows(pairs, kept, params, directed),
        "n": lambda: size_rows(
            [fact.pair for fact in facts], [fact.words for fact in facts], reasons
        ),
        "sharing": survival,
        "survival": survival,
        "tests": lambda: _test_rows(pairs, kept, levels, params, seed, directed),
    }
    return {name: _table(name, rows[name]()) for name in tables_of(directed)}


def facts_of(studied: Studied) -> Facts:
    """The contribution of one pair to the tables."""
    return Facts(
        studied.pair,
        article_words(studied),
        level_terms(studied),
        survival_ratios(studied),
        sentence_outcomes(studied),
        fates.fate_ratios(studied),
        studied.comparison.move_counts,
        rates.repost_kilowords(studied),
        overlap(studied),
        unit_counts(studied),
    )


def _survival_rows(
    pairs: Sequence[StudyPair], facts: Sequence[Facts], params: StatisticsParams
) -> Iterator[dict[str, Any]]:
    ratios = [fact.survival for fact in facts]
    share = partial(share_estimate, interval=params.interval)
    for group, place, estimate in ratio_rows(pairs, ratios, PLACES, share):
        yield {"condition": group.condition, "kind": group.kind, "place": place} | estimate


def _fate_rows(
    pairs: Sequence[StudyPair], facts: Sequence[Facts], params: StatisticsParams, directed: bool
) -> Iterator[dict[str, Any]]:
    ratios = [fact.fates for fact in facts]
    names = {} if directed else fates.UNDIRECTED
    share = partial(share_estimate, interval=params.interval)
    for group, (subject, fate), estimate in ratio_rows(pairs, ratios, fates.FATES, share):
        base = fates.BASES[fate]
        keys = {"condition": group.condition, "kind": group.kind, "subject": subject}
        yield keys | {"fate": names.get(fate, fate), "base": names.get(base, base)} | estimate


def _drift_rows(
    facts: Sequence[Facts], params: StatisticsParams, seed: int
) -> Iterator[dict[str, Any]]:
    """The drift of all pairs, also of those whose direction is unknown and of revisions."""
    pairs = [as_version(fact.pair) for fact in facts]
    taken = [place for place, why in enumerate(left_out(pairs, params, seed)) if why is None]
    ratios = [drift_ratios(facts[place].fates, facts[place].overlap) for place in taken]
    return drift_rows([pairs[place] for place in taken], ratios, params.interval)


def _move_rows(
    pairs: Sequence[StudyPair], facts: Sequence[Facts], params: StatisticsParams, directed: bool
) -> Iterator[dict[str, Any]]:
    counts = [fact.moves if directed else rates.undirected(fact.moves) for fact in facts]
    slugs = sorted({slug for of_pair in counts for slug in of_pair})
    ratios = [
        rates.move_ratios(of_pair, fact.kilowords, slugs)
        for of_pair, fact in zip(counts, facts, strict=True)
    ]
    rate = partial(rate_estimate, interval=params.interval)
    for group, slug, estimate in ratio_rows(pairs, ratios, slugs, rate):
        yield {"condition": group.condition, "kind": group.kind, "move": slug} | estimate


def _test_rows(
    pairs: Sequence[StudyPair],
    facts: Sequence[Facts],
    levels: Floats,
    params: StatisticsParams,
    seed: int,
    directed: bool,
) -> list[dict[str, Any]]:
    tests = fate_tests(pairs, [fact.fates for fact in facts], params, seed)
    if directed:
        tests += effect_tests(pairs, levels, params, seed)
    else:
        tests = [test | {"effect": fates.UNDIRECTED[test["effect"]]} for test in tests]
    return with_q(tests, params.fdr)


def _table(name: str, rows: Iterable[dict[str, Any]]) -> "pd.DataFrame":
    import pandas as pd

    columns = list(COLUMNS[name])
    first = next(column for column in ("value", "events", "count") if column in columns)
    keys = columns[: columns.index(first)]
    table = pd.DataFrame(list(rows), columns=columns)
    numbers = table.select_dtypes("float").columns
    table[numbers] = table[numbers].round(12) + 0.0
    return table.sort_values(keys, kind="stable", ignore_index=True)


def _order(fact: Facts) -> tuple[str, ...]:
    pair = fact.pair
    return pair.condition, pair.kind, pair.event, pair.id, pair.original, pair.repost
