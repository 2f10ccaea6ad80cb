"""The page and the terminal view: nothing lost, nothing run, everything linked and nested."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup
from rich.console import Console

from hand_made import COMPARISON, ORIGINAL, REPOST, span_of
from reframing.moves.catalogue import catalogue
from reframing.records import RELATIONS, Article, Comparison, Move, Span
from reframing.report.entries import entries, shortened
from reframing.report.families import FAMILIES, family_of, label_of
from reframing.report.marks import Layer, lines, nested
from reframing.report.page import render_all, render_html
from reframing.report.sentence_map import rows, sentence_map
from reframing.report.terminal import render_terminal

VOID = {"meta", "input", "path"}


class Page(HTMLParser):
    """What a page holds; a tag that does not nest is an error."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.articles = {"original": "", "repost": ""}
        self.text: dict[str, str] = {}
        self.feed(page)
        assert not self.open, f"left open: {self.open}"

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.elements.append((tag, attributes))
        if tag not in VOID:
            self.open.append((tag, attributes))

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        opened, _ = self.open.pop()
        assert opened == tag, f"</{tag}> closes <{opened}>"

    def handle_data(self, data):
        for _, attributes in self.open:
            if "data-article" in attributes:
                self.articles[attributes["data-article"]] += data
            if "id" in attributes:
                self.text[attributes["id"]] = self.text.get(attributes["id"], "") + data

    @property
    def ids(self) -> list[str]:
        return [attributes["id"] for _, attributes in self.elements if "id" in attributes]

    def values(self, name: str) -> list[str]:
        return [attributes[name] for _, attributes in self.elements if name in attributes]


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(render_html(ORIGINAL, REPOST, COMPARISON))


def terminal(comparison: Comparison = COMPARISON, width: int = 80, **options) -> str:
    console = Console(file=StringIO(), width=width, **options)
    console.print(render_terminal(ORIGINAL, REPOST, comparison))
    return console.file.getvalue()


def test_each_article_stands_in_the_page_character_for_character(page):
    assert page.articles == {"original": ORIGINAL.text, "repost": REPOST.text}


def test_every_move_has_an_entry_and_a_mark_on_each_side_with_a_span(page):
    for entry in entries(ORIGINAL, REPOST, COMPARISON):
        assert f"move-{entry.number}" in page.ids
        assert (f"o-m{entry.number}" in page.ids) == (entry.move.original is not None)
        assert (f"r-m{entry.number}" in page.ids) == (entry.move.repost is not None)
        assert entry.move.explanation in page.text[f"move-{entry.number}"]


def test_no_id_stands_twice_and_every_link_has_its_target(page):
    assert len(page.ids) == len(set(page.ids))
    targets = {href.removeprefix("#") for href in page.values("href")}
    assert targets <= set(page.ids)


def test_keys_that_light_up_exist(page):
    keys = {key for value in page.values("data-key") for key in value.split()}
    lights = {key for value in page.values("data-lights") for key in value.split()}
    assert lights <= keys


def test_linked_sentences_light_each_other(page):
    lights = {
        a["id"]: a["data-lights"] for _, a in page.elements if a.get("id", "").endswith("-s2")
    }
    assert lights == {"o-s2": "o-s2 r-s2", "r-s2": "r-s2 o-s2"}


def test_the_page_needs_no_network():
    page = render_html(ORIGINAL, REPOST, COMPARISON)
    assert not re.search(r"https?:|//[a-z]|url\(|@import|\bsrc=", page)
    assert "default-src 'none'" in page


def test_sections_are_named(page):
    assert page.values("data-section") == ["headline", "lead", "body"] * 2


def test_landmarks_and_labels_are_there(page):
    tags = [tag for tag, _ in page.elements]
    assert {"main", "header", "form", "article", "section"} <= set(tags)
    assert tags.count("h1") == 1
    assert set(page.values("aria-labelledby")) <= set(page.ids)
    numbers = [a for tag, a in page.elements if tag == "a" and a.get("class") == "number"]
    assert numbers[0]["aria-label"] == "Sentence 1 of the original, in the repost: 1"


def test_each_kind_can_be_filtered_and_is_counted(page):
    boxes = [a["id"] for tag, a in page.elements if tag == "input"]
    assert boxes == [f"show-{family.slug}" for family in FAMILIES]
    disabled = [a["id"] for tag, a in page.elements if tag == "input" and "disabled" in a]
    assert disabled == ["show-quotation"]


