"""What editors cut: the odds that a sentence has a counterpart in the other text, by place, length and content.

**Model.** A logistic regression of whether a sentence of the original (of one version, where nothing says who
came first) is linked to a sentence of the other text, on all of `TERMS` at once: an odds ratio above 1 means
that such sentences are carried over more often than others at the same place, of the same length and with the
same other content.

**Events weigh alike**: each sentence weighs one over the number of sentences of its event. Long originals lose
more, so that the size of an event says something about its outcome; then a GEE with exchangeable correlation
or a random intercept estimates a mixture that depends on the correlation, while the weighted equations with
independence answer the question about a typical event (Williamson, Datta & Satten 2003, Biometrics 59, 36-42).
Without weights, long events would rule. The weights are the same as in the shares of the table `survival`.

**Intervals** are by event: sentences of an event, and several reposts of one original, may depend on each other
in any way (Liang & Zeger 1986, Biometrika 73, 13-22). The variance is that of the jackknife over events, each
left out by one Newton step, which does not understate it with few or unequal events as the sandwich does
(Bell & McCaffrey 2002, Surv. Methodol. 28, 169-181; MacKinnon, Nielsen & Webb 2024, arXiv 2406.00650), with a t
quantile of events less one.

**No estimate**, with the reason, where there are fewer than `LEAST_EVENTS` events, where too few sentences have
a counterpart or have none, and for a term that does not vary, is in too few events or, since its odds ratio
would be 0 or infinite, where all its sentences have the same outcome. The sentences of such a separated term
say nothing of other terms and are left out.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from reframing.documents.records import Studied, StudyPair
from reframing.statistics.estimates import Floats
from reframing.statistics.groups import event_codes, event_sums, groups_of, linked_sentences
from reframing.statistics.jackknife import jackknifed

# What is known of a sentence.

TERMS = {
    "headline": "the headline, against the middle of the body",
    "lead": "the first sentence of the body, against the middle of the rest",
    "place": "the end of the body, against its beginning",
    "length": "twice the words",
    "quotation": "a quotation begins in it",
    "attribution": "an attribution has its cue in it",
    "hedge": "it has a hedge",
    "booster": "it has a booster",
    "evaluation": "it has an evaluation: negative, positive or intensifying",
}
"""The terms of the regression, and of which sentences, against which others, the odds ratio is."""

GRADED = ("place", "length")
"""Terms that are numbers; the others are in a sentence or not."""

LEAST_EVENTS = 10
"""Events below which nothing is estimated."""

LEAST_WITH_TERM = 5
"""Events that must have sentences with a term and sentences without it."""

LEAST_BY_TERM = 5
"""Sentences of the rarer outcome for each term (Vittinghoff & McCulloch 2007, Am. J. Epidemiol. 165, 710)."""


def sentence_outcomes(studied: Studied) -> Floats:
    """For each sentence of the original: 1 where it has a counterpart in the other text, then its `TERMS`.

    Shape (sentences, 1 + terms). Place is the rank among the n sentences of the body after the lead,
    (rank + 1/2) / n with ranks from 0, and one half for headline and lead; length is log2 of the words.
    """
    survivors = set(linked_sentences(studied)[0])
    n_body = sum(one.section == "body" for one in studied.original_measures)
    rows, rank = [], 0
    for index, one in enumerate(studied.original_measures):
        place = 0.5
        if one.section == "body":
            place = (rank + 0.5) / n_body
            rank += 1
        evaluations = one.n_negative + one.n_positive + one.n_intensifying
        rows.append(
            (
                *(index in survivors, one.section == "headline", one.section == "lead", place),
                *(np.log2(max(one.n_words, 1)), one.n_quotes > 0, one.n_attributions > 0),
                *(one.n_hedges > 0, one.n_boosters > 0, evaluations > 0),
            )
        )
    return np.array(rows, float).reshape(-1, 1 + len(TERMS))


def odds_rows(
    pairs: Sequence[StudyPair], outcomes: Sequence[Floats], interval: float
) -> Iterator[dict[str, Any]]:
    """Rows of the table `cut_odds`, from the `sentence_outcomes` of each pair."""
    for group in groups_of(pairs):
        of = [outcomes[position] for position in group.positions]
        sentences = np.concatenate(of)
        events, codes = event_codes(group.events)
        event = np.repeat(codes, [len(one) for one in of])
        kept, values = sentences[:, 0], sentences[:, 1:]
        found = odds_ratios(kept, values, event, interval)
        for number, (term, one) in enumerate(zip(TERMS, found, strict=True)):
            yield {
                "condition": group.condition,
                "kind": group.kind,
                "term": term,
                "value": one.value,
                "low": one.low,
                "high": one.high,
                "n_events": len(events),
                "n_pairs": len(group.positions),
                "found": kept.sum(),
                "n": float(len(kept)),
                "n_with_it": np.nan if term in GRADED else values[:, number].sum(),
                "reason": one.reason,
            }


# The regression.


class Odds(NamedTuple):
    """An odds ratio with its interval; where it is nan, why."""

    value: float
    low: float
    high: float
    reason: str | None = None


_ENDLESS = 15.0  # log odds of a sentence beyond which an estimate has no end
_UNKNOWN = 50.0  # log odds beyond which a bound says nothing


def odds_ratios(kept: Floats, values: Floats, event: np.ndarray, interval: float) -> list[Odds]:
    """The odds ratio of each of `TERMS`, from sentences of which 1 or 0 is `kept`.

    `values` has a row a sentence and a column a term, and `event` the number of the event of each sentence.
    """
    if len(np.unique(event)) < LEAST_EVENTS:
        return _none(f"fewer than {LEAST_EVENTS} events")
    if kept.min() == kept.max():
        return _none(f"{'every' if kept.all() else 'no'} sentence has a counterpart")
    weights = 1 / np.bincount(event)[event]
    usable, reasons = _usable(kept, values, event)
    terms = [number for number, reason in enumerate(reasons) if reason is None]
    rarer = min(kept[usable].sum(), (1 - kept[usable]).sum())
    if rarer < LEAST_BY_TERM * len(terms):
        outcome = "with" if kept[usable].mean() < 0.5 else "without"
        scarce = f"fewer than {LEAST_BY_TERM} sentences {outcome} a counterpart for each term"
        return [Odds(np.nan, np.nan, np.nan, why or scarce) for why in reasons]
    design = np.column_stack([np.ones(len(kept)), values[:, terms]])
    fitted = _fit(kept[usable], design[usable], weights[usable], event[usable], interval)
    if fitted is None:
        return [Odds(np.nan, np.nan, np.nan, why or "no finite estimate") for why in reasons]
    estimates = dict(zip(terms, fitted[1:], strict=True))
    return [estimates.get(k, Odds(np.nan, np.nan, np.nan, why)) for k, why in enumerate(reasons)]


def _none(reason: str) -> list[Odds]:
    return [Odds(np.nan, np.nan, np.nan, reason)] * len(TERMS)


def _usable(kept: Floats, values: Floats, event: np.ndarray) -> tuple[np.ndarray, list[str | None]]:
    """Which sentences have a say, and for each term why it has no estimate, None where it has one."""
    usable = np.ones(len(kept), bool)
    reasons: list[str | None] = [None] * len(TERMS)
    while True:
        separated = None
        for number, term in enumerate(TERMS):
            if reasons[number] is None and term not in GRADED:
                with_it = usable & (values[:, number] > 0)
                if with_it.any() and kept[with_it].min() == kept[with_it].max():
                    separated = number, with_it
                    break
        if separated is None:
            break
        number, with_it = separated
        outcome = "a counterpart" if kept[with_it].all() else "none"
        reasons[number] = f"all sentences with it have {outcome}"
        usable &= ~with_it
    for number, term in enumerate(TERMS):
        if reasons[number] is None:
            reasons[number] = _problem(term, values[usable, number], event[usable])
    return usable, reasons


def _problem(term: str, values: Floats, event: np.ndarray) -> str | None:
    if not len(values) or values.min() == values.max():
        if term in GRADED or not len(values):
            return "it does not vary"
        return f"{'every' if values.all() else 'no'} sentence has it"
    if term not in GRADED:
        least = min(len(np.unique(event[values > 0])), len(np.unique(event[values == 0])))
        if least < LEAST_WITH_TERM:
            return f"in or missing from sentences of fewer than {LEAST_WITH_TERM} events"
    return None


def _fit(
    kept: Floats, design: Floats, weights: Floats, event: np.ndarray, interval: float
) -> list[Odds] | None:
    """The odds ratio of each column of the design; None where there is no finite estimate."""
    import warnings

    from scipy.special import stdtrit
    from statsmodels.genmod.families import Binomial
    from statsmodels.genmod.generalized_linear_model import GLM

    if not len(kept) or kept.min() == kept.max():
        return None
    if np.linalg.matrix_rank(design) < design.shape[1]:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what they warn of is looked at below
        result = GLM(kept, design, family=Binomial(), freq_weights=weights).fit(maxiter=100)
    predictor = design @ np.asarray(result.params)
    if not result.converged or np.abs(predictor).max() > _ENDLESS:
        return None
    mean = np.asarray(result.mu)
    scores = design * (weights * (kept - mean))[:, None]
    information = (
        (weights * mean * (1 - mean))[:, None, None] * design[:, :, None] * design[:, None]
    )
    variance = jackknifed(*(_by_event(one, event) for one in (information, scores))).diagonal()
    reach = stdtrit(len(np.unique(event)) - 1, (1 + interval) / 2) * np.sqrt(variance)
    bounds = np.stack([result.params, result.params - reach, result.params + reach], axis=1)
    if not (np.isfinite(bounds).all() and np.abs(bounds).max() < _UNKNOWN):
        return None
    return [Odds(*row) for row in np.exp(bounds).tolist()]


def _by_event(values: Floats, event: np.ndarray) -> Floats:
    """Sums by event of values by sentence."""
    _, codes = np.unique(event, return_inverse=True)
    return event_sums(values, codes, int(codes.max()) + 1)
