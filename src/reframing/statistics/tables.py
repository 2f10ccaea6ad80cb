"""Every table of a study, in long format, from its compared pairs.

`COLUMNS` says what each column holds. Rows are sorted; the order of the records does not matter.
Intervals (`low`, `high`) are percentile cluster bootstraps by event and nan for a single event.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from reframing.params import StatisticsParams
from reframing.records import Studied, StudyPair
from reframing.statistics.bootstrap import Floats, Resampling
from reframing.statistics.decomposition import EFFECTS, LEVELS, decomposition_rows, level_terms
from reframing.statistics.fates import BASES, FATES, fate_ratios
from reframing.statistics.groups import ratio_rows
from reframing.statistics.measures import MEASURES
from reframing.statistics.rates import move_ratios, repost_kilowords
from reframing.statistics.selection import left_out
from reframing.statistics.significance import MAIN_EFFECTS, effect_rows
from reframing.statistics.sizes import article_words, size_rows
from reframing.statistics.survival import PLACES, survival_ratios

if TYPE_CHECKING:
    import pandas as pd

_GROUP = {
    "condition": "repost, or the null copy, independent, swapped",
    "kind": "kind of repost, or all",
}
_ESTIMATE = {
    "value": "the estimate, each event weighing alike",
    "low": "lower end of the interval",
    "high": "upper end of the interval",
    "n_events": "events behind the estimate",
}

COLUMNS: dict[str, dict[str, str]] = {
    "decomposition": _GROUP
    | {
        "measure": "what is measured: " + ", ".join(measure.name for measure in MEASURES),
        "unit": "per 1,000 words, or word-weighted mean",
        "quantity": f"a level ({', '.join(LEVELS)}) or an effect ({', '.join(EFFECTS)})",
    }
    | _ESTIMATE
    | {"n_pairs": "pairs in which something is aligned"},
    "fates": _GROUP
    | {
        "subject": "attribution or quote",
        "fate": "what became of it",
        "base": "of what it is a share: carried over, original or repost",
    }
    | _ESTIMATE
    | {"n_pairs": "pairs that have such a base", "n": "attributions or quotes in the base"},
    "moves": _GROUP
    | {"move": "slug of the move"}
    | _ESTIMATE
    | {"n_pairs": "pairs", "n": "thousands of words in the reposts"},
    "n": _GROUP
    | {
        "events": "events of the studied pairs",
        "pairs": "pairs studied",
        "articles": "distinct articles in them",
        "words": "words in those articles",
        "direction undetermined": "pairs left out: which came first is unknown",
        "confidence too low": "pairs left out: direction less sure than min_confidence",
        "sampled down": "pairs left out: more than max_pairs_per_event of one event and kind",
    },
    "survival": _GROUP
    | {"place": "headline, lead, body 01 to body 10 (deciles), or everywhere"}
    | _ESTIMATE
    | {"n_pairs": "pairs with a sentence there", "n": "sentences of the originals there"},
    "tests": {
        "kind": "kind of repost",
        "measure": "what is measured",
        "effect": ", ".join(MAIN_EFFECTS),
        "against": "no change, or the same effect in independent reports of the same events",
    }
    | _ESTIMATE
    | {
        "p": "two-sided, paired sign flips by event",
        "q": "Benjamini-Hochberg over the tests with the same `against`",
        "rejected": "q is at most fdr",
    },
}


class Facts(NamedTuple):
    """What one pair contributes to every table; small, so that the records need not be held."""

    pair: StudyPair
    words: dict[str, int]
    levels: Floats
    survival: dict[str, tuple[float, float]]
    fates: dict[tuple[str, str], tuple[float, float]]
    moves: dict[str, int]
    kilowords: float


def study_tables(
    studied: Iterable[Studied], params: StatisticsParams, seed: int
) -> dict[str, "pd.DataFrame"]:
    """The tables named in `COLUMNS`: decomposition, fates, moves, n, survival, tests."""
    facts = sorted(map(facts_of, studied), key=_order)
    reasons = left_out([fact.pair for fact in facts], params, seed)
    kept = [fact for fact, reason in zip(facts, reasons, strict=True) if reason is None]
    pairs = [fact.pair for fact in kept]
    levels = np.array([fact.levels for fact in kept]).reshape(-1, len(LEVELS), len(MEASURES), 2)
    resampling = Resampling(params.resamples, params.interval, seed)
    rows: dict[str, Iterable[dict[str, Any]]] = {
        "decomposition": decomposition_rows(pairs, levels, resampling),
        "fates": _fate_rows(pairs, kept, resampling),
        "moves": _move_rows(pairs, kept, resampling),
        "n": size_rows([fact.pair for fact in facts], [fact.words for fact in facts], reasons),
        "survival": _survival_rows(pairs, kept, resampling),
        "tests": effect_rows(pairs, levels, resampling, params.fdr),
    }
    return {name: _table(name, rows[name]) for name in COLUMNS}


def facts_of(studied: Studied) -> Facts:
    """What one pair contributes."""
    return Facts(
        studied.pair,
        article_words(studied),
        level_terms(studied),
        survival_ratios(studied),
        fate_ratios(studied),
        studied.comparison.move_counts,
        repost_kilowords(studied),
    )


def _survival_rows(
    pairs: Sequence[StudyPair], facts: Sequence[Facts], resampling: Resampling
) -> Iterator[dict[str, Any]]:
    ratios = [fact.survival for fact in facts]
    for group, place, estimate in ratio_rows(pairs, ratios, PLACES, resampling):
        yield {"condition": group.condition, "kind": group.kind, "place": place} | estimate


def _fate_rows(
    pairs: Sequence[StudyPair], facts: Sequence[Facts], resampling: Resampling
) -> Iterator[dict[str, Any]]:
    ratios = [fact.fates for fact in facts]
    for group, (subject, fate), estimate in ratio_rows(pairs, ratios, FATES, resampling):
        keys = {"condition": group.condition, "kind": group.kind, "subject": subject, "fate": fate}
        yield keys | {"base": BASES[fate]} | estimate


def _move_rows(
    pairs: Sequence[StudyPair], facts: Sequence[Facts], resampling: Resampling
) -> Iterator[dict[str, Any]]:
    slugs = sorted({slug for fact in facts for slug in fact.moves})
    ratios = [move_ratios(fact.moves, fact.kilowords, slugs) for fact in facts]
    for group, slug, estimate in ratio_rows(pairs, ratios, slugs, resampling):
        yield {"condition": group.condition, "kind": group.kind, "move": slug} | estimate


def _table(name: str, rows: Iterable[dict[str, Any]]) -> "pd.DataFrame":
    import pandas as pd

    columns = list(COLUMNS[name])
    keys = columns[: columns.index("value")] if "value" in columns else list(_GROUP)
    table = pd.DataFrame(list(rows), columns=columns)
    numbers = table.select_dtypes("float").columns
    table[numbers] = table[numbers].round(12) + 0.0
    return table.sort_values(keys, kind="stable", ignore_index=True)


def _order(fact: Facts) -> tuple[str, ...]:
    pair = fact.pair
    return pair.condition, pair.kind, pair.event, pair.id, pair.original, pair.repost
