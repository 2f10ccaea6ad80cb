"""Hedges: words by which a writer reduces commitment or admits a limitation (Lakoff 1973; Hyland 2005).

The lexicon `hedges.tsv` lists the forms and their categories; a small rule for each ambiguous form excludes its
uses that do not hedge (*in May*, *about the war*, *appeared in court*). Categories:

- `modal`, `epistemic-verb`, `epistemic-adverb`, `epistemic-adjective`, `epistemic-noun`,
  `conditional` and `evidential` are semantic uncertainty in the sense of Szarvas et al. (2012),
- `approximator`, `downtoner` and `generality` blur a quantity, a degree or a frequency,
- `limitation` states what the evidence cannot support,
- `unlisted` is a hedge that a network marks and the lexicon does not contain.

`find_hedges` uses the lexicon alone (profile `lexicon`); `marked_hedges` combines it with a network's marks
(profile `full`).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import attrgetter

from reframing.documents.lexicon import load_lexicon
from reframing.documents.records import Marker, Span
from reframing.documents.tokens import Tokens
from reframing.documents.word_classes import (
    ARTICLES,
    BEFORE_MONTHS,
    DEMONSTRATIVES,
    DETERMINERS,
    PERSONAL,
    POSSESSIVES,
)
from reframing.measures.clauses import form, number_at, starts_sentence, surface

# Rules for ambiguous forms. Each looks at a few neighbours; its docstring gives the uses it keeps and excludes.

Rule = Callable[[Tokens, int, int], bool]

_BEFORE_NOUNS = DETERMINERS - {"some", "another"}  # *some thought* is a subject with its verb
_CLAUSE = (
    PERSONAL
    | DEMONSTRATIVES
    | ARTICLES
    | frozenset("there his her their some many most people everyone nobody no".split())
)
_PASSIVE = frozenset(
    "is are was were be been being commonly often widely generally largely".split()
)
_PREPOSITIONS = frozenset(
    """in on at before alongside beside during under with within inside outside onto from for by as
    above below between among near throughout across after since until and but , . ; : ! ? ) ” "
    """.split()
)
_FOUGHT_WITH = frozenset(
    """military economic political naval industrial financial full of all army divine american russian
    chinese air""".split()
)
_ABOUT_VERBS = tuple("talk speak spoke ask complain warn worr hear learn know".split())
_BELIEVERS = frozenset(
    """i we you they who people police officials officers investigators detectives experts many some
    most authorities doctors scientists researchers analysts critics also to now""".split()
)


def hedges(tokens: Tokens, first: int, end: int, entry: str) -> bool:
    """Whether tokens `first` to `end` (exclusive), a match of `entry`, hedge in their context.

    Entries without a rule always do.
    """
    rule = _RULES.get(entry)
    return rule is None or rule(tokens, first, end)


def _before_number(tokens: Tokens, first: int, end: int) -> bool:
    """Approximators that are prepositions or determiners unless a number follows: *around 40*, *some 300*."""
    return number_at(tokens, end)


def _about(tokens: Tokens, first: int, end: int) -> bool:
    """Before a number, but not as the preposition of a verb (*worried about 40 people*)."""
    return number_at(tokens, end) and not form(tokens, first - 1).startswith(_ABOUT_VERBS)


def _may(tokens: Tokens, first: int, end: int) -> bool:
    """The modal, not the month or a surname.

    Capitalised within a sentence it is taken as the modal only if a capitalised infinitive follows, as in a
    title-case headline (*Storm May Reach Coast*), or *be* or *not*.
    """
    following = surface(tokens, end)
    if following[:1].isdigit() or not surface(tokens, first)[:1].isupper():
        return not following[:1].isdigit()
    if end - first > 1 or form(tokens, end) in ("be", "not"):
        return True
    left = form(tokens, first - 1)
    infinitive = not following.endswith("s") or following.endswith("ss")
    return (
        following[:1].isupper()
        and infinitive
        and left not in BEFORE_MONTHS
        and not starts_sentence(tokens, first)
    )


def _might(tokens: Tokens, first: int, end: int) -> bool:
    """Not the noun: *military might*, *the might of the fleet*."""
    left = form(tokens, first - 1)
    return left not in (_BEFORE_NOUNS - DEMONSTRATIVES) | _FOUGHT_WITH


def _would(tokens: Tokens, first: int, end: int) -> bool:
    """Only with *if* or *unless* within 20 tokens; otherwise *would* usually reports a plan or a past habit."""
    near = tokens.forms[max(0, first - 20) : end + 20]
    return form(tokens, end) != "like" and not {"if", "unless"}.isdisjoint(near)


def _appear(tokens: Tokens, first: int, end: int) -> bool:
    """Seeming (*appears to know*, *appeared calm*, *it appears that*), not showing up (*appeared in court*)."""
    following = form(tokens, end)
    if following == "to":
        return form(tokens, end + 1) not in DETERMINERS
    if following in ("that", "as") and form(tokens, end + 1) not in DETERMINERS:
        return following == "that" or form(tokens, end + 1) in ("if", "though")
    return following in _SEEMING or (
        form(tokens, first - 1) in ("it", "there") and following not in _PREPOSITIONS
    )


_SEEMING = frozenset(
    """that likely unlikely set poised ready willing unwilling reluctant unable able certain confident
    safe calm stable genuine authentic unaware unharmed determined keen close increasingly more less
    not relatively largely increasingly doubtful inevitable unchanged unhurt to""".split()
)


def _think(tokens: Tokens, first: int, end: int) -> bool:
    """Opinion, not reflection (*think about*, *think twice*) or a *think tank*."""
    return form(tokens, end) not in ("of", "tank", "tanks", "about", "twice", "again", "hard")


def _thought(tokens: Tokens, first: int, end: int) -> bool:
    """The verb of belief (*is thought to be*), not the noun (*schools of thought*)."""
    left = form(tokens, first - 1)
    return left not in _BEFORE_NOUNS | {"of"} and form(tokens, end) in _CLAUSE | {"to", "by"}


def _assume(tokens: Tokens, first: int, end: int) -> bool:
    """Supposing (*assumed that*), not taking on (*assumed office*)."""
    passive = form(tokens, first - 1) in _PASSIVE and form(tokens, end) not in ("by", "office")
    return passive or form(tokens, end) in _CLAUSE - ARTICLES | {"to"}


def _indicate(tokens: Tokens, first: int, end: int) -> bool:
    """Inference (*results indicate that*), not pointing (*indicate the exit*)."""
    return form(tokens, end) in _CLAUSE - ARTICLES - POSSESSIVES


def _potential(tokens: Tokens, first: int, end: int) -> bool:
    """The adjective before a noun (*a potential risk*), not the noun (*the potential of*)."""
    right = form(tokens, end)
    return right.isalpha() and right not in _PREPOSITIONS | {"to", "of", "or", "is", "are", "was"}


def _considered(tokens: Tokens, first: int, end: int) -> bool:
    """Judging (*is considered safe*), not weighing a plan (*considered leaving*)."""
    following = form(tokens, end)
    weighed = following.endswith("ing") or form(tokens, first - 1) in ("being", "been")
    return not weighed and following not in ("whether", "how", "what", "for", "by", "in", ",", ".")


def _suggest(tokens: Tokens, first: int, end: int) -> bool:
    """Inference, not a proposal (*suggested going*, *as suggested by the board*)."""
    following = form(tokens, end)
    return not following.endswith("ing") and following not in ("by", "to", "for")


def _suspect(tokens: Tokens, first: int, end: int) -> bool:
    """The verb (*police suspect that*), not the person (*the suspect fled*)."""
    return form(tokens, first - 1) in _BELIEVERS or form(tokens, end) == "that"


def _believe(tokens: Tokens, first: int, end: int) -> bool:
    """Opinion, not faith or trust (*believe in*, *believe me*)."""
    return form(tokens, end) not in ("in", "me", "him", "her", "them", "us")


def _rather(tokens: Tokens, first: int, end: int) -> bool:
    """Degree, not a contrast or a preference (*rather than*, *would rather*, *or rather*)."""
    before = form(tokens, first - 1)
    return form(tokens, end) not in ("than", ",", ".") and before not in "would or but ,".split()


def _likely(tokens: Tokens, first: int, end: int) -> bool:
    """A forecast, not a measured ratio (*27% more likely to*, *twice as likely*, *less likely than*)."""
    left = form(tokens, first - 1)
    if left in ("as", "equally"):
        return False
    if left not in ("more", "less"):
        return True
    measured = tokens.forms[max(0, first - 4) : first - 1]
    return "than" not in tokens.forms[end : end + 12] and not any(
        word in ("%", "percent", "per", "times", "significantly", "twice") for word in measured
    )


def _possible(tokens: Tokens, first: int, end: int) -> bool:
    """Probability, not ability (*possible to see*) or a superlative (*as soon as possible*)."""
    left = form(tokens, first - 1)
    if form(tokens, end) in ("to", "for"):
        return False
    return left not in ("as", "best", "worst", "whenever", "wherever", "where", "if", "every") and (
        form(tokens, first - 2) not in ("made", "make", "makes", "making")
    )


def _apparent(tokens: Tokens, first: int, end: int) -> bool:
    """Seeming (*an apparent attack*), not evident (*became apparent*, *apparent to all*)."""
    right = form(tokens, end)
    return right.isalpha() and right not in ("to", "that", "in", "when", "and")


def _if(tokens: Tokens, first: int, end: int) -> bool:
    """A condition, not concession, comparison, question or wish (*even if*, *as if*, *what if*, *if only*)."""
    return form(tokens, first - 1) not in ("even", "as", "what") and form(tokens, end) != "only"


def _or_so(tokens: Tokens, first: int, end: int) -> bool:
    """Approximation (*a year or so*), not a comment clause (*or so it seems*)."""
    return form(tokens, end) not in PERSONAL | {"that", "the", "say"}


def _kind_of(tokens: Tokens, first: int, end: int) -> bool:
    """The downtoner (*kind of sad*), not the noun (*this kind of car*, *a kind of music*)."""
    return form(tokens, first - 1) not in DETERMINERS | {"what", "same", "one"}


def _set_to(tokens: Tokens, first: int, end: int) -> bool:
    """Followed by an infinitive (*set to rise*), not a value or noun (*set to 200*, *set to the maximum*)."""
    return not number_at(tokens, end) and form(tokens, end) not in DETERMINERS


def _pending(tokens: Tokens, first: int, end: int) -> bool:
    """Awaiting a result (*pending an inquiry*), not a queue (*pending cases*)."""
    return form(tokens, end) in DETERMINERS or form(tokens, end).endswith("ation")


def _quite(tokens: Tokens, first: int, end: int) -> bool:
    """Degree, not *quite a few* or *not quite*."""
    return form(tokens, first - 1) != "not" and form(tokens, end) not in ("a", "the", ".", ",")


_MAY_ENTRIES = ("may", "may have", "may not", "may well", "may yet", "may or may not")
_RULES: dict[str, Rule] = {
    **dict.fromkeys(_MAY_ENTRIES, _may),
    **dict.fromkeys(("would", "wouldn't"), _would),
    **{f"{subject}'d be": _would for subject in "i you he she it we they that there".split()},
    **dict.fromkeys(("around", "some", "up to", "close to", "in the region of"), _before_number),
    **dict.fromkeys(
        ("as many as", "as much as", "at least", "at most", "upwards of"), _before_number
    ),
    **dict.fromkeys(("in the order of", "just over", "just under"), _before_number),
    **dict.fromkeys(("suspect", "suspects"), _suspect),
    **dict.fromkeys(("think", "thinks"), _think),
    **dict.fromkeys(("considered", "consider", "considers"), _considered),
    **dict.fromkeys(("kind of", "sort of"), _kind_of),
    **dict.fromkeys(("likely", "likely to"), _likely),
    "about": _about,
    "might": _might,
    "thought": _thought,
    "assume": _assume,
    "indicate": _indicate,
    "potential": _potential,
    "appear": _appear,
    "suggest": _suggest,
    "believe": _believe,
    "rather": _rather,
    "possible": _possible,
    "apparent": _apparent,
    "if": _if,
    "or so": _or_so,
    "set to": _set_to,
    "pending": _pending,
    "quite": _quite,
}


# Hedges by lexicon, and by lexicon and network.

UNCERTAINTY = frozenset(
    "modal epistemic-verb epistemic-adverb epistemic-adjective epistemic-noun conditional evidential".split()
)
"""Categories that make the proposition itself uncertain; the network was trained to mark these."""

TAUGHT, AS_NONE = "taught", "taught as none"
"""First part of an entry's note if the network decides, in profile `full`, whether the entry hedges.

