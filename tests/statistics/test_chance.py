"""Chance between repeats of one text: computed otherwise, and for texts of which the answer is known."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from reframing.documents.errors import InputError
from reframing.statistics.chance import OUTCOMES, Chance, chance

KIND, WORDS = "again", 250


def tables(added, words=WORDS, dropped=None):
    """Tables of pairs and moves; `added` has the number of added evaluations of each repeat, by text."""
    pairs, moves = [], []
    for text, counts in enumerate(added):
        for n, count in enumerate(counts):
            pair = f"{text}-{n}"
            pairs.append((pair, KIND, None, f"text-{text}", words))
            less = dropped[text][n] if dropped else 0
            moves += [(pair, "evaluation-added")] * count + [(pair, "evaluation-dropped")] * less
    columns = ["pair", "kind", "left_out", "original", "repost_words"]
    return pd.DataFrame(pairs, columns=columns), pd.DataFrame(moves, columns=["pair", "move"])


def evaluations(pairs, moves, interval=0.95) -> Chance:
    return chance(pairs, moves, KIND, interval)[0]


def test_every_outcome_has_a_row():
    found = chance(*tables([[1, 2], [3, 3]]), KIND, 0.95)
    assert [one.outcome for one in found] == list(OUTCOMES)


def test_texts_of_which_all_repeats_agree_explain_everything():
    found = evaluations(*tables([[2, 2, 2], [5, 5, 5]]))
    assert (found.within, found.icc, found.low, found.high) == (0, 1, 1, 1)
    assert found.between == pytest.approx(np.var([8, 20], ddof=1))


def test_texts_that_all_have_the_same_repeats_explain_nothing():
    found = evaluations(*tables([[1, 4], [4, 1], [1, 4]]))
    assert (found.between, found.icc, found.low) == (0, 0, 0)
    assert found.within == pytest.approx(np.var([4, 16], ddof=1))


def test_where_nothing_is_found_there_is_no_correlation():
    hedges = chance(*tables([[1, 2], [3, 3]]), KIND, 0.95)[1]
    assert (hedges.between, hedges.within, hedges.counting) == (0, 0, 0)
    assert np.isnan([hedges.icc, hedges.low, hedges.high]).all()


UNEQUAL = [[1, 3, 2], [6, 4], [0, 1, 1, 2], [5, 7, 3]]


def test_mean_squares_have_the_f_of_an_analysis_of_variance():
    found = evaluations(*tables(UNEQUAL))
    rates = [[1000 * count / WORDS for count in counts] for counts in UNEQUAL]
    n = [len(counts) for counts in UNEQUAL]
    size = (sum(n) - sum(k * k for k in n) / sum(n)) / (len(n) - 1)
    ratio = (found.between * size + found.within) / found.within
    assert ratio == pytest.approx(stats.f_oneway(*rates).statistic)
    pooled = sum((len(r) - 1) * np.var(r, ddof=1) for r in rates) / (sum(n) - len(n))
    assert found.within == pytest.approx(pooled)


def test_at_either_end_of_the_interval_the_ratio_of_squares_is_as_rare_as_said():
    """The ratio of mean squares over 1 + m icc / (1 - icc) has the F distribution, whatever the correlation."""
    counts = [[1, 3, 2], [6, 4, 6], [0, 1, 1], [5, 7, 3]]
    found = evaluations(*tables(counts), interval=0.9)
    ratio = stats.f_oneway(*counts).statistic
    above, below = (
        stats.f.sf(ratio / (1 + 3 * end / (1 - end)), 3, 8) for end in (found.low, found.high)
    )
    assert (above, below) == (pytest.approx(0.05), pytest.approx(0.95))


def test_moves_dropped_are_taken_off_but_counted_as_noise():
    alike = evaluations(*tables([[3, 3], [3, 3]], dropped=[[1, 1], [2, 2]]))
    rates = [1000 * 2 / WORDS, 1000 / WORDS]
    assert alike.between == pytest.approx(np.var(rates, ddof=1))
    assert alike.counting == pytest.approx(np.mean([4, 5]) / 0.25**2)


@pytest.mark.parametrize(("shape", "excess"), [(None, 1), (4.0, 2)])
def test_counting_explains_poisson_counts_and_half_of_what_is_twice_as_dispersed(shape, excess):
    """A gamma of mean 4 and shape 4 under Poisson counts doubles their variance."""
    random = np.random.default_rng(3)
    mean = 4.0 if shape is None else random.gamma(shape, 4 / shape, (300, 10))
    found = evaluations(*tables(random.poisson(mean, (300, 10)).tolist()))
    assert found.within / found.counting == pytest.approx(excess, rel=0.06)
    assert found.icc < 0.03


def test_pairs_that_are_left_out_or_alone_or_of_another_kind_do_not_count():
    pairs, moves = tables([[1, 3], [6, 4], [9], [5, 5]])
    pairs.loc[pairs["original"] == "text-3", "left_out"] = "direction"
    other = pairs.assign(kind="other", pair=pairs["pair"] + "x", original="text-9")
    found = evaluations(pd.concat([pairs, other]), moves)
    assert (found.texts, found.repeats) == (2, 4)
    assert found == evaluations(*tables([[1, 3], [6, 4]]))


def test_a_kind_without_repeats_is_named():
    with pytest.raises(InputError, match=KIND):
        evaluations(*tables([[1], [2]]))
