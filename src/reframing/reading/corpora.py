"""Readers that turn raw corpora into articles: one function for each corpus, listed by name in `CORPORA`.

The module also holds what these readers need: separating headline and bylines from the body of a scraped
page (`split_page`), and loading pickle files without running code from them (`load_plain`).

To add a corpus, write a function `_<name>(folder, left_out)` that yields articles in a fixed order and calls
`left_out` with the id and the reason for each record it skips, and enter it in `CORPORA`. Article tables
(JSONL, CSV, Parquet, text files) need no reader of their own: the reader `articles` handles them.
"""

import pickle
import pickletools
import re
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from reframing.documents.errors import InputError
from reframing.documents.files import open_bytes, read_bytes
from reframing.documents.params import PrepareParams
from reframing.documents.records import Article
from reframing.documents.terms import content_terms
from reframing.documents.tokens import tokenize
from reframing.documents.word_classes import MONTH_ABBREVIATIONS, WEEKDAYS
from reframing.reading.articles import SUFFIXES, csv_records, read_all
from reframing.reading.credits import HEAD_PARAGRAPHS, is_byline, is_picture_credit, signs_for
from reframing.reading.fields import article_of, decode
from reframing.reading.furniture import Page, fold, is_running, recurring
from reframing.reading.rewritings import (
    LeaveOut,
    read_mixset,
    read_raidar_abstracts,
    read_raidar_models,
    read_raidar_news,
)

# Headline and bylines of scraped pages, separated from the running text.

HEADLINE_WORDS = range(4, 31)
ABOUT_SHARE = 0.6
ABOUT_WORDS = 3
OPENING_PARAGRAPHS = 12

