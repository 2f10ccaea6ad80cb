"""Attributions: cue, source, content, kind, stance and kind of source, on sentences made up here."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reframing.documents.document import Document
from reframing.documents.records import Article, Attribution
from reframing.documents.tokens import tokenize
from reframing.measures.attribution.by_rule import find_attributions


def attributions(body: str, title: str | None = None) -> tuple[str, tuple[Attribution, ...]]:
    document = Document(Article("pier", body, title))
    return document.given.text, document.as_given(find_attributions(document))


def parts(body: str, title: str | None = None) -> list[tuple[str | None, str, list[str]]]:
    text, found = attributions(body, title)
    return [
        (a.source.of(text) if a.source else None, a.cue.of(text), [c.of(text) for c in a.content])
        for a in found
    ]


def only(body: str) -> Attribution:
    _, (attribution,) = attributions(body)
    return attribution


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "The warden said the pier would close in May.",
            ("The warden", "said", ["the pier would close in May"]),
        ),
        (
            "The pier is lost, the warden told reporters on Tuesday.",
            ("the warden", "told", ["The pier is lost"]),
        ),
        (
            "The pier, Lena Okoro argued, is lost.",
            ("Lena Okoro", "argued", ["The pier", "is lost"]),
        ),
        (
            "According to the harbour board, two boats sank.",
            ("the harbour board", "According to", ["two boats sank"]),
        ),
        (
            "Two boats sank, according to police.",
            ("police", "according to", ["Two boats sank"]),
        ),
        (
            "It was announced by the town council that fares would fall.",
            ("the town council", "was announced", ["that fares would fall"]),
        ),
        (
            "The inquiry, which cost a fortune, says the dam is weak.",
            ("The inquiry, which cost a fortune", "says", ["the dam is weak"]),
        ),
        (
            "The warden said in a statement that the talks had failed.",
            ("The warden", "said in a statement", ["that the talks had failed"]),
        ),
        (
            "The governor has called on parliament to resign.",
            ("The governor", "has called on", ["parliament to resign"]),
        ),
        (
            "The tower is seen as a monument to waste.",
            (None, "is seen as", ["The tower", "a monument to waste"]),
        ),
        (
            "There are allegations that the firm hid the bill.",
            (None, "allegations", ["that the firm hid the bill"]),
        ),
        (
            "The firm reportedly lost the contract.",
            (None, "reportedly", ["The firm", "lost the contract"]),
        ),
        (
            "A spokesman for the bank, Lee Park, told the paper that it would appeal.",
            ("A spokesman for the bank, Lee Park", "told", ["that it would appeal"]),
        ),
    ],
)
def test_source_cue_and_content_are_found(
    body: str, expected: tuple[str | None, str, list[str]]
) -> None:
    assert parts(body) == [expected]


def test_quotation_before_an_inverted_cue_is_its_content() -> None:
    body = "“This crossing will bind the two coasts together,” said the Ministry of Ferries."
    quotation = "“This crossing will bind the two coasts together,”"
    assert parts(body) == [("the Ministry of Ferries", "said", [quotation])]


def test_comma_outside_the_quotation_is_no_hindrance() -> None:
    body = "‘The pier is lost’, said Larry Moss, a diver."
    assert parts(body) == [("Larry Moss", "said", ["‘The pier is lost’"])]


def test_quotation_on_both_sides_of_the_cue_is_one_content() -> None:
    body = "“The budget,” Okoro said, “is a mess.”"
    assert parts(body) == [("Okoro", "said", ["“The budget,”", "“is a mess.”"])]


def test_quoted_sentences_that_follow_in_the_paragraph_are_added() -> None:
    body = "“We are ready,” said Ana Ruiz, who runs the port. “Nothing will stop us. Nothing.”"
    (_, _, content), *others = parts(body)
    assert content == ["“We are ready,”", "“Nothing will stop us. Nothing.”"]
    assert others == []


def test_quoted_sentence_of_the_next_paragraph_is_not_added() -> None:
    body = "“We are ready,” said Ana Ruiz.\n“Nothing will stop us.”"
    assert [content for _, _, content in parts(body)] == [["“We are ready,”"]]


def test_quotation_reopened_in_the_next_paragraph_is_added() -> None:
    body = "Ruiz said: “We are ready.\n“Nothing will stop us.”"
    assert parts(body)[0][2] == ["“We are ready.", "“Nothing will stop us.”"]


def test_following_quotation_with_a_cue_of_its_own_is_not_added() -> None:
    body = "“We are ready,” said Ana Ruiz. “Nobody is ready,” said Tom Bell."
    assert [content for _, _, content in parts(body)] == [
        ["“We are ready,”"],
        ["“Nobody is ready,”"],
    ]


def test_statement_behind_a_colon_and_a_line_break_is_the_content() -> None:
    body = "The mayor said:\n“The pier will close in May and open again in June.”"
    assert parts(body)[0][2] == ["“The pier will close in May and open again in June.”"]


def test_verb_without_subject_takes_that_of_its_sentence() -> None:
    body = "The warden warned that prices may rise, adding that bread would follow."
    assert [(source, cue) for source, cue, _ in parts(body)] == [
        ("The warden", "warned"),
        ("The warden", "adding"),
    ]


def test_coordinated_cue_ends_the_content_before_it() -> None:
    body = "The warden praised the divers and blamed the board."
    assert [content for _, _, content in parts(body)] == [["the divers"], ["the board"]]


def test_noun_of_saying_takes_its_genitive_as_source() -> None:
    body = "The firm's claim that sales rose is false."
    source, cue, content = parts(body)[0]
    assert (source, cue, content[0][:16]) == ("The firm's", "claim", "that sales rose ")


def test_headline_with_a_colon_names_source_and_content() -> None:
    expected = ("Warden", ":", ["Old Pier Will Close"])
    assert parts("It opened in May.", title="Warden: Old Pier Will Close") == [expected]


def test_colon_in_a_headline_is_no_cue_where_no_speaker_precedes() -> None:
    assert parts("It opened in May.", title="What next for the pier: a short guide") == []


@pytest.mark.parametrize(
    "body",
    [
        "The report by the auditors was published.",
        "The state of the pier is poor.",
        "The claims were paid within a month.",
        "To say the least, the report was late.",
        "A statement followed within the hour.",
        "The firm has plans for a hotel and support in parliament.",
        "The note lay on the table beside the call button.",
        "The boat left at noon and came back at four.",
    ],
)
def test_words_that_report_nothing_are_no_cues(body: str) -> None:
    assert parts(body) == []


def test_what_a_quoted_person_reports_is_not_the_article_s_attribution() -> None:
    body = "“The board said it would pay,” the warden recalled."
    assert [cue for _, cue, _ in parts(body)] == ["recalled"]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("“The pier is lost,” the warden said.", "direct"),
        ("The warden said the pier is lost.", "indirect"),
        ("The warden said the pier is “lost for good”.", "mixed"),
    ],
)
def test_kind_follows_the_quotation_marks(body: str, kind: str) -> None:
    assert only(body).kind == kind


@pytest.mark.parametrize(
    ("cue", "stance"),
    [
        ("said", "neutral"),
        ("argued", "neutral"),
        ("claimed", "distance"),
        ("alleged", "distance"),
        ("revealed", "endorse"),
        ("admitted", "endorse"),
        ("pointed out", "endorse"),
    ],
)
def test_stance_is_that_of_the_cue(cue: str, stance: str) -> None:
    assert only(f"The warden {cue} that the pier was closed.").stance == stance


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("Lena Okoro", "named"),
        ("Pier manager Lena Okoro", "named"),
        ("The Ministry of Ferries", "named"),
        ("The warden", "role"),
        ("A spokesman for the bank", "role"),
        ("Harbour officials", "role"),
        ("Police", "role"),
        ("The inquiry", "role"),
        ("Officials", "vague"),
        ("Critics", "vague"),
        ("Some residents", "vague"),
        ("Many", "vague"),
        ("Industry experts", "vague"),
    ],
)
def test_kind_of_source_follows_its_head(source: str, kind: str) -> None:
    attribution = only(f"{source} said the pier would close.")
    assert attribution.source_kind == kind


def test_attribution_without_source_has_kind_none() -> None:
    assert only("The firm allegedly lost the contract.").source_kind == "none"


def test_pronoun_has_the_kind_of_the_source_before_it() -> None:
    _, found = attributions("The warden said it was late. She added that the pier was shut.")
    assert [attribution.source_kind for attribution in found] == ["role", "role"]


def test_singular_pronoun_passes_over_a_vague_source() -> None:
    _, found = attributions("Lena Okoro said no. Critics said yes. She insisted that it was no.")
    assert [attribution.source_kind for attribution in found] == ["named", "vague", "named"]


def test_pronoun_without_a_source_before_it_counts_as_named() -> None:
    assert only("He said the pier would close.").source_kind == "named"


WORDS = st.sampled_from(
    'The warden said that “ ” " , . : \n told reporters according to she claimed Okoro and is by '
    "reportedly ( ) — ' allegations who adding saying is seen as expected the pier 😀 \0 \r\n".split(
        " "
    )
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=40).map(" ".join), st.booleans())
def test_spans_of_any_text_are_whole_tokens_in_order(text: str, titled: bool) -> None:
    text, found = attributions(text, "Warden: “no”" if titled else None)
    tokens = tokenize(text)
    starts, ends = set(tokens.starts), set(tokens.ends)
    for attribution in found:
        spans = [attribution.source, attribution.cue, *attribution.content]
        assert all(s.start in starts and s.end in ends and s.start < s.end for s in spans if s)
        content = attribution.content
        assert all(a.end <= b.start for a, b in itertools.pairwise(content))
        assert not any(span.overlaps(attribution.cue) for span in content)
        assert (attribution.source is None) == (attribution.source_kind == "none")
    cues = [attribution.cue for attribution in found]
    assert all(a.end <= b.start for a, b in itertools.pairwise(cues))


def test_text_of_one_endless_sentence_is_read() -> None:
    text, found = attributions("the warden said the pier and " * 300)
    assert len(found) == 300
    assert all(len(a.content) <= 2 for a in found)
    assert text.startswith("the warden")


def test_empty_text_has_no_attribution() -> None:
    assert parts("") == []
