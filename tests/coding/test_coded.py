"""Annotation by people: sheets out and back the same, and agreement as Krippendorff defines it."""

import errno
import json
import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import pytest

import gold
from hostile.pages import articles
from hostile.payloads import PAYLOADS
from reframing.coding.agreement import ALL, agreement, alpha
from reframing.coding.brat import read_brat_folder, write_brat
from reframing.coding.coded import Coded, CodedPair, coded_pair, read_coded
from reframing.coding.sheets import (
    Mark,
    Sheet,
    by_text,
    doccano,
    from_doccano,
    from_label_studio,
    label_studio,
    sheet_of,
)
from reframing.coding.tsv import read_tsv, tsv_bytes
from reframing.commands.main import run
from reframing.documents.errors import InputError
from reframing.documents.records import Article, Span
from reframing.reading.articles import GivenPair

ORIGINAL = {"id": "o", "title": "Ferry may stop", "body": "The ferry may stop, Ana Ruiz said."}
REPOST = {"id": "r", "title": "Ferry stops", "body": "The ferry will stop 😀. It is a disgrace."}
PAIR = {"id": "ferry 1", "original": ORIGINAL, "repost": REPOST}
GIVEN = GivenPair(
    "ferry 1",
    Article("o", ORIGINAL["body"], ORIGINAL["title"]),
    Article("r", REPOST["body"], REPOST["title"]),
)


def at(article: Article, words: str) -> Span:
    start = article.text.index(words)
    return Span(start, start + len(words))


MOVES = (
    Coded("hedge-dropped", at(GIVEN.original, "may stop,"), at(GIVEN.repost, "will stop 😀")),
    Coded("evaluation-added", None, at(GIVEN.repost, "disgrace")),
    Coded("sentence-omitted", at(GIVEN.original, "Ana Ruiz"), None),
)


def record(*moves: Coded) -> dict[str, object]:
    spans = [{"move": m.move, "original": m.original, "repost": m.repost} for m in moves]
    return {"id": GIVEN.id, "moves": spans}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("pairs.jsonl").write_text(json.dumps(PAIR) + "\n", encoding="utf8")
    Path("anna.jsonl").write_text(json.dumps(record(*MOVES)) + "\n", encoding="utf8")
    Path("ben.jsonl").write_text(json.dumps(record(*MOVES[:2])) + "\n", encoding="utf8")
    return tmp_path


def exported(tool: str, place: str) -> int:
    return run(["export", "pairs.jsonl", "--to", tool, "--out", place, "--moves", "anna.jsonl"])


def imported(tool: str, place: str) -> int:
    return run(["import", place, "--from", tool, "--pairs", "pairs.jsonl", "--out", "back.jsonl"])


def annotated_in_label_studio(path: str) -> None:
    """Label Studio exports annotations beside the predictions that it was given."""
    tasks = json.loads(Path(path).read_text(encoding="utf8"))
    for task in tasks:
        task["annotations"] = [{"result": task.pop("predictions")[0]["result"]}]
    Path(path).write_text(json.dumps(tasks), encoding="utf8")


@pytest.mark.parametrize(
    ("tool", "place"),
    [("brat", "sheets"), ("label-studio", "tasks.json"), ("doccano", "lines.jsonl")],
)
@pytest.mark.usefixtures("folder")
def test_what_was_exported_comes_back(tool: str, place: str) -> None:
    assert exported(tool, place) == 0
    if tool == "label-studio":
        annotated_in_label_studio(place)
        assert "hedge-dropped" in Path("tasks.xml").read_text()
    assert imported(tool, place) == 0
    assert set(read_coded(Path("back.jsonl"))["ferry 1"]) == set(MOVES)


def through_brat(sheet: Sheet, moves: tuple[Coded, ...]) -> Iterator[CodedPair]:
    write_brat(Path("sheets"), [(sheet, moves)])
    assert {path.parent for path in Path().rglob("*.ann")} == {Path("sheets")}
    return read_brat_folder(Path("sheets"), by_text([sheet]))


