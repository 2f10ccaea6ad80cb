"""The language of a text: other languages are recognised, and English is never taken for one."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from languages import ENGLISH, FOREIGN
from reframing.commands.main import run
from reframing.reading.prepare import Language, other_language

ARTICLES = [(code, texts[0]) for code, texts in FOREIGN.items()]
HEADLINES = [(code, text) for code, texts in FOREIGN.items() for text in texts[1:]]


@pytest.mark.parametrize(("code", "text"), ARTICLES, ids=[code for code, _ in ARTICLES])
def test_article_in_another_language_is_recognised(code: str, text: str) -> None:
    assert other_language(text) == Language(code)


def test_nine_of_ten_foreign_headlines_are_recognised() -> None:
    right = sum(other_language(text) == Language(code) for code, text in HEADLINES)
    assert right >= 0.88 * len(HEADLINES)


@pytest.mark.parametrize("text", ENGLISH, ids=range(len(ENGLISH)))
def test_english_is_never_taken_for_another_language(text: str) -> None:
    assert other_language(text) is None


def test_english_in_capitals_stays_english() -> None:
    assert [text for text in ENGLISH if other_language(text.upper())] == []


def test_language_of_the_greater_part_of_a_long_text_counts() -> None:
    english, german = ENGLISH[0] + " ", FOREIGN["de"][0] + " "
    assert other_language(german * 5 + english * 60) is None
    assert other_language(english * 2 + german * 60) == Language("de")


def test_english_headline_over_a_foreign_body_does_not_hide_it() -> None:
    assert other_language("Dam bursts near Ostby\n" + FOREIGN["fr"][0]) == Language("fr")


@given(st.text(max_size=80))
@settings(max_examples=60, deadline=None)
def test_any_text_gives_the_same_answer_twice(text: str) -> None:
    assert other_language(text) == other_language(text)


def test_unpaired_surrogates_are_no_obstacle() -> None:
    assert other_language("The dam \ud800 held for the night.") is None


def test_language_is_named_in_english_or_by_its_code() -> None:
    assert Language("de").name == "German"
    assert Language("xx").name == "language 'xx'"


def written(folder: Path, **bodies: str) -> None:
    lines = (json.dumps({"id": id, "body": body}) + "\n" for id, body in bodies.items())
    (folder / "mixed.jsonl").write_text("".join(lines), encoding="utf8")


@pytest.fixture
def mixed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    written(tmp_path, dam=ENGLISH[0], pont=FOREIGN["fr"][0], mill="The mill burned on Monday.")
    return tmp_path


def test_annotate_says_file_record_and_language_and_does_the_rest(
    mixed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["annotate", "mixed.jsonl"]) == 0
    out, err = capsys.readouterr()
    assert [json.loads(line)["id"] for line in out.splitlines()] == ["dam", "mill"]
    assert err.splitlines() == [
        "reframing: mixed.jsonl: record pont: is in French; only English is measured",
        "reframing: 1 record left out",
    ]


def test_annotate_lists_other_languages_in_the_error_file(
    mixed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["annotate", "mixed.jsonl", "--errors", "errors.jsonl"]) == 0
    (left_out,) = (mixed / "errors.jsonl").read_text().splitlines()
    assert json.loads(left_out)["record"] == "pont"
    assert "French" in json.loads(left_out)["problem"]
    assert capsys.readouterr().err == "reframing: 1 record left out, listed in errors.jsonl\n"


def test_annotate_leaves_the_same_out_with_two_jobs(
    mixed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["annotate", "mixed.jsonl"])
    alone = capsys.readouterr()
    run(["annotate", "mixed.jsonl", "--jobs", "2"])
    assert capsys.readouterr() == alone


def test_nothing_in_english_is_an_error_and_leaves_no_output(
    mixed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(mixed, pont=FOREIGN["fr"][0])
    assert run(["annotate", "mixed.jsonl", "--out", "out.jsonl"]) == 2
    assert "no usable record" in capsys.readouterr().err
    assert not (mixed / "out.jsonl").exists()


def test_compare_refuses_a_pair_in_another_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("dam.txt").write_text(ENGLISH[0], encoding="utf8")
    Path("pont.txt").write_text(FOREIGN["fr"][0], encoding="utf8")
    assert run(["compare", "dam.txt", "pont.txt"]) == 2
    expected = "reframing: pont.txt: is in French; only English is measured\n"
    assert capsys.readouterr() == ("", expected)


def test_compare_leaves_pairs_in_another_language_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    dam, pont = {"id": "dam", "body": ENGLISH[0]}, {"id": "pont", "body": FOREIGN["fr"][0]}
    pairs = [
        {"id": "same", "original": dam, "repost": dam},
        {"id": "across", "original": dam, "repost": pont},
    ]
    Path("pairs.jsonl").write_text("".join(json.dumps(pair) + "\n" for pair in pairs))
    assert run(["compare", "--pairs", "pairs.jsonl"]) == 0
    out, err = capsys.readouterr()
    assert [json.loads(line)["id"] for line in out.splitlines()] == ["same"]
    assert err.splitlines() == [
        "reframing: pairs.jsonl: record across: field 'repost': is in French; only English is measured",
        "reframing: 1 record left out",
    ]
