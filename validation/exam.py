"""Exams: how a profile is scored on one gold corpus, and the baselines it is compared with.

Also here, because most exams need them: checked rows of corpus files, the folders of the gold corpora,
groupings of gold items (by length and by social groups mentioned), single texts as articles, and
word-list baselines.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeVar

from reframing.documents.errors import InputError
from reframing.documents.files import open_bytes
from reframing.documents.records import Annotation, Article, Span, Target
from reframing.documents.tokens import tokenize, words
from reframing.reading.fields import decode
from validation.scores import Result
from validation.splits import HasDocument, Part, Split, part_of, read_split

# Rows of corpus files, checked for the fields that a reader needs.

Row = tuple[int, dict[str, Any]]
Types = Mapping[str, type | tuple[type, ...]]


def whole_text(path: Path) -> str:
    """The text of a file; raises `InputError` that names the file if it cannot be read."""
    try:
        with open_bytes(path) as stream:
            return decode(stream.read())
    except InputError as error:
        raise error.within(str(path)) from None


def json_lines(path: Path, types: Types) -> Iterator[Row]:
    """Each object of a JSON Lines file with its line number, from 1; blank lines are skipped.

    Raises `InputError` for a line that is not JSON, is not an object, or lacks a field of the given type.
    """
    for number, line in enumerate(whole_text(path).split("\n"), 1):
        if line.strip():
            yield number, checked(_parsed(line, path, number), types, path, number)


def json_list(path: Path, types: Types) -> Iterator[Row]:
    """Each object of a file that is one JSON list with its position, from 1.

    Raises `InputError` if the file is not a JSON list of objects that have the given fields.
    """
    rows = _parsed(whole_text(path), path, None)
    if not isinstance(rows, list):
        raise InputError("must be a list of records", str(path))
    for number, row in enumerate(rows, 1):
        yield number, checked(row, types, path, number)


def csv_rows(
    path: Path, columns: tuple[str, ...], delimiter: str = ","
) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row of a table with a header, with its number: 1 is the row below the header.

    Raises `InputError` for a row that lacks one of `columns`, or a file that is not valid CSV.
    """
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
    """The row itself if it is an object whose fields have the given types; else raises `InputError`."""
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


# Where the gold corpora are stored, and the records of one part of a corpus.


Record = TypeVar("Record", bound=HasDocument)


@dataclass(frozen=True, slots=True)
class Gold:
    """Folders of the downloaded corpora, the split files, the embedded sample, and the sentence gold."""

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
        """Records of a corpus whose documents are assigned to `part`, in the order of the corpus."""
        split = self.split(corpus)
        return [r for r in read(self.folder(corpus)) if part_of(split, r.document) == part]


# Groups of gold items, for scores by group.

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
"""Words taken as mentions of a social group.

A short list made for this project after the identity terms of Dixon et al. (2018), with parties added.
Colour and party words are ambiguous, so the groups serve to compare scores, not to count people.
"""

_WORDS = {group: frozenset(listed.split()) for group, listed in TERMS.items()}
_PART = re.compile(r"[^-]+")
_NO_GROUP = re.compile(r"\b(?:White House|black market|white paper)\b", re.IGNORECASE)


def lengths(texts: Iterable[str]) -> list[tuple[str, ...]]:
    """The length band of each text in words (`LENGTHS`, `LONGER`), as a tuple of one group."""
    return [(_band(sum(1 for _ in words(text))),) for text in texts]


def mentions(texts: Iterable[str]) -> list[tuple[str, ...]]:
    """The groups of `TERMS` that each text mentions; parts of hyphenated words are looked up as well."""
    return [_mentioned(frozenset(_forms(text))) for text in texts]


def single(values: Sequence[str | None]) -> list[tuple[str, ...]]:
    """One group per item, as a tuple; empty where the value is missing."""
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


# The system under test, and how it annotates single texts.

Annotate = Callable[[Iterable[Article]], Iterator[Annotation]]
Support = Callable[[Sequence[tuple[str, str]]], Sequence[float]]


