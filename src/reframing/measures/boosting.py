"""Boosters: words by which a writer raises commitment, emphasis or importance (Hyland 2005).

The lexicon `boosters.tsv` lists the forms in three categories: `certainty` (*undeniably*), `emphasis`
(*extremely*) and `importance` (*it is noteworthy that*). Rules exclude uses that do not boost.
"""

from collections.abc import Callable

from reframing.documents.lexicon import load_lexicon
from reframing.documents.records import Marker
from reframing.documents.tokens import Tokens
from reframing.measures.clauses import form, negates, starts_sentence

_STATISTICAL = frozenset(
    """associated correlated related different higher lower greater smaller more less fewer reduced
    increased improved better worse""".split()
)


def find_boosters(tokens: Tokens) -> tuple[Marker, ...]:
    """Boosters in `tokens`, ordered by start; of overlapping entries the leftmost is kept, then the longest."""
    return tuple(
        Marker(tokens.span(first, end), entry.category, entry.lemma)
        for first, end, entry in load_lexicon("measures/boosters").match(tokens)
        if boosts(tokens, first, end, entry.lemma)
    )


def boosts(tokens: Tokens, first: int, end: int, entry: str) -> bool:
    """Whether tokens `first` to `end` (exclusive), a match of `entry`, act as a booster in their context.

    A negated booster (*not necessarily*, *never proven*) does not.
    """
    rule = _RULES.get(entry)
    before = form(tokens, first - 1)
    negated = (negates(before) or before == "hardly") and entry not in ("never", "no doubt")
    return not negated and (rule is None or rule(tokens, first, end))


def _opens_clause(tokens: Tokens, first: int, end: int) -> bool:
    """A comment on the entire clause (*Significantly, …*), not a degree (*rose significantly*)."""
    opens = starts_sentence(tokens, first) or form(tokens, first - 1) in (",", ";", "—", "–", "and")
    return opens and form(tokens, end) not in _STATISTICAL


def _prove(tokens: Tokens, first: int, end: int) -> bool:
    """Proof of a claim, not *turning out* (*proved difficult*, *prove to be*)."""
    return form(tokens, end) in "that the this it what how beyond once conclusively".split()


def _proven(tokens: Tokens, first: int, end: int) -> bool:
    return form(tokens, end) not in ("to", "difficult", "hard")


def _inevitable(tokens: Tokens, first: int, end: int) -> bool:
    return form(tokens, first - 1) not in ("almost", "nearly", "seemingly")


def _very(tokens: Tokens, first: int, end: int) -> bool:
    """A degree (*very large*), not emphasis on identity (*this very day*, *its very own*, *the very first*)."""
    before, behind = form(tokens, first - 1), form(tokens, end)
    return behind not in ("own", "same", "first", "last", "idea", "moment") and before != "this"


_COMMENTS = ("significantly", "importantly", "critically", "naturally", "notably", "tellingly")
_RULES: dict[str, Callable[[Tokens, int, int], bool]] = {
    **dict.fromkeys(_COMMENTS, _opens_clause),
    **dict.fromkeys(("prove", "proves", "proved"), _prove),
    "proven": _proven,
    "inevitable": _inevitable,
    "very": _very,
}
