"""Moves that are drawn for readers, and what their verdicts sum to."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from reframing.coding.coded import Coded
from reframing.coding.judging import (
    Design,
    Judged,
    causes_csv,
    draw,
    judged_rows,
    read_judged,
    read_sheets,
)
from reframing.coding.precision import precisions
from reframing.coding.tsv import tsv_bytes
from reframing.commands.application import app
from reframing.commands.verb_judge import table
from reframing.documents import files
from reframing.documents.errors import InputError
from reframing.documents.records import Article, Span
from reframing.documents.tables import write_records
from reframing.moves.catalogue import catalogue
from studied import corpus

ROOT = Path(__file__).parents[2]
STUDIED = [("sample", one) for one in corpus(events=6)]
DESIGN = Design("sample/hedge-dropped", 40, 0.05, "reframing 9")


def judged(slug: str, *right: bool) -> Judged:
    move = Coded(slug, Span(0, 4), None)
    return Judged("sample", "a", move, 0.8, right, design=DESIGN)


def sheet(path: Path, *verdicts: str) -> Path:
    """A reader's sheet of moves of different pairs."""
    span = {"start": 0, "end": 4}
    fixed = {"corpus": "sample", "move": "hedge-dropped", "original": span, "repost": None}
    fixed |= DESIGN._replace(stratum_moves=20 * len(verdicts))._asdict()
    lines = [
        json.dumps(fixed | {"pair": f"p{n}", "score": 0.8, "original_text": "secret", "verdict": v})
        for n, v in enumerate(verdicts)
    ]
    path.write_text("\n".join(lines), encoding="utf8")
    return path


def caused(path: Path, *said: tuple[str, str | None]) -> Path:
    """A reader's sheet with causes."""
    lines = sheet(path, *(verdict for verdict, _ in said)).read_text(encoding="utf8").splitlines()
    with_causes = [
        json.dumps(json.loads(line) | {"cause": cause})
        for line, (_, cause) in zip(lines, said, strict=True)
    ]
    path.write_text("\n".join(with_causes), encoding="utf8")
    return path


def test_verdicts_are_kept_without_text(tmp_path: Path) -> None:
    sheets = [
        sheet(tmp_path / "anna.jsonl", "right", "wrong"),
        sheet(tmp_path / "ben.jsonl", "right", "right"),
    ]
    rows = read_sheets(sheets)
    assert [one.right for one in rows] == [(True, True), (False, True)]
    (tmp_path / "verdicts.tsv").write_bytes(tsv_bytes(judged_rows(["anna", "ben"], rows)))
    lines = (tmp_path / "verdicts.tsv").read_text(encoding="utf8").splitlines()
    assert lines[2] == (
        "sample\tp1\thedge-dropped\t0-4\t\t0.80\tsample/hedge-dropped\t40\t0.05\treframing 9\twrong\tright"
    )
    assert "secret" not in "".join(lines)
    assert read_judged(tmp_path / "verdicts.tsv") == rows


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("original", "0-x"),
        ("original", "4-4"),
        ("original", "9-4"),
        ("move", "hedge-lost"),
        ("corpus", ""),
        ("stratum_moves", "-40"),
        ("score", "nan"),
        ("score", "1e999"),
        ("score", "high"),
        ("anna", "perhaps"),
        ("anna", "wrong: Monday"),
        ("anna", "right: furniture"),
        ("inclusion_probability", "1.5"),
        ("stratum_moves", "many"),
    ],
)
def test_a_kept_verdict_that_cannot_be_read_is_named(
    tmp_path: Path, column: str, value: str
) -> None:
    row = {"corpus": "c", "pair": "p", "move": "hedge-dropped", "original": "0-4", "repost": ""}
    row |= {key: str(value) for key, value in DESIGN._asdict().items()}
    row |= {"score": "0.8", "anna": "right"} | {column: value}
    path = tmp_path / "moves.tsv"
    path.write_text("\t".join(row) + "\n" + "\t".join(row.values()) + "\n", encoding="utf8")
    with pytest.raises(InputError) as error:
        read_judged(path)
    assert (error.value.file, error.value.record, error.value.field) == (str(path), 2, column)


def test_a_table_without_readers_is_one_error(tmp_path: Path) -> None:
    (tmp_path / "moves.tsv").write_bytes(tsv_bytes(judged_rows([], [judged("hedge-dropped")])))
    with pytest.raises(InputError, match="has no column of a reader"):
        read_judged(tmp_path / "moves.tsv")


