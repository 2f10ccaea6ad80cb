"""Forms that news comes in: what an annotation holds, whatever the marks, letters and layout of the text.

Sentences and quotations are the same in every profile; which words hedge or evaluate is asserted of the
lexicon. Of attributions only that is asserted which holds whichever profile finds them.
"""

import json
from pathlib import Path

import pytest

from reframing.documents.records import Annotation, Article, Span
from reframing.measures.annotate import Profile, annotate

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "sample" / "articles.jsonl"


def annotated(body: str, title: str | None = None) -> tuple[Annotation, str]:
    article = Article("a", body, title)
    found = annotate(article, "lexicon")
    check(found, article.text)
    return found, article.text


def check(found: Annotation, text: str) -> None:
    """What must hold of every annotation: offsets inside the text, contents inside sentences."""
    for attribution in found.attributions:
        spans = [attribution.source, attribution.cue, *attribution.content]
        assert all(0 <= span.start < span.end <= len(text) for span in spans if span is not None)
        for content in attribution.content:
            assert any(s.start <= content.start < s.end for s in found.sentences)
            assert any(s.start < content.end <= s.end for s in found.sentences)


def sentences(body: str, title: str | None = None) -> list[str]:
    found, text = annotated(body, title)
    return [sentence.span.of(text) for sentence in found.sentences]


def quotes(body: str) -> list[str]:
    found, text = annotated(body)
    return [quote.span.of(text) for quote in found.quotes]


def markers(body: str, title: str | None = None) -> list[str]:
    """Hedges, boosters and evaluative words as they stand in the text."""
    found, text = annotated(body, title)
    spans = [m.span for m in (*found.hedges, *found.boosters, *found.evaluations)]
    return [span.of(text) for span in sorted(spans)]


# Quotation marks


@pytest.mark.parametrize(
    "marks", ["“”", '""', "‘’", "''", "«»"], ids=["curly", "straight", "british", "plain", "angle"]
)
def test_marks_of_any_style_give_the_same_sentences_and_quotations(marks: str) -> None:
    left, right = marks
    text = f"{left}The pier may close,{right} she said. {left}It leaks.{right} Nobody came."
    assert sentences(text) == [
        f"{left}The pier may close,{right} she said.",
        f"{left}It leaks.{right}",
        "Nobody came.",
    ]
    assert quotes(text) == [f"{left}The pier may close,{right}", f"{left}It leaks.{right}"]


@pytest.mark.parametrize(
    "outer",
    [
        "“They wrote ‘No pier!’ on it,”",
        "‘They wrote “No pier!” on it,’",
        "\"They wrote 'No' on it,\"",
    ],
)
def test_nested_quotation_neither_splits_the_sentence_nor_stands_alone(outer: str) -> None:
    text = f"{outer} she said. He left."
    assert sentences(text) == [f"{outer} she said.", "He left."]
    assert quotes(text) == [outer]


@pytest.mark.parametrize("mark", ["“”", '""', "‘’"], ids=["curly", "straight", "british"])
def test_quotation_over_paragraphs_gives_a_closed_one_for_each(mark: str) -> None:
    left, right = mark
    text = f"{left}It is old.\n\n{left}It leaks. It may go.\n\n{left}We wait,{right} she said.\n\nHe left."
    assert quotes(text) == [
        f"{left}It is old.",
        f"{left}It leaks. It may go.",
        f"{left}We wait,{right}",
    ]
    assert all(quote.closed for quote in annotated(text)[0].quotes)


def test_quotation_that_is_never_closed_ends_with_its_paragraph() -> None:
    found, text = annotated("“It is old. It leaks.\nThe board denies it.")
    assert [(q.span.of(text), q.closed) for q in found.quotes] == [("“It is old. It leaks.", False)]


def test_british_apostrophes_and_possessives_stay_inside_their_quotation() -> None:
    text = "'The boats' owners won't pay, and that's that', said Orrin's aide. 'We can't.'"
    assert quotes(text) == ["'The boats' owners won't pay, and that's that'", "'We can't.'"]


@pytest.mark.parametrize(
    ("american", "british"),
    [
        (
            "“It may close,” she said. “It’s shameful.”",
            "‘It may close’, she said. ‘It’s shameful’.",
        ),
        ("They called it “awful.” He left.", "They called it ‘awful’. He left."),
        ("Mr. Bell and Dr. Orrin may come.", "Mr Bell and Dr Orrin may come."),
        ("At 5 p.m. it clearly rained.", "At 5pm it clearly rained."),
    ],
)
def test_american_and_british_style_give_the_same_records(american: str, british: str) -> None:
    one, other = annotated(american)[0], annotated(british)[0]
    for kind in ("sentences", "quotes", "hedges", "boosters", "evaluations"):
        assert len(getattr(one, kind)) == len(getattr(other, kind))