def through_label_studio(sheet: Sheet, moves: tuple[Coded, ...]) -> Iterator[CodedPair]:
    Path("tasks.json").write_bytes(label_studio([(sheet, moves)]))
    annotated_in_label_studio("tasks.json")
    return from_label_studio(Path("tasks.json"), by_text([sheet]))


def through_doccano(sheet: Sheet, moves: tuple[Coded, ...]) -> Iterator[CodedPair]:
    Path("lines.jsonl").write_bytes(doccano([(sheet, moves)]))
    return from_doccano(Path("lines.jsonl"), by_text([sheet]))


@pytest.mark.parametrize("through", [through_brat, through_label_studio, through_doccano])
@pytest.mark.parametrize("text", PAYLOADS.values(), ids=PAYLOADS)
@pytest.mark.usefixtures("folder")
def test_sheets_of_any_text_come_back(
    through: Callable[[Sheet, tuple[Coded, ...]], Iterator[CodedPair]], text: str
) -> None:
    original, repost = articles(text)
    place = repost.text.rindex(text)
    marked = (
        Coded("evaluation-added", None, Span(place, place + len(text))),
        Coded("hedge-dropped", at(original, "may"), None),
    )
    (back,) = through(sheet_of(GivenPair(f"1 {text}", original, repost)), marked)
    assert back.id == f"1 {text}"
    assert set(back.moves) == set(marked)


@pytest.mark.parametrize("text", PAYLOADS.values(), ids=PAYLOADS)
def test_a_table_of_any_text_comes_back(text: str, tmp_path: Path) -> None:
    (tmp_path / "x.tsv").write_bytes(
        tsv_bytes([("id", "words"), (text, f"a\t{text}\nb"), ("=1+1", text)])
    )
    rows = read_tsv(tmp_path / "x.tsv", ("id", "words")).rows
    assert [tuple(row.values()) for _, row in rows] == [(text, f"a\t{text}\nb"), ("=1+1", text)]


