"""Quotations changed, cut, told in other words, or found nowhere."""

import pytest

from reframing.documents.records import Link
from reframing.moves.context import Context
from reframing.moves.quotation_moves import find
from sample_pairs import sample_sides
from two_texts import pair, seen, slugs

ORIGINAL = (
    "“The pier is simply too old, and nobody wanted to pay for it,” Lena Quist said on Monday."
)


@pytest.mark.parametrize(
    "repost",
    [
        '"The pier is simply too old, and nobody wanted to pay for it," Quist told reporters.',
        "‘The pier is simply too old, and nobody wanted to pay for it,’ Lena Quist said.",
        "“[The pier] is simply too old, and nobody wanted to pay for it,” she said.",
        "“The pier is simply too old,” Quist said, “and nobody wanted to pay for it.”",
    ],
)
def test_the_same_words_in_other_marks_are_no_move(repost: str) -> None:
    assert slugs(find, ORIGINAL, repost) == []


def test_words_joined_by_another_dash_are_the_same() -> None:
    original = "“It was a tar-black, rope–hauling, gull-ridden summer for us,” Lena Quist said."
    repost = '"It was a tar-black, rope-hauling, gull-ridden summer for us," Lena Quist said.'
    assert slugs(find, original, repost) == []


def test_a_changed_word_alters_a_quotation() -> None:
    repost = "“The pier is simply too old, and nobody wished to pay for it,” Lena Quist said."
    assert slugs(find, ORIGINAL, repost) == ["quote-altered"]


def test_a_changed_word_alters_a_short_quotation_of_the_same_sentence() -> None:
    original = "“We will look at every option,” the mayor said."
    assert slugs(find, original, "“We will try every option,” the mayor said.") == ["quote-altered"]


def test_a_word_taken_out_without_a_sign_alters_a_quotation() -> None:
    repost = "“The pier is too old, and nobody wanted to pay for it,” Lena Quist said on Monday."
    assert slugs(find, ORIGINAL, repost) == ["quote-altered"]


def test_an_ellipsis_says_that_words_were_taken_out() -> None:
    repost = "“The pier is … too old, and nobody wanted to pay for it,” Lena Quist said on Monday."
    assert "quote-altered" not in slugs(find, ORIGINAL, repost)


def test_a_gloss_in_brackets_is_not_of_the_quotation() -> None:
    original = "“It (the pier) must be rebuilt before the autumn storms,” she said."
    repost = "“It (the old pier of Norby) must be rebuilt before the autumn storms,” she said."
    assert slugs(find, original, repost) == []


def test_two_quotations_joined_are_unaltered() -> None:
    original = "“We are glad,” she said of the pier. “It will last a hundred years.”"
    repost = "“We are glad. It will last a hundred years,” she said of the pier."
    links = [((0, 1), (0,))]
    assert slugs(find, original, repost, links) == []


def test_two_quotations_joined_are_unaltered_where_neither_is_most_of_them() -> None:
    original = (
        "“He ordered the crew to repair every lamp,” she said. "
        "“They were climbing and painting until he hurt an ankle,” she added."
    )
    repost = (
        "“He ordered the crew to repair every lamp. "
        "They were climbing and painting until he hurt an ankle,” she said."
    )
    assert slugs(find, original, repost) == []


def test_few_words_here_and_there_are_no_quotation_of_a_long_one() -> None:
    original = (
        "“If I had to say what the harbour needs, that would be a crane, and a second pier I would "
        "have thought of later,” she said."
    )
    repost = "“I hadn't thought of that,” she said."
    assert slugs(find, original, repost) == ["quote-unsupported"]


def test_an_end_that_is_cut_off_truncates_a_quotation() -> None:
    repost = "“The pier is simply too old,” Lena Quist said on Monday."
    assert slugs(find, ORIGINAL, repost) == ["quote-truncated"]


def test_a_quotation_in_other_words_is_paraphrased() -> None:
    repost = "Lena Quist said on Monday that the pier was too old and that nobody wanted to pay."
    assert slugs(find, ORIGINAL, repost) == ["quote-paraphrased"]


def test_a_quotation_that_is_left_out_is_not_paraphrased() -> None:
    assert slugs(find, ORIGINAL, "Ships sailed.", links=[]) == []


def test_a_quotation_without_source_in_the_original_is_unsupported() -> None:
    original = "Lena Quist closed the pier on Monday."
    repost = (
        "“The town never cared about its harbour,” said Lena Quist, who closed the pier on Monday."
    )
    found = seen(find, pair(original, repost))
    assert [move.move for move in found] == ["quote-unsupported"]


def test_copied_sentences_have_no_moves() -> None:
    assert slugs(find, ORIGINAL, ORIGINAL) == []


def test_a_copy_of_each_original_of_the_sample_has_no_moves() -> None:
    for id, side in sample_sides().items():
        if id.endswith("/original"):
            n = len(side.sentences)
            links = tuple(Link((i,), (i,), "copied", 1.0) for i in range(n))
            assert list(find(Context(side, side, links))) == []


@pytest.mark.parametrize(
    ("original", "repost"),
    [
        (
            "“We saw rumours about ten boats behind the centre,” Quist said.",
            "“[W]e saw rumors about 10 boats behind the center,” Quist said.",
        ),
        (
            "“We counted 1000 gulls at the pier,” Quist said.",
            "“We counted 1,000 gulls at the pier,” Quist said.",
        ),
    ],
)
def test_another_spelling_or_format_alters_no_quotation(original: str, repost: str) -> None:
    assert slugs(find, original, repost) == []


def test_a_quotation_that_is_retold_within_marks_is_altered_not_unsupported() -> None:
    repost = (
        "“Our pier has grown too old, and nobody was willing to pay,” Lena Quist said on Monday."
    )
    assert slugs(find, ORIGINAL, repost) == ["quote-altered"]


def test_a_title_is_no_quotation_that_was_cut_or_told() -> None:
    original = "The singer of “The Long Way Home to Norby” will play at the pier on Monday."
    repost = "She will play The Long Way Home to Norby at the pier."
    assert slugs(find, original, repost) == []


def test_another_dash_and_another_spelling_cut_nothing() -> None:
    original = "He is “a Grey Harbour–loving, tram-riding clerk,” Bo Lind said of the mayor."
    repost = original.replace("–", "-").replace("“", '"').replace("”", '"')
    repost += " The mayor laughed."
    assert slugs(find, original, repost) == []
