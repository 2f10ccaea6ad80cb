"""Readers of users' files: what is read stays as it is, what is wrong is one line."""

import datetime
import io
import json
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reframing.documents.errors import InputError
from reframing.documents.records import Article, Span, Target
from reframing.reading.articles import read_all, read_articles, read_one, read_pairs, split_title
from reframing.reading.fields import MAX_CHARACTERS, article_of, is_markup, lines

GOOD = {"id": "a", "title": "Harbour reopens", "body": "The harbour reopened on Monday."}
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=80)


def jsonl(*records: Any) -> bytes:
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


def write(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def write_parquet(folder: Path, columns: dict[str, Any]) -> Path:
    path = folder / "articles.parquet"
    pyarrow.parquet.write_table(pyarrow.table(columns), path)
    return path


def read(folder: Path, name: str, content: bytes) -> list[Article]:
    return list(read_articles(write(folder, name, content)))


def problem(call: Callable[[], object]) -> str:
    """The one line that an error gives."""
    with pytest.raises(InputError) as caught:
        call()
    line = str(caught.value)
    assert "\n" not in line
    return line


# What is read


def test_the_title_of_a_text_file_is_its_first_line(tmp_path: Path):
    content = "Harbour reopens\n\nShips sailed.\nAll of them."
    (article,) = read(tmp_path, "harbour.txt", content.encode())
    assert (article.id, article.title) == ("harbour", "Harbour reopens")
    assert article.text == content


def test_a_text_file_of_one_line_has_no_title(tmp_path: Path):
    (article,) = read(tmp_path, "harbour.txt", b"Ships sailed.\n")
    assert article.title is None
    assert article.text == "Ships sailed.\n"


@pytest.mark.parametrize("content", ["Title\r\nBody\r\nmore\r\n", "T\n\n\n  Body\t\u2028x\u00a0"])
def test_line_ends_and_blanks_stay(tmp_path: Path, content: str):
    (article,) = read(tmp_path, "a.txt", content.encode())
    assert article.text == content


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv"])
def test_a_byte_order_mark_is_not_part_of_the_text(tmp_path: Path, name: str):
    content = {
        "a.txt": b"Title\nBody",
        "a.jsonl": jsonl({"id": "a", "title": "Title", "body": "Body"}),
        "a.csv": b"id,title,body\na,Title,Body\n",
    }[name]
    (article,) = read(tmp_path, name, b"\xef\xbb\xbf" + content)
    assert (article.id, article.text) == ("a", "Title\nBody")


def test_json_lines_hold_every_field(tmp_path: Path):
    record = GOOD | {
        "published": "2024-05-01T08:00:00Z",
        "outlet": "Coast Herald",
        "byline": "By Ann Poe",
        "url": "https://example.org/a",
        "event": "harbour",
        "kind": "trimmed",
        "original": "b",
        "targets": [{"start": 0, "end": 7}],
        "section": "local",
    }
    (article,) = read(tmp_path, "a.jsonl", jsonl(record))
    given = {key: value for key, value in record.items() if key not in ("targets", "section")}
    assert article == Article(**given, targets=(Target(Span(0, 7)),))


def test_blank_lines_between_json_lines_are_passed_over(tmp_path: Path):
    content = b"\n" + jsonl(GOOD) + b"  \n\n" + jsonl(GOOD | {"id": "b"})
    assert [article.id for article in read(tmp_path, "a.jsonl", content)] == ["a", "b"]


def test_json_lines_end_at_line_feeds_alone(tmp_path: Path):
    record = GOOD | {"body": "One\u2028two\u0085three."}
    content = json.dumps(record, ensure_ascii=False).encode()
    assert read(tmp_path, "a.jsonl", content)[0].body == record["body"]


def test_csv_fields_keep_their_line_ends(tmp_path: Path):
    content = b'id,body,targets\r\na,"One, ""two"".\r\nThree.","[{""start"": 0, ""end"": 3}]"\r\n'
    (article,) = read(tmp_path, "a.csv", content)
    assert article.body == 'One, "two".\r\nThree.'
    assert article.targets == (Target(Span(0, 3)),)


def test_empty_csv_fields_are_absent(tmp_path: Path):
    (article,) = read(tmp_path, "a.csv", b"id,title,text,outlet\na,,Ships sailed.,\n")
    assert (article.title, article.outlet) == (None, None)


def test_a_small_parquet_file_of_long_texts_is_read_a_few_at_a_time(tmp_path: Path):
    rows, text = 64, pyarrow.array(["harbour " * 125_000])
    bodies = text.take(pyarrow.array([0] * rows, pyarrow.int32()))
    path = write_parquet(tmp_path, {"id": [str(row) for row in range(rows)], "body": bodies})
    usual = pyarrow.default_memory_pool()
    counted = pyarrow.proxy_memory_pool(usual)
    pyarrow.set_memory_pool(counted)
    try:
        assert sum(1 for _ in read_articles(path)) == rows
    finally:
        pyarrow.set_memory_pool(usual)
    assert path.stat().st_size < 100_000
    assert counted.max_memory() < rows * 1_000_000 / 2


def test_parquet_is_read_with_its_types(tmp_path: Path):
    path = write_parquet(
        tmp_path,
        {
            "id": [1, 2],
            "title": [None, "Harbour reopens"],
            "body": ["Ships sailed.", "All of them."],
            "published": [datetime.datetime(2024, 5, 1, 8), None],
            "targets": [[{"start": 0, "end": 5}], None],
            "outlet": [float("nan"), float("nan")],
        },
    )
    first, second = read_articles(path)
    assert (first.id, first.published) == ("1", "2024-05-01T08:00:00")
    assert first.targets == (Target(Span(0, 5)),)
    assert second.text == "Harbour reopens\nAll of them."
    assert second.outlet is None


def test_a_text_that_begins_with_its_title_gives_the_body():
    article = article_of({"id": "a", "title": "T", "text": "T\nBody."})
    assert (article.title, article.body) == ("T", "Body.")


def test_body_and_text_may_both_stand_where_they_agree():
    assert article_of(GOOD | {"text": f"{GOOD['title']}\n{GOOD['body']}"}) == article_of(GOOD)


def test_a_stray_link_is_no_markup():
    link = 'See <a href="https://example.org/watch/">the watch</a>. '
    assert not is_markup(link + "Ships sailed. " * 100)
    assert not is_markup("If x < y and y > z, the ships sail.")


def test_a_long_line_is_read(tmp_path: Path):
    body = "Ships sailed. " * 200_000
    (article,) = read(tmp_path, "a.jsonl", jsonl(GOOD | {"body": body}))
    assert len(article.body) == len(body)


def test_standard_input_may_hold_json_lines():
    stream = io.BytesIO(b"\n  " + jsonl(GOOD, GOOD | {"id": "b"}))
    assert [article.id for article in read_articles("-", stream)] == ["a", "b"]


def test_standard_input_may_hold_a_text():
    (article,) = read_articles("-", io.BytesIO(b"Title\nBody {x}\n"))
    assert (article.id, article.text) == ("stdin", "Title\nBody {x}\n")


def test_standard_input_keeps_blank_lines_of_a_text():
    (article,) = read_articles("-", io.BytesIO(b"\n\nBody\n"))
    assert article.text == "\n\nBody\n"


def test_one_article_is_read_as_one(tmp_path: Path):
    assert read_one(write(tmp_path, "a.jsonl", jsonl(GOOD))).id == "a"
    two = write(tmp_path, "b.jsonl", jsonl(GOOD, GOOD | {"id": "b"}))
    assert problem(lambda: read_one(two)) == f"{two}: holds more than one article; expected one"


# What is wrong: one article


BAD_FIELDS: dict[str, tuple[dict[str, Any], str]] = {
    "no id": ({"id": None}, "field 'id': is missing"),
    "empty id": ({"id": ""}, "field 'id': is missing"),
    "blank id": ({"id": "  "}, "field 'id': is blank"),
    "id is a list": ({"id": ["a"]}, "field 'id': must be text, not a list"),
    "id is true": ({"id": True}, "field 'id': must be text, not true or false"),
    "no text": ({"body": None}, "record a: field 'text': is missing"),
    "NaN text": ({"body": float("nan")}, "record a: field 'body': is NaN"),
    "nan written out": ({"body": "NaN"}, "record a: field 'body': is NaN"),
    "number for text": ({"body": 3}, "record a: field 'body': must be text, not a number"),
    "object for text": ({"body": {}}, "record a: field 'body': must be text, not an object"),
    "empty text": ({"body": ""}, "record a: field 'body': is empty"),
    "blank text": ({"body": " \n\t"}, "record a: field 'body': is empty"),
    "NUL": ({"body": "a\0b"}, "record a: field 'body': holds a NUL"),
    "surrogate": (
        {"body": "a\ud83d b"},
        r"field 'body': holds half of a surrogate pair (\ud83d at 1)",
    ),
    "surrogate in id": ({"id": "\udc00"}, "field 'id': holds half"),
    "surrogate in title": ({"title": "\udc00"}, "record a: field 'title': holds half"),
    "title is a number": ({"title": 1}, "record a: field 'title': must be text"),
    "blank title": ({"title": "  "}, "record a: field 'title': is blank"),
    "text without its title": (
        {"body": None, "text": "Ships."},
        "'text': must begin with the title",
    ),
    "text and body differ": ({"text": "Harbour reopens\nNo."}, "record a: field 'text': differs"),
    "date in words": ({"published": "last May"}, "record a: field 'published': must be a date"),
    "HTML document": ({"body": "<!DOCTYPE html><p>x"}, "record a: field 'body': is HTML"),
    "HTML paragraphs": ({"body": "<p>One.</p>"}, "record a: field 'body': is HTML"),
    "full of tags": ({"body": "Go <b>now</b> or <i>not</i>."}, "record a: field 'body': is HTML"),
    "targets are text": ({"targets": "x"}, "field 'targets': must be a JSON list"),
    "targets are one": ({"targets": {"start": 0}}, "field 'targets': must be a list"),
    "target beyond": ({"targets": [{"start": 0, "end": 99}]}, "'targets': target 1 must have"),
    "target negative": ({"targets": [{"start": -1, "end": 2}]}, "'targets': target 1 must have"),
    "target empty": ({"targets": [{"start": 2, "end": 2}]}, "'targets': target 1 must have"),
    "target of text": ({"targets": [{"start": "0", "end": 2}]}, "'targets': target 1 must have"),
    "target is true": ({"targets": [{"start": False, "end": 2}]}, "'targets': target 1 must have"),
    "target half": ({"targets": [{"start": 0, "end": 1}, {"end": 2}]}, "target 2 must have"),
}


@pytest.mark.parametrize(("change", "expected"), BAD_FIELDS.values(), ids=BAD_FIELDS)
def test_a_bad_field_is_one_line_with_file_record_and_field(
    tmp_path: Path, change: dict[str, Any], expected: str
):
    path = write(tmp_path, "a.jsonl", jsonl(GOOD | change))
    line = problem(lambda: list(read_articles(path)))
    assert line.startswith(f"{path}: record ")
    assert expected in line


def test_an_article_that_is_too_long_is_refused():
    line = problem(lambda: article_of({"id": "a", "text": "x" * (MAX_CHARACTERS + 1)}))
    assert line == "record a: field 'text': has 5,000,001 characters; an article may have 5,000,000"


# What is wrong: a whole file or line

BAD_FILES: dict[str, tuple[str, bytes, str]] = {
    "empty text file": ("a.txt", b"", "is empty"),
    "empty JSON Lines": ("a.jsonl", b"", "is empty"),
    "blank JSON Lines": ("a.jsonl", b"\n\n", "is empty"),
    "empty CSV": ("a.csv", b"", "is empty"),
    "header only": ("a.csv", b"id,body\n", "is empty"),
    "empty Parquet": ("a.parquet", b"", "is empty"),
    "blank text file": ("a.txt", b" \n ", "field 'text': is empty"),
    "binary": ("a.txt", b"\x89PNG\0\0", "holds NUL bytes"),
    "Latin-1 text": ("a.txt", "Café".encode("latin-1"), "is not UTF-8 (byte 0xe9 at 3)"),
    "Latin-1 line": ("a.jsonl", b'{"id": "\xe9"}', "record 1: is not UTF-8"),
    "Latin-1 CSV": ("a.csv", b"id,body\na,\xe9\n", "is not UTF-8"),
    "UTF-16 text": ("a.txt", "Ships".encode("utf-16"), "iconv -f UTF-16 -t UTF-8"),
    "UTF-16 CSV": ("a.csv", "id,body".encode("utf-16"), "is UTF-16; convert it"),
    "UTF-16 JSON": ("a.jsonl", "{}".encode("utf-16"), "is UTF-16; convert it"),
    "UTF-32 text": ("a.txt", "Ships".encode("utf-32"), "is UTF-32; convert it"),
    "UTF-16 without mark": ("a.txt", "Ships".encode("utf-16-le"), "holds NUL bytes"),
    "no JSON": ("a.jsonl", jsonl(GOOD) + b"{oops\n", "record 2: is not JSON on line 2"),
    "deep JSON": ("a.jsonl", b"[" * 100_000, "record 1: is not"),
    "long number": ("a.jsonl", b'{"id": ' + b"1" * 5000 + b"}", "record 1: is not usable JSON"),
    "key twice": ("a.jsonl", b'{"id": "a", "id": "b"}', "the key 'id' occurs twice in one object"),
    "key misspelt": (
        "a.jsonl",
        jsonl({"id": "a", "Body": "x"}),
        "field 'Body': is unknown; rename it",
    ),
    "column misspelt": (
        "a.csv",
        b"id,boddy\na,b\n",
        "column is missing, and 'body' too; the columns are id, boddy",
    ),
    "zone beyond all dates": (
        "a.jsonl",
        jsonl(GOOD | {"published": "0001-01-01T00:00:00+23:59"}),
        "field 'published': must be a date of ISO 8601",
    ),
    "deep targets": (
        "a.jsonl",
        jsonl(GOOD | {"targets": "[" * 9000}),
        "'targets': must be a JSON list",
    ),
    "JSON list": ("a.jsonl", b"[1]\n", "record 1: must be an object"),
    "JSON null": ("a.jsonl", b"null\n", "record 1: must be an object with"),
    "duplicate": (
        "a.jsonl",
        jsonl(GOOD, GOOD),
        "record 2: field 'id': 'a' occurs twice, first in record 1",
    ),
    "semicolons": ("a.csv", b"id;body\na;b\n", "separated by semicolons; expected commas"),
    "tabs": ("a.csv", b"id\tbody\na\tb\n", "separated by tabs; expected commas"),
    "no id column": ("a.csv", b"name,body\na,b\n", "field 'id': column is missing"),
    "no text column": ("a.csv", b"id,title\na,b\n", "field 'text': column is missing"),
    "column twice": ("a.csv", b"id,body,body\na,b,c\n", "field 'body': column occurs twice"),
    "ragged row": ("a.csv", b"id,body\na,b\nc,d,e\n", "record 2: has 3 fields, the header 2"),
    "short row": ("a.csv", b"id,body\na\n", "record 1: has 1 fields, the header 2"),
    "open quote": ("a.csv", b'id,body\na,"b\n', "is not CSV"),
    "stray quote": ("a.csv", b'id,body\na,"b" c\n', "is not CSV"),
    "NaN in CSV": ("a.csv", b"id,body\na,nan\n", "record a: field 'body': is NaN"),
    "no Parquet": ("a.parquet", b"id,body\n", "is not a readable Parquet file"),
    "HTML file": ("a.html", b"<p>x</p>", "unsupported suffix '.html'"),
    "no suffix": ("a", b"x", "unsupported suffix ''"),
    "JSON file": ("a.json", b"[]", "one object a line and call it .jsonl"),
}


@pytest.mark.parametrize(("name", "content", "expected"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_bad_file_is_one_line_that_names_it(
    tmp_path: Path, name: str, content: bytes, expected: str
):
    path = write(tmp_path, name, content)
    line = problem(lambda: list(read_articles(path)))
    assert line.startswith(f"{path}: ")
    assert expected in line


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path):
    missing = tmp_path / "none.jsonl"
    assert problem(lambda: list(read_articles(missing))) == f"{missing}: there is no such file"
    assert "is a folder" in problem(lambda: list(read_articles(tmp_path)))


def test_a_pipe_is_refused_unread(tmp_path: Path):
    pipe = tmp_path / "pipe.jsonl"
    os.mkfifo(pipe)
    assert problem(lambda: list(read_articles(pipe))).startswith(f"{pipe}: is no regular file")


def test_fields_that_articles_do_not_have_are_told(tmp_path: Path):
    found = jsonl(GOOD | {"section": "Local"}, GOOD | {"id": "b", "desk": 7})
    table = tmp_path / "a.parquet"
    pyarrow.parquet.write_table(pyarrow.table({"id": ["c"], "body": ["x"], "shelf": [1]}), table)
    told: list[tuple[str, list[str]]] = []
    files = [write(tmp_path, "a.jsonl", found), table]
    assert len(list(read_all(files, on_ignored=lambda *one: told.append(one)))) == 3
    assert told == [(str(files[0]), ["section", "desk"]), (str(table), ["shelf"])]


@pytest.mark.parametrize("seed", range(20))
def test_a_damaged_parquet_file_is_one_line_or_the_articles(tmp_path: Path, seed: int):
    path = tmp_path / "a.parquet"
    dated = pyarrow.array([datetime.date(2020, 1, 1)] * 9)
    columns = {"id": [f"{n}" for n in range(9)], "body": ["x" * 50] * 9, "published": dated}
    pyarrow.parquet.write_table(pyarrow.table(columns), path, compression="none")
    content, random = bytearray(path.read_bytes()), Random(seed)
    for _ in range(8):
        content[random.randrange(4, len(content))] = random.randrange(256)
    path.write_bytes(content)
    with suppress(InputError):
        list(read_articles(path))


@pytest.mark.skipif(os.name == "nt", reason="names of POSIX")
def test_a_file_name_that_no_system_takes_is_one_line():
    assert "cannot be read" in problem(lambda: list(read_articles("a\0.jsonl")))


@pytest.mark.parametrize("content", [b"", b" \n\n"])
def test_nothing_on_standard_input_is_an_error(content: bytes):
    line = problem(lambda: list(read_articles("-", io.BytesIO(content))))
    assert line.startswith("-: nothing came on standard input")


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"id": ["a"], "body": [float("nan")]}, "record a: field 'body': is NaN"),
        (
            {"id": ["a"], "body": pyarrow.array([None], pyarrow.string())},
            "field 'text': is missing",
        ),
        ({"id": [None], "body": ["x"]}, "record 1: field 'id': is missing"),
        ({"id": ["a"], "body": [b"x"]}, "field 'body': must be text, not a bytes"),
        ({"id": ["a"]}, "field 'text': column is missing"),
        ({"id": pyarrow.array([], pyarrow.string()), "body": []}, "is empty"),
    ],
)
def test_bad_parquet_is_one_line(tmp_path: Path, columns: dict[str, Any], expected: str):
    path = write_parquet(tmp_path, columns)
    assert expected in problem(lambda: list(read_articles(path)))


