"""Proposes `polarity-flipped`: one text affirms what the other denies, or states the opposite.

Three patterns are recognised without a parser:

1. A negator (*not*, *no*, *never*) applies to a word that occurs without negation in the linked sentences
   (*had not ruled out* → *had ruled out*).
2. A word is replaced by one that differs from it in a negating or opposite prefix (*unsafe* → *safe*,
   *overstated* → *understated*).
3. A word is replaced by its antonym in `opposites.tsv` (*denied* → *confirmed*), with both negated or
   neither.

The first section derives the words that a form denies by its prefix, the second proposes the moves;
`opposes` and `denies` answer the same question for `reframing.moves.support`. In the second section *this
side* is the text that is examined (`View.here`), *the other side* the text compared with it (`View.there`).
"""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel

from reframing.documents.lexicon import load_lexicon, verb_stem
from reframing.documents.records import Move, Span
from reframing.documents.terms import Term, stem
from reframing.documents.word_classes import NOT_ASSERTING
from reframing.measures.clauses import negates
from reframing.moves.context import Context, Index, Side, common, index_of
from reframing.moves.matching import (
    LEAST_SURVIVING,
    Mention,
    common_stem,
    mention,
    overlap,
    paired,
    question,
    stems,
    surviving,
)
from reframing.moves.vouching import View, both_views

# Negation by prefix.

_SHORTEST = 4
_NON = ("non-", "non")
_PARTICIPLE = ("ed", "able", "ible")


@lru_cache(maxsize=50_000)
def denied_by(form: str) -> tuple[str, ...]:
    """The words that a lower-case word denies by its prefix (*unsafe*: *safe*), usually none or one.

    A prefix alone is weak evidence: *displayed* does not deny *played*. A word counts if its prefix and
    stem are listed in `denials.tsv` (antonyms of WordNet, direct and by adjective cluster) or if the prefix
    is productive: *non-* before any word, *un-* with a hyphen or before a participle or a word in *-able*
    (Quirk et al. 1985, appendix I.21; Horn 2001, chapter 5).
    """
    return tuple(dict.fromkeys((*_listed(form), *_formed(form))))


def _listed(form: str) -> Iterator[str]:
    for prefix in _prefixes():
        base = form.removeprefix(prefix).removeprefix("-")
        if form.startswith(prefix) and (prefix, common_stem(base)) in _denials():
            yield base


def _formed(form: str) -> Iterator[str]:
    for prefix in _NON:
        if form.startswith(prefix) and len(form) >= len(prefix) + _SHORTEST:
            yield form.removeprefix(prefix).removeprefix("-")
    base = form.removeprefix("un").removeprefix("-")
    formed = base.endswith(_PARTICIPLE) or form.startswith("un-")
    if form.startswith("un") and len(base) >= _SHORTEST and formed:
        yield base


@lru_cache
def _denials() -> frozenset[tuple[str, str]]:
    """The prefix of each word in `denials.tsv`, and the stem of the word that it denies."""
    return frozenset(
        (entry.category, common_stem(entry.lemma.removeprefix(entry.category).removeprefix("-")))
        for entry in load_lexicon("moves/denials").entries
    )


@lru_cache
def _prefixes() -> tuple[str, ...]:
    return tuple(sorted({prefix for prefix, _ in _denials()}))


# Moves on polarity.

SLUG = "polarity-flipped"

_NO_DENIAL = frozenset(
    "all every necessarily only just merely simply least doubt matter sooner more less fewer".split()
)
_ENDING = frozenset("until till before unless".split())  # *not until March* affirms *in March*
# Words that deny without a negator: a text with one of them may mean the same as one with *not*.
_DENYING = frozenset(
    map(
        stem,
        """fail refuse decline deny dispute reject refute dismiss lack avoid prevent stop end halt cease
        abandon cancel scrap block ban bar forbid prohibit exclude unable unlikely unclear unknown
        impossible absent free absence failure refusal lack barely hardly scarcely rarely seldom few little
        yet unless false untrue wrong contradict oppose resist withhold miss omit rule lose leave""".split(),
    )
)
_JOINING = frozenset("and but".split())
_ASKING = frozenset(
    "asked requested wished preferred".split()
)  # *asked not to be named* denies no event
_ATTITUDES = frozenset(map(stem, "think believe know want say tell seem mean care".split()))
_AUXILIARY_DO = frozenset("do does did ca wo".split())
_OBLIGING = frozenset("shouldn't mustn't".split())
_ALIKE = 0.6  # similarity from which two sentences have the same wording
_INSTEAD = (("over", "under"), ("under", "over"), ("pro-", "anti-"), ("anti-", "pro-"))
_SHORTEST_ROOT = 4
_REACH = 6  # tokens after a negator among which is the word that it applies to
_BEFORE, _BEHIND = 8, 2  # tokens before and after a word among which a negator may apply to it
_MARKS = frozenset(", ; : – — ( )".split())
_DENYING_PRONOUNS = frozenset("no none nothing nobody neither".split())


