"""Six dials for the direction of reframing, each a question about framing.

The original's dot is the point of reference, in the middle of every scale. The repost's dot is shifted by the
balance of the moves that turn the dial: the sum of push × score (`MoveType.push`) per ten linked sentences of
the repost (at least `FEWEST`), cut off at ±`FULL`. *How loaded* and *whose words* also go by both texts as
wholes (`overall`): a clear difference there decides the direction. The dots coincide where nothing turns the
dial or the moves cancel out.

A dial is as sure as the surest of what turns it in its direction; where that is to be checked, so is the dial.
"""

from collections.abc import Sequence
from typing import NamedTuple

from reframing.documents.lexicon import load_lexicon
from reframing.documents.records import Comparison
from reframing.documents.tokens import tokenize
from reframing.moves.catalogue import Question, catalogue
from reframing.report.entries import LIKELY, Confidence, Entry, Place, confidence
from reframing.report.overall import UNMEASURED, Overall

FULL = 5.0
"""Balance per ten linked sentences at which a dial is at its end."""

EVEN = 0.2
"""Balances below this in size count as no direction."""

FEWEST = 5
"""Smallest number of linked sentences to divide by, so that one move in one sentence is no full turn."""

NOTHING = "nothing found"
"""Reading of a dial that nothing turns."""

_MARGIN = 4.0  # percent of the scale beyond its ends, so that dots are not cut off
_MIDDLE = 50.0
_FORCES = {"soft": 0, "plain": 1, "strong": 2}


class Scale(NamedTuple):
    """A question about framing: labels of its two ends, and readings for a repost that moved towards each.

    A scale with one direction only has its second end alone.
    """

    question: Question
    label: str
    ends: tuple[str, str]
    readings: tuple[str, str]

    @property
    def one_way(self) -> bool:
        """Whether the scale has one direction only."""
        return not self.ends[0]


SCALES: tuple[Scale, ...] = (
    Scale(
        "vouches", "Who vouches", ("its sources", "the text itself"),
        ("more left to sources", "more in its own voice"),
    ),
    Scale("words", "Whose words", ("", "altered or retold"), ("", "less as quoted")),
    Scale("sure", "How sure", ("less sure", "surer"), ("less sure", "surer")),
    Scale("loaded", "How loaded", ("plainer", "more loaded"), ("plainer", "more loaded")),
    Scale("exact", "How exact", ("", "other facts"), ("", "facts differ")),
    Scale(
        "acts", "Who acts", ("actors left out", "actors named"),
        ("names fewer actors", "names more actors"),
    ),
)  # fmt: skip


class Dial(NamedTuple):
    """A scale with both dots' positions in percent from the left; `balance` is per ten linked sentences.

    `confidence` is that of the direction, None where there is none.
    """

    scale: Scale
    original: float
    repost: float
    balance: float
    n_moves: int
    confidence: Confidence | None

    @property
    def is_moved(self) -> bool:
        """Whether anything turns the dial."""
        return self.n_moves > 0 or self.confidence is not None

    @property
    def reading(self) -> str:
        """The dial in words."""
        if not self.is_moved:
            return NOTHING
        moves = f", {self.n_moves} move{'' if self.n_moves == 1 else 's'}" * (self.n_moves > 0)
        if self.confidence is None:
            return f"no clear direction{moves}"
        says = self.scale.readings[self.balance > 0]
        return f"{f'perhaps {says}' if self.confidence == 'check' else says}{moves}"


def dials(
    comparison: Comparison, found: Sequence[Entry], overall: Overall = UNMEASURED
) -> tuple[Dial, ...]:
    """The dials of a comparison, in the order of `SCALES`."""
    places = [place for entry in found for place in entry.places]
    linked = len({j for link in comparison.alignment for j in link.repost})
    return tuple(_dial(scale, places, linked, overall) for scale in SCALES)


def _dial(scale: Scale, places: Sequence[Place], linked: int, overall: Overall) -> Dial:
    turning = [place for place in places if catalogue()[place.move.move].question == scale.question]
    pushes = [(_push(place), place.move.score) for place in turning]
    balance = 10 * sum(push * score for push, score in pushes) / max(FEWEST, linked)
    whole, whole_score = _of_wholes(scale.question, overall)
    decides = whole_score >= LIKELY and (balance * whole < 0 or abs(whole) * FULL > abs(balance))
    if decides or not turning:
        balance = whole * FULL
    balance = round(balance, 2)
    scores = [score for push, score in (*pushes, (whole, whole_score)) if push * balance > 0]
    sure = confidence(max(scores)) if scores and abs(balance) >= EVEN else None
    part = 0.0 if sure is None else max(-1.0, min(1.0, balance / FULL))
    return Dial(scale, _at(_MIDDLE), _at(_MIDDLE * (1 + part)), balance, len(turning), sure)


def _of_wholes(question: Question, overall: Overall) -> tuple[float, float]:
    """How far both texts as wholes turn a dial, in [-1, 1], and the score of that, 0 if they do not."""
    shift = {"loaded": overall.tone, "words": overall.quoting}.get(question)
    return (shift.size, shift.score) if shift else (0.0, 0.0)


def _at(percent: float) -> float:
    return round(_MARGIN + percent * (100 - 2 * _MARGIN) / 100, 1)


def _push(place: Place) -> float:
    """Direction in which a move turns its dial; a shifted evaluation turns it towards the stronger wording."""
    if place.move.move != "evaluation-shifted":
        return catalogue()[place.move.move].push
    was, now = _force(place.was or ""), _force(place.now or "")
    return float((now > was) - (now < was))


def _force(phrase: str) -> int:
    """Force of the strongest word in a phrase: 0 soft, 1 plain, 2 strong or in the lexicon of evaluations."""
    tokens = tokenize(phrase)
    verbs = [entry.category for _, _, entry in load_lexicon("report/intensities").match(tokens)]
    forces = [_FORCES[category.partition("-")[2]] for category in verbs]
    loaded = [2 for _ in load_lexicon("measures/evaluations").match(tokens)]
    return max([*forces, *loaded], default=1)
