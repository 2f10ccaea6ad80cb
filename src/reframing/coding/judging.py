"""Moves of a study that readers judged: drawn at random from each slug, shown in context, and scored.

What readers see holds the texts, which stay where they are; what they decide is kept without any text, as
pair, slug and offsets.
"""

import csv
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, repeat
from math import sqrt
from pathlib import Path
from random import Random
from statistics import NormalDist
from typing import Any, NamedTuple

from reframing.coding.coded import Coded, coded_pair
from reframing.csv_text import csv_text
from reframing.errors import InputError
from reframing.moves.catalogue import catalogue
from reframing.readers.articles import checked, records
from reframing.records import Article, Move, Sentence, Span, Studied, covering

VERDICTS = {"right": True, "wrong": False}
CAUSES = (
    "other matter",
    "same in other words",
    "spelling or format",
    "same name",
    "said beside it",
    "said elsewhere",
    "no such marker",
    "furniture",
    "another kind",
    "other",
)
"""Why a move is wrong, where a reader says so.

It is about another matter on the two sides; the other text says the same in other words, in another spelling or
format, by another name, in a sentence beside it or further away; the marked words are no hedge, cue, evaluation
or source here, or belong to the page and not to the article; something did change, but of another kind.
"""

COLUMNS = ("corpus", "pair", "move", "original", "repost", "score")
ALL = "all"
_MARKED = "⟦{}⟧"


class Drawn(NamedTuple):
    """One move of one pair of a corpus."""

    corpus: str
    studied: Studied
    move: Move


class Judged(NamedTuple):
    """A move with the verdict of each reader, and of each the cause of a wrong one, where it is given."""

    corpus: str
    pair: str
    move: Coded
    score: float
    right: tuple[bool, ...]
    causes: tuple[str, ...] = ()


class Precision(NamedTuple):
    """How many moves of a slug or of like scores were judged, and the share that is right.

    `score` is their mean score, which says what share to expect; the shares are those that all readers find
    right, with the bounds `low` and `high`, and that each does.
    """

    of: str
    n: int
    score: float
    all_readers: float
    low: float
    high: float
    readers: tuple[float, ...]
    agree: float


def draw(
    studied: Iterable[tuple[str, Studied]], n: int, seed: int, left_out: Container[str] = ()
) -> list[Drawn]:
    """At most `n` moves of reposts: of each slug as many as of the others, where it has them.

    No two are of one slug and one pair, so that a pair with many moves does not stand for the slug; none
    is of an event that is `left_out`.
    """
    by_slug: dict[str, list[Drawn]] = {slug: [] for slug in catalogue()}
    random = Random(seed)
    for corpus, one in studied:
        if one.pair.condition == "repost" and one.pair.event not in left_out:
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
        "corpus": drawn.corpus,
        "pair": one.pair.id,
        "move": move.move,
        "original": _ends(move.original),
        "repost": _ends(move.repost),
        "score": move.score,
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


def _ends(span: Span | None) -> dict[str, int] | None:
    return None if span is None else span._asdict()


def read_sheets(paths: Sequence[Path]) -> list[Judged]:
    """The moves of several readers' sheets with all their verdicts, in the order of the first sheet.

    Raises `InputError` with file, record and field on a line that is no judged move, and where one reader has
    judged a move that another has not.
    """
    sheets = [_sheet(path) for path in paths]
    for path, sheet in zip(paths, sheets, strict=True):
        if alone := sheets[0].keys() ^ sheet.keys():
            corpus, pair, move = min(alone)[:3]
            problem = f"and {paths[0]} differ in {len(alone)} moves, one of them {move} of {corpus}/{pair}"
            raise InputError(problem, str(path))
    return [
        one._replace(
            right=tuple(sheet[key].right[0] for sheet in sheets),
            causes=tuple(sheet[key].causes[0] for sheet in sheets),
        )
        for key, one in sheets[0].items()
    ]


def _sheet(path: Path) -> dict[tuple[str, ...], Judged]:
    """The judged moves of one reader by what tells them apart."""
    found: dict[tuple[str, ...], Judged] = {}
    for number, one in checked(records(path), str(path), _judged):
        key = (one.corpus, one.pair, *map(str, one.move))
        if key in found:
            raise InputError("stands twice", str(path), number, "move")
        found[key] = one
    return found


def _judged(record: Any) -> Judged:
    if not isinstance(record, Mapping):
        raise InputError("must be an object: a line that `reframing study draw` wrote")
    pair = coded_pair({"id": record.get("pair"), "moves": [record]})
    verdict, score = record.get("verdict"), record.get("score")
    cause = record.get("cause") or ""
    if verdict not in VERDICTS:
        problem = "is not filled in; must be" if verdict is None else "must be"
        raise InputError(f"{problem} {' or '.join(VERDICTS)}", None, pair.id, "verdict")
    if not _fits(verdict, cause):
        raise InputError(f"is of a wrong move, one of {', '.join(CAUSES)}", None, pair.id, "cause")
    if not isinstance(score, int | float):
        raise InputError("must be a number", None, pair.id, "score")
    corpus = str(record.get("corpus"))
    return Judged(corpus, pair.id, pair.moves[0], score, (VERDICTS[verdict],), (cause,))


