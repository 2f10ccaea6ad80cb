"""How far the original bears out each sentence of the repost."""

from collections import Counter
from collections.abc import Iterator

from reframing.moves.context import Context

_WEIGHTS = {"number": 2.0, "name": 2.0, "word": 1.0}


def support(context: Context) -> tuple[float, ...]:
    """Support of each repost sentence in [0, 1].

    The weighted share of its content terms that its linked original sentences have (full weight), or
    that stand elsewhere in the original (half). Names and numbers weigh twice. A sentence without
    content terms asserts nothing and has support 1.
    """
    return tuple(round(value, 6) for value in _values(context))


def _values(context: Context) -> Iterator[float]:
    anywhere = Counter(term.stem for terms in context.original.terms for term in terms)
    for j, terms in enumerate(context.repost.terms):
        linked = {
            term.stem for i in context.original_of.get(j, ()) for term in context.original.terms[i]
        }
        total = sum(_WEIGHTS[term.kind] for term in terms)
        borne = sum(
            _WEIGHTS[term.kind] * (1.0 if term.stem in linked else 0.5 * (term.stem in anywhere))
            for term in terms
        )
        yield borne / total if total else 1.0
