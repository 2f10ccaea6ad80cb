import io
import re
from dataclasses import replace
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest

from hostile.payloads import PAYLOADS
from reframing.documents.params import FigureParams, StatisticsParams, read_params
from reframing.figures.caption import Study
from reframing.figures.dot_rows import kind_label
from reframing.figures.figure import (
    DOUBLE_MM,
    MM_PER_INCH,
    Canvas,
    Figure,
    draw,
    save,
    width_mm,
    wrapped,
)
from reframing.figures.gallery import open_study, study_figures
from reframing.figures.survival_odds import DIRECTED, title
from reframing.stages.draw_effects import DRAWN
from reframing.stages.draw_effects import TABLES as EFFECT_TABLES
from reframing.statistics.study_tables import study_tables
from studied import corpus
from validation.stages.draw_suites import SUITES

ROOT = Path(__file__).parents[2]
PUBLISHED = read_params(ROOT / "params.yaml")
PARAMS = FigureParams()
STATISTICS = StatisticsParams(flips=200)
SIX = (
    "verbatim",
    "trimmed",
    "edited",
    "emotionally_triggering",
    "partisan or tabloid rewrite",
    "retelling",
)
SHAPES = {
    "every condition": {"events": 6},
    "six kinds with long names": {"events": 6, "kinds": SIX},
    "no nulls": {"events": 6, "conditions": ("repost",)},
    "copies alone": {"events": 6, "kinds": ("neutral",), "conditions": ("repost", "copy")},
    "one event": {"events": 1},
    "no records": {"events": 0},
    "versions": {"events": 12, "conditions": ("version", "copy", "independent")},
}


@lru_cache
def study(shape, constructed=True):
    return study_of(corpus(**SHAPES[shape]), constructed, directed=shape != "versions")


def study_of(records, constructed=True, directed=True):
    tables = study_tables(records, STATISTICS, 1, directed)
    return Study("Invented pairs", constructed, directed, tables, STATISTICS)


OF_A_STUDY = (("value", "low", "high", "n_events"),)
ESTIMATES = {
    "scores": (("score", "low", "high", "n_documents"),),
    "planted-misses": (("missed", "missed_low", "missed_high", "changes"),),
    "planted-moves": (
        ("recall", "recall_low", "recall_high", "planted"),
        ("precision", "precision_low", "precision_high", "found"),
    ),
    "exaggeration": (("value", "low", "high", "events"),),
    "effects": (
        ("value", "low", "high", "events"),
        ("counted", "counted_low", "counted_high", "events"),
    ),
    "recognition": (
        ("recall", "recall_low", "recall_high", "events"),
        ("precision", "precision_low", "precision_high", "events"),
    ),
    "prompts": (
        ("value", "low", "high", "events"),
        ("counted", "counted_low", "counted_high", "events"),
    ),
    "laundering": (
        ("value", "low", "high", "events"),
        ("counted", "counted_low", "counted_high", "events"),
    ),
    "specifications": (("value", "low", "high", "events"),),
    "coverage": (("value", "low", "high", "studies"),),
}
"""Columns of estimate, interval and n in the data of figures that are of no corpus."""

WITHOUT_INTERVALS = {
    "flow": "counts all that the corpus holds, from which nothing was drawn",
    "example": "shows words of one pair, and estimates nothing",
}
"""The only figures whose numbers need no interval, with the reason."""


def estimating(figures):
    """The figures that show estimates."""
    return [figure for figure in figures if figure.name not in WITHOUT_INTERVALS]


def bare(figure):
    """The estimates of a figure that have no interval although two or more events are behind them."""
    found = []
    for value, low, high, n in ESTIMATES.get(figure.name, OF_A_STUDY):
        data = figure.data[[value, low, high, n]].astype(float)
        shown = data[data[value].notna()]
        inside = (shown[low] <= shown[value] + 1e-9) & (shown[value] <= shown[high] + 1e-9)
        bounded = inside & np.isfinite(shown[[value, low, high]]).all(axis=1)
        alone = (shown[n] == 1) & shown[[low, high]].isna().all(axis=1)
        found.append(shown[~bounded & ~alone])
    return pd.concat(found)


