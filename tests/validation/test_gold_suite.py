"""The gold suite: how a system is asked, what counts as right, and what is reported of it."""

import csv
import io
import json
import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from reframing.documents.errors import InputError
from reframing.documents.params import ValidateParams
from reframing.documents.records import (
    Annotation,
    Article,
    Attribution,
    Evaluation,
    Marker,
    Quote,
    Sentence,
    SentenceScores,
    Span,
    TargetSentiment,
)
from reframing.statistics.estimates import Resampling
from validation.exam import (
    Exam,
    Gold,
    Rival,
    System,
    alone,
    lengths,
    mean_score,
    mentions,
    occurrences,
    share_listed,
    word_list,
)
from validation.exams import babe as bias
from validation.exams import claim_strength as claims
from validation.exams import faithfulness as support
from validation.exams import insciout as exaggeration
from validation.exams import newsmtsc as targets
from validation.exams import pei_jurgens as certainty
from validation.exams import polnear as attribution
from validation.exams import sentence_ends as boundaries
from validation.exams import sheepdog as tone
from validation.exams import speakers
from validation.exams import szeged as hedges
from validation.exams import wnc as neutrality
from validation.exams.all_exams import EXAMS
from validation.exams.babe import JudgedSentence
from validation.exams.claim_strength import GradedClaim
from validation.exams.faithfulness import CheckedSentence
from validation.exams.insciout import GradedPair
from validation.exams.newsmtsc import GoldTarget, TargetedSentence
from validation.exams.pei_jurgens import RatedFinding
from validation.exams.polnear import GoldAttribution, GoldDocument, link_counts, linked_counts
from validation.exams.sheepdog import ToneOfText
from validation.exams.szeged import HedgedSentence
from validation.exams.wnc import NeutralizedPair
from validation.gold_suite import (
    BY_SLUG,
    MEASURES,
    calibration,
    group_rows,
    lines,
    record,
    run_suite,
    score_row,
    table,
)
from validation.scores import Result, auc, evidence, label_errors, share, span_errors

ROOT = Path(__file__).resolve().parents[2]
RESAMPLING = Resampling(50, 0.95, 7)
PARAMS = ValidateParams(resamples=50, interval=0.95, bins=2, min_group=2)

EMPTY = Annotation("x", 0, (), (), (), (), (), (), ())


def system(
    annotate: Callable[[Article], Annotation] = lambda article: EMPTY,
) -> System:
    """A system whose answers the test gives."""

    def annotated(articles: Iterable[Article]) -> Iterator[Annotation]:
        return map(annotate, articles)

    return System(
        "given",
        annotated,
        lambda pairs: [float(summary in source) for source, summary in pairs],
    )


def scored(bias: float = 0.0, certainty: float = 0.0, strength: int = 0) -> Annotation:
    """An annotation of one sentence with these scores."""
    sentence = Sentence(0, 10, "lead", 1)
    scores = SentenceScores(certainty, bias, 0.0, strength)
    return replace(EMPTY, sentences=(sentence,), scores=(scores,))


def graded(article: Article) -> Annotation:
    """The claim of an article is as strong as its text is long."""
    return scored(strength=len(article.text))


def value(result: Result) -> float:
    return result.evidence.estimate(RESAMPLING).value


def whole(results: Iterable[Result]) -> dict[str, float]:
    return {result.measure: value(result) for result in results if result.whole}


# How a system is asked.


def test_text_of_several_sentences_has_the_mean_weighted_by_length() -> None:
    sentences = (Sentence(0, 30, "lead", 1), Sentence(31, 41, "body", 1))
    scores = (SentenceScores(0, 0.2, 0, 0), SentenceScores(0, 1.0, 0, 0))
    annotation = replace(EMPTY, sentences=sentences, scores=scores)
    assert mean_score(annotation, "bias") == pytest.approx((30 * 0.2 + 10 * 1.0) / 40)


def test_text_without_a_sentence_is_an_error() -> None:
    with pytest.raises(InputError, match="has no sentence to score"):
        mean_score(EMPTY, "bias")


