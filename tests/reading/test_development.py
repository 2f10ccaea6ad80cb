"""The texts to develop on: their marks lie where they say."""

import json
from pathlib import Path

import pytest

from reframing.coding.coded import read_coded
from reframing.documents.records import Span
from reframing.documents.sentences import split
from reframing.moves.catalogue import catalogue
from reframing.reading.articles import read_articles

FOLDER = Path(__file__).resolve().parents[2] / "data" / "development"
ARTICLES = {article.id: article for article in read_articles(FOLDER / "articles.jsonl")}
PAIRS = [
    json.loads(line)
    for line in (FOLDER / "gold-pairs.jsonl").read_text(encoding="utf8").splitlines()
]


def test_every_repost_has_its_links_and_its_moves() -> None:
    reposts = {id for id in ARTICLES if not id.endswith("/original")}
    assert {pair["repost"] for pair in PAIRS} == reposts
    assert read_coded(FOLDER / "gold-moves.jsonl").keys() == reposts


def test_links_join_whole_sentences() -> None:
    whole = {id: {s.span for s in split(article)} for id, article in ARTICLES.items()}
    for pair in PAIRS:
        for link in pair["alignment"]:
            for side in ("original", "repost"):
                assert {Span(*span) for span in link[side]} <= whole[pair[side]]


@pytest.mark.parametrize("folder", [FOLDER, FOLDER / "marked"], ids=lambda folder: folder.name)
def test_moves_are_of_the_catalogue_and_lie_within_their_texts(folder: Path) -> None:
    articles = {article.id: article for article in read_articles(folder / "articles.jsonl")}
    read = read_coded(folder / "gold-moves.jsonl")
    assert {move.move for moves in read.values() for move in moves} <= catalogue().keys()
    for repost, moves in read.items():
        original = f"{repost.split('/')[0]}/original"
        for move in moves:
            for id, span in ((original, move.original), (repost, move.repost)):
                assert span is None or 0 <= span.start < span.end <= len(articles[id].text)


def test_nothing_is_marked_in_faithful_rewrites() -> None:
    read = read_coded(FOLDER / "marked/gold-moves.jsonl")
    faithful = [moves for repost, moves in read.items() if repost.endswith("/faithful")]
    assert faithful
    assert not any(faithful)
