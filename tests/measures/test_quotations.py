"""Quotations: marks, nesting, paragraphs, and what is no quotation."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reframing.measures.quotations import find_quotes


def found(text: str) -> list[str]:
    return [quote.span.of(text) for quote in find_quotes(text)]


@pytest.mark.parametrize(
    "quotation",
    [
        "“The pier will close.”",
        '"The pier will close."',
        "''The pier will close.''",
        "``The pier will close.''",
        "„Der Steg wird geschlossen.“",
        "«La jetée va fermer.»",
        "‘The pier will close.’",
        "'The pier will close.'",
    ],
)
def test_each_style_of_marks_is_found_with_and_without_its_marks(quotation: str) -> None:
    text = f"The warden said {quotation} Nobody answered."
    (quote,) = find_quotes(text)
    assert quote.span.of(text) == quotation
    assert quote.inner.of(text) == quotation.strip("“”\"'`„«»‘’")
    assert quote.closed


def test_two_quotations_around_a_cue_stay_apart() -> None:
    text = '"The pier," she said, "will close."'
    assert found(text) == ['"The pier,"', '"will close."']


def test_curly_opening_may_be_closed_by_a_straight_mark() -> None:
    assert found('He wrote “the pier will close" on the door.') == ['“the pier will close"']


def test_mixed_marks_do_not_swallow_the_next_quotation() -> None:
    text = '“The pier will close" he said. Then “nobody answered,” she said.'
    assert found(text) == ['“The pier will close"', "“nobody answered,”"]
    text = text.translate(str.maketrans('“”"', '""”'))
    assert found(text) == ['"The pier will close”', '"nobody answered,"']


def test_wrongly_turned_closing_mark_still_closes() -> None:
    text = "“The pier will close,“ said the warden."
    assert found(text) == ["“The pier will close,“"]


@pytest.mark.parametrize(
    "text",
    [
        "“They shouted ‘Save the pier’ all night,” she said.",
        '"They shouted “Save the pier” all night," she said.',
        "“They shouted “Save the pier” all night,” she said.",
        "‘They shouted “Save the pier” all night,’ she said.",
        "'They shouted \"Save the pier\" all night,' she said.",
    ],
)
def test_nested_quotation_belongs_to_the_outer_one(text: str) -> None:
    assert found(text) == [text[: text.index(" she said")]]


@pytest.mark.parametrize(
    "text",
    [
        "The workers' union and the dogs' home don't agree on the '90s.",
        "The workers’ union and the dogs’ home don’t agree on the ’90s.",
        "Rock 'n' roll 'em, 'til dawn.",
        'The keeper is 6\'2" tall and the plank is 12" wide.',
        "The keeper is 6’ 2” tall.",
        "It was Lena's turn, it's Tom's, and James' after that.",
    ],
)
def test_apostrophes_and_measures_are_no_quotations(text: str) -> None:
    assert found(text) == []


def test_inches_inside_a_quotation_do_not_close_it() -> None:
    text = 'He said "a 12" plank is enough" and left.'
    assert found(text) == ['"a 12" plank is enough"']


def test_year_before_the_closing_mark_closes() -> None:
    text = 'The pier "opened in 1904" and "closed in 1999" again.'
    assert found(text) == ['"opened in 1904"', '"closed in 1999"']


def test_possessive_plural_inside_british_quotation_does_not_close_it() -> None:
    text = "'The boats' owners will pay,' the warden said."
    assert found(text) == ["'The boats' owners will pay,'"]


def test_contraction_inside_british_quotation_does_not_close_it() -> None:
    text = "‘We won’t go, and that’s that,’ said Kim’s sister."
    assert found(text) == ["‘We won’t go, and that’s that,’"]


def test_quotation_over_paragraphs_gives_one_closed_piece_for_each() -> None:
    text = "“The pier is old.\n\n“It will close,” said the warden."
    quotes = find_quotes(text)
    assert [quote.span.of(text) for quote in quotes] == ["“The pier is old.", "“It will close,”"]
    assert [quote.closed for quote in quotes] == [True, True]


def test_unclosed_quotation_ends_with_its_paragraph_and_is_not_closed() -> None:
    text = "The warden said: “The pier is old.\nNobody answered."
    (quote,) = find_quotes(text)
    assert quote.span.of(text) == "“The pier is old."
    assert not quote.closed


def test_unclosed_single_mark_is_an_apostrophe() -> None:
    assert found("They came ‘round noon, ‘course they did") == []


@pytest.mark.parametrize(
    ("text", "speech"),
    [
        ("“We shall rebuild every plank of it.”", True),
        ("The so-called “reform plan” cost a million.", False),
        ("The “expert” never saw the pier.", False),
        ("The film “The Long Road Home” opens today.", False),
        ("The warden called it “a disgrace”.", True),
        ("“No,” said the warden.", True),
        ("The warden said “no” twice.", True),
        ("“Why now?” It was late.", True),
        ("“What Now for the Old Pier of Orby?” The council meets today.", False),
        ("“What Now for the Old Pier?” asked the warden.", True),
        ("“Shut It Down!” The crowd went on for hours.", True),
    ],
)
def test_speech_is_told_from_scare_quotes_and_titles(text: str, speech: bool) -> None:
    (quote,) = find_quotes(text)
    assert quote.speech is speech


def test_line_break_of_any_kind_ends_a_paragraph() -> None:
    text = "He said “the pier\r\nis old” and left."
    assert [quote.closed for quote in find_quotes(text)] == [False]


TEXTS = st.text(
    alphabet=st.sampled_from(list("aS 1.,!?\n\r\0“”\"'‘’«»„`é😀—(")), max_size=120
) | st.text(max_size=60)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_quotations_of_any_text_are_ordered_disjoint_and_lie_inside_it(text: str) -> None:
    quotes = find_quotes(text)
    for quote in quotes:
        assert 0 <= quote.span.start < quote.span.end <= len(text)
        assert quote.span.contains(quote.inner)
        assert quote.inner.of(text).strip()
    for before, after in itertools.pairwise(quotes):
        assert before.span.end <= after.span.start


@settings(max_examples=50, deadline=None)
@given(TEXTS, TEXTS)
def test_paragraphs_that_open_no_quotation_leave_the_others_alone(first: str, second: str) -> None:
    plain = "Plain words."
    together = find_quotes(f"{first}\n{plain}\n{second}")
    shift = len(first) + len(plain) + 2
    alone = [quote.span for quote in find_quotes(f"{first}\n{plain}")]
    moved = [(s.start + shift, s.end + shift) for s in (q.span for q in find_quotes(second))]
    assert [tuple(quote.span) for quote in together] == [*map(tuple, alone), *moved]
