"""Proposes `evaluation-added`, `evaluation-dropped` and `evaluation-shifted`.

Evaluative wording is added or dropped if the other text lacks its stems. It is shifted if a short
replacement in the same context takes its place (*a quiet town* → *a stunning town*). *This side* is the text
that is examined (`View.here`) and *the other side* the text compared with it (`View.there`).
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from rapidfuzz.distance import Indel

from reframing.documents.records import Evaluation, Move, Span
from reframing.documents.terms import FUNCTION_WORDS, stem
from reframing.moves.context import Context, Side
from reframing.moves.matching import (
    LEAST_SURVIVING,
    common_stem,
    content_among,
    facing,
    mention,
    question,
    stems,
    surviving,
)
from reframing.moves.vouching import View, both_views

# Words that a span replaces in a linked sentence.

_LEAST_ALIKE = 0.4
_LONGEST = 4
_MOST_CONTENT = 2


def replaced_by(view: View, sentence: int, span: Span) -> Span | None:
    """The span on the other side that corresponds to `span` of a sentence on this side, None if there is none.

    Either the sentences differ there by a short stretch between equal words, or the word after `span` is
    the same and another word precedes it. The span has one or two content words that the sentence on this
    side lacks: no names or numbers, and adverbs in *-ly* only for an adverb in *-ly*.
    """
    adverb = span.of(view.here.text).endswith("ly")
    for other in view.linked.get(sentence, ()):
        for words in (
            *_in_stretch(view, sentence, other, span),
            *_in_front(view, sentence, other, span),
        ):
            like = not words or view.there.tokens.forms[words[-1]].endswith("ly") == adverb
            if like and _replaceable(view, sentence, other, words):
                return view.there.tokens.span(words[0], words[-1] + 1)
    return None


def _in_stretch(view: View, sentence: int, other: int, span: Span) -> Iterator[list[int]]:
    """Token indices of the words on the other side that correspond to `span` between equal words."""
    tokens, opposite = view.here.tokens, view.there.tokens
    here = list(view.here.within(sentence))
    there = list(view.there.within(other))
    a, b = [opposite.forms[k] for k in there], [tokens.forms[k] for k in here]
    if Indel.normalized_similarity(a, b) < _LEAST_ALIKE:
        return
    for block in facing(a, b, _LONGEST):
        own = content_among(tokens, here[block[2] : block[3]])
        faced = content_among(opposite, there[block[0] : block[1]])
        at = [n for n, k in enumerate(own) if tokens.span(k, k + 1).overlaps(span)]
        if at and len(at) == len(own):
            yield faced
        elif at and len(faced) == len(own):
            yield [faced[n] for n in at]


def _in_front(view: View, sentence: int, other: int, span: Span) -> Iterator[list[int]]:
    """Token index of the word on the other side before the same word that follows `span`."""
    tokens, opposite = view.here.tokens, view.there.tokens
    behind = [k for k in view.here.within(sentence) if tokens.starts[k] >= span.end]
    if not behind or tokens.forms[behind[0]] in FUNCTION_WORDS or not tokens.is_word[behind[0]]:
        return
    following = stem(tokens.forms[behind[0]])
    there = view.there.within(other)
    for k in there[1:]:
        if stem(opposite.forms[k]) == following and opposite.is_word[k - 1]:
            yield [k - 1]


def _replaceable(view: View, sentence: int, other: int, words: Sequence[int]) -> bool:
    forms = view.there.tokens.forms
    content = content_among(view.there.tokens, words)
    if not 0 < len(content) <= _MOST_CONTENT:
        return False
    kept = {term.stem for term in view.here.terms[sentence]}
    fixed = {t.token for t in view.there.terms[other] if t.kind != "word"}
    return not any(stem(forms[k]) in kept or k in fixed for k in content)


# Moves on evaluation.


def find(context: Context) -> Iterator[Move]:
    """Yields evaluative wording added, dropped and shifted."""
    lost, gained = both_views(context)
    yield from _added(gained)
    yield from _dropped(lost)


def _added(view: View) -> Iterator[Move]:
    """Moves for evaluations of the repost without a counterpart, including those in added sentences.

    An evaluation that replaces other words is `evaluation-shifted`.
    """
    for evaluation, j in _without_counterpart(view):
        to, span = view.all_linked.get(j, ()), evaluation.span
        replaced = replaced_by(view, j, span)
        if replaced is not None:
            yield view.move("evaluation-shifted", (span, (j,)), (replaced, to), 0.7)
        else:
            yield view.move("evaluation-added", (span, (j,)), (None, to), _score(evaluation))


def _dropped(view: View) -> Iterator[Move]:
    """Moves for evaluations of the original that are missing from a statement which the repost carries over.

    Skipped are evaluations that other wording replaces, and those carried over as questions.
    """
    for evaluation, i in _without_counterpart(view):
        to, span = view.linked.get(i, ()), evaluation.span
        here = mention(view.here, span, "")
        if not to or here is None or all(question(view.there, j) for j in to):
            continue
        share = surviving(here.about, stems(view.there, to))
        if share >= LEAST_SURVIVING and replaced_by(view, i, span) is None:
            score = 0.1 + 0.8 * share
            yield view.move("evaluation-dropped", (span, (i,)), (None, to), score)


def _without_counterpart(view: View) -> Iterator[tuple[Evaluation, int]]:
    """Yields evaluations on this side whose stems the other text lacks, with their sentence indices.

    Skipped are copied sentences, and quoted speech, which is left to the moves on quotation.
    """
    quoted = [quote.span for quote in view.here.annotation.quotes if quote.speech]
    for evaluation in view.here.annotation.evaluations:
        span = evaluation.span
        i = view.here.sentence_of(span)
        if i is None or (i in view.all_linked and i not in view.linked):
            continue
        words = span.of(view.here.text).lower().split()
        wanted = {common_stem(word) for word in words if word not in FUNCTION_WORDS}
        known = bool(wanted) and wanted <= _all_stems(view.there)
        if not known and not any(quote.contains(span) for quote in quoted):
            yield evaluation, i


@lru_cache(maxsize=16)
def _all_stems(side: Side) -> frozenset[str]:
    """The stems of all tokens of an article."""
    return frozenset(map(common_stem, side.tokens.forms))


def _score(evaluation: Evaluation) -> float:
    return 0.6 if evaluation.polarity == "intensifying" else 0.75
