"""Human verdicts on the moves of a study: random samples for readers, and verdicts stored without any text.

Moves are drawn at random with known inclusion probabilities. A stratum is all moves of one slug in one corpus.
The number drawn from each grows with the square root of its size: frequent moves, which dominate the precision
of a corpus, are read more often, and rare ones often enough for an estimate (power allocation: Bankier 1988,
Am. Stat. 42, 174-177). The sheets that readers see contain the texts and are not published.

A verdict is stored as pair, slug and offsets, with the sampling `Design`, from which the number of moves that
it represents is computed.
"""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from heapq import heapify, heapreplace
from itertools import repeat
from math import sqrt
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from reframing.coding.coded import ALL, Coded, coded_pair
from reframing.coding.tsv import MOST, count, read_tsv
from reframing.documents.errors import InputError
from reframing.documents.records import Article, Move, Sentence, Span, Studied, covering
from reframing.documents.tables import csv_text
from reframing.moves.catalogue import catalogue
from reframing.reading.articles import checked, records

# Stratified random samples of moves, and their sheets for readers.

_MARKED = "⟦{}⟧"


class Design(NamedTuple):
    """How a move was sampled: its stratum, the number of moves in it, and the move's inclusion probability.

    `judged_state` is the state of the package (version and commit) that found the moves.
    """

    stratum: str
    stratum_moves: int
    inclusion_probability: float
    judged_state: str


class Drawn(NamedTuple):
    """A sampled move with its corpus, its pair, and how it was drawn."""

    corpus: str
    studied: Studied
    move: Move
    design: Design


def draw(
    studied: Iterable[tuple[str, Studied]],
    n: int,
    seed: int,
    state: str,
    left_out: Container[tuple[str, str]] = (),
) -> list[Drawn]:
    """A sample of at most `n` moves of reposts and versions, at least one from each stratum.

    `studied` are (corpus, pair); `left_out` are (corpus, event) from which no move is drawn. Within a stratum
    moves are drawn without replacement and with equal probability. Raises `InputError` where `n` is smaller
    than the number of strata.
    """
    strata: dict[tuple[str, str], list[tuple[Studied, Move]]] = {}
    for corpus, one in studied:
        studied_pair = one.pair.condition in ("repost", "version")
        if studied_pair and (corpus, one.pair.event) not in left_out:
            for move in one.comparison.moves:
                strata.setdefault((corpus, move.move), []).append((one, move))
    if n < len(strata):
        problem = f"must be {len(strata)} or more, one move of each kind in each corpus"
        raise InputError(problem, field="--n")
    order = {slug: place for place, slug in enumerate(catalogue())}
    keys = sorted(strata, key=lambda key: (key[0], order[key[1]]))
    sizes = allocated([len(strata[key]) for key in keys], n)
    drawn: list[Drawn] = []
    for (corpus, slug), size in zip(keys, sizes, strict=True):
        name, moves = f"{corpus}/{slug}", sorted(strata[corpus, slug], key=_place)
        design = Design(name, len(moves), size / len(moves), state)
        chosen = Random(f"{seed}:{name}").sample(moves, size)
        drawn += [Drawn(corpus, one, move, design) for one, move in chosen]
    return drawn


def _place(found: tuple[Studied, Move]) -> tuple[object, ...]:
    one, move = found
    return one.pair.id, move.original or (), move.repost or ()


def allocated(sizes: Sequence[int], n: int) -> list[int]:
    """Number of draws for each stratum, from the `sizes` of all strata and the total `n`.

    Each stratum has one draw; the others are allocated in proportion to the square root of its size
    (Sainte-Laguë method). No stratum has more draws than moves, so the sum is below `n` where there are fewer
    moves than `n`.
    """
    given = [1] * len(sizes)
    waiting = [(-sqrt(size) / 1.5, i) for i, size in enumerate(sizes)]
    heapify(waiting)
    for _ in range(min(n, sum(sizes)) - len(sizes)):
        while given[i := waiting[0][1]] == sizes[i]:
            heapreplace(waiting, (0.0, i))
        given[i] += 1
        heapreplace(waiting, (-sqrt(sizes[i]) / (given[i] + 0.5), i))
    return given


def shown(drawn: Drawn, article: Callable[[str], Article], whole: bool = False) -> dict[str, Any]:
    """A sampled move as a JSON object for a reader: explanation, both texts, and an empty verdict.

    The texts are the move's sentences in context, or the entire texts where `whole`, with the move's spans in
    ⟦⟧. `article` returns an article by its id.
    """
    one, move = drawn.studied, drawn.move
    comparison = one.comparison
    sides = (
        (one.pair.original, comparison.original_sentences, move.original, move.original_sentences),
        (one.pair.repost, comparison.repost_sentences, move.repost, move.repost_sentences),
    )
    original, repost = (
        _marked(text := article(id).text, span, Span(0, len(text)))
        if whole
        else _in_context(article(id).text, sentences, span, places)
        for id, sentences, span, places in sides
    )
    return {
        "corpus": drawn.corpus,
        "pair": one.pair.id,
        "move": move.move,
        "original": _ends(move.original),
        "repost": _ends(move.repost),
        "score": move.score,
        **drawn.design._asdict(),
        "explanation": move.explanation,
        "original_text": original,
        "repost_text": repost,
        "verdict": None,
    }


