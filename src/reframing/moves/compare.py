"""Compare an original with its repost: alignment, support, claims, moves, relation and survival.

Both texts are read in plain typography; results have the offsets of the texts as they were given.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

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
from reframing.documents.typography import PlainText, as_given, in_plain, plain_text, set_plain
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
    original: Article,
    repost: Article,
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

    `id` defaults to the two articles' ids joined by an arrow. Offsets in the result are those of the given
    texts.
    """
    ours, theirs = plain_text(original.text), plain_text(repost.text)
    context = context_of(
        original, repost, original_annotation, repost_annotation, links, align_params, profile
    )
    original, repost = context.original.article, context.repost.article
    a, b, links = context.original, context.repost, context.links
    return Comparison(
        id=id or f"{original.id}→{repost.id}",
        original=original.id,
        repost=repost.id,
        original_sentences=as_given(a.sentences, ours),
        repost_sentences=as_given(b.sentences, theirs),
        support=support(context),
        alignment=links,
        claims=claims(context),
        moves=moves_as_given(find_moves(context, compare_params), ours, theirs),
        relation=relation or relation_of(original, repost, pair_params),
        survival=survival(context),
    )


class Found(NamedTuple):
    """The moves reported for a pair, all moves proposed, and the spans of each two linked sentences."""

    reported: tuple[Move, ...]
    proposed: tuple[Move, ...]
    linked: frozenset[tuple[Span, Span]]


def found_between(
    original: Article,
    repost: Article,
    original_annotation: Annotation | None = None,
    repost_annotation: Annotation | None = None,
    align_params: AlignParams = _ALIGN,
    compare_params: CompareParams = _COMPARE,
    profile: Profile = DEFAULT,
) -> Found:
    """The moves that `compare` reports, with all proposals and links; offsets are those of the given texts."""
    ours, theirs = plain_text(original.text), plain_text(repost.text)
    context = context_of(
        original, repost, original_annotation, repost_annotation, None, align_params, profile
    )

    proposals = proposed(context)
    linked = frozenset(
        (
            as_given(context.original.sentences[i].span, ours),
            as_given(context.repost.sentences[j].span, theirs),
        )
        for link in context.links
        for i in link.original
        for j in link.repost
    )
    return Found(
        moves_as_given(reported(context, proposals, compare_params), ours, theirs),
        moves_as_given(proposals, ours, theirs),
        linked,
    )


def moves_as_given(
    moves: Iterable[Move], original: PlainText, repost: PlainText
) -> tuple[Move, ...]:
    """Moves found in plain typography, with their spans converted to offsets of the given texts."""
    return tuple(
        replace(
            move,
            original=as_given(move.original, original),
            repost=as_given(move.repost, repost),
        )
        for move in moves
    )


def context_of(
    original: Article,
    repost: Article,
    original_annotation: Annotation | None = None,
    repost_annotation: Annotation | None = None,
    links: tuple[Link, ...] | None = None,
    align_params: AlignParams = _ALIGN,
    profile: Profile = DEFAULT,
) -> Context:
    """The input for finding moves, in plain typography; annotations and links are computed unless given."""
    ours, theirs = plain_text(original.text), plain_text(repost.text)
    original_annotation = original_annotation or annotate(original, profile)
    repost_annotation = repost_annotation or annotate(repost, profile)
    original, repost = set_plain(original, ours), set_plain(repost, theirs)
    a = Side(original, in_plain(original_annotation, ours))
    b = Side(repost, in_plain(repost_annotation, theirs))
    if links is None:
        sentences = (a.sentences, b.sentences)
        links = align(original, repost, align_params, sentences, EMBEDDERS[profile])
    return Context(a, b, links, _READERS[profile])


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
