"""The committed tables of effects, recomputed from units and readings without the package's estimators."""

from collections import defaultdict
from pathlib import Path

import pandas as pd
import pytest
from ruamel.yaml import YAML
from scipy.stats import f_oneway

ROOT = Path(__file__).parents[2]
TABLES, READ = ROOT / "results/tables", ROOT / "data/readings/units"
PARAMS = YAML(typ="safe").load(ROOT / "params.yaml")
ESTIMANDS = PARAMS["estimands"]
UNIT = ["pair", "unit"]
DIGITS = 2e-5
"""Tables have six significant digits."""


def written(name):
    return pd.read_csv(TABLES / f"effects/{name}.csv", keep_default_na=False)


def read_tsv(name):
    return pd.read_csv(READ / f"{name}.tsv", sep="\t", dtype={"number": str})


def units_of(corpus):
    """The units of pairs that are studied, as they were drawn from, with what they belong to."""
    pairs = pd.read_parquet(TABLES / corpus / "pairs.parquet")
    units = pd.read_parquet(READ / "drawn.frame.parquet")
    units = units[units["corpus"] == corpus]
    pairs = pairs[pairs["left_out"].isna() & (pairs["condition"] != "copy")]
    return units.merge(pairs[["pair", "event", "kind", "condition", "group"]], on="pair")


def reported(corpus):
    moves = pd.read_parquet(TABLES / corpus / "unit_moves.parquet")
    return moves.rename(columns={"reported": "n"})


def weighted_finds(corpus):
    """What was settled in each unit that was read, times the units for which it stands."""
    drawn = read_tsv("drawn")
    drawn = drawn[drawn["corpus"] == corpus]
    of_stratum = drawn.groupby("stratum")["number"].transform("size")
    drawn = drawn.assign(stands_for=drawn["stratum_units"] / of_stratum)
    finds = drawn.merge(read_tsv("counts"), on="number")
    return finds.assign(n=finds["settled"] * finds["stands_for"])


def value_of(estimand, moves):
    """Mean over events of moves added less those taken off per 1,000 words, by kinds and groups."""
    units = units_of(estimand["corpus"])
    units = units[~units["unit"].str.endswith("→")]
    sign = {**dict.fromkeys(estimand["more"], 1), **dict.fromkeys(estimand["less"], -1)}
    moves = moves[moves["move"].isin(list(sign))]
    net = (moves["n"] * moves["move"].map(sign)).groupby([moves[key] for key in UNIT]).sum()
    units = units.merge(net.rename("net").reset_index(), on=UNIT, how="left").fillna({"net": 0})

    def rates(kinds):
        of = units["kind"].isin(kinds) if kinds else units["condition"] != "independent"
        sums = units[of].groupby("event")[["net", "words"]].sum()
        sums = sums[sums["words"] > 0]
        return 1000 * sums["net"] / sums["words"]

    by_event = rates(estimand["kinds"])
    if estimand["against"]:
        by_event = (by_event - rates(estimand["against"])).dropna()
    if not estimand["of"]:
        return by_event.mean()
    groups = units.drop_duplicates("event").set_index("event")["group"].reindex(by_event.index)
    of, than = (by_event[groups == estimand[name]].mean() for name in ("of", "than"))
    return of - than


NAMES = ["news-loaded", "news-dose", "abstracts-certain", "laundered-loaded", "drift-quotes"]


def test_estimands_of_every_shape_are_recomputed():
    some = [ESTIMANDS[name] for name in NAMES]
    for field in ("less", "kinds", "against", "of"):
        assert {bool(one[field]) for one in some} == {True, False}
    assert all("sentence-omitted" not in one["more"] + one["less"] for one in some)


@pytest.mark.parametrize("name", NAMES)
def test_raw_effects_are_means_over_events_of_what_is_reported(name):
    row = written("effects").set_index("estimand").loc[name]
    expected = value_of(ESTIMANDS[name], reported(ESTIMANDS[name]["corpus"]))
    assert float(row["counted"]) == pytest.approx(expected, rel=DIGITS)


@pytest.mark.parametrize("name", NAMES)
def test_without_scores_effects_are_weighted_sums_of_what_was_found(name):
    table = written("specifications").set_index(["estimand", "choice", "option"])
    row = table.loc[(name, "scores", "not used")]
    expected = value_of(ESTIMANDS[name], weighted_finds(ESTIMANDS[name]["corpus"]))
    assert float(row["value"]) == pytest.approx(expected, rel=DIGITS)


def test_effects_as_chosen_are_those_of_the_table_of_effects():
    chosen = written("specifications").query("choice == 'as chosen'").set_index("estimand")
    columns = ["value", "low", "high", "events"]
    effects = written("effects").set_index("estimand")
    assert list(effects.index) == list(ESTIMANDS)
    assert chosen[columns].astype(float).equals(effects[columns].astype(float))


