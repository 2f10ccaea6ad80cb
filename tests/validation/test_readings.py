"""Listed changes of real pairs: texts that were read, and the scores that follow from them."""

import csv
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from reframing.coding.coded import Coded
from reframing.documents.errors import InputError
from reframing.documents.records import Article, Move, Span
from reframing.documents.tables import write_records
from reframing.moves.catalogue import catalogue
from reframing.statistics.estimates import Resampling
from validation import readings as mistakes
from validation.readings import (
    COLUMNS,
    FOLDER,
    LINKS,
    PARTS,
    PROPOSITIONS,
    SENTENCES,
    causes,
    groups,
    matched,
    read_pairs,
    score_rows,
    scores,
)

ROOT = Path(__file__).parents[2]
ORIGINAL = Article("o", body="The ferry may stop. It is old.")
REPOST = Article("r", body="The ferry stops. It is old.")


def written(folder: Path, name: str, *rows: tuple[str, ...]) -> None:
    with (folder / name).open("w", encoding="utf8", newline="") as out:
        csv.writer(out, delimiter="\t", lineterminator="\n").writerows(rows)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("data/interim/news").mkdir(parents=True)
    write_records(Path("data/interim/news/articles.parquet"), Article, iter([ORIGINAL, REPOST]))
    hashes = [sha256(a.text.encode()).hexdigest()[:16] for a in (ORIGINAL, REPOST)]
    head = (
        "pair",
        "part",
        "corpus",
        "event",
        "original",
        "repost",
        "original_sha256",
        "repost_sha256",
    )
    written(tmp_path, "pairs.tsv", head, ("0", "learned", "news", "e", "o", "r", *hashes))
    moves = ("0", "hedge-dropped", "10-13", "", "2")
    written(tmp_path, "moves.tsv", ("pair", "move", "original", "repost", "importance"), moves)
    links = ("0", "0-19", "0-16")
    written(tmp_path, "links.tsv", ("pair", "original", "repost"), links)
    return tmp_path


def test_a_pair_has_its_texts_changes_and_links(folder: Path):
    (pair,) = read_pairs(["learned"], folder)
    assert (pair.original, pair.repost, pair.event) == (ORIGINAL, REPOST, "e")
    assert pair.changes == ((Coded("hedge-dropped", Span(10, 13), None), 2),)
    assert pair.links == {(Span(0, 19), Span(0, 16))}
    assert list(read_pairs(["held-out"], folder)) == []


def test_a_text_that_has_changed_since_is_named(folder: Path):
    other = Article("r", body="The ferry stopped. It is old.")
    write_records(Path("data/interim/news/articles.parquet"), Article, iter([ORIGINAL, other]))
    with pytest.raises(InputError, match="'r' of news is not the text that was read"):
        list(read_pairs(["learned"], folder))


def test_a_move_that_is_none_is_named(folder: Path):
    rows = ("pair", "move", "original", "repost", "importance"), ("0", "hedge-lost", "1-2", "", "1")
    written(folder, "moves.tsv", *rows)
    with pytest.raises(InputError, match="'hedge-lost' is no move"):
        list(read_pairs(["learned"], folder))


def test_scores_count_what_was_listed_and_what_was_found():
    hits = [
        (PROPOSITIONS, "a", True, True, True),
        (PROPOSITIONS, "a", True, False, True),
        (PROPOSITIONS, "b", False, True, False),
        (SENTENCES, "b", True, True, False),
        (LINKS, "a", False, True, False),
    ]
    rows = {str(row[0]): row for row in scores(hits, 0.95)}
    assert rows[PROPOSITIONS][1:5] == (2, 2, 1, "0.5000")
    assert rows[PROPOSITIONS][7] == "0.5000"
    assert dict(zip(COLUMNS, rows[PROPOSITIONS], strict=True))["events"] == 2
    assert rows["most important"][1:4] == (2, "", 1)
    assert rows[SENTENCES][1:5] == (1, 1, 1, "1.0000")
    assert rows[LINKS][1:4] == (0, 1, 0)


def test_every_move_is_counted_in_one_group_beside_its_own():
    assert {groups(Coded(slug, Span(0, 1), None))[0] for slug in catalogue()} == {
        PROPOSITIONS,
        SENTENCES,
        "leads",
    }