@pytest.mark.parametrize(
    ("tool", "place", "sheet"),
    [
        ("brat", "sheets", "sheets/*.ann"),
        ("label-studio", "tasks.json", "tasks.json"),
        ("doccano", "lines.jsonl", "lines.jsonl"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_sheets_that_may_be_filled_are_not_written_over(
    tool: str, place: str, sheet: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exported(tool, place) == 0
    (file,) = Path().glob(sheet)
    file.write_text("what an annotator did", encoding="utf8")
    assert exported(tool, place) == 2
    assert "holds sheets already; choose another place" in capsys.readouterr().err
    assert file.read_text(encoding="utf8") == "what an annotator did"


@pytest.mark.usefixtures("folder")
def test_brat_sheet_is_what_brat_reads() -> None:
    assert exported("brat", "sheets") == 0
    (sheet,) = Path("sheets").glob("*.txt")
    text = sheet.read_bytes().decode()
    for line in sheet.with_suffix(".ann").read_text(encoding="utf8").splitlines():
        if line.startswith("T"):
            _, place, words = line.split("\t")
            _, start, end = place.split()
            assert text[int(start) : int(end)] == words
    assert "[relations]\ncounterpart\tArg1:<ENTITY>, Arg2:<ENTITY>" in (
        Path("sheets") / "annotation.conf"
    ).read_text(encoding="utf8")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("hedge-dropped", "hedge-lost"), "'hedge-lost' is no slug"),
        (("R1\t", "R1\tcounterpart Arg1:T9 Arg2:T1\t\nR7\t"), "T9"),
        (("\tdisgrace", "\tdisgraceful"), "is not the text in the line"),
        (("counterpart", "sibling"), "is no relation `counterpart Arg1:T1 Arg2:T2`"),
        (("R1\t", "R2\tcounterpart Arg1:T1 Arg2:T2\t\nR1\t"), "are joined twice"),
        (("R1\t", "E1\tx:T1\nR1\t"), "is an event; sheets have none"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_bad_sheet_is_one_line_that_names_the_file(
    change: tuple[str, str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    exported("brat", "sheets")
    (file,) = Path("sheets").glob("*.ann")
    spoilt = file.read_text(encoding="utf8").replace(*change)
    file.write_text(spoilt, encoding="utf8")
    capsys.readouterr()
    assert imported("brat", "sheets") == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert str(file) in error
    assert says in error
    assert not Path("back.jsonl").exists()


def doccano_line() -> dict[str, Any]:
    assert exported("doccano", "lines.jsonl") == 0
    return json.loads(Path("lines.jsonl").read_text("utf8"))


def task() -> dict[str, Any]:
    assert exported("label-studio", "tasks.json") == 0
    annotated_in_label_studio("tasks.json")
    return json.loads(Path("tasks.json").read_text("utf8"))[0]


def changed(record: Any, *path: str | int, to: Any) -> Any:
    """The record with another value at a path."""
    at = record
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = to
    return record


RESULT = ("annotations", 0, "result")
BAD_EXPORTS: dict[str, tuple[str, Callable[[Any], Any], str]] = {
    "offsets as text": ("doccano", lambda r: changed(r, "entities", 0, "start_offset", to="9"), "start_offset"),
    "true as an offset": ("doccano", lambda r: changed(r, "entities", 0, "start_offset", to=True), "numbers"),
    "an inverted span": ("doccano", lambda r: changed(r, "entities", 0, "end_offset", to=1), "start_offset <"),
    "one id twice": ("doccano", lambda r: changed(r, "entities", 1, "id", to=1), "id occurs twice"),
    "a key misspelt": (
        "doccano", lambda r: {k.replace("ities", "ites"): v for k, v in r.items()}, "lacks 'entities'",
    ),
    "another relation": ("doccano", lambda r: changed(r, "relations", 0, "type", to="x"), "is no relation"),
    "nothing": ("doccano", lambda _: None, "lines.jsonl: holds no sheet"),
    "a list": ("doccano", lambda r: [r], "is not built as the tool exports it"),
    "two annotators": (
        "label-studio",
        lambda t: changed(t, "annotations", to=t["annotations"] * 2),
        "has 2 annotations; export those of one annotator at a time",
    ),
    "an offset of a half": (
        "label-studio", lambda t: changed(t, *RESULT, 0, "value", "start", to=1.5), "must be numbers",
    ),
    "two labels": (
        "label-studio", lambda t: changed(t, *RESULT, 0, "value", "labels", to=["a", "b"]), "have one label",
    ),
    "a result of another type": (
        "label-studio", lambda t: changed(t, *RESULT, 0, "type", to="choices"), "is of a type that sheets",
    ),
    "no task": ("label-studio", lambda _: None, "tasks.json: holds no sheet"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD_EXPORTS)
@pytest.mark.usefixtures("folder")
def test_a_bad_export_is_one_line_and_nothing_is_written(
    case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    tool, change, says = BAD_EXPORTS[case]
    given = change(doccano_line() if tool == "doccano" else task())
    if tool == "doccano":
        Path("lines.jsonl").write_text("" if given is None else json.dumps(given))
    else:
        Path("tasks.json").write_text(json.dumps([] if given is None else [given]))
    capsys.readouterr()
    assert imported(tool, "lines.jsonl" if tool == "doccano" else "tasks.json") == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert says in error
    assert not Path("back.jsonl").exists()


@pytest.mark.usefixtures("folder")
def test_one_pair_in_two_sheets_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    line = json.dumps(doccano_line())
    Path("lines.jsonl").write_text(f"{line}\n{line}\n")
    assert imported("doccano", "lines.jsonl") == 2
    assert "lines.jsonl: record 2: is of pair 'ferry 1', as record 1 is" in capsys.readouterr().err
    assert exported("brat", "sheets") == 0
    for file in list(Path("sheets").glob("0001-*")):
        file.with_name(file.name.replace("0001", "0002")).write_bytes(file.read_bytes())
    assert imported("brat", "sheets") == 2
    assert "is of pair 'ferry 1', as sheets/0001-ferry_1.ann is" in capsys.readouterr().err


@pytest.mark.usefixtures("folder")
def test_pairs_of_the_same_texts_are_not_exported(capsys: pytest.CaptureFixture[str]) -> None:
    Path("pairs.jsonl").write_text(f"{json.dumps(PAIR)}\n{json.dumps({**PAIR, 'id': 'again'})}\n")
    assert exported("brat", "sheets") == 2
    assert "record again: has the same texts as pair 'ferry 1'" in capsys.readouterr().err
    assert not Path("sheets").exists()


@pytest.mark.parametrize(
    ("tool", "place", "there"),
    [
        ("brat", "sheets", "sheets/annotation.conf"),
        ("brat", "sheets", "sheets/notes.txt"),
        ("label-studio", "tasks.json", "tasks.xml"),
    ],
)
def test_an_export_writes_over_no_file_beside_its_own(
    folder: Path, tool: str, place: str, there: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path(there).parent.mkdir(exist_ok=True)
    Path(there).write_text("mine")
    before = set(folder.rglob("*"))
    assert exported(tool, place) == 2
    assert "choose another place" in capsys.readouterr().err
    assert Path(there).read_text() == "mine"
    assert set(folder.rglob("*")) == before


def test_sheets_that_cannot_all_be_written_leave_no_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> NoReturn:
        raise OSError(errno.ENOSPC, "No space left on device")

    before = set(folder.iterdir())
    monkeypatch.setattr("reframing.coding.brat._lines", full)
    assert exported("brat", "sheets") == 2
    assert "sheets: cannot be written to (No space left on device)" in capsys.readouterr().err
    assert set(folder.iterdir()) == before


@pytest.mark.usefixtures("folder")
def test_sheet_of_another_pair_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    exported("doccano", "lines.jsonl")
    Path("pairs.jsonl").write_text(json.dumps({**PAIR, "repost": {**REPOST, "body": "No."}}))
    assert imported("doccano", "lines.jsonl") == 2
    assert "is the sheet of no given pair" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("moves", "field"),
    [
        ("none", "moves"),
        ([{"move": "hedge-lost", "repost": [0, 3]}], r"moves\[1\].move"),
        ([{"move": "hedge-dropped", "original": [3, 3]}], r"moves\[1\].original"),
        ([{"move": "hedge-dropped", "original": [5, 3]}], r"moves\[1\].original"),
        ([{"move": "hedge-dropped", "original": [False, True]}], r"moves\[1\].original"),
        ([{"move": ["hedge-dropped"], "original": [0, 3]}], r"moves\[1\].move"),
        ([{"mvoe": "hedge-dropped", "original": [0, 3]}], r"moves\[1\].move"),
        (["hedge-dropped"], r"moves\[1\]"),
        ([{"move": "hedge-dropped", "original": None, "repost": None}], r"moves\[1\]"),
    ],
)
def test_bad_move_names_its_field(moves: object, field: str) -> None:
    with pytest.raises(InputError, match=f"record p: field '{field}'"):
        coded_pair({"id": "p", "moves": moves})


def test_mark_outside_both_texts_is_refused() -> None:
    with pytest.raises(InputError, match="lies outside the two texts"):
        sheet_of(GIVEN).moves([Mark("T1", "hedge-dropped", Span(0, 4))], [])


def test_joint_of_two_marks_in_one_text_is_refused() -> None:
    sheet = sheet_of(GIVEN)
    marks = [
        Mark(f"T{n}", "hedge-dropped", Span(sheet.repost.start + n, sheet.repost.start + n + 1))
        for n in (1, 2)
    ]
    with pytest.raises(InputError, match="not of one move"):
        sheet.moves(marks, [("T1", "T2")])


def test_alpha_is_that_of_krippendorffs_example() -> None:
    """Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, section B: two observers, .095."""
    jon = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    han = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    assert alpha(np.array([jon, han], float)) == pytest.approx(0.095, abs=0.001)


def test_alpha_is_undefined_where_nothing_varies() -> None:
    assert math.isnan(alpha(np.zeros((2, 5))))


def test_agreement_counts_moves_and_sentences() -> None:
    rows = {row.slug: row for row in agreement([GIVEN], [{GIVEN.id: MOVES}, {GIVEN.id: MOVES[:2]}])}
    assert list(rows) == ["hedge-dropped", "evaluation-added", "sentence-omitted", ALL]
    assert rows["hedge-dropped"] == ("hedge-dropped", (1, 1), 5, 1.0, 1.0)
    assert rows["sentence-omitted"].marked == (1, 0)
    assert rows["sentence-omitted"].f1 == 0
    assert rows[ALL].f1 == pytest.approx(2 * 2 / 5)


@pytest.mark.usefixtures("folder")
def test_agreement_as_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["agreement", "anna.jsonl", "ben.jsonl", "--pairs", "pairs.jsonl"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["move", "marked", "alpha", "F1"]
    assert [line.split()[0] for line in lines[1:-1]] == [
        "hedge-dropped", "evaluation-added", "sentence-omitted", "all",
    ]  # fmt: skip
    assert lines[-1].endswith("over 5 sentences")


@pytest.mark.usefixtures("folder")
def test_agreement_is_over_the_pairs_that_all_marked(capsys: pytest.CaptureFixture[str]) -> None:
    other = Path("pairs.jsonl").read_text(encoding="utf8").replace(GIVEN.id, "unmarked")
    with Path("pairs.jsonl").open("a", encoding="utf8") as file:
        file.write(other)
    assert run(["agreement", "anna.jsonl", "ben.jsonl", "--pairs", "pairs.jsonl"]) == 0
    out, err = capsys.readouterr()
    assert out.endswith("over 5 sentences\n")
    assert err == (
        "reframing: over the pairs that all marked; of 2 anna.jsonl has 1, ben.jsonl has 1\n"
    )


@pytest.mark.usefixtures("folder")
def test_one_annotator_is_not_enough(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["agreement", "anna.jsonl", "--pairs", "pairs.jsonl"]) == 2
    assert "one annotator agrees with nobody" in capsys.readouterr().err


def test_readings_of_the_sample_agree_as_is_reported() -> None:
    """The two independent readings of the sample's reposts: α by sentence."""
    articles = gold.articles()
    pairs = [
        GivenPair(pair["repost"], articles[pair["original"]], articles[pair["repost"]])
        for pair in gold.pairs()
        if pair["kind"] in gold.REPOSTS
    ]
    readings = [read_coded(gold.FOLDER / f"reading-{name}.jsonl") for name in "ab"]
    rows = {row.slug: row for row in agreement(pairs, readings)}
    assert rows[ALL].alpha == pytest.approx(0.975, abs=0.001)
    assert rows[ALL].f1 == pytest.approx(0.982, abs=0.001)
    least = min(rows.values(), key=lambda row: row.alpha)
    assert (least.slug, round(least.alpha, 2)) == ("evaluation-dropped", 0.74)


@pytest.mark.parametrize(
    "command",
    [
        "agreement anna.jsonl moves.parquet --pairs pairs.jsonl",
        "agreement anna.jsonl moves.PARQUET --pairs pairs.jsonl",
        "export pairs.jsonl --to brat --out sheets --moves moves.parquet",
    ],
)
def test_a_table_of_moves_is_refused_in_one_line(
    folder: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    table = "moves.PARQUET" if "PARQUET" in command else "moves.parquet"
    Path(table).write_bytes(b"PAR1")
    assert run(command.split()) == 2
    problem = f"{table}: is a table, which cannot be read here; write it as .jsonl"
    assert problem in capsys.readouterr().err


def test_an_annotator_is_not_set_against_themselves(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("agreement anna.jsonl ./anna.jsonl --pairs pairs.jsonl".split()) == 2
    assert "anna.jsonl: is given twice; each annotator has one file" in capsys.readouterr().err


def test_what_a_tool_only_proposed_is_told_apart_from_what_was_marked(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exported("label-studio", "sheets.json") == 0
    assert imported("label-studio", "sheets.json") == 0
    assert "sheets.json: no move is marked; what a tool proposes counts" in capsys.readouterr().err


def test_pairs_without_a_sheet_are_counted(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exported("brat", "sheets") == 0
    other = json.dumps({**PAIR, "id": "ferry 2", "repost": {**REPOST, "body": "It sank."}})
    with Path("pairs.jsonl").open("a", encoding="utf8") as file:
        file.write(other + "\n")
    assert imported("brat", "sheets") == 0
    assert "sheets: 1 of 2 pairs are there" in capsys.readouterr().err
