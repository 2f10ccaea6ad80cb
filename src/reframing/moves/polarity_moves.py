"""Proposes `polarity-flipped`: one text affirms what the other denies, or states the opposite.

Three patterns are recognised without a parser:

1. A negator (*not*, *no*, *never*) applies to a word that occurs without negation in the linked sentences
   (*had not ruled out* → *had ruled out*).
2. A word is replaced by one that differs from it in a negating prefix (*unsafe* → *safe*).
3. A word is replaced by its antonym in `opposites.tsv` or `antonyms.tsv` (*denied* → *confirmed*), with both
   negated or neither.

The first section derives the words that a form denies by its prefix, the second proposes the moves;
`opposes` and `denies` answer the same question for `reframing.moves.support`. In the second section *this
side* is the text that is examined (`View.here`), *the other side* the text compared with it (`View.there`).
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from reframing.documents.lexicon import inflected, load_lexicon, verb_stem
from reframing.documents.records import Move, Span
from reframing.documents.terms import Term, stem
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
_ATTITUDES = frozenset(map(stem, "think believe know want say tell seem mean care".split()))
_REACH = 6  # tokens after a negator among which is the word that it applies to


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
        _contradicted(here, n, there, there.sentences_with(n.head.stem))
        for n in _negations(here, i)
    ) or any(_contradicted(there, n, here, (i,)) for j in linked for n in _negations(there, j))


class _Negation(NamedTuple):
    """A negator (`token`) in a sentence and the term that it negates (`head`)."""

    token: int
    sentence: int
    head: Term


def _contradicted(
    side: Side, negation: _Negation, other: Side, to: tuple[int, ...]
) -> tuple[Span, float] | None:
    """The negated word where sentences `to` of the other text affirm it, if they do.

    They must have at least half of the content terms in its context; this share is returned as well.
    """
    span = side.tokens.span(negation.token, negation.head.token + 1)
    here = mention(side, span, "")
    share = 0.0 if here is None else surviving(here.about, stems(other, to))
    if here is None or share < LEAST_SURVIVING:
        return None
    head = verb_stem(side.tokens.forms[negation.head.token])
    affirmed = _affirmed(other, to, head, here.about)
    return None if affirmed is None else (affirmed, share)


def find(context: Context) -> Iterator[Move]:
    """Yields `polarity-flipped` moves between linked sentences that are not copies."""
    lost, gained = both_views(context)
    for view in (lost, gained):
        yield from _negated_here(view)
        yield from _prefixed(view)
    yield from _antonyms(lost)


def _negated_here(view: View) -> Iterator[Move]:
    """Moves where a word is negated on this side and affirmed on the other."""
    for i, linked in view.linked.items():
        to = tuple(j for j in linked if view.is_comparable(i, j))
        if not to or any(question(view.there, j) for j in to):
            continue
        for negation in _negations(view.here, i):
            span = view.here.tokens.span(negation.token, negation.head.token + 1)
            found = _contradicted(view.here, negation, view.there, to)
            if found is not None:
                affirmed, share = found
                yield view.move(SLUG, (span, (i,)), (affirmed, to), 0.3 + 0.6 * share)


def _negations(side: Side, sentence: int) -> Iterator[_Negation]:
    """The negations of a sentence: the only negator between two punctuation marks, and the word it applies to.

    That is the next content term. Skipped are *not only*, *no less*, *not until*, and *don't think that*, which
    does not deny *think*.
    """
    forms = side.tokens.forms
    for clause in _stretches(side, side.within(sentence)):
        negators = _negators_in(side, clause)
        if not _ENDING.isdisjoint(forms[clause.start : clause.stop]):
            continue
        if len(negators) != 1 or not _NO_DENIAL.isdisjoint(
            forms[negators[0] + 1 : negators[0] + 3]
        ):
            continue
        end = min(clause.stop, negators[0] + 1 + _REACH)
        behind = (term for term in side.terms[sentence] if negators[0] < term.token < end)
        head = next(behind, None)
        if head is None or head.kind != "word" or verb_stem(forms[head.token]) in _ATTITUDES:
            continue
        yield _Negation(negators[0], sentence, head)


def _stretches(side: Side, within: range) -> Iterator[range]:
    """The token ranges of a sentence between punctuation marks, in order."""
    start = within.start
    for k in within:
        if not side.tokens.is_word[k]:
            yield range(start, k)
            start = k + 1
    yield range(start, within.stop)


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

    None if the word does not occur, or if one of its occurrences is denied.
    """
    best, most = None, -1
    for j in sentences:
        within = side.within(j)
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
    """Whether a negator or a denying word stands in the clause of a token, between two punctuation marks."""
    clause = next(stretch for stretch in _stretches(side, within) if token < stretch.stop)
    return any(_denies(side.tokens.forms[k]) for k in clause if k != token)


