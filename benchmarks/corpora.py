"""The articles of the benchmarks: ArticleComparisons and PolNeAR from a mirror, or a file of the user's."""

import csv
from collections.abc import Iterator
from pathlib import Path

from reframing.documents.records import Article
from reframing.reading.articles import read_articles
from reframing.reading.fields import MAX_LINE_BYTES
from reframing.reading.prepare import other_language

COMPARISONS = "github.com/asprout/ArticleComparisons/*/data/*_articles.csv"
POLNEAR = "github.com/networkdynamics/PolNeAR/*/data/train/text/*.txt"


def articles_of(file: Path) -> list[Article]:
    """The English articles of a file."""
    return list(filter(readable, read_articles(file)))


def mirrored(mirror: Path | str) -> list[Article]:
    """The English articles of both corpora, in the order of their files; exits if there are none."""
    found = [*comparisons(Path(mirror)), *polnear(Path(mirror))]
    if not found:
        raise SystemExit(f"no articles under {mirror}; expected {COMPARISONS} and {POLNEAR}")
    return list(filter(readable, found))


def readable(article: Article) -> bool:
    return bool(article.text.strip()) and other_language(article.text) is None


def comparisons(mirror: Path) -> Iterator[Article]:
    """The articles of ArticleComparisons, in which `###` separates paragraphs."""
    csv.field_size_limit(MAX_LINE_BYTES)
    for path in sorted(mirror.glob(COMPARISONS)):
        with path.open(encoding="utf8", newline="") as table:
            for row in csv.DictReader(table):
                yield Article(f"{path.stem}-{row['id']}", row["text"].replace("###", "\n"))


def polnear(mirror: Path) -> Iterator[Article]:
    for path in sorted(mirror.glob(POLNEAR)):
        yield Article(path.stem, path.read_text(encoding="utf8"))
