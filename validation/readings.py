"""Real reposts in which readers listed every change, and how the moves compare with these lists.

The module reads the pairs, matches moves with listed changes (`matched`), computes precision and recall
by group of moves, AUC and calibration of the proposals' scores, and finds the cause of each missed change
and each wrong move:

    missed   proposed with too low a score; proposed as another kind with too low a score; reported as
             another kind; in a sentence that was reported as added or omitted, so that it has no link;
             not proposed
    wrong    listed as another kind; a second match of a listed change; in a sentence that is listed as
             added or omitted; nothing listed there
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import numpy as np

from reframing.coding.coded import Coded, Marked, is_same
from reframing.documents import files
from reframing.documents.errors import InputError
from reframing.documents.records import Article, Move, Span
from reframing.documents.tables import read_records
from reframing.moves.catalogue import catalogue
from reframing.statistics.estimates import Resampling, weighted_share
from validation.scores import auc, calibration_error, evidence

# The pairs and their lists (data/readings), stored without the texts.

FOLDER = Path("data/readings")
PARTS = ("held-out", "development", "weighed", "learned")
_DIGITS = 16


class Change(NamedTuple):
    """A change that readers listed; `importance` is 3 for the main point, 2, 1 for little, 0 if not rated."""

    move: Coded
    importance: int


class ReadPair(NamedTuple):
    """A pair with its complete list of changes.

    `links` are the pairs (original sentence, repost sentence) that share a proposition.
    """

    part: str
    corpus: str
    event: str
    original: Article
    repost: Article
    changes: tuple[Change, ...]
    links: frozenset[tuple[Span, Span]]


def read_pairs(parts: Collection[str], folder: Path = FOLDER) -> Iterator[ReadPair]:
    """The pairs of the given parts, in the order of pairs.tsv.

    `pairs.tsv` names each pair with its corpus and part, `moves.tsv` its changes, `links.tsv` its linked
    sentences, by offsets in the articles that the stage `prepare` writes. Raises `InputError` if a text
    is no longer the one that was read (by SHA-256) or a row is malformed.
    """
    changes: dict[str, list[Change]] = defaultdict(list)
    for number, row in _rows(
        folder / "moves.tsv", ("pair", "move", "original", "repost", "importance")
    ):
        if row["move"] not in catalogue():
            raise InputError(
                f"'{row['move']}' is no move", str(folder / "moves.tsv"), number, "move"
            )
        move = Coded(row["move"], _span(row["original"]), _span(row["repost"]))
        changes[row["pair"]].append(Change(move, int(row["importance"])))
    links: dict[str, list[tuple[Span, Span]]] = defaultdict(list)
    for number, row in _rows(folder / "links.tsv", ("pair", "original", "repost")):
        a, b = _span(row["original"]), _span(row["repost"])
        if a is None or b is None:
            raise InputError("must have both sentences", str(folder / "links.tsv"), number)
        links[row["pair"]].append((a, b))
    columns = ("pair", "part", "corpus", "event", "original", "repost")
    texts: dict[str, dict[str, Article]] = {}
    for number, row in _rows(folder / "pairs.tsv", columns):
        if row["part"] not in parts:
            continue
        corpus = row["corpus"]
        if corpus not in texts:
            articles = read_records(files.articles(corpus), Article)
            texts[corpus] = {article.id: article for article in articles}
        original, repost = (
            _text(texts[corpus], row, side, number, folder) for side in ("original", "repost")
        )
        made = tuple(changes[row["pair"]])
        joined = frozenset(links[row["pair"]])
        yield ReadPair(row["part"], corpus, row["event"], original, repost, made, joined)


def _text(
    articles: dict[str, Article], row: dict[str, str], side: str, number: int, folder: Path
) -> Article:
    article = articles.get(row[side])
    digest = "" if article is None else sha256(article.text.encode()).hexdigest()[:_DIGITS]
    if article is None or digest != row[f"{side}_sha256"]:
        problem = f"'{row[side]}' of {row['corpus']} is not the text that was read"
        raise InputError(problem, str(folder / "pairs.tsv"), number, side)
    return article


def _span(written: str) -> Span | None:
    if not written:
        return None
    start, _, end = written.partition("-")
    return Span(int(start), int(end))


def _rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf8", newline="") as stream:
        for number, row in enumerate(csv.DictReader(stream, delimiter="\t"), 2):
            if any(row.get(column) is None for column in columns):
                raise InputError(f"expected the columns {', '.join(columns)}", str(path), number)
            yield number, row


# Precision and recall against the lists, and quality of the scores of proposals.

COLUMNS = ("of", "listed", "found", "right", "precision", "precision_low", "precision_high",
           "recall", "recall_low", "recall_high", "events")  # fmt: skip
SCORE_COLUMNS = ("of", "proposals", "right", "score", "value", "low", "high", "events")

PROPOSITIONS, SENTENCES, LEADS = "propositions", "whole sentences", "leads"
GROUPS = {"proposition": PROPOSITIONS, "sentence": SENTENCES, "lead": LEADS}
IMPORTANT, LINKS = "most important", "links"
_MOST = 3  # highest importance


Hit = tuple[str, str, bool, bool, bool]
"""Group, event of the pair, whether it was listed, whether it was found, whether it has the highest importance.
"""


Proposal = tuple[str, str, float, bool]
"""Group, event of the pair, score, and whether a reader listed it."""


def hits_among(pair: ReadPair, moves: Sequence[Move]) -> list[Hit]:
    """The hits of a pair: each listed change, found or not, and each of `moves` that is not listed.

    Each appears once in both of its groups (`groups`).
    """
    name = f"{pair.corpus}/{pair.event}"
    found, _, wrong = matched([change.move for change in pair.changes], moves)
    result: list[Hit] = []
    for change, is_found in zip(pair.changes, found, strict=True):
        most = change.importance == _MOST
        result += [(of, name, True, is_found, most) for of in groups(change.move)]
    return result + [(of, name, False, True, False) for move in wrong for of in groups(move)]


def matched(
    listed: Sequence[Coded], moves: Sequence[Move]
) -> tuple[list[bool], list[Coded], list[Move]]:
    """Match listed changes with moves, one to one.

    Returns whether each listed change is found, the listed changes that are not, and the moves that match
    none. In order, each listed change takes the first remaining move of the same slug with overlapping
    spans (`is_same`).
    """
    left, found = list(moves), []
    for change in listed:
        hit = next((move for move in left if is_same(change, move)), None)
        if hit is not None:
            left.remove(hit)
        found.append(hit is not None)
    missed = [change for change, is_found in zip(listed, found, strict=True) if not is_found]
    return found, missed, left


def score_rows(
    proposals: Sequence[Proposal], bins: int, resampling: Resampling
) -> Iterator[tuple[object, ...]]:
    """Rows of `SCORE_COLUMNS`: AUC and expected calibration error of the proposals' scores, by group of moves.

    The calibration error is the mean absolute difference between score and share listed, over `bins` bins
    of equal size. Intervals are by event.
    """
    for group in ("all", PROPOSITIONS, SENTENCES):
        of = [one for one in proposals if group in ("all", one[0])]
        rows = [(score, float(right)) for _, _, score, right in of]
        events = [event for _, event, _, _ in of]
        for name, statistic in (
            ("AUC", auc),
            ("calibration error", partial(calibration_error, bins=bins)),
        ):
            estimate = evidence(events, rows, statistic).estimate(resampling)
            cells = (f"{value:.4f}" for value in (estimate.value, estimate.low, estimate.high))
            n_right = sum(right for *_, right in of)
            yield (group, len(of), n_right, name, *cells, estimate.n_clusters)


def groups(move: Coded | Move) -> tuple[str, str]:
    """The two groups in which a move counts: propositions, whole sentences or leads; and its slug."""
    return GROUPS[catalogue()[move.move].unit], move.move


def scores(counted: Sequence[Hit], interval: float) -> Iterator[tuple[object, ...]]:
    """Rows of `COLUMNS`: counts, precision and recall of each group of moves, with intervals by event.

    The most important changes have recall only, since a move that is not listed has no importance.
    """
    by: dict[str, list[Hit]] = defaultdict(list)
    for hit in counted:
        by[hit[0]].append(hit)
        if hit[0] == PROPOSITIONS and hit[4]:
            by[IMPORTANT].append(hit)
    order = (PROPOSITIONS, IMPORTANT, SENTENCES, LEADS, LINKS, *catalogue())
    for group in order:
        if not (of := by.get(group, [])):
            continue
        listed = [hit for hit in of if hit[2]]
        found = [hit for hit in of if hit[3]]
        right = sum(hit[2] and hit[3] for hit in of)
        cells: list[object] = []
        for among, index in ((found, 2), (listed, 3)):
            if not among or (group == IMPORTANT and index == 2):
                cells += ["", "", ""]
                continue
            values = np.array([hit[index] for hit in among], float)
            events = [hit[1] for hit in among]
            share = weighted_share(
                values, np.ones(len(values)), [""] * len(values), events, interval
            )
            cells += [f"{value:.4f}" for value in share]
        n_found = "" if group == IMPORTANT else len(found)
        yield (group, len(listed), n_found, right, *cells, len(Counter(hit[1] for hit in of)))


# Causes of misses and errors.

CAUSE_COLUMNS = ("outcome", "family", "cause", "moves")
MISSED, WRONG = "missed", "wrong"
LOW = "proposed, score too low"
OTHER_LOW = "proposed as another kind, score too low"
OTHER = "reported as another kind"
UNLINKED = "in a sentence without a link"
NOT_PROPOSED = "not proposed"
KIND = "listed as another kind"
SECOND = "second find of a listed change"
NEW_SENTENCE = "in a sentence listed as added or omitted"
NOTHING_LISTED = "nothing listed there"

Cause = tuple[str, str, str]
"""Outcome (missed or wrong), family of the move, and cause."""


def causes(
    missed: Sequence[Coded],
    wrong: Sequence[Move],
    listed: Sequence[Coded],
    reported: Sequence[Move],
    proposed: Sequence[Move],
) -> Iterator[Cause]:
    """The cause of each missed change and each wrong move; moves of entire sentences and leads are skipped."""
    for change in _within(missed):
        yield MISSED, _family(change), _why_missed(change, wrong, reported, proposed)
    for move in _within(wrong):
        yield WRONG, _family(move), _why_wrong(move, missed, listed)


def table(found: Iterable[Cause]) -> Iterator[tuple[str, str, str, int]]:
    """Rows of `CAUSE_COLUMNS`: number of moves by outcome, family and cause, most frequent first."""
    counts = Counter(found)
    for cause, n in sorted(counts.items(), key=lambda one: (one[0][0], -one[1], one[0])):
        yield (*cause, n)


def _why_missed(
    change: Coded, wrong: Sequence[Move], reported: Sequence[Move], proposed: Sequence[Move]
) -> str:
    there = [move for move in proposed if _touch(move, change)]
    if any(is_same(change, move) for move in there):
        return LOW
    if any(_touch(move, change) for move in _within(wrong)):
        return OTHER
    if any(_touch(move, change) for move in reported if _is_sentence(move)):
        return UNLINKED
    return OTHER_LOW if any(_within(there)) else NOT_PROPOSED


def _why_wrong(move: Move, missed: Sequence[Coded], listed: Sequence[Coded]) -> str:
    there = [change for change in listed if _touch(move, change)]
    if any(change in missed and change.move != move.move for change in _within(there)):
        return KIND
    if any(change.move == move.move for change in there):
        return SECOND
    if any(map(_is_sentence, there)):
        return NEW_SENTENCE
    return NOTHING_LISTED


def _within(moves: Iterable[Marked]) -> Iterator[Marked]:
    """Moves within propositions: all but those of entire sentences and leads."""
    return (move for move in moves if catalogue()[move.move].unit == "proposition")


def _is_sentence(move: Coded | Move) -> bool:
    return catalogue()[move.move].unit == "sentence"


def _family(move: Coded | Move) -> str:
    return catalogue()[move.move].family


def _touch(a: Coded | Move, b: Coded | Move) -> bool:
    """Whether two moves overlap in the original or in the repost."""
    sides = ((a.original, b.original), (a.repost, b.repost))
    return any(x is not None and y is not None and x.overlaps(y) for x, y in sides)