def hostile(text: str) -> Page:
    original = Article(id=text, title=text, body=f"{text}\n{text}", outlet=text, byline=text)
    spans = [Span(0, len(text)), Span(2, len(original.text) - 2)]
    moves = tuple(Move("entity-changed", span, span, (), (), 1.0, text) for span in spans)
    comparison = replace(
        COMPARISON,
        id=text,
        original_sentences=(),
        repost_sentences=(),
        support=(),
        alignment=(),
        claims=(),
        moves=moves,
    )
    page = Page(render_html(original, original, comparison))
    assert page.articles["original"] == original.text
    return page


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "</style><script>alert(1)</script>",
        "<!-- <b>",
        '" onmouseover="alert(1)',
        "' autofocus onfocus='alert(1)",
        "{{ 7 * 7 }} {% raw %}",
        "&lt;b&gt; &amp;amp;",
        "<img src=x onerror=alert(1)>",
        "javascript:alert(1)",
    ],
)
def test_texts_cannot_become_markup(text):
    page = hostile(text)
    tags = [tag for tag, _ in page.elements]
    assert tags.count("script") == 1
    assert not {"img", "b"} & set(tags)
    names = {name for _, attributes in page.elements for name in attributes}
    assert not {name for name in names if name.startswith("on")} | names & {"autofocus"}


def test_the_page_loads_nothing_sends_no_form_and_has_no_other_base(page):
    (policy,) = [a["content"] for tag, a in page.elements if tag == "meta" and "http-equiv" in a]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert {rules[name] for name in ("default-src", "form-action", "base-uri")} == {"'none'"}


def test_a_move_that_spans_lines_is_marked_in_both():
    span = Span(ORIGINAL.text.index("Noise"), ORIGINAL.text.index("tender"))
    move = replace(COMPARISON.moves[0], original=span, repost=None)
    page = Page(render_html(ORIGINAL, REPOST, replace(COMPARISON, moves=(move,))))
    pieces = [a for tag, a in page.elements if tag == "mark" and a.get("data-key") == "m1"]
    assert len(pieces) == 2
    assert page.articles["original"] == ORIGINAL.text


def test_a_page_without_moves_says_so():
    comparison = replace(COMPARISON, moves=(), relation="verbatim", claims=())
    page = render_html(ORIGINAL, REPOST, comparison)
    assert "No move was found." in page
    assert "copies the original word for word" in page


@pytest.mark.parametrize("relation", RELATIONS)
def test_every_relation_has_its_heading(relation):
    assert "<h1>" in render_html(ORIGINAL, REPOST, replace(COMPARISON, relation=relation))


def test_an_article_without_title_has_no_heading_in_its_text():
    bare = Article(id="bare", body=ORIGINAL.body)
    comparison = replace(COMPARISON, original_sentences=(), alignment=(), moves=())
    page = render_html(bare, REPOST, comparison)
    assert "<h3>" not in page.split('data-article="original"')[1].split("</article>")[0]
    assert Page(page).articles["original"] == bare.text


def test_the_same_comparison_gives_the_same_page():
    pages = {render_html(ORIGINAL, REPOST, COMPARISON) for _ in range(2)}
    assert len(pages) == 1


@settings(max_examples=50)
@given(st.data())
def test_any_spans_nest_and_keep_the_text(data):
    text = data.draw(st.text("ab <&\n\r\"'é", min_size=1, max_size=30))
    place = st.integers(0, len(text))
    spans = data.draw(st.lists(st.tuples(place, place).map(sorted), max_size=6))
    layers = [
        Layer(Span(*span), "mark", (("class", "mark"),), str(number))
        for number, span in enumerate(spans)
        if span[0] < span[1]
    ]
    markup = nested(text, Span(0, len(text)), layers)
    page = Page(f'<p data-article="original">{markup}</p>')
    assert page.articles["original"] == text
    assert sorted(page.ids) == sorted(layer.id for layer in layers)


def test_what_follows_a_mark_comes_once_even_where_the_mark_is_split():
    closing = Markup("<i></i>")
    layers = [
        Layer(Span(0, 3), "mark", (), "a", closing=closing),
        Layer(Span(2, 5), "mark", (), "b", closing=closing),
    ]
    assert nested("abcdef", Span(0, 6), layers) == (
        '<mark id="a">ab<mark id="b">c</mark></mark><i></i><mark>de</mark><i></i>f'
    )


def test_lines_leave_out_empty_ones():
    assert [line.of("a\n\nbc\n") for line in lines("a\n\nbc\n")] == ["a", "bc"]


