"""Compare an original with its repost: alignment, support, claims, moves, relation and survival.

Both texts are read in plain typography; results have the offsets of the texts as they were given.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from reframing.documents.document import Document, Text, document_of
from reframing.documents.params import AlignParams, CompareParams, PairParams
from reframing.documents.records import (
    Annotation,
    Claim,
    Comparison,
    Link,
    Move,
    Relation,
    Span,
)
from reframing.measures.annotate import DEFAULT, EMBEDDERS, Profile, annotate, annotate_together
from reframing.moves.change_reader import Reader, read_changes
from reframing.moves.context import Context, Side
from reframing.moves.find import proposed, reported
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
    return found_between(
        original,
        repost,
        id,
        original_annotation,
        repost_annotation,
        links,
        relation,
        align_params,
        compare_params,
        pair_params,
        profile,
    ).comparison


class Found(NamedTuple):
    """The comparison of a pair, and all moves that were proposed for it, reported or not."""

    comparison: Comparison
    proposed: tuple[Move, ...]

    @property
    def linked(self) -> frozenset[tuple[Span, Span]]:
        """The spans of each two linked sentences."""
        one = self.comparison
        return frozenset(
            (one.original_sentences[i].span, one.repost_sentences[j].span)
            for link in one.alignment
            for i in link.original
            for j in link.repost
        )


def found_between(
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
) -> Found:
    """What `compare` returns, with all proposed moves."""
    context = context_of(
        original, repost, original_annotation, repost_annotation, links, align_params, profile
    )
    a, b = context.original.document, context.repost.document
    proposals = proposed(context)
    comparison = Comparison(
        id=id or f"{a.given.id}→{b.given.id}",
        original=a.given.id,
        repost=b.given.id,
        original_sentences=a.as_given(a.sentences),
        repost_sentences=b.as_given(b.sentences),
        support=support(context),
        alignment=context.links,
        claims=claims(context),
        moves=moves_as_given(context, reported(context, proposals, compare_params)),
        relation=relation or relation_of(a, b, pair_params),
        survival=survival(context),
    )
    return Found(comparison, moves_as_given(context, proposals))


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
    if original_annotation is None and repost_annotation is None:
        original, repost = document_of(original), document_of(repost)
        both = annotate_together([original, repost], profile)
        original_annotation, repost_annotation = both
    a = side_of(original, original_annotation, profile)
    b = side_of(repost, repost_annotation, profile)
    if links is None:
        links = align(a.document, b.document, align_params, EMBEDDERS[profile])
    return Context(a, b, links, _READERS[profile])


def side_of(text: Text, annotation: Annotation | None = None, profile: Profile = DEFAULT) -> Side:
    """One text of a pair in plain typography, with the sentences of its annotation.

    The annotation is computed unless given.
    """
    if annotation is None:
        document = document_of(text)
        return Side(document, document.in_plain(annotate(document, profile)))
    document = text if isinstance(text, Document) else Document(text, annotation.sentences)
    if document.as_given(document.sentences) != annotation.sentences:
        document = Document(document.given, annotation.sentences)
    return Side(document, document.in_plain(annotation))


def survival(context: Context) -> float:
    """Share of the original's sentences, headline included, that are linked to a repost sentence, in [0, 1].

    Lines without a word ("* * *") are not counted; nan where no line has one.
    """
    worded = [i for i in range(len(context.original.sentences)) if context.original.has_words(i)]
    kept = sum(i in context.repost_of for i in worded)
    return round(kept / len(worded), 6) if worded else float("nan")


def relation_of(original: Text, repost: Text, params: PairParams) -> Relation:
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
