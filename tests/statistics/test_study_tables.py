import random
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from reframing.documents.errors import InputError
from reframing.documents.params import StatisticsParams
from reframing.statistics.study_tables import (
    COLUMNS,
    read_table,
    read_tables,
    study_tables,
    tables_of,
    write_table,
)
from studied import corpus, link, sentence, study

PARAMS = StatisticsParams(flips=200)
RECORDS = corpus(events=8)


@pytest.fixture(scope="module")
def tables():
    return study_tables(RECORDS, PARAMS, seed=1)


def cell(table, **keys):
    for column, value in keys.items():
        table = table[table[column] == value]
    assert len(table) == 1
    return table.iloc[0]


def test_every_table_has_its_documented_columns(tables):
    assert {name: list(table) for name, table in tables.items()} == {
        name: list(COLUMNS[name]) for name in tables_of(directed=True)
    }


def test_the_order_of_the_records_does_not_matter(tables):
    shuffled = random.Random(2).sample(RECORDS, len(RECORDS))
    for name, table in study_tables(shuffled, PARAMS, seed=1).items():
        pd.testing.assert_frame_equal(table, tables[name], check_exact=True)


def test_the_same_tables_give_the_same_bytes(tables, tmp_path):
    write_table(tables["decomposition"], tmp_path / "a.csv")
    write_table(study_tables(RECORDS, PARAMS, seed=1)["decomposition"], tmp_path / "b.csv")
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


def test_rows_are_unique_by_their_keys(tables):
    for name, table in tables.items():
        keys = [column for column in table if table[column].dtype.kind not in "fiub"]
        assert not table.duplicated(keys).any(), name


def test_a_kind_has_a_row_in_each_condition_in_which_it_occurs(tables):
    found = set(zip(tables["n"]["condition"], tables["n"]["kind"], strict=True))
    assert ("repost", "retelling") in found
    assert ("independent", "independent") in found
    assert ("copy", "all") in found
    assert ("copy", "retelling") not in found


def test_copies_change_nothing(tables):
    copies = tables["decomposition"].query("condition == 'copy' and quantity == 'total'")
    assert len(copies)
    assert (copies[["value", "low", "high"]] == 0).all(axis=None)


def test_pairs_of_unsure_direction_are_left_out_and_counted():
    records = [
        study([sentence()], [sentence()], [link(0, 0)], event="a", confidence=0.9),
        study([sentence()], [sentence()], [link(0, 0)], event="b", confidence=0.2),
    ]
    row = cell(study_tables(records, PARAMS, 1)["n"], condition="repost", kind="edited")
    assert row["pairs"] == row["events"] == row["confidence too low"] == 1


def test_reposts_of_undetermined_direction_are_left_out_and_nulls_are_not():
    record = study([sentence()], [sentence()], [link(0, 0)])
    pair = replace(record.pair, direction="undetermined")
    null = study([sentence()], [sentence()], [], condition="independent", kind="independent")
    sizes = study_tables([replace(record, pair=pair), null], PARAMS, 1)["n"]
    assert cell(sizes, condition="repost", kind="all")["direction undetermined"] == 1
    assert cell(sizes, condition="independent", kind="all")["pairs"] == 1


def test_many_pairs_of_one_event_are_sampled_down_by_seed():
    records = [study([sentence()], [sentence()], [link(0, 0)], name=str(n)) for n in range(12)]
    params = StatisticsParams(flips=200, max_pairs_per_event=5)
    row = cell(study_tables(records, params, 1)["n"], condition="repost", kind="edited")
    assert (row["pairs"], row["sampled down"]) == (5, 7)


def test_tests_are_of_reposts_by_kind_against_no_change_and_independent_reports(tables):
    tests = tables["tests"]
    assert set(tests["kind"]) == {"trimmed", "edited", "partisan", "retelling"}
    assert set(tests["against"]) == {"no change", "independent reports"}
    assert (tests["q"] >= tests["p"] - 1e-12).all()
    row = cell(
        tests, kind="retelling", measure="hedges", effect="rewording", against="no change"
    )  # fmt: skip
    drawn = cell(
        tables["decomposition"], condition="repost", kind="retelling", measure="hedges",
        quantity="rewording",
    )  # fmt: skip
    assert row["value"] == drawn["value"] < 0
    assert row["p"] < 0.05


def test_a_large_effect_is_rejected_where_q_is_at_most_fdr():
    tests = study_tables(corpus(30, ("retelling",), ("repost",)), PARAMS, 1)["tests"]
    hedges = {"measure": "hedges", "against": "no change", "effect": "rewording"}
    assert cell(tests, **hedges)["rejected"]
    tested = tests[tests["p"].notna()]
    assert (tested["rejected"] == (tested["q"] <= PARAMS.fdr)).all()
    assert not tested["rejected"].all()
    assert tests.loc[tests["p"].isna(), "rejected"].isna().all()


def test_without_independent_reports_tests_against_them_are_nan():
    tests = study_tables(corpus(4, conditions=("repost",)), PARAMS, 1)["tests"]
    assert tests[tests["against"] == "independent reports"]["p"].isna().all()


def test_no_records_give_empty_tables():
    for name, table in study_tables([], PARAMS, 1).items():
        assert list(table) == list(COLUMNS[name])
        assert table.empty


def test_one_event_has_values_without_intervals():
    table = study_tables(corpus(events=1), PARAMS, 1)["survival"]
    assert table["value"].notna().any()
    assert table[["low", "high"]].isna().all(axis=None)


def test_tables_survive_a_file(tables, tmp_path):
    for name, table in tables.items():
        write_table(table, tmp_path / f"{name}.csv")
    for name, table in read_tables(tmp_path, directed=True).items():
        assert list(table) == list(COLUMNS[name])
        for column in table.select_dtypes("number"):
            np.testing.assert_allclose(table[column], tables[name][column], rtol=1e-5)


def test_a_table_without_a_column_is_an_error_that_names_it(tables, tmp_path):
    path = tmp_path / "n.csv"
    write_table(tables["n"].drop(columns="events"), path)
    with pytest.raises(InputError, match="field 'events'"):
        read_table(path, "n")


def test_revisions_of_one_outlet_are_counted_and_not_estimated():
    records = corpus(3, ("edited",), ("repost", "revision"))
    tables = study_tables(records, PARAMS, 1)
    assert cell(tables["n"], condition="revision", kind="edited")["pairs"] == 3
    assert "revision" not in set(tables["survival"]["condition"])


def test_the_pairs_of_the_largest_event_are_counted():
    records = [study([sentence()], [sentence()], [], name=str(n)) for n in range(5)]
    records.append(study([sentence()], [sentence()], [], event="storm"))
    row = cell(study_tables(records, PARAMS, 1)["n"], condition="repost", kind="all")
    assert row["largest_event"] == 5
