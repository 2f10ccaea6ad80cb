"""Proposes `evaluation-added`, `evaluation-dropped` and `evaluation-shifted`.

Evaluative wording is added or dropped if the other text lacks its stems. It is shifted if other wording
replaces it: a word of `intensities.tsv` by one of the same scale and another degree (*fell* → *plunged*),
other wording by a short replacement in the same context (*a quiet town* → *a stunning town*).

The lexicon `intensities.tsv` gives verbs, nouns and adjectives a scale (speech, criticism, fall, rise, …)
and a degree: soft, plain or strong (graduation of force: Martin & White 2005, chapter 3). In all sections
*this side* is the text that is examined (`View.here`) and *the other side* the text compared with it
(`View.there`).
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from rapidfuzz.distance import Indel

from reframing.documents.lexicon import load_lexicon
from reframing.documents.records import Evaluation, Move, Span
from reframing.documents.terms import FUNCTION_WORDS, stem
from reframing.moves.context import Context, Side
from reframing.moves.matching import (
    LEAST_SURVIVING,
    Mention,
    common_stem,
    content_among,
    facing,
    mention,
    paired,
    question,
    stems,
    surviving,
)
from reframing.moves.vouching import View, both_views, distanced

# Words of one scale and different degree.

_SAYING = ("speech", "criticism", "approval")


def shifts(view: View) -> Iterator[tuple[Mention, Mention]]:
    """Yields words on this side with their counterparts on the other, of one scale and another degree.

    Counterparts are in linked sentences that are not copies. A word of saying or judging without a
    counterpart on its own scale corresponds to one of another such scale if exactly one of them is strong
    (*said* → *slammed*).
    """
    pairs = paired(scaled(view.here), scaled(view.there), view.linked)
    for here, there in pairs:
        if there is not None and _degree(here) != _degree(there):
            yield here, there
    taken = {there.span for _, there in pairs if there is not None}
    rest = [here for here, there in pairs if there is None]
    others = [there for there in scaled(view.there) if there.span not in taken]
    for here, there in _alone(rest, others, view.linked):
        if _degree(here) != _degree(there):
            yield here, there
    for here, there in paired(_saying(rest), _saying(others), view.linked):
        if there is not None and (_degree(here) == "strong") != (_degree(there) == "strong"):
            yield here, there


def _alone(
    mentions: Sequence[Mention], others: Sequence[Mention], linked: dict[int, tuple[int, ...]]
) -> Iterator[tuple[Mention, Mention]]:
    """Pairs of mentions on both sides that are the only ones of their scale in linked sentences."""
    at: dict[tuple[str, int], list[Mention]] = {}
    for other in others:
        at.setdefault((other.kind, other.sentence), []).append(other)
    faced = {
        here: [o for j in linked.get(here.sentence, ()) for o in at.get((here.kind, j), ())]
        for here in mentions
    }
    often = Counter(there for rivals in faced.values() for there in rivals)
    for here, rivals in faced.items():
        if len(rivals) == 1 and often[rivals[0]] == 1:
            yield here, rivals[0]


@lru_cache(maxsize=16)
def scaled(side: Side) -> tuple[Mention, ...]:
    """The words of `intensities.tsv` in an article, in order.

    `kind` is the scale, `lemma` the lexicon entry followed by the degree.
    """
    found = []
    for first, end, entry in load_lexicon("moves/intensities").match(side.tokens):
        scale, degree = entry.category.split("-")
        here = mention(side, side.tokens.span(first, end), f"{entry.lemma} {degree}", kind=scale)
        if here is not None:
            found.append(here)
    return tuple(found)


def _saying(mentions: Sequence[Mention]) -> list[Mention]:
    return [replace(here, kind="saying") for here in mentions if here.kind in _SAYING]


def _degree(here: Mention) -> str:
    return here.lemma.rpartition(" ")[2]


# Words that a span replaces in a linked sentence.

_LEAST_ALIKE = 0.4
_LONGEST = 4
_MOST_CONTENT = 2


def replaced_by(view: View, sentence: int, span: Span) -> Span | None:
    """The span on the other side that corresponds to `span` of a sentence on this side, None if there is none.

    Either the sentences differ there by a short stretch between equal words, or the word after `span` is
    the same and another word precedes it. The span has one or two content words that the sentence on this
    side lacks: no names, numbers, hedges, boosters or parts of attributions, and adverbs in *-ly* only for
    an adverb in *-ly*.
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
    if not 0 < len(content) <= _MOST_CONTENT or _marks(view, content):
        return False
    kept = {term.stem for term in view.here.terms[sentence]}
    fixed = {t.token for t in view.there.terms[other] if t.kind != "word"}
    return not any(stem(forms[k]) in kept or k in fixed for k in content)


def _marks(view: View, tokens: Sequence[int]) -> bool:
    """Whether any of these tokens on the other side is part of a hedge, a booster or an attribution."""
    side = view.there
    markers = side.annotation.hedges, side.annotation.approximators, side.annotation.boosters
    spans = [marker.span for kind in markers for marker in kind]
    spans += [span for a in view.reports_there for span in (a.cue, a.source) if span is not None]
    return any(side.tokens.span(k, k + 1).overlaps(span) for k in tokens for span in spans)


# Moves on evaluation.

