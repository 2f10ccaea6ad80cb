"""Drift of quotations: how often they differ between two texts of one event, by how much the texts share.

**Overlap**: the share of the words of both texts that are in sentences with a counterpart in the other text.
Sentences with a quotation are left out, because a quotation that is the same in both makes its sentences alike:
overlap is how much of the rest is shared. It is the same in both orders.

**Drift**: of the quotations in shared sentences, those that differ, and how (`reframing.statistics.fates`).
Which of two texts came first does not matter here, so every pair takes part. **Versions** are texts that share
wording, of different outlets where outlets are known. They have two nulls: independent reports of their event,
and revisions, which are versions by one outlet, whose text no other hand has changed.

Versions of a story share more text than independent reports do, and less than revisions do, so they are
compared within bands of overlap, and over all bands: the mean of the differences by band, weighted by
n m / (n + m), with n and m events of either condition in the band (Mantel & Haenszel 1959, J. Natl. Cancer
Inst. 22, 719-748, have these weights). An event counts in several bands and in both conditions; its residuals
are summed before they are squared, so that the interval, Student's, is by event (Liang & Zeger 1986, Biometrika
73, 13-22).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from reframing.documents.records import Studied, StudyPair
from reframing.statistics.estimates import Floats, share_estimate
from reframing.statistics.fates import QUOTES, UNDIRECTED
from reframing.statistics.groups import ALL_KINDS, event_codes, linked_sentences, ratio_rows

BANDS = ("0 to 20%", "20 to 40%", "40 to 60%", "60 to 80%", "80 to 100%")
ANY_OVERLAP, EQUAL_OVERLAP = "any", "equal"
"""All pairs whatever their overlap; the comparison of two conditions within bands."""

NULLS = ("independent", "revision")
"""Conditions that versions are compared with."""

DIFFERENCES = {null: f"version less {null}" for null in NULLS}
"""Condition of the rows that compare versions with each of `NULLS`."""

DIFFERS = "differs"
DRIFTS = (DIFFERS, *(fate for _, fate in QUOTES.fates))
"""What can become of a quotation in a shared sentence: any difference, and each by itself."""

Key = tuple[str, str]
"""What became of a quotation, and the band of overlap."""


def overlap(studied: Studied) -> float:
    """Share of the words of both texts, outside sentences with quotations, in sentences that are linked.

    nan where every sentence has a quotation.
    """
    shared = words = 0
    sides = (studied.original_measures, studied.repost_measures)
    for measures, linked in zip(sides, linked_sentences(studied), strict=True):
        within = set(linked)
        for index, sentence in enumerate(measures):
            if not sentence.n_quotes:
                words += sentence.n_words
                shared += sentence.n_words * (index in within)
    return shared / words if words else np.nan


def band_of(share: float) -> str | None:
    """The band of an overlap; None where it is nan."""
    if np.isnan(share):
        return None
    return BANDS[min(int(len(BANDS) * share), len(BANDS) - 1)]


def drift_ratios(
    fates: Mapping[tuple[str, str], tuple[float, float]], share: float
) -> dict[Key, tuple[float, float]]:
    """Quotations of a pair that drifted, and quotations in shared sentences, by what became of them and band.

    `fates` are those of `fate_ratios`, `share` is the overlap of the pair; bands other than its own have none.
    """
    kept, cases = fates[QUOTES.name, "kept"]
    found = {fate: fates[QUOTES.name, fate][0] for _, fate in QUOTES.fates}
    found[DIFFERS] = cases - kept
    own = (ANY_OVERLAP, band_of(share))
    return {
        (fate, band): (found[fate], cases) if band in own else (0.0, 0.0)
        for fate in DRIFTS
        for band in (*BANDS, ANY_OVERLAP)
    }


def as_version(pair: StudyPair) -> StudyPair:
    """A pair without its direction: a repost is one of two versions."""
    return replace(pair, condition="version") if pair.condition == "repost" else pair


def drift_rows(
    pairs: Sequence[StudyPair], ratios: Sequence[Mapping[Key, tuple[float, float]]], interval: float
) -> Iterator[dict[str, Any]]:
    """Rows of the table `drift`: shares by condition and overlap, and versions less each of `NULLS`."""
    keys = [(fate, band) for fate in DRIFTS for band in (*BANDS, ANY_OVERLAP)]
    share = partial(share_estimate, interval=interval)
    for group, (fate, band), row in ratio_rows(pairs, ratios, keys, share):
        if group.kind == ALL_KINDS:
            yield _named(group.condition, fate, band) | row
    conditions = {pair.condition for pair in pairs}
    for null in NULLS:
        if {"version", null} <= conditions:
            for fate in DRIFTS:
                yield _named(DIFFERENCES[null], fate, EQUAL_OVERLAP) | _difference(
                    pairs, ratios, null, fate, interval
                )


def _named(condition: str, fate: str, band: str) -> dict[str, Any]:
    name = UNDIRECTED.get(fate, fate)
    return {"condition": condition, "kind": ALL_KINDS, "fate": name, "overlap": band}


def _difference(
    pairs: Sequence[StudyPair],
    ratios: Sequence[Mapping[Key, tuple[float, float]]],
    null: str,
    fate: str,
    interval: float,
) -> dict[str, Any]:
    """Versions less pairs of the null of equal overlap, as a row; nan if no band has two events of each."""
    from scipy.special import stdtrit

    events, codes = event_codes([pair.event for pair in pairs])
    sides = [
        np.array([pair.condition == condition for pair in pairs], bool)
        for condition in ("version", null)
    ]
    value, weights, n_pairs = 0.0, 0.0, 0
    residuals = np.zeros(len(events))
    seen = np.zeros(len(events), bool)
    for band in BANDS:
        terms = np.array([ratio[fate, band] for ratio in ratios], float)
        versions, others = (_shares(terms[side], codes[side], len(events)) for side in sides)
        n, m = (int((~np.isnan(shares)).sum()) for shares in (versions, others))
        if min(n, m) < 2:
            continue
        weight = n * m / (n + m)
        value += weight * float(np.nanmean(versions) - np.nanmean(others))
        weights += weight
        residuals += weight * np.nan_to_num(versions - np.nanmean(versions)) / n
        residuals -= weight * np.nan_to_num(others - np.nanmean(others)) / m
        seen |= ~np.isnan(versions) | ~np.isnan(others)
        n_pairs += int((terms[sides[0] | sides[1], 1] > 0).sum())
    clusters = int(seen.sum())
    row = dict.fromkeys(("value", "low", "high", "pooled", "n_effective"), np.nan)
    row |= dict.fromkeys(("without_one_low", "without_one_high", "found", "n"), np.nan)
    if weights:
        error = float(np.sqrt((residuals**2).sum() * clusters / (clusters - 1))) / weights
        half = float(stdtrit(clusters - 1, (1 + interval) / 2)) * error
        middle = value / weights
        row |= {"value": middle, "low": middle - half, "high": middle + half}
    return row | {"n_events": clusters, "n_pairs": n_pairs}


def _shares(terms: Floats, codes: np.ndarray, n_events: int) -> Floats:
    """The share of each event, nan where it has no case; `terms` has found and cases of each pair."""
    found = np.bincount(codes, terms[:, 0], n_events)
    cases = np.bincount(codes, terms[:, 1], n_events)
    return np.divide(found, cases, out=np.full(n_events, np.nan), where=cases > 0)
