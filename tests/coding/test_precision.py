"""Precision of moves from verdicts on some of them: weighted, by pair, with an interval that holds."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reframing.coding.coded import Coded
from reframing.coding.judging import Design, Judged, read_judged
from reframing.coding.precision import (
    EASY,
    HARD,
    MOVES,
    VERDICTS,
    as_csv,
    by_score,
    precisions,
)
from reframing.documents.errors import InputError
from reframing.documents.records import Span
from reframing.statistics.estimates import weighted_share, wilson

VERDICTS_KEPT = Path(__file__).parents[2] / "data/judgements/moves.tsv"


def judged(
    slug: str, right: bool, pair: str = "p", moves: int = 10, p: float = 0.1, corpus: str = "c"
) -> Judged:
    design = Design(f"{corpus}/{slug}", moves, p, "reframing 9")
    return Judged(corpus, pair, Coded(slug, Span(0, 4), None), 0.8, (right,), design=design)


def row(rows: list[Judged], move: str, weighting: str = MOVES):  # type: ignore[no-untyped-def]
    found = precisions(rows, 0.95)
    return next(r for r in found if (r.corpus, r.move, r.weighting) == ("c", move, weighting))


def test_a_verdict_counts_for_the_moves_it_was_drawn_from() -> None:
    frequent = [judged("sentence-omitted", right, f"a{right}", 900, 2 / 900) for right in (1, 0)]
    rare = [judged("hedge-added", True, f"b{i}", 100, 2 / 100) for i in range(2)]
    rows = [*frequent, *rare]
    assert row(rows, "all").precision == pytest.approx(0.9 * 0.5 + 0.1)
    assert row(rows, "all", VERDICTS).precision == 0.75
    assert row(rows, HARD).precision == 1
    assert (row(rows, "all").n_read, row(rows, "all").n_moves, row(rows, "all").n_pairs) == (
        4,
        1000,
        4,
    )


def test_within_a_stratum_a_move_with_half_the_probability_counts_double() -> None:
    rows = [judged("hedge-added", True, "a", 30, 0.1), judged("hedge-added", False, "b", 30, 0.05)]
    assert row(rows, "hedge-added").precision == pytest.approx(1 / 3)


@given(st.lists(st.tuples(st.booleans(), st.sampled_from("abcd")), min_size=1, max_size=40))
def test_with_equal_probabilities_the_weighted_share_is_the_plain_one(
    said: list[tuple[bool, str]],
) -> None:
    rows = [judged("hedge-added", right, pair, 10 * len(said), 0.1) for right, pair in said]
    found = row(rows, "all")
    assert found.precision == pytest.approx(np.mean([right for right, _ in said]))
    assert 0 <= found.low <= found.precision <= found.high <= 1
    assert found.low < found.high


def test_unclustered_equal_weights_give_wilsons_interval() -> None:
    rows = [judged("hedge-added", i < 8, f"p{i}") for i in range(10)]
    found = row(rows, "hedge-added")
    # one degree of freedom is spent on the mean, as in the variance of a sample
    assert (found.low, found.high) == pytest.approx(wilson(0.8, 9, 1.959964), abs=0.02)
    low, high = wilson(0.8, 10, 1.959964)
    assert (round(low, 3), round(high, 3)) == (0.490, 0.943)


def test_verdicts_of_one_pair_say_less_than_those_of_many() -> None:
    alone = [judged("hedge-added", i % 2 == 0, f"p{i}") for i in range(12)]
    together = [judged("hedge-added", i % 2 == 0, f"p{i % 2}{i // 6}") for i in range(12)]
    a, b = row(alone, "all"), row(together, "all")
    assert a.precision == b.precision
    assert a.high - a.low < b.high - b.low


@pytest.mark.parametrize(
    ("n_strata", "rate", "n_pairs", "n"),
    [(20, 0.5, 100, 200), (20, 0.95, 100, 200), (20, 0.05, 100, 200), (8, 0.3, 30, 60)],
)
def test_the_share_is_unbiased_and_its_interval_covers_the_truth(
    n_strata: int, rate: float, n_pairs: int, n: int
) -> None:
    """Strata of very different sizes and shares; moves of one pair are alike (latent correlation .1)."""
    from scipy.stats import norm

    random = np.random.default_rng(n_strata * n)
    covered, errors = [], []
    for _ in range(400):
        sizes = np.ceil(100 * np.exp(random.normal(0, 1.3, n_strata)))
        shares = random.beta(4 * rate, 4 * (1 - rate), n_strata)
        n_read = np.maximum(2, np.round(n * np.sqrt(sizes) / np.sqrt(sizes).sum())).astype(int)
        stratum = np.repeat(np.arange(n_strata), n_read)
        pair = random.integers(0, n_pairs, len(stratum))
        latent = np.sqrt(0.1) * random.normal(size=n_pairs)[pair]
        latent += np.sqrt(0.9) * random.normal(size=len(stratum))
        right = (norm.cdf(latent) < shares[stratum]).astype(float)
        weights = (sizes / n_read)[stratum]
        names = [str(s) for s in stratum]
        share, low, high = weighted_share(right, weights, names, [str(p) for p in pair], 0.95)
        truth = float(np.average(shares, weights=sizes))
        covered.append(low <= truth <= high)
        errors.append(share - truth)
    assert abs(np.mean(errors)) < 4 * np.std(errors) / np.sqrt(len(errors))
    # of 400 intervals that cover 93-97%, with the chance of this simulation
    assert 0.92 <= np.mean(covered) <= 0.985


def test_committed_precision_is_what_pandas_computes_from_the_verdicts() -> None:
    table = pd.read_csv(VERDICTS_KEPT, sep="\t", dtype={"original": str, "repost": str})
    readers = [column for column in table if column.startswith("reader")]
    table["right"] = table[readers].eq("right").all(axis=1)
    table["inverse"] = 1 / table["inclusion_probability"]
    table["weight"] = (
        table["stratum_moves"]
        * table["inverse"]
        / table.groupby("stratum")["inverse"].transform("sum")
    )
    hard = table[~table["move"].isin(EASY)]
    found = {
        (r.corpus, r.move, r.weighting): r for r in precisions(read_judged(VERDICTS_KEPT), 0.95)
    }
    for name, part in (("all", table), (HARD, hard)):
        for corpus, of in [*part.groupby("corpus"), ("all", part)]:
            weighted = (of["right"] * of["weight"]).sum() / of["weight"].sum()
            assert found[corpus, name, MOVES].precision == pytest.approx(weighted)
            assert found[corpus, name, VERDICTS].precision == pytest.approx(of["right"].mean())
            assert found[corpus, name, MOVES].n_pairs == of["pair"].nunique()
            moves = of.drop_duplicates("stratum")["stratum_moves"].sum()
            assert found[corpus, name, MOVES].n_moves == moves
    by_kind = table.groupby(["corpus", "move"])
    for (corpus, move), of in by_kind:
        weighted = (of["right"] * of["weight"]).sum() / of["weight"].sum()
        assert found[corpus, move, MOVES].precision == pytest.approx(weighted)


def test_verdicts_that_nobody_knows_the_draw_of_give_no_precision() -> None:
    unknown = judged("hedge-added", True)._replace(design=None)
    with pytest.raises(InputError, match="how its move was drawn"):
        list(precisions([unknown], 0.95))


def test_moves_of_like_scores_stand_together() -> None:
    rows = [
        judged("hedge-added", score > 0.7, f"p{score}", 40, 0.1)._replace(score=score)
        for score in (0.9, 0.5, 0.8, 0.6)
    ]
    low, high = by_score(rows, 2, 0.95)
    assert (low.move, low.n_read, low.n_moves, low.precision) == ("0.50–0.60", 2, 20, 0.0)
    assert (high.move, high.n_read, high.n_moves, high.precision) == ("0.80–0.90", 2, 20, 1.0)
    assert high.score == pytest.approx(0.85)
    assert sum(r.n_read for r in by_score(rows[:3], 5, 0.95)) == 3


def test_the_table_gives_back_the_precision_of_a_move(tmp_path: Path) -> None:
    rows = [judged("hedge-added", i < 3, f"p{i}") for i in range(4)]
    path = tmp_path / "judged.csv"
    path.write_text(as_csv(precisions(rows, 0.95)), encoding="utf8")
    table = pd.read_csv(path)
    (found,) = table[(table["move"] == "hedge-added") & (table["weighting"] == MOVES)].to_dict(
        "records"
    )
    assert (found["precision"], found["n_read"], found["n_moves"]) == (0.75, 4, 10)
    assert found["judged_state"] == "reframing 9"
    assert found["low"] < 0.75 < found["high"]
