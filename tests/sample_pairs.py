"""The embedded sample's pairs as contexts, for properties that must hold for every pair."""

import json
from functools import lru_cache
from pathlib import Path

from reframing.documents.records import Article
from reframing.moves.compare import side_of
from reframing.moves.context import Context, Side
from reframing.pairing.align import align

SAMPLE = Path(__file__).resolve().parent.parent / "data" / "sample"


@lru_cache
def sample_sides() -> dict[str, Side]:
    """Every article of the sample with its annotation, by id."""
    rows = map(json.loads, (SAMPLE / "articles.jsonl").read_text(encoding="utf8").splitlines())
    articles = [Article(row["id"], row["body"], row["title"]) for row in rows]
    return {article.id: side_of(article) for article in articles}


@lru_cache
def sample_pairs() -> tuple[Context, ...]:
    """Each original with its edited, partisan and retold repost, by order of id."""
    sides = sample_sides()
    pairs = []
    for id, repost in sorted(sides.items()):
        event, kind = id.split("/")
        if kind in ("edited", "partisan", "retelling"):
            original = sides[f"{event}/original"]
            pairs.append(Context(original, repost, align(original.document, repost.document)))
    return tuple(pairs)
