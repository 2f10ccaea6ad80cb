"""Moves of a study that readers judged: drawn at random from each slug, shown in context, and scored.

What readers see holds the texts, which stay where they are; what they decide is kept without any text, as
pair, slug and offsets.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import sqrt
from pathlib import Path
from random import Random
from statistics import NormalDist
from typing import Any, NamedTuple

from reframing.errors import InputError
from reframing.moves.catalogue import catalogue
from reframing.records import Article, Move, Sentence, Span, Studied, covering

RIGHT, WRONG = "right", "wrong"
FIXED = ("corpus", "pair", "move", "original", "repost", "score")
ALL = "all"
_MARKED = "⟦{}⟧"


class Drawn(NamedTuple):
    """One move of one pair of a corpus."""

    corpus: str
    studied: Studied
    move: Move


class Judged(NamedTuple):
    """A move with the verdict of each reader."""

    corpus: str
    pair: str
    move: str
    original: Span | None
    repost: Span | None
    score: float
    right: tuple[bool, ...]


class Precision(NamedTuple):
    """How many moves of a slug were judged, and the share that is right, by all readers and by each.

    `low` and `high` bound the share that all readers find right.
    """

    slug: str
    n: int
    all_readers: float
    low: float
    high: float
    readers: tuple[float, ...]
    agree: float


def draw(studied: Iterable[tuple[str, Studied]], n: int, seed: int) -> list[Drawn]:
    """At most `n` moves of reposts: of each slug as many as of the others, where it has them.

    No two are of one slug and one pair, so that a pair with many moves does not stand for the slug.
    """
    by_slug: dict[str, list[Drawn]] = {slug: [] for slug in catalogue()}
    random = Random(seed)
    for corpus, one in studied:
        if one.pair.condition == "repost":
            of_pair: dict[str, list[Move]] = {}
            for move in one.comparison.moves:
                of_pair.setdefault(move.move, []).append(move)
            for slug, moves in of_pair.items():
                by_slug[slug].append(Drawn(corpus, one, random.choice(moves)))
    for of_slug in by_slug.values():
        random.shuffle(of_slug)
    drawn: list[Drawn] = []
    depth = 0
    while len(drawn) < n and any(depth < len(of_slug) for of_slug in by_slug.values()):
        drawn += [of_slug[depth] for of_slug in by_slug.values() if depth < len(of_slug)]
        depth += 1
    return drawn[:n]


def shown(drawn: Drawn, article: Callable[[str], Article]) -> dict[str, Any]:
    """A drawn move as a reader sees it: both sides with what is about them, and the explanation."""
    one, move = drawn.studied, drawn.move
    texts = article(one.pair.original).text, article(one.pair.repost).text
    sentences = one.comparison.original_sentences, one.comparison.repost_sentences
    sides = zip(
        texts,
        sentences,
        (move.original, move.repost),
        (move.original_sentences, move.repost_sentences),
        strict=True,
    )
    original, repost = (_in_context(*side) for side in sides)
    return {
        **dict(zip(FIXED, _row(drawn), strict=True)),
        "explanation": move.explanation,
        "original_text": original,
        "repost_text": repost,
        "verdict": None,
    }


def _in_context(
    text: str, sentences: Sequence[Sentence], span: Span | None, places: Sequence[int]
) -> str:
    """The sentences of a move with one before and one behind, and the span between brackets."""
    spans = [sentences[i].span for i in places] or ([span] if span else [])
    if not spans:
        return ""
    whole = covering([*spans, *([span] if span else [])])
    first = next((i for i, s in enumerate(sentences) if s.end > whole.start), 0)
    last = max((i for i, s in enumerate(sentences) if s.start < whole.end), default=first)
    start = min(whole.start, sentences[max(0, first - 1)].start)
    end = max(whole.end, sentences[min(len(sentences) - 1, last + 1)].end)
    if span is None:
        return text[start:end]
    return text[start : span.start] + _MARKED.format(span.of(text)) + text[span.end : end]


def _row(drawn: Drawn) -> tuple[str, str, str, str, str, str]:
    move = drawn.move
    return (
        drawn.corpus,
        drawn.studied.pair.id,
        move.move,
        _offsets(move.original),
        _offsets(move.repost),
        f"{move.score:.2f}",
    )


def _offsets(span: Span | None) -> str:
    return "" if span is None else f"{span.start}-{span.end}"


def write_judged(path: Path, sheets: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    """The verdicts of several readers on the same moves, without their texts, as TSV."""
    readers = list(sheets)
    rows = zip(*(sheets[reader] for reader in readers), strict=True)
    with path.open("w", encoding="utf8", newline="") as out:
        writer = csv.writer(out, delimiter="\t", lineterminator="\n")
        writer.writerow((*FIXED, *readers))
        for of_move in rows:
            keys = {tuple(one[name] for name in FIXED) for one in of_move}
            if len(keys) != 1:
                raise InputError("readers judged different moves, or in another order", str(path))
            writer.writerow((*keys.pop(), *(one["verdict"] for one in of_move)))


def read_judged(path: Path) -> list[Judged]:
    """The judged moves of a table; `InputError` names the record and field that cannot be read."""
    with path.open(encoding="utf8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t")
        readers = [name for name in rows.fieldnames or () if name not in FIXED]
        if set(FIXED) - set(rows.fieldnames or ()) or not readers:
            raise InputError(
                f"expected the columns {', '.join(FIXED)}, and one a reader", str(path)
            )
        return [_judged(row, readers, str(path), number) for number, row in enumerate(rows, 2)]


def _judged(row: Mapping[str, str], readers: Sequence[str], file: str, number: int) -> Judged:
    if row["move"] not in catalogue():
        raise InputError(f"'{row['move']}' is no slug of the catalogue", file, number, "move")
    for reader in readers:
        if row[reader] not in (RIGHT, WRONG):
            raise InputError(f"must be {RIGHT} or {WRONG}", file, number, reader)
    return Judged(
        row["corpus"],
        row["pair"],
        row["move"],
        _span(row["original"], file, number, "original"),
        _span(row["repost"], file, number, "repost"),
        float(row["score"]),
        tuple(row[reader] == RIGHT for reader in readers),
    )


def _span(offsets: str, file: str, number: int, field: str) -> Span | None:
    if not offsets:
        return None
    start, _, end = offsets.partition("-")
    if not (start.isdecimal() and end.isdecimal() and int(start) < int(end)):
        raise InputError("must be START-END, or empty", file, number, field)
    return Span(int(start), int(end))


def precisions(judged: Sequence[Judged], interval: float) -> Iterator[Precision]:
    """Precision of each slug that was judged, in the order of the catalogue, and of all of them.

    Intervals are Wilson's (1927), of the share that all readers find right.
    """
    for slug in (*catalogue(), ALL):
        of_slug = [one for one in judged if slug in (one.move, ALL)]
        if of_slug:
            yield _precision(slug, of_slug, interval)


def _precision(slug: str, judged: Sequence[Judged], interval: float) -> Precision:
    n = len(judged)
    right = sum(all(one.right) for one in judged)
    low, high = wilson(right, n, interval)
    by_reader = tuple(sum(of) / n for of in zip(*(one.right for one in judged), strict=True))
    agree = sum(len(set(one.right)) == 1 for one in judged) / n
    return Precision(slug, n, right / n, low, high, by_reader, agree)


def wilson(right: int, n: int, interval: float) -> tuple[float, float]:
    """Wilson's score interval of a share."""
    z = NormalDist().inv_cdf((1 + interval) / 2)
    share = right / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)
