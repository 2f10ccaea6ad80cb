"""Sentence boundaries: hard cases split by hand, and what holds for every text."""

from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reframing.documents.records import Article, Span
from reframing.documents.sentences import sentence_spans, split

# One case a line; a bar stands for the white space between two sentences.
HARD_CASES = """
The U.S. Senate voted on the bill late on Tuesday.
She moved to the U.S. in 2019.|Her brother stayed behind.
He left the U.S.|They stayed.
The U.K. and U.S. governments signed the treaty.
Gen. Ortiz said the bridge was safe.|No one crossed it.
Lt. Col. Dara Moxley took the call.|She declined to comment.
Dr. Pell, of St. Anne's Hospital, treated both men.
Mr. Harlan and Mrs. Quill met at 4 p.m. Friday.|They parted as friends.
The talks ended at 4 p.m.|Neither side spoke.
Doors open at 9 a.m. Monday and close at noon.
It struck at 2:15 a.m. EST, the agency said.
J. R. Halloway bought the mill.|He never opened it.
Anna K. Brandt won the seat.|Her rival conceded.
The ship took on vitamin C.|It sailed at dawn.
Prices rose 4.5 percent.|Wages rose 2.1 percent.
The fine came to $3.2 million.|It was paid at once.
It fell to 1.08 against the dollar.
See No. 5 on the list.|It is the longest.
Was that a yes or a no?|No.|It was neither.
He ranked No. 1 in the state.
The vote is set for Jan. 6 in the capital.
It opened in Sept. 2021.|It closed in March.
The firm, Stavely Inc., denied it.
She works for Stavely Inc.|The company has 40 staff.
Stavely Corp. Chairman Ines Pell resigned.
Acme Bros. sold the yard to Marrow & Co. last year.
He likes apples, pears, etc.|They are cheap.
The case is Harlan v. Northvale Water Board.
“We are done.”|She left the room.
“We are done,” she said.|“We are not coming back.”
“Are we done?” she asked.|Nobody answered.
“Are we done?”|Nobody answered.
“Stop!” Pell shouted.|The train rolled on.
“Why now?” the minister asked reporters.
"It is over."|The crowd went home.
"Is it over?" asked one man.|Nobody knew.
He said: “It leaks.|It always has.”|The board disagreed.
‘It is a scandal,’ she said.|‘Nobody told us.’
‘We had no choice.’|The council voted again.
The farmers’ union met.|It took an hour.
She waited… and then she spoke.
She waited…|Then she spoke.
He paused ... and went on.
He paused.|… The rest is lost.
It was the end (or so he thought).|He was wrong.
He was wrong.|(She had told him so.)|He knew it.
It works!|Really?|Yes.
Who did this?!|Nobody would say.
The site example.org went down.|It came back at noon.
Version 2.0 is out.|Users cheered.
He called it “the best.”|Critics laughed.
Ms. Quill, M.D., runs the ward.
The Rev. Tam Orrin led prayers.|Some wept.
Sen. Pell, D-Calif., voted no.
The N.Y. Police Department sent 40 officers.
Aged 14 to 16, approx. 300 pupils took part.
The recipe: 1 tsp. salt, 2 cups flour.
• Two arrests on Monday⏎• Three more on Tuesday
- The bridge stays shut⏎- The ferry runs
Northvale, March 4⏎The dam has failed.|It held for 90 years.
A headline without a stop⏎A paragraph.|Its second sentence.
1. Boil the water.⏎2. Let it cool.
Wait – what?|He did not wait.
He said he would go; he did not.|She went.
The old rule (see p. 12) no longer holds.
“We ... we cannot say,” he said.|He left.
One question remains: how many?|12.|That is all.
(1) The gate was open.|No guard was there.⏎(2) The alarm was off.
* * *⏎The second part begins.
She farms near Cobre, Ariz.|It's dry there.
It was won by then-Sen. Pell and ex-Gov. Quill.
It lies in Main St.|The house is red.
She was at St. Alban on Friday.
She wrote to the Gov.|They never met.
Built c. 1720, it burned twice.
The reef ends at 40° S.|It is dying.
“STOP!” SAID PELL.|“WHY?” QUILL ASKED.|HE LEFT.
no capitals here.|it goes on, e.g. at 3 p.m. friday.|why not?
He spoke . . . and left . . . .|She came.
iPhone sales fell.|eBay rose.
iv. The fourth item.|It holds.
The N.Y. Police said so.|U.S. Officials Weekly did too.
""".strip().splitlines()


def case(line: str) -> tuple[str, set[Span]]:
    """The text of a hard case and the spans of its sentences."""
    text, spans = "", set()
    for i, paragraph in enumerate(line.split("⏎")):
        text += "\n" if i else ""
        for j, sentence in enumerate(paragraph.split("|")):
            text += " " if j else ""
            spans.add(Span(len(text), len(text) + len(sentence)))
            text += sentence
    return text, spans