def test_moves_are_numbered_as_met_in_the_repost():
    numbered = [entry.move.move for entry in entries(ORIGINAL, REPOST, COMPARISON)]
    assert numbered == [
        "hedge-dropped",
        "attribution-dropped",
        "evaluation-added",
        "causality-strengthened",
        "sentence-added",
        "sentence-omitted",
    ]


def test_a_long_phrase_loses_its_middle():
    short = shortened("word " * 100, 40)
    assert len(short) <= 40
    assert short.startswith("word")
    assert "…" in short


def test_families_are_those_of_the_catalogue_in_its_order():
    moves = catalogue().values()
    assert [family.slug for family in FAMILIES] == list(dict.fromkeys(m.family for m in moves))


@pytest.mark.parametrize("move", catalogue().values(), ids=lambda move: move.slug)
def test_a_move_is_of_the_family_that_the_catalogue_says(move):
    assert family_of(move.slug).slug == move.family
    assert label_of(move.slug).lower() == move.slug.replace("-", " ")


def test_rows_hold_every_sentence_once():
    found = rows(COMPARISON)
    assert sorted(i for row in found for i in row.original) == [0, 1, 2, 3]
    assert sorted(j for row in found for j in row.repost) == [0, 1, 2, 3]
    assert [row.relation for row in found][-2:] == ["omitted", "added"]


def test_the_drawing_fills_both_bars():
    drawing = sentence_map(COMPARISON)
    for bar in (drawing.original, drawing.repost):
        assert bar[0].left == 0
        assert bar[-1].left + bar[-1].width == pytest.approx(100, abs=0.1)
    assert len(drawing.bands) == 3


def test_the_terminal_names_relation_survival_and_every_move():
    text = terminal()
    assert "rewritten" in text
    assert "75%, 3 of 4 original sentences; 1 of 4 in the repost are new" in text
    for move in COMPARISON.moves:
        assert label_of(move.move) in text
        assert move.explanation in text
    assert "engineer Ida Moss said → The board will shamefully delay dredging" in text


@pytest.mark.parametrize("width", [30, 80, 200])
def test_the_terminal_view_keeps_to_its_width(width):
    assert max(map(len, terminal(width=width).splitlines())) <= width


def test_escape_sequences_of_a_text_do_not_reach_the_terminal():
    move = replace(COMPARISON.moves[0], explanation="red \x1b[31m alarm \x07 \x9b1m")
    text = terminal(replace(COMPARISON, moves=(move,)))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", text)


def test_square_brackets_are_not_taken_for_styles():
    move = replace(COMPARISON.moves[0], explanation="[bold]not bold[/bold]")
    assert "[bold]not bold[/bold]" in terminal(replace(COMPARISON, moves=(move,)))


def test_a_span_without_words_is_neither_marked_nor_linked():
    blank = replace(COMPARISON.moves[0], original=Span(3, 3), repost=span_of(REPOST, "\n"))
    page = Page(render_html(ORIGINAL, REPOST, replace(COMPARISON, moves=(blank,))))
    assert not {"o-m1", "r-m1"} & set(page.ids)
    assert not {"#o-m1", "#r-m1"} & set(page.values("href"))


OTHER = replace(REPOST, id="harbour/other", title="Dredging waits")
SECOND = replace(COMPARISON, id="second", repost=OTHER.id, moves=COMPARISON.moves[3:])


def test_several_reposts_stand_in_one_page_and_none_lights_another():
    page = Page(render_all(ORIGINAL, [(REPOST, COMPARISON), (OTHER, SECOND)]))
    assert len(page.ids) == len(set(page.ids))
    assert {href.removeprefix("#") for href in page.values("href")} <= set(page.ids)
    assert {"choose-1", "choose-2", "c1-move-6", "c2-move-3"} <= set(page.ids)
    assert "c2-move-4" not in page.ids
    for value in page.values("data-lights"):
        assert len({key.split("-")[0] for key in value.split()}) == 1


def test_overview_counts_the_moves_of_each_repost():
    html = render_all(ORIGINAL, [(REPOST, COMPARISON), (OTHER, SECOND)])
    rows = re.findall(r'<tr><th scope="row">.*?</tr>', html)
    assert [re.sub("<[^>]+>", " ", row).split()[-6:] for row in rows] == [
        ["1", "–", "1", "1", "1", "2"],
        ["–", "–", "–", "–", "1", "2"],
    ]