def opposes(here: Side, i: int, there: Side) -> bool:
    """Whether a word of sentence `i` has its antonym in the other text, in a similar context.

    The context must be more similar than that of any word in the other text that means the same: the same pole
    of a scale, both negated or neither, or opposite poles of which one is negated.
    """
    others = _columns(there)
    for pole in _poles_by_sentence(here).get(i, ()):
        near = common(others.about, pole.about, len(others.scale))
        near[others.scale != pole.kind] = 0
        same = (others.pole == pole.lemma) == (others.negated == _negated(here, pole))
        if near[~same].max(initial=0) > near[same].max(initial=0):
            return True
    return False


def denies(here: Side, i: int, there: Side, linked: Sequence[int]) -> bool:
    """Whether sentence `i` denies what the other text affirms, or affirms what its linked sentences deny."""
    return any(
        _is_contradicted(here, n, there, there.sentences_with(n.head.stem))
        for n in _negations(here, i)
    ) or any(_is_contradicted(there, n, here, (i,)) for j in linked for n in _negations(there, j))


def _is_contradicted(side: Side, negation: "_Negation", other: Side, to: tuple[int, ...]) -> bool:
    """Whether the negated word occurs without negation in sentences `to` of the other text.

    These must have at least half of the content terms in its context.
    """
    head = verb_stem(side.tokens.forms[negation.head.token])
    to = tuple(j for j in to if negation.head.stem in other.sentence_stems[j])
    here = mention(side, side.tokens.span(negation.token, negation.head.token + 1), "")
    if here is None or not to or surviving(here.about, stems(other, to)) < LEAST_SURVIVING:
        return False
    return _affirmed(other, to, head, here.about) is not None and not _denied_by_form(
        other, to, head
    )


class _Negation(NamedTuple):
    """A negator (`token`) in a sentence and the term that it negates (`head`)."""

    token: int
    sentence: int
    head: Term


def find(context: Context) -> Iterator[Move]:
    """Yields `polarity-flipped` moves between linked sentences that are not copies."""
    lost, gained = both_views(context)
    for view in (lost, gained):
        negated = list(_negated_here(view))
        reported = {
            (j, i)
            for move in negated
            for i in move.original_sentences
            for j in move.repost_sentences
        }
        yield from negated
        yield from _negator_added(view, reported)
        yield from _prefixed(view, denied_by)
    yield from _prefixed(lost, _instead)
    yield from _antonyms(lost)


def _negated_here(view: View) -> Iterator[Move]:
    """Moves where a word is negated on this side and affirmed on the other."""
    for i, linked in view.linked.items():
        to = tuple(j for j in linked if view.is_comparable(i, j))
        for negation in _negations(view.here, i) if to else ():
            span = view.here.tokens.span(negation.token, negation.head.token + 1)
            here = mention(view.here, span, "")
            if here is None:
                continue
            share = surviving(here.about, stems(view.there, to))
            if share < LEAST_SURVIVING or any(question(view.there, j) for j in to):
                continue
            head = verb_stem(view.here.tokens.forms[negation.head.token])
            affirmed = _affirmed(view.there, to, head, here.about)
            if affirmed is None or _denied_by_form(view.there, to, head):
                continue
            if _is_left_open(view.there, affirmed) or _denies_elsewhere(view, i, affirmed, head):
                continue
            yield view.move(SLUG, (span, (i,)), (affirmed, to), 0.3 + 0.6 * share)


def _is_left_open(side: Side, span: Span) -> bool:
    """Whether *if*, *whether* or *unless* precedes a span in its sentence."""
    i = side.sentence_of(span)
    within = side.within(i) if i is not None else range(0)
    end = side.tokens.within(span).start
    return not NOT_ASSERTING.isdisjoint(side.tokens.forms[within.start : end])