def test_texts_are_articles_without_title_and_with_distinct_ids() -> None:
    first, second = alone(["Rain fell.", "Rain fell."], [[Span(0, 4)], []])
    assert first.title is None
    assert first.id != second.id
    assert [target.span for target in first.targets] == [Span(0, 4)]


# Attributions.

SAID = "The warden said the pier would close. It rained."
GOLD = GoldAttribution((Span(0, 10),), (Span(11, 15),), (Span(16, 36),))


SOURCE, CUE, CONTENT = Span(4, 10), Span(11, 15), Span(20, 36)


def found(
    source: Span | None = SOURCE, cue: Span | None = CUE, content: Span = CONTENT
) -> Attribution:
    return Attribution(source, cue, (content,), "indirect", "neutral", "role")


def test_linked_attribution_needs_overlapping_cue_source_and_content() -> None:
    assert linked_counts([GOLD], [found()]) == (1, 1, 1)


@pytest.mark.parametrize(
    "wrong", [found(source=None), found(cue=Span(37, 39)), found(content=Span(38, 48))]
)
def test_linked_attribution_with_one_part_elsewhere_does_not_match(wrong: Attribution) -> None:
    assert linked_counts([GOLD], [wrong]) == (0, 1, 1)


def test_source_that_both_sides_lack_agrees() -> None:
    assert linked_counts([replace(GOLD, source=())], [found(source=None)]) == (1, 1, 1)


def test_linked_attributions_match_one_to_one() -> None:
    assert linked_counts([GOLD], [found(), found()]) == (1, 1, 2)


def test_one_to_one_matching_is_a_largest_one() -> None:
    wide = replace(GOLD, content=(Span(16, 48),))
    narrow = replace(GOLD, content=(Span(38, 48),))
    matched, _, _ = linked_counts([wide, narrow], [found(content=Span(40, 48)), found()])
    assert matched == 2


def test_links_are_judged_where_the_cue_was_found() -> None:
    elsewhere = found(cue=Span(37, 39))
    assert link_counts([GOLD], [found(source=None), elsewhere]) == (0, 1, 1)


def test_attribution_scores_by_document_and_by_section() -> None:
    document = GoldDocument("post_pier", "a1", f"Pier to close\n{SAID}", ())
    shifted = GoldAttribution((Span(14, 24),), (Span(25, 29),), (Span(30, 50),))
    document = replace(document, attributions=(shifted,))
    sentences = (Sentence(0, 13, "headline", 0), Sentence(14, 51, "lead", 1))
    annotation = replace(
        EMPTY,
        sentences=sentences,
        attributions=(found(Span(18, 24), Span(25, 29), Span(30, 50)),),
    )
    results = list(attribution.judge([document], system(lambda article: annotation)))
    assert set(whole(results).values()) == {1.0}
    (cues,) = (r for r in results if r.measure == "attribution-cue" and not r.whole)
    assert list(cues.evidence.groups["section"]) == [("headline",), ("lead",)]
    assert cues.evidence.values.tolist() == [[0, 0, 0], [1, 1, 1]]


def test_document_is_read_with_its_first_line_as_headline() -> None:
    article = attribution.article_of(GoldDocument("post_pier", "a1", "Pier to close\nRain.", ()))
    assert (article.title, article.body) == ("Pier to close", "Rain.")
    assert attribution.article_of(GoldDocument("post_pier", "a1", "Rain.", ())).title is None


# Sentences with labels and scores.


def test_hedges_are_counted_by_token() -> None:
    text = "It may rain about noon."
    item = HedgedSentence("1", "d", "Text", text, (Span(3, 6),), ("probable",))
    hedges_found = (Marker(Span(3, 6), "modal", "may"), Marker(Span(7, 11), "modal", "rain"))
    annotation = replace(
        EMPTY, hedges=hedges_found, approximators=(Marker(Span(12, 17), "approximator", "about"),)
    )
    (result,) = hedges.judge([item], system(lambda article: annotation))
    assert result.evidence.values.tolist() == [[1, 1, 2]]


