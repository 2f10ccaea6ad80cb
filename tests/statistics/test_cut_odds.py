"""Odds that a sentence has a counterpart: a second computation from the tidy tables, and what gives no odds."""

import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import reframing
from reframing.documents.params import StatisticsParams, read_params
from reframing.statistics.cut_odds import (
    GRADED,
    LEAST_BY_TERM,
    LEAST_EVENTS,
    TERMS,
    odds_ratios,
    sentence_outcomes,
)
from reframing.statistics.jackknife import jackknifed
from reframing.statistics.study_tables import COLUMNS, study_tables
from studied import corpus, link, sentence, study

ROOT = Path(__file__).parents[2]
CORPORA = read_params(ROOT / "params.yaml").corpora
NUMBERS = list(TERMS)


# From the tidy tables of a corpus, in pandas and numpy.


def cases_of(name):
    """One row a sentence of an original and pair, with its terms; nothing of the package but `load`."""
    pairs, sentences, links = (
        reframing.load(table, name, root=ROOT) for table in ("pairs", "sentences", "links")
    )
    pairs = pairs[pairs["left_out"].isna() & ~pairs["condition"].isin(["revision", "copy"])]
    body = sentences["section"] == "body"
    by_article = sentences[body].groupby("article")["sentence"]
    known = pd.DataFrame(
        {
            "article": sentences["article"],
            "sentence": sentences["sentence"],
            "headline": sentences["section"] == "headline",
            "lead": sentences["section"] == "lead",
            "place": ((by_article.rank() - 0.5) / by_article.transform("size")).astype(float),
            "length": np.log2(np.maximum(sentences["words"].astype(float), 1)),
            "quotation": sentences["quotations"] > 0,
            "attribution": sentences["attributions"] > 0,
            "hedge": sentences["hedges"] > 0,
            "booster": sentences["boosters"] > 0,
            "evaluation": sentences[["negative", "positive", "intensifying"]].max(axis=1) > 0,
        }
    ).fillna({"place": 0.5})
    cases = pairs[["pair", "event", "condition", "kind", "original"]].merge(
        known, left_on="original", right_on="article"
    )
    kept = links.groupby(["pair", "original_sentence"]).size()
    places = pd.MultiIndex.from_frame(cases[["pair", "sentence"]])
    return cases.assign(kept=places.isin(kept.index)).astype(
        dict.fromkeys([*NUMBERS, "kept"], float)
    )


def newton(y, x, w):
    """Coefficients of a weighted logistic regression, by Newton's method."""
    b = np.zeros(x.shape[1])
    for _ in range(60):
        p = 1 / (1 + np.exp(-x @ b))
        step = np.linalg.solve((x.T * (w * p * (1 - p))) @ x, x.T @ (w * (y - p)))
        b = b + step
        if np.abs(step).max() < 1e-12:
            break
    return b


def second(cases, terms, separated, interval=0.95):
    """Odds ratios with bounds, from cases without the sentences of separated terms."""
    w = 1 / cases.groupby("event")["event"].transform("size").to_numpy(float)
    apart = (cases[separated] == 0).all(axis=1).to_numpy()
    y, event, w = cases["kept"].to_numpy()[apart], cases["event"].to_numpy(str)[apart], w[apart]
    x = np.column_stack([np.ones(apart.sum()), cases.loc[apart, terms]])
    b = newton(y, x, w)
    p = 1 / (1 + np.exp(-x @ b))
    information = (x.T * (w * p * (1 - p))) @ x
    changes = []
    for of in pd.Series(event).groupby(event).indices.values():
        hessian = information - (x[of].T * (w * p * (1 - p))[of]) @ x[of]
        changes.append(np.linalg.inv(hessian) @ (x[of].T @ (w * (y - p))[of]))
    n = len(changes)
    error = np.sqrt((n - 1) / n * (np.array(changes) ** 2).sum(axis=0))
    reach = stats.t.ppf((1 + interval) / 2, n - 1) * error
    return pd.DataFrame(
        np.exp(np.column_stack([b, b - reach, b + reach]))[1:],
        index=terms,
        columns=["value", "low", "high"],
    )


