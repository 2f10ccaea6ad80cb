"""Raw corpora as articles: one small reader a corpus, found by its name in `CORPORA`.

To add one: write `_<name>(folder, left_out)` that yields articles in a fixed order and calls `left_out`
with the id and the reason of whatever it passes over, and enter it in `CORPORA`. Article tables (JSONL,
CSV, Parquet, text files) need no reader of their own: `articles` reads them.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from reframing.errors import InputError
from reframing.readers.articles import SUFFIXES, read_all
from reframing.readers.fields import article_of
from reframing.readers.page_header import HEADER_PARAGRAPHS, is_byline, split_page
from reframing.readers.pickles import load_plain
from reframing.records import Article

LeftOut = Callable[[str, str], None]
CorpusReader = Callable[[Path, LeftOut], Iterator[Article]]

TONES = ("emotionally_triggering", "neutral", "objective", "sensational")
FURNITURE_PAGES = 3

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
    """Scraped pages about three events; what pages of an outlet share at their top is left out."""
    for event in ("helsinki", "census", "spotify"):
        columns = ("id", "publisher", "scrape_time", "text")
        rows = _table(folder / "data" / f"{event}_articles.csv", columns)
        pages = [[part.strip() for part in row["text"].split("###")] for row in rows]
        furniture = _page_furniture([row["publisher"] for row in rows], pages)
        for row, page in zip(rows, pages, strict=True):
            id = f"{event}-{row['id']}"
            if row["publisher"] == "news.google.com":
                left_out(id, "list of links")
                continue
            top = [
                part
                for part in page[:HEADER_PARAGRAPHS]
                if (row["publisher"], part) not in furniture
            ]
            title, byline, body = split_page(top + page[HEADER_PARAGRAPHS:])
            if not body:
                left_out(id, "no text below the headline")
                continue
            yield article_of(
                {
                    "id": id,
                    "title": title,
                    "body": "\n".join(body),
                    "published": row["scrape_time"],
                    "outlet": row["publisher"],
                    "byline": byline,
                }
            )


def _page_furniture(outlets: list[str], pages: list[list[str]]) -> set[tuple[str, str]]:
    """(outlet, paragraph) that stands at the top of pages with different stories; no bylines.

    The longest paragraph stands for a page's story: a headline that is printed on several pages
    belongs to the same one each time.
    """
    stories: dict[tuple[str, str], set[str]] = defaultdict(set)
    for outlet, page in zip(outlets, pages, strict=True):
        for paragraph in page[:HEADER_PARAGRAPHS]:
            stories[outlet, paragraph].add(max(page, key=len))
    return {
        (outlet, paragraph)
        for (outlet, paragraph), told in stories.items()
        if len(told) >= FURNITURE_PAGES and not is_byline(paragraph)
    }


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
    title, byline, body = split_page(_BLANKS.split(text.strip()), kickers=1)
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
}
