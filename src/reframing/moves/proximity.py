"""Whether what a marker says something about still stands on the other side.

A hedge is dropped only where its clause survives. Without a parser a clause is taken as the content
terms nearest to the marker in its own sentence.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from reframing.moves.context import Context, Side
from reframing.records import Span

WINDOW = 3


@dataclass(frozen=True, slots=True)
class Mention:
    """A span in one side of a pair, its sentence, and the content stems that stand about it."""

    span: Span
    sentence: int
    lemma: str
    about: frozenset[str]


def mention(side: Side, span: Span, lemma: str, window: int = WINDOW) -> Mention | None:
    """The mention of `span`; None where it lies between sentences.

    `about` holds up to `window` content terms on each side of the span, within the sentence and
    without the span's own words.
    """
    sentence = side.sentence_of(span)
    if sentence is None:
        return None
    starts = side.tokens.starts
    terms = side.terms[sentence]
    before = [term.stem for term in terms if starts[term.token] < span.start]
    after = [term.stem for term in terms if starts[term.token] >= span.end]
    return Mention(span, sentence, lemma, frozenset(before[-window:] + after[:window]))


def stems(side: Side, sentences: Sequence[int]) -> frozenset[str]:
    """All content stems of some sentences."""
    return frozenset(term.stem for i in sentences for term in side.terms[i])


def surviving(about: frozenset[str], other: frozenset[str]) -> float:
    """Share of the terms about a mention that the other side's sentences have; 0 without terms."""
    return len(about & other) / len(about) if about else 0.0


def counterparts(context: Context, of_original: bool) -> dict[int, tuple[int, ...]]:
    """Linked sentences on the other side, by sentence; copied sentences are left out."""
    copied_original = {i for link in context.links if link.relation == "copied" for i in link.original}
    copied_repost = {i for link in context.links if link.relation == "copied" for i in link.repost}
    if of_original:
        return {i: to for i, to in context.repost_of.items() if i not in copied_original}
    return {i: to for i, to in context.original_of.items() if i not in copied_repost}


def unmatched(
    mentions: Sequence[Mention],
    others: Sequence[Mention],
    linked: dict[int, tuple[int, ...]],
) -> list[Mention]:
    """Mentions without a counterpart of the same lemma, or about the same terms, in linked sentences.

    Each mention of the other side serves once; equal lemmas are matched first, then the mention that
    shares most terms (at least one).
    """
    free = list(others)
    rest: list[Mention] = []
    for here in mentions:
        near = [there for there in free if there.sentence in linked.get(here.sentence, ())]
        same = [there for there in near if there.lemma == here.lemma]
        if same:
            free.remove(max(same, key=lambda there: len(there.about & here.about)))
        else:
            rest.append(here)
    left: list[Mention] = []
    for here in rest:
        near = [there for there in free if there.sentence in linked.get(here.sentence, ())]
        best = max(near, key=lambda there: len(there.about & here.about), default=None)
        if best is not None and best.about & here.about:
            free.remove(best)
        else:
            left.append(here)
    return left
