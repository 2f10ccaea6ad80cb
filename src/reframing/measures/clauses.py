"""Shallow syntax without a parser: the context of a word, and where clauses and phrases begin and end.

The first part has tests on the words around a match (negation, numbers, proper names) that the lexical measures
share. The second finds boundaries by function words and punctuation: a clause ends at the punctuation marks,
conjunctions and reporting clauses that usually close it in news text, and a noun phrase ends before the first
word that cannot belong to it. Token positions are indices; ends are exclusive.
"""

from collections.abc import Container, Sequence

from reframing.documents.quantities.units import CURRENCIES, DAYS
from reframing.documents.tokens import Tokens
from reframing.documents.word_classes import (
    AUXILIARIES,
    BE,
    CARDINALS,
    CLAUSE_CONJUNCTIONS,
    CONJUNCTIONS,
    DEMONSTRATIVES,
    DETERMINERS,
    FINITE,
    MAGNITUDES,
    NEGATORS,
    OBJECT_PRONOUNS,
    PERSONAL,
    PREPOSITIONS,
    RELATIVES,
    SUBORDINATORS,
)

# The context of a match.

_NUMBER_WORDS = frozenset(
    (CARDINALS.keys() - {"zero", "one"})
    | MAGNITUDES.keys()
    | {f"{magnitude}s" for magnitude in MAGNITUDES}
    | {"half", "midnight", "noon", "one-third", "one-fifth", "one-quarter"}
)
_COUNTED = frozenset(
    MAGNITUDES.keys()
    | (DAYS.keys() - {"second"})
    | {"quarter", "third", "half", "fifth", "tenth", "mile", "kilometre", "kilometer"}
)
_TITLE_WINDOW = 6


def negates(form: str) -> bool:
    """Whether a lower-cased token is a negator: *not*, *nobody*, or any contraction of *not*."""
    return form in NEGATORS or form.endswith("n't")


def form(tokens: Tokens, i: int) -> str:
    """The lower-cased form of token `i`, or an empty string if `i` is outside the text."""
    return tokens.forms[i] if 0 <= i < len(tokens.forms) else ""


def surface(tokens: Tokens, i: int) -> str:
    """Token `i` verbatim, with its capitals, or an empty string if `i` is outside the text."""
    return tokens.text[tokens.starts[i] : tokens.ends[i]] if 0 <= i < len(tokens.forms) else ""


def number_at(tokens: Tokens, i: int) -> bool:
    """Whether a quantity starts at token `i`: *12*, *$3*, *twenty-five*, *a dozen*, *a third of*, *half*."""
    word = form(tokens, i)
    if word in ("a", "an", "one"):
        return form(tokens, i + 1) in _COUNTED
    return (
        word[:1].isdigit()
        or word in CURRENCIES
        or word in _NUMBER_WORDS
        or word.partition("-")[0] in _NUMBER_WORDS
    )


def starts_sentence(tokens: Tokens, i: int) -> bool:
    """Whether token `i` opens a sentence, a quotation or a line, judged by its left neighbour alone."""
    if i == 0 or form(tokens, i - 1) in (".", "!", "?", ":", "“", '"', "‘"):
        return True
    return "\n" in tokens.text[tokens.ends[i - 1] : tokens.starts[i]]


def in_proper_name(tokens: Tokens, i: int) -> bool:
    """Whether a capital in lower-case running text marks token `i` as part of a name (*the Grand Pier*).

    False at the start of a sentence, and in title-case headlines, where capitals do not identify names.
    """
    if not surface(tokens, i)[:1].isupper() or starts_sentence(tokens, i):
        return False
    return any(
        tokens.forms[j].isalpha() and surface(tokens, j).islower() and len(tokens.forms[j]) > 4
        for j in range(max(0, i - _TITLE_WINDOW), min(len(tokens.forms), i + _TITLE_WINDOW))
    )


# Boundaries of clauses and phrases.

Words = Sequence[str]
"""Lower-cased tokens of one sentence, including punctuation."""

COPULAS = BE | frozenset(
    "seem seems seemed remain remains remained become becomes became look looks looked sound sounds".split()
)
SAYING = frozenset(
    """said say says saying told tells wrote writes added adds warned warns argued argues claimed claims
    announced reported reports stated noted believe believes believed think thinks thought know knows knew
    fear fears feared suspect suspects insisted insists admitted explained predicted testified according
    asked asks replied concluded estimated hope hopes hoped agree agreed deny denied""".split()
)
FUNCTION = (
    DETERMINERS
    | PERSONAL
    | OBJECT_PRONOUNS
    | RELATIVES
    | AUXILIARIES
    | PREPOSITIONS
    | CONJUNCTIONS
    | SUBORDINATORS
    | frozenset(
        "near off up out down then there yet not never only also just too very get gets got".split()
    )
)
_CLOSERS = frozenset({";", ":", "—", "-"})
_RELATIVES = (RELATIVES - {"that"}) | {"where"}
_COORDINATORS = CONJUNCTIONS | {"so", "yet"}
_SUBJECTS = PERSONAL | DEMONSTRATIVES | {"there"}
_PARTICIPLES = frozenset(
    """begun blown broken brought built burnt bought caught chosen cut done drawn driven fought forgotten
    found given gone grown heard held hidden hit hurt kept known laid led left lost made meant met paid put
    read seen sent set shot shown shut sold spent split spread stolen struck sunk sworn taken taught thrown
    told torn understood undone won worn written rebuilt overthrown withdrawn overturned""".split()
)
_PAST = frozenset(
    """became began blew broke brought came caught chose did drew drove fell felt fled flew fought found
    gave got grew held hit kept knew left led lost made met paid ran rose said sank sat saw sent shot sold
    spent split stood stole struck swore took threw told went won wore wrote""".split()
)


