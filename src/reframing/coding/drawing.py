"""Moves of a study drawn at random for readers, with the probability of each to be drawn, and shown in context.

Strata are the moves of one slug in one corpus. How many are drawn of each goes by the square root of its size:
frequent moves, which rule a corpus's precision, are read more often than rare ones, and rare ones often enough
to say something of them (power allocation: Bankier 1988, Am. Stat. 42, 174-177). What readers see holds the
texts, which stay where they are.
"""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from heapq import heapify, heapreplace
from math import sqrt
from random import Random
from typing import Any, NamedTuple

from reframing.errors import InputError
from reframing.moves.catalogue import catalogue
from reframing.records import Article, Move, Sentence, Span, Studied, covering

_MARKED = "⟦{}⟧"


class Design(NamedTuple):
    """How a move was drawn: its stratum, the moves that are in it, the probability of this one to be drawn.

    `state` says of what state of the package the moves are.
    """

    stratum: str
    stratum_moves: int
    inclusion_probability: float
    judged_state: str


class Drawn(NamedTuple):
    """One move of one pair of a corpus, and how it was drawn."""

    corpus: str
    studied: Studied
    move: Move
    design: Design


def draw(
    studied: Iterable[tuple[str, Studied]],
    n: int,
    seed: int,
    state: str,
    left_out: Container[tuple[str, str]] = (),
) -> list[Drawn]:
    """At most `n` moves of reposts and versions, at least one a stratum; none of an event that is `left_out`.

    Within a stratum all moves have one probability and are drawn without replacement. Raises `InputError`
    where `n` is too small for the strata.
    """
    strata: dict[tuple[str, str], list[tuple[Studied, Move]]] = {}
    for corpus, one in studied:
        studied_pair = one.pair.condition in ("repost", "version")
        if studied_pair and (corpus, one.pair.event) not in left_out:
            for move in one.comparison.moves:
                strata.setdefault((corpus, move.move), []).append((one, move))
    if n < len(strata):
        problem = f"must be {len(strata)} or more, one move of each kind in each corpus"
        raise InputError(problem, field="--n")
    order = {slug: place for place, slug in enumerate(catalogue())}
    keys = sorted(strata, key=lambda key: (key[0], order[key[1]]))
    sizes = allocated([len(strata[key]) for key in keys], n)
    drawn: list[Drawn] = []
    for (corpus, slug), size in zip(keys, sizes, strict=True):
        name, moves = f"{corpus}/{slug}", sorted(strata[corpus, slug], key=_place)
        design = Design(name, len(moves), size / len(moves), state)
        chosen = Random(f"{seed}:{name}").sample(moves, size)
        drawn += [Drawn(corpus, one, move, design) for one, move in chosen]
    return drawn


def _place(found: tuple[Studied, Move]) -> tuple[object, ...]:
    one, move = found
    return one.pair.id, move.original or (), move.repost or ()


def allocated(sizes: Sequence[int], n: int) -> list[int]:
    """How many of `n` draws each stratum has: one, and the others by the square root of its size.

    Each further draw goes where the root is largest for what is drawn already; no stratum has more draws
    than moves.
    """
    given = [1] * len(sizes)
    waiting = [(-sqrt(size) / 1.5, i) for i, size in enumerate(sizes)]
    heapify(waiting)
    for _ in range(min(n, sum(sizes)) - len(sizes)):
        while given[i := waiting[0][1]] == sizes[i]:
            heapreplace(waiting, (0.0, i))
        given[i] += 1
        heapreplace(waiting, (-sqrt(sizes[i]) / (given[i] + 0.5), i))
    return given


def shown(drawn: Drawn, article: Callable[[str], Article], whole: bool = False) -> dict[str, Any]:
    """A drawn move as a reader sees it: the explanation, and both sides in context, or in the whole text."""
    one, move = drawn.studied, drawn.move
    comparison = one.comparison
    sides = (
        (one.pair.original, comparison.original_sentences, move.original, move.original_sentences),
        (one.pair.repost, comparison.repost_sentences, move.repost, move.repost_sentences),
    )
    original, repost = (
        _marked(text := article(id).text, span, Span(0, len(text)))
        if whole
        else _in_context(article(id).text, sentences, span, places)
        for id, sentences, span, places in sides
    )
    return {
        "corpus": drawn.corpus,
        "pair": one.pair.id,
        "move": move.move,
        "original": _ends(move.original),
        "repost": _ends(move.repost),
        "score": move.score,
        **drawn.design._asdict(),
        "explanation": move.explanation,
        "original_text": original,
        "repost_text": repost,
        "verdict": None,
    }


def design_of(record: Mapping[str, Any], file: str | None, number: int | str) -> Design:
    """How the move of a record was drawn; `InputError` with the field that cannot be read."""
    field = ""
    try:
        field = "stratum"
        stratum = str(record[field])
        field = "stratum_moves"
        moves = int(record[field])
        field = "inclusion_probability"
        probability = float(record[field])
        if not 0 < probability <= 1:
            raise ValueError(probability)
        field = "judged_state"
        return Design(stratum, moves, probability, str(record[field]))
    except (KeyError, TypeError, ValueError) as error:
        problem = "cannot be read; `reframing study draw` wrote it, leave it as it was"
        raise InputError(problem, file, number, field) from error


def _in_context(
    text: str, sentences: Sequence[Sentence], span: Span | None, places: Sequence[int]
) -> str:
    """The sentences of a move with one before and one behind, and the span between brackets."""
    spans = [sentences[i].span for i in places] or ([span] if span else [])
    if not spans:
        return ""
    around = covering([*spans, *([span] if span else [])])
    first = next((i for i, s in enumerate(sentences) if s.end > around.start), 0)
    last = max((i for i, s in enumerate(sentences) if s.start < around.end), default=first)
    start = min(around.start, sentences[max(0, first - 1)].start)
    end = max(around.end, sentences[min(len(sentences) - 1, last + 1)].end)
    return _marked(text, span, Span(start, end))


def _marked(text: str, span: Span | None, part: Span) -> str:
    """A part of a text, with a span in it between brackets."""
    if span is None:
        return part.of(text)
    return text[part.start : span.start] + _MARKED.format(span.of(text)) + text[span.end : part.end]


def _ends(span: Span | None) -> dict[str, int] | None:
    return None if span is None else span._asdict()
