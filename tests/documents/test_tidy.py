"""Tidy tables: their schema is kept, and the published estimates follow from them, counted another way."""

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

import reframing
from reframing.documents.errors import InputError
from reframing.documents.tidy import columns_of, read_tidy, write_tidy
from reframing.statistics.frames import estimate_means, estimate_rates, estimate_shares

ROOT = Path(__file__).parents[2]
TABLES = sorted(path.parent for path in (ROOT / "results/tables").glob("*/pairs.parquet"))
NAMES = (
    *("articles", "sentences", "spans", "pairs", "links", "moves", "units", "unit_moves"),
    *("statistics", "dropped", "candidates"),
)
LINK = {
    "pair": "a→b",
    "original_sentence": 0,
    "repost_sentence": 1,
    "relation": "edited",
    "score": 0.5,
}

each_corpus = pytest.mark.parametrize("corpus", [folder.name for folder in TABLES])
CLOSE = {"rtol": 6e-6, "atol": 1e-6}
BESIDE = ["pooled", "effective_events", "without_one_low", "without_one_high"]


def published(corpus: str, table: str) -> pd.DataFrame:
    return pd.read_csv(ROOT / "results/tables" / corpus / f"{table}.csv", dtype={"kind": str})


def studied(corpus: str) -> pd.DataFrame:
    pairs = reframing.load("pairs", corpus, root=ROOT)
    return pairs[pairs["left_out"].isna()]


def by_kind_and_all(frame: pd.DataFrame) -> pd.DataFrame:
    """Every row twice: once in its kind, once in all kinds."""
    return pd.concat([frame, frame.assign(kind="all")], ignore_index=True)


def same(found: pd.DataFrame, wanted: pd.DataFrame, by: list[str]) -> None:
    both = found.merge(wanted, on=by, suffixes=("", "_published"))
    assert len(both) == len(wanted) > 0
    for column in ("value", "low", "high"):
        np.testing.assert_allclose(both[column], both[f"{column}_published"], **CLOSE)


def beside(events: pd.DataFrame, weights: pd.Series, pooled: float) -> dict[str, float]:
    """What stands beside an estimate, from the `value` of each event: one after another is left out."""
    values = events["value"].to_numpy(float)
    without = (values.sum() - values) / (len(values) - 1) if len(values) > 1 else [np.nan]
    of_all = weights.sum() ** 2 / (weights**2).sum()
    return dict(zip(BESIDE, (pooled, of_all, min(without), max(without)), strict=True))


def beside_ratios(frame: pd.DataFrame, found: str, cases: str, by: list[str]) -> pd.DataFrame:
    """The same for ratios of sums over the rows of an event, one row a group."""
    rows = []
    for keys, of_group in frame.groupby(by):
        sums = of_group.groupby("event")[[found, cases]].sum().astype(float)
        sums = sums[sums[cases] > 0]
        sums["value"] = sums[found] / sums[cases]
        pooled = sums[found].sum() / sums[cases].sum()
        rows.append(dict(zip(by, keys, strict=True)) | beside(sums, sums[cases], pooled))
    return pd.DataFrame(rows)


def same_beside(found: pd.DataFrame, corpus: str, table: str, by: list[str], **only: str) -> None:
    """Compare with the rows of `statistics` of a table that have the values `only`."""
    wanted = reframing.load("statistics", corpus, root=ROOT)
    for column, value in ({"table": table} | only).items():
        wanted = wanted[wanted[column] == value]
    both = found.merge(wanted, on=by, suffixes=("", "_published"))
    assert len(both) == len(found) > 0
    for column in BESIDE:
        np.testing.assert_allclose(both[column], both[f"{column}_published"], 1e-9, 1e-9)


@each_corpus
def test_survival_follows_from_sentences_and_links(corpus: str) -> None:
    links = reframing.load("links", corpus, root=ROOT)
    sentences = reframing.load("sentences", corpus, root=ROOT)
    pairs = studied(corpus)
    pairs = pairs[pairs["condition"] != "copy"]
    rows = pairs.merge(sentences, left_on="original", right_on="article")
    linked = pd.MultiIndex.from_frame(links[["pair", "original_sentence"]])
    rows["kept"] = pd.MultiIndex.from_frame(rows[["pair", "sentence"]]).isin(linked)
    name = "survival" if (ROOT / f"results/tables/{corpus}/survival.csv").exists() else "sharing"
    wanted = published(corpus, name)
    wanted = wanted[(wanted["place"] == "everywhere") & (wanted["condition"] != "copy")]
    found = estimate_shares(by_kind_and_all(rows), "kept", by=["condition", "kind"])
    same(found, wanted, ["condition", "kind"])
    counted = beside_ratios(
        by_kind_and_all(rows.assign(cases=1)), "kept", "cases", ["condition", "kind"]
    )
    same_beside(counted, corpus, name, ["condition", "kind"], quantity="everywhere")