def test_fence_of_code_is_no_quotation() -> None:
    assert quotes("Before.\n```\nx = 1\n```\nAfter ``all'' of it.") == ["``all''"]


# Capitals and headlines


def test_capitals_change_no_record() -> None:
    text = "The dam may have failed. “It is clearly shameful,” Orrin said. “Why?” Bell asked. U.S. aides left."
    lower, upper = annotated(text)[0], annotated(text.upper())[0]
    assert [s.span for s in lower.sentences] == [s.span for s in upper.sentences]
    for kind in ("quotes", "hedges", "boosters", "evaluations"):
        spans = [[m.span for m in getattr(found, kind)] for found in (lower, upper)]
        assert spans[0] == spans[1] != []


@pytest.mark.parametrize(
    "title",
    [
        "Storm over the bay",
        "Mill fire: 2 dead, 3 hurt",
        "Bell out, Orrin in",
        "A dam. A crack. A cover-up?",
        "‘No’ to port",
        "PORT PLAN: WHAT NEXT?",
    ],
)
def test_headline_without_a_verb_is_one_sentence_and_hedges_nothing(title: str) -> None:
    found, text = annotated("The council met.", title)
    assert found.sentences[0].span.of(text) == title
    assert [s.section for s in found.sentences] == ["headline", "lead"]
    assert found.hedges == ()


def test_evaluation_in_a_headline_without_a_verb_is_found() -> None:
    assert markers("The council met.", "Storm over the bay: a shameful night") == ["shameful"]


# Layout


def test_each_item_of_a_list_is_a_sentence_with_its_marker() -> None:
    items = ["• Two arrests", "- It may be arson", "* No more, police said.", "1. It holds.", "2) Soon.",
             "(a) Later.", "b. Never.", "iv. Always."]  # fmt: skip
    assert sentences("\n".join(items)) == items


def test_second_sentence_of_a_list_item_stands_alone() -> None:
    assert sentences("1. Two men were held. One is 34.") == ["1. Two men were held.", "One is 34."]


@pytest.mark.parametrize(
    "table",
    [
        'Town\tDead\tHurt\nOstby\t2\t3.5\nSt. Alban\t1\t6\' 2"\nN. Marlow\t0\t12"',
        "| Town | Dead | Hurt |\n|---|---|---|\n| Ostby | 2 | 3.5 |\n| St. Alban | 1 | 0.5 |",
        "Town;Dead;Hurt\nOstby;2;3.5\nSt. Alban;1;0.5",
    ],
    ids=["tabs", "pipes", "semicolons"],
)
def test_each_row_of_a_table_is_one_sentence_and_quotes_nothing(table: str) -> None:
    assert sentences(table) == table.split("\n")
    assert quotes(table) == []


def test_transcript_gives_each_turn_its_sentences_with_the_label_on_the_first() -> None:
    turns = [
        "Q: Did you see it?|It was dark.",
        "A: I may have.",
        "Q. Who was there?",
        "A. Nobody.|It's dark.",
        "SMITH: I don't know.|It could be.",
        "MS. ORRIN: He said it leaks.",
        "Mr. Bell: Well --",
        "(CROSSTALK)",
        "[Laughter]",
        "THE COURT: Order!",
    ]
    body = "\n".join(turn.replace("|", " ") for turn in turns)
    assert sentences(body) == [sentence for turn in turns for sentence in turn.split("|")]
    assert quotes(body) == []


def test_hedges_of_a_transcript_are_found() -> None:
    assert markers("Q: Did it leak?\nA: It may have. It clearly did.") == ["may have", "clearly"]


@pytest.mark.parametrize(
    "gap", ["\n\n\n\n", "\r\n\r\n", "\n \t \n", "\u2028\n\u2029", "\n\u00a0\n", "\r"]
)
def test_empty_paragraphs_and_line_ends_of_any_kind_count_for_nothing(gap: str) -> None:
    found, text = annotated(f"It may rain.{gap}“Yes,” he said.{gap}")
    assert [s.span.of(text) for s in found.sentences] == ["It may rain.", "“Yes,” he said."]
    assert [s.paragraph for s in found.sentences] == [1, 2]


# Letters


@pytest.mark.parametrize(
    "blank", ["\u00a0", "\u202f", "\u2009", "\u3000", "\t", "  ", " \u200b", "\ufeff "]
)
def test_blanks_of_any_kind_part_words_and_sentences(blank: str) -> None:
    body = blank.join("The dam may have failed. It clearly did.".split(" "))
    assert len(sentences(body)) == 2
    assert [" ".join(m.replace("\u200b", "").split()) for m in markers(body)][-1].endswith(
        "clearly"
    )
    assert len(markers(body)) == 2


@pytest.mark.parametrize("mark", ["\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff"])
def test_invisible_characters_inside_a_word_hide_nothing(mark: str) -> None:
    assert markers(f"It clear{mark}ly m{mark}ay be a shame{mark}ful plan.") == [
        f"clear{mark}ly",
        f"m{mark}ay",
        f"shame{mark}ful",
    ]


