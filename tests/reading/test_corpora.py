"""Readers of raw corpora on invented fixtures, and counts of the real ones where they are at hand."""

import os
import pickle
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from reframing.documents.errors import InputError
from reframing.documents.records import Article
from reframing.reading.corpora import (
    CORPORA,
    TONES,
    is_headline,
    load_plain,
    read_corpus,
    split_first,
    split_page,
)
from reframing.reading.credits import is_byline
from reframing.reading.fetch import fetch
from reframing.reading.manifest import read_manifest

ROOT = Path(__file__).parents[2]
MIRROR = Path(os.environ.get("REFRAMING_MIRROR") or ROOT.parent / "shared" / "mirror")


def articles_of(name: str, folder: Path) -> tuple[list[Article], list[tuple[str, str]]]:
    """Articles and what was left out."""
    left_out: list[tuple[str, str]] = []
    found = list(read_corpus(name, folder, lambda id, reason: left_out.append((id, reason))))
    return found, left_out


# ArticleComparisons


HEADLINE = "Harbour town reopens its pier to ships"
TOLD = "The pier of the harbour town was opened to ships again after nine long winters of work and quarrels."


def write_pages(folder: Path, **pages: str) -> None:
    (folder / "data").mkdir()
    for event in ("helsinki", "census", "spotify"):
        rows = pages.get(event, "")
        content = f"id,publisher,scrape_time,text\n{rows}"
        (folder / "data" / f"{event}_articles.csv").write_text(content, encoding="utf8")


def test_a_page_becomes_title_byline_and_paragraphs(tmp_path: Path):
    page = f"{HEADLINE} ### By Ann Poe ### {TOLD} ### — ### All of them."
    write_pages(tmp_path, helsinki=f'6,coast.example,2018-07-15T07:54:28-04:00,"{page}"\n')
    (article,), left_out = articles_of("article-comparisons", tmp_path)
    assert article == Article(
        id="helsinki-6",
        title=HEADLINE,
        body=f"{TOLD}\nAll of them.",
        byline="By Ann Poe",
        outlet="coast.example",
        retrieved="2018-07-15T07:54:28-04:00",
    )
    assert left_out == []


def test_lists_of_links_and_bare_headlines_are_left_out_and_named(tmp_path: Path):
    rows = (
        "1,news.google.com,2018-07-15,share ### more\n2,b.example,2018-07-15,A pier reopens today\n"
    )
    write_pages(tmp_path, census=rows)
    found, left_out = articles_of("article-comparisons", tmp_path)
    assert found == []
    assert left_out == [
        ("census-1", "list of links"),
        ("census-2", "no running text"),
    ]


@pytest.mark.parametrize("top", ["Join our talk now", "Type in your town or postcode"])
def test_what_is_not_about_the_story_is_no_headline(tmp_path: Path, top: str):
    write_pages(tmp_path, spotify=f'1,coast.example,2018-07-15,"{top} ### {HEADLINE} ### {TOLD}"\n')
    ((article,), _) = articles_of("article-comparisons", tmp_path)
    assert article.title == HEADLINE


def test_a_page_without_a_headline_has_none(tmp_path: Path):
    page = f"Type in your town or postcode ### {TOLD}"
    write_pages(tmp_path, spotify=f'1,coast.example,2018-07-15,"{page}"\n')
    ((article,), _) = articles_of("article-comparisons", tmp_path)
    assert article.title is None


def test_a_line_that_an_outlet_prints_above_many_stories_is_no_headline(tmp_path: Path):
    """Even where it is about the page by chance."""
    rows = "".join(
        f'{i},coast.example,2018-07-15,"Ships and piers of harbour towns ### {HEADLINE} on {day} '
        f'### In the harbour town, {TOLD} That was on {day}, {i} ships said."\n'
        for i, day in enumerate(("Monday", "Tuesday", "Friday"))
    )
    write_pages(tmp_path, spotify=rows)
    found, _ = articles_of("article-comparisons", tmp_path)
    assert [article.title for article in found] == [
        f"{HEADLINE} on {day}" for day in ("Monday", "Tuesday", "Friday")
    ]


def test_a_story_that_outlets_print_again_keeps_its_headline(tmp_path: Path):
    rows = "".join(f"{i},coast{i}.example,2018-07-15,{HEADLINE} ### {TOLD}\n" for i in range(4))
    write_pages(tmp_path, spotify=rows)
    found, _ = articles_of("article-comparisons", tmp_path)
    assert {article.title for article in found} == {HEADLINE}
    assert {article.body for article in found} == {TOLD}