@each_corpus
def test_rates_of_moves_follow_from_moves_and_pairs(corpus: str) -> None:
    wanted = published(corpus, "moves")
    moves = reframing.load("moves", corpus, root=ROOT)
    slugs = sorted(set(wanted["move"]) & set(moves["move"]))
    counts = moves.groupby(["pair", "move"]).size().unstack(fill_value=0).reindex(columns=slugs)
    rows = studied(corpus).set_index("pair").join(counts).fillna(dict.fromkeys(slugs, 0))
    keys = ["condition", "kind", "event", "repost_words"]
    rows = by_kind_and_all(rows.reset_index()).melt(keys, slugs, "move", "n")
    if not slugs:
        pytest.skip("its differences have other names than moves")
    found = estimate_rates(rows, "n", "repost_words", by=["condition", "kind", "move"])
    same(found, wanted[wanted["move"].isin(slugs)], ["condition", "kind", "move"])
    counted = rows.assign(cases=rows["repost_words"] / 1000).rename(columns={"move": "subject"})
    by = ["condition", "kind", "subject"]
    same_beside(beside_ratios(counted, "n", "cases", by), corpus, "rates", by)


@each_corpus
def test_rewording_of_hedges_follows_from_sentences_and_links(corpus: str) -> None:
    if not (ROOT / f"results/tables/{corpus}/decomposition.csv").exists():
        pytest.skip("its pairs have no direction")
    links = reframing.load("links", corpus, root=ROOT)
    sentences = reframing.load("sentences", corpus, root=ROOT)
    pairs = studied(corpus)
    pairs = pairs[(pairs["condition"] == "repost") & pairs["pair"].isin(links["pair"])]
    level, whole = {}, {}
    for side in ("original", "repost"):
        rows = pairs.merge(sentences, left_on=side, right_on="article")
        whole[side] = rows.groupby("event")["words"].sum().astype(float)
        linked = pd.MultiIndex.from_frame(links[["pair", f"{side}_sentence"]])
        rows = rows[pd.MultiIndex.from_frame(rows[["pair", "sentence"]]).isin(linked)]
        sums = rows.groupby("event")[["hedges", "words"]].sum()
        level[side] = 1000 * sums["hedges"] / sums["words"]
        level[f"{side} pooled"] = 1000 * sums["hedges"].sum() / sums["words"].sum()
    change = (level["repost"] - level["original"]).rename("value").reset_index()
    found = estimate_means(change.assign(kind="all"), "value", by=["kind"])
    wanted = published(corpus, "decomposition")
    wanted = wanted[
        (wanted["measure"] == "hedges")
        & (wanted["quantity"] == "rewording")
        & (wanted["condition"] == "repost")
        & (wanted["kind"] == "all")
    ]
    same(found, wanted, ["kind"])
    pooled = level["repost pooled"] - level["original pooled"]
    counted = pd.DataFrame([{"kind": "all"} | beside(change, whole["original"], pooled)])
    only = {"condition": "repost", "subject": "hedges", "quantity": "rewording"}
    same_beside(counted, corpus, "decomposition", ["kind"], **only)


@each_corpus
def test_tests_weigh_events_alike_and_rest_on_those_of_the_estimates(corpus: str) -> None:
    statistics = reframing.load("statistics", corpus, root=ROOT)
    tests = statistics[statistics["table"] == "tests"]
    assert tests["pooled"].isna().all()
    tested = tests[tests["events"] > 0]
    assert (tested["effective_events"] == tested["events"]).all()
    of_reposts = statistics[statistics["condition"] == "repost"].drop(columns="base")
    against_none = tests[tests["base"] == "no change"].merge(
        of_reposts, on=["kind", "subject", "quantity"]
    )
    for column in BESIDE[2:]:
        np.testing.assert_allclose(against_none[f"{column}_x"], against_none[f"{column}_y"])


@each_corpus
def test_units_of_a_pair_are_all_its_sentences_and_their_words_those_of_the_repost(
    corpus: str,
) -> None:
    pairs = reframing.load("pairs", corpus, root=ROOT).set_index("pair")
    units = reframing.load("units", corpus, root=ROOT)
    assert not units.duplicated(["pair", "unit"]).any()
    words = units.groupby("pair")["words"].sum()
    assert (words == pairs["repost_words"].reindex(words.index)).all()
    assert set(words.index) == set(pairs.index)
    sides = units["unit"].str.split("→", expand=True)
    for side, name in enumerate(("original", "repost")):
        numbers = sides[side].str.split(",").explode()
        of_pair = units["pair"].loc[numbers.index]
        known = numbers[numbers != ""].groupby(of_pair[numbers != ""]).nunique()
        expected = pairs[f"{name}_sentences"]
        assert (known.reindex(expected.index, fill_value=0) == expected).all()


@each_corpus
def test_links_are_units_with_both_sides_and_their_scores(corpus: str) -> None:
    links = reframing.load("links", corpus, root=ROOT)
    units = reframing.load("units", corpus, root=ROOT)
    linked = units[units["link"].notna()].copy()
    assert (units["link"].notna() == ~units["unit"].str.contains("^→|→$")).all()
    linked[["original_sentence", "repost_sentence"]] = linked["unit"].str.split("→", expand=True)
    for side in ("original_sentence", "repost_sentence"):
        linked[side] = linked[side].str.split(",")
        linked = linked.explode(side, ignore_index=True).astype({side: "Int64"})
    keys = ["pair", "original_sentence", "repost_sentence"]
    both = links.merge(linked, on=keys, how="outer", indicator=True)
    assert (both["_merge"] == "both").all()
    np.testing.assert_allclose(both["score"], both["link"])


