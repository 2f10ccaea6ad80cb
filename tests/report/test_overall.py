"""Both texts as wholes: tone, quotations, sources, furniture and substance of sentences."""

import pytest

from reframing.documents.records import Article, Span
from reframing.measures.annotate import annotate
from reframing.report.overall import Overall, Speaker, Whole, overall

ORIGINAL = Article(
    id="mill/original",
    title="Mill to close in June",
    body=(
        "The paper mill at Ostby will close in June, the owner Karin Lund said on Monday.\n"
        "Photo: Tor Hals\n"
        "“We have lost money for six years and cannot go on,” Lund said. The mill employs 80 people.\n"
        "Ola Berg, who leads the union, said the workers had not been told before the meeting.\n"
        "The council plans to help them find work. Why?"
    ),
)
REPOST = Article(
    id="mill/repost",
    title="Mill to close in June",
    body=(
        "The disgraceful paper mill at Ostby will be brutally closed in June, Karin Lund said.\n"
        "It is a shameful betrayal of 80 decent workers. Critics say the greedy owner is a coward.\n"
        "Nobody should trust this rotten company again."
    ),
)


@pytest.fixture(scope="module")
def both() -> Overall:
    return overall(ORIGINAL, REPOST, (annotate(ORIGINAL), annotate(REPOST)))


def test_a_report_retold_with_loaded_words_is_more_loaded(both):
    assert both.tone is not None
    assert both.tone.size > 0
    assert {"disgraceful", "shameful"} <= set(both.repost.loaded_words)
    assert "disgraceful" not in both.original.loaded_words


def test_roles_swapped_turn_the_tone_around(both):
    swapped = Overall(both.repost, both.original)
    assert swapped.tone is not None
    assert swapped.tone.size == -both.tone.size


def test_a_text_has_the_tone_of_its_copy():
    known = annotate(ORIGINAL)
    copy = overall(ORIGINAL, ORIGINAL, (known, known))
    assert copy.tone is None
    assert copy.quoting is None
    assert copy.original.voices == copy.original.loaded_words == ()


def test_a_repost_without_quotations_quotes_less(both):
    assert both.original.quoted == 11
    assert both.repost.quoted == 0
    assert both.quoting is not None
    assert both.quoting.size == 1


def test_short_quotations_are_not_missed():
    few = Overall(Whole(quoted=4, words=100), Whole(quoted=0, words=100))
    assert few.quoting is None


def test_a_repost_that_quotes_as_large_a_share_quotes_no_less():
    shorter = Overall(Whole(quoted=40, words=200), Whole(quoted=10, words=50))
    assert shorter.quoting is None


def test_sources_that_the_other_text_does_not_mention_are_its_own(both):
    assert both.original.voices == ("Ola Berg",)
    assert both.repost.voices == ("critics",)
    assert both.repost.is_vague
    assert not both.original.is_vague


def test_quotations_have_the_full_name_of_their_source(both):
    (speaker,) = both.original.speakers
    assert speaker.name.endswith("Karin Lund")
    assert both.original.speaker_of(speaker.quotation) == speaker.name
    assert both.original.speaker_of(Span(0, 4)) is None
    assert both.original.speaker_of(None) is None


def test_who_is_quoted_without_a_name_is_not_named():
    told = Article("b", "“We lost,” someone said. “We won,” Karin Lund said.")
    assert [s.name for s in overall(told, told, (annotate(told),) * 2).original.speakers] == [
        "Karin Lund"
    ]


def test_the_quotation_that_stands_for_others_is_of_some_length_and_not_in_the_other_text(both):
    assert both.original.own_quotation == "We have lost money for six years and cannot go on,"
    assert both.repost.own_quotation is None
    kept = Article("c", "“We have lost money for six years – and cannot go on,” Lund said.")
    again = overall(ORIGINAL, kept, (annotate(ORIGINAL), annotate(kept)))
    assert again.original.own_quotation is None
    short = Article("d", "“We lost,” Lund said.")
    assert (
        overall(short, REPOST, (annotate(short), annotate(REPOST))).original.own_quotation is None
    )


def test_two_of_one_surname_are_kept_apart():
    text = "“This is a very bad day,” Bell said. Ann Bell said the road was shut. Tom Bell said it was open."
    bells = Article(id="bells", body=text)
    known = annotate(bells)
    found = overall(bells, REPOST, (known, annotate(REPOST))).original.speakers
    assert [speaker.name for speaker in found] == ["Bell"]


def test_credits_of_photographs_are_no_sentences(both):
    annotation = annotate(ORIGINAL)
    lines = [annotation.sentences[i].span.of(ORIGINAL.text) for i in both.original.furniture]
    assert lines == ["Photo: Tor Hals"]
    counted = [number for number in both.original.numbers if number is not None]
    assert [str(number) for number in counted] == [str(1 + i) for i in range(len(counted))]
    assert len(counted) == len(annotation.sentences) - 1


def test_a_statement_on_the_subject_has_more_substance_than_an_aside(both):
    sentences = annotate(ORIGINAL).sentences
    by_text = {
        s.span.of(ORIGINAL.text): both.original.substance_of(i) for i, s in enumerate(sentences)
    }
    lead = by_text[
        "The paper mill at Ostby will close in June, the owner Karin Lund said on Monday."
    ]
    assert lead == max(by_text.values()) == 1
    assert by_text["Why?"] < 0.1
    assert by_text["Photo: Tor Hals"] == 0


def test_what_was_not_measured_has_full_substance():
    assert Whole().substance_of(7) == 1
    assert Whole(speakers=(Speaker(Span(2, 5), "Ann Bell"),)).speaker_of(Span(4, 9)) == "Ann Bell"