def test_the_name_of_another_outlet_below_the_headline_is_the_byline(tmp_path: Path):
    rows = (
        f"1,bay.example,2018-07-15,{HEADLINE} ### The Harbour Gazette ### {TOLD}\n"
        f"2,harbourgazette.com,2018-07-15,{HEADLINE} ### The Harbour Gazette ### {TOLD}\n"
    )
    write_pages(tmp_path, spotify=rows)
    found, _ = articles_of("article-comparisons", tmp_path)
    assert [article.byline for article in found] == ["The Harbour Gazette", None]


def test_a_table_without_its_columns_is_named(tmp_path: Path):
    write_pages(tmp_path, helsinki="6,coast.example,,Ships sailed.\n")
    with pytest.raises(InputError, match=r"helsinki_articles.csv: record 1: field 'scrape_time'"):
        articles_of("article-comparisons", tmp_path)


@pytest.mark.parametrize(
    "paragraph",
    [
        "By Ann Poe",
        "by Ann Poe",
        "BY ANN POE AND BO LEE",
        "By: Ann Poe | 3 May 2018",
        "The Associated Press",
        "Reuters",
        "Credit: The Associated Press",
        "Associated Press Published 7:50 a.m. ET July 16, 2018",
        "Ann Poe and Bo Lee, Associated Press",
        "From CNN's Ann Poe",
    ],
)
def test_bylines_and_agency_credits_are_told(paragraph: str):
    assert is_byline(paragraph)
    assert not is_headline(paragraph)


@pytest.mark.parametrize(
    "paragraph",
    [
        "By contrast, the pier stayed shut.",
        "By clicking Sign up, you agree",
        "By Monday the ships had sailed.",
        "PORTSEA (Reuters) - Ships sailed on Monday.",
        "(Ann Poe/Associated Press)",
    ],
)
def test_sentences_and_picture_credits_are_no_bylines(paragraph: str):
    assert not is_byline(paragraph)


@pytest.mark.parametrize(
    ("paragraph", "holds"),
    [
        ("Harbour town reopens its pier", True),
        ("Will the pier last until 2030?", True),
        ("‘Never again,’ says the mayor of Portsea", True),
        ("The pier reopened on Monday.", False),
        ("Portsea", False),
        ("Ships reach the town via its pier", True),
        ("The pier of Portsea via Bay Agency", False),
        ("The pier “stays shut for now.”", False),
        ("and so the pier stayed shut", False),
        ("Monday, July 16, 2018 4:25 pm", False),
        ("Ann Poe/Getty Images of the pier", False),
        ("word " * 40, False),
    ],
)
def test_headlines_are_told_from_text(paragraph: str, holds: bool):
    assert is_headline(paragraph.strip()) is holds


def test_what_stands_above_the_headline_goes():
    page = split_page(["Local", "07/14/2018, 08:04pm", HEADLINE, TOLD])
    assert page.title == HEADLINE
    assert page.body == (TOLD,)


def test_a_line_that_is_printed_twice_at_the_top_is_the_headline():
    page = split_page(["A pier at long last", "Monday", "A pier at long last", TOLD])
    assert (page.title, page.body) == ("A pier at long last", ("Monday", TOLD))


def test_a_button_that_is_printed_twice_is_no_headline():
    assert split_page(["Pass this on now", "Pass this on now", TOLD]).title is None


def test_without_a_headline_every_paragraph_stays():
    page = split_page(["Local", "The ships sailed on Monday.", "All."])
    assert page.title is None
    assert page.body == ("Local", "The ships sailed on Monday.", "All.")


def test_a_byline_above_the_headline_stays_the_byline():
    page = split_page(["By Ann Poe", HEADLINE, TOLD])
    assert (page.title, page.byline, page.body) == (HEADLINE, "By Ann Poe", (TOLD,))


def test_a_lone_by_takes_the_next_paragraph():
    page = split_first([HEADLINE, "By", "Ann Poe", "Ships sailed."])
    assert page.byline == "By Ann Poe"
    assert page.body == ("Ships sailed.",)


# FNC-1


def test_bodies_are_read_with_their_ids(tmp_path: Path):
    content = 'Body ID,articleBody\n0,"Ships sailed.\n\nAll of them."\n7,Piers shut.\n'
    (tmp_path / "train_bodies.csv").write_text(content, encoding="utf8")
    found, _ = articles_of("fnc-1", tmp_path)
    assert [(article.id, article.text) for article in found] == [
        ("fnc-0", "Ships sailed.\n\nAll of them."),
        ("fnc-7", "Piers shut."),
    ]


# NeuS