def _denies_elsewhere(view: View, i: int, affirmed: Span, head: str) -> bool:
    """Whether the clause of `affirmed` on the other side has a negator or a denying word.

    False if its sentence has the same wording as sentence `i`. The negated word itself may be a denying one
    (*did not rule it out*, *ruled it out*).
    """
    side, j = view.there, view.there.sentence_of(affirmed)
    if j is None:
        return False
    here, there = ([form for _, form in _words(*at)] for at in ((view.here, i), (side, j)))
    if Indel.normalized_similarity(here, there) >= _ALIKE:
        return False
    at = side.tokens.within(affirmed).start
    within = side.within(j)
    clause = next(stretch for stretch in _stretches(side, within) if at < stretch.stop)
    forms = (side.tokens.forms[k] for k in clause)
    return any(_denies(form) for form in forms if verb_stem(form) != head)


def _negator_added(view: View, reported: Collection[tuple[int, int]]) -> Iterator[Move]:
    """Moves where two sentences differ only in a negator, whichever word it applies to.

    `reported` holds the (repost, original) sentence pairs that already have a move.
    """
    for i, linked in view.linked.items():
        negators = _negators_in(view.here, view.here.within(i))
        unmarked = [k for k in negators if not _marks(view.here, k)]
        if len(unmarked) != 1:
            continue
        (k,) = unmarked
        for j in linked:
            pair = (j, i) if view.from_original else (i, j)
            if pair in reported or _negators_in(view.there, view.there.within(j)):
                continue
            here, there = _words(view.here, i), _words(view.there, j)
            if _without_negation(here) == _without_negation(there) and not _denies_nothing(
                view.here, k
            ):
                words = view.here.tokens.span(k, k + 1)
                yield view.move(SLUG, (words, (i,)), (view.there.sentences[j].span, (j,)), 0.9)


def _words(side: Side, i: int) -> list[tuple[int, str]]:
    tokens = side.tokens
    return [(k, tokens.forms[k]) for k in side.within(i) if tokens.is_word[k]]


def _without_negation(words: Sequence[tuple[int, str]]) -> list[str]:
    """The words without negators and auxiliary *do* (*did not*); verbs are reduced to their stem."""
    bare = (form.removesuffix("n't") for _, form in words)
    return [verb_stem(form) for form in bare if not negates(form) and form not in _AUXILIARY_DO]


def _denies_nothing(side: Side, k: int) -> bool:
    """Whether a negator is part of an expression that denies nothing: *not only*, *no less*."""
    return k + 1 < len(side.tokens.forms) and side.tokens.forms[k + 1] in _NO_DENIAL


def _negations(side: Side, sentence: int) -> Iterator[_Negation]:
    """The negations of a sentence whose negated word can be determined.

    Skipped are *not only*, *not … until*, and two negators between the same punctuation marks, as these may
    cancel each other.
    """
    tokens, within = side.tokens, side.within(sentence)
    for clause in _stretches(side, within):
        negators = [k for k in _negators_in(side, clause) if not _marks(side, k)]
        for i in negators if len(negators) == 1 else ():
            contrasts = i == clause.start and i > within.start  # *a loss, not a gain*
            if i + 1 == clause.stop or contrasts or tokens.forms[i] in _OBLIGING:
                continue
            behind = tokens.forms[i + 1]
            if not _NO_DENIAL.isdisjoint(tokens.forms[i + 1 : i + 2 + (behind == "the")]):
                continue
            if tokens.forms[i - 1] in _ASKING and behind == "to":
                continue
            rest = range(i + 1, clause.stop)
            end = next((k for k in rest if tokens.forms[k] in NOT_ASSERTING), clause.stop)
            if any(tokens.forms[k] in _ENDING for k in range(i + 1, end)):
                continue
            for head in _negated_terms(side, sentence, i, min(clause.stop, i + 1 + _REACH)):
                yield _Negation(i, sentence, head)


def _stretches(side: Side, within: range) -> Iterator[range]:
    """The token ranges of a sentence between punctuation marks, in order."""
    start = within.start
    for k in within:
        if not side.tokens.is_word[k]:
            yield range(start, k)
            start = k + 1
    yield range(start, within.stop)


