"""The words that are planted, from the tables in `words/`, and their grammatical form in a sentence."""

import csv
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from random import Random
from typing import TypeVar

from reframing.documents.lexicon import Lexicon, load_lexicon
from reframing.documents.tokens import tokenize

Option = TypeVar("Option")

_SUBJECT = frozenset(
    """the a an this that these those his her its their our some many most several he she it they we there
    both each""".split()
)


_FOLDERS: list[Traversable] = [resources.files(__package__) / "words"]


@contextmanager
def tables_in(folder: Path) -> Iterator[None]:
    """A context in which forms plant words from the tables of another folder.

    Training uses it, so that the network learns from words that the benchmark does not plant.
    """
    _FOLDERS.append(folder)
    _forget()
    try:
        yield
    finally:
        _FOLDERS.pop()
        _forget()


def _forget() -> None:
    for read in (table, column, mapping):
        read.cache_clear()


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a table, each as a dictionary by column."""
    text = (_FOLDERS[-1] / name).read_text(encoding="utf8")
    return tuple(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def column(table_name: str, name: str, **given: str) -> tuple[str, ...]:
    """The values in one column, from rows that have the `given` values in other columns."""
    return tuple(
        row[name]
        for row in table(table_name)
        if all(row[key] == value for key, value in given.items())
    )


@cache
def mapping(table_name: str, key: str, value: str) -> dict[str, tuple[str, ...]]:
    """The values of each key in a table, in order."""
    found: dict[str, tuple[str, ...]] = {}
    for row in table(table_name):
        found[row[key]] = (*found.get(row[key], ()), row[value])
    return found


@cache
def lexicons() -> tuple[Lexicon, ...]:
    """All lexicons that measures and moves use."""
    return (
        load_lexicon("moves/antonyms"),
        load_lexicon("measures/attribution/attribution_cues"),
        load_lexicon("measures/boosters"),
        load_lexicon("measures/causal"),
        load_lexicon("moves/denials"),
        load_lexicon("measures/evaluations"),
        load_lexicon("measures/hedges"),
        load_lexicon("report/intensities"),
        load_lexicon("moves/kinds"),
        load_lexicon("moves/opposites"),
        load_lexicon("moves/places"),
        load_lexicon("moves/relations"),
        load_lexicon("measures/attribution/source_nouns"),
    )


@cache
def in_lexicons(words: str) -> bool:
    """Whether an entry of any lexicon matches in `words`."""
    tokens = tokenize(words)
    return any(next(lexicon.match(tokens), None) for lexicon in lexicons())


def picked(
    options: Iterable[Option], random: Random, words: Callable[[Option], str] = str
) -> Iterator[Option]:
    """A random option with words in a lexicon and a random one with words in none, if there are any."""
    sides: dict[bool, list[Option]] = {True: [], False: []}
    for option in options:
        sides[in_lexicons(words(option))].append(option)
    for side in sides.values():
        if side:
            yield random.choice(side)


def capitalised(words: str) -> str:
    return words[:1].upper() + words[1:]


def opens_with_subject(words: str) -> bool:
    """Whether a sentence opens with a pronoun or determiner, so that another clause can govern it."""
    return words.split(maxsplit=1)[0].lower() in _SUBJECT


def continued(words: str) -> str:
    """The opening of a sentence as used within one: lower-cased, except that names keep their capital."""
    return words[:1].lower() + words[1:] if opens_with_subject(words) else words


def article_for(word: str) -> str:
    """*a* or *an* before a word, by its spelling."""
    return (
        "an"
        if word[0].lower() in "aeiou" and not word.lower().startswith(("uni", "eu", "one"))
        else "a"
    )
