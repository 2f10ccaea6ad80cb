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
    """A span in one side of a pair, its sentence, and the content stems that stand about it.

    Mentions of different `kind` never stand in for each other.
    """

    span: Span
    sentence: int
    lemma: str
    about: frozenset[str]
    kind: str = ""


def mention(
    side: Side, span: Span, lemma: str, window: int = WINDOW, kind: str = ""
) -> Mention | None:
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
    return Mention(span, sentence, lemma, frozenset(before[-window:] + after[:window]), kind)


def stems(side: Side, sentences: Sequence[int]) -> frozenset[str]:
    """All content stems of some sentences."""
    return frozenset(term.stem for i in sentences for term in side.terms[i])


def surviving(about: frozenset[str], other: frozenset[str]) -> float:
    """Share of the terms about a mention that the other side's sentences have; 0 without terms."""
    return len(about & other) / len(about) if about else 0.0


def counterparts(context: Context, of_original: bool) -> dict[int, tuple[int, ...]]:
    """Linked sentences on the other side, by sentence; copied sentences are left out."""
    copied_original = {
        i for link in context.links if link.relation == "copied" for i in link.original
    }
    copied_repost = {i for link in context.links if link.relation == "copied" for i in link.repost}
    if of_original:
        return {i: to for i, to in context.repost_of.items() if i not in copied_original}
    return {i: to for i, to in context.original_of.items() if i not in copied_repost}


def question(side: Side, sentence: int) -> bool:
    """Whether a sentence ends with a question mark."""
    return side.sentences[sentence].span.of(side.text).rstrip("”\"’' )").endswith("?")


def unmatched(
    mentions: Sequence[Mention],
    others: Sequence[Mention],
    linked: dict[int, tuple[int, ...]],
) -> list[Mention]:
    """Mentions without a counterpart in linked sentences (see `paired`)."""
    return [here for here, there in paired(mentions, others, linked) if there is None]


def paired(
    mentions: Sequence[Mention],
    others: Sequence[Mention],
    linked: dict[int, tuple[int, ...]],
) -> list[tuple[Mention, Mention | None]]:
    """Each mention with its counterpart in linked sentences, or None.

    Each mention of the other side serves once: first for one of its lemma, then, of its kind, for the
    one that shares most terms about it (at least one).
    """
    free = list(others)
    same = {id(here): _take(here, free, linked, same_lemma=True) for here in mentions}
    return [
        (here, same[id(here)] or _take(here, free, linked, same_lemma=False)) for here in mentions
    ]


def _take(
    here: Mention, free: list[Mention], linked: dict[int, tuple[int, ...]], same_lemma: bool
) -> Mention | None:
    """The counterpart of `here` in `free`, which is then taken out of it."""
    to = linked.get(here.sentence, ())
    near = [there for there in free if there.sentence in to and there.kind == here.kind]
    if same_lemma:
        near = [there for there in near if there.lemma == here.lemma]
    best = max(near, key=lambda there: len(there.about & here.about), default=None)
    if best is None or not (same_lemma or best.about & here.about):
        return None
    free.remove(best)
    return best
