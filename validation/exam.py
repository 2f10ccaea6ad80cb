"""An exam: gold of one kind, how a profile is scored on it, and what it is compared with."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple, Protocol, TypeVar

from reframing.documents.errors import InputError
from reframing.documents.records import Annotation, Article, Span, Target
from reframing.documents.tokens import tokenize, words
from reframing.reading.fields import decode, open_bytes
from validation.scores import Result
from validation.splits import Part, Split, part_of, read_split

# Rows out of the files of a gold corpus, each checked for the fields that its reader takes.

Row = tuple[int, dict[str, Any]]
Types = Mapping[str, type | tuple[type, ...]]


def whole_text(path: Path) -> str:
    """All of a file; raises `InputError` that names it where it cannot be read."""
    try:
        with open_bytes(path) as stream:
            return decode(stream.read())
    except InputError as error:
        raise error.within(str(path)) from None


def json_lines(path: Path, types: Types) -> Iterator[Row]:
    """Objects of a JSON Lines file, numbered from 1, whose fields have the given types."""
    for number, line in enumerate(whole_text(path).split("\n"), 1):
        if line.strip():
            yield number, checked(_parsed(line, path, number), types, path, number)


def json_list(path: Path, types: Types) -> Iterator[Row]:
    """Objects of a file that is one JSON list."""
    rows = _parsed(whole_text(path), path, None)
    if not isinstance(rows, list):
        raise InputError("must be a list of records", str(path))
    for number, row in enumerate(rows, 1):
        yield number, checked(row, types, path, number)


def csv_rows(
    path: Path, columns: tuple[str, ...], delimiter: str = ","
) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows of a table with a header, numbered from 1 without it."""
    stream = io.StringIO(whole_text(path), newline="")
    try:
        for number, row in enumerate(csv.DictReader(stream, delimiter=delimiter, strict=True), 1):
            for column in columns:
                if row.get(column) is None:
                    raise InputError("is missing", str(path), number, column)
            yield number, row
    except csv.Error as error:
        raise InputError(f"is no table: {error}; fetch it again", str(path)) from error


def checked(row: Any, types: Types, path: Path, number: int) -> dict[str, Any]:
    """The row, if it is an object that has each field with its type."""
    if not isinstance(row, dict):
        raise InputError("must be an object", str(path), number)
    for field, kind in types.items():
        if not isinstance(row.get(field), kind):
            raise InputError("is missing or of another type", str(path), number, field)
    return row


def _parsed(text: str, path: Path, number: int | None) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise InputError(f"is not JSON: {error}; fetch it again", str(path), number) from error


# Where the gold lies, and the records of one part of it.


class HasDocument(Protocol):
    """A gold record that a split can place."""

    @property
    def document(self) -> str: ...


Record = TypeVar("Record", bound=HasDocument)


@dataclass(frozen=True, slots=True)
class Gold:
    """Folders of the fetched corpora, of the split files, and of the embedded sample."""

    raw: Path = Path("data/raw")
    splits: Path = Path("data/splits")
    sample: Path = Path("data/sample")
    sentences: Path = Path("data/gold")

    def folder(self, corpus: str) -> Path:
        return self.raw / corpus

    def split(self, corpus: str) -> Split:
        return read_split(self.splits / f"{corpus}.tsv")

    def part(
        self, corpus: str, read: Callable[[Path], Iterable[Record]], part: Part = "test"
    ) -> list[Record]:
        """The records of a corpus whose documents lie in `part`, in the order of the corpus."""
        split = self.split(corpus)
        return [r for r in read(self.folder(corpus)) if part_of(split, r.document) == part]


# Groups of gold items by which scores are shown apart.

LENGTHS = ((10, "1-10 words"), (20, "11-20 words"), (30, "21-30 words"), (40, "31-40 words"))
LONGER = "over 40 words"

TERMS = {
    "women": "woman women female girl girls mother mothers feminist feminists",
    "men": "man men male boy boys father fathers",
    "Black people": "african-american african-americans black blacks",
    "white people": "white whites caucasian",
    "Latino people": "latino latinos latina latinas hispanic hispanics",
    "Asian people": "asian asians asian-american asian-americans",
    "Jewish people": "jew jews jewish",
    "Muslims": "muslim muslims islam islamic",
    "Christians": "christian christians christianity catholic catholics evangelical evangelicals",
    "migrants": "immigrant immigrants migrant migrants refugee refugees undocumented",
    "LGBT people": "gay gays lesbian lesbians lgbt lgbtq transgender trans queer same-sex",
    "Democrats": "democrat democrats democratic liberal liberals",
    "Republicans": "republican republicans gop conservative conservatives",
}
"""Words by which a sentence is taken to mention a group: a short list, made for this project after the
identity terms of Dixon et al. (2018), extended by parties. A colour or party word may mean something
else; the groups are for comparing scores, not for counting people."""

_WORDS = {group: frozenset(listed.split()) for group, listed in TERMS.items()}
_PART = re.compile(r"[^-]+")
_NO_GROUP = re.compile(r"\b(?:White House|black market|white paper)\b", re.IGNORECASE)


def lengths(texts: Iterable[str]) -> list[tuple[str, ...]]:
    """The band of length in words of each text."""
    return [(_band(sum(1 for _ in words(text))),) for text in texts]


