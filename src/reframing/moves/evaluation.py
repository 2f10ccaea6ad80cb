"""`evaluation-added`, `evaluation-dropped`, `evaluation-shifted`.

Evaluative wording is added or dropped where the other text has no word of its stem. Wording that takes
another's place was shifted: a verb by one of its scale and another degree, other words by a short
replacement in the same surroundings.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from reframing.moves.context import Context, Side
from reframing.moves.facing import content_among
from reframing.moves.intensity import shifts
from reframing.moves.proximity import Mention, mention, question, stems, surviving
from reframing.moves.replacement import replaced_by
from reframing.moves.spelling import one_spelling
from reframing.moves.stance import held_apart
from reframing.moves.views import View, both_views
from reframing.records import Evaluation, Move, Span
from reframing.segment.terms import FUNCTION_WORDS, stem

LEAST_SURVIVING = 0.5
_ROOT = 6  # letters


def find(context: Context) -> Iterator[Move]:
    """Evaluative wording gained, lost and replaced."""
    lost, gained = both_views(context)
    moves = list(_shifted_verbs(lost))
    yield from moves
    held = [*held_apart(gained), *held_apart(lost)]
    taken = [
        span for move in moves + held for span in (move.original, move.repost) if span is not None
    ]
    yield from _added(gained, taken)
    yield from _dropped(lost, taken)


def _shifted_verbs(view: View) -> Iterator[Move]:
    for here, there in shifts(view):
        verbs = (view.here, here), (view.there, there)
        if _is_told_by_noun(*verbs) or _is_told_by_noun(*reversed(verbs)):
            continue
        was, now = (here.span, (here.sentence,)), (there.span, (there.sentence,))
        yield view.move("evaluation-shifted", was, now, 0.7)


def _is_told_by_noun(verb: tuple[Side, Mention], instead: tuple[Side, Mention]) -> bool:
    """Whether only the other sentence has another word of a verb's root: *criticised* → *voiced criticism*."""
    side, here = verb
    root = here.span.of(side.text).lower()[:_ROOT]
    own, others = (
        {each.tokens.forms[k] for k in each.within(at.sentence)} for each, at in (verb, instead)
    )
    return len(root) == _ROOT and any(word.startswith(root) for word in others - own)


def _added(view: View, taken: Sequence[Span]) -> Iterator[Move]:
    """Evaluations of the repost without counterpart, also in sentences that the original lacks."""
    for evaluation, j in _without_counterpart(view):
        to, span = view.all_linked.get(j, ()), evaluation.span
        if any(span.overlaps(other) for other in taken):
            continue
        replaced = replaced_by(view, j, span)
        if replaced is not None:
            yield view.move("evaluation-shifted", (span, (j,)), (replaced, to), 0.7)
        else:
            yield view.move("evaluation-added", (span, (j,)), (None, to), _score(evaluation))


def _dropped(view: View, taken: Sequence[Span]) -> Iterator[Move]:
    """Evaluations of the original that are gone from a statement which the repost carries over.

    Not those of which a neutral or another evaluative word takes the place, nor where the repost asks.
    """
    for evaluation, i in _without_counterpart(view):
        to, span = view.linked.get(i, ()), evaluation.span
        here = mention(view.here, span, "")
        if not to or here is None or any(span.overlaps(other) for other in taken):
            continue
        share = surviving(here.about, stems(view.there, to))
        answered = all(question(view.there, j) for j in to) or _evaluates(view, i, to)
        if share >= LEAST_SURVIVING and not answered and replaced_by(view, i, span) is None:
            score = 0.1 + 0.8 * share
            yield view.move("evaluation-dropped", (span, (i,)), (None, to), score)


def _without_counterpart(view: View) -> Iterator[tuple[Evaluation, int]]:
    """Evaluations here, with their sentence, whose stems the other text lacks.

    What a quoted speaker says is not the text's own wording, which the moves on quotations tell; what
    is part of a booster (*it is noteworthy that*) counts as one.
    """
    quoted = [quote.span for quote in view.here.annotation.quotes if quote.speech]
    boosters = [marker.span for marker in view.here.annotation.boosters]
    for evaluation in view.here.annotation.evaluations:
        i = view.here.sentence_of(evaluation.span)
        if i is None or (i in view.all_linked and i not in view.linked):
            continue
        if any(span.contains(evaluation.span) for span in quoted):
            continue
        words = _content(view.here, evaluation.span)
        if words and all(any(map(word.overlaps, boosters)) for word in words):
            continue
        everywhere = range(len(view.there.sentences))
        if not _has(view.there, everywhere, evaluation.span.of(view.here.text)):
            yield evaluation, i


def _content(side: Side, span: Span) -> list[Span]:
    """The words of an open class in a span."""
    tokens = side.tokens
    return [tokens.span(k, k + 1) for k in content_among(tokens, tokens.within(span))]


def _has(side: Side, sentences: Iterable[int], words: str) -> bool:
    """Whether the sentences have all content stems of `words`."""
    wanted = {_stem(word) for word in words.lower().split() if word not in FUNCTION_WORDS}
    there = _stems(side)
    return bool(wanted) and wanted <= frozenset().union(*(there[s] for s in sentences))


@lru_cache(maxsize=16)
def _stems(side: Side) -> tuple[frozenset[str], ...]:
    """The stems of all tokens of each sentence."""
    tokens = side.tokens
    return tuple(
        frozenset(_stem(tokens.forms[k]) for k in tokens.within(sentence.span))
        for sentence in side.sentences
    )


def _stem(word: str) -> str:
    """One for *radicalised* and *radicalized*, *colour* and *color*."""
    return stem(one_spelling(word))


def _evaluates(view: View, i: int, to: Sequence[int]) -> bool:
    """Whether the sentences there have evaluative wording that sentence `i` here lacks."""
    there = view.there
    return any(
        there.sentence_of(e.span) in to and not _has(view.here, (i,), e.span.of(there.text))
        for e in there.annotation.evaluations
    )


def _score(evaluation: Evaluation) -> float:
    return 0.6 if evaluation.polarity == "intensifying" else 0.75