def says_n(figure):
    """Whether the caption says n, or the label of each row does in brackets."""
    if re.search(r"\bn( = |: .*?)\d", figure.caption):
        return True
    texts = [text for text, _ in written(draw(figure, PARAMS))]
    return sum(bool(re.search(r" \([\d,]+\)$", text)) for text in texts) == len(
        set(figure.data["move"])
    )


@pytest.fixture(scope="module", params=SHAPES)
def shape(request):
    return request.param


@pytest.fixture(scope="module")
def figures(shape):
    return study_figures(study(shape))


@pytest.fixture(scope="module")
def drawings(figures):
    """The drawing of each figure, by its name."""
    return {figure.name: draw(figure, PARAMS) for figure in figures}


def written(drawing):
    """Every visible piece of text with its box, in pixels."""
    from matplotlib.text import Text

    drawing.draw_without_rendering()
    texts = [text for text in drawing.findobj(Text) if text.get_visible() and text.get_text()]
    return [(text.get_text(), text.get_window_extent()) for text in texts]


def test_text_neither_overlaps_nor_leaves_the_page(drawings):
    for name, drawing in drawings.items():
        boxes = written(drawing)
        for text, box in boxes:
            assert box.x0 >= 0, (name, text)
            assert box.y0 >= 0, (name, text)
            assert box.x1 <= drawing.bbox.x1, (name, text)
            assert box.y1 <= drawing.bbox.y1, (name, text)
        inner = [box.padded(-0.5) for _, box in boxes]
        for (one, (text, _)), (_, (other_text, box)) in combinations(enumerate(boxes), 2):
            assert not inner[one].overlaps(box), (name, text, other_text)


def test_a_figure_is_as_wide_as_a_column_or_two(drawings):
    for drawing in drawings.values():
        width = drawing.get_size_inches()[0] * MM_PER_INCH
        assert round(width) in (PARAMS.width_mm, DOUBLE_MM)


def test_what_a_kind_is_called_is_drawn_as_it_is_written():
    kinds = (r"$\frac$", "$a^b$", "</svg>", "\u202eab\x07")
    for figure in study_figures(study_of(corpus(events=2, kinds=kinds))):
        drawing = draw(figure, PARAMS)
        told = "".join(text for text, _ in written(drawing)).replace("\n", " ")
        assert all(kind_label(kind) in told for kind in kinds), figure.name
    svg = io.BytesIO()
    drawing.savefig(svg, format="svg")
    assert ElementTree.fromstring(svg.getvalue()).tag.endswith("svg")


@pytest.mark.parametrize("text", PAYLOADS.values(), ids=PAYLOADS)
def test_any_name_can_be_drawn_in_every_format(text, tmp_path):
    def plot(drawing, data, params):
        Canvas(drawing, 89, 20).text(1, 1, wrapped(name, 80, 7), 7)

    name = kind_label(text)
    saved = save(Figure("name", name, f"Shown is {name}.", plot, pd.DataFrame()), tmp_path, PARAMS)
    assert len(saved) == 5
    svg = ElementTree.fromstring((tmp_path / "name.svg").read_bytes())
    local = {each.tag.rpartition("}")[2] for each in svg.iter()}
    assert local <= {"svg", "title", "desc", "metadata", "RDF", "Work", "type", "format", "creator"} | {
        "Agent", "defs", "style", "g", "path", "text", "use", "tspan", "clipPath", "rect",
    }  # fmt: skip
    assert not [name for each in svg.iter() for name in each.attrib if name.startswith("on")]


def named(name):
    return next(figure for figure in study_figures(study("every condition")) if figure.name == name)


def told(figure):
    return [text for text, _ in written(draw(figure, PARAMS))]


