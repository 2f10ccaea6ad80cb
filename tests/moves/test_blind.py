"""Moves in texts that were a blind check once, as often found and right as data/blind/README.md says."""

from pathlib import Path

import gold
from reframing.coding.coded import read_coded, shared
from reframing.documents.tokens import tokenize
from reframing.moves.compare import compare
from reframing.reading.articles import read_articles

FOLDER = Path(__file__).resolve().parents[2] / "data" / "blind"


def test_moves_are_found_and_right_as_often_as_said() -> None:
    articles = {article.id: article for article in read_articles(FOLDER / "articles.jsonl")}
    right = found = marked = false = words = 0
    for repost, moves in read_coded(FOLDER / "gold-moves.jsonl").items():
        event, _, kind = repost.partition("/")
        seen = compare(articles[f"{event}/original"], articles[repost]).moves
        if kind == "faithful":
            false += len(seen)
            words += tokenize(articles[repost].text).n_words
        else:
            right += len(shared(seen, moves))
            found += len(seen)
            marked += len(moves)
    assert gold.f1(right, found, marked) >= 0.825
    assert right / marked >= 0.74
    assert right / found >= 0.93
    assert 1000 * false / words <= 1.7
