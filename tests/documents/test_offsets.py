"""Properties of every record: offsets slice the text as given, and a copy yields no move."""

import json
from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from reframing.commands.verb_annotate import annotated
from reframing.commands.verb_compare import compared
from reframing.documents.errors import LeftOut
from reframing.documents.json_records import pair_record
from reframing.documents.records import Article
from reframing.pairing.pair import find_pairs
from reframing.pairing.study_pairs import typographic_copy
from reframing.reading.articles import GivenPair
from reframing.reading.fields import article_of

SOURCES = (
    "director Ana Ruiz",
    "Ruiz",
    "the ferry board",
    "critics",
    "two people familiar with the plan",
    "A spokeswoman for the İzmir office",
    "🐐 keeper Zoë Lindqvist",
    "Ze\u0301lie Marsh",
)
CUES = ("said", "claimed", "told reporters", "has repeatedly warned", "revealed", "denied", "SAID")
CONTENTS = (
    "the ferry line may close in May",
    "the scheme could cost about 2.3 million euros",
    "roughly ½ of the 1,204 guests — perhaps more — left",
    "the disastrous vote was clearly rigged",
    "smoke is linked to a 12% rise in asthma",
    "smoke causes asthma",
    "nobody was hurt on 28 October",
    "it will not “reopen” before 2031",
    "the ﬁre cost £1.5bn and 40 jobs",
    "８０ boats sank, apparently",
    "we lost 👩‍🚀 and e\u0301clairs",
)
QUOTES = (
    ("“", "”"),
    ('"', '"'),
    ("‘", "’"),
    ("'", "'"),
    ("«", "»"),
    ("„", "“"),
    ("“", ""),
    ("", '"'),
)
ENDS = (".", "!", "?", "…", "...", ".”", "", ",", " –", ".\u200b")
GAPS = (
    " ",
    "\n",
    "\n\n",
    "\r\n",
    "\r\n\r\n",
    "\t",
    "\u00a0",
    "  ",
    "\u2028",
    "\x07",
    " \x0b",
    "🙂 ",
    "\ufeff",
)
LOOSE = (
    "İ",
    "ß",
    "K",
    "\u0301",
    "\u202e",
    "\x07",
    "(",
    ")",
    "[…]",
    "- ",
    "Mr. ",
    "U.S. ",
    "#12 ",
    "@ana ",
)


@st.composite
def sentences(draw: st.DrawFn) -> str:
    """A sentence with a reporting clause before, in or after what is reported, quoted or not."""
    source, cue, content = (draw(st.sampled_from(part)) for part in (SOURCES, CUES, CONTENTS))
    opening, closing = draw(st.sampled_from((*QUOTES, ("", ""), ("", ""))))
    pattern = draw(
        st.sampled_from(
            (
                "{source} {cue} {quoted}",
                "{source} {cue} that {content}",
                "{quoted}, {source} {cue}",
                "{quoted}, {cue} {source}",
                "According to {source}, {content}",
                "{source} {cue}: {quoted}",
                "{content}, and {quoted}",
                "{content}",
            )
        )
    )
    quoted = f"{opening}{content}{closing}"
    text = pattern.format(source=source, cue=cue, content=content, quoted=quoted)
    return text[:1].upper() + text[1:] + draw(st.sampled_from(ENDS))


pieces = st.one_of(sentences(), sentences(), sentences(), st.sampled_from(LOOSE))
joined = st.lists(st.tuples(pieces, st.sampled_from(GAPS)), min_size=1, max_size=6).map(
    lambda parts: "".join(piece + gap for piece, gap in parts)
)
bodies = joined.filter(lambda text: any(map(str.isalpha, text)))
titles = st.none() | sentences() | sentences().map(lambda text: text + "\r")


@st.composite
def articles(draw: st.DrawFn, id: str = "a") -> Article:
    """An article as it comes out of a line of JSON."""
    title, body = draw(titles), draw(bodies)
    line = json.dumps({"id": id, "title": title, "body": body})
    return article_of(json.loads(line))