def _negated_terms(side: Side, sentence: int, negator: int, end: int) -> Iterator[Term]:
    """The terms that a negator may negate: the first content term after it.

    For *no* also the next one (*no new plan*).
    """
    behind = [term for term in side.terms[sentence] if negator < term.token < end]
    for n, head in enumerate(behind[: 1 + (side.tokens.forms[negator] == "no")]):
        between = side.tokens.forms[negator + 1 : head.token]
        if not _JOINING.isdisjoint(between) or (n and head.token - behind[0].token > 1):
            return  # *did nothing and allowed* does not deny *allowed*
        # *don't think that it will* does not deny *think*
        if head.kind == "word" and verb_stem(side.tokens.forms[head.token]) not in _ATTITUDES:
            yield head


def _marks(side: Side, token: int) -> bool:
    """Whether a token belongs to a hedge or booster (*as like as not*).

    Hedges that begin with *not* (*not known*) do not count.
    """
    span, marks = side.tokens.span(token, token + 1), _marks_by_sentence(side)
    return any(span.overlaps(mark) for i in side.sentences_at(span) for mark in marks.get(i, ()))


@lru_cache(maxsize=16)
def _marks_by_sentence(side: Side) -> dict[int, list[Span]]:
    hedges = (m for m in side.annotation.hedges if not m.entry.startswith("not "))
    found: dict[int, list[Span]] = {}
    for mark in (*hedges, *side.annotation.boosters):
        for i in side.sentences_at(mark.span):
            found.setdefault(i, []).append(mark.span)
    return found


def _negators_in(side: Side, within: range) -> list[int]:
    """Token indices of the negators in a range."""
    negators = _negators(side)
    return negators[bisect_left(negators, within.start) : bisect_left(negators, within.stop)]


@lru_cache(maxsize=16)
def _negators(side: Side) -> list[int]:
    """Token indices of the negators in an article, sorted."""
    return sorted(k for form, places in side.tokens.places.items() if negates(form) for k in places)


def _affirmed(
    side: Side, sentences: tuple[int, ...], head: str, about: frozenset[str]
) -> Span | None:
    """The span of a word (by its stem `head`) in the sentences, in the context most similar to `about`.

    None if the word does not occur, if one of its occurrences is denied, or if a negator ends a clause.
    """
    best, most = None, -1
    for j in sentences:
        within = side.within(j)
        if any(_is_last(side, within, k) for k in _negators_in(side, within)):
            return None
        for term in side.terms[j]:
            if verb_stem(side.tokens.forms[term.token]) != head:
                continue
            span = side.tokens.span(term.token, term.token + 1)
            there = mention(side, span, "")
            shared = 0 if there is None else len(there.about & about)
            if _is_denied(side, within, term.token):
                return None
            if shared > most:
                best, most = span, shared
    return best


def _is_denied(side: Side, within: range, token: int) -> bool:
    """Whether a negator or a denying word applies to the word at `token`.

    It is among the eight tokens before it in its clause, or it is one such as *no* or *nothing* among the
    two after it.
    """
    tokens = side.tokens
    listed = tokens.forms[token - 1] == "or"  # *will not defend, back or endorse*
    for k in range(token - 1, max(within.start, token - _BEFORE) - 1, -1):
        if not tokens.is_word[k] and tokens.forms[k] in _MARKS and not listed:
            break
        if _denies(tokens.forms[k]):
            return True
    behind = range(token + 1, min(within.stop, token + 1 + _BEHIND))
    return any(tokens.forms[k] in _DENYING_PRONOUNS for k in behind)


def _is_last(side: Side, within: range, k: int) -> bool:
    """Whether a token ends its clause: in *schools that did not* a negator applies to an omitted verb."""
    return k + 1 == within.stop or not side.tokens.is_word[k + 1]


def _denies(form: str) -> bool:
    return negates(form) or stem(form) in _DENYING


def _denied_by_form(side: Side, sentences: tuple[int, ...], head: str) -> bool:
    """Whether the sentences have a word that denies `head` by its prefix: *unpublished*."""
    forms = {form for j in sentences for form in _places(side, j)}
    return any(verb_stem(denied) == head for form in forms for denied in denied_by(form))