def test_certainty_is_correlated_for_each_part_apart() -> None:
    items = [
        RatedFinding(str(n), str(n), part, f"{n}", 1.0 + n)
        for part in ("test", "ext")
        for n in range(3)
    ]
    judged = certainty.judge(items, system(lambda a: scored(certainty=int(a.text) / 5)))
    assert whole(judged) == pytest.approx({"certainty": 1.0, "certainty-ext": 1.0})


def test_target_is_judged_by_its_label() -> None:
    sentence = TargetedSentence("1", "allsides_1_1", "test", "Orla Venn failed.", ())
    items = [
        targets.Judged(sentence, GoldTarget(Span(0, 9), "negative", ())),
        targets.Judged(sentence, GoldTarget(Span(5, 9), "neutral", ())),
    ]

    def annotate(article: Article) -> Annotation:
        (target,) = article.targets
        return replace(EMPTY, targets=(TargetSentiment(target.span, "negative", -0.9),))

    (result,) = targets.judge(items, system(annotate))
    assert result.evidence.values.tolist() == [[0, 0], [1, 0]]
    assert result.evidence.documents == ("allsides_1_1",) * 2


def judged_sentence(text: str, biased: bool, outlet: str = "Post") -> JudgedSentence:
    return JudgedSentence(text, text, text, biased, (), None, outlet, None, "weather")


def test_bias_is_a_yes_from_one_half_on() -> None:
    items = [judged_sentence("0.5", True), judged_sentence("0.4", False)]
    results = bias.judge(items, system(lambda article: scored(bias=float(article.text))))
    assert whole(results) == {"bias": 1.0, "bias-auc": 1.0}


def test_equal_bias_of_both_sides_counts_half() -> None:
    items = [NeutralizedPair("1", "1", "0.9", "0.1"), NeutralizedPair("2", "2", "0.3", "0.3")]
    (result,) = neutrality.judge(items, system(lambda a: scored(bias=float(a.text))))
    assert value(result) == 0.75


def test_tone_is_ranked_by_evaluations_per_word() -> None:
    items = [ToneOfText("1", "e", "loud", True), ToneOfText("2", "e", "plain words", False)]

    def annotate(article: Article) -> Annotation:
        evaluation = Evaluation(Span(0, 4), "negative")
        n_tokens = len(article.text.split())
        return replace(EMPTY, n_tokens=n_tokens, evaluations=(evaluation,))

    (result,) = tone.judge(items, system(annotate))
    assert result.evidence.values.tolist() == [[1.0, 1], [0.5, 0]]


def test_claims_are_graded_for_each_source_apart() -> None:
    items = [
        GradedClaim("1", "1", "pubmed", "aaa", 3),
        GradedClaim("2", "2", "eureka", "aa", 1),
    ]
    results = claims.judge(items, system(graded))
    assert whole(results) == {"claim-strength": 1.0, "claim-strength-releases": 0.0}


def test_change_follows_from_the_grades_of_both_conclusions() -> None:
    items = [GradedPair("1", "1", "a", "aaa", 1, 3), GradedPair("2", "2", "aa", "aa", 2, 1)]
    (result,) = exaggeration.judge(items, system(graded))
    assert result.evidence.values.tolist() == [[2, 2], [0, 1]]


def test_threshold_of_support_is_learned_on_the_other_half() -> None:
    items = [
        CheckedSentence(str(n), f"{n}", "ectsum", "rain fell", text, text == "rain")
        for n in range(2)
        for text in ("rain", "snow")
    ]
    (result, *_) = support.judge(items, system())
    assert value(result) == 1.0


# Quotations and boundaries.

QUOTED = "“It is safe,” said the warden. “Go in.”"
WARDEN = Span(18, 28)