def neus(folder: Path, sides: str, summaries: str):
    parts = folder / "data/naacl2022_lrc_roundup_random_order_probe"
    parts.mkdir(parents=True)
    (parts / "val.source").write_text(sides, encoding="utf8")
    (parts / "val.target").write_text(summaries, encoding="utf8")
    return articles_of("neus", folder)


def titled(title: str, text: str) -> str:
    return f"TITLE=> {title}. ARTICLE=> {text} "


def test_reports_and_summary_of_neus_are_articles_of_one_event(tmp_path: Path):
    sides = "[SEP] ".join(titled(name, f"{name} saw it.") for name in ("Tern", "Gull", "Crow"))
    found, skipped = neus(tmp_path, f"{sides}\n", titled("All", "They saw it.") + "\n")
    assert [(one.id, one.title, one.body, one.kind) for one in found] == [
        ("neus-1-1", "Tern", "Tern saw it.", "report"),
        ("neus-1-2", "Gull", "Gull saw it.", "report"),
        ("neus-1-3", "Crow", "Crow saw it.", "report"),
        ("neus-1-summary", "All", "They saw it.", "summary"),
    ]
    assert {one.event for one in found} == {"neus-1"}
    assert skipped == []


def test_texts_of_neus_that_are_empty_or_repeated_are_skipped_with_the_reason(tmp_path: Path):
    sides = "[SEP]".join([titled("A", "Seen."), titled("B", ""), titled("C", "Seen.")])
    found, skipped = neus(tmp_path, f"{sides}\n", titled("", "Heard.") + "\n")
    assert [(one.id, one.title) for one in found] == [("neus-1-1", "A"), ("neus-1-summary", None)]
    assert skipped == [("neus-1-2", "no running text"), ("neus-1-3", "same text as neus-1-1")]


@pytest.mark.parametrize(
    ("sides", "summaries", "problem"),
    [
        ("", "", r"val\.source: is empty"),
        (titled("A", "Seen."), "", r"val\.target: is empty"),
        (
            titled("A", "a") + "\n" + titled("B", "b"),
            titled("C", "c"),
            r"target: has 1 lines, .* 2",
        ),
        ("Seen.", titled("C", "c"), r"record neus-1-1: field 'text': must have the form TITLE"),
    ],
)
def test_lines_of_neus_of_another_form_are_one_line(
    sides: str, summaries: str, problem: str, tmp_path: Path
):
    with pytest.raises(InputError, match=problem):
        neus(tmp_path, sides, summaries)


# SheepDog


def write_retellings(folder: Path, news: list[str], **tones: list[str]) -> None:
    for name in ("news_articles", "reframings"):
        (folder / "data" / name).mkdir(parents=True)
    files: dict[str, dict[str, Any]] = {"news_articles/politifact_train": {"news": news}}
    for tone in TONES:
        texts = tones.get(tone, [f"{tone}: {text}" for text in news])
        files[f"reframings/politifact_train_{tone}"] = {"rewritten": texts}
    for name, content in files.items():
        labels = {"labels": [number % 2 for number in range(len(news))]}
        (folder / "data" / f"{name}.pkl").write_bytes(pickle.dumps(content | labels))


def test_retellings_point_at_their_original(tmp_path: Path):
    write_retellings(tmp_path, ["Ships sailed.  All of them.", "Piers shut."])
    found, left_out = articles_of("sheepdog", tmp_path)
    assert len(found) == 2 * 5
    assert left_out == []
    original, retelling = found[0], found[3]
    assert (original.id, original.event, original.original) == ("politifact-0",) * 2 + (None,)
    assert retelling.id == "politifact-1-emotionally_triggering"
    assert retelling.kind == "emotionally_triggering"
    assert (original.group, found[1].group, retelling.group) == ("true", "false", None)
    assert (retelling.event, retelling.original) == ("politifact-1", "politifact-1")


def test_runs_of_blanks_become_line_breaks_and_a_headline(tmp_path: Path):
    write_retellings(tmp_path, ["Harbour town reopens its pier!  Ships sailed.    All of them."])
    found, _ = articles_of("sheepdog", tmp_path)
    assert found[0].title == "Harbour town reopens its pier!"
    assert found[0].body == "Ships sailed.\nAll of them."


def test_equal_originals_are_one_and_refusals_none(tmp_path: Path):
    refused = ["Piers shut.", "I'm sorry, but I can't write that."]
    write_retellings(tmp_path, ["Ships sailed.", "Ships sailed."], neutral=refused)
    found, left_out = articles_of("sheepdog", tmp_path)
    assert left_out == [
        ("politifact-1", "same text as politifact-0"),
        ("politifact-1-neutral", "refusal instead of a retelling"),
    ]
    assert {article.original for article in found} == {None, "politifact-0"}