def test_a_verdict_that_is_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="must be right or wrong") as error:
        read_sheets([sheet(tmp_path / "anna.jsonl", "right", "perhaps")])
    assert error.value.field == "verdict"
    assert error.value.file == str(tmp_path / "anna.jsonl")


def test_causes_of_wrong_moves_are_kept_and_counted(tmp_path: Path) -> None:
    sheets = [
        caused(tmp_path / "anna.jsonl", ("wrong", "furniture"), ("right", None)),
        caused(tmp_path / "ben.jsonl", ("wrong", "said elsewhere"), ("wrong", None)),
    ]
    rows = read_sheets(sheets)
    assert [one.causes for one in rows] == [("furniture", "said elsewhere"), ("", "")]
    (tmp_path / "verdicts.tsv").write_bytes(tsv_bytes(judged_rows(["anna", "ben"], rows)))
    lines = (tmp_path / "verdicts.tsv").read_text(encoding="utf8").splitlines()
    assert [line.split("\t")[-2:] for line in lines[1:]] == [
        ["wrong: furniture", "wrong: said elsewhere"],
        ["right", "wrong"],
    ]
    assert read_judged(tmp_path / "verdicts.tsv") == rows
    assert causes_csv(rows).splitlines() == [
        "move,cause,verdicts",
        "hedge-dropped,furniture,1",
        "hedge-dropped,said elsewhere,1",
        "all,furniture,1",
        "all,said elsewhere,1",
    ]


@pytest.mark.parametrize("said", [("wrong", "Monday"), ("right", "furniture")])
def test_a_cause_that_is_none_is_named(tmp_path: Path, said: tuple[str, str]) -> None:
    with pytest.raises(InputError, match="one of other matter, same in other words") as error:
        read_sheets([caused(tmp_path / "anna.jsonl", said)])
    assert error.value.field == "cause"


def test_moves_that_only_one_reader_judged_are_told(tmp_path: Path) -> None:
    sheets = [
        sheet(tmp_path / "anna.jsonl", "right", "right"),
        sheet(tmp_path / "ben.jsonl", "right"),
    ]
    with pytest.raises(
        InputError, match="differ in 1 moves, one of them hedge-dropped of sample/p1"
    ):
        read_sheets(sheets)


def test_a_sheet_that_lost_how_its_moves_were_drawn_is_named(tmp_path: Path) -> None:
    path = sheet(tmp_path / "anna.jsonl", "right")
    path.write_text(path.read_text("utf8").replace('"inclusion_probability": 0.05, ', ""), "utf8")
    with pytest.raises(InputError, match="leave it as it was") as error:
        read_sheets([path])
    assert error.value.field == "inclusion_probability"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("corpus", None),
        ("score", True),
        ("score", 1.5),
        ("verdict", ["right"]),
        ("stratum_moves", -20),
        ("stratum_moves", True),
        ("inclusion_probability", True),
        ("stratum", None),
    ],
)
def test_a_value_of_another_kind_is_named(tmp_path: Path, field: str, value: object) -> None:
    path = sheet(tmp_path / "anna.jsonl", "right")
    path.write_text(json.dumps(json.loads(path.read_text("utf8")) | {field: value}), "utf8")
    with pytest.raises(InputError) as error:
        read_sheets([path])
    assert (error.value.file, error.value.record, error.value.field) == (str(path), "p0", field)


def test_a_sheet_that_lost_a_line_is_named(tmp_path: Path) -> None:
    path = sheet(tmp_path / "anna.jsonl", "right", "wrong")
    path.write_text(path.read_text("utf8").splitlines()[0], "utf8")
    with pytest.raises(InputError, match="of sample/hedge-dropped 2 moves were drawn, 1 are here"):
        read_sheets([path])


def test_a_sheet_of_units_is_not_read_as_moves(tmp_path: Path) -> None:
    path = tmp_path / "anna.jsonl"
    path.write_text('{"number": "u1", "moves": {}}')
    with pytest.raises(InputError, match="is of a sheet of units, not of moves"):
        read_sheets([path])


def test_a_table_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    path = tmp_path / "moves.tsv"
    path.write_bytes(b"corpus\xff\n")
    with pytest.raises(InputError, match=r"moves\.tsv: is not UTF-8"):
        read_judged(path)


