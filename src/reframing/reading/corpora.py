"""Raw corpora as articles: one small reader a corpus, found by its name in `CORPORA`.

To add one: write `_<name>(folder, left_out)` that yields articles in a fixed order and calls `left_out`
with the id and the reason of whatever it passes over, and enter it in `CORPORA`. Article tables (JSONL,
CSV, Parquet, text files) need no reader of their own: `articles` reads them.
"""

import csv
import pickle
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from reframing.documents.errors import InputError
from reframing.documents.params import PrepareParams
from reframing.documents.records import Article
from reframing.documents.terms import content_terms
from reframing.documents.tokens import tokenize
from reframing.reading.articles import SUFFIXES, read_all
from reframing.reading.credits import HEAD_PARAGRAPHS, is_byline, is_picture_credit, signs_for
from reframing.reading.fields import article_of, open_bytes
from reframing.reading.furniture import Page, fold, is_running, recurring
from reframing.reading.rewritings import read_mixset, read_raidar_abstracts, read_raidar_news

# What stands above a scraped article: headline and byline, told from the running text.

HEADLINE_WORDS = range(4, 31)
ABOUT_SHARE = 0.6
ABOUT_WORDS = 3
OPENING_PARAGRAPHS = 12

_DAY = r"(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_MONTH = r"(Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DATED = re.compile(
    rf"{_DAY}, {_MONTH}|{_MONTH} \d{{1,2}}, \d{{4}}|\d{{1,2}} {_MONTH} \d{{4}}"
    r"|\d{1,2}/\d{1,2}/\d{2,4}|\d{1,2}:\d\d\W*[ap]\.?m|\bago$",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")


class PageHead(NamedTuple):
    """Headline and byline where the page has them, and the paragraphs of its text."""

    title: str | None
    byline: str | None
    body: tuple[str, ...]


def split_page(
    paragraphs: Sequence[str], outlets: Sequence[str] = (), furniture: frozenset[str] = frozenset()
) -> PageHead:
    """Take the headline and the bylines off a scraped page.

    The headline is the first of the uppermost paragraphs that reads like one, is no `furniture` and is
    about the page: most of its content words, or one if it is printed twice there, return where the
    running text begins. A button, a label or a note to readers names nothing that the story is about.
    What stands above the headline goes, but for bylines; a line that names one of `outlets` alone is one.
    """
    paragraphs = _join_lone_by([part for part in paragraphs if _LETTER.search(part)])
    own = [part for part in paragraphs if fold(part) not in furniture]
    running = [part for part in own if is_running(part) and not is_headline(part)]
    told = _content("\n".join(running[:OPENING_PARAGRAPHS]))
    top = paragraphs[:HEAD_PARAGRAPHS]
    for place, part in enumerate(top):
        if part in own and is_headline(part) and _is_about(part, told, top.count(part) > 1):
            return _parted(paragraphs, place, outlets)
    return _parted(paragraphs, None, outlets)


def split_first(paragraphs: Sequence[str]) -> PageHead:
    """Take off a headline that is the first paragraph if there is one, and the bylines below it."""
    paragraphs = _join_lone_by([part for part in paragraphs if _LETTER.search(part)])
    titled = bool(paragraphs) and is_headline(paragraphs[0])
    return _parted(paragraphs, 0 if titled else None, ())


def _parted(paragraphs: Sequence[str], place: int | None, outlets: Sequence[str]) -> PageHead:
    """Title, bylines and body; copies of the headline near the top go too."""
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
    """Whether a paragraph reads like a headline: 4 to 30 words, no full stop, date, or credit."""
    bare = paragraph.rstrip("\"'”’)")
    return (
        len(paragraph.split()) in HEADLINE_WORDS
        and not paragraph[0].islower()
        and (bare.endswith("...") or not bare.endswith((".", ":", ";", ",")))
        and not is_byline(paragraph)
        and not _DATED.search(paragraph)
        and not is_picture_credit(paragraph)
    )


def _is_about(headline: str, told: frozenset[str], printed_twice: bool) -> bool:
    words = _content(headline)
    shared = len(words & told)
    return shared >= (1 if printed_twice else max(ABOUT_WORDS, ABOUT_SHARE * len(words)))


def _content(text: str) -> frozenset[str]:
    return frozenset(term.stem for term in content_terms(tokenize(text), frozenset()))


def _join_lone_by(paragraphs: Sequence[str]) -> list[str]:
    """A "By" that stands alone belongs to the name in the next paragraph."""
    joined: list[str] = []
    for paragraph in paragraphs:
        if joined and joined[-1].lower() == "by":
            joined[-1] = f"By {paragraph}"
        else:
            joined.append(paragraph)
    return joined


# Pickles of plain data, read without running anything.
#
# A pickle is a program: `pickle.load` runs whatever it names. One that holds nothing but dicts, lists,
# strings and numbers names nothing, so this reader refuses every name and is safe with files of
# strangers.

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
    def find_class(self, module: str, name: str) -> NoReturn:
        raise InputError(f"is a pickle that names {module}.{name}; only plain data is read")

    def persistent_load(self, pid: Any) -> NoReturn:
        raise InputError(
            "is a pickle that refers to objects outside itself; only plain data is read"
        )


def load_plain(path: Path) -> Any:
    """The dicts, lists, strings and numbers of a pickle.

    Raises `InputError` where it names a class or function, is broken, or cannot be read.
    """
    try:
        with open_bytes(path) as stream:
            return _PlainUnpickler(stream).load()
    except InputError as error:
        raise error.within(str(path)) from None
    except _BROKEN as error:
        raise InputError(f"is not a readable pickle: {error}", str(path)) from error


# Raw corpora as articles: one small reader a corpus, found by its name in `CORPORA`.

LeftOut = Callable[[str, str], None]
CorpusReader = Callable[[Path, LeftOut], Iterator[Article]]

TONES = ("emotionally_triggering", "neutral", "objective", "sensational")

_REFUSAL = re.compile(
    r"\W*(I['’]m sorry, but|I am sorry, but|I cannot|I can['’]t|As an AI\b)", re.I
)
_BLANKS = re.compile(r"[ \t]{2,}")


def _nobody(id: str, reason: str) -> None:
    """Left-out records that nobody collects."""


def read_corpus(name: str, folder: Path, left_out: LeftOut = _nobody) -> Iterator[Article]:
    """Articles of the raw corpus in `folder`, read by the reader called `name`, in a fixed order.

    `left_out(id, reason)` is called for each record that is no article. Raises `InputError` where the
    reader is unknown, a file is missing, or a record is not as the corpus's manifest describes it.
    """
    if name not in CORPORA:
        known = ", ".join(sorted(CORPORA))
        raise InputError(f"'{name}' is no reader of a corpus; expected {known}", field="reader")
    if not folder.is_dir():
        raise InputError("there is no such folder; run the fetch stage first", str(folder))
    yield from CORPORA[name](folder, left_out)


def _articles(folder: Path, left_out: LeftOut) -> Iterator[Article]:
    """A user's own corpus: every article file below the folder, sorted by path."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    paths = [path for path in files if path.suffix.lower() in SUFFIXES]
    for path in files:
        if path not in paths:
            left_out(path.relative_to(folder).as_posix(), "not an article file")
    if not paths:
        raise InputError(f"holds no article file ({', '.join(SUFFIXES)})", str(folder))
    yield from read_all(paths)


def _article_comparisons(folder: Path, left_out: LeftOut) -> Iterator[Article]:
    """Scraped pages about three events. When a page was scraped is not when it was published."""
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


def _fnc_1(folder: Path, left_out: LeftOut) -> Iterator[Article]:
    """Bodies of the Fake News Challenge; they have no title, outlet or date."""
    for row in _table(folder / "train_bodies.csv", ("Body ID", "articleBody")):
        yield article_of({"id": f"fnc-{row['Body ID']}", "body": row["articleBody"]})


def _sheepdog(folder: Path, left_out: LeftOut) -> Iterator[Article]:
    """News of PolitiFact and four retellings of each; item i of every file belongs together.

    Runs of blanks stand where paragraphs ended, and become line breaks. Of equal originals the first
    stands for all, so that every retelling's `original` and `event` name an article that is there.
    """
    originals = _texts(folder / "data" / "news_articles" / "politifact_train.pkl", "news")
    first: dict[str, str] = {}
    for number, text in enumerate(originals):
        id = f"politifact-{number}"
        if first.setdefault(text, id) != id:
            left_out(id, f"same text as {first[text]}")
            continue
        yield _retold(id, text, event=id)
    for tone in TONES:
        path = folder / "data" / "reframings" / f"politifact_train_{tone}.pkl"
        for number, text in enumerate(_texts(path, "rewritten", len(originals))):
            id = f"politifact-{number}-{tone}"
            if _REFUSAL.match(text):
                left_out(id, "refusal instead of a retelling")
                continue
            original = first[originals[number]]
            yield _retold(id, text, event=original, kind=tone, original=original)


def _retold(id: str, text: str, **declared: str) -> Article:
    title, byline, body = split_first(_BLANKS.split(text.strip()))
    if not body:
        title, byline, body = None, None, (text,)
    return article_of(
        {"id": id, "title": title, "body": "\n".join(body), "byline": byline, **declared}
    )


def _table(path: Path, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """Rows of a corpus's CSV file, checked for its columns."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream, strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"cannot be read: {error}; fetch it again", str(path)) from error
    for number, row in enumerate(rows, 1):
        for column in columns:
            if not row.get(column):
                raise InputError("is missing", str(path), number, column)
    return rows


def _texts(path: Path, key: str, length: int | None = None) -> list[str]:
    """The list of texts under `key` of a plain pickle."""
    plain: Any = load_plain(path)
    texts = plain.get(key) if isinstance(plain, dict) else None
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise InputError("must be a list of texts", str(path), None, key)
    if length is not None and len(texts) != length:
        raise InputError(f"must have {length} texts, not {len(texts)}", str(path), None, key)
    return texts


CORPORA: dict[str, CorpusReader] = {
    "articles": _articles,
    "article-comparisons": _article_comparisons,
    "fnc-1": _fnc_1,
    "sheepdog": _sheepdog,
    "raidar-news": read_raidar_news,
    "raidar-abstracts": read_raidar_abstracts,
    "mixset": read_mixset,
}
