"""The figures of rates by prompt, and of true beside false reports, from invented tables."""

import numpy as np
import pandas as pd
import pytest

from reframing.documents.params import EffectsParams, Estimand, FigureParams
from reframing.figures.effect_panels import laundering, prompt_of, prompts
from reframing.figures.effect_rows import CORRECTED
from reframing.figures.figure import draw
from reframing.stages.estimate_effects import EFFECT_COLUMNS, KIND_COLUMNS
from reframing.statistics.by_kind import OUTCOMES

PARAMS = EffectsParams(reads={})
DRAWN = FigureParams(dpi=72)


def estimand(corpus, family, kinds=(), of="", than=""):
    return Estimand(corpus, family, "Terns get louder", ("a",), ("b",), kinds, (), of, than)


ESTIMANDS = {
    "terns-loaded": estimand("terns", "unasked"),
    "gulls-loaded": estimand("gulls", "asked"),
    "doubt": estimand("gulls", "laundering", ("calm", "cool"), "false", "true"),
}


def rate(corpus, kind, outcome, value=1.0, half=2.0, group="all", **more):
    known = {"corpus": corpus, "family": "exploratory", "condition": "repost", "kind": kind}
    known |= {"group": group, "outcome": outcome, "events": 35, "read": 70, "found": 9}
    for name, middle in (("", value), ("counted", 0.5)):
        ends = ("value", "low", "high") if not name else (name, f"{name}_low", f"{name}_high")
        known |= dict(zip(ends, (middle, middle - half, middle + half), strict=True))
    return {**dict.fromkeys(KIND_COLUMNS, 0), **known, "precision": 0.9, **more}


def kinds(*rows):
    return pd.DataFrame(list(rows), columns=KIND_COLUMNS)


def every(corpus, kind, loaded):
    values = dict.fromkeys(OUTCOMES, 0.0) | {"loaded": loaded}
    return [rate(corpus, kind, outcome, value) for outcome, value in values.items()]


TERNS = kinds(
    *every("terns", "rewrite", 5.0),
    *every("terns", "fluent", -4.0),
    *every("terns", "all", 3.0),
    *every("gulls", "calm", 9.0),
)


def texts(figure):
    drawing = draw(figure, DRAWN)
    return [text.get_text() for text in drawing.findobj(lambda one: hasattr(one, "get_text"))]


def corrected(figure):
    """Places of corrected estimates, panel by panel from left to right."""
    shown = [axes for axes in draw(figure, DRAWN).axes if axes.axison]
    shown.sort(key=lambda axes: axes.get_position().x0)
    return [
        [float(line.get_xdata()[0]) for line in axes.lines if line.get_marker() == CORRECTED.marker]
        for axes in shown
    ]


def test_only_corpora_whose_tone_was_not_asked_for_are_shown():
    assert set(prompts(TERNS, ESTIMANDS, PARAMS).data["corpus"]) == {"terns"}


def test_prompts_run_from_minimal_change_to_a_new_text_with_all_of_them_last():
    data = prompts(TERNS, ESTIMANDS, PARAMS).data
    assert list(dict.fromkeys(data["kind"])) == ["fluent", "rewrite", "all"]


def test_the_title_counts_prompts_whose_interval_excludes_no_change():
    assert prompts(TERNS, ESTIMANDS, PARAMS).title == (
        "Texts by a model, under 2 prompts in 1 corpus: "
        "more loaded under 1, less loaded under 1, surer under none and fewer sources under none"
    )


def test_each_outcome_has_a_panel_with_a_mark_for_each_prompt():
    assert corrected(prompts(TERNS, ESTIMANDS, PARAMS)) == [[-4, 5, 3], [0, 0, 0], [0, 0, 0]]


@pytest.mark.parametrize(
    ("kind", "model", "label"),
    [
        ("fluent", "", "fluent"),
        ("polish-sentence", "", "polish sentence"),
        ("llama-polish", "llama", "polish"),
        ("gpt-3.5-again", "gpt 3.5", "again"),
        ("some-other", "", "some other"),
    ],
)
def test_a_kind_names_a_prompt_and_perhaps_a_model(kind, model, label):
    assert prompt_of(kind)[:2] == (model, label)


