"""`reframing study draw --units` and `reframing study judged`: from a study to counts of several readers."""

import csv
import json
import shutil
import sys
from collections import Counter
from pathlib import Path

import pytest

from reframing.coding.counting import read_count_table
from reframing.coding.sampling import frame_of, read_drawn, read_frame
from reframing.commands.main import run
from reframing.documents import files
from reframing.documents.records import Article
from reframing.documents.tables import write_records
from reframing.stages.study_statistics import statistics
from studied import corpus, save_records

ROOT = Path(__file__).parents[2]
HEDGE, BOOSTER = "hedge-dropped", "booster-added"
DRAW = ("--n", "90", "--units", "key.tsv", "--out", "sheet.jsonl")


@pytest.fixture(scope="module")
def studied(tmp_path_factory):
    """A repository in which a small corpus was studied."""
    folder = tmp_path_factory.mktemp("studied")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        shutil.copy(ROOT / "params.yaml", "params.yaml")
        Path("data/manifests").mkdir(parents=True)
        pairs = corpus(
            events=3, kinds=("edited", "retelling"), conditions=("repost", "independent")
        )
        save_records(pairs)
        ids = sorted({id for one in pairs for id in (one.pair.original, one.pair.repost)})
        write_records(files.articles("sample"), Article, [Article(id, "x" * 5000) for id in ids])
        statistics("sample")
    return folder


@pytest.fixture(autouse=True)
def folder(studied, tmp_path, monkeypatch):
    """A copy of it, which is the current folder."""
    monkeypatch.chdir(shutil.copytree(studied, tmp_path / "study"))


def draw(*options):
    return run(["study", "draw", *options])


def judged(*options):
    return run(["study", "judged", *options])


def lines(path):
    return [json.loads(line) for line in Path(path).read_text("utf8").splitlines()]


def contents():
    return {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}


def refused(capsys, problem):
    """Whether what was said is one line with the problem."""
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1, err
    assert problem in err


def sheet(reader, *counts):
    """A reader's sheet of some units."""
    rows = [{"number": f"u{n}", "original": ["secret"], "moves": of} for n, of in enumerate(counts)]
    text = "".join(json.dumps(row) + "\n" for row in rows)
    Path(f"{reader}.jsonl").write_text(text, encoding="utf8")
    return f"{reader}.jsonl"


# Units are drawn.


def test_a_sheet_and_its_key_have_the_same_units_in_the_same_order(capsys):
    assert draw("sample", *DRAW) == 0
    out, err = capsys.readouterr()
    assert (out, err) == (
        "",
        "reframing: 90 units drawn; key.tsv and key.frame.parquet say from where\n",
    )
    key, shown = read_drawn(Path("key.tsv")), lines("sheet.jsonl")
    assert [one["number"] for one in shown] == [one.number for one in key]
    assert len({one.number for one in key}) == 90
    units = set(frame_of("sample")[["pair", "unit"]].itertuples(index=False, name=None))
    assert {(one.pair, one.unit) for one in key} <= units
    frame = read_frame(Path("key.frame.parquet"), "sample")
    strata = dict(
        zip(zip(frame["pair"], frame["unit"], strict=True), frame["stratum"], strict=True)
    )
    assert strata.keys() == units
    assert all(strata[one.pair, one.unit] == one.stratum for one in key)
    assert Counter(strata.values()) == {one.stratum: one.stratum_units for one in key}
    assert {one.corpus for one in key} == {"sample"}


def test_a_sheet_tells_nothing_that_only_the_key_knows():
    assert draw("sample", *DRAW) == 0
    for one, shown in zip(read_drawn(Path("key.tsv")), lines("sheet.jsonl"), strict=True):
        assert shown["moves"] is None
        assert shown.keys() == {
            "number", "original", "original_elsewhere", "repost", "repost_elsewhere", "moves",
        }  # fmt: skip
        marked = [text.startswith("⟦") for text in shown["original"]].count(True)
        before = one.unit.split("→")[0]
        assert marked == len(before.split(",") if before else ())