@pytest.mark.parametrize("line", ["[1]", "7", "{}", "nonsense"])
def test_a_line_that_is_no_judged_move_is_one_error(tmp_path: Path, line: str) -> None:
    path = tmp_path / "anna.jsonl"
    path.write_text(line, encoding="utf8")
    with pytest.raises(InputError):
        read_sheets([path])


def test_from_a_study_to_its_precision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(ROOT / "params.yaml", "params.yaml")
    Path("data/manifests").mkdir(parents=True)
    write_records(files.comparisons("sample"), type(STUDIED[0][1]), [one for _, one in STUDIED])
    ids = {id for _, one in STUDIED for id in (one.pair.original, one.pair.repost)}
    write_records(
        files.articles("sample"), Article, [Article(id, "x" * 5000) for id in sorted(ids)]
    )
    runner = CliRunner()
    drawn = runner.invoke(app, ["study", "draw", "sample", "--n", "40", "--out", "moves.jsonl"])
    assert drawn.exit_code == 0, drawn.output
    moves = [json.loads(line) for line in Path("moves.jsonl").read_text().splitlines()]
    assert len(moves) == 40
    assert all(move["judged_state"].startswith("reframing ") for move in moves)
    again = runner.invoke(app, ["study", "draw", "sample", "--n", "40", "--out", "moves.jsonl"])
    assert "moves.jsonl: is there already" in str(again.exception)
    assert [json.loads(line) for line in Path("moves.jsonl").read_text().splitlines()] == moves
    for reader in ("anna", "ben"):
        lines = [json.dumps(move | {"verdict": "right"}) for move in moves]
        Path(f"{reader}.jsonl").write_text("\n".join(lines))
    said = runner.invoke(app, ["study", "judged", "anna.jsonl", "ben.jsonl"])
    assert said.exit_code == 0, said.output
    onto_itself = ["study", "judged", "anna.jsonl", "ben.jsonl", "--out", "anna.jsonl"]
    assert "anna.jsonl: is read from already" in str(runner.invoke(app, onto_itself).exception)
    assert "all" in said.output
    assert "1.00 [0." in said.output
    twice = runner.invoke(app, ["study", "judged", "anna.jsonl", "./anna.jsonl"])
    assert "anna.jsonl: two sheets have one name" in str(twice.exception)


def test_events_that_scores_were_learned_from_are_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(ROOT / "params.yaml", "params.yaml")
    Path("data/manifests").mkdir(parents=True)
    write_records(files.comparisons("sample"), type(STUDIED[0][1]), [one for _, one in STUDIED])
    ids = {id for _, one in STUDIED for id in (one.pair.original, one.pair.repost)}
    write_records(
        files.articles("sample"), Article, [Article(id, "x" * 5000) for id in sorted(ids)]
    )
    event_of = {one.pair.id: one.pair.event for _, one in STUDIED}
    known = draw(STUDIED, 40, 1, "")[0]
    learned = judged(known.move.move, True)._replace(pair=known.studied.pair.id)
    Path("learned.tsv").write_bytes(tsv_bytes(judged_rows(["anna"], [learned])))
    command = ["study", "draw", "sample", "--n", "500", "--except", "learned.tsv"]
    said = CliRunner().invoke(app, command)
    assert said.exit_code == 0, said.output
    events = {event_of[json.loads(line)["pair"]] for line in said.stdout.splitlines()}
    assert events == set(event_of.values()) - {known.studied.pair.event}


def test_the_table_has_a_row_for_each_corpus_and_move() -> None:
    lines = table(list(precisions([judged("hedge-dropped", True, False)], 0.95)))
    assert [line.split()[:2] for line in lines[1:3]] == [
        ["sample", "hedge-dropped"],
        ["sample", "all"],
    ]


@pytest.mark.parametrize(("name", "readers"), [("moves", 2), ("development", 1)])
def test_committed_verdicts_can_be_read_and_no_move_stands_twice(name: str, readers: int) -> None:
    folder = ROOT / "data/judgements"
    judged = read_judged(folder / f"{name}.tsv")
    assert {len(one.right) for one in judged} == {readers}
    assert {one.move.move for one in judged} <= catalogue().keys()
    assert len({(one.corpus, one.pair, one.move) for one in judged}) == len(judged)