def test_combining_marks_are_part_of_their_word() -> None:
    found, _ = annotated("The re\u0301sume\u0301 may help. It is nai\u0308ve.")
    assert (found.n_tokens, len(found.sentences), len(found.hedges)) == (7, 2, 1)


def test_emoji_are_no_words_and_end_no_sentence() -> None:
    found, text = annotated("It may rain 😀 today 🇩🇪👍🏽. Nobody cares!! 😡 Shameful.")
    assert [s.span.of(text) for s in found.sentences] == [
        "It may rain 😀 today 🇩🇪👍🏽.",
        "Nobody cares!!",
        "😡 Shameful.",
    ]
    assert found.n_tokens == 7


# Carelessness


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("The dam failed.Nobody came.", ["The dam failed.", "Nobody came."]),
        (
            "The mayor left , they said .He may return.",
            ["The mayor left , they said .", "He may return."],
        ),
        ("The dam failed..  Nobody came .", ["The dam failed..", "Nobody came ."]),
        ("the dam failed. nobody came. why? ok", ["the dam failed.", "nobody came.", "why?", "ok"]),
        (
            "it ended at 3 p.m. friday e.g. at st. alban",
            ["it ended at 3 p.m. friday e.g. at st. alban"],
        ),
        ("He left!!!1! Then he came.", ["He left!!!1!", "Then he came."]),
        ("iPhone sales fell. eBay rose.", ["iPhone sales fell.", "eBay rose."]),
    ],
)
def test_careless_typing_still_gives_sentences(body: str, expected: list[str]) -> None:
    assert sentences(body) == expected


def test_misspelt_words_do_not_hide_their_neighbours() -> None:
    assert markers("Teh dam may have faild,and its claerly a shameful palce") == [
        "may have",
        "shameful",
    ]


# Every profile

FORMS = {
    "paragraphs": "“It is old.\n\n“It may leak,” said Lena Orrin.\n\n‘We wait’, an aide of Mr Bell’s added.",
    "capitals": "OFFICIALS SAY DAM MAY HAVE FAILED. “SHAMEFUL,” SAID VERA HOLT.",
    "list": "What is known:\n• Police said two men were held\n1. Arson is suspected, Bell said.\n(a)\n",
    "table": "| Town | Source |\n|---|---|\n| Ostby | police said so |\n\nTown\tDead\nMarlow\t2",
    "transcript": "Q: Did he say it leaks?\nA: He said: it may.\nSMITH: I don't know.\n(CROSSTALK)\nBELL: --",
    "blanks": "\r\n\r\nIt may\u00a0fail\u200b,\u2003Bell said.\r\u2028\ufeff\n \n“N\u00ado,” she said.\n",
    "letters": "😀 The re\u0301sume\u0301 may help 🇩🇪, Bell said 👍🏽.",
    "careless": 'he said it leaks.Nobody came. teh mayor "denied it , they said .He left',
    "marks": "… — “” '' \"\" ‘ ( ) !!! ??? ,,, 1 2 3",
    "nothing": "",
}


@pytest.mark.parametrize("profile", ["full", "lexicon"])
@pytest.mark.parametrize("form", FORMS)
def test_spans_of_any_form_lie_in_the_text_and_contents_in_sentences(
    form: str, profile: Profile
) -> None:
    article = Article("a", FORMS[form], None)
    check(annotate(article, profile), article.text)


# Length


def sample_parts(words: int) -> list[str]:
    """Bodies of the sample, over and over until there are so many words."""
    lines = SAMPLE.read_text(encoding="utf8").splitlines()
    bodies = [json.loads(line)["body"] for line in lines]
    parts: list[str] = []
    while sum(len(part.split()) for part in parts) < words:
        parts.extend(bodies)
    return parts


@pytest.mark.slow
def test_document_of_100_000_words_has_the_records_of_its_parts() -> None:
    parts = sample_parts(100_000)
    alone = {part: annotate(Article("a", part), "lexicon") for part in set(parts)}
    whole = annotate(Article("a", "\n\n".join(parts)), "lexicon")
    offset = 0
    expected: dict[str, list[Span]] = {
        "quotes": [],
        "hedges": [],
        "boosters": [],
        "evaluations": [],
    }
    bounds: list[Span] = []
    for part in parts:
        found = alone[part]
        bounds += [Span(s.start + offset, s.end + offset) for s in found.sentences]
        for kind, spans in expected.items():
            moved = (record.span for record in getattr(found, kind))
            spans += [Span(start + offset, end + offset) for start, end in moved]
        offset += len(part) + 2
    assert [sentence.span for sentence in whole.sentences] == bounds
    for kind, spans in expected.items():
        assert [record.span for record in getattr(whole, kind)] == spans