def test_ids_are_unique_across_files(tmp_path: Path):
    first, second = (write(tmp_path, name, jsonl(GOOD)) for name in ("1.jsonl", "2.jsonl"))
    line = problem(lambda: list(read_all([first, second])))
    assert line.startswith(f"{second}: record 1: field 'id': 'a' occurs twice")
    assert f"record 1 of {first}" in line


def test_a_line_too_long_to_be_held_is_passed_over(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("reframing.reading.fields.MAX_LINE_BYTES", 4)
    found = list(lines([b"abcd", b"efgh", b"i\n", b"x\n"]))
    assert [number for number, _ in found] == [1, 2]
    assert "more than 4 bytes" in str(found[0][1])
    assert found[1][1] == "x\n"


def test_collected_errors_let_the_rest_be_read(tmp_path: Path):
    content = jsonl(GOOD, GOOD | {"id": "b", "body": ""}, GOOD) + b"oops\n\xff\n"
    path = write(tmp_path, "a.jsonl", content + jsonl(GOOD | {"id": "c"}))
    errors: list[InputError] = []
    found = list(read_all([path, tmp_path / "none.txt"], on_error=errors.append))
    assert [article.id for article in found] == ["a", "c"]
    assert [error.record for error in errors] == ["b", 3, 4, 5, None]
    assert [error.field for error in errors] == ["body", "id", None, None, None]
    assert all(error.file for error in errors)


# Pairs

PAIR = {"id": "p", "original": GOOD, "repost": GOOD | {"id": "b"}}


def test_pairs_are_read(tmp_path: Path):
    (pair,) = read_pairs(write(tmp_path, "pairs.jsonl", jsonl(PAIR)))
    assert (pair.id, pair.original.id, pair.repost.id) == ("p", "a", "b")
    (same,) = read_pairs("-", io.BytesIO(jsonl(PAIR)))
    assert same == pair


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({**PAIR, "id": None}, "record 1: field 'id': is missing"),
        ({**PAIR, "id": [1]}, "record 1: field 'id': must be text"),
        ({**PAIR, "repost": None}, "record p: field 'repost': is missing"),
        ({**PAIR, "original": "a"}, "record p: field 'original': must be an object"),
        ({**PAIR, "repost": {"id": "b"}}, "record p: field 'repost.text': is missing"),
        ({**PAIR, "repost": GOOD | {"body": 1}}, "record p: field 'repost.body': must be text"),
        ([1], "record 1: must be an object"),
    ],
)
def test_a_bad_pair_is_one_line(tmp_path: Path, record: Any, expected: str):
    path = write(tmp_path, "pairs.jsonl", jsonl(record))
    line = problem(lambda: list(read_pairs(path)))
    assert line.startswith(f"{path}: {expected}")