The decision rests on the part `train` of the Szeged corpus, on which the network was trained. `taught` entries
are of a category in `UNCERTAINTY` and marked there three times or more; `taught as none` entries occur there
twice or more and are never marked. For all other entries the lexicon decides, because the network has seen
too few of them; this includes adverbs never marked there, because they have no use other than hedging."""

BLURRING = frozenset("approximator downtoner generality".split())
"""Categories that blur a quantity, a degree or a frequency but do not make the proposition uncertain."""

LIKELY = {"modal": 0.1}
LIKELY_OTHERS = 0.3
"""Threshold of the network's probability at which an entry that the network decides hedges even though the
network's best label sequence leaves it unmarked: by category, and for all other categories. Chosen on the
development part of the Szeged corpus."""

UNLISTED = "unlisted"
"""Category of a hedge that a network marks and the lexicon does not contain."""


def find_hedges(tokens: Tokens) -> tuple[Marker, ...]:
    """Hedges in `tokens`, ordered by start; of overlapping entries the leftmost is kept, then the longest."""
    lexicon = load_lexicon("measures/hedges")
    return tuple(
        Marker(tokens.span(first, end), entry.category, entry.lemma)
        for first, end, entry in lexicon.match(tokens)
        if hedges(tokens, first, end, entry.lemma)
    )


def marked_hedges(
    text: str,
    lexical: Sequence[Marker],
    marked: Sequence[Span],
    probability: Callable[[Span], float],
) -> tuple[Marker, ...]:
    """The hedges marked by a network, combined with those of the lexicon, ordered by start.

    A marked span takes category and entry from an overlapping lexicon hedge, unless that one is an
    approximator, downtoner or generality; otherwise it is `unlisted`. Lexicon hedges that no marked span
    overlaps are kept, except those that the network decides (`TAUGHT`, `AS_NONE`) and to which it gives too low
    a `probability`. Both `lexical` and `marked` must be in order, each without overlaps.
    """
    spans = [hedge.span for hedge in lexical]
    named = [_named(text, span, lexical[_overlapping(spans, span)]) for span in marked]
    others = [
        hedge
        for hedge in lexical
        if not marked[_overlapping(marked, hedge.span)]
        and (hedge.entry not in _taught() or probability(hedge.span) >= _least(hedge))
    ]
    return tuple(sorted((*named, *others), key=lambda hedge: hedge.span))


@lru_cache
def _taught() -> frozenset[str]:
    entries = load_lexicon("measures/hedges").entries
    taught = (TAUGHT, AS_NONE)
    return frozenset(entry.lemma for entry in entries if entry.note.partition(";")[0] in taught)


def _least(hedge: Marker) -> float:
    return LIKELY.get(hedge.category, LIKELY_OTHERS)


def _overlapping(spans: Sequence[Span], span: Span) -> slice:
    """The slice of `spans` (disjoint, in order) that overlap `span`."""
    return slice(
        bisect_right(spans, span.start, key=attrgetter("end")),
        bisect_left(spans, span.end, key=attrgetter("start")),
    )


def _named(text: str, span: Span, overlapping: Sequence[Marker]) -> Marker:
    """A marked span as a hedge, named after the first overlapping one outside `BLURRING`, else `UNLISTED`."""
    for hedge in overlapping:
        if hedge.category not in BLURRING:
            return hedge._replace(span=span)
    return Marker(span, UNLISTED, span.of(text).lower())
