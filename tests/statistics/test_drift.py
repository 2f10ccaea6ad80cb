from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from reframing.documents.params import StatisticsParams, read_params
from reframing.statistics.drift import BANDS, band_of, overlap
from reframing.statistics.study_tables import study_tables
from studied import corpus, link, move, sentence, study

ROOT = Path(__file__).parents[2]
DRIFTS = ("differs", "other words", "unquoted", "shorter")
MOVES = {"altered": "other words", "paraphrased": "unquoted", "truncated": "shorter"}


def drift(records):
    return study_tables(records, StatisticsParams(flips=99), seed=1, directed=False)["drift"]


def value(table, condition, fate, band):
    at = (table["condition"] == condition) & (table["fate"] == fate) & (table["overlap"] == band)
    return table.loc[at, "value"].item()


def pair(event, condition, found, shared=1, quotes=2):
    """A pair of ten words with `quotes` quotations in a shared sentence, `found` of them altered."""
    texts = [sentence("lead", quotes=quotes), *[sentence(words=10) for _ in range(5)]]
    moves = [move("quote-altered", 0, 0, start=10 * n) for n in range(found)]
    links = [link(i, i) for i in range(shared + 1)]
    return study(texts, texts, links, moves, event, condition, condition)


def test_overlap_is_of_the_words_outside_sentences_with_quotations():
    original = [sentence(words=30, quotes=1), sentence(words=10), sentence(words=30)]
    repost = [sentence(words=50, quotes=1), sentence(words=20)]
    assert overlap(study(original, repost, [link(0, 0), link(1, 1)])) == (10 + 20) / (40 + 20)
    assert overlap(study(original, repost, [link(0, 0)])) == 0


def test_overlap_is_the_same_in_both_orders():
    for one in corpus(3, conditions=("version",)):
        links = [link(j, i) for x in one.comparison.alignment for i in x.original for j in x.repost]
        assert overlap(study(one.repost_measures, one.original_measures, links)) == overlap(one)


def test_texts_of_quotations_alone_have_no_overlap_and_no_band():
    only = [sentence(quotes=1)]
    assert np.isnan(overlap(study(only, only, [link(0, 0)])))
    assert band_of(np.nan) is None


@pytest.mark.parametrize(
    ("share", "band"), [(0, 0), (0.19, 0), (0.2, 1), (0.6, 3), (0.99, 4), (1, 4)]
)
def test_a_band_holds_its_lower_end(share, band):
    assert band_of(share) == BANDS[band]


def test_a_pair_counts_in_its_band_and_in_any():
    table = drift([pair("flood", "version", found=1, shared=1)])
    assert value(table, "version", "differs", BANDS[1]) == 0.5
    assert value(table, "version", "differs", "any") == 0.5
    assert value(table, "version", "other words", "any") == 0.5
    assert value(table, "version", "unquoted", "any") == 0
    assert np.isnan(value(table, "version", "differs", BANDS[0]))


def test_a_difference_of_overlap_alone_is_no_difference_at_equal_overlap():
    records = []
    for n in range(8):
        few, many = (f"few-{n}", 1), (f"many-{n}", 4)
        for (event, shared), found in ((few, 2), (many, 1)):
            times = {"version": 1 if shared == 1 else 3, "independent": 3 if shared == 1 else 1}
            for condition, weight in times.items():
                records += [
                    pair(f"{event}-{condition}-{i}", condition, found, shared)
                    for i in range(weight)
                ]
    table = drift(records)
    versions, reports = (value(table, c, "differs", "any") for c in ("version", "independent"))
    assert versions < reports
    assert value(table, "version less independent", "differs", "equal") == 0


def test_the_difference_changes_its_sign_with_the_conditions():
    def of(first, second):
        records = [pair(f"a-{n}", first, n % 2) for n in range(6)]
        records += [pair(f"b-{n}", second, 1 + n % 2) for n in range(6)]
        table = drift(records)
        row = table[(table["condition"] == "version less independent")]
        return row.set_index("fate").loc["differs", ["value", "low", "high"]].to_numpy(float)

    value, low, high = of("version", "independent")
    assert value == pytest.approx(-0.5)
    assert of("independent", "version") == pytest.approx([-value, -high, -low])


