"""The figure `flow`: the numbers that it writes, and that they add up."""

from itertools import pairwise

import pytest

from reframing.documents.params import FigureParams, StatisticsParams
from reframing.documents.records import Pair
from reframing.figures.caption import Study
from reframing.figures.corpus_flow import (
    DIRECTED,
    MOST_DETAILS,
    Counts,
    columns,
    flow,
    main_path,
)
from reframing.figures.figure import draw
from reframing.reading.prepare import Dropped
from reframing.statistics.flow import held_of
from reframing.statistics.study_tables import study_tables
from studied import corpus

PARAMS = FigureParams()


def figure_of(records, held=None, directed=True):
    statistics = StatisticsParams(flips=200)
    tables = study_tables(records, statistics, 1, directed, held)
    return flow(Study("Invented pairs", False, directed, tables, statistics))


def texts_of(figure):
    from matplotlib.text import Text

    drawing = draw(figure, PARAMS)
    return [text.get_text() for text in drawing.findobj(Text) if text.get_text()]


@pytest.fixture
def records():
    return corpus(events=4)


@pytest.fixture
def held(records):
    reports = [one.pair for one in records if one.pair.condition != "copy"]
    candidates = [Pair(p.original, p.repost, "edited", "a→b", 1.0, (), 1.0) for p in reports]
    candidates.append(Pair("x", "y", "same-event", "undetermined", 0.0, (), 1.0))
    dropped = [Dropped("z", "fewer than 40 words", 0), Dropped("w", "furniture", 2)]
    return held_of(30, dropped, candidates)


def test_the_title_says_how_many_articles_are_in_a_studied_pair(records, held):
    assert figure_of(records, held).title == "20 of 31 articles are in a studied pair"
    one = figure_of([one for one in corpus(1, ("edited",)) if one.pair.condition == "copy"])
    assert one.title == "0 of 1 article is in a studied pair"


def test_every_number_of_the_main_path_is_written(records, held):
    texts = texts_of(figure_of(records, held))
    for box in ("Articles read", "Articles kept", "Candidate pairs", "Pairs chosen", "Not chosen"):
        assert box in texts
    chosen = sum(one.pair.condition != "copy" for one in records)
    for number in (31, 30, 20, chosen, chosen + 1):
        assert f"{number:,}" in texts


def test_numbers_add_up_from_box_to_box(records, held):
    counts = Counts(figure_of(records, held).data)
    path = main_path(counts, DIRECTED)
    for (box, out), (following, _) in pairwise(path):
        if out:
            assert box.number - out.number == following.number
    arms = columns(counts, DIRECTED)
    assert list(arms) == ["repost", "independent", "copy"]
    made = arms["copy"][0].number
    assert sum(boxes[0].number for boxes in arms.values()) - made == path[-1][0].number
    for boxes in arms.values():
        for box in boxes[1:]:
            parts = [int(number.split(" ")[0].replace(",", "")) for _, number in box.details]
            assert sum(parts) == box.number


def test_copies_are_said_to_be_made_and_no_arrow_leads_to_them(records, held):
    with_copies = figure_of(records, held)
    without = figure_of([one for one in records if one.pair.condition != "copy"], held)
    assert "made, not chosen" in texts_of(with_copies)
    assert "made, not chosen" not in texts_of(without)
    of_column = len(columns(Counts(with_copies.data), DIRECTED)["copy"]) - 1
    assert len(arrows(with_copies)) == len(arrows(without)) + of_column


def arrows(figure):
    from matplotlib.text import Annotation

    return draw(figure, PARAMS).findobj(Annotation)


def test_only_nothing_is_0_percent_and_only_all_is_100(records):
    figure = figure_of(records)
    of_reposts = (figure.data["step"] == "sentences") & (figure.data["condition"] == "repost")
    linked = figure.data["part"] == "linked"
    figure.data.loc[of_reposts & linked, "count"] = 9999
    figure.data.loc[of_reposts & ~linked, "count"] = 1
    texts = texts_of(figure)
    assert "9,999 (>99%)" in texts
    assert "1 (<1%)" in texts
    assert any(text.endswith("(100%)") for text in texts)


def test_many_kinds_are_summed_at_the_end():
    kinds = [f"kind {number:02d}" for number in range(MOST_DETAILS + 4)]
    texts = texts_of(figure_of(corpus(2, kinds, ("repost",))))
    assert "5 others" in texts
    assert sum(text.startswith("kind") for text in texts) == MOST_DETAILS - 1


def test_a_corpus_of_which_no_pair_is_studied_is_drawn_as_far_as_it_goes():
    figure = figure_of([])
    assert figure.title == "0 of 0 articles are in a studied pair"
    assert "Articles read" in texts_of(figure)
