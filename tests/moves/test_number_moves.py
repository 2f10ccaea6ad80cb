from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reframing.documents.document import Document
from reframing.documents.records import Annotation, Article, Link, Move
from reframing.documents.sentences import split
from reframing.moves import number_moves as numbers
from reframing.moves.context import Context, Side
from two_texts import slugs


def side(text: str, id: str) -> Side:
    article = Article(id=id, body=text)
    nothing = ((), (), (), (), (), ())
    document = Document(article)
    return Side(document, Annotation(id, 0, document.sentences, *nothing))


def context(original: str, repost: str, links: Sequence[tuple[tuple[int, ...], tuple[int, ...]]]):
    linked = tuple(Link(o, r, "edited", 0.9) for o, r in links)
    return Context(side(original, "original"), side(repost, "repost"), linked)


def moves(original: str, repost: str, links=(((0,), (0,)),)) -> list[Move]:
    return list(numbers.find(context(original, repost, links)))


@pytest.mark.parametrize(
    ("original", "repost", "was", "now"),
    [
        (
            "The bridge was closed for 14 months after the flood.",
            "The bridge stayed closed for 40 months after the flood.",
            "14 months",
            "40 months",
        ),
        (
            "The agency received 63 complaints about the lamps.",
            "About the lamps, 36 complaints were received by the agency.",
            "63 complaints",
            "36 complaints",
        ),
        (
            "The clock vanished from the tower on August 30.",
            "The clock vanished from the tower on August 20.",
            "August 30",
            "August 20",
        ),
        (
            "Shares of Oxley Lamps fell 8.6% in early trading.",
            "Shares of Oxley Lamps fell 18.6% in early trading.",
            "8.6%",
            "18.6%",
        ),
        (
            "The mayor opened the lido on Tuesday.",
            "The mayor opened the lido on Thursday.",
            "Tuesday",
            "Thursday",
        ),
        (
            "The film about the ferry cost about €2.3 million to make.",
            "The ferry film cost roughly €3.2 million.",
            "€2.3 million",
            "€3.2 million",
        ),
        (
            "Of the 2,115 who received the vaccine, most stayed well.",
            "Of the 2,511 who received the vaccine, most stayed well.",
            "2,115",
            "2,511",
        ),
        (
            "The council named a 44-year-old baker as its chair.",
            "The council named a 54-year-old baker as its chair.",
            "44-year-old",
            "54-year-old",
        ),
    ],
)
def test_a_changed_value_is_a_move_with_both_spans(original, repost, was, now):
    (move,) = moves(original, repost)
    assert move.move == "number-changed"
    assert move.original is not None
    assert move.repost is not None
    assert move.original.of(original) == was
    assert move.repost.of(repost) == now
    assert (move.original_sentences, move.repost_sentences) == ((0,), (0,))
    assert 0 < move.score <= 1


@pytest.mark.parametrize(
    ("original", "repost"),
    [
        ("It employs five people in Orle.", "It employs 5 people in Orle."),
        ("Output fell 5 per cent in May 2020.", "Output fell 5% in May 2020."),
        ("It has 2,296,400 users in Orle.", "It has nearly 2.3 million users in Orle."),
        ("It has 2,296,400 users in Orle.", "It has 2.3 million users in Orle."),
        ("Work on the seal takes 90 minutes.", "Work on the seal takes an hour and a half."),
        ("The lido cost $4.5 million to build.", "Building the lido cost $4.5m."),
        ("It opened on 27 July 1953 in Orle.", "In Orle it opened on July 27, 1953."),
        ("One in five voters stayed at home.", "A fifth of voters, or 20%, stayed at home."),
        ("A third of the boats sank.", "About 33% of the boats sank."),
    ],
)
def test_format_and_rounding_are_no_move(original, repost):
    assert moves(original, repost) == []


def test_an_omitted_and_an_added_quantity_are_no_move():
    full = "The bridge was closed for 14 months after the flood of 2012."
    short = "The bridge was closed after the flood."
    assert moves(full, short) == []
    assert moves(short, full) == []


def test_a_split_sentence_keeps_its_numbers():
    original = "Three boats sank and 12 sailors were rescued off Orle on Monday."
    repost = "Three boats sank off Orle. On Monday, 12 sailors were rescued."
    assert moves(original, repost, [((0,), (0, 1))]) == []
    assert moves(original, repost, [((0,), (0,)), ((0,), (1,))]) == []


def test_fused_and_reordered_sentences_keep_their_numbers():
    original = "Three boats sank off Orle. On Monday, 12 sailors were rescued."
    repost = "After 12 sailors were rescued on Monday, three boats sank off Orle."
    assert moves(original, repost, [((0, 1), (0,))]) == []


def test_a_number_from_elsewhere_in_the_original_is_no_move():
    original = "The lido was closed for three weeks. In all the lido was closed for nine weeks."
    repost = "The lido was closed for nine weeks."
    assert moves(original, repost) == []


def test_different_units_do_not_compete():
    original = "The board waited 11 days to tell the regulators."
    repost = "The board waited to tell the regulators, who fined it $40,000 and met 15 times."
    assert moves(original, repost) == []


def test_unlinked_sentences_are_not_compared():
    original = "The bridge was closed for 14 months after the flood."
    repost = "The bridge was closed for 40 months after the flood."
    assert moves(original, repost, []) == []


def test_the_time_stamp_of_a_page_is_no_quantity_of_the_report():
    assert moves("Updated: July 16, 2018, 7:52 am", "Updated: July 17, 2018, 9:15 am") == []


def test_swapped_roles_swap_the_spans():
    original = "The agency received 63 complaints about the lamps."
    repost = "The agency received 36 complaints about the lamps."
    (there,), (back,) = moves(original, repost), moves(repost, original)
    assert (there.original, there.repost) == (back.repost, back.original)


WORDS = st.sampled_from(
    "The bridge closed for 14 40 months two dozen men $5 million 5% on Monday July 27, 2016 . in".split()
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(WORDS, min_size=1, max_size=20).map(" ".join))


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_a_verbatim_copy_has_no_move(text):
    n = len(split(Article(id="a", body=text)))
    assert moves(text, text, [((i,), (i,)) for i in range(n)]) == []


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS)
def test_any_two_texts_give_spans_inside_them_and_scores_in_range(original, repost):
    n, m = (len(split(Article(id="a", body=text))) for text in (original, repost))
    links = [(tuple(range(n)), tuple(range(m)))] if n and m else []
    for move in moves(original, repost, links):
        assert move.original is not None
        assert move.repost is not None
        assert move.original.of(original).strip()
        assert move.repost.of(repost).strip()
        assert 0 < move.score <= 1


def test_a_counter_on_the_page_is_no_number() -> None:
    assert moves("Image 3 of 4", "Image 3 of 5") == []


def test_a_short_sentence_whose_verb_no_form_betrays_tells_a_number() -> None:
    original, repost = "The bridge cost 12 million euros.", "The bridge cost 14 million euros."
    assert slugs(numbers.find, original, repost) == ["number-changed"]