def test_files_of_different_length_do_not_line_up(tmp_path: Path):
    write_retellings(tmp_path, ["Ships sailed."], sensational=["One.", "Two."])
    with pytest.raises(InputError, match="must have 1 items, not 2"):
        articles_of("sheepdog", tmp_path)


class Trap:
    """Runs a command when it is unpickled."""

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return os.system, ("exit 1",)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_pickle_that_names_anything_is_refused(tmp_path: Path, protocol: int):
    path = tmp_path / "trap.pkl"
    path.write_bytes(pickle.dumps({"news": [Trap()]}, protocol=protocol))
    with pytest.raises(InputError, match=r"trap.pkl: is a pickle that names \w+.system"):
        load_plain(path)


@pytest.mark.parametrize("content", [b"", b"no pickle", pickle.dumps([1, 2])[:-3], b"\x80\xff."])
def test_a_broken_pickle_is_one_line(tmp_path: Path, content: bytes):
    path = tmp_path / "broken.pkl"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"broken.pkl: is not a readable pickle"):
        load_plain(path)


@pytest.mark.parametrize(
    "put", [b"p2000000000\n", b"r\xff\xff\xff\x7f", b"r\xff\xff\xff\xff", b"q\xff"]
)
def test_a_pickle_that_asks_for_much_memory_is_refused(tmp_path: Path, put: bytes):
    path = tmp_path / "vast.pkl"
    path.write_bytes(b"\x80\x02]" + put + b".")
    with pytest.raises(InputError, match=r"vast\.pkl: is a pickle that asks for more memory"):
        load_plain(path)


@pytest.mark.parametrize("start", [b"\x8e", b"\x8d", b"\x96", b"\x95"])
def test_a_pickle_that_announces_more_than_it_holds_is_one_line(tmp_path: Path, start: bytes):
    path = tmp_path / "vast.pkl"
    path.write_bytes(b"\x80\x05" + start + (1 << 34).to_bytes(8, "little") + b"x.")
    with pytest.raises(InputError, match=r"vast\.pkl: is not a readable pickle: \w"):
        load_plain(path)


def test_a_reference_out_of_the_pickle_is_refused(tmp_path: Path):
    path = tmp_path / "away.pkl"
    path.write_bytes(b"Pelsewhere\n.")
    with pytest.raises(InputError, match="objects outside itself"):
        load_plain(path)


def test_plain_data_comes_back(tmp_path: Path):
    plain = {"news": ["a", "b"], "labels": [0, 1.5, None, True, (2,)]}
    path = tmp_path / "plain.pkl"
    path.write_bytes(pickle.dumps(plain))
    assert load_plain(path) == plain


# Files that are not as they should be


def fnc(folder: Path, content: bytes) -> list[Article]:
    (folder / "train_bodies.csv").write_bytes(content)
    return articles_of("fnc-1", folder)[0]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "field 'Body ID': expected once among the columns, not 0 times"),
        (b"\0\0", "field 'Body ID': expected once"),
        (b"1,Text.\n", "field 'Body ID': expected once"),
        (b"Body ID,articleBody,articleBody\n1,a,b\n", "field 'articleBody': .* not 2 times"),
        (b"Body ID,articleBody\n1,a\n2,a,b\n", "record 2: has 3 fields, the header 2"),
        (b"Body ID,articleBody\n1\n", "record 1: has 1 fields, the header 2"),
        (b"Body ID,articleBody\n1,\n", "record 1: field 'articleBody': is missing"),
        (b'Body ID,articleBody\n1,"a', "record 1: is not CSV near line 2"),
        (b"Body ID,articleBody\n1,\xff\n", "record 1: is not UTF-8"),
        (b"\xff\xfeB", "is UTF-16"),
    ],
)
def test_a_table_of_another_form_is_one_line(tmp_path: Path, content: bytes, problem: str):
    with pytest.raises(InputError, match=rf"train_bodies\.csv: {problem}") as caught:
        fnc(tmp_path, content)
    assert "\n" not in str(caught.value)


def test_a_record_that_is_no_article_is_named_with_its_corpus(tmp_path: Path):
    with pytest.raises(InputError) as caught:
        fnc(tmp_path, b"Body ID,articleBody\n1, \n")
    assert str(caught.value).startswith(f"{tmp_path}: record fnc-1: field 'text': is empty")


