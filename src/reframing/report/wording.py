"""Wording of articles and phrases for readers: headlines, quotations, sources, contrasts, numbers, lists."""

import re
from collections.abc import Sequence
from typing import NamedTuple
from unicodedata import bidirectional

from reframing.documents.lexicon import load_lexicon
from reframing.documents.messages import TURNING
from reframing.documents.records import Article, Relation
from reframing.documents.sentences import reads_as_headline
from reframing.documents.tokens import tokenize
from reframing.documents.word_classes import POSSESSIVES
from reframing.moves.catalogue import common_ends, plain_form

PHRASE_LENGTH = 110
"""Longest phrase, in code points, that is shown in full in a list; longer ones lose their middle."""

FIRST_WORDS = 9
"""Number of words that identify a text without a headline."""

_CONTEXT = 3  # words of context around a difference
_PRONOUNS = frozenset("he she it they we i who which that this".split())
_AUXILIARIES = frozenset("has have had is are was were be been being will would".split())
_SMALL_WORDS = frozenset(
    "a an the this that these those its his her their our some one two three of in at on for to by".split()
)
_QUOTES = '“”"„«»'
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"
_UNPAIRED = re.compile(f"({_ISOLATE}[^{TURNING}]*{_END_ISOLATE})|[{TURNING}]")
_SEPARATORS = dict.fromkeys((*range(0x1C, 0x20), 0x85, 0x2028, 0x2029), " ")
_EDGES = " \t\n,.;:!?–—-…'‘’" + _QUOTES
_LONGEST_SOURCE = 8  # words


class Piece(NamedTuple):
    """A part of a phrase; `differs` is whether the other text has something else there."""

    text: str
    differs: bool


Phrase = tuple[Piece, ...]


def headline(article: Article) -> str | None:
    """The title on one line if it reads as a headline (`sentences.reads_as_headline`), else None."""
    title = " ".join((article.title or "").split())
    return title if reads_as_headline(title) else None


def name_of(article: Article) -> str:
    """The name of an article: its headline, or its id where it has none."""
    return headline(article) or article.id


def first_words(article: Article) -> str:
    """The first `FIRST_WORDS` words of an article's text, to identify one without a headline."""
    words = article.text.split()
    return " ".join(words[:FIRST_WORDS]) + (" …" if len(words) > FIRST_WORDS else "")


def relation_name(relation: Relation, original: Article, repost: Article) -> str:
    """The relation of a pair for readers: *extended* where a copy is longer than its original, not *trimmed*.

    The scale does not tell them apart: in both, one text contains the other.
    """
    longer = len(repost.text.split()) > len(original.text.split())
    return "extended" if relation == "trimmed" and longer else relation


def clipped(text: str, length: int = PHRASE_LENGTH) -> str:
    """`text` on one line, without its end where it is longer than `length` code points."""
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[: length - 1].rpartition(' ')[0]} …"