def test_whether_an_effect_survives_follows_from_its_rows():
    table = written("specifications")
    corrected = table[~table["choice"].isin(["uncorrected", "as chosen"])]
    for name, rows in table.groupby("estimand"):
        chosen = rows.loc[rows["choice"] == "as chosen", "value"].item()
        others = corrected[corrected["estimand"] == name]
        above, below = (others["low"] > 0).mean(), (others["high"] < 0).mean()
        up, down = (others["value"] > 0).all(), (others["value"] < 0).all()
        holds = (up and above >= 0.9) if chosen > 0 else (down and below >= 0.9)
        assert set(rows["survives"]) == {holds}, name
    assert set(table["survives"]) == {True, False}


def test_units_that_were_read_are_counted_by_stratum():
    with_a_move = set(read_tsv("counts").query("settled > 0")["number"])
    strata = defaultdict(list)
    for row in read_tsv("drawn").to_dict("records"):
        strata[row["stratum"]].append(row)
    found = {
        "/".join(map(str, row[:3])): row[3:]
        for row in written("reads").itertuples(index=False, name=None)
    }
    assert list(found) == sorted(strata)
    for stratum, rows in strata.items():
        units, read, share, finds = found[stratum]
        assert {row["stratum_units"] for row in rows} == {units}
        assert (read, finds) == (len(rows), sum(row["number"] in with_a_move for row in rows))
        assert share == pytest.approx(read / units, rel=DIGITS)


def test_as_many_units_were_read_as_the_study_says():
    reads = PARAMS["effects"]["reads"]
    assert written("reads").groupby("corpus")["read"].sum().to_dict() == reads


def test_strata_have_all_units_of_their_kind():
    """Units by kind, of the tables that are committed beside the readings."""
    of_kind = written("reads").groupby(["corpus", "kind"])["units"].sum()
    for corpus in ("raidar-news", "mixset"):
        expected = units_of(corpus)["kind"].value_counts()
        assert of_kind[corpus].to_dict() == expected.to_dict()


def test_agreement_is_on_all_units_that_were_read():
    counts, table = read_tsv("counts"), written("agreement").set_index("move")
    both = counts[(counts["a"] > 0) & (counts["b"] > 0)]["move"].value_counts()
    some = counts[(counts["a"] > 0) != (counts["b"] > 0)]["move"].value_counts()
    alone = table.drop("all")
    assert set(alone["units"]) == {counts["number"].nunique()}
    for column, expected in (("seen_by_all", both), ("seen_by_some", some)):
        seen = alone.loc[alone[column] > 0, column].to_dict()
        assert seen == expected.to_dict()
        assert table.loc["all", column] == expected.sum()


@pytest.mark.parametrize("outcome", ["evaluation", "hedge", "booster"])
def test_chance_is_recomputed_from_the_repeats_of_each_text(outcome):
    pairs, moves = (
        pd.read_parquet(TABLES / "raidar-models" / f"{name}.parquet") for name in ("pairs", "moves")
    )
    again = pairs[(pairs["kind"] == "gpt-3.5-again") & pairs["left_out"].isna()]
    sign = {f"{outcome}-added": 1, f"{outcome}-dropped": -1}
    counts = moves[moves["move"].isin(list(sign))].groupby(["pair", "move"]).size()
    rates, noise = defaultdict(list), defaultdict(list)
    for pair, text, words in again[["pair", "original", "repost_words"]].itertuples(index=False):
        of = {move: counts.get((pair, move), 0) for move in sign}
        rates[text].append(sum(sign[move] * n for move, n in of.items()) * 1000 / words)
        noise[text].append(sum(of.values()) * (1000 / words) ** 2)
    texts = [text for text, some in rates.items() if len(some) > 1]
    left = sum(len(rates[text]) - 1 for text in texts)
    within = sum((len(rates[t]) - 1) * pd.Series(rates[t]).var() for t in texts) / left
    counting = sum((len(noise[t]) - 1) * pd.Series(noise[t]).mean() for t in texts) / left
    row = written("chance").set_index("outcome").loc[f"{outcome}s"]
    assert (int(row["texts"]), int(row["repeats"])) == (len(texts), left + len(texts))
    assert float(row["within"]) == pytest.approx(within, rel=DIGITS)
    assert float(row["counting"]) == pytest.approx(counting, rel=DIGITS)
    between, icc = float(row["between"]), float(row["icc"])
    assert icc == pytest.approx(between / (between + within), rel=1e-4)
    assert 0 <= float(row["low"]) <= icc <= float(row["high"]) <= 1
    size = [len(rates[text]) for text in texts]
    m = (sum(size) - sum(n * n for n in size) / sum(size)) / (len(size) - 1)
    ratio = f_oneway(*(rates[text] for text in texts)).statistic
    assert between == pytest.approx(max(0, within * (ratio - 1) / m), rel=1e-4)
