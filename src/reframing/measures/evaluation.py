"""Evaluative and loaded wording (White & Martin 2005; Recasens et al. 2013; Conboy 2006).

The lexicon `evaluations.tsv` lists forms with a polarity as category (`negative`, `positive`, or
`intensifying`: intensity without polarity) and, in the note, a strength from 1 to 3: 1 reports an emotion or
adds weight, 2 judges, 3 attacks or sensationalises. Rules exclude literal uses (*slammed into a wall*, *tested
positive*) and proper names (*the Grand Pier*).
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
    """Evaluative wording that the lexicon finds in `tokens`, with polarity, ordered by start."""
    return tuple(evaluation for evaluation, _ in weighted_evaluations(tokens))


def weighted_evaluations(tokens: Tokens) -> tuple[tuple[Evaluation, int], ...]:
    """As `find_evaluations`, each evaluation paired with its strength from 1 to 3."""
    return tuple(
        (Evaluation(tokens.span(first, end), cast("Polarity", entry.category)), strength(entry))
        for first, end, entry in _evaluative(tokens)
    )


def add_loaded(
    tokens: Tokens, lexical: Sequence[Evaluation], loaded: Sequence[Span]
) -> tuple[Evaluation, ...]:
    """The lexicon's evaluations plus the loaded spans marked by a network, ordered by start.

    Loaded spans that overlap a lexicon match are dropped. The others get their polarity from `polarity_of`.
    """
    added = [
        Evaluation(span, polarity_of(span.of(tokens.text)))
        for span in loaded
        if not any(evaluation.span.overlaps(span) for evaluation in lexical)
    ]
    return tuple(sorted([*lexical, *added]))


def polarity_of(words: str) -> Polarity:
    """Polarity by the sign of the words' summed VADER valence; `intensifying` if the sum is 0."""
    summed = valence(words)
    return "intensifying" if summed == 0 else "positive" if summed > 0 else "negative"


def valence(words: str) -> float:
    """Sum of the words' VADER valences, each from -4 to 4, 0 if unlisted (Hutto & Gilbert 2014)."""
    lexicon = analyser().lexicon
    return sum(lexicon.get(word.lower(), 0.0) for word in words.split())


def strength(entry: Entry) -> int:
    """The strength given at the start of an entry's note: `strength 2; …` yields 2."""
    return int(entry.note.removeprefix("strength ").partition(";")[0])


def _evaluative(tokens: Tokens) -> Iterator[tuple[int, int, Entry]]:
    for first, end, entry in load_lexicon("measures/evaluations").match(tokens):
        rule = _RULES.get(entry.lemma)
        if not in_proper_name(tokens, first) and (rule is None or rule(tokens, first, end)):
            yield first, end, entry


def _verb_of_attack(tokens: Tokens, first: int, end: int) -> bool:
    """Verbal attack (*slammed the plan*), not physical impact (*slammed into*) or a noun (*the blast*)."""
    left, right = form(tokens, first - 1), form(tokens, end)
    noun = left in _BEFORE_NOUNS or number_at(tokens, first - 1)
    return not noun and right not in _IMPACT


def _stormed(tokens: Tokens, first: int, end: int) -> bool:
    """Speech, not assault or weather: next to a comma, colon or quotation mark."""
    return not {form(tokens, first - 1), form(tokens, end)}.isdisjoint((",", '"', "“", "”", ":"))


def _positive(tokens: Tokens, first: int, end: int) -> bool:
    """Not a test result: *tested positive*, *positive cases*."""
    tested = any(word.startswith("test") for word in tokens.forms[max(0, first - 3) : end + 2])
    return not tested and form(tokens, end) not in "for case cases result results rate".split()


def _great(tokens: Tokens, first: int, end: int) -> bool:
    """Neither part of a name (*Great Britain*) nor an amount (*a great deal*, *a great many*)."""
    return form(tokens, end) not in "britain deal many lakes depression recession war".split()


def _critical(tokens: Tokens, first: int, end: int) -> bool:
    """Importance, not a patient's condition (*in critical condition*) or criticism (*critical of*)."""
    return form(tokens, end) not in ("condition", "of", "care", "illness", "race", "theory")


def _significant(tokens: Tokens, first: int, end: int) -> bool:
    """Importance, not a statistical result: *statistically significant*, *significant difference*."""
    statistical = form(tokens, first - 1) in ("statistically", "clinically", "no", "not", "any")
    return not statistical and not form(tokens, end).startswith(_STATISTICS)


def _historic(tokens: Tokens, first: int, end: int) -> bool:
    """Praise (*a historic deal*), not age (*historic buildings*)."""
    return not form(tokens, end).startswith(_AGED)


def _landmark(tokens: Tokens, first: int, end: int) -> bool:
    """Praise before a noun (*landmark ruling*), not a place (*a city landmark*)."""
    return form(tokens, end)[:1].isalpha() and form(tokens, end) not in "in of and that is".split()


def _clash(tokens: Tokens, first: int, end: int) -> bool:
    """A quarrel, not a fight with the police (*clashed with police*)."""
    return "police" not in tokens.forms[max(0, first - 4) : end + 4]


_BEFORE_NOUNS = frozenset(
    """the a an this that each every another huge powerful deadly massive bomb gas explosion nuclear
    bird grand poetry in after by of from twin suicide first second trade""".split()
)
_IMPACT = frozenset(
    """into onto shut against through off at from near site furnace radius wave walls door brakes
    killed ripped tore occurred dunk club shells""".split()
)
_AGED = tuple("building house home church district town cent site landmark quarter".split())
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
