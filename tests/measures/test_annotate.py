"""An article's annotation: offsets, order, jobs, targets."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reframing.documents.errors import InputError
from reframing.documents.records import Annotation, Article, Span, Target
from reframing.documents.tokens import tokenize
from reframing.measures.annotate import Profile, annotate, annotate_all

REPORT = Article(
    id="dam",
    title="Dam may have leaked for weeks, engineers say",
    body="A dam near Ostby may have leaked for about two weeks, engineers said on Monday.\n"
    "“This is clearly a shameful failure,” said Vera Holt, a councillor. Critics slammed the board.",
)


def spans(annotation: Annotation) -> Iterator[Span]:
    yield from (sentence.span for sentence in annotation.sentences)
    yield from (quote.span for quote in annotation.quotes)
    yield from (found.span for found in annotation.hedges + annotation.boosters)
    yield from (found.span for found in annotation.evaluations)
    for attribution in annotation.attributions:
        parts = (attribution.source, attribution.cue, *attribution.content)
        yield from (part for part in parts if part is not None)


def test_report_has_every_kind_of_record() -> None:
    found, text = annotate(REPORT), REPORT.text
    assert [hedge.span.of(text) for hedge in found.hedges] == ["may", "may"]
    assert [booster.span.of(text) for booster in found.boosters] == ["clearly"]
    assert [evaluation.span.of(text) for evaluation in found.evaluations] == ["shameful", "slammed"]
    assert [quote.inner.of(text) for quote in found.quotes] == [
        "This is clearly a shameful failure,"
    ]
    assert found.attributions
    assert [sentence.section for sentence in found.sentences] == [
        "headline",
        "lead",
        "body",
        "body",
    ]


def test_tokens_are_word_tokens() -> None:
    assert annotate(Article("a", "One, two – three!")).n_tokens == 3


def test_every_sentence_has_scores() -> None:
    found = annotate(REPORT)
    assert len(found.scores) == len(found.sentences)
    assert found.scores[2].bias > found.scores[1].bias
    assert found.scores[3].certainty > found.scores[0].certainty


PIECES = [
    "It may rain. ",
    "“Clearly”",
    " said Ann.",
    "🙂",
    "e\u0301",
    "\r\n",
    "\t",
    "\0",
    "\n",
    "slammed",
    "…",
    '"',
]


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES) | st.text(max_size=6)).map("".join),
    st.none() | st.text(max_size=10),
)
def test_any_text_gives_spans_inside_it_in_order(body: str, title: str | None) -> None:
    article = Article("a", body, title)
    found = annotate(article)
    assert all(0 <= start <= end <= len(article.text) for start, end in spans(found))
    for records in (found.hedges, found.boosters, found.evaluations, found.quotes):
        starts = [record.span.start for record in records]
        assert starts == sorted(starts)
    assert found.n_tokens == tokenize(article.text).n_words


def test_order_of_articles_does_not_matter() -> None:
    articles = [replace(REPORT, id=str(i), body=REPORT.body * (i + 1)) for i in range(4)]
    forward = {found.id: repr(found) for found in annotate_all(articles)}
    backward = {found.id: repr(found) for found in annotate_all(articles[::-1])}
    assert forward == backward


def test_one_job_and_two_give_the_same() -> None:
    articles = [replace(REPORT, id=str(i), title=None if i % 2 else REPORT.title) for i in range(4)]
    assert list(map(repr, annotate_all(articles, jobs=1))) == list(
        map(repr, annotate_all(articles, jobs=2))
    )


def test_target_gets_label_and_score() -> None:
    start = REPORT.text.index("board")
    target = Target(Span(start, start + 5))
    (found,) = annotate(replace(REPORT, targets=(target,))).targets
    assert found.span.of(REPORT.text) == "board"
    assert found.label in ("negative", "neutral")


@pytest.mark.parametrize("profile", ["full", "lexicon"])
@given(st.data())
@settings(max_examples=25, deadline=None)
def test_any_stretch_of_the_text_is_answered_as_a_target(
    profile: Profile, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(REPORT.text) - 1))
    end = data.draw(st.integers(start + 1, len(REPORT.text)))
    (found,) = annotate(replace(REPORT, targets=(Target(Span(start, end)),)), profile).targets
    assert found.span == Span(start, end)
    assert -1 <= found.score <= 1


@pytest.mark.parametrize(
    "text", ["Mr Odd. Clerk of Skar, the kind man, won praise.", " \n  ", " Skar \n"]
)
def test_a_target_may_cross_a_boundary_or_hold_no_word(text: str) -> None:
    article = Article("skar", text, targets=(Target(Span(0, len(text))), Target(Span(0, 1))))
    assert [found.span for found in annotate(article).targets] == [t.span for t in article.targets]


@pytest.mark.parametrize("span", [Span(5, 5), Span(9000, 9005), Span(0, 9000), Span(-4, 3)])
def test_target_outside_the_text_names_the_article(span: Span) -> None:
    with pytest.raises(InputError, match="record dam: field 'targets'"):
        annotate(replace(REPORT, targets=(Target(span),)))