ALTERATIONS = (
    ("director Ana Ruiz", "critics"),
    ("Ruiz said", "Ruiz claimed"),
    ("may", "will"),
    ("could cost", "will cost"),
    ("1,204", "1,402"),
    ("linked to", "caused by"),
    ("not ", ""),
    ("the ferry", "the shocking ferry"),
    ("“", ""),
    ("guests", "🐐 guests"),
)


@st.composite
def retold(draw: st.DrawFn) -> tuple[Article, Article]:
    """An article, and one that begins otherwise and keeps the rest with alterations."""
    original = draw(articles("original"))
    start = draw(articles("repost"))
    kept = original.body
    for old, new in draw(st.lists(st.sampled_from(ALTERATIONS), unique=True)):
        kept = kept.replace(old, new)
    body = draw(st.sampled_from((kept, f"{start.body}\n{kept}", f"{kept}\n{start.body}")))
    return original, article_of({"id": "repost", "title": start.title, "body": body})


def record_of(outcome: Any) -> dict[str, Any]:
    """The record as a reader of the command line's output has it."""
    assert isinstance(outcome, dict), outcome
    return json.loads(json.dumps(outcome, allow_nan=False))


def comparison_record_of(pair: GivenPair) -> dict[str, Any]:
    """The record of a pair; texts of a few words that are taken for another language are passed over."""
    outcome = compared(("pairs.jsonl", pair), "full")
    assume(not isinstance(outcome, LeftOut))
    return record_of(outcome)


def spans(part: Any) -> Iterator[dict[str, Any]]:
    """Every span with its text, however deep in a record."""
    if isinstance(part, dict):
        if {"start", "end", "text"} <= part.keys():
            yield part
        part = list(part.values())
    for child in part if isinstance(part, list) else ():
        yield from spans(child)


def assert_sliced(part: Any, text: str) -> None:
    for span in spans(part):
        assert 0 <= span["start"] < span["end"] <= len(text)
        assert text[span["start"] : span["end"]] == span["text"]


def assert_in_order(sentences: list[dict[str, Any]], text: str) -> None:
    """Sentences are filled, follow each other, and leave out nothing but blanks."""
    at = 0
    for sentence in sentences:
        assert at <= sentence["start"] < sentence["end"] <= len(text)
        assert not text[at : sentence["start"]].strip(" \t\n\r\x0b\u00a0\u2028\ufeff\u200b")
        at = sentence["end"]


checked = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@checked
@given(articles())
def test_every_span_of_an_annotation_slices_the_text(article: Article) -> None:
    (outcome,) = annotated([("a.jsonl", article)], "full")
    assume(not isinstance(outcome, LeftOut))
    record = record_of(outcome)
    assert_sliced(record, article.text)
    assert_in_order(record["sentences"], article.text)


@checked
@given(retold())
def test_every_span_of_a_comparison_slices_its_side(pair: tuple[Article, Article]) -> None:
    original, repost = pair
    record = comparison_record_of(GivenPair("p", original, repost))
    for move in record["moves"]:
        assert move["original"] or move["repost"], move
        assert_sliced(move["original"], original.text)
        assert_sliced(move["repost"], repost.text)


@checked
@given(retold())
def test_every_move_names_the_sentences_of_its_spans(pair: tuple[Article, Article]) -> None:
    record = comparison_record_of(GivenPair("p", *pair))
    for move in record["moves"]:
        for side, named in move["sentences"].items():
            assert set(named) <= set(range(len(record["sentences"][side]))), move
            assert named or not move[side], move


@checked
@given(articles())
def test_a_copy_yields_no_move(article: Article) -> None:
    copy = article_of({"id": "copy", "title": article.title, "body": article.body})
    record = comparison_record_of(GivenPair("p", article, copy))
    assert record["moves"] == []


@checked
@given(articles().filter(lambda article: "…" not in article.text))
def test_a_copy_in_other_typography_yields_no_move(article: Article) -> None:
    pair = GivenPair("p", article, typographic_copy(article))
    assert comparison_record_of(pair)["moves"] == []


@checked
@given(retold())
def test_pairs_name_given_articles_in_order(pair: tuple[Article, Article]) -> None:
    for found in find_pairs(pair):
        record = record_of(pair_record(found))
        assert (record["a"], record["b"]) == ("original", "repost")
        assert 0 <= record["score"] <= 1
        assert 0 <= record["confidence"] <= 1
