"""The moves between an original and its repost: proposed by rules and a network, scored, and filtered.

The slugs of the moves are defined in `catalogue.toml`. `candidates` collects the proposals, `proposed` scores
them, and `reported` keeps those that reach their thresholds, one for each change.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from reframing.documents.params import CompareParams
from reframing.documents.records import Move, Span, covering
from reframing.documents.terms import FUNCTION_WORDS
from reframing.moves import (
    agency_moves,
    attribution_moves,
    causality_moves,
    certainty_moves,
    change_reader,
    entity_moves,
    evaluation_moves,
    number_moves,
    polarity_moves,
    quotation_moves,
    structure_moves,
)
from reframing.moves.catalogue import catalogue, explained
from reframing.moves.context import Context, Side
from reframing.moves.scoring import evidence, least_score, score

_MOST_BETWEEN = 3  # tokens between two evaluations that are reported as one

Finder = Callable[[Context], Iterator[Move]]

RULES: Mapping[str, Finder] = {
    "attribution": attribution_moves.find,
    "quotation": quotation_moves.find,
    "certainty": certainty_moves.find,
    "evaluation": evaluation_moves.find,
    "agency": agency_moves.find,
    "causality": causality_moves.find,
    "entities": entity_moves.find,
    "numbers": number_moves.find,
    "polarity": polarity_moves.find,
    "structure": structure_moves.find,
}
NETWORK = "network"
NOTHING: frozenset[str] = frozenset()


def find_moves(
    context: Context, params: CompareParams, left_out: Collection[str] = NOTHING
) -> tuple[Move, ...]:
    """The moves of a pair whose scores reach their thresholds, in the order of the repost.

    One change is one move: of several moves of one family on the same words the most probable is kept, and
    within an invented quotation (`quote-unsupported`) no other move is reported. `left_out` names proposers to
    skip: keys of `RULES`, or `NETWORK`.
    """
    return reported(context, proposed(context, left_out), params)


def proposed(context: Context, left_out: Collection[str] = NOTHING) -> tuple[Move, ...]:
    """All moves that rules and network propose, scored by the probability that a careful reader agrees."""
    return tuple(
        replace(move, score=score(move.move, evidence(context, move)))
        for move in candidates(context, left_out)
    )


def reported(
    context: Context, proposals: Sequence[Move], params: CompareParams
) -> tuple[Move, ...]:
    """The proposals whose scores reach their thresholds, one for each change, in the order of the repost."""
    profile = "lexicon" if context.changes is None else "full"
    likely = [move for move in proposals if _is_likely(move, params, profile)]
    found = _outside_invented(list(_of_each_change(likely)))
    return tuple(sorted(_joined(context, found), key=_place))


def _is_likely(move: Move, params: CompareParams, profile: str) -> bool:
    least = least_score(move.move, profile) if params.by_kind else 0.0
    return move.score >= max(least, params.min_score)


def candidates(context: Context, left_out: Collection[str] = NOTHING) -> list[Move]:
    """The moves that rules and network find, before calibration, in the order of the repost.

    The score is that of the rule, 0 for moves that only the network found. Of moves with one slug on the same
    spans the best scored is kept; a move of the network is omitted where a rule found it on overlapping words.
    """
    best: dict[tuple[str, Span | None, Span | None], Move] = {}
    for name, find in RULES.items():
        for move in find(context) if name not in left_out else ():
            key = (move.move, move.original, move.repost)
            if key not in best or best[key].score < move.score:
                best[key] = _placed(context, move)
    found, places = list(best.values()), _Places()
    for move in found:
        places.add(move.move, move)
    for move in change_reader.find(context) if NETWORK not in left_out else ():
        if not places.taken(move.move, move):
            places.add(move.move, move)
            found.append(replace(_placed(context, move), score=0.0))
    return sorted(found, key=_place)


def _of_each_change(moves: Sequence[Move]) -> Iterator[Move]:
    """The most probable move of each family on overlapping words; moves of entire sentences are all kept."""
    kept = _Places()
    for move in sorted(moves, key=lambda move: (-move.score, *_place(move))):
        kind = catalogue()[move.move]
        if kind.unit != "proposition" or not kept.taken(kind.family, move):
            kept.add(kind.family, move)
            yield move


def _outside_invented(moves: Sequence[Move]) -> Iterator[Move]:
    """The moves outside quotations that the repost invented; moves of entire sentences are kept."""
    invented = [move for move in moves if move.move == "quote-unsupported"]
    for move in moves:
        is_within = any(quote is not move and _is_within(move, quote) for quote in invented)
        if catalogue()[move.move].unit != "proposition" or not is_within:
            yield move


def _is_within(move: Move, quotation: Move) -> bool:
    words, quoted = move.repost, quotation.repost
    return words is not None and quoted is not None and quoted.contains(words)


def _joined(context: Context, moves: Iterable[Move]) -> Iterator[Move]:
    """The moves, with neighbouring evaluations of one text merged into one: *brash and improvisational*.

    Merged are evaluations that the other text lacks, where only a few function words or commas separate them.
    """
    alone: dict[tuple[str, bool], list[Move]] = {}
    for move in moves:
        on_one_side = (move.original is None) != (move.repost is None)
        if catalogue()[move.move].family == "evaluation" and on_one_side:
            alone.setdefault((move.move, move.original is None), []).append(move)
        else:
            yield move
    for (_, in_repost), of in alone.items():
        side = context.repost if in_repost else context.original
        joined: list[tuple[Span, Move]] = []
        for span, move in sorted(
            ((covering(_spans(move)), move) for move in of), key=lambda one: one[0]
        ):
            if joined and _stand_together(side, joined[-1][0], span):
                before, other = joined.pop()
                likelier = max(other, move, key=lambda one: one.score)
                span = covering((before, span))
                spans = (None, span) if in_repost else (span, None)
                move = replace(likelier, original=spans[0], repost=spans[1])
                move = _placed(context, move)
            joined.append((span, move))
        yield from (move for _, move in joined)


def _stand_together(side: Side, a: Span, b: Span) -> bool:
    between = range(side.tokens.within(a).stop, side.tokens.within(b).start)
    words = [side.tokens.forms[k] for k in between]
    near = side.sentence_of(a) == side.sentence_of(b) and len(words) <= _MOST_BETWEEN
    return near and all(word == "," or word in FUNCTION_WORDS for word in words)


def _spans(move: Move) -> tuple[Span, ...]:
    return tuple(span for span in (move.original, move.repost) if span is not None)


_STRETCH = 1000  # characters


class _Places:
    """Moves of groups by the stretches of text that they are in: so few are compared with any other."""

    def __init__(self) -> None:
        self._at: dict[tuple[str, int, int], list[Move]] = {}

    def add(self, group: str, move: Move) -> None:
        for stretch in self._stretches(group, move):
            self._at.setdefault(stretch, []).append(move)

    def taken(self, group: str, move: Move) -> bool:
        """Whether a move of the group is on the same words as `move`."""
        return any(
            _on_the_same(move, other)
            for stretch in self._stretches(group, move)
            for other in self._at.get(stretch, ())
        )

    @staticmethod
    def _stretches(group: str, move: Move) -> Iterator[tuple[str, int, int]]:
        for side, span in enumerate((move.original, move.repost)):
            if span is not None:
                for stretch in range(span.start // _STRETCH, span.end // _STRETCH + 1):
                    yield group, side, stretch


def _on_the_same(a: Move, b: Move) -> bool:
    """Whether two moves overlap in each text in which both have a span, and there is such a text."""
    sides = ((a.original, b.original), (a.repost, b.repost))
    both = [(x, y) for x, y in sides if x is not None and y is not None]
    return bool(both) and all(x.overlaps(y) for x, y in both)


def _placed(context: Context, move: Move) -> Move:
    """The move with its explanation, and with the sentences in which its spans begin added to its sentences."""
    a, b = context.original, context.repost
    was, now = move.original and move.original.of(a.text), move.repost and move.repost.of(b.text)
    return replace(
        move,
        original_sentences=_with(a, move.original, move.original_sentences),
        repost_sentences=_with(b, move.repost, move.repost_sentences),
        explanation=explained(move.move, was, now),
    )


def _with(side: Side, span: Span | None, sentences: tuple[int, ...]) -> tuple[int, ...]:
    home = None if span is None else side.sentence_of(span)
    return sentences if home is None or home in sentences else tuple(sorted((*sentences, home)))


def _place(move: Move) -> tuple[float, float, str]:
    repost = move.repost.start if move.repost else float("inf")
    original = move.original.start if move.original else float("inf")
    return repost, original, move.move
