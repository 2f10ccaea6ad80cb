"""How articles and phrases are put into words: names, quotations, sources, contrasts, numbers, lists."""

import re
from collections.abc import Sequence
from typing import NamedTuple
from unicodedata import bidirectional

from reframing.documents.lexicon import load_lexicon
from reframing.documents.records import Article
from reframing.documents.tokens import tokenize
from reframing.moves.catalogue import common_ends

PHRASE_LENGTH = 110
"""Code points of a phrase that are shown in lists; longer ones lose their middle."""

MAX_HEADLINE_WORDS = 22
"""A first line of more words is the beginning of the text."""

FIRST_WORDS = 9
"""So many words stand for a text without a headline."""

_CONTEXT = 3  # words around what differs
_ABBREVIATED = re.compile(r"(?:\b\w\.){2,}\W*$")
_PRONOUNS = frozenset("he she it they we i who which that this".split())
_AUXILIARIES = frozenset("has have had is are was were be been being will would".split())
_SMALL_WORDS = frozenset(
    "a an the this that these those its his her their our some two three of in at on for to by".split()
)
_QUOTES = '“”"„«»'
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"
_EDGES = " \t\n,.;:!?–—-…'‘’" + _QUOTES
_LONGEST_SOURCE = 8  # words


class Piece(NamedTuple):
    """A part of a shown phrase; `differs` where the other text has something else."""

    text: str
    differs: bool


Phrase = tuple[Piece, ...]


def headline(article: Article) -> str | None:
    """The title, where it reads as a headline: at most `MAX_HEADLINE_WORDS` words and no full stop at its end.

    Other first lines are the beginning of the text. *U.S.* at the end is no full stop.
    """
    title = " ".join((article.title or "").split())
    if not title or len(title.split()) > MAX_HEADLINE_WORDS:
        return None
    ending = title.rstrip(_QUOTES + "'’)")
    stops = ending.endswith(".") and not ending.endswith("..")
    return None if stops and not _ABBREVIATED.search(ending) else title


def name_of(article: Article) -> str:
    """What an article is called: its headline, or its id where it has none."""
    return headline(article) or article.id


def first_words(article: Article) -> str:
    """The first words of a text, by which a reader knows it where it has no headline."""
    words = article.text.split()
    return " ".join(words[:FIRST_WORDS]) + (" …" if len(words) > FIRST_WORDS else "")


def shortened(text: str, length: int = PHRASE_LENGTH) -> str:
    """`text` on one line, its middle left out where it is longer than `length`."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    half = (length - 3) // 2
    begin, end = line[: half + 1].rpartition(" ")[0], line[-half - 1 :].partition(" ")[2]
    return f"{begin or line[:half]} … {end or line[-half:]}"


def contrast(was: str | None, now: str | None) -> tuple[Phrase | None, Phrase | None]:
    """Both phrases around what differs between them, whole where that is the most of them; None for none."""
    if was is None or now is None:
        return _whole(was), _whole(now)
    a, b = was.split(), now.split()
    first, last = common_ends(a, b)
    if 2 * (first + last) < min(len(a), len(b)) or first == len(a) == len(b):
        return _whole(was), _whole(now)
    return _around(a, first, last), _around(b, first, last)


def quoted(phrase: str) -> str:
    """A phrase in quotation marks of our own, without those at its ends; inner ones become single."""
    inner = " ".join(phrase.split()).strip(_EDGES)
    for double, single in {"“": "‘", "”": "’", '"': "'"}.items():
        inner = inner.replace(double, single)
    return f"“{isolated(inner)}”"


def isolated(text: str) -> str:
    """`text`, kept from turning the words around it where it runs from right to left."""
    turns = any(bidirectional(character) in ("R", "AL") for character in text)
    return f"{_ISOLATE}{text}{_END_ISOLATE}" if turns else text


def source_in(phrase: str) -> str | None:
    """Who speaks in words like *said the mayor of Orby, who resigned*: "the mayor of Orby".

    What stands before the only reporting cue, else what follows it, up to a comma; None where that is no
    noun phrase of a few words.
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
    words = source.split(",")[0].split()
    while words and words[-1].lower() in _AUXILIARIES:
        words.pop()
    if not 0 < len(words) <= _LONGEST_SOURCE or not _is_noun_phrase(words):
        return None
    named = isolated(" ".join(words))
    return named[0].lower() + named[1:] if _is_common(words) else named


def _is_noun_phrase(words: Sequence[str]) -> bool:
    """Whether it may name somebody: no pronoun, no quotation, no small word at its end."""
    text = " ".join(words)
    ends = words[0].lower() in _PRONOUNS or words[-1].lower() in _SMALL_WORDS
    return not ends and not set(text) & set(_QUOTES)


def _is_common(words: Sequence[str]) -> bool:
    """Whether they are capitalised only where they open a sentence: an article, or a noun that is no title."""
    nouns = load_lexicon("measures/attribution/source_nouns").match(tokenize(words[0]))
    is_title = len(words) > 1 and words[1][0].isupper()
    return words[0].lower() in _SMALL_WORDS or (next(nouns, None) is not None and not is_title)


def joined(items: Sequence[str]) -> str:
    """Items as a list in a sentence: "a", "a and b", "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


_SMALL_NUMBERS = "no one two three four five six seven eight nine".split()


def counted(number: int) -> str:
    """A number as it is written in prose: in words below ten."""
    return _SMALL_NUMBERS[number] if number < len(_SMALL_NUMBERS) else f"{number:,}"


def _whole(phrase: str | None) -> Phrase | None:
    return None if phrase is None else (Piece(shortened(phrase), False),)


def _around(words: Sequence[str], first: int, last: int) -> Phrase:
    """What differs, with a few words before and behind it that do not."""
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