def shortened(text: str, length: int = PHRASE_LENGTH) -> str:
    """`text` on one line, without its middle where it is longer than `length` code points."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    half = (length - 3) // 2
    begin, end = line[: half + 1].rpartition(" ")[0], line[-half - 1 :].partition(" ")[2]
    return f"{begin or line[:half]} … {end or line[-half:]}"


def contrast(was: str | None, now: str | None) -> tuple[Phrase | None, Phrase | None]:
    """Both phrases reduced to what differs and a few words of context; None for a phrase that is None.

    Phrases that mostly differ, or do not differ at all, are returned in full (up to `PHRASE_LENGTH`).
    """
    if was is None or now is None:
        return _whole(was), _whole(now)
    a, b = was.split(), now.split()
    first, last = common_ends(a, b)
    if 2 * (first + last) < min(len(a), len(b)) or first == len(a) == len(b):
        return _whole(was), _whole(now)
    return _around(a, first, last), _around(b, first, last)


def quoted(phrase: str, length: int | None = None) -> str:
    """A phrase in double quotation marks, without marks at its own ends; inner double marks become single.

    A phrase of more than `length` code points loses its end.
    """
    line = " ".join(phrase.split())
    whole = line if length is None else clipped(line, length)
    inner = whole.strip(_EDGES)
    if whole[:1] and whole[0] in _QUOTES and _is_closed_within(inner):
        inner = whole[0] + inner
    for double, single in {"“": "‘", "”": "’", '"': "'"}.items():
        inner = inner.replace(double, single)
    return f"“{isolated(inner)}{' …' if whole != line else ''}”"


def _is_closed_within(inner: str) -> bool:
    """Whether a quotation ends within a phrase without its first mark: *We knew,” she said*."""
    return inner.count("”") > inner.count("“") or inner.count('"') % 2 == 1


def isolated(text: str) -> str:
    """`text`, in Unicode isolates if it has right-to-left characters, so that words around it stay in order.

    Characters that would turn the words around it, or end the isolates, are left out.
    """
    own = unturned(text).replace(_ISOLATE, "").replace(_END_ISOLATE, "")
    turns = any(bidirectional(character) in ("R", "AL", "AN") for character in own)
    return f"{_ISOLATE}{own}{_END_ISOLATE}" if turns else own


def unturned(text: str) -> str:
    """`text` without characters that turn what follows them, on one line; pairs of isolates are kept.

    >>> unturned("a\\u202eb \\u2069c")
    'ab c'
    """
    return _UNPAIRED.sub(r"\1", text.translate(_SEPARATORS))


def source_in(phrase: str) -> str | None:
    """The source in words like *said the mayor of Orby, who resigned*: *the mayor of Orby*.

    It is the text before the only reporting cue, or else after it, up to a comma; None where there is not
    exactly one cue, or that text is not a short noun phrase.
    """
    tokens = tokenize(phrase)
    found = load_lexicon("measures/attribution/attribution_cues").match(tokens)
    cues = [(first, end) for first, end, entry in found if not _is_noun(entry.category)]
    if len(cues) != 1:
        return None
    ((first, end),) = cues
    before = phrase[: tokens.starts[first]].rstrip()
    source = "" if before.endswith(tuple(_QUOTES)) else before.strip(_EDGES)
    if not source:
        source = phrase[tokens.ends[end - 1] :].strip(_EDGES)
    return name_of_source(source)


def name_of_source(source: str) -> str | None:
    """The words of a source as a name in a sentence: *Officials in Orby, who …* is *officials in Orby*.

    It is the text up to a comma, or behind it after a possessive (*its head, Ann Bell*); None where that is not
    a short noun phrase.
    """
    first, *more = [part.split() for part in source.strip(_EDGES).split(",")]
    words = more[0] if more and first and first[0].lower() in POSSESSIVES else first
    verbs = (i for i, word in enumerate(words) if i and word.lower() in _AUXILIARIES)
    words = words[: next(verbs, len(words))]
    if not 0 < len(words) <= _LONGEST_SOURCE or not _is_noun_phrase(words):
        return None
    named = isolated(" ".join(words))
    return named[0].lower() + named[1:] if _is_common(words) else named


def _is_noun_phrase(words: Sequence[str]) -> bool:
    """Whether words may name a source: no initial pronoun, no final function word, no quotation marks."""
    text = " ".join(words)
    ends = words[0].lower() in _PRONOUNS or words[-1].lower() in _SMALL_WORDS
    return not ends and not set(text) & set(_QUOTES)


def _is_common(words: Sequence[str]) -> bool:
    """Whether the first word is an article or common noun, capitalised only at the start of a sentence."""
    nouns = load_lexicon("measures/attribution/source_nouns").match(tokenize(words[0]))
    is_title = len(words) > 1 and words[1][0].isupper()
    return words[0].lower() in _SMALL_WORDS or (next(nouns, None) is not None and not is_title)


def is_small(phrase: str) -> bool:
    """Whether a phrase has only articles, prepositions and the like, so that it says nothing by itself."""
    return all(word in _SMALL_WORDS for word in plain_form(phrase).split())


def joined(items: Sequence[str]) -> str:
    """Items as a list in a sentence: *a*, *a and b*, *a, b and c*."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


_SMALL_NUMBERS = "no one two three four five six seven eight nine".split()


def counted(number: int) -> str:
    """A number as in prose: in words below ten."""
    return _SMALL_NUMBERS[number] if number < len(_SMALL_NUMBERS) else f"{number:,}"


def _whole(phrase: str | None) -> Phrase | None:
    return None if phrase is None else (Piece(shortened(phrase), False),)


def _around(words: Sequence[str], first: int, last: int) -> Phrase:
    """What differs, with a few words of context before and after it."""
    end = len(words) - last
    before, after = words[max(0, first - _CONTEXT) : first], words[end : end + _CONTEXT]
    pieces = (
        Piece(("… " if first > _CONTEXT else "") + "".join(f"{w} " for w in before), False),
        Piece(shortened(" ".join(words[first:end])), True),
        Piece("".join(f" {w}" for w in after) + (" …" if last > _CONTEXT else ""), False),
    )
    return tuple(piece for piece in pieces if piece.text)


def _is_noun(category: str) -> bool:
    return category.endswith(("-noun", "-adverb", "-seeming"))
