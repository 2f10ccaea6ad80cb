"""The page and the terminal view: nothing lost, nothing run, the verdict true, everything linked and nested."""

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup
from rich.console import Console

from hand_made import COMPARISON, ORIGINAL, REPOST, sentences_of, span_of
from hostile.pages import every_move
from hostile.payloads import PAYLOADS
from reframing.documents.records import RELATIONS, Article, Comparison, Link, Move, Span
from reframing.documents.tokens import tokenize
from reframing.moves.catalogue import catalogue, difference
from reframing.report.dials import FULL, Dial, dials
from reframing.report.entries import by_importance, confidence, entries, important, parted
from reframing.report.families import FAMILIES, family_of
from reframing.report.markup import Diff, Insert, Layer, nested, words_in
from reframing.report.overall import UNMEASURED, Overall, Speaker, Whole
from reframing.report.page import render_all, render_html
from reframing.report.sentence_rows import pieces, rows, runs
from reframing.report.terminal import render_terminal
from reframing.report.verdict import verdict
from reframing.report.wording import (
    contrast,
    headline,
    quoted,
    relation_name,
    shortened,
    source_in,
)

VOID = {"meta", "input"}


class Page(HTMLParser):
    """What a page holds; a tag that does not nest is an error."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.sentences: dict[str, dict[int, str]] = {"original": {}, "repost": {}}
        self.text: dict[str, str] = {}
        self.source, self.beside = page, list[str]()
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
        if not any("data-article" in attributes for _, attributes in self.open):
            self.beside.append(data)
        for _, attributes in self.open:
            if "data-article" in attributes:
                side, place = self.sentences[attributes["data-article"]], attributes["id"]
                number = int(place.rpartition("s")[2])
                side[number] = side.get(number, "") + data
            if "id" in attributes:
                self.text[attributes["id"]] = self.text.get(attributes["id"], "") + data

    @property
    def articles(self) -> dict[str, str]:
        """The text of each side, its sentences in their order."""
        return {
            side: "".join(text for _, text in sorted(found.items()))
            for side, found in self.sentences.items()
        }

    @property
    def numbers(self) -> dict[str, list[str]]:
        """The numbers displayed before the sentences of each side, in the order of the page."""
        found = [attributes for _, attributes in self.elements if "data-article" in attributes]
        return {
            side: [one["data-n"] for one in found if one["data-article"] == side]
            for side in self.sentences
        }

    @property
    def ids(self) -> list[str]:
        return [attributes["id"] for _, attributes in self.elements if "id" in attributes]

    def values(self, name: str) -> list[str]:
        return [attributes[name] for _, attributes in self.elements if name in attributes]


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(render_html(ORIGINAL, REPOST, COMPARISON))


def terminal(
    comparison: Comparison = COMPARISON, width: int = 80, overall: Overall = UNMEASURED, **options
) -> str:
    console = Console(file=StringIO(), width=width, **options)
    console.print(render_terminal(ORIGINAL, REPOST, comparison, overall))
    return console.file.getvalue()


def marks(page: Page, *classes: str) -> list[dict[str, str | None]]:
    return [a for tag, a in page.elements if set(classes) <= set((a.get("class") or "").split())]


def comparison_of(*moves: Move, **changes) -> Comparison:
    return replace(COMPARISON, moves=moves, **changes)


def move(slug: str, was: str | None, now: str | None, score: float = 0.9, at: int = 1) -> Move:
    original = span_of(ORIGINAL, was) if was else None
    repost = span_of(REPOST, now) if now else None
    return Move(slug, original, repost, (at,), (at,), score, "why")


def said(comparison: Comparison, overall: Overall = UNMEASURED) -> str:
    return " ".join(verdict(comparison, entries(ORIGINAL, REPOST, comparison, overall), overall))


def test_each_article_stands_in_the_page_character_for_character(page):
    assert page.articles == {"original": ORIGINAL.text, "repost": REPOST.text}


def test_every_move_is_explained_beside_its_row_and_marked(page):
    for entry in entries(ORIGINAL, REPOST, COMPARISON):
        assert entry.effect in page.text[f"move-{entry.number}"]
        assert any(a["data-n"] == str(entry.number) for a in marks(page, "reference"))


def test_no_id_stands_twice_and_every_link_has_its_target(page):
    assert len(page.ids) == len(set(page.ids))
    targets = {href.removeprefix("#") for href in page.values("href")}
    assert targets <= set(page.ids)


def test_what_lights_up_together_belongs_to_a_move(page):
    assert set(page.values("data-key")) <= set(page.ids)


def test_the_page_needs_no_network():
    page = render_html(ORIGINAL, REPOST, COMPARISON)
    assert not re.search(r"https?:|//[a-z]|url\(|@import|\bsrc=", page)
    assert "default-src 'none'" in page


def test_landmarks_and_labels_are_there(page):
    tags = [tag for tag, _ in page.elements]
    assert {"main", "header", "footer", "section", "h2"} <= set(tags)
    assert tags.count("h1") == 1
    assert set(page.values("aria-labelledby")) <= set(page.ids)
    assert {"Original", "Repost", "Moves here"} <= set(page.values("aria-label"))


def test_every_row_says_what_became_of_it(page):
    rows_ = [a for tag, a in page.elements if "row" in (a.get("class") or "").split()]
    said = [a for tag, a in page.elements if a.get("class") == "margin"]
    assert len(rows_) == len(said) == 5


def test_both_sides_of_a_row_stand_in_it(page):
    assert page.text["row-3"].split("\n", 2)[1].startswith("Noise is linked to fewer seals.")
    assert "Noise drives seals away." in page.text["row-3"]


def test_words_that_differ_are_marked_and_shared_ones_are_not():
    ours, theirs = "The board met for two hours.", "The board met for two pointless hours."
    here = words_in(tokenize(theirs), Span(0, len(theirs)))
    there = words_in(tokenize(ours), Span(0, len(ours)))
    assert [span.of(theirs) for span in Diff(here, there).changed()] == ["pointless"]
    assert not Diff(here, there).is_reworded


def test_a_source_that_is_missing_is_a_caret_and_no_painted_sentence(page):
    dropped = next(e for e in entries(ORIGINAL, REPOST, COMPARISON) if "attr" in e.slug)
    (caret,) = [a for a in marks(page, "caret") if a["data-n"] == str(dropped.number)]
    assert caret["aria-label"] == f"Move {dropped.number}: Attribution dropped, missing here"
    painted = [a for tag, a in page.elements if tag == "mark" and "attribution" in a["class"]]
    assert len(painted) == 1  # in the original


def test_a_caret_stands_where_the_words_stood():
    original, repost = "The wall may fall soon, she said.", "The wall will fall soon."
    here = words_in(tokenize(repost), Span(0, len(repost)))
    there = words_in(tokenize(original), Span(0, len(original)))
    places = [Diff(here, there).place_of(span_of_text(original, w)) for w in ("may", "she said")]
    assert places == [len("The wall"), len("The wall will fall soon")]


def span_of_text(text: str, phrase: str) -> Span:
    return Span(text.index(phrase), text.index(phrase) + len(phrase))


def test_each_kind_can_be_filtered_and_is_counted(page):
    boxes = [a["id"] for tag, a in page.elements if tag == "input"]
    assert boxes == [f"show-{family.slug}" for family in FAMILIES]
    disabled = [a["id"] for tag, a in page.elements if tag == "input" and "disabled" in a]
    assert disabled == ["show-quotation"]


@pytest.fixture(scope="module")
def plain() -> Page:
    return Page(render_html(*every_move("the works")))


@pytest.mark.parametrize("text", PAYLOADS.values(), ids=PAYLOADS)
def test_texts_stay_text(plain, text):
    original, repost, comparison = every_move(text)
    page = Page(render_html(original, repost, comparison))
    shown = {
        side: _CONTROL.sub("�", of.text)
        for side, of in (("original", original), ("repost", repost))
    }
    assert page.articles == shown
    assert made(page) <= made(plain) | {("i", "")}
    assert all(link.startswith("#") for link in page.values("href"))
    assert set(page.values("href")) <= {f"#{id}" for id in page.ids}
    beside = "".join(page.beside)
    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067") & set(beside)
    assert not set("\u2068\u2069") & set(re.sub("\u2068[^\u2068\u2069]*\u2069", "", beside))


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def made(page: Page) -> set[tuple[str, str]]:
    """The elements of a page, each with each of its attributes."""
    return {(tag, name) for tag, attributes in page.elements for name in ("", *attributes)}


def test_the_policy_lets_the_one_script_run_and_nothing_load_or_be_sent(page):
    (policy,) = [a["content"] for tag, a in page.elements if tag == "meta" and "http-equiv" in a]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert {rules[name] for name in ("default-src", "form-action", "base-uri")} == {"'none'"}
    assert set(rules) == {"default-src", "form-action", "base-uri", "style-src", "script-src"}
    (script,) = re.findall("<script>(.*?)</script>", page.source, re.DOTALL)
    digest = b64encode(sha256(script.encode()).digest()).decode()
    assert rules["script-src"] == f"'sha256-{digest}'"
    assert [tag for tag, _ in page.elements if tag in ("form", "button")] == []


def test_control_characters_of_an_article_do_not_reach_the_page():
    repost = replace(REPOST, title="Red \x1b[31mferry\x9b\x00", outlet="The \x07 Quay")
    page = render_html(ORIGINAL, repost, COMPARISON)
    assert not _CONTROL.search(page)


def test_a_move_that_spans_lines_is_marked_in_both():
    span = Span(ORIGINAL.text.index("Noise"), ORIGINAL.text.index("tender"))
    move = replace(COMPARISON.moves[0], original=span, repost=None)
    page = Page(render_html(ORIGINAL, REPOST, replace(COMPARISON, moves=(move,))))
    found = [a for tag, a in page.elements if tag == "mark" and a.get("data-key") == "move-1"]
    assert len(found) > 1
    assert page.articles["original"] == ORIGINAL.text


def test_a_page_without_moves_says_so():
    comparison = replace(COMPARISON, moves=(), relation="verbatim", claims=())
    page = render_html(ORIGINAL, REPOST, comparison)
    assert "<h1 " in page
    assert "No change of framing was found" in page
    assert "What matters most" not in page


@pytest.mark.parametrize(
    ("a", "b", "name"), [(1, 3, "extended"), (3, 1, "trimmed"), (2, 2, "trimmed")]
)
def test_a_copy_that_is_longer_than_its_original_is_not_called_trimmed(a, b, name):
    texts = [Article(id="text", body="word " * n) for n in (a, b)]
    assert relation_name("trimmed", *texts) == name
    assert relation_name("edited", *texts) == "edited"


@pytest.mark.parametrize("relation", RELATIONS)
def test_every_relation_has_its_heading(relation):
    assert "<h1 " in render_html(ORIGINAL, REPOST, replace(COMPARISON, relation=relation))


def test_an_article_without_title_has_no_heading_in_its_text():
    bare = Article(id="bare", body=ORIGINAL.body)
    comparison = comparison_of(original_sentences=(), alignment=())
    page = Page(render_html(bare, REPOST, comparison))
    assert not [a for tag, a in page.elements if tag == "h3" and a["data-article"] == "original"]
    assert page.articles["original"] == bare.text


@pytest.mark.parametrize(
    ("title", "is_one"),
    [
        ("Board delays dredging", True),
        ("Board loses suit in the U.S.", True),
        ("Who delays dredging?", True),
        ("“They knew”", True),
        ("The board will delay dredging until May.", False),
        ("“They knew.”", False),
        (" ".join(["word"] * 23), False),
        ("  ", False),
        (None, False),
    ],
)
def test_a_first_line_that_is_a_sentence_is_no_headline(title, is_one):
    assert (headline(Article("a", "Body.", title)) == title) == (is_one or title is None)


def test_what_is_no_headline_is_shown_as_the_beginning_of_the_text():
    sentence = replace(REPOST, title="Dredging <b>chaos</b> & delays.")
    shifted = comparison_of(repost_sentences=(), alignment=(), support=())
    page = Page(render_html(ORIGINAL, sentence, shifted))
    assert not [a for tag, a in page.elements if tag == "h3" and a["data-article"] == "repost"]
    console = Console(file=StringIO(), width=80)
    console.print(render_terminal(ORIGINAL, sentence, shifted))
    assert console.file.getvalue().startswith(REPOST.id)


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
        Layer(Span(*span), "mark", (("class", "mark"),), Markup("<i></i>"))
        for span in spans
        if span[0] < span[1]
    ]
    inserts = [Insert(at, Markup("<b></b>")) for at in data.draw(st.lists(place, max_size=3))]
    markup = nested(text, Span(0, len(text)), layers, inserts)
    page = Page(f'<p id="o-s1" data-article="original">{markup}</p>')
    assert page.articles["original"] == text
    tags = [tag for tag, _ in page.elements]
    assert (tags.count("i"), tags.count("b")) == (len(layers), len(inserts))


def test_what_follows_a_mark_comes_once_even_where_the_mark_is_split():
    closing = Markup("<i></i>")
    layers = [
        Layer(Span(0, 3), "mark", closing=closing),
        Layer(Span(2, 5), "mark", closing=closing),
    ]
    assert nested("abcdef", Span(0, 6), layers) == (
        "<mark>ab<mark>c</mark></mark><i></i><mark>de</mark><i></i>f"
    )


def test_moves_are_numbered_as_met_in_the_repost():
    numbered = [entry.slug for entry in entries(ORIGINAL, REPOST, COMPARISON)]
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
    assert move.heading.lower() == move.label


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("quote-altered", "evaluation-added"),
        ("attribution-swapped", "lead-promoted"),
        ("hedge-dropped", "quote-truncated"),
        ("agent-dropped", "evaluation-added"),
        ("evaluation-added", "sentence-added"),
    ],
)
def test_what_changes_the_facts_of_framing_comes_before_adjectives(first, second):
    found = comparison_of(move(second, "may", "shamefully"), move(first, "may", "shamefully"))
    ordered = by_importance(entries(ORIGINAL, REPOST, found))
    assert [entry.slug for entry in ordered] == [first, second]


def test_a_headline_weighs_more_than_the_body():
    ranks = [
        entries(ORIGINAL, REPOST, comparison_of(move("hedge-dropped", "may", None, at=at)))[0].rank
        for at in (0, 1, 2)
    ]
    assert ranks[0] > ranks[1] > ranks[2]


def test_at_most_five_entries_matter_most():
    slugs = list(catalogue())[:9]
    found = comparison_of(*(move(slug, "may", "shamefully") for slug in slugs))
    assert len(important(found, entries(ORIGINAL, REPOST, found))) == 5


def test_alike_moves_are_one_entry_with_all_their_places():
    moves = [move("evaluation-added", None, word) for word in ("shamefully", "drives", "asked")]
    found = entries(ORIGINAL, REPOST, comparison_of(*moves, move("hedge-dropped", "may", None)))
    assert sorted(len(entry.places) for entry in found) == [1, 3]
    assert "… and 2 more like it: drives (repost, sentence 2), asked (sentence 2)" in terminal(
        comparison_of(*moves), width=120
    )
    assert "… and 2 more like it" in render_html(ORIGINAL, REPOST, comparison_of(*moves))


def test_changed_words_are_bundled_only_where_they_are_the_same():
    once = move("number-changed", "4 May", "Ships")
    other = move("number-changed", "4 May", "seals")
    found = entries(ORIGINAL, REPOST, comparison_of(once, once, other))
    assert sorted(len(entry.places) for entry in found) == [1, 2]


@pytest.mark.parametrize(
    ("score", "word"),
    [(1, "sure"), (0.8, "sure"), (0.79, "likely"), (0.6, "likely"), (0.5, "check")],
)
def test_scores_are_said_in_words(score, word):
    assert confidence(score) == word


def test_rows_hold_every_sentence_once():
    found = rows(COMPARISON)
    assert sorted(i for row in found for i in row.original) == [0, 1, 2, 3]
    assert sorted(j for row in found for j in row.repost) == [0, 1, 2, 3]
    assert [row.relation for row in found][-2:] == ["omitted", "added"]


def test_rows_follow_the_repost_and_omitted_sentences_the_one_before_them():
    links = (Link((2,), (0,), "copied", 1.0), Link((0,), (1,), "copied", 1.0))
    found = rows(comparison_of(alignment=links))
    assert [(row.original, row.repost) for row in found] == [
        ((2,), (0,)), ((3,), ()), ((0,), (1,)), ((1,), ()), ((), (2,)), ((), (3,)),
    ]  # fmt: skip


def test_linked_sentences_share_a_row():
    links = (Link((0,), (0,), "edited", 0.9), Link((0, 1), (1,), "rewritten", 0.5))
    first = rows(comparison_of(alignment=links))[0]
    assert (first.original, first.repost, first.relation) == ((0, 1), (0, 1), "rewritten")


def test_a_sentence_that_is_taken_up_again_further_down_is_pointed_to():
    links = (Link((1,), (0,), "rewritten", 0.5), Link((1,), (3,), "edited", 0.9))
    comparison = comparison_of(alignment=links)
    found = rows(comparison)
    promoted, home = (next(row for row in found if j in row.repost) for j in (0, 3))
    assert (promoted.original, promoted.elsewhere) == ((), (1,))
    assert home.original == (1,)
    page = Page(render_html(ORIGINAL, REPOST, comparison))
    assert page.articles == {"original": ORIGINAL.text, "repost": REPOST.text}
    assert len(marks(page, "pointer")) == 1


def test_runs_of_sentences_without_counterpart_are_folded():
    comparison = comparison_of(alignment=(Link((0,), (0,), "copied", 1.0),))
    assert [len(run) for run in runs(rows(comparison))] == [1, 3, 3]
    page = render_html(ORIGINAL, REPOST, comparison)
    assert "3 sentences left out" in page
    assert "3 sentences added" in page
    assert page.count("<details") == 2


@settings(max_examples=100)
@given(st.data())
def test_any_links_keep_both_texts_whole(data):
    index = st.lists(st.integers(0, 3), min_size=1, max_size=2, unique=True).map(sorted).map(tuple)
    relation = st.sampled_from(["copied", "edited", "rewritten"])
    links = data.draw(
        st.lists(st.builds(Link, index, index, relation, st.floats(0, 1)), max_size=5)
    )
    comparison = replace(COMPARISON, alignment=tuple(links))
    page = Page(render_html(ORIGINAL, REPOST, comparison))
    assert page.articles == {"original": ORIGINAL.text, "repost": REPOST.text}
    assert {href.removeprefix("#") for href in page.values("href")} <= set(page.ids)
    assert verdict(comparison, entries(ORIGINAL, REPOST, comparison))


def test_what_stands_between_sentences_belongs_to_the_first_of_them():
    found = pieces(ORIGINAL, COMPARISON.original_sentences)
    assert "".join(span.of(ORIGINAL.text) for span in found) == ORIGINAL.text
    assert found[0].of(ORIGINAL.text) == f"{ORIGINAL.title}\n"


def test_the_verdict_says_the_main_reframing_first():
    assert said(COMPARISON) == (
        "The repost states as fact what the original attributes to engineer Ida Moss, and drops a hedge "
        "(“may”). It also strengthens a causal claim (“is linked to fewer” becomes “dredging. Noise drives”). "
        "It keeps three of the original’s four sentences, none of them word for word, and adds one of its own. "
        "Left out: “The tender closes on 4 May”. Added: “Ships were not asked”."
    )


def test_the_verdict_on_a_copy_is_that_nothing_was_found():
    links = tuple(Link((i,), (i,), "copied", 1.0) for i in range(4))
    copy = comparison_of(alignment=links, repost_sentences=COMPARISON.original_sentences)
    assert " ".join(verdict(copy, ())) == (
        "No change of framing was found. "
        "The repost keeps all four sentences of the original word for word and adds none."
    )


def test_the_verdict_does_not_claim_what_is_to_be_checked():
    comparison = comparison_of(move("quote-altered", "may", "shamefully", score=0.5))
    assert said(comparison).startswith("Only one faint sign of a change of framing was found")


def test_the_verdict_on_texts_without_a_link_claims_no_reframing():
    comparison = comparison_of(move("quote-unsupported", None, "shamefully"), alignment=())
    assert said(comparison) == (
        "No sentence of one text corresponds to a sentence of the other. "
        "The original has four sentences, the other text four."
    )
    assert important(comparison, entries(ORIGINAL, REPOST, comparison)) == []


def test_the_verdict_warns_of_separate_reports():
    assert said(replace(COMPARISON, relation="same-event")).startswith(
        "The two texts seem to be separate reports of the same event. The repost states as fact"
    )


MORE_LOADED = Overall(Whole(loaded=0.2), Whole(loaded=0.5, loaded_words=("rotten", "vile")))
PLAINER = Overall(
    Whole(loaded=0.4, loaded_words=("rotten", "vile", "mad", "sly")), Whole(loaded=0.3)
)
UNQUOTED = Overall(
    Whole(quoted=40, words=100, speakers=(Speaker(Span(0, 9), "Ann Bell"),)), Whole(words=50)
)
UNHEARD = UNQUOTED._replace(
    original=replace(UNQUOTED.original, own_quotation="We knew nothing of it,")
)
HARDLY_QUOTED = UNHEARD._replace(repost=Whole(quoted=2, words=100))
OTHER_VOICES = Overall(Whole(voices=("Ann Bell",)), Whole(voices=("critics",), is_vague=True))


@pytest.mark.parametrize(
    ("overall", "says"),
    [
        (MORE_LOADED, "is much more loaded than the original (with “rotten” and “vile” of its own)."),
        (PLAINER, "is slightly plainer than the original (without “rotten”, “vile”, “mad” and others)."),
        (UNQUOTED, "quotes nobody, where the original quotes Ann Bell."),
        (UNHEARD, "quotes nobody, where the original quotes Ann Bell (“We knew nothing of it”)."),
        (HARDLY_QUOTED, "quotes only two words, where the original quotes 40 "
                        "(words of Ann Bell: “We knew nothing of it”)."),
        (OTHER_VOICES, "newly cites critics and no longer cites Ann Bell."),
    ],
)  # fmt: skip
def test_the_verdict_says_what_shows_in_the_texts_as_wholes(overall, says):
    assert said(comparison_of(), overall).startswith(f"The repost {says}")


def test_a_source_is_named_by_one_point_only():
    dropped = move("attribution-dropped", "engineer Ida Moss said", None)
    lost = Overall(Whole(voices=("engineer Ida Moss", "Ann Bell")), Whole())
    text = said(comparison_of(dropped), lost)
    assert "no longer cites Ann Bell." in text
    assert text.count("Ida Moss") == 1


def test_single_evaluations_are_part_of_the_tone_as_a_whole():
    text = said(comparison_of(move("evaluation-added", None, "shamefully")), MORE_LOADED)
    assert "(with “shamefully”, “rotten” and “vile” of its own)" in text
    assert "judgement" not in text


def test_a_faint_difference_in_tone_needs_checking():
    faint = Overall(Whole(loaded=0.2), Whole(loaded=0.25))
    assert said(comparison_of(), faint).startswith("Only one faint sign")
    assert reading(overall=faint)["How loaded"] == "perhaps more loaded"


def test_the_verdict_counts_no_lines_that_are_no_sentences():
    overall = Overall(Whole(numbers=(1, 2, 3, None)), Whole(numbers=(1, 2, 3, None)))
    assert "It keeps all three sentences of the original, none of them word for word, and adds none." in (
        said(COMPARISON, overall)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("links", "keeps"),
    [
        ([((0,), (0, 1)), ((1,), (2, 3))], "keeps two of the original’s four sentences, none of them word for "
                                           "word, divided into four, and adds none."),
        ([((0, 1, 2, 3), (0,))], "keeps all four sentences of the original, none of them word for word, joined "
                                 "into one, and adds three of its own."),
    ],
)  # fmt: skip
def test_the_verdict_says_where_sentences_were_divided_or_joined(links, keeps):
    alignment = tuple(Link(there, here, "rewritten", 0.9) for there, here in links)
    assert keeps in said(comparison_of(alignment=alignment))


def test_an_alteration_with_no_telling_words_of_its_own_is_shown_by_its_sentences():
    (entry,) = entries(ORIGINAL, REPOST, comparison_of(move("quote-altered", "may", "The")))
    assert (entry.strongest.was or "").count(" ") > 3
    assert (entry.strongest.now or "").count(" ") > 3


def test_sentences_are_numbered_as_the_verdict_counts_them():
    comparison = comparison_of(move("hedge-dropped", "may", "drives", at=2))
    overall = Overall(Whole(numbers=(None, 1, 2, 3)), Whole(numbers=(1, None, 2, 3)))
    assert "keeps two of the original’s three sentences" in said(comparison, overall)
    (entry,) = entries(ORIGINAL, REPOST, comparison, overall)
    assert str(entry.strongest.spot) == "repost, sentence 2"
    page = Page(render_html(ORIGINAL, REPOST, comparison, overall))
    assert page.numbers == {"original": ["", "1", "2", "3"], "repost": ["1", "", "2", "3"]}
    assert (
        "hedge dropped  sure, repost, sentence 2" in terminal(comparison, overall=overall).lower()
    )


def test_folded_lines_that_are_no_sentences_are_called_lines():
    comparison = comparison_of(alignment=(Link((0, 1), (0, 1), "copied", 1.0),))
    overall = Overall(Whole(numbers=(1, 2, None, None)), Whole())
    page = render_html(ORIGINAL, REPOST, comparison, overall)
    assert "2 lines left out" in page
    assert "2 sentences added" in page


def test_sentences_of_substance_stand_for_those_left_out():
    omitted = [move("sentence-omitted", words, None, at=i) for i, words in enumerate(SENTENCES)]
    omitted = [replace(m, repost_sentences=()) for m in omitted]
    substance = (0.1, 0.2, 1.0, 0.3)
    found = entries(ORIGINAL, REPOST, comparison_of(*omitted), Overall(Whole(substance=substance)))
    assert found[0].strongest.was == SENTENCES[2]
    assert len(found[0].shown) == 3
    assert len(found[0].others) == 1


SENTENCES = [s.span.of(ORIGINAL.text) for s in COMPARISON.original_sentences]


def test_many_changes_of_one_family_do_not_hide_one_of_another():
    numbers = [move("number-changed", "4 May", now) for now in ("Ships", "seals", "Noise", "board")]
    found = comparison_of(*numbers, move("hedge-added", None, "will", score=0.7))
    ordered = [entry.slug for entry in by_importance(entries(ORIGINAL, REPOST, found))]
    assert ordered.index("hedge-added") < 3


def test_what_needs_checking_comes_after_what_is_likely():
    unsure = move("quote-paraphrased", "may", "will", score=0.59)
    found = comparison_of(unsure, move("quote-truncated", "may", "will", score=0.61))
    first, _ = by_importance(entries(ORIGINAL, REPOST, found))
    assert first.slug == "quote-truncated"


def test_a_word_put_into_a_quotation_is_shown_by_both_sentences():
    (entry,) = entries(ORIGINAL, REPOST, comparison_of(move("quote-altered", None, "shamefully")))
    assert entry.strongest.was == SENTENCES[1]
    assert "shamefully" in (entry.strongest.now or "")


def test_the_verdict_names_no_words_from_beside_a_word_put_into_a_quotation():
    altered = said(comparison_of(move("quote-altered", None, "shamefully")))
    assert "inside a quotation" in altered
    assert "becomes" not in altered
    was, now = "may delay dredging", "will shamefully delay dredging"
    assert f"“{was}” becomes “{now}”" in said(comparison_of(move("quote-altered", was, now)))


def test_words_that_say_nothing_by_themselves_do_not_name_a_place():
    of_the = move("quote-paraphrased", "The tender", "The", at=1)
    (entry,) = entries(ORIGINAL, REPOST, comparison_of(of_the))
    assert parted(entry.places) == ({}, list(entry.places))
    (entry,) = entries(ORIGINAL, REPOST, comparison_of(move("hedge-dropped", "may", None)))
    assert parted(entry.places) == ({"may": list(entry.places)}, [])


@pytest.mark.parametrize("slug", catalogue())
@pytest.mark.parametrize("number", [1, 2, 3, 100])
def test_every_kind_makes_a_sentence(slug, number):
    text = said(comparison_of(*[move(slug, "engineer Ida Moss said", "shamefully")] * number))
    assert not re.search(r"[{}]|  | ,|\(\)|None|\bone (claims|times|places)\b", text)
    assert text.startswith(("The repost ", "No change of framing"))
    assert text.count("(") == text.count(")")


@pytest.mark.parametrize(
    ("phrase", "source"),
    [
        ("said Ann Bell, who runs the port", "Ann Bell"),
        ("according to a port spokeswoman", "a port spokeswoman"),
        ("Officials in Orby say", "officials in Orby"),
        ("The Port Bureau said", "the Port Bureau"),
        ("Shops have reported", "Shops"),
        ("The port has recently confirmed", "the port"),
        ("he said", None),
        ("of the port,” said the mayor of Orby", "the mayor of Orby"),
        ("said its director, Ann Bell", "Ann Bell"),
        ("it was reported, said Ann Bell, that", None),
        ("In a", None),
        ("said", None),
    ],
)
def test_a_source_is_named_where_the_words_make_it_plain(phrase, source):
    assert source_in(phrase) == source


def test_quotations_within_a_quotation_have_single_marks():
    assert quoted('"We heard “never” again,"') == "“We heard ‘never’ again”"


def test_a_quotation_that_ends_within_a_phrase_keeps_its_first_mark():
    assert quoted("“We knew,” she said") == "“‘We knew,’ she said”"


def test_a_long_phrase_in_quotation_marks_loses_its_end():
    assert quoted("The tender closes on 4 May", 20) == "“The tender closes …”"


def test_words_that_turn_others_are_kept_apart_without_what_ends_that():
    assert quoted("\u2069\u202eevil\u2066") == "“evil”"
    assert quoted("\u05e9\u2069\u05dc") == "“\u2068\u05e9\u05dc\u2069”"


def test_words_from_right_to_left_are_kept_apart():
    assert quoted("שלום") == "“\u2068שלום\u2069”"


def test_long_phrases_are_shown_around_what_differs():
    was = "My boat was already drifting far out beyond the old pier"
    now = "My boat was already drifting far out beyond the old wall"
    assert ["".join(piece.text for piece in phrase) for phrase in contrast(was, now)] == [
        "… beyond the old pier", "… beyond the old wall",
    ]  # fmt: skip
    assert difference(was, now) == ("pier", "wall")


def reading(*moves: Move, overall: Overall = UNMEASURED) -> dict[str, str]:
    comparison = comparison_of(*moves)
    found = dials(comparison, entries(ORIGINAL, REPOST, comparison), overall)
    return {dial.scale.label: dial.reading for dial in found}


def test_a_dial_without_moves_has_both_dots_in_one_place():
    for dial in dials(comparison_of(), ()):
        assert dial.original == dial.repost
        assert dial.reading == "nothing found"


def test_dials_that_nothing_turns_have_their_dots_in_the_middle():
    assert {dial.original for dial in dials(comparison_of(), ())} == {50.0}


def test_a_dial_is_as_unsure_as_the_moves_that_turn_it():
    unsure = move("evaluation-added", None, "shamefully", score=0.5)
    assert reading(unsure)["How loaded"] == "perhaps more loaded, 1 move"
    sure = move("evaluation-added", None, "drives", score=0.9)
    assert reading(unsure, sure)["How loaded"] == "more loaded, 2 moves"


def test_a_dial_goes_by_the_texts_as_wholes_where_these_differ_clearly():
    against = move("evaluation-dropped", "may", None)
    assert reading(against, overall=MORE_LOADED)["How loaded"] == "more loaded, 1 move"
    assert reading(overall=UNQUOTED)["Whose words"] == "less as quoted"


def test_dials_say_which_way_the_repost_moved():
    found = reading(
        move("hedge-dropped", "may", None),
        move("evaluation-added", None, "shamefully"),
        move("quote-altered", "may", "will"),
        move("number-changed", "4 May", "Ships"),
        move("agent-dropped", "engineer", "Ships"),
        move("attribution-added", "may", "Ships"),
    )
    assert found == {
        "Who vouches": "more left to sources, 1 move",
        "Whose words": "less as quoted, 1 move",
        "How sure": "surer, 1 move",
        "How loaded": "more loaded, 1 move",
        "How exact": "facts differ, 1 move",
        "Who acts": "names fewer actors, 1 move",
    }


def test_moves_against_each_other_leave_a_dial_where_it_was():
    found = reading(move("hedge-dropped", "may", None), move("hedge-added", None, "will"))
    assert found["How sure"] == "no clear direction, 2 moves"


def sure_dial(*moves: Move) -> Dial:
    comparison = comparison_of(*moves)
    found = dials(comparison, entries(ORIGINAL, REPOST, comparison))
    return next(dial for dial in found if dial.scale.question == "sure")


def test_a_dial_measures_the_moves_for_each_ten_linked_sentences_of_five_at_least():
    dial = sure_dial(move("hedge-dropped", "may", None, score=0.6))
    assert dial.balance == pytest.approx(0.6 * 10 / 5, abs=0.01)


def test_a_dial_ends_where_its_scale_does():
    dial = sure_dial(*[move("hedge-dropped", "may", None)] * 9)
    assert dial.balance > FULL
    assert dial.original < dial.repost <= 100


def test_the_terminal_says_the_verdict_first_and_names_every_move():
    text = terminal(width=300)
    assert "relation: rewritten" in text
    assert text.index("It keeps three of the original’s four sentences") < text.index(
        "What matters most"
    )
    assert text.index("What matters most") < text.index("Attribution (1)")
    for entry in entries(ORIGINAL, REPOST, COMPARISON):
        assert f"{entry.label}  {entry.strongest.confidence}, {entry.strongest.spot}" in text
        assert entry.effect in text
    assert "engineer Ida Moss said → (nothing)" in text


def test_the_terminal_says_in_which_sentence_of_which_text_the_others_are():
    moves = [move("hedge-dropped", "may", None), move("hedge-dropped", "linked", None, at=2)]
    assert "Hedge dropped  sure, repost, sentence 2" in terminal(comparison_of(*moves), width=200)
    text = terminal(comparison_of(*moves, move("hedge-dropped", "fewer", None, at=2)), width=200)
    assert "… and 2 more like it: linked (repost, sentence 3), fewer (sentence 3)" in text


@pytest.mark.parametrize("width", [30, 60, 80, 120, 200])
def test_the_terminal_view_keeps_to_its_width(width):
    assert max(map(len, terminal(width=width).splitlines())) <= width


ESCAPES = "red \x1b[31m alarm \x07 \x9b1m"


def test_escape_sequences_of_a_text_do_not_reach_the_terminal():
    repost = Article(REPOST.id, f"{ESCAPES} will fall.", title=ESCAPES)
    spans = [Span(0, len(ESCAPES)), Span(0, 3)]
    moves = [Move("number-changed", None, span, (), (), 0.9, ESCAPES) for span in spans]
    comparison = comparison_of(*moves, repost_sentences=sentences_of(repost, ESCAPES, "will fall."))
    console = Console(file=StringIO(), width=80)
    console.print(render_terminal(ORIGINAL, repost, comparison_of(*moves, alignment=())))
    console.print(render_terminal(ORIGINAL, repost, replace(comparison, alignment=())))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", console.file.getvalue())


@pytest.mark.parametrize("text", PAYLOADS.values(), ids=PAYLOADS)
def test_no_text_commands_the_terminal_or_turns_what_it_shows(text):
    console = Console(file=StringIO(), width=80)
    console.print(render_terminal(*every_move(text)))
    shown = re.sub("\u2068[^\u2066-\u2069]*\u2069", "", console.file.getvalue())
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)


def test_square_brackets_are_not_taken_for_styles():
    repost = replace(REPOST, title="[bold]not bold[/bold]")
    console = Console(file=StringIO(), width=80)
    console.print(
        render_terminal(ORIGINAL, repost, comparison_of(alignment=(), repost_sentences=()))
    )
    assert "[bold]not bold[/bold]" in console.file.getvalue()


def test_a_span_without_words_is_neither_marked_nor_linked():
    blank = replace(COMPARISON.moves[0], original=Span(3, 3), repost=span_of(REPOST, "\n"))
    page = Page(render_html(ORIGINAL, REPOST, replace(COMPARISON, moves=(blank,))))
    assert not [tag for tag, _ in page.elements if tag == "mark"]
    assert not marks(page, "reference")


OTHER = replace(REPOST, id="harbour/other", title="Dredging waits")
SECOND = replace(COMPARISON, id="second", repost=OTHER.id, moves=COMPARISON.moves[3:])
BOTH = [(REPOST, COMPARISON, UNMEASURED), (OTHER, SECOND, UNMEASURED)]


def test_several_reposts_stand_in_one_page_and_none_lights_another():
    page = Page(render_all(ORIGINAL, BOTH))
    assert len(page.ids) == len(set(page.ids))
    assert {href.removeprefix("#") for href in page.values("href")} <= set(page.ids)
    assert {"choose-1", "choose-2", "c1-move-6", "c2-move-3"} <= set(page.ids)
    assert "c2-move-4" not in page.ids
    assert set(page.values("data-key")) <= set(page.ids)


def test_overview_counts_the_moves_of_each_repost():
    html = render_all(ORIGINAL, BOTH)
    rows = re.findall(r'<tr><th scope="row">.*?</tr>', html)
    assert [re.sub("<[^>]+>", " ", row).split()[-6:] for row in rows] == [
        ["1", "–", "1", "1", "1", "2"],
        ["–", "–", "–", "–", "1", "2"],
    ]
