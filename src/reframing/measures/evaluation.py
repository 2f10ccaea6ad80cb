"""Evaluative and loaded wording (White & Martin 2005; Recasens et al. 2013; Conboy 2006).

The lexicon `evaluations.tsv` gives forms with a polarity as category (negative, positive, or
intensifying: weight alone) and a strength from 1 to 3 in the note: 1 reports an emotion or weighs
the matter, 2 judges, 3 attacks or sensationalises. Rules keep out literal uses ("slammed into a
wall", "tested positive", "the storm") and names ("the Grand Pier").
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Literal, cast

from reframing.documents.lexicon import Entry, load_lexicon
from reframing.documents.records import Evaluation, Span
from reframing.documents.tokens import Tokens
from reframing.measures.clauses import form, in_proper_name, number_at
from reframing.measures.sentiment import analyser

Polarity = Literal["negative", "positive", "intensifying"]


def find_evaluations(tokens: Tokens) -> tuple[Evaluation, ...]:
    """Evaluative wording in `tokens` in order of its start, each with its polarity."""
    return tuple(evaluation for evaluation, _ in weighted_evaluations(tokens))


def weighted_evaluations(tokens: Tokens) -> tuple[tuple[Evaluation, int], ...]:
    """Evaluative wording with its strength from 1 to 3."""
    return tuple(
        (Evaluation(tokens.span(first, end), cast("Polarity", entry.category)), strength(entry))
        for first, end, entry in _evaluative(tokens)
    )


def add_loaded(
    tokens: Tokens, lexical: Sequence[Evaluation], loaded: Sequence[Span]
) -> tuple[Evaluation, ...]:
    """Evaluations of the lexicon and the loaded words that a network marks beside them, by start.

    A loaded span that no entry overlaps has the polarity of its words' valence in VADER's lexicon, and
    is intensifying where that is 0.
    """
    added = [
        Evaluation(span, polarity_of(span.of(tokens.text)))
        for span in loaded
        if not any(evaluation.span.overlaps(span) for evaluation in lexical)
    ]
    return tuple(sorted([*lexical, *added]))


def polarity_of(words: str) -> Polarity:
    """The sign of the words' valence."""
    summed = valence(words)
    return "intensifying" if summed == 0 else "positive" if summed > 0 else "negative"


def valence(words: str) -> float:
    """The summed valence of some words, of which each is from -4 to 4 (VADER: Hutto & Gilbert 2014)."""
    lexicon = analyser().lexicon
    return sum(lexicon.get(word.lower(), 0.0) for word in words.split())


def strength(entry: Entry) -> int:
    """The strength that an entry's note declares: "strength 2; …" is 2."""
    return int(entry.note.removeprefix("strength ").partition(";")[0])


def _evaluative(tokens: Tokens) -> Iterator[tuple[int, int, Entry]]:
    for first, end, entry in load_lexicon("measures/evaluations").match(tokens):
        rule = _RULES.get(entry.lemma)
        if not in_proper_name(tokens, first) and (rule is None or rule(tokens, first, end)):
            yield first, end, entry


def _verb_of_attack(tokens: Tokens, first: int, end: int) -> bool:
    """Words, not impact: "slammed the plan" but not "slammed into", "the blast", "two blasts"."""
    left, right = form(tokens, first - 1), form(tokens, end)
    noun = left in _BEFORE_NOUNS or number_at(tokens, first - 1)
    return not noun and right not in _IMPACT


def _stormed(tokens: Tokens, first: int, end: int) -> bool:
    """Speech, not assault or weather: beside a comma or quotation mark."""
    return not {form(tokens, first - 1), form(tokens, end)}.isdisjoint((",", '"', "“", "”", ":"))


def _positive(tokens: Tokens, first: int, end: int) -> bool:
    """Not a finding of a test: "tested positive", "positive cases"."""
    tested = any(word.startswith("test") for word in tokens.forms[max(0, first - 3) : end + 2])
    return not tested and form(tokens, end) not in (
        "for",
        "case",
        "cases",
        "result",
        "results",
        "rate",
    )


def _great(tokens: Tokens, first: int, end: int) -> bool:
    """Not a name nor an amount: "Great Britain", "a great deal", "a great many"."""
    return form(tokens, end) not in (
        "britain",
        "deal",
        "many",
        "lakes",
        "depression",
        "recession",
        "war",
    )


def _critical(tokens: Tokens, first: int, end: int) -> bool:
    """Weight, not a patient's state nor criticism: "in critical condition", "critical of"."""
    return form(tokens, end) not in ("condition", "of", "care", "illness", "race", "theory")


def _significant(tokens: Tokens, first: int, end: int) -> bool:
    """Weight, not a test's outcome: "statistically significant", "significant difference"."""
    statistical = form(tokens, first - 1) in ("statistically", "clinically", "no", "not", "any")
    return not statistical and not form(tokens, end).startswith(_STATISTICS)


def _historic(tokens: Tokens, first: int, end: int) -> bool:
    """Praise, not age: "a historic deal" but not "historic buildings"."""
    return not form(tokens, end).startswith(
        (
            "building",
            "house",
            "home",
            "church",
            "district",
            "town",
            "cent",
            "site",
            "landmark",
            "quarter",
        )
    )


def _landmark(tokens: Tokens, first: int, end: int) -> bool:
    """Praise before a noun ("landmark ruling"), not a place ("a city landmark")."""
    return form(tokens, end)[:1].isalpha() and form(tokens, end) not in (
        "in",
        "of",
        "and",
        "that",
        "is",
    )


def _clash(tokens: Tokens, first: int, end: int) -> bool:
    """A quarrel, not a fight nor overlapping dates: "clashed with police", "scheduling clash"."""
    return "police" not in tokens.forms[max(0, first - 4) : end + 4]


_BEFORE_NOUNS = frozenset(
    """the a an this that each every another huge powerful deadly massive bomb gas explosion nuclear
    bird grand poetry in after by of from twin suicide first second trade""".split()
)
_IMPACT = frozenset(
    """into onto shut against through off at from near site furnace radius wave walls door brakes
    killed ripped tore occurred dunk club shells""".split()
)
_STATISTICS = ("difference", "association", "correlation", "predict", "interaction", "at", "effect")
_ATTACKS = (
    "slam slams slammed slamming blast blasts blasted blasting bash bashes bashed bashing trash trashes "
    "trashed trashing hammered hammers roasted torched torches axed savaged"
)
_RULES: dict[str, Callable[[Tokens, int, int], bool]] = {
    **dict.fromkeys(_ATTACKS.split(), _verb_of_attack),
    **dict.fromkeys(("clash", "clashed"), _clash),
    "stormed": _stormed,
    "positive": _positive,
    "great": _great,
    "critical": _critical,
    "significant": _significant,
    "historic": _historic,
    "landmark": _landmark,
}
