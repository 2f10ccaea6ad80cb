"""Matching words of the original with their counterparts in linked sentences of the repost.

A `Mention` is an expression with the content terms around it. The rules pair mentions across the two texts and
ask whether the context of one survives in the other: a hedge counts as dropped only where its clause was kept.
There is no parser, so the content terms nearest to an expression in its sentence serve as its clause. `facing`
aligns two word sequences and yields the stretches that replace each other.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TypeVar

from rapidfuzz.distance import Indel

from reframing.documents.records import Span
from reframing.documents.terms import FUNCTION_WORDS, stem
from reframing.documents.tokens import Tokens
from reframing.moves.context import Context, Side, one_spelling

# Mentions and their counterparts.

WINDOW = 3
"""Content terms on each side of an expression that count as its context."""

LEAST_SURVIVING = 0.5
"""Share of the context that must survive for the statement of an expression to count as carried over."""

A = TypeVar("A", bound=Hashable)
B = TypeVar("B", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Mention:
    """An expression in one text, with its sentence index, lemma and the content stems around it (`about`).

    Only mentions of the same `kind` can be counterparts of each other.
    """

    span: Span
    sentence: int
    lemma: str
    about: frozenset[str]
    kind: str = ""


def mention(
    side: Side, span: Span, lemma: str, window: int = WINDOW, kind: str = ""
) -> Mention | None:
    """The mention at `span`; None where the span begins between sentences.

    Its `about` holds the stems of up to `window` content terms on each side of the span, within the sentence
    and without the span's own words.
    """
    sentence = side.sentence_of(span)
    if sentence is None:
        return None
    before, after = side.around(sentence, span, window)
    return Mention(span, sentence, lemma, frozenset(t.stem for t in before + after), kind)


def stems(side: Side, sentences: Sequence[int]) -> frozenset[str]:
    """The stems of all content terms of the given sentences."""
    return frozenset().union(*(side.sentence_stems[i] for i in sentences))


def surviving(about: frozenset[str], other: frozenset[str]) -> float:
    """Share of the stems `about` that are among `other`, in [0, 1]; 0 where `about` is empty."""
    return len(about & other) / len(about) if about else 0.0


def overlap(a: frozenset[str], b: frozenset[str]) -> float:
    """The overlap coefficient |A ∩ B| / min(|A|, |B|) of two sets of stems; 0 where one of them is empty."""
    smaller = min(len(a), len(b))
    return len(a & b) / smaller if smaller else 0.0


def counterparts(context: Context, of_original: bool) -> dict[int, tuple[int, ...]]:
    """The linked sentences of the other text, by sentence index; copied sentences are omitted.

    The keys are sentences of the original (`of_original`) or of the repost.
    """
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
    """The mentions without a counterpart in linked sentences (see `paired`).

    A counterpart need not share context terms: little of the context may survive in a rewritten sentence.
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

    Each mention of the other text is used at most once. Counterparts have the same kind, and either the same
    lemma or at least `least_shared` context stems in common. Mentions with the same lemma are paired first,
    then those with the most context in common, then those nearest in position. Swapping the texts gives the
    same pairs.
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
    """A greedy one-to-one matching of candidates (rank, a, b): lowest rank first, each member used once.

    Where ranks do not change when the texts are swapped, neither do the pairs.
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


# Words, and stretches of them that replace each other.


def facing(a: list[str], b: list[str], longest: int) -> Iterator[tuple[int, int, int, int]]:
    """Stretches of 1 to `longest` words that differ between identical words or the ends of two sequences.

    Yields (start in `a`, end in `a`, start in `b`, end in `b`), half-open.
    """
    i = j = 0
    for block in Indel.editops(a, b).as_matching_blocks():
        if 0 < block.a - i <= longest and 0 < block.b - j <= longest:
            yield i, block.a, j, block.b
        i, j = block.a + block.size, block.b + block.size


def common_stem(word: str) -> str:
    """The stem of a lower-case word in one spelling, the same for *radicalised* and *radicalized*."""
    return stem(one_spelling(word))


def content_among(tokens: Tokens, places: Sequence[int]) -> list[int]:
    """The given token indices without those of punctuation and function words."""
    return [k for k in places if tokens.is_word[k] and tokens.forms[k] not in FUNCTION_WORDS]
