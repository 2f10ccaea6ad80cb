"""Every published estimate, computed a second time: pandas over one row a pair, nothing of the package."""

import numpy as np
import pandas as pd
import pytest

from reframing.documents.params import StatisticsParams
from reframing.statistics.study_tables import study_tables, tables_of
from studied import corpus

RECORDS = corpus(events=9, seed=4)
TABLES = study_tables(RECORDS, StatisticsParams(flips=99), seed=1)
GROUP = ["condition", "kind"]


def pairs(row_of):
    """One row a pair with its group; every pair stands once more in the group of all kinds."""
    rows = [
        {"condition": r.pair.condition, "kind": r.pair.kind, "event": r.pair.event} | row_of(r)
        for r in RECORDS
    ]
    frame = pd.DataFrame(rows)
    return pd.concat([frame, frame.assign(kind="all")], ignore_index=True)


def mean_of_event_ratios(frame, top, bottom):
    """By condition and kind: the mean over events of the ratio of sums over the event's pairs."""
    sums = frame.groupby([*GROUP, "event"])[[top, bottom]].sum()
    return (sums[top] / sums[bottom].where(sums[bottom] > 0)).groupby(GROUP).mean()


def published(table, **keys):
    found = TABLES[table]
    for column, value in keys.items():
        found = found[found[column] == value]
    return found.set_index(GROUP)


def linked(record, side):
    return {i for link in record.comparison.alignment for i in getattr(link, side)}


def assert_equal(published, recomputed):
    assert len(published)
    recomputed = recomputed.reindex(published.index)
    assert published.to_numpy() == pytest.approx(recomputed.to_numpy(), nan_ok=True)


def test_survival_is_the_mean_of_the_events_own_shares():
    frame = pairs(lambda r: {"kept": len(linked(r, "original")), "all": len(r.original_measures)})
    table = published("survival", place="everywhere")
    assert_equal(table["value"], mean_of_event_ratios(frame, "kept", "all"))
    sums = frame.groupby(GROUP)[["kept", "all"]].sum()
    assert_equal(table["pooled"], sums["kept"] / sums["all"])
    assert_equal(table["found"], sums["kept"])
    by_event = frame.groupby([*GROUP, "event"])["all"].sum().groupby(GROUP)
    assert_equal(table["n_effective"], by_event.agg(lambda n: n.sum() ** 2 / (n**2).sum()))


@pytest.mark.parametrize(
    ("slug", "fate"), [("attribution-dropped", "dropped"), ("attribution-vague", "vague")]
)
def test_fates_are_means_of_the_events_own_shares(slug, fate):
    def row(record):
        kept = linked(record, "original")
        gravest = ("attribution-dropped", "attribution-swapped", "attribution-vague")
        earlier = gravest[: gravest.index(slug)]
        spans = {m.original for m in record.comparison.moves if m.move == slug}
        spans -= {m.original for m in record.comparison.moves if m.move in earlier}
        count = [s.n_attributions for s in record.original_measures]
        return {"changed": len(spans), "carried": sum(count[i] for i in kept)}

    table = published("fates", subject="attribution", fate=fate)
    assert_equal(table["value"], mean_of_event_ratios(pairs(row), "changed", "carried"))


def test_omitted_attributions_are_means_of_the_events_own_shares():
    def row(record):
        lost = set(range(len(record.original_measures))) - linked(record, "original")
        count = [s.n_attributions for s in record.original_measures]
        return {"lost": sum(count[i] for i in lost), "all": sum(count)}

    table = published("fates", subject="attribution", fate="omitted")
    assert_equal(table["value"], mean_of_event_ratios(pairs(row), "lost", "all"))


def test_moves_are_means_of_the_events_own_rates():
    def row(record):
        found = [m.move for m in record.comparison.moves].count("hedge-dropped")
        return {"found": found, "kilowords": sum(s.n_words for s in record.repost_measures) / 1000}

    table = published("moves", move="hedge-dropped")
    assert_equal(table["value"], mean_of_event_ratios(pairs(row), "found", "kilowords"))


def test_rewording_is_the_mean_of_the_events_own_differences():
    def row(record):
        before = [record.original_measures[i] for i in linked(record, "original")]
        after = [record.repost_measures[j] for j in linked(record, "repost")]
        return {
            "hedges_before": sum(s.n_hedges for s in before),
            "words_before": sum(s.n_words for s in before),
            "hedges_after": sum(s.n_hedges for s in after),
            "words_after": sum(s.n_words for s in after),
        }

    sums = pairs(row).groupby([*GROUP, "event"]).sum(numeric_only=True)
    by_event = 1000 * (
        sums["hedges_after"] / sums["words_after"] - sums["hedges_before"] / sums["words_before"]
    )
    table = published("decomposition", measure="hedges", quantity="rewording")
    assert_equal(table["value"], by_event.groupby(GROUP).mean())
    half = by_event.groupby(GROUP).agg(lambda x: 2.306004 * x.std(ddof=1) / np.sqrt(len(x)))
    assert_equal(table["high"] - table["value"], half.where(half > 1e-12, 0.0))


def test_what_is_dropped_in_one_order_is_added_in_the_other_so_versions_have_one_rate():
    versions = study_tables(
        corpus(5, conditions=("version",)), StatisticsParams(), 1, directed=False
    )
    assert set(versions) == set(tables_of(False))
    assert not {"decomposition", "survival"} & set(versions)
    words = " ".join(versions["moves"]["move"]) + " ".join(versions["fates"]["fate"])
    for signed in ("added", "dropped", "omitted", "kept", "promoted", "carried"):
        assert signed not in words
