"""Content terms of a text: stems of its open-class words, its names and its numbers."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

import Stemmer

from reframing.documents.tokens import Tokens
from reframing.documents.word_classes import CARDINALS

# Content terms.

TermKind = Literal["word", "name", "number"]

FUNCTION_WORDS = frozenset(
    """a about above after again against all also although am among an and another any are around
    as at be became because become been before being below between both but by can could did do
    does doing down during each either else ever every few for from further had has have having he
    her here hers herself him himself his how however i if in into is it its itself just least less
    many may me might mine more most much must my myself neither never no nor not now of off on
    once one only onto or other others our ours out over own per quite rather said same say says
    several shall she should since so some such than that the their theirs them themselves then
    there these they this those though through thus to too toward towards told under until up upon
    us very was we were what when where whether which while who whom whose why will with within
    without would yet you your yours mr mrs ms according""".split()
)

# In a title-case headline (`TITLE_SHARE` of at least `TITLE_WORDS` words), capitals do not indicate names.
TITLE_WORDS = 4
TITLE_SHARE = 0.9
OPENING = frozenset("\"“‘'«„")

_NUMBERS = {word: str(value) for word, value in CARDINALS.items()}


class Term(NamedTuple):
    """A content term: the index of its token, its stem (of a number, its value), and its kind."""

    token: int
    stem: str
    kind: TermKind


def content_terms(tokens: Tokens, sentence_starts: frozenset[int]) -> tuple[Term, ...]:
    """The content terms of `tokens`; `sentence_starts` are the code-point offsets at which sentences begin.

    A name is a word that occurs with a capital inside a sentence; capitals at the beginning of a sentence or
    quotation, and in title-case headlines, do not count. Numbers are digits or number words, represented by
    their value, so that *five* and *5* are the same term; *one* gets the value 1 but the kind `word`, since it
    is more often a pronoun. Each part of a hyphenated word is a term of its own.
    """
    inner = _inner_capitals(tokens, sentence_starts)
    return tuple(
        Term(i, stem(place_of(bare)), "name") if bare and bare in inner else Term(i, *term)
        for i, form in enumerate(tokens.forms)
        if tokens.is_word[i]
        for bare, term in _terms(form)
    )


@lru_cache(maxsize=200_000)
def _terms(form: str) -> tuple[tuple[str, tuple[str, TermKind]], ...]:
    """For each part of a form: the word that may be a name (empty for a number), and the term if it is none."""
    found: list[tuple[str, tuple[str, TermKind]]] = []
    for part in form.split("-"):
        if part[:1].isdigit() or part in _NUMBERS:
            found.append(("", (number_value(part), "word" if part == "one" else "number")))
        elif part not in FUNCTION_WORDS and len(part) > 1:
            found.append((_bare(part), (stem(_bare(part)), "word")))
    return tuple(found)


def _bare(form: str) -> str:
    return form.removesuffix("'s").removesuffix("s'")


def place_of(name: str) -> str:
    """The place for an adjective in *-ian*, *-ean* or *-can* (*korean*: *korea*); other names unchanged."""
    return name[:-1] if name.endswith(("ian", "ean", "can")) and len(name) > 5 else name


def _inner_capitals(tokens: Tokens, sentence_starts: frozenset[int]) -> frozenset[str]:
    """Capitalised words, except at the beginning of a sentence or quotation and in title-case sentences."""
    inner: set[str] = set()
    for words in _open_class_words(tokens, sentence_starts):
        capitals = [form for form, capital in words if capital]
        if len(words) < TITLE_WORDS or len(capitals) < TITLE_SHARE * len(words):
            inner.update(_bare(part) for form in capitals for part in form.split("-"))
    return frozenset(inner)


def _open_class_words(
    tokens: Tokens, sentence_starts: frozenset[int]
) -> Iterator[list[tuple[str, bool]]]:
    """For each sentence, its open-class words after the first, and whether each has a capital."""
    text = tokens.text
    words: list[tuple[str, bool]] = []
    for start, form in zip(tokens.starts, tokens.forms, strict=True):
        if start in sentence_starts:
            yield words
            words = []
        elif form[0].isalpha() and form not in FUNCTION_WORDS and text[start - 1] not in OPENING:
            words.append((form, text[start].isupper()))
    yield words


def number_value(form: str) -> str:
    """The value of a number token, as a string: *1,200* → 1200, *five* → 5, *70th* → 70."""
    value = _NUMBERS.get(form, form).replace(",", "")
    return value.rstrip("stndrh") if value[:-2].isdigit() else value


_STEMMER = Stemmer.Stemmer("english")


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The Snowball (Porter2) stem of a lower-case word."""
    return str(_STEMMER.stemWord(word))