@pytest.mark.parametrize("name", CORPORA)
def test_published_odds_follow_from_sentences_and_links(name):
    table = pd.read_csv(
        ROOT / f"results/tables/{name}/cut_odds.csv", keep_default_na=False, na_values=[""]
    )
    cases = cases_of(name)
    groups = table[table["condition"] != "copy"].groupby(["condition", "kind"])
    assert len(groups)
    for (condition, kind), rows in groups:
        of = cases[cases["condition"] == condition]
        of = of if kind == "all" else of[of["kind"] == kind]
        assert set(rows["n"]) == {len(of)}
        assert set(rows["found"]) == {of["kept"].sum()}
        assert set(rows["n_events"]) == {of["event"].nunique()}
        rows = rows.set_index("term")
        held = rows["n_with_it"].dropna()
        pd.testing.assert_series_equal(held, of[list(held.index)].sum(), check_names=False)
        terms = list(rows.index[rows["value"].notna()])
        if terms:
            separated = rows.index[rows["reason"].fillna("").str.startswith("all sentences")]
            expected = second(of, terms, list(separated))
            np.testing.assert_allclose(
                rows.loc[terms, ["value", "low", "high"]], expected, rtol=2e-4
            )


def test_the_sample_has_odds_of_every_kind_of_term_that_is_not_separated():
    cases = cases_of("sample").query("condition == 'repost'")
    _, event = np.unique(cases["event"].to_numpy(str), return_inverse=True)
    found = odds_ratios(cases["kept"].to_numpy(), cases[NUMBERS].to_numpy(), event, 0.95)
    known = [term for term, one in zip(TERMS, found, strict=True) if one.reason is None]
    apart = [term for term in TERMS if term not in known]
    expected = second(cases, known, apart)
    assert apart == ["lead"]
    shown = [one[:3] for one in found if one.reason is None]
    np.testing.assert_allclose(shown, expected, rtol=1e-6)


# The terms of a sentence, and what is known of invented ones.


def test_a_sentence_has_its_place_length_and_content():
    original = [
        sentence("headline", words=8),
        sentence("lead", words=16, quotes=2, attributions=1),
        sentence("body", words=32, hedges=1, boosters=3),
        sentence("body", words=0, negative=1),
    ]
    found = sentence_outcomes(study(original, original, [link(1, 0), link(2, 1)]))
    assert found.tolist() == [
        [0, 1, 0, 0.5, 3, 0, 0, 0, 0, 0],
        [1, 0, 1, 0.5, 4, 1, 1, 0, 0, 0],
        [1, 0, 0, 0.25, 5, 0, 0, 1, 1, 0],
        [0, 0, 0, 0.75, 0, 0, 0, 0, 0, 1],
    ]


def invented(seed=1, events=40, size=30, slopes=None):
    """Random terms, and outcomes that follow a logistic model with some coefficients."""
    random = np.random.default_rng(seed)
    n = events * size
    values = np.column_stack(
        [
            random.random(n) if term in GRADED else (random.random(n) < 0.3).astype(float)
            for term in TERMS
        ]
    )
    coefficients = np.array([(slopes or {}).get(term, 0.0) for term in TERMS])
    p = 1 / (1 + np.exp(-(values - 0.3) @ coefficients))
    return (random.random(n) < p).astype(float), values, np.repeat(np.arange(events), size)


def test_the_coefficients_behind_invented_outcomes_are_found():
    slopes = {"place": -1.5, "hedge": 1.0}
    found = dict(zip(TERMS, odds_ratios(*invented(size=200, slopes=slopes), 0.95), strict=True))
    for term in TERMS:
        low, high = np.log(found[term].low), np.log(found[term].high)
        assert low < slopes.get(term, 0.0) < high
        assert high - low < 1.5
    assert found["place"].high < 1 < found["hedge"].low


def test_intervals_hold_the_truth_with_few_events_that_differ():
    """Outcomes of an event depend on each other, and events on whether a term is in them."""
    held = []
    for seed in range(60):
        random = np.random.default_rng([5, seed])
        kept, values, event = invented(seed, events=12, size=25)
        values[:, NUMBERS.index("hedge")] = random.random(12)[event] > random.random(len(event))
        kept = (random.random(len(kept)) < random.beta(2, 2, 12)[event]).astype(float)
        one = odds_ratios(kept, values, event, 0.95)[NUMBERS.index("hedge")]
        held.append(one.low < 1 < one.high)
    assert np.mean(held) >= 0.85


def test_events_weigh_alike():
    """One event with many sentences weighs no more than the same event with each sentence once."""
    kept, values, event = invented(events=12)
    again = np.concatenate([np.arange(len(kept)), np.tile(np.flatnonzero(event == 3), 9)])
    once = odds_ratios(kept, values, event, 0.95)
    often = odds_ratios(kept[again], values[again], event[again], 0.95)
    np.testing.assert_allclose([one[:3] for one in once], [one[:3] for one in often], rtol=1e-6)