def test_without_a_file_the_sheet_is_printed_and_is_the_same(capsys):
    assert draw("sample", *DRAW) == 0
    capsys.readouterr()
    assert draw("sample", "--n", "90", "--units", "again.tsv") == 0
    assert capsys.readouterr().out == Path("sheet.jsonl").read_text("utf8")
    assert Path("again.tsv").read_bytes() == Path("key.tsv").read_bytes()


def test_another_seed_draws_other_units():
    assert draw("sample", *DRAW) == 0
    assert draw("sample", "--n", "90", "--units", "other.tsv", "--seed", "2") == 0
    one, other = ({of.key for of in read_drawn(Path(f"{k}.tsv"))} for k in ("key", "other"))
    assert one != other


@pytest.mark.parametrize(
    ("there", "problem"),
    [
        ("key.tsv", "key.tsv: field '--units': is there already; what was drawn would be lost"),
        ("sheet.jsonl", "sheet.jsonl: is there already, perhaps with verdicts"),
    ],
)
def test_a_key_or_a_sheet_that_is_there_is_not_overwritten(capsys, there, problem):
    Path(there).write_text("mine\n", encoding="utf8")
    before = contents()
    assert draw("sample", *DRAW) == 2
    refused(capsys, problem)
    assert contents() == before


REFUSED = {
    "a corpus that says not how many are read": (
        ["sample", *DRAW[2:]],
        "params.yaml: field 'effects.reads': says not how many units of sample are read",
    ),
    "fewer than each stratum needs": (["sample", "--n", "1", *DRAW[2:]], "field 'reads': must be"),
    "a corpus that was not studied": (["fnc-1", *DRAW], "run the stage `statistics`"),
    "one of two corpora that was not studied": (
        ["sample", "fnc-1", *DRAW],
        "run the stage `statistics`",
    ),
    "a corpus that is none": (["terns", *DRAW], "params.yaml: no corpus 'terns'; there are"),
    "a corpus that is none, moves": (["../x"], "params.yaml: no corpus '../x'; there are"),
    "a corpus twice": (["sample", "sample", *DRAW], "corpus 'sample' is given twice"),
    "a table for a sheet": (["sample", *DRAW[:4], "--out", "sheet.parquet"], "must end in .jsonl"),
    "a sheet for a table": (["sample", "--units", "key.jsonl"], "must end in .tsv"),
    "a sheet in no folder": (["sample", *DRAW[:4], "--out", "no/s.jsonl"], "does not exist"),
    "a key in no folder": (["sample", "--units", "no/key.tsv"], "does not exist"),
    "whole texts of units": (["sample", *DRAW, "--whole"], "--whole goes with moves"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_draw_that_is_refused_leaves_nothing(capsys, case):
    arguments, problem = REFUSED[case]
    before = contents()
    assert draw(*arguments) == 2
    refused(capsys, problem)
    assert contents() == before


@pytest.mark.parametrize("gone", [files.comparisons("sample"), files.articles("sample")])
def test_without_the_texts_there_is_neither_a_sheet_nor_a_key(capsys, gone):
    gone.unlink()
    before = contents()
    assert draw("sample", *DRAW) == 2
    refused(capsys, gone.name)
    assert contents() == before


def test_a_sheet_is_not_written_onto_its_key(capsys):
    before = contents()
    assert draw("sample", "--n", "90", "--units", "one.tsv", "--out", "one.tsv") == 2
    refused(capsys, "one.tsv")
    assert contents() == before


# Units are read.


def test_from_a_draw_to_counts(capsys):
    assert draw("sample", *DRAW) == 0
    shown = lines("sheet.jsonl")
    for reader, often in (("anna", 2), ("ben", 3)):
        filled = [
            row | {"moves": {HEDGE: 1} if place % often == 0 else {}}
            for place, row in enumerate(shown)
        ]
        text = "".join(json.dumps(row) + "\n" for row in filled)
        Path(f"{reader}.jsonl").write_text(text, encoding="utf8")
    capsys.readouterr()
    assert judged("anna.jsonl", "ben.jsonl", "--out", "counts.tsv") == 0
    counts = read_count_table(Path("counts.tsv"))
    assert list(counts) == ["anna", "ben"]
    for often, of in zip((2, 3), counts.values(), strict=True):
        seen = [bool(of[row["number"]].get(HEDGE)) for row in shown]
        assert seen == [place % often == 0 for place in range(90)]
    row = next(line for line in capsys.readouterr().out.splitlines() if line.startswith(HEDGE))
    assert row.split()[1:4] == ["90", "15", "45"]


def test_counts_have_no_text_and_a_row_for_a_unit_without_a_find(capsys):
    one, other = sheet("anna", {HEDGE: 2}, {}), sheet("ben", {BOOSTER: 1}, {})
    assert judged(one, other, "--out", "counts.tsv") == 0
    with Path("counts.tsv").open(encoding="utf8") as table:
        assert list(csv.reader(table, delimiter="\t")) == [
            ["number", "move", "anna", "ben"],
            ["u0", BOOSTER, "0", "1"],
            ["u0", HEDGE, "2", "0"],
            ["u1", "", "0", "0"],
        ]
    assert "secret" not in capsys.readouterr().out


def test_what_was_settled_is_a_column_and_no_reader(capsys):
    sheets = [sheet("anna", {HEDGE: 1}, {}), sheet("ben", {HEDGE: 1}, {})]
    assert judged(*sheets) == 0
    said = capsys.readouterr().out
    assert judged(*sheets, sheet("settled", {}, {HEDGE: 4}), "--out", "counts.tsv") == 0
    assert capsys.readouterr().out == said
    assert Path("counts.tsv").read_text("utf8").startswith("number\tmove\tanna\tben\tsettled\n")


UNUSABLE = {
    "a unit that one reader lacks": (({HEDGE: 1}, {}), ({},), "u1: field 'number': was not read"),
    "a unit that is not filled in": (({HEDGE: 1},), (None,), "field 'moves': is not filled in"),
    "a move that is none": (({"hedge-lost": 1},), ({},), "hedge-lost is no move"),
    "half a move": (({HEDGE: 0.5},), ({},), "must be a count"),
}


@pytest.mark.parametrize("case", UNUSABLE)
def test_sheets_that_cannot_be_used_are_one_line_and_make_no_table(capsys, case):
    one, other, problem = UNUSABLE[case]
    sheets = sheet("anna", *one), sheet("ben", *other)
    before = contents()
    assert judged(*sheets, "--out", "counts.tsv") == 2
    refused(capsys, problem)
    assert contents() == before


@pytest.mark.parametrize(
    ("lacks", "counts"), [("ben", [({}, {}), ({},)]), ("anna", [({},), ({}, {})])]
)
def test_a_unit_that_one_reader_lacks_is_refused_without_a_table_too(capsys, lacks, counts):
    sheets = [sheet(reader, *of) for reader, of in zip(("anna", "ben"), counts, strict=True)]
    assert judged(*sheets) == 2
    refused(capsys, lacks)


def test_a_table_is_not_published_where_the_report_is_lost(monkeypatch, capsys):
    sheets = sheet("anna", {}), sheet("ben", {})
    before = contents()
    with Path("/dev/full").open("w") as full:
        monkeypatch.setattr(sys, "stdout", full)
        assert judged(*sheets, "--out", "counts.tsv") == 2
    assert "No space left on device" in capsys.readouterr().err
    assert contents() == before


def test_a_sheet_that_cannot_be_written_leaves_no_key(monkeypatch, capsys):
    before = contents()
    with Path("/dev/full").open("w") as full:
        monkeypatch.setattr(sys, "stdout", full)
        assert draw("sample", "--n", "90", "--units", "key.tsv") == 2
    assert "No space left on device" in capsys.readouterr().err
    assert contents() == before


def test_what_was_settled_alone_is_one_line(capsys):
    assert judged(sheet("settled", {HEDGE: 1})) == 2
    refused(capsys, "settled")


@pytest.mark.parametrize(
    ("out", "problem"),
    [("counts.csv", "must end in .tsv"), ("anna.jsonl", "anna.jsonl: is read from already")],
)
def test_counts_are_a_table_of_their_own(capsys, out, problem):
    sheets = sheet("anna", {}), sheet("ben", {})
    before = contents()
    assert judged(*sheets, "--out", out) == 2
    refused(capsys, problem)
    assert contents() == before
