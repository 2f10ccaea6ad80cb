"""From whom an article says that it has its text."""

import pytest

from reframing.documents.records import Article
from reframing.reading.credits import (
    credited_agencies,
    credits_of,
    is_signed,
    label,
    mentions,
    own_agencies,
    signs_for,
)


@pytest.mark.parametrize(
    ("outlet", "letters"),
    [
        ("www.ternpost.org", "ternpost"),
        ("world.ternpost.co.nz/island", "ternpost"),
        ("tern-post.com", "ternpost"),
        ("The Tern Post", "ternpost"),
        ("https://www.ternpost.org/island", "ternpost"),
        ("//ternpost.org", "ternpost"),
        ("https://.", "https"),
        ("", ""),
    ],
)
def test_outlet_has_the_letters_of_its_name_or_address(outlet: str, letters: str) -> None:
    assert label(outlet) == letters


@pytest.mark.parametrize(
    "line",
    [
        "By Ida Holm, The Tern Post",
        "IDA HOLM | Tern Post",
        "By Ida Holm Tern Post",
        "Ida HolmTern Post",
        "Tern Post Staff",
        "By Ida Holm, Tern Post Science Writer",
        "From the Tern Post's Ida Holm",
        "ternpost.org",
        "ternpost.org/2019/05/ferry",
        "Tern Post•",
        "Tern Post Published 4:57 a.m. CT July 15, 2018",
    ],
)
def test_line_signs_for_an_outlet(line: str) -> None:
    assert is_signed(line, "ternpost.org")
    assert signs_for(line, ["other.com", "ternpost.org"])


def test_words_of_a_name_may_be_initials_in_an_address() -> None:
    assert is_signed("By Ida Holm, Tern Island Post", "tipost.org")
    assert is_signed("By Ida Holm, T.I. Post", "tipost.org")
    assert not is_signed("Tom Ingram", "ti.org")


@pytest.mark.parametrize(
    "line",
    [
        "Mayor scolds Tern Post",
        "Tern Post reporter's dog found in ferry",
        "Post",
        "Tern",
        "By Ida Holm",
        "the turn postponed it",
        "",
    ],
)
def test_line_that_names_an_outlet_otherwise_signs_for_none(line: str) -> None:
    assert not signs_for(line, ["ternpost.org"])


@pytest.mark.parametrize(
    "line",
    [
        "(Ida Holm/The Tern Post)",
        "Photo: Ida Holm, Tern Post",
        "— Tern Post (@ternpost) May 3, 2019",
        "He told a reporter, and then the Tern Post, that it was over.",
    ],
)
def test_pictures_posts_and_sentences_sign_for_none(line: str) -> None:
    assert not signs_for(line, ["ternpost.org"])


def test_dateline_and_lone_bylines_are_credits_and_mentions_are_none() -> None:
    body = "\n".join(
        (
            "TERN, May 3 (UPI) — The ferry stays in port.",
            "Its owner spoke to Bloomberg and to Xinhua about it.",
            "It sails in May.",
            "By Ida Holm, dpa",
        )
    )
    signed = credits_of(Article("a", body, byline="Ida Holm, AFP")).signed
    assert credited_agencies(signed) == {"upi", "dpa", "afp"}


def test_contribution_at_the_foot_is_a_credit() -> None:
    foot = "Associated Press writer Ida Holm contributed to this report."
    assert credited_agencies(credits_of(Article("a", f"It sails.\n{foot}")).signed) == {"ap"}


@pytest.mark.parametrize(
    ("sentence", "named"),
    [
        ("The crack was first reported by the Tern Post on Monday.", True),
        ("This article originally appeared on ternpost.org.", True),
        ("The crack was seen first by divers, the Tern Post said.", False),
        ("The news was first reported in May.", False),
    ],
)
def test_who_reported_first_is_read_in_the_sentence_that_says_it(
    sentence: str, named: bool
) -> None:
    body = f"The Tern Post is old. It costs nothing.\n{sentence}"
    assert mentions(credits_of(Article("a", body)).reported, "ternpost.org") is named


@pytest.mark.parametrize(
    ("outlet", "agencies"),
    [
        ("Reuters", {"reuters"}),
        ("uk.reuters.com", {"reuters"}),
        ("apnews.com", {"ap"}),
        ("AP News", {"ap"}),
        ("The Associated Press", {"ap"}),
        ("Cape Apple Times", set()),
        ("", set()),
        (None, set()),
    ],
)
def test_outlet_of_an_agency_is_known_by_name_or_address(
    outlet: str | None, agencies: set[str]
) -> None:
    assert own_agencies(outlet) == agencies


def test_person_with_the_name_of_an_agency_is_no_credit() -> None:
    assert credited_agencies("By Ida Bloomberg") == frozenset()
    assert credited_agencies("Bloomberg News") == {"bloomberg"}
