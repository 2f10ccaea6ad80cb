"""How far rewritings of one text under one prompt differ: what is chance, and what is the text.

The outcome of a pair is how often a move is reported less how often its opposite is, per 1,000 words of the
repost. For n repeats of each of k texts, N in all, a one-way analysis of variance with random effects (Searle,
Casella & McCulloch 1992, chapter 3) gives

    within  = mean square within texts                  variance between repeats of one text
    between = (mean square between texts - within) / m  variance between texts, at least 0
    icc     = between / (between + within)              share of the variance that texts explain

with m = (N - Σn²/N) / (k - 1), which is n where all texts have as many repeats. The interval of `icc` inverts
the F distribution of the ratio of mean squares; it is exact for equal n and normal effects.

Even if a text always had the same rate, counts would differ: if moves were Poisson, a repeat of w thousand
words with a moves added and d dropped would have the variance (a + d) / w². `counting` is what the mean square
within texts would then be on average. Where `within` is greater, repeats differ more than counting explains,
and counting / within is the part that it does; where it is less, the model makes the same changes again.
"""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reframing.documents.errors import InputError
from reframing.statistics.estimates import Floats

if TYPE_CHECKING:
    import pandas as pd

OUTCOMES = {
    "evaluations": ("evaluation-added", "evaluation-dropped"),
    "hedges": ("hedge-added", "hedge-dropped"),
    "boosters": ("booster-added", "booster-dropped"),
}
"""What is counted of a pair: one move less another."""


class Chance(NamedTuple):
    """The variance of one outcome, in (moves per 1,000 words)², split into between and within texts.

    `low` and `high` are the interval of `icc`; `texts` and `repeats` how many there are of both, in all.
    """

    outcome: str
    between: float
    within: float
    counting: float
    icc: float
    low: float
    high: float
    texts: int
    repeats: int


def chance(
    pairs: "pd.DataFrame", moves: "pd.DataFrame", kind: str, interval: float
) -> list[Chance]:
    """The variance of each outcome between and within the originals of the reposts of one kind.

    `pairs` and `moves` are the tidy tables; pairs that take no part in the statistics are left out, and so are
    originals with one repost of this kind. Raises `InputError` unless two originals are left.
    """
    of_kind = pairs[(pairs["kind"] == kind) & pairs["left_out"].isna()]
    repeated = of_kind.groupby("original")["pair"].transform("size") > 1
    studied = of_kind[repeated].sort_values("pair")
    if studied["original"].nunique() < 2:
        raise InputError("has no two originals with several reposts", record=kind, field="kind")
    text = studied["original"].factorize()[0]
    kilowords = studied["repost_words"].to_numpy(float) / 1000
    found = []
    for outcome, slugs in OUTCOMES.items():
        added, dropped = (
            moves[moves["move"] == slug]
            .groupby("pair")
            .size()
            .reindex(studied["pair"], fill_value=0)
            .to_numpy(float)
            for slug in slugs
        )
        rates, of_counts = (added - dropped) / kilowords, (added + dropped) / kilowords**2
        found.append(Chance(outcome, *_split(rates, of_counts, text, interval)))
    return found


def _split(
    rates: Floats, of_counts: Floats, text: np.ndarray, interval: float
) -> tuple[float, float, float, float, float, float, int, int]:
    """The fields of `Chance` after the outcome; `text` is the index of each repeat's text."""
    from scipy.stats import f

    repeats = np.bincount(text).astype(float)
    n_texts, n = len(repeats), len(text)
    means = np.bincount(text, rates) / repeats
    free, left = n_texts - 1, n - n_texts
    square_between = float(repeats @ (means - rates.mean()) ** 2) / free
    within = float(np.sum((rates - means[text]) ** 2)) / left
    counting = float((1 - 1 / repeats) @ np.bincount(text, of_counts)) / left
    size = (n - float(repeats @ repeats) / n) / free
    between = max(0.0, (square_between - within) / size)
    if square_between == within == 0:
        return 0.0, 0.0, counting, np.nan, np.nan, np.nan, n_texts, n
    quantiles = f.ppf([0.5 + interval / 2, 0.5 - interval / 2], free, left)
    low, high = (_correlation(square_between, within * quantile, size) for quantile in quantiles)
    icc = between / (between + within)
    return between, within, counting, icc, low, high, n_texts, n


def _correlation(between: float, within: float, size: float) -> float:
    """The correlation within texts that two mean squares imply, at least 0."""
    return max(0.0, float((between - within) / (between + (size - 1) * within)))