@dataclass(frozen=True, slots=True)
class System:
    """A system under test.

    `annotate` yields one annotation per article, in their order. `support` gives for each pair (source
    text, summary) how far the source text supports the summary, in [0, 1].
    """

    name: str
    annotate: Annotate
    support: Support

    def read(self, texts: Iterable[str]) -> list[Annotation]:
        """Annotations of texts without a title, each treated as an article of its own."""
        return list(self.annotate(alone(texts)))

    def grade(self, texts: Iterable[str]) -> list[int]:
        """Causal strength of each text, 0-3: the maximum over its sentences, 0 if it has none.

        0 is no relation, 1 correlational, 2 conditional causal, 3 causal (Sumner et al. 2014).
        """
        scores = (annotation.scores for annotation in self.read(texts))
        return [max((of.strength for of in sentences), default=0) for sentences in scores]


def alone(
    texts: Iterable[str], targets: Iterable[Sequence[Span]] | None = None
) -> Iterator[Article]:
    """Each text as an article without a title (id `gold-<number>`), with its sentiment targets if given."""
    if targets is None:
        yield from (Article(f"gold-{number}", text) for number, text in enumerate(texts))
        return
    for number, (text, spans) in enumerate(zip(texts, targets, strict=True)):
        yield Article(f"gold-{number}", text, targets=tuple(map(Target, spans)))


def mean_score(annotation: Annotation, name: Literal["certainty", "bias", "sentiment"]) -> float:
    """Mean of a sentence score over a text, weighted by sentence length in characters.

    Most gold items are one sentence to the splitter too; where it finds several, the longer ones weigh
    more. Raises `InputError` if the text has no sentence.
    """
    lengths = [sentence.end - sentence.start for sentence in annotation.sentences]
    if not lengths:
        raise InputError("has no sentence to score", record=annotation.id)
    scores = (getattr(score, name) for score in annotation.scores)
    total = sum(length * score for length, score in zip(lengths, scores, strict=True))
    return total / sum(lengths)


# Word-list baselines, which count listed words as NELA and similar tools do (Horne, Khedr & Adalı 2018).

_LISTS = Path("wnc/src/lexicons")
HEDGES = _LISTS / "hedges_hyland2005.txt"
BIAS = _LISTS / "npov_lexicon.txt"
SUBJECTIVE = _LISTS / "strong_subjectives_riloff2003.txt"
SAYING = Path("polnear/nlp/english/rules/quote_verb_list.txt")
_COMMENTS = ("#", ";")


def word_list(gold: Gold, path: Path) -> frozenset[str]:
    """The single-word entries of a word list, lower-cased; entries of several words are skipped, as in NELA.

    The lists are those that such tools use: Hyland (2005), Recasens et al. (2013) and Riloff & Wiebe
    (2003) as distributed with the corpus of Pryzant et al. (2020), and the reporting verbs of the Gender
    Gap Tracker (Asr et al. 2021). They serve as a baseline and do not reproduce the NELA package.
    """
    lines = whole_text(gold.raw / path).splitlines()
    entries = (line.strip().lower() for line in lines if not line.startswith(_COMMENTS))
    return frozenset(entry for entry in entries if entry and " " not in entry)


def occurrences(text: str, listed: frozenset[str]) -> Iterator[Span]:
    """Spans of the listed words in a text, matched by word form: no inflection, no context."""
    tokens = tokenize(text)
    for start, end, form in zip(tokens.starts, tokens.ends, tokens.forms, strict=True):
        if form in listed:
            yield Span(start, end)


def share_listed(text: str, listed: frozenset[str]) -> float:
    """Share of the words of a text that are listed; 0 if the text has no word."""
    forms = list(words(text))
    return sum(form in listed for form in forms) / max(1, len(forms))


# Exams and their baselines.

Kind = Literal["profile", "trivial", "word list", "other method", "people"]


class Rival(NamedTuple):
    """A baseline: its name, its kind, and its result on the same gold items."""

    system: str
    kind: Kind
    result: Result


@dataclass(frozen=True, slots=True)
class Exam:
    """An exam on one kind of gold annotation.

    `read` loads the gold items, `judge` scores a system on them, `rivals` scores the baselines. Baselines
    also receive the gold corpora, because some learn a majority class or a threshold from the `train`
    part.
    """

    name: str
    read: Callable[[Gold], Sequence[Any]]
    judge: Callable[[Sequence[Any], System], Iterator[Result]]
    rivals: Callable[[Sequence[Any], Gold], Iterator[Rival]]