def test_the_kept_readings_are_whole_and_no_event_is_in_two_parts():
    with (ROOT / FOLDER / "pairs.tsv").open(encoding="utf8", newline="") as stream:
        pairs = list(csv.DictReader(stream, delimiter="\t"))
    assert {pair["part"] for pair in pairs} == set(PARTS)
    parts: dict[tuple[str, str], set[str]] = {}
    for pair in pairs:
        part = pair["part"]
        parts.setdefault((pair["corpus"], pair["event"]), set()).add(part)
    assert [event for event, of in parts.items() if len(of) > 1] == []
    assert len({(p["corpus"], p["original"], p["repost"]) for p in pairs}) == len(pairs)
    with (ROOT / FOLDER / "moves.tsv").open(encoding="utf8", newline="") as stream:
        moves = list(csv.DictReader(stream, delimiter="\t"))
    assert {move["move"] for move in moves} <= catalogue().keys()
    assert {move["importance"] for move in moves} == {"1", "2", "3"}
    assert all(move["original"] or move["repost"] for move in moves)
    assert {move["pair"] for move in moves} <= {pair["pair"] for pair in pairs}


def at(slug: str, original: tuple[int, int] | None, repost: tuple[int, int] | None = None) -> Coded:
    return Coded(slug, original and Span(*original), repost and Span(*repost))


def move(
    slug: str, original: tuple[int, int] | None, repost: tuple[int, int] | None = None
) -> Move:
    return Move(slug, *at(slug, original, repost)[1:], (), (), 0.9, "")


def causes_of(listed: list[Coded], reported: list[Move], proposed: list[Move]) -> set[str]:
    _, missed, wrong = matched(listed, reported)
    return {cause for _, _, cause in causes(missed, wrong, listed, reported, proposed)}


def test_each_missed_change_and_each_wrong_move_has_the_cause_that_is_there():
    hedge = at("hedge-dropped", (0, 5))
    low = move("hedge-dropped", (1, 3))
    other = move("booster-dropped", (0, 4))
    whole = move("sentence-omitted", (0, 40))
    assert causes_of([hedge], [], [low, other]) == {mistakes.LOW}
    assert causes_of([hedge], [], [other]) == {mistakes.OTHER_LOW}
    assert causes_of([hedge], [], []) == {mistakes.NOT_PROPOSED}
    assert causes_of([hedge], [whole], [whole]) == {mistakes.UNLINKED}
    assert causes_of([hedge], [other], [other]) == {mistakes.OTHER, mistakes.KIND}
    assert causes_of([hedge], [low, low], [low]) == {mistakes.SECOND}
    assert causes_of([], [other], [other]) == {mistakes.NOTHING_LISTED}
    found = causes_of([at("sentence-omitted", (0, 40))], [other], [other])
    assert found == {mistakes.NEW_SENTENCE}


def test_scores_of_proposals_are_those_of_another_count():
    rng = np.random.default_rng(3)
    scores = rng.uniform(size=200).round(2)
    right = rng.uniform(size=200) < scores
    proposals = [
        (PROPOSITIONS, f"e{k % 20}", s, bool(r))
        for k, (s, r) in enumerate(zip(scores, right, strict=True))
    ]
    rows = {(row[0], row[3]): row for row in score_rows(proposals, 10, Resampling(50, 0.95, 1))}
    pairs = [(a > b) + (a == b) / 2 for a in scores[right] for b in scores[~right]]
    assert float(rows["all", "AUC"][4]) == pytest.approx(np.mean(pairs), abs=1e-4)
    order = np.argsort(scores, kind="stable").reshape(10, 20)
    gaps = [abs(scores[of].mean() - right[of].mean()) for of in order]
    error = rows[PROPOSITIONS, "calibration error"]
    assert float(error[4]) == pytest.approx(np.mean(gaps), abs=1e-4)
    assert error[1:3] == (200, right.sum())
    assert rows[SENTENCES, "AUC"][1:3] == (0, 0)


def test_published_causes_are_all_that_is_missed_and_wrong():
    tables = {
        name: list(csv.DictReader((ROOT / f"results/tables/{name}.csv").open(encoding="utf8")))
        for name in ("readings", "readings_causes")
    }
    whole = next(row for row in tables["readings"] if row["of"] == PROPOSITIONS)
    counts = {"missed": 0, "wrong": 0}
    for row in tables["readings_causes"]:
        counts[row["outcome"]] += int(row["moves"])
    assert counts["missed"] == int(whole["listed"]) - int(whole["right"])
    assert counts["wrong"] == int(whole["found"]) - int(whole["right"])
