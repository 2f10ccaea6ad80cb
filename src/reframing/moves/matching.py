"""Words of two sentences that face each other between equal ones: what took the place of what."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TypeVar

from rapidfuzz.distance import Indel

from reframing.documents.records import Span
from reframing.documents.terms import FUNCTION_WORDS
from reframing.documents.tokens import Tokens
from reframing.moves.context import Context, Side

# Whether what a marker says something about still stands on the other side.
#
# A hedge is dropped only where its clause survives. Without a parser a clause is taken as the content
# terms nearest to the marker in its own sentence.

WINDOW = 3

A = TypeVar("A", bound=Hashable)
B = TypeVar("B", bound=Hashable)


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
    before, after = side.around(sentence, span, window)
    return Mention(span, sentence, lemma, frozenset(t.stem for t in before + after), kind)


def stems(side: Side, sentences: Sequence[int]) -> frozenset[str]:
    """All content stems of some sentences."""
    return frozenset().union(*(side.sentence_stems[i] for i in sentences))


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
    """Mentions without a counterpart in linked sentences (see `paired`).

    A counterpart need not share terms: in a rewritten sentence little may be left of those about it.
    """
    pairs = paired(mentions, others, linked, least_shared=0)
    return [here for here, there in pairs if there is None]


def paired(
    mentions: Sequence[Mention],
    others: Sequence[Mention],
    linked: dict[int, tuple[int, ...]],
    least_shared: int = 1,
) -> list[tuple[Mention, Mention | None]]:
    """Each mention with its counterpart in linked sentences, or None.

    Each mention of the other side serves once. Those of one lemma belong together first, then, within
    a kind, those that share most terms about them, and at least `least_shared`; of equals the nearest
    in place. The pairs are the same from both sides.
    """
    at: dict[int, list[int]] = {}
    for m, there in enumerate(others):
        at.setdefault(there.sentence, []).append(m)
    candidates = (
        (_distance(here, others[m]), n, m)
        for n, here in enumerate(mentions)
        for sentence in linked.get(here.sentence, ())
        for m in at.get(sentence, ())
        if _corresponds(here, others[m], least_shared)
    )
    of = dict(each_once(candidates))
    return [(here, others[of[n]] if n in of else None) for n, here in enumerate(mentions)]


def each_once(candidates: Iterable[tuple[tuple[float, ...], A, B]]) -> Iterator[tuple[A, B]]:
    """Pairs from the lowest rank up, without those of which a member is in an earlier pair.

    Ranks that are the same from both sides give the same pairs from both sides.
    """
    taken: set[A] = set()
    gone: set[B] = set()
    for _, a, b in sorted(candidates, key=itemgetter(0)):
        if a not in taken and b not in gone:
            taken.add(a)
            gone.add(b)
            yield a, b


def _corresponds(here: Mention, there: Mention, least_shared: int) -> bool:
    shared = len(here.about & there.about)
    return here.kind == there.kind and (here.lemma == there.lemma or shared >= least_shared)


def _distance(here: Mention, there: Mention) -> tuple[bool, int, int, int]:
    return (
        here.lemma != there.lemma,
        -len(here.about & there.about),
        abs(here.span.start - there.span.start),
        here.span.start + there.span.start,
    )


# Words of two sentences that face each other between equal ones: what took the place of what.


def facing(a: list[str], b: list[str], longest: int) -> Iterator[tuple[int, int, int, int]]:
    """Stretches of at most `longest` words between equal words, as half-open ranges of both."""
    i = j = 0
    for block in Indel.editops(a, b).as_matching_blocks():
        if 0 < block.a - i <= longest and 0 < block.b - j <= longest:
            yield i, block.a, j, block.b
        i, j = block.a + block.size, block.b + block.size


def content_among(tokens: Tokens, places: Sequence[int]) -> list[int]:
    """Those of some tokens that are words of an open class."""
    return [k for k in places if tokens.is_word[k] and tokens.forms[k] not in FUNCTION_WORDS]