def test_without_independent_reports_nothing_is_compared():
    table = drift(corpus(4, conditions=("version", "copy")))
    assert set(table["condition"]) == {"version", "copy"}


def test_one_event_of_each_condition_gives_no_difference():
    table = drift([pair("a", "version", 1), pair("b", "independent", 2)])
    rows = table[table["condition"] == "version less independent"]
    assert rows["value"].isna().all()
    assert (rows["n_events"] == 0).all()


def test_which_text_came_first_does_not_matter_to_drift():
    def table(direction):
        records = [pair(f"a-{n}", "repost", n % 2) for n in range(4)]
        turned = [replace(one, pair=replace(one.pair, direction=direction)) for one in records]
        return study_tables(turned, StatisticsParams(flips=9), seed=1)["drift"]

    known, unknown = table("original→repost"), table("undetermined")
    assert value(known, "version", "differs", "any") == 0.25
    pd.testing.assert_frame_equal(known, unknown)


def test_versions_are_compared_with_revisions_by_one_outlet():
    records = [pair(f"a-{n}", "repost", 1) for n in range(4)]
    records += [pair(f"b-{n}", "revision", 0) for n in range(4)]
    table = study_tables(records, StatisticsParams(flips=9), seed=1)["drift"]
    assert value(table, "version less revision", "differs", "equal") == 0.5
    assert not (table["condition"] == "version less independent").any()


# A second computation, in pandas, nothing of the package.


def recomputed(frame):
    """Shares by condition, fate and band, and the differences at equal overlap, of one row a pair and fate."""
    frame = frame[frame["cases"] > 0]
    cut = pd.cut(frame["overlap"], [0, 0.2, 0.4, 0.6, 0.8, 1.01], right=False, labels=list(BANDS))
    frame = frame.assign(band=cut.astype(object))
    events = frame.groupby(["condition", "fate", "band", "event"])[["found", "cases"]].sum()
    shares = (events["found"] / events["cases"]).rename("share")
    means = shares.groupby(["condition", "fate", "band"]).mean()
    compared = {}
    by_fate = shares.reset_index().groupby("fate")
    nulls = [null for null in ("independent", "revision") if null in set(frame["condition"])]
    for null, (fate, every) in product(nulls, by_fate):
        of = every[every["condition"].isin(["version", null])]
        n = of.pivot_table(index="band", columns="condition", values="share", aggfunc="count")
        n = n.reindex(columns=["version", null]).dropna()
        n = n[(n >= 2).all(axis=1)]
        weight = n["version"] * n[null] / n.sum(axis=1)
        weight /= weight.sum()
        of = of[of["band"].isin(n.index)]
        if of.empty:
            continue
        sign = of["condition"].map({"version": 1.0, null: -1.0})
        size = of.groupby(["condition", "band"])["share"].transform("size")
        centred = of["share"] - of.groupby(["condition", "band"])["share"].transform("mean")
        factor = sign * of["band"].map(weight) / size
        influence = (factor * centred).groupby(of["event"]).sum()
        g = len(influence)
        compared[f"version less {null}", fate] = (
            (factor * of["share"]).sum(),
            np.sqrt(g / (g - 1) * (influence**2).sum()),
            g,
        )
    return means, compared


def assert_same(table, frame):
    from scipy.stats import t

    means, compared = recomputed(frame)
    rows = table[table["overlap"].isin(BANDS) & (table["n_events"] > 0)]
    assert len(rows) == len(means)
    assert {("version", fate) for fate in DRIFTS} <= set(
        zip(rows["condition"], rows["fate"], strict=True)
    )
    keys = pd.MultiIndex.from_frame(rows[["condition", "fate", "overlap"]])
    assert rows["value"].to_numpy() == pytest.approx(means.reindex(keys).to_numpy(), abs=1e-6)
    rows = table[table["overlap"] == "equal"].set_index(["condition", "fate"])
    assert set(rows[rows["value"].notna()].index) == set(compared)
    for key, (middle, error, g) in compared.items():
        row, half = rows.loc[key], t.ppf(0.975, g - 1) * error
        assert row["n_events"] == g
        ends = [middle, middle - half, middle + half]
        assert row[["value", "low", "high"]].tolist() == pytest.approx(ends, abs=1e-6)


