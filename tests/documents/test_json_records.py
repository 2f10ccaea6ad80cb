"""Records as JSON: shapes, key order, rounding, and no NaN."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hand_made import COMPARISON, ORIGINAL, REPOST, span_of
from reframing.documents.json_records import (
    annotation_record,
    comparison_record,
    pair_record,
    rounded,
)
from reframing.documents.records import (
    Annotation,
    Attribution,
    Evaluation,
    Marker,
    Pair,
    Quote,
    SentenceScores,
    Span,
    TargetSentiment,
)

ANNOTATION = Annotation(
    id=ORIGINAL.id,
    n_tokens=25,
    sentences=COMPARISON.original_sentences[:1],
    scores=(SentenceScores(certainty=0.12345678, bias=float("nan"), sentiment=-0.5, strength=2),),
    attributions=(
        Attribution(
            source=span_of(ORIGINAL, "engineer Ida Moss"),
            cue=None,
            content=(span_of(ORIGINAL, "The harbour board may delay dredging"),),
            kind="indirect",
            stance="neutral",
            source_kind="named",
        ),
    ),
    quotes=(Quote(Span(0, 7), Span(1, 6)),),
    hedges=(Marker(span_of(ORIGINAL, "may"), "modal", "may"),),
    boosters=(),
    evaluations=(Evaluation(span_of(ORIGINAL, "fewer"), "negative"),),
    targets=(TargetSentiment(Span(4, 11), "neutral", 0.0),),
    features={"hedges_per_1000_tokens": 40.0, "quoted_share": float("nan"), "n_quotes": 1},
)


def documented(verb: str) -> list[str]:
    """The keys in the first column of the table that docs/records.md has for what a command writes."""
    page = (Path(__file__).parents[2] / "docs/records.md").read_text(encoding="utf8")
    _, _, section = page.partition(f"## `{verb}`, out")
    rows = [row for row in section.partition("\n## ")[0].splitlines() if row.startswith("| `")]
    return [key for row in rows for key in re.findall(r"`(\w+)`", row.split("|")[1])]


def test_an_annotation_has_the_documented_keys_in_their_order():
    record = annotation_record(ORIGINAL, ANNOTATION)
    assert list(record) == ["id", *documented("annotate")]
    assert list(record["sentences"][0]) == [
        "start",
        "end",
        "section",
        "certainty",
        "bias",
        "sentiment",
        "strength",
    ]
    assert list(record["attributions"][0]) == [
        "source",
        "cue",
        "content",
        "kind",
        "stance",
        "source_kind",
    ]
    assert list(record["evaluations"][0]) == ["start", "end", "text", "polarity"]
    assert list(record["targets"][0]) == ["start", "end", "label", "score"]


def test_a_comparison_has_the_documented_keys_in_their_order():
    record = comparison_record(ORIGINAL, REPOST, COMPARISON)
    assert list(record) == [
        "id",
        "original",
        "repost",
        "sentences",
        "alignment",
        "claims",
        "moves",
        "summary",
    ]
    assert list(record["sentences"]["original"][0]) == ["start", "end", "section"]
    assert list(record["sentences"]["repost"][0]) == ["start", "end", "section", "support"]
    assert list(record["alignment"][0]) == ["original", "repost", "relation", "score"]
    assert list(record["claims"][0]) == ["original", "repost", "strength", "change"]
    assert list(record["moves"][0]) == [
        "move",
        "original",
        "repost",
        "sentences",
        "score",
        "explanation",
    ]
    assert list(record["summary"]) == ["relation", "survival", "moves"]


def test_spans_carry_the_text_that_they_slice():
    record = annotation_record(ORIGINAL, ANNOTATION)
    spans = [*record["hedges"], *record["attributions"][0]["content"], *record["evaluations"]]
    assert [span["text"] for span in spans] == [
        ORIGINAL.text[span["start"] : span["end"]] for span in spans
    ]
    assert record["hedges"][0]["text"] == "may"


def test_each_side_of_a_move_is_sliced_from_its_own_article():
    moves = comparison_record(ORIGINAL, REPOST, COMPARISON)["moves"]
    assert moves[0]["original"]["text"] == "engineer Ida Moss said"
    assert moves[0]["repost"]["text"] == "The board will shamefully delay dredging"
    assert moves[1]["repost"] is None
    assert moves[2]["original"] is None


def test_a_quotation_is_recorded_with_its_marks():
    assert annotation_record(ORIGINAL, ANNOTATION)["quotes"][0]["end"] == 7


def test_what_is_undefined_is_null():
    record = annotation_record(ORIGINAL, ANNOTATION)
    assert record["sentences"][0]["bias"] is None
    assert record["features"] == {
        "hedges_per_1000_tokens": 40.0,
        "quoted_share": None,
        "n_quotes": 1,
    }
    json.dumps(record, allow_nan=False)


def test_moves_are_counted_by_slug():
    summary = comparison_record(ORIGINAL, REPOST, COMPARISON)["summary"]
    assert summary["moves"] == {
        "attribution-dropped": 1,
        "causality-strengthened": 1,
        "evaluation-added": 1,
        "hedge-dropped": 1,
        "sentence-added": 1,
        "sentence-omitted": 1,
    }


def test_a_sentence_without_support_value_is_an_error():
    with pytest.raises(ValueError, match="zip"):
        comparison_record(ORIGINAL, REPOST, replace(COMPARISON, support=(1.0,)))


def test_a_pair_has_the_documented_keys_in_their_order():
    pair = Pair("x", "y", "edited", "a→b", 0.98765432, ("published",), 0.5)
    assert list(pair_record(pair).items()) == [
        ("a", "x"),
        ("b", "y"),
        ("relation", "edited"),
        ("direction", "a→b"),
        ("confidence", 0.987654),
        ("evidence", ["published"]),
        ("score", 0.5),
    ]


@settings(max_examples=50)
@given(st.floats())
def test_rounding_gives_json_numbers_near_the_value(value):
    result = rounded(value)
    json.dumps(result, allow_nan=False)
    assert result is None or result == pytest.approx(value, abs=1e-6)


def test_integers_stay_integers():
    assert rounded(3) == 3
    assert isinstance(rounded(3), int)
