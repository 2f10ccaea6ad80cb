"""Which words of a linked sentence a span took the place of, found without a parser.

Either the two sentences differ there by one short stretch between equal words, or the word behind the
span is the same and another word stands in front of it (*a quiet town* → *a stunning town*).
"""

from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Indel

from reframing.moves.facing import content_among, facing
from reframing.moves.views import View
from reframing.records import Span
from reframing.segment.terms import FUNCTION_WORDS, stem

_LEAST_ALIKE = 0.4
_LONGEST = 4
_MOST_CONTENT = 2


def replaced_by(view: View, sentence: int, span: Span) -> Span | None:
    """The words there for which `span` in a sentence here stands; None where it has no counterpart.

    The words there must be content words that the sentence here has lost, at most two, neither names
    nor numbers nor markers of certainty or attribution.
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
    """Words of the stretch there that faces `span` between equal words."""
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
    """The word there in front of the same word that follows `span` here."""
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
    """Whether any of the tokens there is part of a hedge, a booster or an attribution."""
    side = view.there
    markers = side.annotation.hedges, side.annotation.approximators, side.annotation.boosters
    spans = [marker.span for kind in markers for marker in kind]
    spans += [span for a in view.reports_there for span in (a.cue, a.source) if span is not None]
    return any(side.tokens.span(k, k + 1).overlaps(span) for k in tokens for span in spans)
