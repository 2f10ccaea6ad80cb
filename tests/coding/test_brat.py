"""The strict reader of brat stand-off annotation."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reframing.coding.brat import Event, TextBound, parse_brat
from reframing.documents.errors import InputError
from reframing.documents.records import Span

TEXT = "The warden said the pier would close.\nNobody answered 😀."


def test_text_bounds_and_events_become_records() -> None:
    standoff = parse_brat(
        "T1\tSource 0 10\tThe warden\nT2\tCue 11 15\tsaid\nE1\tAttribution:T2 Source:T1\n", TEXT
    )
    assert standoff.text_bounds == (
        TextBound("T1", "Source", (Span(0, 10),)),
        TextBound("T2", "Cue", (Span(11, 15),)),
    )
    assert standoff.events == (Event("E1", "Attribution", "T2", (("Source", "T1"),)),)
    assert standoff.by_id()["T2"].label == "Cue"


def test_parts_of_a_discontinuous_span_are_kept_by_start() -> None:
    (bound,) = parse_brat("T1\tContent 31 36;0 3\tclose The\n", TEXT).text_bounds
    assert bound.parts == (Span(0, 3), Span(31, 36))


def test_offsets_count_code_points() -> None:
    (bound,) = parse_brat("T1\tContent 54 55\t😀\n", TEXT).text_bounds
    assert bound.parts[0].of(TEXT) == "😀"


@pytest.mark.parametrize("between", ["\n", " "])
def test_copied_text_may_hold_the_line_break_or_a_blank(between: str) -> None:
    annotation = f"T1\tContent 31 44\tclose.{between}Nobody\nT2\tCue 11 15\tsaid\n"
    assert len(parse_brat(annotation, TEXT).text_bounds) == 2


def test_notes_attributes_and_relations_are_passed_over() -> None:
    annotation = "#1\tAnnotatorNotes T1\tunsure\nA1\tNegated T1\nR1\tSame Arg1:T1 Arg2:T1\n\n"
    standoff = parse_brat(annotation + "T1\tCue 11 15\tsaid\n", TEXT)
    assert len(standoff.text_bounds) == 1


def test_event_may_take_an_event_as_argument() -> None:
    annotation = "T1\tCue 11 15\tsaid\nE1\tA:T1\nE2\tA:T1 Content:E1 \n"
    assert parse_brat(annotation, TEXT).events[1].arguments == (("Content", "E1"),)


@pytest.mark.parametrize(
    ("annotation", "problem"),
    [
        ("T1 Cue 11 15 said\n", "no text-bound line"),
        ("T1\tCue 11\tsaid\n", "no text-bound line"),
        ("T1\tCue eleven 15\tsaid\n", "no text-bound line"),
        ("T1\tCue 11 999\tsaid\n", "outside the text"),
        ("T1\tCue 15 11\tsaid\n", "outside the text"),
        ("T1\tCue 11 16\tsaid\n", "not the text in the line"),
        ("T1\tCue 11 15\tasks\n", "not the text in the line"),
        ("E1\tAttribution\n", "no event line"),
        ("said\n", "starts like no brat annotation"),
    ],
)
def test_bad_line_is_refused_with_file_and_line(annotation: str, problem: str) -> None:
    with pytest.raises(InputError, match=problem) as caught:
        parse_brat("#1\tnote\n" + annotation, TEXT, "pier.ann")
    assert str(caught.value).startswith("pier.ann: record 2: ")


@pytest.mark.parametrize(
    ("annotation", "problem"),
    [
        ("T1\tCue 11 15\tsaid\nT1\tCue 11 15\tsaid\n", "occurs twice"),
        ("T1\tCue 11 15\tsaid\nE1\tAttribution:T1 Source:T9\n", "names T9"),
    ],
)
def test_ids_must_be_unique_and_defined(annotation: str, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        parse_brat(annotation, TEXT, "pier.ann")


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab\n é😀", min_size=1, max_size=40), st.data())
def test_every_span_of_every_text_is_read_back(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    annotation = f"T1\tCue {start} {end}\t{text[start:end]}\nT2\tCue 0 1\t{text[0]}\n"
    bounds = parse_brat(annotation, text).text_bounds
    assert [bound.parts for bound in bounds] == [(Span(start, end),), (Span(0, 1),)]