@pytest.fixture(scope="module")
def cut():
    """The figure `survival` of enough events to tell odds ratios."""
    records = corpus(events=20, kinds=("edited", "partisan"))
    return next(one for one in study_figures(study_of(records)) if one.name == "survival")


def test_a_corpus_without_headlines_has_no_room_and_no_label_for_them(cut):
    headless = replace(cut, data=cut.data[cut.data["of"] != "headline"])
    assert "H" in told(cut)
    assert "headline : middle" in told(cut)
    assert not [text for text in told(headless) if text == "H" or "headline" in text]


def test_reposts_and_independent_reports_share_the_rows_of_one_axis(cut):
    axes = [one for one in draw(cut, PARAMS).axes if one.get_xscale() == "log"]
    assert len(axes) == 3  # all reposts, and two kinds
    assert len({one.get_xlim() for one in axes}) == 1
    odds = cut.data[cut.data["quantity"] == "odds ratio"].set_index(["condition", "kind"])
    for one, kind in zip(axes, ("all", "edited", "partisan"), strict=True):
        marks = {float(line.get_xdata()[0]) for line in one.lines if line.get_marker() in "oD"}
        for row in (("repost", kind), ("independent", "all")):
            shown = odds.loc[[row], "value"].dropna()
            shown = shown[(shown > one.get_xlim()[0]) & (shown < one.get_xlim()[1])]
            assert len(shown) > 2
            assert all(np.isclose(value, list(marks)).any() for value in shown)


def test_kinds_without_odds_are_named_below_and_have_no_panels():
    figure = named("survival")
    assert not [one for one in draw(figure, PARAMS).axes if one.get_xscale() == "log"]
    below = next(text for text in told(figure) if text.startswith("No odds ratios of"))
    assert all(kind in below for kind in ("trimmed", "edited", "partisan", "retelling"))
    assert "No odds ratio of any term: fewer than 10 events." in figure.caption


def test_shares_that_are_alike_at_each_place_are_told_and_not_drawn(cut):
    share = cut.data["quantity"] == "share"
    shares = cut.data["value"].where(~share, 0.97)
    alike = replace(cut, data=cut.data.assign(value=shares))
    assert len(draw(alike, PARAMS).axes) == len(draw(cut, PARAMS).axes) - 3


def titled(independent=(0.5, 2.0), **intervals):
    """The title for odds ratios of reposts with some intervals; those of other terms hold 1."""
    rows = [
        ("repost", "all", term, 1.0, *intervals.get(term, (0.5, 2.0)))
        for term in ("lead", "place", "length", "hedge", "booster")
    ]
    rows += [("independent", "all", row[2], 1.0, *independent) for row in rows]
    columns = ["condition", "kind", "of", "value", "low", "high"]
    return title(pd.DataFrame(rows, columns=columns), "repost", DIRECTED)


def test_the_title_says_which_sentences_stand_out_surest_first():
    assert titled() == "No place, length or content tells which sentences are carried over"
    assert titled(hedge=(0.2, 0.9), booster=(0.1, 0.4)) == (
        "Sentences with boosters and hedges are carried over less than others"
    )
    assert titled(place=(0.1, 0.5), lead=(3.0, 9.0), length=(1.5, 2.0), hedge=(0.2, 0.9)) == (
        "Leads and early sentences are carried over more than others, sentences with hedges less"
    )
    assert titled(place=(2.0, 3.0), independent=(1.1, 2.0)) == (
        "Late sentences are carried over more than others, and so in independent reports"
    )
    nothing = titled(**dict.fromkeys(("lead", "place"), (np.nan, np.nan)))
    assert nothing == titled()


@pytest.mark.parametrize("label", ["w" * 20_000, "w " * 20_000, "\u0301" * 500 + "w"])
def test_a_label_of_any_length_is_shortened_to_what_fits(label):
    text = wrapped(label, 20, 6)
    assert text.count("\n") <= 1
    assert all(width_mm(line, 6) <= 20 for line in text.split("\n"))


