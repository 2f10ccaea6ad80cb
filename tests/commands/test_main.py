"""The command line: what each verb writes, and one line for everything that can be wrong."""

import errno
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from reframing import __version__
from reframing.commands.batch import circular, watched
from reframing.commands.main import run
from reframing.commands.verb_study import stages_of

STORY = {
    "id": "ferry",
    "title": "Ferry line may close",
    "body": "The ferry line may close in May, director Ana Ruiz said. “We lost 40 guests,” she said.",
}
REPOST = {
    "id": "ferry-repost",
    "title": "Ferry line closes",
    "body": "The ferry line will close in May. “We lost 40 guests,” director Ana Ruiz said.",
}
OTHER = {"id": "goats", "body": "Two goats walked through the town hall on Monday morning."}


ROOT = Path(__file__).parents[2]


def lines(*records) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty working folder with three articles in it."""
    monkeypatch.chdir(tmp_path)
    Path("articles.jsonl").write_text(lines(STORY, REPOST, OTHER))
    Path("original.txt").write_text(f"{STORY['title']}\n{STORY['body']}\n")
    Path("repost.txt").write_text(f"{REPOST['title']}\n{REPOST['body']}\n")
    pair = {"id": "pair-1", "original": STORY, "repost": REPOST}
    Path("pairs.jsonl").write_text(lines(pair, {**pair, "id": "pair-2"}))
    return tmp_path


def records(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines()]


def give_stdin(monkeypatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))


def test_annotate_writes_one_record_an_article(folder, capsys):
    assert run(["annotate", "articles.jsonl"]) == 0
    found = records(capsys.readouterr().out)
    assert [record["id"] for record in found] == ["ferry", "ferry-repost", "goats"]
    assert [hedge["text"] for hedge in found[0]["hedges"]] == ["may", "may"]


def test_annotate_reads_several_files(folder, capsys):
    assert run(["annotate", "original.txt", "repost.txt"]) == 0
    assert [r["id"] for r in records(capsys.readouterr().out)] == ["original", "repost"]


def test_annotate_reads_standard_input(folder, capsys, monkeypatch):
    give_stdin(monkeypatch, lines(OTHER).encode())
    assert run(["annotate", "-"]) == 0
    assert [r["id"] for r in records(capsys.readouterr().out)] == ["goats"]


def test_offsets_of_records_slice_the_given_text(folder, capsys):
    run(["annotate", "articles.jsonl"])
    text = f"{STORY['title']}\n{STORY['body']}"
    record = records(capsys.readouterr().out)[0]
    for span in [*record["hedges"], *record["quotes"]]:
        assert text[span["start"] : span["end"]] == span["text"]


def test_out_takes_the_place_of_standard_output(folder, capsys):
    assert run(["annotate", "articles.jsonl", "--out", "a.jsonl"]) == 0
    assert capsys.readouterr().out == ""
    assert len(records(Path("a.jsonl").read_text())) == 3


def test_out_writes_parquet_by_suffix(folder):
    assert run(["annotate", "articles.jsonl", "--out", "a.parquet"]) == 0
    assert pq.read_table("a.parquet")["id"].to_pylist() == ["ferry", "ferry-repost", "goats"]


@pytest.mark.slow
def test_two_jobs_give_the_same_bytes_as_one(folder):
    for jobs in ("1", "2"):
        assert run(["annotate", "articles.jsonl", "--jobs", jobs, "--out", f"{jobs}.jsonl"]) == 0
    assert Path("1.jsonl").read_bytes() == Path("2.jsonl").read_bytes()


def test_compare_shows_a_readable_view(folder, capsys):
    assert run(["compare", "original.txt", "repost.txt"]) == 0
    view = capsys.readouterr().out
    assert "Ferry line closes" in view
    assert "Hedge dropped" in view
    assert "\x1b" not in view


def test_a_text_of_one_line_is_all_body_and_shown_by_its_name(folder, capsys):
    Path("one.txt").write_text(f"{REPOST['body']}\n")
    assert run(["compare", "original.txt", "one.txt"]) == 0
    assert capsys.readouterr().out.startswith("one\n")


def test_compare_writes_the_record_with_json(folder, capsys):
    assert run(["compare", "original.txt", "repost.txt", "--json"]) == 0
    (record,) = records(capsys.readouterr().out)
    assert record["original"] == {"id": "original"}
    assert record["summary"]["moves"]["hedge-dropped"] >= 1


def test_compare_writes_a_page_and_a_record_together(folder, capsys):
    done = run(["compare", "original.txt", "repost.txt", "--html", "c.html", "--out", "c.jsonl"])
    assert done == 0
    assert capsys.readouterr().out == ""
    assert Path("c.html").read_text("utf8").startswith("<!DOCTYPE html>")
    assert len(records(Path("c.jsonl").read_text())) == 1


def test_a_page_that_cannot_be_made_leaves_no_record_either(folder, monkeypatch, capsys):
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "c.html")

    before = set(folder.iterdir())
    monkeypatch.setattr("reframing.report.page.render_all", full)
    command = ["compare", "original.txt", "repost.txt", "--html", "c.html", "--out", "c.jsonl"]
    assert run(command) == 2
    assert_one_line(capsys, "c.html: No space left on device")
    assert set(folder.iterdir()) == before


def test_compare_reads_one_side_from_standard_input(folder, capsys, monkeypatch):
    give_stdin(monkeypatch, lines(REPOST).encode())
    assert run(["compare", "original.txt", "-", "--json"]) == 0
    assert records(capsys.readouterr().out)[0]["repost"] == {"id": "ferry-repost"}


def test_compare_pairs_writes_one_record_a_pair(folder, capsys):
    assert run(["compare", "--pairs", "pairs.jsonl"]) == 0
    assert [r["id"] for r in records(capsys.readouterr().out)] == ["pair-1", "pair-2"]


def test_pair_writes_candidate_pairs(folder, capsys):
    assert run(["pair", "articles.jsonl"]) == 0
    (record,) = records(capsys.readouterr().out)
    assert (record["a"], record["b"]) == ("ferry", "ferry-repost")


def test_very_many_copies_are_paired_with_the_first_and_this_is_said(folder, capsys):
    Path("many.jsonl").write_text(lines(*({**STORY, "id": f"{i:03}"} for i in range(80))))
    assert run(["pair", "many.jsonl"]) == 0
    out, err = capsys.readouterr()
    assert [(r["a"], r["b"]) for r in records(out)] == [("000", f"{i:03}") for i in range(1, 80)]
    assert err == (
        "reframing: 80 articles are copies or near copies of more than 60 others; "
        "each is paired with the earliest, not with all\n"
    )


def test_only_articles_on_a_circle_are_circular():
    originals = {"a": "b", "b": "c", "c": "b", "d": "a", "e": "e", "f": None, "g": "gone"}
    assert circular(originals) == {"b", "c", "e"}


class Counted(dict):
    """A mapping that counts how often it is asked."""

    asked = 0

    def __getitem__(self, key):
        self.asked += 1
        return super().__getitem__(key)


def test_a_chain_of_originals_is_followed_once():
    chain = Counted({f"{i}": f"{i + 1}" for i in range(1000)}, **{"1000": None})
    assert circular(chain) == set()
    assert chain.asked < 2 * len(chain)


def test_no_pair_among_articles_is_said_and_is_no_error(folder, capsys):
    Path("two.jsonl").write_text(lines(STORY, OTHER))
    assert run(["pair", "two.jsonl"]) == 0
    assert capsys.readouterr() == ("", "reframing: no pair among 2 articles\n")


def test_bad_records_are_collected_and_the_rest_is_done(folder, capsys):
    Path("mixed.jsonl").write_text(lines(STORY, {"id": "x"}, STORY, OTHER))
    assert run(["annotate", "mixed.jsonl", "--errors", "errors.jsonl"]) == 0
    out, err = capsys.readouterr()
    assert [r["id"] for r in records(out)] == ["ferry", "goats"]
    assert err == "reframing: 2 records left out, listed in errors.jsonl\n"
    bad = records(Path("errors.jsonl").read_text())
    assert [(e["file"], e["field"]) for e in bad] == [
        ("mixed.jsonl", "text"),
        ("mixed.jsonl", "id"),
    ]


def test_a_target_between_sentences_is_answered(folder, capsys):
    title = {**STORY, "id": "target", "targets": [{"start": 20, "end": 21}]}
    Path("a.jsonl").write_text(lines(title))
    assert run(["annotate", "a.jsonl"]) == 0
    (found,) = records(capsys.readouterr().out)
    assert [(t["start"], t["end"]) for t in found["targets"]] == [(20, 21)]


def test_bad_pairs_are_collected_and_the_rest_is_compared(folder, capsys):
    good = {"id": "good", "original": STORY, "repost": REPOST}
    Path("mixed.jsonl").write_text(lines({"id": "bad", "original": STORY}, good))
    assert run(["compare", "--pairs", "mixed.jsonl", "--errors", "errors.jsonl"]) == 0
    assert [r["id"] for r in records(capsys.readouterr().out)] == ["good"]
    assert [e["field"] for e in records(Path("errors.jsonl").read_text())] == ["repost"]


def test_the_error_file_is_empty_where_nothing_was_wrong(folder, capsys):
    assert run(["annotate", "articles.jsonl", "--errors", "errors.jsonl"]) == 0
    assert Path("errors.jsonl").read_text() == ""
    assert capsys.readouterr().err == ""


def test_nothing_usable_is_an_error_and_still_listed(folder, capsys):
    Path("bad.jsonl").write_text(lines({"id": "x"}))
    assert run(["annotate", "bad.jsonl", "--errors", "e.jsonl", "--out", "a.jsonl"]) == 2
    assert "no usable record" in capsys.readouterr().err
    assert len(records(Path("e.jsonl").read_text())) == 1
    assert not Path("a.jsonl").exists()


def jsonl(*given):
    return lines(*given).encode()


def parquet(**columns) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(pa.table(columns), buffer)
    return buffer.getvalue()


BODY = STORY["body"]
BAD_ARTICLES = {
    "empty text": ("a.txt", b"", "empty"),
    "blank text": ("a.txt", b"\n \n", "empty"),
    "empty jsonl": ("a.jsonl", b"", "empty"),
    "only blank lines": ("a.jsonl", b"\n\n", "empty"),
    "empty csv": ("a.csv", b"", "empty"),
    "empty parquet": ("a.parquet", b"", "empty"),
    "binary": ("a.txt", bytes(range(256)) * 4, "a.txt"),
    "NUL bytes": ("a.jsonl", b"\0\0\0\0", "NUL"),
    "NUL in a string": ("a.jsonl", b'{"id": "x", "body": "a \\u0000 b"}\n', "'body': holds a NUL"),
    "UTF-16": ("a.txt", "Ein Satz über Fähren.".encode("utf-16"), "UTF-16"),
    "UTF-16 jsonl": ("a.jsonl", lines(STORY).encode("utf-16"), "UTF-16"),
    "Windows-1252": ("a.txt", "Café closed\nIt closed.".encode("cp1252"), "not UTF-8"),
    "lone surrogate": ("a.jsonl", b'{"id": "x", "body": "half \\ud83d pair"}\n', "surrogate"),
    "ten megabytes": ("a.txt", b"x" * 10_000_000, "characters"),
    "ten megabytes of a line": (
        "a.jsonl",
        jsonl({"id": "x", "body": "y" * 10_000_000}),
        "characters",
    ),
    "invalid JSON": ("a.jsonl", b'{"id": "x", "body": \n', "JSON"),
    "JSON of no object": ("a.jsonl", b"[1, 2]\n", "object"),
    "deep JSON": ("a.jsonl", b"[" * 100_000, "a.jsonl"),
    "huge number": ("a.jsonl", b'{"id": ' + b"9" * 5000 + b"}", "a.jsonl"),
    "NaN": ("a.jsonl", b'{"id": "x", "body": NaN}\n', "NaN"),
    "NaN as text": ("a.csv", b"id,body\nx,nan\n", "NaN"),
    "null text": ("a.jsonl", jsonl({"id": "x", "body": None}), "'text'"),
    "number for text": ("a.jsonl", jsonl({"id": "x", "body": 7}), "'body'"),
    "missing id": ("a.jsonl", jsonl({"body": BODY}), "'id'"),
    "blank id": ("a.jsonl", jsonl({"id": " ", "body": BODY}), "'id'"),
    "duplicate id": ("a.jsonl", jsonl(STORY, STORY), "'id'"),
    "no text": ("a.jsonl", jsonl({"id": "x"}), "'text'"),
    "text against title": ("a.jsonl", jsonl({**STORY, "text": "Other", "body": None}), "'text'"),
    "HTML": ("a.jsonl", jsonl({"id": "x", "body": f"<html><p>{BODY}</p></html>"}), "HTML"),
    "bad date": ("a.jsonl", jsonl({**STORY, "published": "yesterday"}), "'published'"),
    "bad target": ("a.jsonl", jsonl({**STORY, "targets": [{"start": 9}]}), "'targets'"),
    "target outside": (
        "a.jsonl",
        jsonl({**STORY, "targets": [{"start": 0, "end": 9999}]}),
        "'targets'",
    ),
    "missing column": ("a.csv", b"id,headline\nx,y\n", "'text'"),
    "missing id column": ("a.csv", b"name,body\nx,y\n", "'id'"),
    "ragged rows": ("a.csv", b"id,body\nx,one,two\n", "fields"),
    "semicolons": ("a.csv", b"id;body\nx;y\n", "semicolons"),
    "doubled column": ("a.csv", b"id,body,body\nx,y,z\n", "'body'"),
    "missing parquet column": ("a.parquet", parquet(id=["x"], words=["y"]), "'text'"),
    "null in parquet": (
        "a.parquet",
        parquet(id=["x"], body=pa.array([None], pa.string())),
        "'text'",
    ),
    "no parquet": ("a.parquet", b"PAR1 or so", "Parquet"),
    "unknown suffix": ("a.docx", b"words", "suffix"),
    "control characters in id": ("a.jsonl", b'{"id": "x\\ny"}\n', "'text'"),
}


def assert_one_line(capsys, problem: str) -> None:
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert err.startswith("reframing: ")
    assert problem in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("verb", "case"),
    [
        *(("annotate", case) for case in BAD_ARTICLES),
        *(("pair", case) for case in BAD_ARTICLES),
    ],
)
def test_bad_articles_are_one_line_and_leave_no_file(tmp_path, monkeypatch, capsys, verb, case):
    name, content, problem = BAD_ARTICLES[case]
    monkeypatch.chdir(tmp_path)
    Path(name).write_bytes(content)
    assert run([verb, name, "--out", "out.jsonl"]) == 2
    assert_one_line(capsys, problem)
    assert [file.name for file in tmp_path.iterdir()] == [name]


BAD_PAIRS = {
    "empty": (b"", "empty"),
    "invalid JSON": (b"{", "JSON"),
    "no object": (b"7\n", "object"),
    "no id": (jsonl({"original": STORY, "repost": REPOST}), "'id'"),
    "no repost": (jsonl({"id": "p", "original": STORY}), "'repost'"),
    "null original": (jsonl({"id": "p", "original": None, "repost": REPOST}), "'original'"),
    "text for article": (jsonl({"id": "p", "original": "words", "repost": REPOST}), "'original'"),
    "empty body": (
        jsonl({"id": "p", "original": STORY, "repost": {"id": "r", "body": ""}}),
        "'repost.",
    ),
    "duplicate id": (jsonl(*[{"id": "p", "original": STORY, "repost": REPOST}] * 2), "'id'"),
}


@pytest.mark.parametrize("case", BAD_PAIRS)
def test_bad_pairs_are_one_line_and_leave_no_file(tmp_path, monkeypatch, capsys, case):
    content, problem = BAD_PAIRS[case]
    monkeypatch.chdir(tmp_path)
    Path("pairs.jsonl").write_bytes(content)
    assert run(["compare", "--pairs", "pairs.jsonl", "--out", "out.jsonl"]) == 2
    assert_one_line(capsys, problem)
    assert [file.name for file in tmp_path.iterdir()] == ["pairs.jsonl"]


BAD_CALLS = {
    "missing file": ("annotate gone.txt", "gone.txt: there is no such file"),
    "folder": ("annotate .", "is a folder"),
    "missing second file": ("annotate original.txt gone.txt", "gone.txt"),
    "same id in two files": ("annotate articles.jsonl articles.jsonl", "occurs twice"),
    "empty standard input": ("annotate -", "standard input"),
    "standard input twice": ("annotate - -", "only once"),
    "both sides from standard input": ("compare - -", "only once"),
    "no articles": ("annotate", "see reframing annotate --help"),
    "bad output suffix": ("annotate articles.jsonl --out a.csv", "a.csv: unknown suffix"),
    "output in no folder": ("annotate articles.jsonl --out no/a.jsonl", "does not exist"),
    "output is a folder": ("compare original.txt repost.txt --html .", "is a folder"),
    "error file in no folder": ("annotate articles.jsonl --errors no/e.jsonl", "does not exist"),
    "one file for two outputs": (
        "annotate articles.jsonl --out a.jsonl --errors a.jsonl",
        "is written to already",
    ),
    "errors onto the input": (
        "annotate articles.jsonl --errors articles.jsonl",
        "is read from already",
    ),
    "a page onto the original": (
        "compare original.txt repost.txt --html original.txt",
        "is read from",
    ),
    "records onto the pairs": (
        "compare --pairs pairs.jsonl --out pairs.jsonl",
        "is read from already",
    ),
    "a page of another suffix": ("compare original.txt repost.txt --html a.txt", ".html or .htm"),
    "a page in no folder": ("compare original.txt repost.txt --html no/a.html", "does not exist"),
    "errors as a table": ("annotate articles.jsonl --errors e.parquet", "must end in .jsonl"),
    "an output that is a loop": ("annotate articles.jsonl --out loop.jsonl", "loop.jsonl: cannot"),
    "an input that is a loop": ("annotate loop.jsonl", "loop.jsonl: cannot be read"),
    "a pipe": ("annotate pipe.jsonl", "pipe.jsonl: is no regular file"),
    "a pipe of marks": ("agreement pipe.jsonl loop.jsonl --pairs pairs.jsonl", "no regular file"),
    "a pipe of sheets": (
        "import pipe.jsonl --from doccano --pairs pairs.jsonl",
        "pipe.jsonl: is no regular file",
    ),
    "a pipe of verdicts": ("study judged pipe.jsonl", "pipe.jsonl: is no regular file"),
    "an output that is a pipe": ("pair articles.jsonl --out pipe.jsonl", "is no regular file"),
    "pairs and moves from standard input": (
        "export - --to brat --out sheets --moves -",
        "only once",
    ),
    "negative jobs": (
        "annotate articles.jsonl --jobs -1",
        "field '--jobs': '-1' does not fit; expected a whole number from 0 to 1024",
    ),
    "jobs without end": ("annotate articles.jsonl --jobs 3000000000", "from 0 to 1024"),
    "jobs in words": ("pair articles.jsonl --jobs two", "'two' does not fit; expected a whole"),
    "half a move": (
        "study draw mine --n 0.5",
        "'--n': '0.5' does not fit; expected a whole number of 1",
    ),
    "a seed in words": (
        "study draw mine --seed x",
        "'--seed': 'x' does not fit; expected a whole number",
    ),
    "unknown annotation": (
        "export pairs.jsonl --to x --out y",
        "field '--to': 'x' does not fit; expected brat, label-studio or doccano",
    ),
    "no value": (
        "annotate articles.jsonl --jobs",
        "'--jobs' requires an argument; see reframing VERB",
    ),
    "unknown option": (
        "annotate articles.jsonl --loud",
        "No such option: --loud; see reframing annotate --help",
    ),
    "misspelt option": (
        "compare original.txt repost.txt --jsn",
        "--jsn (did you mean --json?); see reframing compare --help",
    ),
    "unknown verb": ("explain articles.jsonl", "explain"),
    "no pair at all": ("compare", "no pair"),
    "half a pair": ("compare original.txt", "no pair"),
    "one article to pair": ("pair original.txt", "no pair"),
    "three articles for one": ("compare original.txt articles.jsonl", "more than one"),
    "pairs and files": ("compare original.txt repost.txt --pairs pairs.jsonl", "--pairs"),
    "pairs and a page": ("compare --pairs pairs.jsonl --html a.html", "--html"),
    "pairs of no suffix": ("compare --pairs original.txt", "JSON Lines"),
    "errors without a batch": ("compare original.txt repost.txt --errors e.jsonl", "--errors"),
    "missing manifest": ("fetch gone.yaml", "gone.yaml"),
    "missing mirror": ("fetch gone.yaml --mirror gone", "'gone' does not exist"),
    "study outside the repository": ("study list", "params.yaml: is not here; call"),
    "study of nothing": ("study", "see reframing study --help"),
    "adding outside the repository": (
        "study add mine articles.jsonl",
        "params.yaml: is not here; call this in the folder of a study",
    ),
    "reproducing outside the repository": ("study reproduce sample", "params.yaml"),
    "results of nowhere": ("verify gone", "gone: is neither a folder nor a git revision here"),
    "nothing to verify": ("verify . gone", "holds no results"),
    "tolerance of all": (
        "verify . --tolerance 2",
        "field '--tolerance': '2' does not fit; expected a number from 0 to 1",
    ),
}


@pytest.mark.parametrize("case", BAD_CALLS)
def test_bad_calls_are_one_line_and_leave_no_file(folder, monkeypatch, capsys, case):
    call, problem = BAD_CALLS[case]
    give_stdin(monkeypatch, b"")
    os.mkfifo("pipe.jsonl")
    Path("loop.jsonl").symlink_to("loop.jsonl")
    before = {path: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    assert run(call.split()) == 2
    assert_one_line(capsys, problem)
    assert {path: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


def test_an_error_names_file_record_and_field(folder, capsys):
    Path("bad.jsonl").write_text(lines(OTHER, {"id": "x", "title": "T"}))
    run(["annotate", "bad.jsonl"])
    assert capsys.readouterr().err.startswith("reframing: bad.jsonl: record x: field 'text': ")


def test_an_interrupt_is_one_line(folder, monkeypatch, capsys):
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("reframing.measures.annotate.annotate_each", interrupted)
    assert run(["annotate", "articles.jsonl"]) == 130
    assert_one_line(capsys, "interrupted; what was complete stays")


def test_without_standard_output_there_must_be_a_file(folder):
    done = subprocess.run(
        [sys.executable, "-c", "from reframing.commands.main import main; main()", "pair", "articles.jsonl"],
        capture_output=True, text=True, check=False, preexec_fn=lambda: os.close(1),
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr == "reframing: standard output is closed; write to a file with --out\n"


@pytest.mark.parametrize(
    ("original", "problem"),
    [("gone", "no article has the id 'gone'"), (REPOST["id"], "leads back to the article itself")],
)
def test_an_original_that_is_none_is_left_out_and_told(folder, capsys, original, problem):
    Path("declared.jsonl").write_text(lines(STORY, OTHER, REPOST | {"original": original}))
    assert run(["pair", "declared.jsonl"]) == 2
    assert_one_line(capsys, f"declared.jsonl: record {REPOST['id']}: field 'original': {problem}")
    run(["pair", "declared.jsonl", "--errors", "errors.jsonl", "--out", "pairs.jsonl"])
    (error,) = map(json.loads, Path("errors.jsonl").read_text().splitlines())
    assert (error["record"], error["field"]) == (REPOST["id"], "original")


def test_an_old_output_survives_an_error(folder):
    Path("out.jsonl").write_text("before")
    Path("bad.jsonl").write_text(lines(OTHER, {"id": "x"}))
    assert run(["annotate", "bad.jsonl", "--out", "out.jsonl"]) == 2
    assert Path("out.jsonl").read_text() == "before"


VERBS = (
    "annotate",
    "pair",
    "compare",
    "fetch",
    "verify",
    "study list",
    "study add",
    "study reproduce",
)


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_with_an_example(verb, capsys):
    assert run([*verb.split(), "--help"]) == 0
    assert f"Example: reframing {verb}" in capsys.readouterr().out


def test_help_names_the_verbs_and_shell_completion(capsys):
    assert run([]) == 0
    text = capsys.readouterr().out
    for word in (*VERBS[:-3], "study", "--install-completion"):
        assert word in text


@pytest.mark.parametrize("group", ["", "study"])
def test_help_cuts_no_line_of_a_verb_short(group, monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "80")
    assert run([*group.split(), "--help"]) == 0
    verbs = capsys.readouterr().out.partition("Commands:")[2]
    assert verbs
    assert "..." not in verbs


def test_version_is_said(capsys):
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"reframing {__version__}\n"


def test_help_imports_nothing_slow():
    slow = {"pandas", "nltk", "scipy", "pyarrow", "numpy", "rich", "jinja2", "rapidfuzz", "httpx2"}
    code = "import sys, reframing.commands.main as c; c.run(['--help']); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not slow & set(done.stderr.split())


def test_annotate_imports_nothing_for_tables_figures_or_views(folder):
    slow = {"pandas", "nltk", "scipy", "pyarrow", "seaborn", "rich", "jinja2", "httpx2"}
    code = (
        "import sys, reframing.commands.main as c; c.run(['annotate', 'articles.jsonl', '--out', 'a.jsonl']); "
        "print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not slow & set(done.stdout.split())


def test_a_reader_that_goes_away_ends_it_quietly(folder):
    reading, writing = os.pipe()
    os.close(reading)
    code = "import sys; from reframing.commands.main import run; sys.exit(run(['annotate', 'articles.jsonl']))"
    with os.fdopen(writing, "wb") as closed:
        done = subprocess.run(
            [sys.executable, "-c", code], stdout=closed, stderr=subprocess.PIPE, check=False
        )
    assert (done.returncode, done.stderr) == (1, b"")


def test_a_manifest_is_fetched_from_a_mirror(folder, capsys):
    content = b"Two goats.\n"
    commit, sha256 = "0" * 40, hashlib.sha256(content).hexdigest()
    place = Path("mirror/github.com/town/goats", commit)
    place.mkdir(parents=True)
    (place / "goats.txt").write_bytes(content)
    Path("goats.yaml").write_text(
        "name: goats\ntitle: Goats\ncitation: none\nlicence: CC0-1.0\npurpose: test\nnotes: invented\n"
        f"sources:\n- repository: town/goats\n  commit: '{commit}'\n  path: goats.txt\n"
        f"  bytes: {len(content)}\n  sha256: {sha256}\n"
    )
    assert run(["fetch", "goats.yaml", "--into", "here", "--mirror", "mirror"]) == 0
    assert Path("here/goats.txt").read_bytes() == content
    assert "1 mirror" in capsys.readouterr().out


@pytest.fixture
def dvc(folder, monkeypatch) -> list[list[str]]:
    """A repository with one corpus, and what DVC is called with: it lists three stages and runs none."""
    shutil.copy(ROOT / "params.yaml", "params.yaml")
    Path("data/manifests").mkdir(parents=True)
    called: list[list[str]] = []

    def answered(*arguments):
        called.append([*arguments])
        return "fetch@sample\npair@sample\nfetch@fnc-1\nmanifest\n"

    def run_dvc(held, *arguments):
        called.append([*arguments])
        return 0

    Path(".dvc").mkdir()
    monkeypatch.setattr("reframing.commands.verb_study.answer_of_dvc", answered)
    monkeypatch.setattr("reframing.commands.verb_study.run_dvc", run_dvc)
    return called


def test_a_pipeline_that_is_no_yaml_is_named_with_its_line(dvc, capsys):
    Path("dvc.yaml").write_text("stages:\n  a: [1\n")
    assert run(["study", "reproduce", "sample"]) == 2
    assert_one_line(capsys, "dvc.yaml: is not YAML: ")
    assert dvc == []


@pytest.mark.parametrize("content", [b"seed: [1", b"seed: \xff", b"seed: " + b"[" * 5000])
def test_parameters_that_are_no_yaml_are_one_line(dvc, capsys, content):
    Path("params.yaml").write_bytes(content)
    assert run(["study", "list"]) == 2
    assert_one_line(capsys, "params.yaml: ")


LISTING = ["stage", "list", "--name-only"]


def test_reproducing_a_corpus_runs_its_stages_and_joins_what_they_made(dvc):
    assert run(["study", "reproduce", "sample"]) == 0
    join = ["repro", "--single-item", "manifest"]
    assert dvc == [LISTING, ["repro", "fetch@sample", "pair@sample"], join]


def test_a_dry_run_only_asks_what_is_out_of_date_of_the_corpus(dvc):
    assert run(["study", "reproduce", "sample", "--dry"]) == 0
    asked = ["status", "--with-deps", "fetch@sample", "pair@sample"]
    assert dvc == [LISTING, asked]


@pytest.mark.parametrize(
    ("corpus", "problem"),
    [("goats", "no corpus 'goats'; there are"), ("sheepdog", "no stage runs")],
)
def test_what_cannot_be_reproduced_is_one_line(dvc, capsys, corpus, problem):
    assert run(["study", "reproduce", corpus]) == 2
    assert_one_line(capsys, problem)


def test_corpora_are_listed_with_reader_and_state(dvc, capsys):
    Path("data/raw/fnc-1").mkdir(parents=True)
    assert run(["study", "list"]) == 0
    listed = capsys.readouterr().out.splitlines()
    assert "sample\tarticles\tnot fetched" in listed
    assert "fnc-1\tfnc-1\tfetched" in listed


def test_stages_of_a_corpus_are_those_expanded_for_it():
    stages = ["fetch@polnear", "prepare@sample", "annotate@sample", "figures", "pair@sample-two"]
    assert stages_of("sample", stages) == ["prepare@sample", "annotate@sample"]


def test_progress_stays_silent_off_a_terminal(capsys):
    assert list(watched(range(3), "articles", patience_s=-1)) == [0, 1, 2]
    assert capsys.readouterr().err == ""


def test_progress_counts_on_a_terminal_and_changes_nothing(monkeypatch, capsys):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert list(watched(iter(range(3)), "articles", patience_s=-1)) == [0, 1, 2]