def test_models_of_one_corpus_have_headings_of_their_own_and_no_row_together():
    table = kinds(
        *every("terns", "llama-polish", 5.0),
        *every("terns", "davinci-polish", 5.0),
        *every("terns", "all", 3.0),
    )
    figure = prompts(table, ESTIMANDS, PARAMS, {"terns": "Texts"})
    shown = texts(figure)
    assert {"Texts: llama", "Texts: davinci"} <= set(shown)
    assert "all prompts" not in shown
    assert figure.title.startswith("Texts by a model, under 2 prompts")


def test_without_texts_by_a_model_the_figure_says_so():
    assert "No text of a model was read." in texts(prompts(TERNS, {}, PARAMS))


# True beside false reports.

RATES = kinds(
    *[
        rate("gulls", kind, "doubt", value, group=group)
        for kind, group, value in (
            ("calm, cool", "true", 1.0),
            ("calm, cool", "false", 2.0),
            ("loud", "true", 8.0),
            ("loud", "false", 9.0),
        )
    ],
    *every("gulls", "calm", 3.0),
)


def differences(q, value=1.0):
    known = rate("gulls", "", "", value) | {"estimand": "doubt", "q": q, "detectable": 4.25}
    row = {name: known.get(name, 0) for name in EFFECT_COLUMNS}
    return pd.DataFrame([row | {"hypothesis": "Terns get louder", "family": "laundering"}])


def figure_of(q=0.4, value=1.0):
    return laundering(RATES, differences(q, value), ESTIMANDS, PARAMS)


def test_both_groups_stand_in_each_set_of_kinds_above_their_difference():
    data = figure_of().data
    assert list(data["value"]) == [1, 2, 8, 9, 1]
    assert list(data["group"]) == ["true", "false", "true", "false", "false less true"]
    assert sorted(corrected(figure_of())) == [[1], [1, 2, 8, 9]]


BOTH = ESTIMANDS | {"loud": estimand("gulls", "laundering", ("loud",), "false", "true")}


@pytest.mark.parametrize(
    ("values", "title"),
    [
        ({}, "None of 2 {} is found; one of 7.5 per 1,000 words probably would be"),
        (
            {"doubt": 1},
            "1 of 2 {} is found; elsewhere, one of 7.5 per 1,000 words probably would be",
        ),
        ({"doubt": 1, "loud": 2}, "2 of 2 {} are found"),
        (
            {"loud": -1},
            "None of 2 {} is found, but the reverse of 1 is; "
            "elsewhere, one of 4.2 per 1,000 words probably would be",
        ),
        ({"doubt": -1, "loud": -1}, "None of 2 {} is found, but the reverse of 2 are"),
        ({"doubt": 1, "loud": -1}, "1 of 2 {} is found, and the reverse of 1 other"),
    ],
)
def test_the_title_says_what_is_found_and_which_way_and_what_else_would_be(values, title):
    least = {"doubt": 4.25, "loud": 7.5}
    asked = pd.concat(
        differences(0.01 if name in values else 0.4, values.get(name, 1.0)).assign(
            estimand=name, detectable=least[name]
        )
        for name in least
    )
    figure = laundering(RATES, asked, BOTH, PARAMS)
    assert figure.title == title.format("expected differences between true and false reports")


@pytest.mark.parametrize(
    ("q", "value", "said"),
    [
        (0.01, 1.0, "yes (q = 0.01)"),
        (0.01, -1.0, "the reverse (q = 0.01)"),
        (0.4, -1.0, "no (q = 0.4)"),
        (np.nan, 1.0, "unknown"),
    ],
)
def test_each_difference_says_whether_it_is_found_and_which_way(q, value, said):
    assert f"Found: {said}" in texts(figure_of(q, value))


def test_effects_that_would_often_be_missed_are_shaded():
    (below,) = [
        axes
        for axes in draw(figure_of(), DRAWN).axes
        if axes.axison and any(line.get_linestyle() == "--" for line in axes.lines)
    ]
    edges = [line.get_xdata()[0] for line in below.lines if line.get_linestyle() == "--"]
    assert sorted(map(float, edges)) == [-4.25, 4.25]


def test_without_groups_the_figure_says_so():
    some = {"terns-loaded": ESTIMANDS["terns-loaded"]}
    figure = laundering(RATES, differences(0.4), some, PARAMS)
    assert "No difference between groups was asked for." in texts(figure)
    assert np.isnan(figure.data["value"]).all()
