"""From raw articles to clean ones: what is mended, what is dropped, and that it is counted."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reframing.documents.params import PrepareParams
from reframing.documents.records import Article, Span, Target
from reframing.documents.tokens import words
from reframing.reading.prepare import Dropped, clean, prepare

PARAMS = PrepareParams()
BODY = (
    "The board said on Monday that the dam had lost a third of its water in a week. "
    "It blamed a valve that was fitted in the spring of last year and had not been tested since.\n"
    "Engineers who had warned of the risk said that they were not surprised by the news."
)


def article(body: str = BODY, id: str = "a", **fields: object) -> Article:
    return replace(Article(id, body, "Dam loses water", outlet="The Marlow Courier"), **fields)


def cleaned(body: str) -> str:
    return clean(article(body)).body


def reasons(dropped: list[Dropped]) -> list[tuple[str, str, int]]:
    return [(record.id, record.reason, record.paragraphs) for record in dropped]


def test_clean_article_stays_as_it_is() -> None:
    assert prepare([article()], PARAMS) == ([article()], [])


def test_prepared_articles_are_not_changed_again() -> None:
    messy = article("It’s &amp; was\u00a0 \u200bwet.\r\n\r\n" + BODY)
    [once], _ = prepare([messy], PARAMS)
    assert prepare([once], PARAMS) == ([once], [])


def test_order_of_the_input_is_kept() -> None:
    articles = [article(BODY + f" It took {i} days.", id) for i, id in enumerate("cab")]
    assert [kept.id for kept in prepare(articles, PARAMS)[0]] == ["c", "a", "b"]


def test_markup_is_taken_out() -> None:
    paragraphs = "".join(f"<p>{line}</p>" for line in BODY.split("\n"))
    page = f"<html><body><article><h1>Dam loses water</h1>{paragraphs}</article></body></html>"
    text = cleaned(page)
    assert "<" not in text
    assert all(line in text for line in BODY.split("\n"))


def test_comparison_signs_are_no_markup() -> None:
    assert cleaned("Levels fell <5% where x > 3 and y < 2.") == (
        "Levels fell <5% where x > 3 and y < 2."
    )


def test_character_references_are_resolved() -> None:
    assert cleaned("Pell &amp; Quill said &#8220;no&#8221;.") == "Pell & Quill said “no”."


@pytest.mark.parametrize(
    "right",
    ["the board’s “plan” – so far", "the café’s £5 fee", "Zoë’s “coup”", "“Łódź”", "20\u00a0°C"],
)
def test_utf8_read_as_windows_1252_is_read_again(right: str) -> None:
    bytes_undefined_there = {b: chr(b) for b in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
    wrong = "".join(
        bytes_undefined_there.get(b) or bytes([b]).decode("cp1252") for b in right.encode("utf8")
    )
    assert cleaned(wrong) == right.replace("\u00a0", " ")


def test_misread_character_among_right_ones_is_read_again() -> None:
    wrong = "It’s".encode().decode("cp1252")
    assert cleaned(f"{wrong} by Šárka, “she” said — Łódź") == "It’s by Šárka, “she” said — Łódź"


@pytest.mark.parametrize(
    "right", ["the ‘café’”", "“à la ‘carte’”", "ESPAÑA® – «NOËL»", "São Tomé™…"]
)
def test_accents_before_punctuation_are_not_misread(right: str) -> None:
    assert cleaned(right) == right


def test_control_characters_and_runs_of_blanks_go() -> None:
    assert cleaned("\ufeffOne\u200b  two\u00a0\u2003three\x07\t four") == "One two three four"


def test_every_kind_of_line_break_is_one() -> None:
    assert cleaned("a\r\nb\rc\u2028d\u2029e\x85f\n\n\ng") == "a\nb\nc\nd\ne\nf\ng"


def test_composed_and_decomposed_letters_are_the_same() -> None:
    assert cleaned("cafe\u0301") == "caf\u00e9"


def test_blank_title_is_no_title() -> None:
    assert clean(article(title=" \n ")).title is None


def test_title_is_one_line() -> None:
    assert clean(article(title=" Dam\nloses  water ")).title == "Dam loses water"


def test_article_with_targets_keeps_its_offsets() -> None:
    messy = article("The  dam &amp; the weir.", targets=(Target(Span(20, 23)),))
    assert clean(messy) == messy


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement",
        "Read more: Ten dams that failed",
        "Share this article",
        "Sign up for our newsletter",
        "Photo by Tessa Quill",
        "© 2024 The Marlow Courier",
        "The Marlow Courier. All rights reserved.",
        "(Reporting by Tessa Quill in Northvale; Editing by Rona Pell)",
        "Subscribe",
        "Subscribe to our newsletter for the latest from the valley.",
        "* * *",
    ],
)
def test_furniture_of_a_single_article_is_taken_out_and_counted(line: str) -> None:
    kept, dropped = prepare([article(f"{BODY}\n{line}")], PARAMS)
    assert kept == [article()]
    assert reasons(dropped) == [("a", "furniture", 1)]


@pytest.mark.parametrize(
    "line",
    [
        "Share prices fell by a tenth after the board had spoken.",
        "Pictures of the valve were shown to the council.",
        "Photographs of the valve were shown to the council.",
        "Readers wrote in to complain of the smell.",
        "Reporting by the board had been late for years, the auditors found.",
        "Register offices along the river were closed for two days, and people had to wait.",
        "Download speeds in the valley have been poor since the mast fell.",
        "Like this one, the older dam failed in a dry spring.",
        "Copyright law does not cover such plans, the judge said.",
    ],
)
def test_sentence_that_begins_like_furniture_stays(line: str) -> None:
    kept, _ = prepare([article(f"{BODY}\n{line}")], PARAMS)
    assert kept[0].body.endswith(line)


def outlet_articles(n: int, line: str) -> list[Article]:
    """Articles of one outlet, each with its own text, that all end with `line`."""
    bodies = (f"It took {i} days. {BODY}".replace("\n", f" In {i} days, ") for i in range(n))
    return [article(f"{body}\n{line}", f"a{i}") for i, body in enumerate(bodies)]


def test_sentence_repeated_in_stories_of_an_outlet_is_furniture() -> None:
    articles = outlet_articles(
        PARAMS.furniture_min_stories, "The Courier has served you since 1908."
    )
    kept, dropped = prepare(articles, PARAMS)
    assert all("since 1908" not in a.text for a in kept)
    assert reasons(dropped) == [(a.id, "furniture", 1) for a in articles]


def test_sentence_repeated_less_often_is_text() -> None:
    articles = outlet_articles(PARAMS.furniture_min_stories - 1, "It has happened before.")
    assert prepare(articles, PARAMS) == (articles, [])


def test_long_paragraph_is_text_however_often_it_is_repeated() -> None:
    long = " ".join(["the"] * (PARAMS.furniture_max_words + 1))
    assert prepare(outlet_articles(6, long), PARAMS)[1] == []


def across_outlets(n: int, line: str) -> list[Article]:
    return [replace(a, outlet=f"Outlet {i}") for i, a in enumerate(outlet_articles(n, line))]


def test_sentence_repeated_across_outlets_is_text() -> None:
    assert prepare(across_outlets(6, "So it goes."), PARAMS)[1] == []


@pytest.mark.parametrize("line", ["Type in your postcode", "Pin it", "Join 4,000 happy readers"])
def test_line_repeated_in_stories_of_many_outlets_is_furniture(line: str) -> None:
    kept, dropped = prepare(across_outlets(6, line), PARAMS)
    assert all(line not in a.text for a in kept)
    assert {record.reason for record in dropped} == {"furniture"}


@pytest.mark.parametrize("line", ["By Tessa Quill", "— Rona Pell (@ronapell) May 3, 2019"])
def test_credits_and_signatures_are_text_however_often_they_are_repeated(line: str) -> None:
    assert prepare(across_outlets(6, line), PARAMS)[1] == []


def test_paragraphs_of_one_story_printed_often_are_text() -> None:
    """Revisions of one report share its paragraphs, for they tell one story."""
    told = "The board said on Tuesday that it would ask all towns below the dam to store water for a week."
    bodies = [f"{BODY}\n{told}\nWhat comes next\nUpdate {i} came late." for i in range(6)]
    articles = [article(body, f"a{i}") for i, body in enumerate(bodies)]
    assert prepare(articles, PARAMS) == (articles, [])


def test_second_copy_within_an_outlet_is_dropped() -> None:
    kept, dropped = prepare([article(), article(BODY.upper(), "b")], PARAMS)
    assert [a.id for a in kept] == ["a"]
    assert reasons(dropped) == [("b", "duplicate within outlet", 0)]


def test_copy_in_another_outlet_is_what_is_studied() -> None:
    articles = [article(), article(id="b", outlet="Valley Wire")]
    assert prepare(articles, PARAMS) == (articles, [])


def test_copy_that_the_corpus_declares_a_repost_is_kept() -> None:
    articles = [article(), article(id="b", original="a")]
    assert prepare(articles, PARAMS) == (articles, [])


def test_copy_of_an_article_that_was_dropped_is_judged_alone() -> None:
    short = "Too short to compare."
    _, dropped = prepare([article(short), article(short, "b")], PARAMS)
    assert {reason for _, reason, _ in reasons(dropped)} == {f"fewer than {PARAMS.min_words} words"}


def test_short_article_is_dropped_and_said() -> None:
    kept, dropped = prepare([article("The dam held for now.")], PARAMS)
    assert kept == []
    assert reasons(dropped) == [("a", "fewer than 40 words", 0)]


def test_long_article_is_dropped_and_said() -> None:
    params = replace(PARAMS, max_words=45)
    assert reasons(prepare([article()], params)[1]) == [("a", "more than 45 words", 0)]


def test_text_in_another_language_is_dropped_and_said() -> None:
    body = " ".join(["Der Damm verlor binnen einer Woche ein Drittel seines Wassers."] * 6)
    assert reasons(prepare([article(body)], PARAMS)[1]) == [("a", "language: German", 0)]


def test_every_article_is_kept_or_dropped_once() -> None:
    articles = [article(), article("Short.", "b"), article(id="c"), article(BODY + "\nShare", "d")]
    kept, dropped = prepare(articles, PARAMS)
    gone = [record.id for record in dropped if record.paragraphs == 0]
    assert sorted([a.id for a in kept] + gone) == ["a", "b", "c", "d"]


PROSE = st.lists(
    st.sampled_from(
        "the dam lost £3 of “water” — 4.5% café, she’s well-known (so) & <b ½ …".split()
    ),
    min_size=1,
    max_size=30,
)


@given(st.lists(PROSE, min_size=1, max_size=4))
@settings(max_examples=60)
def test_cleaning_never_loses_a_word(paragraphs: list[list[str]]) -> None:
    body = "\n\n".join("  ".join(paragraph) for paragraph in paragraphs)
    assert list(words(cleaned(body))) == list(words(body))


@given(st.text(max_size=60))
@settings(max_examples=80)
def test_cleaning_any_text_twice_changes_nothing_more(text: str) -> None:
    once = clean(article(text))
    assert clean(once) == once


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It cost &amp;amp;pound;5 &amp;amp;amp; more", "It cost £5 & more"),
        ("the cafÃƒÂ©", "the café"),
    ],
)
def test_what_was_escaped_or_misread_twice_is_read_twice(text: str, expected: str) -> None:
    assert cleaned(text) == expected