def as_independent(one):
    return replace(one, pair=replace(one.pair, condition="independent"))


def test_every_row_is_what_pandas_makes_of_the_records():
    records = [
        *corpus(events=14, conditions=("version", "copy"), seed=3),
        *map(as_independent, corpus(events=11, conditions=("version",), seed=4)),
    ]
    rows = []
    for one in records:
        linked = {i for x in one.comparison.alignment for i in x.original}
        other = {j for x in one.comparison.alignment for j in x.repost}
        words = [
            (s.n_words, i in of)
            for side, of in ((one.original_measures, linked), (one.repost_measures, other))
            for i, s in enumerate(side)
            if s.n_quotes == 0
        ]
        share = sum(n for n, is_linked in words if is_linked) / sum(n for n, _ in words)
        spans = {name: set() for name in MOVES}
        for m in one.comparison.moves:
            kind = m.move.removeprefix("quote-")
            if m.move.startswith("quote-") and kind in MOVES and set(m.original_sentences) & linked:
                spans[kind].add(m.original)
        cases = sum(one.original_measures[i].n_quotes for i in linked)
        found = {MOVES[name]: len(spans[name]) for name in MOVES}
        found["differs"] = sum(found.values())
        rows += [
            {"condition": one.pair.condition, "event": one.pair.event, "overlap": share}
            | {"fate": fate, "found": n, "cases": max(cases, found["differs"])}
            for fate, n in found.items()
        ]
    assert_same(drift(records), pd.DataFrame(rows))


def sentences_of(pairs, links, sentences, side):
    """One row a sentence of one side of each pair, with whether it is linked."""
    linked = links[["pair", f"{side}_sentence"]].drop_duplicates().assign(linked=1.0)
    articles = pairs[side].str.removesuffix("#copy")
    rows = pairs[["pair"]].assign(article=articles).merge(sentences, on="article")
    linked = linked.rename(columns={f"{side}_sentence": "sentence"})
    return rows.merge(linked, how="left", on=["pair", "sentence"]).fillna({"linked": 0.0})


@pytest.mark.parametrize("name", read_params(ROOT / "params.yaml").corpora)
def test_the_published_table_is_what_pandas_makes_of_the_tidy_tables(name):
    folder = ROOT / "results/tables" / name
    names = ("pairs", "links", "moves", "sentences")
    pairs, links, moves, sentences = (pd.read_parquet(folder / f"{name}.parquet") for name in names)
    pairs = pairs.replace({"condition": {"repost": "version"}})
    events = pairs.groupby(["condition", "kind", "event"]).size()
    assert events.max() <= read_params(ROOT / "params.yaml").statistics.max_pairs_per_event
    first, second = (sentences_of(pairs, links, sentences, s) for s in ("original", "repost"))
    rest = pd.concat([first, second]).query("quotations == 0")
    share = (rest["linked"] * rest["words"]).groupby(rest["pair"]).sum()
    share /= rest.groupby("pair")["words"].sum()
    counted = (first["linked"] * first["quotations"]).groupby(first["pair"]).sum()
    kinds = {f"quote-{name}": fate for name, fate in MOVES.items()}
    linked = links[["pair", "original_sentence"]].drop_duplicates()
    moves = moves[moves["move"].isin(list(kinds)) & moves["original_start"].notna()]
    moves = moves.merge(linked, on=["pair", "original_sentence"])
    moves = moves.assign(rank=moves["move"].map({slug: n for n, slug in enumerate(kinds)}))
    moves = moves.sort_values("rank").drop_duplicates(["pair", "original_start", "original_end"])
    found = moves.groupby(["pair", "move"]).size().unstack(fill_value=0).rename(columns=kinds)
    found = found.reindex(pairs["pair"], columns=list(MOVES.values()), fill_value=0)
    found["differs"] = found.sum(axis=1)
    cases = np.maximum(counted.reindex(found.index), found["differs"])
    long = found.melt(ignore_index=False, var_name="fate", value_name="found")
    about = pairs.set_index("pair")[["condition", "event"]]
    long = long.join(about).join(share.rename("overlap")).join(cases.rename("cases"))
    assert_same(pd.read_csv(folder / "drift.csv"), long.reset_index())