def test_an_id_that_occurs_twice_in_a_corpus_is_refused(tmp_path: Path):
    with pytest.raises(InputError) as caught:
        fnc(tmp_path, b"Body ID,articleBody\n1,Ships sailed.\n1,Piers shut.\n")
    assert str(caught.value).startswith(f"{tmp_path}: record fnc-1: field 'id': occurs twice")


@pytest.mark.parametrize("name", sorted(set(CORPORA) - {"articles"}))
@pytest.mark.parametrize("kind", ["fifo", "folder", "loop"])
def test_what_stands_in_place_of_a_file_is_never_read(name: str, kind: str, tmp_path: Path):
    with pytest.raises(InputError) as missing:
        articles_of(name, tmp_path)
    place = Path(str(missing.value.file))
    place.parent.mkdir(parents=True, exist_ok=True)
    {"fifo": os.mkfifo, "folder": os.mkdir, "loop": lambda path: path.symlink_to(path)}[kind](place)
    with pytest.raises(InputError) as caught:
        articles_of(name, tmp_path)
    assert caught.value.file == str(place)
    assert "\n" not in str(caught.value)


# A corpus of one's own


def test_article_files_of_a_folder_are_read_by_path(tmp_path: Path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "x.txt").write_text("Title\nShips sailed.", encoding="utf8")
    (tmp_path / "a.jsonl").write_text('{"id": "1", "text": "Piers shut."}', encoding="utf8")
    (tmp_path / "c.csv").write_text("id,body\n2,All.\n", encoding="utf8")
    (tmp_path / "LICENSE").write_text("free", encoding="utf8")
    found, left_out = articles_of("articles", tmp_path)
    assert [article.id for article in found] == ["1", "x", "2"]
    assert left_out == [("LICENSE", "not an article file")]


def test_a_folder_without_articles_is_an_error(tmp_path: Path):
    with pytest.raises(InputError, match="holds no article file"):
        articles_of("articles", tmp_path)


def test_an_unknown_reader_names_the_known_ones(tmp_path: Path):
    with pytest.raises(InputError, match="article-comparisons, articles, fnc-1, mixset"):
        articles_of("nonesuch", tmp_path)


def test_a_corpus_that_was_not_fetched_says_so(tmp_path: Path):
    with pytest.raises(InputError, match="run the fetch stage first"):
        articles_of("fnc-1", tmp_path / "fnc-1")


@pytest.mark.parametrize("name", sorted(set(CORPORA) - {"articles"}))
def test_a_missing_file_of_a_corpus_is_named(name: str, tmp_path: Path):
    with pytest.raises(InputError, match=rf"{tmp_path}/.*(csv|json|pkl|source): "):
        articles_of(name, tmp_path)


# The real ones

RECORDS = {
    "article-comparisons": (680, {None}),
    "fnc-1": (1683, {None}),
    "neus": (1228, {"report", "summary"}),
    "sheepdog": (
        1800,
        {None, "emotionally_triggering", "neutral", "objective", "sensational"},
    ),
}
"""By corpus the texts of its pinned files, and the kinds that it declares."""


@pytest.mark.mirror
@pytest.mark.skipif(not MIRROR.is_dir(), reason="no mirror of the corpora here")
@pytest.mark.parametrize("name", RECORDS)
def test_every_text_of_the_real_corpora_is_an_article_or_left_out_with_a_reason(
    name: str, tmp_path: Path
):
    manifest = read_manifest(ROOT / "data" / "manifests" / f"{name}.yaml")
    report = fetch(manifest, tmp_path / name, mirror=MIRROR)
    assert report.count("mirror") == len(manifest.sources)
    found, left_out = articles_of(name, tmp_path / name)
    records, kinds = RECORDS[name]
    assert len(found) + len(left_out) == records
    assert {article.kind for article in found} == kinds
    assert all(reason for _, reason in left_out)
    assert len({article.id for article in found}) == len(found)
    known = {article.id for article in found}
    assert {article.original for article in found} <= known | {None}


@pytest.mark.mirror
@pytest.mark.skipif(not MIRROR.is_dir(), reason="no mirror of the corpora here")
def test_the_gold_corpus_can_be_fetched_by_the_names_in_its_table(tmp_path: Path):
    manifest = read_manifest(ROOT / "data" / "manifests" / "polnear.yaml")
    report = fetch(manifest, tmp_path, mirror=MIRROR)
    folders = Counter(Path(path).parent.as_posix() for path, _ in report.origins)
    assert folders == {
        "data": 1,
        "data/dev/attributions": 94,
        "data/dev/text": 84,
        "data/train/attributions": 919,
        "data/train/text": 840,
        "nlp/english/rules": 1,
    }
