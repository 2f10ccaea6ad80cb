"""The table `flow`, on invented pairs, and for each corpus counted a second time from its tidy tables."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import reframing
from reframing.documents.params import StatisticsParams, read_params
from reframing.documents.records import Pair
from reframing.reading.prepare import Dropped
from reframing.statistics.flow import held_of
from reframing.statistics.study_tables import read_table, study_tables
from studied import corpus, link, sentence, study

ROOT = Path(__file__).parents[2]
PARAMS = StatisticsParams(flips=200)
PUBLISHED = read_params(ROOT / "params.yaml").corpora


def flow_of(records, held=None, **options):
    """The counts of a flow by step, condition, part and detail."""
    table = study_tables(records, PARAMS, 1, held=held, **options)["flow"]
    return table.set_index(["step", "condition", "part", "detail"])["count"].to_dict()


def one(**options):
    return study([sentence()] * 4, [sentence()] * 3, [link(0, 0), link(2, 1)], **options)


def test_articles_are_those_kept_and_those_dropped_whole():
    dropped = [
        Dropped("a", "fewer than 40 words", 0),
        Dropped("b", "same text as c", 0),
        Dropped("d", "same text as e", 0),
        Dropped("flood/original", "furniture", 3),
    ]
    counts = flow_of([one()], held_of(7, dropped, []))
    articles = {key[2:]: n for key, n in counts.items() if key[0] == "articles"}
    assert articles == {
        ("read", ""): 10,
        ("dropped", "fewer than 40 words"): 1,
        ("dropped", "same text as another article"): 2,
        ("kept", ""): 7,
        ("studied", ""): 2,
    }


def test_a_candidate_is_chosen_if_it_is_a_pair_of_the_study_in_either_order():
    pair = one().pair
    candidates = [
        Pair(pair.repost, pair.original, "edited", "b→a", 1.0, (), 1.0),
        Pair(pair.original, "other", "edited", "undetermined", 0.0, (), 1.0),
        Pair("other", "third", "same-event", "undetermined", 0.0, (), 1.0),
    ]
    counts = flow_of([one()], held_of(4, [], candidates))
    assert {key[2:]: n for key, n in counts.items() if key[0] == "candidates"} == {
        ("chosen", "edited"): 1,
        ("not chosen", "edited"): 1,
        ("not chosen", "same-event"): 1,
    }


def test_sentences_and_units_are_those_of_pairs_that_are_studied():
    unsure = one(event="storm", confidence=0.1)
    counts = flow_of([one(), unsure])
    assert {key: n for key, n in counts.items() if key[0] != "articles"} == {
        ("pairs", "repost", "excluded", "confidence too low"): 1,
        ("pairs", "repost", "studied", "edited"): 1,
        ("sentences", "repost", "linked", ""): 2,
        ("sentences", "repost", "not linked", ""): 2,
        ("units", "repost", "links", ""): 2,
        ("units", "repost", "original alone", ""): 2,
        ("units", "repost", "repost alone", ""): 1,
    }
    assert counts["articles", "", "kept", ""] == 4
    assert counts["articles", "", "studied", ""] == 2


def test_revisions_are_excluded_whatever_their_direction():
    record = one()
    revision = replace(record, pair=replace(record.pair, condition="revision"))
    counts = flow_of([revision])
    assert counts["pairs", "revision", "excluded", "revision of one outlet"] == 1
    assert ("articles", "", "studied", "") not in counts


def test_sentences_are_the_same_as_those_of_the_table_of_survival():
    tables = study_tables(corpus(events=4), PARAMS, 1)
    everywhere = tables["survival"].query("kind == 'all' and place == 'everywhere'")
    sums = tables["flow"].query("step == 'sentences'").pivot_table(
        "count", "condition", "part", fill_value=0
    )  # fmt: skip
    for row in everywhere.to_dict("records"):
        linked, alone = sums.loc[row["condition"], ["linked", "not linked"]]
        assert (linked, linked + alone) == (row["found"], row["n"])


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_published_flow_is_what_the_tidy_tables_hold(name):
    published = read_table(ROOT / "results/tables" / name / "flow.csv", "flow").fillna("")
    names = ("articles", "dropped", "candidates", "pairs", "links", "units")
    articles, dropped, candidates, pairs, links, units = (
        reframing.load(table, name, root=ROOT) for table in names
    )
    whole = dropped[dropped["paragraphs"] == 0]
    kept = pairs[pairs["left_out"].isna()]
    central = kept[kept["condition"].isin(["repost", "version"])]
    counts = {
        ("articles", "", "read", ""): len(articles) + len(whole),
        ("articles", "", "kept", ""): len(articles),
        ("articles", "", "studied", ""): articles["article"]
        .isin([*central["original"], *central["repost"]])
        .sum(),
    }
    for reason, n in whole["reason"].value_counts().items():
        counts["articles", "", "dropped", reason] = n
    both = pd.concat([pairs, pairs.rename(columns={"original": "repost", "repost": "original"})])
    chosen = candidates.merge(
        both.loc[both["condition"] != "copy", ["original", "repost"]].drop_duplicates(),
        left_on=["a", "b"], right_on=["original", "repost"], how="left", indicator=True,
    )  # fmt: skip
    for found, part in (("both", "chosen"), ("left_only", "not chosen")):
        for relation, n in chosen[chosen["_merge"] == found]["relation"].value_counts().items():
            counts["candidates", "", part, relation] = n
    excluded = pairs[pairs["left_out"].notna()].groupby(["condition", "left_out"]).size()
    for part, sizes in (
        ("excluded", excluded),
        ("studied", kept.groupby(["condition", "kind"]).size()),
    ):
        for (condition, detail), n in sizes.items():
            counts["pairs", condition, part, detail] = n
    linked = links.drop_duplicates(["pair", "original_sentence"]).groupby("pair").size()
    kept = kept.assign(linked=kept["pair"].map(linked).fillna(0).astype(int))
    for condition, rows in kept.groupby("condition"):
        counts["sentences", condition, "linked", ""] = rows["linked"].sum()
        alone = rows["original_sentences"].sum() - rows["linked"].sum()
        counts["sentences", condition, "not linked", ""] = alone
    sides = units.merge(kept[["pair", "condition"]], on="pair")
    for part, shape in (
        ("links", "[^→]→[^→]"),
        ("original alone", "→$"),
        ("repost alone", "^→"),
    ):
        for condition, n in (
            sides[sides["unit"].str.contains(shape)].groupby("condition").size().items()
        ):
            counts["units", condition, part, ""] = n
    keys = published[["step", "condition", "part", "detail"]].itertuples(index=False, name=None)
    assert dict(zip(keys, published["count"], strict=True)) == {
        k: n for k, n in counts.items() if n
    }
