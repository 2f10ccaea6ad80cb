"""Six dials: which way the repost moved on each question about framing, and how far.

The original's dot is the point of reference. The repost's dot lies beside it by the balance of the moves that
turn the dial: the sum of push × score (`kinds`) for each ten linked sentences of the repost (`FEWEST` where
there are fewer), cut off at `FULL` on either side. A dial that no move turns, or whose moves are even, has both
dots in one place. A dial without a way back (whose words,
how exact) has the original at its left end.
"""

from collections.abc import Sequence
from typing import NamedTuple

from reframing.lexicon import load_lexicon
from reframing.records import Comparison
from reframing.report.entries import Entry, Place
from reframing.report.kinds import Question, kind_of
from reframing.segment.tokens import tokenize

FULL = 5.0
"""The balance for each ten linked sentences at which a dial is at its end."""

EVEN = 0.2
"""A smaller balance is no direction."""

FEWEST = 5
"""So many linked sentences count at least: one move in one sentence is no full turn."""

_MARGIN = 4.0  # percent of the scale beyond its ends, so that a dot is whole
_FORCES = {"soft": 0, "plain": 1, "strong": 2}


class Scale(NamedTuple):
    """A question about framing: its ends, and what is said of a repost that moved towards either."""

    question: Question
    label: str
    ends: tuple[str, str]
    readings: tuple[str, str]
    one_way: bool = False


SCALES: tuple[Scale, ...] = (
    Scale(
        "vouches", "Who vouches", ("its sources", "the text itself"),
        ("more left to sources", "more in its own voice"),
    ),
    Scale("words", "Whose words", ("as quoted", "altered or retold"), ("", "less as quoted"), True),
    Scale(
        "sure", "How sure", ("less sure", "surer"),
        ("less sure than the original", "surer than the original"),
    ),
    Scale(
        "loaded", "How loaded", ("plainer", "more loaded"),
        ("plainer than the original", "more loaded than the original"),
    ),
    Scale("exact", "How exact", ("same facts", "other facts"), ("", "facts differ"), True),
    Scale(
        "acts", "Who acts", ("actors left out", "actors named"),
        ("names fewer actors", "names more actors"),
    ),
)  # fmt: skip


class Dial(NamedTuple):
    """A scale with both dots, in percent from the left; `balance` is for each ten linked sentences."""

    scale: Scale
    original: float
    repost: float
    balance: float
    n_moves: int

    @property
    def reading(self) -> str:
        """The dial in words."""
        if not self.n_moves:
            return "no change found"
        moves = f"{self.n_moves} move{'' if self.n_moves == 1 else 's'}"
        if abs(self.balance) < EVEN:
            return f"no clear direction, {moves}"
        return f"{self.scale.readings[self.balance > 0]}, {moves}"


def dials(comparison: Comparison, found: Sequence[Entry]) -> tuple[Dial, ...]:
    """The dials of a comparison, in the order of `SCALES`."""
    places = [place for entry in found for place in entry.places]
    linked = len({j for link in comparison.alignment for j in link.repost})
    return tuple(_dial(scale, places, linked) for scale in SCALES)


def _dial(scale: Scale, places: Sequence[Place], linked: int) -> Dial:
    turning = [place for place in places if kind_of(place.move.move).question == scale.question]
    sum_of = sum(_push(place) * place.move.score for place in turning)
    balance = round(10 * sum_of / max(FEWEST, linked), 2)
    origin = 0.0 if scale.one_way else 50.0
    part = 0.0 if abs(balance) < EVEN else max(-1.0, min(1.0, balance / FULL))
    return Dial(scale, _at(origin), _at(origin + part * (100 - origin)), balance, len(turning))


def _at(percent: float) -> float:
    return round(_MARGIN + percent * (100 - 2 * _MARGIN) / 100, 1)


def _push(place: Place) -> float:
    """Which way a move turns its dial; a changed tone turns it towards the more forceful word."""
    if place.move.move != "evaluation-shifted":
        return kind_of(place.move.move).push
    was, now = _force(place.was or ""), _force(place.now or "")
    return float((now > was) - (now < was))


def _force(phrase: str) -> int:
    """The force of the strongest word in a phrase: 2 where it is in the lexicon of evaluations."""
    tokens = tokenize(phrase)
    verbs = [entry.category for _, _, entry in load_lexicon("intensities").match(tokens)]
    forces = [_FORCES[category.partition("-")[2]] for category in verbs]
    loaded = [2 for _ in load_lexicon("evaluations").match(tokens)]
    return max([*forces, *loaded], default=1)