def quoted(speaker: Span | None) -> Annotation:
    quotes = (
        Quote(Span(0, 13), Span(1, 12), speaker=speaker),
        Quote(Span(30, 38), Span(31, 37), speaker=speaker),
    )
    return replace(EMPTY, quotes=quotes)


def spoken_items() -> list[speakers.QuotedText]:
    article = Article("sample/original", QUOTED, event="sample")
    spans = (Span(0, 13), Span(30, 38))
    return [speakers.QuotedText(article, tuple(speakers.Spoken(s, (WARDEN,)) for s in spans))]


def test_speaker_is_right_where_it_overlaps_a_mention() -> None:
    (result,) = speakers.judge(spoken_items(), system(lambda article: quoted(Span(22, 28))))
    assert result.evidence.values.tolist() == [[2, 2, 2]]


@pytest.mark.parametrize(("speaker", "predicted"), [(None, 0), (Span(13, 17), 2)])
def test_speaker_that_is_missing_or_elsewhere_is_wrong(
    speaker: Span | None, predicted: int
) -> None:
    (result,) = speakers.judge(spoken_items(), system(lambda article: quoted(speaker)))
    assert result.evidence.values.tolist() == [[0, 2, predicted]]


def test_sentence_counts_only_with_both_ends_right() -> None:
    item = boundaries.SplitText(
        "sentences-sample", "e", Article("a", "One. Two."), (Span(0, 4), Span(5, 9))
    )
    sentences = (Sentence(0, 4, "lead", 1), Sentence(5, 8, "body", 1))
    annotation = replace(EMPTY, sentences=sentences)
    result, _ = boundaries.judge([item], system(lambda article: annotation))
    assert result.evidence.values.tolist() == [[1, 2, 2]]


def test_every_quotation_of_the_sample_gold_stands_in_marks_with_speakers_outside() -> None:
    items = speakers.read(Gold(sample=ROOT / "data" / "sample"))
    for item in items:
        text = item.article.text
        for spoken in item.quotes:
            assert spoken.quote.of(text)[0] in '“"'
            assert spoken.quote.of(text)[-1] in '”"'
            assert spoken.speakers
            assert not any(s.overlaps(q.quote) for s in spoken.speakers for q in item.quotes)
    assert any(item.quotes for item in items)


# Word lists and groups.