def sentences(text: str) -> list[str]:
    return [span.of(text) for span in sentence_spans(text)]


def f1(pairs: Iterable[tuple[set[Span], set[Span]]]) -> float:
    pairs = list(pairs)
    right = sum(len(gold & found) for gold, found in pairs)
    return 2 * right / sum(len(gold) + len(found) for gold, found in pairs)


def test_hard_cases_are_split_as_by_hand() -> None:
    cases = [case(line) for line in HARD_CASES]
    assert f1((gold, set(sentence_spans(text))) for text, gold in cases) >= 0.98


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He left the U.S. The car stayed.", ["He left the U.S.", "The car stayed."]),
        ("The U.S. Senate met.", ["The U.S. Senate met."]),
        ("Gen. Ortiz left. He ran.", ["Gen. Ortiz left.", "He ran."]),
        ("It is 4.5 now. 3.2 before.", ["It is 4.5 now.", "3.2 before."]),
        ("“Why?” he asked. “Now.”", ["“Why?” he asked.", "“Now.”"]),
        ("No. 5 won. No one ran.", ["No. 5 won.", "No one ran."]),
        ("1. Boil it. Wait.", ["1. Boil it.", "Wait."]),
        ("One\nTwo", ["One", "Two"]),
        ("left town.The mayor stayed.", ["left town.", "The mayor stayed."]),
        ("He went. … The end.", ["He went.", "… The end."]),
        ("...", ["..."]),
        ("", []),
        (" \n\t ", []),
    ],
)
def test_text_is_split_as_a_reader_would(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_headline_is_one_sentence_whatever_its_punctuation() -> None:
    article = Article("a", "It leaked.\n\nNobody saw. The board denies it.", "Leak? No. A flood.")
    found = split(article)
    assert [article.text[s.start : s.end] for s in found] == [
        "Leak? No. A flood.",
        "It leaked.",
        "Nobody saw.",
        "The board denies it.",
    ]
    assert [s.section for s in found] == ["headline", "lead", "body", "body"]
    assert [s.paragraph for s in found] == [0, 1, 2, 2]


def test_without_a_title_the_first_sentence_is_the_lead() -> None:
    assert [s.section for s in split(Article("a", "It leaked. It stopped."))] == ["lead", "body"]


def test_empty_body_leaves_the_headline_alone() -> None:
    assert [s.section for s in split(Article("a", "", "Dam holds"))] == ["headline"]


TEXTS = st.text(st.sampled_from(list("aA1é .?!…\"“”’‘'()-—\n\r\u2028\0\ufeffUS.")), max_size=60)


@given(TEXTS | st.text(max_size=60))
@example("U.S. ... \0 “A.”")
@settings(max_examples=80)
def test_spans_are_ordered_apart_and_trimmed(text: str) -> None:
    spans = sentence_spans(text)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(span.of(text) == span.of(text).strip() != "" for span in spans)


@given(TEXTS | st.text(max_size=60))
@settings(max_examples=80)
def test_every_visible_character_is_in_a_sentence(text: str) -> None:
    inside = {i for span in sentence_spans(text) for i in range(*span)}
    outside = {text[i] for i in range(len(text)) if i not in inside}
    assert all(c.isspace() or c in "\0\ufeff" for c in outside)


@given(TEXTS)
@settings(max_examples=80)
def test_a_line_break_always_ends_a_sentence(text: str) -> None:
    assert all("\n" not in span.of(text) for span in sentence_spans(text))


@given(st.lists(st.sampled_from(HARD_CASES), min_size=2, max_size=4))
@settings(max_examples=40)
def test_paragraphs_are_split_independently(lines: list[str]) -> None:
    texts = [case(line)[0] for line in lines]
    alone = [sentence for text in texts for sentence in sentences(text)]
    assert sentences("\n\n".join(texts)) == alone


WRAPPED = """The council met on Monday to talk about the pier, which has been closed since
the storm, and about the cost of a new one. Nobody could say who would pay for
it, least of all the owner of the ferry, who has lived on the island for years,
Pennsylvania being the farthest that he ever went, and wants none of the
money back.
A new paragraph begins here.
And another, with more words than fit in the first line of a paragraph, so it
is wrapped as well."""


def test_lines_that_are_wrapped_at_a_width_are_joined() -> None:
    found = [" ".join(span.of(WRAPPED).split()) for span in sentence_spans(WRAPPED)]
    assert [sentence.split()[0] for sentence in found] == ["The", "Nobody", "A", "And"]
    assert found[1].endswith("none of the money back.")


def test_lines_that_only_happen_to_lack_a_mark_are_not_joined() -> None:
    listed = (
        "What to bring:\nwarm clothes\nbread\na torch\nwater for two days\nNothing else is needed."
    )
    assert len(sentence_spans(listed)) == 6