def _denies(form: str) -> bool:
    return negates(form) or stem(form) in _DENYING


def _prefixed(view: View) -> Iterator[Move]:
    """Moves where a word on this side denies a word on the other side by its prefix."""
    here, there = view.here, view.there
    for i, linked in view.linked.items():
        for j in (j for j in linked if view.is_comparable(i, j)):
            own, other = _places(here, i), _places(there, j)
            for form in own.keys() - other.keys():
                denied = next((o for o in denied_by(form) if o in other and o not in own), None)
                if denied is None or _is_denied(there, there.within(j), other[denied]):
                    continue
                spans = [
                    side.tokens.span(token, token + 1)
                    for side, token in ((here, own[form]), (there, other[denied]))
                ]
                yield view.move(SLUG, (spans[0], (i,)), (spans[1], (j,)), 0.8)


def _places(side: Side, i: int) -> dict[str, int]:
    """The content words of a sentence, each with the index of its last token."""
    return {side.tokens.forms[t.token]: t.token for t in side.terms[i] if t.kind == "word"}


def _antonyms(view: View) -> Iterator[Move]:
    """Moves where a word is replaced by its antonym in linked sentences.

    The score is 0.4 + 0.5 × the overlap coefficient of the two contexts.
    """
    for here, there in paired(_poles(view.here), _poles(view.there), view.linked):
        if there is None or here.lemma == there.lemma:
            continue
        if len(here.about & there.about) < min(2, len(here.about), len(there.about)):
            continue
        same = _negated(view.here, here) == _negated(view.there, there)
        if same and view.is_comparable(here.sentence, there.sentence):
            was, now = (here.span, (here.sentence,)), (there.span, (there.sentence,))
            yield view.move(SLUG, was, now, 0.4 + 0.5 * overlap(here.about, there.about))


@lru_cache(maxsize=16)
def _poles(side: Side) -> tuple[Mention, ...]:
    """The words of an article that have antonyms, one mention for each scale that a word is on.

    `kind` is the scale and `lemma` the pole: `for` or `against`.
    """
    found = []
    for first, end, scale, pole in sorted((*_on_scales(side), *_in_pairs(side))):
        here = mention(side, side.tokens.span(first, end), pole, kind=scale)
        if here is not None:
            found.append(here)
    return tuple(found)


def _on_scales(side: Side) -> Iterator[tuple[int, int, str, str]]:
    """The words in `opposites.tsv`, which has several for each pole: first and end token, scale and pole."""
    for first, end, entry in load_lexicon("moves/opposites").match(side.tokens):
        scale, _, pole = entry.category.rpartition("-")
        yield first, end, scale, pole


def _in_pairs(side: Side) -> Iterator[tuple[int, int, str, str]]:
    """The words in `antonyms.tsv`, of which each pair is a scale."""
    paired_forms = _paired_forms()
    for form in side.tokens.places.keys() & paired_forms.keys():
        for token in side.tokens.places[form]:
            for scale, pole in paired_forms[form]:
                yield token, token + 1, scale, pole


@lru_cache
def _paired_forms() -> dict[str, list[tuple[str, str]]]:
    """Scale and pole of each form of the words in `antonyms.tsv`, direct antonyms of WordNet 3.0."""
    found: dict[str, list[tuple[str, str]]] = {}
    for entry in load_lexicon("moves/antonyms").entries:
        scale, _, pole = entry.category.rpartition("-")
        for form in inflected(entry):
            found.setdefault(form, []).append((scale, pole))
    return found


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


def _negated(side: Side, here: Mention) -> bool:
    """Whether a negator is among the four tokens before a mention in its sentence."""
    tokens = side.tokens
    first = tokens.within(here.span).start
    start = max(side.within(here.sentence).start, first - 4)
    return bool(_negators_in(side, range(start, first)))