_ROOT = 6  # letters at the beginning of a word that are taken as its root


def find(context: Context) -> Iterator[Move]:
    """Yields evaluative wording added, dropped and shifted.

    Wording that `attribution-distanced` marks (scare quotes, *so-called*) is skipped.
    """
    lost, gained = both_views(context)
    moves = list(_shifted_verbs(lost))
    yield from moves
    held = [*distanced(gained), *distanced(lost)]
    yield from _added(gained, [move.repost for move in moves + held if move.repost])
    yield from _dropped(lost, [move.original for move in moves + held if move.original])


def _shifted_verbs(view: View) -> Iterator[Move]:
    for here, there in shifts(view):
        verbs = (view.here, here), (view.there, there)
        if _is_nominalised(*verbs) or _is_nominalised(*reversed(verbs)):
            continue
        was, now = (here.span, (here.sentence,)), (there.span, (there.sentence,))
        yield view.move("evaluation-shifted", was, now, 0.7)


def _is_nominalised(verb: tuple[Side, Mention], instead: tuple[Side, Mention]) -> bool:
    """Whether only the other sentence has another word of the root: *criticised* → *voiced criticism*."""
    side, here = verb
    root = here.span.of(side.text).lower()[:_ROOT]
    own, others = (
        {each.tokens.forms[k] for k in each.within(at.sentence)} for each, at in (verb, instead)
    )
    return len(root) == _ROOT and any(word.startswith(root) for word in others - own)


def _added(view: View, taken: Sequence[Span]) -> Iterator[Move]:
    """Moves for evaluations of the repost without a counterpart, including those in added sentences.

    An evaluation that replaces other words is `evaluation-shifted`.
    """
    for evaluation, j in _without_counterpart(view):
        to, span = view.all_linked.get(j, ()), evaluation.span
        if any(span.overlaps(other) for other in taken):
            continue
        replaced = replaced_by(view, j, span)
        if replaced is not None:
            yield view.move("evaluation-shifted", (span, (j,)), (replaced, to), 0.7)
        else:
            yield view.move("evaluation-added", (span, (j,)), (None, to), _score(evaluation))


def _dropped(view: View, taken: Sequence[Span]) -> Iterator[Move]:
    """Moves for evaluations of the original that are missing from a statement which the repost carries over.

    Skipped are evaluations that neutral or other evaluative wording replaces, and those carried over as
    questions.
    """
    for evaluation, i in _without_counterpart(view):
        to, span = view.linked.get(i, ()), evaluation.span
        here = mention(view.here, span, "")
        if not to or here is None or any(span.overlaps(other) for other in taken):
            continue
        share = surviving(here.about, stems(view.there, to))
        answered = all(question(view.there, j) for j in to) or _evaluates(view, i, to)
        if share >= LEAST_SURVIVING and not answered and replaced_by(view, i, span) is None:
            score = 0.1 + 0.8 * share
            yield view.move("evaluation-dropped", (span, (i,)), (None, to), score)


def _without_counterpart(view: View) -> Iterator[tuple[Evaluation, int]]:
    """Yields evaluations on this side whose stems the other text lacks, with their sentence indices.

    Skipped are copied sentences, quoted speech (left to the moves on quotation), and wording within a
    booster (*it is noteworthy that*), which counts as a booster.
    """
    quoted = [quote.span for quote in view.here.annotation.quotes if quote.speech]
    boosters = [marker.span for marker in view.here.annotation.boosters]
    for evaluation in view.here.annotation.evaluations:
        i = view.here.sentence_of(evaluation.span)
        if i is None or (i in view.all_linked and i not in view.linked):
            continue
        if any(span.contains(evaluation.span) for span in quoted):
            continue
        words = _content(view.here, evaluation.span)
        if words and all(any(map(word.overlaps, boosters)) for word in words):
            continue
        if not _has(_all_stems(view.there), evaluation.span.of(view.here.text)):
            yield evaluation, i


def _content(side: Side, span: Span) -> list[Span]:
    """The spans of the open-class words in a span."""
    tokens = side.tokens
    return [tokens.span(k, k + 1) for k in content_among(tokens, tokens.within(span))]


def _has(stems: frozenset[str], words: str) -> bool:
    """Whether all content words of `words` have stems among these; False without any."""
    wanted = {common_stem(word) for word in words.lower().split() if word not in FUNCTION_WORDS}
    return bool(wanted) and wanted <= stems


@lru_cache(maxsize=16)
def _stems(side: Side) -> tuple[frozenset[str], ...]:
    """The stems of all tokens of each sentence."""
    tokens = side.tokens
    return tuple(
        frozenset(common_stem(tokens.forms[k]) for k in tokens.within(sentence.span))
        for sentence in side.sentences
    )


@lru_cache(maxsize=16)
def _all_stems(side: Side) -> frozenset[str]:
    return frozenset().union(*_stems(side))


def _evaluates(view: View, i: int, to: Sequence[int]) -> bool:
    """Whether the sentences `to` have an evaluation that sentence `i` on this side lacks."""
    there = view.there
    return any(
        there.sentence_of(e.span) in to and not _has(_stems(view.here)[i], e.span.of(there.text))
        for e in there.annotation.evaluations
    )


def _score(evaluation: Evaluation) -> float:
    return 0.6 if evaluation.polarity == "intensifying" else 0.75
