"""What stands about a marker, whether it survives, and which markers correspond."""

from collections.abc import Iterable

from hypothesis import given, settings
from hypothesis import strategies as st

from reframing.documents.records import Span
from reframing.moves.matching import (
    Mention,
    counterparts,
    mention,
    paired,
    question,
    stems,
    surviving,
    unmatched,
)
from two_texts import pair, side


def marker(lemma: str, about: Iterable[str], sentence: int = 0, kind: str = "") -> Mention:
    return Mention(Span(0, 1), sentence, lemma, frozenset(about), kind)


def span_in(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def test_a_mention_has_the_content_words_about_it_within_its_sentence() -> None:
    text = "Storms came. The old dam may fail soon after heavy rain. Boats sank."
    here = mention(side("a", text), span_in(text, "may"), "may", window=2)
    assert here is not None
    assert here.sentence == 1
    assert here.about == {"old", "dam", "fail", "soon"}


def test_nothing_stands_about_a_span_between_sentences() -> None:
    assert mention(side("a", "Boats sank.\n\nStorms came."), Span(12, 13), "") is None


def test_survival_is_the_share_of_terms_on_the_other_side() -> None:
    there = side("b", "The dam will fail.")
    assert surviving(frozenset({"dam", "rain"}), stems(there, [0])) == 0.5
    assert surviving(frozenset(), stems(there, [0])) == 0.0


def test_copied_sentences_have_no_counterparts() -> None:
    context = pair("Boats sank. Storms came in May.", "Boats sank. In May there were storms.")
    assert counterparts(context, of_original=True) == {1: (1,)}
    assert counterparts(context, of_original=False) == {1: (1,)}


def test_equal_lemmas_correspond_before_equal_surroundings() -> None:
    may, might = marker("may", {"dam", "fail"}), marker("might", {"dam", "fail"})
    assert paired([might], [may, marker("might", {"boat"})], {0: (0,)}) == [
        (might, marker("might", {"boat"}))
    ]


def test_markers_of_different_kinds_do_not_correspond() -> None:
    may = marker("may", {"dam"}, kind="certainty")
    about = marker("about", {"dam"}, kind="degree")
    assert unmatched([may], [about], {0: (0,)}) == [may]


def test_markers_of_sentences_that_are_not_linked_do_not_correspond() -> None:
    may = marker("may", {"dam"})
    assert unmatched([may], [marker("may", {"dam"}, sentence=3)], {0: (1, 2)}) == [may]


def test_a_question_is_told_by_its_mark_inside_quotation_marks_too() -> None:
    asked = side("a", "“Will the dam fail?” It will not.")
    assert question(asked, 0)
    assert not question(asked, 1)


MENTIONS = st.lists(
    st.builds(
        marker, st.sampled_from(["may", "might"]), st.sets(st.sampled_from("abc")), st.just(0)
    ),
    max_size=5,
)


@settings(max_examples=50)
@given(MENTIONS, MENTIONS)
def test_each_marker_of_the_other_side_serves_once(heres, theres) -> None:
    taken = [id(there) for _, there in paired(heres, theres, {0: (0,)}) if there is not None]
    assert len(taken) <= len(theres)
    assert len(paired(heres, theres, {0: (0,)})) == len(heres)


@settings(max_examples=50)
@given(MENTIONS)
def test_markers_match_their_own_copies(heres) -> None:
    assert unmatched(heres, list(heres), {0: (0,)}) == []