def test_the_linear_jackknife_is_that_of_regressions_without_each_event():
    random = np.random.default_rng(2)
    x, y = random.normal(size=(60, 3)), random.normal(size=60)
    event = np.repeat(np.arange(12), 5)
    b = np.linalg.lstsq(x, y, rcond=None)[0]
    without = [
        np.linalg.lstsq(x[event != one], y[event != one], rcond=None)[0] for one in range(12)
    ]
    expected = 11 / 12 * (np.array(without) - b).T @ (np.array(without) - b)
    information = np.array([x[event == one].T @ x[event == one] for one in range(12)])
    scores = np.array([x[event == one].T @ (y - x @ b)[event == one] for one in range(12)])
    np.testing.assert_allclose(jackknifed(information, scores), expected)


# What gives no odds, and no warning.


@pytest.fixture(autouse=True)
def _no_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def reasons(kept, values, event):
    found = odds_ratios(kept, values, event, 0.95)
    for one in found:
        assert np.isnan(one[:3]).all() == (one.reason is not None)
        assert np.isfinite(one[:3]).all() == (one.reason is None)
    return {term: one.reason for term, one in zip(TERMS, found, strict=True)}


def test_few_events_give_no_odds():
    found = reasons(*invented(events=LEAST_EVENTS - 1))
    assert set(found.values()) == {f"fewer than {LEAST_EVENTS} events"}
    assert set(reasons(*invented(events=LEAST_EVENTS)).values()) == {None}


@pytest.mark.parametrize(("kept", "said"), [(1.0, "every"), (0.0, "no")])
def test_without_two_outcomes_there_are_no_odds(kept, said):
    _, values, event = invented()
    found = reasons(np.full(len(event), kept), values, event)
    assert set(found.values()) == {f"{said} sentence has a counterpart"}


def test_terms_that_do_not_vary_have_no_odds_and_the_others_have():
    kept, values, event = invented()
    for term, value in (("headline", 0.0), ("booster", 1.0), ("length", 3.0)):
        values[:, NUMBERS.index(term)] = value
    found = reasons(kept, values, event)
    assert found["headline"] == "no sentence has it"
    assert found["booster"] == "every sentence has it"
    assert found["length"] == "it does not vary"
    assert sum(reason is None for reason in found.values()) == len(TERMS) - 3


@pytest.mark.parametrize("outcome", [0.0, 1.0])
def test_a_separated_term_has_no_odds_and_its_sentences_do_not_tell_of_others(outcome):
    kept, values, event = invented()
    lead = values[:, NUMBERS.index("lead")] > 0
    kept[lead] = outcome
    found = reasons(kept, values, event)
    assert (
        found.pop("lead") == f"all sentences with it have {'a counterpart' if outcome else 'none'}"
    )
    assert set(found.values()) == {None}
    other = values.copy()
    others = [NUMBERS.index(term) for term in TERMS if term != "lead"]
    other[np.ix_(lead, others)] = 1 - other[np.ix_(lead, others)]
    one, two = (odds_ratios(kept, of, event, 0.95) for of in (values, other))
    np.testing.assert_allclose([o[:3] for o in one], [o[:3] for o in two])


def test_a_term_in_few_events_has_no_odds():
    kept, values, event = invented()
    values[event > 2, NUMBERS.index("hedge")] = 0
    assert reasons(kept, values, event)["hedge"].endswith("fewer than 5 events")


def test_few_sentences_of_an_outcome_give_no_odds():
    kept, values, event = invented()
    kept[:] = 1
    kept[np.random.default_rng(3).permutation(len(kept))[: LEAST_BY_TERM * len(TERMS) - 1]] = 0
    said = f"fewer than {LEAST_BY_TERM} sentences without a counterpart for each term"
    assert set(reasons(kept, values, event).values()) == {said}


def test_terms_that_say_the_same_give_no_odds():
    kept, values, event = invented()
    values[:, NUMBERS.index("hedge")] = values[:, NUMBERS.index("booster")]
    assert set(reasons(kept, values, event).values()) == {"no finite estimate"}


def test_the_table_has_a_row_for_each_group_and_term_in_one_order():
    records = corpus(events=12, kinds=("trimmed", "partisan"))
    table, backwards = (
        study_tables(some, StatisticsParams(flips=99), 1)["cut_odds"]
        for some in (records, records[::-1])
    )
    assert list(table) == list(COLUMNS["cut_odds"])
    pd.testing.assert_frame_equal(table, backwards)
    sizes = table.groupby(["condition", "kind"]).size()
    assert set(sizes) == {len(TERMS)}
    assert ("repost", "partisan") in sizes.index
    copies = table[table["condition"] == "copy"]
    assert set(copies["reason"]) == {"every sentence has a counterpart"}
    assert table.loc[table["condition"] == "repost", "value"].notna().any()
