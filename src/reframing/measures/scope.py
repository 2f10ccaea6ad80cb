"""Scopes: the clause or phrase that a hedge or booster applies to, after the BioScope guidelines.

BioScope (Vincze, Szarvas, Farkas, Móra & Csirik 2008) marks for each cue the part of the sentence whose
truth or strength it affects; the cue is part of its scope. The rules follow its guidelines, but rely on
function words and punctuation instead of a parse:

- verbs and auxiliaries scope to the right, to the end of their clause: [may leak next week];
- passives, raising verbs and predicative adjectives include their subject: [The road may be closed];
- attributive adjectives scope over the rest of their noun phrase: a [possible arson attack] at the mill;
- adverbs scope to the end of their clause; inside a noun phrase over the rest of it; between commas over the
  phrase enclosed with them, or over the clause if enclosed alone; at the end of a clause over all of it:
  [He left early, apparently];
- conjunctions scope over the clause that they open: [if it rains], the ferry stays;
- nouns scope over their complement: a [possibility that it leaks].

BioScope does not annotate degree words. Here an approximator scopes over its quantity ([about two weeks]) and a
downtoner or intensifier over the word it modifies ([very large], [rose slightly]).
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence

from reframing.documents.records import Marker, Sentence, Span
from reframing.documents.tokens import Tokens
from reframing.documents.word_classes import DETERMINERS, MAGNITUDES, MODALS
from reframing.measures.clauses import (
    COPULAS,
    FUNCTION,
    Words,
    clause_end,
    clause_start,
    is_participle,
    noun_phrase_end,
    number_at,
    opens_passive,
    trimmed,
    verb_like,
    word_at,
)

Place = tuple[int, int]

_RAISING = frozenset(
    """seem seems seemed appear appears appeared look looks looked tend tends tended poised set due bound
    remain remains ruled yet too""".split()
)
_CONJUNCTIONS = frozenset("if unless whether provided assuming should were".split())
_ADVERBS = frozenset(
    "perhaps maybe often sometimes indeed always never doubtless likely unlikely".split()
)
_ADVERBIAL_OPENERS = frozenset(
    "in by for on at as to from without beyond of with needless not above most more naturally let".split()
)
_QUANTITY_WORDS = MAGNITUDES.keys() | {"percent", "per", "cent", "%"}
_AFTER_QUANTITIES = frozenset(("or so", "or thereabouts", "give or take"))
_ADJECTIVES = frozenset(
    """alleged rumored rumoured purported preliminary provisional tentative pending outright sheer typical
    conclusive definite definitive inevitable undisputed undeniable unmistakable likely unlikely""".split()
)


def scope(tokens: Tokens, sentence: Span, marker: Marker) -> Span:
    """The span that `marker` scopes over: within `sentence`, and including the marker.

    `tokens` are those of the entire text. A marker without a complete token, or one that is not within the
    sentence, scopes over itself alone.
    """
    inside, cue = tokens.within(sentence), tokens.within(marker.span)
    if not cue or not inside or cue[0] < inside[0] or cue[-1] > inside[-1]:
        return marker.span
    words = tokens.forms[inside[0] : inside[-1] + 1]
    first, last = cue[0] - inside[0], cue[-1] + 1 - inside[0]
    if marker.category == "approximator":
        begin, end = _quantity(tokens, inside[0], words, first, last)
    else:
        begin, end = _reader(words, first, last, marker.category)(words, first, last)
    return tokens.span(inside[0] + min(begin, first), inside[0] + max(end, last))


def _reader(
    words: Words, first: int, last: int, category: str
) -> Callable[[Words, int, int], Place]:
    """The rule for the scope of a cue, chosen by its category and its word class in context."""
    if category in ("downtoner", "emphasis"):
        return _degree
    if words[first] in _CONJUNCTIONS and category == "conditional":
        return _subordinate
    if category == "epistemic-noun":
        return _noun
    if words[first] in MODALS:
        return _with_subject if opens_passive(words, first) else _to_clause_end
    if _is_attributive(words, first, last, category):
        return _noun_phrase
    if _is_predicative(words, first, last):
        return _with_subject
    return _adverb if _is_adverb(words, first, last, category) else _to_clause_end


def _to_clause_end(words: Words, first: int, last: int) -> Place:
    return first, clause_end(words, first, last)


def _with_subject(words: Words, first: int, last: int) -> Place:
    return clause_start(words, first), clause_end(words, first, last)


def _noun_phrase(words: Words, first: int, last: int) -> Place:
    return first, noun_phrase_end(words, last)


def _subordinate(words: Words, first: int, last: int) -> Place:
    """The clause opened by a conjunction, up to the next comma."""
    end = clause_end(words, first, last)
    comma = next((i for i in range(last, end) if words[i] == ","), end)
    return first, trimmed(words, last, comma)


def _noun(words: Words, first: int, last: int) -> Place:
    if "that" in (words[last - 1], word_at(words, last)):
        return first, clause_end(words, first, last)
    if word_at(words, last) in ("of", "for"):
        start = last + 1 + (word_at(words, last + 1) in DETERMINERS)
        return first, noun_phrase_end(words, start)
    return first, last


def _adverb(words: Words, first: int, last: int) -> Place:
    end = clause_end(words, first, last)
    if word_at(words, first - 1) == ",":
        comma = next((i for i in range(last, len(words) - 1) if words[i] == ","), None)
        if comma == last:  # *The thief, apparently, fled*
            return clause_start(words, first - 1), clause_end(words, first, last + 1)
        if comma is not None:  # *The thief, apparently a local man, fled*
            return first, comma
    if end == last and first > 0:
        at = first - 1 if words[first - 1] == "," else first
        return clause_start(words, at), end
    return first, end


def _degree(words: Words, first: int, last: int) -> Place:
    following = word_at(words, last)
    if following[:1].isalnum() and following not in FUNCTION:
        return first, last + 1
    before = word_at(words, first - 1)
    return (first - 1 if before[:1].isalnum() and before not in FUNCTION else first), last


def _quantity(tokens: Tokens, offset: int, words: Words, first: int, last: int) -> Place:
    """The number that the cue approximates, with its unit; without a number, the word that the cue modifies."""
    if " ".join(words[first:last]) in _AFTER_QUANTITIES:
        begin = first
        while begin > 0 and first - begin < 4 and not number_at(tokens, offset + begin):
            begin -= 1
        return begin, last
    end = last
    while end < len(words) and (
        number_at(tokens, offset + end)
        or words[end] in _QUANTITY_WORDS
        or (end == last and words[end] == "a")
    ):
        end += 1
    if end == last:
        return _degree(words, first, last)
    unit = word_at(words, end)
    counted = unit[:1].isalpha() and unit not in FUNCTION and not verb_like(unit)
    return first, end + (
        counted and words[end - 1] not in ("percent", "%", "cent", "million", "billion")
    )


def _is_adverb(words: Words, first: int, last: int, category: str) -> bool:
    if last - first > 1:
        return words[first] in _ADVERBIAL_OPENERS or words[last - 1].endswith("ly")
    word = words[first]
    return word.endswith("ly") or word in _ADVERBS or category in ("generality", "epistemic-adverb")


def _is_attributive(words: Words, first: int, last: int, category: str) -> bool:
    """Whether the cue is an attributive modifier of a noun: *the alleged thief*, *potential buyers*."""
    following, before = word_at(words, last), word_at(words, first - 1)
    if last - first > 1 or not following[:1].isalnum() or following in FUNCTION:
        return False
    if before in DETERMINERS:
        return True
    adjective = category == "epistemic-adjective" or words[first] in _ADJECTIVES
    adverb = before in MODALS or before in COPULAS or before.endswith("n't") or before == "not"
    return adjective and not adverb


def _is_predicative(words: Words, first: int, last: int) -> bool:
    """Whether the cue is a predicate of its subject: *is unlikely to*, *seems to*, *is believed to*."""
    cue = words[first:last]
    if cue[0] in _RAISING or any(word in COPULAS for word in cue):
        return True
    before = first - 1
    while (
        word_at(words, before).endswith("ly")
        or word_at(words, before) in "not also very far".split()
    ):
        before -= 1
    if word_at(words, before) not in COPULAS:
        return False
    if cue[0] in ("likely", "unlikely"):
        return not is_participle(word_at(words, last))
    return not cue[0].endswith("ly") and cue[0] not in _ADVERBS and cue[0] not in _ADVERBIAL_OPENERS


def with_scopes(
    tokens: Tokens, sentences: Sequence[Sentence], markers: Sequence[Marker]
) -> tuple[Marker, ...]:
    """The markers with `scope` set, each within the sentence in which it starts."""
    opens = [sentence.start for sentence in sentences]
    return tuple(
        marker._replace(
            scope=scope(tokens, sentences[bisect_right(opens, marker.span.start) - 1].span, marker)
        )
        for marker in markers
    )
