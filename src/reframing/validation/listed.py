"""What is found of listed changes: each found or missed, and scores with intervals by event."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np

from reframing.coding.coded import Coded, is_same
from reframing.moves.catalogue import catalogue
from reframing.records import Move
from reframing.shares import weighted_share
from reframing.statistics.bootstrap import Resampling
from reframing.validation.evidence import evidence
from reframing.validation.readings import ReadPair
from reframing.validation.statistics import auc, calibration_error

COLUMNS = ("of", "listed", "found", "right", "precision", "precision_low", "precision_high",
           "recall", "recall_low", "recall_high", "pairs")  # fmt: skip
SCORE_COLUMNS = ("of", "proposals", "right", "score", "value", "low", "high", "events")

PROPOSITIONS, SENTENCES, LEADS = "propositions", "whole sentences", "leads"
IMPORTANT, LINKS = "most important", "links"
_MOST = 3  # importance


Hit = tuple[str, str, bool, bool, bool]
"""Group, pair, whether it was listed, whether it was found, whether it is of most importance."""


Proposal = tuple[str, str, float, bool]
"""Group, event, score of a proposal, and whether a reader listed it."""


def hits_among(pair: ReadPair, moves: Sequence[Move]) -> list[Hit]:
    """Each listed change with whether it is among some moves, and each of these that is no listed change."""
    name = f"{pair.corpus}/{pair.event}"
    found, _, wrong = matched([change.move for change in pair.changes], moves)
    result: list[Hit] = []
    for change, is_found in zip(pair.changes, found, strict=True):
        most = change.importance == _MOST
        result += [(of, name, True, is_found, most) for of in groups(change.move)]
    return result + [(of, name, False, True, False) for move in wrong for of in groups(move)]


def matched(
    listed: Sequence[Coded], moves: Sequence[Move]
) -> tuple[list[bool], list[Coded], list[Move]]:
    """Whether each listed change is found, those that are not, and the moves that are none of them.

    A move is found once: each listed change takes the first that is left of its slug on its words.
    """
    left, found = list(moves), []
    for change in listed:
        hit = next((move for move in left if is_same(change, move)), None)
        if hit is not None:
            left.remove(hit)
        found.append(hit is not None)
    missed = [change for change, is_found in zip(listed, found, strict=True) if not is_found]
    return found, missed, left


def score_rows(
    proposals: Sequence[Proposal], bins: int, resampling: Resampling
) -> Iterator[tuple[object, ...]]:
    """Rows of `SCORE_COLUMNS`: area under the ROC curve and expected calibration error, by group.

    Calibration error is the mean distance of score and share listed in `bins` groups of equal size.
    """
    for group in ("all", PROPOSITIONS, SENTENCES):
        of = [one for one in proposals if group in ("all", one[0])]
        rows = [(score, float(right)) for _, _, score, right in of]
        events = [event for _, event, _, _ in of]
        for name, statistic in (
            ("AUC", auc),
            ("calibration error", partial(calibration_error, bins=bins)),
        ):
            estimate = evidence(events, rows, statistic).estimate(resampling)
            cells = (f"{value:.4f}" for value in (estimate.value, estimate.low, estimate.high))
            n_right = sum(right for *_, right in of)
            yield (group, len(of), n_right, name, *cells, estimate.n_clusters)


def groups(move: Coded | Move) -> tuple[str, str]:
    """The kinds that a move is counted in."""
    slug = move.move
    whole = SENTENCES if slug.startswith("sentence-") else LEADS if slug.startswith("lead-") else ""
    return whole or PROPOSITIONS, slug


def scores(counted: Sequence[Hit], interval: float) -> Iterator[tuple[object, ...]]:
    """Rows of the table: each group with its counts, precision and recall, with intervals by event."""
    by: dict[str, list[Hit]] = defaultdict(list)
    for hit in counted:
        by[hit[0]].append(hit)
        if hit[0] == PROPOSITIONS and hit[4]:
            by[IMPORTANT].append(hit)
    order = (PROPOSITIONS, IMPORTANT, SENTENCES, LEADS, LINKS, *catalogue())
    for group in order:
        if not (of := by.get(group, [])):
            continue
        listed = [hit for hit in of if hit[2]]
        found = [hit for hit in of if hit[3]]
        right = sum(hit[2] and hit[3] for hit in of)
        cells: list[object] = []
        for among, index in ((found, 2), (listed, 3)):
            if not among or (group == IMPORTANT and index == 2):
                cells += ["", "", ""]
                continue
            values = np.array([hit[index] for hit in among], float)
            events = [hit[1] for hit in among]
            share = weighted_share(
                values, np.ones(len(values)), [""] * len(values), events, interval
            )
            cells += [f"{value:.4f}" for value in share]
        n_found = "" if group == IMPORTANT else len(found)
        yield (group, len(listed), n_found, right, *cells, len(Counter(hit[1] for hit in of)))