def _fits(verdict: str, cause: str) -> bool:
    return not cause or (verdict == "wrong" and cause in CAUSES)


def write_judged(path: Path, readers: Sequence[str], judged: Iterable[Judged]) -> None:
    """The verdicts of several readers as TSV, without text: spans as START-END, verdicts as `wrong: CAUSE`."""
    with path.open("w", encoding="utf8", newline="") as out:
        writer = csv.writer(out, delimiter="\t", lineterminator="\n")
        writer.writerow((*COLUMNS, *readers))
        for one in judged:
            slug, original, repost = one.move
            row = (one.corpus, one.pair, slug, _offsets(original), _offsets(repost))
            writer.writerow(
                (*row, f"{one.score:.2f}", *map(_word, one.right, one.causes or repeat("")))
            )


def _word(right: bool, cause: str) -> str:
    if right:
        return "right"
    return f"wrong: {cause}" if cause else "wrong"


def _offsets(span: Span | None) -> str:
    return "" if span is None else f"{span.start}-{span.end}"


def read_judged(path: Path) -> list[Judged]:
    """The verdicts that `write_judged` wrote; `InputError` with line and field where one cannot be read."""
    try:
        with path.open(encoding="utf8", newline="") as lines:
            rows = csv.DictReader(lines, delimiter="\t")
            readers = [column for column in rows.fieldnames or () if column not in COLUMNS]
            if not readers:
                raise InputError(
                    "has no column of a reader; see `reframing study judged`", str(path)
                )
            return [_row(path, number, row, readers) for number, row in enumerate(rows, 2)]
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", str(path)) from error


def _row(path: Path, number: int, row: Mapping[str, str], readers: Sequence[str]) -> Judged:
    field = ""
    try:
        spans = []
        for field in ("original", "repost"):
            start, dash, end = row[field].partition("-")
            spans.append(Span(int(start), int(end)) if dash else None)
        field = "score"
        score = float(row[field])
        said = []
        for field in readers:
            verdict, _, cause = row[field].partition(": ")
            if not _fits(verdict, cause):
                raise ValueError(cause)
            said.append((VERDICTS[verdict], cause))
    except (KeyError, ValueError, AttributeError) as error:
        raise InputError(
            "cannot be read; see `reframing study judged`", str(path), number, field
        ) from error
    right, causes = zip(*said, strict=True)
    return Judged(row["corpus"], row["pair"], Coded(row["move"], *spans), score, right, causes)


def as_csv(rows: Iterable[Precision], of: str) -> str:
    """Precisions as a table: of all readers with its interval, the mean reader's, and how often they agree."""
    columns = (of, "n", "score", "right_by_all", "low", "high", "right_by_one", "agree")
    return csv_text((columns, *map(_shares, rows)))


def _shares(row: Precision) -> tuple[object, ...]:
    mean = sum(row.readers) / len(row.readers)
    shares = (row.score, row.all_readers, row.low, row.high, mean, row.agree)
    return row.of, row.n, *(f"{share:.4f}" for share in shares)


def causes_csv(judged: Iterable[Judged]) -> str:
    """Why moves are wrong: how many verdicts name each cause, by slug and of all, the most frequent first."""
    order = {slug: place for place, slug in enumerate((*catalogue(), ALL))}
    counts = Counter(
        (slug, cause)
        for one in judged
        for cause in one.causes
        if cause
        for slug in (one.move.move, ALL)
    )
    counted = sorted(counts.items(), key=lambda c: (order[c[0][0]], -c[1], c[0][1]))
    rows = ((slug, cause, n) for (slug, cause), n in counted)
    return csv_text((("move", "cause", "verdicts"), *rows))


def precisions(judged: Sequence[Judged], interval: float) -> Iterator[Precision]:
    """Precision of each slug that was judged, in the order of the catalogue, and of all of them.

    Intervals are Wilson's (1927), of the share that all readers find right.
    """
    for slug in (*catalogue(), ALL):
        of_slug = [one for one in judged if slug in (one.move.move, ALL)]
        if of_slug:
            yield _precision(slug, of_slug, interval)


def by_score(judged: Sequence[Judged], bins: int, interval: float) -> Iterator[Precision]:
    """Precision in bins of equally many moves by score: is a move as often right as its score says?"""
    ordered = sorted(judged, key=lambda one: one.score)
    edges = [len(ordered) * k // bins for k in range(bins + 1)]
    for first, end in pairwise(edges):
        if part := ordered[first:end]:
            name = f"{part[0].score:.2f}–{part[-1].score:.2f}"
            yield _precision(name, part, interval)


def _precision(of: str, judged: Sequence[Judged], interval: float) -> Precision:
    n = len(judged)
    score = sum(one.score for one in judged) / n
    right = sum(all(one.right) for one in judged)
    low, high = wilson(right, n, interval)
    by_reader = tuple(sum(said) / n for said in zip(*(one.right for one in judged), strict=True))
    agree = sum(len(set(one.right)) == 1 for one in judged) / n
    return Precision(of, n, score, right / n, low, high, by_reader, agree)


def wilson(right: int, n: int, interval: float) -> tuple[float, float]:
    """Wilson's score interval of a share."""
    z = NormalDist().inv_cdf((1 + interval) / 2)
    share = right / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)