def design_of(record: Mapping[str, Any], file: str | None, number: int | str) -> Design:
    """The sampling design in a record; raises `InputError` with the field that cannot be read."""
    problem = "cannot be read; `reframing study draw` wrote it, leave it as it was"
    for field, kinds in _DESIGNED.items():
        if type(record.get(field)) not in kinds:
            raise InputError(problem, file, number, field)
    design = Design(*(record[field] for field in Design._fields))
    if not design.stratum.strip():
        raise InputError(problem, file, number, "stratum")
    if not 1 <= design.stratum_moves <= MOST:
        raise InputError(problem, file, number, "stratum_moves")
    if not 0 < design.inclusion_probability <= 1:
        raise InputError(problem, file, number, "inclusion_probability")
    return design


_DESIGNED: dict[str, tuple[type, ...]] = {
    "stratum": (str,),
    "stratum_moves": (int,),
    "inclusion_probability": (float, int),
    "judged_state": (str,),
}


def _in_context(
    text: str, sentences: Sequence[Sentence], span: Span | None, places: Sequence[int]
) -> str:
    """The sentences of a move with one sentence before and after, and the move's span in brackets."""
    spans = [sentences[i].span for i in places] or ([span] if span else [])
    if not spans:
        return ""
    around = covering([*spans, *([span] if span else [])])
    first = next((i for i, s in enumerate(sentences) if s.end > around.start), 0)
    last = max((i for i, s in enumerate(sentences) if s.start < around.end), default=first)
    start = min(around.start, sentences[max(0, first - 1)].start)
    end = max(around.end, sentences[min(len(sentences) - 1, last + 1)].end)
    return _marked(text, span, Span(start, end))


def _marked(text: str, span: Span | None, part: Span) -> str:
    """The text of `part`, with a span in it in brackets."""
    if span is None:
        return part.of(text)
    return text[part.start : span.start] + _MARKED.format(span.of(text)) + text[span.end : part.end]


def _ends(span: Span | None) -> dict[str, int] | None:
    return None if span is None else span._asdict()


# Verdicts of readers.

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
"""Causes that a reader can give for a wrong move.

The two spans are about different things (*other matter*); the other text says the same in other words, in other
spelling or format, by another name, in a neighbouring sentence or further away; the marked words are not a
hedge, cue, evaluation or source here (*no such marker*), or belong to the web page and not to the article
(*furniture*); something did change, but it is another kind of move.
"""

COLUMNS = ("corpus", "pair", "move", "original", "repost", "score")


class Judged(NamedTuple):
    """A move with the verdicts of its readers.

    `right` has one value per reader, and `causes` the cause that the reader gave for a wrong move, or an empty
    string. `design` is None where it is unknown how the move was sampled; such a verdict represents no other
    moves.
    """

    corpus: str
    pair: str
    move: Coded
    score: float
    right: tuple[bool, ...]
    causes: tuple[str, ...] = ()
    design: Design | None = None


def read_sheets(paths: Sequence[Path]) -> list[Judged]:
    """The moves of several readers' sheets with the verdicts of all readers, in the order of the first sheet.

    Raises `InputError` with file, record and field on a line that is not a judged move, and where a move was
    not judged by all readers.
    """
    sheets = [_sheet(path) for path in paths]
    for path, sheet in zip(paths, sheets, strict=True):
        _check_whole(path, list(sheet.values()))
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
    """The judged moves of one reader, by a key that identifies the move."""
    found: dict[tuple[str, ...], Judged] = {}
    for number, one in checked(records(path), str(path), _judged):
        key = (one.corpus, one.pair, *map(str, one.move))
        if key in found:
            raise InputError("occurs twice", str(path), number, "move")
        found[key] = one
    return found


def _check_whole(path: Path, judged: Sequence[Judged]) -> None:
    """Raise where a sheet has not as many moves of a stratum as were drawn from it."""
    for design, n in Counter(one.design for one in judged if one.design is not None).items():
        drawn = round(design.stratum_moves * design.inclusion_probability)
        if n != drawn:
            problem = (
                f"of {design.stratum} {drawn:,} moves were drawn, {n:,} are here; keep all lines"
            )
            raise InputError(problem, str(path), field="stratum")