_DAY = f"({'|'.join(WEEKDAYS)})"
_MONTH = rf"({'|'.join(MONTH_ABBREVIATIONS)})[a-z]*\.?"
_DATED = re.compile(
    rf"{_DAY}, {_MONTH}|{_MONTH} \d{{1,2}}, \d{{4}}|\d{{1,2}} {_MONTH} \d{{4}}"
    r"|\d{1,2}/\d{1,2}/\d{2,4}|\d{1,2}:\d\d\W*[ap]\.?m|\bago$",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")


class PageHead(NamedTuple):
    """The parts of a page: headline and byline (None where there is none) and the paragraphs of the body."""

    title: str | None
    byline: str | None
    body: tuple[str, ...]


def split_page(
    paragraphs: Sequence[str], outlets: Sequence[str] = (), furniture: frozenset[str] = frozenset()
) -> PageHead:
    """Separate the headline and the bylines of a scraped page from its body.

    The headline is the first of the top `HEAD_PARAGRAPHS` paragraphs that looks like a headline
    (`is_headline`), is not page furniture, and shares enough content words with the opening of the running
    text: `ABOUT_SHARE` of its own words and at least `ABOUT_WORDS`, or one word if the line is printed twice
    at the top. The overlap rules out buttons, labels and notes to readers. Paragraphs above the headline are
    dropped, except bylines. A line that only names one of `outlets` counts as a byline. `furniture` holds
    paragraphs as `fold` returns them.
    """
    paragraphs = _join_lone_by([part for part in paragraphs if _LETTER.search(part)])
    own = [part for part in paragraphs if fold(part) not in furniture]
    running = [part for part in own if is_running(part) and not is_headline(part)]
    opening = _content("\n".join(running[:OPENING_PARAGRAPHS]))
    top = paragraphs[:HEAD_PARAGRAPHS]
    for place, part in enumerate(top):
        if part in own and is_headline(part) and _is_about(part, opening, top.count(part) > 1):
            return _parted(paragraphs, place, outlets)
    return _parted(paragraphs, None, outlets)


def split_first(paragraphs: Sequence[str]) -> PageHead:
    """Take the first paragraph as the headline if it looks like one, and separate the bylines below it."""
    paragraphs = _join_lone_by([part for part in paragraphs if _LETTER.search(part)])
    titled = bool(paragraphs) and is_headline(paragraphs[0])
    return _parted(paragraphs, 0 if titled else None, ())


def _parted(paragraphs: Sequence[str], place: int | None, outlets: Sequence[str]) -> PageHead:
    """The page split at the headline's index; repeats of the headline just below it are dropped."""
    title = None if place is None else paragraphs[place]
    start = 0 if place is None else place + 1
    end = start + HEAD_PARAGRAPHS
    header = [part for part in paragraphs[start:end] if part != title]
    signed = [part for part in header if is_byline(part) or signs_for(part, outlets)]
    above = [part for part in paragraphs[:start] if is_byline(part) or signs_for(part, outlets)]
    bylines = dict.fromkeys(" ".join(part.split()) for part in (*above, *signed) if part != title)
    body = (*(part for part in header if part not in signed), *paragraphs[end:])
    return PageHead(title, "; ".join(bylines) or None, body)


def is_headline(paragraph: str) -> bool:
    """Whether a paragraph has the form of a headline.

    That is: 4 to 30 words, no lower-case beginning, no full stop, colon, semicolon or comma at the end (an
    ellipsis is allowed), and no date, byline or picture credit.
    """
    bare = paragraph.rstrip("\"'”’)")
    return (
        len(paragraph.split()) in HEADLINE_WORDS
        and not paragraph[0].islower()
        and (bare.endswith("...") or not bare.endswith((".", ":", ";", ",")))
        and not is_byline(paragraph)
        and not _DATED.search(paragraph)
        and not is_picture_credit(paragraph)
    )


def _is_about(headline: str, opening: frozenset[str], printed_twice: bool) -> bool:
    words = _content(headline)
    shared = len(words & opening)
    return shared >= (1 if printed_twice else max(ABOUT_WORDS, ABOUT_SHARE * len(words)))


def _content(text: str) -> frozenset[str]:
    return frozenset(term.stem for term in content_terms(tokenize(text), frozenset()))


def _join_lone_by(paragraphs: Sequence[str]) -> list[str]:
    """Join a paragraph that is only "By" to the name in the next paragraph."""
    joined: list[str] = []
    for paragraph in paragraphs:
        if joined and joined[-1].lower() == "by":
            joined[-1] = f"By {paragraph}"
        else:
            joined.append(paragraph)
    return joined


# Pickle files of plain data.

_MEMO = ("PUT", "BINPUT", "LONG_BINPUT")
"""Operations that enlarge the table of a pickle's objects up to a given number, however large."""

_BROKEN = (
    pickle.UnpicklingError,
    EOFError,
    ValueError,
    LookupError,
    AttributeError,
    TypeError,
    MemoryError,
    OverflowError,
)


class _PlainUnpickler(pickle.Unpickler):
    """Refuses every class and function.

    `pickle.load` calls any function that a pickle names. Dicts, lists, strings and numbers need no names, so
    refusing all names makes untrusted files safe to read.
    """

    def find_class(self, module: str, name: str) -> NoReturn:
        raise InputError(f"is a pickle that names {module}.{name}; only plain data is read")

    def persistent_load(self, pid: Any) -> NoReturn:
        raise InputError(
            "is a pickle that refers to objects outside itself; only plain data is read"
        )


def load_plain(path: Path) -> Any:
    """The content of a pickle file that holds only dicts, lists, strings and numbers.

    Runs no code from the file, and takes memory in proportion to it. Raises `InputError` if the pickle refers
    to a class or function, is malformed, or cannot be read.
    """
    try:
        raw = read_bytes(path)
        for operation, argument, _ in pickletools.genops(raw):
            if operation.name in _MEMO and int(argument or 0) > len(raw):
                raise InputError("is a pickle that asks for more memory than it can use")
        return _PlainUnpickler(BytesIO(raw)).load()
    except InputError as error:
        raise error.within(str(path)) from None
    except _BROKEN as error:
        found = ascii(str(error))[1:-1][:200] or type(error).__name__
        raise InputError(f"is not a readable pickle: {found}", str(path)) from error


# Corpus readers.

CorpusReader = Callable[[Path, LeaveOut], Iterator[Article]]

TONES = ("emotionally_triggering", "neutral", "objective", "sensational")
RATINGS = ("true", "false")
"""What the labels 0 and 1 of SheepDog mean."""

_REFUSAL = re.compile(
    r"\W*(I['’]m sorry, but|I am sorry, but|I cannot|I can['’]t|As an AI\b)", re.I
)
_BLANKS = re.compile(r"[ \t]{2,}")


def _ignored(id: str, reason: str) -> None:
    """Ignore skipped records; the default for `left_out`."""


def read_corpus(name: str, folder: Path, left_out: LeaveOut = _ignored) -> Iterator[Article]:
    """Yield the articles of the raw corpus in `folder` in a fixed order, using the reader called `name`.

    `left_out(id, reason)` is called for each record that is skipped. Raises `InputError` if the reader is
    unknown, the folder or a file is missing, a record does not have the expected fields, or an id occurs twice.
    """
    if name not in CORPORA:
        known = ", ".join(sorted(CORPORA))
        raise InputError(f"'{name}' is no reader of a corpus; expected {known}", field="reader")
    if not folder.is_dir():
        raise InputError("there is no such folder; run the fetch stage first", str(folder))
    ids: set[str] = set()
    try:
        for article in CORPORA[name](folder, left_out):
            if article.id in ids:
                raise InputError("occurs twice; ids must differ", record=article.id, field="id")
            ids.add(article.id)
            yield article
    except InputError as error:
        raise error if error.file else error.within(str(folder)) from None


def _articles(folder: Path, left_out: LeaveOut) -> Iterator[Article]:
    """A user's own corpus: all article files in the folder and its subfolders, sorted by path."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    paths = [path for path in files if path.suffix.lower() in SUFFIXES]
    for path in files:
        if path not in paths:
            left_out(path.relative_to(folder).as_posix(), "not an article file")
    if not paths:
        raise InputError(f"holds no article file ({', '.join(SUFFIXES)})", str(folder))
    yield from read_all(paths)


def _article_comparisons(folder: Path, left_out: LeaveOut) -> Iterator[Article]:
    """Scraped news pages about three events.

    The scrape time becomes `retrieved`; `published` stays empty, since a page's publication date is unknown.
    """
    columns = ("id", "publisher", "scrape_time", "text")
    rows = [
        {**row, "id": f"{event}-{row['id']}"}
        for event in ("helsinki", "census", "spotify")
        for row in _table(folder / "data" / f"{event}_articles.csv", columns)
    ]
    outlets = sorted({row["publisher"] for row in rows})
    pages = [
        Page(row["publisher"], tuple(part.strip() for part in row["text"].split("###")))
        for row in rows
    ]
    furniture = recurring(pages, PrepareParams())
    for row, page in zip(rows, pages, strict=True):
        if row["publisher"] == "news.google.com":
            left_out(row["id"], "list of links")
            continue
        others = [outlet for outlet in outlets if outlet != page.outlet]
        repeated = furniture.by_outlet.get(row["publisher"], frozenset())
        title, byline, body = split_page(page.paragraphs, others, repeated)
        if not any(map(is_running, body)):
            left_out(row["id"], "no running text")
            continue
        yield article_of(
            {
                "id": row["id"],
                "title": title,
                "body": "\n".join(body),
                "retrieved": row["scrape_time"],
                "outlet": row["publisher"],
                "byline": byline,
            }
        )


def _fnc_1(folder: Path, left_out: LeaveOut) -> Iterator[Article]:
    """Article bodies of the Fake News Challenge (FNC-1), which have no title, outlet or date."""
    for row in _table(folder / "train_bodies.csv", ("Body ID", "articleBody")):
        yield article_of({"id": f"fnc-{row['Body ID']}", "body": row["articleBody"]})


def _sheepdog(folder: Path, left_out: LeaveOut) -> Iterator[Article]:
    """PolitiFact news articles and rewritings of each in four tones (Wu, Guo & Hooi 2024).

    Item i of every file belongs to the same original. Paragraph breaks were lost to runs of blanks, which
    become line breaks. Of identical originals only the first is kept, and the rewritings of the others refer
    to it, so that `original` and `event` always name an article of the corpus. `group` is how PolitiFact rated
    the original: true or false.
    """
    path = folder / "data" / "news_articles" / "politifact_train.pkl"
    originals = _texts(path, "news")
    ratings = [RATINGS[label] for label in _labels(path, len(originals))]
    first: dict[str, str] = {}
    for number, text in enumerate(originals):
        id = f"politifact-{number}"
        if first.setdefault(text, id) != id:
            left_out(id, f"same text as {first[text]}")
            continue
        yield _split_article(id, text, event=id, group=ratings[number])
    for tone in TONES:
        path = folder / "data" / "reframings" / f"politifact_train_{tone}.pkl"
        for number, text in enumerate(_texts(path, "rewritten", len(originals))):
            id = f"politifact-{number}-{tone}"
            if _REFUSAL.match(text):
                left_out(id, "refusal instead of a retelling")
                continue
            original = first[originals[number]]
            yield _split_article(id, text, event=original, kind=tone, original=original)


def _neus(folder: Path, left_out: LeaveOut) -> Iterator[Article]:
    """Openings of three reports of one event from outlets of the left, centre and right, and a neutral summary.

    The three stand in random order in the file (Lee et al. 2022), so an article does not say which side it is
    of; `kind` tells reports from the summary. Texts that repeat one of the same event are skipped.
    """
    parts = folder / "data" / "naacl2022_lrc_roundup_random_order_probe"
    reports, summaries = (_lines(parts / name) for name in ("val.source", "val.target"))
    if len(reports) != len(summaries):
        problem = f"has {len(summaries)} lines, val.source {len(reports)}; fetch again"
        raise InputError(problem, str(parts / "val.target"))
    for number, (together, summary) in enumerate(zip(reports, summaries, strict=True), 1):
        sides = [(f"{n}", "report", side) for n, side in enumerate(together.split("[SEP]"), 1)]
        seen: dict[str, str] = {}
        for suffix, kind, text in [*sides, ("summary", "summary", summary)]:
            id = f"neus-{number}-{suffix}"
            head, marked, body = (part.strip() for part in text.partition(_ARTICLE))
            if not marked or not head.startswith(_TITLE):
                problem = f"must have the form {_TITLE} … {_ARTICLE} …"
                raise InputError(problem, str(parts), id, "text")
            title = head.removeprefix(_TITLE).strip().removesuffix(".")
            if not body:
                left_out(id, "no running text")
            elif seen.setdefault(body, id) != id:
                left_out(id, f"same text as {seen[body]}")
            else:
                event = f"neus-{number}"
                yield article_of(
                    {"id": id, "title": title or None, "body": body, "event": event, "kind": kind}
                )


_TITLE, _ARTICLE = "TITLE=>", "ARTICLE=>"


def _lines(path: Path) -> list[str]:
    """The lines of a text file; raises `InputError` if it has none."""
    try:
        text = decode(read_bytes(path))
        if not text:
            raise InputError("is empty; fetch it again")
    except InputError as error:
        raise error.within(str(path)) from None
    return text.removesuffix("\n").split("\n")


def _split_article(id: str, text: str, **declared: str) -> Article:
    title, byline, body = split_first(_BLANKS.split(text.strip()))
    if not body:
        title, byline, body = None, None, (text,)
    return article_of(
        {"id": id, "title": title, "body": "\n".join(body), "byline": byline, **declared}
    )


def _table(path: Path, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """Rows of a CSV file; raises `InputError` where one of `columns` is missing, twice, or empty."""

    def check(header: list[str]) -> None:
        for column in columns:
            if header.count(column) != 1:
                found = f"expected once among the columns, not {header.count(column)} times"
                raise InputError(found, field=column)

    rows = []
    try:
        with open_bytes(path) as stream:
            for number, row in csv_records(stream, check):
                if isinstance(row, InputError):
                    raise row
                for column in columns:
                    if not row[column]:
                        raise InputError("is missing", None, number, column)
                rows.append(row)
    except InputError as error:
        raise error.within(str(path)) from None
    return rows


def _texts(path: Path, key: str, length: int | None = None) -> list[str]:
    """The list of texts under `key` in a pickled dict; raises `InputError` unless it has `length` items."""
    texts = _list(path, key, length)
    if not all(isinstance(text, str) for text in texts):
        raise InputError("must be a list of texts", str(path), None, key)
    return texts


def _labels(path: Path, length: int) -> list[int]:
    labels = _list(path, "labels", length)
    if not all(type(label) is int and label in range(len(RATINGS)) for label in labels):
        raise InputError(f"must be a list of 0 ({RATINGS[0]}) and 1", str(path), None, "labels")
    return labels


def _list(path: Path, key: str, length: int | None) -> list[Any]:
    plain: Any = load_plain(path)
    values = plain.get(key) if isinstance(plain, dict) else None
    if not isinstance(values, list):
        raise InputError("must be a list", str(path), None, key)
    if length is not None and len(values) != length:
        raise InputError(f"must have {length} items, not {len(values)}", str(path), None, key)
    return values


CORPORA: dict[str, CorpusReader] = {
    "articles": _articles,
    "article-comparisons": _article_comparisons,
    "fnc-1": _fnc_1,
    "neus": _neus,
    "sheepdog": _sheepdog,
    "raidar-news": read_raidar_news,
    "raidar-abstracts": read_raidar_abstracts,
    "raidar-models": read_raidar_models,
    "mixset": read_mixset,
}