def test_every_estimate_has_an_interval_around_it(figures):
    for figure in figures:
        assert says_n(figure), figure.name
    for figure in estimating(figures):
        assert bare(figure).empty, figure.name


@pytest.mark.parametrize("name", PUBLISHED.corpora)
def test_published_figures_have_intervals_and_say_n(name):
    figures = study_figures(open_study(name, ROOT))
    assert all(map(says_n, figures))
    for figure in estimating(figures):
        assert bare(figure).empty, figure.name
        alone = figure.data["value"].notna() & figure.data["low"].isna()
        assert ("rests on a single event" in figure.caption) == alone.any(), figure.name


def of_benchmarks():
    """The figures that are of no corpus, from the committed tables that they draw."""
    for suite in SUITES.values():
        for drawn in suite.drawn:
            yield drawn.make(ROOT, PUBLISHED)
    paths = {name: ROOT / path for name, path in EFFECT_TABLES.items()}
    tables = {name: pd.read_csv(path) for name, path in paths.items() if path.exists()}
    for one in DRAWN:
        if set(one.tables) <= set(tables):
            yield one.figure(tables, PUBLISHED, {})


def test_published_figures_of_benchmarks_have_intervals_and_say_n():
    figures = list(of_benchmarks())
    assert {"effects", "specifications", "coverage"} <= {figure.name for figure in figures}
    for figure in figures:
        assert says_n(figure), figure.name
        assert bare(figure).empty, figure.name


def test_an_estimate_without_its_interval_is_refused():
    for figure in estimating(study_figures(study("every condition"))):
        figure.data.loc[0, "high"] = np.nan
        assert len(bare(figure)) == 1
        figure.data.loc[0, ["low", "high"]] = figure.data.loc[0, "value"] + 1
        assert len(bare(figure)) == 1


def test_nan_estimates_are_drawn_as_nothing():
    for figure in estimating(study_figures(study("every condition"))):
        figure.data[["value", "low", "high"]] = np.nan
        assert draw(figure, PARAMS).axes


def test_every_kind_and_null_that_occurs_is_in_the_data():
    for figure in estimating(study_figures(study("six kinds with long names"))):
        assert set(figure.data["condition"]) == {"repost", "copy", "independent"}
        drawn = set(SIX) & set(figure.data["kind"])
        assert len(drawn) == (4 if figure.name == "moves" else 6), figure.name


def test_kinds_of_few_events_are_told_and_not_drawn_where_others_have_enough():
    records = [*corpus(events=10, kinds=("edited",)), *corpus(events=1, kinds=("trimmed",))]
    for figure in estimating(study_figures(study_of(records))):
        assert "edited" in set(figure.data["kind"])
        assert "trimmed" not in set(figure.data["kind"])
        assert "trimmed 1" in figure.caption
        assert "Too few events to be drawn: trimmed (1 event)." in figure.caption


def test_captions_stand_alone():
    for figure in estimating(study_figures(study("every condition"))):
        for said in (
            "intervals are 95% by event",
            "Corpus: Invented pairs.",
            "n = 6 events, 24 pairs",
            "6 independent reports",
            "no finding is claimed",
        ):
            assert said in figure.caption  # fmt: skip


def test_captions_name_the_nulls_that_a_corpus_has_not():
    for figure in estimating(study_figures(study("copies alone", constructed=False))):
        assert "no independent reports" in figure.caption
        assert "no finding is claimed" not in figure.caption


def test_names_are_unique():
    names = [figure.name for figure in study_figures(study("one event"))]
    assert len(set(names)) == len(names)


def test_of_versions_no_figure_says_what_one_did_to_the_other():
    for figure in study_figures(study("versions")):
        drawn = " ".join(text for text, _ in written(draw(figure, PARAMS)))
        for word in (
            "repost",
            "original",
            "carried over",
            "dropped",
            "surviv",
            "added",
            "left out",
        ):
            assert word not in (drawn + figure.caption).replace("copy of the original", ""), (
                figure.name
            )