def _judged(record: Any) -> Judged:
    if not isinstance(record, Mapping):
        raise InputError("must be an object: a line that `reframing study draw` wrote")
    if "number" in record and "pair" not in record:
        raise InputError("is of a sheet of units, not of moves; read them apart")
    pair = coded_pair({"id": record.get("pair"), "moves": [record]})
    for field in ("corpus", "verdict", "score"):
        if field not in record:
            raise InputError("is missing; is the key misspelt?", None, pair.id, field)
    verdict, score, corpus = record["verdict"], record["score"], record["corpus"]
    cause = record.get("cause") or ""
    if not isinstance(verdict, str) or verdict not in VERDICTS:
        problem = "is not filled in; must be" if verdict is None else "must be"
        raise InputError(f"{problem} {' or '.join(VERDICTS)}", None, pair.id, "verdict")
    if not _fits(verdict, cause):
        raise InputError(f"is of a wrong move, one of {', '.join(CAUSES)}", None, pair.id, "cause")
    if type(score) not in (int, float) or not 0 <= score <= 1:
        raise InputError("must be a number from 0 to 1", None, pair.id, "score")
    if not isinstance(corpus, str) or not corpus.strip():
        raise InputError("must be the name of a corpus", None, pair.id, "corpus")
    design = design_of(record, None, pair.id)
    return Judged(corpus, pair.id, pair.moves[0], score, (VERDICTS[verdict],), (cause,), design)


def _fits(verdict: str, cause: str) -> bool:
    return not cause or (verdict == "wrong" and cause in CAUSES)


def judged_rows(readers: Sequence[str], judged: Iterable[Judged]) -> list[tuple[str, ...]]:
    """The verdicts of several readers as the rows of a table, the heading first.

    Spans are written as START-END, and the verdict of each reader as `right`, `wrong` or `wrong: CAUSE`.
    """
    rows: list[tuple[str, ...]] = [(*COLUMNS, *Design._fields, *readers)]
    for one in judged:
        slug, original, repost = one.move
        row = (one.corpus, one.pair, slug, _offsets(original), _offsets(repost))
        drawn = map(str, one.design or repeat("", len(Design._fields)))
        verdicts = map(_word, one.right, one.causes or repeat(""))
        rows.append((*row, f"{one.score:.2f}", *drawn, *verdicts))
    return rows


def _word(right: bool, cause: str) -> str:
    if right:
        return "right"
    return f"wrong: {cause}" if cause else "wrong"


def _offsets(span: Span | None) -> str:
    return "" if span is None else f"{span.start}-{span.end}"


def read_judged(path: Path) -> list[Judged]:
    """Verdicts from the table of `judged_rows`; raises `InputError` with line and field if unreadable."""
    table = read_tsv(path, COLUMNS)
    known = {*COLUMNS, *Design._fields}
    readers = [column for column in table.columns if column not in known]
    if not readers:
        raise InputError("has no column of a reader; see `reframing study judged`", str(path))
    found = [_row(str(path), number, row, readers) for number, row in table.rows]
    seen: set[tuple[str, str, Coded]] = set()
    for (number, _), one in zip(table.rows, found, strict=True):
        key = (one.corpus, one.pair, one.move)
        if key in seen:
            raise InputError("occurs twice", str(path), number, "move")
        seen.add(key)
    return found


def _row(file: str, number: int, row: Mapping[str, str], readers: Sequence[str]) -> Judged:
    problem = "cannot be read; see `reframing study judged`"
    for field in ("corpus", "pair"):
        if not row[field].strip():
            raise InputError("is missing", file, number, field)
    if row["move"] not in catalogue():
        raise InputError(f"'{row['move']}' is no move", file, number, "move")
    spans = [_read_offsets(row[field], file, number, field) for field in ("original", "repost")]
    try:
        score = float(row["score"])
    except ValueError:
        raise InputError(problem, file, number, "score") from None
    if not 0 <= score <= 1:
        raise InputError("must be a number from 0 to 1", file, number, "score")
    verdicts = []
    for reader in readers:
        verdict, _, cause = row[reader].partition(": ")
        if verdict not in VERDICTS or not _fits(verdict, cause):
            raise InputError(problem, file, number, reader)
        verdicts.append((VERDICTS[verdict], cause))
    right, causes = zip(*verdicts, strict=True)
    design = _read_design(row, file, number) if row.get("stratum") else None
    move = Coded(row["move"], *spans)
    return Judged(row["corpus"], row["pair"], move, score, right, causes, design)


def _read_offsets(cell: str, file: str, number: int, field: str) -> Span | None:
    if not cell:
        return None
    start, end = (count(part) for part in (*cell.split("-", 1), "")[:2])
    if start is None or end is None or start >= end:
        problem = "must be START-END with START < END, or empty; see `reframing study judged`"
        raise InputError(problem, file, number, field)
    return Span(start, end)


def _read_design(row: Mapping[str, str], file: str, number: int) -> Design:
    """The design in a row of text, whose numbers are read first."""
    try:
        probability: float | None = float(row.get("inclusion_probability", ""))
    except ValueError:
        probability = None
    moves = count(row.get("stratum_moves", ""))
    read = {**row, "stratum_moves": moves, "inclusion_probability": probability}
    return design_of(read, file, number)


def causes_csv(judged: Iterable[Judged]) -> str:
    """CSV with the number of verdicts by slug (and for all slugs) and cause, most frequent cause first."""
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