def test_pair_ids_are_unique(tmp_path: Path):
    path = write(tmp_path, "pairs.jsonl", jsonl(PAIR, PAIR))
    assert "record 2: field 'id': 'p' occurs twice" in problem(lambda: list(read_pairs(path)))


def test_pairs_are_json_lines(tmp_path: Path):
    path = write(tmp_path, "pairs.csv", b"id\n")
    assert "must be JSON Lines" in problem(lambda: list(read_pairs(path)))


def test_bad_pairs_are_collected(tmp_path: Path):
    path = write(tmp_path, "pairs.jsonl", jsonl({**PAIR, "repost": None}, PAIR))
    errors: list[InputError] = []
    assert [pair.id for pair in read_pairs(path, on_error=errors.append)] == ["p"]
    assert len(errors) == 1


@pytest.mark.parametrize(
    ("line", "heads"),
    [
        ("Bridge closed for repairs", True),
        ("Is the bridge safe?", True),
        ("Ships leave the U.S.", True),
        ("“We had no choice” …", True),
        ("The bridge was closed on Monday.", False),
        ("“The bridge is closed.”", False),
        ("The bridge " + "was closed and " * 8, False),
        ("  ", False),
    ],
)
def test_the_first_line_of_a_text_is_its_title_if_it_reads_as_a_headline(
    tmp_path: Path, line: str, heads: bool
):
    text = f"{line}\nDivers went down."
    (article,) = read_articles(write(tmp_path, "a.txt", text.encode()))
    assert (article.title, article.body) == ((line, "Divers went down.") if heads else (None, text))


# Properties


@settings(max_examples=50)
@given(TEXTS)
def test_splitting_off_a_title_loses_nothing(text: str):
    title, body = split_title(text)
    assert (body if title is None else f"{title}\n{body}") == text


@settings(max_examples=50)
@given(TEXTS.filter(str.strip), TEXTS.filter(str.strip))
def test_what_is_written_as_json_lines_is_read_unchanged(title: str, body: str):
    record = {"id": "a", "title": title, "body": body}
    if body.strip().casefold() == "nan" or is_markup(f"{title}\n{body}"):
        return
    (article,) = read_articles("-", io.BytesIO(jsonl(record)))
    assert (article.title, article.body) == (title, body)


@settings(max_examples=100)
@given(st.binary(max_size=60))
def test_any_bytes_give_articles_or_one_line(content: bytes):
    errors: list[InputError] = []
    found = list(read_articles("-", io.BytesIO(content), on_error=errors.append))
    assert found or errors
    assert all("\n" not in str(error) for error in errors)