def _prefixed(view: View, opposites: Callable[[str], Iterable[str]]) -> Iterator[Move]:
    """Moves where a word on this side has one of its `opposites` on the other side.

    `opposites` gives the words that differ from a form only in the prefix.
    """
    here, there = view.here, view.there
    for i, linked in view.linked.items():
        for j in linked:
            own, other = _places(here, i), _places(there, j)
            for form in own.keys() - other.keys():
                turned = next((o for o in opposites(form) if o in other and o not in own), None)
                if turned is None or not view.is_comparable(i, j):
                    continue
                spans = [
                    side.tokens.span(token, token + 1)
                    for side, token in ((here, own[form]), (there, other[turned]))
                ]
                a, b = mention(here, spans[0], ""), mention(there, spans[1], "")
                if a is None or b is None or _negated(here, a) != _negated(there, b):
                    continue
                yield view.move(SLUG, (spans[0], (i,)), (spans[1], (j,)), 0.8)


def _places(side: Side, i: int) -> dict[str, int]:
    """The content words of a sentence, each with the index of its last token."""
    return {side.tokens.forms[t.token]: t.token for t in side.terms[i] if t.kind == "word"}


def _instead(form: str) -> Iterator[str]:
    """Yields the word with the opposite prefix: *understated* for *overstated*."""
    for prefix, instead in _INSTEAD:
        root = form.removeprefix(prefix)
        if root != form and len(root) >= _SHORTEST_ROOT:
            yield instead + root


def _antonyms(view: View) -> Iterator[Move]:
    """Moves where a word is replaced by its antonym of `opposites.tsv` in linked sentences.

    The score is 0.4 + 0.5 × the overlap coefficient of the two contexts.
    """
    originals, reposts = _poles(view.here), _poles(view.there)
    for here, there in paired(originals, reposts, view.linked):
        if there is None or here.lemma == there.lemma:
            continue
        if not view.is_comparable(here.sentence, there.sentence) and (
            _beside(view.here, here) != _beside(view.there, there)
        ):
            continue
        if len(here.about & there.about) < min(2, len(here.about), len(there.about)):
            continue
        if _has_pole(view.there, view.linked[here.sentence], here) or _has_pole(
            view.here, view.context.original_of[there.sentence], there
        ):
            continue
        if _negated(view.here, here) != _negated(view.there, there):
            continue
        was, now = (here.span, (here.sentence,)), (there.span, (there.sentence,))
        yield view.move(SLUG, was, now, 0.4 + 0.5 * overlap(here.about, there.about))


def _beside(side: Side, here: Mention) -> list[str]:
    """The words of the sentence of a mention without those of the mention itself."""
    own = side.tokens.within(here.span)
    return [form for k, form in _words(side, here.sentence) if k not in own]


@lru_cache(maxsize=16)
def _poles(side: Side) -> tuple[Mention, ...]:
    """The words of an article that have antonyms in `opposites.tsv`.

    `kind` is their scale and `lemma` the pole: `for` or `against`.
    """
    found = []
    for first, end, entry in load_lexicon("moves/opposites").match(side.tokens):
        scale, _, pole = entry.category.rpartition("-")
        here = mention(side, side.tokens.span(first, end), pole, kind=scale)
        if here is not None:
            found.append(here)
    return tuple(found)


@lru_cache(maxsize=16)
def _poles_by_sentence(side: Side) -> dict[int, list[Mention]]:
    found: dict[int, list[Mention]] = {}
    for pole in _poles(side):
        found.setdefault(pole.sentence, []).append(pole)
    return found


class _Columns(NamedTuple):
    """The words of an article with antonyms: scale, pole, whether negated (words,), and the stems near them."""

    scale: NDArray[np.str_]
    pole: NDArray[np.str_]
    negated: NDArray[np.bool_]
    about: Index


@lru_cache(maxsize=16)
def _columns(side: Side) -> _Columns:
    poles = _poles(side)
    return _Columns(
        np.array([pole.kind for pole in poles], dtype=np.str_),
        np.array([pole.lemma for pole in poles], dtype=np.str_),
        np.array([_negated(side, pole) for pole in poles], dtype=np.bool_),
        index_of(pole.about for pole in poles),
    )


def _has_pole(side: Side, sentences: tuple[int, ...], here: Mention) -> bool:
    """Whether `sentences` of a text also have a word of the same pole as `here` in the other."""
    return any(
        other.kind == here.kind and other.lemma == here.lemma
        for j in sentences
        for other in _poles_by_sentence(side).get(j, ())
    )


def _negated(side: Side, here: Mention) -> bool:
    """Whether a negator is among the four tokens before a mention in its sentence."""
    tokens = side.tokens
    first = tokens.within(here.span).start
    start = max(side.within(here.sentence).start, first - 4)
    return bool(_negators_in(side, range(start, first)))