def mentions(texts: Iterable[str]) -> list[tuple[str, ...]]:
    """The groups of `TERMS` that each text mentions; words joined by hyphens count apart, too."""
    return [_mentioned(frozenset(_forms(text))) for text in texts]


def single(values: Sequence[str | None]) -> list[tuple[str, ...]]:
    """One group an item, or none where it is not known."""
    return [(value,) if value else () for value in values]


def _band(n_words: int) -> str:
    return next((name for most, name in LENGTHS if n_words <= most), LONGER)


def _forms(text: str) -> Iterable[str]:
    for form in words(_NO_GROUP.sub(" ", text)):
        yield form
        if "-" in form:
            yield from _PART.findall(form)


def _mentioned(forms: frozenset[str]) -> tuple[str, ...]:
    return tuple(group for group, listed in _WORDS.items() if listed & forms)


# An annotator as the suite sees it, and how it is asked about texts that are single sentences.

Annotate = Callable[[Iterable[Article]], Iterator[Annotation]]
Support = Callable[[Sequence[tuple[str, str]]], Sequence[float]]


@dataclass(frozen=True, slots=True)
class System:
    """What is scored: how articles are annotated, and how far a source bears out a summary of it (0-1)."""

    name: str
    annotate: Annotate
    support: Support

    def read(self, texts: Iterable[str]) -> list[Annotation]:
        """Annotations of texts without title, each an article of its own."""
        return list(self.annotate(alone(texts)))

    def grade(self, texts: Iterable[str]) -> list[int]:
        """Causal strength 0-3 of each text: of its strongest sentence."""
        scores = (annotation.scores for annotation in self.read(texts))
        return [max((of.strength for of in sentences), default=0) for sentences in scores]


def alone(
    texts: Iterable[str], targets: Iterable[Sequence[Span]] | None = None
) -> Iterator[Article]:
    """Each text as an article of its own, body alone, with its targets where there are any."""
    if targets is None:
        yield from (Article(f"gold-{number}", text) for number, text in enumerate(texts))
        return
    for number, (text, spans) in enumerate(zip(texts, targets, strict=True)):
        yield Article(f"gold-{number}", text, targets=tuple(map(Target, spans)))


def mean_score(annotation: Annotation, name: Literal["certainty", "bias", "sentiment"]) -> float:
    """A score of the whole text: the mean over its sentences, weighted by their length in characters.

    Gold sentences are mostly one sentence to the splitter too; where it finds several, the longer one
    has more to say. Raises `InputError` where the text has no sentence.
    """
    lengths = [sentence.end - sentence.start for sentence in annotation.sentences]
    if not lengths:
        raise InputError("has no sentence to score", record=annotation.id)
    scores = (getattr(score, name) for score in annotation.scores)
    total = sum(length * score for length, score in zip(lengths, scores, strict=True))
    return total / sum(lengths)


# Counts of listed words, as NELA and its kin score a text (Horne, Khedr & Adalı 2018).
#
# The lists are those that such tools use themselves: Hyland (2005), Recasens et al. (2013), Riloff & Wiebe
# (2003), as the corpus of Pryzant et al. (2020) distributes them, and the verbs of saying of the Gender Gap
# Tracker (Asr et al. 2021). A word counts by its form alone: no inflection, no
# context. That is the rival which the measures must beat, not a reading of the NELA package.

_LISTS = Path("wnc/src/lexicons")
HEDGES = _LISTS / "hedges_hyland2005.txt"
BIAS = _LISTS / "npov_lexicon.txt"
SUBJECTIVE = _LISTS / "strong_subjectives_riloff2003.txt"
SAYING = Path("polnear/nlp/english/rules/quote_verb_list.txt")
_COMMENTS = ("#", ";")


def word_list(gold: Gold, path: Path) -> frozenset[str]:
    """The single words of a list; entries of several words are passed over, as by NELA."""
    lines = whole_text(gold.raw / path).splitlines()
    entries = (line.strip().lower() for line in lines if not line.startswith(_COMMENTS))
    return frozenset(entry for entry in entries if entry and " " not in entry)


def occurrences(text: str, listed: frozenset[str]) -> Iterator[Span]:
    """Spans of the listed words in a text."""
    tokens = tokenize(text)
    for start, end, form in zip(tokens.starts, tokens.ends, tokens.forms, strict=True):
        if form in listed:
            yield Span(start, end)


def share_listed(text: str, listed: frozenset[str]) -> float:
    """Listed words per word; 0 where the text has no word."""
    forms = list(words(text))
    return sum(form in listed for form in forms) / max(1, len(forms))


# An exam: gold of one kind, how a profile is scored on it, and what it is compared with.

Kind = Literal["profile", "trivial", "word list", "other method", "people"]


class Rival(NamedTuple):
    """A baseline: what it is called, what kind it is of, and its result on the same gold."""

    system: str
    kind: Kind
    result: Result


@dataclass(frozen=True, slots=True)
class Exam:
    """`judge` scores a profile on the items that `read` gives; `rivals` scores the baselines.

    Rivals see the gold too, because some learn a majority or a threshold from its train part.
    """

    name: str
    read: Callable[[Gold], Sequence[Any]]
    judge: Callable[[Sequence[Any], System], Iterator[Result]]
    rivals: Callable[[Sequence[Any], Gold], Iterator[Rival]]