def test_word_list_leaves_out_comments_and_entries_of_several_words(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("# verbs\n; old\nmay\nkind of\nMight\n\n", encoding="utf8")
    listed = word_list(Gold(raw=tmp_path), Path("list.txt"))
    assert listed == {"may", "might"}
    assert list(occurrences("It might, may it?", listed)) == [Span(3, 8), Span(10, 13)]
    assert share_listed("It might rain now.", listed) == 0.25


def test_lengths_are_bands_of_words() -> None:
    assert lengths(["one two", "word " * 11, "word " * 41]) == [
        ("1-10 words",),
        ("11-20 words",),
        ("over 40 words",),
    ]


def test_sentence_mentions_each_group_that_it_names() -> None:
    found_groups = mentions(
        ["Muslim women spoke.", "African-American voters came.", "The White House spoke."]
    )
    assert found_groups == [("women", "Muslims"), ("Black people",), ()]


# What is reported.


def ranked(scores: list[float], labels: list[int], outlets: list[str]) -> Result:
    groups = {"outlet": [(outlet,) for outlet in outlets]}
    documents = [str(n) for n in range(len(scores))]
    rows = list(zip(scores, labels, strict=True))
    return Result("bias-auc", evidence(documents, rows, auc, groups))


def test_calibration_bins_hold_equally_many_items_by_score() -> None:
    rows = list(calibration(ranked([0.9, 0.1, 0.7, 0.3], [1, 0, 1, 1], ["a"] * 4), "given", 2))
    assert [(row.mean_score, row.mean_gold) for row in rows] == [
        (pytest.approx(0.2), 0.5),
        (pytest.approx(0.8), 1.0),
    ]


def test_measure_that_is_no_probability_has_no_calibration() -> None:
    result = Result("biased-side", evidence(["a"], [(1, 1)], share))
    assert list(calibration(result, "given", 2)) == []


def test_small_groups_are_left_out() -> None:
    result = ranked([0.9, 0.1, 0.5], [1, 0, 1], ["Post", "Post", "Herald"])
    rows = list(group_rows(result, "given", RESAMPLING, 2))
    assert [(row.grouping, row.group, row.score, row.n) for row in rows] == [
        ("outlet", "Post", 1.0, 2)
    ]


def test_score_row_of_a_calibrated_measure_says_what_was_given_and_due() -> None:
    row = score_row(ranked([0.9, 0.1], [1, 1], ["a", "a"]), "given", "profile", RESAMPLING)
    assert (row.mean_score, row.mean_gold) == (0.5, 1.0)


def exam_of(score: float) -> Exam:
    """An exam on which each system gets `score`, and chance one half."""

    def result(credit: float) -> Result:
        groups = {"length": [("short",)] * 2}
        return Result("biased-side", evidence(["a", "b"], [(credit, 1)] * 2, share, groups))

    return Exam(
        "given",
        lambda gold: [],
        lambda items, system: iter([result(score)]),
        lambda items, gold: iter([Rival("chance", "trivial", result(0.5))]),
    )


def test_suite_has_a_row_for_each_rival_and_system() -> None:
    scores = run_suite([system()], Gold(), PARAMS, 7, [exam_of(0.9)])
    assert [(row.system, row.kind, row.score) for row in scores.whole] == [
        ("chance", "trivial", 0.5),
        ("given", "profile", pytest.approx(0.9)),
    ]
    assert [row.group for row in scores.groups] == ["short"]


@pytest.mark.parametrize(("score", "reached"), [(0.9, "yes"), (0.7, "no")])
def test_table_says_whether_the_target_is_reached(score: float, reached: str) -> None:
    scores = run_suite([system()], Gold(), PARAMS, 7, [exam_of(score)])
    rows = list(csv.DictReader(io.StringIO(table(scores.whole))))
    assert rows[-1]["reached"] == reached
    assert (rows[-1]["target"], rows[-1]["score"]) == ("0.8000", f"{score:.4f}")


def test_record_is_json_without_nan() -> None:
    scores = run_suite([system()], Gold(), PARAMS, 7, [exam_of(math.nan)])
    written = json.dumps(record(scores, PARAMS, 7), allow_nan=False)
    assert json.loads(written)["measures"][0]["slug"] == "biased-side"


def test_readable_lines_name_measure_and_system() -> None:
    scores = run_suite([system()], Gold(), PARAMS, 7, [exam_of(0.9)])
    shown = "\n".join(lines(scores))
    assert "biased side of an edit" in shown
    assert "given" in shown
    assert "reach 0.80" in shown


def test_measures_have_distinct_slugs() -> None:
    assert len(BY_SLUG) == len(MEASURES)


def test_exams_have_distinct_names() -> None:
    assert len({exam.name for exam in EXAMS}) == len(EXAMS)


# Kinds of error.


@pytest.mark.parametrize(
    ("predicted", "error"),
    [
        (Span(4, 9), "right"),
        (Span(4, 8), "ends wrong"),
        (Span(3, 9), "begins wrong"),
        (Span(5, 8), "both ends wrong"),
    ],
)
def test_gold_span_is_compared_with_the_span_that_shares_most(predicted: Span, error: str) -> None:
    assert span_errors([[Span(4, 9)]], [[Span(0, 5), predicted]])[error] == 1


def test_spans_that_overlap_nothing_are_missed_or_spurious() -> None:
    assert span_errors([[Span(4, 9)]], [[Span(9, 12)]]) == {"missed": 1, "spurious": 1}


def test_labels_are_counted_by_what_was_given_in_their_place() -> None:
    counts = label_errors([("same", "same"), ("same", "exaggerates"), ("downplays", "same")])
    assert counts == {"downplays → same": 1, "right": 1, "same → exaggerates": 1}
