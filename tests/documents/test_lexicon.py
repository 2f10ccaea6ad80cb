"""Lexicon tables, inflection, and the matcher over tokens."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reframing.documents.errors import InputError
from reframing.documents.lexicon import (
    Entry,
    Lexicon,
    adjective_forms,
    inflected,
    load_lexicon,
    noun_forms,
    read_entries,
    verb_forms,
)
from reframing.documents.tokens import tokenize

HEADER = "entry\tcategory\tinflects\tsource\tnote\n"


def entry(lemma: str, inflects: str = "", category: str = "test") -> Entry:
    return Entry(lemma, category, inflects, "Invented 2026", "")


def found(text: str, *entries: Entry) -> list[str]:
    """The surface forms that a lexicon of `entries` matches in `text`."""
    return [m.span.of(text) for m in Lexicon("test", entries).markers(tokenize(text))]


def test_entry_is_matched_whatever_its_case_and_apostrophe() -> None:
    assert found("MAY and can’t", entry("may"), entry("can't")) == ["MAY", "can’t"]


def test_whole_tokens_are_matched_only() -> None:
    assert found("Mayor may-be maybe dismay", entry("may")) == []


def test_entry_of_several_words_spans_white_space_and_line_breaks() -> None:
    assert found("more or  less,\nmore or\nless", entry("more or less")) == [
        "more or  less",
        "more or\nless",
    ]


def test_punctuation_breaks_an_entry_of_several_words() -> None:
    assert found("as, if", entry("as if")) == []


def test_longest_entry_wins_at_one_place() -> None:
    entries = entry("as"), entry("as if"), entry("as if by magic")
    assert found("as if by magic, as if so, as so", *entries) == ["as if by magic", "as if", "as"]


def test_leftmost_entry_wins_where_two_overlap() -> None:
    assert found("by far the best", entry("far the best"), entry("by far")) == ["by far"]


def test_marker_names_category_and_lemma() -> None:
    lexicon = Lexicon("test", [entry("rule~ out", "verb", "denial")])
    [marker] = lexicon.markers(tokenize("They ruled out a link."))
    assert (marker.category, marker.entry) == ("denial", "rule out")


def test_marked_word_is_the_one_that_inflects() -> None:
    assert inflected(entry("rule~ out", "verb")) == (
        "rule out",
        "rules out",
        "ruled out",
        "ruling out",
    )
    assert inflected(entry("red flag~", "noun")) == ("red flag", "red flags")


def test_first_word_inflects_where_none_is_marked() -> None:
    assert inflected(entry("point to", "verb"))[:3] == ("point to", "points to", "pointed to")


def test_entry_that_does_not_inflect_is_matched_as_it_stands() -> None:
    assert found("hints hint hinted", entry("hint")) == ["hint"]


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("say", "say says said saying"),
        ("claim", "claim claims claimed claiming"),
        ("argue", "argue argues argued arguing"),
        ("deny", "deny denies denied denying"),
        ("convey", "convey conveys conveyed conveying"),
        ("agree", "agree agrees agreed agreeing"),
        ("admit", "admit admits admitted admitting"),
        ("refer", "refer refers referred referring"),
        ("offer", "offer offers offered offering"),
        ("stress", "stress stresses stressed stressing"),
        ("vouch", "vouch vouches vouched vouching"),
        ("go", "go goes went gone going"),
        ("write", "write writes wrote written writing"),
        ("slam", "slam slams slammed slamming"),
        ("lie", "lie lies lied lying"),
        ("report", "report reports reported reporting"),
        ("edit", "edit edits edited editing"),
        ("scrap", "scrap scraps scrapped scrapping"),
        ("begin", "begin begins began begun beginning"),
        ("forbid", "forbid forbids forbade forbidden forbidding"),
        ("run", "run runs ran running"),
        ("duel", "duel duels duelled dueled duelling dueling"),
        ("reveal", "reveal reveals revealed revealing"),
        ("travel", "travel travels travelled traveled travelling traveling"),
        ("underpin", "underpin underpins underpinned underpinning"),
        ("overturn", "overturn overturns overturned overturning"),
        ("uncover", "uncover uncovers uncovered uncovering"),
        ("flip-flop", "flip-flop flip-flops flip-flopped flip-flopping"),
        ("unwind", "unwind unwinds unwound unwinding"),
        ("have", "have has had having"),
        ("undo", "undo undoes undid undone undoing"),
    ],
)
def test_verb_forms(lemma: str, forms: str) -> None:
    assert set(verb_forms(lemma)) == set(forms.split())


@pytest.mark.parametrize(
    "forms",
    [
        "tight tighter tightest", "big bigger biggest", "wide wider widest", "heavy heavier heaviest",
        "narrow narrower narrowest", "simple simpler simplest", "new newer newest", "gay gayer gayest",
        "sweet sweeter sweetest", "bad worse worst", "careful", "expensive", "modern", "external",
    ],
)  # fmt: skip
def test_adjective_forms(forms: str) -> None:
    assert " ".join(adjective_forms(forms.split()[0])) == forms


@pytest.mark.parametrize(
    ("lemma", "plural"),
    [
        ("claim", "claims"),
        ("story", "stories"),
        ("speech", "speeches"),
        ("survey", "surveys"),
        ("spokesman", "spokesmen"),
        ("human", "humans"),
        ("salesperson", "salespersons salespeople"),
        ("analysis", "analyses"),
        ("leaf", "leaves"),
        ("memorandum", "memorandums memoranda"),
        ("stand-off", "stand-offs"),
    ],
)
def test_noun_forms(lemma: str, plural: str) -> None:
    assert set(noun_forms(lemma)) == {lemma, *plural.split()}


def test_row_without_a_source_is_named() -> None:
    table = HEADER + "may\tmodal\t\tHyland 2005\t\nmight\tmodal\t\t\t\n"
    with pytest.raises(InputError, match=r"hedges\.tsv: record 3: field 'source': is empty"):
        list(read_entries(table, "hedges.tsv"))


def test_table_with_other_columns_is_named() -> None:
    with pytest.raises(InputError, match=r"hedges\.tsv: expected the columns entry, category"):
        list(read_entries("entry\tsource\nmay\tHyland 2005\n", "hedges.tsv"))


def test_quotation_marks_in_a_table_stand_for_themselves() -> None:
    [row] = read_entries(HEADER + '"so-called"\tscare\t\tInvented 2026\ta "note"\n', "x.tsv")
    assert row.entry == '"so-called"'
    assert row.note == 'a "note"'


def test_packaged_lexicon_is_read_once() -> None:
    assert load_lexicon("measures/hedges") is load_lexicon("measures/hedges")
    assert len(load_lexicon("measures/hedges")) > 100


ENTRIES = [entry(e) for e in ("a", "a b", "b c", "c", "a b c a")]


@given(st.lists(st.sampled_from("abcd"), max_size=12))
@settings(max_examples=100)
def test_matches_are_entries_in_order_and_apart(letters: list[str]) -> None:
    tokens = tokenize(" ".join(letters))
    end = 0
    for first, last, matched in Lexicon("test", ENTRIES).match(tokens):
        assert end <= first < last
        assert " ".join(tokens.forms[first:last]) == matched.lemma
        end = last


@given(st.permutations(ENTRIES), st.lists(st.sampled_from("abcd"), max_size=12))
@settings(max_examples=50)
def test_order_of_entries_does_not_matter(entries: list[Entry], letters: list[str]) -> None:
    text = " ".join(letters)
    assert found(text, *entries) == found(text, *ENTRIES)