def clause_end(words: Words, first: int, last: int) -> int:
    """End of the clause that contains the cue `first` to `last` (exclusive), without trailing punctuation.

    The result is an exclusive token index, not before `last`.
    """
    depth = _depth(words, first)
    ends_at_comma = _in_relative(words, first)
    restricted = _in_restrictive(words, first)
    i = last
    while i < len(words):
        word = words[i]
        if word in _CLOSERS or (depth and word in (")", "”", '"', "''")):
            break
        if word == "," and i > last and (ends_at_comma or _comma_ends(words, i)):
            break
        if i > last and words[i - 1] != "," and (word == "but" or _subordinates(words, i)):
            break
        if i > last and word == "and" and word_at(words, i + 1) in _SUBJECTS:
            break
        if restricted and i > last and word in FINITE:
            break
        i += 1
    return trimmed(words, last, i)


def clause_start(words: Words, first: int) -> int:
    """Index of the first token of the clause that contains the cue at `first`, including its subject."""
    i = first
    while i > 0 and not _opens_clause(words, i - 1):
        i -= 1
    if i > 0 and words[i - 1] == "," and all(word in FUNCTION for word in words[i:first]):
        # *The dam, built in 1904, may be closed*
        opening = next((k for k in range(i - 2, 0, -1) if words[k] == ","), None)
        return first if opening is None else clause_start(words, opening)
    while i < first and (not words[i][0].isalnum() or words[i] in _COORDINATORS):
        i += 1
    return i


def noun_phrase_end(words: Words, last: int) -> int:
    """End (exclusive) of the noun phrase that starts or continues at `last`.

    A verb-like word ends it, unless it is the first word or follows another verb-like word.
    """
    i = last
    while i < len(words) and words[i][0].isalnum() and words[i] not in FUNCTION:
        if i > last and verb_like(words[i]) and not verb_like(words[i - 1]):
            break
        i += 1
    return i


def verb_like(word: str) -> bool:
    """Whether the lower-cased word is often a finite verb or a participle, by its ending or a word list."""
    return word in _PAST or word in _PARTICIPLES or word in SAYING or word.endswith("ed")


def opens_passive(words: Words, modal: int) -> bool:
    """Whether the auxiliary at `modal` opens a passive verb group: *may also have been closed*."""
    i = _first_after(
        words, modal + 1, ("have", "not", "well", "yet", "also", "only", "never", "or", "may")
    )
    if word_at(words, i) not in ("be", "been", "get"):
        return False
    return is_participle(word_at(words, _first_after(words, i, ("be", "been", "get", "not"))))


def _first_after(words: Words, i: int, skipped: Container[str]) -> int:
    """Index of the first word from `i` on that is neither one of `skipped` nor an adverb in *-ly*."""
    while word_at(words, i) in skipped or word_at(words, i).endswith("ly"):
        i += 1
    return i


def is_participle(word: str) -> bool:
    """Whether the word ends in *-ed* or is a listed irregular past participle."""
    return word.endswith("ed") or word in _PARTICIPLES


def word_at(words: Words, i: int) -> str:
    """Word `i`, or an empty string if `i` is outside the sentence."""
    return words[i] if 0 <= i < len(words) else ""


def trimmed(words: Words, last: int, end: int) -> int:
    """`end` moved back over trailing punctuation (except *%* and *)*), but not before `last`."""
    while end > last and not words[end - 1][0].isalnum() and words[end - 1] not in ("%", ")"):
        end -= 1
    return end


def _comma_ends(words: Words, i: int) -> bool:
    """Whether the comma at `i` ends a clause, because a new clause or a reporting clause follows."""
    following = word_at(words, i + 1)
    if following in _RELATIVES or following in ('"', "”", "''", ""):
        return True
    if _subordinates(words, i + 1):
        return True
    if following in _COORDINATORS:
        return following == "but" or any(
            word in FINITE or verb_like(word) for word in words[i + 2 : i + 9]
        )
    return any(word in SAYING for word in words[i + 1 : i + 6] if word != ",")


def _subordinates(words: Words, i: int) -> bool:
    """Whether word `i` opens an adverbial clause; *until May* and *since 1904* do not."""
    if words[i] not in ("until", "since", "once"):
        return words[i] in CLAUSE_CONJUNCTIONS
    # Words are lower-cased, so *may* could be the month and is no evidence of a clause.
    return any(
        (word in FINITE and word != "may") or verb_like(word) for word in words[i + 1 : i + 7]
    )


def _opens_clause(words: Words, i: int) -> bool:
    """Whether a clause begins right after token `i`."""
    word = words[i]
    if word in (",", ";", ":", "—", "(", "[", '"', "“", "‘") or word in CLAUSE_CONJUNCTIONS:
        return True
    return (
        (word == "that" and i > 0 and words[i - 1] not in ("of", "in"))
        or word in SAYING
        or word == "but"
    )


def _in_relative(words: Words, first: int) -> bool:
    """Whether the nearest comma before the cue opens a relative clause."""
    for i in range(first - 1, 0, -1):
        if words[i] == ",":
            return words[i + 1] in _RELATIVES
    return False


def _in_restrictive(words: Words, first: int) -> bool:
    """Whether the cue opens a restrictive relative clause: *the plan that may fail was*."""
    before = word_at(words, first - 1)
    noun = word_at(words, first - 2)
    return before in ("that", "who", "which") and noun[:1].isalnum() and noun not in SAYING


def _depth(words: Words, first: int) -> bool:
    """Whether the cue is inside brackets or quotation marks."""
    before = words[:first]
    curly = before.count("“") + before.count("(") > before.count("”") + before.count(")")
    return curly or before.count('"') % 2 == 1 or before.count("''") % 2 == 1
