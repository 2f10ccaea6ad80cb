"""Compare an original with its repost: alignment, support, claims, moves, relation and survival.

Both texts are read in plain typography; results have the offsets of the texts as they were given.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from reframing.documents.document import Text, document_of
from reframing.documents.params import AlignParams, CompareParams, PairParams
from reframing.documents.records import (
    Annotation,
    Article,
    Claim,
    Comparison,
    Link,
    Move,
    Relation,
    Span,
)
from reframing.measures.annotate import DEFAULT, EMBEDDERS, Profile, annotate
from reframing.moves.change_reader import Reader, read_changes
from reframing.moves.context import Context, Side
from reframing.moves.find import find_moves, proposed, reported
from reframing.moves.support import support
from reframing.pairing.align import align
from reframing.pairing.evidence import compare_profiles, judge_relation, profile

_CHANGES = {-1: "downplays", 0: "same", 1: "exaggerates"}
_READERS: dict[Profile, Reader | None] = {"full": read_changes, "lexicon": None}
_ALIGN, _COMPARE, _PAIR = AlignParams(), CompareParams(), PairParams()


def compare(
    original: Text,
    repost: Text,
    id: str | None = None,
    original_annotation: Annotation | None = None,
    repost_annotation: Annotation | None = None,
    links: tuple[Link, ...] | None = None,
    relation: Relation | None = None,
    align_params: AlignParams = _ALIGN,
    compare_params: CompareParams = _COMPARE,
    pair_params: PairParams = _PAIR,
    profile: Profile = DEFAULT,
) -> Comparison:
    """The complete comparison of one pair; annotations, links and relation are computed unless given.

    `id` defaults to the two articles' ids joined by an arrow. Offsets, given and returned, are those of the
    articles as given.
    """
    context = context_of(
        original, repost, original_annotation, repost_annotation, links, align_params, profile
    )
    a, b = context.original.document, context.repost.document
    return Comparison(
        id=id or f"{a.given.id}→{b.given.id}",
        original=a.given.id,
        repost=b.given.id,
        original_sentences=a.as_given(a.sentences),
        repost_sentences=b.as_given(b.sentences),
        support=support(context),
        alignment=context.links,
        claims=claims(context),
        moves=moves_as_given(context, find_moves(context, compare_params)),
        relation=relation or relation_of(a.article, b.article, pair_params),
        survival=survival(context),
    )


class Found(NamedTuple):
    """The moves reported for a pair, all moves proposed, and the spans of each two linked sentences."""

    reported: tuple[Move, ...]
    proposed: tuple[Move, ...]
    linked: frozenset[tuple[Span, Span]]


def found_between(
    original: Text,
    repost: Text,
    original_annotation: Annotation | None = None,
    repost_annotation: Annotation | None = None,
    align_params: AlignParams = _ALIGN,
    compare_params: CompareParams = _COMPARE,
    profile: Profile = DEFAULT,
) -> Found:
    """The moves that `compare` reports, with all proposals and links; offsets are those of the given texts."""
    context = context_of(
        original, repost, original_annotation, repost_annotation, None, align_params, profile
    )
    a, b = context.original.document, context.repost.document
    proposals = proposed(context)
    linked = frozenset(
        (a.as_given(a.sentences[i].span), b.as_given(b.sentences[j].span))
        for link in context.links
        for i in link.original
        for j in link.repost
    )
    return Found(
        moves_as_given(context, reported(context, proposals, compare_params)),
        moves_as_given(context, proposals),
        linked,
    )


def moves_as_given(context: Context, moves: Iterable[Move]) -> tuple[Move, ...]:
    """Moves of a pair, with their spans converted to offsets of the articles as given."""
    a, b = context.original.document, context.repost.document
    return tuple(
        replace(move, original=a.as_given(move.original), repost=b.as_given(move.repost))
        for move in moves
    )


def context_of(
    original: Text,
    repost: Text,
    original_annotation: Annotation | None = None,
    repost_annotation: Annotation | None = None,
    links: tuple[Link, ...] | None = None,
    align_params: AlignParams = _ALIGN,
    profile: Profile = DEFAULT,
) -> Context:
    """The input for finding moves, in plain typography; annotations and links are computed unless given."""
    a = side_of(original, original_annotation, profile)
    b = side_of(repost, repost_annotation, profile)
    if links is None:
        links = align(a.document, b.document, align_params, EMBEDDERS[profile])
    return Context(a, b, links, _READERS[profile])


def side_of(text: Text, annotation: Annotation | None = None, profile: Profile = DEFAULT) -> Side:
    """One text of a pair in plain typography; its annotation is computed unless given.

    A document keeps its own sentences, which an annotation given with it must have as well.
    """
    document = document_of(text, None if annotation is None else annotation.sentences)
    return Side(document, document.in_plain(annotation or annotate(document, profile)))


def survival(context: Context) -> float:
    """Share of the original's sentences, headline included, that are linked to a repost sentence, in [0, 1].

    Lines without a word ("* * *") are not counted; nan where no line has one.
    """
    worded = [i for i in range(len(context.original.sentences)) if context.original.has_words(i)]
    kept = sum(i in context.repost_of for i in worded)
    return round(kept / len(worded), 6) if worded else float("nan")


def relation_of(original: Article, repost: Article, params: PairParams) -> Relation:
    """The relation of two articles (*verbatim*, *trimmed*, *edited* …), judged by `pairing.evidence`."""
    a, b = profile(original, params.shingle_words), profile(repost, params.shingle_words)
    return judge_relation(a, b, compare_profiles(a, b), params)[0]


def claims(context: Context) -> tuple[Claim, ...]:
    """Linked sentences that both state a relation, with the causal strength of each (InSciOut: 1 to 3).

    One claim for each repost sentence, with the strongest of the original sentences linked to it.
    """
    strengths = [
        [scores.strength for scores in side.annotation.scores]
        for side in (context.original, context.repost)
    ]
    found = []
    for j, originals in context.original_of.items():
        i = max(originals, key=lambda i: strengths[0][i])
        a, b = strengths[0][i], strengths[1][j]
        if a and b:
            found.append(Claim(i, j, (a, b), _CHANGES[(b > a) - (b < a)]))  # type: ignore[arg-type]
    return tuple(found)
