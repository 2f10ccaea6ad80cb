"""Moves that are drawn for readers, and what their verdicts sum to."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from reframing.cli import app
from reframing.coding.judging import (
    Judged,
    draw,
    precisions,
    read_judged,
    shown,
    wilson,
    write_judged,
)
from reframing.commands.judge import table
from reframing.errors import InputError
from reframing.records import Article
from reframing.stages import files
from reframing.tables import write_records
from studied import corpus

STUDIED = [("sample", one) for one in corpus(events=6)]


def judged(slug: str, *right: bool) -> Judged:
    return Judged("sample", "a", slug, None, None, 0.8, right)


def sheet(*verdicts: str) -> list[dict[str, str]]:
    return [
        {
            "corpus": "sample",
            "pair": f"p{n}",
            "move": "hedge-dropped",
            "original": "0-4",
            "repost": "",
            "score": "0.80",
            "verdict": verdict,
        }
        for n, verdict in enumerate(verdicts)
    ]


def test_slugs_are_drawn_in_turn_and_pairs_once_a_slug() -> None:
    drawn = draw(STUDIED, 20, 1)
    slugs = [one.move.move for one in drawn]
    assert len(set(slugs[: len(set(slugs))])) == len(set(slugs))
    keys = [(one.studied.pair.id, one.move.move) for one in drawn]
    assert len(keys) == len(set(keys))
    assert {one.studied.pair.condition for one in drawn} == {"repost"}


def test_the_same_seed_draws_the_same_moves() -> None:
    assert draw(STUDIED, 10, 1) == draw(STUDIED, 10, 1)
    assert draw(STUDIED, 10, 1) != draw(STUDIED, 10, 2)


def test_a_move_is_shown_in_its_sentence() -> None:
    (one,) = draw(STUDIED, 1, 1)
    text = "x" * 5000
    found = shown(one, lambda id: Article(id, text))
    assert found["verdict"] is None
    assert found["move"] == one.move.move
    assert "⟦" in found["original_text"] + found["repost_text"]


def test_precision_is_what_all_readers_find_right() -> None:
    rows = [judged("hedge-dropped", True, True), judged("hedge-dropped", True, False)]
    (slug, whole) = precisions(rows, 0.95)
    assert (slug.n, slug.all_readers, slug.readers, slug.agree) == (2, 0.5, (1.0, 0.5), 0.5)
    assert whole.slug == "all"
    assert slug.low < 0.5 < slug.high


def test_wilson_intervals_are_those_of_the_book() -> None:
    low, high = wilson(8, 10, 0.95)
    assert (round(low, 3), round(high, 3)) == (0.490, 0.943)
    assert wilson(10, 10, 0.95)[1] == 1.0


def test_verdicts_are_kept_without_text(tmp_path: Path) -> None:
    path = tmp_path / "verdicts.tsv"
    marked = [move | {"original_text": "secret"} for move in sheet("right", "wrong")]
    write_judged(path, {"anna": marked, "ben": sheet("right", "right")})
    assert "secret" not in path.read_text(encoding="utf8")
    assert [one.right for one in read_judged(path)] == [(True, True), (False, True)]


def test_a_verdict_that_is_none_is_named(tmp_path: Path) -> None:
    path = tmp_path / "verdicts.tsv"
    write_judged(path, {"anna": sheet("right", "perhaps")})
    with pytest.raises(InputError, match="must be right or wrong"):
        read_judged(path)


def test_readers_of_different_moves_are_told_so(tmp_path: Path) -> None:
    other = sheet("right")
    other[0]["pair"] = "another"
    with pytest.raises(InputError, match="different moves"):
        write_judged(tmp_path / "verdicts.tsv", {"anna": sheet("right"), "ben": other})


def test_from_a_study_to_its_precision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_records(files.comparisons("sample"), type(STUDIED[0][1]), [one for _, one in STUDIED])
    ids = {id for _, one in STUDIED for id in (one.pair.original, one.pair.repost)}
    write_records(
        files.articles("sample"), Article, [Article(id, "x" * 5000) for id in sorted(ids)]
    )
    runner = CliRunner()
    drawn = runner.invoke(app, ["study", "draw", "sample", "--n", "6", "--out", "moves.jsonl"])
    assert drawn.exit_code == 0, drawn.output
    moves = [json.loads(line) for line in Path("moves.jsonl").read_text().splitlines()]
    assert len(moves) == 6
    for reader in ("anna", "ben"):
        lines = [json.dumps(move | {"verdict": "right"}) for move in moves]
        Path(f"{reader}.jsonl").write_text("\n".join(lines))
    said = runner.invoke(app, ["study", "judged", "anna.jsonl", "ben.jsonl"])
    assert said.exit_code == 0, said.output
    assert "all" in said.output
    assert "1.00 [0.61, 1.00]" in said.output


def test_the_table_has_a_column_a_reader() -> None:
    lines = table(list(precisions([judged("hedge-dropped", True, False)], 0.95)), ["anna", "ben"])
    assert lines[0].split()[-2:] == ["anna", "ben"]
