"""Raw corpora as articles: one small reader a corpus, found by its name in `CORPORA`.

To add one: write `_<name>(folder, left_out)` that yields articles in a fixed order and calls `left_out`
with the id and the reason of whatever it passes over, and enter it in `CORPORA`. Article tables (JSONL,
CSV, Parquet, text files) need no reader of their own: `articles` reads them.
"""

import csv
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from reframing.errors import InputError
from reframing.furniture import Page, is_running, recurring
from reframing.params import PrepareParams
from reframing.readers.articles import SUFFIXES, read_all
from reframing.readers.fields import article_of
from reframing.readers.page_header import split_first, split_page
from reframing.readers.pickles import load_plain
from reframing.readers.rewritings import read_mixset, read_raidar_abstracts, read_raidar_news
from reframing.records import Article

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
