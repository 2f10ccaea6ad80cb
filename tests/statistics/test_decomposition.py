import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reframing.statistics.decomposition import (
    LEVELS,
    decomposition_rows,
    event_values,
    level_terms,
    level_values,
    pair_effects,
)
from reframing.statistics.groups import MEASURES
from studied import corpus, link, sentence, study

ORIGINAL = [
    sentence("headline", 10, hedges=1, sentiment=-0.2),
    sentence("lead", 20, hedges=2, sentiment=0.4),
    sentence("body", 30, boosters=1, sentiment=0.1),
]


def named(measure):
    return [item.name for item in MEASURES].index(measure)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000))
def test_composition_and_rewording_sum_to_the_difference_of_whole_texts(seed):
    for pair in corpus(events=1, seed=seed):
        levels = level_values(level_terms(pair))
        for place, measure in enumerate(MEASURES):
            effect = pair_effects(pair)[measure.name]
            assert effect["total"] == pytest.approx(levels[3, place] - levels[0, place])
            assert effect["total"] == pytest.approx(effect["composition"] + effect["rewording"])
            assert effect["composition"] == pytest.approx(effect["omission"] + effect["addition"])


def test_a_repost_that_only_drops_sentences_has_no_rewording():
    pair = study(ORIGINAL, ORIGINAL[:2], [link(0, 0), link(1, 1)])
    effect = pair_effects(pair)["hedges"]
    assert effect["rewording"] == effect["addition"] == 0
    assert effect["omission"] == effect["total"] == pytest.approx(1000 * (3 / 30 - 3 / 60))


def test_a_repost_that_only_rewords_has_no_composition():
    reworded = [ORIGINAL[0]._replace(n_hedges=0), *ORIGINAL[1:]]
    effect = pair_effects(study(ORIGINAL, reworded, [link(i, i) for i in range(3)]))["hedges"]
    assert effect["composition"] == effect["omission"] == effect["addition"] == 0
    assert effect["rewording"] == pytest.approx(-1000 / 60)


def test_a_sentence_put_in_is_addition():
    added = [*ORIGINAL, sentence("body", 40, hedges=4)]
    effect = pair_effects(study(ORIGINAL, added, [link(i, i) for i in range(3)]))["hedges"]
    assert effect["omission"] == effect["rewording"] == 0
    assert effect["addition"] == pytest.approx(1000 * (7 / 100 - 3 / 60))


def test_a_score_is_weighted_by_words():
    levels = level_values(level_terms(study(ORIGINAL, ORIGINAL, [link(0, 0)])))
    assert levels[0, named("sentiment")] == pytest.approx((-0.2 * 10 + 0.4 * 20 + 0.1 * 30) / 60)


def test_a_score_that_is_nan_takes_no_part_in_the_mean():
    unscored = [ORIGINAL[0], ORIGINAL[1]._replace(sentiment=np.nan)]
    levels = level_values(level_terms(study(unscored, unscored, [link(0, 0)])))
    assert levels[0, named("sentiment")] == pytest.approx(-0.2)


def test_a_pair_without_links_has_no_effects():
    assert np.isnan(pair_effects(study(ORIGINAL, ORIGINAL, []))["hedges"]["total"])


def test_a_copy_has_no_effect_at_all():
    effects = pair_effects(study(ORIGINAL, ORIGINAL, [link(i, i) for i in range(3)]))
    assert {value for effect in effects.values() for value in effect.values()} == {0.0}


def test_within_an_event_a_pair_with_more_words_weighs_more():
    long = [sentence("body", 400, hedges=4)]
    short = [sentence("body", 10, hedges=1)]
    terms = np.array([level_terms(study(text, text, [link(0, 0)])) for text in (long, short)])
    values, n_pairs = event_values(terms, np.array([0, 0]), 1)
    assert values[0, 0, named("hedges")] == pytest.approx(1000 * 5 / 410)
    assert n_pairs[named("hedges")] == 2


def test_events_weigh_alike_however_many_pairs_they_have():
    calm, wild = [sentence(words=100)], [sentence(words=100, hedges=10)]
    records = [study(calm, calm, [link(0, 0)], event="calm")]
    records += [study(wild, wild, [link(0, 0)], event="wild", name=str(n)) for n in range(9)]
    rows = decomposition_rows(
        [record.pair for record in records],
        np.array([level_terms(record) for record in records]),
        0.95,
    )
    hedges = [row for row in rows if row["measure"] == "hedges" and row["quantity"] == LEVELS[0]]
    assert {row["value"] for row in hedges} == {50.0}
    assert {(row["n_events"], row["n_pairs"]) for row in hedges} == {(2, 10)}