@each_corpus
def test_every_reported_move_is_in_one_unit(corpus: str) -> None:
    moves = reframing.load("moves", corpus, root=ROOT)
    of_units = reframing.load("unit_moves", corpus, root=ROOT)
    units = reframing.load("units", corpus, root=ROOT)
    assert not of_units.duplicated(["pair", "unit", "move"]).any()
    known = pd.MultiIndex.from_frame(units[["pair", "unit"]])
    assert pd.MultiIndex.from_frame(of_units[["pair", "unit"]]).isin(known).all()
    by = ["pair", "move"]
    for column, of in (("reported", moves), ("sure", moves[moves["score"] >= 0.8])):
        counted = of_units.groupby(by)[column].sum()
        wanted = of.groupby(by).size().reindex(counted.index, fill_value=0)
        assert counted.sum() == len(of)
        assert (counted == wanted).all()
    scores = of_units.groupby(by)["scored"].sum().reindex(moves.groupby(by).size().index)
    assert (scores >= moves.groupby(by)["score"].sum() - 0.01).all()


@each_corpus
def test_a_pair_has_the_group_of_its_original(corpus: str) -> None:
    articles = reframing.load("articles", corpus, root=ROOT).set_index("article")
    pairs = reframing.load("pairs", corpus, root=ROOT)
    groups = articles["group"].reindex(pairs["original"]).reset_index(drop=True)
    assert (groups.fillna("") == pairs["group"].fillna("")).all()


@each_corpus
@pytest.mark.parametrize("name", NAMES)
def test_committed_tables_have_their_columns_and_no_text(corpus: str, name: str) -> None:
    frame = reframing.load(name, corpus, root=ROOT)
    assert list(frame) == [column.name for column in columns_of(name)]
    schema = pq.read_schema(ROOT / f"results/tables/{corpus}/{name}.parquet")
    assert all(schema.field(c.name).metadata[b"meaning"] for c in columns_of(name))
    for column in frame.select_dtypes("string"):
        assert all(len(value) < 160 for value in frame[column].dropna().unique()), column


def test_every_column_has_a_known_type_and_says_what_it_means() -> None:
    for name in NAMES:
        for column in columns_of(name):
            assert column.type in ("string", "int", "float", "bool")
            assert column.meaning
    with pytest.raises(InputError, match="'move' is no table; there are articles, sentences"):
        columns_of("move")


def test_the_page_of_tables_has_every_column() -> None:
    page = (ROOT / "docs/tables.md").read_text(encoding="utf8")
    for name in (*NAMES, "frame"):
        of_table = page.partition(f"## {name}\n")[2].partition("\n## ")[0]
        for column in columns_of(name):
            assert f"| `{column.name}` | {column.type}{'?' * column.optional} |" in of_table
            assert column.meaning in of_table


def test_a_row_with_other_columns_or_nothing_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "links.parquet"
    with pytest.raises(InputError, match="field 'score': must have a value"):
        write_tidy(path, "links", [LINK | {"score": None}])
    with pytest.raises(InputError, match="has the columns pair"):
        write_tidy(path, "links", [{"pair": "a→b"}])
    assert not path.exists()


def test_a_file_of_another_schema_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "links.parquet"
    write_tidy(path, "links", [LINK])
    assert read_tidy(path, "links").to_dict("records") == [LINK]
    with pytest.raises(InputError, match=r"field '(pair|event)'"):
        read_tidy(path, "pairs")
    pd.DataFrame([LINK | {"extra": 1}]).to_parquet(path)
    with pytest.raises(InputError, match=r"links\.parquet.*field"):
        read_tidy(path, "links")
    with pytest.raises(InputError, match="there is no such file; run the stage `statistics`"):
        read_tidy(tmp_path / "none.parquet", "links")
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(InputError, match="is not a readable table"):
        read_tidy(path, "links")


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    for name in "ab":
        write_tidy(tmp_path / name, "links", [LINK] * 3)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_events_weigh_alike_and_cases_are_counted() -> None:
    frame = pd.DataFrame(
        {"event": ["a"] * 9 + ["b"], "kind": "k", "kept": [True] * 9 + [False], "v": range(10)}
    )
    (row,) = estimate_shares(frame, "kept", by=["kind"]).to_dict("records")
    assert (row["value"], row["events"], row["cases"]) == (0.5, 2, 10)
    assert isinstance(row["cases"], int)
    (row,) = estimate_means(frame, "v", by=[]).to_dict("records")
    assert row["value"] == (4 + 9) / 2


def test_rows_without_an_event_are_an_error_that_counts_them() -> None:
    frame = pd.DataFrame({"event": ["a", None], "kept": [True, False], "words": [1, 1]})
    with pytest.raises(InputError, match="field 'event': 1 of 2 rows have no value"):
        estimate_shares(frame, "kept", by=[])
